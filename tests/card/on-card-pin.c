#include "config.h"

#include "on-card.h"

#include <stdio.h>
#include <string.h>

static void
test_wrong (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  g_assert_false (on_card_try (card, "0000", FALSE, &error));
  g_assert_nonnull (strstr (error->message, "2 essais"));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PIN);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 2);
  g_assert_false (dmp_card_is_signed_in (card));
  g_assert_null (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE));

  g_assert_false (on_card_try (card, "0000", FALSE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PIN);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 1);

  /* the last try is not used, even with the right PIN, unless the person has said so */
  g_assert_false (on_card_try (card, "1234", FALSE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_LAST_TRY);
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 2);
  g_assert_true (on_card_try (card, "1234", TRUE, &error));
  g_assert_true (dmp_card_lock (card, &error));
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 3);
}

static void
test_format (void)
{
  static const char *const bad[] = { "", "123", "12345", "12a4", "123\n", "１２３４", NULL };
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_assert_false (on_card_try (card, bad[i], TRUE, &error));
      on_card_assert_error (error, DMP_CARD_ERROR_PIN_FORMAT);
    }
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 0);
}

static gboolean
unblock (DmpCard *card, const char *puk_digits, const char *pin_digits, GError **error)
{
  g_autoptr (DmpSecret) puk = dmp_secret_new (puk_digits);
  g_autoptr (DmpSecret) pin = dmp_secret_new (pin_digits);

  return dmp_card_unblock_pin (card, puk, pin, FALSE, error);
}

static void
test_blocked (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      on_card_try (card, "0000", FALSE, &error);
      on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PIN);
    }
  g_assert_false (on_card_try (card, "0000", TRUE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_BLOCKED);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 0);

  /* no further try is sent, and a blocked card still opens */
  g_assert_false (on_card_try (card, "1234", TRUE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_BLOCKED);
  g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, 3);
  g_clear_object (&card);
  card = on_card_open ();
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 0);

  g_assert_false (unblock (card, "1234567", "5678", &error));
  on_card_assert_error (error, DMP_CARD_ERROR_PIN_FORMAT);
  g_assert_false (unblock (card, "12345678", "567", &error));
  on_card_assert_error (error, DMP_CARD_ERROR_PIN_FORMAT);
  g_assert_false (unblock (card, "00000000", "5678", &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PUK);
  g_assert_true (unblock (card, "12345678", "5678", &error));
  g_assert_no_error (error);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 3);
  g_assert_true (on_card_try (card, "5678", FALSE, &error));
}

static void
test_puk_blocked (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (DmpSecret) puk = dmp_secret_new ("00000000");
  g_autoptr (DmpSecret) pin = dmp_secret_new ("5678");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (dmp_card_unblock_pin (card, puk, pin, FALSE, &error));
      on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PUK);
    }
  g_assert_false (dmp_card_unblock_pin (card, puk, pin, FALSE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_LAST_TRY);
  g_assert_false (dmp_card_unblock_pin (card, puk, pin, TRUE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_PUK_BLOCKED);
  g_assert_false (dmp_card_unblock_pin (card, puk, pin, TRUE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_PUK_BLOCKED);

  /* the PIN itself is as it was */
  on_card_sign_in (card);
}

static gboolean
change (DmpCard *card, const char *old_digits, const char *new_digits, GError **error)
{
  g_autoptr (DmpSecret) old_pin = dmp_secret_new (old_digits);
  g_autoptr (DmpSecret) new_pin = dmp_secret_new (new_digits);

  return dmp_card_change_pin (card, old_pin, new_pin, FALSE, error);
}

static void
test_change (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  g_assert_false (change (card, "1234", "12345", &error));
  on_card_assert_error (error, DMP_CARD_ERROR_PIN_FORMAT);
  g_assert_false (change (card, "0000", "5678", &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PIN);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 2);
  g_assert_true (change (card, "1234", "5678", &error));
  g_assert_no_error (error);
  g_assert_false (dmp_card_is_signed_in (card));
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 3);

  g_assert_false (on_card_try (card, "1234", FALSE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PIN);
  g_assert_true (on_card_try (card, "5678", FALSE, &error));
}

/* After a lock nobody can sign, not even a program that was connected all the time. */
static void
test_lock (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  guint resets = on_card_count ("== RESET");

  on_card_sign_in (card);
  for (guint use = 0; use < 2; use++)
    g_ptr_array_add (old, g_object_ref (dmp_card_get_key (card, (DmpCardKeyUse) use)));

  g_assert_true (dmp_card_lock (card, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (on_card_count ("== RESET"), ==, resets + 1);
  g_assert_cmpuint (on_card_count ("< 63C3"), >=, 2);
  g_assert_false (dmp_card_is_signed_in (card));
  g_assert_null (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE));
  g_assert_cmpuint (dmp_card_get_situations (card)->len, ==, 0);

  /* keys of the last sign-in stay dead after the next one */
  for (guint round = 0; round < 2; round++)
    {
      for (guint use = 0; use < 2; use++)
        {
          g_assert_null (on_card_sign (g_ptr_array_index (old, use), &error));
          on_card_assert_error (error, DMP_CARD_ERROR_PIN_NEEDED);
        }
      on_card_sign_in (card);
    }
  g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  g_assert_no_error (error);
  g_assert_true (dmp_card_lock (card, &error));
  g_assert_true (dmp_card_lock (card, &error));
}

/* A card that is simply dropped is locked too. */
static void
test_drop (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  guint resets = on_card_count ("== RESET");

  g_clear_object (&card);
  g_assert_cmpuint (on_card_count ("== RESET"), ==, resets);
  card = on_card_open ();
  on_card_sign_in (card);
  g_clear_object (&card);
  g_assert_cmpuint (on_card_count ("== RESET"), ==, resets + 1);
  card = on_card_open ();
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 3);
}

#ifndef __SANITIZE_ADDRESS__
/* Returns: how often @block stands in the writable memory of this process */
static guint
count_in_memory (const guint8 *block, gsize len)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  FILE *memory = fopen ("/proc/self/mem", "re");
  guint n = 0;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autofree guint8 *copy = NULL;
      gulong start, end;
      char mode[5];

      if (sscanf (lines[i], "%lx-%lx %4s", &start, &end, mode) != 3 || mode[1] != 'w')
        continue;
      copy = g_malloc (end - start);
      if (fseeko (memory, (off_t) start, SEEK_SET) != 0 ||
          fread (copy, 1, end - start, memory) != end - start)
        continue;
      for (guint8 *p = copy; (p = memmem (p, end - start - (gsize) (p - copy), block, len)) != NULL;
           p++)
        n++;
      explicit_bzero (copy, end - start);
    }
  fclose (memory);
  return n;
}
#endif

