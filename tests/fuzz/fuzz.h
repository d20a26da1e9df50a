#pragma once

#include <glib.h>

/* A fuzz target defines these two. With libFuzzer it is linked as it is; in `make check` it is
 * linked with main.c, which runs the corpus and bends it a little. */

/* Folders below tests/ whose files are the corpus. */
extern const char *const fuzz_corpus[];

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
