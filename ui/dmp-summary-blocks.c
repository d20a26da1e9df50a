#include "config.h"

#include "dmp-summary-blocks.h"

#include "dmp-landmarks.h"
#include "dmp-lines.h"

#include <glib/gi18n.h>

enum
{
  FLAGS,
  ALLERGIES,
  PROBLEMS,
  NEWS,
  TREATMENTS,
  RESULTS,
  VACCINES,
  HISTORY,
  LANDMARKS
};

typedef GtkWidget *(*MakeLine) (DmpSummary *, const DmpSummaryLine *);

void
dmp_summary_blocks_create (DmpBlock *blocks[DMP_SUMMARY_N_BLOCKS])
{
  const char *titles[DMP_SUMMARY_N_BLOCKS] = {
    _ ("À vérifier"),       _ ("Allergies et intolérances"),
    _ ("Problèmes actifs"), _ ("Nouveau"),
    _ ("Traitements"),      _ ("Biologie clé"),
    _ ("Vaccins"),          _ ("Antécédents, actes, dispositifs"),
    _ ("Repères"),
  };

  for (int i = 0; i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      char key[] = { (char) ('1' + i), '\0' };

      blocks[i] = DMP_BLOCK (dmp_block_new (key, titles[i]));
      gtk_widget_set_margin_start (GTK_WIDGET (blocks[i]), 3);
      gtk_widget_set_margin_end (GTK_WIDGET (blocks[i]), 3);
      gtk_widget_set_margin_bottom (GTK_WIDGET (blocks[i]), 6);
    }
  dmp_block_set_side (blocks[FLAGS]);
  dmp_block_set_columns (blocks[TREATMENTS], dmp_line_new_treatment_head ());
  dmp_block_set_head (blocks[RESULTS], dmp_line_new_result_head ());
  dmp_block_set_more_in_head (blocks[VACCINES]);
  dmp_block_set_more_in_head (blocks[HISTORY]);
  dmp_block_set_two_lists (blocks[LANDMARKS]);
}

/* --- What a block would show, in few words: it is built again only when they change --- */

static void
sign_text (GString *signature, const char *text)
{
  g_string_append (signature, text != NULL ? text : "");
  g_string_append_c (signature, '\x1f');
}

static void
sign_line (GString *signature, const DmpSummaryLine *line)
{
  const char *texts[] = { line->id,          line->text,  line->detail, line->substance, line->date,
                          line->source_date, line->label, line->note,   line->whole };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    sign_text (signature, texts[i]);
  g_string_append_printf (signature, "%d %d %d %d %d %u %u ", (int) line->trust, line->is_new,
                          line->for_patient, line->masked, line->hidden_from_patient,
                          line->sources->len, line->points != NULL ? line->points->len : 0);
  sign_text (signature, ((DmpSummarySource *) line->sources->pdata[0])->document);
  if (line->value != NULL)
    sign_text (signature, line->value->number);
  if (line->previous != NULL)
    sign_text (signature, line->previous->number);
}

static void
sign_flags (GString *signature, DmpSummary *summary)
{
  GPtrArray *flags = dmp_summary_get_flags (summary);

  for (guint i = 0; i < flags->len; i++)
    {
      const DmpSummaryFlag *flag = g_ptr_array_index (flags, i);

      sign_text (signature, flag->title);
      sign_text (signature, flag->text);
      g_string_append_printf (signature, "%u", flag->sources->len);
      for (guint k = 0; k < flag->lines->len; k++)
        sign_text (signature, g_ptr_array_index (flag->lines, k));
    }
  g_string_append_printf (signature, "%d",
                          dmp_summary_get_coverage (summary)->counts[DMP_READ_PENDING] > 0);
}

static void
sign_aside (GString *signature, DmpSummary *summary, DmpAside *aside)
{
  GPtrArray *flags = dmp_summary_get_flags (summary);

  for (guint i = 0; i < flags->len; i++)
    sign_text (signature, dmp_aside_get_time (aside, ((DmpSummaryFlag *) flags->pdata[i])->id));
}

static void
sign_block (GString *signature, DmpSummary *summary, DmpBlockId id)
{
  const DmpSummaryBlock *from = dmp_summary_get_block (summary, id);

  sign_text (signature, from->sentence);
  g_string_append_printf (signature, "%u %u %u %u", from->n_current, from->n_folded, from->n_past,
                          from->n_excluded);
  for (guint i = 0; i < from->lines->len; i++)
    sign_line (signature, g_ptr_array_index (from->lines, i));
}

/* @signature: (transfer full). Returns: whether @block must be built again; it is then empty */
static gboolean
begin (DmpBlock *block, GString *signature)
{
  char *text = g_string_free (signature, FALSE);

  if (g_strcmp0 (g_object_get_data (G_OBJECT (block), "signature"), text) == 0)
    {
      g_free (text);
      return FALSE;
    }
  g_object_set_data_full (G_OBJECT (block), "signature", text, g_free);
  dmp_block_clear (block);

  return TRUE;
}

void
dmp_summary_blocks_renew (DmpBlock *block)
{
  g_object_set_data (G_OBJECT (block), "signature", NULL);
}

