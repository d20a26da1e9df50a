#include "config.h"

#include "cda-fixture.h"
#include "model/dmp-error.h"

#include <string.h>

static DmpCdaBlock *
block_at (DmpCdaDocument *document, guint index)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (document);

  g_assert_cmpuint (index, <, blocks->len);
  return g_ptr_array_index (blocks, index);
}

static DmpCdaRun *
run_at (DmpCdaBlock *block, guint index)
{
  g_assert_cmpuint (index, <, block->runs->len);
  return g_ptr_array_index (block->runs, index);
}

static void
test_header (void)
{
  CdaFixture fixture = {
    .template = "1.2.250.1.213.1.1.1.29", .function = "PCP", .replaces = "1.2.3.9", .sections = ""
  };
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse (&fixture);
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);
  g_autofree char *name = dmp_cda_person_dup_display (author);

  g_assert_cmpstr (header->unique_id, ==, "1.2.3.1");
  g_assert_cmpstr (header->set_id, ==, "1.2.3.0");
  g_assert_cmpstr (header->title, ==, "Lettre");
  g_assert_cmpstr (header->replaces, ==, "1.2.3.9");
  g_assert_cmpstr (header->service_start, ==, "20260110093000+0100");
  g_assert_cmpstr (dmp_code_get_code (header->code), ==, "11488-4");
  g_assert_cmpstr (dmp_patient_get_ins (header->patient), ==, "253027700412387");
  g_assert_cmpstr (dmp_patient_get_birth_family (header->patient), ==, "DUPONT");
  g_assert_cmpstr (dmp_patient_get_family (header->patient), ==, "MARTIN");
  g_assert_cmpstr (dmp_patient_get_given (header->patient), ==, "JEANNE");
  g_assert_cmpstr (name, ==, "Dr Julien PETIT");
  g_assert_cmpstr (dmp_code_get_code (author->function), ==, "PCP");
  g_assert_true (dmp_cda_document_has_template (document, "1.2.250.1.213.1.1.1.29"));
  g_assert_false (dmp_cda_document_has_template (document, "1.2.250.1.213.1.1.1.2"));
  g_assert_cmpint (dmp_cda_document_get_body (document), ==, DMP_CDA_BODY_TEXT);
}

/* What the header says of acts, orders, addresses and times, every one of them. */
static void
test_header_details (void)
{
  CdaFixture fixture = {
    .extra =
        "<participant typeCode='PRF'><functionCode code='PRELV' displayName='Préleveur'/>"
        "<time><high value='202601091735+0100'/></time><associatedEntity classCode='PROV'>"
        "<addr><postalCode>92100</postalCode><city>BOULOGNE</city><houseNumber>12</houseNumber>"
        "<streetName>Rue du Renard</streetName></addr><telecom value='tel:0149154578'/>"
        "<telecom nullFlavor='NASK'/><telecom value='mailto:r@example.fr'/><associatedPerson>"
        "<name><family>BLEEDER</family></name></associatedPerson></associatedEntity>"
        "</participant><inFulfillmentOf><order><id root='1.2' extension='A7'/></order>"
        "</inFulfillmentOf><inFulfillmentOf><order><id root='1.3'/></order></inFulfillmentOf>"
        "<documentationOf><serviceEvent><code code='18719-5' displayName='Biochimie'/>"
        "<effectiveTime><low value='20260109'/><high value='20260110'/></effectiveTime>"
        "</serviceEvent></documentationOf>",
    .sections = ""
  };
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse (&fixture);
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const DmpCdaPerson *taker = dmp_cda_document_get_person (document, DMP_CDA_ROLE_PARTICIPANT);
  g_autofree char *orders = g_strjoinv ("|", header->orders);
  const DmpCdaAct *act = g_ptr_array_index (header->acts, 0);

  g_assert_cmpstr (orders, ==, "A7|1.3");
  g_assert_cmpstr (header->order_id, ==, "1.2^A7");
  g_assert_cmpuint (header->acts->len, ==, 2); /* and the fixture's own */
  g_assert_cmpstr (dmp_code_get_display (act->code), ==, "Biochimie");
  g_assert_cmpstr (act->start, ==, "20260109");
  g_assert_cmpstr (act->stop, ==, "20260110");
  g_assert_cmpstr (taker->address, ==, "12 Rue du Renard, 92100 BOULOGNE");
  g_assert_cmpuint (g_strv_length (taker->telecoms), ==, 2);
  g_assert_cmpstr (taker->telecoms[1], ==, "mailto:r@example.fr");
  g_assert_cmpstr (taker->time, ==, "202601091735+0100");
  g_assert_cmpstr (dmp_code_get_display (taker->function), ==, "Préleveur");
}

