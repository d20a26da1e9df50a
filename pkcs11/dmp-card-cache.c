#include "config.h"

#include "dmp-card-private.h"

#include <glib/gstdio.h>
#include <openssl/x509.h>
#include <string.h>

/* OpenSC keeps what it has read of a card on the disk, by the card's serial number. A card that got
 * new keys under the same number is then seen with its old certificates. Their first bytes, with
 * the serial number of each, are read from the card itself: 4 commands, where reading the card
 * without a cache takes 27 more than with it (tests/journey/test-counts.sh). */

#define HEAD 64 /* bytes of a certificate up to well behind its serial number */

static gboolean
read_head (DmpPcsc *pcsc, guint8 file, GByteArray *head, GError **error)
{
  const guint8 select_file[] = { 0x00, 0xa4, 0x09, 0x0c, 6, 0x3f, 0x00, 0x00, 0x01, 0xa0, file };
  static const guint8 read_binary[] = { 0x00, 0xb0, 0x00, 0x00, HEAD };
  guint16 status;

  if (!dmp_pcsc_transmit (pcsc, select_file, sizeof select_file, NULL, &status, error))
    return FALSE;
  if (status != 0x9000)
    return TRUE;
  return dmp_pcsc_transmit (pcsc, read_binary, sizeof read_binary, head, &status, error);
}

static gboolean
begins_with (X509 *x509, const GByteArray *head)
{
  unsigned char *der = NULL;
  int len = i2d_X509 (x509, &der);
  gboolean same = len >= HEAD && memcmp (der, head->data, HEAD) == 0;

  OPENSSL_free (der);
  return same;
}

static DmpCardCacheState
compare (DmpCard *self, GByteArray *heads[2])
{
  DmpCardCacheState state = DMP_CARD_CACHE_CURRENT;

  for (guint i = 0; i < 2; i++)
    if (heads[i]->len != HEAD)
      return DMP_CARD_CACHE_UNKNOWN;
  for (guint use = 0; use < G_N_ELEMENTS (self->x509); use++)
    if (self->x509[use] != NULL && !begins_with (self->x509[use], heads[0]) &&
        !begins_with (self->x509[use], heads[1]))
      state = DMP_CARD_CACHE_STALE;
  return state;
}

gboolean
dmp_card_check_cache (DmpCard *self, DmpCardCacheState *state, GError **error)
{
  g_autofree char *module = g_path_get_basename (self->module);
  g_autoptr (GByteArray) first = g_byte_array_new ();
  g_autoptr (GByteArray) second = g_byte_array_new ();
  GByteArray *heads[2] = { first, second };
  GError *cause = NULL;
  gboolean good;

  *state = DMP_CARD_CACHE_CURRENT;
  if (strstr (module, "opensc") == NULL)
    return TRUE;
  if (!dmp_pcsc_begin (self->token->pcsc, NULL, &cause))
    return dmp_card_token_fail (self->token, cause, error);

  good = read_head (self->token->pcsc, 1, first, &cause) &&
         read_head (self->token->pcsc, 2, second, &cause);
  dmp_pcsc_end (self->token->pcsc);
  if (!good)
    return dmp_card_token_fail (self->token, cause, error);
  *state = compare (self, heads);
  return TRUE;
}

/* All of it, as "pkcs15-tool --clear-cache" does: it is read again when it is wanted. */
void
dmp_card_clear_cache (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "opensc", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}
