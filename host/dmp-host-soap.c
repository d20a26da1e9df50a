#include "config.h"

#include "dmp-host-soap.h"

#include "dmp-host-error.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define ANONYMOUS DMP_HOST_NS_WSA "/anonymous"
#define ACTION_FAULT DMP_HOST_NS_WSA "/soap/fault"

static gpointer
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return NULL;
}

void
dmp_host_envelope_free (DmpHostEnvelope *self)
{
  if (self == NULL)
    return;
  dmp_xml_free_wiped (self->doc);
  g_free (self->message_id);
  g_free (self->action);
  g_free (self);
}

/* The text of the only element of that name, or NULL. */
static char *
dup_only (xmlNode *parent, const char *name)
{
  xmlNode *child = dmp_xml_child (parent, DMP_HOST_NS_WSA, name);

  return dmp_xml_next (child, DMP_HOST_NS_WSA, name) == NULL ? dmp_xml_text (child) : NULL;
}

DmpHostEnvelope *
dmp_host_envelope_parse (GBytes *bytes, GError **error)
{
  g_autoptr (DmpHostEnvelope) self = g_new0 (DmpHostEnvelope, 1);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *ns = DMP_HOST_NS_SOAP12;
  xmlNode *root, *body;

  self->doc = dmp_xml_parse (data, size, NULL);
  root = self->doc != NULL ? dmp_xml_root (self->doc) : NULL;
  if (dmp_xml_is (root, DMP_HOST_NS_SOAP11, "Envelope"))
    ns = DMP_HOST_NS_SOAP11;
  if (!dmp_xml_is (root, ns, "Envelope"))
    return refuse (error, DMP_HOST_ERROR_BAD_REQUEST, "Message illisible : pas une enveloppe SOAP");
  self->header = dmp_xml_child (root, ns, "Header");
  body = dmp_xml_child (root, ns, "Body");
  self->payload = dmp_xml_child (body, "*", "*");
  if (body == NULL || dmp_xml_next (self->header, ns, "Header") != NULL ||
      dmp_xml_next (body, ns, "Body") != NULL || self->payload == NULL ||
      dmp_xml_next (self->payload, "*", "*") != NULL)
    return refuse (error, DMP_HOST_ERROR_BAD_REQUEST,
                   "Message illisible : un en-tête et un corps d'un seul élément sont attendus");
  self->message_id = dup_only (self->header, "MessageID");
  self->action = dup_only (self->header, "Action");
  return g_steal_pointer (&self);
}

static gboolean
must_be_understood (const xmlNode *header)
{
  const char *spaces[] = { DMP_HOST_NS_SOAP12, DMP_HOST_NS_SOAP11 };

  for (guint i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      const char *value = dmp_xml_attr_ns (header, spaces[i], "mustUnderstand");
      if (value != NULL && (strcmp (value, "true") == 0 || strcmp (value, "1") == 0))
        return TRUE;
    }
  return FALSE;
}

gboolean
dmp_host_envelope_check (const DmpHostEnvelope *self, GError **error)
{
  g_autofree char *to = dup_only (self->header, "To");
  g_autofree char *reply_to = NULL;
  xmlNode *reply = dmp_xml_child (self->header, DMP_HOST_NS_WSA, "ReplyTo");

  reply_to = dup_only (reply, "Address");
  if (self->message_id == NULL || *self->message_id == '\0' || self->action == NULL || to == NULL ||
      reply_to == NULL || dmp_xml_next (reply, DMP_HOST_NS_WSA, "ReplyTo") != NULL)
    return refuse (error, DMP_HOST_ERROR_ADDRESSING,
                   "A required header representing a Message Addressing Property is not present") !=
           NULL;
  if (strcmp (reply_to, ANONYMOUS) != 0)
    return refuse (error, DMP_HOST_ERROR_BAD_REQUEST,
                   "Seule une réponse sur la même connexion est possible") != NULL;
  dmp_xml_each (child, self->header, "*", "*")
  {
    const char *ns = child->ns != NULL ? (const char *) child->ns->href : "";
    if (strcmp (ns, DMP_HOST_NS_WSA) != 0 && strcmp (ns, DMP_HOST_NS_WSSE) != 0 &&
        must_be_understood (child))
      return refuse (error, DMP_HOST_ERROR_BAD_REQUEST, "En-tête obligatoire inconnu") != NULL;
  }
  return TRUE;
}

xmlDoc *
dmp_host_envelope_answer (const char *action, const char *relates_to, xmlNode **body)
{
  xmlDoc *doc = dmp_xml_new (DMP_HOST_NS_SOAP12, "soap", "Envelope");
  xmlNode *root = dmp_xml_root (doc);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strconcat ("urn:uuid:", uuid, NULL);
  xmlNode *header;

  dmp_xml_declare (root, "wsa", DMP_HOST_NS_WSA);
  header = dmp_xml_add (root, DMP_HOST_NS_SOAP12, "Header", NULL);
  dmp_xml_add_text (header, DMP_HOST_NS_WSA, "Action", action, NULL);
  dmp_xml_add_text (header, DMP_HOST_NS_WSA, "MessageID", id, NULL);
  dmp_xml_add_text (header, DMP_HOST_NS_WSA, "To", ANONYMOUS, NULL);
  if (relates_to != NULL && *relates_to != '\0')
    dmp_xml_add_text (header, DMP_HOST_NS_WSA, "RelatesTo", relates_to, NULL);
  *body = dmp_xml_add (root, DMP_HOST_NS_SOAP12, "Body", NULL);
  return doc;
}

xmlDoc *
dmp_host_envelope_fault (const char *relates_to, const GError *error)
{
  g_autofree char *subcode = g_strconcat ("soap:", dmp_host_error_name (error), NULL);
  gboolean ours = error->domain == DMP_HOST_ERROR && error->code != DMP_HOST_ERROR_INTERNAL;
  xmlNode *body, *fault, *code, *reason;
  xmlDoc *doc = dmp_host_envelope_answer (ACTION_FAULT, relates_to, &body);

  fault = dmp_xml_add (body, DMP_HOST_NS_SOAP12, "Fault", NULL);
  code = dmp_xml_add (fault, DMP_HOST_NS_SOAP12, "Code", NULL);
  dmp_xml_add_text (code, DMP_HOST_NS_SOAP12, "Value",
                    dmp_host_error_is_sender (error) ? "soap:Sender" : "soap:Receiver", NULL);
  code = dmp_xml_add (code, DMP_HOST_NS_SOAP12, "Subcode", NULL);
  dmp_xml_add_text (code, DMP_HOST_NS_SOAP12, "Value", subcode, NULL);
  reason = dmp_xml_add (fault, DMP_HOST_NS_SOAP12, "Reason", NULL);
  /* What went wrong inside is for the log, not for the caller. */
  dmp_xml_add_text (reason, DMP_HOST_NS_SOAP12, "Text",
                    ours ? error->message : "Erreur interne, rien n'a été enregistré", "xml:lang",
                    "fr", NULL);
  return doc;
}
