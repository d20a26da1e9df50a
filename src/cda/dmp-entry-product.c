#include "config.h"

#include "dmp-note-private.h"

#include "model/dmp-date.h"

#include <string.h>

#define NS DMP_NS_CDA

/* FR-Traitement …3.42 and FR-Vaccination …3.45 with their FR-Produit-de-sante …3.43, and FR-Acte
 * …3.62. */

static gboolean
is_absence (const DmpFact *fact)
{
  return fact->keys->len > 0 &&
         strcmp (dmp_code_get_system (g_ptr_array_index (fact->keys, 0)), DMP_OID_ABSENT) == 0;
}

/* The product; a statement that there is none has no product. */
static void
add_product (const DmpEntryWriting *writing, xmlNode *statement)
{
  const DmpFact *fact = writing->fact;
  gboolean absence = is_absence (fact);
  const DmpFactDetail *lot = dmp_fact_get_detail (fact, DMP_DETAIL_LOT);
  DmpCode *main_code = fact->keys->len > 0 && !absence ? g_ptr_array_index (fact->keys, 0) : NULL;
  xmlNode *consumable = dmp_xml_add (statement, NS, "consumable", "typeCode", "CSM", NULL);
  xmlNode *product = dmp_xml_add (consumable, NS, "manufacturedProduct", NULL);
  xmlNode *material, *code;

  dmp_entry_add_templates (product, "2.16.840.1.113883.10.20.1.53 1.3.6.1.4.1.19376.1.5.3.1.4.7.2 "
                                    "1.2.250.1.213.1.1.3.43");
  material = dmp_xml_add (product, NS, "manufacturedMaterial", NULL);
  if (absence)
    {
      dmp_xml_set (material, "nullFlavor", "NA");
      dmp_xml_add (material, NS, "code", "nullFlavor", "NA", NULL);
      dmp_xml_add (material, NS, "name", "nullFlavor", "NA", NULL);
      return;
    }
  code = dmp_entry_add_words (writing, material, "code", NULL, main_code, "main");
  for (guint i = 1; i < fact->keys->len; i++)
    dmp_cda_add_code (code, "translation", g_ptr_array_index (fact->keys, i));
  dmp_xml_add_text (material, NS, "name", fact->text, NULL);
  if (lot)
    dmp_xml_add_text (material, NS, "lotNumberText", lot->text, NULL);
}

static void
add_route (const DmpEntryWriting *writing, xmlNode *statement)
{
  DmpCode *route = dmp_entry_detail_code (writing->fact, DMP_DETAIL_ROUTE);

  if (route)
    dmp_entry_add_words (writing, statement, "routeCode", NULL, route, "route");
}

void
dmp_entry_write_treatment (const DmpEntryWriting *writing)
{
  const DmpFact *fact = writing->fact;
  xmlNode *statement = dmp_entry_add_statement (
      writing->parent, "substanceAdministration", "EVN",
      "2.16.840.1.113883.10.20.1.24 1.3.6.1.4.1.19376.1.5.3.1.4.7 1.2.250.1.213.1.1.3.42 "
      "1.3.6.1.4.1.19376.1.5.3.1.4.7.1");

  if (is_absence (fact))
    dmp_cda_add_code (statement, "code", g_ptr_array_index (fact->keys, 0));
  else
    dmp_xml_add (statement, NS, "code", "code", "DRUG", "displayName", "Médicament", "codeSystem",
                 DMP_OID_ACT_CODE, "codeSystemName", "HL7:ActCode", NULL);
  dmp_entry_add_reference (writing, statement, "text", "main");
  dmp_xml_add (statement, NS, "statusCode", "code", "completed", NULL);
  dmp_entry_add_interval (statement, fact, TRUE);
  add_route (writing, statement);
  add_product (writing, statement);
  dmp_entry_add_reason (writing, statement);
}

static void
add_rank (xmlNode *statement, const char *rank)
{
  xmlNode *relation = dmp_xml_add (statement, NS, "entryRelationship", "typeCode", "SUBJ", NULL);
  xmlNode *observation =
      dmp_xml_add (relation, NS, "observation", "classCode", "OBS", "moodCode", "EVN", NULL);

  dmp_entry_add_templates (observation, "2.16.840.1.113883.10.20.1.46 1.2.250.1.213.1.1.3.82");
  dmp_xml_add (observation, NS, "code", "code", "30973-2", "displayName", "Rang de la vaccination",
               "codeSystem", DMP_OID_LOINC, "codeSystemName", "LOINC", NULL);
  dmp_xml_add (observation, NS, "statusCode", "code", "completed", NULL);
  dmp_xml_add (observation, NS, "value", "xsi:type", "INT", "value", rank, NULL);
}