/* The block of VERIFY and of CHANGE REFERENCE DATA is nowhere once the command is done, but in this
 * function. */
static void
test_memory (void)
{
#ifdef __SANITIZE_ADDRESS__ /* whose shadow of the memory cannot be read, and which frees late */
  g_test_skip ("not with the address sanitizer");
#else
  guint8 block[8] = { '7' ^ 0x80, '3' ^ 0x80, '9' ^ 0x80, '1' ^ 0x80, 0x7f, 0x7f, 0x7f, 0x7f };
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  g_assert_true (on_card_try (card, "7391", FALSE, &error));
  for (guint i = 0; i < sizeof block; i++)
    block[i] ^= 0x80;
  g_assert_cmpuint (count_in_memory (block, sizeof block), ==, 1);
  g_assert_true (dmp_card_lock (card, &error));
  g_assert_true (change (card, "7391", "7391", &error));
  g_assert_true (unblock (card, "12345678", "7391", &error));
  g_assert_cmpuint (count_in_memory (block, sizeof block), ==, 1);
#endif
}

/* Another program resets the card: the keys say that the PIN is needed, and it is not sent again
 * by itself (that would be a PIN kept somewhere). */
static void
test_foreign_reset (void)
{
  g_autoptr (DmpCard) card = on_card_open ();
  g_autoptr (GError) error = NULL;

  for (guint use = 0; use < 2; use++)
    {
      guint tries;

      on_card_sign_in (card);
      tries = on_card_count (ON_CARD_VERIFY);
      on_card_reset_by_other ();
      g_assert_null (on_card_sign (dmp_card_get_key (card, (DmpCardKeyUse) use), &error));
      on_card_assert_error (error, DMP_CARD_ERROR_PIN_NEEDED);
      g_assert_false (dmp_card_is_signed_in (card));
      g_assert_cmpuint (on_card_count (ON_CARD_VERIFY), ==, tries);
    }
  on_card_sign_in (card);
  g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
  g_assert_no_error (error);
}

/* Another program has given the PIN: the tries are known all the same, and ours is still asked. */
static void
test_verified_by_other (void)
{
  g_autoptr (DmpCard) card = NULL;
  g_autoptr (GError) error = NULL;

  on_card_verify_by_other ();
  card = on_card_open ();
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 3);
  g_assert_false (on_card_try (card, "0000", FALSE, &error));
  on_card_assert_error (error, DMP_CARD_ERROR_WRONG_PIN);
  g_assert_cmpint (dmp_card_get_tries_left (card), ==, 2);
}

void
on_card_add_pin (void)
{
  g_test_add_func ("/pin/wrong", test_wrong);
  g_test_add_func ("/pin/format", test_format);
  g_test_add_func ("/pin/blocked", test_blocked);
  g_test_add_func ("/pin/puk-blocked", test_puk_blocked);
  g_test_add_func ("/pin/change", test_change);
  g_test_add_func ("/pin/lock", test_lock);
  g_test_add_func ("/pin/drop", test_drop);
  g_test_add_func ("/pin/memory", test_memory);
  g_test_add_func ("/pin/foreign-reset", test_foreign_reset);
  g_test_add_func ("/pin/verified-by-other", test_verified_by_other);
}
