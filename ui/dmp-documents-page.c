#include "config.h"

#include "dmp-documents-page.h"

#include "dmp-completeness.h"
#include "dmp-document-chips.h"
#include "dmp-document-columns.h"
#include "dmp-document-filters.h"
#include "dmp-document-kind.h"
#include "dmp-group-card.h"
#include "dmp-field.h"
#include "dmp-narrative.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define SCROLL_AFTER 50 /* ms: once the rows have their places */

struct _DmpDocumentsPage
{
  AdwBin parent_instance;

  GtkBox *kinds;
  GtkToggleButton *masked;
  GtkToggleButton *archived;
  GtkToggleButton *replaced;
  GtkSearchEntry *search;
  GtkStack *list_stack;
  GtkColumnView *view;
  GtkStack *preview_stack;
  GtkLabel *preview_title;
  GtkLabel *preview_author;
  GtkLabel *preview_date;
  GtkLabel *preview_problem;
  DmpNarrative *narrative;
  DmpCompleteness *bar;
  GtkLabel *read;
  GtkLabel *masking;

  DmpDocumentFilters *filters;
  DmpGroupCard *card;

  DmpDocumentColumns *columns;
  DmpDocumentGroups *groups;
  GListModel *documents;
  gulong watch;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  DmpDocumentChips *chips;
  guint scroll; /* source that scrolls to the chosen row */
};

enum
{
  PREVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpDocumentsPage, dmp_documents_page, ADW_TYPE_BIN)

/* --- Filters --- */

static gboolean
matches_search (DmpDocumentsPage *self, DmpDocumentEntry *entry)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *author = NULL, *all = NULL;

  if (*words == '\0')
    return TRUE;
  author = dmp_document_entry_dup_author (entry);
  all = g_strjoin (" ", dmp_document_columns_get_title (self->columns, entry),
                   dmp_document_entry_get_title (entry), dmp_document_kind_get_type_label (entry),
                   author, NULL);

  return g_str_match_string (words, all, TRUE);
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  DmpDocumentsPage *self = data;

  return dmp_document_chips_match (self->chips, item) &&
         dmp_document_filters_match (self->filters, item) && matches_search (self, item);
}

static gboolean
filter_cb (gpointer item, gpointer page)
{
  return is_shown (item, page) &&
         !dmp_document_groups_is_behind (DMP_DOCUMENTS_PAGE (page)->groups, item, is_shown, page);
}

static void
on_filter_changed (DmpDocumentsPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_show_all (DmpDocumentsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  dmp_document_filters_reset (self->filters);
  dmp_document_chips_reset (self->chips, TRUE);
}

static void
on_items_changed (DmpDocumentsPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (self->list_stack, any ? "list" : "empty");
}

/* As for somebody who comes for the first time: what was chosen was chosen for one patient. */
static void
reset_filters (DmpDocumentsPage *self)
{
  dmp_field_clear (GTK_EDITABLE (self->search));
  dmp_document_filters_reset (self->filters);
  dmp_document_chips_reset (self->chips, FALSE);
  dmp_document_columns_reset (self->columns);
}

/* --- The list --- */

static const char *
get_chosen (DmpDocumentsPage *self)
{
  DmpDocumentEntry *entry = dmp_documents_page_get_selected (self);

  return entry != NULL ? dmp_document_entry_get_unique_id (entry) : NULL;
}

static void
clear_preview (DmpDocumentsPage *self)
{
  GtkLabel *const labels[] = { self->preview_title, self->preview_author, self->preview_date,
                               self->preview_problem };

  dmp_narrative_set_document (self->narrative, NULL, NULL);
  gtk_stack_set_visible_child_name (self->preview_stack, "none");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_label (labels[i], "");
}

static void
show_preview_head (DmpDocumentsPage *self, DmpDocumentEntry *entry)
{
  g_autofree char *author = dmp_document_entry_dup_author (entry);
  g_autofree char *dates = dmp_document_kind_dup_dates (entry);

  gtk_label_set_label (self->preview_title, dmp_document_columns_get_title (self->columns, entry));
  gtk_label_set_label (self->preview_author, author);
  gtk_label_set_label (self->preview_date, dates);
}

static void
regroup (DmpDocumentsPage *self)
{
  g_autofree char *chosen = g_strdup (get_chosen (self));
  DmpDocumentEntry *entry;

  dmp_document_groups_arrange (self->groups, self->documents);
  dmp_document_columns_refresh (self->columns);
  on_filter_changed (self);
  if (chosen != NULL)
    dmp_documents_page_select (self, chosen);
  dmp_group_card_set (self->card, self->groups, get_chosen (self));
  entry = dmp_documents_page_get_selected (self);
  if (entry != NULL)
    show_preview_head (self, entry);
}

void
dmp_documents_page_learn (DmpDocumentsPage *self, DmpDocumentLookup lookup, gpointer data)
{
  guint n;

  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  n = self->documents != NULL ? g_list_model_get_n_items (self->documents) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (self->documents, i);
      const char *id = dmp_document_entry_get_unique_id (entry);
      DmpCdaDocument *document = id != NULL ? lookup (id, data) : NULL;

      if (document != NULL)
        dmp_document_groups_learn (self->groups, id, document);
    }
  regroup (self);
}

