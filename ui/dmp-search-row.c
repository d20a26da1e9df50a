#include "config.h"

#include "dmp-search-row.h"

#include "dmp-document-kind.h"
#include "dmp-marks.h"
#include "dmp-spark.h"
#include "dmp-tag.h"
#include "dmp-zoom.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHOWN_VALUES 4 /* beside the curve; all of them stand this many a line */
#define SPARK_WIDTH 160
#define ICON_SIZE 14 /* as large as a line of text */

/* --- What a row carries --- */

static GtkWidget *
new_row (DmpSearchGroup group, const DmpSearchHit *hit, GtkWidget *child, const char *words)
{
  GtkWidget *row = gtk_list_box_row_new ();

  g_object_set_data (G_OBJECT (row), "hit", (gpointer) hit);
  g_object_set_data (G_OBJECT (row), "group", GUINT_TO_POINTER (group));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_widget_add_css_class (row, "ca-hit");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return row;
}

const DmpSearchHit *
dmp_search_row_get_hit (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "hit") : NULL;
}

DmpSearchGroup
dmp_search_row_get_group (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "group"));
}

/* --- Pieces --- */

static char *
dup_day (const char *stamp)
{
  return stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : g_strdup ("");
}

static GtkWidget *
new_icon (const char *name)
{
  GtkWidget *image = gtk_image_new_from_icon_name (name);

  gtk_image_set_pixel_size (GTK_IMAGE (image), (int) (ICON_SIZE * dmp_zoom_get_text_scale ()));
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 2);
  gtk_widget_add_css_class (image, "dim-label");

  return image;
}

/* A grid: a box would lay its words out by their baselines, and be higher wide than narrow. */
static GtkWidget *
new_line (void)
{
  GtkWidget *line = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (line), 8);

  return line;
}

/* Beside a title that takes two lines, all stand at the first one. */
static void
append (GtkWidget *line, GtkWidget *child)
{
  gtk_widget_set_valign (child, GTK_ALIGN_START);
  gtk_grid_attach_next_to (GTK_GRID (line), child, NULL, GTK_POS_RIGHT, 1, 1);
}

/* The text of @hit, its first @strong bytes in bold, its words marked. */
static GtkWidget *
new_marked (const DmpSearchHit *hit, gsize strong)
{
  GtkWidget *label = dmp_text_new (hit->text, NULL);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  bold->start_index = 0;
  bold->end_index = (guint) strong;
  pango_attr_list_insert (list, bold);
  for (guint i = 0; i < hit->marks->len; i++)
    {
      const DmpSearchMark *mark = &g_array_index (hit->marks, DmpSearchMark, i);

      dmp_marks_add (list, label, hit->text, mark->start, mark->end);
    }
  gtk_label_set_attributes (GTK_LABEL (label), list);
  gtk_widget_set_hexpand (label, TRUE);

  return label;
}

static GtkWidget *
new_date (const char *day)
{
  return dmp_text_new (day, "ca-sub ca-one-line");
}

/* --- Values --- */

static guint
count_points (const DmpSearchHit *hit)
{
  return hit->points != NULL ? hit->points->len : dmp_summary_line_count_points (hit->line);
}

/* The @n-th newest of those asked for. */
static const DmpSummaryPoint *
get_point (const DmpSearchHit *hit, guint n)
{
  guint at = count_points (hit) - 1 - n;

  return dmp_summary_line_get_point (
      hit->line, hit->points != NULL ? g_array_index (hit->points, guint, at) : at);
}

static char *
dup_number (const DmpSummaryPoint *point)
{
  g_autofree char *number = dmp_fact_value_dup_number (point->number);
  const char *flag = point->flag;
  const char *sign = flag == NULL || *flag == 'N' ? ""
                     : *flag == 'H'               ? "↑ "
                     : *flag == 'L'               ? "↓ "
                                                  : "";

  return g_strdup_printf ("%s%s%s%s%s%s", sign, flag != NULL && *flag != 'N' ? flag : "",
                          flag != NULL && *flag != 'N' ? " " : "", number != NULL ? number : "–",
                          point->converted ? " " : "",
                          point->converted && point->unit != NULL ? point->unit : "");
}

