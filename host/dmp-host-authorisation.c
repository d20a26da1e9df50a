/* TD0.3: the patient's consent, and who is his médecin traitant (gdp-hl7v3.md §7). */
#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-record.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS "urn:si-dmp-habilitations"

typedef struct
{
  gboolean add;
  gboolean physician;
} Demand;

static gboolean
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return FALSE;
}

static gboolean
read_demand (xmlNode *payload, Demand *demand, GError **error)
{
  xmlNode *role_node = dmp_xml_child (payload, NS, "role");
  g_autofree char *action = dmp_xml_text (dmp_xml_child (payload, NS, "action"));
  g_autofree char *role = dmp_xml_text (role_node);

  demand->add = g_strcmp0 (action, "AJOUT") == 0;
  demand->physician = g_strcmp0 (role, "MEDECIN_TRAITANT") == 0;
  if ((!demand->add && g_strcmp0 (action, "SUPPRESSION") != 0) ||
      (role_node != NULL && !demand->physician) || dmp_xml_next (role_node, NS, "role") != NULL)
    return refuse (error, DMP_HOST_ERROR_BAD_REQUEST, "Action ou rôle inconnu");
  return TRUE;
}

static gboolean
check_right (const DmpHostRecord *record, const Demand *demand, GError **error)
{
  DmpHostRole role = record->access.role;
  const char *action = demand->add         ? "authorise"
                       : demand->physician ? "renounce_physician"
                                           : "renounce";
  gboolean doctor = role == DMP_HOST_ROLE_DOCTOR || role == DMP_HOST_ROLE_AIR_DOCTOR ||
                    dmp_host_role_is_physician (role);

  if (record->row.closed)
    return refuse (error, DMP_HOST_ERROR_CLOSED, "Le DMP de ce patient est fermé");
  if (dmp_host_right (role, record->access.vihf->purpose, action) == DMP_HOST_RIGHT_NO ||
      (demand->physician && !doctor))
    return refuse (error, DMP_HOST_ERROR_ACCESS_DENIED, "Action interdite pour ce profil");
  if (demand->add && record->access.authorisation == DMP_HOST_AUTHORISATION_DENIED)
    return refuse (error, DMP_HOST_ERROR_AUTHORISATION_DENIED,
                   "Le patient a bloqué l'accès de ce professionnel");
  return TRUE;
}

/* A professional is authorised himself; staff obtain it for their structure (note 1). */
static char *
dup_holder (const DmpHostRecord *record)
{
  const DmpHostVihf *vihf = record->access.vihf;
  gboolean structure =
      dmp_host_right (record->access.role, vihf->purpose, "authorise") == DMP_HOST_RIGHT_STRUCTURE;

  return structure ? g_strconcat ("S:", vihf->structure, NULL)
                   : g_strconcat ("P:", vihf->name_id, NULL);
}

/* @context: (out) (transfer none): what is said beside DMPOk */
static DmpHostStoreResult
apply (DmpHostCall *call,
       const DmpHostRecord *record,
       const Demand *demand,
       DmpHostTx *tx,
       const char **context)
{
  const DmpHostStoreOps *ops = call->host->ops;
  g_autofree char *holder = dup_holder (record);
  gboolean valid = record->access.authorisation == DMP_HOST_AUTHORISATION_VALID;
  DmpHostStoreResult result = DMP_HOST_STORE_OK;

  *context = "";
  if (demand->physician)
    result = ops->physician_put (tx, demand->add ? call->vihf->name_id : NULL);
  if (demand->add && valid)
    {
      if (!demand->physician)
        *context = "Autorisation déjà présente aucune action effectuée";
    }
  else if (demand->add && result == DMP_HOST_STORE_OK)
    {
      gint64 days = call->host->settings.authorisation_days;
      DmpHostAuthorisation row = { .holder = holder,
                                   .state = DMP_HOST_AUTHORISATION_VALID,
                                   .from = call->now,
                                   .until = days == 0 ? 0 : call->now + days * 86400 };
      result = ops->authorisation_put (tx, &row);
    }
  else if (!demand->add && !demand->physician)
    {
      result = ops->authorisation_delete (tx, holder);
      if (result == DMP_HOST_STORE_ABSENT)
        {
          *context = "Aucune autorisation présente aucune action effectuée";
          result = DMP_HOST_STORE_OK;
        }
    }
  return result;
}

/* Change and trail in one transaction. */
static gboolean
commit (DmpHostCall *call,
        const DmpHostRecord *record,
        const Demand *demand,
        const char **context,
        GError **error)
{
  const DmpHostStoreOps *ops = call->host->ops;
  DmpHostTx *tx;
  DmpHostStoreResult result = ops->begin (call->host->store, record->row.id, TRUE, &tx);

  if (result == DMP_HOST_STORE_OK)
    {
      result = apply (call, record, demand, tx, context);
      if (result == DMP_HOST_STORE_OK)
        result = dmp_host_call_audit (call, tx, "ok");
      if (result == DMP_HOST_STORE_OK)
        result = ops->commit (tx);
      else
        ops->rollback (tx);
    }
  if (result != DMP_HOST_STORE_OK)
    {
      g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "authorisation: %s",
                   dmp_host_store_result_name (result));
      return FALSE;
    }
  call->audit_done = TRUE;
  return TRUE;
}

static void
add_output (xmlNode *body, const char *status, const char *context)
{
  xmlNode *node = dmp_xml_add (body, NS, "setAuthorizationResponse", NULL);

  node = dmp_xml_add (node, NS, "output", NULL);
  dmp_xml_add_text (node, NS, "status", status, NULL);
  dmp_xml_add_text (node, NS, "context", context, NULL);
}

static gboolean
handle (DmpHostCall *call, xmlNode *body, GError **error)
{
  Demand demand;
  g_autoptr (DmpHostRecord) record = NULL;
  const char *context = "";

  if (!read_demand (call->envelope->payload, &demand, error))
    return FALSE;
  record = dmp_host_record_open (call, error);
  if (record == NULL || !check_right (record, &demand, error) ||
      !commit (call, record, &demand, &context, error))
    return FALSE;
  add_output (body, "DMPOk", context);
  return TRUE;
}

static void
tell (DmpHostCall *call, xmlNode *body, const GError *error)
{
  add_output (body, dmp_host_error_name (error), error->message);
}

const DmpHostTransaction dmp_host_td03 = {
  .id = "TD0.3",
  .endpoint = "habilitations",
  .ns = NS,
  .name = "setAuthorization",
  .action = "urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorizationResponse",
  .handle = handle,
  .refuse = tell
};
