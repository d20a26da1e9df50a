#include "config.h"

#include "dmp-landmarks.h"

#include "dmp-lines-private.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME_CHARS 12
#define MAX_LINES 3

static void
landmark_free (DmpLandmark *landmark)
{
  g_free (landmark->words);
  if (landmark->own != NULL)
    {
      g_ptr_array_unref (landmark->own->why);
      g_ptr_array_unref (landmark->own->sources);
      g_free (landmark->own);
    }
  g_free (landmark);
}

/* @words: (transfer full) */
static void
add (GPtrArray *landmarks, const char *name, const DmpSummaryLine *line, char *words)
{
  DmpLandmark *landmark = g_new0 (DmpLandmark, 1);

  landmark->name = name;
  landmark->words = words;
  landmark->line = line;
  g_ptr_array_add (landmarks, landmark);
}

/* --- Which --- */

static const DmpSummaryLine *
find_imaging (DmpSummary *summary)
{
  GPtrArray *lines = dmp_summary_get_block (summary, DMP_BLOCK_PROCEDURE)->lines;
  const DmpSummaryLine *last = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (lines, i);

      if (line->date != NULL && line->group == DMP_LINE_CURRENT &&
          dmp_summary_line_get_act (line) == DMP_ACT_IMAGING &&
          (last == NULL || dmp_date_compare (line->date, last->date) > 0))
        last = line;
    }

  return last;
}

static const DmpSummaryLine *
find_first (DmpSummary *summary, DmpBlockId id)
{
  GPtrArray *lines = dmp_summary_get_block (summary, id)->lines;
  const DmpSummaryLine *first = lines->len > 0 ? g_ptr_array_index (lines, 0) : NULL;

  return first != NULL && first->group == DMP_LINE_CURRENT ? first : NULL;
}

/* The newest document of the médecin traitant among the sources of all lines. */
static DmpSummarySource *
find_doctor (DmpSummary *summary)
{
  DmpSummarySource *newest = NULL;

  for (int id = 0; id < DMP_N_BLOCKS; id++)
    {
      GPtrArray *lines = dmp_summary_get_block (summary, (DmpBlockId) id)->lines;

      for (guint i = 0; i < lines->len; i++)
        {
          const DmpSummaryLine *line = g_ptr_array_index (lines, i);

          for (guint k = 0; k < line->sources->len; k++)
            {
              DmpSummarySource *source = g_ptr_array_index (line->sources, k);

              if (source->trust == DMP_TRUST_MT && source->author != NULL &&
                  (newest == NULL || dmp_date_compare (source->date, newest->date) > 0))
                newest = source;
            }
        }
    }

  return newest;
}

/* --- Their words --- */

static char *
join (const char *first, const char *second, const char *third)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *all[] = { first, second, third };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (parts, (gpointer) all[i]);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
dup_words (const DmpSummaryLine *line)
{
  g_autofree char *date = dmp_line_dup_date (line->date);

  return join (line->text, line->detail, date);
}

/* "01 – 05/10/2026", "28/09/2026 – 05/10/2026" */
static char *
dup_period (const char *first, const char *last)
{
  if (first == NULL || last == NULL || strcmp (first, last) == 0)
    return g_strdup (first != NULL ? first : last);
  if (strlen (first) == 10 && strlen (last) == 10 && strcmp (first + 3, last + 3) == 0)
    return g_strdup_printf ("%.2s – %s", first, last);

  return g_strdup_printf ("%s – %s", first, last);
}

/* "01 – 05/10/2026 · CHU de Seine-Nord · Dyspnée d’effort" */
static char *
dup_stay (const DmpSummaryLine *line)
{
  g_autofree char *first = dmp_line_dup_date (line->date), *last = NULL, *period = NULL;

  last = dmp_line_dup_date (line->end_date);
  period = dup_period (first, last);

  return join (period, line->detail, line->text);
}

static char *
dup_imaging (const DmpSummaryLine *line)
{
  g_autofree char *date = dmp_line_dup_date (line->date);

  return join (date, line->text, NULL);
}

/* What is no line of the summary. @source: (nullable): nothing then. @words: of the summary */
static void
add_own (GPtrArray *landmarks,
         const char *name,
         const char *id,
         DmpSummarySource *source,
         const char *words)
{
  DmpSummaryLine *line;

  if (source == NULL)
    return;
  line = g_new0 (DmpSummaryLine, 1);
  line->id = (char *) id;
  line->block = DMP_BLOCK_CONTACT;
  line->text = (char *) words;
  line->trust = source->trust;
  line->why = g_ptr_array_new ();
  line->sources = g_ptr_array_new ();
  g_ptr_array_add (line->sources, source);
  add (landmarks, name, line, g_strdup (words));
  ((DmpLandmark *) landmarks->pdata[landmarks->len - 1])->own = line;
}

