#include "config.h"

#include "cda/dmp-cda-facts.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "note-maker.h"

#include <string.h>

/* Documents written by hand: what the extractors read back is what was written, for drawn notes of
 * every type. With DMP_TEST_OUT the documents are kept for the judge. */

#define SEEDS 24
#define JUDGED 8 /* the judge takes its time */

static void
keep (GBytes *bytes, const char *name)
{
  const char *folder = g_getenv ("DMP_TEST_OUT");
  g_autofree char *path = NULL;

  if (folder == NULL || name == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static DmpCdaDocument *
write_and_parse (const DmpNote *note, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dmp_note_write (note, note_maker_frame (), &error);
  DmpCdaDocument *document;

  g_assert_no_error (error);
  keep (bytes, name);
  document = dmp_cda_document_parse (bytes, &error);
  g_assert_no_error (error);
  return document;
}

static void
compare_facts (const DmpNoteKind *kind, const DmpFact *wrote, const DmpFact *read)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const DmpNoteField *field = &kind->fields[i];
      g_autofree char *before = dmp_note_field_dup_text (kind, field, wrote);
      g_autofree char *after = dmp_note_field_dup_text (kind, field, read);
      DmpCode *code = dmp_note_field_get_code (field, wrote);
      DmpCode *found = dmp_note_field_get_code (field, read);

      g_assert_cmpstr (before, ==, after);
      g_assert_true (code == NULL ? found == NULL : dmp_code_equal (code, found));
    }
  g_assert_cmpuint (wrote->keys->len, ==, kind->write ? read->keys->len : 0);
  for (guint i = 0; i < wrote->keys->len; i++)
    g_assert_true (
        dmp_code_equal (g_ptr_array_index (wrote->keys, i), g_ptr_array_index (read->keys, i)));
  g_assert_false (read->absent);
  g_assert_true (wrote->negated == read->negated);
}

static void
compare (const DmpNote *note, DmpCdaDocument *document)
{
  g_autoptr (DmpNote) read = dmp_note_read (note->type, document);

  for (guint i = 0; i < note->lists->len; i++)
    {
      const DmpNoteList *wrote = g_ptr_array_index (note->lists, i);
      const DmpNoteList *back = g_ptr_array_index (read->lists, i);

      if (wrote->section->kind == NULL)
        continue;
      g_test_message ("%s %s", note->type->name, wrote->section->name);
      g_assert_true (back->none == wrote->none);
      g_assert_cmpuint (back->facts->len, ==, wrote->facts->len);
      for (guint j = 0; j < wrote->facts->len; j++)
        {
          const DmpFact *fact = g_ptr_array_index (wrote->facts, j);
          const DmpFact *found = g_ptr_array_index (back->facts, j);

          compare_facts (wrote->section->kind, fact, found);
          g_assert_true (fact->keys->len > 0 || !wrote->section->kind->write ||
                         found->null_flavor != NULL);
        }
    }
}

/* Nothing that was written is left over: no fact outside the lists, none unclassified. */
static void
count_facts (const DmpNote *note, DmpCdaDocument *document)
{
  GPtrArray *facts = dmp_cda_document_get_facts (document);

  for (guint i = 0; i < facts->len; i++)
    g_assert_cmpint (((DmpFact *) g_ptr_array_index (facts, i))->kind, !=, DMP_FACT_UNCLASSIFIED);
  g_assert_cmpint (dmp_cda_document_get_body (document), ==, DMP_CDA_BODY_STRUCTURED);
}

static void
test_round_trip (gconstpointer data)
{
  const DmpNoteType *type = data;

  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      double fullness = seed == 0 ? 0 : seed == 1 ? 1 : (double) (seed % 5) / 4;
      g_autoptr (DmpNote) note = note_maker_draw (type, random, fullness);
      g_autofree char *name = g_strdup_printf ("%s-%02u.xml", type->name, seed);
      g_autoptr (DmpCdaDocument) document = NULL;

      g_test_message ("seed %u", seed);
      document = write_and_parse (note, seed < JUDGED ? name : NULL);
      compare (note, document);
      count_facts (note, document);
    }
}

