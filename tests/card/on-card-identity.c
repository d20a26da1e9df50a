#include "config.h"

#include "on-card.h"

#include <string.h>
#include <winscard.h>

static void
assert_certificates (const DmpCardIdentity *identity)
{
  const DmpCardCertificate *first, *second;

  g_assert_cmpuint (identity->certificates->len, ==, 2);
  first = g_ptr_array_index (identity->certificates, 0);
  second = g_ptr_array_index (identity->certificates, 1);
  g_assert_cmpint (first->use, ==, DMP_CARD_KEY_AUTHENTICATION);
  g_assert_cmpint (second->use, ==, DMP_CARD_KEY_SIGNATURE);
  g_assert_true (g_str_has_prefix (first->issuer, "CN=DEMO AC"));
  g_assert_nonnull (first->not_before);
  g_assert_cmpint (g_date_time_compare (first->not_before, first->not_after), <, 0);
  g_assert_nonnull (identity->valid_until);
}

static void
test_gp (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  const DmpCardIdentity *identity = dmp_card_get_identity (card);
  DmpCardCounts counts;

  g_assert_cmpstr (identity->kind, ==, "CPS");
  g_assert_cmpstr (identity->national_id, ==, "899700000017");
  g_assert_cmpstr (identity->family, ==, "LEROY");
  g_assert_cmpstr (identity->given, ==, "Claire");
  g_assert_cmpstr (identity->civility, ==, "DR");
  g_assert_cmpstr (identity->profession, ==, "10");
  g_assert_cmpstr (identity->speciality, ==, "SM26");
  g_assert_null (identity->structure_id);
  g_assert_cmpstr (identity->card_number, ==, "8025000001/2929000017");
  assert_certificates (identity);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 3);
  g_assert_true (dmp_card_check_validity (card, NULL, NULL));

  /* without PIN: no try, nothing private */
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 0);
  g_assert_false (dmp_card_is_signed_in (card));
  g_assert_cmpuint (dmp_card_get_situations (card)->len, ==, 0);
  g_assert_null (dmp_card_get_key (card, DMP_CARD_KEY_AUTHENTICATION));
  g_assert_null (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE));
  dmp_card_get_counts (card, &counts);
  g_assert_cmpuint (counts.apdus, ==, 1 + 4); /* the tries; whose certificates these are */
  g_assert_cmpuint (counts.signatures, ==, 0);
  g_assert_cmpuint (on_card_count (">"), <=, 55);
}

static void
test_nurse (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  const DmpCardIdentity *identity = dmp_card_get_identity (card);

  g_assert_cmpstr (identity->kind, ==, "CPS");
  g_assert_cmpstr (identity->profession, ==, "60");
  g_assert_cmpstr (identity->speciality, ==, NULL);
  g_assert_cmpstr (identity->civility, ==, NULL);
}

static void
test_secretary (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  const DmpCardIdentity *identity = dmp_card_get_identity (card);

  g_assert_cmpstr (identity->kind, ==, "CPE");
  g_assert_cmpstr (identity->national_id, ==, "10B0770001/000000018");
  g_assert_cmpstr (identity->profession, ==, NULL);
  g_assert_cmpstr (identity->structure_id, ==, "10B0770001");
  g_assert_cmpstr (identity->structure_name, ==, "Centre hospitalier de Meaux");
}

/* An expired card tells who holds it, and is refused before a try is used. */
static void
test_expired (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (dmp_card_get_identity (card)->family, ==, "LEROY");
  g_assert_false (on_card_try (card, "1234", FALSE, &error));
  g_assert_nonnull (strstr (error->message, "2023"));
  on_card_assert_error (error, DMP_CARD_ERROR_EXPIRED);
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 0);
}

/* The module is initialised once in a process; a closed card makes room for the next. */
static void
test_one_at_a_time (void)
{
  g_autoptr (DmpCard) first = on_card_open ();
  g_autoptr (DmpCard) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_BUSY);
  g_clear_object (&first);
  second = on_card_open ();
}

static void
test_exclusive (void)
{
  g_autoptr (GError) error = NULL;
  SCARDCONTEXT context;
  SCARDHANDLE card;
  DWORD protocol;
  gulong number = 0;

  SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);
  g_assert_cmpint (SCardConnect (context, ON_CARD_READER, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0,
                                 &card, &protocol),
                   ==, 0);
  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, NULL, &error));
  g_assert_cmpint (dmp_card_error_get_cause (error, &number), ==, DMP_CARD_CAUSE_PCSC);
  g_assert_cmphex (number, ==, 0x8010000b);
  on_card_assert_error (error, DMP_CARD_ERROR_BUSY);
  SCardDisconnect (card, SCARD_LEAVE_CARD);
  SCardReleaseContext (context);
}

static void
test_module (void)
{
  static const char *const bad[] = { "opensc-pkcs11.so", "/nowhere/opensc-pkcs11.so", "/etc/passwd",
                                     "/tmp", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_assert_null (dmp_card_open (bad[i], ON_CARD_READER, NULL, &error));
      on_card_assert_error (error, DMP_CARD_ERROR_MODULE);
    }
  g_assert_cmpuint (on_card_count (">"), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, cancellable, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_CANCELLED);
  g_assert_cmpuint (on_card_count (">"), ==, 0);
}

void
on_card_add_identity (void)
{
  g_test_add_func ("/identity/gp", test_gp);
  g_test_add_func ("/identity/nurse", test_nurse);
  g_test_add_func ("/identity/secretary", test_secretary);
  g_test_add_func ("/identity/expired", test_expired);
  g_test_add_func ("/identity/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/identity/exclusive", test_exclusive);
  g_test_add_func ("/identity/module", test_module);
  g_test_add_func ("/identity/cancelled", test_cancelled);
}
