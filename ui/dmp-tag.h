#pragma once

#include "cda/dmp-fact.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A small framed word with a shape before it.
 * @icon: (nullable); @style: (nullable): "mt", "red", "amber", "ok". Returns: (transfer floating)
 */
GtkWidget *dmp_tag_new (const char *icon, const char *text, const char *style);

/* What an abbreviation or a sign means: for the pointer as a tooltip, for screen readers as the
 * description. */
void dmp_explain (GtkWidget *widget, const char *meaning);

/* How far an author is to be followed: MT, PS, AM, Patient. Returns: (transfer floating) */
GtkWidget *dmp_tag_new_trust (DmpTrust trust);

/* The same in words, for screen readers: "médecin traitant". */
const char *dmp_trust_get_words (DmpTrust trust);

/* A label as the lines of lists have them: left, wrapped, never shortened.
 * @styles: CSS classes parted by spaces, or NULL; "ca-one-line" keeps short words together.
 * Returns: (transfer floating) */
GtkWidget *dmp_text_new (const char *text, const char *styles);

G_END_DECLS
