#include "config.h"

#include "dmp-aside.h"

struct _DmpAside
{
  GHashTable *times; /* id of a flag → "15:42" */
};

DmpAside *
dmp_aside_new (void)
{
  DmpAside *self = g_new0 (DmpAside, 1);

  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
dmp_aside_free (DmpAside *self)
{
  g_hash_table_unref (self->times);
  g_free (self);
}

gboolean
dmp_aside_toggle (DmpAside *self, const char *flag)
{
  g_autoptr (GDateTime) now = NULL;

  if (g_hash_table_remove (self->times, flag))
    return FALSE;
  now = g_date_time_new_now_local ();
  g_hash_table_insert (self->times, g_strdup (flag), g_date_time_format (now, "%H:%M"));

  return TRUE;
}

const char *
dmp_aside_get_time (DmpAside *self, const char *flag)
{
  return flag != NULL ? g_hash_table_lookup (self->times, flag) : NULL;
}

void
dmp_aside_forget (DmpAside *self)
{
  g_hash_table_remove_all (self->times);
}
