#include "config.h"

#include "dmp-paper-private.h"

#include <glib/gi18n-lib.h>

/* --- Things to check --- */

static char *
dup_flag (DmpPaperMaker *self, const DmpSummaryFlag *flag)
{
  static const char *const shapes[] = { "▲▲", "▲", "△" };
  g_autofree char *title = dmp_paper_escape (flag->title);
  g_autofree char *text = dmp_paper_escape_whole (flag->text);
  g_autofree char *cited = dmp_paper_cite (self, flag->sources);

  return g_strdup_printf (_ ("%s <b>%s %s</b> : %s <span size='90%%'>%s</span>"),
                          shapes[flag->severity], flag->rule, title, text, cited);
}

static DmpPaperRow *
new_boxed (DmpPaperMaker *self, double width, const char *markup)
{
  DmpPaperRow *row = dmp_paper_row_new (width);

  row->boxed = TRUE;
  dmp_paper_row_add (row, self->context, markup, DMP_PAPER_TEXT, 0, width - 12, PANGO_ALIGN_LEFT);

  return row;
}

static void
add_boxed (DmpPaperMaker *self, DmpPaperColumn *column, const char *markup)
{
  g_ptr_array_add (column->rows, new_boxed (self, column->width, markup));
}

static void
add_flags_title (DmpPaperMaker *self, DmpPaperColumn *column, const char *markup)
{
  DmpPaperRow *row = new_boxed (self, column->width, markup);

  row->is_title = TRUE;
  row->again = new_boxed (self, column->width, _ ("<b>À VÉRIFIER</b> (suite)"));
  row->again->box_top = TRUE;
  g_ptr_array_add (column->rows, row);
}

/* How many have words here: the red ones all, as far as there is room. */
static guint
count_shown (DmpPaperMaker *self, GPtrArray *flags)
{
  guint red = 0;

  while (red < flags->len &&
         ((const DmpSummaryFlag *) flags->pdata[red])->severity == DMP_SEVERITY_RED)
    red++;

  return MIN (flags->len, MAX (MIN (red, self->limits->red), self->limits->flags));
}

/* Those without words here, each kind once: "C4 Texte ≠ donnée codée (7)". */
static void
add_other_flags (DmpPaperMaker *self, DmpPaperColumn *column, GPtrArray *flags, guint shown)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;
  guint i = shown;

  while (i < flags->len)
    {
      const DmpSummaryFlag *flag = flags->pdata[i];
      g_autofree char *title = dmp_paper_escape (flag->title);
      guint n = 0;

      for (;
           i < flags->len && g_str_equal (((DmpSummaryFlag *) flags->pdata[i])->title, flag->title);
           i++)
        n++;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " ; " : "", flag->rule, title);
      if (n > 1)
        g_string_append_printf (text, " (%u)", n);
    }
  markup =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "<b>+%u autre, à lire à l’écran</b> : %s",
                                    "<b>+%u autres, à lire à l’écran</b> : %s", flags->len - shown),
                       flags->len - shown, text->str);
  add_boxed (self, column, markup);
}

/* The worst stand first. */
void
dmp_paper_make_flags (DmpPaperMaker *self)
{
  GPtrArray *flags = dmp_summary_get_flags (self->summary);
  guint shown = count_shown (self, flags);
  g_autofree char *title = NULL;
  DmpPaperColumn *column;

  if (dmp_summary_is_for_patient (self->summary))
    return;
  column = &dmp_paper_add_band (self, 1, (const double[]){ 1 })->columns[0];
  if (flags->len == 0)
    title = g_strdup_printf (_ ("<b>À VÉRIFIER</b> : %s"),
                             dmp_summary_get_coverage (self->summary)->counts[DMP_READ_PENDING] > 0
                                 ? _ ("lecture en cours")
                                 : _ ("aucune alerte d’après les documents lus"));
  else if (shown < flags->len)
    title = g_strdup_printf (_ ("<b>À VÉRIFIER</b> (%u, dont %u ici)"), flags->len, shown);
  else
    title = g_strdup_printf (_ ("<b>À VÉRIFIER</b> (%u)"), flags->len);
  add_flags_title (self, column, title);
  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *markup = dup_flag (self, flags->pdata[i]);

      add_boxed (self, column, markup);
    }
  if (shown < flags->len)
    add_other_flags (self, column, flags, shown);
  ((DmpPaperRow *) column->rows->pdata[0])->box_top = TRUE;
  ((DmpPaperRow *) column->rows->pdata[column->rows->len - 1])->box_bottom = TRUE;
}

