#pragma once

#include "dmp-digest.h"
#include "dmp-record.h"

G_BEGIN_DECLS

/* What only the session does to a record; main context. */

/* What TD0.2 answers. */
typedef struct
{
  gboolean exists;
  gboolean closed;
  const char *closed_at; /* (nullable) */
  DmpAuthorisation authorisation;
  gboolean medecin_traitant;
  DmpPatient *patient; /* (nullable): traits as the host holds them */
} DmpRecordStatus;

/* @reason: (nullable). Returns: (transfer full) */
DmpRecord *dmp_record_new (DmpPatient *patient, DmpAccessMode mode, const char *reason);

void dmp_record_set_status (DmpRecord *self, const DmpRecordStatus *status);
void dmp_record_set_loading (DmpRecord *self, gboolean loading);

/* Replaces the list; sorted here, newest first. @entries: (element-type DmpDocumentEntry) */
void dmp_record_set_documents (DmpRecord *self, GPtrArray *entries);

/* The signatures of submissions that the list held; they are no documents to show.
 * Returns: (transfer none) (element-type DmpDocumentEntry): not changed afterwards, but replaced */
GPtrArray *dmp_record_get_signatures (DmpRecord *self);

/* @sentence: (nullable) */
void dmp_record_set_list_problem (DmpRecord *self, const char *sentence);

/* @digested: (element-type DmpDigested); @summary: (nullable) */
void dmp_record_take_digested (DmpRecord *self, GPtrArray *digested, DmpSummary *summary);

/* Which lines of its summary the reader took apart. @line: id; @func: gets it as key */
void dmp_record_set_line_apart (DmpRecord *self, const char *line, gboolean apart);
void dmp_record_foreach_apart (DmpRecord *self, GHFunc func, gpointer user_data);

/* Lets go of everything about the patient. */
void dmp_record_wipe (DmpRecord *self);

G_END_DECLS
