#include "config.h"

#include "dmp-send-page.h"

#include "dmp-send-checks.h"
#include "dmp-send-fields.h"
#include "dmp-send-file.h"
#include "dmp-send-words.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FILES 20 /* in one submission */

struct _DmpSendPage
{
  AdwBin parent_instance;

  GtkStack *file_stack;
  AdwBin *preview;
  GtkLabel *file_name;
  GtkLabel *file_size;
  GtkButton *remove;
  GtkWidget *files_box;
  GtkListBox *files_list;
  DmpSendFields *fields;
  GtkSwitch *visible;
  GtkSwitch *masked;
  DmpSendChecks *checks;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *left;
  GtkSpinner *spinner;

  GPtrArray *files;     /* (element-type DmpSendFile) */
  DmpSendFile *current; /* (nullable): one of them */
  GBytes *shown;        /* (nullable): what the preview shows */
  DmpRecord *record;
  DmpPatient *patient;
  char *author;
  char *holder;
  gboolean filling; /* the switches are being set, nobody turns them */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (DmpSendPage, dmp_send_page, ADW_TYPE_BIN)

static void refresh (DmpSendPage *self);

/* Of the current file. (nullable) */
static const DmpFileReport *
get_report (DmpSendPage *self)
{
  return self->current != NULL ? dmp_send_file_get_report (self->current) : NULL;
}

/* --- The rights of the current file --- */

static void
show_rights (DmpSendPage *self)
{
  DmpSendEntries *entries =
      self->current != NULL ? dmp_send_file_get_entries (self->current) : NULL;

  self->filling = TRUE;
  gtk_switch_set_active (self->visible, entries == NULL || entries->visible);
  gtk_switch_set_active (self->masked, entries != NULL && entries->masked);
  self->filling = FALSE;
}

static void
on_rights (DmpSendPage *self)
{
  DmpSendEntries *entries;

  if (self->filling)
    return;
  if (self->current != NULL)
    {
      entries = dmp_send_file_get_entries (self->current);
      entries->visible = gtk_switch_get_active (self->visible);
      entries->masked = gtk_switch_get_active (self->masked);
    }
  refresh (self);
}

/* --- The page --- */

static guint
count_wrong (DmpSendPage *self)
{
  g_autofree char *today = dmp_date_dup_today ();
  guint wrong = 0;

  for (guint i = 0; i < self->files->len; i++)
    wrong += dmp_send_checks_count (g_ptr_array_index (self->files, i), today);
  return wrong;
}

static void
refresh_list (DmpSendPage *self)
{
  g_autofree char *today = dmp_date_dup_today ();

  gtk_widget_set_visible (self->files_box, self->files->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->remove), self->files->len > 0);
  for (guint i = 0; i < self->files->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->files_list, (int) i);
      guint wrong = dmp_send_checks_count (g_ptr_array_index (self->files, i), today);
      g_autofree char *left = g_strdup_printf (
          g_dngettext (NULL, "%u point à corriger", "%u points à corriger", wrong), wrong);

      if (row != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), wrong > 0 ? left : _ ("en ordre"));
    }
}

static void
refresh (DmpSendPage *self)
{
  guint wrong = self->files->len > 0 ? count_wrong (self) : 1;
  g_autofree char *left = NULL;

  dmp_send_checks_show (self->checks, self->current);
  dmp_send_fields_refresh (self->fields, self->author);
  refresh_list (self);
  left = g_strdup_printf (g_dngettext (NULL, "%u point à corriger avant l’envoi",
                                       "%u points à corriger avant l’envoi", wrong),
                          wrong);
  gtk_label_set_label (self->left, self->busy ? _ ("Envoi…") : wrong > 0 ? left : "");
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_action_set_enabled (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                                   "win.submit", dmp_send_page_is_complete (self));
}

gboolean
dmp_send_page_is_complete (DmpSendPage *self)
{
  g_return_val_if_fail (DMP_IS_SEND_PAGE (self), FALSE);

  return !self->busy && self->files->len > 0 && count_wrong (self) == 0;
}

/* --- The files --- */

