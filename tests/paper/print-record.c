#include "config.h"

#include "../summary/summary-fixture.h"
#include "paper/dmp-paper.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

/* Prints a made record on standard output as a PDF: "empty", "long" (more than any two pages hold),
 * "hidden" (a document hidden from professionals, one not visible to the patient), "broken-glass".
 */

static void
add_hidden (Record *record, const char *id, const char *agent, DmpVisibility visibility)
{
  g_autofree char *section = allergy_section (agent, NULL, "2019");
  CdaFixture fixture = { .id = id, .date = "20250811093000+0200", .sections = section };
  g_autoptr (GBytes) bytes = cda_fixture_write (&fixture);
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse (&fixture);
  g_autoptr (DmpDocumentEntry) made = dmp_summary_dup_entry_for (document, bytes);
  DmpDocumentEntryFields fields = *dmp_document_entry_get_fields (made);
  g_autoptr (DmpDocumentEntry) entry = NULL;

  fields.visibility = visibility;
  entry = dmp_document_entry_new (&fields);
  dmp_summary_builder_add (record->builder, entry, document);
}

static void
add_hidden_ones (Record *record)
{
  add_hidden (record, "1.2.3.1", "Latex", DMP_VISIBILITY_NORMAL);
  add_hidden (record, "1.2.3.2", "Secretine", DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS);
  add_hidden (record, "1.2.3.3", "Invisibline", DMP_VISIBILITY_HIDDEN_FROM_PATIENT);
  dmp_summary_builder_set_reader (record->builder, "899700000001", TRUE);
}

static void
add_many (Record *record, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("1.2.4.%u", i + 1);
      g_autofree char *agent = g_strdup_printf ("Allergene%03u", i);
      g_autofree char *words = g_strdup_printf (
          "Probleme%03u au nom assez long pour passer a la ligne suivante de sa colonne", i);
      g_autofree char *drug = g_strdup_printf ("MEDICAMENT%03u 10 mg, comprime secable", i);
      g_autofree char *code = g_strdup_printf ("A%02u.%u", i / 10, i % 10);
      g_autofree char *cis = g_strdup_printf ("6%07u", i);
      g_autofree char *problem = problem_section (code, words, "2019", NULL);
      g_autofree char *allergy = allergy_section (agent, NULL, "2019");
      g_autofree char *treatment =
          treatment_section (cis, drug, "1 cp matin et soir", "", "<doseQuantity value='1'/>");

      record_add (record, (CdaFixture){ .id = id, .date = "20260105093000+0100" },
                  g_strconcat (problem, allergy, treatment, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_auto (Record) record = { 0 };
  const char *what = argc > 1 ? argv[1] : "";
  g_autoptr (GDateTime) time = g_date_time_new_local (2026, 1, 15, 14, 35, 0);
  DmpPaperFrame frame = { .printer = "Dr Claire LEROY", .today = "20260115", .time = time };
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (GBytes) bytes = NULL;

  setlocale (LC_ALL, "");
  record_init (&record);
  if (strcmp (what, "long") == 0)
    add_many (&record, 150);
  else if (strcmp (what, "hidden") == 0)
    add_hidden_ones (&record);
  else if (strcmp (what, "broken-glass") == 0)
    {
      frame.break_glass = TRUE;
      frame.reason = "Patient inconscient";
    }
  summary = dmp_summary_builder_build (record.builder);
  bytes = dmp_paper_make_pdf (summary, &frame);

  return bytes != NULL &&
                 fwrite (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 1, stdout) == 1
             ? 0
             : 1;
}
