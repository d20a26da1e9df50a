#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Stays and visits: FR-Rencontre 1.2.250.1.213.1.1.3.58 (IHE 1.3.6.1.4.1.19376.1.5.3.1.4.14), and
 * the encounter of the header. */

static void
read_place (DmpFact *fact, xmlNode *statement)
{
  char *name =
      dmp_cda_dup_flat (dmp_cda_path (statement, "participant/participantRole/playingEntity/name"));

  if (name == NULL)
    name = dmp_cda_dup_flat (
        dmp_cda_path (statement, "performer/assignedEntity/representedOrganization/name"));
  dmp_fact_add_detail (fact, DMP_DETAIL_PLACE, name, NULL);
}

void
dmp_fact_read_event (DmpFactReader *reader, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_EVENT, statement);
  xmlNode *code = dmp_cda_child (statement, "code");
  xmlNode *nature = dmp_cda_path (code, "qualifier/value");

  fact->type = dmp_cda_dup_code (code);
  dmp_fact_add_keys (fact, code);
  dmp_fact_add_keys (fact, nature);
  fact->text = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, nature ? nature : code);
  dmp_fact_set_place (reader, fact, code);
  dmp_fact_add_detail (fact, DMP_DETAIL_OTHER, NULL, nature);
  read_place (fact, statement);
  dmp_fact_add_people (fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}

/* Why the patient came, in the words of the section for it. */
static void
read_reason (DmpFactReader *reader, DmpFact *fact)
{
  GPtrArray *sections = dmp_cda_document_get_sections (reader->document);
  GPtrArray *blocks = dmp_cda_document_get_blocks (reader->document);

  for (guint i = 0; i < blocks->len; i++)
    {
      const DmpCdaBlock *block = g_ptr_array_index (blocks, i);
      const DmpCdaSection *section = g_ptr_array_index (sections, block->section);

      if (section->code == NULL || strcmp (dmp_code_get_code (section->code), "42349-1") != 0 ||
          block->kind == DMP_CDA_BLOCK_HEADING)
        continue;
      fact->text = dmp_cda_block_dup_text (block);
      g_free (fact->place);
      fact->place = g_strdup (section->path);
      return;
    }
}

/* Reports of a stay: discharge letters, hospital and emergency reports, transfers. A laboratory
 * report written during a stay is no second stay. */
static gboolean
reports_a_stay (const DmpCdaHeader *header)
{
  static const char *const types[] = { "11490-0", "34112-3", "15507-7", "18842-5", "34105-7",
                                       "83981-1", "18761-7", "60280-5", NULL };
  static const char *const stays[] = { "IMP", "ACUTE", "NONAC", "SS", "EMER", NULL };

  return header->encounter_code && header->encounter_start && header->code &&
         g_strv_contains (stays, dmp_code_get_code (header->encounter_code)) &&
         g_strv_contains (types, dmp_code_get_code (header->code));
}

void
dmp_fact_read_header_event (DmpFactReader *reader)
{
  const DmpCdaHeader *header = reader->header;
  const DmpCdaPerson *custodian =
      dmp_cda_document_get_person (reader->document, DMP_CDA_ROLE_CUSTODIAN);
  DmpFact *fact;

  if (!reports_a_stay (header))
    return;
  fact = dmp_fact_begin (reader, DMP_FACT_EVENT, NULL);
  fact->type = g_object_ref (header->encounter_code);
  g_ptr_array_add (fact->keys, g_object_ref (header->encounter_code));
  read_reason (reader, fact);
  if (fact->text == NULL)
    fact->text =
        g_strdup (*header->title ? header->title : dmp_code_get_display (header->encounter_code));
  fact->date = g_strdup (header->encounter_start);
  fact->end_date = g_strdup (header->encounter_stop);
  if (custodian && custodian->organisation)
    dmp_fact_add_detail (fact, DMP_DETAIL_PLACE, g_strdup (custodian->organisation), NULL);
  dmp_fact_emit (reader, fact);
}
