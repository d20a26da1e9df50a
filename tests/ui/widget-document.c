#include "config.h"

/* One document on its page: narrative, cited passage, finding, sizes. */

#include "gallery.h"

#include "ui/dmp-document-page.h"
#include "ui/dmp-find-bar.h"
#include "ui/dmp-narrative.h"

#include <string.h>

static const char cda[] =
    "<ClinicalDocument xmlns='urn:hl7-org:v3'>"
    "<id root='1.2.3.4'/><code code='11502-2' codeSystem='2.16.840.1.113883.6.1'/>"
    "<title>Compte rendu d’examens biologiques</title><effectiveTime value='20260114'/>"
    "<recordTarget><patientRole><id root='1.2.250.1.213.1.4.10' extension='255081416802538'/>"
    "<patient><name><given>Jeanne</given><family qualifier='BR'>DUPONT</family></name>"
    "<administrativeGenderCode code='F'/><birthTime value='19530203'/></patient>"
    "</patientRole></recordTarget>"
    "<author><time value='20260114'/><assignedAuthor><id root='1' extension='2'/>"
    "<assignedPerson><name><prefix>DR</prefix><family>MARCHAND</family><given>Hélène</given></name>"
    "</assignedPerson><representedOrganization><name>LBM Bioval, Meaux</name>"
    "</representedOrganization></assignedAuthor></author>"
    "<component><structuredBody>"
    "<component><section><title>Biochimie</title><text><table><thead><tr><th>Examen</th>"
    "<th>Résultat</th><th>Unité</th><th>Référence</th></tr></thead><tbody>"
    "<tr ID='r1'><td>Créatinine (enzymatique)</td><td align='right'>122</td><td>µmol/L</td>"
    "<td>45 – 84</td></tr>"
    "<tr ID='r2'><td><content ID='c2'>DFG estimé (CKD-EPI)</content></td>"
    "<td align='right'><content styleCode='Bold'>38</content></td><td>mL/min/1,73 m<sup>2</sup>"
    "</td><td>≥ 60</td></tr></tbody></table></text></section></component>"
    "<component><section><title>Hématologie</title><text><list listType='ordered'>"
    "<item>Hémoglobine 11,4 g/dL</item><item>Plaquettes 212 G/L</item></list></text></section>"
    "</component>"
    "<component><section><title>Conclusion</title><text><paragraph>Diminution du débit de "
    "filtration glomérulaire par rapport à l’antériorité du 10/12/2025. À confronter au contexte "
    "clinique.</paragraph></text></section></component>"
    "</structuredBody></component></ClinicalDocument>";

static DmpDocumentEntry *
new_entry (DmpVisibility visibility)
{
  g_autoptr (DmpCode) type = dmp_code_new ("11502-2", "2.16.840.1.113883.6.1", "CR de biologie");
  g_autoptr (DmpCode) klass = dmp_code_new ("10", "1.2.250.1.213.1.1.4.1", "Compte rendu");
  DmpAuthor author = { .id = (char *) "1",
                       .family = (char *) "MARCHAND",
                       .given = (char *) "Hélène",
                       .institution = (char *) "LBM Bioval, Meaux" };
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);
  DmpDocumentEntryFields fields = { .entry_uuid = "urn:uuid:1",
                                    .unique_id = "1.2.3.4",
                                    .title = "Biologie – DFG 38, K 5,2, créatinine, NFS",
                                    .size = 84000,
                                    .version = 1,
                                    .visibility = visibility,
                                    .service_start = "20260114063500",
                                    .submission_time = "20260114180000",
                                    .class_code = klass,
                                    .type_code = type,
                                    .authors = authors };

  g_ptr_array_add (authors, dmp_author_copy (&author));

  return dmp_document_entry_new (&fields);
}

static DmpCdaDocument *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  DmpCdaDocument *document = dmp_cda_document_parse (bytes, &error);

  g_assert_no_error (error);

  return document;
}

static void
test_narrative (void)
{
  g_autoptr (DmpDocumentEntry) entry = new_entry (DMP_VISIBILITY_NORMAL);
  g_autoptr (DmpCdaDocument) document = parse (cda);
  DmpDocumentPage *page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *cited, *plain;

  dmp_document_page_set_entry (page, entry, "Résumé", "document 1 sur 150");
  dmp_document_page_set_content (page, document, NULL, "#c2");
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Conclusion"));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "cité par le résumé"));
  cited = gtk_widget_get_parent (gallery_find_label (GTK_WIDGET (page), "DFG estimé (CKD-EPI)"));
  plain =
      gtk_widget_get_parent (gallery_find_label (GTK_WIDGET (page), "Créatinine (enzymatique)"));
  g_assert_true (gtk_widget_has_css_class (cited, "ca-cited"));
  g_assert_false (gtk_widget_has_css_class (plain, "ca-cited"));
  gallery_until (gtk_widget_has_focus (cited));
  g_assert_true (gtk_widget_has_focus (cited));
  gallery_take (window, "07-document");
}

