#include "config.h"

#include "on-card.h"

#include "pkcs11/dmp-card-watch.h"

#define TOO_LONG_S 20

static gboolean
give_up (gpointer user_data)
{
  g_error ("no change of the readers within %d s", TOO_LONG_S);
  return G_SOURCE_REMOVE;
}

typedef gboolean (*Condition) (DmpCardWatch *watch);

/* Runs the main context until @condition holds: each turn waits for the next "changed". */
static void
await (DmpCardWatch *watch, Condition condition)
{
  guint timeout = g_timeout_add_seconds (TOO_LONG_S, give_up, NULL);

  while (!condition (watch))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static gboolean
is_ready (DmpCardWatch *watch)
{
  return dmp_card_watch_is_ready (watch);
}

static gboolean
has_cps (DmpCardWatch *watch)
{
  return dmp_card_watch_find (watch, DMP_CARD_KIND_CPS) != NULL;
}

static gboolean
has_no_cps (DmpCardWatch *watch)
{
  return dmp_card_watch_has_service (watch) && !has_cps (watch);
}

static gboolean
has_vitale (DmpCardWatch *watch)
{
  return dmp_card_watch_find (watch, DMP_CARD_KIND_VITALE) != NULL;
}

static gboolean
has_no_service (DmpCardWatch *watch)
{
  return dmp_card_watch_is_ready (watch) && !dmp_card_watch_has_service (watch);
}

static void
count_change (DmpCardWatch *watch, guint *n)
{
  ++*n;
}

static void
test_cards (void)
{
  g_autoptr (DmpCardWatch) watch = dmp_card_watch_new ();
  guint changes = 0, insertion;
  const DmpCardReader *reader;

  g_signal_connect (watch, "changed", G_CALLBACK (count_change), &changes);
  g_assert_false (dmp_card_watch_is_ready (watch));
  dmp_card_watch_start (watch);
  dmp_card_watch_start (watch);
  await (watch, has_cps);
  g_assert_true (has_vitale (watch));
  g_assert_true (dmp_card_watch_has_service (watch));
  g_assert_cmpuint (dmp_card_watch_get_readers (watch)->len, ==, 2);
  reader = dmp_card_watch_find (watch, DMP_CARD_KIND_CPS);
  g_assert_cmpstr (reader->name, ==, ON_CARD_READER);
  g_assert_cmpuint (g_bytes_get_size (reader->atr), ==, 17);
  insertion = reader->insertion;
  g_assert_cmpstr (dmp_card_watch_find (watch, DMP_CARD_KIND_VITALE)->name, ==,
                   ON_CARD_VITALE_READER);

  on_card_do ("pull", NULL);
  await (watch, has_no_cps);
  g_assert_null (
      ((DmpCardReader *) g_ptr_array_index (dmp_card_watch_get_readers (watch), 0))->atr);
  on_card_do ("insert", NULL);
  await (watch, has_cps);
  g_assert_cmpuint (dmp_card_watch_find (watch, DMP_CARD_KIND_CPS)->insertion, ==, insertion + 1);

  /* looking costs the cards nothing */
  g_assert_cmpuint (on_card_count (">"), ==, 0);
  g_assert_cmpuint (on_card_count_in ("VITALE_LOG", ">"), ==, 0);

  dmp_card_watch_stop (watch);
  changes = 0;
  on_card_do ("pull", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (changes, ==, 0);

  /* and on again */
  dmp_card_watch_start (watch);
  await (watch, has_no_cps);
}

static gboolean
has_second_insertion (DmpCardWatch *watch)
{
  const DmpCardReader *reader = dmp_card_watch_find (watch, DMP_CARD_KIND_CPS);

  return reader != NULL && reader->insertion >= 2;
}

/* The main loop was busy while the card was swapped: the number of the insertion tells. */
static void
test_unseen (void)
{
  g_autoptr (DmpCardWatch) watch = dmp_card_watch_new ();

  dmp_card_watch_start (watch);
  await (watch, has_cps);
  g_assert_cmpuint (dmp_card_watch_find (watch, DMP_CARD_KIND_CPS)->insertion, ==, 1);
  on_card_do ("swap", "ward");
  await (watch, has_second_insertion);
}

/* Our own use of the card is no news. */
static void
test_quiet (void)
{
  g_autoptr (DmpCardWatch) watch = dmp_card_watch_new ();
  g_autoptr (DmpCard) card = NULL;
  g_autoptr (GError) error = NULL;
  guint changes = 0;

  dmp_card_watch_start (watch);
  await (watch, has_cps);
  g_signal_connect (watch, "changed", G_CALLBACK (count_change), &changes);
  card = on_card_open ();
  on_card_sign_in (card);
  g_assert_true (dmp_card_lock (card, &error));
  g_clear_object (&card);
  on_card_do ("pull", NULL);
  await (watch, has_no_cps);
  g_assert_cmpuint (changes, ==, 1);
}

static void
test_service (void)
{
  g_autoptr (DmpCardWatch) watch = dmp_card_watch_new ();

  dmp_card_watch_start (watch);
  await (watch, has_cps);
  on_card_do ("stop-pcscd", NULL);
  await (watch, has_no_service);
  g_assert_cmpuint (dmp_card_watch_get_readers (watch)->len, ==, 0);
  on_card_do ("start-pcscd", NULL);
  await (watch, has_cps);
}

static void
test_late_service (void)
{
  g_autoptr (DmpCardWatch) watch = dmp_card_watch_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_card_list_readers (&error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_SERVICE);
  dmp_card_watch_start (watch);
  await (watch, has_no_service);
  on_card_do ("start-pcscd", NULL);
  await (watch, has_cps);
}

static void
test_no_reader (void)
{
  g_autoptr (DmpCardWatch) watch = dmp_card_watch_new ();
  g_autoptr (GError) error = NULL;

  dmp_card_watch_start (watch);
  await (watch, is_ready);
  g_assert_true (dmp_card_watch_has_service (watch));
  g_assert_cmpuint (dmp_card_watch_get_readers (watch)->len, ==, 0);
  g_assert_null (dmp_card_list_readers (&error));
  on_card_assert_error (error, DMP_CARD_ERROR_NO_READER);
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = dmp_card_list_readers (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (readers->len, ==, 2);
  g_assert_cmpint (((DmpCardReader *) g_ptr_array_index (readers, 0))->kind, ==, DMP_CARD_KIND_CPS);
  g_assert_cmpint (((DmpCardReader *) g_ptr_array_index (readers, 1))->kind, ==,
                   DMP_CARD_KIND_VITALE);
}

void
on_card_add_watch (void)
{
  g_test_add_func ("/watch/cards", test_cards);
  g_test_add_func ("/watch/unseen", test_unseen);
  g_test_add_func ("/watch/quiet", test_quiet);
  g_test_add_func ("/watch/service", test_service);
  g_test_add_func ("/watch/late-service", test_late_service);
  g_test_add_func ("/watch/no-reader", test_no_reader);
  g_test_add_func ("/watch/list", test_list);
}
