#include "config.h"

#include "dmp-send-checks.h"

#include "dmp-check-row.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum
{
  ROW_FILE,
  ROW_PATIENT,
  ROW_HELD,
  ROW_TYPE,
  ROW_TITLE,
  ROW_DATE,
  ROW_RIGHTS,
  N_ROWS
} Row;

struct _DmpSendChecks
{
  AdwBin parent_instance;

  DmpCheckRow *rows[N_ROWS];
  DmpRepair repair;    /* of the file row */
  char *codes[N_ROWS]; /* (nullable): the warning that the row's button accepts */
};

G_DEFINE_FINAL_TYPE (DmpSendChecks, dmp_send_checks, ADW_TYPE_BIN)

enum
{
  REPAIR,
  ACCEPT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Which row a finding belongs to. */
static Row
row_of (const char *code)
{
  static const struct
  {
    const char *prefix;
    Row row;
  } rows[] = {
    { "other-patient", ROW_PATIENT }, { "in-record", ROW_HELD }, { "type-", ROW_TYPE },
    { "title-", ROW_TITLE },          { "date-", ROW_DATE },     { "nobody-", ROW_RIGHTS }
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_has_prefix (code, rows[i].prefix))
      return rows[i].row;
  return ROW_FILE;
}

static void
set (DmpSendChecks *self, Row row, DmpCheck check, const char *word, const char *button)
{
  dmp_check_row_set (self->rows[row], check, word);
  dmp_check_row_offer (self->rows[row], button);
}

/* --- What is in order --- */

static char *
dup_kind (const DmpFileReport *report)
{
  const char *mime = report->mime != NULL ? report->mime : "";
  g_autofree char *pages =
      g_strdup_printf (g_dngettext (NULL, "%u page", "%u pages", MAX (report->n_pages, 1)),
                       MAX (report->n_pages, 1));

  if (strcmp (mime, "application/pdf") == 0)
    return g_strdup_printf (report->pdfa ? "PDF/A-1, %s" : "PDF, %s", pages);
  if (strcmp (mime, "image/jpeg") == 0)
    return g_strdup_printf ("JPEG, %s", pages);
  if (strcmp (mime, "image/tiff") == 0)
    return g_strdup_printf ("TIFF, %s", pages);
  if (strcmp (mime, "text/rtf") == 0)
    return g_strdup ("RTF");
  if (strcmp (mime, "text/xml") == 0)
    return g_strdup ("CDA");
  return g_strdup (strcmp (mime, "text/plain") == 0 ? _ ("Texte") : _ ("Fichier"));
}

static void
show_file (DmpSendChecks *self, DmpSendFile *file)
{
  const DmpFileReport *report = file != NULL ? dmp_send_file_get_report (file) : NULL;
  g_autofree char *kind = report != NULL ? dup_kind (report) : g_strdup (_ ("Fichier"));
  const char *problem = file != NULL ? dmp_send_file_get_problem (file) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[ROW_FILE]), kind);
  if (file == NULL)
    set (self, ROW_FILE, DMP_CHECK_WRONG, _ ("à choisir"), NULL);
  else if (problem != NULL)
    set (self, ROW_FILE, DMP_CHECK_WRONG, problem, NULL);
  else if (dmp_send_file_get_busy (file))
    set (self, ROW_FILE, DMP_CHECK_UNKNOWN, _ ("lecture…"), NULL);
  else
    set (self, ROW_FILE, DMP_CHECK_OK,
         dmp_send_file_get_original (file) != NULL ? _ ("conforme, converti") : _ ("conforme"),
         NULL);
}

static void
show_patient (DmpSendChecks *self, DmpSendFile *file)
{
  const DmpFileReport *report = file != NULL ? dmp_send_file_get_report (file) : NULL;
  gboolean same = report != NULL && report->identity == DMP_IDENTITY_SAME;

  set (self, ROW_PATIENT, same ? DMP_CHECK_OK : DMP_CHECK_UNKNOWN,
       same             ? _ ("même patient")
       : report != NULL ? _ ("non nommé : à vérifier")
                        : "–",
       NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rows[ROW_PATIENT]),
                               same ? report->identity_found : NULL);
}

