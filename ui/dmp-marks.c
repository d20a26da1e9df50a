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

gboolean
dmp_marks_find (GtkLabel *label, const char *const *words)
{
  const char *text = gtk_label_get_text (label);
  PangoAttrList *old = gtk_label_get_attributes (label);
  g_autoptr (PangoAttrList) list =
      old != NULL ? pango_attr_list_copy (old) : pango_attr_list_new ();
  gboolean any = FALSE;

  for (; *words != NULL; words++)
    {
      g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

      dmp_text_find (text, *words, starts, ends);
      for (guint i = 0; i < starts->len; i++)
        {
          guint start = g_array_index (starts, guint, i), end = g_array_index (ends, guint, i);

          if (!is_word (text, start, end))
            continue;
          dmp_marks_add (list, GTK_WIDGET (label), text, start, end);
          any = TRUE;
        }
    }
  if (any)
    gtk_label_set_attributes (label, list);
  return any;
}
