#pragma once

#include "dmp-td.h"
#include "model/dmp-document-entry.h"

G_BEGIN_DECLS

/* Registry objects (ebRIM 3.0) → our objects. */

/* A submission set as the registry gives it. */
typedef struct
{
  char *entry_uuid;
  char *unique_id;
  char *source_id;       /* (nullable) */
  char *patient_id;      /* (nullable): CX */
  char *submission_time; /* (nullable): UTC */
  char *title;           /* (nullable) */
  char *comments;        /* (nullable) */
  DmpCode *content_type; /* (nullable) */
  GPtrArray *authors;    /* (element-type DmpAuthor), maybe empty */
  DmpStatus status;
} DmpSubmissionSet;

void dmp_submission_set_free (DmpSubmissionSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpSubmissionSet, dmp_submission_set_free)

typedef struct
{
  char *type; /* URN: %DMP_URN_HAS_MEMBER, %DMP_URN_REPLACES… */
  char *source;
  char *target;
} DmpAssociation;

void dmp_association_free (DmpAssociation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpAssociation, dmp_association_free)

/* Reads many objects of one answer: equal codes become one object. */
typedef struct _DmpRimReader DmpRimReader;

DmpRimReader *dmp_rim_reader_new (void);
void dmp_rim_reader_free (DmpRimReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpRimReader, dmp_rim_reader_free)

/* What other objects of the answer say of a document. */
typedef struct
{
  const char *replaces;
  const char *submission_set;
  const char *submission_time;
} DmpRimLinks;

/* @object: rim:ExtrinsicObject
 * @links: (nullable)
 * Returns: (transfer full) (nullable): NULL when it has no unique id: nothing can be done with it
 */
DmpDocumentEntry *
dmp_rim_read_document (DmpRimReader *self, xmlNode *object, const DmpRimLinks *links);

/* @object: rim:RegistryPackage. Returns: (transfer full) (nullable): NULL when it has no unique id
 */
DmpSubmissionSet *dmp_rim_read_submission_set (DmpRimReader *self, xmlNode *object);

/* @object: rim:Association. Returns: (transfer full) (nullable): NULL when an end is missing */
DmpAssociation *dmp_rim_read_association (xmlNode *object);

/* All values of the slot @name of @object. Returns: (transfer full): maybe empty */
GPtrArray *dmp_rim_read_slot (xmlNode *object, const char *name);

G_END_DECLS
