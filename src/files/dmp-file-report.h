#pragma once

#include "cda/dmp-cda-document.h"
#include "dmp-file-identity.h"
#include "dmp-file-suggest.h"
#include "dmp-finding.h"
#include "model/dmp-patient.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* For whom and by whom a file is looked at; strings and @patient (nullable). */
typedef struct
{
  DmpPatient *patient; /* whom it must speak of */
  const char *holder;  /* family name of who sends it */
  const char *today;   /* "yyyyMMdd" */
} DmpFileContext;

/* What a file is, what is wrong with it, what it says of itself. Belongs to one owner at a
 * time. */
typedef struct
{
  GBytes *bytes;
  const char *mime;         /* (nullable): of dmp_file_guess_mime(); "text/plain" for any text */
  const char *charset;      /* of a text: where it was read from */
  guint n_pages;            /* 0 where pages mean nothing */
  gboolean pdfa;            /* a PDF that is a PDF/A-1 as far as we look */
  char *text;               /* never NULL, maybe "" */
  DmpCdaDocument *document; /* (nullable): it is a CDA */
  GPtrArray *findings;      /* (element-type DmpFinding) */
  DmpFileSuggestions *suggestions; /* never NULL; of a CDA: what its header says */
  DmpIdentity identity;            /* against the context's patient */
  char *identity_found;            /* (nullable): the words that tell */
} DmpFileReport;

void dmp_file_report_free (DmpFileReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpFileReport, dmp_file_report_free)

/* Looks at @bytes with all the rules. What is hostile is opened in confined children only. Blocks:
 * any thread but the main one.
 * @error: G_IO_ERROR_CANCELLED; whatever is wrong with the file is in the findings. Returns:
 * (transfer full) */
DmpFileReport *dmp_file_examine (GBytes *bytes,
                                 const DmpFileContext *context,
                                 GCancellable *cancellable,
                                 GError **error);

/* Compares with a patient who was not known when the file was examined. */
void dmp_file_report_check_patient (DmpFileReport *self, DmpPatient *patient);

/* dmp_file_examine() in a thread of its own. Copies @context. */
void dmp_file_examine_async (GBytes *bytes,
                             const DmpFileContext *context,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
DmpFileReport *dmp_file_examine_finish (GAsyncResult *result, GError **error);

/* The file as it is after @repair. Blocks. @bytes, @mime: of its report.
 * @error: %DMP_ERROR_INVALID_DOCUMENT. Returns: (transfer full) */
GBytes *dmp_file_repair (
    GBytes *bytes, const char *mime, DmpRepair repair, GCancellable *cancellable, GError **error);

void dmp_file_repair_async (GBytes *bytes,
                            const char *mime,
                            DmpRepair repair,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GBytes *dmp_file_repair_finish (GAsyncResult *result, GError **error);

G_END_DECLS
