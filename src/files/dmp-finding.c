#include "config.h"

#include "dmp-finding.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *code;
  DmpFindingLevel level;
  DmpRepair repair;
  const char *sentence; /* NULL: the detail is the sentence */
} Row;

static const Row rows[DMP_RULE_LAST] = {
  [DMP_RULE_EMPTY] = { "empty", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                       N_ ("Ce fichier est vide. Choisissez un autre fichier.") },
  [DMP_RULE_TOO_LARGE] = { "too-large", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                           N_ ("Ce fichier est trop grand (plus de 20 Mo). Réduisez-le ou "
                               "envoyez-le en plusieurs documents.") },
  [DMP_RULE_UNKNOWN_KIND] = { "unknown-kind", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                              N_ ("Ce type de fichier n’est pas accepté par le DMP. Choisissez un "
                                  "PDF, une image, un texte ou un RTF.") },
  [DMP_RULE_OTHER_PICTURE] = { "other-picture", DMP_FINDING_ERROR, DMP_REPAIR_JPEG,
                               N_ ("Le DMP prend les images en JPEG ou TIFF. Convertissez celle-ci "
                                   "en JPEG.") },
  [DMP_RULE_PDF_DAMAGED] = { "pdf-damaged", DMP_FINDING_ERROR, DMP_REPAIR_NONE, NULL },
  [DMP_RULE_PDF_ENCRYPTED] = { "pdf-encrypted", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                               N_ ("Ce PDF est protégé par un mot de passe ou chiffré. "
                                   "Enregistrez-le sans protection, puis recommencez.") },
  [DMP_RULE_PDF_NO_PAGE] = { "pdf-no-page", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                             N_ ("Ce PDF n’a aucune page. Choisissez un autre fichier.") },
  [DMP_RULE_PDF_ACTIVE] = { "pdf-active", DMP_FINDING_ERROR, DMP_REPAIR_PDFA,
                            N_ ("Ce PDF contient un programme, un formulaire ou un fichier joint. "
                                "La "
                                "conversion en PDF/A les retire et garde les pages.") },
  [DMP_RULE_PDF_NOT_A] = { "pdf-not-a", DMP_FINDING_ERROR, DMP_REPAIR_PDFA,
                           N_ ("Ce PDF n’est pas un PDF/A-1, le format que le DMP demande. "
                               "Convertissez-le : les pages restent les mêmes.") },
  [DMP_RULE_BLANK] = { "blank", DMP_FINDING_WARNING, DMP_REPAIR_NONE,
                       N_ ("Les pages de ce fichier semblent blanches. Regardez-les avant de "
                           "l’envoyer.") },
  [DMP_RULE_BLANK_TEXT] = { "blank-text", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                            N_ ("Ce texte ne contient aucun mot. Choisissez un autre fichier.") },
  [DMP_RULE_PICTURE_DAMAGED] = { "picture-damaged", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                                 N_ ("Cette image est endommagée ou trop grande. Numérisez-la ou "
                                     "copiez-la à nouveau.") },
  [DMP_RULE_TEXT_ENCODING] = { "text-encoding", DMP_FINDING_ERROR, DMP_REPAIR_UTF8,
                               N_ ("Ce texte est écrit en %s. Convertissez-le, et vérifiez ses "
                                   "accents à l’écran.") },
  [DMP_RULE_TEXT_CONTROL] = { "text-control", DMP_FINDING_ERROR, DMP_REPAIR_CLEAN,
                              N_ ("Ce texte contient des caractères de commande interdits. "
                                  "Retirez-les : les mots restent.") },
  [DMP_RULE_RTF_DAMAGED] = { "rtf-damaged", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                             N_ ("Ce RTF est incomplet ou endommagé. Enregistrez-le à nouveau, ou "
                                 "en "
                                 "PDF.") },
  [DMP_RULE_RTF_ACTIVE] = { "rtf-active", DMP_FINDING_ERROR, DMP_REPAIR_TEXT,
                            N_ ("Ce RTF contient un objet ou un lien actif. Gardez-en le texte "
                                "seul, "
                                "ou enregistrez-le en PDF.") },
  [DMP_RULE_RTF_ACTIVE_LONG] = { "rtf-active", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                                 N_ ("Ce RTF contient un objet ou un lien actif, et plus de 4 Mo "
                                     "de texte. Enregistrez-le en PDF.") },
  [DMP_RULE_RTF_LONG] = { "rtf-long", DMP_FINDING_WARNING, DMP_REPAIR_NONE,
                          N_ ("Ce RTF contient plus de 4 Mo de texte : seul le début a été lu et "
                              "contrôlé. Relisez la suite, ou envoyez-le en plusieurs "
                              "documents.") },
  [DMP_RULE_CDA_UNREADABLE] = { "cda-unreadable", DMP_FINDING_ERROR, DMP_REPAIR_NONE, NULL },
  [DMP_RULE_CDA_DEFECT] = { "cda-defect", DMP_FINDING_ERROR, DMP_REPAIR_NONE, NULL },
  [DMP_RULE_CDA_NOTE] = { "cda-note", DMP_FINDING_NOTE, DMP_REPAIR_NONE, NULL },
  [DMP_RULE_CDA_FILE_ACTIVE] = { "cda-file-active", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                                 N_ ("Le PDF joint au document contient un programme, un "
                                     "formulaire "
                                     "ou un fichier. Demandez un document sans lui.") },
  [DMP_RULE_OTHER_PATIENT] = { "other-patient", DMP_FINDING_WARNING, DMP_REPAIR_NONE,
                               N_ ("Ce fichier semble concerner un autre patient : on y lit "
                                   "« %s ». "
                                   "Vérifiez avant d’envoyer.") },
  [DMP_RULE_OTHER_PATIENT_CDA] = { "other-patient", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                                   N_ ("Ce document porte l’identité d’un autre patient : %s. "
                                       "Ouvrez "
                                       "le dossier de ce patient, ou choisissez un autre "
                                       "fichier.") },
  [DMP_RULE_IN_RECORD] = { "in-record", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                           N_ ("Ce document est déjà dans le dossier (« %s »). Il n’y a rien à "
                               "envoyer.") },
  [DMP_RULE_IN_RECORD_INSIDE] = { "in-record-inside", DMP_FINDING_WARNING, DMP_REPAIR_NONE,
                                  N_ ("Ce même fichier est déjà dans le dossier, dans « %s ». "
                                      "Vérifiez avant d’envoyer.") },
  [DMP_RULE_DATE_MISSING] = { "date-missing", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                              N_ ("Il manque la date de l’acte.") },
  [DMP_RULE_DATE_FUTURE] = { "date-future", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                             N_ ("La date s’écrit JJ/MM/AAAA et n’est pas dans le futur.") },
  [DMP_RULE_TITLE_MISSING] = { "title-missing", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                               N_ ("Il manque le titre du document.") },
  [DMP_RULE_TITLE_CONTROL] = { "title-control", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                               N_ ("Le titre contient un caractère interdit. Tapez-le à "
                                   "nouveau.") },
  [DMP_RULE_TYPE_MISSING] = { "type-missing", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                              N_ ("Il manque le type du document.") },
  [DMP_RULE_NOBODY_READS] = { "nobody-reads", DMP_FINDING_ERROR, DMP_REPAIR_NONE,
                              N_ ("Masqué aux professionnels et non visible du patient : personne "
                                  "ne "
                                  "le lirait.") },
};

