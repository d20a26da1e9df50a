#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the libraries of one hostile file run. */
typedef struct
{
  gsize memory;     /* bytes of its own data, stack and anonymous memory */
  guint seconds;    /* of the processor */
  gboolean scratch; /* whether it may make files that exist in memory only, inside @memory */
} DmpSandboxLimits;

/* Gives up everything but computing on what is already here: no file, no network, no program, no
 * new process, bounded memory, time and descriptors. Returns: FALSE when the system refuses */
gboolean dmp_sandbox_enter (const DmpSandboxLimits *limits);

G_END_DECLS
