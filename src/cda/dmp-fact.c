#include "config.h"

#include "dmp-fact-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (DmpFact, dmp_fact, dmp_fact_ref, dmp_fact_unref)

static void
detail_free (DmpFactDetail *detail)
{
  g_free (detail->text);
  g_clear_object (&detail->code);
  g_free (detail);
}

void
dmp_fact_value_free (DmpFactValue *value)
{
  g_free (value->number);
  g_free (value->unit);
  g_free (value->low);
  g_free (value->high);
  g_free (value->reference);
  g_free (value->text);
  g_clear_object (&value->code);
  g_free (value->flag);
  g_free (value);
}

char *
dmp_fact_value_dup_number (const char *number)
{
  /* Translators: what parts a number's whole from its decimals. */
  const char *sign = C_ ("decimal sign", ",");

  return number ? g_strdelimit (g_strdup (number), ".", *sign) : NULL;
}

const char *
dmp_fact_unit_get_label (const char *unit)
{
  static const char *const names[][2] = {
    { "umol/L", "µmol/L" },   { "mL/min/{1.73_m2}", N_ ("mL/min/1,73 m²") },
    { "m[IU]/L", "mUI/L" },   { "[IU]/L", "UI/L" },
    { "10*9/L", "G/L" },      { "10*12/L", "T/L" },
    { "ug/L", "µg/L" },       { "ug/mL", "µg/mL" },
    { "u[IU]/mL", "µUI/mL" }, { "{INR}", "" },
  };

  if (unit == NULL)
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (unit, names[i][0]) == 0)
      return *names[i][1] != '\0' ? _ (names[i][1]) : "";
  return unit;
}

/* Words have the unit in them, if any: it came from the reference range then. */
static gboolean
is_words (const char *text)
{
  for (; *text; text++)
    if (g_ascii_isalpha (*text) || (*text & 0x80))
      return TRUE;
  return FALSE;
}

const char *
dmp_fact_value_get_unit (const DmpFactValue *value)
{
  if (value == NULL || (value->number == NULL && value->text && is_words (value->text)))
    return "";
  return dmp_fact_unit_get_label (value->unit);
}

const char *
dmp_fact_value_get_text (const DmpFactValue *value)
{
  if (value == NULL || value->text == NULL)
    return NULL;
  if (strcmp (value->text, "true") == 0)
    return _ ("oui");
  return strcmp (value->text, "false") == 0 ? _ ("non") : value->text;
}

static void
dosage_free (DmpFactDosage *dosage)
{
  g_free (dosage->dose_low);
  g_free (dosage->dose_high);
  g_free (dosage->dose_unit);
  g_free (dosage->period);
  g_free (dosage->period_unit);
  g_free (dosage->when);
  g_free (dosage->duration);
  g_free (dosage->duration_unit);
  g_free (dosage);
}

static void
written_free (DmpFactWritten *written)
{
  g_free (written->value);
  g_free (written->unit);
  g_free (written->flag);
  g_free (written->since);
  g_free (written);
}

static void
fact_clear (gpointer data)
{
  DmpFact *self = data;

  g_free (self->document);
  g_free (self->place);
  g_free (self->section_code);
  g_free (self->text);
  g_free (self->row);
  g_ptr_array_unref (self->keys);
  g_clear_object (&self->type);
  g_clear_pointer (&self->value, dmp_fact_value_free);
  g_clear_pointer (&self->dosage, dosage_free);
  g_free (self->dosage_text);
  g_clear_pointer (&self->written, written_free);
  g_free (self->date);
  g_free (self->end_date);
  g_free (self->status);
  g_free (self->null_flavor);
  g_ptr_array_unref (self->details);
}

DmpFact *
dmp_fact_new (DmpFactKind kind)
{
  DmpFact *self = g_atomic_rc_box_new0 (DmpFact);

  self->kind = kind;
  self->keys = g_ptr_array_new_with_free_func (g_object_unref);
  self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) detail_free);
  return self;
}

void
dmp_fact_take_detail (DmpFact *self, DmpDetailRole role, char *text, DmpCode *code)
{
  DmpFactDetail *detail;

  if (text == NULL && code == NULL)
    return;
  detail = g_new0 (DmpFactDetail, 1);
  detail->role = role;
  detail->text = text;
  detail->code = code;
  g_ptr_array_add (self->details, detail);
}

DmpFact *
dmp_fact_ref (DmpFact *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
dmp_fact_unref (DmpFact *self)
{
  g_atomic_rc_box_release_full (self, fact_clear);
}

DmpCode *
dmp_fact_get_key (const DmpFact *self, const char *system)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (self->keys, i);

      if (strcmp (dmp_code_get_system (code), system) == 0)
        return code;
    }
  return NULL;
}

const DmpFactDetail *
dmp_fact_get_detail (const DmpFact *self, DmpDetailRole role)
{
  for (guint i = 0; i < self->details->len; i++)
    {
      const DmpFactDetail *detail = g_ptr_array_index (self->details, i);

      if (detail->role == role)
        return detail;
    }
  return NULL;
}

const char *
dmp_fact_kind_get_name (DmpFactKind kind)
{
  static const char *const names[DMP_FACT_N_KINDS] = {
    "allergy",   "problem",   "history", "treatment", "delivery", "result",      "vaccine",
    "procedure", "device",    "event",   "risk",      "social",   "pregnancy",   "family",
    "contact",   "directive", "finding", "file",      "note",     "unclassified"
  };

  return names[kind];
}

const char *
dmp_detail_role_get_name (DmpDetailRole role)
{
  static const char *const names[DMP_DETAIL_N_ROLES] = {
    "reaction",  "severity", "reason", "status",   "route",    "site",
    "method",    "specimen", "rank",   "lot",      "quantity", "substance",
    "performer", "author",   "place",  "relation", "comment",  "other"
  };

  return names[role];
}

const char *
dmp_trust_get_name (DmpTrust trust)
{
  static const char *const names[] = { "MT", "PS", "AM", "PATIENT" };

  return names[trust];
}
