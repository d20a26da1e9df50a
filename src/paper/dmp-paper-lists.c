#include "config.h"

#include "dmp-paper-private.h"

#include <glib/gi18n-lib.h>

/* --- Things to check --- */

static char *
dup_flag (DmpPaperMaker *self, const DmpSummaryFlag *flag)
{
  static const char *const shapes[] = { "▲▲", "▲", "△" };
  g_autofree char *title = dmp_paper_escape (flag->title);
  g_autofree char *text = dmp_paper_escape (flag->text);
  g_autofree char *cited = dmp_paper_cite (self, flag->sources);

  return g_strdup_printf (_ ("%s <b>%s %s</b> : %s <span size='90%%'>%s</span>"),
                          shapes[flag->severity], flag->rule, title, text, cited);
}

static void
add_boxed (DmpPaperMaker *self, DmpPaperColumn *column, const char *markup)
{
  DmpPaperRow *row = dmp_paper_row_new (column->width);

  row->boxed = TRUE;
  dmp_paper_row_add (row, self->context, markup, DMP_PAPER_TEXT, 0, column->width - 12,
                     PANGO_ALIGN_LEFT);
  g_ptr_array_add (column->rows, row);
}

static void
add_flags (DmpPaperMaker *self, DmpPaperColumn *column, GPtrArray *flags, guint shown)
{
  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *markup = dup_flag (self, flags->pdata[i]);

      add_boxed (self, column, markup);
    }
}

/* The worst stand first: the others are counted where they would stand, and named at the end. */
void
dmp_paper_make_flags (DmpPaperMaker *self)
{
  GPtrArray *flags = dmp_summary_get_flags (self->summary);
  DmpPaperBand *band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
  DmpPaperColumn *column = &band->columns[0];
  guint shown = MIN (flags->len, MAX (MIN (self->minor, 12), 3));
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (flags->len == 0)
    title = g_strdup_printf (_ ("<b>À VÉRIFIER</b> : %s"),
                             dmp_summary_get_coverage (self->summary)->counts[DMP_READ_PENDING] > 0
                                 ? _ ("lecture en cours")
                                 : _ ("aucune alerte d’après les documents lus"));
  else if (shown < flags->len)
    title = g_strdup_printf (_ ("<b>À VÉRIFIER</b> (%u, dont %u ici)"), flags->len, shown);
  else
    title = g_strdup_printf (_ ("<b>À VÉRIFIER</b> (%u)"), flags->len);
  add_boxed (self, column, title);
  add_flags (self, column, flags, shown);
  ((DmpPaperRow *) column->rows->pdata[0])->box_top = TRUE;
  ((DmpPaperRow *) column->rows->pdata[column->rows->len - 1])->box_bottom = TRUE;
  for (guint i = shown; i < flags->len; i++)
    {
      const DmpSummaryFlag *flag = flags->pdata[i];

      g_ptr_array_add (names, g_markup_printf_escaped ("%s %s", flag->rule, flag->title));
    }
  dmp_paper_leave_out (self, _ ("À vérifier"), names);
}

/* --- Lists: what it is, since when, where it is said --- */

/* @name: of the thing, bold or not; markup */
static void
add_line (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryLine *line, const char *name)
{
  DmpPaperRow *row = dmp_paper_add_row (self, column);
  g_autofree char *day = dmp_paper_day (line->date);
  g_autofree char *cited = dmp_paper_cite (self, line->sources);
  g_autofree char *text = g_strdup_printf ("%s <span size='90%%'>%s</span>", name, cited);
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
  g_autofree char *text = dmp_paper_escape (line->text), *detail = dmp_paper_escape (line->detail);

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

/* Lines with a row: those in force. */
static void
add_lines (DmpPaperMaker *self,
           DmpPaperColumn *column,
           const DmpSummaryBlock *block,
           DupName dup_name,
           guint limit,
           const char *title)
{
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = block->lines->pdata[i];
      char *name;

      if (line->group != DMP_LINE_CURRENT)
        continue;
      name = dup_name (line);
      if (n++ < limit)
        add_line (self, column, line, name);
      else
        g_ptr_array_add (left_out, dup_dated (name, line));
      g_free (name);
    }
  dmp_paper_leave_out (self, title, left_out);
}

static void
add_sentence (DmpPaperMaker *self, DmpPaperColumn *column, const char *sentence)
{
  g_autofree char *markup = dmp_paper_escape (sentence);

  if (sentence != NULL)
    dmp_paper_add_text (self, column, markup, DMP_PAPER_TEXT);
}

