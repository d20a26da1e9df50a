#include "config.h"

#include "dmp-file-suggest.h"

#include "dmp-file-dates.h"
#include "dmp-file-type.h"
#include "model/dmp-code-table.h"
#include "model/dmp-text.h"
#include "model/dmp-wipe-buffer.h"

#include <string.h>

#define MAX_LINES 400
#define MAX_TITLE 120

typedef struct
{
  GPtrArray *lines;  /* (element-type utf8): as they stand, trimmed */
  GPtrArray *folded; /* (element-type utf8): the same, folded */
  DmpFileSuggestions *out;
} Reading;

void
dmp_file_suggestions_free (DmpFileSuggestions *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->type);
  dmp_wipe_text (self->type_found);
  dmp_wipe_text (self->title);
  dmp_wipe_text (self->title_found);
  dmp_wipe_text (self->date);
  dmp_wipe_text (self->date_found);
  dmp_wipe_text (self->author);
  dmp_wipe_text (self->author_found);
  g_free (self);
}

static const char *
line_at (Reading *self, guint i)
{
  return g_ptr_array_index (self->lines, i);
}

static const char *
folded_at (Reading *self, guint i)
{
  return g_ptr_array_index (self->folded, i);
}

static void
split (Reading *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "\n\f", -1);

  for (guint i = 0; parts[i] != NULL && self->lines->len < MAX_LINES; i++)
    {
      g_ptr_array_add (self->lines, g_strstrip (g_strdup (parts[i])));
      g_ptr_array_add (self->folded, dmp_text_fold (parts[i]));
    }
}

/* --- Type and title --- */

static char *
shorten (const char *text)
{
  const char *end = text;

  for (guint n = 0; *end && n < MAX_TITLE; n++)
    end = g_utf8_next_char (end);
  return g_strstrip (g_strndup (text, (gsize) (end - text)));
}

/* "COMPTE RENDU DE CONSULTATION" is a title to read, not to shout. */
static char *
calm (const char *title)
{
  g_autofree char *lower = g_utf8_strdown (title, -1);
  g_autofree char *upper = g_utf8_strup (title, -1);
  g_autofree char *first = NULL;

  if (strcmp (upper, title) != 0 || *lower == '\0')
    return g_strdup (title);
  first = g_utf8_strup (lower, (gssize) (g_utf8_next_char (lower) - lower));
  return g_strconcat (first, g_utf8_next_char (lower), NULL);
}

/* What follows "Objet :", "Motif :": what it is about. */
static char *
dup_subject (Reading *self)
{
  static const char *const labels[] = { "objet :",
                                        "objet:",
                                        "motif :",
                                        "motif:",
                                        "motif de consultation :",
                                        "motif d hospitalisation :",
                                        "indication :",
                                        "examen :" };

  for (guint n = 0; n < MIN (self->lines->len, 40); n++)
    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
      {
        const char *colon;

        if (!g_str_has_prefix (folded_at (self, n), labels[i]))
          continue;
        colon = strchr (line_at (self, n), ':');
        if (colon != NULL && strlen (colon) > 3 && strlen (colon) < 70)
          return g_strstrip (g_strdup (colon + 1));
      }
  return NULL;
}

static void
suggest_type (Reading *self)
{
  guint line = 0;
  const DmpFileType *type = dmp_file_type_find (self->folded, &line);
  g_autofree char *subject = NULL;
  g_autofree char *title = NULL;
  DmpFileSuggestions *out = self->out;

  if (type == NULL)
    return;
  out->type = dmp_code_table_dup_code (DMP_TABLE_TYPE, type->code, NULL);
  out->type_found = shorten (line_at (self, line));
  if (strlen (folded_at (self, line)) > 90 || out->type == NULL)
    return; /* a sentence is no title */
  title = calm (out->type_found);
  subject = dup_subject (self);
  if (subject != NULL && strlen (subject) > 1 && subject[strlen (subject) - 1] == '.')
    subject[strlen (subject) - 1] = '\0';
  out->title = subject != NULL && !g_str_equal (subject, title)
                   ? g_strdup_printf ("%s – %s", title, subject)
                   : g_strdup (title);
  out->title_found = g_strdup (out->type_found);
}

/* --- The date of the care --- */

/* What stands before a date and says that the care took place then; the first ones tell the most.
 */
static const char *const care_words[] = { "date de l acte",
                                          "date de consultation",
                                          "date de la consultation",
                                          "date de l examen",
                                          "date d examen",
                                          "date de prelevement",
                                          "date du prelevement",
                                          "date de l intervention",
                                          "date d intervention",
                                          "date operatoire",
                                          "date d entree",
                                          "preleve le",
                                          "prelevement du",
                                          "prelevement le",
                                          "consultation du",
                                          "consultation le",
                                          "examen du",
                                          "examen realise le",
                                          "realise le",
                                          "realisee le",
                                          "effectue le",
                                          "effectuee le",
                                          "pratique le",
                                          "pratiquee le",
                                          "intervention du",
                                          "opere le",
                                          "operee le",
                                          "hospitalise du",
                                          "hospitalisee du",
                                          "hospitalisation du",
                                          "sejour du",
                                          "vu le",
                                          "vue le",
                                          "vu en consultation le",
                                          "vue en consultation le",
                                          "passage du",
                                          "venu le",
                                          "venue le",
                                          "imagerie du",
                                          "radiographie du",
                                          "scanner du",
                                          "irm du",
                                          "echographie du",
                                          "vaccine le",
                                          "vaccination du",
                                          "seance du",
                                          "ordonnance du" };

