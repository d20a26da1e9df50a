#include "config.h"

/* Writing a document: the page with its three kinds, a line's form, what a draft becomes. */

#include "gallery.h"
#include "sample-record.h"

#include "model/dmp-oid.h"
#include "../cda/note-maker.h"
#include "ui/dmp-code-entry.h"
#include "ui/dmp-fact-form.h"
#include "ui/dmp-field-input.h"
#include "ui/dmp-write-page.h"

#include <string.h>

static SampleRecord *record;

static guint
find_section (const DmpNoteType *type, const char *name)
{
  for (guint i = 0; i < type->n_sections; i++)
    if (strcmp (type->sections[i].name, name) == 0)
      return i;
  g_assert_not_reached ();
}

/* Each line of the summary comes with its source, and stands only once it was confirmed. */
static void
test_fill (void)
{
  g_autoptr (DmpNoteDraft) draft = dmp_note_draft_new (&dmp_note_vsm);
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  guint n = 0;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_note_draft_fill (draft, summary);
  g_assert_false (dmp_note_draft_is_touched (draft));
  before = dmp_note_draft_check (draft);
  for (guint i = 0; i < dmp_note_vsm.n_sections; i++)
    {
      GListModel *lines = dmp_note_draft_get_lines (draft, i);

      for (guint j = 0; j < g_list_model_get_n_items (lines); j++, n++)
        {
          g_autoptr (DmpDraftLine) line = g_list_model_get_item (lines, j);

          g_assert_nonnull (dmp_draft_line_get_source (line));
          g_assert_false (dmp_draft_line_get_confirmed (line));
          if (dmp_draft_line_get_in_words (line))
            continue; /* nothing waits for a proposal */
          /* when it was prescribed or delivered last is not when it began */
          if (dmp_draft_line_get_fact (line)->kind == DMP_FACT_TREATMENT)
            g_assert_null (dmp_draft_line_get_fact (line)->date);
          /* an examination is no surgical history */
          if (dmp_draft_line_get_fact (line)->kind == DMP_FACT_PROCEDURE)
            g_assert_null (strstr (dmp_draft_line_get_fact (line)->text, "graphie"));
          dmp_note_draft_confirm (draft, i, line);
        }
    }
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (before->len, ==, 1); /* only the confirmations are missing */
  after = dmp_note_draft_check (draft);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_true (dmp_note_draft_is_touched (draft));
}

/* What a source says in words alone is proposed as words: it stays out unless it is taken, and then
 * it is no code's. */
static void
test_words (void)
{
  g_autoptr (DmpNoteDraft) draft = dmp_note_draft_new (&dmp_note_vsm);
  guint vigilance = find_section (&dmp_note_vsm, "vigilance");
  GListModel *lines = dmp_note_draft_get_lines (draft, vigilance);
  g_autoptr (DmpSummary) summary = NULL;
  g_autoptr (DmpDraftLine) line = NULL;
  g_autoptr (DmpNote) without = NULL, with = NULL;
  const DmpNoteList *list;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_note_draft_fill (draft, summary);
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 2);
  g_assert_cmpuint (dmp_note_draft_count_unconfirmed (draft, vigilance), ==, 0);
  line = g_list_model_get_item (lines, 0);
  g_assert_true (dmp_draft_line_get_in_words (line));
  g_assert_true (g_str_has_prefix (dmp_draft_line_get_source (line), "D’après "));
  without = dmp_note_draft_dup_note (draft);
  g_assert_cmpuint (((DmpNoteList *) without->lists->pdata[vigilance])->facts->len, ==, 0);
  dmp_note_draft_confirm (draft, vigilance, line);
  with = dmp_note_draft_dup_note (draft);
  list = with->lists->pdata[vigilance];
  g_assert_cmpuint (list->facts->len, ==, 1);
  g_assert_cmpuint (((DmpFact *) list->facts->pdata[0])->keys->len, ==, 0);
  dmp_note_draft_fill (draft, summary); /* again: what was taken stays, once */
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 2);
}

static guint
count_lines (DmpNoteDraft *draft)
{
  guint n = 0;

  for (guint i = 0; i < dmp_note_vsm.n_sections; i++)
    n += g_list_model_get_n_items (dmp_note_draft_get_lines (draft, i));
  return n;
}

