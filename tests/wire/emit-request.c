#include "config.h"

#include "tests/xml/software-key.h"
#include "vihf-params.h"
#include "wire/dmp-soap.h"
#include "wire/dmp-wire-body.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <stdio.h>

/* emit-request EXAMPLE OUT CERTIFICATE: takes the body of an example message and writes it as the
 * client would send it — our envelope, our signed assertion, MTOM where it names attachments — with
 * its Content-Type in front, for judges from outside. */

static DmpMessage *
read_example (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize len;
  xmlDoc *doc;
  DmpMessage *message;
  g_autoptr (GPtrArray) includes = NULL;

  if (!g_file_get_contents (path, &text, &len, &error))
    g_error ("%s", error->message);
  doc = dmp_xml_parse (text, len, &error);
  if (doc == NULL)
    g_error ("%s", error->message);
  dmp_xml_make_root (dmp_xml_child (dmp_xml_child (dmp_xml_root (doc), "*", "Body"), "*", "*"));
  message = dmp_message_new (doc);
  includes = dmp_xml_xpath (dmp_message_root (message), "//x:Include", "x", DMP_NS_XOP, NULL);
  for (guint i = 0; i < includes->len; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static ("<a/>", 4);
      const char *id = dmp_xml_attr (includes->pdata[i], "href") + strlen ("cid:");

      g_ptr_array_add (message->attachments, dmp_attachment_new (id, "text/xml", bytes));
    }

  return message;
}

static void
write_request (const char *path, const DmpMessage *message, DmpVihf *vihf)
{
  g_autoptr (GBytes) envelope = dmp_soap_write (
      "https://127.0.0.1/x", "urn:act", "urn:uuid:11111111-2222-4333-8444-555555555555",
      dmp_vihf_get_assertion (vihf), dmp_message_root (message));
  g_autoptr (DmpWireBody) body = dmp_wire_body_new (envelope, "urn:act", message->attachments);
  FILE *file = g_fopen (path, "w");
  char buffer[1000];
  gsize n;

  if (message->attachments->len > 0)
    fprintf (file, "Content-Type: %s\r\n\r\n", body->content_type);
  while ((n = dmp_wire_body_read (body, buffer, sizeof buffer)) > 0)
    fwrite (buffer, 1, n, file);
  fclose (file);
}

int
main (int argc, char **argv)
{
  g_autoptr (SoftwareKey) key = software_key_new ("899700012345", "critical,nonRepudiation");
  g_autoptr (VihfSet) set = vihf_set_new ();
  DmpXmlSigner signer = software_key_signer (key);
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpVihf) vihf = dmp_vihf_new (&set->params, &signer, &error);
  g_autoptr (DmpMessage) message = read_example (argv[1]);
  FILE *file = g_fopen (argv[3], "w");

  g_assert_no_error (error);
  write_request (argv[2], message, vihf);
  PEM_write_X509 (file, key->certificate);
  fclose (file);

  return 0;
}
