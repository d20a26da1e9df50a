#include "config.h"

#include "dmp-note-private.h"

#include <string.h>

#define NS DMP_NS_CDA

/* FR-Liste-des-problemes …3.39 with FR-Probleme …3.37, FR-Liste-des-allergies …3.40 with
 * FR-Allergie …3.41, and FR-Antecedents-familiaux …3.59 with …3.51. */

static DmpCode *
main_code (const DmpFact *fact)
{
  return fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;
}

/* What is over is a concern that is completed, and has an end, known or not. */
static xmlNode *
add_concern (const DmpEntryWriting *writing, const char *templates, gboolean over)
{
  xmlNode *act = dmp_entry_add_statement (writing->parent, "act", "EVN", templates);

  dmp_xml_add (act, NS, "code", "nullFlavor", "NA", NULL);
  dmp_xml_add (act, NS, "statusCode", "code", over ? "completed" : "active", NULL);
  dmp_entry_add_interval (act, writing->fact, over);
  return dmp_xml_add (act, NS, "entryRelationship", "typeCode", "SUBJ", "inversionInd", "false",
                      NULL);
}

static void
add_diagnosis_code (xmlNode *observation)
{
  dmp_xml_add (observation, NS, "code", "code", "282291009", "displayName",
               "interprétation diagnostique", "codeSystem", DMP_OID_SNOMED_CT, "codeSystemName",
               "SNOMED CT", NULL);
}

void
dmp_entry_write_problem (const DmpEntryWriting *writing)
{
  const DmpFact *fact = writing->fact;
  gboolean over = fact->end_date != NULL || fact->kind == DMP_FACT_HISTORY;
  xmlNode *relation = add_concern (writing,
                                   "2.16.840.1.113883.10.20.1.27 1.3.6.1.4.1.19376.1.5.3.1.4.5.1 "
                                   "1.3.6.1.4.1.19376.1.5.3.1.4.5.2 1.2.250.1.213.1.1.3.39",
                                   over);
  xmlNode *observation = dmp_entry_add_statement (
      relation, "observation", "EVN",
      "2.16.840.1.113883.10.20.1.28 1.3.6.1.4.1.19376.1.5.3.1.4.5 1.2.250.1.213.1.1.3.37");

  dmp_xml_set (observation, "negationInd", fact->negated ? "true" : "false");
  add_diagnosis_code (observation);
  dmp_entry_add_reference (writing, observation, "text", "main");
  dmp_xml_add (observation, NS, "statusCode", "code", "completed", NULL);
  dmp_entry_add_interval (observation, fact, FALSE);
  dmp_entry_add_words (writing, observation, "value", "CD", main_code (fact), "main");
  dmp_entry_add_comment (writing, observation);
}

static void
add_agent (const DmpEntryWriting *writing, xmlNode *observation)
{
  xmlNode *participant = dmp_xml_add (observation, NS, "participant", "typeCode", "CSM", NULL);
  xmlNode *role = dmp_xml_add (participant, NS, "participantRole", "classCode", "MANU", NULL);
  xmlNode *entity = dmp_xml_add (role, NS, "playingEntity", "classCode", "MMAT", NULL);

  dmp_entry_add_words (writing, entity, "code", NULL, main_code (writing->fact), "main");
}

static void
add_reaction (const DmpEntryWriting *writing, xmlNode *observation)
{
  const DmpFactDetail *reaction = dmp_fact_get_detail (writing->fact, DMP_DETAIL_REACTION);
  xmlNode *relation, *manifestation, *time;

  if (reaction == NULL)
    return;
  relation = dmp_xml_add (observation, NS, "entryRelationship", "typeCode", "MFST", "inversionInd",
                          "true", NULL);
  manifestation = dmp_entry_add_statement (
      relation, "observation", "EVN",
      "2.16.840.1.113883.10.20.1.28 2.16.840.1.113883.10.20.1.54 1.3.6.1.4.1.19376.1.5.3.1.4.5 "
      "1.2.250.1.213.1.1.3.37");
  dmp_xml_set (manifestation, "negationInd", "false");
  add_diagnosis_code (manifestation);
  dmp_entry_add_reference (writing, manifestation, "text", "reaction");
  dmp_xml_add (manifestation, NS, "statusCode", "code", "completed", NULL);
  time = dmp_xml_add (manifestation, NS, "effectiveTime", NULL);
  dmp_xml_add (time, NS, "low", "nullFlavor", "UNK", NULL);
  dmp_entry_add_words (writing, manifestation, "value", "CD", reaction->code, "reaction");
}