static void
test_header (gconstpointer data)
{
  const DmpNoteType *type = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (DmpNote) note = note_maker_draw (type, random, 1);
  g_autoptr (DmpCdaDocument) document = write_and_parse (note, NULL);
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);

  g_assert_cmpstr (dmp_code_get_code (header->code), ==, type->code);
  g_assert_cmpstr (header->title, ==, type->label);
  g_assert_cmpstr (dmp_code_get_code (header->event_code), ==, type->event_code);
  g_assert_cmpstr (header->service_start, ==, "20260110");
  g_assert_true (dmp_patient_matches (header->patient, note_maker_frame ()->patient));
}

/* What is wrong with @note names @what of @section, and nothing is written. */
static void
assert_missing (const DmpNote *note, const DmpNoteSection *section, const char *what)
{
  g_autoptr (GPtrArray) defects = dmp_note_check (note);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dmp_note_write (note, note_maker_frame (), &error);
  gboolean named = FALSE;

  g_test_message ("%s without %s", section->name, what);
  g_assert_null (bytes);
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
  g_assert_cmpuint (defects->len, >, 0);
  g_assert_nonnull (strstr (error->message, g_ptr_array_index (defects, 0)));
  for (guint i = 0; i < defects->len; i++)
    named |= g_str_has_prefix (g_ptr_array_index (defects, i), section->title) &&
             strstr (g_ptr_array_index (defects, i), what) != NULL;
  g_assert_true (named);
}

/* A whole note, and its list number @at. */
static DmpNoteList *
draw_whole (const DmpNoteType *type, guint at, DmpNote **note)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) defects = NULL;

  *note = note_maker_draw (type, random, 1);
  defects = dmp_note_check (*note);
  g_assert_cmpuint (defects->len, ==, 0);
  return g_ptr_array_index ((*note)->lists, at);
}

static guint
take_away_fields (const DmpNoteType *type, guint at)
{
  const DmpNoteKind *kind = type->sections[at].kind;
  guint taken = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autoptr (DmpNote) note = NULL;
      DmpNoteList *list = draw_whole (type, at, &note);

      if (!kind->fields[i].required)
        continue;
      dmp_note_field_set (kind, &kind->fields[i], g_ptr_array_index (list->facts, 0), NULL, NULL);
      assert_missing (note, list->section, kind->fields[i].label);
      taken++;
    }
  return taken;
}

static guint
take_away_answers (const DmpNoteType *type, guint at)
{
  const DmpNoteKind *kind = type->sections[at].kind;
  guint taken = 0;

  for (guint i = 0; i < kind->n_questions; i++)
    {
      g_autoptr (DmpNote) note = NULL;
      DmpNoteList *list = draw_whole (type, at, &note);

      if (!kind->questions[i].required)
        continue;
      for (guint j = list->facts->len; j > 0; j--)
        if (dmp_note_kind_find_question (kind, g_ptr_array_index (list->facts, j - 1)) ==
            &kind->questions[i])
          g_ptr_array_remove_index (list->facts, j - 1);
      assert_missing (note, list->section, kind->questions[i].label);
      taken++;
    }
  return taken;
}

/* Every required field, answer and section taken away in turn is noticed, by name, and nothing is
 * written. */
static void
test_missing (gconstpointer data)
{
  const DmpNoteType *type = data;
  guint taken = 0;

  for (guint i = 0; i < type->n_sections; i++)
    {
      const DmpNoteSection *section = &type->sections[i];
      g_autoptr (DmpNote) note = NULL;
      DmpNoteList *list = draw_whole (type, i, &note);

      if (section->kind == NULL)
        continue;
      taken += take_away_fields (type, i) + take_away_answers (type, i);
      if (section->min == 0)
        continue;
      g_ptr_array_set_size (list->facts, 0);
      assert_missing (note, section, "remplir");
      taken++;
    }
  g_assert_cmpuint (taken, >, 4);
}

static const DmpNoteField *
find_field (const DmpNoteKind *kind, const char *name)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return &kind->fields[i];
  g_assert_not_reached ();
}