/* Filled from part of the record, it says so, cannot be sent, and is filled again when all was
 * read: without what was removed, and without a second line of what was confirmed. */
static void
test_reading (void)
{
  g_autoptr (DmpSummary) some = NULL, all = NULL;
  g_autoptr (DmpNoteDraft) whole = dmp_note_draft_new (&dmp_note_vsm);
  g_autoptr (DmpDraftLine) removed = NULL, confirmed = NULL;
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  guint section = find_section (&dmp_note_vsm, "treatments");
  DmpNoteDraft *draft;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  some = sample_record_summarise (record, 10);
  all = sample_record_summarise (record, G_MAXUINT);
  dmp_write_page_prepare (page, some, TRUE);
  dmp_write_page_set_reading (page, some, TRUE);
  draft = dmp_write_page_get_draft (page);
  gallery_settle (window);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page),
                                        "Prérempli d’après 10 documents sur 150 : la lecture "
                                        "continue, il sera complété."));
  removed = g_list_model_get_item (dmp_note_draft_get_lines (draft, section), 0);
  confirmed = g_list_model_get_item (dmp_note_draft_get_lines (draft, section), 1);
  g_assert_nonnull (removed);
  g_assert_nonnull (confirmed);
  dmp_note_draft_confirm (draft, section, confirmed);
  dmp_note_draft_remove (draft, section, removed);
  g_assert_false (dmp_write_page_is_complete (page));
  dmp_note_draft_fill (whole, all);
  g_assert_cmpuint (count_lines (draft), <, count_lines (whole));
  dmp_write_page_set_reading (page, all, FALSE);
  g_assert_cmpuint (count_lines (draft) + 1, ==, count_lines (whole));
  dmp_note_draft_fill (whole, all);
  g_assert_cmpuint (count_lines (draft) + 1, ==, count_lines (whole)); /* not twice */
  dmp_write_page_set_reading (page, some, TRUE);
  gallery_take (window, "10-rediger-lecture");
}

static void
test_page (void)
{
  g_autoptr (DmpSummary) summary =
      record != NULL ? sample_record_summarise (record, G_MAXUINT) : NULL;
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  dmp_write_page_prepare (page, summary, TRUE);
  dmp_write_page_focus (page);
  g_assert_false (dmp_write_page_is_complete (page));
  gallery_take (window, "10-rediger-vsm");
}

/* A version before that says: hypertension, a penicillin allergy denied, no history. */
static DmpCdaDocument *
new_before (void)
{
  g_autoptr (DmpNote) note = dmp_note_new (&dmp_note_vsm);
  DmpFact *problem = dmp_fact_new (DMP_FACT_PROBLEM), *denied = dmp_fact_new (DMP_FACT_ALLERGY);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  DmpCdaDocument *document;

  problem->text = g_strdup ("Hypertension");
  g_ptr_array_add (problem->keys, dmp_code_new ("I10", DMP_OID_CIM10, "Hypertension"));
  problem->date = g_strdup ("2012");
  denied->text = g_strdup ("Pénicilline");
  denied->type = dmp_code_table_dup_code (DMP_TABLE_ALLERGY_TYPE, "609328004", NULL);
  denied->negated = TRUE;
  g_ptr_array_add (dmp_note_get_list (note, "problems")->facts, problem);
  g_ptr_array_add (dmp_note_get_list (note, "allergies")->facts, denied);
  dmp_note_get_list (note, "history")->none = TRUE;
  bytes = dmp_note_write (note, note_maker_frame (), &error);
  g_assert_no_error (error);
  document = dmp_cda_document_parse (bytes, &error);
  g_assert_no_error (error);
  return document;
}

static void
take (DmpNoteDraft *draft, const char *section, const char *text, const char *code, char *source)
{
  guint at = find_section (&dmp_note_vsm, section);
  DmpFact *fact = dmp_fact_new (dmp_note_vsm.sections[at].kind->kind);

  fact->text = g_strdup (text);
  if (code != NULL)
    g_ptr_array_add (fact->keys, dmp_code_new (code, DMP_OID_CIM10, text));
  dmp_note_draft_take (draft, at, fact, source, FALSE);
}

/* The version before takes the place of what the summary said of the same thing, never of what a
 * person said; what it denies is told, not taken; an absence is mentioned, not repeated. */
