#include "config.h"

/* Titles from content, and which documents stand behind which. */

#include "session/dmp-document-groups.h"
#include "session/dmp-document-title.h"

#include <string.h>

static const char *const results =
    "<component><section><code code='18719-5'/><title>Biochimie</title><text/><entry><act>"
    "<templateId root='1.2.250.1.213.1.1.3.21'/><entryRelationship><observation>"
    "<templateId root='1.2.250.1.213.1.1.3.80'/><code code='2951-2' displayName='Sodium (ISE)'/>"
    "<value xsi:type='PQ' value='138' unit='mmol/L'/><interpretationCode code='N'/>"
    "</observation></entryRelationship><entryRelationship><observation>"
    "<templateId root='1.2.250.1.213.1.1.3.80'/><code code='2823-3' displayName='Potassium'/>"
    "<value xsi:type='PQ' value='5.2' unit='mmol/L'/><interpretationCode code='H'/>"
    "</observation></entryRelationship></act></entry></section></component>";

#define RESULT(code, name, number)                                                                 \
  "<entryRelationship><observation><templateId root='1.2.250.1.213.1.1.3.80'/><code code='" code   \
  "' displayName='" name "'/><effectiveTime value='20260114'/><value xsi:type='PQ' value='" number \
  "' unit='mmol/L'/></observation></entryRelationship>"
#define REPORT(title, results)                                                                     \
  "<component><section><code code='18719-5'/><title>" title "</title><text>" title                 \
  "</text><entry>"                                                                                 \
  "<act><templateId root='1.2.250.1.213.1.1.3.21'/>" results                                       \
  "</act></entry></section></component>"

static const char *const many_results =
    REPORT ("Biochimie",
            RESULT ("2951-2", "Sodium", "138") RESULT ("2823-3", "Potassium", "4.2")
                RESULT ("2075-0", "Chlorures", "101"));
static const char *const reworded_results = REPORT (
    "Ionogramme",
    RESULT ("2823-3", "K", "4.2") RESULT ("2951-2", "Na", "138") RESULT ("2075-0", "Cl", "101"));

static const char *const other_words = REPORT (
    "Sang",
    RESULT ("2823-3", "K", "4.2") RESULT ("2951-2", "Na", "138") RESULT ("2075-0", "Cl", "101"));

/* A report of type @type from @structure, level 3 with @sections, or level 1 with the text
 * "fichier". */
static DmpCdaDocument *
parse_of (const char *id,
          const char *type,
          const char *structure,
          const char *order,
          const char *sections)
{
  g_autofree char *body = sections != NULL
                              ? g_strdup_printf ("<structuredBody>%s</structuredBody>", sections)
                              : g_strdup ("<nonXMLBody><text mediaType='text/plain'>fichier</text>"
                                          "</nonXMLBody>");
  g_autofree char *fulfils =
      order != NULL
          ? g_strdup_printf ("<inFulfillmentOf><order><id root='1' extension='%s'/></order>"
                             "</inFulfillmentOf>",
                             order)
          : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
      "<ClinicalDocument xmlns='urn:hl7-org:v3' "
      "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><id root='%s'/><code code='%s' "
      "codeSystem='2.16.840.1.113883.6.1'/><title>Compte rendu</title>"
      "<author><assignedAuthor><id root='1' extension='2'/><representedOrganization><id root='1' "
      "extension='%s'/><name>Labo</name></representedOrganization></assignedAuthor></author>%s"
      "<documentationOf><serviceEvent><effectiveTime><low value='20260114073500+0100'/>"
      "</effectiveTime></serviceEvent></documentationOf><component>%s</component>"
      "</ClinicalDocument>",
      id, type, structure, fulfils, body);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  DmpCdaDocument *document = dmp_cda_document_parse (bytes, &error);

  g_assert_no_error (error);
  return document;
}

static DmpCdaDocument *
parse (const char *id, const char *type, const char *order, const char *sections)
{
  return parse_of (id, type, "10B", order, sections);
}

static const char *const prescription =
    "<component><section><code code='57828-6'/><title>Ordonnance</title><text/><entry>"
    "<substanceAdministration><templateId root='1.2.250.1.213.1.1.3.42'/><consumable>"
    "<manufacturedProduct><manufacturedMaterial><name>ELIQUIS 2,5 mg, comprimé pelliculé</name>"
    "</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>"
    "</section></component>";

