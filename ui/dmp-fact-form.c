#include "config.h"

#include "dmp-fact-form.h"

#include "dmp-field-input.h"

#include <glib/gi18n.h>

struct _DmpFactForm
{
  AdwWindow parent_instance;

  GtkBox *fields;
  GtkLabel *problem;
  const DmpNoteSection *section;
  GPtrArray *inputs; /* (element-type DmpFieldInput): borrowed from the box */
};

G_DEFINE_FINAL_TYPE (DmpFactForm, dmp_fact_form, ADW_TYPE_WINDOW)

static guint done_signal;

static void build (DmpFactForm *self, const DmpFact *fact);

static DmpFact *
dup_fact (DmpFactForm *self)
{
  DmpFact *fact = dmp_fact_new (self->section->kind->kind);

  for (guint i = 0; i < self->inputs->len; i++)
    dmp_field_input_apply (g_ptr_array_index (self->inputs, i), fact);
  return fact;
}

/* Each beside its field; the focus goes to the first. Returns: whether there is none */
static gboolean
show_problems (DmpFactForm *self, const DmpFact *fact)
{
  const char *together = dmp_note_check_together (self->section->kind, fact);
  g_autofree char *sentence = together != NULL ? dmp_field_input_dup_sentence (together) : NULL;
  GtkWidget *first = NULL;

  for (guint i = 0; i < self->inputs->len; i++)
    if (!dmp_field_input_show_problem (g_ptr_array_index (self->inputs, i), fact) && first == NULL)
      first = g_ptr_array_index (self->inputs, i);
  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), together != NULL);
  if (first != NULL)
    gtk_widget_grab_focus (first);
  return first == NULL && together == NULL;
}

static void
on_save (DmpFactForm *self)
{
  g_autoptr (DmpFact) fact = dup_fact (self);

  if (!show_problems (self, fact))
    return;
  g_signal_emit (self, done_signal, 0, fact);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Another question has another answer. */
static gboolean
rebuild_cb (gpointer data)
{
  DmpFactForm *self = data;
  g_autoptr (DmpFact) fact = NULL;

  if (self->fields == NULL) /* closed meanwhile */
    return G_SOURCE_REMOVE;
  fact = dup_fact (self);
  for (guint i = 0; i < self->section->kind->n_fields; i++)
    if (self->section->kind->fields[i].slot == DMP_SLOT_VALUE)
      dmp_note_field_set (self->section->kind, &self->section->kind->fields[i], fact, NULL, NULL);
  build (self, fact);
  return G_SOURCE_REMOVE;
}

static void
on_question (DmpFactForm *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, rebuild_cb, g_object_ref (self), g_object_unref);
}

static void
on_changed (DmpFactForm *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
build (DmpFactForm *self, const DmpFact *fact)
{
  const DmpNoteKind *kind = self->section->kind;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->fields))) != NULL)
    gtk_box_remove (self->fields, child);
  g_ptr_array_set_size (self->inputs, 0);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const DmpNoteField *field = &kind->fields[i];
      GtkWidget *input = dmp_field_input_new (kind, field, fact);

      gtk_box_append (self->fields, input);
      g_ptr_array_add (self->inputs, input);
      g_signal_connect_swapped (input, "changed", G_CALLBACK (on_changed), self);
      if (kind->questions != NULL && field->slot == DMP_SLOT_MAIN)
        g_signal_connect_object (input, "changed", G_CALLBACK (on_question), self,
                                 G_CONNECT_SWAPPED);
    }
}

static gboolean
on_key (DmpFactForm *self, guint key)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

static void
dmp_fact_form_finalize (GObject *object)
{
  g_ptr_array_unref (DMP_FACT_FORM (object)->inputs);

  G_OBJECT_CLASS (dmp_fact_form_parent_class)->finalize (object);
}

static void
dmp_fact_form_class_init (DmpFactFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dmp_fact_form_finalize;
  done_signal = g_signal_new ("done", DMP_TYPE_FACT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, DMP_TYPE_FACT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-fact-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpFactForm, fields);
  gtk_widget_class_bind_template_child (widget_class, DmpFactForm, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
dmp_fact_form_init (DmpFactForm *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->inputs = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* The first field that must be filled and is not: who opens a question goes on to its answer. */
static GtkWidget *
find_first (DmpFactForm *self, const DmpFact *fact)
{
  for (guint i = 0; i < self->inputs->len; i++)
    {
      const DmpNoteField *field = dmp_field_input_get_field (g_ptr_array_index (self->inputs, i));
      g_autofree char *text = dmp_note_field_dup_text (self->section->kind, field, fact);

      if (field->required && text == NULL)
        return g_ptr_array_index (self->inputs, i);
    }
  return g_ptr_array_index (self->inputs, 0);
}

DmpFactForm *
dmp_fact_form_new (GtkWindow *parent, const DmpNoteSection *section, const DmpFact *fact)
{
  DmpFactForm *self =
      g_object_new (DMP_TYPE_FACT_FORM, "transient-for", parent, "title", _ (section->title), NULL);
  g_autoptr (DmpFact) empty = dmp_fact_new (section->kind->kind);

  self->section = section;
  build (self, fact != NULL ? fact : empty);
  gtk_widget_grab_focus (find_first (self, fact != NULL ? fact : empty));
  return self;
}
