#include "config.h"

#include "dmp-search-private.h"
#include "model/dmp-wipe-buffer.h"

#include <string.h>

#define BEFORE 50 /* characters shown before the first mark */
#define SHOWN 220

const char *
dmp_search_group_get_name (DmpSearchGroup group)
{
  static const char *const names[] = { "values", "treatments", "texts" };

  return names[group];
}

static void
hit_free (gpointer data)
{
  DmpSearchHit *hit = data;

  dmp_wipe_text (hit->text);
  g_array_unref (hit->marks);
  g_free (hit->document);
  g_free (hit->place);
  g_free (hit->title);
  g_free (hit->author);
  g_free (hit->date);
  g_clear_pointer (&hit->points, g_array_unref);
  g_free (hit);
}

void
dmp_search_results_free (DmpSearchResults *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < DMP_SEARCH_N_GROUPS; i++)
    g_ptr_array_unref (self->hits[i]);
  g_strfreev (self->synonyms);
  g_clear_object (&self->summary);
  g_free (self);
}

/* --- Lines of the summary -------------------------------------------------------------------- */

static char *
dup_names (const DmpSummaryLine *line)
{
  return g_strjoin (" · ", line->text, line->substance ? line->substance : "",
                    line->detail ? line->detail : "", NULL);
}

static char *
dup_shown (const DmpSummaryLine *line)
{
  GString *out = g_string_new (line->text);

  if (line->substance != NULL)
    g_string_append_printf (out, "  %s", line->substance);
  if (line->detail != NULL)
    g_string_append_printf (out, " · %s", line->detail);
  return g_string_free (out, FALSE);
}

/* Whether @date (HL7, nullable) may be as new as that; one that is not known may. */
static gboolean
is_recent (const DmpSearchQuery *query, const char *date)
{
  return query->since == NULL || date == NULL || *date == '\0' ||
         strncmp (date, query->since, MIN (strlen (date), strlen (query->since))) >= 0;
}

/* Which points are asked for. NULL: none */
static GArray *
choose_points (const DmpSearchQuery *query, const DmpSummaryLine *line)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < dmp_summary_line_count_points (line); i++)
    {
      const DmpSummaryPoint *point = dmp_summary_line_get_point (line, i);

      if (dmp_search_query_is_beyond (query, point->value) && is_recent (query, point->date))
        g_array_append_val (chosen, i);
    }
  return chosen->len > 0 ? g_steal_pointer (&chosen) : NULL;
}

static const char *
get_date (const DmpSummaryLine *line)
{
  return line->source_date ? line->source_date : line->date;
}

/* By its values and dates. @points: (out) (nullable): which, when not all */
static gboolean
is_asked_for (const DmpSearchQuery *query, const DmpSummaryLine *line, GArray **points)
{
  if (query->limit == DMP_SEARCH_ANY && query->since == NULL)
    return TRUE;
  if (dmp_summary_line_count_points (line) == 0)
    return query->limit == DMP_SEARCH_ANY && is_recent (query, get_date (line));
  *points = choose_points (query, line);
  return *points != NULL;
}

static DmpSearchHit *
new_line_hit (const DmpSearchQuery *query, const DmpSummaryLine *line)
{
  const DmpSummarySource *source = g_ptr_array_index (line->sources, 0);
  DmpSearchHit *hit = g_new0 (DmpSearchHit, 1);

  hit->line = line;
  hit->text = dup_shown (line);
  hit->marks = dmp_search_query_mark (query, hit->text);
  hit->document = g_strdup (source->document);
  hit->place = g_strdup (source->place);
  hit->title = g_strdup (source->title);
  hit->author = g_strdup (source->author);
  hit->date = g_strdup (get_date (line));
  return hit;
}

static void
find_lines (const DmpSearchQuery *query,
            DmpSearchResults *results,
            DmpSearchGroup group,
            DmpBlockId block,
            guint max)
{
  const DmpSummaryBlock *lines = dmp_summary_get_block (results->summary, block);

  for (guint i = 0; i < lines->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines->lines, i);
      g_autofree char *names = dup_names (line);
      g_autoptr (GArray) points = NULL;
      gboolean synonym = FALSE;
      DmpSearchHit *hit;

      if (!dmp_search_query_fits (query, names, &synonym))
        continue;
      if (!is_asked_for (query, line, &points))
        continue;
      results->totals[group]++;
      if (results->hits[group]->len >= max)
        continue;
      hit = new_line_hit (query, line);
      hit->synonym = synonym;
      hit->points = g_steal_pointer (&points);
      g_ptr_array_add (results->hits[group], hit);
    }
}

/* --- Passages -------------------------------------------------------------------------------- */