/* --- Lists: what it is, since when, where it is said --- */

/* @name: of the thing, bold or not; markup */
static void
add_line (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryLine *line, const char *name)
{
  DmpPaperRow *row = dmp_paper_add_row (self, column);
  g_autofree char *day = dmp_paper_day (line->date);
  g_autofree char *cited = dmp_paper_cite (self, line->sources);
  g_autofree char *text = g_strdup_printf ("%s%s <span size='90%%'>%s</span>", name,
                                           dmp_paper_get_hidden (line), cited);
  double date = *day != '\0' ? 58 : 0, indent = line->is_child ? 8 : 0;

  dmp_paper_row_add (row, self->context, text, DMP_PAPER_TEXT, indent,
                     column->width - date - indent, PANGO_ALIGN_LEFT);
  dmp_paper_row_add (row, self->context, day, DMP_PAPER_TEXT, column->width - date, date,
                     PANGO_ALIGN_RIGHT);
}

typedef char *(*DupName) (const DmpSummaryLine *line);

static char *
dup_bold (const DmpSummaryLine *line)
{
  g_autofree char *text = dmp_paper_dup_name (line), *detail = dmp_paper_escape (line->detail);

  return g_strdup_printf ("<b>%s</b>%s%s", text, *detail != '\0' ? " – " : "", detail);
}

static char *
dup_plain (const DmpSummaryLine *line)
{
  g_autofree char *text = dmp_paper_escape (line->text), *detail = dmp_paper_escape (line->detail);
  g_autofree char *note = dmp_paper_escape (line->note);

  return g_strdup_printf ("%s%s%s%s%s", text, *detail != '\0' ? " – " : "", detail,
                          *note != '\0' ? " · " : "", note);
}

/* Words that may name a medicine or a dose. */
static char *
dup_whole (const DmpSummaryLine *line)
{
  g_autofree char *text = dmp_paper_escape_whole (line->text);
  g_autofree char *detail = dmp_paper_escape (line->detail);

  return g_strdup_printf ("%s%s%s", text, *detail != '\0' ? " – " : "", detail);
}

static char *
dup_vaccine (const DmpSummaryLine *line)
{
  g_autofree char *text = dmp_paper_escape (line->text), *label = dmp_paper_escape (line->label);
  g_autofree char *note = dmp_paper_escape (line->note);

  return g_strdup_printf ("%s%s%s%s%s", text, *label != '\0' ? " · " : "", label,
                          *note != '\0' ? " · " : "", note);
}

static char *
dup_dated (const char *name, const DmpSummaryLine *line)
{
  g_autofree char *day = dmp_paper_day (line->date);

  return *day != '\0' ? g_strdup_printf ("%s (%s)", name, day) : g_strdup (name);
}

typedef gboolean (*Skip) (const DmpSummaryLine *line);

static gboolean
is_no_implant (const DmpSummaryLine *line)
{
  return !dmp_summary_line_is_implant (line);
}

/* Lines with a row: those in force; the names of those that found none are added to @left_out. */
static void
add_lines (DmpPaperMaker *self,
           DmpPaperColumn *column,
           const DmpSummaryBlock *block,
           DupName dup_name,
           Skip skip,
           guint limit,
           GPtrArray *left_out)
{
  guint n = 0;

  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = block->lines->pdata[i];
      char *name;

      if (line->group != DMP_LINE_CURRENT || (skip != NULL && skip (line)))
        continue;
      name = dup_name (line);
      if (n++ < limit)
        add_line (self, column, line, name);
      else
        g_ptr_array_add (left_out, dup_dated (name, line));
      g_free (name);
    }
}

static void
add_sentence (DmpPaperMaker *self, DmpPaperColumn *column, const char *sentence)
{
  g_autofree char *markup = dmp_paper_escape (sentence);

  if (sentence != NULL)
    dmp_paper_add_text (self, column, markup, DMP_PAPER_TEXT);
}

