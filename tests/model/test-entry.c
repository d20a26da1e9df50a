#include "config.h"

#include "model/dmp-document-entry.h"
#include "model/dmp-oid.h"

static void
assert_author (DmpAuthor author, const char *expected)
{
  DmpAuthor *copy = dmp_author_copy (&author);
  g_autofree char *shown = dmp_author_dup_display (copy);

  g_assert_cmpstr (shown, ==, expected);
  dmp_author_free (copy);
}

static void
test_author (void)
{
  g_autoptr (DmpCode) doctor = dmp_code_new ("G15_10/SM26", DMP_OID_AUTHOR_SPECIALTY, NULL);
  g_autoptr (DmpCode) nurse = dmp_code_new ("G15_60", DMP_OID_AUTHOR_SPECIALTY, NULL);
  g_autoptr (DmpCode) insurer = dmp_code_new ("ALIM_AM", DMP_OID_OTHER_PRODUCER, NULL);
  g_autoptr (DmpCode) machine = dmp_code_new ("AUTOMATE", DMP_OID_OTHER_PRODUCER, NULL);
  char *leroy = (char *) "Leroy", *claire = (char *) "CLAIRE", *lab = (char *) "LBM Bioval";

  assert_author ((DmpAuthor){ .family = leroy, .given = claire, .specialty = doctor },
                 "Dr Claire LEROY");
  assert_author ((DmpAuthor){ .family = leroy, .given = claire, .specialty = nurse },
                 "Claire LEROY");
  assert_author ((DmpAuthor){ .family = (char *) "SI-AM", .specialty = insurer },
                 "Assurance maladie");
  assert_author ((DmpAuthor){ .family = (char *) "Automate 5", .institution = lab }, "LBM Bioval");
  assert_author ((DmpAuthor){ .specialty = machine }, "Automate");
  assert_author ((DmpAuthor){ .id = (char *) "899700000017" }, "899700000017");
  assert_author ((DmpAuthor){ 0 }, "");
}

static DmpDocumentEntry *
entry (const char *class_code, const char *type_code)
{
  g_autoptr (DmpCode) class_ = dmp_code_new (class_code, DMP_OID_CLASS, NULL);
  g_autoptr (DmpCode) type = dmp_code_new (type_code, DMP_OID_DOCUMENT_TYPE, NULL);
  g_autofree char *title = g_strdup ("Titre");
  DmpDocumentEntryFields f = { .title = title,
                               .unique_id = "1.2.3",
                               .creation = "20260112080000",
                               .class_code = class_,
                               .type_code = type,
                               .size = -1 };

  return dmp_document_entry_new (&f);
}

static void
test_entry (void)
{
  g_autoptr (DmpDocumentEntry) own = entry ("10", "SYNTH");
  g_autoptr (DmpDocumentEntry) patients = entry ("90", "EXPPAT_2");
  g_autoptr (DmpDocumentEntry) deposited = entry ("11", "DOCPAT01");
  g_autoptr (DmpDocumentEntry) signature = entry (DMP_SIGNATURE_CLASS, DMP_SIGNATURE_TYPE);
  g_autofree char *author = dmp_document_entry_dup_author (own);

  g_assert_cmpstr (dmp_document_entry_get_title (own), ==, "Titre");
  g_assert_cmpstr (dmp_document_entry_get_unique_id (own), ==, "1.2.3");
  g_assert_cmpstr (dmp_document_entry_get_date (own), ==, "20260112080000");
  g_assert_cmpstr (author, ==, "");
  g_assert_false (dmp_document_entry_is_from_patient (own));
  g_assert_true (dmp_document_entry_is_from_patient (patients));
  g_assert_true (dmp_document_entry_is_from_patient (deposited));
  g_assert_false (dmp_document_entry_is_signature (own));
  g_assert_true (dmp_document_entry_is_signature (signature));
}

/* What the entry holds outlives what it was made from. */
static void
test_entry_keeps (void)
{
  GPtrArray *authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);
  DmpAuthor author = { .family = (char *) "Leroy", .given = (char *) "Claire" };
  DmpDocumentEntryFields f = { .authors = authors, .service_start = "20260110" };
  g_autoptr (DmpDocumentEntry) one = NULL;
  g_autofree char *shown = NULL;

  g_ptr_array_add (authors, dmp_author_copy (&author));
  one = dmp_document_entry_new (&f);
  g_ptr_array_unref (authors);
  shown = dmp_document_entry_dup_author (one);
  g_assert_cmpstr (shown, ==, "Claire LEROY");
  g_assert_cmpstr (dmp_document_entry_get_date (one), ==, "20260110");
}

static char *
dup_date_of (const char *start, const char *stop, const char *creation)
{
  DmpDocumentEntryFields f = { .service_start = start, .service_stop = stop, .creation = creation };
  g_autoptr (DmpDocumentEntry) one = dmp_document_entry_new (&f);

  return g_strdup (dmp_document_entry_get_date (one));
}

/* What a doctor looks for under a date: when the care ended, if it had when this was written. */
static void
test_entry_date (void)
{
  g_autofree char *refunds = dup_date_of ("20240115", "20260114", "20260115060000");
  g_autofree char *prescription = dup_date_of ("20260110", "20260410", "20260110090000");
  g_autofree char *act = dup_date_of ("20260110", NULL, "20260112080000");
  g_autofree char *none = dup_date_of (NULL, NULL, "20260112080000");
  g_autofree char *undated = dup_date_of (NULL, "20260101", NULL);

  g_assert_cmpstr (refunds, ==, "20260114");
  g_assert_cmpstr (prescription, ==, "20260110");
  g_assert_cmpstr (act, ==, "20260110");
  g_assert_cmpstr (none, ==, "20260112080000");
  g_assert_cmpstr (undated, ==, "20260101");
}

static void
test_entry_period (void)
{
  const DmpDocumentEntryFields stay = { .service_start = "20251124", .service_stop = "20251128" };
  const DmpDocumentEntryFields day = { .service_start = "20251124080000",
                                       .service_stop = "20251124100000" };
  const DmpDocumentEntryFields open = { .service_start = "20251124" };
  g_autoptr (DmpDocumentEntry) long_one = dmp_document_entry_new (&stay);
  g_autoptr (DmpDocumentEntry) short_one = dmp_document_entry_new (&day);
  g_autoptr (DmpDocumentEntry) open_one = dmp_document_entry_new (&open);
  g_autofree char *shown = dmp_document_entry_dup_period (long_one);

  g_assert_cmpstr (shown, ==, "du 24/11/2025 au 28/11/2025");
  g_assert_null (dmp_document_entry_dup_period (short_one));
  g_assert_null (dmp_document_entry_dup_period (open_one));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/author", test_author);
  g_test_add_func ("/entry/kinds", test_entry);
  g_test_add_func ("/entry/keeps", test_entry_keeps);
  g_test_add_func ("/entry/date", test_entry_date);
  g_test_add_func ("/entry/period", test_entry_period);

  return g_test_run ();
}
