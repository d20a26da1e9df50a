#include "config.h"

/* What the host's answer says about the document to be replaced. */

#include "model/dmp-error.h"
#include "session/dmp-replacement.h"

#define WANTED "2.25.1"

/* @ids: one entry each, ended by NULL */
static DmpTdFindResult *
new_answer (const char *const *ids, DmpStatus status)
{
  DmpTdFindResult *found = g_new0 (DmpTdFindResult, 1);

  found->entries = g_ptr_array_new_with_free_func (g_object_unref);
  found->references = g_ptr_array_new_with_free_func (g_free);
  found->submission_sets = g_ptr_array_new ();
  found->associations = g_ptr_array_new ();
  found->warnings = g_ptr_array_new ();
  found->total = -1;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const DmpDocumentEntryFields fields = { .unique_id = ids[i], .status = status };

      g_ptr_array_add (found->entries, dmp_document_entry_new (&fields));
    }
  return found;
}

/* Returns: whether it may be sent as new */
static gboolean
check (DmpTdFindResult *found, int code)
{
  g_autoptr (DmpTdFindResult) owned = found;
  g_autoptr (GError) error = NULL;
  gboolean absent = TRUE;
  DmpDocumentEntry *entry = dmp_replacement_pick (found, WANTED, &absent, &error);

  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, DMP_ERROR, code);
  g_assert_true ((entry != NULL) == (code < 0));
  return absent;
}

static void
test_there (void)
{
  const char *const ids[] = { WANTED, NULL };

  g_assert_false (check (new_answer (ids, DMP_STATUS_APPROVED), -1));
  g_assert_false (check (new_answer (ids, DMP_STATUS_DEPRECATED), DMP_ERROR_INVALID_DOCUMENT));
}

/* Only a whole and empty answer proves that it is not there. */
static void
test_absent (void)
{
  const char *const none[] = { NULL };
  const char *const other[] = { "2.25.2", NULL };
  const char *const two[] = { WANTED, WANTED, NULL };
  DmpTdFindResult *found;

  g_assert_true (check (new_answer (none, DMP_STATUS_APPROVED), DMP_ERROR_NOT_FOUND));
  found = new_answer (none, DMP_STATUS_APPROVED);
  found->partial = TRUE;
  g_assert_false (check (found, DMP_ERROR_INVALID_MESSAGE));
  found = new_answer (none, DMP_STATUS_APPROVED);
  found->unusable = 1;
  g_assert_false (check (found, DMP_ERROR_INVALID_MESSAGE));
  found = new_answer (none, DMP_STATUS_APPROVED);
  found->total = 1;
  g_assert_false (check (found, DMP_ERROR_INVALID_MESSAGE));
  found = new_answer (none, DMP_STATUS_APPROVED);
  g_ptr_array_add (found->references, g_strdup ("urn:uuid:1"));
  g_assert_false (check (found, DMP_ERROR_INVALID_MESSAGE));
  g_assert_false (check (new_answer (other, DMP_STATUS_APPROVED), DMP_ERROR_INVALID_MESSAGE));
  g_assert_false (check (new_answer (two, DMP_STATUS_APPROVED), DMP_ERROR_INVALID_MESSAGE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replacement/there", test_there);
  g_test_add_func ("/replacement/absent", test_absent);
  return g_test_run ();
}