/* --- The blocks --- */

/* @aside: which of them: those that are aside stand last. Returns: how many */
static guint
add_flags (DmpBlock *block, DmpSummary *summary, DmpAside *aside, gboolean set_aside)
{
  GPtrArray *flags = dmp_summary_get_flags (summary);
  guint n = 0;

  for (guint i = 0; i < flags->len; i++)
    {
      const DmpSummaryFlag *flag = g_ptr_array_index (flags, i);
      const char *since = dmp_aside_get_time (aside, flag->id);

      if ((since != NULL) != set_aside)
        continue;
      (set_aside ? dmp_block_add_aside
                 : dmp_block_add) (block, dmp_line_new_flag (summary, flag, since), flag->title);
      n++;
    }

  return n;
}

/* No flag is in sight: why. */
static const char *
get_flags_sentence (DmpSummary *summary, guint n_aside)
{
  if (n_aside > 0)
    return _ ("Tout ce qui est à vérifier a été mis de côté");
  if (dmp_summary_get_coverage (summary)->counts[DMP_READ_PENDING] > 0)
    return _ ("Lecture en cours");
  if (dmp_summary_get_coverage (summary)->read == 0)
    return _ ("Aucun document lu");
  return _ ("Aucune alerte d’après les documents lus");
}

static void
fill_flags (DmpBlock *block, DmpSummary *summary, DmpAside *aside)
{
  guint n, n_aside;
  g_autofree char *count = NULL;
  GString *signature = g_string_new (NULL);

  sign_flags (signature, summary);
  sign_aside (signature, summary, aside);
  if (!begin (block, signature))
    return;
  n = add_flags (block, summary, aside, FALSE);
  n_aside = add_flags (block, summary, aside, TRUE);
  count = g_strdup_printf (g_dngettext (NULL, "%u point", "%u points", n), n);
  dmp_block_set_count (block, n + n_aside > 0 ? count : NULL);
  dmp_block_set_sentence (block, n == 0 ? get_flags_sentence (summary, n_aside) : NULL);
}

static void
fill_news (DmpBlock *block, DmpSummary *summary)
{
  GPtrArray *news = dmp_summary_get_news (summary);
  g_autofree char *count = g_strdup_printf ("%u", news->len);
  GString *signature = g_string_new (dmp_summary_get_news_title (summary));

  for (guint i = 0; i < news->len; i++)
    sign_line (signature, g_ptr_array_index (news, i));
  if (!begin (block, signature))
    return;
  dmp_block_set_title (block, dmp_summary_get_news_title (summary));
  for (guint i = 0; i < news->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (news, i);

      dmp_block_add (block, dmp_line_new_news (summary, line), line->text);
    }
  if (news->len > 0)
    dmp_block_set_count (block, count);
  else
    dmp_block_set_sentence (block, _ ("Aucun document"));
}

/* "10 · 2 autres · anciens 6 · 1 exclu" */
static char *
dup_count (const DmpSummaryBlock *from)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u", from->n_current);
  if (from->n_folded > 0)
    g_string_append_printf (text, g_dngettext (NULL, " · %u autre", " · %u autres", from->n_folded),
                            from->n_folded);
  if (from->n_past > 0)
    g_string_append_printf (text,
                            from->id == DMP_BLOCK_TREATMENT
                                ? g_dngettext (NULL, " · %u arrêté", " · %u arrêtés", from->n_past)
                                : g_dngettext (NULL, " · %u ancien", " · %u anciens", from->n_past),
                            from->n_past);
  if (from->n_excluded > 0)
    g_string_append_printf (text,
                            g_dngettext (NULL, " · %u exclu", " · %u exclus", from->n_excluded),
                            from->n_excluded);

  return g_string_free (text, FALSE);
}

/* "None known" is a line of its own, with its source: said once. */
static gboolean
is_line (const DmpSummaryBlock *from, const char *sentence)
{
  for (guint i = 0; sentence != NULL && i < from->lines->len; i++)
    if (g_str_has_prefix (sentence, ((DmpSummaryLine *) from->lines->pdata[i])->text))
      return TRUE;

  return FALSE;
}

static void
set_count (DmpBlock *block, const DmpSummaryBlock *from)
{
  g_autofree char *count = dup_count (from);
  gboolean said = is_line (from, from->sentence);

  if (from->lines->len > 0 && !(said && from->lines->len == 1))
    dmp_block_set_count (block, count);
  dmp_block_set_sentence (block, said ? NULL : from->sentence);
}

static void
fill_block (DmpBlock *block, DmpSummary *summary, DmpBlockId id, MakeLine make)
{
  const DmpSummaryBlock *from = dmp_summary_get_block (summary, id);
  GString *signature = g_string_new (NULL);

  sign_block (signature, summary, id);
  if (id == DMP_BLOCK_TREATMENT) /* its lines bear the marks of the flags */
    sign_flags (signature, summary);
  if (!begin (block, signature))
    return;
  for (guint i = 0; i < from->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (from->lines, i);

      dmp_block_add (block, make (summary, line), line->text);
    }
  set_count (block, from);
}

