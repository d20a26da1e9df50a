#include "config.h"

#include "cda-fixture.h"
#include "cda/dmp-cda-facts.h"
#include "model/dmp-error.h"

#include <string.h>

/* Documents made to hurt: each is either read as plain words or refused with a sentence, quickly.
 */

static DmpCdaDocument *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return dmp_cda_document_parse (bytes, error);
}

/* Script and reference vectors inside a narrative: nothing is left but text, and it is all left. */
static void
test_vectors (void)
{
  static const char *const vectors[] = {
    "<linkHtml href='javascript:alert(1)'>W</linkHtml>",
    "<linkHtml href='data:text/html;base64,PHNjcmlwdD4='>W</linkHtml>",
    "<linkHtml href='file:///etc/passwd'>W</linkHtml>",
    "<linkHtml href='http://127.0.0.1:9/'>W</linkHtml>",
    "<script xmlns='http://www.w3.org/1999/xhtml'>W</script>",
    "<iframe src='http://127.0.0.1:9/'>W</iframe>",
    "<img src='x' onerror='alert(1)'/>W",
    "<object data='x.swf'>W</object>",
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>W</svg>",
    "<content styleCode='Bold; background:url(http://127.0.0.1:9/)'>W</content>",
    "<content styleCode='expression(alert(1))' onmouseover='alert(1)'>W</content>",
    "<paragraph onclick='alert(1)'>W</paragraph>",
    "<table onmouseover='alert(1)' "
    "width='expression(1)'><tbody><tr><td>W</td></tr></tbody></table>",
    "<renderMultiMedia referencedObject='../../../../etc/passwd'/>W",
    "<renderMultiMedia referencedObject='http://127.0.0.1:9/x'/>W",
    "<?php system('id'); ?>W",
    "<!-- <script>alert(1)</script> -->W",
    "<![CDATA[W]]>",
    "&#x202e;W&#x202c;",
    "<xsl:value-of xmlns:xsl='http://www.w3.org/1999/XSL/Transform' select='1'/>W",
    "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>W",
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section ("11488-4", vectors[i], "");
      g_autofree char *text = dmp_cda_document_dup_text (document);

      g_assert_nonnull (strchr (text, 'W'));
      g_assert_null (strstr (text, "root:"));
      g_assert_cmpuint (dmp_cda_document_get_attachments (document)->len, ==, 0);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><ClinicalDocument "
    "xmlns='urn:hl7-org:v3'><id root='1'/><title>&e;</title></ClinicalDocument>",
    "<!DOCTYPE a [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><ClinicalDocument "
    "xmlns='urn:hl7-org:v3'><id root='1'/></ClinicalDocument>",
    "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1'/><title>&e;</title></ClinicalDocument>",
    "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1'/>",
    "<?xml version='1.0' encoding='UTF-7'?><ClinicalDocument xmlns='urn:hl7-org:v3'/>",
    "\xff\xfe\x00\x00",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == DMP_ERROR);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
}

static char *
repeat (const char *before, const char *piece, guint times, const char *after)
{
  GString *out = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (out, piece);
  g_string_append (out, after);
  return g_string_free (out, FALSE);
}

static void
test_deep (void)
{
  g_autofree char *opens = repeat ("", "<content>", 150, "W");
  g_autofree char *deep = repeat (opens, "</content>", 150, "");
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section ("11488-4", deep, "");
  g_autofree char *too_deep = repeat ("", "<content>", 5000, "");
  g_autofree char *closed = repeat (too_deep, "</content>", 5000, "");
  g_autofree char *section = cda_fixture_section ("11488-4", "T", closed, "");
  CdaFixture fixture = { .sections = section };
  g_autoptr (GBytes) bytes = cda_fixture_write (&fixture);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (document);
  g_assert_null (dmp_cda_document_parse (bytes, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_LIMIT);
}

/* A million cells: refused, and not slowly. */
static void
test_huge_table (void)
{
  g_autofree char *cells = repeat ("<table><tbody><tr>", "<td/>", 400000, "</tr></tbody></table>");
  g_autofree char *section = cda_fixture_section ("11488-4", "T", cells, "");
  CdaFixture fixture = { .sections = section };
  g_autoptr (GBytes) bytes = cda_fixture_write (&fixture);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (dmp_cda_document_parse (bytes, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_LIMIT);
  g_test_message ("%.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
}

static void
test_spans (void)
{
  g_autofree char *rows =
      repeat ("<table><tbody>", "<tr><td colspan='65535' rowspan='65535'>W</td></tr>", 500,
              "</tbody></table>");
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section ("11488-4", rows, "");
  const DmpCdaBlock *table = g_ptr_array_index (dmp_cda_document_get_blocks (document), 1);

  g_assert_cmpuint (table->n_columns, <=, 512);
  for (guint i = 0; i < table->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (table->cells, i);

      g_assert_cmpuint (cell->column + cell->column_span, <=, table->n_columns);
      g_assert_cmpuint (cell->row + cell->row_span, <=, table->n_rows);
    }
}

static void
test_files (void)
{
  static const char *const values[] = {
    "<value mediaType='application/pdf' representation='B64'>####</value>",
    "<value mediaType='application/pdf' representation='B64'>JVBERi0xLjQ</value>",
    "<value mediaType='application/pdf' representation='B64'>JVBE====</value>",
    "<value mediaType='application/pdf' representation='B64'>PGh0bWw+</value>",
    "<value mediaType='application/pdf' representation='B64'/>",
    "<value mediaType='image/jpeg' representation='B64'>JVBERi0x=A==</value>",
    "<value mediaType='image/svg+xml' representation='B64'>PHN2Zz4=</value>",
    "<value mediaType='application/pdf' representation='B64' compression='DF'>JVBERi0x</value>",
    "<value mediaType='application/pdf'><reference value='file:///etc/passwd'/></value>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *entry =
          g_strdup_printf ("<entry><observationMedia classCode='OBS' moodCode='EVN' ID='x'>%s"
                           "</observationMedia></entry>",
                           values[i]);
      g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section ("55108-5", "x", entry);
      const DmpCdaAttachment *file =
          g_ptr_array_index (dmp_cda_document_get_attachments (document), 0);

      g_assert_null (file->bytes);
      g_assert_nonnull (file->problem);
    }
}

/* References in circles, to nowhere, twice: facts keep a place that exists. */
static void
test_references (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11450-4", "<content ID='a'>un</content><content ID='a'>deux</content>",
      CDA_PROBLEM ("a", "I10", "HTA", "2004", "")
          CDA_PROBLEM ("nowhere", "I11", "HTA 2", "99999999", ""));
  const DmpFact *first = cda_fixture_fact (document, DMP_FACT_PROBLEM, 0);
  const DmpFact *second = cda_fixture_fact (document, DMP_FACT_PROBLEM, 1);

  g_assert_cmpstr (first->text, ==, "un");
  g_assert_cmpstr (second->text, ==, "HTA 2");
  g_assert_cmpstr (second->place, ==, "1");
  g_assert_null (second->date); /* no such day */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cda/hostile/vectors", test_vectors);
  g_test_add_func ("/cda/hostile/refused", test_refused);
  g_test_add_func ("/cda/hostile/deep", test_deep);
  g_test_add_func ("/cda/hostile/huge-table", test_huge_table);
  g_test_add_func ("/cda/hostile/spans", test_spans);
  g_test_add_func ("/cda/hostile/files", test_files);
  g_test_add_func ("/cda/hostile/references", test_references);
  return g_test_run ();
}
