#include "config.h"

#include "summary-fixture.h"

#include <string.h>

void
record_init (Record *record)
{
  DmpPatientFields fields = { .ins = "253027700412387",
                              .ins_oid = "1.2.250.1.213.1.4.10",
                              .birth_family = "DUPONT",
                              .family = "MARTIN",
                              .given = "JEANNE",
                              .birth_date = "19530203",
                              .sex = DMP_SEX_FEMALE };

  record->patient = dmp_patient_new (&fields);
  record->builder = dmp_summary_builder_new (record->patient, "20260115");
}

void
record_clear (Record *record)
{
  g_clear_pointer (&record->builder, dmp_summary_builder_free);
  g_clear_object (&record->patient);
}

void
record_add_with_status (Record *record, CdaFixture fixture, char *sections, DmpStatus status)
{
  g_autofree char *owned = sections;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (DmpDocumentEntry) made = NULL;
  g_autoptr (DmpDocumentEntry) entry = NULL;
  DmpDocumentEntryFields fields;

  fixture.sections = owned;
  bytes = cda_fixture_write (&fixture);
  document = cda_fixture_parse (&fixture);
  made = dmp_summary_dup_entry_for (document, bytes);
  fields = *dmp_document_entry_get_fields (made);
  fields.status = status;
  entry = dmp_document_entry_new (&fields);
  dmp_summary_builder_add (record->builder, entry, document);
}

void
record_add (Record *record, CdaFixture fixture, char *sections)
{
  record_add_with_status (record, fixture, sections, DMP_STATUS_APPROVED);
}

DmpSummary *
record_summarise (Record *record)
{
  return dmp_summary_builder_build (record->builder);
}

const DmpSummaryLine *
find_line (DmpSummary *summary, DmpBlockId block, const char *text)
{
  GPtrArray *lines = dmp_summary_get_block (summary, block)->lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);

      g_assert_cmpuint (line->sources->len, >, 0); /* P1: no line without a source */
      if (strcmp (line->text, text) == 0)
        return line;
    }
  return NULL;
}

guint
count_lines (DmpSummary *summary, DmpBlockId block)
{
  return dmp_summary_get_block (summary, block)->lines->len;
}

const DmpSummaryFlag *
find_flag (DmpSummary *summary, const char *rule)
{
  GPtrArray *flags = dmp_summary_get_flags (summary);

  for (guint i = 0; i < flags->len; i++)
    {
      const DmpSummaryFlag *flag = g_ptr_array_index (flags, i);

      g_assert_cmpuint (flag->sources->len, >, 0);
      g_assert_nonnull (dmp_summary_get_rule_text (flag->rule));
      if (strcmp (flag->rule, rule) == 0)
        return flag;
    }
  return NULL;
}

DmpReadState
state_of (DmpSummary *summary, const char *document)
{
  const DmpCoverage *coverage = dmp_summary_get_coverage (summary);

  for (guint i = 0; i < coverage->items->len; i++)
    {
      const DmpCoverageItem *item = g_ptr_array_index (coverage->items, i);

      if (strcmp (item->document, document) == 0)
        return item->state;
    }
  g_assert_not_reached ();
}

static char *
take_section (const char *loinc, const char *text, char *entries)
{
  char *section = cda_fixture_section (loinc, "Titre", text, entries);

  g_free (entries);
  return section;
}

char *
allergy_section (const char *agent, const char *atc, const char *since)
{
  g_autofree char *text = g_strdup_printf ("<content ID='a'>%s</content>", agent);
  g_autofree char *code =
      atc ? g_strdup_printf ("code='%s' codeSystem='2.16.840.1.113883.6.73'", atc)
          : g_strdup ("nullFlavor='UNK'");

  return take_section (
      "48765-2", text,
      g_strdup_printf ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.41'/><code code='416098002' "
                       "codeSystem='2.16.840.1.113883.6.96'/><effectiveTime><low value='%s'/>"
                       "</effectiveTime><participant typeCode='CSM'><participantRole>"
                       "<playingEntity><code %s><originalText><reference value='#a'/>"
                       "</originalText></code></playingEntity></participantRole></participant>"
                       "</observation></entry>",
                       since, code));
}

char *
no_allergy_section (void)
{
  return take_section (
      "48765-2", "<content ID='n'>Aucune allergie connue</content>",
      g_strdup ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                "root='1.2.250.1.213.1.1.3.41'/><code code='420134006'/><value xsi:type='CD' "
                "code='no-known-allergies' codeSystem='2.16.840.1.113883.5.1150.1'><originalText>"
                "<reference value='#n'/></originalText></value></observation></entry>"));
}

char *
problem_section (const char *code, const char *words, const char *since, const char *end)
{
  g_autofree char *text = g_strdup_printf ("<content ID='p'>%s</content>", words);
  g_autofree char *high = end ? g_strdup_printf ("<high value='%s'/>", end) : g_strdup ("");
  const char *section = end ? "11348-0" : "11450-4";

  return take_section (
      section, text,
      g_strdup_printf ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.37'/><text><reference value='#p'/></text>"
                       "<effectiveTime><low value='%s'/>%s</effectiveTime><value xsi:type='CD' "
                       "code='%s' codeSystem='2.16.840.1.113883.6.3'><originalText><reference "
                       "value='#p'/></originalText></value></observation></entry>",
                       since, high, code));
}

