#include "config.h"

#include "dmp-card-certificate.h"

#include "dmp-card-error-private.h"
#include "dmp-card-tlv.h"

#include <glib/gi18n-lib.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

/* Extensions of the CPS certificates (IGC-Santé) */
#define OID_CARD_TYPE "1.2.250.1.71.1.2.2"   /* INTEGER */
#define OID_CARD_NUMBER "1.2.250.1.71.1.2.3" /* PrintableString */
#define OID_PROFESSION "1.2.250.1.71.1.2.7"  /* INTEGER, TRE_G15 */
#define OID_SPECIALITY "1.2.250.1.71.4.2.5"  /* SEQUENCE { UTF8String }, TRE_R01 */

#define ASN1_TAG_INTEGER 0x02
#define ASN1_TAG_SEQUENCE 0x30

gboolean
dmp_card_certificate_get_use (X509 *x509, DmpCardKeyUse *use)
{
  guint32 usage = X509_get_key_usage (x509);

  if (usage == G_MAXUINT32 || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0)
    return FALSE;

  *use = (usage & KU_NON_REPUDIATION) != 0 ? DMP_CARD_KEY_SIGNATURE : DMP_CARD_KEY_AUTHENTICATION;
  return TRUE;
}

static char *
dup_name (const X509_NAME *name)
{
  BIO *memory = BIO_new (BIO_s_mem ());
  char *text, *copy;
  long len;

  X509_NAME_print_ex (memory, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  len = BIO_get_mem_data (memory, &text);
  copy = g_strndup (text, (gsize) MAX (len, 0));
  BIO_free (memory);
  return copy;
}

static GDateTime *
dup_time (const ASN1_TIME *time)
{
  struct tm tm;

  if (time == NULL || ASN1_TIME_to_tm (time, &tm) != 1)
    return NULL;

  return g_date_time_new_utc (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                              tm.tm_sec);
}

DmpCardCertificate *
dmp_card_certificate_new (X509 *x509, DmpCardKeyUse use)
{
  DmpCardCertificate *self = g_new0 (DmpCardCertificate, 1);

  self->use = use;
  self->subject = dup_name (X509_get_subject_name (x509));
  self->issuer = dup_name (X509_get_issuer_name (x509));
  self->not_before = dup_time (X509_get0_notBefore (x509));
  self->not_after = dup_time (X509_get0_notAfter (x509));
  return self;
}

void
dmp_card_certificate_free (DmpCardCertificate *self)
{
  if (self == NULL)
    return;

  g_free (self->subject);
  g_free (self->issuer);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self);
}

/* The first attribute @nid of the subject, in UTF-8. */
static char *
dup_attribute (X509 *x509, int nid)
{
  const X509_NAME *name = X509_get_subject_name (x509);
  int index = X509_NAME_get_index_by_NID (name, nid, -1);
  unsigned char *utf8 = NULL;
  char *text;
  int len;

  if (index < 0)
    return NULL;

  len = ASN1_STRING_to_UTF8 (&utf8, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, index)));
  if (len < 0)
    return NULL;

  text = dmp_span_dup_text ((DmpSpan){ utf8, (gsize) len });
  OPENSSL_free (utf8);
  return text;
}

/* The content of the first object of the extension @oid. */
static gboolean
find_extension (X509 *x509, const char *oid, DmpTlv *tlv)
{
  ASN1_OBJECT *object = OBJ_txt2obj (oid, 1);
  int index = X509_get_ext_by_OBJ (x509, object, -1);
  const ASN1_OCTET_STRING *value;
  DmpSpan span;

  ASN1_OBJECT_free (object);
  if (index < 0)
    return FALSE;

  value = X509_EXTENSION_get_data (X509_get_ext (x509, index));
  span = (DmpSpan){ ASN1_STRING_get0_data (value), (gsize) ASN1_STRING_length (value) };
  return dmp_tlv_next (&span, tlv);
}

/* Returns: a small code number, -1 without */
static int
get_code (X509 *x509, const char *oid)
{
  DmpTlv tlv;
  int code = 0;

  if (!find_extension (x509, oid, &tlv) || tlv.tag != ASN1_TAG_INTEGER || tlv.value.len == 0 ||
      tlv.value.len > 2 || (tlv.value.data[0] & 0x80) != 0)
    return -1;

  for (gsize i = 0; i < tlv.value.len; i++)
    code = code << 8 | tlv.value.data[i];
  return code;
}

static char *
dup_speciality (X509 *x509)
{
  DmpTlv tlv, text;

  if (x509 == NULL || !find_extension (x509, OID_SPECIALITY, &tlv) ||
      tlv.tag != ASN1_TAG_SEQUENCE || !dmp_tlv_next (&tlv.value, &text))
    return NULL;

  return dmp_span_dup_text (text.value);
}

/* TRE: 0 CPS, 1 CPF, 2 CDE or CPE, 3 CPA. Without the extension the name tells: a person's is the
 * type of number and eleven or nine digits, an employee's is structure/number. */
