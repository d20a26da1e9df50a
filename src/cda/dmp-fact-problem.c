#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Problems: FR-Liste-des-problemes (act 1.2.250.1.213.1.1.3.39) and FR-Probleme (observation
 * …3.37), IHE 1.3.6.1.4.1.19376.1.5.3.1.4.5.1, .2 and …4.5. The section says what they are: active,
 * past, of a relative, or anything else that bears a diagnosis. */

static DmpFactKind
kind_of_section (const char *code)
{
  static const struct
  {
    const char *code;
    DmpFactKind kind;
  } sections[] = {
    { "11450-4", DMP_FACT_PROBLEM }, /* active problems */
    { "46241-6", DMP_FACT_PROBLEM }, /* admission diagnosis */
    { "11535-2", DMP_FACT_PROBLEM }, /* discharge diagnosis */
    { "72135-7", DMP_FACT_PROBLEM }, /* cancer diagnosis */
    { "11348-0", DMP_FACT_HISTORY }, /* past illness */
    { "47519-4", DMP_FACT_HISTORY }, /* past procedures */
    { "34117-2", DMP_FACT_HISTORY }, { "46612-8", DMP_FACT_HISTORY },
    { "10157-6", DMP_FACT_FAMILY }, /* of a relative, whatever the template */
  };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (strcmp (code, sections[i].code) == 0)
      return sections[i].kind;
  return DMP_FACT_UNCLASSIFIED; /* a complication, a reaction, a reason: never dropped */
}

static void
read_qualifier (DmpFactReader *reader, DmpFact *fact, xmlNode *observation)
{
  const char *code = dmp_cda_child_attr (observation, "code", "code");
  xmlNode *value = dmp_cda_child (observation, "value");
  DmpDetailRole role = g_strcmp0 (code, "SEV") == 0 ? DMP_DETAIL_SEVERITY : DMP_DETAIL_OTHER;

  if (!dmp_fact_read_status (reader, fact, observation))
    dmp_fact_add_detail (fact, role, dmp_fact_dup_label (reader, value), value);
}

/* The concern's own end and status speak when the observation says nothing. */
static void
take_concern (DmpFact *fact, xmlNode *concern)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  const char *status = dmp_cda_child_attr (concern, "statusCode", "code");

  fact->negated |= dmp_fact_is_negated (concern);
  if (status)
    {
      g_free (fact->status);
      fact->status = g_strdup (status);
    }
  dmp_cda_read_interval (dmp_cda_child (concern, "effectiveTime"), &start, &end);
  if (fact->date == NULL)
    fact->date = g_steal_pointer (&start);
  if (fact->end_date == NULL)
    fact->end_date = g_steal_pointer (&end);
}

static void
read_observation (DmpFactReader *reader, xmlNode *observation, xmlNode *concern)
{
  DmpFact *fact = dmp_fact_begin (reader, kind_of_section (reader->section_code), observation);
  g_autoptr (GPtrArray) inner = dmp_fact_nested (observation, "observation", NULL);
  xmlNode *value = dmp_cda_child (observation, "value");
  xmlNode *code = dmp_cda_child (observation, "code");

  fact->type = dmp_cda_dup_code (code);
  dmp_fact_add_keys (fact, value);
  dmp_fact_check_absence (fact, value);
  dmp_fact_check_absence (fact, code);
  dmp_fact_set_place (reader, fact, value);
  fact->text = dmp_fact_dup_label (reader, value);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (observation, "text"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
  if (concern)
    take_concern (fact, concern);
  dmp_fact_read_written (reader, fact);
  for (guint i = 0; i < inner->len; i++)
    read_qualifier (reader, fact, g_ptr_array_index (inner, i));
  dmp_fact_add_comments (reader, fact, observation);
  dmp_fact_emit (reader, fact);
}

void
dmp_fact_read_problem (DmpFactReader *reader, xmlNode *statement)
{
  dmp_fact_read_concern (reader, statement, read_observation);
}
