#include "config.h"

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

/* A plain main for fuzz targets: every file of the corpus as it is, cut short, and with bytes
 * changed by a generator with a fixed seed. With arguments, the files named there: a way to run
 * again what a fuzzer has found. */

#define CUTS 16
#define FLIPS 32

static void
run_copy (const char *bytes, gsize len)
{
  /* An exact copy, so that a read beyond the end is seen. */
  guint8 *copy = g_memdup2 (bytes, len);

  LLVMFuzzerTestOneInput (copy, len);
  g_free (copy);
}

static void
run_bent (const char *bytes, gsize len, GRand *rand)
{
  static const char interesting[] = "<>&\"'/= ^&|~\\\n\t\x80\xff"
                                    "09azAZ:";
  g_autofree char *copy = g_memdup2 (bytes, len);

  for (gint n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    copy[g_rand_int_range (rand, 0, (gint32) len)] =
        interesting[g_rand_int_range (rand, 0, sizeof interesting)];
  run_copy (copy, len);
}

static void
run_file (const char *path, gboolean bend)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *bytes = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  run_copy (bytes, len);
  for (guint i = 1; bend && len > 0 && i < CUTS; i++)
    run_copy (bytes, len * i / CUTS);
  for (guint i = 0; bend && len > 0 && i < FLIPS; i++)
    run_bent (bytes, len, rand);
}

static void
test_folder (gconstpointer folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint files = 0;

  g_assert_nonnull (dir);
  for (; (name = g_dir_read_name (dir)) != NULL; files++)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      run_file (file, TRUE);
    }
  g_assert_cmpuint (files, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i < argc; i++)
    run_file (argv[i], FALSE);
  if (argc > 1)
    return EXIT_SUCCESS;

  for (gsize i = 0; fuzz_corpus[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("/fuzz/", fuzz_corpus[i], NULL);

      g_test_add_data_func (name, fuzz_corpus[i], test_folder);
    }

  return g_test_run ();
}
