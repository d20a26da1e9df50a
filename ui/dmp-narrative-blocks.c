#include "config.h"

#include "dmp-narrative-blocks.h"

#include "dmp-file-view.h"
#include "dmp-tag.h"
#include "dmp-wide.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Runs of text --- */

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
add_style (PangoAttrList *list, DmpCdaStyle style, guint start, guint end)
{
  if (style & DMP_CDA_STYLE_BOLD)
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (style & DMP_CDA_STYLE_ITALIC)
    add_attribute (list, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (style & DMP_CDA_STYLE_UNDERLINE)
    add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
  if (style & DMP_CDA_STYLE_DELETED)
    add_attribute (list, pango_attr_strikethrough_new (TRUE), start, end);
  if (style & (DMP_CDA_STYLE_SUPERSCRIPT | DMP_CDA_STYLE_FOOTNOTE_REF))
    {
      add_attribute (list, pango_attr_font_scale_new (PANGO_FONT_SCALE_SUPERSCRIPT), start, end);
      add_attribute (list, pango_attr_baseline_shift_new (PANGO_BASELINE_SHIFT_SUPERSCRIPT), start,
                     end);
    }
  if (style & DMP_CDA_STYLE_SUBSCRIPT)
    {
      add_attribute (list, pango_attr_font_scale_new (PANGO_FONT_SCALE_SUBSCRIPT), start, end);
      add_attribute (list, pango_attr_baseline_shift_new (PANGO_BASELINE_SHIFT_SUBSCRIPT), start,
                     end);
    }
}

static gboolean
has_id (char **ids, const char *id)
{
  return ids != NULL && id != NULL && g_strv_contains ((const char *const *) ids, id);
}

static gboolean
runs_cited (const GPtrArray *runs, const char *place)
{
  for (guint i = 0; place != NULL && i < runs->len; i++)
    if (has_id (((DmpCdaRun *) runs->pdata[i])->ids, place))
      return TRUE;

  return FALSE;
}

void
dmp_narrative_block_cite (DmpNarrativeContext *context, GtkWidget *widget)
{
  gtk_widget_add_css_class (widget, "ca-cited");
  if (context->cited != NULL)
    return;
  gtk_widget_set_focusable (widget, TRUE);
  context->cited = widget;
}

/* A label that can be selected; tables leave it out of the Tab order. */
/* Whether a link leads elsewhere than its words say; inside the document it leads nowhere. */
static gboolean
tells_more (const DmpCdaRun *run)
{
  const char *target = run->target;
  gsize length;

  if (target == NULL || run->style & DMP_CDA_STYLE_FOOTNOTE_REF || *target == '#' ||
      *run->text == '\0')
    return FALSE;
  if (g_str_has_prefix (target, "https://"))
    target += strlen ("https://");
  if (g_str_has_prefix (target, "www."))
    target += strlen ("www.");
  length = strlen (target);
  length -= g_str_has_suffix (target, "/");

  return length == 0 || g_strstr_len (run->text, -1, target) == NULL;
}

static GtkWidget *
fill_label (DmpNarrativeContext *context, GtkWidget *label, const GPtrArray *runs)
{
  PangoAttrList *list = pango_attr_list_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const DmpCdaRun *run = g_ptr_array_index (runs, i);
      guint start = text->len;

      g_string_append (text, run->text);
      if (tells_more (run))
        g_string_append_printf (text, " (%s)", run->target);
      add_style (list, run->style, start, text->len);
    }
  gtk_label_set_text (GTK_LABEL (label), text->str);
  gtk_label_set_attributes (GTK_LABEL (label), list);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (runs_cited (runs, context->place))
    dmp_narrative_block_cite (context, label);
  else if (text->len == 0) /* a screen reader would read its type */
    gtk_widget_set_visible (label, FALSE);
  pango_attr_list_unref (list);
  g_string_free (text, TRUE);

  return label;
}

static GtkWidget *
new_label (DmpNarrativeContext *context, const GPtrArray *runs, const char *styles)
{
  return fill_label (context, dmp_text_new (NULL, styles), runs);
}

/* --- Files that the document carries --- */