#define TWELVE_HEADS                                                                               \
  "<th>Durée du traitement</th><th>Médicament</th><th>Fréquence d’administration</th>"        \
  "<th>Dose prescrite</th><th>Rythme d’administration</th><th>Voie d’administration</th>"      \
  "<th>Substitution</th><th>Renouvellements</th><th>ALD</th><th>AT/MP</th><th>Prévention</th>"    \
  "<th>Hors AMM</th>"

static const char prescription[] =
    "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.3.5'/><title>Prescription</title>"
    "<effectiveTime value='202601091200'/><recordTarget><patientRole>"
    "<id root='1.2.250.1.213.1.4.10' extension='255081416802538'/>"
    "<addr><houseNumber>28</houseNumber><streetName>Avenue de Breteuil</streetName>"
    "<postalCode>75007</postalCode><city>PARIS</city></addr><telecom value='tel:0144534551'/>"
    "<patient><name><given>Jeanne Marie</given><given qualifier='BR'>Jeanne</given>"
    "<family qualifier='BR'>DUPONT</family></name>"
    "<administrativeGenderCode code='F'/><birthTime value='19530203'/><birthplace><place><addr>"
    "<county>51215</county><city>DOMPREMY</city></addr></place></birthplace></patient>"
    "</patientRole></recordTarget><participant typeCode='PRF'>"
    "<functionCode code='PRELV' displayName='Préleveur'/><time><high value='202601091735'/></time>"
    "<associatedEntity classCode='PROV'><telecom value='tel:0149154578'/><associatedPerson><name>"
    "<given>Roberta</given><family>BLEEDER</family></name></associatedPerson></associatedEntity>"
    "</participant><inFulfillmentOf><order><id root='1.2' extension='A7'/></order>"
    "</inFulfillmentOf><component><structuredBody><component><section><title>Médicaments</title>"
    "<text><table><thead><tr>" TWELVE_HEADS "</tr></thead><tbody><tr><td>du 01/12/2023</td>"
    "<td>PARACETAMOL 500 mg</td></tr></tbody></table></text></section></component>"
    "</structuredBody></component></ClinicalDocument>";

/* The header beside the document, as its author wrote it, and no line of the one before. A table of
 * many columns takes the room there is. */
static void
test_details (void)
{
  static const char *const said[] = {
    "09/01/2026 12:00", "A7", "Préleveur", "Roberta BLEEDER\n0149154578\n09/01/2026 17:35",
    "DUPONT Jeanne Marie\nSexe féminin\nNaissance 03/02/1953, DOMPREMY (51215)\n"
    "INS 255081416802538 (identité de test)\n28 Avenue de Breteuil, 75007 PARIS\n0144534551"
  };
  g_autoptr (DmpDocumentEntry) entry = new_entry (DMP_VISIBILITY_NORMAL);
  g_autoptr (DmpCdaDocument) first = parse (cda), document = parse (prescription);
  DmpDocumentPage *page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  dmp_document_page_set_entry (page, entry, "Documents", "");
  dmp_document_page_set_content (page, first, NULL, NULL);
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Hématologie"));
  dmp_document_page_set_entry (page, entry, "Documents", "");
  dmp_document_page_set_content (page, document, NULL, NULL);
  gallery_settle (window);
  g_assert_null (gallery_find_label (GTK_WIDGET (page), "Hématologie"));
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), said[i]));
  g_assert_cmpint (gtk_widget_get_width (gallery_find (GTK_WIDGET (page), DMP_TYPE_NARRATIVE)), >,
                   900);
  gallery_take (window, "07-details");
}

static void
test_hidden (void)
{
  g_autoptr (DmpDocumentEntry) entry = new_entry (DMP_VISIBILITY_HIDDEN_FROM_PATIENT);
  DmpDocumentPage *page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  dmp_document_page_set_entry (page, entry, "Documents", "");
  dmp_document_page_set_content (page, NULL,
                                 "Ce document est endommagé. Le résumé ne le contient "
                                 "pas.",
                                 NULL);
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (
      GTK_WIDGET (page),
      "Ce document n’est pas visible du patient (consultation d’annonce à venir). "
      "Ne tournez pas l’écran."));
  gallery_take (window, "07b-illisible-non-visible");
}

