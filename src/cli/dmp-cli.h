#pragma once

#include "session/dmp-session.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What every sub-command shares: the common options, the session, how to answer. Contract:
 * docs/cli.md. */
typedef struct
{
  /* common options */
  gboolean json;
  char *config_path;
  char *patient_path; /* --patient FILE|- */
  int vitale;         /* --vitale N: 1 and up, 0 = not asked for */
  int pin_fd;         /* --pin-fd N, -1 = ask on the terminal */
  char *place;        /* --place ID: which place of practice */
  char *reason;       /* with an emergency mode */
  char *mode_name;
  /* what they became */
  DmpConfig *config;
  DmpSession *session;      /* NULL until one was started */
  void (*leave) (gpointer); /* NULL until then: stops it; given the DmpCli */
  DmpAccessMode mode;
  GCancellable *cancellable; /* cancelled by Ctrl-C */
  gboolean card_removed;     /* while a job was under way */
  GThread *stopper;          /* NULL but while offline */
  GMainLoop *stopper_loop;
  gint64 kept;    /* what a sending that failed has left in the outbox; 0: nothing */
  char *kept_set; /* its submission set */
} DmpCli;

typedef struct
{
  const char *name;
  const char *arguments;                           /* what stands after the name in the help */
  const char *blurb;                               /* N_() French, one line */
  int (*run) (DmpCli *cli, int argc, char **argv); /* returns the exit status */
} DmpCliCommand;

/* One row a sub-command; each is defined in its own file. */
extern const DmpCliCommand dmp_cli_authorise;
extern const DmpCliCommand dmp_cli_card;
extern const DmpCliCommand dmp_cli_cda;
extern const DmpCliCommand dmp_cli_decode;
extern const DmpCliCommand dmp_cli_doctor;
extern const DmpCliCommand dmp_cli_get;
extern const DmpCliCommand dmp_cli_list;
extern const DmpCliCommand dmp_cli_outbox;
extern const DmpCliCommand dmp_cli_pin;
extern const DmpCliCommand dmp_cli_receipt;
extern const DmpCliCommand dmp_cli_send;
extern const DmpCliCommand dmp_cli_status;
extern const DmpCliCommand dmp_cli_search;
extern const DmpCliCommand dmp_cli_summary;
extern const DmpCliCommand dmp_cli_tables;
extern const DmpCliCommand dmp_cli_vitale;

/* Reads the options of a sub-command together with the common ones; then the settings.
 * @entries: (nullable): the sub-command's own options
 * @min, @max: how many words may be left in @argv after the name; @max -1 = any number
 * Returns: FALSE with @error set: %DMP_ERROR_USAGE or %DMP_ERROR_INVALID_CONFIG */
gboolean dmp_cli_parse (DmpCli *cli,
                        const DmpCliCommand *command,
                        const GOptionEntry *entries,
                        int min,
                        int max,
                        int *argc,
                        char ***argv,
                        GError **error);

/* From here on there is only reading and computing in the main thread, which looks at no signal:
 * Ctrl-C ends the process at once, with the sentence, the error object and the exit status of what
 * is stopped. Until dmp_cli_end_offline(), or the end of the command. */
void dmp_cli_begin_offline (DmpCli *cli);
void dmp_cli_end_offline (DmpCli *cli);

/* Says what went wrong: a sentence on standard error, with --json the error object on standard
 * output.
 * @error: (transfer full). Returns: the exit status that goes with it */
int dmp_cli_fail (DmpCli *cli, GError *error);

/* Prints one JSON document and a line end on standard output. @root: (transfer full). Returns: 0 */
int dmp_cli_print_json (JsonNode *root);

/* Writes all of @bytes to @fd. Returns: FALSE with errno set */
gboolean dmp_cli_write_all (int fd, GBytes *bytes);

/* Writes a file for its owner alone, whole or not at all. Returns: FALSE with errno set */
gboolean dmp_cli_write_file (const char *path, GBytes *bytes);

/* The same of a file that must not be there yet: it has no name until it is whole, and nothing in
 * clear is left when the program is killed. Returns: FALSE with errno set: EEXIST */
gboolean dmp_cli_write_new (const char *path, GBytes *bytes);

/* A #GAsyncReadyCallback that keeps the result where @user_data (GAsyncResult **) points. */
void dmp_cli_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);
/* Runs the main loop until *@result is set. Returns: (transfer full) */
GAsyncResult *dmp_cli_wait (GAsyncResult **result);

/* Progress for a person: only on a terminal, on standard error, over the same line. @total 0 ends
 * the line. */
void dmp_cli_progress (const char *what, guint done, guint total);

G_END_DECLS
