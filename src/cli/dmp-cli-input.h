#pragma once

#include "dmp-cli.h"

G_BEGIN_DECLS

/* What a person or a program gives to a sub-command: card, PIN, place of practice, patient. Nothing
 * of it ever stands in argv or the environment. */

/* Starts the session of @cli, which stops with the command. */
void dmp_cli_start_session (DmpCli *cli);

/* Starts the session and waits until the professional's card is ready or it is clear that it will
 * not be.
 * @error: DMP_CARD_ERROR with the sentence of the session's state */
gboolean dmp_cli_wait_for_card (DmpCli *cli, GError **error);

/* Card, PIN and place of practice: afterwards the session is signed in. */
gboolean dmp_cli_sign_in (DmpCli *cli, GError **error);

/* The people of the Vitale card, once read; gives up after some seconds. The session must have been
 * started. Returns: (transfer none): empty when there is no Vitale */
GListModel *dmp_cli_wait_for_vitale (DmpCli *cli);

/* The patient of --patient or --vitale. Returns: (transfer full) */
DmpPatient *dmp_cli_read_patient (DmpCli *cli, GError **error);

/* dmp_cli_sign_in(), the patient, TD0.2. A record that does not exist or is closed is an error
 * here. Returns: (transfer full): its documents are not loaded */
DmpRecord *dmp_cli_open_record (DmpCli *cli, GError **error);

/* dmp_cli_open_record(), then refuses without a valid authorisation (unless in an emergency mode).
 */
DmpRecord *dmp_cli_open_readable_record (DmpCli *cli, GError **error);

/* Reads one line of at most 16 characters from @fd without buffering more than that; Ctrl-C ends
 * it. Returns: (transfer full): %DMP_ERROR_USAGE when there is none, %G_IO_ERROR_CANCELLED */
DmpSecret *dmp_cli_read_pin (DmpCli *cli, int fd, GError **error);

/* Reads a line from the terminal without echo; Ctrl-C ends it. @prompt: in French
 * Returns: (transfer full): %DMP_ERROR_USAGE without a terminal, %G_IO_ERROR_CANCELLED */
DmpSecret *dmp_cli_ask_secret (DmpCli *cli, const char *prompt, GError **error);

G_END_DECLS