static void
test_titles (void)
{
  g_autoptr (DmpCdaDocument) report = parse ("1.1", "11502-2", NULL, results);
  g_autoptr (DmpCdaDocument) letter = parse ("1.2", "51969-4", NULL, results);
  g_autoptr (DmpCdaDocument) scan = parse ("1.3", "11502-2", NULL, NULL);
  g_autoptr (DmpCdaDocument) drugs = parse ("1.4", "57833-6", NULL, prescription);
  g_autofree char *title = dmp_document_title_make (report);
  g_autofree char *drug = dmp_document_title_make (drugs);

  /* what is flagged comes first; a number is nothing without its unit */
  g_assert_cmpstr (title, ==, "Biologie – Potassium 5,2 mmol/L, Sodium");
  g_assert_cmpstr (drug, ==, "Ordonnance – ELIQUIS 2,5 mg");
  g_assert_null (dmp_document_title_make (letter));
  g_assert_null (dmp_document_title_make (scan));
}

/* --- Groups --- */

typedef struct
{
  GListStore *entries;
  DmpDocumentGroups *groups;
} Fixture;

static void
add (Fixture *fixture, DmpDocumentEntryFields fields)
{
  g_autofree char *uuid = g_strdup_printf ("urn:uuid:%s", fields.unique_id);
  g_autoptr (DmpDocumentEntry) entry = NULL;

  fields.entry_uuid = uuid;
  fields.version = 1;
  entry = dmp_document_entry_new (&fields);
  g_list_store_append (fixture->entries, entry);
}

static void
setup (Fixture *fixture, gconstpointer unused)
{
  fixture->entries = g_list_store_new (DMP_TYPE_DOCUMENT_ENTRY);
  fixture->groups = dmp_document_groups_new ();
}

static void
teardown (Fixture *fixture, gconstpointer unused)
{
  g_object_unref (fixture->entries);
  dmp_document_groups_free (fixture->groups);
}

static void
learn (Fixture *fixture, const char *id, const char *cda, const char *order, const char *sections)
{
  g_autoptr (DmpCdaDocument) document = parse (cda, "11502-2", order, sections);

  dmp_document_groups_learn (fixture->groups, id, document);
}

static void
arrange (Fixture *fixture)
{
  dmp_document_groups_arrange (fixture->groups, G_LIST_MODEL (fixture->entries));
}

static const char *
leader (Fixture *fixture, const char *id)
{
  return dmp_document_groups_get_leader (fixture->groups, id);
}

static guint
count (Fixture *fixture, const char *id, DmpGroupKind kind)
{
  GPtrArray *behind = dmp_document_groups_get (fixture->groups, id, kind);

  return behind != NULL ? behind->len : 0;
}

static void
test_formats (Fixture *fixture, gconstpointer unused)
{
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "file", .creation = "20260115" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "data", .creation = "20260114" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "other", .creation = "20260114" });
  learn (fixture, "file", "1.1", "A", NULL);
  learn (fixture, "data", "1.2", "A", results);
  learn (fixture, "other", "1.3", "B",
         "<component><section><title>x</title><text>autre</text></section></component>");
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "file"), ==, "data");
  g_assert_null (leader (fixture, "data"));
  g_assert_null (leader (fixture, "other")); /* another order */
  g_assert_cmpuint (count (fixture, "data", DMP_GROUP_FORMAT), ==, 1);
  g_assert_cmpstr (dmp_document_groups_get_title (fixture->groups, "data"), ==,
                   "Biologie – Potassium 5,2 mmol/L, Sodium");
  dmp_document_groups_set_apart (fixture->groups, "data", TRUE);
  arrange (fixture);
  g_assert_null (leader (fixture, "file"));
  g_assert_cmpuint (count (fixture, "data", DMP_GROUP_FORMAT), ==, 0);
  dmp_document_groups_set_apart (fixture->groups, "data", FALSE);
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "file"), ==, "data");
}

/* As a host lists it: without the sets they were sent in; the file's own header names no order. */
static void
test_formats_by_reference (Fixture *fixture, gconstpointer reference)
{
  static char order[] = "7^^^&1.2&ISO^urn:ihe:iti:xds:2013:order";
  g_autoptr (GPtrArray) ours = g_ptr_array_new (), theirs = g_ptr_array_new ();
  gboolean same = strcmp (reference, order) == 0;

  g_ptr_array_add (ours, order);
  g_ptr_array_add (theirs, (gpointer) reference);
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "data", .references = ours });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "file", .references = theirs });
  learn (fixture, "data", "1.2", "7", results);
  learn (fixture, "file", "1.3", NULL, NULL);
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "file"), ==, same ? "data" : NULL);
}

