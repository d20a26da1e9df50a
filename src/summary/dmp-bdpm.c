#include "config.h"

#include "dmp-bdpm-private.h"

#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One imported table: lines sorted by their first cell, below a few lines of comment. */
typedef struct
{
  GMappedFile *file;
  const char *rows; /* first line that is no comment */
  const char *end;
  guint n_rows;
} Table;

struct _DmpBdpm
{
  gatomicrefcount refs;
  Table medicines;
  Table packs;
  char *source;
  char *version;
};

char *
dmp_bdpm_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "caducee", "tables", NULL);
}

gboolean
dmp_bdpm_is_code (const char *text, gsize len)
{
  return strspn (text, "0123456789") == len && text[len] == '\0';
}

/* --- Opening --------------------------------------------------------------------------------- */

static void
clear_table (Table *table)
{
  g_clear_pointer (&table->file, g_mapped_file_unref);
}

/* The rest of the line that begins with @name, among the comments. */
static char *
dup_comment (const Table *table, const char *name)
{
  const char *start = g_mapped_file_get_contents (table->file);
  const char *found = g_strstr_len (start, table->rows - start, name);
  const char *value = found ? found + strlen (name) : NULL;
  const char *stop = value ? memchr (value, '\n', (gsize) (table->rows - value)) : NULL;

  return stop ? g_strndup (value, (gsize) (stop - value)) : NULL;
}

static gboolean
invalid (GError **error, const char *name)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
               _ ("La table importée « %s » est abîmée : elle n’est pas utilisée. Importez-la à "
                  "nouveau avec « dmp tables import »."),
               name);
  return FALSE;
}

/* Rows are in strict order: the search relies on it. */
static gboolean
check_rows (Table *table, gsize code_len)
{
  const char *before = NULL;

  for (const char *p = table->rows; p < table->end; table->n_rows++)
    {
      const char *stop = memchr (p, '\n', (gsize) (table->end - p));

      if (stop == NULL || (gsize) (stop - p) <= code_len || p[code_len] != '\t' ||
          (before && memcmp (before, p, code_len) >= 0) ||
          memchr (p, '\0', (gsize) (stop - p)) != NULL)
        return FALSE;
      before = p;
      p = stop + 1;
    }
  return TRUE;
}

static gboolean
open_table (Table *table, const char *folder, const char *name, gsize code_len, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char *p;

  table->file = g_mapped_file_new (path, FALSE, NULL);
  if (table->file == NULL)
    return FALSE;
  p = g_mapped_file_get_contents (table->file);
  table->end = p ? p + g_mapped_file_get_length (table->file) : NULL;
  if (p == NULL ||
      !g_str_has_prefix (table->end > p + sizeof DMP_BDPM_MAGIC ? p : "", DMP_BDPM_MAGIC))
    return invalid (error, name);
  while (p < table->end && *p == '#')
    {
      const char *stop = memchr (p, '\n', (gsize) (table->end - p));

      if (stop == NULL)
        return invalid (error, name);
      p = stop + 1;
    }
  table->rows = p;
  return check_rows (table, code_len) || invalid (error, name);
}

DmpBdpm *
dmp_bdpm_open (const char *folder, GError **error)
{
  g_autofree char *usual = folder ? NULL : dmp_bdpm_dup_folder ();
  g_autoptr (DmpBdpm) self = g_new0 (DmpBdpm, 1);

  g_atomic_ref_count_init (&self->refs);
  if (folder == NULL)
    folder = usual;
  if (!open_table (&self->medicines, folder, DMP_BDPM_MEDICINES, DMP_CIS_LEN, error) ||
      !open_table (&self->packs, folder, DMP_BDPM_PACKS, DMP_CIP_LEN, error))
    return NULL;
  self->source = dup_comment (&self->medicines, "# source: ");
  self->version = dup_comment (&self->medicines, "# version: ");
  if (self->source == NULL || self->version == NULL)
    {
      invalid (error, DMP_BDPM_MEDICINES);
      return NULL;
    }
  return g_steal_pointer (&self);
}

DmpBdpm *
dmp_bdpm_ref (DmpBdpm *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dmp_bdpm_unref (DmpBdpm *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  clear_table (&self->medicines);
  clear_table (&self->packs);
  g_free (self->source);
  g_free (self->version);
  g_free (self);
}

const char *
dmp_bdpm_get_version (DmpBdpm *self)
{
  return self->version;
}

const char *
dmp_bdpm_get_source (DmpBdpm *self)
{
  return self->source;
}

guint
dmp_bdpm_count_medicines (DmpBdpm *self)
{
  return self->medicines.n_rows;
}

guint
dmp_bdpm_count_packs (DmpBdpm *self)
{
  return self->packs.n_rows;
}

/* --- Looking up ------------------------------------------------------------------------------ */

/* The cells of the row whose first is @code. Returns: (transfer full) (nullable) */
static char **
find_row (const Table *table, const char *code, gsize code_len)
{
  const char *low = table->rows, *high = table->end;

  if (!dmp_bdpm_is_code (code, code_len))
    return NULL;
  while (low < high)
    {
      const char *middle = low + (high - low) / 2;
      const char *stop;
      int order;

      while (middle > low && middle[-1] != '\n')
        middle--;
      stop = memchr (middle, '\n', (gsize) (table->end - middle));
      order = memcmp (middle, code, code_len);
      if (order == 0)
        {
          g_autofree char *line = g_strndup (middle, (gsize) (stop - middle));

          return g_strsplit (line, "\t", -1);
        }
      if (order < 0)
        low = stop + 1;
      else
        high = middle;
    }
  return NULL;
}

gboolean
dmp_bdpm_find_medicine (DmpBdpm *self, const char *cis, char **name, char **substances)
{
  g_auto (GStrv) cells = find_row (&self->medicines, cis, DMP_CIS_LEN);

  if (cells == NULL || g_strv_length (cells) < 3)
    return FALSE;
  *name = g_strdup (cells[1]);
  *substances = g_strdup (cells[2]);
  return TRUE;
}

char *
dmp_bdpm_find_pack (DmpBdpm *self, const char *cip, guint *units)
{
  g_auto (GStrv) cells = find_row (&self->packs, cip, DMP_CIP_LEN);

  if (cells == NULL || g_strv_length (cells) < 3)
    return NULL;
  *units = (guint) g_ascii_strtoull (cells[2], NULL, 10);
  return g_strdup (cells[1]);
}
