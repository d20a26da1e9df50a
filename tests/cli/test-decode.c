#include "config.h"

#include "cli/dmp-decode.h"
#include "cli/dmp-recorded-message.h"
#include "model/dmp-error.h"

#include <string.h>

static GBytes *
bytes_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize len;

  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (text, len);
}

static JsonObject *
decode (const char *text, gssize len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, len < 0 ? strlen (text) : (gsize) len);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = dmp_decode_message (bytes, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static const char *
string_in (JsonObject *object, const char *key)
{
  return json_object_get_string_member_with_default (object, key, NULL);
}

#define NS "xmlns:t=\"urn:si-dmp-habilitations\""
#define BODY "<t:setAuthorization " NS "><t:action>AJOUT</t:action></t:setAuthorization>"
#define ENVELOPE                                                                                   \
  "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "                               \
  "xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header><a:Action>urn:x</a:Action>"          \
  "<a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body>" BODY "</s:Body></s:Envelope>"

/* The same message as it may have been recorded. */
static void
test_recordings (void)
{
  static const char *const recordings[] = {
    ENVELOPE,
    "\xef\xbb\xbf\n" ENVELOPE,
    "POST /x HTTP/1.1\r\nHost: h\r\nContent-Type: application/soap+xml\r\n\r\n" ENVELOPE,
    "Content-Type: multipart/related;\r\n boundary=\"b\"; start=\"<r@t>\"\r\n\r\n"
    "preamble\r\n--b\r\nContent-ID: <d@t>\r\n\r\nAB\r\n--b\r\nContent-ID: <r@t>\r\n\r\n" ENVELOPE
    "\r\n--b--\r\n",
    "--b\nContent-ID: <r@t>\n\n" ENVELOPE "\n--b\nContent-ID: <d@t>\n"
    "Content-Transfer-Encoding: base64\n\nQUI=\n--b--\n",
    "SomeLogger(line)\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n"
    "Content-Type: application/soap+xml\n\n" ENVELOPE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      g_autoptr (JsonObject) decoded = decode (recordings[i], -1);
      JsonArray *attachments = json_object_get_array_member (decoded, "attachments");

      g_assert_cmpstr (string_in (decoded, "kind"), ==, "request");
      g_assert_cmpstr (string_in (decoded, "transaction"), ==, "TD0.3");
      g_assert_cmpstr (string_in (decoded, "action"), ==, "urn:x");
      g_assert_cmpstr (string_in (json_object_get_object_member (decoded, "body"), "action"), ==,
                       "AJOUT");
      if (strstr (recordings[i], "<d@t>") == NULL)
        continue;
      g_assert_cmpuint (json_array_get_length (attachments), ==, 1);
      g_assert_cmpstr (string_in (json_array_get_object_element (attachments, 0), "cid"), ==,
                       "d@t");
      g_assert_cmpint (
          json_object_get_int_member (json_array_get_object_element (attachments, 0), "size"), ==,
          2);
    }
}

static void
test_chunked (void)
{
  g_autofree char *text =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%.100s\r\n"
                       "%x\r\n%s\r\n0\r\n\r\n",
                       100, ENVELOPE, (guint) strlen (ENVELOPE) - 100, ENVELOPE + 100);
  g_autoptr (JsonObject) decoded = decode (text, -1);

  g_assert_cmpstr (string_in (decoded, "transaction"), ==, "TD0.3");
}

/* No control character of a message reaches a terminal; the homologation number stays hidden. */
static void
test_discretion (void)
{
  static const char message[] =
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header>"
      "<w:Security xmlns:w=\"urn:w\"><a:Assertion "
      "xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\" "
      "ID=\"_1\"><a:AttributeStatement><a:Attribute Name=\"LPS_ID_HOMOLOGATION_DMP\">"
      "<a:AttributeValue>SECRET-NUMBER</a:AttributeValue></a:Attribute><a:Attribute "
      "Name=\"LPS_Nom\">"
      "<a:AttributeValue>\xc2\x9b"
      "31mX</a:AttributeValue></a:Attribute></a:AttributeStatement>"
      "</a:Assertion></w:Security></s:Header><s:Body>" BODY "</s:Body></s:Envelope>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (message, sizeof message - 1);
  g_autoptr (JsonNode) node = dmp_decode_message (bytes, NULL);
  g_autofree char *text = dmp_decode_dup_text (node);
  g_autofree char *json = json_to_string (node, FALSE);

  g_assert_nonnull (strstr (text, "LPS_Nom"));
  g_assert_null (strstr (text, "\xc2\x9b"));
  g_assert_null (strstr (text, "SECRET-NUMBER"));
  g_assert_null (strstr (json, "SECRET-NUMBER"));
}

