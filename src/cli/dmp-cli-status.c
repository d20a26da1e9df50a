#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"

#include <glib/gi18n.h>

static const char *const authorisations[] = {
  [DMP_AUTHORISATION_NONE] = "none",
  [DMP_AUTHORISATION_VALID] = "valid",
  [DMP_AUTHORISATION_EXPIRED] = "expired",
  [DMP_AUTHORISATION_DENIED] = "denied",
};

static const char *
authorisation_sentence (DmpAuthorisation authorisation)
{
  switch (authorisation)
    {
    case DMP_AUTHORISATION_VALID:
      return _ ("vous y avez accès");
    case DMP_AUTHORISATION_EXPIRED:
      return _ ("votre accès a expiré ; demandez de nouveau l’accord du patient");
    case DMP_AUTHORISATION_DENIED:
      return _ ("le patient vous a bloqué l’accès");
    case DMP_AUTHORISATION_NONE:
    default:
      return _ ("vous n’y avez pas encore accès ; demandez l’accord du patient");
    }
}

static void
add_patient (JsonBuilder *builder, DmpPatient *patient)
{
  static const char *const sexes[] = {
    [DMP_SEX_UNKNOWN] = "U", [DMP_SEX_FEMALE] = "F", [DMP_SEX_MALE] = "M"
  };

  dmp_json_begin_object (builder, "patient");
  dmp_json_add_string (builder, "ins", dmp_patient_get_ins (patient));
  dmp_json_add_string (builder, "oid", dmp_patient_get_ins_oid (patient));
  dmp_json_add_string (builder, "family", dmp_patient_get_family (patient));
  dmp_json_add_string (builder, "birth_family", dmp_patient_get_birth_family (patient));
  dmp_json_add_string (builder, "given", dmp_patient_get_given (patient));
  dmp_json_add_string (builder, "birth_date", dmp_patient_get_birth_date (patient));
  dmp_json_add_string (builder, "sex", sexes[dmp_patient_get_sex (patient)]);
  json_builder_end_object (builder);
}

static void
print_json (DmpRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean exists = dmp_record_get_exists (record);

  json_builder_begin_object (builder);
  dmp_json_add_bool (builder, "exists", exists);
  if (exists)
    {
      dmp_json_add_string (builder, "state", dmp_record_get_closed (record) ? "closed" : "active");
      dmp_json_add_string (builder, "closed_at", dmp_record_get_closed_at (record));
      dmp_json_add_string (builder, "authorisation",
                           authorisations[dmp_record_get_authorisation (record)]);
      dmp_json_add_bool (builder, "medecin_traitant", dmp_record_get_medecin_traitant (record));
      add_patient (builder, dmp_record_get_patient (record));
    }
  json_builder_end_object (builder);
  dmp_cli_print_json (json_builder_get_root (builder));
}

static void
print_text (DmpRecord *record)
{
  g_autofree char *name = dmp_patient_dup_display_name (dmp_record_get_patient (record));

  if (!dmp_record_get_exists (record))
    g_print ("%s\n", _ ("Ce patient n’a pas de DMP."));
  else if (dmp_record_get_closed (record))
    g_print (_ ("%s : DMP fermé.\n"), name);
  else
    g_print (_ ("%s : DMP actif ; %s%s.\n"), name,
             authorisation_sentence (dmp_record_get_authorisation (record)),
             dmp_record_get_medecin_traitant (record) ? _ (" ; vous êtes médecin traitant") : "");
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autoptr (DmpRecord) record = NULL;
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_status, NULL, 0, 0, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  record = dmp_cli_open_record (cli, &error);
  if (record == NULL)
    return dmp_cli_fail (cli, error);

  if (cli->json)
    print_json (record);
  else
    print_text (record);
  return dmp_record_get_exists (record) ? 0 : dmp_error_exit_status (DMP_ERROR_NO_RECORD);
}

const DmpCliCommand dmp_cli_status = {
  "status", "", N_ ("le dossier existe-t-il, y ai-je accès, suis-je médecin traitant"), run
};

/* --- authorise ------------------------------------------------------------------------------- */

static int
run_authorise (DmpCli *cli, int argc, char **argv)
{
  gboolean medecin_traitant = FALSE, remove = FALSE;
  const GOptionEntry entries[] = {
    { "medecin-traitant", 0, 0, G_OPTION_ARG_NONE, &medecin_traitant,
      N_ ("Aussi comme médecin traitant"), NULL },
    { "remove", 0, 0, G_OPTION_ARG_NONE, &remove, N_ ("Renoncer à l’accès"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (DmpRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_authorise, entries, 0, 0, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  record = dmp_cli_open_record (cli, &error);
  if (record == NULL)
    return dmp_cli_fail (cli, error);
  if (!dmp_record_get_exists (record))
    return dmp_cli_fail (cli, g_error_new_literal (DMP_ERROR, DMP_ERROR_NO_RECORD,
                                                   _ ("Ce patient n’a pas de DMP.")));

  dmp_session_authorise_async (cli->session, record, !remove, medecin_traitant, cli->cancellable,
                               dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  if (!dmp_session_authorise_finish (cli->session, result, &error))
    return dmp_cli_fail (cli, error);
  if (cli->json)
    print_json (record);
  else
    print_text (record);
  return 0;
}

const DmpCliCommand dmp_cli_authorise = { "authorise", "",
                                          N_ ("enregistrer l’accord du patient (ou y renoncer)"),
                                          run_authorise };
