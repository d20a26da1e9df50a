#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives up everything but computing on what is already here: no file, no network, no program, no
 * new process, bounded memory, time and descriptors. Returns: FALSE when the system refuses */
gboolean pdf_sandbox_enter (void);

G_END_DECLS
