#include "config.h"

#include "dmp-field-input.h"

#include "dmp-code-entry.h"
#include "dmp-field.h"
#include "model/dmp-date.h"
#include "model/dmp-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHORT_TABLE 40 /* rows that can be looked through in a list */

struct _DmpFieldInput
{
  GtkBox parent_instance;

  const DmpNoteKind *kind;
  const DmpNoteField *field;
  DmpNoteInput input;
  GtkWidget *widget;
  GtkLabel *problem;
  GPtrArray *choices; /* (element-type DmpCode): of a dropdown, after "nothing" */
};

G_DEFINE_FINAL_TYPE (DmpFieldInput, dmp_field_input, GTK_TYPE_BOX)

static guint changed_signal;

static void
on_changed (DmpFieldInput *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_remove_css_class (self->widget, "error");
  g_signal_emit (self, changed_signal, 0);
}

/* --- Dates --- */

char *
dmp_field_input_dup_stamp (const char *text)
{
  char *stamp = dmp_date_dup_typed (text);

  return stamp != NULL ? stamp : dmp_text_dup_strip (text);
}

/* --- Choices --- */

static void
add_choice (DmpFieldInput *self, GtkStringList *names, DmpCode *code)
{
  g_autofree char *name = dmp_field_input_dup_sentence (dmp_code_get_display (code));

  gtk_string_list_append (names, name);
  g_ptr_array_add (self->choices, code);
}

static void
choose_code (DmpFieldInput *self, DmpCode *code)
{
  for (guint i = 0; code != NULL && i < self->choices->len; i++)
    if (dmp_code_equal (g_ptr_array_index (self->choices, i), code))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->widget), i + 1);
}

static GtkWidget *
new_choice (
    DmpFieldInput *self, const DmpCodeTable *tables, guint n, gboolean questions, DmpCode *code)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, "—");
  for (guint i = 0; questions && i < self->kind->n_questions; i++)
    {
      const DmpNoteQuestion *question = &self->kind->questions[i];

      add_choice (self, names, dmp_code_new (question->code, question->system, question->label));
    }
  for (guint i = 0; i < n; i++)
    {
      const DmpCodeTableData *table = dmp_code_table_get (tables[i]);

      for (gsize j = 0; j < table->n_rows; j++)
        add_choice (
            self, names,
            dmp_code_new (table->rows[j].code, table->rows[j].system, table->rows[j].label));
    }
  self->widget = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  choose_code (self, code);
  g_signal_connect_swapped (self->widget, "notify::selected", G_CALLBACK (on_changed), self);
  return self->widget;
}

static GtkWidget *
new_boolean (DmpFieldInput *self, const DmpFact *fact)
{
  const char *const names[] = { "—", _ ("Oui"), _ ("Non"), NULL };
  const char *said = fact->value != NULL ? fact->value->text : NULL;

  self->widget = gtk_drop_down_new_from_strings (names);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->widget), said == NULL                 ? 0
                                                            : g_str_equal (said, "true") ? 1
                                                                                         : 2);
  g_signal_connect_swapped (self->widget, "notify::selected", G_CALLBACK (on_changed), self);
  return self->widget;
}

/* --- Words --- */

static GtkWidget *
new_entry (DmpFieldInput *self, const char *text)
{
  self->widget = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->widget), text != NULL ? text : "");
  gtk_entry_set_activates_default (GTK_ENTRY (self->widget), TRUE);
  if (self->input == DMP_INPUT_DATE)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->widget), _ ("JJ/MM/AAAA, MM/AAAA ou AAAA"));
  else if (self->input == DMP_INPUT_DAY)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->widget), _ ("JJ/MM/AAAA"));
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (on_changed), self);
  return self->widget;
}

static GtkWidget *
new_text (DmpFieldInput *self, const char *text)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer;

  self->widget = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->widget), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->widget), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->widget), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->widget), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->widget), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->widget), 6);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget));
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), self->widget);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 96);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (frame), TRUE);
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (on_changed), self);
  return frame;
}

static char *
dup_words (DmpFieldInput *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (self->widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->widget)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* --- The whole --- */

static gsize
count_rows (const DmpCodeTable *tables, guint n)
{
  gsize rows = 0;

  for (guint i = 0; i < n; i++)
    rows += dmp_code_table_get (tables[i])->n_rows;
  return rows;
}

static DmpNoteInput
input_of (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  const DmpNoteQuestion *question = dmp_note_kind_find_question (kind, fact);

  if (field->input != DMP_INPUT_ANSWER)
    return field->input;
  return question != NULL ? question->answer : DMP_INPUT_TEXT;
}

static GtkWidget *
new_code (DmpFieldInput *self, const DmpFact *fact, const char *text)
{
  gboolean questions = self->field->slot == DMP_SLOT_MAIN && self->kind->questions != NULL;
  DmpCode *code = dmp_note_field_get_code (self->field, fact);
  DmpCodeTable tables[2];
  guint n = dmp_note_field_get_tables (self->kind, self->field, fact, tables);

  if (questions || (!self->field->free_text && count_rows (tables, n) <= SHORT_TABLE))
    return new_choice (self, tables, questions ? 0 : n, questions, code);
  self->widget = dmp_code_entry_new (tables, n, self->field->free_text, _ (self->field->label));
  dmp_code_entry_set (DMP_CODE_ENTRY (self->widget), text, code);
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (on_changed), self);
  return self->widget;
}

