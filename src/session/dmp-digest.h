#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"
#include "model/dmp-patient.h"
#include "search/dmp-search.h"
#include "summary/dmp-summary.h"

#include <glib.h>

G_BEGIN_DECLS

/* Reads documents as they arrive and keeps the summary up to date, in a thread of its own so that
 * neither the window nor the connection waits. The order of arrival does not show in the result. */
typedef struct _DmpDigest DmpDigest;

/* One document read, or not. */
typedef struct
{
  char *unique_id;
  DmpCdaDocument *document; /* NULL: unreadable */
  char *problem;            /* French sentence, when unreadable */
  gboolean wrong_patient;   /* it speaks of somebody else: not even its bytes are shown */
} DmpDigested;

void dmp_digested_free (DmpDigested *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpDigested, dmp_digested_free)

/* Reads one document in the calling thread.
 * @patient: (nullable): whom it must speak of. Returns: (transfer full) */
DmpDigested *dmp_digest_read (DmpDocumentEntry *entry, GBytes *bytes, DmpPatient *patient);

/* Called in the main context that was the thread default in dmp_digest_new().
 * @digested: (element-type DmpDigested): since the last call
 * @summary: of all so far
 * @pending: documents given but not in it yet */
typedef void (*DmpDigestFunc) (GPtrArray *digested,
                               DmpSummary *summary,
                               guint pending,
                               gpointer user_data);

/* @today: "yyyyMMdd"; @reader_id: (nullable): national id of who reads. Returns: (transfer full) */
DmpDigest *dmp_digest_new (DmpPatient *patient,
                           const char *today,
                           const char *reader_id,
                           gboolean medecin_traitant,
                           DmpDigestFunc func,
                           gpointer user_data);

/* What is read from now on is indexed in @search as well, so that neither the window nor the
 * connection waits for that either. Before the first dmp_digest_feed(). */
void dmp_digest_set_search (DmpDigest *self, DmpSearch *search);

/* Indexes what @entry's @document says, under the title and date that the list shows. */
void dmp_digest_index (DmpSearch *search, DmpDocumentEntry *entry, DmpCdaDocument *document);

/* Before anything else: which checks the summary makes, and the imported medicines database.
 * @bdpm: (nullable) (transfer none) */
void dmp_digest_set_rules (DmpDigest *self, DmpChecks checks, DmpBdpm *bdpm);

/* No call of the function comes after this; what is being read is let go. NULL is fine. */
void dmp_digest_free (DmpDigest *self);

/* Takes a line of the summary apart, or makes it one again (dmp_summary_builder_set_apart()); one
 * more call of the function comes. @line: its id */
void dmp_digest_set_apart (DmpDigest *self, const char *line, gboolean apart);

/* A document is listed and awaited: the summary says so. */
void dmp_digest_expect (DmpDigest *self, DmpDocumentEntry *entry);

/* A document is listed, but its contents are not asked for (archived, replaced). */
void dmp_digest_mention (DmpDigest *self, DmpDocumentEntry *entry);

/* Its bytes are there. */
void dmp_digest_feed (DmpDigest *self, DmpDocumentEntry *entry, GBytes *bytes);

/* It will not come. @error: (transfer none): why */
void dmp_digest_fail (DmpDigest *self, DmpDocumentEntry *entry, const GError *error);

/* All has been given: one more call of the function comes when all is read.
 * @complete: FALSE: the list itself was not: the summary keeps its negative sentences back */
void dmp_digest_end (DmpDigest *self, gboolean complete);

G_END_DECLS
