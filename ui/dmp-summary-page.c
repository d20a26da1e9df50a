#include "config.h"

#include "dmp-summary-page-private.h"

#include "dmp-tag.h"
#include "dmp-text-layout.h"

#include <glib/gi18n.h>
#include <string.h>

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpSummaryPage, dmp_summary_page, ADW_TYPE_BIN)

/* --- Focus --- */

static GtkWidget *
get_focus (DmpSummaryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

GtkWidget *
dmp_summary_page_get_focus_row (DmpSummaryPage *self)
{
  GtkWidget *focus = get_focus (self);
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;
  row =
      GTK_IS_LIST_BOX_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  return row != NULL && dmp_line_get_id (row) != NULL ? row : NULL;
}

static gboolean
sort_cb (gpointer data)
{
  DmpSummaryPage *self = data;

  self->sort = 0;
  dmp_summary_page_set_summary (self, self->summary);

  return G_SOURCE_REMOVE;
}

/* The reader has gone on: the line that was kept in its place goes where it belongs. */
static void
let_go (DmpSummaryPage *self)
{
  if (!self->kept)
    return;
  self->kept = FALSE;
  dmp_summary_blocks_renew (self->blocks[self->last_block]);
  if (self->sort == 0)
    self->sort = g_idle_add (sort_cb, self);
}

void
dmp_summary_page_remember_focus (DmpSummaryPage *self)
{
  const DmpSummaryLine *line;
  GtkWidget *row;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  row = dmp_summary_page_get_focus_row (self);
  if (row == NULL || self->filling)
    return;
  line = dmp_line_get_line (row);
  g_free (self->last_line);
  self->last_line = g_strdup (dmp_line_get_id (row));
  g_free (self->last_whole);
  self->last_whole = g_strdup (line != NULL ? line->whole : NULL);
  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    if (gtk_widget_is_ancestor (row, GTK_WIDGET (self->blocks[i])))
      {
        if (i != self->last_block)
          let_go (self);
        self->last_block = i;
        self->last_index = dmp_block_get_index (self->blocks[i], row);
      }
}

/* The focus goes to lines made anew, which have no place yet: nothing may scroll there. */
static void
set_follows_focus (DmpSummaryPage *self, gboolean follows)
{
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (self->scroller)),
                                    follows);
}

/* Where all is in one column, the foot is the end of it: it would take a tenth of the screen. */
static void
place_foot (DmpSummaryPage *self)
{
  gboolean column = self->layout.shape == DMP_SUMMARY_COLUMN;
  GtkWidget *foot = GTK_WIDGET (self->foot), *from = gtk_widget_get_parent (foot);

  dmp_coverage_row_set_narrow (self->coverage, column);
  if ((from == GTK_WIDGET (self->grid)) == column)
    return;
  g_object_ref (foot);
  if (column)
    gtk_box_remove (GTK_BOX (from), foot);
  else
    gtk_grid_remove (self->grid, foot);
  if (column)
    dmp_summary_layout_append (&self->layout, foot);
  else
    gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->scroller))), foot);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (foot),
                                  column ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_label_set_xalign (self->footer, column ? 0 : 1);
  g_object_unref (foot);
}

/* Folding hides rows for a moment, and a hidden row passes the focus on: it gets it back. */
static gboolean
reshape_cb (gpointer data)
{
  DmpSummaryPage *self = data;
  gboolean had_focus = dmp_summary_page_get_focus_row (self) != NULL;
  GtkWidget *row;

  self->reshape = 0;
  dmp_summary_page_remember_focus (self);
  self->filling = TRUE;
  dmp_summary_layout_fit (&self->layout);
  self->filling = FALSE;
  place_foot (self);
  row = dmp_summary_page_get_focus_row (self);
  set_follows_focus (self, FALSE);
  if (had_focus && (row == NULL || g_strcmp0 (dmp_line_get_id (row), self->last_line) != 0))
    dmp_summary_page_focus (self);
  set_follows_focus (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* Before the next frame is drawn: no one sees it unfitted. */
static void
queue_reshape (DmpSummaryPage *self)
{
  if (self->reshape == 0)
    self->reshape = g_idle_add_full (G_PRIORITY_HIGH_IDLE, reshape_cb, self, NULL);
}

static void
on_allocated (DmpSummaryPage *self)
{
  int width =
      (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->scroller));
  int height =
      (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller));

  if (width == self->layout.width && height == self->layout.height)
    return;
  self->layout.width = width;
  self->layout.height = height;
  dmp_summary_layout_choose (&self->layout, GTK_WIDGET (self));
  queue_reshape (self);
}