static GtkWidget *
new_file (DmpNarrativeContext *context, guint attachment)
{
  GPtrArray *attachments = dmp_cda_document_get_attachments (context->document);
  const DmpCdaAttachment *file =
      attachment > 0 && attachment <= attachments->len ? attachments->pdata[attachment - 1] : NULL;
  GtkWidget *view;

  if (file == NULL || file->bytes == NULL)
    {
      g_autofree char *problem = dmp_file_view_dup_problem (file);

      return dmp_text_new (problem, file != NULL ? "ca-red" : "dim-label");
    }
  view = dmp_file_view_new (file->bytes, file->mime);
  dmp_file_view_set_zoom (DMP_FILE_VIEW (view), context->zoom);
  if (context->passage != NULL && context->passage->attachment == attachment)
    dmp_file_view_show_passage (DMP_FILE_VIEW (view), context->passage, context->words,
                                !context->quiet);

  return view;
}

static void
append_files (DmpNarrativeContext *context, GtkWidget *box, const GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const DmpCdaRun *run = g_ptr_array_index (runs, i);

      if (run->attachment != 0)
        gtk_box_append (GTK_BOX (box), new_file (context, run->attachment));
    }
}

static gboolean
runs_have_file (const GPtrArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    if (((DmpCdaRun *) runs->pdata[i])->attachment != 0)
      return TRUE;

  return FALSE;
}

static GtkWidget *
new_paragraph (DmpNarrativeContext *context, const DmpCdaBlock *block)
{
  GtkWidget *label = new_label (context, block->runs, "ca-paragraph");
  GtkWidget *box;

  if (!runs_have_file (block->runs))
    return label;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  if (*gtk_label_get_text (GTK_LABEL (label)) != '\0')
    gtk_box_append (GTK_BOX (box), label);
  else
    g_object_unref (g_object_ref_sink (label));
  append_files (context, box, block->runs);

  return box;
}

static GtkWidget *
new_heading (DmpNarrativeContext *context, const DmpCdaBlock *block)
{
  const char *styles[] = { "ca-title-3", "ca-title-4", "heading" };
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "xalign", 0.0,
                    "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "margin-top", 12, NULL);

  gtk_widget_add_css_class (label, styles[CLAMP (block->level, 1, G_N_ELEMENTS (styles)) - 1]);
  fill_label (context, label, block->runs);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) MAX (block->level, 1), -1);

  return label;
}

/* --- Lists --- */

static void
append_children (DmpNarrativeContext *context, GtkWidget *box, const GPtrArray *children)
{
  for (guint i = 0; i < children->len; i++)
    gtk_box_append (GTK_BOX (box), dmp_narrative_block_new (context, children->pdata[i]));
}

static GtkWidget *
new_item (DmpNarrativeContext *context, const DmpCdaBlock *item, guint number)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *mark = number > 0 ? g_strdup_printf ("%u.", number) : g_strdup ("•");
  GtkWidget *label = dmp_text_new (mark, "ca-paragraph");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  if (item->runs->len > 0)
    gtk_box_append (GTK_BOX (content), new_label (context, item->runs, "ca-paragraph"));
  append_children (context, content, item->children);
  gtk_box_append (GTK_BOX (row), content);
  if (has_id (item->ids, context->place))
    dmp_narrative_block_cite (context, row);

  return row;
}

static GtkWidget *
new_list (DmpNarrativeContext *context, const DmpCdaBlock *block)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 2, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);

  gtk_widget_set_margin_start (box, 12);
  if (block->runs->len > 0)
    gtk_box_append (GTK_BOX (box), new_label (context, block->runs, "heading"));
  for (guint i = 0; i < block->children->len; i++)
    gtk_box_append (GTK_BOX (box),
                    new_item (context, block->children->pdata[i], block->ordered ? i + 1 : 0));

  return box;
}

/* --- Tables --- */

/* The row that holds the cited passage, or -1. */
static int
find_cited_row (const DmpCdaBlock *table, const char *place)
{
  for (guint i = 0; place != NULL && i < table->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (table->cells, i);
      gboolean cited = has_id (cell->ids, place);

      for (guint k = 0; !cited && k < cell->children->len; k++)
        cited = dmp_cda_block_has_anchor (cell->children->pdata[k], place);
      if (cited)
        return (int) cell->row;
    }

  return -1;
}

