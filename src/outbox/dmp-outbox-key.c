#include "config.h"

#include "dmp-outbox-private.h"
#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
dmp_outbox_set_broken (GError **error, const char *why)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INTERNAL,
               _ ("La boîte d’envoi de ce poste ne peut pas être utilisée (%s). Ne l’effacez pas "
                  "et prévenez votre informaticien."),
               why);
}

/* --- The key: 32 random bytes in a file of the user's own ------------------------------------ */

static gboolean
broken_by_errno (GError **error, const char *what)
{
  g_autofree char *why = g_strdup_printf ("%s: %s", what, g_strerror (errno));

  dmp_outbox_set_broken (error, why);
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize len)
{
  gsize done = 0;

  while (done < len)
    {
      ssize_t n = write (fd, data + done, len - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return fsync (fd) == 0;
}

static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

/* Whole or not at all, and never over another: two programs may begin at once. */
static gboolean
make_key (const char *folder, const char *path, GError **error)
{
  g_autofree char *draft = g_build_filename (folder, "outbox.key.XXXXXX", NULL);
  guint8 key[DMP_OUTBOX_KEY_BYTES];
  gboolean ok = FALSE;
  int fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    return broken_by_errno (error, "outbox.key");
  ok = RAND_bytes (key, sizeof key) == 1 && write_all (fd, key, sizeof key) &&
       (link (draft, path) == 0 || errno == EEXIST) && sync_folder (folder);
  if (!ok)
    broken_by_errno (error, "outbox.key");
  explicit_bzero (key, sizeof key);
  close (fd);
  g_unlink (draft);

  return ok;
}

static gboolean
read_key (int fd, guint8 *key, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_uid != geteuid () ||
      (info.st_mode & 077) != 0)
    {
      dmp_outbox_set_broken (error, "outbox.key: owner or mode");
      return FALSE;
    }
  if (info.st_size != DMP_OUTBOX_KEY_BYTES ||
      pread (fd, key, DMP_OUTBOX_KEY_BYTES, 0) != DMP_OUTBOX_KEY_BYTES)
    {
      dmp_outbox_set_broken (error, "outbox.key: size");
      return FALSE;
    }
  return TRUE;
}

gboolean
dmp_outbox_key_read (const char *folder,
                     gboolean create,
                     guint8 key[DMP_OUTBOX_KEY_BYTES],
                     GError **error)
{
  g_autofree char *path = g_build_filename (folder, "outbox.key", NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  gboolean ok;

  if (fd < 0 && errno == ENOENT && create)
    {
      if (!make_key (folder, path, error))
        return FALSE;
      fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
  if (fd < 0)
    return broken_by_errno (error, "outbox.key");
  ok = read_key (fd, key, error);
  close (fd);

  return ok;
}

/* --- Sealing ---------------------------------------------------------------------------------- */

GBytes *
dmp_outbox_seal (
    const guint8 *key, const char *context, gconstpointer data, gsize len, GError **error)
{
  const gsize total = DMP_OUTBOX_NONCE_BYTES + len + DMP_OUTBOX_TAG_BYTES;
  guint8 *out = g_malloc0 (total);
  guint8 *body = out + DMP_OUTBOX_NONCE_BYTES;
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new ();
  int n = 0;
  gboolean ok =
      len <= G_MAXINT && cipher != NULL && RAND_bytes (out, DMP_OUTBOX_NONCE_BYTES) == 1 &&
      EVP_EncryptInit_ex (cipher, EVP_aes_256_gcm (), NULL, key, out) == 1 &&
      EVP_EncryptUpdate (cipher, NULL, &n, (const guint8 *) context, (int) strlen (context)) == 1 &&
      (len == 0 || EVP_EncryptUpdate (cipher, body, &n, data, (int) len) == 1) &&
      EVP_EncryptFinal_ex (cipher, body + len, &n) == 1 &&
      EVP_CIPHER_CTX_ctrl (cipher, EVP_CTRL_GCM_GET_TAG, DMP_OUTBOX_TAG_BYTES, body + len) == 1;

  EVP_CIPHER_CTX_free (cipher);
  if (ok)
    return g_bytes_new_take (out, total);
  g_free (out);
  dmp_outbox_set_broken (error, "AES-256-GCM");
  return NULL;
}

GBytes *
dmp_outbox_unseal (
    const guint8 *key, const char *context, gconstpointer data, gsize len, GError **error)
{
  const gsize around = DMP_OUTBOX_NONCE_BYTES + DMP_OUTBOX_TAG_BYTES;
  const gsize size = len >= around ? len - around : 0;
  const guint8 *body = (const guint8 *) data + DMP_OUTBOX_NONCE_BYTES;
  guint8 tag[DMP_OUTBOX_TAG_BYTES];
  g_autoptr (GBytes) out = dmp_wipe_bytes_take (g_malloc0 (size + 1), size);
  guint8 *plain = (guint8 *) g_bytes_get_data (out, NULL);
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new ();
  guint8 none;
  int n = 0;
  gboolean ok = len >= around && size <= G_MAXINT && cipher != NULL;

  if (plain == NULL)
    plain = &none; /* an empty text */
  if (ok)
    memcpy (tag, body + size, sizeof tag);
  ok =
      ok && EVP_DecryptInit_ex (cipher, EVP_aes_256_gcm (), NULL, key, data) == 1 &&
      EVP_DecryptUpdate (cipher, NULL, &n, (const guint8 *) context, (int) strlen (context)) == 1 &&
      (size == 0 || EVP_DecryptUpdate (cipher, plain, &n, body, (int) size) == 1) &&
      EVP_CIPHER_CTX_ctrl (cipher, EVP_CTRL_GCM_SET_TAG, sizeof tag, tag) == 1 &&
      EVP_DecryptFinal_ex (cipher, plain + size, &n) == 1;
  EVP_CIPHER_CTX_free (cipher);
  if (ok)
    return g_steal_pointer (&out);
  dmp_outbox_set_broken (error, _ ("contenu scellé illisible"));
  return NULL;
}
