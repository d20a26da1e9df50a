#include "config.h"

#include "dmp-send-page.h"

#include "cda/dmp-file-check.h"
#include "dmp-check-row.h"
#include "dmp-field.h"
#include "dmp-file-view.h"
#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-document-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_TYPE "11488-4" /* consultation report */

struct _DmpSendPage
{
  AdwBin parent_instance;

  GtkStack *file_stack;
  AdwBin *preview;
  GtkLabel *file_name;
  GtkLabel *file_size;
  GtkDropDown *type;
  AdwEntryRow *title_row;
  AdwEntryRow *date_row;
  GtkWidget *date_problem_box;
  GtkLabel *date_problem;
  GtkButton *date_use;
  AdwActionRow *author_row;
  GtkSwitch *visible;
  GtkSwitch *masked;
  DmpCheckRow *file_check;
  DmpCheckRow *twin_check;
  DmpCheckRow *date_check;
  DmpCheckRow *title_check;
  DmpCheckRow *rights_check;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *left;
  GtkSpinner *spinner;

  GCancellable *cancellable;
  GPtrArray *types; /* (element-type DmpCode): in the order of the dropdown */
  GListModel *documents;
  GBytes *bytes;
  char *mime;
  char *name;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (DmpSendPage, dmp_send_page, ADW_TYPE_BIN)

static void check_all (DmpSendPage *self);

/* --- Types --- */

static int
compare_types (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (dmp_code_get_display (*(DmpCode *const *) a),
                         dmp_code_get_display (*(DmpCode *const *) b));
}

static void
setup_type (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap != NULL);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           wrap != NULL ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_type (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer wrap)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (label), name);
  gtk_widget_set_tooltip_text (label, name);
}

static GtkListItemFactory *
new_type_factory (gboolean wrap)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_type), GINT_TO_POINTER (wrap));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_type), GINT_TO_POINTER (wrap));

  return factory;
}

/* All that a professional may send: types with a class, but not the patient's own. */
static void
fill_types (DmpSendPage *self)
{
  const DmpCodeTableData *table = dmp_code_table_get (DMP_TABLE_TYPE);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) button = new_type_factory (FALSE);
  g_autoptr (GtkListItemFactory) list = new_type_factory (TRUE);
  g_autoptr (GtkExpression) expression =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const DmpCodeRow *row = &table->rows[i];

      if (row->extra != NULL && row->label != NULL && !g_str_equal (row->extra, "90") &&
          !g_str_has_prefix (row->code, "DOCPAT"))
        g_ptr_array_add (self->types, dmp_code_new (row->code, row->system, row->label));
    }
  g_ptr_array_sort (self->types, compare_types);
  for (guint i = 0; i < self->types->len; i++)
    gtk_string_list_append (names, dmp_code_get_display (self->types->pdata[i]));
  gtk_drop_down_set_factory (self->type, button);
  gtk_drop_down_set_list_factory (self->type, list);
  gtk_drop_down_set_model (self->type, G_LIST_MODEL (names));
  gtk_drop_down_set_expression (self->type, expression);
  gtk_drop_down_set_enable_search (self->type, TRUE);
}

static void
choose_type (DmpSendPage *self, const char *code)
{
  for (guint i = 0; i < self->types->len; i++)
    if (g_str_equal (dmp_code_get_code (self->types->pdata[i]), code))
      gtk_drop_down_set_selected (self->type, i);
}

static DmpCode *
get_type (DmpSendPage *self)
{
  guint at = gtk_drop_down_get_selected (self->type);

  return at < self->types->len ? g_ptr_array_index (self->types, at) : NULL;
}

/* --- The date of the act --- */

/* "15/01/2026" → "20260115"; NULL when it is no date, or one to come. */
static char *
dup_date (DmpSendPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->date_row));
  g_auto (GStrv) parts = g_strsplit_set (text, "/.- ", -1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y%m%d");
  g_autofree char *stamp = NULL;

  if (g_strv_length (parts) != 3 || strlen (parts[2]) != 4)
    return NULL;
  stamp = g_strdup_printf ("%s%02d%02d", parts[2], atoi (parts[1]), atoi (parts[0]));

  return dmp_date_check (stamp) && strcmp (stamp, today) <= 0 ? g_steal_pointer (&stamp) : NULL;
}

