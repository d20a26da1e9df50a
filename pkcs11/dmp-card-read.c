#include "config.h"

#include "dmp-card-private.h"

#include "dmp-card-error-private.h"
#include "dmp-card-key-private.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

static DmpSpan
span_of (GBytes *bytes)
{
  gsize len = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;

  return (DmpSpan){ data, len };
}

static gboolean
has_label (DmpPkcs11 *pkcs11, CK_OBJECT_HANDLE object, const char *label)
{
  g_autoptr (GBytes) found = dmp_pkcs11_read (pkcs11, object, CKA_LABEL);
  DmpSpan span = span_of (found);

  return found != NULL && span.len == strlen (label) && memcmp (span.data, label, span.len) == 0;
}

/* KeyUsage decides; among several of one use (a contactless key), the label. */
static gboolean
visit_certificate (DmpPkcs11 *pkcs11, CK_OBJECT_HANDLE object, gpointer user_data)
{
  static const char *const labels[] = { "Certificat d'Authentification CPS",
                                        "Certificat de Signature CPS" };
  DmpCard *self = user_data;
  g_autoptr (GBytes) der = dmp_pkcs11_read (pkcs11, object, CKA_VALUE);
  DmpSpan span = span_of (der);
  const unsigned char *p = span.data;
  X509 *x509 = der != NULL ? d2i_X509 (NULL, &p, (long) span.len) : NULL;
  DmpCardKeyUse use;

  ERR_clear_error ();
  if (x509 == NULL || !dmp_card_certificate_get_use (x509, &use) ||
      (self->x509[use] != NULL && !has_label (pkcs11, object, labels[use])))
    {
      X509_free (x509);
      return TRUE;
    }

  X509_free (self->x509[use]);
  self->x509[use] = x509;
  g_clear_pointer (&self->id[use], g_bytes_unref);
  self->id[use] = dmp_pkcs11_read (pkcs11, object, CKA_ID);
  return TRUE;
}

static gboolean
visit_info (DmpPkcs11 *pkcs11, CK_OBJECT_HANDLE object, gpointer user_data)
{
  char **speciality = user_data;
  g_autoptr (GBytes) value = NULL;

  if (!has_label (pkcs11, object, DMP_CARD_LABEL_INFO))
    return TRUE;

  value = dmp_pkcs11_read (pkcs11, object, CKA_VALUE);
  *speciality = dmp_card_info_dup_speciality (span_of (value));
  return FALSE;
}

gboolean
dmp_card_read_identity (DmpCard *self, GError **error)
{
  DmpPkcs11 *pkcs11 = self->token->pkcs11;
  g_autofree char *speciality = NULL;
  GError *cause = NULL;
  CK_RV rv = dmp_pkcs11_visit (pkcs11, CKO_CERTIFICATE, visit_certificate, self);

  if (rv == CKR_OK)
    rv = dmp_pkcs11_visit (pkcs11, CKO_DATA, visit_info, &speciality);
  if (rv != CKR_OK)
    return dmp_card_token_fail_pkcs11 (self->token, rv, error);

  if (self->x509[DMP_CARD_KEY_AUTHENTICATION] == NULL)
    {
      dmp_card_error_set (&cause, DMP_CARD_ERROR_READ);
      return dmp_card_token_fail (self->token, cause, error);
    }

  self->identity = dmp_card_identity_new (self->x509[DMP_CARD_KEY_AUTHENTICATION],
                                          self->x509[DMP_CARD_KEY_SIGNATURE], speciality);
  return TRUE;
}

/* --- after the PIN --------------------------------------------------------------------------- */

static gboolean
visit_activity (DmpPkcs11 *pkcs11, CK_OBJECT_HANDLE object, gpointer user_data)
{
  GPtrArray *situations = user_data;
  g_autoptr (GBytes) label = dmp_pkcs11_read (pkcs11, object, CKA_LABEL);
  g_autoptr (GBytes) value = NULL;
  DmpSpan span = span_of (label);
  DmpCardSituation *situation;
  int index = label != NULL ? dmp_card_activity_index ((const char *) span.data, span.len) : -1;

  if (index < 0)
    return TRUE;

  value = dmp_pkcs11_read (pkcs11, object, CKA_VALUE);
  situation = dmp_card_situation_parse ((guint) index, span_of (value));
  if (situation != NULL)
    g_ptr_array_add (situations, situation);
  return TRUE;
}

static int
compare_situations (gconstpointer a, gconstpointer b)
{
  const DmpCardSituation *left = *(DmpCardSituation *const *) a;
  const DmpCardSituation *right = *(DmpCardSituation *const *) b;

  return (int) left->index - (int) right->index;
}

static gboolean
open_key (DmpCard *self, DmpCardKeyUse use, GError **error)
{
  CK_OBJECT_HANDLE object = DMP_PKCS11_NO_OBJECT;
  GError *cause = NULL;

  if (self->x509[use] == NULL)
    return TRUE;

  if (self->id[use] != NULL)
    object = dmp_pkcs11_find_key (self->token->pkcs11, self->id[use]);
  if (object == DMP_PKCS11_NO_OBJECT)
    {
      dmp_card_error_set (&cause, DMP_CARD_ERROR_KEY);
      return dmp_card_token_fail (self->token, cause, error);
    }

  self->key[use] = dmp_card_key_new_on_card (self->x509[use],
                                             dmp_card_signer_new (self->token, use, object), error);
  return self->key[use] != NULL;
}

gboolean
dmp_card_open_private (DmpCard *self, GError **error)
{
  CK_RV rv = dmp_pkcs11_visit (self->token->pkcs11, CKO_DATA, visit_activity, self->situations);

  if (rv != CKR_OK)
    return dmp_card_token_fail_pkcs11 (self->token, rv, error);

  g_ptr_array_sort (self->situations, compare_situations);
  return open_key (self, DMP_CARD_KEY_AUTHENTICATION, error) &&
         open_key (self, DMP_CARD_KEY_SIGNATURE, error);
}

void
dmp_card_drop_private (DmpCard *self)
{
  self->signed_in = FALSE;
  for (guint use = 0; use < G_N_ELEMENTS (self->key); use++)
    {
      if (self->key[use] != NULL)
        dmp_card_key_retire (self->key[use]);
      g_clear_object (&self->key[use]);
    }
  g_ptr_array_set_size (self->situations, 0);
}
