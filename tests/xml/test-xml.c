#include "config.h"

#include "model/dmp-error.h"
#include "xml/dmp-c14n.h"
#include "xml/dmp-message.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define NS_A "urn:a"
#define NS_B "urn:b"

static xmlDoc *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = dmp_xml_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return doc;
}

static char *
written (xmlNode *node)
{
  g_autoptr (GBytes) bytes = dmp_xml_write_node (node);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_bytes (GBytes *got, const char *expected)
{
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), expected,
                   strlen (expected));
}

static void
test_find (void)
{
  g_autoptr (xmlDoc) doc =
      parse ("<a xmlns='urn:a' xmlns:b='urn:b'><x n='1' b:n='2'/><b:x/> <x>t<!-- c -->u "
             "</x><y><z e=''>deep</z></y></a>");
  xmlNode *root = dmp_xml_root (doc);
  xmlNode *x = dmp_xml_child (root, NS_A, "x");
  g_autofree char *text = NULL;
  g_autofree char *deep = dmp_xml_text (dmp_xml_path (root, NS_A, "y/z"));
  g_autoptr (GPtrArray) all = dmp_xml_xpath (root, "//p:x", "p", NS_A, NULL);
  guint n = 0;

  g_assert_true (dmp_xml_is (root, NS_A, "a"));
  g_assert_false (dmp_xml_is (root, NULL, "a"));
  g_assert_cmpstr (dmp_xml_attr (x, "n"), ==, "1");
  g_assert_cmpstr (dmp_xml_attr_ns (x, NS_B, "n"), ==, "2");
  g_assert_null (dmp_xml_attr (x, "m"));
  g_assert_cmpstr (dmp_xml_attr (dmp_xml_path (root, NS_A, "y/z"), "e"), ==, "");
  text = dmp_xml_text (dmp_xml_next (x, NS_A, "x"));
  g_assert_cmpstr (text, ==, "tu");
  g_assert_cmpstr (deep, ==, "deep");
  dmp_xml_each (node, root, "*", "x") n++;
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_null (dmp_xml_child (dmp_xml_child (NULL, NS_A, "x"), NS_A, "x"));
  g_assert_null (dmp_xml_text (NULL));
  g_assert_null (dmp_xml_path (root, NS_A, "y/nothing/z"));
}

static void
test_build (void)
{
  g_autoptr (xmlDoc) doc = dmp_xml_new (NS_A, "a", "r");
  xmlNode *root = dmp_xml_root (doc);
  xmlNode *other;
  g_autofree char *got = NULL;

  dmp_xml_declare (root, "b", NS_B);
  dmp_xml_add (root, NS_A, "x", "n", "<&\"'>", "left-out", NULL, "b:m", "2", NULL);
  dmp_xml_add_text (root, NS_B, "y", "a < b & c\x01", NULL);
  other = dmp_xml_add (root, "urn:c", "z", NULL);
  dmp_xml_add (dmp_xml_add (other, "urn:c", "zz", "xml:lang", "fr", NULL), NULL, "none", NULL);
  got = written (root);
  g_assert_cmpstr (got, ==,
                   "<a:r xmlns:a=\"urn:a\" xmlns:b=\"urn:b\">"
                   "<a:x n=\"&lt;&amp;&quot;'&gt;\" b:m=\"2\"/>"
                   "<b:y>a &lt; b &amp; c\xef\xbf\xbd</b:y>"
                   "<z xmlns=\"urn:c\"><zz xml:lang=\"fr\"><none xmlns=\"\"/></zz></z></a:r>");
}

