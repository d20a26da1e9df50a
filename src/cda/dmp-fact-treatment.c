#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Treatments that somebody planned: FR-Traitement 1.2.250.1.213.1.1.3.42, prescription items …3.83,
 * …3.47, …3.13; IHE 1.3.6.1.4.1.19376.1.5.3.1.4.7. In the insurer's history the same template means
 * a delivery. */

static void
read_reasons (DmpFactReader *reader, DmpFact *fact, xmlNode *statement)
{
  g_autoptr (GPtrArray) acts = dmp_fact_nested (statement, "act", "RSON");
  g_autoptr (GPtrArray) observations = dmp_fact_nested (statement, "observation", "RSON");

  for (guint i = 0; i < acts->len; i++)
    {
      xmlNode *code = dmp_cda_child (g_ptr_array_index (acts, i), "code");

      dmp_fact_add_detail (fact, DMP_DETAIL_REASON, dmp_fact_dup_label (reader, code), code);
    }
  for (guint i = 0; i < observations->len; i++)
    {
      xmlNode *value = dmp_cda_child (g_ptr_array_index (observations, i), "value");

      dmp_fact_add_detail (fact, DMP_DETAIL_REASON, dmp_fact_dup_label (reader, value), value);
    }
}

/* Packs ordered. */
static void
read_supply (DmpFact *fact, xmlNode *statement)
{
  g_autoptr (GPtrArray) supplies = dmp_fact_nested (statement, "supply", NULL);

  for (guint i = 0; i < supplies->len; i++)
    {
      const char *value = dmp_cda_child_attr (g_ptr_array_index (supplies, i), "quantity", "value");

      if (value)
        dmp_fact_add_detail (fact, DMP_DETAIL_QUANTITY, g_strdup (value), NULL);
    }
}

void
dmp_fact_read_treatment (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact;

  if (reader->insurer)
    {
      dmp_fact_read_delivery (reader, statement);
      return;
    }
  fact = dmp_fact_begin (reader, DMP_FACT_TREATMENT, statement);
  fact->type = dmp_cda_dup_code (dmp_cda_child (statement, "code"));
  dmp_fact_check_absence (fact, dmp_cda_child (statement, "code"));
  dmp_fact_read_product (reader, fact, statement);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, dmp_cda_child (statement, "code"));
  dmp_fact_read_dosage (reader, fact, statement);
  read_reasons (reader, fact, statement);
  read_supply (fact, statement);
  dmp_fact_add_people (fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}
