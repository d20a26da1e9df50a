#include "config.h"

#include "fuzz.h"
#include "xml/dmp-xml.h"

#include <libxml/parser.h>

/* The first pass with limits that short inputs reach; these definitions stand in for the library's
 * own. */
#undef DMP_XML_MAX_ATTRIBUTES
#define DMP_XML_MAX_ATTRIBUTES 1
#undef DMP_XML_MAX_NAMESPACES
#define DMP_XML_MAX_NAMESPACES 1
#undef DMP_XML_MAX_DEPTH
#define DMP_XML_MAX_DEPTH 3
#include "src/xml/dmp-xml-scan.c"

const char *const fuzz_corpus[] = { "fuzz/corpus/xml", NULL };

static void
on_start (void *data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *uri,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  g_assert_cmpint (n_attributes, <=, DMP_XML_MAX_ATTRIBUTES);
  g_assert_cmpint (n_namespaces, <=, DMP_XML_MAX_NAMESPACES);
  g_assert_cmpint (((xmlParserCtxt *) data)->nameNr, <=, DMP_XML_MAX_DEPTH + 1);
}

static void
on_subset (void *data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
  g_assert_not_reached ();
}

/* What the first pass lets through, libxml2 must not see as more: not even when it recovers from
 * errors, as it does behind the back of its caller. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  xmlParserCtxt *context;
  xmlDoc *doc;

  if (size == 0 || memchr (data, 0, size) != NULL || data[0] != '<' ||
      !dmp_xml_scan ((const char *) data, size, NULL))
    return 0;

  context = xmlNewParserCtxt ();
  context->sax->startElementNs = on_start;
  context->sax->endElementNs = NULL;
  context->sax->internalSubset = on_subset;
  doc = xmlCtxtReadMemory (context, (const char *) data, (int) size, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                               XML_PARSE_IGNORE_ENC | XML_PARSE_RECOVER);
  xmlFreeDoc (doc);
  xmlFreeParserCtxt (context);

  return 0;
}
