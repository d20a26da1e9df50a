#include "config.h"

#include "dmp-summary-page-private.h"

#include "dmp-why.h"

/* Points at the row where it is visible: a popover needs a place on the screen. */
static GdkRectangle
get_visible_part (DmpSummaryPage *self, GtkWidget *row)
{
  graphene_rect_t bounds, view;

  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->scroller), GTK_WIDGET (self), &view) ||
      !graphene_rect_intersection (&bounds, &view, &bounds))
    return (GdkRectangle){ 0, 0, 1, 1 };

  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
}

void
dmp_summary_page_show_why (DmpSummaryPage *self)
{
  GtkWidget *row;
  GdkRectangle at;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  row = dmp_summary_page_get_focus_row (self);
  if (row == NULL || dmp_summary_is_for_patient (self->summary))
    return;
  g_clear_pointer (&self->why, gtk_widget_unparent);
  at = get_visible_part (self, row);
  self->why = dmp_why_new (row);
  gtk_widget_set_parent (self->why, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->why), &at);
  gtk_popover_popup (GTK_POPOVER (self->why));
}

/* --- Keys --- */

static gboolean
on_digit (GtkWidget *widget, GVariant *args, gpointer data)
{
  return dmp_summary_page_focus_block (DMP_SUMMARY_PAGE (widget), g_variant_get_int32 (args));
}

static gboolean
on_question (GtkWidget *widget, GVariant *args, gpointer data)
{
  dmp_summary_page_show_why (DMP_SUMMARY_PAGE (widget));
  return TRUE;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gboolean folded = FALSE;

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    folded |= dmp_block_collapse (DMP_SUMMARY_PAGE (widget)->blocks[i]);

  return folded;
}

/* --- What the reader does with a line --- */

static void
set_aside (DmpSummaryPage *self, const char *flag)
{
  dmp_aside_toggle (self->aside, flag);
  dmp_summary_page_set_summary (self, self->summary);
}

static void
run_set_aside (GtkWidget *widget, const char *name, GVariant *flag)
{
  set_aside (DMP_SUMMARY_PAGE (widget), g_variant_get_string (flag, NULL));
}

static gboolean
on_delete (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkWidget *row = dmp_summary_page_get_focus_row (DMP_SUMMARY_PAGE (widget));
  const DmpSummaryFlag *flag = row != NULL ? dmp_line_get_flag (row) : NULL;
  g_autofree char *id = flag != NULL ? g_strdup (flag->id) : NULL; /* its row goes */

  if (id == NULL)
    return FALSE;
  set_aside (DMP_SUMMARY_PAGE (widget), id);

  return TRUE;
}

/* The other button of the mouse asks why. */
static void
on_pressed (DmpSummaryPage *self, int n_press, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = at == NULL                 ? NULL
                   : GTK_IS_LIST_BOX_ROW (at) ? at
                                              : gtk_widget_get_ancestor (at, GTK_TYPE_LIST_BOX_ROW);

  if (row != NULL && dmp_line_get_id (row) != NULL && gtk_widget_grab_focus (row))
    dmp_summary_page_show_why (self);
}

void
dmp_summary_page_install_keys (GtkWidgetClass *widget_class)
{
  for (int i = 1; i <= DMP_SUMMARY_N_BLOCKS; i++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + i, 0, on_digit, "i", i);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_0 + i, 0, on_digit, "i", i);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_question, 0, on_question, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, on_delete, NULL);
  gtk_widget_class_install_action (widget_class, "summary.set-aside", "s", run_set_aside);
}

void
dmp_summary_page_init_mouse (DmpSummaryPage *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}
