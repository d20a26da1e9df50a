#pragma once

#include "dmp-lines.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The summary on one screen: nine blocks in fixed places, each line one action away from its
 * source. Activating a line activates "win.open-source"; signal "open" (string unique id) comes
 * from the detail of what was read. */
#define DMP_TYPE_SUMMARY_PAGE (dmp_summary_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpSummaryPage, dmp_summary_page, DMP, SUMMARY_PAGE, AdwBin)

/* Shows @summary, keeping the focus on its line. @summary: (nullable): nothing yet, or no more */
void dmp_summary_page_set_summary (DmpSummaryPage *self, DmpSummary *summary);

/* What the reader's profession may not see, the same for every record (dmp-access-words.h). @known:
 * it names what: then it stands at the foot, too. @words: (nullable): nobody reads any more */
void dmp_summary_page_set_access (DmpSummaryPage *self, const char *words, gboolean known);

/* Reading stopped before its end: said in the first line. */
void dmp_summary_page_set_interrupted (DmpSummaryPage *self, gboolean interrupted);

/* The best source of the line that has the focus, or had it last.
 * @place: (out): for dmp_cda_document_find_place(). Returns: (transfer none) (nullable): unique id
 */
const char *dmp_summary_page_get_source (DmpSummaryPage *self, const char **place);

/* The summary, when the focus is on its flag of two lists that differ (C2): they are shown side by
 * side (dmp-lists-window.h). Returns: (transfer none) (nullable) */
DmpSummary *dmp_summary_page_get_lists (DmpSummaryPage *self);

/* Whether the focus is on a flag that was set aside. */
gboolean dmp_summary_page_is_aside (DmpSummaryPage *self);

/* What Ctrl+D does with the line that has the focus, or had it last.
 * @line: (out) (transfer full) (nullable): for dmp_session_set_line_apart() */
DmpLineParting dmp_summary_page_get_parting (DmpSummaryPage *self, char **line);

/* Block 1 to 9; FALSE when it has no line. */
gboolean dmp_summary_page_focus_block (DmpSummaryPage *self, guint block);

/* The next block (@step 1) or the one before (-1) that has lines. */
void dmp_summary_page_cycle (DmpSummaryPage *self, int step);

/* The last focused line, else the first flag, else the first line of all. */
void dmp_summary_page_focus (DmpSummaryPage *self);

/* The focus has moved: when it is on a line, that is the last focused one. */
void dmp_summary_page_remember_focus (DmpSummaryPage *self);

void dmp_summary_page_toggle_detail (DmpSummaryPage *self);

/* Why the focused line is there: its rules and its sources. */
void dmp_summary_page_show_why (DmpSummaryPage *self);

G_END_DECLS