static void
show_held (DmpSendChecks *self, DmpSendFile *file)
{
  gboolean twin = file != NULL && dmp_send_file_has_twin (file);
  g_autofree char *unread = file != NULL ? dmp_send_file_dup_unread (file) : NULL;

  if (file == NULL)
    set (self, ROW_HELD, DMP_CHECK_UNKNOWN, "–", NULL);
  else if (twin)
    set (self, ROW_HELD, DMP_CHECK_UNKNOWN, _ ("un document de ce titre et de ce jour y est"),
         NULL);
  else
    set (self, ROW_HELD, unread != NULL ? DMP_CHECK_UNKNOWN : DMP_CHECK_OK,
         unread != NULL ? unread : _ ("non"), NULL);
}

static void
show_others (DmpSendChecks *self, DmpSendFile *file)
{
  const char *word = file != NULL ? _ ("en ordre") : "–";
  DmpCheck check = file != NULL ? DMP_CHECK_OK : DMP_CHECK_UNKNOWN;

  set (self, ROW_TYPE, check, word, NULL);
  set (self, ROW_TITLE, check, word, NULL);
  set (self, ROW_DATE, check, word, NULL);
  set (self, ROW_RIGHTS, check, word, NULL);
}

/* --- What is not --- */

/* The date's own sentence stands beside its field. */
static const char *
word_of (Row row, const DmpFinding *finding)
{
  if (strcmp (finding->code, "date-missing") == 0)
    return _ ("manquante");
  if (row == ROW_TITLE || row == ROW_TYPE)
    return g_str_has_suffix (finding->code, "-missing") ? _ ("manquant") : finding->message;
  return strcmp (finding->code, "date-future") == 0 ? _ ("à corriger") : finding->message;
}

static gboolean
show_finding (DmpSendChecks *self, DmpSendFile *file, const DmpFinding *finding, gboolean *taken)
{
  Row row = row_of (finding->code);
  const char *button = dmp_repair_label (finding->repair);

  if (finding->level == DMP_FINDING_NOTE)
    return FALSE;
  if (finding->level == DMP_FINDING_WARNING && dmp_send_file_has_accepted (file, finding->code))
    {
      set (self, row, DMP_CHECK_OK, _ ("vérifié par vous"), NULL);
      return FALSE;
    }
  if (taken[row]) /* one thing at a time */
    return TRUE;
  taken[row] = TRUE;
  if (finding->level == DMP_FINDING_WARNING)
    {
      button = row == ROW_PATIENT ? _ ("C’est bien ce patient") : _ ("Envoyer quand même");
      self->codes[row] = g_strdup (finding->code);
    }
  else if (row == ROW_FILE)
    self->repair = finding->repair;
  set (self, row, DMP_CHECK_WRONG, word_of (row, finding), button);
  return TRUE;
}

static guint
show_findings (DmpSendChecks *self, DmpSendFile *file, GPtrArray *findings, gboolean *taken)
{
  guint wrong = 0;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    wrong += show_finding (self, file, g_ptr_array_index (findings, i), taken);
  return wrong;
}

static GPtrArray *
check_draft (DmpSendFile *file, const char *today)
{
  g_autoptr (DmpSubmissionDraft) draft = dmp_send_file_dup_draft (file);
  GPtrArray *findings = dmp_draft_check (draft, today);
  const char *typed = dmp_send_file_get_entries (file)->date;

  /* What was typed is no date. */
  if (draft->date == NULL && *typed != '\0' && dmp_findings_has (findings, "date-missing"))
    for (guint i = 0; i < findings->len; i++)
      if (strcmp (((DmpFinding *) g_ptr_array_index (findings, i))->code, "date-missing") == 0)
        {
          g_ptr_array_remove_index (findings, i);
          dmp_findings_add (findings, DMP_RULE_DATE_FUTURE, NULL);
          break;
        }
  return findings;
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y%m%d");
}