static const char *
get_block_name (DmpBlockId id)
{
  switch ((int) id)
    {
    case DMP_BLOCK_EVENT:
      return _ ("Séjour, visite");
    case DMP_BLOCK_RISK:
      return _ ("Risque, vie");
    case DMP_BLOCK_CONTACT:
      return _ ("Proche");
    case DMP_BLOCK_DIRECTIVE:
      return _ ("Directives");
    default:
      return _ ("Non classé");
    }
}

static void
add_rest (GPtrArray *landmarks, DmpSummary *summary)
{
  static const DmpBlockId ids[] = { DMP_BLOCK_RISK, DMP_BLOCK_EVENT, DMP_BLOCK_CONTACT,
                                    DMP_BLOCK_DIRECTIVE, DMP_BLOCK_UNCLASSIFIED };
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < landmarks->len; i++)
    g_hash_table_add (there, (gpointer) ((DmpLandmark *) landmarks->pdata[i])->line);
  for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
    {
      GPtrArray *lines = dmp_summary_get_block (summary, ids[k])->lines;

      for (guint i = 0; i < lines->len; i++)
        {
          const DmpSummaryLine *line = g_ptr_array_index (lines, i);

          if (!g_hash_table_contains (there, line))
            add (landmarks, get_block_name (ids[k]), line,
                 line->block == DMP_BLOCK_EVENT ? dup_stay (line) : dup_words (line));
        }
    }
}

GPtrArray *
dmp_landmarks_new (DmpSummary *summary)
{
  GPtrArray *landmarks = g_ptr_array_new_with_free_func ((GDestroyNotify) landmark_free);
  GPtrArray *stays = dmp_summary_get_stays (summary);
  const DmpSummaryLine *stay = stays->len > 0 ? g_ptr_array_index (stays, 0) : NULL;
  const DmpSummaryLine *imaging = find_imaging (summary);
  const DmpSummaryVsm *vsm = dmp_summary_get_vsm (summary);
  DmpSummarySource *doctor = find_doctor (summary);
  const DmpSummaryLine *person = find_first (summary, DMP_BLOCK_CONTACT);
  const DmpSummaryLine *directive = find_first (summary, DMP_BLOCK_DIRECTIVE);

  if (stay != NULL)
    add (landmarks, _ ("Hospitalisation"), stay, dup_stay (stay));
  if (person != NULL)
    add (landmarks, _ ("À prévenir"), person, dup_words (person));
  if (imaging != NULL)
    add (landmarks, _ ("Imagerie"), imaging, dup_imaging (imaging));
  add_own (landmarks, _ ("Médecin traitant"), "landmark-doctor", doctor,
           doctor != NULL ? doctor->author : NULL);
  if (vsm != NULL)
    add_own (landmarks, _ ("Synthèse"), "landmark-vsm", vsm->source, vsm->sentence);
  if (directive != NULL)
    add (landmarks, _ ("Directives"), directive, dup_words (directive));
  add_rest (landmarks, summary);

  return landmarks;
}

/* --- The row --- */

static char *
dup_said (const DmpLandmark *landmark, DmpSummary *summary)
{
  if (dmp_summary_is_for_patient (summary))
    return g_strdup_printf ("%s, %s", landmark->name, landmark->words);

  return g_strdup_printf ("%s, %s, %s", landmark->name, landmark->words,
                          dmp_trust_get_words (landmark->line->trust));
}

void
dmp_landmark_add (DmpLandmark *landmark, DmpSummary *summary, DmpBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *row;
  GtkWidget *name = dmp_line_new_sub (landmark->name),
            *words = dmp_text_new (landmark->words, NULL);
  g_autofree char *said = dup_said (landmark, summary);

  gtk_label_set_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_valign (name, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (words, GTK_ALIGN_BASELINE);
  if (landmark->line->block == DMP_BLOCK_EVENT) /* why somebody was in hospital is said */
    gtk_label_set_lines (GTK_LABEL (words), MAX_LINES);
  else
    gtk_label_set_wrap (GTK_LABEL (words), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_tooltip_text (words, landmark->words);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  dmp_line_append_marks (box, landmark->line);
  row = dmp_line_new_row (summary, landmark->line, NULL, box, said);
  g_object_set_data_full (G_OBJECT (row), "dmp-landmark", landmark, (GDestroyNotify) landmark_free);
  dmp_block_add (block, row, landmark->words);
}