static void
test_copies (Fixture *fixture, gconstpointer unused)
{
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "a", .creation = "20260114" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "b", .creation = "20260120" });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "c", .creation = "20260121", .hash = "12ab", .size = 9 });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "d", .creation = "20260122", .hash = "12ab", .size = 9 });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "e", .creation = "20260123", .hash = "12ab", .size = 8 });
  learn (fixture, "a", "1.1", NULL, results); /* the same words, another identifier */
  learn (fixture, "b", "1.2", NULL, results);
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "a"), ==, "b"); /* the newest stands in the list */
  g_assert_cmpstr (leader (fixture, "c"), ==, "d");
  g_assert_null (leader (fixture, "e"));
  g_assert_cmpuint (count (fixture, "b", DMP_GROUP_COPY), ==, 1);
  dmp_document_groups_set_apart (fixture->groups, "a", TRUE);
  arrange (fixture);
  g_assert_null (leader (fixture, "a"));
}

/* What is out of the list hides nothing that is in it. */
static void
test_archived (Fixture *fixture, gconstpointer unused)
{
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "approved", .creation = "20260114" });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "older", .creation = "20260113", .status = DMP_STATUS_ARCHIVED });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "archived",
                                          .creation = "20260120",
                                          .status = DMP_STATUS_ARCHIVED });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "another", .creation = "20260112" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "file", .creation = "20260114" });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "data", .creation = "20260114", .status = DMP_STATUS_ARCHIVED });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "first", .creation = "20260101" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "second",
                                          .creation = "20260102",
                                          .status = DMP_STATUS_ARCHIVED,
                                          .replaces = "first" });
  learn (fixture, "approved", "1.1", NULL, results);
  learn (fixture, "older", "1.2", NULL, results);
  learn (fixture, "archived", "1.3", NULL, results);
  learn (fixture, "another", "1.4", NULL, results);
  learn (fixture, "file", "2.1", "A", NULL);
  learn (fixture, "data", "2.2", "A", prescription);
  arrange (fixture);
  g_assert_null (leader (fixture, "approved"));
  g_assert_cmpstr (leader (fixture, "another"), ==, "approved");
  g_assert_cmpstr (leader (fixture, "older"), ==, "approved");
  g_assert_cmpstr (leader (fixture, "archived"), ==, "approved");
  g_assert_null (leader (fixture, "file"));
  g_assert_null (leader (fixture, "first"));
}

static gboolean
shows (gpointer item, gpointer hidden)
{
  return strcmp (dmp_document_entry_get_unique_id (item), hidden) != 0;
}

static gboolean
is_behind (Fixture *fixture, guint at, const char *hidden)
{
  g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (G_LIST_MODEL (fixture->entries), at);

  return dmp_document_groups_is_behind (fixture->groups, entry, shows, (gpointer) hidden);
}

/* A copy stands for its leader where that is filtered out. */
static void
test_hidden_leader (Fixture *fixture, gconstpointer unused)
{
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "a", .creation = "20260114" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "b", .creation = "20260120" });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "c", .creation = "20260121", .status = DMP_STATUS_ARCHIVED });
  learn (fixture, "a", "1.1", NULL, results);
  learn (fixture, "b", "1.2", NULL, results);
  learn (fixture, "c", "1.3", NULL, results);
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "c"), ==, "b");
  g_assert_true (is_behind (fixture, 0, ""));
  g_assert_false (is_behind (fixture, 0, "b"));
  g_assert_false (is_behind (fixture, 1, ""));
  g_assert_false (is_behind (fixture, 2, "")); /* who asks for archived ones is shown them */
}

