#include "config.h"

#include "dmp-cda-check.h"

#include "dmp-cda-facts.h"
#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
defect_free (gpointer data)
{
  DmpCdaDefect *self = data;

  g_free (self->code);
  g_free (self->message);
  g_free (self);
}

static void
add (GPtrArray *defects, const char *code, const char *message)
{
  DmpCdaDefect *self = g_new0 (DmpCdaDefect, 1);

  self->code = g_strdup (code);
  self->message = g_strdup (message);
  g_ptr_array_add (defects, self);
}

static void
want (GPtrArray *defects, gboolean there, const char *code, const char *message)
{
  if (!there)
    add (defects, code, message);
}

static gboolean
is_filled (const char *text)
{
  return text && *text;
}

static void
check_header (GPtrArray *defects, DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  g_autofree char *today = dmp_date_dup_today ();

  want (defects, is_filled (header->title), "title-missing", _ ("Le document n’a pas de titre."));
  want (defects, header->code != NULL, "type-missing", _ ("Le document n’a pas de type."));
  want (defects, is_filled (header->effective_time), "creation-missing",
        _ ("La date de création manque ou est fausse."));
  want (defects, is_filled (header->service_start), "act-date-missing",
        _ ("La date de l’acte manque."));
  want (defects, !dmp_date_is_before (today, header->service_start), "act-date-future",
        _ ("La date de l’acte est dans le futur."));
  want (defects, !dmp_date_is_before (header->service_stop, header->service_start),
        "act-date-order", _ ("L’acte finit avant de commencer."));
  want (defects, is_filled (header->set_id), "set-id-missing",
        _ ("L’identifiant commun aux versions manque."));
  want (defects, header->practice_setting != NULL, "setting-missing",
        _ ("Le cadre d’exercice manque."));
  want (defects, header->facility_type != NULL, "facility-missing",
        _ ("Le lieu de prise en charge manque."));
  want (defects, strchr (header->unique_id, '^') == NULL, "id-extension",
        _ ("L’identifiant du document porte une extension : le DMP n’en accepte pas."));
  want (defects, dmp_cda_document_has_template (document, "1.2.250.1.213.1.1.1.1"), "not-ci-sis",
        _ ("Le document ne se dit pas conforme au CI-SIS."));
}

static void
check_people (GPtrArray *defects, DmpCdaDocument *document)
{
  DmpPatient *patient = dmp_cda_document_get_patient (document);

  want (defects, is_filled (dmp_patient_get_ins (patient)), "ins-missing",
        _ ("L’INS du patient manque."));
  want (defects, is_filled (dmp_patient_get_birth_family (patient)), "birth-name-missing",
        _ ("Le nom de naissance du patient manque."));
  want (defects, is_filled (dmp_patient_get_birth_date (patient)), "birth-date-missing",
        _ ("La date de naissance du patient manque."));
  want (defects, dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR) != NULL,
        "author-missing", _ ("L’auteur manque."));
  want (defects, dmp_cda_document_get_person (document, DMP_CDA_ROLE_CUSTODIAN) != NULL,
        "custodian-missing", _ ("La structure qui conserve le document manque."));
  want (defects, dmp_cda_document_get_person (document, DMP_CDA_ROLE_LEGAL_AUTHENTICATOR) != NULL,
        "authenticator-missing", _ ("Le responsable du document manque."));
}

static void
check_content (GPtrArray *defects, DmpCdaDocument *document)
{
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  GPtrArray *facts = dmp_cda_document_get_facts (document);
  guint unknown = 0;

  want (defects, dmp_cda_document_get_body (document) != DMP_CDA_BODY_NONE, "body-missing",
        _ ("Le document n’a pas de contenu."));
  for (guint i = 0; i < files->len; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);

      if (file->problem)
        add (defects, "file-damaged", file->problem);
    }
  for (guint i = 0; i < facts->len; i++)
    unknown += ((DmpFact *) g_ptr_array_index (facts, i))->kind == DMP_FACT_UNCLASSIFIED;
  if (unknown > 0)
    {
      g_autofree char *message =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u donnée codée n’est pas reconnue.",
                                        "%u données codées ne sont pas reconnues.", unknown),
                           unknown);

      add (defects, "entries-unknown", message);
    }
}

GPtrArray *
dmp_cda_check (DmpCdaDocument *document)
{
  GPtrArray *defects = g_ptr_array_new_with_free_func (defect_free);

  check_header (defects, document);
  check_people (defects, document);
  check_content (defects, document);
  return defects;
}
