#include "config.h"

#include "dmp-narrative.h"

#include "dmp-file-view.h"
#include "dmp-marks.h"
#include "dmp-narrative-blocks.h"
#include "dmp-page-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define BUDGET 8000 /* µs of building in one go: half a frame */

struct _DmpNarrative
{
  GtkBox parent_instance;

  DmpCdaDocument *document;
  char *place;
  char **words;       /* (nullable): looked for */
  GPtrArray *widgets; /* (element-type GtkWidget): by block, borrowed from the box */
  GtkWidget *cited;   /* (nullable): borrowed */
  guint next;         /* block to build next */
  guint building;     /* idle source */
  double zoom;
  gboolean quiet;      /* the focus stays elsewhere */
  gboolean all;        /* all was selected at once */
  int found;           /* block of a passage without an anchor, or -1 */
  DmpCdaPlace passage; /* in a file, or in none */
  int pending_scroll;  /* block asked for before it was there, or -1 */
};

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpNarrative, dmp_narrative, GTK_TYPE_BOX)

static void
scroll_to_widget (DmpNarrative *self, GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, MAX (0, bounds.origin.y - 24));
}

typedef struct
{
  DmpNarrative *self;
  GtkWidget *widget;
} Scroll;

/* Bounds are right only after the next layout. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Scroll *scroll = data;

  if (gtk_widget_get_height (scroll->widget) == 0)
    return G_SOURCE_CONTINUE;
  scroll_to_widget (scroll->self, scroll->widget);

  return G_SOURCE_REMOVE;
}

static void
scroll_later (DmpNarrative *self, GtkWidget *widget)
{
  Scroll *scroll = g_new (Scroll, 1);

  scroll->self = self;
  scroll->widget = widget;
  gtk_widget_add_tick_callback (widget, scroll_cb, scroll, g_free);
}

static void
finish (DmpNarrative *self)
{
  if (self->cited != NULL)
    {
      if (!self->quiet)
        gtk_widget_grab_focus (self->cited);
      scroll_later (self, self->cited);
    }
  g_signal_emit (self, signals[READY], 0);
}

typedef void (*WidgetFunc) (GtkWidget *widget, gpointer data);

static void
for_each (GtkWidget *widget, GType type, WidgetFunc func, gpointer data)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    func (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for_each (child, type, func, data);
}

static gboolean
is_cited (GtkWidget *widget, GtkWidget *within)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_has_css_class (widget, "ca-cited"))
      return TRUE;
    else if (widget == within)
      return FALSE;

  return FALSE;
}

typedef struct
{
  DmpNarrativeContext *context;
  const char *const *words;
  GtkWidget *block;
  gboolean all; /* the passage has no anchor: it is where the words are */
  gboolean any;
} Marking;

static void
mark_label (GtkWidget *label, gpointer data)
{
  Marking *marking = data;

  if ((!marking->all && !is_cited (label, marking->block)) ||
      !dmp_marks_find (GTK_LABEL (label), marking->words))
    return;
  marking->any = TRUE;
  if (marking->all)
    dmp_narrative_block_cite (marking->context, label);
}

static void
mark_words (DmpNarrative *self, DmpNarrativeContext *context, GtkWidget *block)
{
  Marking marking = { .context = context,
                      .words = (const char *const *) self->words,
                      .block = block,
                      .all = self->found == (int) self->next };

  if (self->words != NULL)
    for_each (block, GTK_TYPE_LABEL, mark_label, &marking);
  if (marking.all && !marking.any)
    dmp_narrative_block_cite (context, block);
}

static void
build_next (DmpNarrative *self)
{
  GPtrArray *blocks = dmp_cda_document_get_blocks (self->document);
  const DmpCdaBlock *block = g_ptr_array_index (blocks, self->next);
  DmpNarrativeContext context = { .document = self->document,
                                  .place = self->place,
                                  .label =
                                      self->words != NULL ? _ ("trouvé") : _ ("cité par le résumé"),
                                  .cited = self->cited,
                                  .zoom = self->zoom,
                                  .passage = self->passage.attachment > 0 ? &self->passage : NULL,
                                  .words = (const char *const *) self->words,
                                  .quiet = self->quiet };
  GtkWidget *widget = dmp_narrative_block_new (&context, block);

  mark_words (self, &context, widget);
  self->cited = context.cited;
  gtk_box_append (GTK_BOX (self), widget);
  g_ptr_array_add (self->widgets, widget);
  if (self->pending_scroll == (int) self->next)
    {
      self->pending_scroll = -1;
      scroll_later (self, widget);
    }
  self->next++;
}

static gboolean
build_cb (gpointer data)
{
  DmpNarrative *self = data;
  gint64 end = g_get_monotonic_time () + BUDGET;
  guint n = dmp_cda_document_get_blocks (self->document)->len;

  while (self->next < n && g_get_monotonic_time () < end)
    build_next (self);
  if (self->next < n)
    return G_SOURCE_CONTINUE;
  self->building = 0;
  finish (self);

  return G_SOURCE_REMOVE;
}

/* A section without anchors is cited by its path: its first block is marked. */
static void
find_place (DmpNarrative *self, const char *place)
{
  guint index;

  g_clear_pointer (&self->place, g_free);
  self->found = -1;
  dmp_cda_place_parse (place, &self->passage);
  if (place == NULL || *place == '\0' || self->document == NULL)
    return;
  if (*place == '#')
    self->place = g_strdup (place + 1);
  if (!dmp_cda_document_find_place (self->document, place, &index))
    return;
  self->pending_scroll = (int) index;
  if (*place == '@' && self->words != NULL && self->passage.attachment == 0)
    self->found = (int) index;
}

