#pragma once

#include "dmp-cda-frame.h"
#include "dmp-cda-tree.h"

G_BEGIN_DECLS

/* Writing the header; private to this folder. */

/* A document with the complete header of the CI-SIS "structuration minimale" and no body yet.
 * @error: %DMP_ERROR_INVALID_DOCUMENT when a needed field is missing; the sentence names it
 * Returns: (transfer full) */
xmlDoc *dmp_cda_frame_new_document (const DmpCdaFrame *frame, GError **error);

/* Fails with the sentence for a field that is missing. @what: in French, with its article.
 * Returns: FALSE */
gboolean dmp_cda_frame_missing (GError **error, const char *what);

/* @code as an element; @name says which. Returns: (transfer none) */
xmlNode *dmp_cda_add_code (xmlNode *parent, const char *name, DmpCode *code);

/* What people call code system @oid ("CIM-10"). Returns: (transfer none) (nullable) */
const char *dmp_cda_system_name (const char *oid);

/* The author of the document as performer, or as author of @time, of one entry. */
void dmp_cda_frame_add_performer (xmlNode *entry, const DmpCdaFrame *frame);
void dmp_cda_frame_add_entry_author (xmlNode *entry, const DmpCdaFrame *frame, const char *time);

G_END_DECLS
