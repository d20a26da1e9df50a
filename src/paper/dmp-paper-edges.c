#include "config.h"

#include "dmp-paper-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- The head: whom it speaks of, who printed it, when: a sheet may be lost from the other --- */

static char *
dup_traits (DmpPaperMaker *self)
{
  static const char *const sexes[] = { [DMP_SEX_UNKNOWN] = N_ ("sexe inconnu"),
                                       [DMP_SEX_MALE] = N_ ("sexe M"),
                                       [DMP_SEX_FEMALE] = N_ ("sexe F") };
  DmpPatient *patient = dmp_summary_get_patient (self->summary);
  DmpSex sex = dmp_patient_get_sex (patient);
  const char *ins = dmp_patient_get_ins (patient);
  g_autofree char *birth = dmp_paper_day (dmp_patient_get_birth_date (patient));
  g_autofree char *age = dmp_patient_dup_age (patient, self->frame->today);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          sex == DMP_SEX_FEMALE ? _ ("Née le %s")
                          : sex == DMP_SEX_MALE ? _ ("Né le %s")
                                                : _ ("Né(e) le %s"),
                          *birth != '\0' ? birth : _ ("date inconnue"));
  if (age != NULL)
    g_string_append_printf (text, " (%s)", age);
  g_string_append_printf (text, " · %s", _ (sexes[sex]));
  if (ins != NULL && strlen (ins) == 15)
    g_string_append_printf (text, _ (" · INS, fin %.2s %s"), ins + 11, ins + 13);
  else
    g_string_append (text, _ (" · INS non connue"));

  return g_string_free (text, FALSE);
}

static char *
dup_circumstances (DmpPaperMaker *self, guint page, guint n_pages)
{
  g_autofree char *day = g_date_time_format (self->frame->time, "%Y%m%d");
  g_autofree char *time = g_date_time_format (self->frame->time, _ ("%d/%m/%Y à %H:%M"));
  g_autofree char *printer = dmp_paper_escape (self->frame->printer);
  g_autofree char *of = dmp_paper_day (self->frame->today);
  gboolean other_day = !g_str_equal (day, self->frame->today);
  g_autofree char *title =
      other_day ? g_strdup_printf (_ ("Résumé du DMP au %s"), of) : g_strdup (_ ("Résumé du DMP"));

  return g_strdup_printf (_ ("<b>%s</b>\n%s%simprimé le %s · page %u/%u"), title, printer,
                          *printer != '\0' ? "\n" : "", time, page, n_pages);
}

/* What must be known of the whole sheet. @markup: Pango's */
static void
add_banner (DmpPaperMaker *self, DmpPaperColumn *column, const char *markup)
{
  DmpPaperRow *row = dmp_paper_row_new (column->width);

  row->boxed = row->box_top = row->box_bottom = TRUE;
  row->above = 1;
  dmp_paper_row_add (row, self->context, markup, DMP_PAPER_TEXT, 0, column->width - 12,
                     PANGO_ALIGN_LEFT);
  row->height += 1;
  g_ptr_array_add (column->rows, row);
  row = dmp_paper_row_new (column->width);
  row->height = 3;
  g_ptr_array_add (column->rows, row);
}

static void
add_break_glass (DmpPaperMaker *self, DmpPaperColumn *column)
{
  g_autofree char *reason = dmp_paper_escape (self->frame->reason);
  g_autofree char *markup = g_strdup_printf (
      _ ("<b>Bris de glace</b> : accès en urgence, motif « %s ». Le patient en est "
         "informé ; chaque action est tracée."),
      reason);

  add_banner (self, column, markup);
}

