#include "config.h"

#include "dmp-decode-private.h"
#include "model/dmp-json.h"
#include "xml/dmp-xml-signature.h"

#include <openssl/x509.h>
#include <string.h>

#define SAML "urn:oasis:names:tc:SAML:2.0:assertion"
#define SECRET_ATTRIBUTE "LPS_ID_HOMOLOGATION_DMP" /* EX_GEN-1490: never disclosed */

static void
add_text (JsonBuilder *json, const char *key, xmlNode *node)
{
  g_autofree char *text = dmp_xml_text (node);

  dmp_json_add_string (json, key, text);
}

/* A coded value stands as an element with attributes, a plain one as text. */
static void
add_attribute_value (JsonBuilder *json, xmlNode *value)
{
  xmlNode *coded = dmp_xml_child (value, "*", "*");
  g_autofree char *text = NULL;

  if (coded == NULL)
    {
      text = dmp_xml_text (value);
      json_builder_add_string_value (json, text);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "code", dmp_xml_attr (coded, "code"));
  dmp_json_add_string (json, "system", dmp_xml_attr (coded, "codeSystem"));
  dmp_json_add_string (json, "display", dmp_xml_attr (coded, "displayName"));
  json_builder_end_object (json);
}

static void
add_attributes (JsonBuilder *json, xmlNode *assertion)
{
  dmp_json_begin_object (json, "attributes");
  dmp_xml_each (attribute, dmp_xml_child (assertion, SAML, "AttributeStatement"), SAML, "Attribute")
  {
    const char *name = dmp_xml_attr (attribute, "Name");

    dmp_json_begin_array (json, name != NULL ? name : "");
    dmp_xml_each (value, attribute, SAML, "AttributeValue")
    {
      if (g_strcmp0 (name, SECRET_ATTRIBUTE) == 0)
        json_builder_add_string_value (json, "…");
      else
        add_attribute_value (json, value);
    }
    json_builder_end_array (json);
  }
  json_builder_end_object (json);
}

static X509 *
dup_certificate (xmlNode *signature)
{
  g_autofree char *text =
      dmp_xml_text (dmp_xml_path (signature, DMP_NS_DS, "KeyInfo/X509Data/X509Certificate"));
  g_autofree guchar *der = NULL;
  const guchar *p;
  gsize len;

  if (text == NULL)
    return NULL;
  der = g_base64_decode (text, &len);
  p = der;

  return d2i_X509 (NULL, &p, (long) len);
}

static char *
dup_name (const X509_NAME *name)
{
  BIO *out = BIO_new (BIO_s_mem ());
  char *data, *text;
  long len;

  X509_NAME_print_ex (out, name, 0, XN_FLAG_RFC2253 & ~(unsigned long) ASN1_STRFLGS_ESC_MSB);
  len = BIO_get_mem_data (out, &data);
  text = g_utf8_make_valid (data, len);
  BIO_free (out);

  return text;
}

/* Whether the signature fits the certificate it carries says nothing about trust. */
static void
add_signature (JsonBuilder *json, xmlNode *assertion)
{
  xmlNode *signature = dmp_xml_child (assertion, DMP_NS_DS, "Signature");
  xmlNode *method = dmp_xml_path (signature, DMP_NS_DS, "SignedInfo/SignatureMethod");
  X509 *certificate = dup_certificate (signature);
  g_autofree char *subject = NULL, *issuer = NULL;

  json_builder_set_member_name (json, "signature");
  if (signature == NULL)
    {
      json_builder_add_null_value (json);
      X509_free (certificate);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "algorithm", dmp_xml_attr (method, "Algorithm"));
  if (certificate != NULL)
    {
      subject = dup_name (X509_get_subject_name (certificate));
      issuer = dup_name (X509_get_issuer_name (certificate));
      dmp_json_add_bool (json, "fits_its_certificate",
                         dmp_xml_verify (assertion, "ID", certificate, NULL));
    }
  dmp_json_add_string (json, "certificate_subject", subject);
  dmp_json_add_string (json, "certificate_issuer", issuer);
  json_builder_end_object (json);
  X509_free (certificate);
}

void
dmp_decode_add_vihf (JsonBuilder *json, xmlNode *header)
{
  xmlNode *assertion = dmp_xml_child (dmp_xml_child (header, "*", "Security"), SAML, "Assertion");
  xmlNode *statement = dmp_xml_child (assertion, SAML, "AuthnStatement");
  xmlNode *conditions = dmp_xml_child (assertion, SAML, "Conditions");

  json_builder_set_member_name (json, "vihf");
  if (assertion == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "id", dmp_xml_attr (assertion, "ID"));
  dmp_json_add_string (json, "issued", dmp_xml_attr (assertion, "IssueInstant"));
  add_text (json, "issuer", dmp_xml_child (assertion, SAML, "Issuer"));
  add_text (json, "subject", dmp_xml_path (assertion, SAML, "Subject/NameID"));
  dmp_json_add_string (json, "not_before", dmp_xml_attr (conditions, "NotBefore"));
  dmp_json_add_string (json, "not_on_or_after", dmp_xml_attr (conditions, "NotOnOrAfter"));
  dmp_json_add_string (json, "authenticated", dmp_xml_attr (statement, "AuthnInstant"));
  add_text (json, "authentication",
            dmp_xml_path (statement, SAML, "AuthnContext/AuthnContextClassRef"));
  add_attributes (json, assertion);
  add_signature (json, assertion);
  json_builder_end_object (json);
}
