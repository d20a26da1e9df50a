#include "config.h"

#include "dmp-fact-reader.h"

/* Family history: organizer 1.2.250.1.213.1.1.3.59 (IHE 1.3.6.1.4.1.19376.1.5.3.1.4.15) with
 * observations …3.51. Of a relative, never of the patient. */

static void
read_observation (DmpFactReader *reader, xmlNode *observation, xmlNode *relation)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_FAMILY, observation);
  xmlNode *value = dmp_cda_child (observation, "value");

  fact->type = dmp_cda_dup_code (dmp_cda_child (observation, "code"));
  dmp_fact_add_keys (fact, value);
  dmp_fact_check_absence (fact, value);
  dmp_fact_set_place (reader, fact, value);
  fact->text = dmp_fact_dup_label (reader, value);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (observation, "text"));
  dmp_fact_add_detail (fact, DMP_DETAIL_RELATION, dmp_fact_dup_label (reader, relation), relation);
  dmp_fact_add_comments (reader, fact, observation);
  dmp_fact_emit (reader, fact);
}

void
dmp_fact_read_family (DmpFactReader *reader, xmlNode *statement)
{
  xmlNode *relation = dmp_cda_path (statement, "subject/relatedSubject/code");
  g_autoptr (GPtrArray) inner = dmp_fact_nested (statement, "observation", NULL);

  if (dmp_cda_is (statement, "observation"))
    {
      read_observation (reader, statement, relation);
      return;
    }
  for (guint i = 0; i < inner->len; i++)
    read_observation (reader, g_ptr_array_index (inner, i), relation);
  if (inner->len == 0)
    dmp_fact_read_unknown (reader, statement);
}
