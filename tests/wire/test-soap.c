#include "config.h"

#include "model/dmp-error.h"
#include "wire/dmp-soap.h"

#include <string.h>

#define ID "urn:uuid:1"
#define HEAD                                                                                       \
  "<s:Envelope xmlns:s='" DMP_NS_SOAP "' xmlns:a='" DMP_NS_WSA "' xmlns:x='" DMP_NS_XOP "'>"
#define RELATED "<s:Header><a:RelatesTo>" ID "</a:RelatesTo><other/></s:Header>"

static DmpMessage *
read_text (const char *text, GPtrArray *parts, GError **error)
{
  return dmp_soap_read (text, strlen (text), parts, ID, error);
}

static GPtrArray *
new_parts (const char *const *ids)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free);

  for (; *ids != NULL; ids++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (*ids, strlen (*ids));

      g_ptr_array_add (parts, dmp_attachment_new (*ids, "text/xml", bytes));
    }

  return parts;
}

static void
test_write (void)
{
  g_autoptr (xmlDoc) body = dmp_xml_new ("urn:b", NULL, "request");
  g_autoptr (xmlDoc) assertion = dmp_xml_new ("urn:s", "s", "Assertion");
  g_autoptr (GBytes) bytes =
      dmp_soap_write ("https://h/x", "urn:act", ID, dmp_xml_root (assertion), dmp_xml_root (body));
  g_autoptr (xmlDoc) back =
      dmp_xml_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  xmlNode *root = dmp_xml_root (back);
  xmlNode *header = dmp_xml_child (root, DMP_NS_SOAP, "Header");
  xmlNode *action = dmp_xml_child (header, DMP_NS_WSA, "Action");
  g_autofree char *to = dmp_xml_text (dmp_xml_child (header, DMP_NS_WSA, "To"));
  g_autofree char *reply_to = dmp_xml_text (dmp_xml_path (header, DMP_NS_WSA, "ReplyTo/Address"));

  g_assert_cmpstr (to, ==, "https://h/x");
  g_assert_cmpstr (reply_to, ==, "http://www.w3.org/2005/08/addressing/anonymous");
  g_assert_cmpstr (dmp_xml_attr_ns (action, DMP_NS_SOAP, "mustUnderstand"), ==, "true");
  g_assert_nonnull (
      dmp_xml_child (dmp_xml_child (header, DMP_NS_WSSE, "Security"), "urn:s", "Assertion"));
  g_assert_nonnull (dmp_xml_child (dmp_xml_child (root, DMP_NS_SOAP, "Body"), "urn:b", "request"));
}

static void
test_read (void)
{
  static const char *const rows[] = {
    HEAD RELATED "<s:Body><r xmlns='urn:r' s:k='1'/></s:Body></s:Envelope>",
    HEAD "<s:Body> <!-- c --> <r xmlns='urn:r'/> </s:Body></s:Envelope>",
    "<s:Envelope xmlns:s='" DMP_NS_SOAP11 "'><s:Header/><s:Body><r xmlns='urn:r'/></s:Body>"
    "</s:Envelope>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DmpMessage) message = read_text (rows[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_true (dmp_xml_is (dmp_message_root (message), "urn:r", "r"));
      g_assert_cmpuint (message->attachments->len, ==, 0);
    }
}

static void
test_unusable (void)
{
  static const char *const rows[] = {
    "<r/>",
    "<s:Envelope xmlns:s='urn:other'><s:Body><r/></s:Body></s:Envelope>",
    HEAD "</s:Envelope>",
    HEAD "<s:Body/></s:Envelope>",
    HEAD "<s:Body><r/><r/></s:Body></s:Envelope>",
    HEAD "<s:Header><a:RelatesTo>urn:uuid:2</a:RelatesTo></s:Header><s:Body><r/></s:Body>"
         "</s:Envelope>",
    HEAD "<s:Body><r><x:Include href='cid:a'/></r></s:Body></s:Envelope>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (rows[i], NULL, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
    }
}

