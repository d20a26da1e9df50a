#include "config.h"

#include "dmp-decode-private.h"
#include "dmp-decode.h"
#include "dmp-recorded-message.h"
#include "model/dmp-json.h"
#include "wire/dmp-soap.h"

#include <string.h>

static gboolean
is_soap (xmlNode *node, const char *name)
{
  return dmp_xml_is (node, DMP_NS_SOAP, name) || dmp_xml_is (node, DMP_NS_SOAP11, name);
}

static xmlNode *
soap_child (xmlNode *parent, const char *name)
{
  xmlNode *found = dmp_xml_child (parent, DMP_NS_SOAP, name);

  return found != NULL ? found : dmp_xml_child (parent, DMP_NS_SOAP11, name);
}

static const char *
find_kind (xmlNode *body)
{
  const char *name = body != NULL ? (const char *) body->name : "";
  static const char *const replies[] = { "PRPA_IN201306UV02", "PRPA_IN201308UV02",
                                         "PRPA_IN201310UV02", NULL };

  if (is_soap (body, "Fault"))
    return "fault";
  if (g_str_has_suffix (name, "Response") || g_strv_contains (replies, name))
    return "response";

  return "request";
}

static void
add_addressing (JsonBuilder *json, xmlNode *header)
{
  static const char *const names[][2] = {
    { "message_id", "MessageID" },
    { "relates_to", "RelatesTo" },
    { "to", "To" },
  };

  dmp_json_begin_object (json, "addressing");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = dmp_xml_text (dmp_xml_child (header, DMP_NS_WSA, names[i][1]));

      dmp_json_add_string (json, names[i][0], text);
    }
  json_builder_end_object (json);
}

static void
add_attachments (JsonBuilder *json, GPtrArray *parts)
{
  dmp_json_begin_array (json, "attachments");
  for (guint i = 0; i < parts->len; i++)
    {
      const DmpAttachment *part = g_ptr_array_index (parts, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "cid", part->content_id);
      dmp_json_add_int (json, "size", (gint64) g_bytes_get_size (part->bytes));
      dmp_json_add_string (json, "type", part->content_type);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* Makes @body the whole of the document. Returns: (transfer full) */
static DmpMessage *
take_message (xmlDoc *doc, xmlNode *body, GPtrArray *parts)
{
  DmpMessage *message;

  if (body != NULL)
    dmp_xml_make_root (body);
  message = dmp_message_new (doc);
  g_ptr_array_unref (message->attachments);
  message->attachments = g_ptr_array_ref (parts);

  return message;
}

JsonNode *
dmp_decode_message (GBytes *bytes, GError **error)
{
  g_autoptr (DmpRecordedMessage) recorded = dmp_recorded_message_read (bytes, error);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (DmpMessage) message = NULL;
  g_autofree char *action = NULL;
  const char *id;
  xmlDoc *doc;
  xmlNode *root, *header, *body;

  if (recorded == NULL)
    return NULL;
  doc = dmp_xml_parse (g_bytes_get_data (recorded->xml, NULL), g_bytes_get_size (recorded->xml),
                       error);
  if (doc == NULL)
    return NULL;

  root = dmp_xml_root (doc);
  header = soap_child (root, "Header");
  body = is_soap (root, "Envelope") ? dmp_xml_child (soap_child (root, "Body"), "*", "*") : root;
  action = dmp_xml_text (dmp_xml_child (header, DMP_NS_WSA, "Action"));
  id = dmp_decode_find_transaction (body, action);
  json_builder_begin_object (json);
  dmp_json_add_string (json, "kind", find_kind (body));
  dmp_json_add_string (json, "transaction", id);
  dmp_json_add_string (json, "action", action);
  add_addressing (json, header);
  dmp_decode_add_vihf (json, header);
  message = take_message (doc, body, recorded->parts);
  dmp_decode_add_body (json, body != NULL ? id : NULL, message);
  add_attachments (json, recorded->parts);
  json_builder_end_object (json);

  return json_builder_get_root (json);
}

/* --- For people ------------------------------------------------------------------------------ */

static void append_node (GString *out, const char *key, JsonNode *node, guint depth);

/* A message may try to steer the terminal: control characters are not printed. */
static void
append_safe (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, g_unichar_iscntrl (c) ? ' ' : c);
    }
}

static void
append_object (GString *out, JsonObject *object, guint depth)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    append_node (out, l->data, json_object_get_member (object, l->data), depth);
}

static void
append_scalar (GString *out, const char *key, JsonNode *node, guint depth)
{
  GType type = json_node_get_value_type (node);

  g_string_append_printf (out, "%*s%s: ", (int) (2 * depth), "", key);
  if (type == G_TYPE_STRING)
    append_safe (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  g_string_append_c (out, '\n');
}

/* One line for a code: "11488-4 (2.16…) CR". Returns: FALSE when @object is no code */
static gboolean
append_code (GString *out, const char *key, JsonObject *object, guint depth)
{
  if (json_object_get_size (object) != 3 || !json_object_has_member (object, "display"))
    return FALSE;
  g_string_append_printf (out, "%*s%s: ", (int) (2 * depth), "", key);
  append_safe (out, json_object_get_string_member_with_default (object, "code", "?"));
  g_string_append (out, " (");
  append_safe (out, json_object_get_string_member_with_default (object, "system", "?"));
  g_string_append (out, ") ");
  append_safe (out, json_object_get_string_member_with_default (object, "display", ""));
  g_string_append_c (out, '\n');

  return TRUE;
}

static void
append_node (GString *out, const char *key, JsonNode *node, guint depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_NULL:
      break;
    case JSON_NODE_VALUE:
      append_scalar (out, key, node, depth);
      break;
    case JSON_NODE_ARRAY:
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        append_node (out, key, json_array_get_element (json_node_get_array (node), i), depth);
      break;
    case JSON_NODE_OBJECT:
    default:
      if (append_code (out, key, json_node_get_object (node), depth))
        break;
      g_string_append_printf (out, "%*s%s\n", (int) (2 * depth), "", key);
      append_object (out, json_node_get_object (node), depth + 1);
      break;
    }
}

char *
dmp_decode_dup_text (JsonNode *decoded)
{
  GString *out = g_string_new (NULL);

  append_object (out, json_node_get_object (decoded), 0);

  return g_string_free (out, FALSE);
}
