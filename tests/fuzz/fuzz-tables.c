#include "config.h"

#include "fuzz.h"
#include "summary/dmp-bdpm.h"

#include <glib/gstdio.h>
#include <string.h>

const char *const fuzz_corpus[] = { "fuzz/corpus/tables", NULL };

static void
write_part (const char *folder, const char *name, const char *bytes, gsize len)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) len, NULL));
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* What was taken in can be used: the program reads what it has written, and finds each row. */
static void
check_import (const char *folder, const DmpBdpmCounts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpBdpm) bdpm = dmp_bdpm_open (folder, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dmp_bdpm_count_medicines (bdpm), ==, counts->medicines);
  g_assert_cmpuint (dmp_bdpm_count_packs (bdpm), ==, counts->packs);
}

/* Looks a few codes up, in whatever the file holds. */
static void
look_up (const char *folder)
{
  static const char *const codes[] = { "60000001", "3400900000010", "00000000", "99999999", "" };
  g_autoptr (DmpBdpm) bdpm = dmp_bdpm_open (folder, NULL);

  for (guint i = 0; bdpm && i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *name = NULL, *substances = NULL, *cis = NULL;
      guint units = 0;

      dmp_bdpm_find_medicine (bdpm, codes[i], &name, &substances);
      cis = dmp_bdpm_find_pack (bdpm, codes[i], &units);
    }
}

/* Three published files with a form feed between them; the whole again as a table imported before,
 * and as the label of a pack. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const names[] = { "CIS_bdpm.txt", "CIS_CIP_bdpm.txt", "CIS_COMPO_bdpm.txt" };
  g_autofree char *folder = g_dir_make_tmp ("fuzz-tables-XXXXXX", NULL);
  g_autofree char *label = g_strndup (size > 0 ? (const char *) data : "", size);
  const char *p = (const char *) data, *end = p + size;
  DmpBdpmCounts counts = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *stop = i < 2 && p < end ? memchr (p, '\f', (gsize) (end - p)) : NULL;

      write_part (folder, names[i], p, (gsize) ((stop ? stop : end) - p));
      p = stop ? stop + 1 : end;
    }
  if (dmp_bdpm_import (folder, folder, "2026-01-12", &counts, NULL))
    check_import (folder, &counts);
  look_up (folder);
  write_part (folder, "bdpm-medicines.tsv", (const char *) data, size);
  write_part (folder, "bdpm-packs.tsv", (const char *) data, size);
  look_up (folder);
  dmp_bdpm_read_units (label);
  empty_folder (folder);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return 0;
}
