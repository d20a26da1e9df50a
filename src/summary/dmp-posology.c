#include "config.h"

#include "dmp-summary-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Reads posologies exactly, or not at all: every word must be in these tables. */

#define DAYS_OF_MONTH 30.4375

typedef struct
{
  const char *const *words; /* folded, without accents */
  guint n;
  guint at;
  DmpPosology out;
  gboolean explicit_intake; /* the text says how much at a time */
  guint moments;            /* bits: morning, noon, evening */
} Reader;

static const struct
{
  const char *word;
  char unit;
} units[] = {
  { "cp", 'u' },        { "cps", 'u' },      { "comprime", 'u' }, { "comprimes", 'u' },
  { "gelule", 'u' },    { "gelules", 'u' },  { "sachet", 'u' },   { "sachets", 'u' },
  { "capsule", 'u' },   { "capsules", 'u' }, { "bouffee", 'u' },  { "bouffees", 'u' },
  { "goutte", 'u' },    { "gouttes", 'u' },  { "ampoule", 'u' },  { "ampoules", 'u' },
  { "injection", 'u' }, { "dose", 'u' },     { "doses", 'u' },    { "suppositoire", 'u' },
  { "ui", 'i' },        { "u", 'i' },        { "unites", 'i' },   { "mg", 'm' },
  { "ml", 'l' },
};

/* Masses beside mg, in mg; as they are written, folded, and in UCUM. */
static const struct
{
  const char *word;
  double mg;
} masses[] = { { "g", 1000 },      { "µg", 0.001 },           { "μg", 0.001 },
               { "ug", 0.001 },    { "mcg", 0.001 },          { "microgramme", 0.001 },
               { "gramme", 1000 }, { "microgrammes", 0.001 }, { "grammes", 1000 } };

/* Words around that change nothing to how much and how often. */
static const char *const ignored[] = { "a",       "au",    "aux",   "cours", "de",      "des",
                                       "du",      "en",    "jeun",  "la",    "le",      "les",
                                       "pendant", "repas", "avec",  "avant", "apres",   "l",
                                       "eau",     "un",    "verre", "d",     "coucher", "lever",
                                       "par",     "voie",  "orale", "sous",  "cutanee", NULL };

static const char *
peek (const Reader *reader, guint ahead)
{
  return reader->at + ahead < reader->n ? reader->words[reader->at + ahead] : "";
}

static gboolean
is_number (const char *word, double *value)
{
  char *end = NULL;

  if (!g_ascii_isdigit (*word))
    return FALSE;
  *value = g_ascii_strtod (word, &end);
  return *end == '\0';
}

static gboolean
read_unit (Reader *reader)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (peek (reader, 0), units[i].word) == 0)
      {
        reader->out.unit = units[i].unit;
        reader->at++;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (masses); i++)
    if (strcmp (peek (reader, 0), masses[i].word) == 0)
      {
        reader->out.unit = 'm';
        reader->out.dose *= masses[i].mg;
        reader->at++;
        return TRUE;
      }
  return FALSE;
}

/* "1 cp", "1/2 cp", "18 UI" */
static gboolean
read_dose (Reader *reader)
{
  double value, parts;

  if (!is_number (peek (reader, 0), &value) || value <= 0)
    return FALSE;
  reader->at++;
  if (strcmp (peek (reader, 0), "/") == 0 && is_number (peek (reader, 1), &parts) && parts > 0)
    {
      value /= parts;
      reader->at += 2;
    }
  reader->out.dose = value;
  return read_unit (reader);
}

static gboolean
is_day (const char *word)
{
  return strcmp (word, "j") == 0 || strcmp (word, "jour") == 0 || strcmp (word, "jours") == 0;
}

/* The days of "jour", "semaine", "mois"; 0 for another word. */
static double
days_of (const char *word)
{
  static const char *const weeks[] = { "semaine", "semaines", "sem", NULL };

  if (is_day (word))
    return 1;
  if (g_strv_contains (weeks, word))
    return 7;
  return strcmp (word, "mois") == 0 ? DAYS_OF_MONTH : 0;
}

