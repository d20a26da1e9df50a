#include "config.h"

#include "dmp-lines-private.h"

#include "dmp-spark.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* --- What a row carries --- */

typedef struct
{
  DmpSummary *summary; /* keeps the values below alive */
  const DmpSummaryLine *line;
  const DmpSummaryFlag *flag;
} Carried;

static void
carried_free (Carried *carried)
{
  g_object_unref (carried->summary);
  g_free (carried);
}

static const Carried *
get_carried (GtkWidget *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "dmp-line") : NULL;
}

const DmpSummaryLine *
dmp_line_get_line (GtkWidget *row)
{
  const Carried *carried = get_carried (row);

  return carried != NULL ? carried->line : NULL;
}

const DmpSummaryFlag *
dmp_line_get_flag (GtkWidget *row)
{
  const Carried *carried = get_carried (row);

  return carried != NULL ? carried->flag : NULL;
}

const char *
dmp_line_get_id (GtkWidget *row)
{
  const DmpSummaryLine *line = dmp_line_get_line (row);
  const DmpSummaryFlag *flag = dmp_line_get_flag (row);

  return line != NULL ? line->id : flag != NULL ? flag->id : NULL;
}

gboolean
dmp_line_is (GtkWidget *row, const char *id)
{
  const DmpSummaryLine *line = dmp_line_get_line (row);

  return g_strcmp0 (dmp_line_get_id (row), id) == 0 ||
         (line != NULL && g_strcmp0 (line->whole, id) == 0);
}

GPtrArray *
dmp_line_get_sources (GtkWidget *row)
{
  const DmpSummaryLine *line = dmp_line_get_line (row);
  const DmpSummaryFlag *flag = dmp_line_get_flag (row);

  return line != NULL ? line->sources : flag != NULL ? flag->sources : NULL;
}

static gboolean
has_two_documents (const DmpSummaryLine *line)
{
  const DmpSummarySource *first = g_ptr_array_index (line->sources, 0);

  for (guint i = 1; i < line->sources->len; i++)
    if (strcmp (((DmpSummarySource *) line->sources->pdata[i])->document, first->document) != 0)
      return TRUE;

  return FALSE;
}

DmpLineParting
dmp_line_get_parting (const DmpSummaryLine *line)
{
  return line->whole != NULL        ? DMP_LINE_CAN_JOIN
         : has_two_documents (line) ? DMP_LINE_CAN_PART
                                    : DMP_LINE_CANNOT_PART;
}

GtkWidget *
dmp_line_new_row (DmpSummary *summary,
                  const DmpSummaryLine *line,
                  const DmpSummaryFlag *flag,
                  GtkWidget *child,
                  const char *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  Carried *carried = g_new0 (Carried, 1);

  carried->summary = g_object_ref (summary);
  carried->line = line;
  carried->flag = flag;
  g_object_set_data_full (G_OBJECT (row), "dmp-line", carried, (GDestroyNotify) carried_free);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_widget_add_css_class (row, "ca-line");
  if (line != NULL && line->group >= DMP_LINE_PAST)
    gtk_widget_add_css_class (row, "ca-past");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return row;
}

/* --- Pieces of a line --- */

char *
dmp_line_dup_date (const char *stamp)
{
  return stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;
}

GtkWidget *
dmp_line_new_sub (const char *text)
{
  return dmp_text_new (text != NULL ? text : "", "ca-sub ca-one-line");
}

void
dmp_line_append_if (GtkWidget *box, const char *text, const char *styles)
{
  if (text != NULL && *text != '\0')
    gtk_box_append (GTK_BOX (box), dmp_text_new (text, styles));
}

