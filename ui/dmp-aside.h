#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the reader has set aside of the things to check, and when, for as long as the record is open
 * (design: summary 5.10). In memory only: the next reading of the record shows everything again. */
typedef struct _DmpAside DmpAside;

DmpAside *dmp_aside_new (void);
void dmp_aside_free (DmpAside *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpAside, dmp_aside_free)

/* Sets the flag with the id @flag aside, or takes it back. Returns: whether it is aside now */
gboolean dmp_aside_toggle (DmpAside *self, const char *flag);

/* When it was set aside, "15:42". Returns: (transfer none) (nullable): NULL when it was not */
const char *dmp_aside_get_time (DmpAside *self, const char *flag);

/* The record is left: nothing is aside any more. */
void dmp_aside_forget (DmpAside *self);

G_END_DECLS
