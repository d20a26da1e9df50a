#include "config.h"

#include "dmp-search-private.h"
#include "model/dmp-text.h"

#include <string.h>

#define MAX_CHARACTERS 200
#define MAX_WORDS 8

/* --- Reading it ------------------------------------------------------------------------------ */

static void
word_free (gpointer data)
{
  DmpSearchWord *word = data;

  g_free (word->word);
  g_ptr_array_unref (word->synonyms);
  g_free (word);
}

static void
add_word (DmpSearchQuery *self, const char *start, gsize len)
{
  DmpSearchWord *word = g_new0 (DmpSearchWord, 1);

  word->word = g_strndup (start, len);
  word->synonyms = dmp_search_names_new ();
  if (g_utf8_strlen (word->word, -1) > 1)
    dmp_search_add_synonyms (word->word, word->synonyms);
  g_ptr_array_add (self->words, word);
}

/* Letters and digits, as the index cuts them. */
static void
read_words (DmpSearchQuery *self, const char *folded)
{
  const char *start = NULL;

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      gboolean inside = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (inside && start == NULL)
        start = p;
      if (!inside && start != NULL && self->words->len < MAX_WORDS)
        add_word (self, start, (gsize) (p - start));
      if (!inside)
        start = NULL;
      if (*p == '\0')
        return;
    }
}

static DmpSearchLimit
read_sign (const char **at)
{
  static const struct
  {
    const char *sign;
    DmpSearchLimit limit;
  } signs[] = { { "<=", DMP_SEARCH_AT_MOST },  { "≤", DMP_SEARCH_AT_MOST },
                { ">=", DMP_SEARCH_AT_LEAST }, { "≥", DMP_SEARCH_AT_LEAST },
                { "<", DMP_SEARCH_LESS },      { ">", DMP_SEARCH_MORE },
                { "=", DMP_SEARCH_EQUAL } };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (*at, signs[i].sign))
      {
        *at += strlen (signs[i].sign);
        return signs[i].limit;
      }
  return DMP_SEARCH_ANY;
}

/* "> 5,2" at the end; what stands before it is left in @text. */
static void
read_limit (DmpSearchQuery *self, char *text)
{
  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *rest = p;
      DmpSearchLimit limit = read_sign (&rest);
      g_autofree char *number = NULL;
      char *end;

      if (limit == DMP_SEARCH_ANY)
        continue;
      number = g_strstrip (g_strdup (rest));
      g_strdelimit (number, ",", '.');
      self->bound = g_ascii_strtod (number, &end);
      if (end != number) /* else it is not typed yet: all values */
        self->limit = limit;
      *p = '\0';
      return;
    }
}

DmpSearchQuery *
dmp_search_query_new (const char *text)
{
  DmpSearchQuery *self = g_new0 (DmpSearchQuery, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *start =
      g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_CHARACTERS));
  g_autofree char *folded = NULL;

  self->words = g_ptr_array_new_with_free_func (word_free);
  read_limit (self, start);
  folded = dmp_text_fold (start);
  read_words (self, folded);
  return self;
}

void
dmp_search_query_free (DmpSearchQuery *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->words);
  g_free (self);
}

gboolean
dmp_search_query_is_beyond (const DmpSearchQuery *self, double value)
{
  switch (self->limit)
    {
    case DMP_SEARCH_LESS:
      return value < self->bound;
    case DMP_SEARCH_AT_MOST:
      return value <= self->bound;
    case DMP_SEARCH_EQUAL:
      return value >= self->bound && value <= self->bound;
    case DMP_SEARCH_AT_LEAST:
      return value >= self->bound;
    case DMP_SEARCH_MORE:
      return value > self->bound;
    default:
      return TRUE;
    }
}

/* --- For FTS5 -------------------------------------------------------------------------------- */

static const char *
get_synonym (const DmpSearchWord *word, guint index)
{
  return ((const DmpSearchName *) g_ptr_array_index (word->synonyms, index))->folded;
}

/* Words are letters and digits, so that nothing of FTS5's own language can be in them. */
char *
dmp_search_query_dup_match (const DmpSearchQuery *self, guint index)
{
  const DmpSearchWord *word = g_ptr_array_index (self->words, index);
  GString *out = g_string_new ("(");

  g_string_append_printf (out, "\"%s\"*", word->word);
  for (guint i = 0; i < word->synonyms->len; i++)
    g_string_append_printf (out, " OR \"%s\"", get_synonym (word, i));
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

char *
dmp_search_query_dup_match_all (const DmpSearchQuery *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->words->len; i++)
    {
      g_autofree char *one = dmp_search_query_dup_match (self, i);

      g_string_append (out, i > 0 ? " AND " : "");
      g_string_append (out, one);
    }
  return g_string_free (out, FALSE);
}

/* --- In a text ------------------------------------------------------------------------------- */

static gboolean
letter_at (const char *text, glong length, glong index)
{
  return index >= 0 && index < length &&
         g_unichar_isalnum (g_utf8_get_char (g_utf8_offset_to_pointer (text, index)));
}

/* Where @word begins a word of @text; @whole: and ends one. Appended to @marks. */
static guint
find_word (const char *text, const char *word, gboolean whole, GArray *marks)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  glong length = g_utf8_strlen (text, -1);
  guint found = 0;

  dmp_text_find (text, word, starts, ends);
  for (guint i = 0; i < starts->len; i++)
    {
      const DmpSearchMark mark = { .start = g_array_index (starts, guint, i),
                                   .end = g_array_index (ends, guint, i),
                                   .synonym = whole };

      if (letter_at (text, length, (glong) mark.start - 1) ||
          (whole && letter_at (text, length, mark.end)))
        continue;
      found++;
      if (marks != NULL)
        g_array_append_val (marks, mark);
    }
  return found;
}

static guint
find_synonyms (const char *text, const DmpSearchWord *word, GArray *marks)
{
  guint found = 0;

  for (guint i = 0; i < word->synonyms->len; i++)
    found += find_word (text, get_synonym (word, i), TRUE, marks);
  return found;
}

gboolean
dmp_search_query_fits (const DmpSearchQuery *self, const char *text, gboolean *synonym)
{
  gboolean other = FALSE;

  for (guint i = 0; i < self->words->len; i++)
    {
      const DmpSearchWord *word = g_ptr_array_index (self->words, i);

      if (find_word (text, word->word, FALSE, NULL) > 0)
        continue;
      if (find_synonyms (text, word, NULL) == 0)
        return FALSE;
      other = TRUE;
    }
  if (synonym != NULL)
    *synonym = other;
  return self->words->len > 0;
}

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const DmpSearchMark *first = a, *second = b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  return first->end > second->end ? -1 : first->end < second->end; /* the longer one first */
}

GArray *
dmp_search_query_mark (const DmpSearchQuery *self, const char *text)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (DmpSearchMark));
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (DmpSearchMark));
  guint end = 0;

  for (guint i = 0; i < self->words->len; i++)
    {
      const DmpSearchWord *word = g_ptr_array_index (self->words, i);

      find_word (text, word->word, FALSE, all);
      find_synonyms (text, word, all);
    }
  g_array_sort (all, compare_marks);
  for (guint i = 0; i < all->len; i++)
    {
      DmpSearchMark mark = g_array_index (all, DmpSearchMark, i);

      if (mark.start < end)
        continue;
      g_array_append_val (marks, mark);
      end = mark.end;
    }
  return marks;
}