static GtkWidget *
new_widget (DmpFieldInput *self, const DmpFact *fact)
{
  g_autofree char *text = dmp_note_field_dup_text (self->kind, self->field, fact);
  gboolean long_text = self->field->slot == DMP_SLOT_VALUE ||
                       (self->field->slot == DMP_SLOT_MAIN && self->kind->write == NULL);

  if (self->input == DMP_INPUT_CODE)
    return new_code (self, fact, text);
  if (self->input == DMP_INPUT_BOOLEAN)
    return new_boolean (self, fact);
  if (self->input == DMP_INPUT_NUMBER && fact->value != NULL && self->field->slot == DMP_SLOT_VALUE)
    return new_entry (self, fact->value->number);
  return self->input == DMP_INPUT_TEXT && long_text ? new_text (self, text)
                                                    : new_entry (self, text);
}

static char *
dup_label (const DmpNoteField *field)
{
  return field->required ? g_strdup_printf (_ ("%s (obligatoire)"), _ (field->label))
                         : g_strdup (_ (field->label));
}

GtkWidget *
dmp_field_input_new (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  DmpFieldInput *self = g_object_new (DMP_TYPE_FIELD_INPUT, NULL);
  g_autofree char *name = dup_label (field);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *shown;

  self->kind = kind;
  self->field = field;
  self->input = input_of (kind, field, fact);
  shown = new_widget (self, fact);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "ca-caption");
  gtk_box_append (GTK_BOX (self), label);
  gtk_box_append (GTK_BOX (self), shown);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->problem));
  if (GTK_IS_DROP_DOWN (self->widget))
    dmp_field_name_choice (GTK_DROP_DOWN (self->widget), _ (field->label));
  else if (!DMP_IS_CODE_ENTRY (self->widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (field->label), -1);
  return GTK_WIDGET (self);
}

char *
dmp_field_input_dup_sentence (const char *words)
{
  g_autofree char *first = g_utf8_substring (words, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, g_utf8_next_char (words), NULL);
}

gboolean
dmp_field_input_show_problem (DmpFieldInput *self, const DmpFact *fact)
{
  g_autofree char *problem = NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (DMP_IS_FIELD_INPUT (self), FALSE);

  problem = dmp_note_check_field (self->kind, self->field, fact);
  sentence = problem != NULL ? dmp_field_input_dup_sentence (problem) : NULL;
  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (self->widget, "error");
  else
    gtk_widget_remove_css_class (self->widget, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  return sentence == NULL;
}

const DmpNoteField *
dmp_field_input_get_field (DmpFieldInput *self)
{
  g_return_val_if_fail (DMP_IS_FIELD_INPUT (self), NULL);

  return self->field;
}

static void
apply_choice (DmpFieldInput *self, DmpFact *fact)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->widget));
  DmpCode *code = NULL;

  if (self->input == DMP_INPUT_BOOLEAN)
    {
      dmp_note_field_set (self->kind, self->field, fact,
                          at == 1   ? "true"
                          : at == 2 ? "false"
                                    : NULL,
                          NULL);
      return;
    }
  if (at > 0 && at <= self->choices->len)
    code = g_ptr_array_index (self->choices, at - 1);
  dmp_note_field_set (self->kind, self->field, fact, NULL, code);
}

void
dmp_field_input_apply (DmpFieldInput *self, DmpFact *fact)
{
  g_autofree char *words = NULL;
  g_autofree char *stamp = NULL;

  g_return_if_fail (DMP_IS_FIELD_INPUT (self));

  if (GTK_IS_DROP_DOWN (self->widget))
    {
      apply_choice (self, fact);
      return;
    }
  if (DMP_IS_CODE_ENTRY (self->widget))
    {
      dmp_note_field_set (self->kind, self->field, fact,
                          dmp_code_entry_get_text (DMP_CODE_ENTRY (self->widget)),
                          dmp_code_entry_get_code (DMP_CODE_ENTRY (self->widget)));
      return;
    }
  words = dup_words (self);
  if (self->input == DMP_INPUT_DATE || self->input == DMP_INPUT_DAY)
    stamp = dmp_field_input_dup_stamp (words);
  dmp_note_field_set (self->kind, self->field, fact, stamp != NULL ? stamp : words, NULL);
}

static gboolean
dmp_field_input_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DMP_FIELD_INPUT (widget)->widget);
}

static void
dmp_field_input_finalize (GObject *object)
{
  g_ptr_array_unref (DMP_FIELD_INPUT (object)->choices);

  G_OBJECT_CLASS (dmp_field_input_parent_class)->finalize (object);
}

static void
dmp_field_input_class_init (DmpFieldInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_field_input_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = dmp_field_input_grab_focus;
  changed_signal = g_signal_new ("changed", DMP_TYPE_FIELD_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
dmp_field_input_init (DmpFieldInput *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  self->problem =
      GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                               "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "ca-red");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "ca-caption");
  self->choices = g_ptr_array_new_with_free_func (g_object_unref);
}