/* "matin", "midi", "soir": each an intake once, however it is said; "et" joins them. */
static gboolean
read_moment (Reader *reader)
{
  static const struct
  {
    const char *word;
    guint bit;
  } moments[] = { { "matin", 1 }, { "midi", 2 }, { "soir", 4 }, { "coucher", 4 }, { "nuit", 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (strcmp (peek (reader, 0), moments[i].word) == 0)
      {
        reader->moments |= moments[i].bit;
        reader->at++;
        if (strcmp (peek (reader, 0), "et") == 0)
          reader->at++;
        return TRUE;
      }
  return FALSE;
}

/* "toutes les 6 h", "tous les jours", "3 fois par jour", "1 fois par semaine", "/ j", "par jour" */
static gboolean
read_frequency (Reader *reader)
{
  double value;

  if ((strcmp (peek (reader, 0), "toutes") == 0 || strcmp (peek (reader, 0), "tous") == 0) &&
      strcmp (peek (reader, 1), "les") == 0)
    {
      if (days_of (peek (reader, 2)) > 0)
        {
          reader->out.per_day = 1 / days_of (peek (reader, 2));
          reader->at += 3;
          return TRUE;
        }
      if (!is_number (peek (reader, 2), &value) || value <= 0)
        return FALSE;
      if (days_of (peek (reader, 3)) > 0)
        reader->out.per_day = 1 / (value * days_of (peek (reader, 3)));
      else if (strcmp (peek (reader, 3), "h") == 0 || strcmp (peek (reader, 3), "heures") == 0)
        reader->out.per_day = 24 / value;
      else
        return FALSE;
      reader->explicit_intake = TRUE;
      reader->at += 4;
      return TRUE;
    }
  if (is_number (peek (reader, 0), &value) && value > 0 && strcmp (peek (reader, 1), "fois") == 0)
    {
      guint skip = strcmp (peek (reader, 2), "par") == 0 || strcmp (peek (reader, 2), "/") == 0;

      if (!(days_of (peek (reader, 2 + skip)) > 0))
        return FALSE;
      reader->out.per_day = value / days_of (peek (reader, 2 + skip));
      reader->explicit_intake = TRUE;
      reader->at += 3 + skip;
      return TRUE;
    }
  if ((strcmp (peek (reader, 0), "/") == 0 || strcmp (peek (reader, 0), "par") == 0) &&
      days_of (peek (reader, 1)) > 0)
    {
      reader->out.per_day = 1 / days_of (peek (reader, 1));
      reader->at += 2;
      return TRUE;
    }
  return FALSE;
}

/* "pendant 7 jours", "3 mois": how long, not how much. */
static gboolean
skip_duration (Reader *reader)
{
  static const char *const spans[] = { "jours", "jour", "semaines", "semaine", "mois", NULL };
  double value;

  if ((reader->out.per_day > 0 || reader->moments) && is_number (peek (reader, 0), &value) &&
      g_strv_contains (spans, peek (reader, 1)))
    {
      reader->at += 2;
      return TRUE;
    }
  return FALSE;
}

/* Folded words; '/' stands alone; a decimal comma becomes a point. */
static char **
split_words (const char *text)
{
  g_autoptr (GString) bare = g_string_new (text);
  g_autofree char *folded = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_string_replace (bare, "½", " 1/2 ", 0);
  folded = dmp_summary_fold (bare->str);
  for (const char *p = folded; *p; p++)
    {
      gboolean digit_before = p > folded && g_ascii_isdigit (p[-1]);

      if (*p == ',' && digit_before && g_ascii_isdigit (p[1]))
        g_string_append_c (out, '.');
      else if (*p == '/')
        g_string_append (out, " / ");
      else if (strchr (",;()", *p))
        g_string_append_c (out, ' ');
      else if (digit_before && g_ascii_isalpha (*p))
        g_string_append_printf (out, " %c", *p);
      else
        g_string_append_c (out, *p);
    }
  parts = g_strsplit (out->str, " ", -1);
  for (guint i = 0; parts[i]; i++)
    {
      g_strdelimit (parts[i], ".", '.');
      if (*parts[i])
        g_strv_builder_add (words, parts[i]);
    }
  return g_strv_builder_end (words);
}

/* Moments and a frequency must agree: "matin et soir tous les jours", "3 fois par jour matin midi
 * et soir". FALSE: nothing is known for sure. */
static gboolean
join_moments (Reader *reader)
{
  guint n = (reader->moments & 1) + ((reader->moments >> 1) & 1) + ((reader->moments >> 2) & 1);
  double said = reader->out.per_day;

  if (n == 0)
    return said > 0;
  if (said > 0 && said != n && (said != 1 || reader->explicit_intake))
    return FALSE;
  reader->out.per_day = n;
  reader->explicit_intake = TRUE;
  return TRUE;
}

gboolean
dmp_posology_parse (const char *text, DmpPosology *out)
{
  g_auto (GStrv) words = text ? split_words (text) : NULL;
  Reader reader = { .words = (const char *const *) words, .n = words ? g_strv_length (words) : 0 };

  if (reader.n == 0 || !read_dose (&reader))
    return FALSE;
  while (reader.at < reader.n)
    {
      double before = reader.out.per_day;

      if (!read_frequency (&reader) && !read_moment (&reader) && !skip_duration (&reader))
        {
          if (!g_strv_contains (ignored, peek (&reader, 0)))
            return FALSE;
          reader.at++;
        }
      if (before > 0 && fabs (reader.out.per_day - before) > 1e-9)
        return FALSE; /* "1 cp par jour 1 semaine par mois" */
    }
  if (!join_moments (&reader))
    return FALSE;
  reader.out.daily = reader.out.dose * reader.out.per_day;
  if (!reader.explicit_intake)
    reader.out.dose = reader.out.per_day = 0;
  *out = reader.out;
  return TRUE;
}

static char
coded_unit (const char *unit)
{
  if (unit == NULL || *unit == '\0' || *unit == '{' || strcmp (unit, "1") == 0)
    return 'u';
  if (g_ascii_strcasecmp (unit, "[iU]") == 0)
    return 'i';
  if (strcmp (unit, "mg") == 0)
    return 'm';
  return g_ascii_strcasecmp (unit, "mL") == 0 ? 'l' : '?';
}

static double
intakes_a_day (const DmpFactDosage *dosage)
{
  double period = dosage->period ? g_ascii_strtod (dosage->period, NULL) : 0;
  const char *unit = dosage->period_unit ? dosage->period_unit : "";

  if (period > 0 && strcmp (unit, "h") == 0)
    return 24 / period;
  if (period > 0 && strcmp (unit, "d") == 0)
    return 1 / period;
  if (period > 0 && strcmp (unit, "wk") == 0)
    return 1 / (7 * period);
  if (period > 0 && strcmp (unit, "mo") == 0)
    return 1 / (DAYS_OF_MONTH * period);
  if (dosage->period == NULL && dosage->when)
    {
      g_auto (GStrv) events = g_strsplit (dosage->when, " ", -1);

      return g_strv_length (events);
    }
  return 0;
}

gboolean
dmp_posology_from_coded (const DmpFactDosage *dosage, DmpPosology *out)
{
  double low = dosage->dose_low ? g_ascii_strtod (dosage->dose_low, NULL) : 0;
  double high = dosage->dose_high ? g_ascii_strtod (dosage->dose_high, NULL) : low;
  double per_day = intakes_a_day (dosage);
  char unit = coded_unit (dosage->dose_unit);

  if (low <= 0 || low != high || per_day <= 0)
    return FALSE;
  for (guint i = 0; dosage->dose_unit && i < G_N_ELEMENTS (masses); i++)
    if (strcmp (dosage->dose_unit, masses[i].word) == 0)
      {
        low *= masses[i].mg;
        unit = 'm';
      }
  *out = (DmpPosology){ .dose = low, .per_day = per_day, .daily = low * per_day, .unit = unit };
  return TRUE;
}

char *
dmp_posology_dup_coded (const DmpFactDosage *dosage, const char *text)
{
  static const struct
  {
    const char *unit, *one, *every, *many;
  } periods[] = { { "h", NULL, "toutes les", "h" },
                  { "d", "par jour", "tous les", "jours" },
                  { "wk", "par semaine", "toutes les", "semaines" },
                  { "mo", "par mois", "tous les", "mois" } };
  const char *unit = dosage->period_unit ? dosage->period_unit : "";
  g_auto (GStrv) words = text ? g_strsplit (text, " ", 3) : NULL;
  const char *noun = words && words[0] && words[1] ? words[1] : "";
  g_autofree char *bare = g_strndup (noun, strcspn (noun, "/,;"));
  const char *dose = dosage->dose_low ? dosage->dose_low : "?";

  if (dosage->period == NULL)
    return g_strdup_printf ("%s %s (%s)", dose, bare, dosage->when ? dosage->when : "?");
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      if (strcmp (unit, periods[i].unit) != 0)
        continue;
      if (strcmp (dosage->period, "1") == 0 && periods[i].one)
        return g_strdup_printf ("%s %s %s", dose, bare, periods[i].one);
      return g_strdup_printf ("%s %s %s %s %s", dose, bare, periods[i].every, dosage->period,
                              periods[i].many);
    }
  return g_strdup_printf ("%s %s tous les %s %s", dose, bare, dosage->period, unit);
}
