#include "config.h"

#include "dmp-note-private.h"

#define NS DMP_NS_CDA

/* Observations that are a question and its answer: FR-Habitus-mode-de-vie …3.52, FR-Simple-
 * Observation …3.48 with the questions of a letter, and FR-Demande-d-examen-ou-de-suivi …3.27. */

static void
add_value (const DmpEntryWriting *writing, const DmpNoteQuestion *question, xmlNode *observation)
{
  const DmpFactValue *value = writing->fact->value;

  if (question->answer == DMP_INPUT_CODE)
    dmp_xml_set (dmp_cda_add_code (observation, "value", value->code), "xsi:type", "CD");
  else if (question->answer == DMP_INPUT_NUMBER)
    dmp_xml_add (observation, NS, "value", "xsi:type", "PQ", "value", value->number, "unit",
                 value->unit, NULL);
  else if (question->answer == DMP_INPUT_BOOLEAN)
    dmp_xml_add (observation, NS, "value", "xsi:type", "BL", "value", value->text, NULL);
  else
    dmp_xml_add_text (observation, NS, "value", value->text, "xsi:type", "ST", NULL);
}

static void
add_answer (const DmpEntryWriting *writing,
            const char *mood,
            const char *status,
            const char *templates)
{
  const DmpFact *fact = writing->fact;
  const DmpNoteQuestion *question = dmp_note_kind_find_question (writing->kind, fact);
  xmlNode *observation = dmp_entry_add_statement (writing->parent, "observation", mood, templates);
  g_autoptr (DmpCode) code = dmp_code_new (question->code, question->system, question->label);

  dmp_cda_add_code (observation, "code", code);
  dmp_entry_add_reference (writing, observation, "text", "value");
  dmp_xml_add (observation, NS, "statusCode", "code", status, NULL);
  dmp_xml_add (observation, NS, "effectiveTime", "value", fact->date, "nullFlavor",
               fact->date ? NULL : "UNK", NULL);
  add_value (writing, question, observation);
}

void
dmp_entry_write_habit (const DmpEntryWriting *writing)
{
  add_answer (writing, "EVN", "completed",
              "2.16.840.1.113883.10.20.1.33 1.3.6.1.4.1.19376.1.5.3.1.4.13 "
              "1.3.6.1.4.1.19376.1.5.3.1.4.13.4 1.2.250.1.213.1.1.3.52");
}

void
dmp_entry_write_answer (const DmpEntryWriting *writing)
{
  const DmpNoteQuestion *question = dmp_note_kind_find_question (writing->kind, writing->fact);
  g_autofree char *templates = g_strconcat (
      "1.3.6.1.4.1.19376.1.5.3.1.4.13 1.2.250.1.213.1.1.3.48 ", question->template_id, NULL);

  add_answer (writing, "EVN", "completed", templates);
}

void
dmp_entry_write_request (const DmpEntryWriting *writing)
{
  add_answer (writing, "INT", "active",
              "2.16.840.1.113883.10.20.1.25 1.3.6.1.4.1.19376.1.5.3.1.1.20.3.1 "
              "1.2.250.1.213.1.1.3.27");
}