/* --- Moving about --- */

gboolean
dmp_summary_page_focus_block (DmpSummaryPage *self, guint block)
{
  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), FALSE);
  g_return_val_if_fail (block >= 1 && block <= DMP_SUMMARY_N_BLOCKS, FALSE);

  return dmp_block_focus (self->blocks[block - 1], NULL);
}

void
dmp_summary_page_cycle (DmpSummaryPage *self, int step)
{
  GtkWidget *row;
  int at = step > 0 ? -1 : DMP_SUMMARY_N_BLOCKS;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  row = dmp_summary_page_get_focus_row (self);
  for (int i = 0; row != NULL && i < DMP_SUMMARY_N_BLOCKS; i++)
    if (gtk_widget_is_ancestor (row, GTK_WIDGET (self->blocks[i])))
      at = i;
  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      at = (at + step + DMP_SUMMARY_N_BLOCKS) % DMP_SUMMARY_N_BLOCKS;
      if (dmp_block_focus (self->blocks[at], NULL))
        return;
    }
}

static gboolean
focus_line (DmpSummaryPage *self, const char *line)
{
  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    if (dmp_block_focus (self->blocks[i], line))
      return TRUE;

  return FALSE;
}

static gboolean
focus_last (DmpSummaryPage *self)
{
  /* A line that is no more leaves its place to the one that has it now. */
  return self->last_line != NULL &&
         (focus_line (self, self->last_line) ||
          (self->last_whole != NULL && focus_line (self, self->last_whole)) ||
          dmp_block_focus_at (self->blocks[self->last_block], self->last_index));
}

void
dmp_summary_page_focus (DmpSummaryPage *self)
{
  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  if (focus_last (self))
    return;
  self->waiting = !focus_line (self, NULL);
  self->focus_when_asked = get_focus (self);
  dmp_summary_page_remember_focus (self);
  g_free (self->given_line);
  self->given_line = self->waiting ? NULL : g_strdup (self->last_line);
}

/* --- Content --- */

/* What was looked at before the screen was turned to the patient is looked at again after. */
static void
turn_focus (DmpSummaryPage *self, gboolean to_patient)
{
  if (to_patient)
    {
      g_free (self->own_line);
      self->own_line = g_strdup (self->last_line);
    }
  else if (self->own_line != NULL)
    {
      g_free (self->last_line);
      self->last_line = g_steal_pointer (&self->own_line);
    }
}

static gboolean
is_for_patient (DmpSummaryPage *self)
{
  return self->summary != NULL && dmp_summary_is_for_patient (self->summary);
}

/* A screen turned to the patient: nothing to check, no rules, slightly larger. */
static void
suit_reader (DmpSummaryPage *self)
{
  gboolean patient = is_for_patient (self);

  gtk_widget_set_visible (GTK_WIDGET (self->blocks[0]), !patient);
  gtk_widget_set_visible (GTK_WIDGET (self->footer), !patient);
  if (patient)
    gtk_widget_add_css_class (GTK_WIDGET (self), "ca-for-patient");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ca-for-patient");
}

static void
show_footer (DmpSummaryPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M"), *note = NULL;
  g_autofree char *rules =
      g_strdup_printf (_ ("Règles %s · %s"), dmp_summary_get_rules_version (), time);
  g_autofree char *text =
      self->summary != NULL
          ? g_strconcat (dmp_summary_get_checks_sentence (self->summary), " ",
                         dmp_summary_get_tables_sentence (self->summary), " · ", rules, NULL)
          : g_strdup (rules);

  gtk_label_set_label (self->footer, is_for_patient (self) ? "" : text);
  note = self->summary == NULL ? g_strdup ("")
                               : g_strjoin (" ", dmp_summary_get_footnote (self->summary),
                                            is_for_patient (self) ? NULL : self->closed, NULL);
  gtk_label_set_label (self->footnote, note);
  dmp_explain (GTK_WIDGET (self->footnote),
               _ ("AM : Assurance maladie. Ce qui est délivré n’est pas toujours pris ; ce qui est "
                  "donné à l’hôpital ou acheté sans ordonnance n’y est pas."));
}

