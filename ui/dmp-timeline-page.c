#include "config.h"

#include "dmp-timeline-page.h"

#include "dmp-coverage-row.h"
#include "dmp-tag.h"
#include "dmp-timeline-list.h"
#include "dmp-timeline.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define ROOMY_WIDTH 1600
#define LIST_HEIGHT 220 /* at least, where letters are so large that the drawing scrolls */

struct _DmpTimelinePage
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller; /* of the drawing: it tells the width */
  DmpTimeline *timeline;
  GtkLabel *period;
  GtkLabel *count;
  GtkLabel *before;
  GtkWidget *empty;
  DmpTimelineList *list;
  GtkWidget *foot;
  DmpCoverageRow *coverage;
  GtkWidget *legend;
  GtkWidget *keys;
  int width;     /* last allocated */
  guint reshape; /* idle source */

  GListModel *documents; /* (nullable) */
  DmpSummary *summary;   /* (nullable) */
  DmpTimelineSource source;
  gboolean interrupted;
  char *today;            /* (nullable): given */
  DmpTimelineData *shown; /* (nullable) */
  gboolean stale;         /* something has changed while nobody looked */
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

/* @words: (transfer full): nothing for none */
static void
add_part (GPtrArray *parts, guint n, char *words)
{
  if (n > 0)
    g_ptr_array_add (parts, words);
  else
    g_free (words);
}

/* "16 documents · 11 événements" */
static void
show_counts (DmpTimelinePage *self, GPtrArray *events)
{
  guint documents = 0, others;
  int track = dmp_timeline_get_track (self->timeline);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < events->len; i++)
    documents += dmp_timeline_event_get (events->pdata[i])->is_document;
  others = events->len - documents;
  add_part (
      parts, documents,
      g_strdup_printf (g_dngettext (NULL, "%u document", "%u documents", documents), documents));
  add_part (parts, others,
            g_strdup_printf (g_dngettext (NULL, "%u événement", "%u événements", others), others));
  if (track >= 0)
    g_ptr_array_add (parts, g_strdup (dmp_timeline_track_get_label ((DmpTimelineTrack) track)));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (" · ", (char **) parts->pdata);
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
  dmp_timeline_list_set_events (self->list, self->shown, events, keep);
  gtk_widget_set_visible (self->empty, events->len == 0);
}

static void
show_period (DmpTimelinePage *self)
{
  int top, height;

  dmp_timeline_get_extent (self->timeline, &top, &height);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), top,
                             top + height);
  show_events (self, FALSE);
}

/* "avant 2019 : 14 documents · 2 sans date exploitable · non montrés : 6 archivés": what is not on
 * the scale is said, and what is not shown at all. */
static void
show_off_scale (DmpTimelinePage *self)
{
  const DmpTimelineData *shown = self->shown;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) hidden = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL, *list = NULL;
  guint before = shown->n_before, undated = shown->n_undated, archived = shown->n_archived;
  guint replaced = shown->n_replaced, behind = shown->n_behind;

  add_part (parts, before,
            g_strdup_printf (
                g_dngettext (NULL, "avant %u : %u document", "avant %u : %u documents", before),
                shown->first_year, before));
  add_part (parts, undated,
            g_strdup_printf (
                g_dngettext (NULL, "%u sans date exploitable", "%u sans date exploitable", undated),
                undated));
  add_part (hidden, archived,
            g_strdup_printf (g_dngettext (NULL, "%u archivé", "%u archivés", archived), archived));
  add_part (
      hidden, replaced,
      g_strdup_printf (g_dngettext (NULL, "%u remplacé", "%u remplacés", replaced), replaced));
  add_part (hidden, behind,
            g_strdup_printf (g_dngettext (NULL, "%u double", "%u doubles", behind), behind));
  g_ptr_array_add (hidden, NULL);
  list = g_strjoinv (", ", (char **) hidden->pdata);
  add_part (parts, hidden->len - 1, g_strdup_printf (_ ("non montrés : %s"), list));
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_label_set_label (self->before, text);
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
                    : dmp_timeline_data_new (self->documents, self->summary, today, &self->source);
  dmp_timeline_set_data (self->timeline, self->shown);
  g_clear_pointer (&old, dmp_timeline_data_free);
  dmp_coverage_row_set_summary (self->coverage, self->summary, self->interrupted);
  if (self->shown != NULL)
    {
      show_off_scale (self);
      show_events (self, TRUE);
      return;
    }
  dmp_timeline_list_clear (self->list);
  gtk_label_set_label (self->period, "");
  gtk_label_set_label (self->count, "");
  gtk_label_set_label (self->before, "");
}

