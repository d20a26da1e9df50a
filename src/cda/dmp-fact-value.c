#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

static char *
dup_attr (xmlNode *node, const char *name)
{
  const char *value = node ? dmp_xml_attr (node, name) : NULL;

  return value && *value ? g_strdup (value) : NULL;
}

/* As it is printed; (nullable). */
static char *
dup_number (xmlNode *limit)
{
  g_autofree char *number = dup_attr (limit, "value");

  return dmp_fact_value_dup_number (number);
}

static gboolean
is_inclusive (xmlNode *limit)
{
  return g_strcmp0 (dmp_xml_attr (limit, "inclusive"), "false") != 0;
}

static void
read_range (DmpFactValue *value, xmlNode *node)
{
  xmlNode *low = dmp_cda_child (node, "low");
  xmlNode *high = dmp_cda_child (node, "high");

  value->low = dup_attr (low, "value");
  value->high = dup_attr (high, "value");
  if (value->unit == NULL)
    value->unit = dup_attr (low ? low : high, "unit");
}

/* "< 0,012 µg/mL", "0,1 – 0,5 mg/L": a value that is known to lie between limits only; the limits
 * of the value are no reference range. */
static void
read_interval (DmpFactValue *value, xmlNode *node)
{
  xmlNode *low = dmp_cda_child (node, "low");
  xmlNode *high = dmp_cda_child (node, "high");
  g_autofree char *from = dup_number (low);
  g_autofree char *to = dup_number (high);
  const char *unit;

  value->unit = dup_attr (from ? low : high, "unit");
  unit = dmp_fact_unit_get_label (value->unit);
  if (from && to)
    value->text = g_strdup_printf ("%s – %s%s%s", from, to, *unit ? " " : "", unit);
  else if (from)
    value->text =
        g_strdup_printf ("%s %s%s%s", is_inclusive (low) ? "≥" : ">", from, *unit ? " " : "", unit);
  else if (to)
    value->text =
        g_strdup_printf ("%s %s%s%s", is_inclusive (high) ? "≤" : "<", to, *unit ? " " : "", unit);
}

static void
read_content (DmpFactReader *reader, DmpFactValue *value, xmlNode *node)
{
  const char *type = dmp_cda_get_type (node);

  if (strcmp (type, "PQ") == 0 || strcmp (type, "INT") == 0 || strcmp (type, "REAL") == 0 ||
      strcmp (type, "MO") == 0)
    {
      value->number = dup_attr (node, "value");
      value->unit = dup_attr (node, "unit");
    }
  else if (strcmp (type, "IVL_PQ") == 0 || strcmp (type, "IVL_INT") == 0 ||
           strcmp (type, "IVL_REAL") == 0)
    read_interval (value, node);
  else if (strcmp (type, "RTO") == 0 || strcmp (type, "RTO_PQ_PQ") == 0)
    {
      g_autofree char *over = dup_attr (dmp_cda_child (node, "numerator"), "value");
      g_autofree char *under = dup_attr (dmp_cda_child (node, "denominator"), "value");

      value->text = g_strdup_printf ("%s/%s", over ? over : "", under ? under : "");
    }
  else
    {
      value->code = dmp_cda_dup_code (node);
      value->text = dmp_fact_dup_label (reader, node);
      if (value->text == NULL)
        value->text = dmp_fact_dup_words (reader, node);
      if (value->text == NULL)
        value->text = dup_attr (node, "value"); /* BL, TS */
    }
}

/* The first interpretation of the observation itself, as its code. */
static char *
dup_flag (xmlNode *observation)
{
  dmp_cda_each (code, observation, "interpretationCode")
  {
    char *flag = dup_attr (code, "code");

    if (flag)
      return flag;
  }
  return NULL;
}

/* The range said to be the normal one, else the first. */
static xmlNode *
find_reference (xmlNode *observation)
{
  xmlNode *first = NULL;

  dmp_cda_each (reference, observation, "referenceRange")
  {
    xmlNode *range = dmp_cda_child (reference, "observationRange");

    if (range && g_strcmp0 (dmp_cda_child_attr (range, "interpretationCode", "code"), "N") == 0)
      return range;
    if (first == NULL)
      first = range;
  }
  return first;
}

DmpFactValue *
dmp_fact_read_value (DmpFactReader *reader, xmlNode *observation)
{
  xmlNode *node = dmp_cda_child (observation, "value");
  xmlNode *range = find_reference (observation);
  xmlNode *limits = dmp_cda_child (range, "value");
  DmpFactValue *value;

  if (node == NULL && range == NULL)
    return NULL;
  value = g_new0 (DmpFactValue, 1);
  if (node)
    read_content (reader, value, node);
  value->flag = dup_flag (observation);
  if (limits && g_str_has_prefix (dmp_cda_get_type (limits), "IVL_"))
    read_range (value, limits);
  else if (limits)
    value->reference = dmp_fact_dup_words (reader, limits);
  if (value->reference == NULL && range)
    value->reference = dmp_fact_dup_words (reader, dmp_cda_child (range, "text"));
  return value;
}