static char *
dup_range (const DmpFactValue *value)
{
  g_autofree char *low = NULL, *high = NULL;

  if (value == NULL)
    return NULL;
  low = dmp_fact_value_dup_number (value->low);
  high = dmp_fact_value_dup_number (value->high);
  if (low != NULL && high != NULL)
    return g_strdup_printf (_ ("réf. %s – %s"), low, high);
  if (low != NULL || high != NULL)
    return g_strdup_printf (_ ("réf. %s %s"), low != NULL ? "≥" : "≤", low != NULL ? low : high);
  if (value->reference != NULL)
    return g_strdup_printf (_ ("réf. %s"), value->reference);
  return NULL;
}

/* "9 résultats codés · mmol/L · réf. 3,5 – 5,1" */
static char *
dup_about (const DmpSearchHit *hit)
{
  guint n = count_points (hit);
  g_autofree char *range = dup_range (hit->line->value);
  const char *unit = dmp_fact_value_get_unit (hit->line->value);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, g_dngettext (NULL, "%u résultat codé", "%u résultats codés", n), n);
  if (*unit != '\0')
    g_string_append_printf (out, " · %s", unit);
  if (range != NULL)
    g_string_append_printf (out, " · %s", range);

  return g_string_free (out, FALSE);
}

static void
attach_point (GtkGrid *grid, const DmpSummaryPoint *point, guint n)
{
  g_autofree char *day = dup_day (point->date), *number = dup_number (point);
  GtkWidget *label = dmp_text_new (number, point->abnormal ? "ca-red ca-strong ca-one-line"
                                                           : "ca-strong ca-one-line");
  int column = (int) (n % SHOWN_VALUES), line = (int) (n / SHOWN_VALUES) * 2;

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_grid_attach (grid, dmp_text_new (day, "ca-sub ca-one-line"), column, line, 1, 1);
  gtk_grid_attach (grid, label, column, line + 1, 1, 1);
}

static GtkWidget *
new_values (const DmpSearchHit *hit, gboolean whole)
{
  GtkWidget *grid = gtk_grid_new ();
  guint n = count_points (hit);
  GtkWidget *spark = dmp_spark_new (hit->line);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_widget_set_margin_start (grid, 22);
  for (guint i = 0; i < (whole ? n : MIN (n, SHOWN_VALUES)); i++)
    attach_point (GTK_GRID (grid), get_point (hit, i), i);
  gtk_widget_set_size_request (spark, SPARK_WIDTH, 34);
  gtk_widget_set_valign (spark, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), spark, MIN ((int) n, SHOWN_VALUES), 0, 1, 2);

  return grid;
}

/* "tout voir" of a group. */
static GtkWidget *
new_all (DmpSearchGroup group, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("tout voir"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "search.all");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint32) group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name, -1);
  gtk_widget_add_css_class (button, "ca-link");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (button, TRUE);

  return button;
}

static char *
dup_value_words (const DmpSearchHit *hit, const char *about)
{
  g_autofree char *trend = dmp_spark_dup_words (hit->line);
  const char *unit = dmp_fact_value_get_unit (hit->line->value);
  GString *out = g_string_new (hit->text);

  g_string_append_printf (out, ", %s", about);
  for (guint i = 0; i < MIN (count_points (hit), SHOWN_VALUES); i++)
    {
      const DmpSummaryPoint *point = get_point (hit, i);
      g_autofree char *day = dup_day (point->date);
      g_autofree char *number = dmp_fact_value_dup_number (point->number);
      const char *flag = point->flag != NULL ? point->flag : "";

      g_string_append_printf (out, _ (", %s %s le %s%s"), number != NULL ? number : "–",
                              point->converted && point->unit != NULL ? point->unit : unit, day,
                              *flag == 'H'   ? _ (", au-dessus de la norme")
                              : *flag == 'L' ? _ (", au-dessous de la norme")
                                             : "");
    }
  if (*trend != '\0')
    g_string_append_printf (out, ", %s", trend);

  return g_string_free (out, FALSE);
}

