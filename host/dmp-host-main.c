/* dmp-host: the reference host of the DMP. */
#include "config.h"

#include "dmp-host-admin.h"
#include "dmp-host-loader.h"
#include "dmp-host-server.h"
#include "model/dmp-locale.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct
{
  char *data, *load, *listen, *pki, *certificate, *key, *client_ca, *crl, *now, *record;
  int authorisation_days, latency_ms;
  gboolean check, audit, ens_attached, single_use, require_signature, tls13;
} Options;

static void
options_clear (Options *self)
{
  char *all[] = { self->data, self->load,      self->listen, self->pki, self->certificate,
                  self->key,  self->client_ca, self->crl,    self->now, self->record };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options *self, int *argc, char ***argv, GError **error)
{
  GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data, N_ ("Dossier de l’hébergement"), "DIR" },
    { "load", 0, 0, G_OPTION_ARG_FILENAME, &self->load, N_ ("Charger des dossiers d’exemple"),
      "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen, N_ ("Écouter à cette adresse"),
      "ADDR:PORT" },
    { "pki", 0, 0, G_OPTION_ARG_FILENAME, &self->pki, N_ ("Certificats de démonstration"), "DIR" },
    { "cert", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate, N_ ("Certificat et sa chaîne"),
      "PEM" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key, N_ ("Clé du certificat"), "PEM" },
    { "client-ca", 0, 0, G_OPTION_ARG_FILENAME, &self->client_ca, N_ ("Autorités des clients"),
      "PEM" },
    { "crl", 0, 0, G_OPTION_ARG_FILENAME, &self->crl, N_ ("Listes de révocation"), "PEM" },
    { "now", 0, 0, G_OPTION_ARG_STRING, &self->now, N_ ("Partir de cette heure"), "ISO8601" },
    { "authorisation-days", 0, 0, G_OPTION_ARG_INT, &self->authorisation_days,
      N_ ("Durée d’une autorisation"), "N" },
    { "ens-attached", 0, 0, G_OPTION_ARG_NONE, &self->ens_attached,
      N_ ("Tous les dossiers sont rattachés à Mon espace santé"), NULL },
    { "single-use-assertions", 0, 0, G_OPTION_ARG_NONE, &self->single_use,
      N_ ("Refuser un VIHF déjà vu"), NULL },
    { "require-signature", 0, 0, G_OPTION_ARG_NONE, &self->require_signature,
      N_ ("Refuser un envoi que la carte n’a pas signé"), NULL },
    { "tls13", 0, 0, G_OPTION_ARG_NONE, &self->tls13, N_ ("Admettre aussi TLS 1.3"), NULL },
    { "latency-ms", 0, 0, G_OPTION_ARG_INT, &self->latency_ms,
      N_ ("Retarder chaque réponse (essais)"), "N" },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &self->record,
      N_ ("Garder chaque message (essais sur des dossiers fictifs seulement)"), "DIR" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self->check, N_ ("Vérifier l’hébergement"), NULL },
    { "audit", 0, 0, G_OPTION_ARG_NONE, &self->audit, N_ ("Lister les traces d’accès"), NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

/* What --pki names, unless said apart. */
static void
complete_pki (Options *self)
{
  const struct
  {
    char **option;
    const char *file;
  } rows[] = { { &self->certificate, "server-chain.pem" },
               { &self->key, "server.key" },
               { &self->client_ca, "trust-clients.pem" },
               { &self->crl, "crls.pem" } };

  for (guint i = 0; self->pki != NULL && i < G_N_ELEMENTS (rows); i++)
    if (*rows[i].option == NULL)
      {
        g_autofree char *path = g_build_filename (self->pki, rows[i].file, NULL);
        if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
          *rows[i].option = g_steal_pointer (&path);
      }
}

static gboolean
read_now (const Options *self, gint64 *offset, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  *offset = 0;
  if (self->now == NULL)
    return TRUE;
  time = g_date_time_new_from_iso8601 (self->now, utc);
  if (time == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--now %s n’est pas une date ISO 8601."), self->now);
      return FALSE;
    }
  *offset = g_date_time_to_unix (time) - g_get_real_time () / G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
serve (DmpHost *host, const Options *self, GError **error)
{
  DmpHostServerOptions options = { .listen = self->listen,
                                   .certificate = self->certificate,
                                   .key = self->key,
                                   .client_ca = self->client_ca,
                                   .tls13 = self->tls13,
                                   .latency_ms = (guint) MAX (self->latency_ms, 0),
                                   .record = self->record };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (DmpHostServer) server = dmp_host_server_new (host, &options, error);
  g_autofree char *address = NULL;

  if (server == NULL)
    return FALSE;
  address = g_strndup (self->listen, (gsize) (strrchr (self->listen, ':') - self->listen));
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_print ("listening https://%s:%u/si-dmp-server/v2/services\n", address,
           dmp_host_server_get_port (server));
  fflush (stdout);
  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
run (const Options *self, GError **error)
{
  DmpHostSettings settings = { .data = self->data,
                               .authorisation_days = (guint) MAX (self->authorisation_days, 0),
                               .ens_attached = self->ens_attached,
                               .single_use = self->single_use,
                               .require_signature = self->require_signature };
  g_autoptr (DmpHostPki) pki = NULL;
  g_autoptr (DmpHost) host = NULL;

  if (!read_now (self, &settings.clock_offset, error))
    return FALSE;
  if (self->listen != NULL)
    {
      pki = dmp_host_pki_new (self->client_ca, self->crl, error);
      if (pki == NULL)
        return FALSE;
    }
  host = dmp_host_new (&settings, g_steal_pointer (&pki), error);
  if (host == NULL)
    return FALSE;
  if (self->load != NULL)
    {
      DmpHostLoad load = { 0 };
      if (!dmp_host_load (host, self->load, &load, error))
        return FALSE;
      g_printerr ("loaded: %u professionals, %u patients, %u documents, %u known\n",
                  load.professionals, load.patients, load.documents, load.known);
    }
  if (self->check && !dmp_host_admin_check (host, error))
    return FALSE;
  if (self->audit && !dmp_host_admin_audit (host, error))
    return FALSE;
  return self->listen == NULL || serve (host, self, error);
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { .authorisation_days = 365 };
  g_autoptr (GError) error = NULL;
  struct rlimit none = { 0, 0 };

  dmp_locale_start ();
  umask (077);
  setrlimit (RLIMIT_CORE, &none); /* a core would hold keys and records */
  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("dmp-host: %s\n", error->message);
      return 2;
    }
  complete_pki (&options);
  if (options.data == NULL || argc > 1 ||
      (options.listen != NULL &&
       (options.certificate == NULL || options.key == NULL || options.client_ca == NULL ||
        strrchr (options.listen, ':') == NULL)))
    {
      g_printerr ("%s\n", _ ("dmp-host : il faut --data DIR, et avec --listen ADDR:PORT aussi "
                             "--pki DIR ou --cert, --key et --client-ca. Voir --help."));
      return 2;
    }
  if (run (&options, &error))
    return 0;
  g_printerr ("dmp-host: %s\n", error->message);
  return 1;
}
