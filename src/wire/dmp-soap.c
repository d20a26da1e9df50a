#include "config.h"

#include "dmp-soap.h"
#include "model/dmp-host-codes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ANONYMOUS DMP_NS_WSA "/anonymous"

GBytes *
dmp_soap_write (
    const char *to, const char *action, const char *message_id, xmlNode *assertion, xmlNode *body)
{
  g_autoptr (xmlDoc) doc = dmp_xml_new (DMP_NS_SOAP, "soap", "Envelope");
  xmlNode *root = dmp_xml_root (doc);
  xmlNode *header = dmp_xml_add (root, DMP_NS_SOAP, "Header", NULL);
  xmlNode *reply_to;
  xmlNode *security;

  dmp_xml_declare (root, "wsa", DMP_NS_WSA);
  dmp_xml_add_text (header, DMP_NS_WSA, "MessageID", message_id, NULL);
  dmp_xml_add_text (header, DMP_NS_WSA, "To", to, NULL);
  reply_to = dmp_xml_add (header, DMP_NS_WSA, "ReplyTo", "soap:mustUnderstand", "true", NULL);
  dmp_xml_add_text (reply_to, DMP_NS_WSA, "Address", ANONYMOUS, NULL);
  dmp_xml_add_text (header, DMP_NS_WSA, "Action", action, "soap:mustUnderstand", "true", NULL);
  if (assertion != NULL)
    {
      xmlNs *ns;

      security = xmlNewChild (header, NULL, BAD_CAST "Security", NULL);
      ns = dmp_xml_declare (security, "wsse", DMP_NS_WSSE);
      xmlSetNs (security, ns);
      xmlAddChild (security, xmlDocCopyNode (assertion, doc, 1));
    }
  xmlAddChild (dmp_xml_add (root, DMP_NS_SOAP, "Body", NULL), xmlDocCopyNode (body, doc, 1));

  return dmp_xml_write (doc);
}

/* --- Reading ---------------------------------------------------------------------------------- */

static gboolean
invalid (GError **error, const char *what)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
               _ ("La réponse du DMP n’est pas celle que prévoit le protocole (%s). Réessayez ; si "
                  "cela dure, prévenez votre informaticien."),
               what);
  return FALSE;
}

/* The local part of a QName. */
static char *
dup_local (xmlNode *value)
{
  g_autofree char *name = dmp_xml_text (value);
  const char *colon = name != NULL ? strrchr (name, ':') : NULL;

  return g_strdup (colon != NULL ? colon + 1 : name);
}

/* The reason in French where there is one. */
static char *
dup_reason (xmlNode *reason)
{
  xmlNode *best = dmp_xml_child (reason, "*", "Text");

  dmp_xml_each (text, reason, "*", "Text")
  {
    const char *lang = dmp_xml_attr_ns (text, (const char *) XML_XML_NAMESPACE, "lang");

    if (lang != NULL && g_ascii_strncasecmp (lang, "fr", 2) == 0)
      best = text;
  }

  return dmp_xml_text (best);
}

static void
set_fault (xmlNode *fault, const char *ns, GError **error)
{
  xmlNode *code = dmp_xml_child (fault, ns, "Code");
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (strcmp (ns, DMP_NS_SOAP11) == 0)
    {
      name = dup_local (dmp_xml_child (fault, "*", "faultcode"));
      text = dmp_xml_text (dmp_xml_child (fault, "*", "faultstring"));
    }
  else
    {
      xmlNode *sub = dmp_xml_child (code, ns, "Subcode");

      name = dup_local (dmp_xml_child (sub != NULL ? sub : code, ns, "Value"));
      text = dup_reason (dmp_xml_child (fault, ns, "Reason"));
    }
  dmp_host_code_set_error (error, name, text);
}

static gboolean
check_relates_to (xmlNode *header, const char *message_id, GError **error)
{
  g_autofree char *relates_to = dmp_xml_text (dmp_xml_child (header, DMP_NS_WSA, "RelatesTo"));

  if (relates_to == NULL)
    {
      g_debug ("the answer does not say which request it is for");
      return TRUE;
    }

  return strcmp (relates_to, message_id) == 0 ||
         invalid (error, _ ("elle répond à une autre demande"));
}

/* Each Include names one part, each part is named once. */
static gboolean
check_includes (xmlNode *body, GPtrArray *parts, GError **error)
{
  g_autoptr (GPtrArray) includes = dmp_xml_xpath (body, ".//xop:Include", "xop", DMP_NS_XOP, NULL);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_parts = parts != NULL ? parts->len : 0;

  for (guint i = 0; i < includes->len; i++)
    {
      const char *href = dmp_xml_attr (includes->pdata[i], "href");
      char *id = href != NULL && g_str_has_prefix (href, "cid:")
                     ? g_uri_unescape_string (href + 4, NULL)
                     : NULL;

      if (id == NULL || !g_hash_table_add (named, id))
        return invalid (error, _ ("pièce jointe désignée deux fois ou mal désignée"));
    }
  for (guint i = 0; i < n_parts; i++)
    {
      const DmpAttachment *part = parts->pdata[i];

      if (!g_hash_table_remove (named, part->content_id))
        return invalid (error, _ ("pièce jointe en trop"));
    }

  return g_hash_table_size (named) == 0 || invalid (error, _ ("pièce jointe manquante"));
}

/* The only element in soap:Body, unless it is a fault. */
static xmlNode *
find_content (xmlDoc *doc, GPtrArray *parts, const char *message_id, GError **error)
{
  xmlNode *root = dmp_xml_root (doc);
  const char *ns = dmp_xml_is (root, DMP_NS_SOAP11, "Envelope") ? DMP_NS_SOAP11 : DMP_NS_SOAP;
  xmlNode *body = dmp_xml_child (root, ns, "Body");
  xmlNode *content = dmp_xml_child (body, "*", "*");

  if (!dmp_xml_is (root, ns, "Envelope") || body == NULL)
    {
      invalid (error, _ ("pas d’enveloppe SOAP"));
      return NULL;
    }
  if (content == NULL || dmp_xml_next (content, "*", "*") != NULL)
    {
      invalid (error, _ ("corps vide ou double"));
      return NULL;
    }
  if (!check_relates_to (dmp_xml_child (root, ns, "Header"), message_id, error))
    return NULL;
  if (dmp_xml_is (content, ns, "Fault"))
    {
      set_fault (content, ns, error);
      return NULL;
    }

  return check_includes (body, parts, error) ? content : NULL;
}

DmpMessage *
dmp_soap_read (
    const char *bytes, gsize len, GPtrArray *parts, const char *message_id, GError **error)
{
  xmlDoc *doc = dmp_xml_parse (bytes, len, error);
  xmlNode *content = doc != NULL ? find_content (doc, parts, message_id, error) : NULL;
  DmpMessage *message;

  if (content == NULL)
    {
      dmp_xml_free_wiped (doc);
      return NULL;
    }

  dmp_xml_make_root (content);
  message = dmp_message_new (doc);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const DmpAttachment *part = parts->pdata[i];

      g_ptr_array_add (message->attachments,
                       dmp_attachment_new (part->content_id, part->content_type, part->bytes));
    }

  return message;
}
