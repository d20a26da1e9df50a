#pragma once

#include "cda/dmp-cda-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A document on paper: its narrative, its files page by page, the patient's identity at the head of
 * every page and page numbers at its foot. What of a file cannot be printed is said where it would
 * stand, in the words of the screen, and at the foot of every page. Nothing is written anywhere but
 * where the person sends it: there is no preview through a file. */

/* GTK writes what is printed into a file of the temporary folder, already without a name, and reads
 * it back for the printer. Chooses a folder that is in memory for it: the person's runtime folder,
 * else /dev/shm. First thing in main(), before GLib asks for TMPDIR. Returns: whether there is one
 */
gboolean dmp_document_print_use_memory (void);

/* Gets the pictures of its files from the confined child. */
void dmp_document_print_prepare_async (DmpCdaDocument *document,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* What is to be run. @error: only G_IO_ERROR_CANCELLED. Returns: (transfer full) (nullable) */
GtkPrintOperation *dmp_document_print_prepare_finish (GAsyncResult *result, GError **error);

G_END_DECLS
