#include "config.h"

#include "on-card.h"

#include <string.h>

/* Pulled between two calls: every call says so, none crashes, the next card opens. */
static void
test_pull (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  on_card_sign_in (card);
  for (guint use = 0; use < 2; use++)
    g_ptr_array_add (keys, g_object_ref (dmp_card_get_key (card, (DmpCardKeyUse) use)));
  on_card_do ("pull", NULL);

  for (guint i = 0; i < 4; i++)
    {
      if (i == 2) /* an insertion does not bring the old session back */
        on_card_do ("insert", NULL);
      g_assert_null (on_card_sign (g_ptr_array_index (keys, i % 2), &error));
      on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
    }
  g_assert_false (dmp_card_is_signed_in (card));
  g_assert_false (dmp_card_read_tries_left (card, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
  g_assert_false (on_card_try (card, "1234", FALSE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
  g_assert_true (dmp_card_lock (card, &error));

  g_clear_object (&card);
  card = on_card_open ();
  on_card_sign_in (card);
  g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_AUTHENTICATION), &error));
  g_assert_no_error (error);
  g_assert_null (on_card_sign (g_ptr_array_index (keys, 0), &error));
  on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
}

/* Pulled and put back before anybody looks: still another insertion, the PIN is gone. */
static void
test_pull_unseen (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  on_card_sign_in (card);
  on_card_do ("pull", NULL);
  on_card_do ("insert", NULL);
  g_assert_null (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_AUTHENTICATION), &error));
  on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
  g_assert_true (dmp_card_lock (card, &error));
}

static void
test_lock_after_pull (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  on_card_sign_in (card);
  on_card_do ("pull", NULL);
  g_assert_true (dmp_card_lock (card, &error));
  g_assert_no_error (error);
}

static void
test_swap (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  on_card_sign_in (card);
  on_card_do ("swap", "ward");
  g_assert_null (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
  g_clear_object (&card);

  card = on_card_open ();
  g_assert_cmpstr (dmp_card_get_identity (card)->family, ==, "PETIT");
  on_card_sign_in (card);
  g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  g_assert_no_error (error);
}

static void
test_service_stops (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  on_card_sign_in (card);
  on_card_do ("stop-pcscd", NULL);
  g_assert_null (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_SERVICE);
  g_assert_true (dmp_card_lock (card, &error));
  g_clear_object (&card);
  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_SERVICE);

  on_card_do ("start-pcscd", NULL);
  on_card_do ("await", "present");
  card = on_card_open ();
  on_card_sign_in (card);
}

/* The card leaves after as many commands as test-eject.sh says, wherever that is: every call
 * either works or says that the card was removed. Two rounds, so that the second is intact. */
static void
use_card_once (gboolean *removed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCard) card = dmp_card_open (NULL, ON_CARD_READER, NULL, &error);
  const DmpCardKeyUse uses[] = { DMP_CARD_KEY_AUTHENTICATION, DMP_CARD_KEY_SIGNATURE };
  guint out = on_card_count ("== OUT");

  if (card != NULL && on_card_try (card, "1234", FALSE, &error))
    for (guint i = 0; i < 4 && error == NULL; i++)
      {
        g_autoptr (GBytes) signature = on_card_sign (dmp_card_get_key (card, uses[i % 2]), &error);
      }
  if (error == NULL)
    dmp_card_lock (card, &error);

  /* a lock is content with a card that has left */
  *removed = error != NULL || on_card_count ("== OUT") > out;
  if (error != NULL)
    on_card_assert_error (error, DMP_CARD_ERROR_REMOVED);
  if (card != NULL)
    g_assert_true (dmp_card_lock (card, &error));
}

static void
test_eject (void)
{
  guint tries;
  gboolean removed = FALSE;

  use_card_once (&removed);
  tries = on_card_count (ON_CARD_VERIFY);
  g_assert_cmpuint (tries, <=, 1);
  if (!removed && on_card_count ("== OUT") == 0)
    {
      g_test_message ("not ejected");
      return;
    }

  on_card_do ("await", "empty");
  on_card_do ("insert", NULL);
  use_card_once (&removed);
  g_assert_false (removed);
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, tries + 1);
}

static void
test_no_card (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_CARD);
}

static void
test_no_reader (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_READER);
}

static void
test_no_service (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_card_open (NULL, ON_CARD_READER, NULL, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_SERVICE);
}

void
on_card_add_presence (void)
{
  g_test_add_func ("/presence/pull", test_pull);
  g_test_add_func ("/presence/pull-unseen", test_pull_unseen);
  g_test_add_func ("/presence/lock-after-pull", test_lock_after_pull);
  g_test_add_func ("/presence/swap", test_swap);
  g_test_add_func ("/presence/service-stops", test_service_stops);
  g_test_add_func ("/presence/eject", test_eject);
  g_test_add_func ("/presence/no-card", test_no_card);
  g_test_add_func ("/presence/no-reader", test_no_reader);
  g_test_add_func ("/presence/no-service", test_no_service);
}
