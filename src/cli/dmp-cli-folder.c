#include "config.h"

#include "dmp-cli-folder.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "summary/dmp-summary-builder.h"

#include <glib/gi18n.h>
#include <string.h>

static void
unref_maybe (gpointer object)
{
  g_clear_object (&object);
}

void
dmp_cli_folder_free (DmpCliFolder *folder)
{
  if (folder == NULL)
    return;
  g_ptr_array_unref (folder->names);
  g_ptr_array_unref (folder->documents);
  g_ptr_array_unref (folder->bytes);
  g_clear_object (&folder->patient);
  g_free (folder);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
read_names (DmpCliFolder *folder, const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("Le dossier « %s » ne peut pas être lu."),
                   path);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (folder->names, g_strdup (name));
  g_ptr_array_sort (folder->names, compare_names);
  return TRUE;
}

static void
read_document (DmpCliFolder *folder, const char *path, const char *name)
{
  g_autofree char *file = g_build_filename (path, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;
  DmpCdaDocument *document;

  g_file_get_contents (file, &data, &size, NULL);
  g_ptr_array_add (folder->bytes, g_bytes_new_take (data, size));
  document =
      dmp_cda_document_parse (g_ptr_array_index (folder->bytes, folder->bytes->len - 1), &error);
  if (document == NULL)
    g_printerr ("%s: %s\n", name, error->message);
  else if (folder->patient == NULL)
    folder->patient = g_object_ref (dmp_cda_document_get_patient (document));
  g_ptr_array_add (folder->documents, document);
}

static DmpDocumentEntry *
entry_for_unread (const char *name)
{
  const DmpDocumentEntryFields fields = {
    .unique_id = name, .title = name, .size = -1, .version = 1
  };

  return dmp_document_entry_new (&fields);
}

DmpCliFolder *
dmp_cli_folder_read (const char *path, GError **error)
{
  g_autoptr (DmpCliFolder) folder = g_new0 (DmpCliFolder, 1);

  folder->names = g_ptr_array_new_with_free_func (g_free);
  folder->documents = g_ptr_array_new_with_free_func (unref_maybe);
  folder->bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!read_names (folder, path, error))
    return NULL;
  for (guint i = 0; i < folder->names->len; i++)
    read_document (folder, path, g_ptr_array_index (folder->names, i));
  if (folder->patient != NULL)
    return g_steal_pointer (&folder);
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("Aucun document lisible dans « %s »."), path);
  return NULL;
}

/* Whether another document has the same bytes (D2): only then are they hashed. Two that are as long
 * but not the same differ in their first lines. */
static gboolean
has_twin (const DmpCliFolder *folder, guint index)
{
  GBytes *bytes = g_ptr_array_index (folder->bytes, index);

  for (guint i = 0; i < folder->bytes->len; i++)
    if (i != index && g_bytes_equal (g_ptr_array_index (folder->bytes, i), bytes))
      return TRUE;
  return FALSE;
}

/* @hashed: with size and hash of its bytes. Returns: (transfer full) */
static DmpDocumentEntry *
make_entry (const DmpCliFolder *folder, guint index, gboolean hashed)
{
  DmpCdaDocument *document = g_ptr_array_index (folder->documents, index);

  if (document == NULL)
    return entry_for_unread (g_ptr_array_index (folder->names, index));
  return dmp_summary_dup_entry_for (document,
                                    hashed ? g_ptr_array_index (folder->bytes, index) : NULL);
}

/* The imported medicines database; a damaged one is said and not used. */
static DmpBdpm *
open_tables (void)
{
  g_autoptr (GError) error = NULL;
  DmpBdpm *bdpm = dmp_bdpm_open (NULL, &error);

  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return bdpm;
}

DmpSummary *
dmp_cli_folder_summarise (const DmpCliFolder *folder, DmpCli *cli, const char *today)
{
  g_autoptr (DmpSummaryBuilder) builder = dmp_summary_builder_new (folder->patient, today);
  g_autoptr (DmpBdpm) bdpm = open_tables ();

  dmp_summary_builder_set_checks (builder, dmp_config_get_checks (cli->config));
  dmp_summary_builder_set_bdpm (builder, bdpm);
  for (guint i = 0; i < folder->names->len; i++)
    {
      DmpCdaDocument *document = g_ptr_array_index (folder->documents, i);
      g_autoptr (DmpDocumentEntry) entry = make_entry (folder, i, has_twin (folder, i));

      if (document != NULL)
        dmp_summary_builder_add (builder, entry, document);
      else
        dmp_summary_builder_add_unread (builder, entry, DMP_UNREAD_CORRUPT, NULL);
    }
  return dmp_summary_builder_build (builder);
}

gboolean
dmp_cli_folder_check_today (char **today, gboolean offline, GError **error)
{
  if (*today == NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      *today = g_date_time_format (now, "%Y%m%d");
      return TRUE;
    }
  if (offline && strlen (*today) == 8 && dmp_date_check (*today))
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       offline ? _ ("Le jour du résumé n’est pas lisible : --today AAAAMMJJ.")
                               : _ ("--today ne vaut qu’avec --from : un dossier se lit au jour "
                                    "d’aujourd’hui."));
  return FALSE;
}
