#pragma once

#include "cda/dmp-cda-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A document on paper: its narrative, its files page by page, the patient's identity at the head of
 * every page and page numbers at its foot. What of a file cannot be printed is said where it would
 * stand, in the words of the screen, and at the foot of every page. Nothing is written anywhere but
 * where the person sends it: there is no preview through a file. */

/* Gets the pictures of its files from the confined child. */
void dmp_document_print_prepare_async (DmpCdaDocument *document,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* What is to be run. @error: only G_IO_ERROR_CANCELLED. Returns: (transfer full) (nullable) */
GtkPrintOperation *dmp_document_print_prepare_finish (GAsyncResult *result, GError **error);

G_END_DECLS
