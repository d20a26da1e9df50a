#pragma once

#include "files/dmp-file-report.h"
#include "session/dmp-draft-check.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One file on its way into a submission: read, examined in another thread, repaired on demand, with
 * what the person says of it. Signal "changed": something of it is new. */
#define DMP_TYPE_SEND_FILE (dmp_send_file_get_type ())
G_DECLARE_FINAL_TYPE (DmpSendFile, dmp_send_file, DMP, SEND_FILE, GObject)

/* What the person says; owned by the file, changed by the page. */
typedef struct
{
  DmpCode *type;
  char *title;      /* never NULL */
  char *date;       /* as typed; never NULL */
  gboolean visible; /* to the patient */
  gboolean masked;  /* to other professionals */
} DmpSendEntries;

/* Begins to read @file. @context is copied. */
DmpSendFile *dmp_send_file_new (GFile *file, const DmpFileContext *context);

/* A document that was written here. @name: how it is called */
DmpSendFile *
dmp_send_file_new_written (GBytes *bytes, const char *name, const DmpFileContext *context);

const char *dmp_send_file_get_name (DmpSendFile *self);

/* Whether it was written here, and is no file of somebody's. */
gboolean dmp_send_file_is_written (DmpSendFile *self);

/* (nullable): not read yet, or it could not be */
GBytes *dmp_send_file_get_bytes (DmpSendFile *self);
const DmpFileReport *dmp_send_file_get_report (DmpSendFile *self);

/* The file before it was repaired. (nullable) */
GBytes *dmp_send_file_get_original (DmpSendFile *self);

/* French sentence: why it could not be read or repaired. (nullable) */
const char *dmp_send_file_get_problem (DmpSendFile *self);

/* Looks whether @record holds it already, as often as more of @record is read; signal "looked".
 * @record: (nullable) */
void dmp_send_file_set_record (DmpSendFile *self, DmpRecord *record);

/* How much of the record was not looked through, in French words. Returns: (transfer full)
 * (nullable): NULL: nothing is left */
char *dmp_send_file_dup_unread (DmpSendFile *self);

/* What was found. (nullable) (element-type DmpFinding) */
GPtrArray *dmp_send_file_get_held (DmpSendFile *self);

/* Whether the record has a document of this type, title and day: only said, the same act may well
 * have two documents of that name. */
gboolean dmp_send_file_has_twin (DmpSendFile *self);

/* Whether it is being read, examined or repaired. */
gboolean dmp_send_file_get_busy (DmpSendFile *self);

DmpSendEntries *dmp_send_file_get_entries (DmpSendFile *self);

/* Puts right what can be, then examines it again. */
void dmp_send_file_repair (DmpSendFile *self, DmpRepair repair);

/* The person has seen the warning of @code. */
void dmp_send_file_accept (DmpSendFile *self, const char *code);
gboolean dmp_send_file_has_accepted (DmpSendFile *self, const char *code);

/* Returns: (transfer full): what to send; its date is NULL when it is none */
DmpSubmissionDraft *dmp_send_file_dup_draft (DmpSendFile *self);

/* Stops what runs. */
void dmp_send_file_stop (DmpSendFile *self);

G_END_DECLS
