#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Medicines: FR-Produit-de-sante 1.2.250.1.213.1.1.3.43, with the IHE pharmacy extension. */

xmlNode *
dmp_fact_find_material (xmlNode *statement)
{
  static const char *const paths[] = { "consumable/manufacturedProduct/manufacturedMaterial",
                                       "consumable/manufacturedProduct/manufacturedLabeledDrug",
                                       "product/manufacturedProduct/manufacturedMaterial", NULL };

  for (guint i = 0; paths[i]; i++)
    {
      xmlNode *material = dmp_cda_path (statement, paths[i]);

      if (material && g_strcmp0 (dmp_xml_attr (material, "nullFlavor"), "NA") != 0)
        return material;
    }
  return NULL;
}

/* ATC class and active substances of the pharmacy extension. */
static void
read_extension (DmpFact *fact, xmlNode *material)
{
  for (xmlNode *kind = dmp_xml_child (material, DMP_NS_PHARM, "asSpecializedKind"); kind;
       kind = dmp_xml_next (kind, DMP_NS_PHARM, "asSpecializedKind"))
    {
      xmlNode *code = dmp_xml_path (kind, DMP_NS_PHARM, "generalizedMedicineClass/code");

      if (code)
        dmp_fact_add_keys (fact, code);
    }
  for (xmlNode *part = dmp_xml_child (material, DMP_NS_PHARM, "ingredient"); part;
       part = dmp_xml_next (part, DMP_NS_PHARM, "ingredient"))
    {
      xmlNode *inner = dmp_xml_child (part, DMP_NS_PHARM, "ingredient");
      xmlNode *code = inner ? dmp_xml_child (inner, DMP_NS_PHARM, "code") : NULL;
      xmlNode *name = inner ? dmp_xml_child (inner, DMP_NS_PHARM, "name") : NULL;

      dmp_fact_add_detail (fact, DMP_DETAIL_SUBSTANCE, dmp_cda_dup_flat (name), code);
    }
}

/* The insurer's active components stand as translations of a translation without a code. */
static void
read_components (DmpFact *fact)
{
  for (guint i = 0; i < fact->keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (fact->keys, i);
      DmpFactDetail *detail;

      if (strcmp (dmp_code_get_system (code), "1.2.250.1.215.200.1.3.1") != 0)
        continue;
      detail = g_new0 (DmpFactDetail, 1);
      detail->role = DMP_DETAIL_SUBSTANCE;
      detail->text = g_strdup (dmp_code_get_display (code));
      detail->code = g_object_ref (code);
      g_ptr_array_add (fact->details, detail);
    }
}