/* No free typing of codes; no vaccine without its exact day. */
static void
test_refused (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (DmpNote) note = note_maker_draw (&dmp_note_vaccination, random, 0);
  DmpNoteList *list = dmp_note_get_list (note, "vaccine");
  const DmpNoteKind *kind = list->section->kind;
  DmpFact *fact = g_ptr_array_index (list->facts, 0);
  g_autoptr (GPtrArray) whole = dmp_note_check (note);
  g_autoptr (GPtrArray) partial = NULL;
  g_autoptr (GPtrArray) typed = NULL;

  g_assert_cmpuint (whole->len, ==, 0);
  dmp_note_field_set (kind, find_field (kind, "date"), fact, "201905", NULL);
  partial = dmp_note_check (note);
  g_assert_cmpuint (partial->len, ==, 1);
  dmp_note_field_set (kind, find_field (kind, "date"), fact, "20190512", NULL);
  dmp_note_field_set (kind, find_field (kind, "main"), fact, "Un vaccin", NULL);
  typed = dmp_note_check (note);
  g_assert_cmpuint (typed->len, ==, 1);
}

static void
set_text (char **where, const char *text)
{
  g_free (*where);
  *where = g_strdup (text);
}

static void
set_dates (DmpNote *note, const char *list, const char *start, const char *end)
{
  DmpFact *fact = g_ptr_array_index (dmp_note_get_list (note, list)->facts, 0);

  set_text (&fact->date, start);
  set_text (&fact->end_date, end);
}

static guint
count_wrong (const DmpNote *note)
{
  g_autoptr (GPtrArray) defects = dmp_note_check (note);

  return defects->len;
}

/* What has been done has not been done tomorrow; what is to be done may lie ahead. Nothing ends
 * before it begins, as far as both are said. */
static void
test_dates (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (DmpNote) vsm = note_maker_draw (&dmp_note_vsm, random, 1);
  g_autoptr (DmpNote) vaccination = note_maker_draw (&dmp_note_vaccination, random, 0);

  g_assert_cmpuint (count_wrong (vaccination), ==, 0);
  set_dates (vaccination, "vaccine", "20620512", NULL);
  g_assert_cmpuint (count_wrong (vaccination), ==, 1);
  g_assert_cmpuint (count_wrong (vsm), ==, 0);
  set_dates (vsm, "problems", "2062", NULL);
  g_assert_cmpuint (count_wrong (vsm), ==, 1);
  set_dates (vsm, "problems", "2012", NULL);
  set_dates (vsm, "treatments", "20260101", "206201");
  g_assert_cmpuint (count_wrong (vsm), ==, 0);
  set_dates (vsm, "treatments", "20260105", "20260104");
  g_assert_cmpuint (count_wrong (vsm), ==, 1);
  set_dates (vsm, "treatments", "20260105", "202601");
  g_assert_cmpuint (count_wrong (vsm), ==, 0);
  set_dates (vsm, "history", "2015", "2014");
  g_assert_cmpuint (count_wrong (vsm), ==, 1);
}

/* @start, @stop: of the frame. Returns: "low–high" as written, or NULL when refused */
static char *
dup_service (const DmpNote *note, const char *start, const char *stop)
{
  DmpCdaFrame frame = *note_maker_frame ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DmpCdaDocument) document = NULL;
  const DmpCdaHeader *header;

  frame.service_start = start;
  frame.service_stop = stop;
  bytes = dmp_note_write (note, &frame, NULL);
  document = bytes != NULL ? dmp_cda_document_parse (bytes, NULL) : NULL;
  if (document == NULL)
    return NULL;
  header = dmp_cda_document_get_header (document);
  return g_strdup_printf ("%s–%s", header->service_start,
                          header->service_stop != NULL ? header->service_stop : "");
}

static void
assert_service (const DmpNote *note, const char *start, const char *stop, const char *expected)
{
  g_autofree char *got = dup_service (note, start, stop);

  g_assert_cmpstr (got, ==, expected);
}

static DmpFact *
find_answer (DmpNote *note, const char *list, const char *code)
{
  GPtrArray *facts = dmp_note_get_list (note, list)->facts;

  for (guint i = 0; i < facts->len; i++)
    {
      DmpFact *fact = g_ptr_array_index (facts, i);

      if (strcmp (dmp_code_get_code (g_ptr_array_index (fact->keys, 0)), code) == 0)
        return fact;
    }
  g_assert_not_reached ();
}

