#include "config.h"

#include "dmp-search-gaps.h"

#include "dmp-coverage-row.h"
#include "dmp-tag.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define MAX_ROWS 60 /* the rest is one row that says how many */

struct _DmpSearchGaps
{
  GtkBox parent_instance;

  GtkWidget *text;
  GtkMenuButton *button;
  GtkWidget *detail;
  DmpSummary *summary;   /* (nullable): keeps the items alive */
  GPtrArray *unsearched; /* (nullable) (element-type DmpUnsearched) */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpSearchGaps, dmp_search_gaps, GTK_TYPE_BOX)

/* --- Which they are --- */

static void
on_open (GtkButton *button, DmpSearchGaps *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "document"));

  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[OPEN], 0, id);
}

static void
add_rest (GtkListBox *list, guint n)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *rest = g_strdup_printf (g_dngettext (NULL, "et %u autre", "et %u autres", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rest);
  gtk_list_box_append (list, row);
}

static void
clear_detail (DmpSearchGaps *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->detail)) != NULL)
    gtk_box_remove (GTK_BOX (self->detail), child);
}

static void
fill_detail (DmpSearchGaps *self)
{
  GtkWidget *list;

  clear_detail (self);
  if (self->unsearched == NULL)
    return;
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < MIN (self->unsearched->len, MAX_ROWS); i++)
    {
      const DmpUnsearched *one = g_ptr_array_index (self->unsearched, i);

      gtk_list_box_append (GTK_LIST_BOX (list),
                           dmp_coverage_row_new_item (&one->item, G_CALLBACK (on_open), self));
    }
  if (self->unsearched->len > MAX_ROWS)
    add_rest (GTK_LIST_BOX (list), self->unsearched->len - MAX_ROWS);
  gtk_box_append (GTK_BOX (self->detail),
                  dmp_text_new (_ ("Documents qui ne peuvent pas être cherchés"), "ca-title-4"));
  gtk_box_append (GTK_BOX (self->detail), list);
}

/* --- The strip --- */

/* How many there are stands out from the reasons after it. */
static void
show_sentence (DmpSearchGaps *self, const char *sentence)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  bold->start_index = 0;
  bold->end_index = (guint) strcspn (sentence, ":");
  pango_attr_list_insert (list, bold);
  gtk_label_set_label (GTK_LABEL (self->text), sentence);
  gtk_label_set_attributes (GTK_LABEL (self->text), list);
}

void
dmp_search_gaps_set (DmpSearchGaps *self, DmpSummary *summary, GPtrArray *unsearched)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (DMP_IS_SEARCH_GAPS (self));

  g_set_object (&self->summary, summary);
  g_clear_pointer (&self->unsearched, g_ptr_array_unref);
  if (unsearched != NULL && unsearched->len > 0)
    {
      self->unsearched = g_ptr_array_ref (unsearched);
      sentence =
          dmp_search_dup_gaps_sentence (unsearched, dmp_summary_get_coverage (summary)->listed);
    }
  show_sentence (self, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);
  if (sentence == NULL)
    gtk_menu_button_popdown (self->button);
  /* What is being read stays as it is: a row that goes would take the focus with it. */
  if (sentence == NULL ||
      !gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    clear_detail (self);
}

const char *
dmp_search_gaps_get_text (DmpSearchGaps *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_GAPS (self), "");

  return gtk_label_get_label (GTK_LABEL (self->text));
}

void
dmp_search_gaps_toggle (DmpSearchGaps *self)
{
  g_return_if_fail (DMP_IS_SEARCH_GAPS (self));

  if (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    gtk_menu_button_popdown (self->button);
  else if (self->unsearched != NULL)
    gtk_menu_button_popup (self->button);
}

static void
dmp_search_gaps_dispose (GObject *object)
{
  DmpSearchGaps *self = DMP_SEARCH_GAPS (object);

  g_clear_object (&self->summary);
  g_clear_pointer (&self->unsearched, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_search_gaps_parent_class)->dispose (object);
}

static void
dmp_search_gaps_class_init (DmpSearchGapsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_search_gaps_dispose;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_SEARCH_GAPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_popover (DmpSearchGaps *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->detail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_object_set (self->detail, "margin-top", 12, "margin-bottom", 12, "margin-start", 12,
                "margin-end", 12, NULL);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                "max-content-height", 560, "width-request", 600, "child", self->detail, NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (fill_detail), self);

  return popover;
}

static void
dmp_search_gaps_init (DmpSearchGaps *self)
{
  GtkWidget *image = gtk_image_new_from_icon_name ("ca-triangle-symbolic");
  GtkWidget *button = gtk_menu_button_new ();

  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_widget_add_css_class (GTK_WIDGET (self), "ca-strip");
  gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  gtk_widget_add_css_class (image, "ca-shape-amber");
  gtk_box_append (GTK_BOX (self), image);
  self->text = dmp_text_new (NULL, "ca-dense");
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (self), self->text);
  self->button = GTK_MENU_BUTTON (button);
  gtk_menu_button_set_label (self->button, _ ("Voir lesquels (F8)"));
  gtk_menu_button_set_has_frame (self->button, FALSE);
  gtk_menu_button_set_popover (self->button, new_popover (self));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
