#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens, while it is still allowed, the fonts that stand in for those a PDF does not carry. After
 * it, opening a font by its path gives one of these. */
void pdf_fonts_prepare (void);

G_END_DECLS
