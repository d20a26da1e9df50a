#include "config.h"

#include "dmp-summary-page.h"

#include "dmp-block.h"
#include "dmp-coverage-row.h"
#include "dmp-lines.h"
#include "dmp-summary-blocks.h"
#include "dmp-tag.h"
#include "dmp-why.h"

#include <glib/gi18n.h>
#include <string.h>

#define COLUMNS 100      /* of the grid of blocks: one is a hundredth of the width */
#define NARROW_CHARS 100 /* one column when fewer characters than that fit side by side */
#define STACK_WIDTH 1180 /* block 6 goes under block 5 below */
#define MIN_ROWS 4       /* of blocks 5 and 6, however low the window */
#define MAX_ROWS 20
#define BLOCK_MARGINS 8 /* pixels at the sides of a block */
#define BLOCK_GAP 6     /* pixels below it */
#define BLOCK_5 4
#define BLOCK_6 5

struct _DmpSummaryPage
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkGrid *grid;
  DmpCoverageRow *coverage;
  GtkLabel *footnote;
  GtkLabel *footer;
  DmpBlock *blocks[DMP_SUMMARY_N_BLOCKS];

  DmpSummary *summary;
  GtkWidget *why;  /* (nullable): the open popover */
  char *last_line; /* id of the line that last had the focus */
  char *own_line;  /* (nullable): the same, before the screen was turned to the patient */
  gboolean interrupted;
  gboolean waiting;          /* for a first line to give the focus to */
  gpointer focus_when_asked; /* compared only: whether the person has moved since */
  int shape;                 /* 0: wide, 1: block 6 under 5, 2: one column */
  int width, height;         /* last allocated */
  guint reshape;             /* idle source */
};

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

static GtkWidget *
get_focus_row (DmpSummaryPage *self)
{
  GtkWidget *focus = get_focus (self);
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;
  row =
      GTK_IS_LIST_BOX_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  return row != NULL && dmp_line_get_id (row) != NULL ? row : NULL;
}

void
dmp_summary_page_remember_focus (DmpSummaryPage *self)
{
  GtkWidget *row;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  row = get_focus_row (self);
  if (row == NULL)
    return;
  g_free (self->last_line);
  self->last_line = g_strdup (dmp_line_get_id (row));
}

/* --- Places --- */

typedef struct
{
  int column, row, width;
} Place;

/* Where each block stands: wide, then with 6 under 5. */
static const Place places[2][DMP_SUMMARY_N_BLOCKS] = {
  { { 0, 0, 100 },
    { 0, 1, 23 },
    { 23, 1, 30 },
    { 53, 1, 47 },
    { 0, 2, 60 },
    { 60, 2, 40 },
    { 0, 3, 23 },
    { 23, 3, 30 },
    { 53, 3, 47 } },
  { { 0, 0, 100 },
    { 0, 1, 30 },
    { 30, 1, 34 },
    { 64, 1, 36 },
    { 0, 2, 100 },
    { 0, 3, 100 },
    { 0, 4, 30 },
    { 30, 4, 34 },
    { 64, 4, 36 } },
};

static void
place_blocks (DmpSummaryPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->grid));

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      Place place = self->shape == 2 ? (Place){ 0, i, COLUMNS } : places[self->shape][i];
      GtkLayoutChild *child =
          gtk_layout_manager_get_layout_child (layout, GTK_WIDGET (self->blocks[i]));

      g_object_set (child, "column", place.column, "row", place.row, "column-span", place.width,
                    NULL);
      dmp_block_set_stacked (self->blocks[i], self->shape == 2);
      gtk_widget_set_vexpand (GTK_WIDGET (self->blocks[i]), self->shape == 0 && place.row == 2);
    }
  dmp_coverage_row_set_narrow (self->coverage, self->shape == 2);
}

static void
set_limits (DmpSummaryPage *self)
{
  static const guint wide[DMP_SUMMARY_N_BLOCKS] = { 3, 3, 6, 6, MIN_ROWS, MIN_ROWS, 3, 3, 6 };

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      dmp_block_set_limit (self->blocks[i], self->shape == 0               ? wide[i]
                                            : i == BLOCK_5 || i == BLOCK_6 ? MAX_ROWS
                                                                           : MAX (wide[i], 6));
      dmp_block_fold (self->blocks[i]);
    }
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);

  return height;
}

/* As many lines in blocks 5 and 6 as leave the others on the screen: what is left over when both
 * are at their least is theirs. */
