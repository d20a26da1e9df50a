/* The guard in front of the parser, on what is meant to hurt and on 10 MB of real documents:
 * bench-xml FOLDER-OF-DOCUMENTS. */
#include "config.h"

#include "bench.h"
#include "xml/dmp-xml.h"

#include <libxml/parser.h>
#include <string.h>

#define HOSTILE_BYTES 1000000
#define LARGE_BYTES 10000000
#define FEWER_ATTRIBUTES 10000 /* libxml2 takes a tenth of a second for these, 98 s for all */
#define MANY_ATTRIBUTES 100000

static void
scan (gpointer file)
{
  gsize len;
  const char *bytes = g_bytes_get_data (file, &len);

  dmp_xml_scan (bytes, len, NULL);
}

static void
parse_guarded (gpointer file)
{
  gsize len;
  const char *bytes = g_bytes_get_data (file, &len);
  g_autoptr (xmlDoc) doc = dmp_xml_parse (bytes, len, NULL);
}

static void
parse_plain (gpointer file)
{
  GPtrArray files = { .pdata = &file, .len = 1 };

  bench_libxml2 (&files);
}

/* Tags with as many attributes as are allowed. */
static GBytes *
new_attribute_heavy (void)
{
  GString *text = g_string_new ("<r>");

  while (text->len < HOSTILE_BYTES)
    {
      g_string_append (text, "<a");
      for (guint i = 0; i < DMP_XML_MAX_ATTRIBUTES; i++)
        g_string_append_printf (text, " attribute%u='%u'", i, i);
      g_string_append (text, "/>");
    }
  g_string_append (text, "</r>");

  return g_string_free_to_bytes (text);
}

static GBytes *
new_one_tag (guint attributes)
{
  GString *text = g_string_new ("<a");

  for (guint i = 0; i < attributes; i++)
    g_string_append_printf (text, " a%u=''", i);
  g_string_append (text, "/>");

  return g_string_free_to_bytes (text);
}

/* The documents of a record, again and again, in one root. */
static GBytes *
new_large (const GPtrArray *files)
{
  GString *text = g_string_new ("<r>");

  while (text->len < LARGE_BYTES)
    for (guint i = 0; i < files->len && text->len < LARGE_BYTES; i++)
      {
        GBytes *file = g_ptr_array_index (files, i);
        gsize len;
        const char *bytes = g_bytes_get_data (file, &len);
        const char *start = g_strstr_len (bytes, (gssize) len, "<ClinicalDocument");
        g_autoptr (xmlDoc) doc = dmp_xml_parse (bytes, len, NULL);

        if (doc != NULL && start != NULL)
          g_string_append_len (text, start, (gssize) len - (start - bytes));
      }
  g_string_append (text, "</r>");

  return g_string_free_to_bytes (text);
}

static void
compare (const char *what, GBytes *file)
{
  const double per_mb = 1e3 / ((double) g_bytes_get_size (file) / 1e6);
  g_autofree char *scan_name = g_strconcat (what, ", guard", NULL);
  g_autofree char *parse_name = g_strconcat (what, ", guard and parser", NULL);
  const BenchWay floor = { parse_plain, file, "libxml2" };
  const BenchWay guard = { scan, file, NULL };
  const BenchWay both = { parse_guarded, file, NULL };
  g_autoptr (GError) error = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (file, &len);
  g_autoptr (xmlDoc) doc = dmp_xml_parse (bytes, len, &error);

  if (doc == NULL)
    g_error ("%s: %s", what, error->message); /* a refusal would be measured */
  bench_compare (scan_name, per_mb, "ms/MB", &guard, &floor);
  bench_compare (parse_name, per_mb, "ms/MB", &both, &floor);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) files = argc == 2 ? bench_read_folder (argv[1]) : NULL;
  g_autoptr (GBytes) heavy = new_attribute_heavy ();
  g_autoptr (GBytes) fewer = new_one_tag (FEWER_ATTRIBUTES);
  g_autoptr (GBytes) many = new_one_tag (MANY_ATTRIBUTES);
  g_autoptr (GBytes) large = NULL;
  const BenchWay plain = { parse_plain, fewer, "libxml2 on 10 000 of them" };
  const BenchWay refuse = { parse_guarded, many, NULL };

  if (files == NULL)
    return 2;
  bench_compare ("100 000 attributes in one tag, refused", 1e3, "ms", &refuse, &plain);
  compare ("1 MB of tags with 64 attributes", heavy);
  large = new_large (files);
  compare ("10 MB of documents", large);

  return 0;
}