static GtkWidget *
new_dot (void)
{
  GtkWidget *dot = g_object_new (ADW_TYPE_BIN, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (dot, "ca-new");
  gtk_widget_set_tooltip_text (dot, _ ("Nouveau"));

  return dot;
}

/* A line that the reader took apart. */
static GtkWidget *
new_part_mark (void)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("edit-cut-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (mark), 12);
  gtk_widget_add_css_class (mark, "dim-label");
  gtk_widget_set_tooltip_text (mark, _ ("Séparé par vous (Ctrl+D pour regrouper)"));

  return mark;
}

/* What must not be read aloud, or not shown. */
static void
append_secrets (GtkWidget *box, const DmpSummaryLine *line)
{
  if (line->masked)
    gtk_box_append (GTK_BOX (box), dmp_tag_new ("changes-prevent-symbolic", _ ("masqué"), NULL));
  if (line->hidden_from_patient)
    gtk_box_append (GTK_BOX (box),
                    dmp_tag_new ("view-conceal-symbolic", _ ("non visible du patient"), NULL));
}

/* What is denied, or over, must not be read as what is: P7, T2. Returns: (nullable) */
static const char *
get_state (const DmpSummaryLine *line)
{
  if (line->negated)
    return line->block == DMP_BLOCK_VACCINE || line->block == DMP_BLOCK_PROCEDURE ? _ ("non fait")
                                                                                  : _ ("exclu");
  return line->group == DMP_LINE_PAST ? _ ("ancien") : NULL;
}

void
dmp_line_append_marks (GtkWidget *box, const DmpSummaryLine *line)
{
  if (get_state (line) != NULL)
    gtk_box_append (GTK_BOX (box), dmp_tag_new (NULL, get_state (line), NULL));
  if (line->is_new)
    gtk_box_append (GTK_BOX (box), new_dot ());
  append_secrets (box, line);
  if (line->whole != NULL)
    gtk_box_append (GTK_BOX (box), new_part_mark ());
}

static char *
dup_source_count (const GPtrArray *sources)
{
  return g_strdup_printf (_ ("%u doc."), sources->len);
}

char *
dmp_line_dup_words (const DmpSummaryLine *line)
{
  g_autofree char *date = dmp_line_dup_date (line->date != NULL ? line->date : line->source_date);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *all[] = { line->text,
                        get_state (line),
                        line->detail,
                        line->substance,
                        line->label,
                        line->note,
                        date,
                        line->for_patient ? NULL : dmp_trust_get_words (line->trust),
                        line->is_new ? _ ("nouveau") : NULL,
                        line->whole != NULL ? _ ("séparé par vous") : NULL,
                        line->masked ? _ ("masqué") : NULL,
                        line->hidden_from_patient ? _ ("non visible du patient") : NULL };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (parts, (gpointer) all[i]);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}

static GtkWidget *
new_end (const DmpSummaryLine *line)
{
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *count = dup_source_count (line->sources);
  GtkWidget *label = dmp_line_new_sub (count);

  gtk_widget_set_hexpand (end, TRUE);
  gtk_widget_set_halign (end, GTK_ALIGN_END);
  if (!line->for_patient)
    gtk_box_append (GTK_BOX (end), dmp_tag_new_trust (line->trust));
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_box_append (GTK_BOX (end), label);

  return end;
}

/* --- The lines --- */

GtkWidget *
dmp_line_new_allergy (DmpSummary *summary, const DmpSummaryLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *author = ((DmpSummarySource *) line->sources->pdata[0])->author;
  g_autofree char *date = dmp_line_dup_date (line->date), *below = NULL,
                  *words = dmp_line_dup_words (line);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *all[] = { line->note, line->detail, date, author };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (parts, (gpointer) all[i]);
  g_ptr_array_add (parts, NULL);
  below = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_box_append (GTK_BOX (top), dmp_text_new (line->text, "ca-strong"));
  dmp_line_append_marks (top, line);
  gtk_box_append (GTK_BOX (top), new_end (line));
  gtk_box_append (GTK_BOX (box), top);
  dmp_line_append_if (box, below, "ca-sub");

  return dmp_line_new_row (summary, line, NULL, box, words);
}

/* A name and what belongs to it, small; in one label, so that both wrap as one text. */
static GtkWidget *
new_name (const char *before, const char *name, const char *after)
{
  g_autofree char *first = g_markup_escape_text (before != NULL ? before : "", -1);
  g_autofree char *second = g_markup_escape_text (name, -1);
  g_autofree char *third = g_markup_escape_text (after != NULL ? after : "", -1);
  g_autofree char *markup =
      g_strdup_printf ("<small>%s</small>%s%s<small>%s%s</small>", first,
                       *first != '\0' ? "  " : "", second, *third != '\0' ? "  " : "", third);
  GtkWidget *label = dmp_text_new (NULL, NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);

  return label;
}

static gboolean
is_landmark (DmpBlockId block)
{
  return block == DMP_BLOCK_EVENT || block == DMP_BLOCK_CONTACT || block == DMP_BLOCK_DIRECTIVE ||
         block == DMP_BLOCK_RISK;
}

GtkWidget *
dmp_line_new_plain (DmpSummary *summary, const DmpSummaryLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *date = dmp_line_dup_date (line->date), *words = dmp_line_dup_words (line);

  gtk_box_append (GTK_BOX (box), new_name (is_landmark (line->block) ? line->label : NULL,
                                           line->text, line->detail));
  dmp_line_append_marks (box, line);
  dmp_line_append_if (box, line->note, "ca-amber ca-one-line");
  dmp_line_append_if (box, date, "ca-sub ca-one-line");
  gtk_box_append (GTK_BOX (box), new_end (line));

  return dmp_line_new_row (summary, line, NULL, box, words);
}

/* The antigen, how it is known, when. Brand and batch are in the tooltip, in words, and at the
 * source. */
GtkWidget *
dmp_line_new_vaccine (DmpSummary *summary, const DmpSummaryLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *name;
  g_autofree char *date = dmp_line_dup_date (line->date), *words = dmp_line_dup_words (line);

  name = dmp_text_new (line->text, NULL);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD); /* never "COVID-1" and "9" */
  gtk_box_append (GTK_BOX (box), name);
  dmp_line_append_marks (box, line);
  gtk_widget_set_hexpand (gtk_widget_get_last_child (box), TRUE);
  gtk_widget_set_halign (gtk_widget_get_last_child (box), GTK_ALIGN_START);
  dmp_line_append_if (box, line->note, "ca-amber ca-strong");
  dmp_line_append_if (box, line->label, "ca-sub ca-one-line");
  dmp_line_append_if (box, date != NULL ? date : "–", "ca-one-line");
  gtk_widget_set_tooltip_text (box, line->detail);

  return dmp_line_new_row (summary, line, NULL, box, words);
}

