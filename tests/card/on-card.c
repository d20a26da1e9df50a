/* Scenarios with the real pcscd, OpenSC and virtual cards: test-*.sh start each one inside the
 * reader it needs. */
#include "config.h"

#include "on-card.h"

#include <string.h>
#include <winscard.h>

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
on_card_do (const char *action, const char *argument)
{
  g_autofree char *script =
      g_build_filename (g_getenv ("top_srcdir"), "tests", "cards-ctl.sh", NULL);
  const char *argv[] = { script, g_getenv ("READER_DIR"), action, argument, NULL };

  run (argv);
}

/* A connection of its own stands for the other program: PC/SC makes no difference. */
static void
as_other (const guint8 *command, gsize len, DWORD end)
{
  SCARDCONTEXT context;
  SCARDHANDLE card;
  DWORD protocol, got = 256;
  guint8 answer[256];

  g_assert_cmpint (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context), ==, 0);
  g_assert_cmpint (SCardConnect (context, ON_CARD_READER, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0,
                                 &card, &protocol),
                   ==, 0);
  if (command != NULL)
    {
      g_assert_cmpint (SCardTransmit (card, SCARD_PCI_T0, command, len, NULL, answer, &got), ==, 0);
      g_assert_cmpint (got, ==, 2);
      g_assert_cmpint (answer[0], ==, 0x90);
    }
  g_assert_cmpint (SCardDisconnect (card, end), ==, 0);
  SCardReleaseContext (context);
}

void
on_card_reset_by_other (void)
{
  as_other (NULL, 0, SCARD_RESET_CARD);
}

void
on_card_verify_by_other (void)
{
  static const guint8 verify[] = { 0x00, 0x20, 0x00, 0x01, 8,    '1', '2',
                                   '3',  '4',  0xff, 0xff, 0xff, 0xff };

  as_other (verify, sizeof verify, SCARD_LEAVE_CARD);
}

guint
on_card_count_in (const char *log, const char *prefix)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (g_getenv (log), &text, NULL, NULL))
    return 0;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *mark = strpbrk (lines[i], "<>=");

      if (mark != NULL && g_str_has_prefix (mark, prefix))
        n++;
    }
  return n;
}

guint
on_card_count (const char *prefix)
{
  return on_card_count_in ("APDU_LOG", prefix);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("READER_DIR") == NULL)
    g_error ("run test-card.sh, which starts this inside a reader");

  dmp_card_prepare_process ();
  on_card_add_identity ();
  on_card_add_keys ();
  on_card_add_pin ();
  on_card_add_presence ();
  on_card_add_vitale ();
  on_card_add_watch ();
  return g_test_run ();
}
