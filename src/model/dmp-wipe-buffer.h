#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that arrive piece by piece and may be a patient's: wiped when they move and when they are
 * freed, even after they have become a GBytes. */
typedef struct _DmpWipeBuffer DmpWipeBuffer;

/* Bytes that are wiped when the last reference goes. @data: (transfer full) (nullable): g_malloc'ed
 */
GBytes *dmp_wipe_bytes_take (gpointer data, gsize len);

/* Wipes and frees a text. @text: (transfer full) (nullable) */
void dmp_wipe_text (char *text);

/* @max: more is refused. Returns: (transfer full) */
DmpWipeBuffer *dmp_wipe_buffer_new (gsize max);
void dmp_wipe_buffer_free (DmpWipeBuffer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpWipeBuffer, dmp_wipe_buffer_free)

/* Room for @len bytes at once, when the sender said how many come: what is not used is given back
 * by dmp_wipe_buffer_take_bytes(). */
void dmp_wipe_buffer_reserve (DmpWipeBuffer *self, gsize len);

/* @error: %DMP_ERROR_LIMIT beyond the maximum */
gboolean
dmp_wipe_buffer_append (DmpWipeBuffer *self, gconstpointer data, gsize len, GError **error);

gsize dmp_wipe_buffer_get_size (const DmpWipeBuffer *self);

/* Returns: (transfer none): its bytes, ended by NUL; valid until the next append */
const char *dmp_wipe_buffer_get_data (const DmpWipeBuffer *self);

/* Gives the bytes away and empties the buffer. Returns: (transfer full) */
GBytes *dmp_wipe_buffer_take_bytes (DmpWipeBuffer *self);

G_END_DECLS
