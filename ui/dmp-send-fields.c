#include "config.h"

#include "dmp-send-fields.h"

#include "dmp-field.h"
#include "dmp-send-types.h"
#include "dmp-send-words.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DmpSendFields
{
  AdwBin parent_instance;

  GtkLabel *prefilled;
  GtkDropDown *type;
  GtkLabel *type_found;
  AdwEntryRow *title_row;
  AdwEntryRow *date_row;
  GtkWidget *date_problem_box;
  GtkLabel *date_problem;
  GtkLabel *date_found;
  GtkButton *date_use;
  AdwActionRow *author_row;

  GPtrArray *types;  /* (element-type DmpCode): in the order of the dropdown */
  DmpSendFile *file; /* (nullable) */
  gboolean filling;  /* the fields are being set, nobody types */
};

G_DEFINE_FINAL_TYPE (DmpSendFields, dmp_send_fields, ADW_TYPE_BIN)

static guint changed;

/* (nullable): not examined yet */
static const DmpFileReport *
get_report (DmpSendFields *self)
{
  return self->file != NULL ? dmp_send_file_get_report (self->file) : NULL;
}

/* Whether the person says what it is: a CDA says it itself. */
static gboolean
is_own (DmpSendFields *self)
{
  const DmpFileReport *report = get_report (self);

  return report == NULL || report->document == NULL;
}

static void
show_date_problem (DmpSendFields *self)
{
  const DmpFileReport *report = get_report (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->date_row));
  g_autofree char *words = dmp_send_words_dup_date (report);
  g_autoptr (DmpSubmissionDraft) draft =
      self->file != NULL ? dmp_send_file_dup_draft (self->file) : NULL;
  g_autofree char *today = dmp_date_dup_today ();
  gboolean wrong = draft == NULL || draft->date == NULL || strcmp (draft->date, today) > 0;

  gtk_label_set_label (self->date_problem,
                       *typed == '\0'
                           ? _ ("Il manque la date de l’acte.")
                           : _ ("La date s’écrit JJ/MM/AAAA et n’est pas dans le futur."));
  gtk_label_set_label (self->date_found, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->date_found), words != NULL);
  gtk_button_set_label (self->date_use, words != NULL ? _ ("Utiliser") : _ ("Aujourd’hui"));
  gtk_widget_set_visible (self->date_problem_box, wrong);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->date_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->date_row), "error");
}

static void
on_use_date (DmpSendFields *self)
{
  const DmpFileReport *report = get_report (self);
  g_autofree char *today = dmp_date_dup_today ();
  const char *day =
      report != NULL && report->suggestions->date != NULL ? report->suggestions->date : today;
  g_autofree char *text = dmp_date_dup_display (day, FALSE, FALSE);

  gtk_editable_set_text (GTK_EDITABLE (self->date_row), text);
}

/* Where the values came from. */
static void
show_sources (DmpSendFields *self, const char *sender)
{
  const DmpFileReport *report = get_report (self);
  g_autofree char *type = dmp_send_words_dup_type (report);
  g_autofree char *author = dmp_send_words_dup_author (report, sender);

  gtk_label_set_label (self->prefilled, dmp_send_words_origin (report));
  gtk_label_set_label (self->type_found, type != NULL ? type : "");
  gtk_widget_set_visible (GTK_WIDGET (self->type_found), type != NULL);
  adw_action_row_set_subtitle (self->author_row, author != NULL ? author : "");
}

/* The words typed for one file do not come back in the next. */
static void
set_field (AdwEntryRow *row, const char *text)
{
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text) && *text != '\0')
    return;
  dmp_field_clear (GTK_EDITABLE (row));
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

void
dmp_send_fields_set_file (DmpSendFields *self, DmpSendFile *file)
{
  DmpSendEntries *entries = file != NULL ? dmp_send_file_get_entries (file) : NULL;
  gboolean own;

  g_return_if_fail (DMP_IS_SEND_FIELDS (self));

  g_set_object (&self->file, file);
  own = is_own (self);
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->type, GTK_INVALID_LIST_POSITION);
  dmp_send_types_choose (self->type, self->types, entries != NULL ? entries->type : NULL);
  set_field (self->title_row, entries != NULL ? entries->title : "");
  set_field (self->date_row, entries != NULL ? entries->date : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->type), own);
  gtk_widget_set_sensitive (GTK_WIDGET (self->title_row), own);
  gtk_widget_set_sensitive (GTK_WIDGET (self->date_row), own);
  self->filling = FALSE;
}

void
dmp_send_fields_refresh (DmpSendFields *self, const char *author)
{
  g_return_if_fail (DMP_IS_SEND_FIELDS (self));

  show_date_problem (self);
  show_sources (self, author);
}

/* Somebody typed or chose. */
static void
on_entry (DmpSendFields *self)
{
  DmpSendEntries *entries;

  if (self->filling || self->types == NULL)
    return;
  if (self->file != NULL && is_own (self))
    {
      entries = dmp_send_file_get_entries (self->file);
      g_set_object (&entries->type, dmp_send_types_get (self->type, self->types));
      g_free (entries->title);
      entries->title = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_row)));
      g_free (entries->date);
      entries->date = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->date_row)));
    }
  g_signal_emit (self, changed, 0);
}

static void
dmp_send_fields_dispose (GObject *object)
{
  DmpSendFields *self = DMP_SEND_FIELDS (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->types, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_send_fields_parent_class)->dispose (object);
}

static void
dmp_send_fields_class_init (DmpSendFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_send_fields_dispose;
  changed = g_signal_new ("changed", DMP_TYPE_SEND_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-send-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, prefilled);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, type);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, type_found);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, title_row);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, date_row);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, date_problem_box);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, date_problem);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, date_found);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, date_use);
  gtk_widget_class_bind_template_child (widget_class, DmpSendFields, author_row);
  gtk_widget_class_bind_template_callback (widget_class, on_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_use_date);
}

static void
dmp_send_fields_init (DmpSendFields *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  self->types = dmp_send_types_fill (self->type);
  dmp_field_name_choice (self->type, _ ("Type du document"));
  self->filling = FALSE;
}
