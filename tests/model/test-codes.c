#include "config.h"

#include "model/dmp-code-table.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"

static void
test_equal (void)
{
  g_autoptr (DmpCode) a = dmp_code_new ("10", DMP_OID_CLASS, "Compte rendu");
  g_autoptr (DmpCode) same = dmp_code_new ("10", DMP_OID_CLASS, NULL);
  g_autoptr (DmpCode) other = dmp_code_new ("10", DMP_OID_PROFESSION, "Médecin");

  g_assert_true (dmp_code_equal (a, same));
  g_assert_false (dmp_code_equal (a, other));
  g_assert_false (dmp_code_equal (a, NULL));
  g_assert_true (dmp_code_equal (NULL, NULL));
}

/* Every table is there, says where it comes from and names nothing twice. */
static void
test_tables (void)
{
  for (guint t = 0; t < DMP_N_TABLES; t++)
    {
      const DmpCodeTableData *data = dmp_code_table_get ((DmpCodeTable) t);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_assert_nonnull (data->name);
      g_assert_nonnull (data->source);
      g_assert_nonnull (data->version);
      g_assert_cmpuint (data->n_rows, >, 0);
      for (gsize i = 0; i < data->n_rows; i++)
        {
          const DmpCodeRow *row = &data->rows[i];

          g_assert_nonnull (row->system);
          g_assert_true (g_utf8_validate (row->label != NULL ? row->label : "", -1, NULL));
          g_assert_true (g_hash_table_add (
              seen, g_strjoin ("|", row->code, row->system,
                               t == DMP_TABLE_TEMPLATE_FORMAT ? row->extra : NULL, NULL)));
        }
    }
}

static void
test_find (void)
{
  g_autoptr (DmpCode) type = dmp_code_table_dup_code (DMP_TABLE_TYPE, "11502-2", NULL);
  g_autoptr (DmpCode) class_code = dmp_code_table_dup_class_of_type (type);
  g_autoptr (DmpCode) unknown = dmp_code_new ("0-0", DMP_OID_LOINC, "Autre");

  g_assert_cmpstr (dmp_code_get_system (type), ==, DMP_OID_LOINC);
  g_assert_cmpstr (dmp_code_get_display (type), ==, "CR d'examens biologiques");
  g_assert_cmpstr (dmp_code_get_code (class_code), ==, "10");
  g_assert_cmpstr (dmp_code_get_system (class_code), ==, DMP_OID_CLASS);
  g_assert_null (dmp_code_table_find (DMP_TABLE_TYPE, "11502-2", DMP_OID_CLASS));
  g_assert_null (dmp_code_table_dup_class_of_type (unknown));
  g_assert_cmpstr (dmp_code_table_get_display (DMP_TABLE_TYPE, unknown), ==, "Autre");
  g_assert_cmpstr (dmp_code_table_get_label (DMP_TABLE_SECTOR, "SA07", NULL), ==,
                   "Cabinet individuel");
}

static void
test_format (void)
{
  g_autoptr (DmpCode) pdf =
      dmp_code_table_dup_format_of_template ("1.3.6.1.4.1.19376.1.2.20", "application/pdf");
  g_autoptr (DmpCode) vsm = dmp_code_table_dup_format_of_template ("1.2.250.1.213.1.1.1.13", NULL);

  g_assert_cmpstr (dmp_code_get_code (pdf), ==, "urn:ihe:iti:xds-sd:pdf:2008");
  g_assert_cmpstr (dmp_code_get_system (pdf), ==, DMP_OID_FORMAT_IHE);
  g_assert_cmpstr (dmp_code_get_display (pdf), ==, "Document à corps non structuré en Pdf/A-1");
  g_assert_cmpstr (dmp_code_get_code (vsm), ==, "urn:asip:ci-sis:vsm:2012");
  g_assert_null (dmp_code_table_dup_format_of_template ("1.2.250.1.213.1.1.1.13", "text/plain"));
  g_assert_null (dmp_code_table_dup_format_of_template ("1.2.3", NULL));
}

static void
test_cx (void)
{
  g_autofree char *written = dmp_cx_write ("285067505612354", DMP_OID_INS_NIR_TEST, "NH");
  g_auto (DmpCx) cx = { 0 };
  g_auto (DmpCx) dated = { 0 };
  g_auto (DmpCx) bad = { 0 };

  g_assert_cmpstr (written, ==, "285067505612354^^^&1.2.250.1.213.1.4.10&ISO^NH");
  g_assert_true (dmp_cx_parse ("285067505612354^^^&1.2.250.1.213.1.4.10&ISO^NH^^20260112", &dated));
  g_assert_cmpstr (dated.id, ==, "285067505612354");
  g_assert_true (dmp_cx_parse (written, &cx));
  g_assert_cmpstr (cx.oid, ==, DMP_OID_INS_NIR_TEST);
  g_assert_cmpstr (cx.type, ==, "NH");
  g_assert_false (dmp_cx_parse ("285067505612354", &bad));
  g_assert_false (dmp_cx_parse (NULL, &bad));
}

