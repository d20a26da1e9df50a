#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sealed bodies of documents, one file each under a random name. Nothing that came from outside
 * ever becomes a path. */
typedef struct _DmpHostBlobs DmpHostBlobs;

/* Makes @folder (0700) when missing. Returns: (transfer full) */
DmpHostBlobs *dmp_host_blobs_new (const char *folder, GError **error);
void dmp_host_blobs_free (DmpHostBlobs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostBlobs, dmp_host_blobs_free)

/* Returns: (transfer full): a new name */
char *dmp_host_blobs_new_name (void);

/* Written, synced and renamed: once this returns, the bytes survive a crash. */
gboolean dmp_host_blobs_put (DmpHostBlobs *self, const char *name, GBytes *sealed, GError **error);

/* While @bulk, dmp_host_blobs_put() does not sync: the caller calls dmp_host_blobs_sync() before it
 * commits what names the blobs. For loading, in one thread. */
void dmp_host_blobs_set_bulk (DmpHostBlobs *self, gboolean bulk);

/* Makes all blobs written so far durable. */
gboolean dmp_host_blobs_sync (DmpHostBlobs *self, GError **error);

/* Returns: (transfer full) */
GBytes *dmp_host_blobs_get (DmpHostBlobs *self, const char *name, GError **error);

/* Removes one, there or not. */
void dmp_host_blobs_delete (DmpHostBlobs *self, const char *name);

/* Removes blobs older than @age seconds that @known does not hold (left by a crash between blob and
 * commit).
 * Returns: how many */
guint dmp_host_blobs_sweep (DmpHostBlobs *self, GHashTable *known, gint64 age);

G_END_DECLS
