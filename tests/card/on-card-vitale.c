#include "config.h"

#include "on-card.h"

#include "pkcs11/dmp-vitale.h"

#include <string.h>

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons = dmp_vitale_read (ON_CARD_VITALE_READER, NULL, &error);
  const DmpVitaleBeneficiary *first, *third;

  g_assert_no_error (error);
  g_assert_cmpuint (persons->len, ==, 3);
  first = g_ptr_array_index (persons, 0);
  third = g_ptr_array_index (persons, 2);
  g_assert_cmpstr (first->family, ==, "MARTIN");
  g_assert_cmpstr (first->given, ==, "JEANNE");
  g_assert_cmpstr (first->birth_date, ==, "19530203");
  g_assert_cmpuint (strlen (first->nir), ==, 15);
  g_assert_true (g_str_has_prefix (first->nir, "2530277168123"));
  g_assert_cmpstr (third->given, ==, "EMMA");
  g_assert_true (g_str_has_prefix (third->nir, "1510577168045"));
  g_assert_cmpuint (on_card_count_in ("VITALE_LOG", ">"), ==, 8);
}

/* A CPS is no Vitale, and the reverse; neither is sent a command to find out. */
static void
test_wrong_slot (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_vitale_read (ON_CARD_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_CARD);
  g_assert_null (dmp_card_open (NULL, ON_CARD_VITALE_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_CARD);
  g_assert_cmpuint (on_card_count (">"), ==, 0);
  g_assert_cmpuint (on_card_count_in ("VITALE_LOG", ">"), ==, 0);
}

/* A whole session with the CPS beside it: the Vitale hears nothing of OpenSC. */
static void
test_not_probed (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  on_card_sign_in (card);
  g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (on_card_count_in ("VITALE_LOG", ">"), ==, 0);

  /* and it can be read while the CPS is signed in */
  g_ptr_array_unref (dmp_vitale_read (ON_CARD_VITALE_READER, NULL, &error));
  g_assert_no_error (error);
  g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  g_assert_no_error (error);
  g_assert_true (dmp_card_lock (card, &error));
}

static void
test_pulled (void)
{
  g_autoptr (GError) error = NULL;

  on_card_do ("pull", "vitale");
  g_assert_null (dmp_vitale_read (ON_CARD_VITALE_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_CARD);
  on_card_do ("insert", "vitale");
  g_ptr_array_unref (dmp_vitale_read (ON_CARD_VITALE_READER, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (dmp_vitale_read ("Nobody 00 00", NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_READER);
}

void
on_card_add_vitale (void)
{
  g_test_add_func ("/vitale/read", test_read);
  g_test_add_func ("/vitale/wrong-slot", test_wrong_slot);
  g_test_add_func ("/vitale/not-probed", test_not_probed);
  g_test_add_func ("/vitale/pulled", test_pulled);
}
