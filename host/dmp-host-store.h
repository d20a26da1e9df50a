#pragma once

#include "dmp-host-entry.h"

#include <glib.h>

G_BEGIN_DECLS

/* What the host asks of its storage. Every call but the marked ones is about one patient, so that
 * it maps to one shard; there is no SQL outside the backends; no cursor outlives its call; puts are
 * idempotent by identifiers. What is sealed was sealed before it comes here.
 * Source of the shape: design of the host at scale, section 4. */

typedef enum
{
  DMP_HOST_STORE_OK,
  DMP_HOST_STORE_DUP_SAME,  /* there already, identical */
  DMP_HOST_STORE_DUP_OTHER, /* there already, with another content */
  DMP_HOST_STORE_ABSENT,
  DMP_HOST_STORE_CONFLICT, /* the state is not the expected one */
  DMP_HOST_STORE_BUSY,
  DMP_HOST_STORE_FULL,
  DMP_HOST_STORE_IO,
  DMP_HOST_STORE_CORRUPT
} DmpHostStoreResult;

typedef struct _DmpHostStore DmpHostStore; /* one database */
typedef struct _DmpHostTx DmpHostTx;       /* one transaction on one patient */

#define DMP_HOST_INDEX_BYTES 32

/* A record. Strings belong to the struct. */
typedef struct
{
  gint64 id; /* random, never the INS */
  guint8 index[DMP_HOST_INDEX_BYTES];
  GBytes *key;    /* wrapped patient key */
  GBytes *traits; /* sealed */
  gboolean closed;
  char *physician; /* médecin traitant: professional id (nullable) */
} DmpHostPatientRow;

void dmp_host_patient_row_clear (DmpHostPatientRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpHostPatientRow, dmp_host_patient_row_clear)

typedef enum
{
  DMP_HOST_AUTHORISATION_NONE,
  DMP_HOST_AUTHORISATION_VALID,
  DMP_HOST_AUTHORISATION_EXPIRED,
  DMP_HOST_AUTHORISATION_DENIED
} DmpHostAuthorisationState;

/* The right of one professional ("P:" + id) or structure ("S:" + id) to one record. Times are
 * seconds since 1970, 0 = open end. */
typedef struct
{
  char *holder;
  DmpHostAuthorisationState state; /* VALID, EXPIRED or DENIED as stored */
  gint64 from;
  gint64 until;
} DmpHostAuthorisation;

void dmp_host_authorisation_clear (DmpHostAuthorisation *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpHostAuthorisation, dmp_host_authorisation_clear)

/* One row of the trail. Unknown strings are NULL; @patient 0 = none. */
typedef struct
{
  gint64 sequence; /* given by the store */
  gint64 time;     /* microseconds since 1970 */
  const char *actor;
  const char *structure;
  const char *mode;
  const char *transaction;
  gint64 patient;
  const char *document; /* unique id */
  const char *result;   /* "ok" or the name of the error */
} DmpHostAuditRow;

/* A professional as the directory knows him. Strings belong to the struct. */
typedef struct
{
  char *id;
  char *profession; /* TRE_G15 code, "" for a CPE */
  char *speciality; /* TRE_R01 code or "" */
} DmpHostProfessional;

void dmp_host_professional_clear (DmpHostProfessional *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpHostProfessional, dmp_host_professional_clear)

/* A sealed document or set: clear columns of @entry, then @sealed. */
typedef struct
{
  DmpHostEntry *entry; /* (transfer none): ids, status, version, hash, size, blob… */
  GBytes *sealed;
} DmpHostSealedEntry;

/* A submission: its set, its documents, and the associations other than membership. */
typedef struct
{
  DmpHostSealedEntry set;
  GArray *documents;      /* (element-type DmpHostSealedEntry) */
  const char *signs_uuid; /* entryUUID of the signature document, or NULL */
  gboolean history;       /* a past submission: replaced documents have their status already */
} DmpHostSubmission;

/* @entry: (transfer full), columns filled; @sealed: (transfer none). FALSE stops. */
typedef gboolean (*DmpHostEntryFunc) (DmpHostEntry *entry, GBytes *sealed, gpointer data);
typedef gboolean (*DmpHostAuditFunc) (const DmpHostAuditRow *row, gpointer data);

typedef struct
{
  guint patients, documents, submissions, audit_rows;
  GHashTable *blobs; /* (element-type utf8): names of all blobs in use */
} DmpHostStoreReport;

