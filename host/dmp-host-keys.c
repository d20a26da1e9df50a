#include "config.h"

#include "dmp-host-keys.h"

#include "dmp-host-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NONCE 12
#define TAG 16

struct _DmpHostKeys
{
  guint8 wrap[DMP_HOST_KEY_BYTES];
  guint8 index[DMP_HOST_KEY_BYTES];
  guint8 audit[DMP_HOST_KEY_BYTES];
};

void
dmp_host_wipe (gpointer data, gsize size)
{
  OPENSSL_cleanse (data, size);
}

void
dmp_host_hmac (const guint8 key[DMP_HOST_KEY_BYTES],
               gconstpointer data,
               gsize size,
               guint8 out[DMP_HOST_KEY_BYTES])
{
  unsigned length = DMP_HOST_KEY_BYTES;

  if (HMAC (EVP_sha256 (), key, DMP_HOST_KEY_BYTES, data, size, out, &length) == NULL)
    g_error ("HMAC-SHA-256 is not available");
}

static gboolean
fail_errno (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (saved), "%s: %s", path,
               g_strerror (saved));
  return FALSE;
}

gboolean
dmp_host_keys_make (guint8 key[DMP_HOST_KEY_BYTES], GError **error)
{
  if (RAND_priv_bytes (key, DMP_HOST_KEY_BYTES) == 1)
    return TRUE;
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "no randomness");
  return FALSE;
}

/* O_EXCL: a master key that exists is never written over. */
static gboolean
create_master (const char *path, guint8 master[DMP_HOST_KEY_BYTES], GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok;

  if (fd < 0)
    return fail_errno (error, path);
  if (!dmp_host_keys_make (master, error))
    {
      close (fd);
      return FALSE;
    }
  ok = write (fd, master, DMP_HOST_KEY_BYTES) == DMP_HOST_KEY_BYTES && fsync (fd) == 0;
  if (close (fd) != 0 || !ok)
    return fail_errno (error, path);
  return TRUE;
}

static gboolean
read_master (const char *path, guint8 master[DMP_HOST_KEY_BYTES], GError **error)
{
  struct stat st;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  ssize_t n;

  if (fd < 0 && errno == ENOENT)
    return create_master (path, master, error);
  if (fd < 0 || fstat (fd, &st) != 0)
    {
      fail_errno (error, path);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  n = read (fd, master, DMP_HOST_KEY_BYTES);
  close (fd);
  if ((st.st_mode & 077) != 0 || st.st_size != DMP_HOST_KEY_BYTES || n != DMP_HOST_KEY_BYTES)
    {
      g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL,
                   "%s: not %d bytes that only the owner may read", path, DMP_HOST_KEY_BYTES);
      return FALSE;
    }
  return TRUE;
}

DmpHostKeys *
dmp_host_keys_new (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "master.key", NULL);
  guint8 master[DMP_HOST_KEY_BYTES];
  DmpHostKeys *self;

  if (!read_master (path, master, error))
    return NULL;
  self = g_new0 (DmpHostKeys, 1);
  dmp_host_hmac (master, "wrap", 4, self->wrap);
  dmp_host_hmac (master, "index", 5, self->index);
  dmp_host_hmac (master, "audit", 5, self->audit);
  dmp_host_wipe (master, sizeof master);
  return self;
}

void
dmp_host_keys_free (DmpHostKeys *self)
{
  if (self == NULL)
    return;
  dmp_host_wipe (self, sizeof *self);
  g_free (self);
}

const guint8 *
dmp_host_keys_audit (DmpHostKeys *self)
{
  return self->audit;
}

void
dmp_host_keys_index (DmpHostKeys *self, const char *ins, guint8 out[DMP_HOST_KEY_BYTES])
{
  dmp_host_hmac (self->index, ins, strlen (ins), out);
}

GBytes *
dmp_host_keys_wrap (DmpHostKeys *self,
                    gint64 patient,
                    const guint8 key[DMP_HOST_KEY_BYTES],
                    GError **error)
{
  g_autofree char *aad = g_strdup_printf ("key %" G_GINT64_FORMAT, patient);

  return dmp_host_seal (self->wrap, aad, key, DMP_HOST_KEY_BYTES, error);
}

gboolean
dmp_host_keys_unwrap (DmpHostKeys *self,
                      gint64 patient,
                      GBytes *wrapped,
                      guint8 key[DMP_HOST_KEY_BYTES],
                      GError **error)
{
  g_autofree char *aad = g_strdup_printf ("key %" G_GINT64_FORMAT, patient);
  g_autoptr (GBytes) clear = dmp_host_unseal (self->wrap, aad, wrapped, error);
  gsize size;
  gconstpointer data;

  if (clear == NULL)
    return FALSE;
  data = g_bytes_get_data (clear, &size);
  if (size != DMP_HOST_KEY_BYTES)
    {
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "wrong key size");
      return FALSE;
    }
  memcpy (key, data, size);
  dmp_host_wipe ((gpointer) data, size);
  return TRUE;
}

GBytes *
dmp_host_seal (const guint8 key[DMP_HOST_KEY_BYTES],
               const char *aad,
               gconstpointer data,
               gsize size,
               GError **error)
{
  EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new ();
  guint8 *out;
  int n = 0;
  gboolean ok;

  g_return_val_if_fail (size < G_MAXINT - NONCE - TAG, NULL);

  out = g_malloc (NONCE + size + TAG);
  ok = ctx != NULL && RAND_bytes (out, NONCE) == 1 &&
       EVP_EncryptInit_ex (ctx, EVP_aes_256_gcm (), NULL, key, out) == 1 &&
       EVP_EncryptUpdate (ctx, NULL, &n, (const guint8 *) aad, (int) strlen (aad)) == 1 &&
       EVP_EncryptUpdate (ctx, out + NONCE, &n, data, (int) size) == 1 &&
       EVP_EncryptFinal_ex (ctx, out + NONCE + size, &n) == 1 &&
       EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_GCM_GET_TAG, TAG, out + NONCE + size) == 1;
  EVP_CIPHER_CTX_free (ctx);
  if (!ok)
    {
      g_free (out);
      g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "cannot seal");
      return NULL;
    }
  return g_bytes_new_take (out, NONCE + size + TAG);
}

GBytes *
dmp_host_unseal (const guint8 key[DMP_HOST_KEY_BYTES],
                 const char *aad,
                 GBytes *sealed,
                 GError **error)
{
  EVP_CIPHER_CTX *ctx = NULL;
  gsize size;
  const guint8 *in = g_bytes_get_data (sealed, &size);
  guint8 *out = NULL;
  gsize length;
  int n = 0;

  if (size < NONCE + TAG || size > G_MAXINT)
    goto bad;
  length = size - NONCE - TAG;
  out = g_malloc (length + 1);
  ctx = EVP_CIPHER_CTX_new ();
  if (ctx != NULL && EVP_DecryptInit_ex (ctx, EVP_aes_256_gcm (), NULL, key, in) == 1 &&
      EVP_DecryptUpdate (ctx, NULL, &n, (const guint8 *) aad, (int) strlen (aad)) == 1 &&
      EVP_DecryptUpdate (ctx, out, &n, in + NONCE, (int) length) == 1 &&
      EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_GCM_SET_TAG, TAG, (gpointer) (in + NONCE + length)) == 1 &&
      EVP_DecryptFinal_ex (ctx, out + length, &n) == 1)
    {
      EVP_CIPHER_CTX_free (ctx);
      return g_bytes_new_take (out, length);
    }
bad:
  EVP_CIPHER_CTX_free (ctx);
  g_free (out);
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "sealed bytes do not open");
  return NULL;
}
