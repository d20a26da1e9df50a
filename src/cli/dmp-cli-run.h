#pragma once

#include "dmp-cli.h"

G_BEGIN_DECLS

/* What both programs of the command line begin and end with. */

/* Language, name, where messages go; no core file, no look in from other processes. First in
 * main(). */
void dmp_cli_prepare_process (void);

/* Runs @command with what stands after "dmp"; Ctrl-C cancels it. Returns: the exit status */
int dmp_cli_run (const DmpCliCommand *command, int argc, char **argv);

G_END_DECLS