static void
test_allowed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *replaced = dmp_xml_dup_allowed ("a\x1b\xff\xef\xbf\xbe\xef\xbf\xbf z");

  g_assert_cmpstr (replaced, ==, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd z");
  g_assert_true (dmp_xml_check_text ("é\t\n\r", NULL));
  g_assert_false (dmp_xml_check_text ("\x02", &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT);
}

/* The namespaces that the rest of the document declared stay in scope, used or not. */
static void
test_make_root (void)
{
  g_autoptr (xmlDoc) doc =
      parse ("<!-- before --><s:e xmlns:s='urn:s' xmlns:b='urn:far' xmlns='urn:d'>"
             "<s:h>gone</s:h><s:b xmlns:b='urn:b' xmlns:xsi='urn:xsi'>"
             "<b:r xsi:type='b:T'><v/><s:w b:q='1'/></b:r></s:b></s:e>");
  g_autoptr (GBytes) canonical = NULL;
  xmlNode *node = dmp_xml_path (dmp_xml_root (doc), "*", "b/r");

  dmp_xml_make_root (node);
  g_assert_true (dmp_xml_root (doc) == node);
  g_assert_null (doc->children->next);
  canonical = dmp_c14n (node, DMP_C14N_INCLUSIVE, NULL, NULL, NULL);
  assert_bytes (canonical,
                "<b:r xmlns=\"urn:d\" xmlns:b=\"urn:b\" xmlns:s=\"urn:s\" "
                "xmlns:xsi=\"urn:xsi\" xsi:type=\"b:T\"><v></v><s:w b:q=\"1\"></s:w></b:r>");
}

static void
test_c14n (void)
{
  static const char *const prefixes[] = { "u", NULL };
  g_autoptr (xmlDoc) doc =
      parse ("<r xmlns:u='urn:u' xmlns:v='urn:v'><x b='2' a='1'><!-- c --><v:y/><gone/></x></r>");
  xmlNode *x = dmp_xml_child (dmp_xml_root (doc), NULL, "x");
  xmlNode *gone = dmp_xml_child (x, NULL, "gone");
  const struct
  {
    DmpC14n form;
    xmlNode *omit;
    const char *const *prefixes;
    const char *expected;
  } rows[] = {
    { DMP_C14N_EXCLUSIVE, gone, NULL, "<x a=\"1\" b=\"2\"><v:y xmlns:v=\"urn:v\"></v:y></x>" },
    { DMP_C14N_EXCLUSIVE, gone, prefixes,
      "<x xmlns:u=\"urn:u\" a=\"1\" b=\"2\"><v:y xmlns:v=\"urn:v\"></v:y></x>" },
    { DMP_C14N_INCLUSIVE, gone, NULL,
      "<x xmlns:u=\"urn:u\" xmlns:v=\"urn:v\" a=\"1\" b=\"2\"><v:y></v:y></x>" },
    { DMP_C14N_INCLUSIVE_COMMENTS, NULL, NULL,
      "<x xmlns:u=\"urn:u\" xmlns:v=\"urn:v\" a=\"1\" b=\"2\"><!-- c --><v:y></v:y><gone></gone>"
      "</x>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) got = dmp_c14n (x, rows[i].form, rows[i].omit, rows[i].prefixes, NULL);

      assert_bytes (got, rows[i].expected);
    }
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
  } rows[] = {
#define ROW(text) { text, sizeof text - 1 }
    ROW ("<a>\xc3\xa9</a>"),
    ROW ("\xef\xbb\xbf<a>\xc3\xa9</a>"),
    ROW ("<?xml version='1.0' encoding=\"utf-8\"?><a>\xc3\xa9</a>"),
    ROW ("<?xml version='1.0' encoding='us-ascii'?><a>&#xe9;</a>"),
    ROW ("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"),
    ROW ("<?xml version='1.0' encoding='iso-8859-15' standalone='yes'?><a>\xe9</a>"),
    ROW ("<?xml version='1.0' encoding='windows-1252'?><a>\xe9</a>"),
    ROW ("\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>\0"),
    ROW ("\xfe\xff\0<\0a\0>\0\xe9\0<\0/\0a\0>"),
    ROW ("\0<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\0001\0.\0000\0'\0 \0e\0n\0c\0o\0d\0i\0n\0g"
         "\0=\0'\0U\0T\0F\0-\0001\0006\0'\0?\0>\0<\0a\0>\0\xe9\0<\0/\0a\0>"),
#undef ROW
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (xmlDoc) doc = dmp_xml_parse (rows[i].bytes, rows[i].len, &error);
      g_autofree char *text = dmp_xml_text (dmp_xml_root (doc));

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, "é");
    }
}

static void
test_write (void)
{
  g_autoptr (xmlDoc) doc = parse ("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>");
  g_autoptr (GBytes) bytes = dmp_xml_write (doc);

  assert_bytes (bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>é</a>\n");
}

static void
test_message (void)
{
  g_autoptr (DmpMessage) message = dmp_message_new (dmp_xml_new (NS_A, "a", "r"));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\xff", 2);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) decoded = NULL;
  g_autoptr (GError) error = NULL;
  xmlNode *root = dmp_message_root (message);
  xmlNode *attached = dmp_xml_add (root, NS_A, "d", NULL);
  xmlNode *inlined = dmp_xml_add_text (root, NS_A, "d", " AP\n8= ", NULL);
  xmlNode *wrong = dmp_xml_add_text (root, NS_A, "d", "not base64", NULL);
  xmlNode *dangling = dmp_xml_add (root, NS_A, "d", NULL);

  dmp_message_include (message, attached, "text/xml", bytes);
  g_assert_cmpuint (message->attachments->len, ==, 1);
  back = dmp_message_get_bytes (message, attached, &error);
  g_assert_no_error (error);
  g_assert_true (back == bytes);
  decoded = dmp_message_get_bytes (message, inlined, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (decoded, bytes));
  g_assert_null (dmp_message_get_bytes (message, wrong, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
  g_clear_error (&error);
  dmp_xml_add (dangling, DMP_NS_XOP, "Include", "href", "cid:nobody", NULL);
  g_assert_null (dmp_message_get_bytes (message, dangling, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/find", test_find);
  g_test_add_func ("/xml/build", test_build);
  g_test_add_func ("/xml/allowed", test_allowed);
  g_test_add_func ("/xml/make-root", test_make_root);
  g_test_add_func ("/xml/c14n", test_c14n);
  g_test_add_func ("/xml/encodings", test_encodings);
  g_test_add_func ("/xml/write", test_write);
  g_test_add_func ("/xml/message", test_message);

  return g_test_run ();
}
