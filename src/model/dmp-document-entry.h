#pragma once

#include "dmp-code.h"

G_BEGIN_DECLS

/* An XDS document entry, as the registry gives it (protocol: ITI TF-3 §4.2, CI-SIS). Immutable. */

typedef enum
{
  DMP_STATUS_APPROVED,
  DMP_STATUS_DEPRECATED, /* replaced by a newer version */
  DMP_STATUS_ARCHIVED,
  DMP_STATUS_DELETED,
  DMP_STATUS_UNKNOWN
} DmpStatus;

typedef enum
{
  DMP_VISIBILITY_NORMAL = 0,
  DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS = 1 << 0,  /* MASQUE_PS */
  DMP_VISIBILITY_HIDDEN_FROM_PATIENT = 1 << 1,        /* INVISIBLE_PATIENT */
  DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES = 1 << 2 /* INVISIBLE_REPRESENTANTS_LEGAUX */
} DmpVisibility;

/* One author of a document or submission set, already taken out of its XCN/XON/CE strings. */
typedef struct
{
  char *id;     /* PS_IdNat, INS or machine id */
  char *id_oid; /* (nullable): who gave the id: DMP_OID_PROFESSIONAL, an INS, or a machine's */
  char *family; /* or the machine's name */
  char *given;
  char *institution;    /* name */
  char *institution_id; /* Struct_IdNat */
  DmpCode *specialty;   /* (nullable) */
  char *role;           /* (nullable) */
} DmpAuthor;

DmpAuthor *dmp_author_copy (const DmpAuthor *self);
void dmp_author_free (DmpAuthor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpAuthor, dmp_author_free)

/* "Dr Claire LEROY", "LBM Bioval", "Assurance maladie": what a list shows. Returns: (transfer full)
 */
char *dmp_author_dup_display (const DmpAuthor *self);

/* Times are HL7 strings "yyyyMMdd[HHmm[ss]]" in UTC, with just the precision that was given. */
typedef struct
{
  const char *entry_uuid;
  const char *unique_id;
  const char *repository_id;
  const char *patient_id; /* CX as received */
  const char *title;
  const char *comments;
  const char *mime;
  const char *language;
  const char *hash; /* SHA-1, hex, or NULL */
  gint64 size;      /* bytes, -1 unknown */
  DmpStatus status;
  DmpVisibility visibility;
  guint version;               /* VersionInfo, 1 when absent */
  const char *replaces;        /* unique id or entryUUID of the replaced document, when known */
  const char *submission_set;  /* unique id, when known */
  const char *submission_time; /* when known */
  const char *creation;
  const char *service_start;
  const char *service_stop;
  const char *legal_authenticator; /* XCN */
  DmpCode *class_code;
  DmpCode *type_code;
  DmpCode *format_code;
  DmpCode *practice_setting;
  DmpCode *facility_type;
  GPtrArray *event_codes; /* (element-type DmpCode) (nullable) */
  GPtrArray *authors;     /* (element-type DmpAuthor) (nullable) */
  GPtrArray *references;  /* (element-type utf8) (nullable): referenceIdList, as written */
} DmpDocumentEntryFields;

#define DMP_TYPE_DOCUMENT_ENTRY (dmp_document_entry_get_type ())
G_DECLARE_FINAL_TYPE (DmpDocumentEntry, dmp_document_entry, DMP, DOCUMENT_ENTRY, GObject)

/* Copies @fields (arrays are referenced: do not change them after). Returns: (transfer full) */
DmpDocumentEntry *dmp_document_entry_new (const DmpDocumentEntryFields *fields);

/* All of them at once. Returns: (transfer none): valid as long as @self */
const DmpDocumentEntryFields *dmp_document_entry_get_fields (DmpDocumentEntry *self);

/* Shorthands; all (transfer none) (nullable). */
const char *dmp_document_entry_get_unique_id (DmpDocumentEntry *self);
const char *dmp_document_entry_get_title (DmpDocumentEntry *self);
DmpCode *dmp_document_entry_get_type_code (DmpDocumentEntry *self);
DmpCode *dmp_document_entry_get_class_code (DmpDocumentEntry *self);

/* What the document is dated and sorted by, everywhere: the end of the care it tells of, if that
 * was over when it was written (two years of refunds are dated by the last); else the start, as of
 * a prescription that runs on; else its creation. (transfer none) (nullable) */
const char *dmp_document_entry_get_date (DmpDocumentEntry *self);

/* "du 24/11/2025 au 28/11/2025"; NULL when the care it tells of was of one day.
 * Returns: (transfer full) (nullable) */
char *dmp_document_entry_dup_period (DmpDocumentEntry *self);

/* The first author as a list shows it. Returns: (transfer full) */
char *dmp_document_entry_dup_author (DmpDocumentEntry *self);

/* The first orders and accessions among the references
 * ("id^^^&root&ISO^urn:ihe:iti:xds:2013:order"): two documents with one in common answer the same
 * request. Returns: (transfer container) (element-type utf8): maybe empty; valid as long as @self
 */
GPtrArray *dmp_document_entry_dup_orders (DmpDocumentEntry *self);

/* Written by the patient: class 90 or type DOCPAT* (EX_3.1-1040). */
gboolean dmp_document_entry_is_from_patient (DmpDocumentEntry *self);

/* The detached signature of a submission set, not a document to read. */
gboolean dmp_document_entry_is_signature (DmpDocumentEntry *self);

G_END_DECLS
