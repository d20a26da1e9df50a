#include "config.h"

#include "make-certificate.h"

#include "pkcs11/dmp-card-certificate.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>

#define TYPE "1.2.250.1.71.1.2.2"
#define NUMBER "1.2.250.1.71.1.2.3"
#define PROFESSION "1.2.250.1.71.1.2.7"
#define SPECIALITY "1.2.250.1.71.4.2.5"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

static const MadeCertificate doctor = {
  .subject = "/C=FR/title=Médecin/GN=Zoé+SN=L’HERMITE+CN=899700000099",
  .usage = "critical,digitalSignature",
  .extensions = { { TYPE, "020100" },
                  { NUMBER, "1315383032353030303030312F32393030303039393939" },
                  { PROFESSION, "02010A" },
                  { SPECIALITY, "30060C04534D3236" } },
  .start_days = -1,
  .end_days = 30,
};

static void
test_doctor (void)
{
  g_autoptr (X509) x509 = make_certificate (&doctor, NULL);
  g_autoptr (DmpCardIdentity) identity = dmp_card_identity_new (x509, NULL, "SM04");
  const DmpCardCertificate *certificate = g_ptr_array_index (identity->certificates, 0);

  g_assert_cmpstr (identity->kind, ==, "CPS");
  g_assert_cmpstr (identity->national_id, ==, "899700000099");
  g_assert_cmpstr (identity->family, ==, "L’HERMITE");
  g_assert_cmpstr (identity->given, ==, "Zoé");
  g_assert_cmpstr (identity->civility, ==, "DR");
  g_assert_cmpstr (identity->profession, ==, "10");
  g_assert_cmpstr (identity->speciality, ==, "SM26"); /* the certificate goes before the file */
  g_assert_cmpstr (identity->card_number, ==, "8025000001/2900009999");
  g_assert_cmpuint (identity->certificates->len, ==, 1);
  g_assert_cmpstr (certificate->issuer, ==, "CN=DEMO AC,O=DEMO LOCALE,C=FR");
  g_assert_nonnull (strstr (certificate->subject, "title=Médecin"));
  g_assert_true (g_date_time_equal (identity->valid_until, certificate->not_after));
}

/* The old cards: T.61 text, no extension; the speciality comes from CPS_INFO_PS. */
static void
test_old (void)
{
  static const MadeCertificate old = {
    .subject = "/C=FR/O=TEST/OU=M\xe9"
               "decin/CN=899700000098+SN=BENO\xceT+GN=Ana\xefs",
    .encoding = V_ASN1_T61STRING,
    .usage = "digitalSignature,nonRepudiation",
    .end_days = 1,
  };
  g_autoptr (X509) x509 = make_certificate (&old, NULL);
  g_autoptr (DmpCardIdentity) identity = dmp_card_identity_new (x509, x509, "SM04");
  DmpCardKeyUse use;

  g_assert_true (dmp_card_certificate_get_use (x509, &use));
  g_assert_cmpint (use, ==, DMP_CARD_KEY_SIGNATURE);
  g_assert_cmpstr (identity->family, ==, "BENOÎT");
  g_assert_cmpstr (identity->given, ==, "Anaïs");
  g_assert_cmpstr (identity->speciality, ==, "SM04");
  g_assert_cmpstr (identity->profession, ==, NULL);
  g_assert_cmpstr (identity->civility, ==, NULL);
  g_assert_cmpstr (identity->structure_name, ==, NULL);
  g_assert_cmpstr (identity->card_number, ==, "CADC");
}

static void
test_employee (void)
{
  static const MadeCertificate employee = {
    .subject = "/C=FR/O=CH de Meaux/OU=10B0770001/CN=018",
    .usage = "digitalSignature",
    .extensions = { { TYPE, "020102" } },
    .end_days = 1,
  };
  g_autoptr (X509) x509 = make_certificate (&employee, NULL);
  g_autoptr (DmpCardIdentity) identity = dmp_card_identity_new (x509, NULL, NULL);

  g_assert_cmpstr (identity->kind, ==, "CPE");
  g_assert_cmpstr (identity->family, ==, NULL);
  g_assert_cmpstr (identity->structure_id, ==, "10B0770001");
  g_assert_cmpstr (identity->structure_name, ==, "CH de Meaux");
}