static GtkWidget *
new_value_row (const DmpSearchHit *hit, gboolean whole)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = new_line ();
  g_autofree char *about = dup_about (hit), *words = dup_value_words (hit, about);
  GtkWidget *name = new_marked (hit, strlen (hit->line->text));

  gtk_widget_set_hexpand (name, FALSE);
  append (head, new_icon ("ca-laboratory-symbolic"));
  append (head, name);
  append (head, dmp_text_new (about, "ca-sub"));
  if (!whole && count_points (hit) > SHOWN_VALUES)
    append (head, new_all (DMP_SEARCH_VALUES, hit->line->text));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), new_values (hit, whole));

  return new_row (DMP_SEARCH_VALUES, hit, box, words);
}

/* --- Treatments and passages --- */

static GtkWidget *
new_treatment_row (const DmpSearchHit *hit)
{
  GtkWidget *box = new_line ();
  g_autofree char *day = dup_day (hit->date);
  g_autofree char *words = g_strdup_printf ("%s, %s", hit->text, day);

  append (box, new_icon ("ca-prescription-symbolic"));
  append (box, new_marked (hit, strlen (hit->line->text)));
  append (box, new_date (day));

  return new_row (DMP_SEARCH_TREATMENTS, hit, box, words);
}

/* "page 3" of a file; the first one goes without saying. Returns: (nullable) */
static char *
dup_page (const DmpSearchHit *hit)
{
  DmpCdaPlace place;

  if (!dmp_cda_place_parse (hit->place, &place) || place.page == 0)
    return NULL;
  return g_strdup_printf (_ ("page %u"), place.page + 1);
}

static GtkWidget *
new_text_head (const DmpSearchHit *hit, const char *title, const char *day)
{
  GtkWidget *head = new_line ();
  GtkWidget *spacer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *page = dup_page (hit);

  append (head, dmp_text_new (title, "ca-strong"));
  if (hit->author != NULL)
    append (head, dmp_text_new (hit->author, "ca-sub"));
  if (page != NULL)
    append (head, dmp_text_new (page, "ca-sub ca-one-line"));
  if (hit->synonym)
    append (head, dmp_tag_new (NULL, _ ("synonyme"), NULL));
  gtk_widget_set_hexpand (spacer, TRUE);
  append (head, spacer);
  append (head, new_date (day));

  return head;
}

/* Those that say something. */
static char *
dup_sentence (const char *const *parts, guint n)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", parts[i]);

  return g_string_free (out, FALSE);
}

static GtkWidget *
new_text_row (const DmpSearchHit *hit, DmpDocumentEntry *entry)
{
  GtkWidget *box = new_line ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  const char *title =
      hit->title != NULL && *hit->title != '\0' ? hit->title : _ ("Document sans titre");
  g_autofree char *day = dup_day (hit->date);
  g_autofree char *page = dup_page (hit);
  const char *parts[] = { title,    hit->author, day, page, hit->synonym ? _ ("synonyme") : NULL,
                          hit->text };
  g_autofree char *words = dup_sentence (parts, G_N_ELEMENTS (parts));
  GtkWidget *text = new_marked (hit, 0);

  gtk_label_set_lines (GTK_LABEL (text), 2);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  append (box, new_icon (entry != NULL ? dmp_document_kind_get_icon (entry)
                                       : "x-office-document-symbolic"));
  gtk_box_append (GTK_BOX (lines), new_text_head (hit, title, day));
  gtk_box_append (GTK_BOX (lines), text);
  gtk_widget_set_hexpand (lines, TRUE);
  append (box, lines);

  return new_row (DMP_SEARCH_TEXTS, hit, box, words);
}

