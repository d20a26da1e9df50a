#include "config.h"

#include "model/dmp-error.h"
#include "xml/dmp-xml.h"

#include <string.h>

static void
assert_refused (const char *bytes, gsize len, DmpErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) doc = dmp_xml_parse (bytes, len, &error);

  g_assert_null (doc);
  g_assert_error (error, DMP_ERROR, (gint) code);
}

static void
assert_accepted (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) doc = dmp_xml_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (doc);
}

/* @head, @n times @piece with its number for "%u", @tail */
static char *
repeat (const char *head, const char *piece, guint n, const char *tail)
{
  GString *out = g_string_new (head);
  g_auto (GStrv) around = g_strsplit (piece, "%u", 2);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, around[0]);
      if (around[1] != NULL)
        g_string_append_printf (out, "%u%s", i, around[1]);
    }
  g_string_append (out, tail);

  return g_string_free (out, FALSE);
}

/* Each of these stops in the first pass: libxml2 never sees it (it would take seconds). */
static void
test_limits (void)
{
  static const struct
  {
    const char *head;
    const char *piece;
    const char *tail;
    guint accepted;
    guint refused;
    guint extreme;
  } rows[] = {
    { "<a", " a%u=''", "/>", DMP_XML_MAX_ATTRIBUTES, DMP_XML_MAX_ATTRIBUTES + 1, 100000 },
    { "<a", " xmlns:a%u='u:%u'", "/>", DMP_XML_MAX_NAMESPACES, DMP_XML_MAX_NAMESPACES + 1, 100000 },
    { "<a b='", "x", "'/>", DMP_XML_MAX_VALUE_BYTES, DMP_XML_MAX_VALUE_BYTES + 1, 1000000 },
    { "<a><", "x", "/></a>", DMP_XML_MAX_NAME_BYTES, DMP_XML_MAX_NAME_BYTES + 1, 100000 },
    { "<r>", "<a%u/>", "</r>", DMP_XML_MAX_NAMES - 1, DMP_XML_MAX_NAMES, 400000 },
    { "<r>", "<?a%u?>", "</r>", DMP_XML_MAX_NAMES - 1, DMP_XML_MAX_NAMES, 400000 },
    { "<r>", "<a xmlns='u:%u'/>", "</r>", DMP_XML_MAX_NAMES - 3, DMP_XML_MAX_NAMES - 2, 100000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *fine = repeat (rows[i].head, rows[i].piece, rows[i].accepted, rows[i].tail);
      g_autofree char *over = repeat (rows[i].head, rows[i].piece, rows[i].refused, rows[i].tail);
      g_autofree char *far = repeat (rows[i].head, rows[i].piece, rows[i].extreme, rows[i].tail);

      assert_accepted (fine);
      assert_refused (over, strlen (over), DMP_ERROR_LIMIT);
      assert_refused (far, strlen (far), DMP_ERROR_LIMIT);
    }
}

static char *
nested (const char *open, const char *close, guint n)
{
  g_autofree char *inner = repeat ("", open, n, "");
  g_autofree char *outer = repeat ("", close, n, "");

  return g_strconcat (inner, outer, NULL);
}

static void
test_depth (void)
{
  g_autofree char *fine = nested ("<a>", "</a>", DMP_XML_MAX_DEPTH);
  g_autofree char *over = nested ("<a>", "</a>", DMP_XML_MAX_DEPTH + 1);
  g_autofree char *far = nested ("<a>", "</a>", 100000);
  g_autofree char *scope = nested ("<a xmlns:a%u='u:1'>", "</a>", DMP_XML_MAX_SCOPE);
  g_autofree char *wider = nested ("<a xmlns:a%u='u:1'>", "</a>", DMP_XML_MAX_SCOPE + 1);

  assert_accepted (fine);
  assert_refused (over, strlen (over), DMP_ERROR_LIMIT);
  assert_refused (far, strlen (far), DMP_ERROR_LIMIT);
  assert_accepted (scope);
  assert_refused (wider, strlen (wider), DMP_ERROR_LIMIT);
}

/* libxml2 looks a prefix up through all ancestors: deep and wide at once is refused. */
static void
test_steps (void)
{
  g_autofree char *open = repeat ("<x:a xmlns:x='u:x'>", "<a>", DMP_XML_MAX_DEPTH - 2, "");
  g_autofree char *close = repeat ("", "</a>", DMP_XML_MAX_DEPTH - 2, "</x:a>");
  g_autofree char *few = repeat (open, "<x:a/>", 5000, close);
  g_autofree char *many = repeat (open, "<x:a/>", 500000, close);

  assert_accepted (few);
  assert_refused (many, strlen (many), DMP_ERROR_LIMIT);
}

static void
test_nodes (void)
{
  g_autofree char *elements = repeat ("<r>", "<a/>", DMP_XML_MAX_NODES, "</r>");
  g_autofree char *comments = repeat ("<r>", "<!---->", DMP_XML_MAX_NODES, "</r>");

  assert_refused (elements, strlen (elements), DMP_ERROR_LIMIT);
  assert_refused (comments, strlen (comments), DMP_ERROR_LIMIT);
}

static void
test_size (void)
{
  gsize len = DMP_XML_MAX_BYTES + 1;
  g_autofree char *bytes = g_malloc (len);

  memset (bytes, ' ', len);
  bytes[0] = '<';
  assert_refused (bytes, len, DMP_ERROR_LIMIT);
}

/* Refused for what they are, not by luck: each holds a document that is fine without its trick. */
static const char *const forbidden[] = {
  "<!DOCTYPE a><a/>",
  "<!DOCTYPE a [<!ENTITY b 'b'><!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]><a>&d;</a>",
  "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
  "<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>",
  "<!-- x --><!DOCTYPE a><a/>",
  "<a><!ENTITY x 'y'></a>",
  "<a>&x;</a>",
  "<a>&#0;</a>",
  "<a>\x01</a>",
  "<a>\xff</a>",
  "<a>\xc0\xbc</a>",
  "",
  " ",
  "a",
  "<",
  "<a",
  "<a>",
  "<a></b>",
  "</a>",
  "<a/><b/>",
  "<a b=c/>",
  "<a b='<'/>",
  "<a b='1'c='2'/>",
  "<a b='1' b='2'/>",
  "<a b:c='1'/>",
  "<a / >",
  "<a></a b='1'>",
  "<a xmlns:b:c='u'/>",
  "<a b='&x;'/>",
  "<a>&#1;</a>",
  "<a>&</a>",
  "<a>&am",
  "<a><![CDATA[</a>",
  "<a><!-- </a>",
  "<a><!-- -- --></a>",
  "<a><!-- \x01 <b c='d'> --></a>",
  "<a><![CDATA[\x01 <b> ]]></a>",
  "<a><? <b c='d'/> ?></a>",
  "<a><?p <b c='d'/> ?></a>",
  "<a><?\xc3\x97 ?></a>",
  "<?xml version='1.0' bad > <a/> ?><a/>",
  "<?xml version='1.0' encoding='UTF-7'?><a/>",
  "<?xml version='1.0' encoding='UTF-16'?><a/>",
  "<?xml version='1.0' encoding='EBCDIC-CP-FR'?><a/>",
  "<?xml version='1.0' encoding='ISO-2022-JP'?><a/>",
  "<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>",
  "+ADw-a/+AD4-",
  "\x4c\x6f\xa7\x94\x93",
};

static void
test_forbidden (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_test_message ("%s", forbidden[i]);
      assert_refused (forbidden[i], strlen (forbidden[i]), DMP_ERROR_INVALID_XML);
    }
  assert_refused ("<a>\0</a>", 8, DMP_ERROR_INVALID_XML);
  assert_refused ("\xff\xfe\0\0<\0\0\0a\0\0\0", 12, DMP_ERROR_INVALID_XML);
  assert_refused ("\xff\xfe<\0a\0>\0\x00\xd8<\0/\0a\0>\0", 18, DMP_ERROR_INVALID_XML);
  assert_refused ("\xff\xfe<\0a\0/\0>", 9, DMP_ERROR_INVALID_XML);
}

