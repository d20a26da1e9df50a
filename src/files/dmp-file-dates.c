#include "config.h"

#include "dmp-file-dates.h"

#include "model/dmp-date.h"
#include "model/dmp-text.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DATES 500
#define MAX_BEFORE 200 /* bytes of the line before a date */

#define DAY                                                                                        \
  "(?<![0-9/.-])(?:(?<d>[0-3]?[0-9])(?:er)?(?:[/.-](?<m>[01]?[0-9])[/.-]|"                         \
  "[ \\t\\x{a0}]+(?<w>janv(?:ier|\\.)?|f[ée]vr(?:ier|\\.)?|mars|avr(?:il|\\.)|mai|juin|"          \
  "juil(?:let|\\.)|ao[ûu]t|sept(?:embre|\\.)?|oct(?:obre|\\.)?|nov(?:embre|\\.)?|"                \
  "d[ée]c(?:embre|\\.)?)[ \\t\\x{a0}]+)(?<y>(?:19|20)[0-9]{2}|[0-9]{2})|"                         \
  "(?<y2>(?:19|20)[0-9]{2})-(?<m2>[01][0-9])-(?<d2>[0-3][0-9]))(?![0-9])"

static void
date_free (gpointer data)
{
  DmpFileDate *self = data;

  g_free (self->found);
  g_free (self->before);
  g_free (self);
}

static int
month_of (const char *word)
{
  static const char *const starts[] = { "janv", "fevr", "mars", "avr", "mai", "juin",
                                        "juil", "aout", "sept", "oct", "nov", "dec" };
  g_autofree char *folded = dmp_text_fold (word);

  for (int i = 0; i < 12; i++)
    if (g_str_has_prefix (folded, starts[i]))
      return i + 1;
  return 0;
}

static int
fetch_number (GMatchInfo *match, const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL && *text != '\0' ? atoi (text) : -1;
}

/* Two figures of a year: of this century up to ten years ahead of now, else of the last. */
static int
full_year (int year)
{
  g_autoptr (GDateTime) now = NULL;

  if (year >= 100)
    return year;
  now = g_date_time_new_now_local ();
  return year + 2000 <= g_date_time_get_year (now) + 10 ? year + 2000 : year + 1900;
}

static gboolean
read_day (GMatchInfo *match, char *day)
{
  g_autofree char *word = g_match_info_fetch_named (match, "w");
  gboolean iso = fetch_number (match, "y2") >= 0;
  int y = iso ? fetch_number (match, "y2") : full_year (fetch_number (match, "y"));
  int m = iso ? fetch_number (match, "m2")
              : (word != NULL && *word != '\0' ? month_of (word) : fetch_number (match, "m"));
  int d = fetch_number (match, iso ? "d2" : "d");

  if (y < 1880 || y > 2200 || m < 1 || m > 12 || d < 1 || d > 31)
    return FALSE;
  g_snprintf (day, 9, "%04d%02d%02d", y, m, d);
  return dmp_date_check (day);
}

/* A word of its own: not the end of "vaccine". */
static const char *
find_word (const char *text, const char *word)
{
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if (at == text || !g_ascii_isalpha (at[-1]))
      return at;
  return NULL;
}

/* "née le", "Né(e) le :", "née DUPONT le", "date de naissance :", "DDN". */
static gboolean
says_birth (const char *before)
{
  static const char *const labels[] = { "date de naissance", "ddn", "naissance", "d.d.n" };
  static const char *const born[] = { "ne ", "nee ", "ne(e) ", "ne (e) " };
  const char *tail = before + (strlen (before) > 40 ? strlen (before) - 40 : 0);
  gsize n = strlen (tail);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (find_word (tail, labels[i]) != NULL)
      return TRUE;
  while (n > 0 && strchr (" :", tail[n - 1]))
    n--;
  for (guint i = 0; i < G_N_ELEMENTS (born); i++)
    if (find_word (tail, born[i]) != NULL && n >= 2 && strncmp (tail + n - 2, "le", 2) == 0)
      return TRUE;
  return FALSE;
}

/* From the start of its line, or a good deal of it; a label may stand on the line above. */
static char *
dup_before (const char *text, const char *at)
{
  const char *start = at;
  g_autofree char *words = NULL;

  while (start > text && start[-1] != '\n' && at - start < MAX_BEFORE)
    start = g_utf8_prev_char (start);
  words = g_strndup (start, (gsize) (at - start));
  return dmp_text_fold (words);
}

static char *
dup_found (const char *text, const char *at, const char *end, gboolean with_label)
{
  const char *start = at;

  while (with_label && start > text && start[-1] != '\n' && at - start < 40)
    start = g_utf8_prev_char (start);
  return g_strstrip (g_strndup (start, (gsize) (end - start)));
}

GPtrArray *
dmp_file_dates_find (const char *text)
{
  GPtrArray *dates = g_ptr_array_new_with_free_func (date_free);
  g_autoptr (GRegex) regex = g_regex_new (DAY, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  const char *counted = text;
  gsize line = 0;

  for (g_regex_match (regex, text, 0, &match);
       g_match_info_matches (match) && dates->len < MAX_DATES; g_match_info_next (match, NULL))
    {
      DmpFileDate *date;
      char day[9];
      int start, end;

      if (!read_day (match, day) || !g_match_info_fetch_pos (match, 0, &start, &end))
        continue;
      date = g_new0 (DmpFileDate, 1);
      memcpy (date->day, day, sizeof day);
      for (; counted < text + start; counted++)
        line += *counted == '\n';
      date->line = line;
      date->before = dup_before (text, text + start);
      date->birth = says_birth (date->before);
      date->found = dup_found (text, text + start, text + end, date->birth);
      g_ptr_array_add (dates, date);
    }
  return dates;
}
