#pragma once

#include "cda/dmp-cda-document.h"
#include "summary/dmp-summary-builder.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A record of tests/records, made anew in a folder of its own and read without host or card. */
typedef struct
{
  GListStore *entries;   /* of DmpDocumentEntry */
  GHashTable *documents; /* unique id → DmpCdaDocument */
  GHashTable *problems;  /* unique id → GError */
  DmpPatient *patient;
} SampleRecord;

/* @name: "simple", "chronic"… Returns: (transfer full) (nullable): NULL when Python cannot make it
 */
SampleRecord *sample_record_new (const char *name);
void sample_record_free (SampleRecord *self);

/* Whether there is one; a test without it is skipped. @self: (nullable) */
gboolean sample_record_needed (const SampleRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleRecord, sample_record_free)

/* The summary of the first @n documents, the others still to come. Returns: (transfer full) */
DmpSummary *sample_record_summarise (SampleRecord *self, guint n);

G_END_DECLS
