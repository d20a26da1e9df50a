#pragma once

#include "model/dmp-document-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The chips above the list of documents: one kind or all, and what stands out of the ordinary list,
 * each with its count. */
typedef struct _DmpDocumentChips DmpDocumentChips;

typedef enum
{
  DMP_CHIP_MASKED,
  DMP_CHIP_ARCHIVED,
  DMP_CHIP_REPLACED,
  DMP_N_CHIPS
} DmpDocumentChip;

/* @kinds: gets a button a kind
 * @states: (array fixed-size=DMP_N_CHIPS): those who show masked, archived and replaced documents
 * @filter: told when another kind is chosen. All are borrowed. Returns: (transfer full) */
DmpDocumentChips *
dmp_document_chips_new (GtkBox *kinds, GtkToggleButton *const *states, GtkFilter *filter);
void dmp_document_chips_free (DmpDocumentChips *self);

gboolean dmp_document_chips_match (DmpDocumentChips *self, DmpDocumentEntry *entry);

/* Writes the counts on the chips. @documents: (nullable) (element-type DmpDocumentEntry) */
void dmp_document_chips_count (DmpDocumentChips *self, GListModel *documents);

/* All kinds; masked documents, and archived and replaced ones too with @everything. */
void dmp_document_chips_reset (DmpDocumentChips *self, gboolean everything);

G_END_DECLS
