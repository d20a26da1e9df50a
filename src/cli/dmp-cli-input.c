#include "config.h"

#include "dmp-cli-input.h"
#include "model/dmp-error.h"
#include "model/dmp-ins.h"
#include "pkcs11/dmp-card-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PIN_LINE_MAX 16
#define PATIENT_MAX 65536                 /* bytes of an identity in JSON */
#define CARD_WAIT_US (3 * G_USEC_PER_SEC) /* a card just put in is seen well within this */

/* --- Card ------------------------------------------------------------------------------------ */

static gboolean
state_is_final (DmpSessionState state, gint64 deadline)
{
  switch (state)
    {
    case DMP_SESSION_CARD_READY:
    case DMP_SESSION_CARD_BLOCKED:
    case DMP_SESSION_CARD_ERROR:
    case DMP_SESSION_SIGNED_IN:
      return TRUE;
    case DMP_SESSION_READING_CARD:
      return FALSE;
    case DMP_SESSION_STARTING:
    case DMP_SESSION_NO_SERVICE:
    case DMP_SESSION_NO_READER:
    case DMP_SESSION_NO_CARD:
    case DMP_SESSION_WRONG_CARD:
    default:
      return g_get_monotonic_time () > deadline;
    }
}

static DmpCardErrorCode
state_error (DmpSessionState state)
{
  switch (state)
    {
    case DMP_SESSION_NO_SERVICE:
    case DMP_SESSION_STARTING:
      return DMP_CARD_ERROR_NO_SERVICE;
    case DMP_SESSION_NO_READER:
      return DMP_CARD_ERROR_NO_READER;
    case DMP_SESSION_NO_CARD:
      return DMP_CARD_ERROR_NO_CARD;
    case DMP_SESSION_WRONG_CARD:
      return DMP_CARD_ERROR_WRONG_CARD;
    case DMP_SESSION_CARD_BLOCKED:
      return DMP_CARD_ERROR_BLOCKED;
    case DMP_SESSION_READING_CARD:
    case DMP_SESSION_CARD_READY:
    case DMP_SESSION_CARD_ERROR:
    case DMP_SESSION_SIGNED_IN:
    default:
      return DMP_CARD_ERROR_READ;
    }
}

static gboolean
tick (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

static void
on_locked (DmpSession *session, int reason, gpointer user_data)
{
  DmpCli *cli = user_data;

  cli->card_removed = reason == DMP_LOCK_CARD_REMOVED || reason == DMP_LOCK_READER_REMOVED;
}

static void
stop_session (gpointer data)
{
  DmpCli *cli = data;

  dmp_session_stop (cli->session);
  g_clear_object (&cli->session);
}

void
dmp_cli_start_session (DmpCli *cli)
{
  cli->session = dmp_session_new (cli->config);
  cli->leave = stop_session;
  dmp_session_start (cli->session);
}

gboolean
dmp_cli_wait_for_card (DmpCli *cli, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + CARD_WAIT_US;
  guint ticker = g_timeout_add (100, tick, NULL); /* wakes the loop for the deadline */
  DmpSessionState state;
  const char *problem;

  dmp_cli_start_session (cli);
  g_signal_connect (cli->session, "locked", G_CALLBACK (on_locked), cli);
  while (!state_is_final (dmp_session_get_state (cli->session), deadline) &&
         !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticker);

  state = dmp_session_get_state (cli->session);
  if (state == DMP_SESSION_CARD_READY ||
      g_cancellable_set_error_if_cancelled (cli->cancellable, error))
    return state == DMP_SESSION_CARD_READY;
  problem = dmp_session_get_problem (cli->session);
  if (problem == NULL) /* the service has not even said which readers there are */
    problem = _ ("Le service des cartes à puce de ce poste ne répond pas. Rien n’a été envoyé. "
                 "Prévenez votre informaticien (service pcscd).");
  g_set_error_literal (error, DMP_CARD_ERROR, (gint) state_error (state), problem);
  return FALSE;
}

/* --- Input that may never come --------------------------------------------------------------- */

static gboolean
on_line (int fd, GIOCondition condition, gpointer ready)
{
  *(gboolean *) ready = TRUE;
  return G_SOURCE_REMOVE;
}

/* The main loop runs meanwhile: it is what hears Ctrl-C. */
static gboolean
wait_for_input (int fd, GCancellable *cancellable, GError **error)
{
  gboolean ready = FALSE;
  guint watch = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_line, &ready);

  while (!ready && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  if (!ready)
    g_source_remove (watch);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* --- PIN ------------------------------------------------------------------------------------- */

/* Byte by byte: nothing after the line is taken from a pipe that others read too. */
DmpSecret *
dmp_cli_read_pin (DmpCli *cli, int fd, GError **error)
{
  char line[PIN_LINE_MAX + 1] = { 0 };
  gsize len = 0;
  char c = '\0';
  DmpSecret *pin = NULL;

  while (len < PIN_LINE_MAX && wait_for_input (fd, cli->cancellable, error))
    {
      ssize_t n = read (fd, &c, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n != 1 || c == '\n')
        break;
      line[len++] = c;
    }
  if (g_cancellable_is_cancelled (cli->cancellable))
    len = 0; /* said already */
  else if (len > 0)
    pin = dmp_secret_new (line);
  else
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                         _ ("Aucun code porteur n’a été donné. Rien n’a été présenté à la carte."));
  explicit_bzero (line, sizeof line);
  c = '\0';

  return pin;
}

DmpSecret *
dmp_cli_ask_secret (DmpCli *cli, const char *prompt, GError **error)
{
  int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  struct termios shown, hidden;
  DmpSecret *secret;

  if (fd < 0 || tcgetattr (fd, &shown) != 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_USAGE,
                           _ ("Il faut un terminal pour saisir le code, ou l’option --pin-fd."));
      return NULL;
    }
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fd, TCSAFLUSH, &hidden);
  dprintf (fd, "%s ", prompt);
  secret = dmp_cli_read_pin (cli, fd, error);
  tcsetattr (fd, TCSAFLUSH, &shown);
  dprintf (fd, "\n");
  close (fd);

  return secret;
}

