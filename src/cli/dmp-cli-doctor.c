#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "pkcs11/dmp-card-watch.h"
#include "pkcs11/dmp-card.h"

#include <glib/gi18n.h>

/* What one check found: a name, a sentence, and the error when it is bad. */
typedef struct
{
  DmpCli *cli;
  JsonBuilder *builder;
  int worst; /* exit status of the first thing that is wrong */
} Report;

static void
report (
    Report *self, const char *check, const char *label, const char *sentence, const GError *error)
{
  json_builder_begin_object (self->builder);
  dmp_json_add_string (self->builder, "check", check);
  dmp_json_add_bool (self->builder, "ok", error == NULL);
  dmp_json_add_string (self->builder, "message", error != NULL ? error->message : sentence);
  json_builder_end_object (self->builder);
  if (!self->cli->json)
    g_print ("%s %-12s %s\n", error == NULL ? "✓" : "✗", label,
             error != NULL ? error->message : sentence);
  if (error != NULL && self->worst == 0)
    self->worst = error->domain == DMP_ERROR ? dmp_error_exit_status ((DmpErrorCode) error->code)
                  : error->domain == DMP_CARD_ERROR
                      ? dmp_card_error_exit_status ((DmpCardErrorCode) error->code)
                      : dmp_error_exit_status (DMP_ERROR_INTERNAL);
}

static char *
check_readers (Report *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = dmp_card_list_readers (&error);
  g_autoptr (GString) names = g_string_new (NULL);
  char *found = NULL;

  for (guint i = 0; readers != NULL && i < readers->len; i++)
    {
      const DmpCardReader *reader = g_ptr_array_index (readers, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", reader->name);
      if (reader->kind == DMP_CARD_KIND_CPS && found == NULL)
        found = g_strdup (reader->name);
    }
  report (self, "reader", _ ("Lecteur"), names->str, error);
  return found;
}

static void
check_card (Report *self, const char *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpCard) card = NULL;
  const char *module = dmp_config_get_card_module (self->cli->config);

  if (reader == NULL)
    {
      error = g_error_new_literal (DMP_CARD_ERROR, DMP_CARD_ERROR_NO_CARD,
                                   _ ("Aucune carte CPS dans le lecteur. Insérez votre carte."));
      report (self, "card", _ ("Carte"), NULL, error);
      return;
    }
  card = dmp_card_open (*module != '\0' ? module : NULL, reader, self->cli->cancellable, &error);
  report (self, "card", _ ("Carte"),
          card != NULL ? dmp_card_get_identity (card)->national_id : NULL, error);
  if (card == NULL)
    return;
  report (self, "module", _ ("Module"), dmp_card_get_module (card), NULL);
  dmp_card_check_validity (card, NULL, &error);
  report (self, "certificates", _ ("Certificats"), _ ("en cours de validité"), error);
}

static void
check_host (Report *self)
{
  g_autoptr (DmpSession) session = dmp_session_new (self->cli->config);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dmp_session_probe_host_async (session, self->cli->cancellable, dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  dmp_session_probe_host_finish (session, result, &error);
  report (self, "host", _ ("Service DMP"), _ ("joignable et reconnu"), error);
}

/* A clock before this release was made cannot be right: its assertions would be refused. */
static void
check_clock (Report *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) release = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autofree char *shown = g_date_time_format (now, "%d/%m/%Y %H:%M UTC");
  g_autoptr (GError) error = NULL;

  if (g_date_time_compare (now, release) < 0)
    error = g_error_new (
        DMP_ERROR, DMP_ERROR_CLOCK,
        _ ("L’horloge de ce poste indique %s : le DMP refusera la connexion. Mettez-la à l’heure."),
        shown);
  report (self, "clock", _ ("Horloge"), shown, error);
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *reader = NULL;
  Report self = { .cli = cli, .builder = builder };
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_doctor, NULL, 0, 0, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);

  json_builder_begin_object (builder);
  dmp_json_begin_array (builder, "checks");
  reader = check_readers (&self);
  check_card (&self, reader);
  check_clock (&self);
  check_host (&self);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    dmp_cli_print_json (json_builder_get_root (builder));
  return self.worst;
}

const DmpCliCommand dmp_cli_doctor = {
  "doctor", "", N_ ("vérifie lecteur, carte, certificats, horloge et service, avec le remède"), run
};
