#include "config.h"

#include "dmp-bdpm-private.h"

#include "model/dmp-date.h"
#include "model/dmp-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* The published files, none with a heading (Base de données publique des médicaments, "Contenu et
 * format des fichiers téléchargeables"):
 * CIS_bdpm.txt        CIS, name, form, routes, …
 * CIS_CIP_bdpm.txt    CIS, CIP7, label of the pack, state, marketing, date, CIP13, …
 * CIS_COMPO_bdpm.txt  CIS, element, code of the substance, its name, dose, reference of the dose,
 *                     nature (SA: substance, FT: its active part), number of the link between them
 */

#define MAX_BYTES (64u * 1024 * 1024) /* the largest of 2025 has 5 MB */
#define MAX_ROWS 500000
#define UTF8_MARK "\xef\xbb\xbf"
#define MAX_CELL 2000
#define MAX_SUBSTANCES 200 /* of one medicine: those of homeopathy have 40 */

typedef struct
{
  char *name;
  GPtrArray *substances; /* (element-type utf8): "link|nature|code=name" */
  gboolean incomplete;   /* a row of its substances could not be read */
} Medicine;

typedef struct
{
  GHashTable *medicines; /* CIS → Medicine */
  GHashTable *packs;     /* CIP13 → the rest of its row */
  DmpBdpmCounts counts;
} Import;

/* Takes one row. Returns: FALSE when it is none of this file */
typedef gboolean (*TakeRow) (Import *import, char **cells, guint n);

static void
medicine_free (Medicine *medicine)
{
  g_free (medicine->name);
  g_ptr_array_unref (medicine->substances);
  g_free (medicine);
}

/* --- Rows ------------------------------------------------------------------------------------ */

/* The cell without what would break our own lines. */
static char *
dup_cell (const char *cell)
{
  g_autofree char *cut = g_strndup (cell, MAX_CELL);

  g_strdelimit (cut, "\t\r\n;=|", ' ');
  return g_strstrip (g_utf8_make_valid (cut, -1)); /* the cut may stand inside a letter */
}

static gboolean
take_medicine (Import *import, char **cells, guint n)
{
  Medicine *medicine;

  if (n < 4 || !dmp_bdpm_is_code (cells[0], DMP_CIS_LEN))
    return FALSE;
  medicine = g_new0 (Medicine, 1);
  medicine->name = dup_cell (cells[1]);
  medicine->substances = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_replace (import->medicines, g_strdup (cells[0]), medicine);
  return TRUE;
}

static gboolean
take_pack (Import *import, char **cells, guint n)
{
  g_autofree char *label = NULL;

  if (n < 7 || !dmp_bdpm_is_code (cells[0], DMP_CIS_LEN) ||
      !dmp_bdpm_is_code (cells[6], DMP_CIP_LEN))
    return FALSE;
  if (!g_hash_table_contains (import->medicines, cells[0]))
    {
      import->counts.skipped++;
      return TRUE;
    }
  label = dup_cell (cells[2]);
  g_hash_table_replace (
      import->packs, g_strdup (cells[6]),
      g_strdup_printf ("%s\t%u\t%s", cells[0], dmp_bdpm_read_units (label), label));
  return TRUE;
}

/* The nature of a substance: the files say FT of an active part, their description ST. */
static const char *
read_nature (char *cell)
{
  g_strstrip (cell);
  if (strcmp (cell, "SA") == 0)
    return cell;
  return strcmp (cell, "FT") == 0 || strcmp (cell, "ST") == 0 ? "FT" : NULL;
}

static gboolean
take_substance (Import *import, char **cells, guint n)
{
  gboolean known = n > 0 && dmp_bdpm_is_code (cells[0], DMP_CIS_LEN);
  Medicine *medicine = known ? g_hash_table_lookup (import->medicines, cells[0]) : NULL;
  const char *nature = n >= 8 ? read_nature (cells[6]) : NULL;
  const char *code = nature ? g_strstrip (cells[2]) : "";
  g_autofree char *name = NULL;

  if (*code == '\0' || strspn (code, "0123456789") != strlen (code) ||
      (medicine && medicine->substances->len >= MAX_SUBSTANCES))
    {
      if (medicine) /* with one part unread, a combination would pass for the rest of it */
        medicine->incomplete = TRUE;
      return FALSE;
    }
  if (medicine == NULL)
    {
      import->counts.skipped += known;
      return known;
    }
  name = dup_cell (cells[3]);
  g_ptr_array_add (medicine->substances,
                   g_strdup_printf ("%s|%s|%s=%s", g_strstrip (cells[7]), nature, code, name));
  import->counts.substances++;
  return TRUE;
}