GtkWidget *
dmp_search_row_new (DmpSearchGroup group,
                    const DmpSearchHit *hit,
                    DmpDocumentEntry *entry,
                    gboolean whole)
{
  switch (group)
    {
    case DMP_SEARCH_VALUES:
      return new_value_row (hit, whole);
    case DMP_SEARCH_TREATMENTS:
      return new_treatment_row (hit);
    case DMP_SEARCH_TEXTS:
    default:
      return new_text_row (hit, entry);
    }
}

GtkWidget *
dmp_search_row_new_more (DmpSearchGroup group, guint n)
{
  g_autofree char *text = NULL;

  if (group == DMP_SEARCH_VALUES)
    text = g_strdup_printf (g_dngettext (NULL, "%u autre mesure", "%u autres mesures", n), n);
  else if (group == DMP_SEARCH_TREATMENTS)
    text =
        g_strdup_printf (g_dngettext (NULL, "%u autre traitement", "%u autres traitements", n), n);
  else
    text = g_strdup_printf (g_dngettext (NULL, "%u autre passage", "%u autres passages", n), n);

  return new_row (group, NULL, dmp_text_new (text, "ca-accent"), text);
}

char *
dmp_search_row_dup_key (GtkListBoxRow *row)
{
  const DmpSearchHit *hit = dmp_search_row_get_hit (row);

  if (hit == NULL)
    return NULL;
  return g_strdup_printf ("%u %s %s %s", dmp_search_row_get_group (row), hit->document, hit->place,
                          hit->line != NULL ? hit->line->id : hit->text);
}

void
dmp_search_row_set_header (GtkListBoxRow *row,
                           GtkListBoxRow *before,
                           const DmpSearchResults *results,
                           gboolean alone)
{
  DmpSearchGroup group = dmp_search_row_get_group (row);
  gboolean texts = group == DMP_SEARCH_TEXTS;
  const char *name = texts ? _ ("Texte") : _ ("Traitements");
  g_autofree char *count = NULL;
  GtkWidget *box, *title;

  gtk_list_box_row_set_header (row, NULL);
  if (group == DMP_SEARCH_VALUES || (before != NULL && dmp_search_row_get_group (before) == group))
    return;
  count = g_strdup_printf (texts ? _ ("%u · du plus récent au plus ancien") : "%u",
                           results->totals[group]);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label",
                        name, NULL);
  gtk_widget_add_css_class (title, "ca-strong");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), dmp_text_new (count, "ca-sub"));
  if (!alone && results->totals[group] > 1)
    gtk_box_append (GTK_BOX (box), new_all (group, name));
  gtk_widget_add_css_class (box, "ca-hits-head");
  gtk_list_box_row_set_header (row, box);
}

/* --- Hits --- */

/* A series stands for its values. */
static guint
count_values (const GPtrArray *series)
{
  guint n = 0;

  for (guint i = 0; i < series->len; i++)
    n += MAX (count_points (g_ptr_array_index (series, i)), 1);

  return n;
}

guint
dmp_search_count_found (const DmpSearchResults *results, guint group)
{
  guint n = 0;

  for (guint i = 0; results != NULL && i < DMP_SEARCH_N_GROUPS; i++)
    if (group == DMP_SEARCH_N_GROUPS || group == i)
      n += i == DMP_SEARCH_VALUES ? count_values (results->hits[i]) : results->totals[i];

  return n;
}

char **
dmp_search_hit_dup_words (const DmpSearchHit *hit)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < hit->marks->len; i++)
    {
      const DmpSearchMark *mark = &g_array_index (hit->marks, DmpSearchMark, i);
      char *word = g_utf8_substring (hit->text, mark->start, mark->end);

      if (!g_hash_table_contains (seen, word))
        g_strv_builder_add (words, word);
      g_hash_table_add (seen, word);
    }

  return g_strv_builder_end (words);
}
