#pragma once

#include "model/dmp-code.h"

#include <glib.h>

G_BEGIN_DECLS

/* Which categories of documents (classCode) a profession may not read. The list of the order of
 * 26 October 2023 is not shipped: who runs the station writes what is known of it into the settings
 * (docs/settings.md). The sentence depends on the profession alone, never on a record: varying it
 * would tell what is hidden. */

/* @setting: "PROFESSION:CLASS,CLASS; PROFESSION:CLASS". Returns: whether all its codes are known */
gboolean dmp_access_words_check (const char *setting);

/* @profession: (nullable). @known: (out): whether the setting lists what is closed to it.
 * Returns: (transfer full): a French sentence */
char *dmp_access_words_make (const char *setting, DmpCode *profession, gboolean *known);

G_END_DECLS
