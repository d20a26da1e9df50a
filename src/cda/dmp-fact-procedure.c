#include "config.h"

#include "dmp-fact-reader.h"

/* Procedures: FR-Acte 1.2.250.1.213.1.1.3.62 (IHE 1.3.6.1.4.1.19376.1.5.3.1.4.19) and the imaging
 * ones (…3.153, …3.165, …3.100). */

void
dmp_fact_read_procedure (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_PROCEDURE, statement);
  xmlNode *code = dmp_cda_child (statement, "code");
  xmlNode *site = dmp_cda_child (statement, "targetSiteCode");
  g_autoptr (GPtrArray) reasons = dmp_fact_nested (statement, "act", "RSON");

  dmp_fact_add_keys (fact, code);
  dmp_fact_check_absence (fact, code);
  dmp_fact_set_place (reader, fact, code);
  fact->text = dmp_fact_dup_words (reader, dmp_cda_child (code, "originalText"));
  if (fact->text)
    dmp_fact_move_place (reader, fact, code); /* the act's own words are the passage to show */
  else
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
  dmp_fact_add_detail (fact, DMP_DETAIL_SITE, dmp_fact_dup_label (reader, site), site);
  for (guint i = 0; i < reasons->len; i++)
    {
      xmlNode *reason = dmp_cda_child (g_ptr_array_index (reasons, i), "code");

      dmp_fact_add_detail (fact, DMP_DETAIL_REASON, dmp_fact_dup_label (reader, reason), reason);
    }
  dmp_fact_add_people (fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}
