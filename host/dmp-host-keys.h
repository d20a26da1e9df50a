#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keys of the host: one master key in a file of its own, one AES-256 key a patient wrapped by it,
 * and what is derived from the master key (index of INS, chain of the audit trail). */

#define DMP_HOST_KEY_BYTES 32

typedef struct _DmpHostKeys DmpHostKeys;

/* Reads @folder/master.key, or makes it (mode 0600) on first run. A file that others may read is
 * refused.
 * Returns: (transfer full) */
DmpHostKeys *dmp_host_keys_new (const char *folder, GError **error);
void dmp_host_keys_free (DmpHostKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostKeys, dmp_host_keys_free)

/* A fresh patient key. @key: (out) */
gboolean dmp_host_keys_make (guint8 key[DMP_HOST_KEY_BYTES], GError **error);

/* Wraps a patient key; @patient is bound to it, so that a wrapped key moved to another row does not
 * open.
 * Returns: (transfer full) */
GBytes *dmp_host_keys_wrap (DmpHostKeys *self,
                            gint64 patient,
                            const guint8 key[DMP_HOST_KEY_BYTES],
                            GError **error);
gboolean dmp_host_keys_unwrap (DmpHostKeys *self,
                               gint64 patient,
                               GBytes *wrapped,
                               guint8 key[DMP_HOST_KEY_BYTES],
                               GError **error);

/* What stands for an INS in the index: a keyed hash, useless without the master key. */
void dmp_host_keys_index (DmpHostKeys *self, const char *ins, guint8 out[DMP_HOST_KEY_BYTES]);

/* Returns: (transfer none): the key of the audit chain, DMP_HOST_KEY_BYTES bytes */
const guint8 *dmp_host_keys_audit (DmpHostKeys *self);

/* AES-256-GCM: nonce, text, tag in one piece. @aad says whose bytes they are: they open only with
 * the same words.
 * Returns: (transfer full) */
GBytes *dmp_host_seal (const guint8 key[DMP_HOST_KEY_BYTES],
                       const char *aad,
                       gconstpointer data,
                       gsize size,
                       GError **error);
/* Returns: (transfer full): the clear bytes, or NULL when key, words or bytes are not the ones */
GBytes *dmp_host_unseal (const guint8 key[DMP_HOST_KEY_BYTES],
                         const char *aad,
                         GBytes *sealed,
                         GError **error);

/* HMAC-SHA-256 of @data. */
void dmp_host_hmac (const guint8 key[DMP_HOST_KEY_BYTES],
                    gconstpointer data,
                    gsize size,
                    guint8 out[DMP_HOST_KEY_BYTES]);

/* Wipes @size bytes; not optimised away. */
void dmp_host_wipe (gpointer data, gsize size);

G_END_DECLS