static void
fit_rows (DmpSummaryPage *self)
{
  int least = 0, spare, width[2];

  set_limits (self);
  if (self->shape != 0 || self->height <= 0)
    return;
  for (int i = 0; i < 2; i++)
    {
      width[i] = self->width * places[0][BLOCK_5 + i].width / COLUMNS - BLOCK_MARGINS;
      least = MAX (least, measure_height (GTK_WIDGET (self->blocks[BLOCK_5 + i]), width[i]));
    }
  spare = self->height - measure_height (GTK_WIDGET (self->grid), self->width);
  for (int i = 0; i < 2 && spare > 0; i++)
    dmp_block_fit (self->blocks[BLOCK_5 + i], width[i], least + spare - BLOCK_GAP, MIN_ROWS);
}

static gboolean
is_too_wide (DmpSummaryPage *self)
{
  int needed;

  gtk_widget_measure (GTK_WIDGET (self->grid), GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL,
                      NULL);

  return self->width > 0 && needed > self->width;
}

/* Folding hides rows for a moment, and a hidden row loses the focus: it gets it back. */
static gboolean
reshape_cb (gpointer data)
{
  DmpSummaryPage *self = data;
  gboolean had_focus = get_focus_row (self) != NULL;

  self->reshape = 0;
  dmp_summary_page_remember_focus (self);
  place_blocks (self);
  if (self->shape != 2 && is_too_wide (self))
    {
      self->shape = 2;
      place_blocks (self);
    }
  fit_rows (self);
  if (had_focus && get_focus_row (self) == NULL)
    dmp_summary_page_focus (self);

  return G_SOURCE_REMOVE;
}

/* Before the next frame is drawn: no one sees it unfitted. */
static void
queue_reshape (DmpSummaryPage *self)
{
  if (self->reshape == 0)
    self->reshape = g_idle_add_full (G_PRIORITY_HIGH_IDLE, reshape_cb, self, NULL);
}

static int
get_char_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics =
      pango_context_get_metrics (context, pango_context_get_font_description (context), NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (width, 1);
}

/* Too narrow for its letters: one column. Decided by what was really allocated. */
static void
choose_shape (DmpSummaryPage *self)
{
  self->shape = self->width < NARROW_CHARS * get_char_width (GTK_WIDGET (self)) ? 2
                : self->width < STACK_WIDTH                                     ? 1
                                                                                : 0;
}

static void
on_allocated (DmpSummaryPage *self)
{
  int width =
      (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->scroller));
  int height =
      (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller));

  if (width == self->width && height == self->height)
    return;
  self->width = width;
  self->height = height;
  choose_shape (self);
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

  row = get_focus_row (self);
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

void
dmp_summary_page_focus (DmpSummaryPage *self)
{
  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  if (self->last_line != NULL && focus_line (self, self->last_line))
    return;
  self->waiting = !focus_line (self, NULL);
  self->focus_when_asked = get_focus (self);
}

const char *
dmp_summary_page_get_source (DmpSummaryPage *self, const char **place)
{
  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), NULL);

  dmp_summary_page_remember_focus (self);
  for (int i = 0; self->last_line != NULL && i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      GPtrArray *sources = dmp_block_get_sources (self->blocks[i], self->last_line);

      if (sources != NULL && sources->len > 0)
        {
          const DmpSummarySource *source = g_ptr_array_index (sources, 0);

          *place = source->place;
          return source->document;
        }
    }

  return NULL;
}

DmpSummary *
dmp_summary_page_get_lists (DmpSummaryPage *self)
{
  const DmpSummaryFlag *flag;
  GtkWidget *row;

  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), NULL);

  row = get_focus_row (self);
  flag = row != NULL ? dmp_line_get_flag (row) : NULL;

  return flag != NULL && strcmp (flag->rule, "C2") == 0 && dmp_summary_get_lists (self->summary)
             ? self->summary
             : NULL;
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
  g_autofree char *time = g_date_time_format (now, "%H:%M");
  g_autofree char *rules =
      g_strdup_printf (_ ("Règles %s · %s"), dmp_summary_get_rules_version (), time);
  g_autofree char *text =
      self->summary != NULL
          ? g_strconcat (dmp_summary_get_checks_sentence (self->summary), " ",
                         dmp_summary_get_tables_sentence (self->summary), " · ", rules, NULL)
          : g_strdup (rules);

  gtk_label_set_label (self->footer, is_for_patient (self) ? "" : text);
  gtk_label_set_label (self->footnote,
                       self->summary != NULL ? dmp_summary_get_footnote (self->summary) : "");
  dmp_explain (GTK_WIDGET (self->footnote),
               _ ("AM : Assurance maladie. Ce qui est délivré n’est pas toujours pris ; ce qui est "
                  "donné à l’hôpital ou acheté sans ordonnance n’y est pas."));
}