/* The same of a block of its own. @title: of what is left out */
static void
add_block (DmpPaperMaker *self,
           DmpPaperColumn *column,
           const DmpSummaryBlock *block,
           DupName dup_name,
           const char *title)
{
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);

  add_lines (self, column, block, dup_name, NULL, self->limits->main, left_out);
  dmp_paper_leave_out (self, title, left_out, self->limits->named);
}

/* --- Landmarks: what it is, under its name --- */

#define NAME_WIDTH 82.0

/* @words: markup */
static void
add_named (DmpPaperMaker *self, DmpPaperColumn *column, const char *name, const char *words)
{
  DmpPaperRow *row = dmp_paper_add_row (self, column);

  dmp_paper_row_add (row, self->context, name, DMP_PAPER_TEXT, 0, NAME_WIDTH - 4, PANGO_ALIGN_LEFT);
  dmp_paper_row_add (row, self->context, words, DMP_PAPER_TEXT, NAME_WIDTH,
                     column->width - NAME_WIDTH, PANGO_ALIGN_LEFT);
}

static const char *
get_name (DmpSummary *summary, const DmpSummaryLine *line)
{
  if (line->block == DMP_BLOCK_CONTACT)
    return _ ("À prévenir");
  if (line->block == DMP_BLOCK_DIRECTIVE)
    return _ ("Directives");

  return g_ptr_array_find (dmp_summary_get_stays (summary), line, NULL) ? _ ("Hospitalisation")
                                                                        : _ ("Visite");
}

/* "24/11/2025 – 28/11/2025 · CHU · Dyspnée" of a stay; words first of the others */
static char *
dup_landmark (DmpPaperMaker *self, const DmpSummaryLine *line)
{
  g_autofree char *text = dmp_paper_escape (line->text), *detail = dmp_paper_escape (line->detail);
  g_autofree char *day = dmp_paper_day (line->date), *end = dmp_paper_day (line->end_date);
  g_autofree char *cited = dmp_paper_cite (self, line->sources);
  gboolean period = *end != '\0' && !g_str_equal (day, end), stay = line->block == DMP_BLOCK_EVENT;
  const char *const parts[] = { stay ? "" : text, stay ? "" : detail, day, stay ? detail : "",
                                stay ? text : "" };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] == '\0')
        continue;
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts[i]);
      if (parts[i] == day && period)
        g_string_append_printf (words, " – %s", end);
    }
  g_string_append_printf (words, "%s <span size='90%%'>%s</span>", dmp_paper_get_hidden (line),
                          cited);

  return g_string_free (words, FALSE);
}

static void
add_synthesis (DmpPaperMaker *self, DmpPaperColumn *column)
{
  const DmpSummaryVsm *vsm = dmp_summary_get_vsm (self->summary);
  g_autofree char *words = vsm != NULL ? dmp_paper_escape (vsm->sentence) : NULL;

  if (vsm != NULL)
    add_named (self, column, _ ("Synthèse"), words);
}

static void
add_landmarks (DmpPaperMaker *self, DmpPaperColumn *column)
{
  static const DmpBlockId ids[] = { DMP_BLOCK_EVENT, DMP_BLOCK_CONTACT, DMP_BLOCK_DIRECTIVE };
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  guint before;

  dmp_paper_add_title (self, column, _ ("Repères"), NULL);
  before = column->rows->len;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, ids[i]);
      guint n = 0;

      for (guint k = 0; k < block->lines->len; k++)
        {
          const DmpSummaryLine *line = block->lines->pdata[k];
          g_autofree char *words = NULL;

          if (line->group != DMP_LINE_CURRENT)
            continue;
          words = dup_landmark (self, line);
          if (n++ < MAX (self->limits->minor, 1))
            add_named (self, column, get_name (self->summary, line), words);
          else
            g_ptr_array_add (left_out, g_steal_pointer (&words));
        }
      dmp_paper_add_rest (self, column, block, _ ("Anciens"));
    }
  dmp_paper_leave_out (self, _ ("Repères"), left_out, self->limits->names);
  add_synthesis (self, column);
  if (column->rows->len == before)
    add_sentence (self, column, dmp_summary_get_block (self->summary, DMP_BLOCK_EVENT)->sentence);
}

