/* Which languages gettext may look for. */
#include "config.h"

#include <glib.h>

#include "model/dmp-locale.h"

static void
test_languages (void)
{
  static const struct
  {
    const char *languages, *expected;
  } rows[] = {
    { NULL, NULL },
    { "", NULL },
    { ":", NULL },
    { "fr", NULL },
    { "en", NULL },
    { "en:fr", NULL },
    { "fr:en", "fr" },
    { "fr_FR:en_GB:en", "fr_FR" },
    { "fr_FR.UTF-8:en", "fr_FR.UTF-8" },
    { "de:fr:en", "de:fr" },
    { "en:fr:de", "en:fr" },
    { "frr:en", NULL },
    { "f:en", NULL },
    { "fr:", "fr" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *languages = dmp_locale_dup_languages (rows[i].languages);

      g_assert_cmpstr (languages, ==, rows[i].expected);
    }
}

static void
test_start (void)
{
  g_setenv ("LANGUAGE", "fr_FR:en", TRUE);
  dmp_locale_start ();
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "fr_FR");
  g_setenv ("LANGUAGE", "en:fr", TRUE);
  dmp_locale_start ();
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "en:fr");
}

static void
test_no_locale (void)
{
  static const char *const plain[] = { "C", "POSIX", "xx_XX.NOWHERE" };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_setenv ("LC_ALL", plain[i], TRUE);
      dmp_locale_start ();
      g_assert_true (g_get_charset (NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locale/languages", test_languages);
  g_test_add_func ("/locale/start", test_start);
  g_test_add_func ("/locale/no-locale", test_no_locale);

  return g_test_run ();
}