/* What says that it is another day: of the next visit, of printing, of an earlier act. */
static const char *const other_words[] = {
  "rendez vous",     "prochain",   "valable",     "jusqu",       "edite le",  "imprime le",
  "expire",          "peremption", "anterieur",   "controle le", "depuis le", "date de naissance",
  "prescription du", "antecedent", "comparaison", "en date du",  "validite",  "renouvelable",
  "arret jusqu",     "au "
};

static int
score_date (const DmpFileDate *date)
{
  const char *tail = date->before + (strlen (date->before) > 60 ? strlen (date->before) - 60 : 0);
  gsize n = strlen (tail);

  if (date->birth || strstr (tail, "comparaison") != NULL || strstr (tail, "anterieur") != NULL ||
      strstr (tail, "precedent") != NULL)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (care_words); i++)
    {
      const char *at = strstr (tail, care_words[i]);

      if (at != NULL && n - (gsize) (at - tail) <= strlen (care_words[i]) + 14)
        return 200 - (int) i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (other_words); i++)
    if (strstr (tail, other_words[i]) != NULL)
      return 1;
  if (g_str_has_suffix (tail, "date :") || g_str_has_suffix (tail, "date"))
    return 90;
  /* "Meaux, le 15/01/2026" at the head of a letter */
  if ((g_str_has_suffix (tail, " le") || strcmp (tail, "le") == 0 || *tail == '\0') && n < 50)
    return 80 - (int) MIN (date->line, 60);
  return 10 - (int) MIN (date->line, 90) / 10;
}

static void
suggest_date (Reading *self, const char *text, const char *today)
{
  g_autoptr (GPtrArray) dates = dmp_file_dates_find (text);
  const DmpFileDate *best = NULL;
  int most = 1;

  for (guint i = 0; i < dates->len; i++)
    {
      const DmpFileDate *date = g_ptr_array_index (dates, i);
      int points = score_date (date);

      if (points > most && strcmp (date->day, today) <= 0)
        {
          most = points;
          best = date;
        }
    }
  if (best == NULL)
    return;
  self->out->date = g_strdup (best->day);
  self->out->date_found = best->line < self->lines->len
                              ? shorten (line_at (self, (guint) best->line))
                              : g_strdup (best->found);
}

/* --- The author --- */

/* "Dr Claire LEROY", "Docteur P. MARTIN" alone on its line, at the head or at the foot; "Cher
 * confrère", "adressé par le Dr" and the like name somebody else. */
static gboolean
is_author_line (const char *folded)
{
  static const char *const others[] = { "adresse",           "prescri",    "medecin traitant",
                                        "destinataire",      "copie",      "a l attention",
                                        "correspondant",     "cher",       "a :",
                                        "medecin demandeur", "demande par" };
  gboolean doctor =
      g_str_has_prefix (folded, "dr ") || g_str_has_prefix (folded, "dr. ") ||
      g_str_has_prefix (folded, "docteur ") || g_str_has_prefix (folded, "pr ") ||
      g_str_has_prefix (folded, "professeur ") || g_str_has_prefix (folded, "signe : dr ") ||
      g_str_has_prefix (folded, "signe par ") || g_str_has_prefix (folded, "redige par ") ||
      g_str_has_prefix (folded, "valide par ");

  for (guint i = 0; doctor && i < G_N_ELEMENTS (others); i++)
    if (strstr (folded, others[i]) != NULL)
      return FALSE;
  return doctor && strlen (folded) <= 60;
}

static void
suggest_author (Reading *self, const char *holder)
{
  g_autofree char *own = dmp_text_fold (holder);
  guint n = self->lines->len, found = n;

  for (guint i = 0; i < n; i++)
    {
      if (!is_author_line (folded_at (self, i)))
        continue;
      if (*own != '\0' && strstr (folded_at (self, i), own) != NULL)
        return; /* the holder's own */
      if (found == n || i > n - MIN (n, 15))
        found = i;
    }
  if (found == n)
    return;
  self->out->author = shorten (line_at (self, found));
  self->out->author_found = g_strdup (self->out->author);
}

DmpFileSuggestions *
dmp_file_suggest (const char *text, const char *holder, const char *today)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { lines, folded, g_new0 (DmpFileSuggestions, 1) };

  split (&reading, text);
  suggest_type (&reading);
  suggest_date (&reading, text, today);
  suggest_author (&reading, holder);
  return reading.out;
}