static void
test_xcn (void)
{
  g_autofree char *national = dmp_xcn_write_professional ("899700012345", "MOREAU", "CAMILLE");
  g_autofree char *internal = dmp_xcn_write_professional ("10B0770001/18", "A^B&C\\D", NULL);
  g_auto (DmpXcn) xcn = { 0 };
  g_auto (DmpXcn) machine = { 0 };

  g_assert_cmpstr (national, ==,
                   "899700012345^MOREAU^CAMILLE^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS");
  g_assert_true (dmp_xcn_parse (internal, &xcn));
  g_assert_cmpstr (xcn.id, ==, "10B0770001/18");
  g_assert_cmpstr (xcn.family, ==, "A^B&C\\D");
  g_assert_null (xcn.given);
  g_assert_cmpstr (xcn.id_type, ==, "EI");
  g_assert_true (dmp_xcn_parse ("1.2.3^LOGICIEL^^^^^^^&1.2.9&ISO^U^^^RI", &machine));
  g_assert_cmpstr (machine.family, ==, "LOGICIEL");
  g_assert_cmpstr (machine.oid, ==, "1.2.9");
  g_assert_cmpstr (machine.name_type, ==, "U");
  g_assert_cmpstr (machine.id_type, ==, "RI");
}

static void
test_xon_and_ce (void)
{
  g_autofree char *written = dmp_xon_write ("CABINET DR MOREAU", "499700012345001");
  g_autoptr (DmpCode) code = dmp_code_new ("G15_60", DMP_OID_AUTHOR_SPECIALTY, "Infirmier");
  g_autofree char *ce = dmp_ce_write (code);
  g_autoptr (DmpCode) back = dmp_ce_parse (ce);
  g_auto (DmpXon) xon = { 0 };
  g_auto (DmpXon) name_only = { 0 };

  g_assert_cmpstr (written, ==,
                   "CABINET DR MOREAU^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^499700012345001");
  g_assert_true (dmp_xon_parse (written, &xon));
  g_assert_cmpstr (xon.id, ==, "499700012345001");
  g_assert_true (dmp_xon_parse ("Clinique", &name_only));
  g_assert_null (name_only.id);
  g_assert_cmpstr (ce, ==, "G15_60^Infirmier^1.2.250.1.213.1.1.4.5");
  g_assert_true (dmp_code_equal (code, back));
  g_assert_null (dmp_ce_parse ("^label only"));
}

static void
test_status_and_visibility (void)
{
  DmpVisibility both =
      DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS | DMP_VISIBILITY_HIDDEN_FROM_PATIENT;
  g_autoptr (GPtrArray) codes = dmp_visibility_dup_codes (both);
  DmpVisibility back = DMP_VISIBILITY_NORMAL;

  g_assert_cmpint (dmp_status_from_urn (dmp_status_to_urn (DMP_STATUS_ARCHIVED)), ==,
                   DMP_STATUS_ARCHIVED);
  g_assert_cmpint (dmp_status_from_urn ("urn:other"), ==, DMP_STATUS_UNKNOWN);
  g_assert_cmpstr (dmp_status_get_name (DMP_STATUS_DEPRECATED), ==, "deprecated");
  g_assert_cmpuint (codes->len, ==, 3);
  g_assert_cmpstr (dmp_code_get_code (codes->pdata[0]), ==, "N");
  for (guint i = 0; i < codes->len; i++)
    back |= dmp_visibility_from_code (dmp_code_get_code (codes->pdata[i]));
  g_assert_cmpuint (back, ==, both);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/equal", test_equal);
  g_test_add_func ("/codes/tables", test_tables);
  g_test_add_func ("/codes/find", test_find);
  g_test_add_func ("/codes/format", test_format);
  g_test_add_func ("/codes/cx", test_cx);
  g_test_add_func ("/codes/xcn", test_xcn);
  g_test_add_func ("/codes/xon-ce", test_xon_and_ce);
  g_test_add_func ("/codes/status-visibility", test_status_and_visibility);

  return g_test_run ();
}