static void
test_attachments (void)
{
  static const struct
  {
    const char *includes;
    const char *const ids[3];
    gboolean accepted;
  } rows[] = {
    { "<x:Include href='cid:a%40x'/><x:Include href='cid:b@x'/>", { "b@x", "a@x" }, TRUE },
    { "<x:Include href='cid:a%40x'/>", { "b@x", "a@x" }, FALSE },
    { "<x:Include href='cid:a@x'/><x:Include href='cid:c@x'/>", { "a@x", NULL }, FALSE },
    { "<x:Include href='cid:a@x'/><x:Include href='cid:a@x'/>", { "a@x", NULL }, FALSE },
    { "<x:Include href='http://127.0.0.1/'/>", { "a@x", NULL }, FALSE },
    { "<x:Include href='cid:%zz'/>", { "%zz", NULL }, FALSE },
    { "<x:Include/>", { "a@x", NULL }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
          g_strconcat (HEAD "<s:Body><r>", rows[i].includes, "</r></s:Body></s:Envelope>", NULL);
      g_autoptr (GPtrArray) parts = new_parts (rows[i].ids);
      g_autoptr (GError) error = NULL;
      g_autoptr (DmpMessage) message = read_text (text, parts, &error);

      if (rows[i].accepted)
        {
          g_autoptr (GBytes) bytes = NULL;
          xmlNode *other;

          g_assert_no_error (error);
          other = dmp_message_root (message)->children->next;
          xmlUnlinkNode (other);
          xmlFreeNode (other);
          bytes = dmp_message_get_bytes (message, dmp_message_root (message), &error);
          g_assert_no_error (error);
          g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a@x", 3);
        }
      else
        g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
    }
}

static void
test_fault (void)
{
  static const struct
  {
    const char *fault;
    DmpErrorCode error;
    const char *code;
    const char *says;
  } rows[] = {
    { "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>q:DMPInvalidCertificate</s:Value>"
      "</s:Subcode></s:Code><s:Reason><s:Text xml:lang='en'>Not a valid signature certificate"
      "</s:Text></s:Reason>",
      DMP_ERROR_FAULT, "DMPInvalidCertificate", "Not a valid signature certificate" },
    { "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>DMPAccessDeniedByRightsService"
      "</s:Value></s:Subcode></s:Code>",
      DMP_ERROR_FORBIDDEN, "DMPAccessDeniedByRightsService", "profil" },
    { "<s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang='en'>Broken"
      "</s:Text><s:Text xml:lang='fr-FR'>Cassé</s:Text></s:Reason><s:Detail/>",
      DMP_ERROR_FAULT, "Receiver", "Cassé" },
    { "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:DMPNew</s:Value></s:Subcode>"
      "</s:Code>",
      DMP_ERROR_FAULT, "DMPNew", "DMPNew" },
    { "", DMP_ERROR_FAULT, NULL, "refusé" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (HEAD RELATED "<s:Body><s:Fault>", rows[i].fault,
                                           "</s:Fault></s:Body></s:Envelope>", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (text, NULL, &error));
      g_assert_error (error, DMP_ERROR, (gint) rows[i].error);
      g_assert_cmpstr (dmp_error_get_host_code (error), ==, rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].says));
    }
}

static void
test_old_fault (void)
{
  static const char text[] =
      "<s:Envelope xmlns:s='" DMP_NS_SOAP11 "'><s:Body><s:Fault><faultcode>s:DMPClosed"
      "</faultcode><faultstring>x</faultstring></s:Fault></s:Body></s:Envelope>";
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (text, NULL, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_RECORD_CLOSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/soap/write", test_write);
  g_test_add_func ("/soap/read", test_read);
  g_test_add_func ("/soap/unusable", test_unusable);
  g_test_add_func ("/soap/attachments", test_attachments);
  g_test_add_func ("/soap/fault", test_fault);
  g_test_add_func ("/soap/old-fault", test_old_fault);

  return g_test_run ();
}