guint
dmp_send_checks_show (DmpSendChecks *self, DmpSendFile *file)
{
  gboolean taken[N_ROWS] = { FALSE };
  const DmpFileReport *report;
  g_autoptr (GPtrArray) draft = NULL;
  g_autofree char *today = dup_today ();
  guint wrong = 0;

  g_return_val_if_fail (DMP_IS_SEND_CHECKS (self), 0);

  for (guint i = 0; i < N_ROWS; i++)
    g_clear_pointer (&self->codes[i], g_free);
  self->repair = DMP_REPAIR_NONE;
  show_file (self, file);
  show_patient (self, file);
  show_held (self, file);
  show_others (self, file);
  if (file == NULL)
    return 1;
  report = dmp_send_file_get_report (file);
  draft = check_draft (file, today);
  if (report != NULL && !dmp_send_file_get_busy (file) && dmp_send_file_get_problem (file) == NULL)
    wrong += show_findings (self, file, report->findings, taken);
  else
    wrong++;
  wrong += show_findings (self, file, dmp_send_file_get_held (file), taken);
  return wrong + show_findings (self, file, draft, taken);
}

static guint
count (DmpSendFile *file, GPtrArray *findings)
{
  guint wrong = 0;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const DmpFinding *finding = g_ptr_array_index (findings, i);

      wrong += finding->level == DMP_FINDING_ERROR ||
               (finding->level == DMP_FINDING_WARNING &&
                !dmp_send_file_has_accepted (file, finding->code));
    }
  return wrong;
}

guint
dmp_send_checks_count (DmpSendFile *file, const char *today)
{
  const DmpFileReport *report = dmp_send_file_get_report (file);
  g_autoptr (GPtrArray) draft = check_draft (file, today);

  if (report == NULL || dmp_send_file_get_busy (file) || dmp_send_file_get_problem (file) != NULL)
    return 1 + count (file, draft);
  return count (file, report->findings) + count (file, dmp_send_file_get_held (file)) +
         count (file, draft);
}

static void
on_repair (DmpCheckRow *row, DmpSendChecks *self)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (self->rows[i] == row && self->codes[i] != NULL)
      {
        g_autofree char *code = g_strdup (self->codes[i]);

        g_signal_emit (self, signals[ACCEPT], 0, code);
        return;
      }
  if (self->repair != DMP_REPAIR_NONE)
    g_signal_emit (self, signals[REPAIR], 0, (int) self->repair);
}

static void
dmp_send_checks_finalize (GObject *object)
{
  for (guint i = 0; i < N_ROWS; i++)
    g_free (DMP_SEND_CHECKS (object)->codes[i]);

  G_OBJECT_CLASS (dmp_send_checks_parent_class)->finalize (object);
}

static void
dmp_send_checks_class_init (DmpSendChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_send_checks_finalize;
  signals[REPAIR] = g_signal_new ("repair", DMP_TYPE_SEND_CHECKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ACCEPT] = g_signal_new ("accept", DMP_TYPE_SEND_CHECKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dmp_send_checks_init (DmpSendChecks *self)
{
  const char *titles[N_ROWS] = {
    [ROW_FILE] = _ ("Fichier"),
    [ROW_PATIENT] = _ ("Patient du document"),
    [ROW_HELD] = _ ("Déjà dans le dossier ?"),
    [ROW_TYPE] = _ ("Type du document"),
    [ROW_TITLE] = _ ("Titre du document"),
    [ROW_DATE] = _ ("Date de l’acte"),
    [ROW_RIGHTS] = _ ("Droits de lecture"),
  };
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->rows[i] = g_object_new (DMP_TYPE_CHECK_ROW, "title", titles[i], NULL);
      g_signal_connect (self->rows[i], "repair", G_CALLBACK (on_repair), self);
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->rows[i]));
    }
  adw_bin_set_child (ADW_BIN (self), list);
}
