#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text as it is compared: no accents, no case, œ as oe, and every run of hyphens, apostrophes and
 * spaces as one space. @text: (nullable): bytes that are no UTF-8 are U+FFFD. Returns: (transfer
 * full): "" for NULL */
char *dmp_text_fold (const char *text);

/* Whether two texts are the same once folded. @a, @b: (nullable): NULL equals only NULL or "" */
gboolean dmp_text_same (const char *a, const char *b);

/* Every place of @text where @words stand, folded as above, none over another.
 * @words: blanks around do not count; "" is nowhere
 * @starts, @ends: (element-type guint): the characters before and after each, appended */
void dmp_text_find (const char *text, const char *words, GArray *starts, GArray *ends);

/* A family name as it is shown: in capitals. @name: (nullable). Returns: (transfer full): "" for
 * NULL */
char *dmp_text_dup_family (const char *name);

/* A given name as it is shown: "JEAN-PIERRE" becomes "Jean-Pierre"; one that has small letters
 * stays as it is. @name: (nullable). Returns: (transfer full): "" for NULL */
char *dmp_text_dup_given (const char *name);

/* @text without blanks at either end, or NULL if nothing is left. @text: (nullable). Returns:
 * (transfer full) (nullable) */
char *dmp_text_dup_strip (const char *text);

G_END_DECLS
