#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-json.h"
#include "pkcs11/dmp-card-watch.h"
#include "pkcs11/dmp-card.h"
#include "session/dmp-identity.h"

#include <glib/gi18n.h>

/* The first reader that holds a professional's card. Returns: (transfer full) */
static char *
find_reader (GError **error)
{
  g_autoptr (GPtrArray) readers = dmp_card_list_readers (error);
  gboolean other = FALSE;

  if (readers == NULL)
    return NULL;
  for (guint i = 0; i < readers->len; i++)
    {
      const DmpCardReader *reader = g_ptr_array_index (readers, i);

      if (reader->kind == DMP_CARD_KIND_CPS)
        return g_strdup (reader->name);
      other = other || reader->kind != DMP_CARD_KIND_NONE;
    }
  if (other)
    g_set_error_literal (error, DMP_CARD_ERROR, DMP_CARD_ERROR_WRONG_CARD,
                         _ ("La carte présente n’est pas une carte CPS. Insérez votre carte CPS."));
  else
    g_set_error_literal (error, DMP_CARD_ERROR, DMP_CARD_ERROR_NO_CARD,
                         _ ("Aucune carte dans le lecteur. Insérez votre carte CPS."));
  return NULL;
}

static DmpCard *
open_card (DmpCli *cli, GError **error)
{
  g_autofree char *reader = find_reader (error);
  const char *module = dmp_config_get_card_module (cli->config);

  if (reader == NULL)
    return NULL;
  return dmp_card_open (*module != '\0' ? module : NULL, reader, cli->cancellable, error);
}

static void
add_certificate (JsonBuilder *builder, const DmpCardCertificate *certificate)
{
  g_autofree char *not_after = g_date_time_format_iso8601 (certificate->not_after);

  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "use",
                       certificate->use == DMP_CARD_KEY_SIGNATURE ? "signature" : "authentication");
  dmp_json_add_string (builder, "not_after", not_after);
  dmp_json_add_string (builder, "issuer", certificate->issuer);
  json_builder_end_object (builder);
}

static void
print_json (DmpCard *card, DmpPractitioner *holder)
{
  const DmpCardIdentity *identity = dmp_card_get_identity (card);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "reader", dmp_card_get_reader (card));
  dmp_json_add_string (builder, "kind", identity->kind);
  dmp_json_add_string (builder, "national_id", identity->national_id);
  dmp_json_add_string (builder, "family", identity->family);
  dmp_json_add_string (builder, "given", identity->given);
  dmp_json_add_code (builder, "profession", dmp_practitioner_get_profession (holder));
  dmp_json_add_code (builder, "speciality", dmp_practitioner_get_speciality (holder));
  dmp_json_add_int (builder, "tries_left", dmp_card_get_tries_left (card));
  dmp_json_begin_array (builder, "certificates");
  for (guint i = 0; i < identity->certificates->len; i++)
    add_certificate (builder, g_ptr_array_index (identity->certificates, i));
  json_builder_end_array (builder);
  dmp_json_add_string (builder, "module", dmp_card_get_module (card));
  json_builder_end_object (builder);
  dmp_cli_print_json (json_builder_get_root (builder));
}

static void
print_text (DmpCard *card, DmpPractitioner *holder)
{
  g_autofree char *name = dmp_practitioner_dup_display_name (holder);
  g_autoptr (DmpCode) specialty = dmp_practitioner_dup_author_specialty (holder);
  const char *valid_until = dmp_practitioner_get_valid_until (holder);
  g_autofree char *day =
      valid_until != NULL ? dmp_date_dup_display (valid_until, TRUE, FALSE) : NULL;
  int tries = dmp_card_get_tries_left (card);

  g_print ("%s (%s %s)\n", name, dmp_practitioner_get_card_kind (holder),
           dmp_practitioner_get_national_id (holder));
  if (specialty != NULL && dmp_code_get_display (specialty) != NULL)
    g_print ("%s\n", dmp_code_get_display (specialty));
  g_print (_ ("Lecteur : %s\n"), dmp_card_get_reader (card));
  if (day != NULL)
    g_print (_ ("Carte valable jusqu’au %s\n"), day);
  if (tries >= 0)
    g_print (
        g_dngettext (GETTEXT_PACKAGE, "%d essai restant\n", "%d essais restants\n", (gulong) tries),
        tries);
}

