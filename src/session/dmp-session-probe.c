#include "config.h"

#include "dmp-session-private.h"
#include "model/dmp-error.h"
#include "wire/dmp-wire-client.h"

#include <glib/gi18n-lib.h>
#include <libxml/tree.h>

/* Without a certificate of ours the host ends the handshake after it has shown its own: that
 * refusal proves it can be reached and is the one we trust. */
static gboolean
refusal_is_fine (GError **error)
{
  if (!g_error_matches (*error, DMP_ERROR, DMP_ERROR_TLS_CLIENT))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static DmpMessage *
new_empty_message (void)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");

  xmlDocSetRootElement (doc, xmlNewNode (NULL, BAD_CAST "probe"));
  return dmp_message_new (doc);
}

static gboolean
probe_host (DmpConfig *settings, GCancellable *cancellable, GError **error)
{
  const DmpWireConfig config = {
    .base_url = dmp_config_get_host_url (settings),
    .ca_file = dmp_config_get_host_ca (settings),
    .connect_timeout_ms = dmp_config_get_connect_timeout (settings) * 1000,
    .response_timeout_ms = dmp_config_get_connect_timeout (settings) * 1000,
    .user_agent = PACKAGE_NAME "/" PACKAGE_VERSION,
  };
  const DmpWireCredential nobody = { 0 };
  g_autoptr (DmpMessage) message = new_empty_message ();
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (DmpWireClient) wire = NULL;
  g_autoptr (GError) cause = NULL;
  const DmpWireRequest request = {
    .endpoint = "patients", .action = "urn:caducee:probe", .message = message, .repeatable = TRUE
  };

  if (*config.base_url == '\0')
    {
      g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
                           _ ("L’adresse du service DMP n’est pas réglée sur ce poste. Prévenez "
                              "votre informaticien."));
      return FALSE;
    }
  wire = dmp_wire_client_new (&config, &nobody, error);
  if (wire == NULL)
    return FALSE;
  if (dmp_wire_client_call (wire, &request, cancellable, &reply, &cause) ||
      refusal_is_fine (&cause))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static void
probe_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (probe_host (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dmp_session_probe_host_async (DmpSession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dmp_session_probe_host_async);
  g_task_set_task_data (task, dmp_config_ref (self->config), (GDestroyNotify) dmp_config_unref);
  g_task_run_in_thread (task, probe_thread);
}

gboolean
dmp_session_probe_host_finish (DmpSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