void
dmp_summary_page_set_summary (DmpSummaryPage *self, DmpSummary *summary)
{
  g_autofree char *line = NULL;
  gboolean had_focus, turned;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  had_focus = get_focus_row (self) != NULL;
  dmp_summary_page_remember_focus (self);
  if (summary == NULL)
    g_clear_pointer (&self->own_line, g_free);
  else
    line = g_strdup (self->last_line);
  g_clear_pointer (&self->why, gtk_widget_unparent);
  turned = summary != NULL && self->summary != NULL &&
           dmp_summary_is_for_patient (summary) != dmp_summary_is_for_patient (self->summary);
  g_set_object (&self->summary, summary);
  if (turned && self->width > 0)
    choose_shape (self); /* it need not be as wide without the tags */
  dmp_coverage_row_set_summary (self->coverage, summary, self->interrupted);
  dmp_summary_blocks_fill (self->blocks, summary);
  g_free (self->last_line); /* rows that go have passed the focus on */
  self->last_line = g_steal_pointer (&line);
  if (turned)
    turn_focus (self, is_for_patient (self));
  suit_reader (self);
  set_limits (self);
  queue_reshape (self);
  show_footer (self);
  if (summary != NULL &&
      (had_focus || (self->waiting && get_focus (self) == self->focus_when_asked)))
    dmp_summary_page_focus (self);
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

/* Points at the row where it is visible: a popover needs a place on the screen. */
static GdkRectangle
get_visible_part (DmpSummaryPage *self, GtkWidget *row)
{
  graphene_rect_t bounds, view;

  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->scroller), GTK_WIDGET (self), &view) ||
      !graphene_rect_intersection (&bounds, &view, &bounds))
    return (GdkRectangle){ 0, 0, 1, 1 };

  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
}

void
dmp_summary_page_show_why (DmpSummaryPage *self)
{
  GtkWidget *row;
  GdkRectangle at;

  g_return_if_fail (DMP_IS_SUMMARY_PAGE (self));

  row = get_focus_row (self);
  if (row == NULL || is_for_patient (self))
    return;
  g_clear_pointer (&self->why, gtk_widget_unparent);
  at = get_visible_part (self, row);
  self->why = dmp_why_new (row);
  gtk_widget_set_parent (self->why, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->why), &at);
  gtk_popover_popup (GTK_POPOVER (self->why));
}

/* --- Keys --- */

static gboolean
on_digit (GtkWidget *widget, GVariant *args, gpointer data)
{
  return dmp_summary_page_focus_block (DMP_SUMMARY_PAGE (widget), g_variant_get_int32 (args));
}

static gboolean
on_question (GtkWidget *widget, GVariant *args, gpointer data)
{
  dmp_summary_page_show_why (DMP_SUMMARY_PAGE (widget));
  return TRUE;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gboolean folded = FALSE;

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    folded |= dmp_block_collapse (DMP_SUMMARY_PAGE (widget)->blocks[i]);

  return folded;
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
  g_clear_pointer (&self->own_line, g_free);

  G_OBJECT_CLASS (dmp_summary_page_parent_class)->dispose (object);
}

static void
dmp_summary_page_class_init (DmpSummaryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_summary_page_dispose;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_SUMMARY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  for (int i = 1; i <= DMP_SUMMARY_N_BLOCKS; i++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + i, 0, on_digit, "i", i);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_0 + i, 0, on_digit, "i", i);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_question, 0, on_question, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  g_type_ensure (DMP_TYPE_COVERAGE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-summary-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, coverage);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, footnote);
  gtk_widget_class_bind_template_child (widget_class, DmpSummaryPage, footer);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
dmp_summary_page_init (DmpSummaryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dmp_summary_blocks_create (self->blocks);
  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    gtk_grid_attach (self->grid, GTK_WIDGET (self->blocks[i]), 0, i, COLUMNS, 1);
  place_blocks (self);
  g_signal_connect_swapped (gtk_scrolled_window_get_hadjustment (self->scroller), "changed",
                            G_CALLBACK (on_allocated), self);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                            G_CALLBACK (on_allocated), self);
  dmp_summary_page_set_summary (self, NULL);
}
