#include "config.h"

#include "dmp-marks.h"

#include "model/dmp-text.h"

#define SHORT 3 /* characters: below, only the whole word */

static guint16
to_pango (float part)
{
  return (guint16) (part * 65535);
}

static void
add (PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (list, attribute);
}

void
dmp_marks_add (PangoAttrList *list, GtkWidget *widget, const char *text, guint start, guint end)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gsize from = (gsize) (g_utf8_offset_to_pointer (text, start) - text);
  gsize to = (gsize) (g_utf8_offset_to_pointer (text, end) - text);
  GdkRGBA paper, line;

  add (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), from, to);
  add (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), from, to);
  if (gtk_style_context_lookup_color (style, "ca_mark", &paper))
    add (list,
         pango_attr_background_new (to_pango (paper.red), to_pango (paper.green),
                                    to_pango (paper.blue)),
         from, to);
  if (gtk_style_context_lookup_color (style, "ca_amber", &line))
    add (list,
         pango_attr_underline_color_new (to_pango (line.red), to_pango (line.green),
                                         to_pango (line.blue)),
         from, to);
}

static gboolean
is_letter (const char *text, guint at, guint length)
{
  return at < length && g_unichar_isalnum (g_utf8_get_char (g_utf8_offset_to_pointer (text, at)));
}

static gboolean
is_word (const char *text, guint start, guint end)
{
  guint length = (guint) g_utf8_strlen (text, -1);

  return (start == 0 || !is_letter (text, start - 1, length)) &&
         (end - start >= SHORT || !is_letter (text, end, length));
}

void
dmp_marks_find_places (const char *text, const char *const *words, GArray *starts, GArray *ends)
{
  for (; words != NULL && *words != NULL; words++)
    {
      g_autoptr (GArray) from = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) to = g_array_new (FALSE, FALSE, sizeof (guint));

      dmp_text_find (text, *words, from, to);
      for (guint i = 0; i < from->len; i++)
        if (is_word (text, g_array_index (from, guint, i), g_array_index (to, guint, i)))
          {
            g_array_append_val (starts, g_array_index (from, guint, i));
            g_array_append_val (ends, g_array_index (to, guint, i));
          }
    }
}

static PangoAttrList *
dup_attributes (GtkLabel *label)
{
  PangoAttrList *old = gtk_label_get_attributes (label);

  return old != NULL ? pango_attr_list_copy (old) : pango_attr_list_new ();
}

gboolean
dmp_marks_find (GtkLabel *label, const char *const *words)
{
  const char *text = gtk_label_get_text (label);
  g_autoptr (PangoAttrList) list = dup_attributes (label);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  dmp_marks_find_places (text, words, starts, ends);
  for (guint i = 0; i < starts->len; i++)
    dmp_marks_add (list, GTK_WIDGET (label), text, g_array_index (starts, guint, i),
                   g_array_index (ends, guint, i));
  if (starts->len > 0)
    gtk_label_set_attributes (label, list);
  return starts->len > 0;
}

void
dmp_marks_cite (GtkLabel *label, guint start, guint end)
{
  const char *text = gtk_label_get_text (label);
  glong length = g_utf8_strlen (text, -1);
  g_autoptr (PangoAttrList) list = dup_attributes (label);
  GdkRGBA paper;

  if (end > length || !gtk_style_context_lookup_color (
                          gtk_widget_get_style_context (GTK_WIDGET (label)), "ca_mark", &paper))
    return;
  add (list,
       pango_attr_background_new (to_pango (paper.red), to_pango (paper.green),
                                  to_pango (paper.blue)),
       (gsize) (g_utf8_offset_to_pointer (text, start) - text),
       (gsize) (g_utf8_offset_to_pointer (text, end) - text));
  gtk_label_set_attributes (label, list);
}