static void
test_continue (void)
{
  g_autoptr (DmpCdaDocument) before = new_before ();
  g_autoptr (DmpNoteDraft) draft = dmp_note_draft_new (&dmp_note_vsm);
  guint problems = find_section (&dmp_note_vsm, "problems");
  guint history = find_section (&dmp_note_vsm, "history");
  GListModel *lines = dmp_note_draft_get_lines (draft, problems);
  g_autoptr (DmpDraftLine) line = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_false (dmp_note_draft_get_replaces (draft));
  dmp_note_draft_set_before (draft, before);
  g_assert_true (dmp_note_draft_get_replaces (draft));
  take (draft, "problems", "HTA", "I10", g_strdup ("Le résumé"));
  take (draft, "problems", "Asthme", "J45", g_strdup ("Le résumé"));
  left = dmp_note_draft_continue (draft);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (left, 0), ==, "Pénicilline");
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 2);
  line = g_list_model_get_item (lines, 1);
  g_assert_cmpstr (dmp_draft_line_get_fact (line)->text, ==, "Hypertension");
  g_assert_cmpstr (dmp_draft_line_get_fact (line)->date, ==, "2012");
  g_assert_false (dmp_draft_line_get_confirmed (line));
  g_assert_true (dmp_note_draft_get_had_none (draft, history));
  g_assert_false (dmp_note_draft_get_none (draft, history));
  g_assert_false (dmp_note_draft_is_touched (draft));
}

static void
test_continue_keeps (void)
{
  g_autoptr (DmpCdaDocument) before = new_before ();
  g_autoptr (DmpNoteDraft) draft = dmp_note_draft_new (&dmp_note_vsm);
  guint problems = find_section (&dmp_note_vsm, "problems");
  GListModel *lines = dmp_note_draft_get_lines (draft, problems);
  g_autoptr (DmpDraftLine) line = NULL;
  g_autoptr (GPtrArray) left = NULL;

  take (draft, "problems", "HTA", "I10", g_strdup ("Le résumé"));
  line = g_list_model_get_item (lines, 0);
  dmp_note_draft_confirm (draft, problems, line);
  g_clear_object (&line);
  dmp_note_draft_set_before (draft, before);
  left = dmp_note_draft_continue (draft);
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 1);
  line = g_list_model_get_item (lines, 0);
  g_assert_cmpstr (dmp_draft_line_get_fact (line)->text, ==, "HTA");
  g_assert_cmpuint (dmp_note_draft_count_unconfirmed (draft, problems), ==, 0);
}

static void
forget (DmpWritePage *page, const DmpNoteType *type)
{
  g_autoptr (DmpNoteDraft) draft = dmp_write_page_take_draft (page, type);

  g_assert_nonnull (draft);
}

/* What was sent is forgotten, what is being written beside it is not. */
static void
test_forget (void)
{
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  DmpFact *fact = dmp_fact_new (DMP_FACT_RISK);

  dmp_write_page_prepare (page, NULL, TRUE);
  fact->text = g_strdup ("Vit seule");
  dmp_note_draft_put (dmp_write_page_get_draft (page), find_section (&dmp_note_vsm, "vigilance"),
                      NULL, fact);
  forget (page, &dmp_note_letter);
  g_assert_true (dmp_write_page_is_touched (page));
  forget (page, &dmp_note_vsm);
  g_assert_false (dmp_write_page_is_touched (page));
  g_assert_null (gallery_find_label (GTK_WIDGET (page), "Vit seule"));
  dmp_write_page_prepare (page, NULL, TRUE); /* and can be begun again */
  g_assert_nonnull (dmp_write_page_get_draft (page));
  gtk_window_destroy (window);
}

static void
put_words (DmpWritePage *page, const char *words)
{
  DmpFact *fact = dmp_fact_new (DMP_FACT_RISK);

  fact->text = g_strdup (words);
  dmp_note_draft_put (dmp_write_page_get_draft (page), find_section (&dmp_note_vsm, "vigilance"),
                      NULL, fact);
}

