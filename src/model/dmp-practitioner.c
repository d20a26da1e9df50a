#include "config.h"

#include "dmp-practitioner.h"
#include "dmp-code-table.h"
#include "dmp-oid.h"
#include "dmp-text.h"

struct _DmpSituation
{
  GObject parent_instance;

  char *name;
  char *structure_id;
  char *sector;
};

G_DEFINE_FINAL_TYPE (DmpSituation, dmp_situation, G_TYPE_OBJECT)

static void
dmp_situation_finalize (GObject *object)
{
  DmpSituation *self = DMP_SITUATION (object);

  g_free (self->name);
  g_free (self->structure_id);
  g_free (self->sector);

  G_OBJECT_CLASS (dmp_situation_parent_class)->finalize (object);
}

static void
dmp_situation_class_init (DmpSituationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_situation_finalize;
}

static void
dmp_situation_init (DmpSituation *self)
{
}

DmpSituation *
dmp_situation_new (const char *name, const char *structure_id, const char *sector)
{
  DmpSituation *self = g_object_new (DMP_TYPE_SITUATION, NULL);

  self->name = g_strdup (name);
  self->structure_id = g_strdup (structure_id);
  self->sector = g_strdup (sector);

  return self;
}

const char *
dmp_situation_get_name (DmpSituation *self)
{
  g_return_val_if_fail (DMP_IS_SITUATION (self), NULL);

  return self->name;
}

const char *
dmp_situation_get_structure_id (DmpSituation *self)
{
  g_return_val_if_fail (DMP_IS_SITUATION (self), NULL);

  return self->structure_id;
}

const char *
dmp_situation_get_sector (DmpSituation *self)
{
  g_return_val_if_fail (DMP_IS_SITUATION (self), NULL);

  return self->sector;
}

struct _DmpPractitioner
{
  GObject parent_instance;

  char *national_id;
  char *family;
  char *given;
  char *civility;
  char *card_kind;
  char *valid_until;
  DmpCode *profession;
  DmpCode *speciality;
};

G_DEFINE_FINAL_TYPE (DmpPractitioner, dmp_practitioner, G_TYPE_OBJECT)

static void
dmp_practitioner_finalize (GObject *object)
{
  DmpPractitioner *self = DMP_PRACTITIONER (object);

  g_free (self->national_id);
  g_free (self->family);
  g_free (self->given);
  g_free (self->civility);
  g_free (self->card_kind);
  g_free (self->valid_until);
  g_clear_object (&self->profession);
  g_clear_object (&self->speciality);

  G_OBJECT_CLASS (dmp_practitioner_parent_class)->finalize (object);
}

static void
dmp_practitioner_class_init (DmpPractitionerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_practitioner_finalize;
}

static void
dmp_practitioner_init (DmpPractitioner *self)
{
}

DmpPractitioner *
dmp_practitioner_new (const DmpPractitionerFields *fields)
{
  DmpPractitioner *self = g_object_new (DMP_TYPE_PRACTITIONER, NULL);

  self->national_id = dmp_text_dup_strip (fields->national_id);
  self->family = dmp_text_dup_strip (fields->family);
  self->given = dmp_text_dup_strip (fields->given);
  self->civility = dmp_text_dup_strip (fields->civility);
  self->card_kind = g_strdup (fields->card_kind);
  self->valid_until = g_strdup (fields->valid_until);
  g_set_object (&self->profession, fields->profession);
  g_set_object (&self->speciality, fields->speciality);

  return self;
}

#define GETTER(type, name)                                                                         \
  type dmp_practitioner_get_##name (DmpPractitioner *self)                                         \
  {                                                                                                \
    g_return_val_if_fail (DMP_IS_PRACTITIONER (self), NULL);                                       \
                                                                                                   \
    return self->name;                                                                             \
  }

GETTER (const char *, national_id)
GETTER (const char *, family)
GETTER (const char *, given)
GETTER (const char *, civility)
GETTER (DmpCode *, profession)
GETTER (DmpCode *, speciality)
GETTER (const char *, card_kind)
GETTER (const char *, valid_until)

/* "Dr", "Mme", "M." for the codes of TRE_R81 and their titles; else as the card says. */
static const char *
short_civility (const char *civility)
{
  static const char *const shorts[][2] = {
    { "DR", "Dr" }, { "PR", "Pr" }, { "M", "M." }, { "MME", "Mme" }, { "MLLE", "Mlle" },
  };

  for (gsize i = 0; civility != NULL && i < G_N_ELEMENTS (shorts); i++)
    if (g_ascii_strcasecmp (civility, shorts[i][0]) == 0)
      return shorts[i][1];

  return civility;
}

char *
dmp_practitioner_dup_display_name (DmpPractitioner *self)
{
  g_autofree char *family = dmp_text_dup_family (self->family);
  g_autofree char *given = dmp_text_dup_given (self->given);
  const char *civility = short_civility (self->civility);
  const char *words[4];
  gsize n = 0;

  if (*family == '\0' && *given == '\0')
    return g_strdup (self->national_id != NULL ? self->national_id : "");

  if (civility != NULL)
    words[n++] = civility;
  if (*given != '\0')
    words[n++] = given;
  if (*family != '\0')
    words[n++] = family;
  words[n] = NULL;

  return g_strjoinv (" ", (char **) words);
}

/* Label for a pair that TRE_A02 does not list: "Médecin - …" */
static char *
dup_pair_label (DmpCode *profession, DmpCode *speciality)
{
  const char *first = dmp_code_table_get_display (DMP_TABLE_PROFESSION, profession);

  if (speciality == NULL)
    return g_strdup (first);

  return g_strdup_printf ("%s - %s", first,
                          dmp_code_table_get_display (DMP_TABLE_SPECIALITY, speciality));
}

DmpCode *
dmp_practitioner_dup_author_specialty (DmpPractitioner *self)
{
  g_autofree char *pair = NULL, *label = NULL;
  DmpCode *known;

  if (self->profession == NULL)
    return NULL;

  pair = g_strconcat ("G15_", dmp_code_get_code (self->profession),
                      self->speciality != NULL ? "/" : NULL,
                      self->speciality != NULL ? dmp_code_get_code (self->speciality) : NULL, NULL);
  known = dmp_code_table_dup_code (DMP_TABLE_AUTHOR_SPECIALTY, pair, DMP_OID_AUTHOR_SPECIALTY);
  if (known != NULL)
    return known;

  label = dup_pair_label (self->profession, self->speciality);

  return dmp_code_new (pair, DMP_OID_AUTHOR_SPECIALTY, label);
}