/* --- Files ----------------------------------------------------------------------------------- */

/* @row as UTF-8: the files are published in Windows-1252 or UTF-8, and some copies hold rows of
 * both. Returns: (transfer full) */
static char *
dup_row_text (const char *row)
{
  char *text = g_utf8_validate (row, -1, NULL)
                   ? g_strdup (row)
                   : g_convert (row, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return text ? text : g_utf8_make_valid (row, -1);
}

/* The bytes of a file. NULL without @error when it is no text. */
static char *
read_bytes (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  gsize size = 0;
  GStatBuf info;

  if (g_stat (path, &info) == 0 && info.st_size > (gint64) MAX_BYTES)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_LIMIT,
                   _ ("Le fichier « %s » est trop gros pour être celui de la base publique des "
                      "médicaments. Rien n’a été changé."),
                   name);
      return NULL;
    }
  if (!g_file_get_contents (path, &data, &size, NULL))
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
                   _ ("Le fichier « %s » ne peut pas être lu dans ce dossier. Téléchargez les "
                      "trois fichiers de la base publique des médicaments. Rien n’a été changé."),
                   name);
      return NULL;
    }
  if (memchr (data, '\0', size) != NULL)
    return NULL; /* no text: what follows would be lost without a word */
  return g_steal_pointer (&data);
}

static gboolean
refuse (GError **error, const char *name, guint line)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("Le fichier « %s » n’a pas le format publié (ligne %u). Rien n’a été changé."),
               name, line);
  return FALSE;
}

/* One bad row in a hundred is left out and counted; more, and the file is something else. */
static gboolean
read_file (Import *import, const char *folder, const char *name, TakeRow take, GError **error)
{
  g_autofree char *bytes = read_bytes (folder, name, error);
  guint rows = 0, bad = 0, first_bad = 0;

  if (bytes == NULL)
    return error && *error ? FALSE : refuse (error, name, 1);
  for (char *p = bytes + (g_str_has_prefix (bytes, UTF8_MARK) ? strlen (UTF8_MARK) : 0), *next; *p;
       p = next)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) cells = NULL;
      char *stop = strchr (p, '\n');

      next = stop ? stop + 1 : p + strlen (p);
      if (stop)
        *stop = '\0';
      g_strchomp (p);
      if (*p == '\0')
        continue;
      if (++rows > MAX_ROWS)
        return refuse (error, name, rows);
      text = dup_row_text (p);
      cells = g_strsplit (text, "\t", 16);
      if (!take (import, cells, g_strv_length (cells)) && bad++ == 0)
        first_bad = rows;
    }
  if (rows == 0 || bad * 100 > rows)
    return refuse (error, name, MAX (first_bad, 1));
  import->counts.skipped += bad;
  return TRUE;
}

/* --- Writing --------------------------------------------------------------------------------- */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "code=name;…" sorted: of a substance and its active part, which share a link, the part. Nothing
 * when not all of them are known. */
static char *
dup_substances (const Medicine *medicine)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GString *out = g_string_new (NULL);

  for (guint i = 0; !medicine->incomplete && i < medicine->substances->len; i++)
    {
      const char *one = g_ptr_array_index (medicine->substances, i);
      g_autofree char *part = g_strdup_printf ("%.*s|FT|", (int) strcspn (one, "|"), one);
      gboolean has_part = FALSE;

      for (guint k = 0; k < medicine->substances->len; k++)
        has_part |= g_str_has_prefix (g_ptr_array_index (medicine->substances, k), part);
      if (!has_part || g_str_has_prefix (one, part))
        g_ptr_array_add (kept, strrchr (one, '|') + 1);
    }
  g_ptr_array_sort (kept, compare_texts);
  for (guint i = 0; i < kept->len; i++)
    if (i == 0 || strcmp (kept->pdata[i], kept->pdata[i - 1]) != 0)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ";" : "", (char *) kept->pdata[i]);
  return g_string_free (out, FALSE);
}

