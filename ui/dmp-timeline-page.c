#include "config.h"

#include "dmp-timeline-page.h"

#include "dmp-tag.h"
#include "dmp-timeline.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

struct _DmpTimelinePage
{
  AdwBin parent_instance;

  DmpTimeline *timeline;
  GtkLabel *period;
  GtkLabel *count;
  GtkLabel *before;
  GtkWidget *empty;
  GtkListView *list;
  GtkLabel *read;

  GListModel *documents; /* (nullable) */
  DmpSummary *summary;   /* (nullable) */
  DmpTimelineTitle title;
  gpointer title_data;
  char *today;            /* (nullable): given */
  DmpTimelineData *shown; /* (nullable) */
  GListStore *events;     /* of the period */
  GtkSingleSelection *selection;
  gboolean stale; /* something has changed while nobody looked */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpTimelinePage, dmp_timeline_page, ADW_TYPE_BIN)

static const char *
get_plain_title (DmpDocumentEntry *entry, gpointer data)
{
  const char *title = dmp_document_entry_get_title (entry);

  return title != NULL && *title != '\0' ? title : _ ("Document sans titre");
}

/* --- The list of a period --- */

static gboolean
is_same (const DmpTimelineFields *a, const DmpTimelineFields *b)
{
  return g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->date, b->date) == 0 && g_strcmp0 (a->author, b->author) == 0;
}

static gboolean
is_shown (DmpTimelinePage *self, GPtrArray *events)
{
  GListModel *model = G_LIST_MODEL (self->events);

  if (g_list_model_get_n_items (model) != events->len)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr (DmpTimelineEvent) event = g_list_model_get_item (model, i);

      if (!is_same (dmp_timeline_event_get (event), dmp_timeline_event_get (events->pdata[i])))
        return FALSE;
    }

  return TRUE;
}

/* The chosen event stays chosen when others come; another period begins with its newest. */
static void
fill_list (DmpTimelinePage *self, GPtrArray *events, gboolean keep)
{
  DmpTimelineEvent *chosen = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *id =
      chosen != NULL ? g_strdup (dmp_timeline_event_get (chosen)->id) : g_strdup ("");

  if (is_shown (self, events))
    return;
  g_list_store_splice (self->events, 0, g_list_model_get_n_items (G_LIST_MODEL (self->events)),
                       events->pdata, events->len);
  if (!keep && events->len > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
    }
  for (guint i = 0; keep && i < events->len; i++)
    if (g_strcmp0 (dmp_timeline_event_get (events->pdata[i])->id, id) == 0)
      gtk_single_selection_set_selected (self->selection, i);
}

static void
show_counts (DmpTimelinePage *self, GPtrArray *events)
{
  guint documents = 0;
  int track = dmp_timeline_get_track (self->timeline);
  g_autofree char *n_events = NULL, *n_documents = NULL, *text = NULL;

  for (guint i = 0; i < events->len; i++)
    documents += dmp_timeline_event_get (events->pdata[i])->is_document;
  n_events = g_strdup_printf (g_dngettext (NULL, "%u événement", "%u événements", events->len),
                              events->len);
  n_documents = g_strdup_printf (
      g_dngettext (NULL, "dont %u document", "dont %u documents", documents), documents);
  text =
      g_strjoin (" · ", n_events, n_documents,
                 track >= 0 ? dmp_timeline_track_get_label ((DmpTimelineTrack) track) : NULL, NULL);
  gtk_label_set_label (self->count, text);
}

static void
show_events (DmpTimelinePage *self, gboolean keep)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *title = NULL;

  if (self->shown == NULL)
    return;
  events = dmp_timeline_data_dup_events (self->shown, dmp_timeline_get_period (self->timeline),
                                         dmp_timeline_get_track (self->timeline));
  title =
      dmp_timeline_data_dup_period_title (self->shown, dmp_timeline_get_period (self->timeline));
  gtk_label_set_label (self->period, title);
  show_counts (self, events);
  fill_list (self, events, keep);
  gtk_widget_set_visible (self->empty, events->len == 0);
}

static void
show_period (DmpTimelinePage *self)
{
  show_events (self, FALSE);
}

/* "avant 2019 : 14 documents · 2 sans date exploitable" */
static void
show_off_scale (DmpTimelinePage *self)
{
  const DmpTimelineData *shown = self->shown;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  if (shown->n_before > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (g_dngettext (NULL, "avant %u : %u document",
                                                   "avant %u : %u documents", shown->n_before),
                                      shown->first_year, shown->n_before));
  if (shown->n_undated > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (g_dngettext (NULL, "%u sans date exploitable",
                                                   "%u sans date exploitable", shown->n_undated),
                                      shown->n_undated));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_label_set_label (self->before, text);
}

static void
show_read (DmpTimelinePage *self)
{
  const DmpCoverage *coverage =
      self->summary != NULL ? dmp_summary_get_coverage (self->summary) : NULL;
  g_autofree char *text = NULL;

  if (coverage == NULL)
    text = g_strdup (_ ("Lecture du dossier…"));
  else
    text = g_strdup_printf (_ ("%u / %u documents lus"), coverage->read, coverage->listed);
  gtk_label_set_label (self->read, text);
}

static char *
dup_today (DmpTimelinePage *self)
{
  return self->today != NULL ? g_strdup (self->today) : dmp_date_dup_today ();
}