/* open: @where is the backend's address; @audit_key, 32 bytes, is kept by the store.
 * begin: a transaction on @patient (0: none yet); a write transaction waits for its turn. commit
 * and rollback end it; only OK from commit means durable. patient_find: by index of INS, the
 * look-up that finds the shard. submission_put: all or nothing: DUP_SAME when every document is
 * there with the same hash (nothing is written), DUP_OTHER when one has another hash, CONFLICT when
 * part of them is there or the document to be replaced is not Approved. entries: the documents, or
 * the sets, of the patient; oldest submission first. status_put: CONFLICT when the document has not
 * the status @from. unique_id_find: across patients: whose document it is. professional…,
 * structure…, practice…: reference tables, the same on all shards; find gives ABSENT for what is
 * unknown. audit_append: appends to the chain; number and link are given here. audit_each:
 * administrative, all rows in order, CORRUPT at the first broken link; @func is nullable.
 * assertion_use: across patients: OK once per @id until @until (seconds), then DUP_SAME.
 * check: administrative: soundness of the database, counts, blobs in use. */
typedef struct
{
  DmpHostStoreResult (*open) (const char *where,
                              const guint8 *audit_key,
                              DmpHostStore **store,
                              GError **error);
  void (*close) (DmpHostStore *store);
  DmpHostStoreResult (*begin) (DmpHostStore *store, gint64 patient, gboolean write, DmpHostTx **tx);
  DmpHostStoreResult (*commit) (DmpHostTx *tx);
  void (*rollback) (DmpHostTx *tx);

  DmpHostStoreResult (*patient_find) (DmpHostStore *store,
                                      const guint8 index[DMP_HOST_INDEX_BYTES],
                                      DmpHostPatientRow *row);
  DmpHostStoreResult (*patient_put) (DmpHostTx *tx, const DmpHostPatientRow *row);
  DmpHostStoreResult (*physician_put) (DmpHostTx *tx, const char *professional);
  DmpHostStoreResult (*authorisation_get) (DmpHostTx *tx,
                                           const char *holder,
                                           DmpHostAuthorisation *authorisation);
  DmpHostStoreResult (*authorisation_put) (DmpHostTx *tx, const DmpHostAuthorisation *row);
  DmpHostStoreResult (*authorisation_delete) (DmpHostTx *tx, const char *holder);

  DmpHostStoreResult (*submission_put) (DmpHostTx *tx, const DmpHostSubmission *submission);
  DmpHostStoreResult (*entries) (DmpHostTx *tx,
                                 gboolean sets,
                                 DmpHostEntryFunc func,
                                 gpointer data);
  DmpHostStoreResult (*status_put) (DmpHostTx *tx,
                                    const char *entry_uuid,
                                    DmpHostStatus from,
                                    DmpHostStatus to);
  DmpHostStoreResult (*unique_id_find) (DmpHostStore *store,
                                        const char *unique_id,
                                        gint64 *patient);

  DmpHostStoreResult (*professional_put) (DmpHostTx *tx, const DmpHostProfessional *professional);
  DmpHostStoreResult (*structure_put) (DmpHostTx *tx, const char *id, const char *name);
  DmpHostStoreResult (*practice_put) (DmpHostTx *tx, const char *person, const char *structure);
  DmpHostStoreResult (*professional_find) (DmpHostStore *store,
                                           const char *id,
                                           DmpHostProfessional *professional);
  DmpHostStoreResult (*structure_find) (DmpHostStore *store, const char *id);
  DmpHostStoreResult (*practice_find) (DmpHostStore *store,
                                       const char *person,
                                       const char *structure);

  DmpHostStoreResult (*audit_append) (DmpHostTx *tx, const DmpHostAuditRow *row);
  DmpHostStoreResult (*audit_each) (DmpHostStore *store, DmpHostAuditFunc func, gpointer data);
  DmpHostStoreResult (*assertion_use) (DmpHostStore *store,
                                       const char *id,
                                       gint64 now,
                                       gint64 until);
  DmpHostStoreResult (*check) (DmpHostStore *store, DmpHostStoreReport *report);
} DmpHostStoreOps;

/* The embedded default: SQLite, WAL, synchronous FULL. @where is a file name. */
const DmpHostStoreOps *dmp_host_store_sqlite (void);

/* Returns: (transfer none): for logs */
const char *dmp_host_store_result_name (DmpHostStoreResult result);

G_END_DECLS