static void
add_status (const DmpEntryWriting *writing, xmlNode *observation)
{
  DmpCode *code = dmp_entry_detail_code (writing->fact, DMP_DETAIL_STATUS);
  xmlNode *relation, *status;

  if (code == NULL)
    return;
  relation = dmp_xml_add (observation, NS, "entryRelationship", "typeCode", "REFR", "inversionInd",
                          "false", NULL);
  status = dmp_xml_add (relation, NS, "observation", "classCode", "OBS", "moodCode", "EVN", NULL);
  dmp_entry_add_templates (status, "2.16.840.1.113883.10.20.1.50 2.16.840.1.113883.10.20.1.57 "
                                   "1.3.6.1.4.1.19376.1.5.3.1.4.1.1 1.2.250.1.213.1.1.3.30");
  dmp_xml_add (status, NS, "code", "code", "33999-4", "displayName", "Status", "codeSystem",
               DMP_OID_LOINC, "codeSystemName", "LOINC", NULL);
  dmp_entry_add_reference (writing, status, "text", "status");
  dmp_xml_add (status, NS, "statusCode", "code", "completed", NULL);
  dmp_xml_set (dmp_cda_add_code (status, "value", code), "xsi:type", "CE");
}

void
dmp_entry_write_allergy (const DmpEntryWriting *writing)
{
  const DmpFact *fact = writing->fact;
  DmpCode *code = main_code (fact);
  gboolean absence = code && strcmp (dmp_code_get_system (code), DMP_OID_ABSENT) == 0;
  xmlNode *relation = add_concern (writing,
                                   "2.16.840.1.113883.10.20.1.27 1.3.6.1.4.1.19376.1.5.3.1.4.5.1 "
                                   "1.3.6.1.4.1.19376.1.5.3.1.4.5.3 1.2.250.1.213.1.1.3.40",
                                   fact->end_date != NULL);
  xmlNode *observation = dmp_entry_add_statement (
      relation, "observation", "EVN",
      "2.16.840.1.113883.10.20.1.18 2.16.840.1.113883.10.20.1.28 1.3.6.1.4.1.19376.1.5.3.1.4.5 "
      "1.3.6.1.4.1.19376.1.5.3.1.4.6 1.2.250.1.213.1.1.3.41");
  g_autoptr (DmpCode) any = dmp_code_table_dup_code (DMP_TABLE_ALLERGY_TYPE, "609328004", NULL);

  dmp_xml_set (observation, "negationInd", fact->negated ? "true" : "false");
  dmp_cda_add_code (observation, "code", fact->type ? fact->type : any);
  dmp_entry_add_reference (writing, observation, "text", "main");
  dmp_xml_add (observation, NS, "statusCode", "code", "completed", NULL);
  dmp_entry_add_interval (observation, fact, FALSE);
  if (absence)
    dmp_entry_add_words (writing, observation, "value", "CD", code, "main");
  else
    {
      xmlNode *value = dmp_xml_add (observation, NS, "value", "xsi:type", "CD", NULL);

      dmp_entry_add_reference (writing, value, "originalText", "main");
      add_agent (writing, observation);
    }
  add_reaction (writing, observation);
  add_status (writing, observation);
}

void
dmp_entry_write_family (const DmpEntryWriting *writing)
{
  const DmpFact *fact = writing->fact;
  xmlNode *organizer = dmp_xml_add (writing->parent, NS, "organizer", "classCode", "CLUSTER",
                                    "moodCode", "EVN", NULL);
  xmlNode *subject, *related, *component, *observation;

  dmp_entry_add_templates (organizer, "2.16.840.1.113883.10.20.1.23 "
                                      "1.3.6.1.4.1.19376.1.5.3.1.4.15 1.2.250.1.213.1.1.3.59");
  dmp_xml_add (organizer, NS, "statusCode", "code", "completed", NULL);
  subject = dmp_xml_add (organizer, NS, "subject", "typeCode", "SBJ", NULL);
  dmp_entry_add_templates (subject, "1.3.6.1.4.1.19376.1.5.3.1.4.15.2 1.2.250.1.213.1.1.3.60");
  related = dmp_xml_add (subject, NS, "relatedSubject", "classCode", "PRS", NULL);
  dmp_entry_add_words (writing, related, "code", NULL,
                       dmp_entry_detail_code (fact, DMP_DETAIL_RELATION), "relation");
  component = dmp_xml_add (organizer, NS, "component", "typeCode", "COMP", NULL);
  observation =
      dmp_entry_add_statement (component, "observation", "EVN",
                               "2.16.840.1.113883.10.20.1.22 1.3.6.1.4.1.19376.1.5.3.1.4.13 "
                               "1.3.6.1.4.1.19376.1.5.3.1.4.13.3 1.2.250.1.213.1.1.3.51");
  add_diagnosis_code (observation);
  dmp_entry_add_reference (writing, observation, "text", "main");
  dmp_xml_add (observation, NS, "statusCode", "code", "completed", NULL);
  dmp_xml_add (observation, NS, "effectiveTime", "value", fact->date, "nullFlavor",
               fact->date ? NULL : "UNK", NULL);
  dmp_entry_add_words (writing, observation, "value", "CD", main_code (fact), "main");
}
