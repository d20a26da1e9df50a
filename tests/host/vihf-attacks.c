/* XML signature wrapping and its relatives ("On Breaking SAML", 2012, and after): every bend keeps
 * a signature that was good once. */
#include "config.h"

#include "vihf-attacks.h"

#include "host-bench.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS_DS "http://www.w3.org/2000/09/xmldsig#"
#define NS_SAML DMP_HOST_NS_SAML2
#define VIHF "DMPInvalidVIHF"
#define SIGNATURE "DMPInvalidSignature"
#define CERTIFICATE "DMPInvalidCertificate"

static xmlNode *
signature_of (xmlNode *assertion)
{
  return dmp_xml_child (assertion, NS_DS, "Signature");
}

static xmlNode *
reference_of (xmlNode *assertion)
{
  return dmp_xml_path (signature_of (assertion), NS_DS, "SignedInfo/Reference");
}

static void
set_text (xmlNode *node, const char *text)
{
  xmlNodeSetContent (node, BAD_CAST text);
}

/* A copy that speaks for another patient, without a signature. */
static xmlNode *
evil_copy (xmlNode *assertion, const char *id)
{
  xmlNode *copy = xmlDocCopyNode (assertion, assertion->doc, 1);
  xmlNode *signature = signature_of (copy);

  xmlUnlinkNode (signature);
  xmlFreeNode (signature);
  set_text (dmp_xml_path (copy, NS_SAML, "Subject/NameID"), BENCH_WARD);
  dmp_xml_set (copy, "ID", id);
  return copy;
}

static void
move (xmlNode *node, xmlNode *parent)
{
  xmlUnlinkNode (node);
  xmlAddChild (parent, node);
}

static xmlNode *
body_of (xmlNode *assertion)
{
  return dmp_xml_child (xmlDocGetRootElement (assertion->doc), DMP_HOST_NS_SOAP12, "Body");
}

static void
evil_before (xmlNode *assertion)
{
  xmlAddPrevSibling (assertion, evil_copy (assertion, "_evil"));
}

static void
evil_after (xmlNode *assertion)
{
  xmlAddNextSibling (assertion, evil_copy (assertion, "_evil"));
}

static void
evil_same_id (xmlNode *assertion)
{
  xmlAddPrevSibling (assertion, evil_copy (assertion, dmp_xml_attr (assertion, "ID")));
}

/* The evil one takes the place; the good one hides in its signature's Object. */
static void
good_in_object (xmlNode *assertion)
{
  xmlNode *evil = evil_copy (assertion, "_evil");
  xmlNode *signature = signature_of (assertion);

  xmlAddPrevSibling (assertion, evil);
  move (signature, evil);
  move (assertion, dmp_xml_add (signature, NS_DS, "Object", NULL));
}

static void
good_in_evil (xmlNode *assertion)
{
  xmlNode *evil = evil_copy (assertion, "_evil");

  xmlAddPrevSibling (assertion, evil);
  move (signature_of (assertion), evil);
  move (assertion, evil);
}

static void
good_in_evil_subject (xmlNode *assertion)
{
  xmlNode *evil = evil_copy (assertion, "_evil");

  xmlAddPrevSibling (assertion, evil);
  move (assertion, dmp_xml_child (evil, NS_SAML, "Subject"));
}

static void
good_in_body (xmlNode *assertion)
{
  xmlNode *evil = evil_copy (assertion, "_evil");

  xmlAddPrevSibling (assertion, evil);
  move (signature_of (assertion), evil);
  move (assertion, body_of (assertion));
}

static void
good_renamed_in_body (xmlNode *assertion)
{
  xmlNode *evil = evil_copy (assertion, "_evil");
  xmlNode *good = xmlDocCopyNode (assertion, assertion->doc, 1);

  xmlNodeSetName (good, BAD_CAST "Extension");
  xmlAddChild (body_of (assertion), good);
  xmlAddPrevSibling (assertion, evil);
  move (signature_of (assertion), evil);
  xmlUnlinkNode (assertion);
  xmlFreeNode (assertion);
}