void
dmp_paper_make_head (DmpPaperMaker *self, DmpPaperColumn *column, guint page, guint n_pages)
{
  g_autofree char *name = dmp_patient_dup_display_name (dmp_summary_get_patient (self->summary));
  g_autofree char *shown = dmp_paper_escape (name);
  g_autofree char *traits = dup_traits (self);
  g_autofree char *who = g_strdup_printf ("<span size='140%%'><b>%s</b></span>\n%s", shown, traits);
  g_autofree char *when = dup_circumstances (self, page, n_pages);
  DmpPaperRow *row = dmp_paper_add_row (self, column);

  row->rule = DMP_PAPER_THICK;
  dmp_paper_row_add (row, self->context, who, DMP_PAPER_TEXT, 0, column->width * 0.6,
                     PANGO_ALIGN_LEFT);
  dmp_paper_row_add (row, self->context, when, DMP_PAPER_TEXT, column->width * 0.6,
                     column->width * 0.4, PANGO_ALIGN_RIGHT);
  row->height += 5;
  row = dmp_paper_row_new (column->width);
  row->height = 4;
  g_ptr_array_add (column->rows, row);
  if (self->frame->break_glass)
    add_break_glass (self, column);
  if (self->tells_hidden)
    add_banner (self, column,
                _ ("<b>Comprend des éléments non visibles du patient</b> : ne pas lui remettre ni "
                   "laisser voir cette feuille."));
}

/* --- The foot --- */

void
dmp_paper_make_foot (DmpPaperMaker *self, DmpPaperColumn *column)
{
  g_autofree char *tables = dmp_paper_escape (dmp_summary_get_tables_sentence (self->summary));
  g_autofree char *checks = dmp_paper_escape (dmp_summary_get_checks_sentence (self->summary));
  g_autofree char *words = g_strdup_printf (
      _ ("<b>Imprimé du DMP – confidentiel – à détruire.</b> Ce résumé ne remplace "
         "pas le dossier.\n<span size='90%%'>Règles %s · %s. %s</span>"),
      dmp_summary_get_rules_version (), tables, checks);
  DmpPaperRow *row = dmp_paper_row_new (column->width);

  row->rule = DMP_PAPER_THICK;
  row->height = 2;
  g_ptr_array_add (column->rows, row);
  row = dmp_paper_add_text (self, column, words, DMP_PAPER_TEXT);
  row->rule = DMP_PAPER_NO_RULE;
}

/* --- What was read --- */

static void
append_count (GString *text, guint n, const char *one, const char *many)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", n, n > 1 ? many : one);
}

/* Constant: it says nothing of this record unless what is masked is printed. */
static const char *
get_masking (DmpPaperMaker *self)
{
  return self->tells_hidden ? dmp_summary_get_masking_sentence (self->summary)
                            : _ ("Le patient peut avoir masqué des documents ; ils ne sont ni "
                                 "comptés ni imprimés ici.");
}

void
dmp_paper_make_coverage (DmpPaperMaker *self)
{
  const DmpCoverage *coverage = dmp_summary_get_coverage (self->summary);
  DmpPaperBand *band = dmp_paper_add_band (self, 1, (const double[]){ 1 });
  g_autoptr (GString) unread = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  DmpPaperRow *row;
  g_autofree char *problem = dmp_paper_escape (self->frame->list_problem);
  g_autofree char *masking = dmp_paper_escape (get_masking (self));
  g_autofree char *closed = dmp_paper_escape (self->frame->closed);
  g_autofree char *markup = NULL;

  append_count (unread, coverage->counts[DMP_READ_PDF], _ ("PDF ou image sans texte"),
                _ ("PDF ou images sans texte"));
  append_count (unread, coverage->counts[DMP_READ_FAILED], _ ("illisible"), _ ("illisibles"));
  append_count (unread, coverage->counts[DMP_READ_PENDING], _ ("non reçu"), _ ("non reçus"));
  g_string_append_printf (text, _ ("<b>%u / %u documents lus</b>"), coverage->read,
                          coverage->listed);
  if (coverage->counts[DMP_READ_TEXT] > 0)
    g_string_append_printf (text, _ (", dont %u en texte seul, sans ligne ici"),
                            coverage->counts[DMP_READ_TEXT]);
  g_string_append (text, ".");
  if (unread->len > 0)
    g_string_append_printf (text, _ (" Non lus : %s."), unread->str);
  if (*problem != '\0')
    g_string_append_printf (text, " <b>%s</b>", problem);
  if (!dmp_summary_is_for_patient (self->summary))
    g_string_append_printf (text, "\n%s%s%s", masking, *closed != '\0' ? " " : "", closed);
  markup = g_string_free (text, FALSE);
  row = dmp_paper_add_text (self, &band->columns[0], markup, DMP_PAPER_TEXT);
  row->rule = DMP_PAPER_NO_RULE;
  row->height += 3;
}
