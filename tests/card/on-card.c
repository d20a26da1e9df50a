/* One scenario with the real pcscd, OpenSC and a virtual card: test-card.sh starts each one inside
 * the reader it needs. Never run alone. */
#include "config.h"

#include "on-card.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

char *
on_card_ctl (const char *action, const char *argument)
{
  g_autofree char *script =
      g_build_filename (g_getenv ("top_srcdir"), "tests", "cards-ctl.sh", NULL);
  const char *argv[] = { script, g_getenv ("READER_DIR"), action, argument, NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = 0;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

void
on_card_do (const char *action, const char *argument)
{
  g_free (on_card_ctl (action, argument));
}

guint
on_card_count (const char *prefix)
{
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (g_getenv ("APDU_LOG"), &log, NULL, NULL))
    return 0;

  lines = g_strsplit (log, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *mark = strpbrk (lines[i], "<>=");

      if (mark != NULL && g_str_has_prefix (mark, prefix))
        n++;
    }
  return n;
}

DmpCard *
on_card_open (void)
{
  g_autoptr (GError) error = NULL;
  DmpCard *card = dmp_card_open (NULL, ON_CARD_READER, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (card);
  return card;
}

gboolean
on_card_try (DmpCard *card, const char *digits, gboolean last_try_allowed, GError **error)
{
  g_autoptr (DmpSecret) pin = dmp_secret_new (digits);

  return dmp_card_sign_in (card, pin, last_try_allowed, error);
}

void
on_card_sign_in (DmpCard *card)
{
  g_autoptr (GError) error = NULL;

  on_card_try (card, "1234", FALSE, &error);
  g_assert_no_error (error);
}

GBytes *
on_card_sign (DmpCardKey *key, GError **error)
{
  static const char text[] = "Caducée";

  return dmp_card_key_sign_sha256 (key, text, strlen (text), error);
}

/* The module's calls and ours, counted on the card's side. */
static void
test_measure (void)
{
  g_autoptr (DmpCard) card = NULL;
  g_autoptr (GError) error = NULL;
  DmpCardCounts counts;
  guint start = on_card_count (">"), now;
  gint64 before = g_get_monotonic_time ();

#define STEP(what)                                                                                 \
  now = on_card_count (">");                                                                       \
  dmp_card_get_counts (card, &counts);                                                             \
  g_test_message ("%-36s %3u commands (ours so far %u, signatures %u, handshakes %u) %6.1f ms",    \
                  what, now - start, counts.apdus, counts.signatures, counts.handshakes,           \
                  (double) (g_get_monotonic_time () - before) / 1e3);                              \
  start = now;                                                                                     \
  before = g_get_monotonic_time ()

  card = on_card_open ();
  STEP ("open");
  on_card_sign_in (card);
  STEP ("sign in");
  for (guint i = 0; i < 2; i++)
    {
      g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_AUTHENTICATION), &error));
      g_assert_no_error (error);
      STEP ("authentication key");
      g_bytes_unref (on_card_sign (dmp_card_get_key (card, DMP_CARD_KEY_SIGNATURE), &error));
      g_assert_no_error (error);
      STEP ("signature key");
    }
  dmp_card_lock (card, &error);
  g_assert_no_error (error);
  STEP ("lock");
  on_card_sign_in (card);
  STEP ("sign in again");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dmp_card_prepare_process ();
  g_test_add_func ("/measure", test_measure);

  return g_test_run ();
}
