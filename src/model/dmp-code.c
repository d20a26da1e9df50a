#include "config.h"

#include "dmp-code.h"

struct _DmpCode
{
  GObject parent_instance;

  char *code;
  char *system;
  char *display;
};

G_DEFINE_FINAL_TYPE (DmpCode, dmp_code, G_TYPE_OBJECT)

static void
dmp_code_finalize (GObject *object)
{
  DmpCode *self = DMP_CODE (object);

  g_free (self->code);
  g_free (self->system);
  g_free (self->display);

  G_OBJECT_CLASS (dmp_code_parent_class)->finalize (object);
}

static void
dmp_code_class_init (DmpCodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_code_finalize;
}

static void
dmp_code_init (DmpCode *self)
{
}

DmpCode *
dmp_code_new (const char *code, const char *system, const char *display)
{
  DmpCode *self = g_object_new (DMP_TYPE_CODE, NULL);

  self->code = g_strdup (code != NULL ? code : "");
  self->system = g_strdup (system != NULL ? system : "");
  self->display = g_strdup (display);

  return self;
}

const char *
dmp_code_get_code (DmpCode *self)
{
  g_return_val_if_fail (DMP_IS_CODE (self), NULL);

  return self->code;
}

const char *
dmp_code_get_system (DmpCode *self)
{
  g_return_val_if_fail (DMP_IS_CODE (self), NULL);

  return self->system;
}

const char *
dmp_code_get_display (DmpCode *self)
{
  g_return_val_if_fail (DMP_IS_CODE (self), NULL);

  return self->display;
}

gboolean
dmp_code_equal (DmpCode *a, DmpCode *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a == b || (g_str_equal (a->code, b->code) && g_str_equal (a->system, b->system));
}