static void
forget_lines (DmpSummaryPage *self)
{
  g_clear_pointer (&self->last_line, g_free);
  g_clear_pointer (&self->last_whole, g_free);
  g_clear_pointer (&self->own_line, g_free);
  g_clear_pointer (&self->given_line, g_free);
  self->kept = FALSE;
  dmp_aside_forget (self->aside);
}

static gboolean
is_chosen (DmpSummaryPage *self)
{
  return self->last_line != NULL && g_strcmp0 (self->last_line, self->given_line) != 0;
}

/* What is read stays where it is: the line chosen, else the first one in sight of a page that
 * somebody has scrolled. */
static void
hold (DmpSummaryPage *self)
{
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *row = dmp_summary_page_get_focus_row (self);

  if (gtk_adjustment_get_upper (down) <= gtk_adjustment_get_page_size (down))
    return;
  if (row == NULL || !is_chosen (self) || !dmp_anchor_sees (&self->anchor, row))
    row = gtk_adjustment_get_value (down) > 0 ? dmp_anchor_find_top (&self->anchor) : NULL;
  if (row != NULL && dmp_line_get_id (row) != NULL)
    dmp_anchor_hold (&self->anchor, row, dmp_line_get_id (row));
}

static GtkWidget *
find_line (const char *line, gpointer data)
{
  DmpSummaryPage *self = data;
  GtkWidget *row = NULL;

  for (int i = 0; row == NULL && i < DMP_SUMMARY_N_BLOCKS; i++)
    row = dmp_block_find (self->blocks[i], line);

  return row;
}

/* The lines down to the chosen one, as they stand; of things to check that one alone, so that none
 * comes behind it that is worse. Returns: (transfer full): ids, maybe NULL for a place left free */
static GPtrArray *
note_order (DmpSummaryPage *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  DmpBlock *block = self->blocks[self->last_block];

  for (guint i = 0; i <= self->last_index; i++)
    {
      GtkWidget *row = dmp_block_get_nth (block, i);
      gboolean kept = row != NULL && (self->last_block > 0 || i == self->last_index);

      g_ptr_array_add (ids, kept ? g_strdup (dmp_line_get_id (row)) : NULL);
    }

  return ids;
}

/* What the reader has chosen stays where it is, and what stands above it; what nobody has chosen
 * leaves the focus to the first thing to check. */
static void
fill (DmpSummaryPage *self, gboolean had_focus, gboolean turned)
{
  gboolean chosen = is_chosen (self);
  g_autoptr (GPtrArray) order = NULL;

  self->kept = had_focus && chosen && !turned && self->summary != NULL;
  if (self->kept)
    order = note_order (self);
  self->filling = TRUE;
  dmp_summary_blocks_fill (self->blocks, self->summary, self->aside);
  for (guint i = 0; order != NULL && i < order->len; i++)
    if (order->pdata[i] != NULL)
      dmp_block_keep_at (self->blocks[self->last_block], order->pdata[i], i);
  self->filling = FALSE;
  if (turned)
    turn_focus (self, is_for_patient (self));
  else if (had_focus && !chosen)
    g_clear_pointer (&self->last_line, g_free);
}

