#include "config.h"

#include "dmp-cli-folder.h"
#include "dmp-cli-input.h"
#include "session/dmp-digest.h"
#include "session/dmp-file-indexer.h"
#include "summary/dmp-summary-builder.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HITS 500 /* of a group; how many there are is said */

/* --- JSON ------------------------------------------------------------------------------------ */

static void
add_marks (JsonBuilder *json, const DmpSearchHit *hit)
{
  dmp_json_begin_array (json, "marks");
  for (guint i = 0; i < hit->marks->len; i++)
    {
      const DmpSearchMark *mark = &g_array_index (hit->marks, DmpSearchMark, i);

      json_builder_begin_array (json);
      json_builder_add_int_value (json, mark->start);
      json_builder_add_int_value (json, mark->end);
      json_builder_end_array (json);
    }
  json_builder_end_array (json);
}

static void
add_points (JsonBuilder *json, const DmpSearchHit *hit)
{
  guint n = hit->points != NULL ? hit->points->len : dmp_summary_line_count_points (hit->line);

  dmp_json_begin_array (json, "values");
  for (guint i = 0; i < n; i++)
    {
      guint index = hit->points != NULL ? g_array_index (hit->points, guint, i) : i;
      const DmpSummaryPoint *point = dmp_summary_line_get_point (hit->line, index);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "date", point->date);
      dmp_json_add_string (json, "number", point->number);
      dmp_json_add_string (json, "flag", point->flag);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_hit (JsonBuilder *json, const DmpSearchHit *hit, DmpSearchGroup group)
{
  json_builder_begin_object (json);
  dmp_json_add_string (json, "text", hit->text);
  add_marks (json, hit);
  dmp_json_add_string (json, "document", hit->document);
  dmp_json_add_string (json, "place", hit->place);
  dmp_json_add_string (json, "title", hit->title);
  dmp_json_add_string (json, "author", hit->author);
  dmp_json_add_string (json, "date", hit->date);
  dmp_json_add_bool (json, "synonym", hit->synonym);
  if (group == DMP_SEARCH_VALUES)
    add_points (json, hit);
  json_builder_end_object (json);
}

/* Which cannot be searched, and why. */
static void
add_gaps (JsonBuilder *json, const GPtrArray *unsearched)
{
  dmp_json_begin_array (json, "gaps");
  for (guint i = 0; i < unsearched->len; i++)
    {
      const DmpUnsearched *one = g_ptr_array_index (unsearched, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "document", one->item.document);
      dmp_json_add_string (json, "title", one->item.title);
      dmp_json_add_string (json, "gap", dmp_search_gap_get_name (one->gap));
      dmp_json_add_string (json, "reason", one->item.reason);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_json (const DmpSearchResults *results, const GPtrArray *unsearched, guint listed)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  for (guint group = 0; group < DMP_SEARCH_N_GROUPS; group++)
    {
      dmp_json_begin_object (json, dmp_search_group_get_name (group));
      dmp_json_add_int (json, "total", results->totals[group]);
      dmp_json_begin_array (json, "hits");
      for (guint i = 0; i < results->hits[group]->len; i++)
        add_hit (json, g_ptr_array_index (results->hits[group], i), group);
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  dmp_json_begin_array (json, "synonyms");
  for (char **name = results->synonyms; *name != NULL; name++)
    json_builder_add_string_value (json, *name);
  json_builder_end_array (json);
  dmp_json_add_bool (json, "apart", results->apart);
  dmp_json_add_int (json, "unsearched", unsearched->len);
  dmp_json_add_int (json, "listed", listed);
  add_gaps (json, unsearched);
  json_builder_end_object (json);
  dmp_cli_print_json (json_builder_get_root (json));
}

/* --- For people ------------------------------------------------------------------------------ */

static void
print_hit (const DmpSearchHit *hit)
{
  g_autofree char *day = hit->date != NULL ? dmp_date_dup_display (hit->date, FALSE, FALSE) : NULL;
  DmpCdaPlace place;

  g_print ("  %s  %s\n", hit->text, hit->synonym ? _ ("(autre nom)") : "");
  g_print ("      %s · %s · %s", day != NULL ? day : "–", hit->title != NULL ? hit->title : "–",
           hit->author != NULL ? hit->author : "–");
  if (dmp_cda_place_parse (hit->place, &place) && place.page > 0)
    g_print (_ (" · page %u"), place.page + 1);
  g_print ("\n");
}

static void
print_points (const DmpSearchHit *hit)
{
  guint n = hit->points != NULL ? hit->points->len : dmp_summary_line_count_points (hit->line);

  for (guint i = n; i-- > 0;) /* the last one first */
    {
      guint index = hit->points != NULL ? g_array_index (hit->points, guint, i) : i;
      const DmpSummaryPoint *point = dmp_summary_line_get_point (hit->line, index);
      g_autofree char *day = dmp_date_dup_display (point->date, FALSE, FALSE);
      g_autofree char *number = dmp_fact_value_dup_number (point->number);

      g_print ("      %s  %s %s %s\n", day, number, dmp_fact_value_get_unit (hit->line->value),
               point->flag != NULL ? point->flag : "");
    }
}

static void
print_text (const DmpSearchResults *results, const GPtrArray *unsearched, guint listed)
{
  g_autofree char *gaps = dmp_search_dup_gaps_sentence (unsearched, listed);
  static const char *const titles[] = { N_ ("Résultats chiffrés"), N_ ("Traitements"),
                                        N_ ("Texte") };

  if (*gaps != '\0')
    g_print ("%s\n", gaps);
  for (guint group = 0; group < DMP_SEARCH_N_GROUPS; group++)
    {
      if (results->totals[group] == 0)
        continue;
      g_print ("%s  %u\n", _ (titles[group]), results->totals[group]);
      for (guint i = 0; i < results->hits[group]->len; i++)
        {
          print_hit (g_ptr_array_index (results->hits[group], i));
          if (group == DMP_SEARCH_VALUES)
            print_points (g_ptr_array_index (results->hits[group], i));
        }
    }
  if (results->totals[0] + results->totals[1] + results->totals[2] == 0)
    g_print ("%s\n", _ ("Rien de tel dans les documents lus."));
}

static void
print_results (DmpCli *cli, DmpSearch *search, DmpSummary *summary, const char *words)
{
  g_autoptr (DmpSearchResults) results = dmp_search_find (search, words, MAX_HITS);
  g_autoptr (GPtrArray) unsearched = dmp_search_list_unsearched (search, summary);
  guint listed = dmp_summary_get_coverage (summary)->listed;

  if (cli->json)
    print_json (results, unsearched, listed);
  else
    print_text (results, unsearched, listed);
}

/* --- The command ----------------------------------------------------------------------------- */

/* What speaks of somebody else is not searched, as it is not summarised. */
static gboolean
is_of_patient (const DmpCliFolder *folder, DmpCdaDocument *document)
{
  return document != NULL &&
         dmp_patient_matches (folder->patient, dmp_cda_document_get_patient (document));
}

/* What can be read of it, with the words of its files. */
static void
index_folder (const DmpCliFolder *folder, DmpSearch *search)
{
  for (guint i = 0; i < folder->names->len; i++)
    {
      DmpCdaDocument *document = g_ptr_array_index (folder->documents, i);
      g_autoptr (DmpDocumentEntry) entry = NULL;

      if (!is_of_patient (folder, document))
        continue;
      entry = dmp_summary_dup_entry_for (document, g_ptr_array_index (folder->bytes, i));
      dmp_digest_index (search, entry, document);
      dmp_file_indexer_read (search, dmp_document_entry_get_unique_id (entry), document, NULL);
    }
}

static int
search_folder (DmpCli *cli, const char *path, const char *today, const char *words, GError **error)
{
  g_autoptr (DmpCliFolder) folder = dmp_cli_folder_read (path, error);
  g_autoptr (DmpSearch) search = NULL;
  g_autoptr (DmpSummary) summary = NULL;

  if (folder == NULL)
    return -1;
  search = dmp_search_new ();
  summary = dmp_cli_folder_summarise (folder, cli, today);
  dmp_search_set_summary (search, summary);
  index_folder (folder, search);
  print_results (cli, search, summary, words);
  return 0;
}

static int
search_record (DmpCli *cli, const char *words, GError **error)
{
  g_autoptr (DmpRecord) record = dmp_cli_open_readable_record (cli, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (record == NULL)
    return -1;
  dmp_session_load_record_async (cli->session, record, DMP_LIST_APPROVED, cli->cancellable,
                                 dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  if (!dmp_session_load_record_finish (cli->session, result, error))
    return -1;
  dmp_record_index_files (record);
  while (dmp_record_get_files_pending (record) > 0)
    g_main_context_iteration (NULL, TRUE);
  print_results (cli, dmp_record_get_search (record), dmp_record_get_summary (record), words);
  return 0;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *today = NULL;
  g_autofree char *words = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from,
      N_ ("Des documents de ce dossier, sans carte ni réseau"), N_ ("DOSSIER") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &today, N_ ("Avec --from : le jour du résumé"),
      N_ ("AAAAMMJJ") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;
  int status;

  if (!dmp_cli_parse (cli, &dmp_cli_search, entries, 1, -1, &argc, &argv, &error) ||
      !dmp_cli_folder_check_today (&today, from != NULL, &error))
    return dmp_cli_fail (cli, error);
  words = g_strjoinv (" ", argv + 1);
  if (from != NULL)
    dmp_cli_begin_offline (cli);
  status = from != NULL ? search_folder (cli, from, today, words, &error)
                        : search_record (cli, words, &error);
  return status < 0 ? dmp_cli_fail (cli, error) : status;
}

const DmpCliCommand dmp_cli_search = {
  "search", N_ ("MOTS…"), N_ ("cherche des mots, des valeurs, des médicaments dans le dossier"), run
};