static void
test_refused (void)
{
  static const char *const bad[] = { "",
                                     "nothing here",
                                     "--",
                                     "--b",
                                     "--b\n\n--b--",
                                     "<a>",
                                     "Content-Type: multipart/related; boundary=b\n\nxx" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (dmp_decode_message (bytes, &error));
      g_assert_nonnull (error);
    }
}

/* --- What others recorded --------------------------------------------------------------------- */

static char *
shared_folder (const char *path)
{
  const char *folder = g_getenv ("DMP_SHARED");
  g_autofree char *fallback = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", NULL);
  g_autofree char *full = g_build_filename (folder != NULL ? folder : fallback, path, NULL);

  if (g_file_test (full, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&full);

  g_test_skip ("no shared reference folder");

  return NULL;
}

/* td1.5a_request.xml is a request of TD1.5a. */
static void
test_samples (void)
{
  g_autofree char *folder = shared_folder ("protocol/samples");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint files = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *id = g_strndup (name, strcspn (name, "_"));
      g_autofree char *found = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonObject) decoded = NULL;

      if (!g_str_has_prefix (name, "td"))
        continue;
      bytes = bytes_of (path);
      decoded = decode (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      found = g_ascii_strdown (string_in (decoded, "transaction"), -1);
      g_test_message ("%s", name);
      /* The variants of TD3.3 differ in what they say, not in how. */
      if (g_str_has_prefix (id, "td3.3"))
        id[strlen ("td3.3")] = '\0';
      g_assert_cmpstr (found, ==, id);
      g_assert_cmpstr (string_in (decoded, "kind"), ==,
                       strstr (name, "_request") != NULL ? "request" : "response");
      files++;
    }
  g_assert_true (dir == NULL || files > 40);
}

static void
test_fault (void)
{
  g_autofree char *path = shared_folder ("protocol/samples/fault_vihf.xml");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) decoded = NULL;
  JsonObject *body;

  if (path == NULL)
    return;
  bytes = bytes_of (path);
  decoded = decode (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  body = json_object_get_object_member (decoded, "body");
  g_assert_cmpstr (string_in (decoded, "kind"), ==, "fault");
  g_assert_cmpstr (string_in (body, "subcode"), ==, "soap:DMPInvalidCertificate");
  g_assert_cmpstr (string_in (body, "reason"), ==, "Not a valid signature certificate");
}

static guint
length_of (JsonObject *body, const char *key)
{
  return json_object_has_member (body, key)
             ? json_array_get_length (json_object_get_array_member (body, key))
             : 0;
}

/* One line of what independent parsers found. */
static void
assert_expected (const char *folder, JsonObject *expected)
{
  g_autofree char *path = g_build_filename (folder, string_in (expected, "file"), NULL);
  g_autoptr (GBytes) bytes = bytes_of (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = dmp_decode_message (bytes, &error);
  JsonObject *body;
  JsonArray *ids;

  g_test_message ("%s", path);
  if (json_object_has_member (expected, "unparsable"))
    {
      g_assert_null (node);
      return;
    }
  g_assert_no_error (error);
  body = json_object_get_object_member (json_node_get_object (node), "body");
  g_assert_cmpstr (string_in (body, "element"), ==, string_in (expected, "body"));
  if (json_object_has_member (expected, "status"))
    {
      g_assert_cmpstr (string_in (body, "status"), ==, string_in (expected, "status"));
      g_assert_cmpuint (length_of (body, "errors"), ==, length_of (expected, "errors"));
    }
  if (!json_object_has_member (expected, "document_unique_ids"))
    return;
  ids = json_object_get_array_member (expected, "document_unique_ids");
  g_assert_cmpuint (length_of (body, "documents"), ==, json_array_get_length (ids));
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonObject *document =
          json_array_get_object_element (json_object_get_array_member (body, "documents"), i);

      g_assert_cmpstr (string_in (document, "unique_id"), ==,
                       json_array_get_string_element (ids, i));
      g_assert_cmpstr (
          string_in (document, "title"), ==,
          json_array_get_string_element (json_object_get_array_member (expected, "titles"), i));
    }
}

static void
test_expected (void)
{
  g_autofree char *path = shared_folder ("testdata/messages/EXPECTED.jsonl");
  g_autofree char *folder = path != NULL ? shared_folder ("testdata") : NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = *lines[i] != '\0' ? json_from_string (lines[i], NULL) : NULL;

      if (node != NULL)
        assert_expected (folder, json_node_get_object (node));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/recordings", test_recordings);
  g_test_add_func ("/decode/chunked", test_chunked);
  g_test_add_func ("/decode/discretion", test_discretion);
  g_test_add_func ("/decode/refused", test_refused);
  g_test_add_func ("/decode/samples", test_samples);
  g_test_add_func ("/decode/fault", test_fault);
  g_test_add_func ("/decode/expected", test_expected);

  return g_test_run ();
}