/* The shape only repeats what the title says. */
static const char *
news_icon (const DmpSummaryLine *line)
{
  static const char *const shapes[][2] = {
    { "biolog", "ca-laboratory-symbolic" },       { "prescription", "ca-prescription-symbolic" },
    { "ordonnance", "ca-prescription-symbolic" }, { "imagerie", "image-x-generic-symbolic" },
    { "chographie", "image-x-generic-symbolic" }, { "sortie", "ca-hospital-symbolic" },
    { "hospital", "ca-hospital-symbolic" },       { "lettre", "mail-unread-symbolic" },
    { "vaccin", "object-select-symbolic" },
  };
  g_autofree char *title = g_utf8_strdown (line->text, -1);
  DmpTrust trust = ((DmpSummarySource *) line->sources->pdata[0])->trust;

  if (trust == DMP_TRUST_AM)
    return "ca-insurer-symbolic";
  if (trust == DMP_TRUST_PATIENT)
    return "ca-patient-symbolic";
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (strstr (title, shapes[i][0]) != NULL)
      return shapes[i][1];
  return "x-office-document-symbolic";
}

GtkWidget *
dmp_line_new_news (DmpSummary *summary, const DmpSummaryLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *image = gtk_image_new_from_icon_name (news_icon (line)), *text;
  const char *author = ((DmpSummarySource *) line->sources->pdata[0])->author;
  g_autofree char *date = dmp_line_dup_date (line->date), *words = dmp_line_dup_words (line);
  g_autofree char *title = g_strjoin (" – ", line->text, line->detail, NULL);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), dmp_line_new_sub (date));
  text = dmp_text_new (title, NULL);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  append_secrets (box, line);
  dmp_line_append_if (box, author, "ca-sub ca-one-line");

  return dmp_line_new_row (summary, line, NULL, box, words);
}

