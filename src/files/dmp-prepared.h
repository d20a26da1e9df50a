#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files opened before the cage is shut, for libraries that open by path inside it.
 *
 * A program that links this has its own open(), open64(), fopen(), fopen64(), stat() and fstat(),
 * which come first in the search order: a path that was prepared gives what was opened; any other
 * asks the system, which refuses once the cage is shut. Not for several threads. */

/* The prepared path that stands for another one. Returns: (nullable): none does */
typedef const char *(*DmpPreparedStand) (const char *path);

/* Opens the regular file @path for later; one that cannot be opened is left out, twice is once. */
void dmp_prepared_add (const char *path);

/* @path means what is open as @fd, which stays the caller's. */
void dmp_prepared_add_fd (const char *path, int fd);

/* The path added first. Returns: (transfer none) (nullable) */
const char *dmp_prepared_get_first (void);

/* From now on prepared paths are answered from here.
 * @copies: each opening gets a copy in memory with a place of its own (the cage must allow scratch
 *   files); else all openings of one path share one place, set to the start by the last
 * @stand: (nullable): asked about every other path */
void dmp_prepared_start (gboolean copies, DmpPreparedStand stand);

G_END_DECLS
