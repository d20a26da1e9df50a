#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-date.h"
#include "model/dmp-json.h"
#include "pkcs11/dmp-card-error.h"

#include <glib/gi18n.h>

static void
add_beneficiary (JsonBuilder *builder, DmpPatient *patient)
{
  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "ins", dmp_patient_get_ins (patient));
  dmp_json_add_string (builder, "family", dmp_patient_get_family (patient));
  dmp_json_add_string (builder, "birth_family", dmp_patient_get_birth_family (patient));
  dmp_json_add_string (builder, "given", dmp_patient_get_given (patient));
  dmp_json_add_string (builder, "birth_date", dmp_patient_get_birth_date (patient));
  json_builder_end_object (builder);
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GListModel *beneficiaries;
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_vitale, NULL, 0, 0, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  dmp_cli_start_session (cli);
  beneficiaries = dmp_cli_wait_for_vitale (cli);
  if (g_list_model_get_n_items (beneficiaries) == 0)
    return dmp_cli_fail (
        cli, g_error_new_literal (DMP_CARD_ERROR, DMP_CARD_ERROR_NO_CARD,
                                  _ ("Aucune carte Vitale n’est lue. Insérez la carte du patient "
                                     "dans le lecteur.")));

  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "beneficiaries");
  for (guint i = 0; i < g_list_model_get_n_items (beneficiaries); i++)
    {
      g_autoptr (DmpPatient) patient = g_list_model_get_item (beneficiaries, i);
      g_autofree char *name = dmp_patient_dup_display_name (patient);
      const char *birth = dmp_patient_get_birth_date (patient);
      g_autofree char *day =
          birth != NULL ? dmp_date_dup_display (birth, FALSE, FALSE) : g_strdup ("");

      add_beneficiary (builder, patient);
      if (!cli->json)
        g_print ("%u  %s  %s\n", i + 1, name, day);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return cli->json ? dmp_cli_print_json (json_builder_get_root (builder)) : 0;
}

const DmpCliCommand dmp_cli_vitale = { "vitale", "", N_ ("les bénéficiaires de la carte Vitale"),
                                       run };
