#pragma once

#include "dmp-xml.h"

G_BEGIN_DECLS

/* Both say what is wrong and at which byte, never what stands there. */
void dmp_xml_set_invalid (GError **error, const char *what, gsize offset);
void dmp_xml_set_limit (GError **error, const char *what, gsize offset);

/* Whether XML 1.0 can carry these bytes as characters. */
gboolean dmp_xml_chars_ok (const char *text, gsize len);

G_END_DECLS
