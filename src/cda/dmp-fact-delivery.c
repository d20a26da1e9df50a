#include "config.h"

#include "dmp-fact-reader.h"

/* Packs given out: the insurer's history (substanceAdministration with a supply
 * 1.2.250.1.213.1.1.3.44, or a supply of its own) and dispensing documents (supply …3.204). They
 * carry no posology that may be relied on, and being delivered is not being taken. */

static void
read_quantity (DmpFact *fact, xmlNode *supply)
{
  const char *value = dmp_cda_child_attr (supply, "quantity", "value");

  if (value)
    dmp_fact_add_detail (fact, DMP_DETAIL_QUANTITY, g_strdup (value), NULL);
}

/* Day of delivery: performer/time, else what the statement says. */
static void
read_day (DmpFactReader *reader, DmpFact *fact, xmlNode *supply)
{
  g_autofree char *end = NULL;
  char *day = NULL;

  dmp_cda_read_interval (dmp_cda_path (supply, "performer/time"), &day, &end);
  if (day)
    {
      g_free (fact->date);
      fact->date = day;
    }
  else if (fact->date == NULL)
    fact->date = g_strdup (reader->header->service_start ? reader->header->service_start
                                                         : reader->header->effective_time);
}

void
dmp_fact_read_delivery (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_DELIVERY, statement);
  g_autoptr (GPtrArray) supplies = dmp_fact_nested (statement, "supply", NULL);
  xmlNode *supply = supplies->len > 0 ? g_ptr_array_index (supplies, 0) : statement;

  dmp_fact_read_product (reader, fact, statement);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  read_quantity (fact, supply);
  read_day (reader, fact, supply);
  dmp_fact_add_people (fact, supply);
  if (!reader->insurer)
    dmp_fact_read_dosage (reader, fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}
