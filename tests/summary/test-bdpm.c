#include "config.h"

#include "model/dmp-error.h"
#include "summary/dmp-summary-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* The import of the public medicines database, in its published format: rows of ours, after it. */

#define CIS                                                                                        \
  "60000001\tESSAI 40 mg, comprim\xe9 pellicul\xe9\tcomprim\xe9 "                                  \
  "pellicul\xe9\torale\tAutorisation "                                                             \
  "active\tProc\xe9"                                                                               \
  "dure nationale\tCommercialis\xe9"                                                               \
  "e\t01/01/2000\t\t\t LABO\tNon\r\n"                                                              \
  "60000002\tDOUBLE 5 mg/10 mg, g\xe9lule\tg\xe9lule\torale\tAutorisation active\tx\tx\t"          \
  "01/01/2000\t\t\t LABO\tNon\r\n"
#define CIP                                                                                        \
  "60000001\t4000001\tplaquette(s) PVC-Aluminium de 28 comprim\xe9(s)\tPr\xe9sentation "           \
  "active\tx\t"                                                                                    \
  "01/01/2000\t3400900000010\toui\t65%\t1,00\t2,00\t1,02\t\r\n"                                    \
  "60000002\t4000002\t1 flacon(s) en verre de 10 ml\tPr\xe9sentation active\tx\t01/01/2000\t"      \
  "3400900000027\toui\t65%\t1,00\t2,00\t1,02\t\r\n"                                                \
  "69999999\t4000003\t1 flacon(s)\tx\tx\t01/01/2000\t3400900000034\toui\t65%\t\t\t\t\r\n"
#define COMPO                                                                                      \
  "60000001\tcomprim\xe9\t00010\tSULFATE D'APIXABAN\t50 mg\tun comprim\xe9\tSA\t1\t\r\n"           \
  "60000001\tcomprim\xe9\t00011\tAPIXABAN\t40 mg\tun comprim\xe9\tFT\t1\t\r\n"                     \
  "60000002\tg\xe9lule\t00030\tZETA\t5 mg\tune g\xe9lule\tSA\t1\t\r\n"                             \
  "60000002\tg\xe9lule\t00020\tALPHA\t10 mg\tune g\xe9lule\tSA\t2\t\r\n"

typedef struct
{
  char *from, *to;
} Folders;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
setup (Folders *folders, gconstpointer unused)
{
  folders->from = g_dir_make_tmp ("bdpm-from-XXXXXX", NULL);
  folders->to = g_dir_make_tmp ("bdpm-to-XXXXXX", NULL);
  write_file (folders->from, "CIS_bdpm.txt", CIS);
  write_file (folders->from, "CIS_CIP_bdpm.txt", CIP);
  write_file (folders->from, "CIS_COMPO_bdpm.txt", COMPO);
}

static void
teardown (Folders *folders, gconstpointer unused)
{
  static const char *const names[] = { "CIS_bdpm.txt", "CIS_CIP_bdpm.txt", "CIS_COMPO_bdpm.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folders->from, names[i], NULL);

      g_unlink (path);
    }
  dmp_bdpm_remove (folders->to);
  g_rmdir (folders->from);
  g_rmdir (folders->to);
  g_free (folders->from);
  g_free (folders->to);
}

static void
test_import (Folders *folders, gconstpointer unused)
{
  DmpBdpmCounts counts;
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpBdpm) bdpm = NULL;
  g_autofree char *name = NULL, *substances = NULL, *cis = NULL, *flask = NULL;
  guint units = 99;

  g_assert_null (dmp_bdpm_open (folders->to, &error)); /* nothing yet: no error */
  g_assert_no_error (error);
  dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.medicines, ==, 2);
  g_assert_cmpuint (counts.packs, ==, 2);
  g_assert_cmpuint (counts.substances, ==, 4);
  g_assert_cmpuint (counts.skipped, ==, 1);
  bdpm = dmp_bdpm_open (folders->to, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dmp_bdpm_get_version (bdpm), ==, "2026-01-12");
  g_assert_cmpuint (dmp_bdpm_count_packs (bdpm), ==, 2);
  g_assert_true (dmp_bdpm_find_medicine (bdpm, "60000001", &name, &substances));
  g_assert_cmpstr (name, ==, "ESSAI 40 mg, comprimé pelliculé"); /* from Windows-1252 */
  g_assert_cmpstr (substances, ==, "00011=APIXABAN");            /* the active part */
  cis = dmp_bdpm_find_pack (bdpm, "3400900000010", &units);
  g_assert_cmpstr (cis, ==, "60000001");
  g_assert_cmpuint (units, ==, 28);
  flask = dmp_bdpm_find_pack (bdpm, "3400900000027", &units);
  g_assert_cmpuint (units, ==, 0);
  g_assert_null (dmp_bdpm_find_pack (bdpm, "3400900000034", &units));
  g_assert_null (dmp_bdpm_find_pack (bdpm, "x", &units));
}