static DmpSecret *
ask_pin (DmpCli *cli, gboolean *last_try_allowed, GError **error)
{
  int tries = dmp_session_get_tries_left (cli->session);
  g_autofree char *prompt = NULL;

  /* The last try is only for a person who has just read that it is the last. */
  *last_try_allowed = cli->pin_fd < 0 && tries == 1;
  if (cli->pin_fd >= 0)
    return dmp_cli_read_pin (cli, cli->pin_fd, error);

  if (tries == 1)
    prompt = g_strdup (_ ("Dernier essai : un code faux bloquera votre carte. Code porteur :"));
  else if (tries > 1)
    prompt = g_strdup_printf (_ ("Code porteur (%d essais restants) :"), tries);
  else
    prompt = g_strdup (_ ("Code porteur :"));
  return dmp_cli_ask_secret (cli, prompt, error);
}

/* --- Place of practice ----------------------------------------------------------------------- */

static gboolean
choose_place (DmpCli *cli, GError **error)
{
  GListModel *places = dmp_session_get_situations (cli->session);
  const char *wanted = cli->place != NULL ? cli->place : dmp_config_get_card_place (cli->config);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (DmpSituation) place = g_list_model_get_item (places, i);

      g_string_append_printf (names, "\n  %s  %s", dmp_situation_get_structure_id (place),
                              dmp_situation_get_name (place));
      if (g_str_equal (wanted, dmp_situation_get_structure_id (place)))
        {
          dmp_session_choose_situation (cli->session, place);
          return TRUE;
        }
    }
  if (*wanted == '\0' && dmp_session_get_situation (cli->session) != NULL)
    return TRUE; /* the card has only one */

  g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
               _ ("Choisissez la situation d’exercice avec --place. La carte porte :%s"),
               names->str);
  return FALSE;
}

