#include "config.h"

#include "dmp-paper-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>

#define MAX_WORDS 400 /* characters of one cell */
#define MAX_NAMES 30  /* of a block, that found no line */
#define MAX_REST 4

void
dmp_paper_band_free (DmpPaperBand *band)
{
  for (guint i = 0; i < band->n; i++)
    g_ptr_array_unref (band->columns[i].rows);
  g_free (band);
}

DmpPaperBand *
dmp_paper_add_band (DmpPaperMaker *self, guint n, const double *shares)
{
  DmpPaperBand *band = g_new0 (DmpPaperBand, 1);
  double left = 0, all = self->width - (n - 1) * DMP_PAPER_GUTTER;

  g_return_val_if_fail (n <= G_N_ELEMENTS (band->columns), NULL);

  band->n = n;
  for (guint i = 0; i < n; i++)
    {
      band->columns[i] =
          (DmpPaperColumn){ left, all * shares[i],
                            g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_paper_row_free) };
      left += all * shares[i] + DMP_PAPER_GUTTER;
    }
  g_ptr_array_add (self->bands, band);

  return band;
}

DmpPaperRow *
dmp_paper_add_row (DmpPaperMaker *self, DmpPaperColumn *column)
{
  DmpPaperRow *row = dmp_paper_row_new (column->width);

  row->rule = DMP_PAPER_THIN;
  g_ptr_array_add (column->rows, row);

  return row;
}

static DmpPaperRow *
new_title (DmpPaperMaker *self, double width, const char *markup, const char *remark)
{
  DmpPaperRow *row = dmp_paper_row_new (width);

  row->above = 5;
  row->rule = DMP_PAPER_THICK;
  row->is_title = TRUE;
  dmp_paper_row_add (row, self->context, markup, DMP_PAPER_TEXT + 1, 0,
                     remark != NULL ? width * 0.4 : width, PANGO_ALIGN_LEFT);
  if (remark != NULL)
    dmp_paper_row_add (row, self->context, remark, DMP_PAPER_SMALL, width * 0.4, width * 0.6,
                       PANGO_ALIGN_RIGHT);

  return row;
}

void
dmp_paper_add_title (DmpPaperMaker *self,
                     DmpPaperColumn *column,
                     const char *title,
                     const char *remark)
{
  g_autofree char *words = g_markup_escape_text (title, -1);
  g_autofree char *small = remark != NULL ? g_markup_escape_text (remark, -1) : NULL;
  g_autofree char *first = g_strdup_printf ("<b>%s</b>", words);
  g_autofree char *again = g_strdup_printf (_ ("<b>%s</b> (suite)"), words);
  DmpPaperRow *row = new_title (self, column->width, first, small);

  row->again = new_title (self, column->width, again, NULL);
  g_ptr_array_add (column->rows, row);
}

DmpPaperRow *
dmp_paper_add_text (DmpPaperMaker *self, DmpPaperColumn *column, const char *markup, double size)
{
  DmpPaperRow *row = dmp_paper_add_row (self, column);

  dmp_paper_row_add (row, self->context, markup, size, 0, column->width, PANGO_ALIGN_LEFT);

  return row;
}

char *
dmp_paper_escape (const char *text)
{
  g_autofree char *cut = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (g_utf8_strlen (text, -1) <= MAX_WORDS)
    return g_markup_escape_text (text, -1);
  cut = g_utf8_substring (text, 0, MAX_WORDS);

  return g_markup_printf_escaped (_ ("%s [texte coupé : lire le document]"), cut);
}

char *
dmp_paper_day (const char *stamp)
{
  g_autofree char *day = stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;

  return dmp_paper_escape (day);
}

static guint
get_number (DmpPaperMaker *self, DmpSummarySource *source)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const DmpSummarySource *known = self->sources->pdata[i];

      if (g_str_equal (known->document, source->document))
        return i + 1;
    }
  g_ptr_array_add (self->sources, source);

  return self->sources->len;
}

char *
dmp_paper_cite (DmpPaperMaker *self, GPtrArray *sources)
{
  GString *text = g_string_new ("[");
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  guint more = 0, most = self->minor >= 8 ? 3 : 1;

  for (guint i = 0; i < sources->len; i++)
    {
      DmpSummarySource *source = sources->pdata[i];

      if (!g_hash_table_add (said, source->document))
        continue;
      if (g_hash_table_size (said) > most)
        more++;
      else
        g_string_append_printf (text, "%s%u", text->len > 1 ? ", " : "", get_number (self, source));
    }
  if (more > 0)
    g_string_append_printf (text, " +%u", more);
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

/* --- What has no row of its own --- */

static void
append_name (GString *text, const DmpSummaryLine *line)
{
  g_autofree char *name = dmp_paper_escape (line->text), *day = dmp_paper_day (line->date);

  g_string_append (text, text->len > 0 ? " ; " : "");
  g_string_append (text, name);
  if (*day != '\0')
    g_string_append_printf (text, " (%s)", day);
}

static char *
dup_names (const DmpSummaryBlock *block, DmpLineGroup group, guint limit)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = block->lines->pdata[i];

      if (line->group == group && n++ < limit)
        append_name (text, line);
    }
  if (n > limit)
    g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, " ; +%u autre", " ; +%u autres", n - limit), n - limit);

  return g_string_free (text, FALSE);
}

void
dmp_paper_add_rest (DmpPaperMaker *self,
                    DmpPaperColumn *column,
                    const DmpSummaryBlock *block,
                    const char *past)
{
  const char *const titles[] = { NULL, _ ("Autres"), past, _ ("Exclus") };

  for (guint group = DMP_LINE_FOLDED; group <= DMP_LINE_EXCLUDED; group++)
    {
      g_autofree char *names = dup_names (block, group, MIN (self->minor, MAX_REST)),
                      *markup = NULL;

      if (titles[group] == NULL || *names == '\0')
        continue;
      markup = g_strdup_printf (_ ("<i>%s :</i> %s"), titles[group], names);
      dmp_paper_add_text (self, column, markup, DMP_PAPER_TEXT);
    }
}

void
dmp_paper_leave_out (DmpPaperMaker *self, const char *title, GPtrArray *names)
{
  guint most = self->limit > 5 ? MAX_NAMES : 5;

  if (names->len == 0)
    return;
  g_string_append_printf (self->others,
                          g_dngettext (GETTEXT_PACKAGE, "%s<b>%s</b>, +%u autre : ",
                                       "%s<b>%s</b>, +%u autres : ", names->len),
                          self->others->len > 0 ? "\n" : "", title, names->len);
  for (guint i = 0; i < MIN (names->len, most); i++)
    g_string_append_printf (self->others, "%s%s", i > 0 ? " ; " : "",
                            (const char *) names->pdata[i]);
  if (names->len > most)
    g_string_append_printf (self->others, _ (" ; %u de plus à lire à l’écran"), names->len - most);
}

void
dmp_paper_add_missing (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryBlock *block)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < block->missing->len; i++)
    {
      const DmpSummaryMissing *missing = block->missing->pdata[i];
      g_autofree char *markup =
          g_markup_printf_escaped (_ ("%s : %s"), missing->text, missing->note);

      g_string_append_printf (text, "%s%s", i > 0 ? " ; " : "", markup);
    }
  if (text->len > 0)
    dmp_paper_add_text (self, column, text->str, DMP_PAPER_TEXT);
}