static void
test_runs (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11488-4",
      "Le  patient\n va <content styleCode='Bold' ID='a'>bien<content ID='b'> "
      "et</content></content>"
      ". H<sub>2</sub>O<br/> fin <linkHtml href='javascript:alert(1)'>lien</linkHtml>"
      "<unknown>gardé</unknown>",
      "");
  DmpCdaBlock *heading = block_at (document, 0);
  DmpCdaBlock *paragraph = block_at (document, 1);
  g_autofree char *text = dmp_cda_block_dup_text (paragraph);

  g_assert_cmpint (heading->kind, ==, DMP_CDA_BLOCK_HEADING);
  g_assert_cmpuint (heading->level, ==, 1);
  g_assert_cmpint (paragraph->kind, ==, DMP_CDA_BLOCK_PARAGRAPH);
  g_assert_cmpstr (text, ==, "Le patient va bien et. H2O\nfin liengardé");
  g_assert_cmpint (run_at (paragraph, 1)->style, ==, DMP_CDA_STYLE_BOLD);
  g_assert_cmpstr (run_at (paragraph, 1)->text, ==, "bien");
  g_assert_cmpstr (run_at (paragraph, 2)->ids[0], ==, "a");
  g_assert_cmpstr (run_at (paragraph, 2)->ids[1], ==, "b");
  g_assert_cmpint (run_at (paragraph, 4)->style, ==, DMP_CDA_STYLE_SUBSCRIPT);
  g_assert_true (dmp_cda_block_has_anchor (paragraph, "b"));
  g_assert_false (dmp_cda_block_has_anchor (paragraph, "c"));
}

