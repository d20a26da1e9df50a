#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One of our confined child programs, run on one file: it gets the file as a memfd and nothing else
 * (no environment, no other descriptor), and answers on a pipe. */
typedef struct
{
  const char *name; /* of the program: "caducee-pdf", "caducee-pdfa" */
  const char
      *variable;    /* environment variable that names another path: the build tree's, in tests */
  gsize max_output; /* bytes of its answer */
  guint seconds;    /* of the processor: somebody waits */
} DmpConfined;

/* Starts it on @file and returns at once; pipes to its standard input and output are open.
 * @argument: its only argument; never anything of the file. @error: G_IO_ERROR, for the log
 * Returns: (transfer full) (nullable) */
GSubprocess *
dmp_confined_spawn (const DmpConfined *what, const char *argument, GBytes *file, GError **error);

/* Runs it in the calling thread until it ends; its own limits on time and memory bound it.
 * @argument: its only argument; never anything of the file
 * @questions: (nullable): what it reads from standard input, at most some KB
 * @status: (out): its exit status, or -1 when it was killed by its own limits
 * @error: %DMP_ERROR_INVALID_DOCUMENT when it cannot run here, G_IO_ERROR_CANCELLED
 * Returns: (transfer full) (nullable): what it answered */
GBytes *dmp_confined_run (const DmpConfined *what,
                          const char *argument,
                          GBytes *file,
                          GBytes *questions,
                          int *status,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