/* D4 is for reports of one laboratory: what quotes its results says more. */
static void
test_quoted_results (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (DmpCdaDocument) report = parse ("1.1", "11502-2", NULL, many_results);
  g_autoptr (DmpCdaDocument) letter = parse ("1.2", "34105-7", NULL, many_results);
  g_autoptr (DmpCdaDocument) again = parse ("1.3", "11502-2", NULL, reworded_results);
  g_autoptr (DmpCdaDocument) second = parse ("1.5", "34105-7", NULL, other_words);
  g_autoptr (DmpCdaDocument) elsewhere = parse_of ("1.4", "11502-2", "10C", NULL, other_words);

  add (fixture, (DmpDocumentEntryFields){ .unique_id = "report", .creation = "20260120" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "letter", .creation = "20260114" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "second", .creation = "20260113" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "again", .creation = "20260113" });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "elsewhere", .creation = "20260112" });
  dmp_document_groups_learn (fixture->groups, "report", report);
  dmp_document_groups_learn (fixture->groups, "letter", letter);
  dmp_document_groups_learn (fixture->groups, "second", second);
  dmp_document_groups_learn (fixture->groups, "again", again);
  dmp_document_groups_learn (fixture->groups, "elsewhere", elsewhere);
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "again"), ==, "report");
  g_assert_null (leader (fixture, "letter"));
  g_assert_null (leader (fixture, "second"));
  g_assert_null (leader (fixture, "elsewhere"));
}

static void
test_versions (Fixture *fixture, gconstpointer unused)
{
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "v1", .creation = "20260101", .status = DMP_STATUS_DEPRECATED });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "v2",
                                          .creation = "20260102",
                                          .status = DMP_STATUS_DEPRECATED,
                                          .replaces = "urn:uuid:v1" });
  add (fixture,
       (DmpDocumentEntryFields){ .unique_id = "v3", .creation = "20260103", .replaces = "v2" });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "ring1", .creation = "20260103", .replaces = "ring2" });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "ring2", .creation = "20260103", .replaces = "ring1" });
  arrange (fixture);
  g_assert_cmpstr (leader (fixture, "v1"), ==, "v3");
  g_assert_cmpstr (leader (fixture, "v2"), ==, "v3");
  g_assert_cmpuint (count (fixture, "v3", DMP_GROUP_VERSION), ==, 2);
  g_assert_true ((leader (fixture, "ring1") == NULL) != (leader (fixture, "ring2") == NULL));
}

static void
test_episode (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) hospital =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);
  g_autoptr (GPtrArray) episode = NULL, alone = NULL;
  DmpAuthor author = { .institution_id = (char *) "10B" };

  g_ptr_array_add (hospital, dmp_author_copy (&author));
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "stay",
                                          .service_start = "20251124",
                                          .service_stop = "20251128",
                                          .authors = hospital });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "lab", .service_start = "20251125", .authors = hospital });
  add (fixture, (DmpDocumentEntryFields){
                    .unique_id = "later", .service_start = "20251201", .authors = hospital });
  add (fixture, (DmpDocumentEntryFields){ .unique_id = "elsewhere", .service_start = "20251125" });
  arrange (fixture);
  episode = dmp_document_groups_dup_episode (fixture->groups, "stay");
  alone = dmp_document_groups_dup_episode (fixture->groups, "elsewhere");
  g_assert_cmpuint (episode->len, ==, 1);
  g_assert_cmpstr (dmp_document_entry_get_unique_id (episode->pdata[0]), ==, "lab");
  g_assert_cmpuint (alone->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/groups/titles", test_titles);
  g_test_add ("/groups/formats", Fixture, NULL, setup, test_formats, teardown);
  g_test_add ("/groups/formats/order", Fixture, "7^^^&1.2&ISO^urn:ihe:iti:xds:2013:order", setup,
              test_formats_by_reference, teardown);
  g_test_add ("/groups/formats/other-order", Fixture, "8^^^&1.2&ISO^urn:ihe:iti:xds:2013:order",
              setup, test_formats_by_reference, teardown);
  g_test_add ("/groups/formats/study", Fixture,
              "7^^^&1.2&ISO^urn:ihe:iti:xds:2016:studyInstanceUID", setup,
              test_formats_by_reference, teardown);
  g_test_add ("/groups/copies", Fixture, NULL, setup, test_copies, teardown);
  g_test_add ("/groups/archived", Fixture, NULL, setup, test_archived, teardown);
  g_test_add ("/groups/hidden-leader", Fixture, NULL, setup, test_hidden_leader, teardown);
  g_test_add ("/groups/quoted-results", Fixture, NULL, setup, test_quoted_results, teardown);
  g_test_add ("/groups/versions", Fixture, NULL, setup, test_versions, teardown);
  g_test_add ("/groups/episode", Fixture, NULL, setup, test_episode, teardown);

  return g_test_run ();
}