char *
treatment_section (
    const char *cis, const char *name, const char *posology, const char *time, const char *dose)
{
  g_autofree char *text = g_strdup_printf (
      "<table><thead><tr><th>Médicament</th><th>Posologie</th></tr></thead><tbody><tr><td>"
      "<content ID='m'>%s</content></td><td>%s</td></tr></tbody></table>",
      name, posology);

  return take_section (
      "10160-0", text,
      g_strdup_printf (
          "<entry><substanceAdministration classCode='SBADM' moodCode='EVN'><templateId "
          "root='1.2.250.1.213.1.1.3.42'/><text><reference value='#m'/></text><statusCode "
          "code='completed'/><effectiveTime xsi:type='IVL_TS'><low value='20240101'/>"
          "</effectiveTime>%s%s<consumable><manufacturedProduct><manufacturedMaterial><code "
          "code='%s' codeSystem='1.2.250.1.213.2.3.1'><originalText><reference value='#m'/>"
          "</originalText></code></manufacturedMaterial></manufacturedProduct></consumable>"
          "</substanceAdministration></entry>",
          time, dose, cis));
}

char *
result_section (
    const char *loinc, const char *name, const char *number, const char *flag, const char *day)
{
  return result_section_in (loinc, name, number, "mmol/L", flag, day);
}

char *
prescription_section (
    const char *cis, const char *name, const char *posology, const char *day, const char *end)
{
  g_autofree char *text = g_strdup_printf (
      "<table><thead><tr><th>Médicament</th><th>Posologie</th></tr></thead><tbody><tr><td>"
      "<content ID='m'>%s</content></td><td>%s</td></tr></tbody></table>",
      name, posology);

  return take_section (
      "57828-6", text,
      g_strdup_printf (
          "<entry><substanceAdministration classCode='SBADM' moodCode='INT'><templateId "
          "root='1.2.250.1.213.1.1.3.42'/><text><reference value='#m'/></text><statusCode "
          "code='completed'/><effectiveTime xsi:type='IVL_TS'><low value='%s'/><high value='%s'/>"
          "</effectiveTime><consumable><manufacturedProduct><manufacturedMaterial><code "
          "code='%s' codeSystem='1.2.250.1.213.2.3.1'><originalText><reference value='#m'/>"
          "</originalText></code></manufacturedMaterial></manufacturedProduct></consumable>"
          "</substanceAdministration></entry>",
          day, end, cis));
}

char *
act_section (const char *code, const char *words, const char *day)
{
  g_autofree char *text = g_strdup_printf ("<content ID='x'>%s</content>", words);

  return take_section (
      "47519-4", text,
      g_strdup_printf ("<entry><procedure classCode='PROC' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.62'/><code code='%s' "
                       "codeSystem='1.2.250.1.213.2.5'><originalText><reference value='#x'/>"
                       "</originalText></code><effectiveTime value='%s'/></procedure></entry>",
                       code, day));
}

char *
blood_section (const char *group, const char *day)
{
  g_autofree char *text = g_strdup_printf ("<content ID='g'>Groupe sanguin</content>");

  return take_section (
      "18719-5", text,
      g_strdup_printf ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.80'/><code code='882-1' "
                       "codeSystem='2.16.840.1.113883.6.1'><originalText><reference value='#g'/>"
                       "</originalText></code><effectiveTime value='%s'/><value xsi:type='ST'>%s"
                       "</value></observation></entry>",
                       day, group));
}

char *
vaccine_section (const char *atc, const char *name, const char *day)
{
  g_autofree char *text = g_strdup_printf ("<content ID='v'>%s</content>", name);

  return take_section (
      "11369-6", text,
      g_strdup_printf ("<entry><substanceAdministration classCode='SBADM' moodCode='EVN'>"
                       "<templateId root='1.2.250.1.213.1.1.3.45'/><effectiveTime value='%s'/>"
                       "<consumable><manufacturedProduct><manufacturedMaterial><code code='%s' "
                       "codeSystem='2.16.840.1.113883.6.73'><originalText><reference value='#v'/>"
                       "</originalText></code></manufacturedMaterial></manufacturedProduct>"
                       "</consumable></substanceAdministration></entry>",
                       day, atc));
}

char *
result_section_in (const char *loinc,
                   const char *name,
                   const char *number,
                   const char *unit,
                   const char *flag,
                   const char *day)
{
  g_autofree char *text = g_strdup_printf ("<content ID='r'>%s</content>", name);

  return take_section (
      "18719-5", text,
      g_strdup_printf ("<entry><observation classCode='OBS' moodCode='EVN'><templateId "
                       "root='1.2.250.1.213.1.1.3.80'/><code code='%s' "
                       "codeSystem='2.16.840.1.113883.6.1'><originalText><reference value='#r'/>"
                       "</originalText></code><effectiveTime value='%s'/><value xsi:type='PQ' "
                       "value='%s' unit='%s'/><interpretationCode code='%s'/></observation>"
                       "</entry>",
                       loinc, day, number, unit, flag));
}

char *
delivery_section (const char *cip, const char *name, const char *day)
{
  g_autofree char *text = g_strdup_printf ("<content ID='d'>%s</content>", name);

  return take_section (
      "10160-0", text,
      g_strdup_printf ("<entry><substanceAdministration classCode='SBADM' moodCode='EVN'>"
                       "<templateId root='1.2.250.1.213.1.1.3.42'/><consumable>"
                       "<manufacturedProduct><manufacturedMaterial><code><originalText><reference "
                       "value='#d'/></originalText><translation code='%s' "
                       "codeSystem='1.2.250.1.215.200.1.1.1'/></code></manufacturedMaterial>"
                       "</manufacturedProduct></consumable><entryRelationship typeCode='REFR'>"
                       "<supply classCode='SPLY' moodCode='EVN'><quantity value='1'/><performer>"
                       "<time value='%s'/></performer></supply></entryRelationship>"
                       "</substanceAdministration></entry>",
                       cip, day));
}
