#include "config.h"

#include "session/dmp-digest.h"

/* What the digest has delivered so far. */
typedef struct
{
  guint deliveries;
  guint ends; /* deliveries with nothing pending */
  guint read;
} Log;

static void
delivered (GPtrArray *digested, DmpSummary *summary, guint pending, gpointer user_data)
{
  Log *log = user_data;

  log->deliveries++;
  log->ends += pending == 0;
  log->read += digested->len;
}

static DmpDocumentEntry *
new_entry (const char *unique_id)
{
  const DmpDocumentEntryFields fields = { .unique_id = unique_id, .title = "Lettre", .version = 1 };

  return dmp_document_entry_new (&fields);
}

static gboolean
too_late (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Whoever waits for "nothing pending" is gone after it: it must come once, as the last. A summary
 * is made between two documents when the last one is some time ago, and at the first. */
static void
test_end_comes_once (void)
{
  const DmpPatientFields fields = { .ins = "199077800100122", .ins_oid = "1.2.250.1.213.1.4.10" };
  g_autoptr (DmpPatient) patient = dmp_patient_new (&fields);
  g_autoptr (DmpDocumentEntry) entry = new_entry ("1.2.3");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<no/>", 5);
  Log log = { 0 };
  gboolean late = FALSE;
  guint timer;
  DmpDigest *digest = dmp_digest_new (patient, "20260101", "1", FALSE, delivered, &log);

  dmp_digest_expect (digest, entry);
  dmp_digest_feed (digest, entry, bytes);
  dmp_digest_end (digest, TRUE);
  while (log.ends == 0)
    g_main_context_iteration (NULL, TRUE);
  timer = g_timeout_add (200, too_late, &late); /* for what must not come */
  while (!late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  dmp_digest_free (digest);

  g_assert_cmpuint (log.read, ==, 1);
  g_assert_cmpuint (log.ends, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/end-comes-once", test_end_comes_once);
  return g_test_run ();
}