/* --- Finding, sizes, copying --- */

static void
test_find (void)
{
  g_autoptr (DmpDocumentEntry) entry = new_entry (DMP_VISIBILITY_NORMAL);
  g_autoptr (DmpCdaDocument) document = parse (cda);
  DmpDocumentPage *page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  DmpFindBar *bar = DMP_FIND_BAR (gallery_find (GTK_WIDGET (page), DMP_TYPE_FIND_BAR));

  dmp_document_page_set_entry (page, entry, "Documents", "");
  dmp_document_page_set_content (page, document, NULL, NULL);
  gallery_settle (window);
  dmp_document_page_find (page);
  g_assert_cmpuint (dmp_find_bar_find (bar, "hemo"), ==, 1); /* Hémoglobine: accents do not count */
  g_assert_cmpuint (dmp_find_bar_find (bar, "ml/min"), ==, 1);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "1 sur 1"));
  g_assert_cmpuint (dmp_find_bar_find (bar, "absent"), ==, 0);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Introuvable dans ce document"));
  g_assert_cmpuint (dmp_find_bar_find (bar, "l"), >, 5);
  dmp_document_page_find_step (page, -1);
  gallery_settle (window);
  g_assert_true (dmp_document_page_stop_finding (page));
  g_assert_false (dmp_document_page_stop_finding (page));
  dmp_document_page_find (page);
  g_assert_cmpuint (dmp_find_bar_find (bar, "dfg"), ==, 1);
  gallery_take (window, "07-chercher");
}

static void
test_zoom (void)
{
  g_autoptr (DmpDocumentEntry) entry = new_entry (DMP_VISIBILITY_NORMAL);
  g_autoptr (DmpCdaDocument) document = parse (cda);
  DmpDocumentPage *page = g_object_new (DMP_TYPE_DOCUMENT_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *label;
  int before;

  dmp_document_page_set_entry (page, entry, "Documents", "");
  dmp_document_page_set_content (page, document, NULL, NULL);
  gallery_settle (window);
  label = gallery_find_label (GTK_WIDGET (page), "Plaquettes 212 G/L");
  before = gtk_widget_get_height (label);
  for (int i = 0; i < 5; i++)
    dmp_document_page_zoom (page, 1);
  gallery_settle (window);
  g_assert_cmpint (gtk_widget_get_height (label), >, before * 3 / 2);
  dmp_document_page_zoom (page, 0);
  gallery_settle (window);
  g_assert_cmpint (gtk_widget_get_height (label), ==, before);
  for (int i = 0; i < 5; i++)
    dmp_document_page_zoom (page, 1);
  gallery_settle (window);
  gallery_take (window, "07-zoom");
}

static void
test_copy (void)
{
  g_autoptr (DmpCdaDocument) document = parse (cda);
  DmpNarrative *narrative = g_object_new (DMP_TYPE_NARRATIVE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (narrative));
  g_autofree char *one = NULL, *all = NULL;
  GtkWidget *label;

  dmp_narrative_set_document (narrative, document, NULL);
  gallery_settle (window);
  g_assert_null (dmp_narrative_dup_selection (narrative));
  label = gallery_find_label (GTK_WIDGET (narrative), "Plaquettes 212 G/L");
  gtk_label_select_region (GTK_LABEL (label), 11, 14);
  one = dmp_narrative_dup_selection (narrative);
  g_assert_cmpstr (one, ==, "212");
  dmp_narrative_select (narrative, TRUE);
  all = dmp_narrative_dup_selection (narrative);
  g_assert_nonnull (strstr (all, "Créatinine (enzymatique)\t122\tµmol/L\t45 – 84\n"));
  dmp_narrative_select (narrative, FALSE);
  g_assert_null (dmp_narrative_dup_selection (narrative));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!gallery_init (&argc, &argv))
    return 0;
  g_test_add_func ("/document/narrative", test_narrative);
  g_test_add_func ("/document/details", test_details);
  g_test_add_func ("/document/hidden", test_hidden);
  g_test_add_func ("/document/find", test_find);
  g_test_add_func ("/document/zoom", test_zoom);
  g_test_add_func ("/document/copy", test_copy);

  return g_test_run ();
}