static void
check_date (DmpSendPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->date_row));
  g_autofree char *date = dup_date (self);
  gboolean wrong = date == NULL;

  gtk_label_set_label (self->date_problem,
                       *text == '\0'
                           ? _ ("Il manque la date de l’acte.")
                           : _ ("La date s’écrit JJ/MM/AAAA et n’est pas dans le futur."));
  gtk_widget_set_visible (self->date_problem_box, wrong);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->date_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->date_row), "error");
  dmp_check_row_set (self->date_check, wrong ? DMP_CHECK_WRONG : DMP_CHECK_OK,
                     !wrong          ? _ ("en ordre")
                     : *text == '\0' ? _ ("manquante")
                                     : _ ("à corriger"));
}

static void
on_use_today (DmpSendPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%d/%m/%Y");

  gtk_editable_set_text (GTK_EDITABLE (self->date_row), today);
}

/* --- Checks --- */

static gboolean
is_twin (DmpDocumentEntry *entry, DmpCode *type, const char *title, const char *date)
{
  const char *other = dmp_document_entry_get_date (entry);

  return dmp_document_entry_get_fields (entry)->status == DMP_STATUS_APPROVED &&
         dmp_code_equal (dmp_document_entry_get_type_code (entry), type) &&
         g_strcmp0 (dmp_document_entry_get_title (entry), title) == 0 && other != NULL &&
         date != NULL && strncmp (other, date, 8) == 0;
}

/* Only said: the same act may well have two documents of that name. */
static void
check_twin (DmpSendPage *self)
{
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title_row));
  g_autofree char *date = dup_date (self);
  DmpCode *type = get_type (self);
  gboolean found = FALSE;
  guint n = self->documents != NULL ? g_list_model_get_n_items (self->documents) : 0;

  for (guint i = 0; i < n && !found; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (self->documents, i);

      found = is_twin (entry, type, title, date);
    }
  dmp_check_row_set (self->twin_check, found ? DMP_CHECK_UNKNOWN : DMP_CHECK_OK,
                     found ? _ ("un document de ce titre et de ce jour y est") : _ ("non"));
}

static gboolean
check_file (DmpSendPage *self)
{
  g_autoptr (GError) error = NULL;

  if (self->bytes == NULL)
    {
      dmp_check_row_set (self->file_check, DMP_CHECK_WRONG, _ ("à choisir"));
      return FALSE;
    }
  if (self->mime == NULL || !dmp_file_check (self->bytes, self->mime, &error))
    {
      dmp_check_row_set (self->file_check, DMP_CHECK_WRONG,
                         error != NULL ? error->message : _ ("type de fichier non accepté"));
      return FALSE;
    }
  dmp_check_row_set (self->file_check, DMP_CHECK_OK, _ ("conforme"));

  return TRUE;
}

/* Neither the patient nor anybody else could read it (EX_2.1, cumul-invisible_patient-masque_ps).
 */
static gboolean
rights_are_possible (DmpSendPage *self)
{
  return gtk_switch_get_active (self->visible) || !gtk_switch_get_active (self->masked);
}

static void
check_all (DmpSendPage *self)
{
  g_autofree char *date = dup_date (self);
  gboolean file = check_file (self), rights = rights_are_possible (self);
  gboolean title = *gtk_editable_get_text (GTK_EDITABLE (self->title_row)) != '\0';
  guint wrong = !file + !title + (date == NULL) + !rights;
  g_autofree char *left = NULL;

  check_date (self);
  check_twin (self);
  dmp_check_row_set (self->title_check, title ? DMP_CHECK_OK : DMP_CHECK_WRONG,
                     title ? _ ("en ordre") : _ ("manquant"));
  dmp_check_row_set (self->rights_check, rights ? DMP_CHECK_OK : DMP_CHECK_WRONG,
                     rights ? _ ("en ordre")
                            : _ ("masqué et non visible du patient : personne ne le lirait"));
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
  g_autofree char *date = NULL;

  g_return_val_if_fail (DMP_IS_SEND_PAGE (self), FALSE);

  date = dup_date (self);

  return !self->busy && date != NULL && check_file (self) && rights_are_possible (self) &&
         get_type (self) != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->title_row)) != '\0';
}

