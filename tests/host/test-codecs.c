/* The host's own codecs: MIME, stored queries, sealing, entries. */
#include "config.h"

#include "dmp-host-adhoc.h"
#include "dmp-host-blobs.h"
#include "dmp-host-error.h"
#include "dmp-host-keys.h"
#include "dmp-host-mtom.h"
#include "dmp-host-rim.h"
#include "xml/dmp-xml.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_mime_header (void)
{
  static const struct
  {
    const char *header, *name, *value;
  } rows[] = {
    { "a/b; x=1; y=\"2 3\"", "x", "1" },
    { "a/b; x=1; y=\"2 3\"", "Y", "2 3" },
    { "a/b;x=\"a\\\"b\"", "x", "a\"b" },
    { "a/b", "x", NULL },
    { "a/b; x", "x", NULL },
    { "a/b; x=", "x", "" },
    { "a/b; =1; x=2", "x", "2" },
    { "a/b; x=\"open", "x", "open" },
    { "a/b;;; ; x =  3 ; y", "x", "3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = dmp_host_mime_parameter (rows[i].header, rows[i].name);
      g_assert_cmpstr (value, ==, rows[i].value);
    }
  g_assert_true (dmp_host_mime_is ("Text/XML; charset=x", "text/xml"));
  g_assert_true (dmp_host_mime_is ("text/xml", "text/xml"));
  g_assert_false (dmp_host_mime_is ("text/xmlish", "text/xml"));
  g_assert_false (dmp_host_mime_is (NULL, "text/xml"));
}

/* "id=text id=text", or NULL when it is refused. */
static char *
split (const char *type, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = dmp_host_mtom_split (type, bytes, &error);
  GString *text = g_string_new (NULL);

  if (parts == NULL)
    {
      g_assert_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_BAD_REQUEST);
      g_string_free (text, TRUE);
      return NULL;
    }
  for (guint i = 0; i < parts->len; i++)
    {
      const DmpHostPart *part = parts->pdata[i];
      gsize size;
      const char *data = g_bytes_get_data (part->bytes, &size);

      g_string_append_printf (text, "%s%s=%.*s", i > 0 ? " " : "",
                              part->id != NULL ? part->id : "-", (int) size, data);
    }
  return g_string_free (text, FALSE);
}

static void
test_mime_split (void)
{
  static const struct
  {
    const char *type, *body, *parts;
  } rows[] = {
    { "m; boundary=b", "--b\r\nContent-ID: <r>\r\n\r\none\r\n--b--", "r=one" },
    { "m; boundary=b", "preamble\r\n--b\r\nContent-ID:<r>\r\n\r\none\r\n--b--\r\nend", "r=one" },
    { "m; boundary=b", "--b \r\nX: y\r\n z\r\ncontent-id: <r>\r\n\r\none\r\n--b--", "r=one" },
    { "m; boundary=b", "--b\r\n\r\none\r\n--b--", "-=one" },
    { "m; boundary=b; start=\"<s>\"",
      "--b\r\nContent-ID: <r>\r\n\r\n1\r\n--b\r\nContent-ID: <s>\r\n\r\n2\r\n--b--", "s=2 r=1" },
    { "m; boundary=b", "--b\r\nContent-ID: <r>\r\n\r\n\r\n--b--", "r=" },
    { "m; boundary=b", "--b\r\nContent-ID: <r>\r\n\r\na\r\n--bb\r\n--b--", NULL },
    { "m; boundary=b", "--b\r\nContent-ID: <r>\r\n\r\none", NULL },
    { "m; boundary=b", "--b\r\nContent-ID: <r>\r\none\r\n--b--", NULL },
    { "m; boundary=b", "--b--", NULL },
    { "m; boundary=b", "", NULL },
    { "m", "--b\r\n\r\none\r\n--b--", NULL },
    { "m; boundary=", "--\r\n\r\none\r\n----", NULL },
    { "m; boundary=b; start=x", "--b\r\nContent-ID: <r>\r\n\r\none\r\n--b--", NULL },
    { "m; boundary=b",
      "--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: base64\r\n\r\nb\r\n--b--", NULL },
    { "m; boundary=b",
      "--b\r\nContent-ID: <r>\r\n\r\n1\r\n--b\r\nContent-ID: <r>\r\n\r\n2\r\n--b--", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *parts = split (rows[i].type, rows[i].body);
      g_assert_cmpstr (parts, ==, rows[i].parts);
    }
}

static void
test_mime_join (void)
{
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_host_part_free);
  g_autoptr (GBytes) root = g_bytes_new_static ("<a/>", 4);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\r\n--x\0y", 7);
  g_autoptr (GPtrArray) pieces = NULL;
  g_autofree char *type = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) again = NULL;

  g_ptr_array_add (parts, dmp_host_part_new ("p@h", "a/b", bytes));
  pieces = dmp_host_mtom_join (root, parts, &type);
  for (guint i = 0; i < pieces->len; i++)
    g_byte_array_append (all, g_bytes_get_data (pieces->pdata[i], NULL),
                         (guint) g_bytes_get_size (pieces->pdata[i]));
  body = g_bytes_new (all->data, all->len);
  again = dmp_host_mtom_split (type, body, NULL);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_true (g_bytes_equal (((DmpHostPart *) again->pdata[0])->bytes, root));
  g_assert_true (g_bytes_equal (((DmpHostPart *) again->pdata[1])->bytes, bytes));
}