static void
show_preview (DmpSendPage *self)
{
  GBytes *bytes = self->current != NULL ? dmp_send_file_get_bytes (self->current) : NULL;
  const DmpFileReport *report = get_report (self);
  g_autofree char *size = bytes != NULL ? g_format_size (g_bytes_get_size (bytes)) : NULL;

  gtk_stack_set_visible_child_name (self->file_stack, self->current != NULL ? "file" : "none");
  gtk_label_set_label (self->file_name,
                       self->current != NULL ? dmp_send_file_get_name (self->current) : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file_name), gtk_label_get_label (self->file_name));
  gtk_label_set_label (self->file_size, size != NULL ? size : "");
  if (report == NULL || dmp_send_file_get_busy (self->current)) /* its report is of other bytes */
    bytes = NULL;
  if (bytes == self->shown)
    return;
  g_clear_pointer (&self->shown, g_bytes_unref);
  self->shown = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  adw_bin_set_child (self->preview, dmp_send_words_new_preview (bytes, report));
}

static void
choose (DmpSendPage *self, DmpSendFile *file)
{
  self->current = file;
  dmp_send_fields_set_file (self->fields, file);
  show_rights (self);
  show_preview (self);
  refresh (self);
}

static void
on_changed (DmpSendFile *file, DmpSendPage *self)
{
  if (file == self->current)
    {
      dmp_send_fields_set_file (self->fields, file);
      show_rights (self);
      show_preview (self);
    }
  refresh (self);
}

static void
on_row_selected (DmpSendPage *self, GtkListBoxRow *row)
{
  int at = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (at >= 0 && (guint) at < self->files->len && self->files->pdata[at] != self->current)
    choose (self, self->files->pdata[at]);
}

static void
on_repair (DmpSendPage *self, int repair)
{
  if (self->current != NULL)
    dmp_send_file_repair (self->current, (DmpRepair) repair);
}

static void
on_accept (DmpSendPage *self, const char *code)
{
  if (self->current != NULL)
    dmp_send_file_accept (self->current, code);
}

/* @added: (transfer full) */
static void
put_file (DmpSendPage *self, DmpSendFile *added)
{
  GtkWidget *row;

  dmp_send_file_set_record (added, self->record);
  g_signal_connect_object (added, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (added, "looked", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->files, added);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dmp_send_file_get_name (added));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_append (self->files_list, row);
  dmp_send_page_set_problem (self, NULL);
  gtk_list_box_select_row (self->files_list, GTK_LIST_BOX_ROW (row));
  choose (self, added);
}

void
dmp_send_page_add_file (DmpSendPage *self, GFile *file)
{
  g_autofree char *today = dmp_date_dup_today ();
  const DmpFileContext context = { self->patient, self->holder, today };

  g_return_if_fail (DMP_IS_SEND_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  if (!self->busy && self->files->len < MAX_FILES)
    put_file (self, dmp_send_file_new (file, &context));
}

void
dmp_send_page_add_document (DmpSendPage *self, GBytes *bytes, const char *name)
{
  g_autofree char *today = dmp_date_dup_today ();
  const DmpFileContext context = { self->patient, self->holder, today };

  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  if (!self->busy && self->files->len < MAX_FILES)
    put_file (self, dmp_send_file_new_written (bytes, name, &context));
}

gboolean
dmp_send_page_has_written (DmpSendPage *self)
{
  g_return_val_if_fail (DMP_IS_SEND_PAGE (self), FALSE);

  for (guint i = 0; i < self->files->len; i++)
    if (dmp_send_file_is_written (self->files->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
on_remove (DmpSendPage *self)
{
  guint at = 0;
  GtkListBoxRow *row;

  if (self->busy || !g_ptr_array_find (self->files, self->current, &at))
    return;
  row = gtk_list_box_get_row_at_index (self->files_list, (int) at);
  dmp_send_file_stop (self->current);
  self->current = NULL;
  g_ptr_array_remove_index (self->files, at);
  gtk_list_box_remove (self->files_list, GTK_WIDGET (row));
  choose (self, self->files->len > 0 ? self->files->pdata[MIN (at, self->files->len - 1)] : NULL);
}

static gboolean
on_drop (DmpSendPage *self, const GValue *value)
{
  GSList *files;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = g_value_get_boxed (value);
  for (GSList *l = files; l != NULL; l = l->next)
    dmp_send_page_add_file (self, l->data);

  return TRUE;
}

/* --- What the window asks --- */

void
dmp_send_page_prepare (DmpSendPage *self,
                       DmpRecord *record,
                       DmpPatient *patient,
                       const char *author,
                       const char *holder)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  dmp_send_page_clear (self);
  g_set_object (&self->record, record);
  g_set_object (&self->patient, patient);
  g_free (self->author);
  self->author = g_strdup (author);
  g_free (self->holder);
  self->holder = g_strdup (holder);
  refresh (self);
}

GPtrArray *
dmp_send_page_dup_drafts (DmpSendPage *self)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_submission_draft_free);

  g_return_val_if_fail (DMP_IS_SEND_PAGE (self), drafts);

  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (drafts, dmp_send_file_dup_draft (self->files->pdata[i]));

  return drafts;
}

void
dmp_send_page_set_busy (DmpSendPage *self, gboolean busy)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  refresh (self);
}