/* Row ids that FTS5 finds. Returns: (transfer full): of guint: indexes of passages */
static GArray *
ask (DmpSearch *self, const char *match)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->database, "SELECT rowid FROM passages WHERE passages MATCH ?", -1,
                          &statement, NULL) != SQLITE_OK)
    g_error ("search: %s", sqlite3_errmsg (self->database));
  sqlite3_bind_text (statement, 1, match, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      guint index = (guint) sqlite3_column_int64 (statement, 0) - 1;

      g_array_append_val (found, index);
    }
  sqlite3_finalize (statement);
  return found;
}

static const DmpSearchPassage *
get_passage (DmpSearch *self, guint index)
{
  return g_ptr_array_index (self->passages, index);
}

static DmpSearchSource *
get_document (DmpSearch *self, guint index)
{
  return g_ptr_array_index (self->documents, get_passage (self, index)->document);
}

/* Passages with any of the words, of documents that have them all. */
static GArray *
ask_apart (DmpSearch *self, const DmpSearchQuery *query)
{
  g_autofree guint8 *words = g_new0 (guint8, self->documents->len + 1);
  g_autoptr (GHashTable) any = g_hash_table_new (NULL, NULL);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < query->words->len; i++)
    {
      g_autofree char *match = dmp_search_query_dup_match (query, i);
      g_autoptr (GArray) one = ask (self, match);

      for (guint j = 0; j < one->len; j++)
        {
          guint index = g_array_index (one, guint, j);

          words[get_passage (self, index)->document] |= (guint8) (1 << i);
          g_hash_table_add (any, GUINT_TO_POINTER (index));
        }
    }
  for (guint i = 0; i < self->passages->len; i++)
    if (words[get_passage (self, i)->document] == (1 << query->words->len) - 1 &&
        g_hash_table_contains (any, GUINT_TO_POINTER (i)))
      g_array_append_val (found, i);
  return found;
}

/* Newest document first; in it, from top to bottom. */
static gint
compare_passages (gconstpointer a, gconstpointer b, gpointer data)
{
  DmpSearch *self = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const DmpSearchSource *one = get_document (self, i), *other = get_document (self, j);
  int order = g_strcmp0 (other->date, one->date);

  if (order == 0)
    order = strcmp (one->unique_id, other->unique_id);
  return order != 0 ? order : i < j ? -1 : i > j;
}

/* @text around its first mark, at blanks; the marks follow. */
static char *
cut (const char *text, GArray *marks)
{
  guint length = (guint) g_utf8_strlen (text, -1);
  guint first = marks->len > 0 ? g_array_index (marks, DmpSearchMark, 0).start : 0;
  guint start = first > BEFORE && length > SHOWN ? first - BEFORE : 0;
  guint end;
  guint shift;
  g_autofree char *part = NULL;

  while (start > 0 && start < first &&
         !g_unichar_isspace (g_utf8_get_char (g_utf8_offset_to_pointer (text, start - 1))))
    start++;
  end = MIN (length, start + SHOWN);
  while (end < length && end > start + SHOWN / 2 &&
         !g_unichar_isspace (g_utf8_get_char (g_utf8_offset_to_pointer (text, end))))
    end--;
  part = g_utf8_substring (text, start, end);
  shift = start > 0 ? 2 : 0; /* "… " */
  for (guint i = marks->len; i-- > 0;)
    {
      DmpSearchMark *mark = &g_array_index (marks, DmpSearchMark, i);

      if (mark->end > end || mark->start < start)
        {
          g_array_remove_index (marks, i);
          continue;
        }
      mark->start = mark->start - start + shift;
      mark->end = mark->end - start + shift;
    }
  return g_strconcat (start > 0 ? "… " : "", part, end < length ? " …" : "", NULL);
}

static DmpSearchHit *
new_text_hit (DmpSearch *self, const DmpSearchQuery *query, const DmpSearchPassage *passage)
{
  const DmpSearchSource *source = g_ptr_array_index (self->documents, passage->document);
  DmpSearchHit *hit = g_new0 (DmpSearchHit, 1);

  hit->marks = dmp_search_query_mark (query, passage->text);
  hit->synonym = hit->marks->len > 0;
  for (guint i = 0; i < hit->marks->len; i++)
    hit->synonym = hit->synonym && g_array_index (hit->marks, DmpSearchMark, i).synonym;
  hit->text = cut (passage->text, hit->marks);
  hit->document = g_strdup (source->unique_id);
  hit->place = g_strdup (passage->place);
  hit->title = g_strdup (source->title);
  hit->author = g_strdup (source->author);
  hit->date = g_strdup (source->date);
  return hit;
}

