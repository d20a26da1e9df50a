#include "config.h"

#include "dmp-fact-reader.h"

/* Devices: FR-Dispositif-medical, supply 1.2.250.1.213.1.1.3.20. */

void
dmp_fact_read_device (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_DEVICE, statement);
  xmlNode *role = dmp_cda_path (statement, "participant/participantRole");
  xmlNode *code = dmp_cda_path (role, "playingDevice/code");
  const char *quantity = dmp_cda_child_attr (statement, "quantity", "value");

  dmp_fact_add_keys (fact, code);
  dmp_fact_check_absence (fact, code);
  fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
  if (fact->text == NULL && fact->keys->len > 0)
    fact->text = g_strdup (dmp_code_get_display (g_ptr_array_index (fact->keys, 0)));
  if (fact->text == NULL)
    fact->text = dmp_cda_dup_flat (dmp_cda_path (role, "playingDevice/manufacturerModelName"));
  dmp_fact_set_place (reader, fact, code);
  if (fact->date == NULL)
    dmp_cda_read_interval (dmp_cda_path (statement, "performer/time"), &fact->date,
                           &fact->end_date);
  if (quantity)
    dmp_fact_add_detail (fact, DMP_DETAIL_QUANTITY, g_strdup (quantity), NULL);
  dmp_fact_add_people (fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}