static void
refresh (DmpTimelinePage *self)
{
  g_autofree char *today = dup_today (self);
  DmpTimelineData *old = self->shown;

  if (self->documents != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  self->shown = self->documents == NULL
                    ? NULL
                    : dmp_timeline_data_new (self->documents, self->summary, today, self->title,
                                             self->title_data);
  dmp_timeline_set_data (self->timeline, self->shown);
  g_clear_pointer (&old, dmp_timeline_data_free);
  show_read (self);
  if (self->shown != NULL)
    {
      show_off_scale (self);
      show_events (self, TRUE);
      return;
    }
  g_list_store_remove_all (self->events);
  gtk_label_set_label (self->period, "");
  gtk_label_set_label (self->count, "");
  gtk_label_set_label (self->before, "");
}

/* --- Rows --- */

/* Date, shape, title, what must not be read aloud, author. */
static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *date = dmp_text_new ("", "ca-one-line dim-label");
  GtkWidget *title = dmp_text_new ("", NULL), *author = dmp_text_new ("", "dim-label");

  gtk_label_set_width_chars (GTK_LABEL (date), 18);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (author), 1);
  gtk_box_append (GTK_BOX (row), date);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), dmp_tag_new ("changes-prevent-symbolic", _ ("masqué"), NULL));
  gtk_box_append (GTK_BOX (row),
                  dmp_tag_new ("view-conceal-symbolic", _ ("non visible du patient"), NULL));
  gtk_box_append (GTK_BOX (row), author);
  gtk_list_item_set_child (item, row);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DmpTimelineEvent *event = gtk_list_item_get_item (item);
  const DmpTimelineFields *fields = dmp_timeline_event_get (event);
  GtkWidget *row = gtk_list_item_get_child (item), *child = gtk_widget_get_first_child (row);
  g_autofree char *words = dmp_timeline_event_dup_words (event);

  gtk_label_set_label (GTK_LABEL (child), fields->date);
  child = gtk_widget_get_next_sibling (child);
  gtk_image_set_from_icon_name (GTK_IMAGE (child), fields->icon);
  child = gtk_widget_get_next_sibling (child);
  gtk_label_set_label (GTK_LABEL (child), fields->title);
  if (fields->is_document)
    gtk_widget_remove_css_class (child, "ca-strong");
  else
    gtk_widget_add_css_class (child, "ca-strong");
  child = gtk_widget_get_next_sibling (child);
  gtk_widget_set_visible (child, fields->masked);
  child = gtk_widget_get_next_sibling (child);
  gtk_widget_set_visible (child, fields->hidden_from_patient);
  child = gtk_widget_get_next_sibling (child);
  gtk_label_set_label (GTK_LABEL (child), fields->author != NULL ? fields->author : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* --- Opening --- */

static void
open_event (DmpTimelinePage *self, DmpTimelineEvent *event)
{
  const DmpTimelineFields *fields = event != NULL ? dmp_timeline_event_get (event) : NULL;

  if (fields != NULL && fields->document != NULL)
    g_signal_emit (self, signals[OPEN], 0, fields->document, fields->place);
}

static void
open_selected (DmpTimelinePage *self)
{
  open_event (self, gtk_single_selection_get_selected_item (self->selection));
}

static void
on_activate (DmpTimelinePage *self, guint position)
{
  g_autoptr (DmpTimelineEvent) event =
      g_list_model_get_item (G_LIST_MODEL (self->events), position);

  open_event (self, event);
}

/* --- What it is told --- */

void
dmp_timeline_page_set_titles (DmpTimelinePage *self, DmpTimelineTitle title, gpointer data)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  self->title = title;
  self->title_data = data;
}

void
dmp_timeline_page_set_today (DmpTimelinePage *self, const char *today)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  g_free (self->today);
  self->today = g_strdup (today);
}

void
dmp_timeline_page_set_documents (DmpTimelinePage *self, GListModel *documents)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  if (self->documents != NULL)
    g_signal_handlers_disconnect_by_data (self->documents, self);
  g_set_object (&self->documents, documents);
  g_clear_object (&self->summary);
  dmp_timeline_reset (self->timeline);
  if (documents != NULL)
    g_signal_connect_object (documents, "items-changed", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
  refresh (self);
}

void
dmp_timeline_page_set_summary (DmpTimelinePage *self, DmpSummary *summary)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  g_set_object (&self->summary, summary);
  refresh (self);
}

void
dmp_timeline_page_focus (DmpTimelinePage *self)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->timeline));
}

/* --- The widget --- */

static void
dmp_timeline_page_map (GtkWidget *widget)
{
  DmpTimelinePage *self = DMP_TIMELINE_PAGE (widget);

  GTK_WIDGET_CLASS (dmp_timeline_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
dmp_timeline_page_dispose (GObject *object)
{
  DmpTimelinePage *self = DMP_TIMELINE_PAGE (object);

  if (self->documents != NULL)
    g_signal_handlers_disconnect_by_data (self->documents, self);
  if (self->timeline != NULL)
    dmp_timeline_set_data (self->timeline, NULL);
  self->timeline = NULL;
  g_clear_object (&self->documents);
  g_clear_object (&self->summary);
  g_clear_object (&self->events);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->shown, dmp_timeline_data_free);
  g_clear_pointer (&self->today, g_free);

  G_OBJECT_CLASS (dmp_timeline_page_parent_class)->dispose (object);
}

static void
dmp_timeline_page_class_init (DmpTimelinePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_timeline_page_dispose;
  widget_class->map = dmp_timeline_page_map;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_TIMELINE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (DMP_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-timeline-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, timeline);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, period);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, count);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, before);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, empty);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, list);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, read);
  gtk_widget_class_bind_template_callback (widget_class, show_period);
  gtk_widget_class_bind_template_callback (widget_class, open_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
dmp_timeline_page_init (DmpTimelinePage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->title = get_plain_title;
  self->events = g_list_store_new (DMP_TYPE_TIMELINE_EVENT);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->events)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  refresh (self);
}
