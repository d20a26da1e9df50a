#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How large documents are shown: letters of the style classes inside ".ca-narrative-area". Kept in
 * the user's settings where there are any ("document-zoom"). */
#define DMP_TYPE_ZOOM (dmp_zoom_get_type ())
G_DECLARE_FINAL_TYPE (DmpZoom, dmp_zoom, DMP, ZOOM, GObject)

/* Signal "changed". Returns: (transfer full) */
DmpZoom *dmp_zoom_new (void);

/* 1 is the usual size; 0.5 to 3 */
double dmp_zoom_get_factor (DmpZoom *self);

/* One step larger (1), smaller (-1), or the usual size again (0). */
void dmp_zoom_step (DmpZoom *self, int step);

/* How much larger than usual the person has set all text: 1 is the usual size. */
double dmp_zoom_get_text_scale (void);

G_END_DECLS
