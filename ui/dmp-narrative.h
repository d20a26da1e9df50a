#pragma once

#include "cda/dmp-cda-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The narrative of a CDA document as native widgets: headings, paragraphs, lists, tables with
 * headers, files. Text can be selected. Built piece by piece between frames, so a long document
 * never freezes the window. Signal "ready": all of it is there. */
#define DMP_TYPE_NARRATIVE (dmp_narrative_get_type ())
G_DECLARE_FINAL_TYPE (DmpNarrative, dmp_narrative, DMP, NARRATIVE, GtkBox)

/* @document: (nullable): empties the view
 * @place: (nullable): the passage the summary cites: marked, and given the focus when ready */
void dmp_narrative_set_document (DmpNarrative *self, DmpCdaDocument *document, const char *place);

/* The passages of the documents set from now on were found by searching for these words: they are
 * marked in them. @words: (nullable): cited by the summary again */
void dmp_narrative_set_words (DmpNarrative *self, const char *const *words);

/* The passage of a document is shown, but not given the focus: a preview. */
void dmp_narrative_set_quiet (DmpNarrative *self);

/* Scrolls to the block with that index, once it is there. */
void dmp_narrative_scroll_to (DmpNarrative *self, guint block);

/* Size of the pages of files; letters follow the style (DmpZoom). @zoom: 1 is the usual size */
void dmp_narrative_set_zoom (DmpNarrative *self, double zoom);

/* Whether all of it stands selected, or nothing. */
void dmp_narrative_select (DmpNarrative *self, gboolean all);

/* The words that are selected, one line a paragraph. Returns: (transfer full) (nullable) */
char *dmp_narrative_dup_selection (DmpNarrative *self);

G_END_DECLS
