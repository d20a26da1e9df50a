#include "config.h"

#include "dmp-code-search.h"

#include "dmp-text.h"

#include <string.h>

/* A table folded once: each row as " code words of the label ", so that a word of the question is
 * looked for with a blank before it. It stays: the tables are constant. */
typedef struct
{
  char **rows;
} Index;

typedef struct
{
  const DmpCodeRow *row;
  guint score; /* lower is better */
} Hit;

/* Folded; whatever is no letter or digit, nor a point or plus inside a word, parts words. */
static char *
dup_words (const char *text)
{
  g_autofree char *folded = dmp_text_fold (text);
  GString *out = g_string_new (" ");

  for (const char *p = folded; *p; p++)
    {
      gboolean inside = (guchar) *p >= 0x80 || g_ascii_isalnum (*p) ||
                        ((*p == '.' || *p == '+') && p > folded && g_ascii_isalnum (p[-1]) &&
                         g_ascii_isalnum (p[1]));

      if (inside)
        g_string_append_c (out, *p);
      else if (out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
  return g_string_free (out, FALSE);
}

static Index *
new_index (const DmpCodeTableData *data)
{
  Index *index = g_new0 (Index, 1);

  index->rows = g_new0 (char *, data->n_rows + 1);
  for (gsize i = 0; i < data->n_rows; i++)
    {
      g_autofree char *text = g_strjoin (" ", data->rows[i].code, data->rows[i].label, NULL);

      index->rows[i] = dup_words (text);
    }
  return index;
}

static const Index *
get_index (DmpCodeTable table)
{
  static Index *indexes[DMP_N_TABLES];
  static GMutex lock;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (indexes[table] == NULL)
    indexes[table] = new_index (dmp_code_table_get (table));
  return indexes[table];
}

void
dmp_code_search_prepare (DmpCodeTable table)
{
  get_index (table);
}

/* Each word of the question, with the blank before it. */
static char **
split (const char *words)
{
  g_autofree char *folded = dup_words (words);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (found, g_strconcat (" ", parts[i], NULL));
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

/* Where the words stand: the code, the start of the label, further on. G_MAXUINT when one of them
 * stands nowhere. */
static guint
score (const char *row, char **words)
{
  const char *label = strchr (row + 1, ' ');
  guint sum = 0;

  for (guint i = 0; words[i]; i++)
    {
      const char *at = strstr (row, words[i]);
      gsize len = strlen (words[i]);

      if (at == NULL)
        return G_MAXUINT;
      if (at == row)
        sum += row[len] == ' ' ? 0 : 10;
      else
        sum += 20 + (guint) MIN (at - label, 200) + (at[len] == ' ' ? 0 : 1);
    }
  return sum * 256 + (guint) MIN (strlen (row), 255);
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *one = a, *two = b;

  if (one->score != two->score)
    return one->score < two->score ? -1 : 1;
  return strcmp (one->row->code, two->row->code);
}

GPtrArray *
dmp_code_search (const DmpCodeTable *tables, guint n, const char *words, guint limit)
{
  g_auto (GStrv) parts = split (words ? words : "");
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      const DmpCodeTableData *data = dmp_code_table_get (tables[i]);
      const Index *index = get_index (tables[i]);

      for (gsize j = 0; j < data->n_rows; j++)
        {
          const Hit hit = { &data->rows[j], *parts ? score (index->rows[j], parts) : (guint) j };

          if (hit.score != G_MAXUINT)
            g_array_append_val (hits, hit);
        }
    }
  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < hits->len && i < limit; i++)
    g_ptr_array_add (found, (gpointer) g_array_index (hits, Hit, i).row);
  return found;
}