/* Parses one slot value; the strings joined by '|', NULL when refused. */
static char *
parse_value (const char *value)
{
  xmlDoc *doc = dmp_xml_new (DMP_HOST_NS_QUERY, "q", "AdhocQueryRequest");
  xmlNode *root = dmp_xml_root (doc);
  xmlNode *node;
  g_autoptr (DmpHostAdhoc) adhoc = NULL;
  g_autoptr (GPtrArray) all = NULL;
  GString *text;

  dmp_xml_add (root, DMP_HOST_NS_QUERY, "ResponseOption", "returnType", "LeafClass", NULL);
  node = dmp_xml_add (root, DMP_HOST_NS_RIM, "AdhocQuery", "id", "urn:x", NULL);
  node = dmp_xml_add (node, DMP_HOST_NS_RIM, "Slot", "name", "$x", NULL);
  node = dmp_xml_add (node, DMP_HOST_NS_RIM, "ValueList", NULL);
  dmp_xml_add_text (node, DMP_HOST_NS_RIM, "Value", value, NULL);
  adhoc = dmp_host_adhoc_parse (root, NULL);
  xmlFreeDoc (doc);
  if (adhoc == NULL)
    return NULL;
  all = dmp_host_adhoc_all (adhoc, "$x");
  text = g_string_new (NULL);
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", (const char *) all->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
test_query_values (void)
{
  static const struct
  {
    const char *value, *parsed;
  } rows[] = {
    { "'a'", "a" },        { "('a','b')", "a|b" },     { " ( 'a' , 'b' ) ", "a|b" },
    { "'it''s'", "it's" }, { "20260101", "20260101" }, { "(1,2)", "1|2" },
    { "''", "" },          { "'(a),b'", "(a),b" },     { "'a", NULL },
    { "('a'", NULL },      { "('a',)", NULL },         { "()", NULL },
    { "", NULL },          { "'a' 'b'", NULL },        { "'a','b'", NULL },
    { "('a')x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *parsed = parse_value (rows[i].value);
      g_assert_cmpstr (parsed, ==, rows[i].parsed);
    }
}

static void
test_entry (void)
{
  g_autoptr (DmpHostEntry) entry = dmp_host_entry_new (FALSE);
  g_autoptr (DmpHostEntry) again = dmp_host_entry_new (FALSE);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) garbage = g_bytes_new_static ("\xff\xff\xff\xff", 4);

  entry->text[DMP_HOST_TEXT_TITLE] = g_strdup ("Titre « é »");
  entry->text[DMP_HOST_TEXT_COMMENTS] = g_strdup ("");
  dmp_host_entry_add_code (entry, DMP_HOST_CODE_CLASS, "10", "s", NULL);
  dmp_host_entry_add_author (entry, "1^A", "N^^^^^&o&ISO^IDNST^^^s1", NULL, NULL);
  g_ptr_array_add (entry->infos, g_strdup ("PID-8|F"));
  bytes = dmp_host_entry_write (entry);
  g_assert_true (dmp_host_entry_read (again, bytes));
  g_assert_cmpstr (again->text[DMP_HOST_TEXT_TITLE], ==, "Titre « é »");
  g_assert_cmpstr (again->text[DMP_HOST_TEXT_COMMENTS], ==, "");
  g_assert_null (again->text[DMP_HOST_TEXT_MIME]);
  g_assert_cmpstr (dmp_host_entry_get_code (again, DMP_HOST_CODE_CLASS)->code, ==, "10");
  g_assert_cmpstr (again->infos->pdata[0], ==, "PID-8|F");
  g_assert_true (dmp_host_entry_is_by (again, "1"));
  g_assert_false (dmp_host_entry_is_by (again, "12"));
  g_assert_false (dmp_host_entry_is_by (again, ""));
  g_assert_true (dmp_host_entry_is_from (again, "s1"));
  g_assert_false (dmp_host_entry_is_from (again, "s"));
  g_assert_false (dmp_host_entry_read (again, garbage));
}

static void
test_seal (void)
{
  guint8 key[DMP_HOST_KEY_BYTES] = { 1 }, other[DMP_HOST_KEY_BYTES] = { 2 };
  g_autoptr (GBytes) sealed = dmp_host_seal (key, "body 1 2.3", "text", 4, NULL);
  g_autoptr (GBytes) clear = dmp_host_unseal (key, "body 1 2.3", sealed, NULL);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_bytes_ref (sealed), &size);

  g_assert_cmpmem (g_bytes_get_data (clear, NULL), g_bytes_get_size (clear), "text", 4);
  g_assert_null (dmp_host_unseal (other, "body 1 2.3", sealed, NULL));
  g_assert_null (dmp_host_unseal (key, "body 2 2.3", sealed, NULL));
  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) bent = NULL;

      bytes[i] ^= 1;
      bent = g_bytes_new (bytes, size);
      g_assert_null (dmp_host_unseal (key, "body 1 2.3", bent, NULL));
      bytes[i] ^= 1;
    }
  for (gsize n = 0; n < size; n++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (bytes, n);
      g_assert_null (dmp_host_unseal (key, "body 1 2.3", cut, NULL));
    }
}