static char *
dup_header (const DmpCdaBlock *table, guint column)
{
  for (guint i = 0; i < table->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (table->cells, i);

      if (cell->row > 0)
        break; /* cells come by row */
      if (cell->header && cell->column <= column && column < cell->column + cell->column_span &&
          cell->children->len > 0)
        return dmp_cda_block_dup_text (cell->children->pdata[0]);
    }

  return NULL;
}

/* A word of this many letters stays whole in its cell: the table scrolls rather. A longer one is
 * cut, into pieces that can still be read. */
#define WHOLE_WORD 20
#define PIECE 12

static gboolean
words_are_short (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", text, 0, 0);

  for (char **word = words; *word != NULL; word++)
    if (g_utf8_strlen (*word, -1) > WHOLE_WORD)
      return FALSE;

  return TRUE;
}

static GtkWidget *
new_cell (DmpNarrativeContext *context, const DmpCdaCell *cell)
{
  GtkWidget *box = g_object_new (
      GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
      cell->header ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_GRID_CELL, NULL);

  gtk_widget_add_css_class (box, "ca-cell");
  if (cell->header)
    gtk_widget_add_css_class (box, "head");
  gtk_widget_set_hexpand (box, TRUE);
  append_children (context, box, cell->children);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      {
        gtk_label_set_xalign (GTK_LABEL (child), cell->align >= 0 ? cell->align : 0);
        if (words_are_short (gtk_label_get_text (GTK_LABEL (child))))
          gtk_label_set_wrap_mode (GTK_LABEL (child), PANGO_WRAP_WORD);
        else
          gtk_label_set_width_chars (GTK_LABEL (child), PIECE);
        gtk_widget_remove_css_class (child, "ca-cited"); /* the whole row says it */
      }

  return box;
}

static void
name_cell (GtkWidget *widget, const DmpCdaBlock *table, const DmpCdaCell *cell)
{
  g_autofree char *header = cell->header ? NULL : dup_header (table, cell->column);

  if (header != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    header, -1);
}

static GtkWidget *
new_table (DmpNarrativeContext *context, const DmpCdaBlock *block)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_GRID, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  int cited = find_cited_row (block, context->place);
  DmpNarrativeContext inner = *context;

  inner.place = NULL; /* rows are marked whole */
  for (guint i = 0; i < block->cells->len; i++)
    {
      const DmpCdaCell *cell = g_ptr_array_index (block->cells, i);
      GtkWidget *widget = new_cell (&inner, cell);

      name_cell (widget, block, cell);
      if (cited == (int) cell->row)
        {
          dmp_narrative_block_cite (context, widget);
          if (cell->column == 0)
            gtk_widget_add_css_class (widget, "first");
          if (cell->column == 0)
            gtk_box_append (GTK_BOX (widget), dmp_tag_new (NULL, context->label, "amber"));
        }
      gtk_grid_attach (GTK_GRID (grid), widget, (int) cell->column, (int) cell->row,
                       (int) cell->column_span, (int) cell->row_span);
    }
  if (block->runs->len > 0)
    gtk_box_append (GTK_BOX (box), new_label (context, block->runs, "heading"));
  gtk_box_append (GTK_BOX (box), dmp_wide_new (grid));

  return box;
}

static GtkWidget *
new_footnote (DmpNarrativeContext *context, const DmpCdaBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (box, "dim-label");
  append_children (context, box, block->children);

  return box;
}

GtkWidget *
dmp_narrative_block_new (DmpNarrativeContext *context, const DmpCdaBlock *block)
{
  GtkWidget *widget;

  switch (block->kind)
    {
    case DMP_CDA_BLOCK_HEADING:
      widget = new_heading (context, block);
      break;
    case DMP_CDA_BLOCK_LIST:
      widget = new_list (context, block);
      break;
    case DMP_CDA_BLOCK_ITEM:
      widget = new_item (context, block, 0);
      break;
    case DMP_CDA_BLOCK_TABLE:
      widget = new_table (context, block);
      break;
    case DMP_CDA_BLOCK_FOOTNOTE:
      widget = new_footnote (context, block);
      break;
    case DMP_CDA_BLOCK_FILE:
      widget = new_file (context, block->attachment);
      break;
    case DMP_CDA_BLOCK_PARAGRAPH:
    default:
      widget = new_paragraph (context, block);
    }
  if (block->kind != DMP_CDA_BLOCK_TABLE && has_id (block->ids, context->place))
    dmp_narrative_block_cite (context, widget);

  return widget;
}
