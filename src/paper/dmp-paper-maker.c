#include "config.h"

#include "dmp-paper-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORDS 400  /* characters of a sentence */
#define MAX_WHOLE 4000 /* of what is never cut */

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
                     remark != NULL ? width * 0.3 : width, PANGO_ALIGN_LEFT);
  if (remark != NULL)
    dmp_paper_row_add (row, self->context, remark, DMP_PAPER_TEXT, width * 0.3, width * 0.7,
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

/* Words in one line, without the signs that turn the direction of writing: what is said of one
 * medicine must not be read in the place of another. Returns: (transfer full) */
static char *
dup_plain (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));
  gboolean gap = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        continue;
      if (c < ' ' || c == 0x2028 || c == 0x2029)
        {
          gap = TRUE;
          continue;
        }
      if (gap && plain->len > 0)
        g_string_append_c (plain, ' ');
      gap = FALSE;
      g_string_append_unichar (plain, c);
    }

  return g_string_free (plain, FALSE);
}

char *
dmp_paper_escape (const char *text)
{
  g_autofree char *plain = text != NULL ? dup_plain (text) : g_strdup (""), *cut = NULL;

  if (g_utf8_strlen (plain, -1) <= MAX_WORDS)
    return g_markup_escape_text (plain, -1);
  cut = g_utf8_substring (plain, 0, MAX_WORDS);

  return g_markup_printf_escaped (_ ("%s [texte coupé : lire le document]"), cut);
}

char *
dmp_paper_escape_whole (const char *text)
{
  g_autofree char *plain = text != NULL ? dup_plain (text) : g_strdup ("");
  long n = g_utf8_strlen (plain, -1);

  if (n <= MAX_WHOLE)
    return g_markup_escape_text (plain, -1);

  return g_markup_printf_escaped (_ ("[texte de %ld caractères : à lire dans le document]"), n);
}

char *
dmp_paper_dup_name (const DmpSummaryLine *line)
{
  return line->block == DMP_BLOCK_TREATMENT || line->block == DMP_BLOCK_ALLERGY
             ? dmp_paper_escape_whole (line->text)
             : dmp_paper_escape (line->text);
}

const char *
dmp_paper_get_hidden (const DmpSummaryLine *line)
{
  if (line->masked)
    return _ (" <b>[masqué]</b>");

  return line->hidden_from_patient ? _ (" <b>[non visible du patient]</b>") : "";
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
  guint more = 0, most = self->limits->cites;

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
  g_autofree char *name = dmp_paper_dup_name (line), *day = dmp_paper_day (line->date);

  g_string_append (text, text->len > 0 ? " ; " : "");
  g_string_append (text, name);
  if (*day != '\0')
    g_string_append_printf (text, " (%s)", day);
  g_string_append (text, dmp_paper_get_hidden (line));
}

static void
append_more (GString *text, guint n)
{
  if (text->len == 0)
    g_string_append_printf (text, _ ("%u, à lire à l’écran"), n);
  else
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, " ; %u autre, à lire à l’écran",
                                         " ; %u autres, à lire à l’écran", n),
                            n);
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
    append_more (text, n - limit);

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
      /* what was only billed or is planned says little on paper */
      guint most =
          block->id == DMP_BLOCK_PROCEDURE && group == DMP_LINE_FOLDED ? 0 : self->limits->rest;
      g_autofree char *names = dup_names (block, group, most), *markup = NULL;

      if (titles[group] == NULL || *names == '\0')
        continue;
      markup = g_strdup_printf (_ ("<i>%s :</i> %s"), titles[group], names);
      dmp_paper_add_text (self, column, markup, DMP_PAPER_TEXT);
    }
}

void
dmp_paper_leave_out (DmpPaperMaker *self, const char *title, GPtrArray *names, guint most)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (names->len == 0)
    return;
  for (guint i = 0; i < MIN (most, names->len); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " ; " : "", (const char *) names->pdata[i]);
  if (names->len > most)
    append_more (text, names->len - most);
  g_string_append_printf (self->others, _ ("%s<b>%s</b> : %s"), self->others->len > 0 ? "\n" : "",
                          title, text->str);
}

/* Those of one note together: "Zona, VRS : aucune information". */
void
dmp_paper_add_missing (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryBlock *block)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < block->missing->len; i++)
    {
      const DmpSummaryMissing *missing = block->missing->pdata[i], *next = NULL;
      g_autofree char *name = dmp_paper_escape (missing->text);
      g_autofree char *note = dmp_paper_escape (missing->note);

      if (i + 1 < block->missing->len)
        next = block->missing->pdata[i + 1];
      g_string_append (text, name);
      if (next != NULL && g_strcmp0 (next->note, missing->note) == 0)
        g_string_append (text, ", ");
      else
        g_string_append_printf (text, _ (" : %s%s"), note, next != NULL ? " ; " : "");
    }
  if (text->len > 0)
    dmp_paper_add_text (self, column, text->str, DMP_PAPER_TEXT);
}
