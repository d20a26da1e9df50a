#include "config.h"

#include "dmp-search-private.h"

#include <string.h>

#define ENOUGH 240 /* bytes: a sentence that ends here ends the passage */
#define FULL 480   /* so does a line */
#define LONGEST 960

typedef struct
{
  DmpSearchPieceFunc func;
  gpointer data;
  GString *text;   /* the lines of the passage, on one */
  GString *joined; /* words that stand on two lines, whole */
  guint start, at; /* characters of the page */
  guint end;
} Cutter;

static void
clear (GString *text)
{
  explicit_bzero (text->str, text->len);
  g_string_truncate (text, 0);
}

static void
flush (Cutter *self)
{
  if (self->text->len > 0)
    self->func (self->start, self->end, self->text->str, self->joined->str, self->data);
  clear (self->text);
  clear (self->joined);
}

/* The first byte after a piece of the line [@p, @end[: all of it, or up to a blank. */
static const char *
find_end (const char *p, const char *end)
{
  const char *limit = p + LONGEST;

  if (end - p <= LONGEST)
    return end;
  for (const char *blank = limit; blank > p; blank--)
    if (*blank == ' ' || *blank == '\t')
      return blank + 1;
  return g_utf8_find_prev_char (p, limit + 1); /* no blank: a start of a character is near */
}

/* How many bytes of a hyphen end what is there, after a letter. */
static gsize
hyphen_length (const GString *text)
{
  static const char *const hyphens[] = { "-", "\302\255", "\342\200\220" };

  for (guint i = 0; i < G_N_ELEMENTS (hyphens); i++)
    {
      gsize n = strlen (hyphens[i]);
      const char *before;

      if (!g_str_has_suffix (text->str, hyphens[i]))
        continue;
      before = g_utf8_find_prev_char (text->str, text->str + text->len - n);
      return before != NULL && g_unichar_isalpha (g_utf8_get_char (before)) ? n : 0;
    }
  return 0;
}

static gsize
word_length (const char *p, const char *end)
{
  const char *q = p;

  while (q < end && g_unichar_isalnum (g_utf8_get_char (q)))
    q = g_utf8_next_char (q);
  return (gsize) (q - p);
}

/* "potas-" and "sium" are searched as "potassium" too. */
static void
join (Cutter *self, gsize hyphen, const char *p, const char *end)
{
  const char *last = self->text->str + self->text->len - hyphen;
  const char *word = last, *before;

  while ((before = g_utf8_find_prev_char (self->text->str, word)) != NULL &&
         g_unichar_isalnum (g_utf8_get_char (before)))
    word = before;
  g_string_append_c (self->joined, ' ');
  g_string_append_len (self->joined, word, last - word);
  g_string_append_len (self->joined, p, (gssize) word_length (p, end));
}

static void
add (Cutter *self, const char *p, const char *end)
{
  gsize hyphen = hyphen_length (self->text);

  if (self->text->len == 0)
    self->start = self->at;
  else if (hyphen > 0 && g_unichar_islower (g_utf8_get_char (p)))
    join (self, hyphen, p, end);
  else
    g_string_append_c (self->text, ' ');
  g_string_append_len (self->text, p, end - p);
  self->end = self->at + (guint) g_utf8_strlen (p, end - p);
}

static gboolean
is_whole (const GString *text)
{
  return text->len >= FULL ||
         (text->len >= ENOUGH && strchr (".;:!?", text->str[text->len - 1]) != NULL);
}

/* A line, or a part of one, without blanks at its ends. */
static void
take (Cutter *self, const char *p, const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    {
      p++;
      self->at++;
    }
  while (end > p && g_ascii_isspace (end[-1]))
    end--;
  if (p == end)
    return;
  add (self, p, end);
  if (is_whole (self->text))
    flush (self);
}

void
dmp_search_each_piece (const char *text, DmpSearchPieceFunc func, gpointer data)
{
  Cutter self = {
    .func = func, .data = data, .text = g_string_new (NULL), .joined = g_string_new (NULL)
  };
  guint at = 0;

  while (*text != '\0')
    {
      const char *end = find_end (text, text + strcspn (text, "\n"));
      gboolean last = *end == '\n' || *end == '\0';

      if (last && strspn (text, " \t\r") == (gsize) (end - text))
        flush (&self); /* an empty line */
      self.at = at;
      take (&self, text, end);
      at += (guint) g_utf8_strlen (text, end - text) + (*end == '\n');
      text = end + (*end == '\n');
    }
  flush (&self);
  g_string_free (self.text, TRUE);
  g_string_free (self.joined, TRUE);
}
