#pragma once

#include "dmp-cli.h"
#include "summary/dmp-summary.h"

G_BEGIN_DECLS

/* "dmp summary": what is asked for. */
typedef struct
{
  DmpCli *cli;
  char *from;           /* (nullable): a folder, without card or network */
  char *today;          /* "yyyyMMdd" */
  gboolean pdf;         /* on paper */
  gboolean with_hidden; /* with @pdf: also what the patient does not see */
  char *output;         /* (nullable): with @pdf: standard output */
} DmpCliSummaryAsked;

/* What only the program that has card, network and Pango does. Both return an exit status, or -1
 * with @error. */
typedef struct
{
  int (*summarise_record) (const DmpCliSummaryAsked *asked, GError **error);
  /* @record: (nullable): with --from */
  int (*write_pdf) (const DmpCliSummaryAsked *asked,
                    DmpSummary *summary,
                    DmpRecord *record,
                    GError **error);
} DmpCliSummaryWays;

/* Reads the options, then answers by @ways, or by itself with text or JSON of a folder.
 * @ways: (nullable): none: -1 when one of them is needed, and nothing is done. Returns: the exit
 * status */
int dmp_cli_summary_run (DmpCli *cli,
                         const DmpCliCommand *command,
                         const DmpCliSummaryWays *ways,
                         int argc,
                         char **argv);

/* Says that @path is there and stays as it is. Returns: FALSE, with @error set */
gboolean dmp_cli_summary_refuse_to_replace (const char *path, GError **error);

/* Text, or JSON with --json, on standard output. */
void dmp_cli_summary_print (DmpCli *cli, DmpSummary *summary);

G_END_DECLS