static GString *
begin_table (const char *version, const char *columns)
{
  GString *out = g_string_new (DMP_BDPM_MAGIC);

  g_string_append_printf (out, "# source: %s\n# version: %s\n# columns: %s\n", DMP_BDPM_SOURCE,
                          version, columns);
  return out;
}

static char *
dup_table (GHashTable *rows, GString *out, char *(*dup_row) (gconstpointer value))
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_texts);
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *row = dup_row (g_hash_table_lookup (rows, keys->pdata[i]));

      g_string_append_printf (out, "%s\t%s\n", (char *) keys->pdata[i], row);
    }
  return g_string_free (out, FALSE);
}

static char *
dup_medicine_row (gconstpointer value)
{
  const Medicine *medicine = value;
  g_autofree char *substances = dup_substances (medicine);

  return g_strdup_printf ("%s\t%s", medicine->name, substances);
}

static char *
dup_pack_row (gconstpointer value)
{
  return g_strdup (value);
}

static gboolean
cannot_write (GError **error, const char *folder)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INTERNAL,
               _ ("Les tables ne peuvent pas être écrites dans « %s » : %s. Les anciennes restent "
                  "en place."),
               folder, g_strerror (errno));
  return FALSE;
}

static gboolean
write_tables (const Import *import, const char *folder, const char *version, GError **error)
{
  g_autofree char *medicines =
      dup_table (import->medicines, begin_table (version, "CIS, name, substances (code=name)"),
                 dup_medicine_row);
  g_autofree char *packs =
      dup_table (import->packs, begin_table (version, "CIP13, CIS, units, label"), dup_pack_row);
  g_autofree char *medicines_path = g_build_filename (folder, DMP_BDPM_MEDICINES, NULL);
  g_autofree char *packs_path = g_build_filename (folder, DMP_BDPM_PACKS, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents (packs_path, packs, -1, NULL) ||
      !g_file_set_contents (medicines_path, medicines, -1, NULL))
    return cannot_write (error, folder);
  return TRUE;
}

static gboolean
check_version (const char *version, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (version, "-", -1);
  g_autofree char *stamp = g_strjoinv ("", parts);

  if (strlen (version) == 10 && strlen (stamp) == 8 && dmp_date_check (stamp))
    return TRUE;
  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                       _ ("La date de la base n’est pas lisible : --date AAAA-MM-JJ."));
  return FALSE;
}

gboolean
dmp_bdpm_import (const char *from,
                 const char *folder,
                 const char *version,
                 DmpBdpmCounts *counts,
                 GError **error)
{
  g_autofree char *usual = folder ? NULL : dmp_bdpm_dup_folder ();
  g_autoptr (GHashTable) medicines =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) medicine_free);
  g_autoptr (GHashTable) packs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Import import = { medicines, packs, { 0 } };

  if (!check_version (version, error) ||
      !read_file (&import, from, "CIS_bdpm.txt", take_medicine, error) ||
      !read_file (&import, from, "CIS_CIP_bdpm.txt", take_pack, error) ||
      !read_file (&import, from, "CIS_COMPO_bdpm.txt", take_substance, error) ||
      !write_tables (&import, folder ? folder : usual, version, error))
    return FALSE;
  import.counts.medicines = g_hash_table_size (medicines);
  import.counts.packs = g_hash_table_size (packs);
  *counts = import.counts;
  return TRUE;
}

gboolean
dmp_bdpm_remove (const char *folder)
{
  static const char *const names[] = { DMP_BDPM_MEDICINES, DMP_BDPM_PACKS };
  g_autofree char *usual = folder ? NULL : dmp_bdpm_dup_folder ();
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder ? folder : usual, names[i], NULL);

      any |= g_unlink (path) == 0;
    }
  return any;
}