const char *
dmp_documents_page_get_title (DmpDocumentsPage *self, DmpDocumentEntry *entry)
{
  g_return_val_if_fail (DMP_IS_DOCUMENTS_PAGE (self), NULL);

  return dmp_document_columns_get_title (self->columns, entry);
}

const char *
dmp_documents_page_get_leader (DmpDocumentsPage *self, const char *unique_id)
{
  g_return_val_if_fail (DMP_IS_DOCUMENTS_PAGE (self), NULL);

  return dmp_document_groups_get_leader (self->groups, unique_id);
}

GPtrArray *
dmp_documents_page_dup_episode (DmpDocumentsPage *self, const char *unique_id)
{
  g_return_val_if_fail (DMP_IS_DOCUMENTS_PAGE (self), NULL);

  return dmp_document_groups_dup_episode (self->groups, unique_id);
}

void
dmp_documents_page_toggle_group (DmpDocumentsPage *self)
{
  const char *id;

  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  id = get_chosen (self);
  if (id == NULL)
    return;
  dmp_document_groups_set_apart (self->groups, id,
                                 !dmp_document_groups_is_apart (self->groups, id));
  regroup (self);
}

static void
on_documents_changed (DmpDocumentsPage *self)
{
  dmp_document_filters_set_documents (self->filters, self->documents);
  regroup (self);
  dmp_document_chips_count (self->chips, self->documents);
}

static void
renew_groups (DmpDocumentsPage *self)
{
  g_autoptr (DmpDocumentGroups) old = g_steal_pointer (&self->groups);

  self->groups = dmp_document_groups_new ();
  dmp_document_columns_set_groups (self->columns, self->groups);
}

void
dmp_documents_page_set_documents (DmpDocumentsPage *self, GListModel *documents)
{
  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  g_clear_signal_handler (&self->watch, self->documents);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_column_view_set_model (self->view, NULL);
  g_set_object (&self->documents, documents);
  renew_groups (self);
  gtk_filter_list_model_set_model (self->filtered, documents);
  if (documents != NULL) /* after the filter's own: to filter again, it must know of the change */
    self->watch = g_signal_connect_object (
        documents, "items-changed", G_CALLBACK (on_documents_changed), self, G_CONNECT_SWAPPED);
  on_documents_changed (self);
  if (documents == NULL)
    {
      dmp_documents_page_set_summary (self, NULL);
      reset_filters (self);
      clear_preview (self);
    }
}

void
dmp_documents_page_set_summary (DmpDocumentsPage *self, DmpSummary *summary)
{
  const DmpCoverage *coverage;
  g_autofree char *read = NULL;

  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  dmp_document_columns_set_summary (self->columns, summary);
  coverage = summary != NULL ? dmp_summary_get_coverage (summary) : NULL;
  dmp_completeness_set_coverage (self->bar, coverage);
  if (coverage != NULL)
    read = g_strdup_printf (_ ("%u / %u lus"), coverage->read, coverage->listed);
  gtk_label_set_label (self->read, read != NULL ? read : "");
  gtk_label_set_label (self->masking,
                       summary != NULL ? dmp_summary_get_masking_sentence (summary) : "");
}

