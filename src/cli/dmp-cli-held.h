#pragma once

#include "dmp-cli.h"
#include "files/dmp-file-report.h"

G_BEGIN_DECLS

/* A file to send, and what was found of it in the record. */
typedef struct
{
  DmpFileReport *report;
  GBytes *original;      /* before it was repaired: maybe that of the report */
  const char *in_record; /* "no", "not-compared", "unknown", "accepted" (docs/cli.md) */
} DmpCliFile;

/* @report, @original: (transfer full) */
DmpCliFile *dmp_cli_file_new (DmpFileReport *report, GBytes *original);
void dmp_cli_file_free (DmpCliFile *self);

/* Whether none of @files is in the record already, as far as can be told: what cannot be told is
 * said on standard error, and in each file's "in_record". Lists the record, and fetches the few
 * documents whose size could hold a file.
 * @record: (nullable): no patient was named
 * @files: (element-type DmpCliFile)
 * @accepted: (nullable): the findings a person has seen
 * @error: %DMP_ERROR_INVALID_DOCUMENT; %G_IO_ERROR_CANCELLED. Any other failure is said, no more */
gboolean dmp_cli_check_held (
    DmpCli *cli, DmpRecord *record, GPtrArray *files, const char *const *accepted, GError **error);

G_END_DECLS
