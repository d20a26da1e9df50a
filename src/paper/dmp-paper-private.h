#pragma once

#include "dmp-paper.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

#define DMP_PAPER_TEXT 10.0 /* points: nothing is smaller but sources and tables */
#define DMP_PAPER_SMALL 9.0
#define DMP_PAPER_GUTTER 16.0 /* between two columns */

typedef enum
{
  DMP_PAPER_NO_RULE,
  DMP_PAPER_THIN, /* below a line */
  DMP_PAPER_THICK /* below a title */
} DmpPaperRule;

/* A line of a block: cells beside each other, as high as the highest. */
typedef struct _DmpPaperRow DmpPaperRow;
struct _DmpPaperRow
{
  GPtrArray *cells; /* (element-type PangoLayout) */
  GArray *lefts;    /* of double: where each begins */
  double width, height;
  double above; /* white */
  DmpPaperRule rule;
  gboolean boxed, box_top, box_bottom; /* sides of a frame */
  gboolean is_title;                   /* stays with the next row; begins a block */
  gboolean is_head;                    /* of columns: the same, and is repeated */
  DmpPaperRow *again;                  /* (nullable): of a title: what stands on the next page */
  const DmpSummaryLine *curve;         /* (nullable): borrowed from the summary */
  double curve_left, curve_width;
};

DmpPaperRow *dmp_paper_row_new (double width);
void dmp_paper_row_free (DmpPaperRow *row);
/* @markup: Pango's */
void dmp_paper_row_add (DmpPaperRow *row,
                        PangoContext *context,
                        const char *markup,
                        double size,
                        double left,
                        double width,
                        PangoAlignment align);

/* What stands of a row on one page: all of it, or whole lines of it. */
typedef struct
{
  const DmpPaperRow *row;
  double from, height; /* in the row */
} DmpPaperPiece;

/* Where the piece of @row that begins at @from ends, so that it is at most @room high: between two
 * lines of text. Returns: @from when not one line has room */
double dmp_paper_row_cut (const DmpPaperRow *row, double from, double room);

/* @today: for its curve */
void dmp_paper_piece_draw (
    const DmpPaperPiece *piece, cairo_t *cr, double left, double top, const char *today);

/* @markup over @width, as it is drawn anywhere on paper. Returns: (transfer full) */
PangoLayout *dmp_paper_layout (
    PangoContext *context, const char *markup, double size, double width, PangoAlignment align);
double dmp_paper_layout_height (PangoLayout *layout);

/* The values of @line over the 24 months before @today, in @width × @height points at the current
 * point's origin. */
void dmp_paper_draw_curve (
    cairo_t *cr, const DmpSummaryLine *line, const char *today, double width, double height);

typedef struct
{
  double left, width;
  GPtrArray *rows; /* (element-type DmpPaperRow) */
} DmpPaperColumn;

/* Columns that begin at the same height; the next band begins below the longest. */
typedef struct
{
  DmpPaperColumn columns[3];
  guint n;
} DmpPaperBand;

/* How much has room: at most so many of each. */
typedef struct
{
  guint pages;
  guint main;  /* rows of a block of what matters most: allergies, problems, treatments, results,
                  implants */
  guint minor; /* rows of the others */
  guint red;   /* things to check in words: red ones */
  guint flags; /* the same, with the others */
  guint rest;  /* names of what is past, in one line */
  guint cites; /* sources of a line */
  guint named; /* names of what matters most and has no row */
  guint names; /* the same of the others */
} DmpPaperLimits;

/* What is laid out. */
typedef struct
{
  DmpSummary *summary; /* what may be printed of it */
  const DmpPaperFrame *frame;
  PangoContext *context;
  double width;
  gboolean tells_hidden; /* something on these pages is hidden from the patient */
  const DmpPaperLimits *limits;
  GPtrArray *bands;   /* (element-type DmpPaperBand) */
  GPtrArray *sources; /* (element-type DmpSummarySource): borrowed: number - 1 */
  GString *others;    /* markup: what found no line */
} DmpPaperMaker;

/* @shares: of the width, one for each of the @n columns */
DmpPaperBand *dmp_paper_add_band (DmpPaperMaker *self, guint n, const double *shares);
DmpPaperRow *dmp_paper_add_row (DmpPaperMaker *self, DmpPaperColumn *column);
/* @remark: (nullable): at the right */
void dmp_paper_add_title (DmpPaperMaker *self,
                          DmpPaperColumn *column,
                          const char *title,
                          const char *remark);
/* A row of one cell. @markup: Pango's */
DmpPaperRow *
dmp_paper_add_text (DmpPaperMaker *self, DmpPaperColumn *column, const char *markup, double size);
void dmp_paper_band_free (DmpPaperBand *band);

/* Words of a document as markup; what is longer than any sentence is cut, and says so.
 * @text: (nullable). Returns: (transfer full) */
char *dmp_paper_escape (const char *text);

/* The same of the name of a medicine or an allergen, or of a dose: never a part of it. What no two
 * pages would hold is replaced by words that say so. */
char *dmp_paper_escape_whole (const char *text);

/* What @line is called: of treatments and allergies whole. Returns: (transfer full): markup */
char *dmp_paper_dup_name (const DmpSummaryLine *line);

/* " [masqué]": what a line says of who may not see it; "" most often. Returns: (transfer none):
 * markup */
const char *dmp_paper_get_hidden (const DmpSummaryLine *line);

/* "[3, 1]": numbers of @sources in the list at the end. Returns: (transfer full) */
char *dmp_paper_cite (DmpPaperMaker *self, GPtrArray *sources);
/* "12/01/2026", or "" without one. Returns: (transfer full) */
char *dmp_paper_day (const char *stamp);

/* What stands on the pages, from top to bottom. */
void dmp_paper_make_flags (DmpPaperMaker *self);
void dmp_paper_make_lists (DmpPaperMaker *self); /* allergies, landmarks, problems */
void dmp_paper_make_treatments (DmpPaperMaker *self);
void dmp_paper_make_results (DmpPaperMaker *self);
void dmp_paper_make_past (DmpPaperMaker *self); /* vaccines, history */
void dmp_paper_make_end (DmpPaperMaker *self);  /* sources, and what found no line */

/* The lines of @block that have no row of their own, by name: "Arrêtés : …". @past: what those that
 * are over are called */
void dmp_paper_add_rest (DmpPaperMaker *self,
                         DmpPaperColumn *column,
                         const DmpSummaryBlock *block,
                         const char *past);
/* What somebody may look for and is not there. */
void
dmp_paper_add_missing (DmpPaperMaker *self, DmpPaperColumn *column, const DmpSummaryBlock *block);

/* @names: (element-type utf8): markup: lines of the block @title that found no row: said at the
 * end. @most: so many by name */
void dmp_paper_leave_out (DmpPaperMaker *self, const char *title, GPtrArray *names, guint most);

/* Above and below everything, on each page: who, when, which page; what it is not. */
void dmp_paper_make_head (DmpPaperMaker *self, DmpPaperColumn *column, guint page, guint n_pages);
void dmp_paper_make_foot (DmpPaperMaker *self, DmpPaperColumn *column);
void dmp_paper_make_coverage (DmpPaperMaker *self);

G_END_DECLS
