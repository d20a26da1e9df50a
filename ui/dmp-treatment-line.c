#include "config.h"

#include "dmp-lines-private.h"

#include "dmp-frieze.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_PARTS 4
#define LONG_NOTE 30  /* characters */
#define UNDER_NAME 22 /* pixels: where the name begins, after the mark */

/* Name, posology, source, frieze: columns of 24, side by side, and with the frieze below. */
static const int beside[N_PARTS] = { 9, 5, 4, 6 };
static const int below[N_PARTS] = { 12, 7, 5, 24 };

/* --- Pieces ---------------------------------------------------------------------------------- */

/* A tablet or a capsule that is nothing but that: said in the tooltip only. Whatever changes how it
 * is taken, or how fast it works, stays on the line. */
static gboolean
is_plain_form (const char *form)
{
  static const char *const plain[] = { "comprimé", "gélule",        "pelliculé", "enrobé",
                                       "sécable",  "quadrisécable", "dragéifié", NULL };
  g_auto (GStrv) words = g_strsplit (form, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && !g_strv_contains (plain, *word))
      return FALSE;
  return TRUE;
}

/* Name and dose in bold, the rest (form, substance) small; in one label, so that it wraps as one.
 */
static GtkWidget *
new_medicine (const DmpSummaryLine *line)
{
  const char *comma = strstr (line->text, ", ");
  gboolean plain = comma != NULL && is_plain_form (comma + 2);
  g_autofree char *name =
      g_markup_escape_text (line->text, comma != NULL ? comma - line->text : -1);
  g_autofree char *form = g_markup_escape_text (comma != NULL && !plain ? comma : "", -1);
  g_autofree char *substance =
      line->substance != NULL ? g_markup_escape_text (line->substance, -1) : g_strdup ("");
  g_autofree char *markup = g_strdup_printf ("<b>%s</b><small>%s%s%s</small>", name, form,
                                             *substance != '\0' ? " · " : "", substance);
  GtkWidget *label = dmp_text_new (NULL, NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  if (plain)
    gtk_widget_set_tooltip_text (label, line->text);

  return label;
}

/* The worst thing to check about @line; QUIET without one. */
static DmpSeverity
find_worst (DmpSummary *summary, const DmpSummaryLine *line)
{
  GPtrArray *flags = dmp_summary_get_flags (summary);
  DmpSeverity worst = DMP_SEVERITY_QUIET;

  for (guint i = 0; i < flags->len; i++)
    {
      const DmpSummaryFlag *flag = g_ptr_array_index (flags, i);

      if (g_ptr_array_find_with_equal_func (flag->lines, line->id, g_str_equal, NULL))
        worst = MIN (worst, flag->severity);
    }

  return worst;
}

GtkWidget *
dmp_line_new_mark (DmpSeverity severity)
{
  GtkWidget *image = gtk_image_new ();
  gboolean red = severity == DMP_SEVERITY_RED;

  gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
  if (severity == DMP_SEVERITY_QUIET)
    return image;
  gtk_image_set_from_icon_name (GTK_IMAGE (image),
                                red ? "ca-octo-symbolic" : "ca-triangle-symbolic");
  gtk_widget_add_css_class (image, red ? "ca-shape-red" : "ca-shape-amber");
  gtk_widget_set_tooltip_text (image, _ ("À vérifier : voir le bloc 1"));

  return image;
}

DmpSeverity
dmp_line_get_mark (GtkWidget *row)
{
  gpointer mark = g_object_get_data (G_OBJECT (row), "mark");

  return mark != NULL ? (DmpSeverity) (GPOINTER_TO_INT (mark) - 1) : DMP_SEVERITY_QUIET;
}

/* --- The line -------------------------------------------------------------------------------- */

/* A remark that would make a tower of its column: it stands under the line. @note: (nullable) */
static gboolean
is_long (const char *note)
{
  return note != NULL && g_utf8_strlen (note, -1) > LONG_NOTE;
}

static GtkWidget *
new_posology (const DmpSummaryLine *line)
{
  GtkWidget *posology = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  dmp_line_append_if (posology, line->detail != NULL ? line->detail : _ ("posologie non transmise"),
                      line->detail != NULL ? NULL : "dim-label");
  if (!is_long (line->note))
    dmp_line_append_if (posology, line->note, "ca-sub");
  return posology;
}

static GtkWidget *
new_source (const DmpSummaryLine *line)
{
  GtkWidget *source = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *date = dmp_line_dup_date (line->source_date);

  if (!line->for_patient)
    gtk_box_append (GTK_BOX (source), dmp_tag_new_trust (line->trust));
  gtk_box_append (GTK_BOX (source), dmp_line_new_sub (date));
  gtk_widget_set_tooltip_text (source, line->label);
  return source;
}

/* Returns: (transfer floating): @grid, or a box of it and the remark */
static GtkWidget *
add_note (GtkWidget *grid, const char *note)
{
  GtkWidget *box, *label;

  if (!is_long (note))
    return grid;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = dmp_text_new (note, "ca-sub");
  gtk_widget_set_margin_start (label, UNDER_NAME);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
dmp_line_new_treatment (DmpSummary *summary, const DmpSummaryLine *line)
{
  GtkWidget *grid = dmp_line_new_columns (), *name = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *parts[N_PARTS] = { name, new_posology (line), new_source (line),
                                dmp_frieze_new (summary, line) };
  g_autofree char *words = dmp_line_dup_words (line), *history = dmp_frieze_dup_words (line);
  g_autofree char *said = g_strjoin (*history != '\0' ? ", " : "", words, history, NULL);
  DmpSeverity worst = find_worst (summary, line);
  GtkWidget *row;
  int column = 0;

  gtk_box_append (GTK_BOX (name), dmp_line_new_mark (worst));
  gtk_box_append (GTK_BOX (name), new_medicine (line));
  dmp_line_append_marks (name, line);
  gtk_widget_set_margin_end (name, 8);
  for (guint i = 0; i < N_PARTS; i++)
    dmp_line_put (grid, parts[i], &column, beside[i]);
  row = dmp_line_new_row (summary, line, NULL, add_note (grid, line->note), said);
  g_object_set_data (G_OBJECT (row), "mark", GINT_TO_POINTER ((int) worst + 1));
  return row;
}

void
dmp_line_set_stacked (GtkWidget *row, gboolean stacked)
{
  const DmpSummaryLine *line = dmp_line_get_line (row);
  GtkWidget *grid = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *part;
  int column = 0;

  if (dmp_line_get_flag (row) != NULL)
    dmp_flag_line_set_stacked (row, stacked);
  if (GTK_IS_BOX (grid) && GTK_IS_GRID (gtk_widget_get_first_child (grid)))
    grid = gtk_widget_get_first_child (grid);
  if (line == NULL || line->block != DMP_BLOCK_TREATMENT || !GTK_IS_GRID (grid))
    return;
  part = gtk_widget_get_first_child (grid);
  for (guint i = 0; i < N_PARTS && part != NULL; i++, part = gtk_widget_get_next_sibling (part))
    {
      GtkLayoutChild *place =
          gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (grid), part);
      int width = stacked ? below[i] : beside[i];
      gboolean under = stacked && DMP_IS_FRIEZE (part);

      g_object_set (place, "column", under ? 0 : column, "row", under ? 1 : 0, "column-span", width,
                    NULL);
      column += width;
    }
}

GtkWidget *
dmp_line_new_treatment_head (void)
{
  GtkWidget *grid = dmp_line_new_columns ();
  int column = beside[0];

  dmp_line_put (grid, dmp_text_new (_ ("posologie telle qu’écrite"), "ca-block-count"), &column,
                beside[1]);
  dmp_line_put (grid, dmp_text_new (_ ("source"), "ca-block-count"), &column, beside[2]);
  dmp_line_put (grid, dmp_frieze_new_scale (), &column, beside[3]);
  /* The empty columns count too: a grid has no more than its children reach. */
  column = 0;
  dmp_line_put (grid, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), &column, beside[0]);
  return grid;
}
