#pragma once

#include "dmp-host-service.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One patient's record, opened for one request: row, key, traits, and what the asker may do. */
typedef struct
{
  DmpHost *host; /* (transfer none) */
  DmpHostPatientRow row;
  guint8 key[DMP_HOST_KEY_BYTES];
  JsonObject *traits; /* patient.json as loaded */
  DmpHostAccess access;
} DmpHostRecord;

void dmp_host_record_free (DmpHostRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostRecord, dmp_host_record_free)

/* Opens the record of the patient named by the VIHF.
 * @error: %DMP_HOST_ERROR_NOT_FOUND when there is none, _INTERNAL when it does not open
 * Returns: (transfer full) */
DmpHostRecord *dmp_host_record_open (DmpHostCall *call, GError **error);

/* By INS, without an asker: for the loader. NULL without @error: there is none. */
DmpHostRecord *dmp_host_record_find (DmpHost *host, const char *ins, GError **error);

/* A text of patient.json. Returns: (transfer none) (nullable) */
const char *dmp_host_record_trait (const DmpHostRecord *self, const char *name);
gboolean dmp_host_record_flag (const DmpHostRecord *self, const char *name);

/* Documents or submission sets, metadata opened.
 * Returns: (transfer full) (element-type DmpHostEntry) (nullable) */
GPtrArray *dmp_host_record_entries (DmpHostRecord *self, gboolean sets, GError **error);

/* The body of a document.
 * @error: %DMP_HOST_ERROR_REPOSITORY when it is lost or altered
 * Returns: (transfer full) */
GBytes *dmp_host_record_body (DmpHostRecord *self, const DmpHostEntry *entry, GError **error);

/* Seals what goes into the store with @entry (metadata). Returns: (transfer full) */
GBytes *dmp_host_record_seal (DmpHostRecord *self, const DmpHostEntry *entry, GError **error);

/* Hashes, seals and stores @bytes as the body of @entry: fills hash, size and blob.
 * It is durable once this returns. */
gboolean
dmp_host_record_put_body (DmpHostRecord *self, DmpHostEntry *entry, GBytes *bytes, GError **error);

G_END_DECLS
