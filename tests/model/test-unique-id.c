#include "config.h"

#include "model/dmp-unique-id.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *oid = dmp_unique_id_new_oid ();

      g_assert_true (g_str_has_prefix (oid, "2.25."));
      g_assert_true (dmp_unique_id_is_oid (oid));
      g_assert_true (g_hash_table_add (seen, oid));
    }
}

static void
test_is_oid (void)
{
  static const char *const wrong[] = { "",     ".",    "1",     "1.",    "3.2", "1..2",
                                       "1.2.", "1.02", "1.2.a", "1.2^x", " 1.2" };
  g_autofree char *longest =
      g_strdup ("1.2.250.1.213.1.4.10.1234567890123456789012345678901234567890123");
  g_autofree char *longer = g_strconcat (longest, "4", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (dmp_unique_id_is_oid (wrong[i]));
  g_assert_true (dmp_unique_id_is_oid ("1.2.250.1.213.1.4.10"));
  g_assert_true (dmp_unique_id_is_oid ("2.25.0"));
  g_assert_cmpuint (strlen (longest), ==, 64);
  g_assert_true (dmp_unique_id_is_oid (longest));
  g_assert_false (dmp_unique_id_is_oid (longer));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unique-id/new", test_new);
  g_test_add_func ("/unique-id/is-oid", test_is_oid);

  return g_test_run ();
}
