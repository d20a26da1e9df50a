#include "config.h"

#include "cda/dmp-fact-reader.h"
#include "summary/dmp-summary-private.h"

#include <string.h>

static void
test_understood (void)
{
  static const struct
  {
    const char *text;
    double dose, daily;
    char unit;
  } cases[] = {
    { "1 cp/j", 0, 1, 'u' },
    { "1 cp matin et soir", 1, 2, 'u' },
    { "1 cp matin, midi et soir", 1, 3, 'u' },
    { "1 cp le matin à jeun", 1, 1, 'u' },
    { "2 gélules par jour", 0, 2, 'u' },
    { "1 comprimé toutes les 6 heures", 1, 4, 'u' },
    { "1 cp toutes les 12 h pendant 7 jours", 1, 2, 'u' },
    { "1 cp 3 fois par jour", 1, 3, 'u' },
    { "0,5 cp le soir au coucher", 0.5, 0.5, 'u' },
    { "1 cp matin et soir tous les jours", 1, 2, 'u' },
    { "1 cp 3 fois par jour, matin, midi et soir", 1, 3, 'u' },
    { "18 UI le soir", 18, 18, 'i' },
    { "1cp matin et soir au cours des repas", 1, 2, 'u' },
    { "1 cp tous les jours", 0, 1, 'u' },
    { "1/2 cp le soir", 0.5, 0.5, 'u' },
    { "½ cp matin et soir", 0.5, 1, 'u' },
    { "1 g 3 fois par jour", 1000, 3000, 'm' },
    { "500 mg matin et soir", 500, 1000, 'm' },
    { "4 cp 1 fois par semaine", 4, 4 / 7., 'u' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DmpPosology got = { 0 };

      g_test_message ("%s", cases[i].text);
      g_assert_true (dmp_posology_parse (cases[i].text, &got));
      g_assert_cmpfloat (got.daily, ==, cases[i].daily);
      g_assert_cmpfloat (got.dose, ==, cases[i].dose);
      g_assert_cmpint (got.unit, ==, cases[i].unit);
    }
}

/* Anything not wholly understood is not compared at all. */
static void
test_not_understood (void)
{
  static const char *const texts[] = { "",
                                       "selon INR",
                                       "1 cp le soir, selon l'INR",
                                       "1 à 2 cp par jour",
                                       "1 cp si douleur",
                                       "2 cp le premier jour, puis 1 cp par jour",
                                       "1 cp",
                                       "un comprimé par jour",
                                       "18 UI le soir, à adapter",
                                       "1 application 2 fois par jour",
                                       "1 cp 3 fois par jour matin et soir",
                                       "1 cp par jour 1 semaine par mois",
                                       "1/2 cp un jour sur deux" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      DmpPosology got;

      g_test_message ("%s", texts[i]);
      g_assert_false (dmp_posology_parse (texts[i], &got));
    }
  g_assert_false (dmp_posology_parse (NULL, NULL));
}

static const char *
atc_of (const char *name)
{
  g_autoptr (DmpFact) fact = dmp_fact_new (DMP_FACT_TREATMENT);

  fact->text = g_strdup (name);
  return dmp_medicine_get_atc (fact);
}

static void
test_medicines (void)
{
  g_assert_cmpstr (atc_of ("ELIQUIS 2,5 mg, comprimé pelliculé"), ==, "B01AF02");
  g_assert_cmpstr (atc_of ("AMOXICILLINE KRKA 1 g"), ==, "J01CA04");
  g_assert_cmpstr (atc_of ("Furosémide Arrow 40 mg"), ==, "C03CA01");
  g_assert_cmpstr (atc_of ("PERINDOPRIL/AMLODIPINE 4 mg"), ==, NULL); /* a combination */
  g_assert_cmpstr (atc_of ("DAFALGAN CODEINE"), ==, NULL);
  g_assert_cmpstr (atc_of ("ELIQUISOL"), ==, NULL);
  g_assert_cmpstr (dmp_medicine_get_substance ("B01AF02"), ==, "apixaban");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/posology/understood", test_understood);
  g_test_add_func ("/posology/not-understood", test_not_understood);
  g_test_add_func ("/medicine/names", test_medicines);
  return g_test_run ();
}
