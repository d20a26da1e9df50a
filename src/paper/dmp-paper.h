#pragma once

#include "summary/dmp-summary.h"

#include <cairo.h>

G_BEGIN_DECLS

/* The summary on paper: one page, two at most, black only, drawn with Cairo and Pango on whatever
 * surface is given: a printer's or a PDF's. What is printed may be read by the patient and by
 * others: unless it is asked for otherwise, it is made of dmp_summary_get_for_patient() alone. Of a
 * view for the patient (dmp_summary_is_for_patient()), things to check and codes of rules are left
 * out. */

#define DMP_PAPER_A4_WIDTH 595.28 /* points */
#define DMP_PAPER_A4_HEIGHT 841.89
#define DMP_PAPER_MARGIN 34.0
#define DMP_PAPER_LEFT 56.7 /* 20 mm: for the holes of a file */

/* What stands around the facts; strings are copied. */
typedef struct
{
  const char *printer;  /* (nullable): who prints: "Dr Claire LEROY" */
  const char *today;    /* "yyyyMMdd": the day of the summary: ages, curves */
  GDateTime *time;      /* when it is printed */
  gboolean break_glass; /* opened in that mode: said on each page */
  const char *reason;   /* (nullable): of that mode */
  gboolean with_hidden; /* also what is masked or not visible to the patient: said on each page */
  const char *list_problem; /* (nullable): sentence: the list of documents is not complete */
  const char *closed;       /* (nullable): sentence: what the printer's profession may not read */
} DmpPaperFrame;

/* Laid out for pages of one size; immutable. */
typedef struct _DmpPaper DmpPaper;

/* @width, @height: of what may be printed on, in points. Returns: (transfer full) */
DmpPaper *
dmp_paper_new (DmpSummary *summary, const DmpPaperFrame *frame, double width, double height);
void dmp_paper_free (DmpPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpPaper, dmp_paper_free)

/* 1 or 2. */
guint dmp_paper_get_n_pages (const DmpPaper *self);

/* @cr: in points, the origin at the top left of what may be printed on; @page: from 0 */
void dmp_paper_draw (const DmpPaper *self, cairo_t *cr, guint page);

/* Whether @summary holds what is masked or not visible to the patient: what is left out of the
 * pages unless the frame asks for it. */
gboolean dmp_paper_has_hidden (DmpSummary *summary);

/* An A4 PDF in memory; nothing about the patient stands in its properties. Returns: (transfer full)
 * (nullable): NULL when there is no memory for it */
GBytes *dmp_paper_make_pdf (DmpSummary *summary, const DmpPaperFrame *frame);

G_END_DECLS
