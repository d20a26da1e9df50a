#include "config.h"

#include "model/dmp-error.h"
#include "session/dmp-access-words.h"
#include "session/dmp-config.h"

#include <glib/gstdio.h>
#include <string.h>

/* Not G_TEST_OPTION_ISOLATE_DIRS: GLib 2.74 leaks the folders it makes up, and valgrind says so. */
static char *
write_file (const char *dir, const char *name, const char *text)
{
  char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static DmpConfig *
load (const char *user, const char *policy, GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("config-XXXXXX", NULL);
  g_autofree char *user_path = write_file (dir, "user.ini", user);
  g_autofree char *policy_path = write_file (dir, "policy.ini", policy);
  DmpConfig *config = dmp_config_load (user_path, policy_path, error);

  g_unlink (user_path);
  g_unlink (policy_path);
  g_rmdir (dir);
  return config;
}

static void
test_policy_wins (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpConfig) config = load ("[host]\nurl=https://a.example/x/\nresponse-timeout=5\n",
                                       "[host]\nurl=https://b.example\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dmp_config_get_host_url (config), ==, "https://b.example");
  g_assert_cmpuint (dmp_config_get_response_timeout (config), ==, 5);
  g_assert_cmpuint (dmp_config_get_connect_timeout (config), ==, 10);
  g_assert_cmpstr (dmp_config_get_software_name (config), ==, "Caducée");
}

/* An administrator switches a check off for everybody. */
static void
test_checks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpConfig) usual = load ("", "", &error);
  g_autoptr (DmpConfig) config =
      load ("[checks]\ninteractions=1\nallergies=1\n", "[checks]\nallergies=0\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dmp_config_get_checks (usual), ==, DMP_CHECKS_DEFAULT);
  g_assert_cmpuint (dmp_config_get_checks (config), ==,
                    DMP_CHECK_INTERACTIONS | DMP_CHECK_MONITORING);
}

static void
test_refused (void)
{
  static const char *const wrong[] = {
    "[host]\nurl=http://a.example\n",
    "[host]\nurl=file:///etc\n",
    "[host]\nconnect-timeout=-1\n",
    "[host]\nconnect-timeout=121\n",
    "[session]\nbatch-size=0\n",
    "[session]\nbatch-size=17\n",
    "[session]\nassertion-lifetime=a while\n",
    "no group\n",
    "[host]\nurll=https://a.example\n",
    "[hosts]\nurl=https://a.example\n",
    "[checks]\nallergies=2\n",
    "[access]\nclosed-classes=21\n",
    "[access]\nclosed-classes=21:nothing\n",
    "[access]\nclosed-classes=1:10\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (wrong[i], "", &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG);
    }
}

/* What a profession may not see, in words that depend on nothing else. */
static void
test_closed_classes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpConfig) config = load ("[access]\nclosed-classes=21:31, 52; 60:31\n", "", &error);
  g_autoptr (DmpCode) pharmacist = dmp_code_new ("21", "1.2.250.1.71.1.2.7", NULL);
  g_autoptr (DmpCode) doctor = dmp_code_new ("10", "1.2.250.1.71.1.2.7", NULL);
  g_autofree char *closed = NULL, *open = NULL, *unknown = NULL;
  gboolean known;

  g_assert_no_error (error);
  closed = dmp_access_words_make (dmp_config_get_closed_classes (config), pharmacist, &known);
  g_assert_true (known);
  g_assert_nonnull (strstr (closed, "Pharmacien"));
  g_assert_nonnull (strstr (closed, "Imagerie médicale · Certificat, déclaration"));
  open = dmp_access_words_make (dmp_config_get_closed_classes (config), doctor, &known);
  g_assert_false (known);
  g_assert_nonnull (strstr (open, "Médecin"));
  g_assert_null (strstr (open, "Imagerie"));
  unknown = dmp_access_words_make ("", NULL, &known);
  g_assert_false (known);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dmp_config_load ("/nonexistent/caducee.ini", NULL, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/policy-wins", test_policy_wins);
  g_test_add_func ("/config/checks", test_checks);
  g_test_add_func ("/config/closed-classes", test_closed_classes);
  g_test_add_func ("/config/refused", test_refused);
  g_test_add_func ("/config/missing", test_missing);

  return g_test_run ();
}
