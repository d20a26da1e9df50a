/* The summary of a sample record: summarise [--shuffles N] [--without ID]… [--rules] RECORD-FOLDER
 * prints its JSON. With shuffles, the documents are added in N random orders, and all must give the
 * same bytes. Each document named by --without is left out in turn; the summary without it follows
 * after a record separator (U+001E). --rules prints the ids of the rules that the engine knows and
 * nothing else; --places says on stderr which passages cannot be opened. */
#include "config.h"

#include "model/dmp-document-entry.h"
#include "summary/dmp-summary-builder.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  DmpDocumentEntry *entry;
  DmpCdaDocument *document;
  DmpUnread unread;
} Loaded;

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static DmpCode *
get_code (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonObject *code = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return code ? dmp_code_new (get_string (code, "code"), get_string (code, "system"),
                              get_string (code, "display"))
              : NULL;
}

static DmpStatus
get_status (JsonObject *object)
{
  const char *status = get_string (object, "status");

  if (g_strcmp0 (status, "archived") == 0)
    return DMP_STATUS_ARCHIVED;
  return g_strcmp0 (status, "deprecated") == 0 ? DMP_STATUS_DEPRECATED : DMP_STATUS_APPROVED;
}

static DmpVisibility
get_visibility (JsonObject *object)
{
  JsonArray *codes = json_object_get_array_member (object, "confidentiality");
  DmpVisibility visibility = DMP_VISIBILITY_NORMAL;

  for (guint i = 0; i < json_array_get_length (codes); i++)
    {
      const char *code = json_array_get_string_element (codes, i);

      if (strcmp (code, "MASQUE_PS") == 0)
        visibility |= DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS;
      else if (strcmp (code, "INVISIBLE_PATIENT") == 0)
        visibility |= DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
    }
  return visibility;
}

static GPtrArray *
get_authors (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "authors");
  GPtrArray *authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *one = json_array_get_object_element (array, i);
      const char *person = get_string (one, "person");
      const char *institution = get_string (one, "institution");
      g_auto (GStrv) parts = g_strsplit (person ? person : "", "^", 4);
      g_auto (GStrv) place = g_strsplit (institution ? institution : "", "^", 2);
      DmpAuthor *author = g_new0 (DmpAuthor, 1);
      guint n = g_strv_length (parts);

      author->id = g_strdup (n > 0 ? parts[0] : "");
      author->family = g_strdup (n > 1 ? parts[1] : NULL);
      author->given = g_strdup (n > 2 ? parts[2] : NULL);
      author->institution = g_strdup (place[0]);
      g_ptr_array_add (authors, author);
    }
  return authors;
}

/* The hash that the list announces: the one of the bytes unless the list says otherwise. */
static char *
dup_hash (JsonObject *object, GBytes *bytes)
{
  const char *announced = get_string (object, "hash");

  return announced ? g_strdup (announced) : g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
}

static DmpDocumentEntry *
make_entry (JsonObject *object, GBytes *bytes)
{
  g_autoptr (DmpCode) type = get_code (object, "type");
  g_autoptr (DmpCode) class = get_code (object, "class");
  g_autoptr (GPtrArray) authors = get_authors (object);
  JsonObject *set = json_object_get_object_member (object, "submission_set");
  g_autofree char *hash = dup_hash (object, bytes);
  DmpDocumentEntryFields fields = { .unique_id = get_string (object, "unique_id"),
                                    .entry_uuid = get_string (object, "entry_uuid"),
                                    .title = get_string (object, "title"),
                                    .mime = get_string (object, "mime"),
                                    .hash = hash,
                                    .size = (gint64) g_bytes_get_size (bytes),
                                    .status = get_status (object),
                                    .visibility = get_visibility (object),
                                    .version = 1,
                                    .replaces = get_string (object, "replaces"),
                                    .submission_set = get_string (set, "unique_id"),
                                    .submission_time = get_string (set, "time"),
                                    .creation = get_string (object, "creation"),
                                    .service_start = get_string (object, "service_start"),
                                    .service_stop = get_string (object, "service_stop"),
                                    .type_code = type,
                                    .class_code = class,
                                    .authors = authors };

  return dmp_document_entry_new (&fields);
}

static void
loaded_free (Loaded *loaded)
{
  g_clear_object (&loaded->entry);
  g_clear_object (&loaded->document);
  g_free (loaded);
}