/* --- The file --- */

static void
show_file (DmpSendPage *self)
{
  g_autofree char *size = g_format_size (g_bytes_get_size (self->bytes));

  gtk_label_set_label (self->file_name, self->name);
  gtk_label_set_label (self->file_size, size);
  adw_bin_set_child (self->preview,
                     self->mime != NULL ? dmp_file_view_new (self->bytes, self->mime) : NULL);
  gtk_stack_set_visible_child_name (self->file_stack, "file");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DmpSendPage) self = data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  const char *mime;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL)
    {
      dmp_send_page_set_problem (self, _ ("Le fichier n’a pas pu être lu. Rien n’a été envoyé."));
      return;
    }
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes;
  mime = dmp_file_guess_mime (bytes);
  g_free (self->mime);
  self->mime = g_strdup (mime);
  g_free (self->name);
  self->name = g_file_get_basename (G_FILE (source));
  dmp_send_page_set_problem (self, NULL);
  show_file (self);
  check_all (self);
}

void
dmp_send_page_set_file (DmpSendPage *self, GFile *file)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  g_file_load_bytes_async (file, self->cancellable, loaded_cb, g_object_ref (self));
}

static gboolean
on_drop (DmpSendPage *self, const GValue *value)
{
  if (!G_VALUE_HOLDS (value, G_TYPE_FILE))
    return FALSE;
  dmp_send_page_set_file (self, g_value_get_object (value));

  return TRUE;
}

/* --- What the window asks --- */

void
dmp_send_page_prepare (DmpSendPage *self,
                       DmpPatient *patient,
                       const char *author,
                       GListModel *documents)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  dmp_send_page_clear (self);
  g_set_object (&self->documents, documents);
  adw_action_row_set_subtitle (self->author_row, author);
  check_all (self);
}

DmpSubmissionDraft *
dmp_send_page_dup_draft (DmpSendPage *self)
{
  DmpSubmissionDraft *draft = dmp_submission_draft_new ();

  g_return_val_if_fail (DMP_IS_SEND_PAGE (self), NULL);

  draft->bytes = g_bytes_ref (self->bytes);
  draft->file_name = g_strdup (self->name);
  draft->mime = g_strdup (self->mime);
  draft->title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_row))));
  draft->type_code = g_object_ref (get_type (self));
  draft->date = dup_date (self);
  draft->visibility = DMP_VISIBILITY_NORMAL;
  if (!gtk_switch_get_active (self->visible))
    draft->visibility |= DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
  if (gtk_switch_get_active (self->masked))
    draft->visibility |= DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS;

  return draft;
}

void
dmp_send_page_set_busy (DmpSendPage *self, gboolean busy)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  check_all (self);
}

void
dmp_send_page_set_problem (DmpSendPage *self, const char *problem)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
}

void
dmp_send_page_clear (DmpSendPage *self)
{
  g_return_if_fail (DMP_IS_SEND_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->documents);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->mime, g_free);
  g_clear_pointer (&self->name, g_free);
  adw_bin_set_child (self->preview, NULL);
  gtk_stack_set_visible_child_name (self->file_stack, "none");
  dmp_field_clear (GTK_EDITABLE (self->title_row));
  dmp_field_clear (GTK_EDITABLE (self->date_row));
  choose_type (self, DEFAULT_TYPE);
  gtk_switch_set_active (self->visible, TRUE);
  gtk_switch_set_active (self->masked, FALSE);
  gtk_label_set_label (self->file_name, "");
  adw_action_row_set_subtitle (self->author_row, "");
  dmp_send_page_set_problem (self, NULL);
  self->busy = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
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

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->documents);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->mime, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (dmp_send_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_stack);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_name);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_size);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, type);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, title_row);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, date_row);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, date_problem_box);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, date_problem);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, date_use);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, author_row);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, visible);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, masked);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, file_check);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, twin_check);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, date_check);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, title_check);
  gtk_widget_class_bind_template_child (widget_class, DmpSendPage, rights_check);
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
  g_type_ensure (DMP_TYPE_CHECK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-send-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, check_all);
  gtk_widget_class_bind_template_callback (widget_class, on_use_today);
}

static void
dmp_send_page_init (DmpSendPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  self->types = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_types (self);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  dmp_send_page_clear (self);
}