static void
test_master_key (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dmp-keys-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "master.key", NULL);
  guint8 key[DMP_HOST_KEY_BYTES], again[DMP_HOST_KEY_BYTES], a[32], b[32];
  g_autoptr (DmpHostKeys) keys = dmp_host_keys_new (folder, NULL);
  g_autoptr (DmpHostKeys) same = dmp_host_keys_new (folder, NULL);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf st;

  g_assert_true (keys != NULL && same != NULL);
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_true (dmp_host_keys_make (key, NULL));
  wrapped = dmp_host_keys_wrap (keys, 5, key, NULL);
  g_assert_true (dmp_host_keys_unwrap (same, 5, wrapped, again, NULL));
  g_assert_cmpmem (key, sizeof key, again, sizeof again);
  g_assert_false (dmp_host_keys_unwrap (same, 6, wrapped, again, NULL));
  dmp_host_keys_index (keys, "1", a);
  dmp_host_keys_index (same, "1", b);
  g_assert_cmpmem (a, 32, b, 32);
  dmp_host_keys_index (keys, "2", b);
  g_assert_cmpint (memcmp (a, b, 32), !=, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_null (dmp_host_keys_new (folder, &error));
  g_assert_nonnull (error);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_blobs (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dmp-blobs-XXXXXX", NULL);
  g_autoptr (DmpHostBlobs) blobs = dmp_host_blobs_new (folder, NULL);
  g_autofree char *name = dmp_host_blobs_new_name ();
  g_autofree char *shelf = g_strdup_printf ("%s/%.2s", folder, name);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GBytes) back = NULL;

  g_assert_true (dmp_host_blobs_put (blobs, name, bytes, NULL));
  back = dmp_host_blobs_get (blobs, name, NULL);
  g_assert_true (g_bytes_equal (back, bytes));
  g_hash_table_add (known, name);
  g_assert_cmpuint (dmp_host_blobs_sweep (blobs, known, -10), ==, 0);
  g_hash_table_remove_all (known);
  g_assert_cmpuint (dmp_host_blobs_sweep (blobs, known, 3600), ==, 0);
  g_assert_cmpuint (dmp_host_blobs_sweep (blobs, known, -10), ==, 1);
  g_assert_null (dmp_host_blobs_get (blobs, name, NULL));
  dmp_host_blobs_delete (blobs, name);
  g_rmdir (shelf);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/codecs/mime-header", test_mime_header);
  g_test_add_func ("/host/codecs/mime-split", test_mime_split);
  g_test_add_func ("/host/codecs/mime-join", test_mime_join);
  g_test_add_func ("/host/codecs/query-values", test_query_values);
  g_test_add_func ("/host/codecs/entry", test_entry);
  g_test_add_func ("/host/codecs/seal", test_seal);
  g_test_add_func ("/host/codecs/master-key", test_master_key);
  g_test_add_func ("/host/codecs/blobs", test_blobs);
  return g_test_run ();
}
