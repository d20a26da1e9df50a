#include "config.h"

#include "pkcs11/dmp-card-error-private.h"

#include <p11-kit/pkcs11.h>
#include <string.h>
#include <winscard.h>

/* Each code has a name of its own, an exit status of the contract and a sentence. */
static void
test_codes (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = 0; code < DMP_CARD_ERROR_LAST; code++)
    {
      g_autoptr (GError) error = NULL;
      int status = dmp_card_error_exit_status ((DmpCardErrorCode) code);

      g_assert_true (
          g_hash_table_add (names, (char *) dmp_card_error_name ((DmpCardErrorCode) code)));
      g_assert_true (status == 10 || status == 11 || status == 20);
      g_assert_false (dmp_card_error_set (&error, (DmpCardErrorCode) code));
      g_assert_error (error, DMP_CARD_ERROR, code);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_null (strchr (error->message, '\''));
    }
  g_assert_cmpstr (dmp_card_error_name (DMP_CARD_ERROR_LAST), ==, "internal");
  g_assert_cmpstr (dmp_card_error_name ((DmpCardErrorCode) -1), ==, "internal");
  g_assert_cmpint (dmp_card_error_exit_status ((DmpCardErrorCode) 1000), ==, 20);
}

/* The names and statuses are a contract with scripts. */
static void
test_contract (void)
{
  g_assert_cmpstr (dmp_card_error_name (DMP_CARD_ERROR_WRONG_PIN), ==, "wrong-pin");
  g_assert_cmpstr (dmp_card_error_name (DMP_CARD_ERROR_NO_SERVICE), ==, "no-service");
  g_assert_cmpint (dmp_card_error_exit_status (DMP_CARD_ERROR_NO_CARD), ==, 10);
  g_assert_cmpint (dmp_card_error_exit_status (DMP_CARD_ERROR_NO_READER), ==, 10);
  g_assert_cmpint (dmp_card_error_exit_status (DMP_CARD_ERROR_WRONG_PIN), ==, 11);
  g_assert_cmpint (dmp_card_error_exit_status (DMP_CARD_ERROR_LAST_TRY), ==, 11);
  g_assert_cmpint (dmp_card_error_exit_status (DMP_CARD_ERROR_BLOCKED), ==, 11);
  g_assert_cmpint (dmp_card_error_exit_status (DMP_CARD_ERROR_MODULE), ==, 20);
}

static void
test_tables (void)
{
  g_assert_cmpint (dmp_card_error_from_pcsc (SCARD_W_REMOVED_CARD), ==, DMP_CARD_ERROR_REMOVED);
  g_assert_cmpint (dmp_card_error_from_pcsc ((guint32) SCARD_W_REMOVED_CARD), ==,
                   DMP_CARD_ERROR_REMOVED);
  g_assert_cmpint (dmp_card_error_from_pcsc (SCARD_E_NO_SERVICE), ==, DMP_CARD_ERROR_NO_SERVICE);
  g_assert_cmpint (dmp_card_error_from_pcsc (SCARD_E_SHARING_VIOLATION), ==, DMP_CARD_ERROR_BUSY);
  g_assert_cmpint (dmp_card_error_from_pcsc (12345), ==, DMP_CARD_ERROR_INTERNAL);
  g_assert_cmpint (dmp_card_error_from_pkcs11 (CKR_PIN_LOCKED), ==, DMP_CARD_ERROR_BLOCKED);
  g_assert_cmpint (dmp_card_error_from_pkcs11 (CKR_DEVICE_REMOVED), ==, DMP_CARD_ERROR_REMOVED);
  g_assert_cmpint (dmp_card_error_from_pkcs11 (CKR_USER_NOT_LOGGED_IN), ==,
                   DMP_CARD_ERROR_PIN_NEEDED);
  g_assert_cmpint (dmp_card_error_from_pkcs11 (CKR_VENDOR_DEFINED + 1), ==, DMP_CARD_ERROR_MODULE);
  g_assert_cmpint (dmp_card_error_from_status (0x63c2), ==, DMP_CARD_ERROR_WRONG_PIN);
  g_assert_cmpint (dmp_card_error_from_status (0x63c0), ==, DMP_CARD_ERROR_BLOCKED);
  g_assert_cmpint (dmp_card_error_from_status (0x6983), ==, DMP_CARD_ERROR_BLOCKED);
  g_assert_cmpint (dmp_card_error_from_status (0x6982), ==, DMP_CARD_ERROR_PIN_NEEDED);
  g_assert_cmpint (dmp_card_error_from_status (0x6f00), ==, DMP_CARD_ERROR_READ);
}

static void
test_cause (void)
{
  g_autoptr (GError) error = NULL, copy = NULL, other = NULL;
  gulong number = 7;

  dmp_card_error_set_pkcs11 (&error, CKR_PIN_INCORRECT);
  copy = g_error_copy (error);
  g_assert_cmpint (dmp_card_error_get_cause (copy, &number), ==, DMP_CARD_CAUSE_PKCS11);
  g_assert_cmphex (number, ==, CKR_PIN_INCORRECT);
  g_clear_error (&error);

  dmp_card_error_set_pcsc (&error, SCARD_E_NO_SMARTCARD);
  g_assert_cmpint (dmp_card_error_get_cause (error, &number), ==, DMP_CARD_CAUSE_PCSC);
  g_assert_cmphex (number, ==, 0x8010000c);
  g_clear_error (&error);

  number = 7;
  dmp_card_error_set (&error, DMP_CARD_ERROR_LAST_TRY);
  g_assert_cmpint (dmp_card_error_get_cause (error, &number), ==, DMP_CARD_CAUSE_NONE);
  other = g_error_new_literal (G_FILE_ERROR, 0, "");
  g_assert_cmpint (dmp_card_error_get_cause (other, &number), ==, DMP_CARD_CAUSE_NONE);
  g_assert_cmpint (dmp_card_error_get_cause (NULL, &number), ==, DMP_CARD_CAUSE_NONE);
  g_assert_cmpuint (number, ==, 7);
  g_assert_false (dmp_card_error_set (NULL, DMP_CARD_ERROR_LAST_TRY));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card-error/codes", test_codes);
  g_test_add_func ("/card-error/contract", test_contract);
  g_test_add_func ("/card-error/tables", test_tables);
  g_test_add_func ("/card-error/cause", test_cause);

  return g_test_run ();
}