static const char *
get_kind (X509 *x509, const char *national_id)
{
  static const char *const kinds[] = { "CPS", "CPF", "CPE", "CPA" };
  int type = get_code (x509, OID_CARD_TYPE);

  if (type >= 0 && type < (int) G_N_ELEMENTS (kinds))
    return kinds[type];

  return national_id != NULL && strchr (national_id, '/') != NULL ? "CPE" : "CPS";
}

static char *
dup_card_number (X509 *x509)
{
  g_autofree char *text = NULL;
  BIGNUM *number;
  DmpTlv tlv;
  char *hex;

  if (find_extension (x509, OID_CARD_NUMBER, &tlv))
    text = dmp_span_dup_text (tlv.value);
  if (text != NULL)
    return g_steal_pointer (&text);

  number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (x509), NULL);
  hex = number != NULL ? BN_bn2hex (number) : NULL;
  text = g_strdup (hex);
  OPENSSL_free (hex);
  BN_free (number);
  return g_steal_pointer (&text);
}

static void
read_holder (DmpCardIdentity *self, X509 *x509)
{
  int profession = get_code (x509, OID_PROFESSION);

  self->national_id = dup_attribute (x509, NID_commonName);
  self->kind = g_strdup (get_kind (x509, self->national_id));
  self->family = dup_attribute (x509, NID_surname);
  self->given = dup_attribute (x509, NID_givenName);
  self->card_number = dup_card_number (x509);
  if (profession >= 0)
    self->profession = g_strdup_printf ("%d", profession);
  /* On the old cards of persons these attributes mean something else. */
  if (g_str_equal (self->kind, "CPE") || g_str_equal (self->kind, "CPA"))
    {
      self->structure_id = dup_attribute (x509, NID_organizationalUnitName);
      self->structure_name = dup_attribute (x509, NID_organizationName);
    }
  if (profession == 10 || profession == 40) /* G15: doctor, dentist */
    self->civility = g_strdup ("DR");
}

static void
add_certificate (DmpCardIdentity *self, X509 *x509, DmpCardKeyUse use)
{
  DmpCardCertificate *certificate;

  if (x509 == NULL)
    return;

  certificate = dmp_card_certificate_new (x509, use);
  g_ptr_array_add (self->certificates, certificate);
  if (certificate->not_after == NULL)
    return;

  if (self->valid_until != NULL &&
      g_date_time_compare (self->valid_until, certificate->not_after) <= 0)
    return;

  g_clear_pointer (&self->valid_until, g_date_time_unref);
  self->valid_until = g_date_time_ref (certificate->not_after);
}

DmpCardIdentity *
dmp_card_identity_new (X509 *authentication, X509 *signature, const char *speciality)
{
  DmpCardIdentity *self = g_new0 (DmpCardIdentity, 1);

  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_card_certificate_free);
  read_holder (self, authentication);
  add_certificate (self, authentication, DMP_CARD_KEY_AUTHENTICATION);
  add_certificate (self, signature, DMP_CARD_KEY_SIGNATURE);
  self->speciality = dup_speciality (authentication);
  if (self->speciality == NULL)
    self->speciality = dup_speciality (signature);
  if (self->speciality == NULL)
    self->speciality = g_strdup (speciality);
  return self;
}

void
dmp_card_identity_free (DmpCardIdentity *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->national_id);
  g_free (self->family);
  g_free (self->given);
  g_free (self->civility);
  g_free (self->profession);
  g_free (self->speciality);
  g_free (self->structure_id);
  g_free (self->structure_name);
  g_free (self->card_number);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->valid_until, g_date_time_unref);
  g_free (self);
}

static gboolean
set_expired (GError **error, gboolean card, GDateTime *end)
{
  g_autofree char *date = g_date_time_format (end, "%d/%m/%Y");

  if (!card)
    return dmp_card_error_set_text (
        error, DMP_CARD_ERROR_EXPIRED,
        _ ("Le certificat de l’établissement a expiré le %s. Prévenez votre support "
           "informatique."),
        date);

  return dmp_card_error_set_text (
      error, DMP_CARD_ERROR_EXPIRED,
      _ ("Votre carte a expiré le %s. Utilisez la nouvelle carte reçue par courrier ou contactez "
         "le support CPS."),
      date);
}

static gboolean
set_not_yet (GError **error, GDateTime *start)
{
  g_autofree char *date = g_date_time_format (start, "%d/%m/%Y");

  return dmp_card_error_set_text (
      error, DMP_CARD_ERROR_EXPIRED,
      _ ("Le certificat n’est valable qu’à partir du %s. Vérifiez la date et l’heure de cet "
         "ordinateur."),
      date);
}

gboolean
dmp_card_certificates_check (GPtrArray *certificates, gboolean card, GDateTime *now, GError **error)
{
  for (guint i = 0; i < certificates->len; i++)
    {
      const DmpCardCertificate *certificate = g_ptr_array_index (certificates, i);

      if (certificate->not_before == NULL || certificate->not_after == NULL)
        return dmp_card_error_set (error, DMP_CARD_ERROR_READ);
      if (g_date_time_compare (now, certificate->not_after) > 0)
        return set_expired (error, card, certificate->not_after);
      if (g_date_time_compare (now, certificate->not_before) < 0)
        return set_not_yet (error, certificate->not_before);
    }
  return TRUE;
}