/* What the import brings to the summary: a pack known by nothing but its code. */
static void
test_drug (Folders *folders, gconstpointer unused)
{
  DmpBdpmCounts counts;
  g_autoptr (DmpBdpm) bdpm = NULL;
  g_autoptr (DmpDrugs) drugs = NULL;
  g_autoptr (DmpFact) fact = dmp_fact_new (DMP_FACT_DELIVERY);
  const DmpDrug *drug;

  g_assert_true (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, NULL));
  bdpm = dmp_bdpm_open (folders->to, NULL);
  drugs = dmp_drugs_new (bdpm);
  fact->text = g_strdup ("ESSAI 40MG CPR");
  g_ptr_array_add (fact->keys, dmp_code_new ("3400900000010", "1.2.250.1.213.2.3.2", NULL));
  drug = dmp_drugs_get (drugs, fact);
  g_assert_cmpstr (drug->atc, ==, "B01AF02"); /* by the name of its only substance */
  g_assert_cmpstr (drug->cis, ==, "60000001");
  g_assert_cmpuint (drug->units, ==, 28);
  g_assert_cmpstr (drug->strength, ==, "40mg");
}

/* Shapes that the published files have had over the years, all in one folder: a mark in front, rows
 * of two encodings, no tab at the end, a row twice, a leading space, prices of four figures, a note
 * that is broken over two rows, a part of a combination that cannot be read, substances named as
 * salts. */
static void
test_shapes (Folders *folders, gconstpointer unused)
{
  GString *cis = g_string_new ("\xef\xbb\xbf"), *compo = g_string_new (NULL),
          *cip = g_string_new (NULL);
  DmpBdpmCounts counts;
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpBdpm) bdpm = NULL;
  g_autofree char *name = NULL, *parts = NULL, *salt = NULL, *mixed = NULL, *unread = NULL;
  g_autofree char *pack = NULL;
  guint units = 0;

  g_string_append (
      cis, "61000001\tTEMOIN 5 mg, comprim\xe9\t comprim\xe9\torale\tx\tx\tx\tx\t\t\t L\tNon\n"
           "61000002\tTÉMOIN PLUS, comprimé\tcomprimé\torale\tx\tx\tx\tx\t\t\t L\tNon\n"
           "61000003\tDEMI, g\x81lule\tx\torale\tx\tx\tx\tx\t\t\t L\tNon\n");
  for (guint i = 0; i < 300; i++) /* so that one bad row is less than one in a hundred */
    {
      g_string_append_printf (cis, "62000%03u\tUN\tx\torale\tx\tx\tx\tx\t\t\t L\tNon\n", i);
      g_string_append_printf (compo, "62000%03u\tx\t00100\tUN\t1 mg\tun x\tSA\t1\n", i);
      g_string_append_printf (
          cip, "62000%03u\t1\t1 tube(s) de 15 g\tx\tx\tx\t3400962000%03u\tnon\n", i, i);
    }
  g_string_append (compo, "61000001\tcomprim\xe9\t00021\tMALEATE D'ENALAPRIL \t5 mg\tun\tSA\t1\t\n"
                          "61000001\tcomprim\xe9\t00021\tMALEATE D'ENALAPRIL \t5 mg\tun\tSA\t1\t\n"
                          "61000002\tcomprim\xe9\t00022\tAMLODIPINE\t5 mg\tun\tST\t2\n"
                          "61000002\tcomprim\xe9\t00023\tBESILATE D'AMLODIPINE\t\t\tSA\t2\n"
                          "61000002\tcomprim\xe9\t00024\tVALSARTAN\t\t\tSA\t1\n"
                          "61000003\tg\xe9lule\t00025\tBISOPROLOL\t\t\tSA\t1\n"
                          "61000003\tg\xe9lule\tinconnu\tAUTRE\t\t\tSA\t2\n");
  g_string_append (
      cip,
      "61000001\t1\t3 plaquette(s) PVC de 30 comprim\xe9(s)\tx\tx\tx\t3400961000017\toui\t65 %\t"
      "1,234,50\t1,235,52\t1,02\tDans ce cas :\nune \"suite\" sans code\n");
  write_file (folders->from, "CIS_bdpm.txt", cis->str);
  write_file (folders->from, "CIS_COMPO_bdpm.txt", compo->str);
  write_file (folders->from, "CIS_CIP_bdpm.txt", cip->str);
  g_string_free (cis, TRUE);
  g_string_free (compo, TRUE);
  g_string_free (cip, TRUE);
  dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.medicines, ==, 303);
  g_assert_cmpuint (counts.skipped, ==, 2);
  bdpm = dmp_bdpm_open (folders->to, &error);
  g_assert_no_error (error);
  g_assert_true (dmp_bdpm_find_medicine (bdpm, "61000001", &name, &salt));
  g_assert_cmpstr (name, ==, "TEMOIN 5 mg, comprimé");
  g_assert_cmpstr (salt, ==, "00021=MALEATE D'ENALAPRIL"); /* once */
  g_clear_pointer (&name, g_free);
  g_assert_true (dmp_bdpm_find_medicine (bdpm, "61000002", &name, &parts));
  g_assert_cmpstr (name, ==, "TÉMOIN PLUS, comprimé");
  g_assert_cmpstr (parts, ==, "00022=AMLODIPINE;00024=VALSARTAN");
  g_assert_true (dmp_bdpm_find_medicine (bdpm, "61000003", &mixed, &unread));
  g_assert_true (g_utf8_validate (mixed, -1, NULL));
  g_assert_cmpstr (unread, ==, ""); /* not "BISOPROLOL" alone */
  pack = dmp_bdpm_find_pack (bdpm, "3400961000017", &units);
  g_assert_cmpstr (pack, ==, "61000001");
  g_assert_cmpuint (units, ==, 90);
}

