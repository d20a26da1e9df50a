#include "config.h"

#include "dmp-summary-layout.h"

#define COLUMNS 100      /* of the grid of blocks: one is a hundredth of the width */
#define NARROW_CHARS 100 /* one column when fewer characters than that fit side by side */
#define STACK_WIDTH 1180 /* block 6 goes under block 5 below */
#define MIN_ROWS 4       /* of blocks 5 and 6, however low the window */
#define MIN_FIXED 3      /* of those in fixed places */
#define MAX_ROWS 20
#define GRID_PADDING 12  /* pixels at its sides, both */
#define BLOCK_MARGINS 6  /* the same of a block */
#define BLOCK_GAP 6      /* pixels below it */
#define LINE 24          /* pixels of a line */
#define USUAL_HEIGHT 662 /* of what a screen of 1366 × 768 leaves for the blocks */
#define FLAGS_HEIGHT 84
#define UPPER_HEIGHT 144 /* of blocks 2 to 4: head and five lines */
#define LOWER_HEIGHT 120 /* of blocks 7 to 9: head and four lines, or two that are long */
#define BLOCK_2 1
#define BLOCK_5 4
#define BLOCK_6 5
#define BLOCK_8 7

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

/* Fixed places: no block moves because another one fills. The first has room for three things to
 * check, one of them long; the others share what a high window has more, a line for every so many
 * pixels. Returns: -1 for those that take what is left */
static int
get_fixed_height (DmpSummaryLayout *self, int block)
{
  int more = MAX (self->height - USUAL_HEIGHT, 0);

  if (block == 0)
    return FLAGS_HEIGHT;
  if (block == BLOCK_5 || block == BLOCK_6)
    return -1;
  return block < BLOCK_5 ? UPPER_HEIGHT + more / 72 * LINE : LOWER_HEIGHT + more / 144 * LINE;
}

static void
place (DmpSummaryLayout *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->grid));

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      Place at =
          self->shape == DMP_SUMMARY_COLUMN ? (Place){ 0, i, COLUMNS } : places[self->shape][i];
      GtkLayoutChild *child =
          gtk_layout_manager_get_layout_child (layout, GTK_WIDGET (self->blocks[i]));

      g_object_set (child, "column", at.column, "row", at.row, "column-span", at.width, NULL);
      dmp_block_set_stacked (self->blocks[i], self->shape == DMP_SUMMARY_COLUMN);
      gtk_widget_set_size_request (GTK_WIDGET (self->blocks[i]), -1,
                                   self->shape == DMP_SUMMARY_WIDE ? get_fixed_height (self, i)
                                                                   : -1);
      gtk_widget_set_vexpand (GTK_WIDGET (self->blocks[i]),
                              self->shape == DMP_SUMMARY_WIDE && at.row == 2);
    }
}

void
dmp_summary_layout_limit (DmpSummaryLayout *self)
{
  static const guint wide[DMP_SUMMARY_N_BLOCKS] = { 3, 3, 6, 6, MIN_ROWS, MIN_ROWS, 3, 3, 6 };

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      dmp_block_set_limit (self->blocks[i], self->shape == DMP_SUMMARY_WIDE ? wide[i]
                                            : i == BLOCK_5 || i == BLOCK_6  ? MAX_ROWS
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

/* As the grid does it: what does not divide evenly goes to the first columns. */
static int
get_width (DmpSummaryLayout *self, int block)
{
  Place at = places[DMP_SUMMARY_WIDE][block];
  int whole = self->width - GRID_PADDING, extra = whole % COLUMNS;

  return at.width * (whole / COLUMNS) + CLAMP (extra - at.column, 0, at.width);
}

static void
fit_block (DmpSummaryLayout *self, int block, int height, guint least)
{
  dmp_block_fit (self->blocks[block], get_width (self, block) - BLOCK_MARGINS, height, least);
}

/* As many lines as there is room for in the places above and below; then, in blocks 5 and 6, as
 * many as leave the others on the screen: what is left over when both are at their least is theirs.
 */
static void
fit_rows (DmpSummaryLayout *self)
{
  int least = 0, spare;

  dmp_summary_layout_limit (self);
  if (self->shape != DMP_SUMMARY_WIDE || self->height <= 0)
    return;
  for (int i = BLOCK_2; i <= BLOCK_8; i++)
    if (get_fixed_height (self, i) > 0)
      fit_block (self, i, get_fixed_height (self, i), MIN_FIXED);
  for (int i = BLOCK_5; i <= BLOCK_6; i++)
    least = MAX (least, measure_height (GTK_WIDGET (self->blocks[i]), get_width (self, i)));
  spare = self->height - measure_height (GTK_WIDGET (self->grid), self->width);
  for (int i = BLOCK_5; i <= BLOCK_6 && spare > 0; i++)
    fit_block (self, i, least + spare - BLOCK_GAP, MIN_ROWS);
}

static gboolean
is_too_wide (DmpSummaryLayout *self)
{
  int needed;

  gtk_widget_measure (GTK_WIDGET (self->grid), GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL,
                      NULL);

  return self->width > 0 && needed > self->width;
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

void
dmp_summary_layout_choose (DmpSummaryLayout *self, GtkWidget *widget)
{
  self->shape = self->width < NARROW_CHARS * get_char_width (widget) ? DMP_SUMMARY_COLUMN
                : self->width < STACK_WIDTH                          ? DMP_SUMMARY_STACKED
                                                                     : DMP_SUMMARY_WIDE;
}

void
dmp_summary_layout_begin (DmpSummaryLayout *self)
{
  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    gtk_grid_attach (self->grid, GTK_WIDGET (self->blocks[i]), 0, i, COLUMNS, 1);
  place (self);
}

void
dmp_summary_layout_fit (DmpSummaryLayout *self)
{
  place (self);
  if (self->shape != DMP_SUMMARY_COLUMN && is_too_wide (self))
    {
      self->shape = DMP_SUMMARY_COLUMN;
      place (self);
    }
  fit_rows (self);
}

void
dmp_summary_layout_append (DmpSummaryLayout *self, GtkWidget *foot)
{
  gtk_grid_attach (self->grid, foot, 0, DMP_SUMMARY_N_BLOCKS, COLUMNS, 1);
}