static void
test_lists (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11488-4",
      "<list listType='ordered' ID='l'><caption>Conduite</caption><item>un</item>"
      "<item ID='i'>deux<list><item>deux a</item></list></item></list>"
      "<paragraph ID='p'>suite</paragraph>",
      "");
  DmpCdaBlock *list = block_at (document, 1);
  DmpCdaBlock *second = g_ptr_array_index (list->children, 1);
  guint index = 0;

  g_assert_cmpint (list->kind, ==, DMP_CDA_BLOCK_LIST);
  g_assert_true (list->ordered);
  g_assert_cmpstr (run_at (list, 0)->text, ==, "Conduite");
  g_assert_cmpuint (second->children->len, ==, 2);
  g_assert_cmpint (((DmpCdaBlock *) g_ptr_array_index (second->children, 1))->kind, ==,
                   DMP_CDA_BLOCK_LIST);
  g_assert_true (dmp_cda_document_find_place (document, "#i", &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (dmp_cda_document_find_place (document, "#p", &index));
  g_assert_cmpuint (index, ==, 2);
  g_assert_true (dmp_cda_document_find_place (document, "1", &index));
  g_assert_cmpuint (index, ==, 0);
  g_assert_false (dmp_cda_document_find_place (document, "#absent", &index));
}

static DmpCdaCell *
cell_at (DmpCdaBlock *table, guint index)
{
  g_assert_cmpuint (index, <, table->cells->len);
  return g_ptr_array_index (table->cells, index);
}

static void
assert_cell (DmpCdaCell *cell, guint row, guint column, guint rows, guint columns)
{
  g_assert_cmpuint (cell->row, ==, row);
  g_assert_cmpuint (cell->column, ==, column);
  g_assert_cmpuint (cell->row_span, ==, rows);
  g_assert_cmpuint (cell->column_span, ==, columns);
}

static void
test_tables (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11488-4",
      "<table><caption>Bilan</caption><thead><tr><th>Examen</th><th colspan='2'>Valeur</th></tr>"
      "</thead><tfoot><tr><td>pied</td></tr></tfoot><tbody align='right'>"
      "<tr ID='r'><td rowspan='2'>a</td><td>b</td><td align='center'>c</td></tr>"
      "<tr><td ID='d'>d<br/>e</td><td><list><item>f</item></list></td></tr>"
      "<tr><td colspan='9999999' rowspan='40'>g</td></tr></tbody></table>",
      "");
  DmpCdaBlock *table = block_at (document, 1);

  g_assert_cmpint (table->kind, ==, DMP_CDA_BLOCK_TABLE);
  g_assert_cmpstr (run_at (table, 0)->text, ==, "Bilan");
  g_assert_cmpuint (table->n_header_rows, ==, 1);
  g_assert_cmpuint (table->n_rows, ==, 5);
  assert_cell (cell_at (table, 1), 0, 1, 1, 2);
  g_assert_true (cell_at (table, 1)->header);
  assert_cell (cell_at (table, 2), 1, 0, 2, 1);
  assert_cell (cell_at (table, 5), 2, 1, 1, 1); /* under b, beside the tall a */
  g_assert_cmpfloat (cell_at (table, 4)->align, ==, 0.5);
  g_assert_cmpfloat (cell_at (table, 5)->align, ==, 1);
  g_assert_true (dmp_cda_block_has_anchor (table, "r"));
  g_assert_true (dmp_cda_block_has_anchor (table, "d"));
  g_assert_cmpuint (cell_at (table, 7)->column_span, <=, 512);
  g_assert_cmpuint (cell_at (table, 7)->row_span, ==, 2); /* cut at the table's end */
}

static void
test_footnotes (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11488-4",
      "<paragraph>Dose<footnote ID='n1'>à adapter</footnote> puis<footnoteRef IDREF='n1'/>."
      "</paragraph>",
      "");
  DmpCdaBlock *note = block_at (document, 2);

  g_assert_cmpint (run_at (block_at (document, 1), 1)->style, ==, DMP_CDA_STYLE_FOOTNOTE_REF);
  g_assert_cmpstr (run_at (block_at (document, 1), 1)->target, ==, "n1");
  g_assert_cmpint (note->kind, ==, DMP_CDA_BLOCK_FOOTNOTE);
  g_assert_cmpstr (note->ids[0], ==, "n1");
}

static void
test_files (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "55108-5",
      "<renderMultiMedia referencedObject='img'><caption>Cliché</caption></renderMultiMedia>",
      "<entry><observationMedia classCode='OBS' moodCode='EVN' ID='img'><value "
      "mediaType='image/png' representation='B64'>iVBORw0K "
      "GgoA\n</value></observationMedia></entry>"
      "<entry><observationMedia classCode='OBS' moodCode='EVN' ID='pdf'><value "
      "mediaType='application/pdf' representation='B64'>JVBERi0xLjQ=</value></observationMedia>"
      "</entry><entry><observationMedia classCode='OBS' moodCode='EVN' ID='far'><value "
      "mediaType='image/png'><reference value='http://127.0.0.1/x.png'/></value>"
      "</observationMedia></entry><entry><observationMedia classCode='OBS' moodCode='EVN' ID='bad'>"
      "<value mediaType='application/pdf' representation='B64'>JVBERi0x#</value>"
      "</observationMedia></entry>");
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  const DmpCdaAttachment *pdf = g_ptr_array_index (files, 1);
  const DmpCdaAttachment *far = g_ptr_array_index (files, 2);
  const DmpCdaAttachment *bad = g_ptr_array_index (files, 3);

  g_assert_cmpuint (files->len, ==, 4);
  g_assert_cmpuint (run_at (block_at (document, 1), 0)->attachment, ==, 1);
  g_assert_cmpuint (block_at (document, 2)->attachment, ==, 2); /* shown by nobody: its own block */
  g_assert_cmpuint (g_bytes_get_size (pdf->bytes), ==, 8);
  g_assert_null (far->bytes);
  g_assert_nonnull (strstr (far->problem, "adresse"));
  g_assert_null (bad->bytes);
  g_assert_nonnull (bad->problem);
}

