#include "config.h"

#include "dmp-patient.h"
#include "dmp-date.h"
#include "dmp-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DmpPatient
{
  GObject parent_instance;

  DmpPatientFields fields; /* its strings are ours */
};

G_DEFINE_FINAL_TYPE (DmpPatient, dmp_patient, G_TYPE_OBJECT)

/* Where the strings of the fields stand. */
static const gsize strings[] = {
  G_STRUCT_OFFSET (DmpPatientFields, ins),          G_STRUCT_OFFSET (DmpPatientFields, ins_oid),
  G_STRUCT_OFFSET (DmpPatientFields, birth_family), G_STRUCT_OFFSET (DmpPatientFields, family),
  G_STRUCT_OFFSET (DmpPatientFields, given),        G_STRUCT_OFFSET (DmpPatientFields, given_all),
  G_STRUCT_OFFSET (DmpPatientFields, birth_date),   G_STRUCT_OFFSET (DmpPatientFields, birth_place),
  G_STRUCT_OFFSET (DmpPatientFields, prefix),
};

static void
dmp_patient_finalize (GObject *object)
{
  DmpPatient *self = DMP_PATIENT (object);

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (G_STRUCT_MEMBER (char *, &self->fields, strings[i]));

  G_OBJECT_CLASS (dmp_patient_parent_class)->finalize (object);
}

static void
dmp_patient_class_init (DmpPatientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_patient_finalize;
}

static void
dmp_patient_init (DmpPatient *self)
{
}

DmpPatient *
dmp_patient_new (const DmpPatientFields *fields)
{
  DmpPatient *self = g_object_new (DMP_TYPE_PATIENT, NULL);

  self->fields.sex = fields->sex;
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    G_STRUCT_MEMBER (char *, &self->fields, strings[i]) =
        dmp_text_dup_strip (G_STRUCT_MEMBER (const char *, fields, strings[i]));

  return self;
}

#define GETTER(name)                                                                               \
  const char *dmp_patient_get_##name (DmpPatient *self)                                            \
  {                                                                                                \
    g_return_val_if_fail (DMP_IS_PATIENT (self), NULL);                                            \
                                                                                                   \
    return self->fields.name;                                                                      \
  }

GETTER (ins)
GETTER (ins_oid)
GETTER (birth_family)
GETTER (family)
GETTER (given)
GETTER (given_all)
GETTER (birth_date)
GETTER (birth_place)
GETTER (prefix)

DmpSex
dmp_patient_get_sex (DmpPatient *self)
{
  g_return_val_if_fail (DMP_IS_PATIENT (self), DMP_SEX_UNKNOWN);

  return self->fields.sex;
}

const DmpPatientFields *
dmp_patient_get_fields (DmpPatient *self)
{
  g_return_val_if_fail (DMP_IS_PATIENT (self), NULL);

  return &self->fields;
}

char *
dmp_patient_dup_display_name (DmpPatient *self)
{
  const DmpPatientFields *f = &self->fields;
  const char *family = f->family != NULL ? f->family : f->birth_family;
  g_autofree char *used = dmp_text_dup_family (family);
  g_autofree char *given = dmp_text_dup_given (f->given);
  g_autofree char *name =
      g_strconcat (used, *used != '\0' && *given != '\0' ? " " : "", given, NULL);
  g_autofree char *birth = NULL;

  if (f->family == NULL || f->birth_family == NULL || dmp_text_same (f->family, f->birth_family))
    return g_steal_pointer (&name);

  birth = dmp_text_dup_family (f->birth_family);
  if (f->sex == DMP_SEX_FEMALE)
    return g_strdup_printf (_ ("%s, née %s"), name, birth);
  if (f->sex == DMP_SEX_MALE)
    return g_strdup_printf (_ ("%s, né %s"), name, birth);

  return g_strdup_printf (_ ("%s, nom de naissance %s"), name, birth);
}

/* Whole months between two days: one less while the day of the month is not reached. */
static int
months_between (GDateTime *from, GDateTime *to)
{
  int months = (g_date_time_get_year (to) - g_date_time_get_year (from)) * 12 +
               g_date_time_get_month (to) - g_date_time_get_month (from);

  return g_date_time_get_day_of_month (to) < g_date_time_get_day_of_month (from) ? months - 1
                                                                                 : months;
}

char *
dmp_patient_dup_age (DmpPatient *self, const char *today)
{
  g_autoptr (GDateTime) birth = dmp_date_parse (self->fields.birth_date, TRUE);
  g_autoptr (GDateTime) now = dmp_date_parse (today, TRUE);
  guint days, months;

  if (birth == NULL || now == NULL || g_date_time_compare (birth, now) > 0)
    return NULL;

  months = (guint) months_between (birth, now);
  if (months >= 24)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u an", "%u ans", months / 12),
                            months / 12);
  if (months >= 2)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u mois", "%u mois", months), months);

  days = (guint) (g_date_time_difference (now, birth) / G_TIME_SPAN_DAY);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u jour", "%u jours", days), days);
}

/* How many digits of a birth date say something: civil status writes 00 for an unknown part. */
static gsize
known_digits (const char *date)
{
  gsize n = strlen (date);

  while (n > 4 && n <= 8 && date[n - 1] == '0' && date[n - 2] == '0')
    n -= 2;

  return n;
}

/* Two dates agree as far as both are known: "1953" and "19530203" do. */
static gboolean
dates_agree (const char *a, const char *b)
{
  gsize common = MIN (known_digits (a), known_digits (b));

  return strncmp (a, b, common) == 0;
}

gboolean
dmp_patient_matches (DmpPatient *self, DmpPatient *other)
{
  const DmpPatientFields *a = &self->fields, *b = &other->fields;

  if (a->ins == NULL || b->ins == NULL || g_ascii_strcasecmp (a->ins, b->ins) != 0)
    return FALSE;
  if (a->birth_family != NULL && b->birth_family != NULL &&
      !dmp_text_same (a->birth_family, b->birth_family))
    return FALSE;
  if (a->birth_date != NULL && b->birth_date != NULL && !dates_agree (a->birth_date, b->birth_date))
    return FALSE;

  return a->sex == DMP_SEX_UNKNOWN || b->sex == DMP_SEX_UNKNOWN || a->sex == b->sex;
}