static JsonNode *
load_json (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!json_parser_load_from_file (parser, path, &error))
    g_error ("%s", error->message);
  return json_node_ref (json_parser_get_root (parser));
}

/* What the client finds out before it parses: what never came, and what is not what was announced.
 */
static gboolean
find_refusal (JsonObject *object, GBytes *bytes, DmpUnread *refusal)
{
  const char *retrieval = get_string (object, "retrieval");
  const char *announced = get_string (object, "hash");
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);

  if (retrieval)
    *refusal = strcmp (retrieval, "timeout") == 0 ? DMP_UNREAD_TIMEOUT : DMP_UNREAD_NOT_RECEIVED;
  else if (announced && strcmp (announced, hash) != 0)
    *refusal = DMP_UNREAD_ALTERED;
  else
    return FALSE;
  return TRUE;
}

static Loaded *
load_one (const char *folder, JsonObject *object)
{
  g_autofree char *path = g_build_filename (folder, get_string (object, "file"), NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = g_new0 (Loaded, 1);
  char *data = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &data, &len, &error))
    g_error ("%s", error->message);
  bytes = g_bytes_new_take (data, len);
  loaded->entry = make_entry (object, bytes);
  if (find_refusal (object, bytes, &loaded->unread))
    return loaded;
  loaded->document = dmp_cda_document_parse (bytes, &error);
  if (error)
    loaded->unread = dmp_unread_from_error (error);
  return loaded;
}

static GPtrArray *
load (const char *folder)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) loaded_free);
  g_autoptr (JsonNode) root = load_json (folder, "documents.json");
  JsonArray *array = json_node_get_array (root);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (all, load_one (folder, json_array_get_object_element (array, i)));
  return all;
}

static DmpPatient *
load_patient (const char *folder)
{
  g_autoptr (JsonNode) root = load_json (folder, "patient.json");
  JsonObject *object = json_node_get_object (root);
  const char *birth = get_string (object, "birth_date");
  const char *sex = get_string (object, "sex");
  g_auto (GStrv) parts = g_strsplit (birth, "-", -1);
  g_autofree char *day = g_strjoinv ("", parts);
  DmpPatientFields fields = { .ins = get_string (object, "ins"),
                              .ins_oid = get_string (object, "oid"),
                              .birth_family = get_string (object, "birth_family"),
                              .given = get_string (object, "given"),
                              .birth_date = day,
                              .sex = g_strcmp0 (sex, "F") == 0   ? DMP_SEX_FEMALE
                                     : g_strcmp0 (sex, "M") == 0 ? DMP_SEX_MALE
                                                                 : DMP_SEX_UNKNOWN };

  return dmp_patient_new (&fields);
}

static DmpSummary *
build (DmpPatient *patient, const char *today, const GPtrArray *loaded, const guint *order)
{
  g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (patient, today);

  dmp_summary_builder_set_reader (builder, "899700000017", TRUE);
  for (guint i = 0; i < loaded->len; i++)
    {
      const Loaded *one = g_ptr_array_index (loaded, order ? order[i] : i);

      if (one->document)
        dmp_summary_builder_add (builder, one->entry, one->document);
      else
        dmp_summary_builder_add_unread (builder, one->entry, one->unread, NULL);
    }
  return dmp_summary_builder_build (builder);
}

static char *
summarise (DmpPatient *patient, const char *today, const GPtrArray *loaded, const guint *order)
{
  g_autoptr (DmpSummary) summary = build (patient, today, loaded, order);

  return dmp_summary_dup_json (summary);
}

static char *
load_today (const char *folder)
{
  g_autoptr (JsonNode) root = load_json (folder, "truth.json");
  g_auto (GStrv) parts = g_strsplit (get_string (json_node_get_object (root), "today"), "-", -1);

  return g_strjoinv ("", parts);
}

/* --- What is asked for ------------------------------------------------------------------------ */

static const char *
get_id (const Loaded *loaded)
{
  return dmp_document_entry_get_fields (loaded->entry)->unique_id;
}

