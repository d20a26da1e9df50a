#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Vaccinations: FR-Vaccination 1.2.250.1.213.1.1.3.45, IHE 1.3.6.1.4.1.19376.1.5.3.1.4.12. In the
 * insurer's history: delivered, not injected (trust AM tells). */

static void
read_related (DmpFactReader *reader, DmpFact *fact, xmlNode *statement)
{
  g_autoptr (GPtrArray) inner = dmp_fact_nested (statement, "observation", NULL);

  for (guint i = 0; i < inner->len; i++)
    {
      xmlNode *observation = g_ptr_array_index (inner, i);
      const char *code = dmp_cda_child_attr (observation, "code", "code");
      xmlNode *value = dmp_cda_child (observation, "value");

      if (g_strcmp0 (code, "30973-2") == 0)
        dmp_fact_add_detail (fact, DMP_DETAIL_RANK,
                             value ? g_strdup (dmp_xml_attr (value, "value")) : NULL, NULL);
      else if (g_strcmp0 (dmp_xml_attr (observation->parent, "typeCode"), "CAUS") == 0)
        dmp_fact_add_detail (fact, DMP_DETAIL_REACTION, dmp_fact_dup_label (reader, value), value);
      else
        dmp_fact_add_detail (fact, DMP_DETAIL_OTHER, dmp_fact_dup_label (reader, value), value);
    }
}

static void
read_delivery (DmpFact *fact, xmlNode *statement)
{
  g_autoptr (GPtrArray) supplies = dmp_fact_nested (statement, "supply", NULL);
  g_autofree char *end = NULL;

  if (fact->date || supplies->len == 0)
    return;
  dmp_cda_read_interval (dmp_cda_path (g_ptr_array_index (supplies, 0), "performer/time"),
                         &fact->date, &end);
  dmp_fact_add_people (fact, g_ptr_array_index (supplies, 0));
}

void
dmp_fact_read_vaccine (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_VACCINE, statement);
  xmlNode *code = dmp_cda_child (statement, "code");
  xmlNode *site = dmp_cda_child (statement, "approachSiteCode");
  xmlNode *route = dmp_cda_child (statement, "routeCode");

  fact->type = dmp_cda_dup_code (code);
  dmp_fact_check_absence (fact, code);
  dmp_fact_read_product (reader, fact, statement);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
  dmp_fact_add_detail (fact, DMP_DETAIL_ROUTE, dmp_fact_dup_label (reader, route), route);
  dmp_fact_add_detail (fact, DMP_DETAIL_SITE, dmp_fact_dup_label (reader, site), site);
  dmp_fact_add_people (fact, statement);
  read_delivery (fact, statement);
  read_related (reader, fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}