/* --- Columns: a grid of 24 equal columns, so that all rows of a block line up --- */

GtkWidget *
dmp_line_new_columns (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_set_hexpand (grid, TRUE);

  return grid;
}

void
dmp_line_put (GtkWidget *grid, GtkWidget *child, int *column, int width)
{
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), child, *column, 0, width, 1);
  *column += width;
}

static void
put_right (GtkWidget *grid, const char *text, const char *styles, int *column, int width)
{
  GtkWidget *label = dmp_text_new (text != NULL ? text : "", styles);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_margin_end (label, 6);
  dmp_line_put (grid, label, column, width);
}

static const char *
flag_arrow (const char *flag)
{
  if (flag == NULL)
    return "";
  if (*flag == 'H')
    return "↑";
  return *flag == 'L' ? "↓" : "";
}

/* As French people write it: decimal comma, thousands set apart. */
static char *
dup_value (const DmpFactValue *value)
{
  g_autofree char *shown = NULL;
  GString *number;

  if (value == NULL)
    return NULL;
  if (value->number == NULL)
    return g_strdup (dmp_fact_value_get_text (value));
  shown = dmp_fact_value_dup_number (value->number);
  number = g_string_new (shown);
  if (number->len > 3 && strspn (number->str, "0123456789") == number->len)
    for (gssize at = (gssize) number->len - 3; at > 0; at -= 3)
      g_string_insert (number, at, " ");

  return g_string_free (number, FALSE);
}

static char *
dup_result_words (const DmpSummaryLine *line, const char *value, const char *previous)
{
  g_autofree char *date = dmp_line_dup_date (line->date), *trend = dmp_spark_dup_words (line);
  const char *flag = line->value != NULL ? line->value->flag : NULL;
  const char *unit = dmp_fact_value_get_unit (line->value);
  const char *state = flag == NULL   ? ""
                      : *flag == 'H' ? _ (", au-dessus de la norme")
                      : *flag == 'L' ? _ (", au-dessous de la norme")
                                     : "";

  return g_strdup_printf (_ ("%s : %s %s le %s%s, précédente %s, %s"), line->text,
                          value != NULL ? value : _ ("sans valeur"), unit, date, state,
                          previous != NULL ? previous : _ ("aucune"), trend);
}

GtkWidget *
dmp_line_new_result (DmpSummary *summary, const DmpSummaryLine *line)
{
  GtkWidget *grid = dmp_line_new_columns (), *name = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  g_autofree char *value = dup_value (line->value), *previous = dup_value (line->previous);
  g_autofree char *date = dmp_line_dup_date (line->date), *flag = NULL;
  g_autofree char *words = dup_result_words (line, value, previous);
  const char *raw = line->value != NULL ? line->value->flag : NULL;
  int column = 0;

  if (raw != NULL && *raw != 'N')
    flag = g_strdup_printf ("%s %s", flag_arrow (raw), raw);
  gtk_box_append (GTK_BOX (name), dmp_text_new (line->text, NULL));
  dmp_line_append_marks (name, line);
  dmp_line_put (grid, name, &column, 6);
  if (value == NULL)
    {
      dmp_line_put (grid, dmp_text_new (line->note != NULL ? line->note : "", "dim-label"), &column,
                    11);
    }
  else
    {
      put_right (grid, value, "ca-strong ca-one-line", &column, 2);
      dmp_line_put (grid, dmp_line_new_sub (dmp_fact_value_get_unit (line->value)), &column, 5);
      dmp_line_put (grid, dmp_text_new (flag != NULL ? flag : "", "ca-flag ca-one-line"), &column,
                    2);
      put_right (grid, previous, "ca-sub ca-one-line", &column, 2);
    }
  put_right (grid, date, "ca-sub ca-one-line", &column, 4);
  dmp_line_put (grid, dmp_spark_new (line), &column, 3);

  return dmp_line_new_row (summary, line, NULL, grid, words);
}

GtkWidget *
dmp_line_new_result_head (void)
{
  return dmp_text_new (_ ("précédente · dernière · 24 mois"), "ca-block-count");
}