/* What is to be checked stands before what is only newer. */
static void
add_vaccines (DmpBlock *block, DmpSummary *summary, gboolean noted)
{
  const DmpSummaryBlock *from = dmp_summary_get_block (summary, DMP_BLOCK_VACCINE);

  for (guint i = 0; i < from->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (from->lines, i);

      if ((line->note != NULL) == noted)
        dmp_block_add (block, dmp_line_new_vaccine (summary, line), line->text);
    }
}

static void
fill_vaccines (DmpBlock *block, DmpSummary *summary)
{
  const DmpSummaryBlock *from = dmp_summary_get_block (summary, DMP_BLOCK_VACCINE);
  GString *signature = g_string_new (NULL);

  sign_block (signature, summary, DMP_BLOCK_VACCINE);
  if (!begin (block, signature))
    return;
  add_vaccines (block, summary, TRUE);
  add_vaccines (block, summary, FALSE);
  set_count (block, from);
}

static void
fill_landmarks (DmpBlock *block, DmpSummary *summary)
{
  static const DmpBlockId ids[] = {
    DMP_BLOCK_EVENT,     DMP_BLOCK_PROCEDURE, DMP_BLOCK_CONTACT,
    DMP_BLOCK_DIRECTIVE, DMP_BLOCK_RISK,      DMP_BLOCK_UNCLASSIFIED
  };
  g_autoptr (GPtrArray) landmarks = dmp_landmarks_new (summary);
  GString *signature = g_string_new (dmp_summary_is_for_patient (summary) ? "patient " : NULL);

  for (guint i = 0; i < landmarks->len; i++)
    sign_text (signature, ((DmpLandmark *) landmarks->pdata[i])->words);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    sign_block (signature, summary, ids[i]);
  if (!begin (block, signature))
    return;
  while (landmarks->len > 0)
    dmp_landmark_add (g_ptr_array_steal_index (landmarks, 0), summary, block);
  if (dmp_block_is_empty (block))
    dmp_block_set_sentence (block, dmp_summary_get_block (summary, DMP_BLOCK_EVENT)->sentence);
}

/* Implants first: who is about to prescribe an MRI asks for them; the rest in the order of @ids. */
static guint
add_history (
    DmpBlock *block, DmpSummary *summary, const DmpBlockId *ids, guint n_ids, gboolean implants)
{
  guint n = 0;

  for (guint k = 0; k < n_ids; k++)
    {
      const DmpSummaryBlock *from = dmp_summary_get_block (summary, ids[k]);

      for (guint i = 0; i < from->lines->len; i++)
        {
          const DmpSummaryLine *line = g_ptr_array_index (from->lines, i);

          if (dmp_summary_line_is_implant (line) != implants)
            continue;
          dmp_block_add (block, dmp_line_new_plain (summary, line), line->text);
          n++;
        }
    }

  return n;
}

/* Several blocks of the summary in one on the screen; its sentence only when all are empty. */
static void
fill_history (DmpBlock *block, DmpSummary *summary)
{
  static const DmpBlockId ids[] = { DMP_BLOCK_DEVICE, DMP_BLOCK_HISTORY, DMP_BLOCK_PROCEDURE };
  const char *sentence = NULL;
  g_autofree char *count = NULL;
  guint n;
  GString *signature = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
    {
      sign_block (signature, summary, ids[k]);
      if (sentence == NULL)
        sentence = dmp_summary_get_block (summary, ids[k])->sentence;
    }
  if (!begin (block, signature))
    return;
  n = add_history (block, summary, ids, G_N_ELEMENTS (ids), TRUE);
  n += add_history (block, summary, ids, G_N_ELEMENTS (ids), FALSE);
  count = g_strdup_printf ("%u", n);
  dmp_block_set_count (block, n > 0 ? count : NULL);
  dmp_block_set_sentence (block, n > 0 ? NULL : sentence);
}

void
dmp_summary_blocks_fill (DmpBlock *blocks[DMP_SUMMARY_N_BLOCKS],
                         DmpSummary *summary,
                         DmpAside *aside)
{
  for (int i = 0; summary == NULL && i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      dmp_block_collapse (blocks[i]); /* the next patient's are folded */
      if (begin (blocks[i], g_string_new (NULL)))
        dmp_block_set_sentence (blocks[i], _ ("Lecture en cours"));
    }
  if (summary == NULL)
    return;
  fill_flags (blocks[FLAGS], summary, aside);
  fill_block (blocks[ALLERGIES], summary, DMP_BLOCK_ALLERGY, dmp_line_new_allergy);
  fill_block (blocks[PROBLEMS], summary, DMP_BLOCK_PROBLEM, dmp_line_new_plain);
  fill_news (blocks[NEWS], summary);
  fill_block (blocks[TREATMENTS], summary, DMP_BLOCK_TREATMENT, dmp_line_new_treatment);
  fill_block (blocks[RESULTS], summary, DMP_BLOCK_RESULT, dmp_line_new_result);
  fill_vaccines (blocks[VACCINES], summary);
  fill_history (blocks[HISTORY], summary);
  fill_landmarks (blocks[LANDMARKS], summary);
}
