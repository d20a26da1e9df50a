#include "config.h"

#include "model/dmp-date.h"

static void
test_check (void)
{
  static const char *const good[] = { "2026",
                                      "202601",
                                      "20260112",
                                      "2026011214",
                                      "202601121432",
                                      "20260112143205",
                                      "20260112143205.123",
                                      "20260112143205+0100",
                                      "20240229",
                                      "202601121432-0500",
                                      "20260112143205Z" };
  static const char *const bad[] = { "",
                                     "26",
                                     "20261",
                                     "20261301",
                                     "20260230",
                                     "2026011224",
                                     "202601121460",
                                     "20260112143205+1",
                                     "20260112143205+9900",
                                     "2026-01-12",
                                     "20260112x",
                                     "20250229",
                                     "2026011214.5",
                                     "20260112143205." };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dmp_date_check (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (dmp_date_check (bad[i]));
  g_assert_false (dmp_date_check (NULL));
}

static void
assert_display (const char *ts, gboolean utc, gboolean with_time, const char *expected)
{
  g_autofree char *shown = dmp_date_dup_display (ts, utc, with_time);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_display (void)
{
  assert_display ("2026", TRUE, TRUE, "2026");
  assert_display ("202601", TRUE, TRUE, "01/2026");
  assert_display ("20260112", TRUE, TRUE, "12/01/2026");
  assert_display ("20260112143205", FALSE, TRUE, "12/01/2026 14:32");
  assert_display ("20260112143205", FALSE, FALSE, "12/01/2026");
  /* UTC is one hour behind Paris in winter, two in summer. */
  assert_display ("20260112143205", TRUE, TRUE, "12/01/2026 15:32");
  assert_display ("202607121432", TRUE, TRUE, "12/07/2026 16:32");
  assert_display ("20260112233000", TRUE, FALSE, "13/01/2026");
  assert_display ("20260112143205-0500", FALSE, TRUE, "12/01/2026 20:32");
  assert_display ("2026011214", FALSE, TRUE, "12/01/2026 14\302\240h");
  assert_display ("le 12 mars", TRUE, TRUE, "le 12 mars");
  assert_display (NULL, TRUE, TRUE, "");
}

static void
test_prose (void)
{
  g_autofree char *day = dmp_date_dup_prose ("20260112143205", TRUE);
  g_autofree char *first = dmp_date_dup_prose ("20260801", TRUE);
  g_autofree char *month = dmp_date_dup_prose ("202612", TRUE);
  g_autofree char *year = dmp_date_dup_prose ("2026", TRUE);

  g_assert_cmpstr (day, ==, "12 janvier 2026");
  g_assert_cmpstr (first, ==, "1er août 2026");
  g_assert_cmpstr (month, ==, "décembre 2026");
  g_assert_cmpstr (year, ==, "2026");
}

static void
test_compare (void)
{
  static const char *const ordered[] = { NULL,
                                         "nothing",
                                         "2025",
                                         "202512",
                                         "20251231",
                                         "2026",
                                         "202601",
                                         "20260112",
                                         "20260112143205+0200", /* 12:32 UTC */
                                         "20260112143205+0100", /* 13:32 UTC */
                                         "20260112143205",
                                         "20260112143205.5" };

  for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ordered); j++)
      {
        int order = dmp_date_compare (ordered[i], ordered[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static void
test_convert (void)
{
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (GDateTime) time = g_date_time_new (paris, 2026, 7, 1, 0, 30, 5);
  g_autofree char *utc = dmp_date_dup_utc (time);
  g_autofree char *cda = dmp_date_dup_cda (time);
  g_autofree char *zoned = dmp_date_dup_cda_to_utc ("202607010030+0200");
  g_autofree char *local = dmp_date_dup_cda_to_utc ("20260112003000");
  g_autofree char *day = dmp_date_dup_cda_to_utc ("20260701");
  g_autoptr (GDateTime) parsed = dmp_date_parse ("20260630223005", TRUE);

  g_assert_cmpstr (utc, ==, "20260630223005");
  g_assert_cmpstr (cda, ==, "20260701003005+0200");
  g_assert_cmpstr (zoned, ==, "202606302230");
  g_assert_cmpstr (local, ==, "20260111233000");
  g_assert_cmpstr (day, ==, "20260701");
  g_assert_null (dmp_date_dup_cda_to_utc ("juillet"));
  g_assert_cmpint (g_date_time_compare (parsed, time), ==, 0);
  g_assert_null (dmp_date_parse ("202606", TRUE));
}

static void
test_days (void)
{
  gboolean ok;

  g_assert_cmpint (dmp_date_days_between ("20240228", "20240301", &ok), ==, 2);
  g_assert_true (ok);
  g_assert_cmpint (dmp_date_days_between ("20260112143205", "20260111", &ok), ==, -1);
  g_assert_cmpint (dmp_date_days_between ("202601", "20260111", &ok), ==, 0);
  g_assert_false (ok);
}

static void
test_before (void)
{
  g_autofree char *today = dmp_date_dup_today ();

  g_assert_true (dmp_date_is_before ("20260111", "20260112"));
  g_assert_false (dmp_date_is_before ("20260112", "20260112"));
  g_assert_true (dmp_date_is_before ("2025", "20260112"));
  g_assert_false (dmp_date_is_before ("2026", "20260112")); /* perhaps after it */
  g_assert_false (dmp_date_is_before ("202601", "2026"));
  g_assert_true (dmp_date_is_before ("202601122330+0100", "20260112233100"));
  g_assert_true (dmp_date_is_before ("20260112", "202601122330+0000")); /* the 13th in Paris */
  g_assert_false (dmp_date_is_before (NULL, "2026"));
  g_assert_false (dmp_date_is_before ("2025", "soon"));
  g_assert_true (dmp_date_is_before ("20261121", today));
  g_assert_true (dmp_date_check (today) && strlen (today) == 8);
}

static void
test_typed (void)
{
  static const char *const said[][2] = {
    { "15/01/2026", "20260115" }, { "1/2/2020", "20200201" },   { " 05/2019 ", "201905" },
    { "2019", "2019" },           { "12.05.2019", "20190512" }, { "12-5-2019", "20190512" },
    { "12 05 2019", "20190512" }, { "29/02/2024", "20240229" },
  };
  static const char *const refused[] = { "1x/02/2026",    "01/2x/2026",  "+1/02/2026",
                                         "31/02/2026",    "01/13/2026",  "01/02/26",
                                         "01/02/20261",   "001/02/2026", "01//02/2026",
                                         "01/02/2026/03", "hier",        "" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *stamp = dmp_date_dup_typed (said[i][0]);

      g_assert_cmpstr (stamp, ==, said[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (dmp_date_dup_typed (refused[i]));
  g_assert_null (dmp_date_dup_typed (NULL));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Paris", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/check", test_check);
  g_test_add_func ("/date/display", test_display);
  g_test_add_func ("/date/prose", test_prose);
  g_test_add_func ("/date/compare", test_compare);
  g_test_add_func ("/date/before", test_before);
  g_test_add_func ("/date/typed", test_typed);
  g_test_add_func ("/date/convert", test_convert);
  g_test_add_func ("/date/days", test_days);

  return g_test_run ();
}
