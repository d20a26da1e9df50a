/* Which PKCS#11 modules are trusted with the PIN. */
#include "config.h"

#include "pkcs11/dmp-card.h"
#include "pkcs11/dmp-pkcs11.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
assert_refused (const char *module)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dmp_pkcs11_resolve_module (module, &error);

  g_assert_error (error, DMP_CARD_ERROR, DMP_CARD_ERROR_MODULE);
  g_assert_null (path);
}

static void
test_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("module-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "module.so", NULL);

  assert_refused ("");
  assert_refused ("opensc-pkcs11.so");
  assert_refused ("../opensc-pkcs11.so");
  assert_refused ("/nowhere/opensc-pkcs11.so");
  assert_refused ("/usr/lib");
  assert_refused ("/dev/null");

  /* ours, but below a folder where everybody writes */
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_refused (file);
  g_remove (file);
  g_rmdir (folder);
}

/* In the build folder, which is ours unless it lies in a shared one. */
static void
test_accepted (void)
{
  g_autofree char *here = g_canonicalize_filename (".", NULL);
  g_autofree char *file = g_build_filename (here, "test-module.so", NULL);
  g_autofree char *link = g_build_filename (here, "test-module-link.so", NULL);
  g_autofree char *path = NULL, *same = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  path = dmp_pkcs11_resolve_module (file, &error);
  if (path == NULL)
    g_test_skip ("the build folder is not safe");
  else
    {
      g_assert_cmpstr (path, ==, file);
      g_assert_cmpint (symlink (file, link), ==, 0);
      same = dmp_pkcs11_resolve_module (link, &error);
      g_assert_cmpstr (same, ==, file);
      g_remove (link);
      g_chmod (file, 0666);
      assert_refused (file);
    }
  g_remove (file);
}

static void
test_default (void)
{
  const char *module = dmp_pkcs11_default_module ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_path_is_absolute (module));
  if (!g_file_test (module, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no PKCS#11 module for the CPS");
      return;
    }
  path = dmp_pkcs11_resolve_module (module, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/module/refused", test_refused);
  g_test_add_func ("/module/accepted", test_accepted);
  g_test_add_func ("/module/default", test_default);

  return g_test_run ();
}