/* Extensions that are not what they should be are left out. */
static void
test_hostile (void)
{
  static const char *const bad[][2] = {
    { TYPE, "020163" },
    { TYPE, "0201FF" },
    { TYPE, "02" },
    { TYPE, "" },
    { TYPE, "0284FFFFFFFF" },
    { TYPE, "0403000000" },
    { TYPE, "020400000000" },
    { PROFESSION, "02" },
    { PROFESSION, "020200" },
    { PROFESSION, "0200" },
    { SPECIALITY, "30" },
    { SPECIALITY, "30060C04" },
    { SPECIALITY, "30020C04" },
    { SPECIALITY, "3000" },
    { SPECIALITY, "30040C020000" },
    { NUMBER, "13" },
    { NUMBER, "137F" },
    { NUMBER, "1300" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      MadeCertificate made = { .subject = "/CN=899700000099",
                               .usage = "digitalSignature",
                               .extensions = { { bad[i][0], bad[i][1] } },
                               .end_days = 1 };
      g_autoptr (X509) x509 = make_certificate (&made, NULL);
      g_autoptr (DmpCardIdentity) identity = dmp_card_identity_new (x509, NULL, NULL);

      g_assert_cmpstr (identity->kind, ==, "CPS");
      g_assert_cmpstr (identity->profession, ==, NULL);
      g_assert_cmpstr (identity->speciality, ==, NULL);
      g_assert_cmpstr (identity->card_number, ==, "CADC");
    }
}

static void
test_use (void)
{
  static const struct
  {
    const char *usage;
    gboolean good;
    DmpCardKeyUse use;
  } rows[] = {
    { "digitalSignature", TRUE, DMP_CARD_KEY_AUTHENTICATION },
    { "digitalSignature,keyEncipherment", TRUE, DMP_CARD_KEY_AUTHENTICATION },
    { "nonRepudiation", TRUE, DMP_CARD_KEY_SIGNATURE },
    { "keyEncipherment", FALSE, 0 },
    { NULL, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MadeCertificate made = { .subject = "/CN=a", .usage = rows[i].usage, .end_days = 1 };
      g_autoptr (X509) x509 = make_certificate (&made, NULL);
      DmpCardKeyUse use = 0;

      g_assert_cmpint (dmp_card_certificate_get_use (x509, &use), ==, rows[i].good);
      g_assert_cmpint (use, ==, rows[i].use);
    }
}

static void
test_validity (void)
{
  static const struct
  {
    int start, end;
    gboolean good;
  } rows[] = { { -2, 2, TRUE }, { -2, -1, FALSE }, { 1, 2, FALSE } };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MadeCertificate made = doctor;
      g_autoptr (X509) x509 = NULL;
      g_autoptr (DmpCardIdentity) identity = NULL;
      g_autoptr (GError) error = NULL;

      made.start_days = rows[i].start;
      made.end_days = rows[i].end;
      x509 = make_certificate (&made, NULL);
      identity = dmp_card_identity_new (x509, NULL, NULL);
      g_assert_cmpint (dmp_card_certificates_check (identity->certificates, TRUE, now, &error), ==,
                       rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_EXPIRED);
    }
}

/* --- the establishment's software key -------------------------------------------------------- */

typedef struct
{
  char *folder, *certificate, *key;
} Files;

static void
write_pem (Files *files, const MadeCertificate *made, const char *password)
{
  EVP_PKEY *key;
  g_autoptr (X509) x509 = make_certificate (made, &key);
  BIO *bio;

  files->folder = g_dir_make_tmp ("card-XXXXXX", NULL);
  files->certificate = g_build_filename (files->folder, "cert.pem", NULL);
  files->key = g_build_filename (files->folder, "key.pem", NULL);
  bio = BIO_new_file (files->certificate, "w");
  PEM_write_bio_X509 (bio, x509);
  PEM_write_bio_X509 (bio, x509);
  BIO_free (bio);
  bio = BIO_new_file (files->key, "w");
  PEM_write_bio_PKCS8PrivateKey (bio, key, password != NULL ? EVP_aes_256_cbc () : NULL, password,
                                 password != NULL ? 6 : 0, NULL, NULL);
  BIO_free (bio);
}

static void
files_clear (Files *files)
{
  g_remove (files->certificate);
  g_remove (files->key);
  g_rmdir (files->folder);
  g_free (files->certificate);
  g_free (files->key);
  g_free (files->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static void
test_pem (void)
{
  g_auto (Files) files = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCardKey) key = NULL;
  g_autoptr (GBytes) signature = NULL;

  write_pem (&files, &doctor, NULL);
  key = dmp_card_key_new_from_pem (files.certificate, files.key, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (dmp_card_key_get_pkey (key));
  g_assert_false (dmp_card_key_is_pkcs1_only (key));
  g_assert_cmpuint (dmp_card_key_get_chain (key)->len, ==, 1);
  signature = dmp_card_key_sign_sha256 (key, "abc", 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
  g_assert_cmpuint (dmp_card_key_get_signatures (key), ==, 1);
  g_assert_true (dmp_card_key_check (key, &error));
}

static void
test_pem_password (void)
{
  g_auto (Files) files = { 0 };
  g_autoptr (DmpSecret) right = dmp_secret_new ("sésam"), wrong = dmp_secret_new ("sesame");
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCardKey) key = NULL;

  write_pem (&files, &doctor, "sésam");
  g_assert_null (dmp_card_key_new_from_pem (files.certificate, files.key, NULL, &error));
  g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_KEY);
  g_clear_error (&error);
  g_assert_null (dmp_card_key_new_from_pem (files.certificate, files.key, wrong, &error));
  g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_KEY);
  g_clear_error (&error);
  key = dmp_card_key_new_from_pem (files.certificate, files.key, right, &error);
  g_assert_no_error (error);
}

static void
test_pem_bad (void)
{
  g_auto (Files) files = { 0 };
  MadeCertificate expired = doctor;
  g_autoptr (GError) error = NULL;
  EVP_PKEY *other = EVP_RSA_gen (2048);
  BIO *bio;

  g_assert_null (dmp_card_key_new_from_pem ("/nowhere/a", "/nowhere/b", NULL, &error));
  g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_KEY);
  g_clear_error (&error);

  expired.start_days = -10;
  expired.end_days = -1;
  write_pem (&files, &expired, NULL);
  g_assert_null (dmp_card_key_new_from_pem (files.certificate, files.key, NULL, &error));
  g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_EXPIRED);
  g_clear_error (&error);

  /* a key that does not belong to the certificate */
  bio = BIO_new_file (files.key, "w");
  PEM_write_bio_PKCS8PrivateKey (bio, other, NULL, NULL, 0, NULL, NULL);
  BIO_free (bio);
  EVP_PKEY_free (other);
  g_assert_null (dmp_card_key_new_from_pem (files.certificate, files.key, NULL, &error));
  g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_KEY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certificate/doctor", test_doctor);
  g_test_add_func ("/certificate/old", test_old);
  g_test_add_func ("/certificate/employee", test_employee);
  g_test_add_func ("/certificate/hostile", test_hostile);
  g_test_add_func ("/certificate/use", test_use);
  g_test_add_func ("/certificate/validity", test_validity);
  g_test_add_func ("/key/pem", test_pem);
  g_test_add_func ("/key/pem-password", test_pem_password);
  g_test_add_func ("/key/pem-bad", test_pem_bad);

  return g_test_run ();
}
