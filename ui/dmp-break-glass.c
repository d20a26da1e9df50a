#include "config.h"

#include "dmp-break-glass.h"

#include <glib/gi18n.h>
#include <string.h>

#define MIN_CHARS 10
#define MAX_CHARS 250 /* what the assertion's justification holds */

struct _DmpBreakGlass
{
  AdwWindow parent_instance;

  GtkCheckButton *vital;
  GtkCheckButton *unable;
  GtkCheckButton *samu;
  GtkTextView *text;
  GtkLabel *count;
  GtkButton *cancel;
};

enum
{
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpBreakGlass, dmp_break_glass, ADW_TYPE_WINDOW)

static char *
dup_details (DmpBreakGlass *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return g_strstrip (text);
}

static void
on_text_changed (DmpBreakGlass *self)
{
  g_autofree char *details = dup_details (self);
  g_autofree char *count = NULL;
  glong n = g_utf8_strlen (details, -1);

  count = g_strdup_printf (_ ("%ld caractères (%d au moins)"), n, MIN_CHARS);
  gtk_label_set_label (self->count, count);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "break-glass.confirm",
                                 n >= MIN_CHARS && n <= MAX_CHARS);
}

static void
confirm (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DmpBreakGlass *self = DMP_BREAK_GLASS (widget);
  g_autofree char *details = dup_details (self);
  g_autofree char *reason = NULL;
  /* Kept with the access and shown to the patient: French, whatever the window speaks. */
  const char *motive = "Urgence vitale";

  if (gtk_check_button_get_active (self->unable))
    motive = "Patient hors d’état d’exprimer sa volonté";
  else if (gtk_check_button_get_active (self->samu))
    motive = "Régulation médicale (SAMU)";
  reason = g_strdup_printf ("%s : %s", motive, details);
  g_signal_emit (self, signals[CONFIRMED], 0, reason);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
dmp_break_glass_class_init (DmpBreakGlassClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CONFIRMED] = g_signal_new ("confirmed", DMP_TYPE_BREAK_GLASS, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "break-glass.confirm", NULL, confirm);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-break-glass.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpBreakGlass, vital);
  gtk_widget_class_bind_template_child (widget_class, DmpBreakGlass, unable);
  gtk_widget_class_bind_template_child (widget_class, DmpBreakGlass, samu);
  gtk_widget_class_bind_template_child (widget_class, DmpBreakGlass, text);
  gtk_widget_class_bind_template_child (widget_class, DmpBreakGlass, count);
  gtk_widget_class_bind_template_child (widget_class, DmpBreakGlass, cancel);
}

static void
dmp_break_glass_init (DmpBreakGlass *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed",
                            G_CALLBACK (on_text_changed), self);
  on_text_changed (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->cancel));
}

DmpBreakGlass *
dmp_break_glass_new (GtkWindow *parent)
{
  return g_object_new (DMP_TYPE_BREAK_GLASS, "transient-for", parent, NULL);
}