void
dmp_fact_read_product (DmpFactReader *reader, DmpFact *fact, xmlNode *statement)
{
  xmlNode *material = dmp_fact_find_material (statement);
  xmlNode *code = dmp_cda_child (material, "code");
  char *lot;

  if (material == NULL)
    return;
  dmp_fact_add_keys (fact, code);
  dmp_fact_check_absence (fact, code);
  fact->text = dmp_fact_dup_words (reader, dmp_cda_child (code, "originalText"));
  if (fact->text == NULL)
    fact->text = dmp_cda_dup_flat (dmp_cda_child (material, "name"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
  if (fact->text == NULL && fact->keys->len > 0)
    fact->text = g_strdup (dmp_code_get_display (g_ptr_array_index (fact->keys, 0)));
  dmp_fact_set_place (reader, fact, code);
  read_extension (fact, material);
  read_components (fact);
  lot = dmp_cda_dup_flat (dmp_cda_child (material, "lotNumberText"));
  if (lot)
    dmp_fact_add_detail (fact, DMP_DETAIL_LOT, lot, NULL);
}

static void
take_attr (char **target, xmlNode *node, const char *name)
{
  const char *value = node ? dmp_xml_attr (node, name) : NULL;

  if (value && *value && *target == NULL)
    *target = g_strdup (value);
}

static void
read_dose (DmpFactDosage *dosage, xmlNode *dose)
{
  xmlNode *low = dmp_cda_child (dose, "low");
  xmlNode *high = dmp_cda_child (dose, "high");

  if (dose == NULL)
    return;
  take_attr (&dosage->dose_low, low ? low : dose, "value");
  take_attr (&dosage->dose_high, high, "value");
  take_attr (&dosage->dose_unit, low ? low : dose, "unit");
  take_attr (&dosage->dose_unit, high, "unit");
}

/* One effectiveTime or component of it: period, event or width. */
static void
read_timing (DmpFactDosage *dosage, xmlNode *time, GString *when)
{
  xmlNode *width = dmp_cda_child (time, "width");

  take_attr (&dosage->period, dmp_cda_child (time, "period"), "value");
  take_attr (&dosage->period_unit, dmp_cda_child (time, "period"), "unit");
  take_attr (&dosage->duration, width, "value");
  take_attr (&dosage->duration_unit, width, "unit");
  dmp_cda_each (event, time, "event")
  {
    const char *code = dmp_xml_attr (event, "code");

    if (code)
      g_string_append_printf (when, "%s%s", when->len ? " " : "", code);
  }
  dmp_cda_each (component, time, "comp") { read_timing (dosage, component, when); }
}

static gboolean
is_empty (const DmpFactDosage *dosage)
{
  return !dosage->dose_low && !dosage->dose_high && !dosage->period && !dosage->when &&
         !dosage->duration;
}

static DmpFactDosage *
read_coded (xmlNode *statement)
{
  DmpFactDosage *dosage = g_new0 (DmpFactDosage, 1);
  g_autoptr (GString) when = g_string_new (NULL);

  read_dose (dosage, dmp_cda_child (statement, "doseQuantity"));
  dmp_cda_each (time, statement, "effectiveTime") { read_timing (dosage, time, when); }
  if (when->len > 0)
    dosage->when = g_strdup (when->str);
  if (!is_empty (dosage))
    return dosage;
  g_free (dosage->dose_unit);
  g_free (dosage);
  return NULL;
}

/* The words of each nested administration ("1 cp toutes les 8 h pendant 2 jours"). */
static char *
dup_steps (DmpFactReader *reader, const GPtrArray *steps)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      xmlNode *step = g_ptr_array_index (steps, i);
      g_autofree char *words = dmp_fact_dup_words (reader, dmp_cda_child (step, "text"));

      if (words)
        g_string_append_printf (out, "%s%s", out->len ? " ; " : "", words);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

void
dmp_fact_read_dosage (DmpFactReader *reader, DmpFact *fact, xmlNode *statement)
{
  static const char *const whole[] = { "posologie", NULL };
  static const char *const parts[] = { "dosage", "dose", "prise", "frequence", "rythme", NULL };
  g_autoptr (GPtrArray) steps = dmp_fact_nested (statement, "substanceAdministration", "COMP");

  fact->dosage = read_coded (statement);
  for (guint i = 0; i < steps->len; i++)
    {
      xmlNode *step = g_ptr_array_index (steps, i);

      if (fact->dosage == NULL)
        fact->dosage = read_coded (step);
      if (fact->date == NULL)
        dmp_cda_read_interval (dmp_cda_child (step, "effectiveTime"), &fact->date, &fact->end_date);
    }
  fact->dosage_text = dmp_fact_dup_cell (reader, fact, whole);
  if (fact->dosage_text == NULL)
    fact->dosage_text = dmp_fact_dup_cell (reader, fact, parts);
  if (fact->dosage_text == NULL)
    fact->dosage_text = dup_steps (reader, steps);
  dmp_fact_add_detail (fact, DMP_DETAIL_ROUTE,
                       dmp_fact_dup_label (reader, dmp_cda_child (statement, "routeCode")),
                       dmp_cda_child (statement, "routeCode"));
}
