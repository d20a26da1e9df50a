#pragma once

#include "cda/dmp-cda-document.h"
#include "cda/dmp-cda-place.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A file that a document carries: the pages of a PDF or an image as pictures whose words can be
 * selected; plain text and RTF as text; anything else is named, not opened. */
#define DMP_TYPE_FILE_VIEW (dmp_file_view_get_type ())
G_DECLARE_FINAL_TYPE (DmpFileView, dmp_file_view, DMP, FILE_VIEW, GtkBox)

/* Returns: (transfer floating) */
GtkWidget *dmp_file_view_new (GBytes *bytes, const char *mime);

/* The words of a text or RTF, as they are shown. Returns: (transfer full) (nullable): NULL for
 * other files */
char *dmp_file_view_dup_text (GBytes *bytes, const char *mime);

/* Marks a passage that was found, and scrolls to it once it is there.
 * @words: (nullable): those looked for, marked in all of its page
 * @focus: its page is given the focus too */
void dmp_file_view_show_passage (DmpFileView *self,
                                 const DmpCdaPlace *passage,
                                 const char *const *words,
                                 gboolean focus);

/* Why a file is not shown, as far as can be known before it is opened. @file: (nullable): the
 * document lacks it. Returns: (transfer full) (nullable): NULL: it is shown */
char *dmp_file_view_dup_problem (const DmpCdaAttachment *file);

/* @zoom: 1 is the usual size */
void dmp_file_view_set_zoom (DmpFileView *self, double zoom);

G_END_DECLS