/* Several blocks under one title; a sentence only when there is nothing at all. */
static void
add_blocks (DmpPaperMaker *self,
            DmpPaperColumn *column,
            const char *title,
            const DmpBlockId *ids,
            guint n_ids,
            guint n_limit)
{
  const char *sentence = NULL;
  guint before;

  dmp_paper_add_title (self, column, title, NULL);
  before = column->rows->len;
  for (guint i = 0; i < n_ids; i++)
    {
      const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, ids[i]);

      add_lines (self, column, block, dup_plain, MIN (self->minor, n_limit), title);
      dmp_paper_add_rest (self, column, block, _ ("Anciens"));
      if (sentence == NULL)
        sentence = block->sentence;
    }
  if (column->rows->len == before)
    add_sentence (self, column, sentence != NULL ? sentence : _ ("Aucune information"));
}

void
dmp_paper_make_lists (DmpPaperMaker *self)
{
  static const DmpBlockId landmarks[] = { DMP_BLOCK_CONTACT, DMP_BLOCK_DIRECTIVE, DMP_BLOCK_EVENT,
                                          DMP_BLOCK_RISK };
  const DmpSummaryBlock *allergies = dmp_summary_get_block (self->summary, DMP_BLOCK_ALLERGY);
  const DmpSummaryBlock *problems = dmp_summary_get_block (self->summary, DMP_BLOCK_PROBLEM);
  DmpPaperBand *band = dmp_paper_add_band (self, 2, (const double[]){ 0.5, 0.5 });
  DmpPaperColumn *left = &band->columns[0], *right = &band->columns[1];

  dmp_paper_add_title (self, left, _ ("Allergies et intolérances"), NULL);
  add_sentence (self, left, allergies->sentence);
  add_lines (self, left, allergies, dup_bold, self->limit, _ ("Allergies et intolérances"));
  if (allergies->sentence == NULL)
    dmp_paper_add_rest (self, left, allergies, _ ("Anciennes"));
  dmp_paper_add_title (self, right, _ ("Problèmes actifs"), NULL);
  add_sentence (self, right, problems->sentence);
  add_lines (self, right, problems, dup_plain, self->limit, _ ("Problèmes actifs"));
  dmp_paper_add_rest (self, right, problems, _ ("Terminés"));
  add_blocks (self, left, _ ("Repères"), landmarks, G_N_ELEMENTS (landmarks), 6);
}

void
dmp_paper_make_past (DmpPaperMaker *self)
{
  static const DmpBlockId history[] = { DMP_BLOCK_DEVICE, DMP_BLOCK_HISTORY, DMP_BLOCK_PROCEDURE,
                                        DMP_BLOCK_UNCLASSIFIED };
  const DmpSummaryBlock *vaccines = dmp_summary_get_block (self->summary, DMP_BLOCK_VACCINE);
  DmpPaperBand *band = dmp_paper_add_band (self, 2, (const double[]){ 0.46, 0.54 });
  DmpPaperColumn *left = &band->columns[0];

  dmp_paper_add_title (self, left, _ ("Vaccins"), NULL);
  add_sentence (self, left, vaccines->sentence);
  add_lines (self, left, vaccines, dup_vaccine, MAX (MIN (self->minor, 14), 4), _ ("Vaccins"));
  dmp_paper_add_rest (self, left, vaccines, _ ("Anciens"));
  dmp_paper_add_missing (self, left, vaccines);
  add_blocks (self, &band->columns[1], _ ("Antécédents, actes, dispositifs"), history,
              G_N_ELEMENTS (history), 12);
}

/* --- The end --- */

static void
add_source (DmpPaperMaker *self, DmpPaperColumn *column, guint i)
{
  const DmpSummarySource *source = self->sources->pdata[i];
  g_autofree char *title = dmp_paper_escape (source->title);
  g_autofree char *author = dmp_paper_escape (source->author);
  g_autofree char *day = dmp_paper_day (source->date);
  g_autofree char *markup =
      g_strdup_printf ("[%u] %s%s%s%s%s", i + 1, title, *author != '\0' ? ", " : "", author,
                       *day != '\0' ? " · " : "", day);

  dmp_paper_add_text (self, column, markup, DMP_PAPER_SMALL)->rule = DMP_PAPER_NO_RULE;
}

void
dmp_paper_make_end (DmpPaperMaker *self)
{
  guint n = self->sources->len, rows = (n + 2) / 3;
  DmpPaperBand *band;

  if (n > 0)
    {
      band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
      dmp_paper_add_title (self, &band->columns[0], _ ("Sources"), NULL);
    }
  band = dmp_paper_add_band (self, 3, (const double[]){ 1.0 / 3, 1.0 / 3, 1.0 / 3 });
  for (guint i = 0; i < n; i++)
    add_source (self, &band->columns[i / rows], i);
  if (self->others->len == 0)
    return;
  band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
  dmp_paper_add_title (self, &band->columns[0], _ ("Sans ligne ici, faute de place"), NULL);
  dmp_paper_add_text (self, &band->columns[0], self->others->str, DMP_PAPER_TEXT);
}
