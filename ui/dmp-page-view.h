#pragma once

#include "files/dmp-pdf-wire.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One page of a file: its picture, and its words over it, which can be selected with the pointer,
 * found and copied, and are read aloud. Copying: Ctrl+C; the whole page: Ctrl+A. */
#define DMP_TYPE_PAGE_VIEW (dmp_page_view_get_type ())
G_DECLARE_FINAL_TYPE (DmpPageView, dmp_page_view, DMP, PAGE_VIEW, GtkWidget)

/* @width: pixels at zoom 1. Returns: (transfer floating) */
GtkWidget *dmp_page_view_new (GdkTexture *texture, int width);

/* Another picture of the same page, for another size. */
void dmp_page_view_set_texture (DmpPageView *self, GdkTexture *texture, int width);

/* Stretches the picture it has. */
void dmp_page_view_set_width (DmpPageView *self, int width);

/* @places: (nullable) (element-type DmpPdfBox): one a character of @text */
void dmp_page_view_set_words (DmpPageView *self, const char *text, GArray *places);

/* Returns: (transfer none): "" until there are words */
const char *dmp_page_view_get_text (DmpPageView *self);

/* Marks stretches of the text as found; @current, one of them, stands out.
 * @starts, @ends: (element-type guint): characters; @current: index, or -1 */
void
dmp_page_view_set_found (DmpPageView *self, const GArray *starts, const GArray *ends, int current);

/* Marks a passage that was found, under what is found in it; read aloud after the page's name.
 * @start, @end: characters of the text */
void dmp_page_view_set_passage (DmpPageView *self, guint start, guint end);

/* Where character @at stands in the widget. Returns: FALSE where places are not known */
gboolean dmp_page_view_get_place (DmpPageView *self, guint at, graphene_rect_t *place);

void dmp_page_view_select (DmpPageView *self, gboolean all);

/* The words that are selected. Returns: (transfer full) (nullable) */
char *dmp_page_view_dup_selection (DmpPageView *self);

G_END_DECLS