void
dmp_finding_free (DmpFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->message);
  g_free (self);
}

GPtrArray *
dmp_findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_finding_free);
}

/* The row's sentence with @detail in the place of its only %s. */
static char *
fill (const char *sentence, const char *detail)
{
  g_auto (GStrv) parts = NULL;

  if (sentence == NULL)
    return g_strdup (detail);
  parts = g_strsplit (_ (sentence), "%s", 2);
  return g_strjoinv (detail != NULL ? detail : "", parts);
}

void
dmp_findings_add_coded (GPtrArray *findings, DmpRule rule, const char *code, const char *detail)
{
  DmpFinding *finding;

  g_return_if_fail (rule < DMP_RULE_LAST);

  finding = g_new0 (DmpFinding, 1);
  finding->code = g_strdup (code);
  finding->level = rows[rule].level;
  finding->repair = rows[rule].repair;
  finding->message = fill (rows[rule].sentence, detail);
  g_ptr_array_add (findings, finding);
}

void
dmp_findings_add (GPtrArray *findings, DmpRule rule, const char *detail)
{
  dmp_findings_add_coded (findings, rule, rows[rule].code, detail);
}

gboolean
dmp_findings_has (GPtrArray *findings, const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((DmpFinding *) g_ptr_array_index (findings, i))->code, code) == 0)
      return TRUE;
  return FALSE;
}

guint
dmp_findings_count_defects (GPtrArray *findings)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += ((DmpFinding *) g_ptr_array_index (findings, i))->level != DMP_FINDING_NOTE;
  return n;
}

const DmpFinding *
dmp_findings_find_obstacle (GPtrArray *findings, const char *const *accepted)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const DmpFinding *finding = g_ptr_array_index (findings, i);
      gboolean seen = accepted != NULL && g_strv_contains (accepted, finding->code);

      if (finding->level == DMP_FINDING_ERROR || (finding->level == DMP_FINDING_WARNING && !seen))
        return finding;
    }
  return NULL;
}

DmpRepair
dmp_findings_get_repair (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const DmpFinding *finding = g_ptr_array_index (findings, i);

      if (finding->level == DMP_FINDING_ERROR && finding->repair != DMP_REPAIR_NONE)
        return finding->repair;
    }
  return DMP_REPAIR_NONE;
}

const char *
dmp_finding_level_name (DmpFindingLevel level)
{
  static const char *const names[] = { "note", "warning", "error" };

  return names[level];
}

const char *
dmp_repair_name (DmpRepair repair)
{
  static const char *const names[] = { "none", "pdf-a", "utf-8", "clean", "text", "jpeg" };

  return names[repair];
}

const char *
dmp_repair_label (DmpRepair repair)
{
  static const char *const labels[] = {
    NULL,           N_ ("Convertir en PDF/A"), N_ ("Convertir le texte"),
    N_ ("Retirer"), N_ ("Garder le texte"),    N_ ("Convertir en JPEG")
  };

  return labels[repair] != NULL ? _ (labels[repair]) : NULL;
}
