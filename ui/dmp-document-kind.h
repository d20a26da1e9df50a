#pragma once

#include "model/dmp-document-entry.h"

G_BEGIN_DECLS

/* The few families that the list of documents sorts by. */
typedef enum
{
  DMP_KIND_LABORATORY,
  DMP_KIND_PRESCRIPTION,
  DMP_KIND_REPORT,
  DMP_KIND_IMAGING,
  DMP_KIND_OTHER,
  DMP_N_KINDS
} DmpDocumentKind;

DmpDocumentKind dmp_document_kind_of (DmpDocumentEntry *entry);

/* "Biologie", "Ordonnances"… Returns: (transfer none) */
const char *dmp_document_kind_get_label (DmpDocumentKind kind);

/* The shape before a title. Returns: (transfer none) */
const char *dmp_document_kind_get_icon (DmpDocumentEntry *entry);

/* What the type is called: the table's label, else what the host wrote. Returns: (transfer none) */
const char *dmp_document_kind_get_type_label (DmpDocumentEntry *entry);

/* "Acte du 12/01/2026 · reçu le 14/01/2026", "Période du 24/11/2025 au 28/11/2025".
 * Returns: (transfer full) */
char *dmp_document_kind_dup_dates (DmpDocumentEntry *entry);

G_END_DECLS