/* What was taken out to be sent comes back as it was, but never over what was begun meanwhile. */
static void
test_back (void)
{
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  g_autoptr (DmpNoteDraft) sent = NULL;

  dmp_write_page_prepare (page, NULL, TRUE);
  put_words (page, "Vit seule");
  sent = dmp_write_page_take_draft (page, &dmp_note_vsm);
  g_assert_null (gallery_find_label (GTK_WIDGET (page), "Vit seule"));
  g_assert_false (dmp_write_page_is_complete (page));
  dmp_write_page_prepare (page, NULL, TRUE);
  g_assert_true (dmp_write_page_put_draft (page, sent));
  g_assert_true (dmp_write_page_get_draft (page) == sent);
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Vit seule"));

  forget (page, &dmp_note_vsm);
  dmp_write_page_prepare (page, NULL, TRUE);
  put_words (page, "Chute récente");
  g_assert_false (dmp_write_page_put_draft (page, sent));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Chute récente"));
  gtk_window_destroy (window);
}

static void
test_version_picture (void)
{
  g_autoptr (DmpCdaDocument) before = new_before ();
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *label;

  dmp_write_page_prepare (page, NULL, TRUE);
  dmp_write_page_set_before (page, &dmp_note_vsm, before);
  label = gallery_find_label (GTK_WIDGET (page), "Reprendre");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  gallery_take (window, "10-rediger-version");
}

/* Who confirms with the keyboard goes on to the next line. */
static void
test_focus (void)
{
  g_autoptr (DmpSummary) summary = NULL;
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  GtkWidget *label, *focus;

  if (record == NULL)
    {
      g_test_skip ("no python3-pil");
      return;
    }
  summary = sample_record_summarise (record, G_MAXUINT);
  dmp_write_page_prepare (page, summary, TRUE);
  gallery_settle (window);
  label = gallery_find_label (GTK_WIDGET (page), "Confirmer");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  focus = gtk_window_get_focus (window);
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_ACTION_ROW));
  gtk_window_destroy (window);
}

static void
press (GtkWidget *inside, const char *label)
{
  GtkWidget *found = gallery_find_label (inside, label);

  g_assert_nonnull (found);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (found, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

static void
test_letter (void)
{
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));

  dmp_write_page_prepare (page, NULL, TRUE);
  press (GTK_WIDGET (page), "Lettre de liaison à la sortie");
  g_assert_true (dmp_note_draft_get_note_type (dmp_write_page_get_draft (page)) ==
                 &dmp_note_letter);
  gallery_take (window, "10-rediger-lettre");
}

/* The page forgets: nothing of the draft is left. */
static void
test_clear (void)
{
  DmpWritePage *page = g_object_new (DMP_TYPE_WRITE_PAGE, NULL);
  GtkWindow *window = gallery_show (GTK_WIDGET (page));
  guint section = find_section (&dmp_note_vsm, "vigilance");
  DmpFact *fact = dmp_fact_new (DMP_FACT_RISK);

  dmp_write_page_prepare (page, NULL, TRUE);
  fact->text = g_strdup ("Vit seule");
  dmp_note_draft_put (dmp_write_page_get_draft (page), section, NULL, fact);
  g_assert_true (dmp_write_page_is_touched (page));
  g_assert_nonnull (gallery_find_label (GTK_WIDGET (page), "Vit seule"));
  dmp_write_page_clear (page);
  g_assert_false (dmp_write_page_is_touched (page));
  g_assert_null (gallery_find_label (GTK_WIDGET (page), "Vit seule"));
  gtk_window_destroy (window);
}

static void
keep (DmpFactForm *form, DmpFact *fact, DmpFact **kept)
{
  *kept = dmp_fact_ref (fact);
}