DmpDocumentEntry *
dmp_documents_page_get_selected (DmpDocumentsPage *self)
{
  g_return_val_if_fail (DMP_IS_DOCUMENTS_PAGE (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

gboolean
dmp_documents_page_step (DmpDocumentsPage *self, int step)
{
  guint at, n;

  g_return_val_if_fail (DMP_IS_DOCUMENTS_PAGE (self), FALSE);

  at = gtk_single_selection_get_selected (self->selection);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  if (at == GTK_INVALID_LIST_POSITION || (step < 0 && at == 0) || (step > 0 && at + 1 >= n))
    return FALSE;
  gtk_single_selection_set_selected (self->selection, at + step);
  return TRUE;
}

void
dmp_documents_page_select (DmpDocumentsPage *self, const char *unique_id)
{
  const char *leader;
  guint n;

  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  leader = unique_id != NULL ? dmp_document_groups_get_leader (self->groups, unique_id) : NULL;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry =
          g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      const char *id = dmp_document_entry_get_unique_id (entry);
      gboolean found = g_strcmp0 (id, unique_id) == 0;

      if (found || (leader != NULL && g_strcmp0 (id, leader) == 0))
        gtk_single_selection_set_selected (self->selection, i);
      if (found)
        return;
    }
}

char *
dmp_documents_page_dup_position (DmpDocumentsPage *self)
{
  guint at;

  g_return_val_if_fail (DMP_IS_DOCUMENTS_PAGE (self), NULL);

  at = gtk_single_selection_get_selected (self->selection);
  if (at == GTK_INVALID_LIST_POSITION)
    return g_strdup ("");
  return g_strdup_printf (_ ("document %u sur %u"), at + 1,
                          g_list_model_get_n_items (G_LIST_MODEL (self->selection)));
}

static gboolean
scroll_cb (gpointer data)
{
  DmpDocumentsPage *self = data;

  self->scroll = 0;
  dmp_document_columns_scroll_to (self->columns,
                                  gtk_single_selection_get_selected (self->selection));
  return G_SOURCE_REMOVE;
}

void
dmp_documents_page_focus (DmpDocumentsPage *self)
{
  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (self->scroll == 0)
    self->scroll = g_timeout_add (SCROLL_AFTER, scroll_cb, self);
}

void
dmp_documents_page_clear_search (DmpDocumentsPage *self)
{
  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  dmp_field_clear (GTK_EDITABLE (self->search));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- The preview --- */

void
dmp_documents_page_set_preview (DmpDocumentsPage *self,
                                DmpDocumentEntry *entry,
                                DmpCdaDocument *document,
                                const char *problem)
{
  g_return_if_fail (DMP_IS_DOCUMENTS_PAGE (self));

  if (entry != dmp_documents_page_get_selected (self))
    return;
  show_preview_head (self, entry);
  dmp_narrative_set_document (self->narrative, document, NULL);
  gtk_label_set_label (self->preview_problem, problem != NULL ? problem : "");
  gtk_stack_set_visible_child_name (self->preview_stack, document != NULL  ? "text"
                                                         : problem != NULL ? "problem"
                                                                           : "waiting");
}

static void
on_selected (DmpDocumentsPage *self)
{
  DmpDocumentEntry *entry = dmp_documents_page_get_selected (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "documents.open", entry != NULL);
  dmp_group_card_set (self->card, self->groups, get_chosen (self));
  if (entry == NULL)
    {
      clear_preview (self);
      return;
    }
  show_preview_head (self, entry);
  gtk_stack_set_visible_child_name (self->preview_stack, "waiting");
  g_signal_emit (self, signals[PREVIEW], 0, entry);
}

static void
open_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.open-document", NULL);
}

static void
on_activate (DmpDocumentsPage *self)
{
  open_selected (GTK_WIDGET (self), NULL, NULL);
}

/* --- Making --- */

static void
create_chips (DmpDocumentsPage *self)
{
  GtkToggleButton *const states[DMP_N_CHIPS] = { [DMP_CHIP_MASKED] = self->masked,
                                                 [DMP_CHIP_ARCHIVED] = self->archived,
                                                 [DMP_CHIP_REPLACED] = self->replaced };

  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->chips = dmp_document_chips_new (self->kinds, states, GTK_FILTER (self->filter));
}

static void
create_models (DmpDocumentsPage *self)
{
  GtkSortListModel *sorted;

  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  self->columns = dmp_document_columns_new (self->view);
  renew_groups (self);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filtered)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected),
                            self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (on_items_changed), self);
}

/* A list makes its rows, two hundred of them, whether somebody sees it or not: not before. */
static void
dmp_documents_page_map (GtkWidget *widget)
{
  DmpDocumentsPage *self = DMP_DOCUMENTS_PAGE (widget);

  if (gtk_column_view_get_model (self->view) == NULL)
    gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  GTK_WIDGET_CLASS (dmp_documents_page_parent_class)->map (widget);
}

static void
dmp_documents_page_dispose (GObject *object)
{
  DmpDocumentsPage *self = DMP_DOCUMENTS_PAGE (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_signal_handler (&self->watch, self->documents);
  g_clear_object (&self->documents);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->chips, dmp_document_chips_free);
  g_clear_pointer (&self->columns, dmp_document_columns_free);
  g_clear_pointer (&self->groups, dmp_document_groups_free);

  G_OBJECT_CLASS (dmp_documents_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, masked);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, archived);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, replaced);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, card);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, view);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, preview_stack);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, preview_title);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, preview_author);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, preview_date);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, preview_problem);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, narrative);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, read);
  gtk_widget_class_bind_template_child (widget_class, DmpDocumentsPage, masking);
}

static void
dmp_documents_page_class_init (DmpDocumentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_documents_page_dispose;
  widget_class->map = dmp_documents_page_map;
  signals[PREVIEW] = g_signal_new ("preview", DMP_TYPE_DOCUMENTS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, DMP_TYPE_DOCUMENT_ENTRY);
  gtk_widget_class_install_action (widget_class, "documents.open", NULL, open_selected);
  g_type_ensure (DMP_TYPE_COMPLETENESS);
  g_type_ensure (DMP_TYPE_NARRATIVE);
  g_type_ensure (DMP_TYPE_DOCUMENT_FILTERS);
  g_type_ensure (DMP_TYPE_GROUP_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-documents-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, dmp_documents_page_select);
  gtk_widget_class_bind_template_callback (widget_class, dmp_documents_page_clear_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
dmp_documents_page_init (DmpDocumentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  create_chips (self);
  create_models (self);
  dmp_document_chips_count (self->chips, self->documents);
  on_selected (self);
}