/* What the guards must let through. */
static void
test_allowed (void)
{
  static const char *const rows[] = {
    "<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><!-- < & > --><a/>",
    "<a b = '>' c=\"'\"\n\t/>",
    "<a><![CDATA[<b> ]] > &x;]]></a >",
    "<a><!----><?p?><?p a?b >?></a>",
    "<é à='ü'/>",
    " <a/> ",
    "<a>]] &gt; ]]&gt;</a>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_accepted (rows[i]);
}

/* Every shorter or damaged form is refused or read, never more: for the sanitizers. */
static void
test_cut (void)
{
  static const char text[] =
      "<?xml version='1.0' encoding='UTF-8'?><!-- c --><a xmlns='u:a' b='c&amp;'><![CDATA[x]]>"
      "<?p q?><d e=\"\"/>t\xc3\xa9</a>";
  gsize len = strlen (text);

  for (gsize cut = 0; cut < len; cut++)
    {
      g_autofree char *part = g_memdup2 (text, MAX (cut, 1));

      assert_refused (part, cut, DMP_ERROR_INVALID_XML);
    }
  for (gsize at = 0; at < len; at++)
    for (guint i = 0; i < 7; i++)
      {
        g_autofree char *damaged = g_memdup2 (text, len);
        xmlDoc *doc;

        damaged[at] = "<>&'\0\xff!"[i];
        doc = dmp_xml_parse (damaged, len, NULL);
        xmlFreeDoc (doc);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/hostile/limits", test_limits);
  g_test_add_func ("/xml/hostile/depth", test_depth);
  g_test_add_func ("/xml/hostile/steps", test_steps);
  g_test_add_func ("/xml/hostile/nodes", test_nodes);
  g_test_add_func ("/xml/hostile/size", test_size);
  g_test_add_func ("/xml/hostile/forbidden", test_forbidden);
  g_test_add_func ("/xml/hostile/allowed", test_allowed);
  g_test_add_func ("/xml/hostile/cut", test_cut);

  return g_test_run ();
}
