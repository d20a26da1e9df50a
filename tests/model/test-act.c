#include "config.h"

/* What an act is, by its code. */

#include "model/dmp-act.h"
#include "model/dmp-oid.h"

static DmpActKind
kind_of (const char *value, const char *system)
{
  g_autoptr (DmpCode) code = dmp_code_new (value, system, NULL);

  return dmp_act_kind_of (code);
}

/* Codes of the published CCAM; labels in the comments. */
static void
test_ccam (void)
{
  static const struct
  {
    const char *code;
    DmpActKind kind;
  } cases[] = {
    { "ZBQK002", DMP_ACT_IMAGING },     /* radiographie du thorax */
    { "ACQH003", DMP_ACT_IMAGING },     /* scanographie du crâne */
    { "JAQM004", DMP_ACT_IMAGING },     /* échographie du rein */
    { "HHQE002", DMP_ACT_EXAMINATION }, /* coloscopie totale */
    { "BJQP002", DMP_ACT_EXAMINATION }, /* motricité oculaire */
    { "DELF005", DMP_ACT_IMPLANT },     /* stimulateur cardiaque double chambre */
    { "NEKA020", DMP_ACT_IMPLANT },     /* prothèse totale de hanche */
    { "HHFA016", DMP_ACT_OTHER },       /* appendicectomie */
    { "ZBQK", DMP_ACT_OTHER },          /* no code of the CCAM */
    { "", DMP_ACT_OTHER },
  };
  static const char *const systems[] = { DMP_OID_CCAM, DMP_OID_CCAM_BODY, DMP_OID_CCAM_INSURER };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (systems); k++)
      {
        g_test_message ("%s", cases[i].code);
        g_assert_cmpint (kind_of (cases[i].code, systems[k]), ==, cases[i].kind);
      }
}

static void
test_insurer (void)
{
  g_assert_cmpint (kind_of ("0592", DMP_OID_NABM), ==, DMP_ACT_LABORATORY);
  g_assert_cmpint (kind_of ("G", DMP_OID_NGAP), ==, DMP_ACT_VISIT);
  g_assert_cmpint (kind_of ("1653", "1.2.250.1.215.200.3.1"), ==, DMP_ACT_OTHER);
}

/* Letters mean nothing elsewhere. */
static void
test_others (void)
{
  g_assert_cmpint (kind_of ("ZBQK002", DMP_OID_SNOMED_CT), ==, DMP_ACT_OTHER);
  g_assert_cmpint (dmp_act_kind_of (NULL), ==, DMP_ACT_OTHER);
}

static void
test_examination (void)
{
  static const gboolean is[] = {
    [DMP_ACT_OTHER] = FALSE,  [DMP_ACT_IMPLANT] = FALSE,   [DMP_ACT_EXAMINATION] = TRUE,
    [DMP_ACT_IMAGING] = TRUE, [DMP_ACT_LABORATORY] = TRUE, [DMP_ACT_VISIT] = FALSE
  };

  for (guint i = 0; i < G_N_ELEMENTS (is); i++)
    g_assert_cmpint (dmp_act_kind_is_examination ((DmpActKind) i), ==, is[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/act/ccam", test_ccam);
  g_test_add_func ("/act/insurer", test_insurer);
  g_test_add_func ("/act/others", test_others);
  g_test_add_func ("/act/examination", test_examination);

  return g_test_run ();
}
