#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"
#include "session/dmp-signature-fact.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One document, read: its sections at the left, its text or its file in the middle, what is known
 * of it at the right. Arrows activate "win.previous-document" and "win.next-document". */
#define DMP_TYPE_DOCUMENT_PAGE (dmp_document_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpDocumentPage, dmp_document_page, DMP, DOCUMENT_PAGE, AdwBin)

/* Announces @entry while its content is on its way.
 * @from: where Back leads, in words: "Résumé"; @position: "document 1 sur 150" */
void dmp_document_page_set_entry (DmpDocumentPage *self,
                                  DmpDocumentEntry *entry,
                                  const char *from,
                                  const char *position);

/* The announced document was found by searching for these words: marked in its passage.
 * @words: (nullable) */
void dmp_document_page_set_words (DmpDocumentPage *self, const char *const *words);

/* @document: (nullable): then @problem says why
 * @place: (nullable): the passage that the summary cites, or that was found */
void dmp_document_page_set_content (DmpDocumentPage *self,
                                    DmpCdaDocument *document,
                                    const char *problem,
                                    const char *place);

/* Who signed what is shown, in the head of the document. @fact: (nullable): not known (yet) */
void dmp_document_page_set_signature (DmpDocumentPage *self, const DmpSignatureFact *fact);

/* Returns: (transfer none) (nullable) */
DmpDocumentEntry *dmp_document_page_get_entry (DmpDocumentPage *self);

/* Larger (1), smaller (-1), the usual size (0). */
void dmp_document_page_zoom (DmpDocumentPage *self, int step);

/* Opens the search bar. */
void dmp_document_page_find (DmpDocumentPage *self);

/* The next (1) or previous (-1) place of the words looked for. */
void dmp_document_page_find_step (DmpDocumentPage *self, int step);

/* Whether the search bar is open. */
gboolean dmp_document_page_is_finding (DmpDocumentPage *self);

/* Closes the search bar. Returns: whether it was open */
gboolean dmp_document_page_stop_finding (DmpDocumentPage *self);

void dmp_document_page_clear (DmpDocumentPage *self);
void dmp_document_page_focus (DmpDocumentPage *self);

G_END_DECLS
