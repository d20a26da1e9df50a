/* What a peer of the host can send. The first line of the input says to whom: "mime", "vihf",
 * "feed" or "query". The signature is checked with the certificate that came with it, so that no
 * authority is needed; what was signed or not is read all the same. */
#include "config.h"

#include "dmp-host-adhoc.h"
#include "dmp-host-feed.h"
#include "dmp-host-mtom.h"
#include "dmp-host-soap.h"
#include "dmp-host-vihf-read.h"
#include "dmp-host-xmldsig.h"
#include "fuzz.h"
#include "xml/dmp-xml.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

const char *const fuzz_corpus[] = { "fuzz/host", NULL };

static void
try_mime (GBytes *bytes)
{
  g_autoptr (GPtrArray) parts = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *eol = size > 0 ? memchr (data, '\n', size) : NULL;
  g_autofree char *type = eol != NULL ? g_strndup (data, (gsize) (eol - data)) : NULL;

  if (eol == NULL)
    return;
  bytes = g_bytes_new_from_bytes (bytes, (gsize) (eol + 1 - data), size - (gsize) (eol + 1 - data));
  parts = dmp_host_mtom_split (type, bytes, NULL);
  g_bytes_unref (bytes);
}

static void
try_vihf (GBytes *bytes)
{
  g_autoptr (DmpHostEnvelope) envelope = dmp_host_envelope_parse (bytes, NULL);
  g_autoptr (DmpHostVihf) vihf = NULL;
  g_autoptr (X509) certificate = NULL;
  g_autoptr (GBytes) verified = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autofree char *issuer = NULL;
  xmlNode *node;

  if (envelope == NULL)
    return;
  dmp_host_envelope_check (envelope, NULL);
  node = dmp_xml_child (envelope->header, DMP_HOST_NS_WSSE, "Security");
  node = dmp_xml_child (node, DMP_HOST_NS_SAML2, "Assertion");
  if (node == NULL)
    return;
  certificate = dmp_host_xmldsig_certificate (node, NULL);
  if (certificate != NULL)
    verified = dmp_host_xmldsig_verify (node, "ID", certificate, NULL);
  raw = dmp_xml_write_node (node);
  vihf = dmp_host_vihf_read (raw, &issuer, NULL);
  if (vihf != NULL && certificate != NULL)
    dmp_host_dn_matches (issuer, certificate);
}

static void
try_feed (GBytes *bytes)
{
  g_autoptr (DmpHostEnvelope) envelope = dmp_host_envelope_parse (bytes, NULL);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autoptr (DmpHostFeed) feed = NULL;
  DmpHostVihf vihf = { .name_id = (char *) "899700000017",
                       .structure = (char *) "499700000017001",
                       .ins = (char *) "150019999900183",
                       .ins_oid = (char *) "1.2.250.1.213.1.4.10" };
  DmpHost host = { 0 };
  DmpHostCall call = { .host = &host, .envelope = envelope, .vihf = &vihf, .parts = parts };

  if (envelope != NULL)
    feed = dmp_host_feed_read (&call, NULL);
}

static void
try_query (GBytes *bytes)
{
  g_autoptr (DmpHostEnvelope) envelope = dmp_host_envelope_parse (bytes, NULL);
  g_autoptr (DmpHostAdhoc) adhoc = NULL;
  g_autoptr (DmpHostEntry) entry = dmp_host_entry_new (FALSE);

  if (envelope != NULL)
    adhoc = dmp_host_adhoc_parse (envelope->payload, NULL);
  if (adhoc == NULL)
    return;
  entry->text[DMP_HOST_TEXT_CREATION] = g_strdup ("20260102");
  dmp_host_entry_add_code (entry, DMP_HOST_CODE_CLASS, "10", "1.2.250.1.213.1.1.4.1", NULL);
  dmp_host_entry_add_author (entry, "899700000017^LEROY^Claire", NULL, NULL, NULL);
  dmp_host_adhoc_matches (adhoc, "$XDSDocumentEntry", entry);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const struct
  {
    const char *word;
    void (*run) (GBytes *bytes);
  } targets[] = {
    { "mime\n", try_mime }, { "vihf\n", try_vihf }, { "feed\n", try_feed }, { "query\n", try_query }
  };

  dmp_host_xmldsig_init (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      gsize n = strlen (targets[i].word);

      if (size >= n && memcmp (data, targets[i].word, n) == 0)
        {
          g_autoptr (GBytes) bytes = g_bytes_new (data + n, size - n);
          targets[i].run (bytes);
        }
    }
  return 0;
}