/* The date of the care is the document's own, whoever writes it, and possible. */
static void
test_service (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (DmpNote) vaccination = note_maker_draw (&dmp_note_vaccination, random, 0);
  g_autoptr (DmpNote) vsm = note_maker_draw (&dmp_note_vsm, random, 1);
  g_autoptr (DmpNote) letter = note_maker_draw (&dmp_note_letter, random, 1);
  DmpFact *in = find_answer (letter, "stay", "ORG-070");
  DmpFact *out = find_answer (letter, "stay", "ORG-074");

  set_dates (vaccination, "vaccine", "20251201", NULL);
  assert_service (vaccination, NULL, NULL, "20251201–");
  assert_service (vsm, NULL, NULL, "20260112–");
  set_text (&in->date, "20260105");
  set_text (&out->date, "20260109");
  assert_service (letter, NULL, NULL, "20260105–20260109");
  assert_service (letter, "20260106", NULL, "20260106–");
  set_text (&in->date, NULL);
  assert_service (letter, NULL, NULL, "20260109–20260109");
  set_text (&in->date, "20260110");
  assert_service (letter, NULL, NULL, NULL);
  assert_service (vsm, "20260113", NULL, NULL);
  assert_service (vsm, "20260110", "20260109", NULL);
}

static guint
count_defects (const char *section, const char *question, const char *answer)
{
  g_autoptr (DmpFact) fact = NULL;
  g_autoptr (DmpNote) note =
      dmp_note_new (strcmp (section, "habits") ? &dmp_note_letter : &dmp_note_vsm);
  const DmpNoteSection *asked = dmp_note_get_list (note, section)->section;
  g_autoptr (DmpCode) code = dmp_code_new (question, DMP_OID_LOINC, "question");
  g_autoptr (GPtrArray) defects = NULL;

  fact = dmp_fact_new (asked->kind->kind);
  dmp_note_field_set (asked->kind, find_field (asked->kind, "main"), fact, NULL, code);
  dmp_note_field_set (asked->kind, find_field (asked->kind, "value"), fact, answer, NULL);
  defects = dmp_note_check_fact (asked, fact);
  return defects->len;
}

/* An answer is of the kind that its question asks for. */
static void
test_answers (void)
{
  g_assert_cmpuint (count_defects ("habits", "74011-8", "12,5"), ==, 0);
  g_assert_cmpuint (count_defects ("habits", "74011-8", "beaucoup"), ==, 1);
  g_assert_cmpuint (count_defects ("habits", "74011-8", "1.2.3"), ==, 1);
  g_assert_cmpuint (count_defects ("habits", "72166-2", "fumeur"), ==, 1); /* wants a code */
  g_assert_cmpuint (count_defects ("habits", "0000-0", "fumeur"), ==, 1);  /* no such question */
  g_assert_cmpuint (count_defects ("stay", "MED-145", "true"), ==, 0);
  g_assert_cmpuint (count_defects ("stay", "MED-145", "peut-être"), ==, 1);
  g_assert_cmpuint (count_defects ("stay", "MED-142", "Séjour simple"), ==, 0);
  g_assert_cmpuint (count_defects ("stay", "ORG-070", "par les urgences"), ==, 1);
}

/* Another version begins with what this one says, and with nothing else. */
static void
test_continued (gconstpointer data)
{
  const DmpNoteType *type = data;

  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (DmpNote) note = note_maker_draw (type, random, (double) (seed % 5) / 4);
      g_autoptr (DmpCdaDocument) document = write_and_parse (note, NULL);
      g_autoptr (DmpNote) read = dmp_note_read (type, document);

      g_assert_cmpuint (read->left->len, ==, 0);
      for (guint i = 0; i < read->lists->len; i++)
        {
          const DmpNoteList *list = g_ptr_array_index (read->lists, i);

          for (guint j = 0; j < list->facts->len; j++)
            {
              DmpFact *fact = g_ptr_array_index (list->facts, j);
              g_autoptr (DmpFact) copy = dmp_note_kind_dup_fact (list->section->kind, fact);

              compare_facts (list->section->kind, fact, copy);
            }
        }
    }
}

