#include "config.h"

#include "model/dmp-oid.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"
#include "model/dmp-text.h"

static void
test_text (void)
{
  g_autofree char *folded = dmp_text_fold ("  Noël-Œuvrard  d’Épée ");
  g_autofree char *cut_letter = g_strdup ("No\xc3"); /* in a block of its own size */
  g_autofree char *cut = dmp_text_fold (cut_letter);
  g_autofree char *given = dmp_text_dup_given ("JEAN-PIERRE");
  g_autofree char *kept = dmp_text_dup_given ("McCoy");
  g_autofree char *family = dmp_text_dup_family ("Lefèvre");

  g_assert_cmpstr (folded, ==, "noel oeuvrard d epee");
  g_assert_cmpstr (cut, ==, "no\xef\xbf\xbd");
  g_assert_cmpstr (given, ==, "Jean-Pierre");
  g_assert_cmpstr (kept, ==, "McCoy");
  g_assert_cmpstr (family, ==, "LEFÈVRE");
  g_assert_true (dmp_text_same ("LE GOFF", "Le-Goff"));
  g_assert_false (dmp_text_same ("LE GOFF", "LEGOFF"));
  g_assert_true (dmp_text_same (NULL, ""));
  g_assert_null (dmp_text_dup_strip ("  "));
}

static void
test_patient_name (void)
{
  DmpPatientFields f = {
    .birth_family = "DUPONT", .family = "Martin", .given = "JEANNE", .sex = DMP_SEX_FEMALE
  };
  g_autoptr (DmpPatient) married = dmp_patient_new (&f);
  g_autofree char *name = dmp_patient_dup_display_name (married);
  g_autoptr (DmpPatient) plain = NULL, bare = NULL;
  g_autofree char *plain_name = NULL, *bare_name = NULL;

  g_assert_cmpstr (name, ==, "MARTIN Jeanne, née DUPONT");
  f.family = "dupont";
  plain = dmp_patient_new (&f);
  plain_name = dmp_patient_dup_display_name (plain);
  g_assert_cmpstr (plain_name, ==, "DUPONT Jeanne");
  f = (DmpPatientFields){ .ins = "285067505612354", .birth_family = " " };
  bare = dmp_patient_new (&f);
  bare_name = dmp_patient_dup_display_name (bare);
  g_assert_cmpstr (bare_name, ==, "");
  g_assert_null (dmp_patient_get_birth_family (bare));
  g_assert_cmpint (dmp_patient_get_sex (bare), ==, DMP_SEX_UNKNOWN);
}

static void
assert_age (const char *birth, const char *today, const char *expected)
{
  DmpPatientFields f = { .birth_date = birth };
  g_autoptr (DmpPatient) patient = dmp_patient_new (&f);
  g_autofree char *age = dmp_patient_dup_age (patient, today);

  g_assert_cmpstr (age, ==, expected);
}

static void
test_patient_age (void)
{
  assert_age ("19530203", "20260202", "72 ans");
  assert_age ("19530203", "20260203", "73 ans");
  assert_age ("20240203", "20260203", "2 ans");
  assert_age ("20240203", "20260202", "23 mois");
  assert_age ("20251203", "20260202", "61 jours");
  assert_age ("20251202", "20260202", "2 mois");
  assert_age ("20260201", "20260202", "1 jour");
  assert_age ("195302", "20260203", NULL);
  assert_age ("19531900", "20260203", NULL);
  assert_age (NULL, "20260203", NULL);
}

static gboolean
matches (const char *ins, const char *family, const char *birth, DmpSex sex)
{
  DmpPatientFields a = { .ins = "285067505612354",
                         .birth_family = "Le Goff-Œuvré",
                         .birth_date = "19850612",
                         .sex = DMP_SEX_FEMALE };
  DmpPatientFields b = { .ins = ins, .birth_family = family, .birth_date = birth, .sex = sex };
  g_autoptr (DmpPatient) one = dmp_patient_new (&a);
  g_autoptr (DmpPatient) other = dmp_patient_new (&b);

  g_assert_cmpint (dmp_patient_matches (one, other), ==, dmp_patient_matches (other, one));

  return dmp_patient_matches (one, other);
}

