#pragma once

#include "dmp-cli.h"

G_BEGIN_DECLS

/* The documents of a folder, read without card or network: --from. */
typedef struct
{
  GPtrArray *names;     /* of files, sorted */
  GPtrArray *documents; /* (element-type DmpCdaDocument) or NULL, by name */
  GPtrArray *bytes;     /* (element-type GBytes): by name */
  DmpPatient *patient;  /* of the first document that can be read */
} DmpCliFolder;

/* Reads every ".xml" of @path; what cannot be read is said on standard error.
 * @error: %DMP_ERROR_USAGE: no such folder; %DMP_ERROR_INVALID_DOCUMENT: nothing in it can be read
 * Returns: (transfer full) */
DmpCliFolder *dmp_cli_folder_read (const char *path, GError **error);
void dmp_cli_folder_free (DmpCliFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCliFolder, dmp_cli_folder_free)

/* With the checks of @cli's settings and the imported tables. @today: "yyyyMMdd". Returns:
 * (transfer full) */
DmpSummary *dmp_cli_folder_summarise (const DmpCliFolder *folder, DmpCli *cli, const char *today);

/* What --today says is a day, and stands only with --from.
 * @today: (inout): this day when nothing is said
 * @error: %DMP_ERROR_USAGE */
gboolean dmp_cli_folder_check_today (char **today, gboolean offline, GError **error);

G_END_DECLS