static void
drop_old (DmpSearch *self, const DmpSearchQuery *query, GArray *found)
{
  guint kept = 0;

  for (guint i = 0; query->since != NULL && i < found->len; i++)
    {
      guint index = g_array_index (found, guint, i);

      if (is_recent (query, get_document (self, index)->date))
        g_array_index (found, guint, kept++) = index;
    }
  if (query->since != NULL)
    g_array_set_size (found, kept);
}

/* A title says nothing that the passages of its document do not show beside them. */
static void
drop_titles (DmpSearch *self, GArray *found)
{
  for (guint i = found->len; i-- > 1;)
    {
      const DmpSearchPassage *first = get_passage (self, g_array_index (found, guint, i - 1));
      const DmpSearchPassage *second = get_passage (self, g_array_index (found, guint, i));

      if (first->document == second->document && *first->place == '\0')
        g_array_remove_index (found, i - 1);
    }
}

/* Nor does an annex of a document whose own words were found. */
static void
drop_copies (DmpSearch *self, GArray *found)
{
  guint kept = 0, document = G_MAXUINT;

  for (guint i = 0; i < found->len; i++)
    {
      guint index = g_array_index (found, guint, i);
      const DmpSearchPassage *passage = get_passage (self, index);

      if (passage->copy && passage->document == document)
        continue;
      if (!passage->copy && *passage->place != '\0')
        document = passage->document;
      g_array_index (found, guint, kept++) = index;
    }
  g_array_set_size (found, kept);
}

/* Nor does a document that repeats another one which was found too. */
static void
drop_twins (DmpSearch *self, GArray *found)
{
  g_autoptr (GHashTable) documents = g_hash_table_new (g_str_hash, g_str_equal);
  guint kept = 0;

  if (g_hash_table_size (self->twins) == 0)
    return;
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (documents, get_document (self, g_array_index (found, guint, i))->unique_id);
  for (guint i = 0; i < found->len; i++)
    {
      guint index = g_array_index (found, guint, i);
      const char *other = g_hash_table_lookup (self->twins, get_document (self, index)->unique_id);

      if (other == NULL || !g_hash_table_contains (documents, other))
        g_array_index (found, guint, kept++) = index;
    }
  g_array_set_size (found, kept);
}

static void
find_texts (DmpSearch *self, const DmpSearchQuery *query, DmpSearchResults *results, guint max)
{
  g_autofree char *match = dmp_search_query_dup_match_all (query);
  g_autoptr (GArray) found = ask (self, match);

  if (found->len == 0 && query->words->len > 1)
    {
      g_clear_pointer (&found, g_array_unref);
      found = ask_apart (self, query);
      results->apart = found->len > 0;
    }
  drop_old (self, query, found);
  g_array_sort_with_data (found, compare_passages, self);
  drop_copies (self, found);
  drop_titles (self, found);
  drop_twins (self, found);
  results->totals[DMP_SEARCH_TEXTS] = found->len;
  for (guint i = 0; i < MIN (found->len, max); i++)
    g_ptr_array_add (
        results->hits[DMP_SEARCH_TEXTS],
        new_text_hit (self, query, get_passage (self, g_array_index (found, guint, i))));
}

static char **
dup_synonyms (const DmpSearchQuery *query)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < query->words->len; i++)
    {
      const DmpSearchWord *word = g_ptr_array_index (query->words, i);

      for (guint j = 0; j < word->synonyms->len; j++)
        g_ptr_array_add (
            names,
            g_strdup (((const DmpSearchName *) g_ptr_array_index (word->synonyms, j))->shown));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

DmpSearchResults *
dmp_search_find (DmpSearch *self, const char *text, guint max)
{
  return dmp_search_find_since (self, text, NULL, max);
}

DmpSearchResults *
dmp_search_find_since (DmpSearch *self, const char *text, const char *since, guint max)
{
  g_autoptr (DmpSearchQuery) query = dmp_search_query_new (text);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  DmpSearchResults *results = g_new0 (DmpSearchResults, 1);

  query->since = since;
  for (guint i = 0; i < DMP_SEARCH_N_GROUPS; i++)
    results->hits[i] = g_ptr_array_new_with_free_func (hit_free);
  results->synonyms = dup_synonyms (query);
  g_set_object (&results->summary, self->summary);
  if (query->words->len == 0)
    return results;
  if (results->summary != NULL)
    find_lines (query, results, DMP_SEARCH_VALUES, DMP_BLOCK_RESULT, max);
  if (query->limit != DMP_SEARCH_ANY)
    return results;
  if (results->summary != NULL)
    find_lines (query, results, DMP_SEARCH_TREATMENTS, DMP_BLOCK_TREATMENT, max);
  find_texts (self, query, results, max);
  return results;
}