static void
test_patient_matches (void)
{
  g_assert_true (matches ("285067505612354", "LE GOFF OEUVRE", "19850612", DMP_SEX_FEMALE));
  g_assert_true (matches ("285067505612354", NULL, NULL, DMP_SEX_UNKNOWN));
  g_assert_true (matches ("285067505612354", NULL, "19850000", DMP_SEX_FEMALE));
  g_assert_true (matches ("285067505612354", NULL, "1985", DMP_SEX_FEMALE));
  g_assert_false (matches ("285067505612355", "LE GOFF OEUVRE", "19850612", DMP_SEX_FEMALE));
  g_assert_false (matches (NULL, "LE GOFF OEUVRE", "19850612", DMP_SEX_FEMALE));
  g_assert_false (matches ("285067505612354", "LE GALL", "19850612", DMP_SEX_FEMALE));
  g_assert_false (matches ("285067505612354", "LE GOFF OEUVRE", "19850613", DMP_SEX_FEMALE));
  g_assert_false (matches ("285067505612354", "LE GOFF OEUVRE", "19850612", DMP_SEX_MALE));
}

static void
test_practitioner (void)
{
  g_autoptr (DmpCode) doctor = dmp_code_new ("10", DMP_OID_PROFESSION, "Médecin");
  g_autoptr (DmpCode) general = dmp_code_new ("SM26", DMP_OID_SPECIALITY, "Médecine générale");
  DmpPractitionerFields f = { .national_id = "899700000017",
                              .family = "LEROY",
                              .given = "Claire",
                              .civility = "DR",
                              .profession = doctor,
                              .speciality = general,
                              .card_kind = "CPS" };
  g_autoptr (DmpPractitioner) gp = dmp_practitioner_new (&f);
  g_autofree char *name = dmp_practitioner_dup_display_name (gp);
  g_autoptr (DmpCode) specialty = dmp_practitioner_dup_author_specialty (gp);
  g_autoptr (DmpPractitioner) secretary = NULL;
  g_autofree char *secretary_name = NULL;

  g_assert_cmpstr (name, ==, "Dr Claire LEROY");
  g_assert_cmpstr (dmp_code_get_code (specialty), ==, "G15_10/SM26");
  g_assert_cmpstr (dmp_code_get_system (specialty), ==, "1.2.250.1.213.1.1.4.5");
  g_assert_cmpstr (dmp_code_get_display (specialty), ==,
                   "Médecin - Qualifié en Médecine Générale (SM)");

  f = (DmpPractitionerFields){ .national_id = "10B0770001/000000018", .card_kind = "CPE" };
  secretary = dmp_practitioner_new (&f);
  secretary_name = dmp_practitioner_dup_display_name (secretary);
  g_assert_cmpstr (secretary_name, ==, "10B0770001/000000018");
  g_assert_null (dmp_practitioner_dup_author_specialty (secretary));
}

static void
test_unlisted_specialty (void)
{
  g_autoptr (DmpCode) nurse = dmp_code_new ("60", DMP_OID_PROFESSION, NULL);
  g_autoptr (DmpCode) odd = dmp_code_new ("ZZ99", DMP_OID_SPECIALITY, "Neuve");
  DmpPractitionerFields f = { .profession = nurse, .speciality = odd };
  g_autoptr (DmpPractitioner) who = dmp_practitioner_new (&f);
  g_autoptr (DmpCode) specialty = dmp_practitioner_dup_author_specialty (who);

  g_assert_cmpstr (dmp_code_get_code (specialty), ==, "G15_60/ZZ99");
  g_assert_cmpstr (dmp_code_get_display (specialty), ==, "Infirmier - Neuve");
}

static void
check_found (const char *text, const char *words, guint n, guint start, guint end)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  dmp_text_find (text, words, starts, ends);
  g_assert_cmpuint (starts->len, ==, n);
  g_assert_cmpuint (ends->len, ==, n);
  if (n > 0)
    {
      g_assert_cmpuint (g_array_index (starts, guint, n - 1), ==, start);
      g_assert_cmpuint (g_array_index (ends, guint, n - 1), ==, end);
    }
}

static void
test_find (void)
{
  check_found ("Hémoglobine A1c", "hemo", 1, 0, 4);
  check_found ("un œdème", "OEDEME", 1, 3, 8);
  check_found ("aaaa", "aa", 2, 2, 4);
  check_found ("non  fumeur\nnon-fumeur", "non fumeur ", 2, 12, 22);
  check_found ("é\u0301té", "ete", 1, 0, 4);
  check_found ("texte", "", 0, 0, 0);
  check_found ("texte", " ", 0, 0, 0);
  check_found ("", "a", 0, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/people/text", test_text);
  g_test_add_func ("/people/patient-name", test_patient_name);
  g_test_add_func ("/people/patient-age", test_patient_age);
  g_test_add_func ("/people/patient-matches", test_patient_matches);
  g_test_add_func ("/people/practitioner", test_practitioner);
  g_test_add_func ("/people/unlisted-specialty", test_unlisted_specialty);

  g_test_add_func ("/text/find", test_find);

  return g_test_run ();
}
