#include "config.h"

#include "model/dmp-code-search.h"

#include <string.h>

static const DmpCodeRow *
first (DmpCodeTable table, const char *words)
{
  g_autoptr (GPtrArray) found = dmp_code_search (&table, 1, words, 8);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

static void
assert_first (DmpCodeTable table, const char *words, const char *code)
{
  const DmpCodeRow *row = first (table, words);

  g_assert_nonnull (row);
  g_assert_cmpstr (row->code, ==, code);
}

/* As doctors type: without accents, beginnings of words in any order, codes. */
static void
test_words (void)
{
  assert_first (DMP_TABLE_DIAGNOSIS, "i10", "I10");
  assert_first (DMP_TABLE_DIAGNOSIS, "hypertension ess", "I10");
  assert_first (DMP_TABLE_DIAGNOSIS, "ESSENTIELLE hyper", "I10");
  assert_first (DMP_TABLE_DIAGNOSIS, "(primitive) hypert", "I10");
  assert_first (DMP_TABLE_DIAGNOSIS, "asthme sans", "J45.9");
  assert_first (DMP_TABLE_DIAGNOSIS, "epilepsie", "G40.9");
  assert_first (DMP_TABLE_DIAGNOSIS, "ÉPILEPSIE", "G40.9");
  assert_first (DMP_TABLE_DIAGNOSIS, "oedeme angio", "T78.3");
  assert_first (DMP_TABLE_DIAGNOSIS, "e11.9", "E11.9");
  assert_first (DMP_TABLE_PROCEDURE, "appendicectomie fosse iliaque", "HHFA001");
  assert_first (DMP_TABLE_VACCINE, "boostrix", "62404793");
  assert_first (DMP_TABLE_VACCINE_SITE, "gauche delt", "16217701000119102");
}

static void
test_nothing (void)
{
  g_assert_null (first (DMP_TABLE_DIAGNOSIS, "zzz"));
  g_assert_null (first (DMP_TABLE_DIAGNOSIS, "hypertension zzz"));
  g_assert_null (first (DMP_TABLE_DIAGNOSIS, "ypertension")); /* no beginning of a word */
  g_assert_nonnull (first (DMP_TABLE_DIAGNOSIS, ""));
  g_assert_nonnull (first (DMP_TABLE_DIAGNOSIS, NULL));
  g_assert_nonnull (first (DMP_TABLE_DIAGNOSIS, "  ,;() "));
}

/* Every row of every table is found by its code and by its label, and no row twice. */
static void
test_each (void)
{
  static const DmpCodeTable tables[] = { DMP_TABLE_DIAGNOSIS, DMP_TABLE_VACCINE, DMP_TABLE_ROUTE,
                                         DMP_TABLE_RELATIVE, DMP_TABLE_SMOKING };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const DmpCodeTableData *data = dmp_code_table_get (tables[i]);

      for (gsize j = 0; j < data->n_rows; j++)
        {
          g_autoptr (GPtrArray) by_label =
              dmp_code_search (&tables[i], 1, data->rows[j].label, 1000);

          g_test_message ("%s", data->rows[j].code);
          g_assert_true (first (tables[i], data->rows[j].code) == &data->rows[j]);
          g_assert_true (g_ptr_array_find (by_label, &data->rows[j], NULL));
        }
    }
}

static void
test_limit (void)
{
  const DmpCodeTable both[] = { DMP_TABLE_VACCINE, DMP_TABLE_MEDICINE };
  g_autoptr (GPtrArray) few = dmp_code_search (both, 2, "a", 5);
  g_autoptr (GPtrArray) any = dmp_code_search (both, 2, "", 20000);

  g_assert_cmpuint (few->len, ==, 5);
  g_assert_cmpuint (any->len, ==,
                    dmp_code_table_get (both[0])->n_rows + dmp_code_table_get (both[1])->n_rows);
}

/* How long it takes, printed: no verdict hangs on the machine. */
static void
test_time (void)
{
  const DmpCodeTable both[] = { DMP_TABLE_MEDICINE, DMP_TABLE_PROCEDURE };
  gint64 start;

  dmp_code_search_prepare (both[0]);
  dmp_code_search_prepare (both[1]);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GPtrArray) found = dmp_code_search (both, 2, "comprime pelli 500", 50);

      g_assert_cmpuint (found->len, >, 0);
    }
  g_test_message (
      "a search in %zu rows: %.2f ms",
      (size_t) (dmp_code_table_get (both[0])->n_rows + dmp_code_table_get (both[1])->n_rows),
      (double) (g_get_monotonic_time () - start) / 10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/code-search/words", test_words);
  g_test_add_func ("/model/code-search/nothing", test_nothing);
  g_test_add_func ("/model/code-search/each", test_each);
  g_test_add_func ("/model/code-search/limit", test_limit);
  g_test_add_func ("/model/code-search/time", test_time);
  return g_test_run ();
}
