#pragma once

#include "dmp-host-record.h"

G_BEGIN_DECLS

/* Metadata as ebRIM (protocol: xds.md §1), both ways, and what all XDS answers share. */

#define DMP_HOST_NS_RIM "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"
#define DMP_HOST_NS_RS "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
#define DMP_HOST_NS_LCM "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"
#define DMP_HOST_NS_QUERY "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"
#define DMP_HOST_NS_XDSB "urn:ihe:iti:xds-b:2007"
#define DMP_HOST_STATUS_SUCCESS "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"
#define DMP_HOST_STATUS_PARTIAL "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"
#define DMP_HOST_STATUS_FAILURE "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure"
#define DMP_HOST_ASSOCIATION_MEMBER "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember"
#define DMP_HOST_ASSOCIATION_REPLACES "urn:ihe:iti:2007:AssociationType:RPLC"
#define DMP_HOST_ASSOCIATION_SIGNS "urn:ihe:iti:2007:AssociationType:signs"
#define DMP_HOST_CLASS_SIGNATURE "urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1"

/* Rows shared by reading and writing. */
typedef struct
{
  DmpHostText text;
  const char *slot;
  gboolean required; /* in a feed, of a document */
} DmpHostSlotRow;
typedef struct
{
  DmpHostCodeKind kind;
  const char *scheme;
  gboolean required; /* in a feed, of a document */
  gboolean repeats;
} DmpHostSchemeRow;
extern const DmpHostSlotRow dmp_host_slots[];
extern const gsize dmp_host_n_slots;
extern const DmpHostSchemeRow dmp_host_schemes[];
extern const gsize dmp_host_n_schemes;
const char *dmp_host_scheme_author (gboolean is_set);
const char *dmp_host_scheme_patient (gboolean is_set);
const char *dmp_host_scheme_unique_id (gboolean is_set);
#define DMP_HOST_SCHEME_SOURCE_ID "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832"
#define DMP_HOST_NODE_SET "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
#define DMP_HOST_TYPE_DOCUMENT "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
#define DMP_HOST_SLOT_REFERENCES "urn:ihe:iti:xds:2013:referenceIdList"

/* Writes ExtrinsicObjects and the like into a rim:RegistryObjectList. */
typedef struct
{
  xmlNode *list;
  char *patient; /* CX */
  guint ids;     /* given so far */
} DmpHostRimWriter;

void dmp_host_rim_write_entry (DmpHostRimWriter *self, const DmpHostEntry *entry);
void dmp_host_rim_write_reference (DmpHostRimWriter *self, const char *entry_uuid);
/* @slot_value: (nullable): of SubmissionSetStatus */
void dmp_host_rim_write_association (DmpHostRimWriter *self,
                                     const char *type,
                                     const char *source,
                                     const char *target,
                                     const char *slot_value);

/* Reads one rim:ExtrinsicObject or rim:RegistryPackage of a feed. The entry's entry_uuid is the
 * object's id, symbolic or not.
 * @patient: (out) (transfer full): CX of patientId
 * @error: %DMP_HOST_ERROR_REGISTRY_METADATA: which attribute is missing or wrong
 * Returns: (transfer full) */
DmpHostEntry *dmp_host_rim_read_entry (xmlNode *object, char **patient, GError **error);

/* The values of a slot. Returns: (transfer full) (element-type utf8): empty without it */
GPtrArray *dmp_host_rim_slot (xmlNode *object, const char *name);

/* "«INS»^^^&«OID»&ISO^NH". Returns: (transfer full) */
char *dmp_host_rim_dup_patient (const DmpHostRecord *record);

/* rs:RegistryErrorList with @error. */
void dmp_host_rim_add_error (xmlNode *parent, const GError *error);

/* Opens the record for an XDS transaction: "no record" and "closed" get their XDS names.
 * Returns: (transfer full) */
DmpHostRecord *dmp_host_rim_open (DmpHostCall *call, GError **error);

G_END_DECLS