static void
test_self_presenting (void)
{
  CdaFixture fixture = { .sections = "" };
  g_autoptr (GBytes) inner = cda_fixture_write (&fixture);
  const char *data = g_bytes_get_data (inner, NULL);
  g_autofree char *wrapped = g_strdup_printf (
      "<?xml version='1.0'?><xsl:stylesheet version='1.0' "
      "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:import href='file:///etc/passwd'/>"
      "<xsl:template match='/'><xsl:value-of select=\"document('http://127.0.0.1/')\"/>"
      "</xsl:template>%.*s</xsl:stylesheet>",
      (int) (g_bytes_get_size (inner) - strlen ("<?xml version='1.0' encoding='UTF-8'?>")),
      data + strlen ("<?xml version='1.0' encoding='UTF-8'?>"));
  g_autoptr (GBytes) bytes = g_bytes_new (wrapped, strlen (wrapped));
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCdaDocument) document = dmp_cda_document_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_true (dmp_cda_document_get_self_presenting (document));
  g_assert_cmpstr (dmp_cda_document_get_unique_id (document), ==, "1.2.3.1");
}

static void
test_encodings (void)
{
  static const char *const names[] = { "ISO-8859-1", "UTF-16LE", "windows-1252" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *section = cda_fixture_section ("11488-4", "Été", "Fièvre à 39 °C", "");
      CdaFixture fixture = { .sections = section };
      g_autoptr (GBytes) utf8 = cda_fixture_write (&fixture);
      g_autoptr (GString) text =
          g_string_new_len (g_bytes_get_data (utf8, NULL), (gssize) g_bytes_get_size (utf8));
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (DmpCdaDocument) document = NULL;
      g_autofree char *words = NULL;
      char *converted;
      gsize len = 0;

      g_string_replace (text, "UTF-8", i == 1 ? "UTF-16" : names[i], 1);
      if (i == 1)
        g_string_prepend (text, "\xef\xbb\xbf");
      converted = g_convert (text->str, (gssize) text->len, names[i], "UTF-8", NULL, &len, &error);
      g_assert_no_error (error);
      bytes = g_bytes_new_take (converted, len);
      document = dmp_cda_document_parse (bytes, &error);
      g_assert_no_error (error);
      words = dmp_cda_document_dup_text (document);
      g_assert_cmpstr (words, ==, "Été\nFièvre à 39 °C\n");
    }
}

static void
test_no_document (void)
{
  static const char *const texts[] = { "<a/>", "<ClinicalDocument/>",
                                       "<ClinicalDocument xmlns='urn:hl7-org:v3'/>",
                                       "<ClinicalDocument xmlns='urn:hl7-org:v3'><id/>"
                                       "</ClinicalDocument>" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (dmp_cda_document_parse (bytes, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cda/document/header", test_header);
  g_test_add_func ("/cda/document/header-details", test_header_details);
  g_test_add_func ("/cda/document/runs", test_runs);
  g_test_add_func ("/cda/document/lists", test_lists);
  g_test_add_func ("/cda/document/tables", test_tables);
  g_test_add_func ("/cda/document/footnotes", test_footnotes);
  g_test_add_func ("/cda/document/files", test_files);
  g_test_add_func ("/cda/document/self-presenting", test_self_presenting);
  g_test_add_func ("/cda/document/encodings", test_encodings);
  g_test_add_func ("/cda/document/none", test_no_document);
  return g_test_run ();
}