gboolean
dmp_cli_sign_in (DmpCli *cli, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean last_try_allowed;
  DmpSecret *pin;

  if (!dmp_cli_wait_for_card (cli, error))
    return FALSE;
  pin = ask_pin (cli, &last_try_allowed, error);
  if (pin == NULL)
    return FALSE;

  dmp_session_sign_in_async (cli->session, pin, last_try_allowed, cli->cancellable,
                             dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  return dmp_session_sign_in_finish (cli->session, result, error) && choose_place (cli, error);
}

/* --- Patient --------------------------------------------------------------------------------- */

static gboolean
bad_patient (GError **error)
{
  g_set_error_literal (
      error, DMP_ERROR, DMP_ERROR_USAGE,
      _ ("L’identité du patient n’est pas lisible : il faut un objet JSON avec au moins « ins »."));
  return FALSE;
}

/* The whole of @path, or of the standard input, up to PATIENT_MAX bytes. */
static char *
read_identity (DmpCli *cli, const char *path, gsize *len)
{
  int fd = g_str_equal (path, "-") ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  char *text = g_malloc0 (PATIENT_MAX + 1);
  ssize_t n = 1;

  *len = 0;
  while (fd >= 0 && n > 0 && *len < PATIENT_MAX && wait_for_input (fd, cli->cancellable, NULL))
    {
      n = read (fd, text + *len, PATIENT_MAX - *len);
      *len += n > 0 ? (gsize) n : 0;
    }
  if (fd > STDIN_FILENO)
    close (fd);

  return text;
}

static DmpPatient *
parse_identity (DmpCli *cli, const char *text, gsize len, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  DmpPatientFields fields = { 0 };
  JsonNode *root;
  JsonObject *object;
  const char *sex;

  if (!json_parser_load_from_data (parser, text, (gssize) len, NULL))
    return bad_patient (error), NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return bad_patient (error), NULL;
  object = json_node_get_object (root);
  fields.ins = json_object_get_string_member_with_default (object, "ins", NULL);
  fields.ins_oid = json_object_get_string_member_with_default (
      object, "oid", dmp_config_get_ins_oid (cli->config));
  fields.family = json_object_get_string_member_with_default (object, "family", NULL);
  fields.birth_family = json_object_get_string_member_with_default (object, "birth_family", NULL);
  fields.given = json_object_get_string_member_with_default (object, "given", NULL);
  fields.birth_date = json_object_get_string_member_with_default (object, "birth_date", NULL);
  fields.birth_place = json_object_get_string_member_with_default (object, "birth_place", NULL);
  sex = json_object_get_string_member_with_default (object, "sex", "");
  fields.sex = g_strcmp0 (sex, "F") == 0   ? DMP_SEX_FEMALE
               : g_strcmp0 (sex, "M") == 0 ? DMP_SEX_MALE
                                           : DMP_SEX_UNKNOWN;
  /* A member that is no string reads as NULL. */
  if (fields.ins == NULL || fields.ins_oid == NULL || sex == NULL)
    return bad_patient (error), NULL;
  return dmp_ins_check (fields.ins, error) ? dmp_patient_new (&fields) : NULL;
}

GListModel *
dmp_cli_wait_for_vitale (DmpCli *cli)
{
  GListModel *beneficiaries = dmp_session_get_beneficiaries (cli->session);
  gint64 deadline = g_get_monotonic_time () + CARD_WAIT_US;
  guint ticker = g_timeout_add (100, tick, NULL);

  while (g_list_model_get_n_items (beneficiaries) == 0 && g_get_monotonic_time () < deadline &&
         !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticker);

  return beneficiaries;
}

static DmpPatient *
vitale_patient (DmpCli *cli, GError **error)
{
  GListModel *beneficiaries = dmp_cli_wait_for_vitale (cli);
  guint count = g_list_model_get_n_items (beneficiaries);

  if (cli->vitale >= 1 && (guint) cli->vitale <= count)
    return g_list_model_get_item (beneficiaries, (guint) cli->vitale - 1);
  if (g_cancellable_set_error_if_cancelled (cli->cancellable, error))
    return NULL;
  if (count == 0)
    g_set_error_literal (
        error, DMP_CARD_ERROR, DMP_CARD_ERROR_NO_CARD,
        _ ("Aucune carte Vitale n’est lue. Insérez la carte du patient dans le lecteur."));
  else
    g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
                 g_dngettext (GETTEXT_PACKAGE, "La carte Vitale porte %u bénéficiaire.",
                              "La carte Vitale porte %u bénéficiaires.", count),
                 count);
  return NULL;
}

DmpPatient *
dmp_cli_read_patient (DmpCli *cli, GError **error)
{
  g_autofree char *text = NULL;
  DmpPatient *patient;
  gsize len;

  if (cli->vitale != 0)
    return vitale_patient (cli, error);
  if (cli->patient_path == NULL)
    {
      g_set_error_literal (
          error, DMP_ERROR, DMP_ERROR_USAGE,
          _ ("Il faut un patient : --patient FICHIER, --patient - ou --vitale N."));
      return NULL;
    }
  text = read_identity (cli, cli->patient_path, &len);
  patient = g_cancellable_set_error_if_cancelled (cli->cancellable, error)
                ? NULL
                : parse_identity (cli, text, len, error);
  explicit_bzero (text, len);

  return patient;
}

/* --- Record ---------------------------------------------------------------------------------- */

DmpRecord *
dmp_cli_open_record (DmpCli *cli, GError **error)
{
  g_autoptr (DmpPatient) patient = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  /* An identity on standard input is taken before the card is asked for anything. */
  if (cli->vitale == 0)
    {
      patient = dmp_cli_read_patient (cli, error);
      if (patient == NULL)
        return NULL;
    }
  if (!dmp_cli_sign_in (cli, error))
    return NULL;
  if (patient == NULL)
    patient = dmp_cli_read_patient (cli, error);
  if (patient == NULL)
    return NULL;

  dmp_session_open_record_async (cli->session, patient, cli->mode, cli->reason, cli->cancellable,
                                 dmp_cli_keep_result, &result);
  dmp_cli_wait (&result);
  return dmp_session_open_record_finish (cli->session, result, error);
}

DmpRecord *
dmp_cli_open_readable_record (DmpCli *cli, GError **error)
{
  g_autoptr (DmpRecord) record = dmp_cli_open_record (cli, error);

  if (record == NULL)
    return NULL;
  if (!dmp_record_get_exists (record))
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_NO_RECORD, _ ("Ce patient n’a pas de DMP."));
  else if (dmp_record_get_closed (record))
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_RECORD_CLOSED,
                         _ ("Le DMP de ce patient est fermé."));
  else if (cli->mode != DMP_ACCESS_NORMAL ||
           dmp_record_get_authorisation (record) == DMP_AUTHORISATION_VALID)
    return g_steal_pointer (&record);
  else if (dmp_record_get_authorisation (record) == DMP_AUTHORISATION_DENIED)
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_BLOCKED_BY_PATIENT,
                         _ ("Le patient vous a bloqué l’accès à son DMP."));
  else
    g_set_error_literal (
        error, DMP_ERROR, DMP_ERROR_NOT_AUTHORISED,
        _ ("Vous n’avez pas encore accès à ce DMP. Avec l’accord du patient : dmp authorise."));
  return NULL;
}