/* A medicine known by the salts and parts of the database only. */
static void
test_parts (Folders *folders, gconstpointer unused)
{
  static const char *const rows[] = {
    "60000001\tx\t00001\tHÉMIFUMARATE DE BISOPROLOL\t1 mg\tun\tSA\t1\n",
    "60000002\tx\t00002\tLOSARTAN POTASSIQUE\t1 mg\tun\tSA\t1\n"
    "60000002\tx\t00003\tHYDROCHLOROTHIAZIDE\t1 mg\tun\tSA\t2\n",
  };
  g_autofree char *compo = g_strconcat (rows[0], rows[1], NULL);
  DmpBdpmCounts counts;
  g_autoptr (DmpBdpm) bdpm = NULL;
  g_autoptr (DmpDrugs) drugs = NULL;
  g_autoptr (DmpFact) single = dmp_fact_new (DMP_FACT_DELIVERY);
  g_autoptr (DmpFact) both = dmp_fact_new (DMP_FACT_DELIVERY);
  const DmpDrug *drug;

  write_file (folders->from, "CIS_COMPO_bdpm.txt", compo);
  g_assert_true (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, NULL));
  bdpm = dmp_bdpm_open (folders->to, NULL);
  drugs = dmp_drugs_new (bdpm);
  single->text = g_strdup ("ESSAI 40MG CPR");
  g_ptr_array_add (single->keys, dmp_code_new ("3400900000010", "1.2.250.1.213.2.3.2", NULL));
  drug = dmp_drugs_get (drugs, single);
  g_assert_cmpstr (drug->atc, ==, "C07AB07");
  both->text = g_strdup ("DOUBLE 5MG/10MG GELU");
  g_ptr_array_add (both->keys, dmp_code_new ("3400900000027", "1.2.250.1.213.2.3.2", NULL));
  drug = dmp_drugs_get (drugs, both);
  g_assert_null (drug->atc); /* neither of the two alone */
  g_assert_true (dmp_drug_is_of_class (drug, "C09C"));
  g_assert_true (dmp_drug_is_of_class (drug, "C03AA03"));
  g_assert_false (dmp_drug_is_of_class (drug, "C07"));
}

static gboolean
share_token (const DmpDrug *a, const DmpDrug *b)
{
  for (guint i = 0; i < a->tokens->len; i++)
    if (g_ptr_array_find_with_equal_func (b->tokens, g_ptr_array_index (a->tokens, i), g_str_equal,
                                          NULL))
      return TRUE;
  return FALSE;
}

