/* Reading the answer about a very long record: bench-registry REPLY, whose first document is
 * written 3 000 times. */
#include "config.h"

#include "bench.h"
#include "td/dmp-td-find.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 3000
#define CHUNK 65536

/* The place in @text, which must be there. */
static const char *
find (const char *text, const char *what)
{
  const char *found = strstr (text, what);

  if (found == NULL)
    g_error ("no %s in the reply", what);
  return found;
}

static GBytes *
new_answer (const char *path)
{
  g_autofree char *reply = NULL;
  g_autofree char *row = NULL;
  const char *start;
  const char *end;
  GString *answer;

  if (!g_file_get_contents (path, &reply, NULL, NULL))
    g_error ("%s cannot be read", path);
  start = find (reply, "<rim:ExtrinsicObject");
  end = find (start, "</rim:ExtrinsicObject>") + strlen ("</rim:ExtrinsicObject>");
  row = g_strndup (start, (gsize) (end - start));
  answer = g_string_new_len (reply, start - reply);
  for (guint i = 0; i < ROWS; i++)
    {
      g_autoptr (GString) one = g_string_new (row);
      g_autofree char *uuid = g_strdup_printf ("4000-8000-%012u", i);
      g_autofree char *unique_id = g_strdup_printf ("\"2.25.1%06u\"", i);

      g_string_replace (one, "4000-8000-000000000001", uuid, 0);
      g_string_replace (one, "\"2.25.1\"", unique_id, 0);
      g_string_append_len (answer, one->str, (gssize) one->len);
    }
  g_string_append (answer, "</rim:RegistryObjectList></query:AdhocQueryResponse>");

  return g_string_free_to_bytes (answer);
}

static DmpTdFindResult *
parse (GBytes *answer)
{
  gsize len;
  const char *bytes = g_bytes_get_data (answer, &len);
  xmlDoc *doc = dmp_xml_parse (bytes, len, NULL);
  g_autoptr (DmpMessage) message = doc != NULL ? dmp_message_new (doc) : NULL;
  DmpTdFindResult *result = message != NULL ? dmp_td_find_parse (message, NULL) : NULL;

  if (result == NULL || result->entries->len != ROWS)
    g_error ("not all rows were read"); /* else a refusal would be measured */
  return result;
}

static void
parse_rows (gpointer answer)
{
  g_autoptr (DmpTdFindResult) result = parse (answer);
}

static void
parse_dom (gpointer answer)
{
  GPtrArray files = { .pdata = &answer, .len = 1 };

  bench_libxml2 (&files);
}

static void
count_element (void *data,
               const xmlChar *name,
               const xmlChar *prefix,
               const xmlChar *uri,
               int n_namespaces,
               const xmlChar **namespaces,
               int n_attributes,
               int n_defaulted,
               const xmlChar **attributes)
{
  ++*(guint *) data;
}

/* No tree at all: the parser alone, fed as bytes arrive. */
static void
parse_sax (gpointer answer)
{
  xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = count_element };
  guint elements = 0;
  xmlParserCtxt *context = xmlCreatePushParserCtxt (&sax, &elements, NULL, 0, NULL);
  gsize len;
  const char *bytes = g_bytes_get_data (answer, &len);

  for (gsize at = 0; at < len; at += CHUNK)
    xmlParseChunk (context, bytes + at, (int) MIN (CHUNK, len - at), FALSE);
  xmlParseChunk (context, NULL, 0, TRUE);
  xmlFreeParserCtxt (context);
}

static void
print_memory (GBytes *answer)
{
  gsize before = bench_get_allocated ();
  g_autoptr (DmpTdFindResult) result = parse (answer);
  double kept = (double) (bench_get_allocated () - before) / ROWS / 1e3;
  double written = (double) g_bytes_get_size (answer) / ROWS / 1e3;

  bench_print ("a row kept in memory", kept, "KB", kept / written, "the answer's bytes");
}

int
main (int argc, char **argv)
{
  g_autoptr (GBytes) answer = argc == 2 ? new_answer (argv[1]) : NULL;
  BenchWay rows = { parse_rows, answer, NULL };
  BenchWay dom = { parse_dom, answer, "libxml2 (tree)" };
  BenchWay sax = { parse_sax, answer, "libxml2 (events)" };

  if (answer == NULL)
    return 2;
  printf ("# an answer of %d rows, %.2f MB\n", ROWS, (double) g_bytes_get_size (answer) / 1e6);
  bench_compare ("3 000 rows of the registry", 1e3, "ms", &rows, &dom);
  bench_compare ("3 000 rows of the registry", 1e3, "ms", &rows, &sax);
  print_memory (answer);

  return 0;
}