/* Points of vigilance, habits, risks. */
static void
add_risks (DmpPaperMaker *self, DmpPaperColumn *column)
{
  const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, DMP_BLOCK_RISK);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  guint before;

  dmp_paper_add_title (self, column, _ ("Vigilance, mode de vie"), NULL);
  before = column->rows->len;
  add_lines (self, column, block, dup_plain, NULL, MAX (self->limits->minor, 4), left_out);
  dmp_paper_leave_out (self, _ ("Vigilance, mode de vie"), left_out, self->limits->names);
  dmp_paper_add_rest (self, column, block, _ ("Anciens"));
  if (column->rows->len == before)
    add_sentence (self, column, block->sentence);
}

void
dmp_paper_make_lists (DmpPaperMaker *self)
{
  const DmpSummaryBlock *allergies = dmp_summary_get_block (self->summary, DMP_BLOCK_ALLERGY);
  const DmpSummaryBlock *problems = dmp_summary_get_block (self->summary, DMP_BLOCK_PROBLEM);
  DmpPaperBand *band = dmp_paper_add_band (self, 2, (const double[]){ 0.5, 0.5 });
  DmpPaperColumn *left = &band->columns[0], *right = &band->columns[1];

  dmp_paper_add_title (self, left, _ ("Allergies et intolérances"), NULL);
  add_sentence (self, left, allergies->sentence);
  add_block (self, left, allergies, dup_bold, _ ("Allergies et intolérances"));
  if (allergies->sentence == NULL)
    dmp_paper_add_rest (self, left, allergies, _ ("Anciennes"));
  dmp_paper_add_title (self, right, _ ("Problèmes actifs"), NULL);
  add_sentence (self, right, problems->sentence);
  add_block (self, right, problems, dup_plain, _ ("Problèmes actifs"));
  dmp_paper_add_rest (self, right, problems, _ ("Terminés"));
  add_risks (self, right);
  add_landmarks (self, left);
}

/* --- The past --- */

/* Devices, and acts that put one in: what magnets, scanners and surgeons want to know. */
static void
add_implants (DmpPaperMaker *self, DmpPaperColumn *column)
{
  static const DmpBlockId ids[] = { DMP_BLOCK_DEVICE, DMP_BLOCK_PROCEDURE };
  const DmpSummaryBlock *devices = dmp_summary_get_block (self->summary, DMP_BLOCK_DEVICE);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  guint before;

  dmp_paper_add_title (self, column, _ ("Implants et dispositifs"), NULL);
  before = column->rows->len;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    add_lines (self, column, dmp_summary_get_block (self->summary, ids[i]), dup_plain,
               is_no_implant, self->limits->main, left_out);
  dmp_paper_leave_out (self, _ ("Implants et dispositifs"), left_out, self->limits->named);
  dmp_paper_add_rest (self, column, devices, _ ("Anciens"));
  if (column->rows->len == before)
    add_sentence (self, column, devices->sentence);
}

/* Several blocks under one title; a sentence only when there is nothing at all. */
static void
add_history (DmpPaperMaker *self, DmpPaperColumn *column)
{
  static const DmpBlockId ids[] = { DMP_BLOCK_HISTORY, DMP_BLOCK_PROCEDURE };
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  const char *sentence = NULL;
  guint before;

  dmp_paper_add_title (self, column, _ ("Antécédents et actes"), NULL);
  before = column->rows->len;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, ids[i]);

      add_lines (self, column, block, dup_plain, dmp_summary_line_is_implant, self->limits->minor,
                 left_out);
      dmp_paper_add_rest (self, column, block, _ ("Anciens"));
      if (sentence == NULL)
        sentence = block->sentence;
    }
  dmp_paper_leave_out (self, _ ("Antécédents et actes"), left_out, self->limits->names);
  if (column->rows->len == before)
    add_sentence (self, column, sentence != NULL ? sentence : _ ("Aucune information"));
}

/* What nobody coded may be a medicine or a disease: it is no history. */
static void
add_unclassified (DmpPaperMaker *self, DmpPaperColumn *column)
{
  const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, DMP_BLOCK_UNCLASSIFIED);

  if (block->lines->len == 0)
    return;
  dmp_paper_add_title (self, column, _ ("Non classé, en texte seul"), NULL);
  add_block (self, column, block, dup_whole, _ ("Non classé, en texte seul"));
  dmp_paper_add_rest (self, column, block, _ ("Anciens"));
}