/* A rapid insulin and its mixture have one substance in the database, and are two treatments. */
static void
test_insulins (Folders *folders, gconstpointer unused)
{
  static const char *const packs[] = { "3400900000010", "3400900000027", "3400900000034" };
  g_autoptr (DmpBdpm) bdpm = NULL;
  g_autoptr (DmpDrugs) drugs = NULL;
  const DmpDrug *drug[G_N_ELEMENTS (packs)];
  DmpBdpmCounts counts;

  write_file (folders->from, "CIS_bdpm.txt",
              "60000001\tHUMALOG 100 UI/ml, solution injectable\tx\tx\n"
              "60000002\tHUMALOG MIX25 100 UI/ml, suspension injectable\tx\tx\n"
              "69999999\tLYUMESSAI 100 UI/ml, solution injectable\tx\tx\n");
  write_file (folders->from, "CIS_COMPO_bdpm.txt",
              "60000001\tx\t72525\tINSULINE LISPRO\tx\tx\tSA\t1\n"
              "60000002\tx\t72525\tINSULINE LISPRO RECOMBINANTE\tx\tx\tSA\t1\n"
              "69999999\tx\t72525\tINSULINE LISPRO\tx\tx\tSA\t1\n");
  g_assert_true (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, NULL));
  bdpm = dmp_bdpm_open (folders->to, NULL);
  drugs = dmp_drugs_new (bdpm);
  for (guint i = 0; i < G_N_ELEMENTS (packs); i++)
    {
      g_autoptr (DmpFact) fact = dmp_fact_new (DMP_FACT_DELIVERY);

      fact->text = g_strdup ("INSULINE");
      g_ptr_array_add (fact->keys, dmp_code_new (packs[i], "1.2.250.1.213.2.3.2", NULL));
      drug[i] = dmp_drugs_get (drugs, fact);
    }
  g_assert_cmpstr (drug[1]->atc, ==, "A10AD04");
  g_assert_false (share_token (drug[0], drug[1]));
  g_assert_true (share_token (drug[0], drug[2]));
}

static void
expect_refusal (Folders *folders, const char *name, const char *text, DmpErrorCode code)
{
  DmpBdpmCounts counts;
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpBdpm) bdpm = NULL;

  write_file (folders->from, name, text);
  g_assert_false (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, &error));
  g_assert_error (error, DMP_ERROR, (int) code);
  bdpm = dmp_bdpm_open (folders->to, NULL);
  g_assert_null (bdpm); /* nothing was written */
}

static void
test_refused (Folders *folders, gconstpointer unused)
{
  DmpBdpmCounts counts;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  g_autofree char *path = g_build_filename (folders->from, "CIS_COMPO_bdpm.txt", NULL);
  g_autofree char *packs = g_build_filename (folders->from, "CIS_CIP_bdpm.txt", NULL);

  g_assert_false (dmp_bdpm_import (folders->from, folders->to, "12/01/2026", &counts, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_USAGE);
  expect_refusal (folders, "CIS_CIP_bdpm.txt", "<html>introuvable</html>\n",
                  DMP_ERROR_INVALID_DOCUMENT);
  expect_refusal (folders, "CIS_CIP_bdpm.txt", "", DMP_ERROR_INVALID_DOCUMENT);
  g_assert_true (g_file_set_contents (packs, CIP "\0" CIP, sizeof CIP + strlen (CIP), NULL));
  g_assert_false (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, &other));
  g_assert_error (other, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT); /* no half of a file */
  write_file (folders->from, "CIS_CIP_bdpm.txt", CIP);
  expect_refusal (folders, "CIS_COMPO_bdpm.txt", CIS, DMP_ERROR_INVALID_DOCUMENT);
  g_unlink (path);
  g_clear_error (&error);
  g_assert_false (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_USAGE);
}