static int
run (DmpCli *cli, int argc, char **argv)
{
  g_autoptr (DmpCard) card = NULL;
  g_autoptr (DmpPractitioner) holder = NULL;
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_card, NULL, 0, 0, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  card = open_card (cli, &error);
  if (card == NULL)
    return dmp_cli_fail (cli, error);

  holder = dmp_identity_practitioner (dmp_card_get_identity (card));
  if (cli->json)
    print_json (card, holder);
  else
    print_text (card, holder);
  return 0;
}

const DmpCliCommand dmp_cli_card = { "card", "", N_ ("qui est dans le lecteur, sans code"), run };

/* --- pin change | unblock -------------------------------------------------------------------- */

/* With --pin-fd both codes are read from there, a line each. */
static DmpSecret *
read_code (DmpCli *cli, const char *prompt, GError **error)
{
  return cli->pin_fd >= 0 ? dmp_cli_read_pin (cli, cli->pin_fd, error)
                          : dmp_cli_ask_secret (cli, prompt, error);
}

static gboolean
change_or_unblock (DmpCli *cli, gboolean change, GError **error)
{
  g_autoptr (DmpCard) card = open_card (cli, error);
  g_autoptr (DmpSecret) old_code = NULL;
  g_autoptr (DmpSecret) new_pin = NULL;
  gboolean allowed =
      cli->pin_fd < 0; /* a person reads the warning; a program must not block a card */

  if (card == NULL)
    return FALSE;
  old_code = read_code (
      cli, change ? _ ("Code porteur actuel :") : _ ("Code de déblocage (8 chiffres) :"), error);
  if (old_code == NULL)
    return FALSE;
  new_pin = read_code (cli, _ ("Nouveau code porteur (4 chiffres) :"), error);
  if (new_pin == NULL)
    return FALSE;
  if (cli->pin_fd < 0)
    {
      g_autoptr (DmpSecret) again = dmp_cli_ask_secret (cli, _ ("Encore une fois :"), error);

      if (again == NULL)
        return FALSE;
      if (!g_str_equal (dmp_secret_peek (again), dmp_secret_peek (new_pin)))
        {
          g_set_error_literal (error, DMP_CARD_ERROR, DMP_CARD_ERROR_PIN_FORMAT,
                               _ ("Les deux saisies diffèrent. La carte n’est pas modifiée."));
          return FALSE;
        }
    }
  return change ? dmp_card_change_pin (card, old_code, new_pin, allowed, error)
                : dmp_card_unblock_pin (card, old_code, new_pin, allowed, error);
}

static int
print_pin (gboolean change)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  dmp_json_add_string (builder, "pin", change ? "changed" : "unblocked");
  json_builder_end_object (builder);
  return dmp_cli_print_json (json_builder_get_root (builder));
}

static int
run_pin (DmpCli *cli, int argc, char **argv)
{
  gboolean change;
  GError *error = NULL;

  if (!dmp_cli_parse (cli, &dmp_cli_pin, NULL, 1, 1, &argc, &argv, &error))
    return dmp_cli_fail (cli, error);
  change = g_str_equal (argv[1], "change");
  if (!change && !g_str_equal (argv[1], "unblock"))
    return dmp_cli_fail (cli,
                         g_error_new_literal (DMP_ERROR, DMP_ERROR_USAGE,
                                              _ ("Usage : dmp pin change, ou dmp pin unblock.")));
  if (!change_or_unblock (cli, change, &error))
    return dmp_cli_fail (cli, error);
  if (cli->json)
    return print_pin (change);
  g_print ("%s\n", change ? _ ("Le code porteur est changé.") : _ ("La carte est débloquée."));
  return 0;
}

const DmpCliCommand dmp_cli_pin = { "pin", "change|unblock",
                                    N_ ("changer le code porteur, débloquer la carte"), run_pin };