/* What is denied or doubted is no line of the next version: it is left, and can be told. */
static void
test_left (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (DmpNote) note = note_maker_draw (&dmp_note_vsm, random, 1);
  DmpNoteList *problems = dmp_note_get_list (note, "problems");
  DmpFact *denied = g_ptr_array_index (problems->facts, 0);
  g_autoptr (DmpCdaDocument) document = NULL;
  g_autoptr (DmpNote) read = NULL;

  denied->negated = TRUE;
  document = write_and_parse (note, NULL);
  read = dmp_note_read (&dmp_note_vsm, document);
  g_assert_cmpuint (read->left->len, ==, 1);
  g_assert_cmpstr (((DmpFact *) g_ptr_array_index (read->left, 0))->text, ==, denied->text);
  g_assert_cmpuint (dmp_note_get_list (read, "problems")->facts->len, ==, problems->facts->len - 1);
}

/* A code that cannot be chosen here is not carried on; the words are, where words may stand. */
static void
test_foreign_codes (void)
{
  g_autoptr (DmpFact) fact = dmp_fact_new (DMP_FACT_ALLERGY);
  g_autoptr (DmpNote) note = dmp_note_new (&dmp_note_vsm);
  const DmpNoteKind *kind = dmp_note_get_list (note, "allergies")->section->kind;
  g_autoptr (DmpFact) copy = NULL;

  fact->text = g_strdup ("Pollen de bouleau");
  g_ptr_array_add (fact->keys, dmp_code_new ("1", "9.9.9", "Bouleau"));
  fact->type = dmp_code_new ("x", "9.9.9", "Autre");
  dmp_fact_take_detail (fact, DMP_DETAIL_REACTION, g_strdup ("Asthme"),
                        dmp_code_new ("J45.X", DMP_OID_CIM10, "Asthme"));
  copy = dmp_note_kind_dup_fact (kind, fact);
  g_assert_cmpstr (copy->text, ==, fact->text);
  g_assert_cmpuint (copy->keys->len, ==, 0);
  g_assert_null (copy->type);
  g_assert_cmpstr (dmp_code_get_code (dmp_fact_get_detail (copy, DMP_DETAIL_REACTION)->code), ==,
                   "J45.X");
}

/* A vaccination note cannot go without the class of its vaccine, in words. */
static void
test_classes (void)
{
  const DmpCodeTableData *table = dmp_code_table_get (DMP_TABLE_VACCINE);

  for (gsize i = 0; i < table->n_rows; i++)
    g_assert_nonnull (dmp_code_table_get_label (DMP_TABLE_ATC_VACCINE, table->rows[i].extra, NULL));
}

int
main (int argc, char **argv)
{
  const DmpNoteType *const *types = dmp_note_types ();

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; types[i]; i++)
    {
      g_autofree char *trip = g_strdup_printf ("/cda/note/%s/round-trip", types[i]->name);
      g_autofree char *header = g_strdup_printf ("/cda/note/%s/header", types[i]->name);
      g_autofree char *missing = g_strdup_printf ("/cda/note/%s/missing", types[i]->name);
      g_autofree char *continued = g_strdup_printf ("/cda/note/%s/continued", types[i]->name);

      g_test_add_data_func (trip, types[i], test_round_trip);
      g_test_add_data_func (header, types[i], test_header);
      g_test_add_data_func (missing, types[i], test_missing);
      g_test_add_data_func (continued, types[i], test_continued);
    }
  g_test_add_func ("/cda/note/dates", test_dates);
  g_test_add_func ("/cda/note/service", test_service);
  g_test_add_func ("/cda/note/refused", test_refused);
  g_test_add_func ("/cda/note/answers", test_answers);
  g_test_add_func ("/cda/note/left", test_left);
  g_test_add_func ("/cda/note/foreign-codes", test_foreign_codes);
  g_test_add_func ("/cda/note/classes", test_classes);
  return g_test_run ();
}