/* A file that something has changed is not used. */
static void
test_damaged (Folders *folders, gconstpointer unused)
{
  static const char *const texts[] = {
    "",
    "# caducee-table: 1",
    "# caducee-table: 1\n# source: x\n# version: y\n60000002\ta\tb\n60000001\ta\tb\n",
    "# caducee-table: 1\n# source: x\n# version: y\n6000",
    "# caducee-table: 1\n60000001\ta\tb\n",
    "# caducee-table: 2\n# source: x\n# version: y\n60000001\ta\tb\n",
  };
  DmpBdpmCounts counts;

  g_assert_true (dmp_bdpm_import (folders->from, folders->to, "2026-01-12", &counts, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      write_file (folders->to, "bdpm-medicines.tsv", texts[i]);
      g_assert_null (dmp_bdpm_open (folders->to, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG);
    }
}

/* One substance, whichever salt or word a maker writes. */
static void
test_bases (void)
{
  static const char *const names[][2] = {
    { "MALÉATE D'ÉNALAPRIL", "enalapril" },
    { "ÉNALAPRIL (MALÉATE D')", "enalapril" },
    { "DICHLORHYDRATE DE LÉVOCÉTIRIZINE", "levocetirizine" },
    { "MÉMANTINE BASE", "memantine" },
    { "CLAVULANIQUE (ACIDE)", "acide clavulanique" },
    { "SODIUM (PERTECHNÉTATE DE)", "sodium (pertechnetate de)" },
    { "GINKGO (EXTRAIT DE)", "ginkgo (extrait de)" },
    { "PANTOPRAZOLE SODIQUE SESQUIHYDRATÉ", "pantoprazole" },
    { "MÉTASULFOBENZOATE SODIQUE DE PREDNISOLONE", "prednisolone" },
    { "VALPROATE DE SODIUM", "valproate de sodium" }, /* not "sodium" */
    { "BICARBONATE DE SODIUM", "bicarbonate de sodium" },
    { "CARBONATE DE CALCIUM", "carbonate de calcium" },
    { "OXYDE DE ZINC", "oxyde de zinc" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *base = dmp_medicine_dup_base (names[i][0]);

      g_assert_cmpstr (base, ==, names[i][1]);
    }
  g_assert_cmpstr (dmp_medicine_get_atc_of_name ("HUMALOG MIX25 100 UI/ml"), ==, "A10AD04");
  g_assert_cmpstr (dmp_medicine_get_atc_of_name ("HUMALOG 100 UI/ml"), ==, "A10AB04");
  g_assert_cmpstr (dmp_medicine_get_atc_of_name ("AMOXICILLINE ACIDE CLAVULANIQUE X 1 g/125 mg"),
                   ==, "J01CR02");
  g_assert_cmpstr (dmp_medicine_get_atc_of_substance ("BELLADONE POUR PRÉPARATIONS HOMÉOPATHIQUES"),
                   ==, NULL);
}

static void
test_units (void)
{
  static const struct
  {
    const char *label;
    guint units;
  } cases[] = {
    { "plaquette(s) PVC PVDC aluminium de 30 comprimé(s)", 30 },
    { "2 plaquette(s) thermoformée(s) PVC de 20 comprimé(s)", 40 },
    { "28 plaquette(s) pelable(s) de 1 comprimé(s)", 28 },
    { "tube(s) polypropylène de 14  comprimé(s)", 14 },
    { "1 flacon(s) avec fermeture de sécurité enfant de 90 gélule(s)", 90 },
    { "flacon(s) (PEHD) de 21 comprimé(s) avec fermeture de sécurité enfant", 21 },
    { "plaquette(s) PVC acétate de polyvinyle de 10 comprimé(s)", 10 },
    { "5 plaquettes de 10 gélules suremballées ( abrogée le 05/04/2019)", 50 },
    { "30 sachet(s) aluminium", 30 },
    { "24 sachet(s)-dose(s) papier de 1,8  g", 24 },
    { "sachet(s) aluminium de 10 g", 0 },
    { "30 sachet(s) papier de 1  dispositif(s)", 0 },
    { "20 ampoule(s) polypropylène de 20 ml", 0 },
    { "2 plaquette(s) de 10", 0 },
    { "plaquette(s) de 24 gélule(s) bleues et 24 gélule(s) rouges", 0 },
    { "3 plaquettes de 21 comprimés blancs et de 7 comprimés bruns", 0 },
    { "1 étui de 3 plaquettes de 10 comprimés", 0 },
    { "1 flacon de 30 comprimés + 1 flacon de 10 comprimés", 0 },
    { "1 flacon de 30 comprimés - 1 flacon", 0 },
    { "1 flacon(s) de 1 dose - 1 seringue(s) de 0,5 ml", 0 },
    { "1 flacon(s) en verre de lyophilisat", 0 },
    { "99999 plaquettes de 99999 comprimés", 0 },
    { "1000000 plaquettes de 10 comprimés", 0 },
    { "1 flacon(s) en verre", 0 },
    { " de ", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].label);
      g_assert_cmpuint (dmp_bdpm_read_units (cases[i].label), ==, cases[i].units);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bdpm/import", Folders, NULL, setup, test_import, teardown);
  g_test_add ("/bdpm/drug", Folders, NULL, setup, test_drug, teardown);
  g_test_add ("/bdpm/shapes", Folders, NULL, setup, test_shapes, teardown);
  g_test_add ("/bdpm/parts", Folders, NULL, setup, test_parts, teardown);
  g_test_add ("/bdpm/insulins", Folders, NULL, setup, test_insulins, teardown);
  g_test_add ("/bdpm/refused", Folders, NULL, setup, test_refused, teardown);
  g_test_add ("/bdpm/damaged", Folders, NULL, setup, test_damaged, teardown);
  g_test_add_func ("/bdpm/bases", test_bases);
  g_test_add_func ("/bdpm/units", test_units);
  return g_test_run ();
}