void
dmp_summary_page_set_summary (DmpSummaryPage *self, DmpSummary *summary)
{
  gboolean had_focus, turned;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  had_focus = dmp_summary_page_get_focus_row (self) != NULL;
  dmp_summary_page_remember_focus (self);
  if (summary == NULL)
    forget_lines (self);
  else
    hold (self);
  set_follows_focus (self, FALSE);
  g_clear_pointer (&self->why, gtk_widget_unparent);
  turned = summary != NULL && self->summary != NULL &&
           dmp_summary_is_for_patient (summary) != dmp_summary_is_for_patient (self->summary);
  g_set_object (&self->summary, summary);
  if (turned && self->layout.width > 0)
    dmp_summary_layout_choose (&self->layout,
                               GTK_WIDGET (self)); /* it need not be as wide without the tags */
  dmp_coverage_row_set_summary (self->coverage, summary, self->interrupted);
  fill (self, had_focus, turned);
  suit_reader (self);
  dmp_summary_layout_limit (&self->layout);
  queue_reshape (self);
  show_footer (self);
  if (summary != NULL &&
      (had_focus || (self->waiting && get_focus (self) == self->focus_when_asked)))
    dmp_summary_page_focus (self);
  set_follows_focus (self, TRUE);
}

void
dmp_summary_page_set_access (DmpSummaryPage *self, const char *words, gboolean known)
{
  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  dmp_coverage_row_set_access (self->coverage, words);
  g_free (self->closed);
  self->closed = known ? g_strdup (words) : NULL;
  show_footer (self);
}

void
dmp_summary_page_set_interrupted (DmpSummaryPage *self, gboolean interrupted)
{
  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  self->interrupted = interrupted;
  dmp_coverage_row_set_summary (self->coverage, self->summary, interrupted);
}

void
dmp_summary_page_toggle_detail (DmpSummaryPage *self)
{
  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  dmp_coverage_row_toggle_detail (self->coverage);
}

static void
on_open (DmpSummaryPage *self, const char *document)
{
  g_signal_emit (self, signals[OPEN], 0, document);
}

static void
dmp_summary_page_dispose (GObject *object)
{
  DmpSummaryPage *self = DMP_SUMMARY_PAGE (object);

  g_clear_handle_id (&self->reshape, g_source_remove);
  g_clear_handle_id (&self->sort, g_source_remove);
  dmp_anchor_drop (&self->anchor);
  if (self->scroller != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_scrolled_window_get_hadjustment (self->scroller),
                                            self);
      g_signal_handlers_disconnect_by_data (gtk_scrolled_window_get_vadjustment (self->scroller),
                                            self);
      self->scroller = NULL;
    }
  g_clear_pointer (&self->why, gtk_widget_unparent);
  g_clear_object (&self->summary);
  g_clear_pointer (&self->last_line, g_free);
  g_clear_pointer (&self->last_whole, g_free);
  g_clear_pointer (&self->given_line, g_free);
  g_clear_pointer (&self->own_line, g_free);

  G_OBJECT_CLASS (dmp_summary_page_parent_class)->dispose (object);
}

static void
dmp_summary_page_finalize (GObject *object)
{
  dmp_aside_free (DMP_SUMMARY_PAGE (object)->aside);
  g_free (DMP_SUMMARY_PAGE (object)->closed);

  G_OBJECT_CLASS (dmp_summary_page_parent_class)->finalize (object);
}

static void
dmp_summary_page_class_init (DmpSummaryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_summary_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dmp_summary_page_finalize;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_SUMMARY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  dmp_summary_page_install_keys (widget_class);
  g_type_ensure (DMP_TYPE_COVERAGE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-summary-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, coverage);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, foot);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, footnote);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, footer);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
dmp_summary_page_init (DmpSummaryPage *self)
{
  self->aside = dmp_aside_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  dmp_text_layout_apply (GTK_WIDGET (self->footnote));
  dmp_text_layout_apply (GTK_WIDGET (self->footer));
  dmp_summary_blocks_create (self->blocks);
  self->anchor.scroller = self->scroller;
  self->anchor.find = find_line;
  self->anchor.data = self;
  self->layout.grid = self->grid;
  self->layout.blocks = self->blocks;
  dmp_summary_layout_begin (&self->layout);
  g_signal_connect_swapped (gtk_scrolled_window_get_hadjustment (self->scroller), "changed",
                            G_CALLBACK (on_allocated), self);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                            G_CALLBACK (on_allocated), self);
  dmp_summary_page_init_mouse (self);
  dmp_summary_page_set_summary (self, NULL);
}