void
dmp_narrative_set_document (DmpNarrative *self, DmpCdaDocument *document, const char *place)
{
  GtkWidget *child;

  g_return_if_fail (DMP_IS_NARRATIVE (self));

  g_clear_handle_id (&self->building, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  g_ptr_array_set_size (self->widgets, 0);
  self->cited = NULL;
  self->all = FALSE;
  self->next = 0;
  self->pending_scroll = -1;
  g_set_object (&self->document, document);
  find_place (self, place);
  if (document != NULL && dmp_cda_document_get_blocks (document)->len > 0 && !build_cb (self))
    return;
  if (document != NULL && self->next < dmp_cda_document_get_blocks (document)->len)
    self->building = g_idle_add (build_cb, self);
}

void
dmp_narrative_set_words (DmpNarrative *self, const char *const *words)
{
  g_return_if_fail (DMP_IS_NARRATIVE (self));

  g_strfreev (self->words);
  self->words = g_strdupv ((char **) words);
}

void
dmp_narrative_set_quiet (DmpNarrative *self)
{
  g_return_if_fail (DMP_IS_NARRATIVE (self));

  self->quiet = TRUE;
}

void
dmp_narrative_scroll_to (DmpNarrative *self, guint block)
{
  g_return_if_fail (DMP_IS_NARRATIVE (self));

  if (block < self->widgets->len)
    scroll_to_widget (self, g_ptr_array_index (self->widgets, block));
  else
    self->pending_scroll = (int) block;
}

static void
zoom_file (GtkWidget *widget, gpointer zoom)
{
  dmp_file_view_set_zoom (DMP_FILE_VIEW (widget), *(double *) zoom);
}

void
dmp_narrative_set_zoom (DmpNarrative *self, double zoom)
{
  g_return_if_fail (DMP_IS_NARRATIVE (self));

  self->zoom = zoom;
  for_each (GTK_WIDGET (self), DMP_TYPE_FILE_VIEW, zoom_file, &zoom);
}

/* --- Selecting and copying --- */

static void
select_label (GtkWidget *widget, gpointer all)
{
  if (gtk_label_get_selectable (GTK_LABEL (widget)))
    gtk_label_select_region (GTK_LABEL (widget), 0, all != NULL ? -1 : 0);
}

static void
select_page (GtkWidget *widget, gpointer all)
{
  dmp_page_view_select (DMP_PAGE_VIEW (widget), all != NULL);
}

void
dmp_narrative_select (DmpNarrative *self, gboolean all)
{
  g_return_if_fail (DMP_IS_NARRATIVE (self));

  self->all = all && self->document != NULL;
  for_each (GTK_WIDGET (self), GTK_TYPE_LABEL, select_label, GINT_TO_POINTER (all));
  for_each (GTK_WIDGET (self), DMP_TYPE_PAGE_VIEW, select_page, GINT_TO_POINTER (all));
}

static void
add_selection (GString *out, const char *text, gsize length)
{
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append_len (out, text, (gssize) length);
}

static void
take_label (GtkWidget *widget, gpointer out)
{
  const char *text = gtk_label_get_text (GTK_LABEL (widget));
  int start, end;

  if (!gtk_label_get_selection_bounds (GTK_LABEL (widget), &start, &end) || start == end)
    return;
  add_selection (
      out, g_utf8_offset_to_pointer (text, start),
      (gsize) (g_utf8_offset_to_pointer (text, end) - g_utf8_offset_to_pointer (text, start)));
}

static void
take_page (GtkWidget *widget, gpointer out)
{
  g_autofree char *text = dmp_page_view_dup_selection (DMP_PAGE_VIEW (widget));

  if (text != NULL)
    add_selection (out, text, strlen (text));
}

char *
dmp_narrative_dup_selection (DmpNarrative *self)
{
  GString *out;

  g_return_val_if_fail (DMP_IS_NARRATIVE (self), NULL);

  out = g_string_new (NULL);
  if (self->all) /* cells of a row stay on a line, parted by tabs */
    {
      g_autofree char *text = dmp_cda_document_dup_text (self->document);

      g_string_append (out, text);
    }
  else
    for_each (GTK_WIDGET (self), GTK_TYPE_LABEL, take_label, out);
  for_each (GTK_WIDGET (self), DMP_TYPE_PAGE_VIEW, take_page, out);

  return g_string_free (out, out->len == 0);
}

/* A new selection with the pointer is the only one. */
static void
on_pressed (DmpNarrative *self)
{
  dmp_narrative_select (self, FALSE);
}

static void
dmp_narrative_dispose (GObject *object)
{
  DmpNarrative *self = DMP_NARRATIVE (object);

  g_clear_handle_id (&self->building, g_source_remove);
  g_clear_object (&self->document);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->widgets, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_narrative_parent_class)->dispose (object);
}

static void
dmp_narrative_class_init (DmpNarrativeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_narrative_dispose;
  signals[READY] = g_signal_new ("ready", DMP_TYPE_NARRATIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
dmp_narrative_init (DmpNarrative *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->widgets = g_ptr_array_new ();
  self->zoom = 1;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->found = -1;
  self->pending_scroll = -1;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}