static GtkWidget *
find_save (GtkWidget *form)
{
  GtkWidget *label = gallery_find_label (form, "Valider la ligne");

  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

/* Words find their code; Enter takes it; without a choice they stay words, and that is said. */
static void
test_form (void)
{
  GtkWindow *window = gallery_show (gtk_label_new ("…"));
  const DmpNoteSection *section = &dmp_note_vsm.sections[find_section (&dmp_note_vsm, "problems")];
  DmpFactForm *form = dmp_fact_form_new (window, section, NULL);
  DmpCodeEntry *entry = DMP_CODE_ENTRY (gallery_find (GTK_WIDGET (form), DMP_TYPE_CODE_ENTRY));
  GtkWidget *text = gallery_find (GTK_WIDGET (entry), GTK_TYPE_ENTRY);
  g_autoptr (DmpFact) fact = NULL;

  g_signal_connect (form, "done", G_CALLBACK (keep), &fact);
  gtk_window_present (GTK_WINDOW (form));
  gtk_editable_set_text (GTK_EDITABLE (text), "hypertension ess");
  g_assert_null (dmp_code_entry_get_code (entry));
  g_assert_nonnull (
      gallery_find_label (GTK_WIDGET (form), "Sans code : sera écrit en toutes lettres."));
  gallery_settle (GTK_WINDOW (form));
  g_signal_emit_by_name (text, "activate");
  g_assert_cmpstr (dmp_code_get_code (dmp_code_entry_get_code (entry)), ==, "I10");
  gallery_settle (GTK_WINDOW (form));
  g_signal_emit_by_name (find_save (GTK_WIDGET (form)), "clicked");
  g_assert_nonnull (fact);
  g_assert_cmpstr (fact->text, ==, "Hypertension essentielle (primitive)");
  g_assert_cmpstr (dmp_code_get_code (g_ptr_array_index (fact->keys, 0)), ==, "I10");
  gtk_window_destroy (window);
}

static void
test_form_picture (void)
{
  DmpFactForm *form = dmp_fact_form_new (
      NULL, &dmp_note_vsm.sections[find_section (&dmp_note_vsm, "treatments")], NULL);
  GtkWidget *text = gallery_find (GTK_WIDGET (form), GTK_TYPE_ENTRY);

  gtk_window_present (GTK_WINDOW (form));
  gtk_editable_set_text (GTK_EDITABLE (text), "metfor 1000");
  gallery_take (GTK_WINDOW (form), "10-rediger-ligne");
}

/* What is missing is said, and the form stays. */
static void
test_form_refuses (void)
{
  const DmpNoteSection *section = &dmp_note_vaccination.sections[0];
  DmpFactForm *form = dmp_fact_form_new (NULL, section, NULL);
  g_autoptr (DmpFact) fact = NULL;

  g_signal_connect (form, "done", G_CALLBACK (keep), &fact);
  gtk_window_present (GTK_WINDOW (form));
  g_signal_emit_by_name (find_save (GTK_WIDGET (form)), "clicked");
  g_assert_null (fact);
  gallery_take (GTK_WINDOW (form), "10-rediger-vaccin");
}

static void
test_stamps (void)
{
  static const char *const said[][2] = { { "12/05/2019", "20190512" },  { "1/2/2020", "20200201" },
                                         { " 05/2019 ", "201905" },     { "2019", "2019" },
                                         { "12.05.2019", "20190512" },  { "hier", "hier" },
                                         { "1x/02/2026", "1x/02/2026" } };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *stamp = dmp_field_input_dup_stamp (said[i][0]);

      g_assert_cmpstr (stamp, ==, said[i][1]);
    }
  g_assert_null (dmp_field_input_dup_stamp ("  "));
  g_assert_null (dmp_field_input_dup_stamp (NULL));
}

int
main (int argc, char **argv)
{
  int status;

  if (!gallery_init (&argc, &argv))
    return 0;
  record = sample_record_new ("chronic");
  g_test_add_func ("/write/fill", test_fill);
  g_test_add_func ("/write/words", test_words);
  g_test_add_func ("/write/continue", test_continue);
  g_test_add_func ("/write/continue-keeps", test_continue_keeps);
  g_test_add_func ("/write/forget", test_forget);
  g_test_add_func ("/write/back", test_back);
  g_test_add_func ("/write/version-picture", test_version_picture);
  g_test_add_func ("/write/reading", test_reading);
  g_test_add_func ("/write/page", test_page);
  g_test_add_func ("/write/focus", test_focus);
  g_test_add_func ("/write/letter", test_letter);
  g_test_add_func ("/write/clear", test_clear);
  g_test_add_func ("/write/form", test_form);
  g_test_add_func ("/write/form-picture", test_form_picture);
  g_test_add_func ("/write/form-refuses", test_form_refuses);
  g_test_add_func ("/write/stamps", test_stamps);
  status = g_test_run ();
  g_clear_pointer (&record, sample_record_free);
  return status;
}
