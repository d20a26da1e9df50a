#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#define BATCH 16 /* documents held in memory together */

gboolean
dmp_cli_write_all (int fd, GBytes *bytes)
{
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  while (done < size)
    {
      ssize_t n = write (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

static gboolean
not_written (const char *where, GError **error)
{
  const char *why = g_strerror (errno);

  g_set_error (
      error, DMP_ERROR, DMP_ERROR_INTERNAL,
      _ ("Le document n’a pas pu être écrit dans « %s » (%s). Le dossier médical n’est pas "
         "modifié ; libérez de la place ou choisissez un autre dossier, puis recommencez."),
      where, why);
  return FALSE;
}

/* Written beside, then renamed. */
gboolean
dmp_cli_write_file (const char *path, GBytes *bytes)
{
  g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0600);
  gboolean written;
  int why;

  if (fd < 0)
    return FALSE;
  written = dmp_cli_write_all (fd, bytes) && fsync (fd) == 0;
  why = errno;
  if (close (fd) != 0 && written)
    {
      written = FALSE;
      why = errno;
    }
  if (written && rename (beside, path) == 0)
    return TRUE;
  why = written ? errno : why;
  unlink (beside);
  errno = why;
  return FALSE;
}

/* A file without a name in the folder of @path, where that can be done. Returns: -1 otherwise */
static int
open_unnamed (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

static gboolean
write_named (const char *path, GBytes *bytes)
{
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600), why;
  gboolean written;

  if (fd < 0)
    return FALSE;
  written = dmp_cli_write_all (fd, bytes) && fsync (fd) == 0;
  why = errno;
  close (fd);
  if (!written)
    unlink (path);
  errno = why;
  return written;
}

gboolean
dmp_cli_write_new (const char *path, GBytes *bytes)
{
  int fd = open_unnamed (path), why;
  g_autofree char *source = g_strdup_printf ("/proc/self/fd/%d", fd);
  gboolean written;

  if (fd < 0)
    return write_named (path, bytes);
  written = dmp_cli_write_all (fd, bytes) && fsync (fd) == 0;
  if (written && linkat (AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) != 0)
    written = errno == ENOENT && write_named (path, bytes); /* no /proc */
  why = errno;
  close (fd);
  errno = why;
  return written;
}

/* Written for the owner's eyes only; the name is the document's own OID, which says nothing of the
 * patient. */
static gboolean
save (const char *dir, DmpDocumentEntry *entry, GBytes *bytes, char **path, GError **error)
{
  const char *unique_id = dmp_document_entry_get_unique_id (entry);
  g_autofree char *name = g_strconcat (unique_id, ".xml", NULL);

  *path = g_build_filename (dir, name, NULL);
  return dmp_cli_write_file (*path, bytes) || not_written (dir, error);
}

static GBytes *
fetch (DmpCli *cli, DmpRecord *record, DmpDocumentEntry *entry, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dmp_session_fetch_document_async (cli->session, record, entry, cli->cancellable,
                                    dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  return dmp_session_fetch_document_finish (cli->session, result, error);
}

/* What was fetched: the same index is the same document. */
typedef struct
{
  GPtrArray *entries;  /* of DmpDocumentEntry */
  GPtrArray *contents; /* of GBytes */
  GPtrArray *paths;    /* of char, or NULL */
  GPtrArray *facts;    /* of DmpSignatureFact; NULL: not asked for */
} Fetched;

static void
fetched_clear (Fetched *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->contents);
  g_ptr_array_unref (self->paths);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetched, fetched_clear)

static gboolean
get_one (DmpCli *cli,
         DmpRecord *record,
         const char *unique_id,
         const char *dir,
         Fetched *fetched,
         GError **error)
{
  DmpDocumentEntry *entry = dmp_record_get_entry (record, unique_id);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;

  if (entry == NULL)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_NOT_FOUND,
                   _ ("Le document %s n’est pas dans le dossier, ou ne vous est pas accessible."),
                   unique_id);
      return FALSE;
    }
  bytes = fetch (cli, record, entry, error);
  if (bytes == NULL)
    return FALSE;
  if (dir == NULL && !cli->json)
    return dmp_cli_write_all (STDOUT_FILENO, bytes) || not_written (_ ("sortie standard"), error);
  if (dir != NULL && !save (dir, entry, bytes, &path, error))
    return FALSE;
  g_ptr_array_add (fetched->entries, g_object_ref (entry));
  g_ptr_array_add (fetched->contents, g_steal_pointer (&bytes));
  g_ptr_array_add (fetched->paths, g_steal_pointer (&path));
  return TRUE;
}