void
dmp_paper_make_past (DmpPaperMaker *self)
{
  const DmpSummaryBlock *vaccines = dmp_summary_get_block (self->summary, DMP_BLOCK_VACCINE);
  DmpPaperBand *band = dmp_paper_add_band (self, 2, (const double[]){ 0.46, 0.54 });
  DmpPaperColumn *left = &band->columns[0];
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);

  dmp_paper_add_title (self, left, _ ("Vaccins"), NULL);
  add_sentence (self, left, vaccines->sentence);
  add_lines (self, left, vaccines, dup_vaccine, NULL, MAX (self->limits->minor, 4), left_out);
  dmp_paper_leave_out (self, _ ("Vaccins"), left_out, self->limits->names);
  dmp_paper_add_rest (self, left, vaccines, _ ("Anciens"));
  dmp_paper_add_missing (self, left, vaccines);
  add_unclassified (self, left);
  add_implants (self, &band->columns[1]);
  add_history (self, &band->columns[1]);
}

/* --- The end --- */

/* Those of one kind and author together: "Biologie, LBM Bioval : [6] 14/01/2026 · [7] 10/12/2025".
 */
static void
append_source (DmpPaperMaker *self, GString *text, guint i)
{
  const DmpSummarySource *source = self->sources->pdata[i];
  g_autofree char *day = dmp_paper_day (source->date);

  g_string_append_printf (text, "%s<b>[%u]</b>%s%s", text->len > 0 ? " · " : "", i + 1,
                          *day != '\0' ? " " : "", day);
}

static gboolean
is_like (const DmpSummarySource *a, const DmpSummarySource *b)
{
  return g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->author, b->author) == 0;
}

/* Source @first and those like it. Returns: (transfer full) (nullable): NULL when it stands with
 * one before it */
static char *
dup_sources (DmpPaperMaker *self, guint first)
{
  const DmpSummarySource *source = self->sources->pdata[first];
  g_autofree char *title = dmp_paper_escape (source->title);
  g_autofree char *author = dmp_paper_escape (source->author);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < first; i++)
    if (is_like (self->sources->pdata[i], source))
      return NULL;
  for (guint i = first; i < self->sources->len; i++)
    if (is_like (self->sources->pdata[i], source))
      append_source (self, numbers, i);

  return g_strdup_printf ("%s, %s%s%s", numbers->str, title, *author != '\0' ? ", " : "", author);
}

/* In columns; where two pages are filled, one after the other, under @title. */
static void
add_sources (DmpPaperMaker *self, DmpPaperBand *title)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  guint n = self->limits->pages == 1 ? 3 : 1, rows;
  DmpPaperBand *band = title;

  for (guint i = 0; i < self->sources->len; i++)
    {
      char *markup = dup_sources (self, i);

      if (markup != NULL)
        g_ptr_array_add (groups, markup);
    }
  if (n == 1)
    {
      g_autofree char *all = NULL;

      g_ptr_array_add (groups, NULL);
      all = g_strjoinv (" ; ", (char **) groups->pdata);
      g_ptr_array_set_size (groups, 0);
      g_ptr_array_add (groups, g_steal_pointer (&all));
    }
  else
    band = dmp_paper_add_band (self, n, (const double[]){ 1.0 / n, 1.0 / n, 1.0 / n });
  rows = (groups->len + n - 1) / n;
  for (guint i = 0; i < groups->len; i++)
    dmp_paper_add_text (self, &band->columns[i / rows], groups->pdata[i], DMP_PAPER_SMALL)->rule =
        DMP_PAPER_NO_RULE;
}

void
dmp_paper_make_end (DmpPaperMaker *self)
{
  guint n = self->sources->len;
  g_autofree char *remark = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u document cité", "%u documents cités", n), n);
  DmpPaperBand *band;

  if (n > 0)
    {
      band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
      dmp_paper_add_title (self, &band->columns[0], _ ("Sources"), remark);
      add_sources (self, band);
    }
  if (self->others->len == 0)
    return;
  band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
  dmp_paper_add_title (self, &band->columns[0], _ ("Sans ligne ici, faute de place"), NULL);
  dmp_paper_add_text (self, &band->columns[0], self->others->str, DMP_PAPER_TEXT);
}
