#include "config.h"

#include "cda/dmp-cda-check.h"
#include "cda/dmp-cda-facts.h"
#include "fuzz.h"
#include "summary/dmp-summary-builder.h"

const char *const fuzz_corpus[] = { "cda/documents", NULL };

/* A document as text, as facts and as a summary, whatever the bytes are. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (DmpCdaDocument) document = dmp_cda_document_parse (bytes, NULL);
  g_autoptr (GPtrArray) defects = NULL;
  g_autoptr (DmpSummaryBuilder) builder = NULL;
  g_autoptr (DmpDocumentEntry) entry = NULL;
  g_autoptr (DmpSummary) summary = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  GPtrArray *facts;
  guint index;

  if (document == NULL)
    return 0;
  text = dmp_cda_document_dup_text (document);
  defects = dmp_cda_check (document);
  facts = dmp_cda_document_get_facts (document);
  for (guint i = 0; i < facts->len; i++)
    dmp_cda_document_find_place (document, ((DmpFact *) g_ptr_array_index (facts, i))->place,
                                 &index);
  builder = dmp_summary_builder_new (dmp_cda_document_get_patient (document), "20260115");
  entry = dmp_summary_dup_entry_for (document, bytes);
  dmp_summary_builder_add (builder, entry, document);
  summary = dmp_summary_builder_build (builder);
  json = dmp_summary_dup_json (summary);
  return 0;
}