/* Enter in the drawing */
static void
open_selected (DmpTimelinePage *self)
{
  dmp_timeline_list_open (self->list);
}

static void
on_open (DmpTimelinePage *self, const char *document, const char *place)
{
  g_signal_emit (self, signals[OPEN], 0, document, place);
}

static void
on_open_listed (DmpTimelinePage *self, const char *document)
{
  g_signal_emit (self, signals[OPEN], 0, document, NULL);
}

/* --- What it is told --- */

void
dmp_timeline_page_set_source (DmpTimelinePage *self, const DmpTimelineSource *source)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  self->source = *source;
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
  dmp_timeline_list_clear (self->list);
  self->interrupted = FALSE;
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
dmp_timeline_page_set_interrupted (DmpTimelinePage *self, gboolean interrupted)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  self->interrupted = interrupted;
  dmp_coverage_row_set_summary (self->coverage, self->summary, interrupted);
}

void
dmp_timeline_page_toggle_detail (DmpTimelinePage *self)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  dmp_coverage_row_toggle_detail (self->coverage);
}

void
dmp_timeline_page_focus (DmpTimelinePage *self)
{
  g_return_if_fail (DMP_IS_TIMELINE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->timeline));
}

/* --- The widget --- */

static gboolean
foot_fits (DmpTimelinePage *self)
{
  int natural;

  gtk_widget_measure (self->foot, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural <= self->width;
}

/* Letters too large for one line of it at the foot: first the legend gives way, then the counts
 * do, and the list keeps some height. */
static gboolean
reshape_cb (gpointer data)
{
  DmpTimelinePage *self = data;
  gboolean narrow, roomy = self->width >= ROOMY_WIDTH;

  self->reshape = 0;
  gtk_widget_set_visible (self->legend, TRUE);
  dmp_coverage_row_set_brief (self->coverage, FALSE);
  if (!foot_fits (self))
    gtk_widget_set_visible (self->legend, FALSE);
  narrow = !foot_fits (self);
  gtk_widget_set_visible (self->keys, !narrow);
  dmp_coverage_row_set_brief (self->coverage, narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), -1, narrow ? LIST_HEIGHT : -1);
  dmp_timeline_set_roomy (self->timeline, roomy);
  if (roomy)
    gtk_widget_add_css_class (GTK_WIDGET (self), "ca-roomy");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ca-roomy");

  return G_SOURCE_REMOVE;
}

/* Not while places are being given out, but before the next frame. */
static void
on_allocated (DmpTimelinePage *self)
{
  int width =
      (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->scroller));

  if (width == self->width)
    return;
  self->width = width;
  if (self->reshape == 0)
    self->reshape = g_idle_add_full (G_PRIORITY_HIGH_IDLE, reshape_cb, self, NULL);
}

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
  g_clear_handle_id (&self->reshape, g_source_remove);
  if (self->timeline != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_scrolled_window_get_hadjustment (self->scroller),
                                            self);
      dmp_timeline_set_data (self->timeline, NULL);
    }
  self->timeline = NULL;
  g_clear_object (&self->documents);
  g_clear_object (&self->summary);
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
  g_type_ensure (DMP_TYPE_TIMELINE_LIST);
  g_type_ensure (DMP_TYPE_COVERAGE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-timeline-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, timeline);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, period);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, count);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, before);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, empty);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, list);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, foot);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, coverage);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, legend);
  gtk_widget_class_bind_template_child (widget_class, DmpTimelinePage, keys);
  gtk_widget_class_bind_template_callback (widget_class, show_period);
  gtk_widget_class_bind_template_callback (widget_class, open_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_open_listed);
}

static void
dmp_timeline_page_init (DmpTimelinePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->source.get_title = get_plain_title;
  g_signal_connect_swapped (gtk_scrolled_window_get_hadjustment (self->scroller), "changed",
                            G_CALLBACK (on_allocated), self);
  refresh (self);
}
