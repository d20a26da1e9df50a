#include "config.h"

#include "dmp-fact-reader.h"

/* Results: FR-Resultat-examens-de-biologie 1.2.250.1.213.1.1.3.80 (IHE 1.3.6.1.4.1.19376.1.3.1.6),
 * vital signs …3.50, and coded observations of the result sections. */

void
dmp_fact_read_result (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_RESULT, statement);
  xmlNode *code = dmp_cda_child (statement, "code");
  xmlNode *method = dmp_cda_child (statement, "methodCode");
  xmlNode *target = dmp_cda_child (statement, "targetSiteCode");

  dmp_fact_add_keys (fact, code);
  dmp_fact_set_place (reader, fact, code);
  fact->text = dmp_fact_dup_label (reader, code);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  fact->value = dmp_fact_read_value (reader, statement);
  dmp_fact_read_written (reader, fact);
  dmp_fact_add_detail (fact, DMP_DETAIL_METHOD, dmp_fact_dup_label (reader, method), method);
  dmp_fact_add_detail (fact, DMP_DETAIL_SITE, dmp_fact_dup_label (reader, target), target);
  dmp_fact_add_people (fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}
