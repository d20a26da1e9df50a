#include "config.h"

/* Which documents of a record are worth fetching before a file is said not to be there. */

#include "session/dmp-draft-check.h"
#include "session/dmp-record-private.h"

#define FILE_SIZE 30000 /* 40 000 in base64 */

static void
add (GPtrArray *entries, const char *id, gint64 size, DmpStatus status)
{
  const DmpDocumentEntryFields fields = { .unique_id = id, .size = size, .status = status };

  g_ptr_array_add (entries, dmp_document_entry_new (&fields));
}

/* @entries: (transfer full). Returns: their ids, the likeliest first */
static char *
find (GPtrArray *entries, gsize size, guint *left)
{
  g_autoptr (GPtrArray) owned = entries;
  g_autoptr (DmpPatient) patient = dmp_patient_new (&(DmpPatientFields){ .ins = "1" });
  g_autoptr (DmpRecord) record = dmp_record_new (patient, DMP_ACCESS_NORMAL, NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  dmp_record_set_documents (record, owned);
  found = dmp_draft_find_holders (record, size, left);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (ids, "%s ",
                            dmp_document_entry_get_unique_id (g_ptr_array_index (found, i)));
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static GPtrArray *
new_entries (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
test_size (void)
{
  GPtrArray *entries = new_entries ();
  g_autofree char *ids = NULL;
  guint left;

  add (entries, "too-small", 40000, DMP_STATUS_APPROVED);
  add (entries, "large", 60000, DMP_STATUS_APPROVED);
  add (entries, "likely", 46500, DMP_STATUS_APPROVED);
  add (entries, "replaced", 46500, DMP_STATUS_DEPRECATED);
  add (entries, "too-large", 140000, DMP_STATUS_APPROVED);
  add (entries, "unknown", -1, DMP_STATUS_APPROVED);
  ids = find (entries, FILE_SIZE, &left);
  g_assert_cmpstr (ids, ==, "likely large unknown ");
  g_assert_cmpuint (left, ==, 0);
}

static void
test_bounds (void)
{
  const struct
  {
    gsize size;
    guint fetched;
  } cases[] = { { FILE_SIZE, 12 }, { 9 << 20, 2 }, { 60 << 20, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GPtrArray *entries = new_entries ();
      g_autofree char *ids = NULL;
      g_auto (GStrv) words = NULL;
      guint left;

      for (int n = 0; n < 40; n++)
        {
          g_autofree char *id = g_strdup_printf ("2.25.%d", n);

          add (entries, id, (gint64) cases[i].size / 3 * 4 + 5000, DMP_STATUS_APPROVED);
        }
      ids = find (entries, cases[i].size, &left);
      words = g_strsplit (ids, " ", -1);
      g_assert_cmpuint (g_strv_length (words), ==, cases[i].fetched + 1);
      g_assert_cmpuint (left, ==, 40 - cases[i].fetched);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-check/size", test_size);
  g_test_add_func ("/draft-check/bounds", test_bounds);
  return g_test_run ();
}