/* N other orders of the documents give the same bytes as the list's own. */
static gboolean
try_orders (DmpPatient *patient, const char *today, const GPtrArray *loaded, int n)
{
  g_autofree char *first = summarise (patient, today, loaded, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree guint *order = g_new (guint, loaded->len + 1);

  for (guint i = 0; i < loaded->len; i++)
    order[i] = i;
  for (int turn = 0; turn < n; turn++)
    {
      g_autofree char *again = NULL;

      for (guint i = loaded->len; i > 1; i--)
        {
          guint other = (guint) g_rand_int_range (random, 0, (gint32) i);
          guint kept = order[i - 1];

          order[i - 1] = order[other];
          order[other] = kept;
        }
      again = summarise (patient, today, loaded, order);
      if (strcmp (first, again) != 0)
        {
          g_printerr ("order %d gives another summary\n", turn);
          return FALSE;
        }
    }
  return TRUE;
}

static void
print_without (DmpPatient *patient, const char *today, const GPtrArray *loaded, const char *id)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autofree char *json = NULL;

  for (guint i = 0; i < loaded->len; i++)
    if (g_strcmp0 (get_id (g_ptr_array_index (loaded, i)), id) != 0)
      g_ptr_array_add (rest, g_ptr_array_index (loaded, i));
  json = summarise (patient, today, rest, NULL);
  printf ("\x1e%s\n", json);
}

static const Loaded *
find_loaded (const GPtrArray *loaded, const char *id)
{
  for (guint i = 0; i < loaded->len; i++)
    if (g_strcmp0 (get_id (g_ptr_array_index (loaded, i)), id) == 0)
      return g_ptr_array_index (loaded, i);
  return NULL;
}

/* Whether the reader can scroll to every passage that a line names. */
static void
try_places (DmpSummary *summary, const GPtrArray *loaded)
{
  for (guint b = 0; b < DMP_N_BLOCKS; b++)
    {
      const DmpSummaryBlock *block = dmp_summary_get_block (summary, b);

      for (guint i = 0; i < block->lines->len; i++)
        {
          const DmpSummaryLine *line = g_ptr_array_index (block->lines, i);

          for (guint s = 0; s < line->sources->len; s++)
            {
              const DmpSummarySource *source = g_ptr_array_index (line->sources, s);
              const Loaded *one = find_loaded (loaded, source->document);
              guint index;

              if (one == NULL || one->document == NULL ||
                  !dmp_cda_document_find_place (one->document, source->place, &index))
                g_printerr ("no passage: %s %s %s\n", line->id, source->document, source->place);
            }
        }
    }
}

/* The ids of design and rules that have a sentence in the engine. */
static int
print_rules (void)
{
  static const char *const ids[] = { "A1", "B1", "R1",  "C1", "C2", "C3", "C4", "C5", "C6", "C7",
                                     "C8", "C9", "C10", "T5", "T6", "L5", "L6", "L7", "V3", "D4" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (dmp_summary_get_rule_text (ids[i]))
      puts (ids[i]);
  return 0;
}

static void
run (const char *folder, char **without, gboolean places)
{
  g_autoptr (DmpPatient) patient = load_patient (folder);
  g_autofree char *today = load_today (folder);
  g_autoptr (GPtrArray) loaded = load (folder);
  g_autoptr (DmpSummary) summary = build (patient, today, loaded, NULL);
  g_autofree char *json = dmp_summary_dup_json (summary);

  puts (json);
  if (places)
    try_places (summary, loaded);
  for (guint i = 0; without && without[i]; i++)
    print_without (patient, today, loaded, without[i]);
}

static gboolean
run_orders (const char *folder, int n)
{
  g_autoptr (DmpPatient) patient = load_patient (folder);
  g_autofree char *today = load_today (folder);
  g_autoptr (GPtrArray) loaded = load (folder);

  return try_orders (patient, today, loaded, n);
}

int
main (int argc, char **argv)
{
  int shuffles = 0;
  gboolean rules = FALSE, places = FALSE;
  g_auto (GStrv) without = NULL;
  const GOptionEntry entries[] = {
    { "shuffles", 0, 0, G_OPTION_ARG_INT, &shuffles, "orders to try", "N" },
    { "without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &without, "document to leave out", "ID" },
    { "rules", 0, 0, G_OPTION_ARG_NONE, &rules, "print the rules that are known", NULL },
    { "places", 0, 0, G_OPTION_ARG_NONE, &places, "name passages that cannot be opened", NULL },
    { 0 }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("RECORD-FOLDER");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != (rules ? 1 : 2))
    return 2;
  if (rules)
    return print_rules ();
  if (shuffles > 0 && !run_orders (argv[1], shuffles))
    return 1;
  run (argv[1], without, places);
  return 0;
}
