#include "config.h"

#include "dmp-td-authorise.h"
#include "model/dmp-host-codes.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>

#define NS DMP_NS_HABILITATIONS
#define ACTION "urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization"

const DmpTd dmp_td_authorise = {
  .id = "TD0.3",
  .action = ACTION,
  .response_action = ACTION "Response",
  .endpoint = "habilitations",
  .ns = NS,
  .request = "setAuthorization",
  .reply_ns = NS,
  .reply = "setAuthorizationResponse",
};

DmpMessage *
dmp_td_authorise_write (gboolean add, gboolean medecin_traitant)
{
  xmlDoc *doc = dmp_xml_new (NS, NULL, "setAuthorization");
  xmlNode *root = dmp_xml_root (doc);

  dmp_xml_add_text (root, NS, "action", add ? "AJOUT" : "SUPPRESSION", NULL);
  if (medecin_traitant)
    dmp_xml_add_text (root, NS, "role", "MEDECIN_TRAITANT", NULL);

  return dmp_message_new (doc);
}

gboolean
dmp_td_authorise_parse (const DmpMessage *reply, char **remark, GError **error)
{
  g_autofree char *status = NULL, *context = NULL;
  xmlNode *output;

  if (!dmp_td_check_reply (&dmp_td_authorise, reply, error))
    return FALSE;

  output = dmp_xml_child (dmp_message_root (reply), NS, "output");
  status = dmp_xml_text (dmp_xml_child (output, NS, "status"));
  context = dmp_xml_text (dmp_xml_child (output, NS, "context"));
  if (status == NULL || *status == '\0')
    {
      dmp_td_set_invalid (error, &dmp_td_authorise, _ ("le statut manque"));
      return FALSE;
    }
  if (!dmp_host_code_is_ok (status))
    {
      dmp_host_code_set_error (error, status, context);
      return FALSE;
    }
  if (remark != NULL)
    *remark = context != NULL && *context != '\0' ? g_steal_pointer (&context) : NULL;

  return TRUE;
}