static gboolean
check_signatures (DmpCli *cli, DmpRecord *record, Fetched *fetched, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (fetched->entries->len == 0)
    return TRUE;
  dmp_session_check_signatures_async (cli->session, record, fetched->entries, fetched->contents,
                                      cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  fetched->facts = dmp_session_check_signatures_finish (cli->session, result, error);
  return fetched->facts != NULL;
}

static void
add_signature (JsonBuilder *builder, const DmpSignatureFact *fact)
{
  dmp_json_begin_object (builder, "signature");
  dmp_json_add_string (builder, "state", dmp_signature_state_name (fact->state));
  dmp_json_add_string (builder, "by", fact->by);
  dmp_json_add_string (builder, "name", fact->name);
  dmp_json_add_string (builder, "time", fact->time);
  dmp_json_add_string (builder, "document", fact->unique_id);
  dmp_json_add_string (builder, "message", fact->sentence);
  json_builder_end_object (builder);
}

static void
print_one (DmpCli *cli, const Fetched *fetched, guint i, JsonBuilder *builder)
{
  DmpDocumentEntry *entry = g_ptr_array_index (fetched->entries, i);
  const DmpSignatureFact *fact = g_ptr_array_index (fetched->facts, i);

  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "unique_id", dmp_document_entry_get_unique_id (entry));
  dmp_json_add_string (builder, "file", g_ptr_array_index (fetched->paths, i));
  dmp_json_add_string (builder, "mime", dmp_document_entry_get_fields (entry)->mime);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder,
                              (gint64) g_bytes_get_size (g_ptr_array_index (fetched->contents, i)));
  dmp_json_add_string (builder, "hash", dmp_document_entry_get_fields (entry)->hash);
  add_signature (builder, fact);
  json_builder_end_object (builder);
  if (cli->json)
    return;
  g_print ("%s\n", (const char *) g_ptr_array_index (fetched->paths, i));
  if (fact->state != DMP_SIGNATURE_NONE)
    g_print ("   %s\n", fact->sentence);
}

/* Few enough to be held in memory together, so that their signatures are asked for at once. */
static gboolean
get_some (DmpCli *cli,
          DmpRecord *record,
          int count,
          char **unique_ids,
          const char *dir,
          JsonBuilder *builder,
          GError **error)
{
  g_auto (Fetched) fetched = { g_ptr_array_new_with_free_func (g_object_unref),
                               g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                               g_ptr_array_new_with_free_func (g_free), NULL };

  for (int i = 0; i < count; i++)
    if (!get_one (cli, record, unique_ids[i], dir, &fetched, error))
      return FALSE;
  if (!check_signatures (cli, record, &fetched, error))
    return FALSE;
  for (guint i = 0; i < fetched.entries->len; i++)
    print_one (cli, &fetched, i, builder);
  return TRUE;
}

static gboolean
get_all (DmpCli *cli, int count, char **unique_ids, const char *dir, GError **error)
{
  g_autoptr (DmpRecord) record = dmp_cli_open_readable_record (cli, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (record == NULL)
    return FALSE;
  dmp_session_list_record_async (cli->session, record,
                                 DMP_LIST_APPROVED | DMP_LIST_ARCHIVED | DMP_LIST_DEPRECATED,
                                 cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  if (!dmp_session_list_record_finish (cli->session, result, error))
    return FALSE;

  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "documents");
  for (int at = 0; at < count; at += BATCH)
    if (!get_some (cli, record, MIN (count - at, BATCH), unique_ids + at, dir, builder, error))
      return FALSE;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    dmp_cli_print_json (json_builder_get_root (builder));
  return TRUE;
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autofree char *dir = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &dir, N_ ("Écrire les documents dans ce dossier"),
      N_ ("DOSSIER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_get, entries, 1, -1, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  if (dir == NULL && (argc > 2 || cli->json))
    return dmp_cli_fail (
        cli, g_error_new_literal (DMP_ERROR, DMP_ERROR_USAGE,
                                  _ ("Il faut un dossier (-o DOSSIER) pour ces documents.")));
  return get_all (cli, argc - 1, argv + 1, dir, &error) ? 0 : dmp_cli_fail (cli, error);
}

const DmpCliCommand dmp_cli_get = { "get", "UNIQUE_ID…",
                                    N_ ("les documents eux-mêmes, empreinte vérifiée"), run };