void
dmp_send_page_set_problem (DmpSendPage *self, const char *problem)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
}

static void
forget_files (DmpSendPage *self)
{
  GtkListBoxRow *row;

  self->current = NULL;
  g_clear_pointer (&self->shown, g_bytes_unref);
  adw_bin_set_child (self->preview, NULL);
  while ((row = gtk_list_box_get_row_at_index (self->files_list, 0)) != NULL)
    gtk_list_box_remove (self->files_list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->files, 0);
}

GPtrArray *
dmp_send_page_take_files (DmpSendPage *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (DMP_IS_SEND_PAGE (self), files);

  for (guint i = 0; i < self->files->len; i++)
    {
      g_signal_handlers_disconnect_by_func (self->files->pdata[i], on_changed, self);
      g_ptr_array_add (files, g_object_ref (self->files->pdata[i]));
    }
  forget_files (self);
  dmp_send_page_clear (self);
  return files;
}

void
dmp_send_page_put_files (DmpSendPage *self, GPtrArray *files)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  for (guint i = 0; i < files->len; i++)
    {
      put_file (self, g_object_ref (files->pdata[i]));
      on_changed (files->pdata[i], self); /* the record may hold more than it did */
    }
}

void
dmp_send_page_clear (DmpSendPage *self)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  for (guint i = 0; i < self->files->len; i++)
    dmp_send_file_stop (self->files->pdata[i]);
  forget_files (self);
  g_clear_object (&self->record);
  g_clear_object (&self->patient);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->holder, g_free);
  self->busy = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  dmp_send_page_set_problem (self, NULL);
  choose (self, NULL);
}

void
dmp_send_page_focus (DmpSendPage *self)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
dmp_send_page_dispose (GObject *object)
{
  DmpSendPage *self = DMP_SEND_PAGE (object);

  for (guint i = 0; self->files != NULL && i < self->files->len; i++)
    dmp_send_file_stop (self->files->pdata[i]);
  self->current = NULL;
  g_clear_pointer (&self->shown, g_bytes_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->record);
  g_clear_object (&self->patient);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->holder, g_free);

  G_OBJECT_CLASS (dmp_send_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_stack);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_name);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_size);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, remove);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, files_box);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, files_list);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, fields);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, visible);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, masked);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, checks);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, left);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, spinner);
}

static void
dmp_send_page_class_init (DmpSendPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_send_page_dispose;
  g_type_ensure (DMP_TYPE_SEND_CHECKS);
  g_type_ensure (DMP_TYPE_SEND_FIELDS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-send-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_rights);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
dmp_send_page_init (DmpSendPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  g_signal_connect_swapped (self->fields, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (self->checks, "repair", G_CALLBACK (on_repair), self);
  g_signal_connect_swapped (self->checks, "accept", G_CALLBACK (on_accept), self);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  dmp_send_page_clear (self);
}
