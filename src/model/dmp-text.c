#include "config.h"

#include "dmp-text.h"

#include <string.h>

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == '-' || c == '\'' || c == 0x2019 || c == 0x2010 ||
         c == 0x2011 || c == 0x2013;
}

char *
dmp_text_fold (const char *text)
{
  g_autofree char *valid = NULL, *folded = NULL, *spread = NULL;
  g_autoptr (GString) out = NULL;
  gboolean gap = FALSE;

  if (text == NULL)
    return g_strdup ("");
  if (!g_utf8_validate (text, -1, NULL)) /* a letter that is cut at the end would be read beyond */
    text = valid = g_utf8_make_valid (text, -1);
  folded = g_utf8_casefold (text, -1);
  spread = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  out = g_string_new (NULL);

  for (const char *p = spread; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_separator (c))
        {
          gap = out->len > 0;
          continue;
        }
      if (g_unichar_ismark (c))
        continue;
      if (gap)
        g_string_append_c (out, ' ');
      gap = FALSE;
      if (c == 0x153) /* œ */
        g_string_append (out, "oe");
      else if (c == 0xe6) /* æ */
        g_string_append (out, "ae");
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* @text folded character by character, with the character each one comes from. */
typedef struct
{
  GArray *letters; /* of gunichar */
  GArray *origins; /* of guint */
} Folded;

static void
add_letter (Folded *self, gunichar letter, guint origin)
{
  gunichar last = self->letters->len > 0
                      ? g_array_index (self->letters, gunichar, self->letters->len - 1)
                      : ' ';

  if (letter == ' ' && last == ' ')
    return;
  g_array_append_val (self->letters, letter);
  g_array_append_val (self->origins, origin);
}

static void
add_character (Folded *self, gunichar c, guint origin)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n;

  if (is_separator (c))
    {
      add_letter (self, ' ', origin);
      return;
    }
  n = g_unichar_fully_decompose (g_unichar_tolower (c), TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n; i++)
    {
      if (g_unichar_ismark (parts[i]))
        continue;
      if (parts[i] == 0x153 || parts[i] == 0xe6)
        {
          add_letter (self, parts[i] == 0x153 ? 'o' : 'a', origin);
          add_letter (self, 'e', origin);
        }
      else
        add_letter (self, parts[i], origin);
    }
}

static void
fold_letters (Folded *self, const char *text)
{
  guint i = 0;

  self->letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->origins = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    add_character (self, g_utf8_get_char (p), i++);
}

static void
folded_clear (Folded *self)
{
  g_array_unref (self->letters);
  g_array_unref (self->origins);
}

void
dmp_text_find (const char *text, const char *words, GArray *starts, GArray *ends)
{
  Folded in, what;
  gsize size;

  fold_letters (&in, text);
  fold_letters (&what, words);
  if (what.letters->len > 0 && g_array_index (what.letters, gunichar, what.letters->len - 1) == ' ')
    g_array_set_size (what.letters, what.letters->len - 1);
  size = what.letters->len * sizeof (gunichar);
  for (guint i = 0; size > 0 && i + what.letters->len <= in.letters->len; i++)
    if (memcmp (&g_array_index (in.letters, gunichar, i), what.letters->data, size) == 0)
      {
        guint end;

        g_array_append_val (starts, g_array_index (in.origins, guint, i));
        i += what.letters->len - 1;
        end = g_array_index (in.origins, guint, i) + 1;
        g_array_append_val (ends, end);
      }
  folded_clear (&in);
  folded_clear (&what);
}

gboolean
dmp_text_same (const char *a, const char *b)
{
  g_autofree char *folded_a = dmp_text_fold (a);
  g_autofree char *folded_b = dmp_text_fold (b);

  return g_str_equal (folded_a, folded_b);
}

char *
dmp_text_dup_family (const char *name)
{
  return name == NULL ? g_strdup ("") : g_utf8_strup (name, -1);
}

char *
dmp_text_dup_given (const char *name)
{
  g_autoptr (GString) out = NULL;
  gboolean start = TRUE;

  if (name == NULL)
    return g_strdup ("");
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_islower (g_utf8_get_char (p)))
      return g_strdup (name);

  out = g_string_sized_new (strlen (name));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, start ? c : g_unichar_tolower (c));
      start = is_separator (c);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
dmp_text_dup_strip (const char *text)
{
  char *copy = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (copy != NULL && *copy == '\0')
    g_clear_pointer (&copy, g_free);

  return copy;
}