static void
add_reaction (const DmpEntryWriting *writing, xmlNode *statement)
{
  const DmpFactDetail *reaction = dmp_fact_get_detail (writing->fact, DMP_DETAIL_REACTION);
  xmlNode *relation, *observation, *time;

  if (reaction == NULL)
    return;
  relation = dmp_xml_add (statement, NS, "entryRelationship", "typeCode", "CAUS", "inversionInd",
                          "false", NULL);
  observation = dmp_entry_add_statement (
      relation, "observation", "EVN",
      "2.16.840.1.113883.10.20.1.28 2.16.840.1.113883.10.20.1.54 1.3.6.1.4.1.19376.1.5.3.1.4.5 "
      "1.2.250.1.213.1.1.3.37");
  dmp_xml_add (observation, NS, "code", "code", "418799008", "displayName",
               "symptôme rapporté par le patient ou le répondant", "codeSystem", DMP_OID_SNOMED_CT,
               "codeSystemName", "SNOMED CT", NULL);
  dmp_entry_add_reference (writing, observation, "text", "reaction");
  dmp_xml_add (observation, NS, "statusCode", "code", "completed", NULL);
  time = dmp_xml_add (observation, NS, "effectiveTime", NULL);
  dmp_xml_add (time, NS, "low", "value", writing->fact->date, NULL);
  dmp_entry_add_words (writing, observation, "value", "CD", reaction->code, "reaction");
}

/* Who validated it medically is the author of the document, at the time of its writing. */
void
dmp_entry_write_vaccine (const DmpEntryWriting *writing)
{
  const DmpFact *fact = writing->fact;
  DmpCode *site = dmp_entry_detail_code (fact, DMP_DETAIL_SITE);
  const DmpFactDetail *rank = dmp_fact_get_detail (fact, DMP_DETAIL_RANK);
  g_autofree char *now = dmp_date_dup_cda (writing->frame->now);
  xmlNode *statement = dmp_entry_add_statement (
      writing->parent, "substanceAdministration", "EVN",
      "2.16.840.1.113883.10.20.1.24 1.3.6.1.4.1.19376.1.5.3.1.4.12 1.2.250.1.213.1.1.3.45");

  dmp_xml_set (statement, "negationInd", "false");
  dmp_cda_add_code (statement, "code", fact->type);
  dmp_entry_add_reference (writing, statement, "text", "main");
  dmp_xml_add (statement, NS, "statusCode", "code", "completed", NULL);
  dmp_xml_add (statement, NS, "effectiveTime", "value", fact->date, NULL);
  add_route (writing, statement);
  if (site)
    dmp_entry_add_words (writing, statement, "approachSiteCode", NULL, site, "site");
  add_product (writing, statement);
  dmp_cda_frame_add_performer (statement, writing->frame);
  dmp_cda_frame_add_entry_author (statement, writing->frame, now);
  if (rank)
    add_rank (statement, rank->text);
  add_reaction (writing, statement);
  dmp_entry_add_comment (writing, statement);
}

void
dmp_entry_write_procedure (const DmpEntryWriting *writing)
{
  const DmpFact *fact = writing->fact;
  xmlNode *statement = dmp_entry_add_statement (
      writing->parent, "procedure", "EVN",
      "1.3.6.1.4.1.19376.1.5.3.1.4.19 2.16.840.1.113883.10.20.1.29 1.2.250.1.213.1.1.3.62");

  dmp_entry_add_words (writing, statement, "code", NULL,
                       fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL, "main");
  dmp_entry_add_reference (writing, statement, "text", "main");
  dmp_xml_add (statement, NS, "statusCode", "code", "completed", NULL);
  dmp_xml_add (statement, NS, "effectiveTime", "value", fact->date, "nullFlavor",
               fact->date ? NULL : "UNK", NULL);
  dmp_entry_add_reason (writing, statement);
}