static void
everything_in_body (xmlNode *assertion)
{
  move (assertion->parent, body_of (assertion));
}

static void
two_headers_of_security (xmlNode *assertion)
{
  xmlNode *copy = xmlDocCopyNode (assertion->parent, assertion->doc, 2);

  xmlAddPrevSibling (assertion->parent, copy);
}

static void
signature_outside (xmlNode *assertion)
{
  move (signature_of (assertion), assertion->parent);
}

static void
signature_deeper (xmlNode *assertion)
{
  move (signature_of (assertion), dmp_xml_child (assertion, NS_SAML, "Subject"));
}

static void
signature_twice (xmlNode *assertion)
{
  xmlNode *signature = signature_of (assertion);

  xmlAddNextSibling (signature, xmlDocCopyNode (signature, assertion->doc, 1));
}

static void
no_signature (xmlNode *assertion)
{
  xmlNode *signature = signature_of (assertion);

  xmlUnlinkNode (signature);
  xmlFreeNode (signature);
}

static void
id_again_in_body (xmlNode *assertion)
{
  dmp_xml_set (dmp_xml_child (body_of (assertion), "*", "*"), "ID", dmp_xml_attr (assertion, "ID"));
}

static void
id_again_lower_case (xmlNode *assertion)
{
  dmp_xml_set (dmp_xml_child (body_of (assertion), "*", "*"), "id", dmp_xml_attr (assertion, "ID"));
}

static void
id_again_wsu (xmlNode *assertion)
{
  xmlNode *node = dmp_xml_child (body_of (assertion), "*", "*");
  xmlNs *ns = dmp_xml_declare (node, "u", "urn:utility");

  xmlSetNsProp (node, ns, BAD_CAST "Id", BAD_CAST dmp_xml_attr (assertion, "ID"));
}

static void
no_id (xmlNode *assertion)
{
  dmp_xml_set (assertion, "ID", NULL);
}

static void
other_id (xmlNode *assertion)
{
  dmp_xml_set (assertion, "ID", "_other");
}

static void
uri_empty (xmlNode *assertion)
{
  dmp_xml_set (reference_of (assertion), "URI", "");
}

static void
uri_missing (xmlNode *assertion)
{
  dmp_xml_set (reference_of (assertion), "URI", NULL);
}

static void
uri_root (xmlNode *assertion)
{
  dmp_xml_set (reference_of (assertion), "URI", "#xpointer(/)");
}

static void
uri_pointer (xmlNode *assertion)
{
  dmp_xml_set (reference_of (assertion), "URI", "#xpointer(id('_a1'))");
}

static void
uri_file (xmlNode *assertion)
{
  dmp_xml_set (reference_of (assertion), "URI", "file:///etc/passwd");
}

static void
uri_http (xmlNode *assertion)
{
  dmp_xml_set (reference_of (assertion), "URI", "http://127.0.0.1:1/");
}

static xmlNode *
transforms_of (xmlNode *assertion)
{
  return dmp_xml_child (reference_of (assertion), NS_DS, "Transforms");
}

static void
add_transform (xmlNode *assertion, const char *algorithm)
{
  dmp_xml_add (transforms_of (assertion), NS_DS, "Transform", "Algorithm", algorithm, NULL);
}

static void
transform_xpath (xmlNode *assertion)
{
  add_transform (assertion, "http://www.w3.org/TR/1999/REC-xpath-19991116");
}

static void
transform_xslt (xmlNode *assertion)
{
  dmp_xml_set (dmp_xml_child (transforms_of (assertion), NS_DS, "Transform"), "Algorithm",
               "http://www.w3.org/TR/1999/REC-xslt-19991116");
}

static void
transform_base64 (xmlNode *assertion)
{
  add_transform (assertion, NS_DS "base64");
}

static void
transform_missing (xmlNode *assertion)
{
  xmlNode *first = dmp_xml_child (transforms_of (assertion), NS_DS, "Transform");

  xmlUnlinkNode (first);
  xmlFreeNode (first);
}

