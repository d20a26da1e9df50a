#pragma once

#include "model/dmp-document-entry.h"
#include "xml/dmp-xml.h"

G_BEGIN_DECLS

/* Our objects → registry objects (ebRIM 3.0). Within one object the schema wants slots, then names,
 * classifications and identifiers: call in that order. */

/* Numbers the parts of one submission: "c01", "c02"… */
typedef struct
{
  guint last;
} DmpRimIds;

/* A slot with one value; nothing when @value is NULL. */
void dmp_rim_add_slot (xmlNode *parent, const char *name, const char *value);

/* A slot with several values. @values: (array zero-terminated=1) */
void dmp_rim_add_slot_list (xmlNode *parent, const char *name, const char *const *values);

/* rim:Name or rim:Description with one French text; nothing when @text is NULL. */
void dmp_rim_add_name (xmlNode *parent, const char *element, const char *text);

/* A coded value: node representation, coding scheme, label. */
void dmp_rim_add_code (xmlNode *object, DmpRimIds *ids, const char *scheme, DmpCode *code);

/* An author, of a document or a submission set as @scheme says. */
void
dmp_rim_add_author (xmlNode *object, DmpRimIds *ids, const char *scheme, const DmpAuthor *author);

/* An external identifier. @name: "XDSDocumentEntry.uniqueId" */
void dmp_rim_add_identifier (
    xmlNode *object, DmpRimIds *ids, const char *scheme, const char *name, const char *value);

/* An association; @status: (nullable): value of SubmissionSetStatus. */
void dmp_rim_add_association (xmlNode *list,
                              DmpRimIds *ids,
                              const char *type,
                              const char *source,
                              const char *target,
                              const char *status);

G_END_DECLS
