#include "config.h"

#include "dmp-paper-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  double left, width; /* of the whole row */
  PangoAlignment align;
  double size;
} Column;

/* @cells: markup, as many as @columns */
static DmpPaperRow *
add_cells (DmpPaperMaker *self,
           DmpPaperColumn *column,
           const Column *columns,
           guint n,
           const char *const *cells)
{
  DmpPaperRow *row = dmp_paper_add_row (self, column);

  for (guint i = 0; i < n; i++)
    dmp_paper_row_add (row, self->context, cells[i], columns[i].size,
                       column->width * columns[i].left, column->width * columns[i].width,
                       columns[i].align);

  return row;
}

static DmpPaperColumn *
begin (DmpPaperMaker *self, const DmpSummaryBlock *block, const char *title, const char *remark)
{
  DmpPaperBand *band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
  g_autofree char *sentence = dmp_paper_escape (block->sentence);

  dmp_paper_add_title (self, &band->columns[0], title, remark);
  if (block->sentence != NULL)
    dmp_paper_add_text (self, &band->columns[0], sentence, DMP_PAPER_TEXT);

  return &band->columns[0];
}

/* --- Treatments --- */

static const Column treatment[] = {
  { 0, 0.33, PANGO_ALIGN_LEFT, DMP_PAPER_TEXT },
  { 0.34, 0.245, PANGO_ALIGN_LEFT, DMP_PAPER_TEXT },
  { 0.585, 0.18, PANGO_ALIGN_RIGHT, DMP_PAPER_SMALL },
  { 0.765, 0.125, PANGO_ALIGN_RIGHT, DMP_PAPER_TEXT },
  { 0.89, 0.11, PANGO_ALIGN_RIGHT, DMP_PAPER_SMALL },
};

/* Name and dose in bold, form and substance beside; all of it is there. */
static char *
dup_medicine (const DmpSummaryLine *line)
{
  const char *comma = strstr (line->text, ", ");
  g_autofree char *head =
      comma != NULL ? g_strndup (line->text, (gsize) (comma - line->text)) : g_strdup (line->text);
  g_autofree char *name = dmp_paper_escape_whole (head), *form = dmp_paper_escape_whole (comma);
  g_autofree char *substance = dmp_paper_escape_whole (line->substance);

  return g_strdup_printf ("<b>%s</b>%s%s%s%s", name, form, *substance != '\0' ? " – " : "",
                          substance, dmp_paper_get_hidden (line));
}

static char *
dup_posology (const DmpSummaryLine *line)
{
  g_autofree char *detail =
      dmp_paper_escape_whole (line->detail != NULL ? line->detail : _ ("posologie non transmise"));
  g_autofree char *note = dmp_paper_escape_whole (line->note); /* the dose of another list */

  return g_strdup_printf ("%s%s%s", detail, *note != '\0' ? " · " : "", note);
}

static char *
dup_last_delivery (const DmpSummaryLine *line)
{
  for (guint i = line->tracks != NULL ? line->tracks->len : 0; i > 0; i--)
    {
      const DmpSummaryTrack *track = line->tracks->pdata[i - 1];

      if (track->kind == DMP_TRACK_DELIVERY)
        return dmp_paper_day (track->start);
    }

  return g_strdup ("–");
}

/* The rules of the things to check that speak of @line, then its sources. */
static char *
dup_marks (DmpPaperMaker *self, const DmpSummaryLine *line)
{
  GPtrArray *flags = dmp_summary_get_flags (self->summary);
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *cited = dmp_paper_cite (self, line->sources);

  for (guint i = 0; i < flags->len && !dmp_summary_is_for_patient (self->summary); i++)
    {
      const DmpSummaryFlag *flag = flags->pdata[i];

      if (flag->severity != DMP_SEVERITY_QUIET && strstr (rules->str, flag->rule) == NULL &&
          g_ptr_array_find_with_equal_func (flag->lines, line->id, g_str_equal, NULL))
        g_string_append_printf (rules, "%s%s", rules->len > 0 ? " " : "", flag->rule);
    }

  return rules->len > 0 ? g_strdup_printf ("<b>▲%s</b> %s", rules->str, cited)
                        : g_steal_pointer (&cited);
}

static void
add_treatment (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryLine *line)
{
  g_autofree char *name = dup_medicine (line), *posology = dup_posology (line);
  g_autofree char *day = dmp_paper_day (line->source_date), *label = dmp_paper_escape (line->label);
  g_autofree char *source = g_strdup_printf ("%s %s", label, day);
  g_autofree char *delivered = dup_last_delivery (line), *marks = dup_marks (self, line);
  const char *const cells[] = { name, posology, source, delivered, marks };

  add_cells (self, column, treatment, G_N_ELEMENTS (treatment), cells);
}