static void
transform_comments (xmlNode *assertion)
{
  xmlNode *first = dmp_xml_child (transforms_of (assertion), NS_DS, "Transform");

  dmp_xml_set (dmp_xml_next (first, NS_DS, "Transform"), "Algorithm",
               "http://www.w3.org/2001/10/xml-exc-c14n#WithComments");
}

static void
method (xmlNode *assertion, const char *element, const char *algorithm)
{
  dmp_xml_set (dmp_xml_path (signature_of (assertion), NS_DS, element), "Algorithm", algorithm);
}

static void
method_hmac (xmlNode *assertion)
{
  method (assertion, "SignedInfo/SignatureMethod", NS_DS "hmac-sha1");
}

static void
method_md5 (xmlNode *assertion)
{
  method (assertion, "SignedInfo/SignatureMethod",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-md5");
}

static void
method_none (xmlNode *assertion)
{
  method (assertion, "SignedInfo/SignatureMethod", NULL);
}

static void
method_c14n (xmlNode *assertion)
{
  method (assertion, "SignedInfo/CanonicalizationMethod",
          "http://www.w3.org/TR/2001/REC-xml-c14n-20010315");
}

static void
method_digest (xmlNode *assertion)
{
  method (assertion, "SignedInfo/Reference/DigestMethod",
          "http://www.w3.org/2001/04/xmldsig-more#md5");
}

static void
method_sha1 (xmlNode *assertion)
{
  method (assertion, "SignedInfo/SignatureMethod", NS_DS "rsa-sha1");
}

static void
two_references (xmlNode *assertion)
{
  xmlNode *reference = reference_of (assertion);

  xmlAddNextSibling (reference, xmlDocCopyNode (reference, assertion->doc, 1));
}

static void
no_reference (xmlNode *assertion)
{
  xmlNode *reference = reference_of (assertion);

  xmlUnlinkNode (reference);
  xmlFreeNode (reference);
}

static void
manifest (xmlNode *assertion)
{
  xmlNode *object = dmp_xml_add (signature_of (assertion), NS_DS, "Object", NULL);

  dmp_xml_add (object, NS_DS, "Manifest", NULL);
}

static void
key_value (xmlNode *assertion)
{
  dmp_xml_add (dmp_xml_child (signature_of (assertion), NS_DS, "KeyInfo"), NS_DS, "KeyValue", NULL);
}

static void
key_retrieval (xmlNode *assertion)
{
  dmp_xml_add (dmp_xml_child (signature_of (assertion), NS_DS, "KeyInfo"), NS_DS, "RetrievalMethod",
               "URI", "file:///etc/passwd", NULL);
}

static xmlNode *
certificate_of (xmlNode *assertion)
{
  return dmp_xml_path (signature_of (assertion), NS_DS, "KeyInfo/X509Data/X509Certificate");
}

static void
two_certificates (xmlNode *assertion)
{
  xmlNode *node = certificate_of (assertion);

  xmlAddNextSibling (node, xmlDocCopyNode (node, assertion->doc, 1));
}

static void
certificate_garbage (xmlNode *assertion)
{
  set_text (certificate_of (assertion), "AAAA");
}

static void
value_empty (xmlNode *assertion)
{
  set_text (dmp_xml_child (signature_of (assertion), NS_DS, "SignatureValue"), "");
}

static void
value_other (xmlNode *assertion)
{
  set_text (dmp_xml_child (signature_of (assertion), NS_DS, "SignatureValue"), "AAAA");
}

static void
digest_other (xmlNode *assertion)
{
  set_text (dmp_xml_child (reference_of (assertion), NS_DS, "DigestValue"), "AAAA");
}

static void
name_changed (xmlNode *assertion)
{
  set_text (dmp_xml_path (assertion, NS_SAML, "Subject/NameID"), BENCH_WARD);
}

static void
subject_added (xmlNode *assertion)
{
  xmlNode *subject = dmp_xml_child (assertion, NS_SAML, "Subject");
  xmlNode *copy = xmlDocCopyNode (subject, assertion->doc, 1);

  set_text (dmp_xml_child (copy, NS_SAML, "NameID"), BENCH_WARD);
  xmlAddPrevSibling (subject, copy);
}

static void
name_split_by_instruction (xmlNode *assertion)
{
  xmlAddChild (dmp_xml_path (assertion, NS_SAML, "Subject/NameID"),
               xmlNewDocPI (assertion->doc, BAD_CAST "x", BAD_CAST "y"));
}

/* Canonical form leaves comments out, so the signature stays good: the name must too. */
static void
name_split_by_comment (xmlNode *assertion)
{
  xmlNode *name = dmp_xml_path (assertion, NS_SAML, "Subject/NameID");

  set_text (name, "8997000");
  xmlAddChild (name, xmlNewDocComment (assertion->doc, BAD_CAST "x"));
  xmlAddChild (name, xmlNewDocText (assertion->doc, BAD_CAST "00017"));
}

static void
namespace_added (xmlNode *assertion)
{
  dmp_xml_declare (xmlDocGetRootElement (assertion->doc), "unused", "urn:unused");
}

static void
namespace_of_saml1 (xmlNode *assertion)
{
  xmlSetNs (assertion, dmp_xml_declare (assertion, "o", "urn:oasis:names:tc:SAML:1.0:assertion"));
}

static void
assertion_elsewhere (xmlNode *assertion)
{
  move (assertion, assertion->parent->parent);
}

const VihfAttack vihf_attacks[] = {
  { "nothing", namespace_added, NULL },
  { "comment in the name", name_split_by_comment, NULL },
  { "evil before", evil_before, VIHF },
  { "evil after", evil_after, VIHF },
  { "evil with the same id", evil_same_id, VIHF },
  { "good in the signature's Object", good_in_object, VIHF },
  { "good in the evil one", good_in_evil, VIHF },
  { "good in its Subject", good_in_evil_subject, VIHF },
  { "good in the Body", good_in_body, VIHF },
  { "good renamed in the Body", good_renamed_in_body, VIHF },
  { "Security in the Body", everything_in_body, VIHF },
  { "Security twice", two_headers_of_security, VIHF },
  { "signature outside", signature_outside, VIHF },
  { "signature deeper", signature_deeper, VIHF },
  { "signature twice", signature_twice, VIHF },
  { "no signature", no_signature, VIHF },
  { "id again in the Body", id_again_in_body, VIHF },
  { "id again as id", id_again_lower_case, VIHF },
  { "id again as wsu:Id", id_again_wsu, VIHF },
  { "no id", no_id, VIHF },
  { "other id", other_id, VIHF },
  { "empty URI", uri_empty, VIHF },
  { "no URI", uri_missing, VIHF },
  { "URI of the root", uri_root, VIHF },
  { "URI by pointer", uri_pointer, VIHF },
  { "URI of a file", uri_file, VIHF },
  { "URI of the web", uri_http, VIHF },
  { "XPath transform", transform_xpath, VIHF },
  { "XSLT transform", transform_xslt, VIHF },
  { "base64 transform", transform_base64, VIHF },
  { "one transform", transform_missing, VIHF },
  { "transform with comments", transform_comments, VIHF },
  { "HMAC", method_hmac, VIHF },
  { "RSA-MD5", method_md5, VIHF },
  { "no method", method_none, VIHF },
  { "inclusive C14N", method_c14n, VIHF },
  { "MD5", method_digest, VIHF },
  { "other method", method_sha1, SIGNATURE },
  { "two references", two_references, VIHF },
  { "no reference", no_reference, VIHF },
  { "manifest", manifest, VIHF },
  { "KeyValue", key_value, VIHF },
  { "RetrievalMethod", key_retrieval, VIHF },
  { "two certificates", two_certificates, VIHF },
  { "garbage certificate", certificate_garbage, VIHF },
  { "empty value", value_empty, SIGNATURE },
  { "other value", value_other, SIGNATURE },
  { "other digest", digest_other, SIGNATURE },
  { "name changed", name_changed, SIGNATURE },
  { "subject added", subject_added, SIGNATURE },
  { "instruction in the name", name_split_by_instruction, SIGNATURE },
  { "SAML 1", namespace_of_saml1, VIHF },
  { "outside Security", assertion_elsewhere, VIHF },
  { NULL, NULL, NULL },
};