void
dmp_paper_make_treatments (DmpPaperMaker *self)
{
  const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, DMP_BLOCK_TREATMENT);
  const char *const head[] = { _ ("Médicament"), _ ("Posologie telle qu’écrite"), _ ("Source du"),
                               _ ("Délivré le"), "" };
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  DmpPaperColumn *column =
      begin (self, block, _ ("Traitements en cours"),
             _ ("délivré ≠ pris ; hôpital et sans ordonnance absents des délivrances"));
  guint n = 0;

  if (block->n_current > 0)
    add_cells (self, column, treatment, G_N_ELEMENTS (treatment), head)->is_head = TRUE;
  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = block->lines->pdata[i];

      if (line->group == DMP_LINE_CURRENT && n++ < self->limits->main)
        add_treatment (self, column, line);
      else if (line->group == DMP_LINE_CURRENT)
        g_ptr_array_add (left_out, dup_medicine (line));
    }
  dmp_paper_add_rest (self, column, block, _ ("Arrêtés"));
  dmp_paper_leave_out (self, _ ("Traitements en cours"), left_out, self->limits->named);
}

/* --- Results --- */

static const Column result[] = {
  { 0, 0.22, PANGO_ALIGN_LEFT, DMP_PAPER_TEXT },
  { 0.22, 0.12, PANGO_ALIGN_RIGHT, DMP_PAPER_TEXT },
  { 0.35, 0.17, PANGO_ALIGN_LEFT, DMP_PAPER_TEXT },
  { 0.52, 0.06, PANGO_ALIGN_LEFT, DMP_PAPER_TEXT },
  { 0.58, 0.09, PANGO_ALIGN_RIGHT, DMP_PAPER_TEXT },
  { 0.67, 0.12, PANGO_ALIGN_RIGHT, DMP_PAPER_TEXT },
  { 0.92, 0.08, PANGO_ALIGN_RIGHT, DMP_PAPER_SMALL },
};

#define CURVE_LEFT 0.80
#define CURVE_WIDTH 0.12

static char *
dup_value (const DmpFactValue *value)
{
  g_autofree char *number = value != NULL ? dmp_fact_value_dup_number (value->number) : NULL;

  return dmp_paper_escape (number != NULL ? number : dmp_fact_value_get_text (value));
}

static char *
dup_flag (const DmpFactValue *value)
{
  const char *flag = value != NULL ? value->flag : NULL;

  if (flag == NULL || *flag == 'N')
    return g_strdup ("");

  return g_markup_printf_escaped ("<b>%s%s</b>",
                                  *flag == 'H'   ? "↑ "
                                  : *flag == 'L' ? "↓ "
                                                 : "",
                                  flag);
}

static void
add_result (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryLine *line)
{
  g_autofree char *text = dmp_paper_escape (line->text), *number = dup_value (line->value);
  g_autofree char *name = g_strconcat (text, dmp_paper_get_hidden (line), NULL);
  g_autofree char *value = g_strdup_printf ("<b>%s</b>", number);
  g_autofree char *unit = dmp_paper_escape (dmp_fact_value_get_unit (line->value));
  g_autofree char *note = dmp_paper_escape (line->note);
  g_autofree char *beside =
      g_strconcat (unit, *unit != '\0' && *note != '\0' ? " · " : "", note, NULL);
  g_autofree char *flag = dup_flag (line->value), *previous = dup_value (line->previous);
  g_autofree char *day = dmp_paper_day (line->date), *cited = dmp_paper_cite (self, line->sources);
  const char *const cells[] = { name, value, beside, flag, previous, day, cited };
  DmpPaperRow *row = add_cells (self, column, result, G_N_ELEMENTS (result), cells);

  row->curve = line;
  row->curve_left = column->width * CURVE_LEFT;
  row->curve_width = column->width * CURVE_WIDTH;
}

static void
add_result_head (DmpPaperMaker *self, DmpPaperColumn *column)
{
  const char *const head[] = { "", _ ("Dernier"), "", "", _ ("Préc."), _ ("Date"), "" };
  DmpPaperRow *row = add_cells (self, column, result, G_N_ELEMENTS (result), head);

  dmp_paper_row_add (row, self->context, _ ("24 mois"), DMP_PAPER_TEXT, column->width * CURVE_LEFT,
                     column->width * CURVE_WIDTH, PANGO_ALIGN_LEFT);
  row->is_head = TRUE;
}

void
dmp_paper_make_results (DmpPaperMaker *self)
{
  const DmpSummaryBlock *block = dmp_summary_get_block (self->summary, DMP_BLOCK_RESULT);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  DmpPaperColumn *column = begin (self, block, _ ("Biologie clé"),
                                  _ ("▨ norme du laboratoire · ● ▲ ■ : un laboratoire chacun"));
  guint n = 0;

  if (block->n_current > 0)
    add_result_head (self, column);
  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = block->lines->pdata[i];

      if (line->group == DMP_LINE_CURRENT && n++ < MIN (self->limits->main, 24))
        add_result (self, column, line);
      else if (line->group == DMP_LINE_CURRENT)
        g_ptr_array_add (left_out, dmp_paper_escape (line->text));
    }
  dmp_paper_add_rest (self, column, block, _ ("Anciens"));
  dmp_paper_add_missing (self, column, block);
  dmp_paper_leave_out (self, _ ("Biologie clé"), left_out, self->limits->named);
}
