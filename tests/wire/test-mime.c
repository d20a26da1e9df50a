#include "config.h"

#include "model/dmp-error.h"
#include "wire/dmp-media-type.h"
#include "wire/dmp-mime-splitter.h"
#include "wire/dmp-wire-body.h"

#include <string.h>

#define MAX_PARTS 4
#define MAX_PART 1000

/* Binary that looks like the delimiter in every way but the last. */
static const char message[] = "preamble\r\n--B\r\n"
                              "Content-Type: application/xop+xml;\r\n charset=UTF-8\r\n"
                              "Content-ID: <root@x>\r\n\r\n"
                              "<a/>\r\n--B \t\r\n"
                              "content-id:<doc%40x>\r\nContent-Transfer-Encoding: BINARY\r\n\r\n"
                              "\r\r\n\r\n-\r\n--\r\n--\x00"
                              "\xff\r\n--A\n--B\r\n"
                              "\r\n--B\r\n"
                              "\r\n"
                              "\r\n--B\r\n"
                              "X: y\r\n\r\n--B--\r\nepilogue\r\n--B\r\n";
#define MESSAGE_LEN (sizeof message - 1)
static const char binary[] = "\r\r\n\r\n-\r\n--\r\n--\x00"
                             "\xff\r\n--A\n--B\r\n";

static GPtrArray *
split (const char *bytes, gsize len, gsize cut, GError **error)
{
  g_autoptr (DmpMimeSplitter) splitter = dmp_mime_splitter_new ("B", MAX_PARTS, MAX_PART, error);

  if (splitter == NULL || !dmp_mime_splitter_push (splitter, bytes, cut, error) ||
      !dmp_mime_splitter_push (splitter, bytes + cut, len - cut, error))
    return NULL;

  return dmp_mime_splitter_finish (splitter, error);
}

static void
assert_parts (GPtrArray *parts)
{
  const DmpMimePart *root = parts->pdata[0];
  const DmpMimePart *doc = parts->pdata[1];
  const DmpMimePart *last = parts->pdata[3];

  g_assert_cmpuint (parts->len, ==, 4);
  g_assert_cmpstr (root->content_id, ==, "root@x");
  g_assert_cmpstr (root->content_type, ==, "application/xop+xml; charset=UTF-8");
  g_assert_cmpmem (g_bytes_get_data (root->bytes, NULL), g_bytes_get_size (root->bytes), "<a/>", 4);
  g_assert_cmpstr (doc->content_id, ==, "doc%40x");
  g_assert_cmpmem (g_bytes_get_data (doc->bytes, NULL), g_bytes_get_size (doc->bytes), binary,
                   sizeof binary - 1);
  g_assert_null (last->content_id);
  g_assert_cmpuint (g_bytes_get_size (last->bytes), ==, 0);
}

/* Cut in two at every byte, and one byte at a time. */
static void
test_cut_anywhere (void)
{
  g_autoptr (DmpMimeSplitter) splitter = dmp_mime_splitter_new ("B", MAX_PARTS, MAX_PART, NULL);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize cut = 0; cut <= MESSAGE_LEN; cut++)
    {
      g_autoptr (GPtrArray) both = split (message, MESSAGE_LEN, cut, &error);

      g_assert_no_error (error);
      assert_parts (both);
    }
  for (gsize i = 0; i < MESSAGE_LEN; i++)
    {
      /* A copy of its own, so that reading past it is seen. */
      g_autofree char *byte = g_memdup2 (message + i, 1);

      g_assert_true (dmp_mime_splitter_push (splitter, byte, 1, &error));
    }
  parts = dmp_mime_splitter_finish (splitter, &error);
  g_assert_no_error (error);
  assert_parts (parts);
}

/* Whatever is lost at the end is noticed, up to the closing hyphens. */
static void
test_truncated (void)
{
  const char *closing = g_strstr_len (message + MESSAGE_LEN - 30, 30, "--B--");
  gsize end = (gsize) (closing - message) + strlen ("--B--");

  for (gsize len = 0; len < end; len++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (split (message, len, len / 2, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
    }
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "",
    "--B--",
    "--C\r\n\r\nx\r\n--C--",
    "--BB\r\n\r\nx\r\n--BB--",
    "--B\n\nx\n--B--",
    "--B\r\nno colon\r\n\r\nx\r\n--B--",
    "--B\r\n: x\r\n\r\nx\r\n--B--",
    "--B\r\nX: \xc3\xa9\r\n\r\nx\r\n--B--",
    "--B\r\nContent-ID: <a>\r\nContent-ID: <b>\r\n\r\nx\r\n--B--",
    "--B\r\nContent-ID: a\r\n\r\nx\r\n--B--",
    "--B\r\nContent-ID: <>\r\n\r\nx\r\n--B--",
    "--B\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--B--",
    "--B\r\n\r\nx\r\n--B-",
    "--B\r\n\r\nx\r\n--B-x",
    "--B\r\n\r\n1\r\n--B\r\n\r\n2\r\n--B\r\n\r\n3\r\n--B\r\n\r\n4\r\n--B\r\n\r\n5\r\n--B--",
  };
  static const char *const boundaries[] = {
    "",   "a b ",   "é",
    "\"", "a\r\nb", "01234567890123456789012345678901234567890123456789012345678901234567890"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (split (rows[i], strlen (rows[i]), 0, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (boundaries); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dmp_mime_splitter_new (boundaries[i], MAX_PARTS, MAX_PART, &error));
      g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
    }
}

static void
test_limits (void)
{
  g_autofree char *fill = g_strnfill (MAX_PART, 'x');
  g_autofree char *fits = g_strconcat ("--B\r\n\r\n", fill, "\r\n--B--", NULL);
  g_autofree char *over = g_strconcat ("--B\r\n\r\n", fill, "y\r\n--B--", NULL);
  g_autofree char *many = g_strnfill (DMP_MIME_MAX_HEADERS, 'x');
  g_autofree char *headers = g_strconcat ("--B\r\nX: ", many, "\r\n\r\nx\r\n--B--", NULL);
  g_autofree char *before = g_strconcat (many, "x\r\n--B\r\n\r\nx\r\n--B--", NULL);
  g_autoptr (GPtrArray) parts = split (fits, strlen (fits), 7, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (parts);
  g_assert_null (split (over, strlen (over), 7, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (split (headers, strlen (headers), 7, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
  g_clear_error (&error);
  g_assert_null (split (before, strlen (before), 7, &error));
  g_assert_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE);
}

static void
test_media_type (void)
{
  static const char *const wrong[] = { "",        "text",     "text/",      "/xml",
                                       "a/b; c",  "a/b; c=",  "a/b; c=\"d", "a/b; c=1; C=2",
                                       "a/b c=d", "a/b;;c=d", "a/b; =d" };
  g_autoptr (DmpMediaType) type = dmp_media_type_parse (
      " Multipart/Related ; boundary=\"a \\\"b\" ; TYPE=application/xop+xml;x=\"\"; ");

  g_assert_cmpstr (type->type, ==, "multipart/related");
  g_assert_cmpstr (dmp_media_type_get (type, "boundary"), ==, "a \"b");
  g_assert_cmpstr (dmp_media_type_get (type, "type"), ==, "application/xop+xml");
  g_assert_cmpstr (dmp_media_type_get (type, "x"), ==, "");
  g_assert_null (dmp_media_type_get (type, "y"));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (dmp_media_type_parse (wrong[i]));
}

/* What is written is read back, whatever the size of the reads. */
static void
test_written (void)
{
  g_autoptr (GBytes) envelope = g_bytes_new_static ("<a/>", 4);
  g_autoptr (GBytes) content = g_bytes_new_static (binary, sizeof binary - 1);
  g_autoptr (GPtrArray) attachments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free);
  g_autoptr (DmpWireBody) body = NULL;
  g_autoptr (DmpMediaType) type = NULL;

  g_ptr_array_add (attachments, dmp_attachment_new ("d@x", "text/xml", content));
  body = dmp_wire_body_new (envelope, "urn:x", attachments);
  type = dmp_media_type_parse (body->content_type);
  g_assert_cmpstr (dmp_media_type_get (type, "type"), ==, "application/xop+xml");
  g_assert_cmpstr (dmp_media_type_get (type, "start-info"), ==, "application/soap+xml");
  g_assert_cmpstr (dmp_media_type_get (type, "action"), ==, "urn:x");
  for (gsize size = 1; size < 700; size += 37)
    {
      g_autoptr (DmpMimeSplitter) splitter =
          dmp_mime_splitter_new (dmp_media_type_get (type, "boundary"), MAX_PARTS, MAX_PART, NULL);
      g_autoptr (GPtrArray) parts = NULL;
      g_autofree char *buffer = g_malloc (size);
      guint64 total = 0;
      gsize n;

      dmp_wire_body_rewind (body);
      while ((n = dmp_wire_body_read (body, buffer, size)) > 0)
        {
          total += n;
          g_assert_true (dmp_mime_splitter_push (splitter, buffer, n, NULL));
        }
      g_assert_cmpuint (total, ==, body->size);
      parts = dmp_mime_splitter_finish (splitter, NULL);
      g_assert_cmpuint (parts->len, ==, 2);
      g_assert_true (g_bytes_equal (((DmpMimePart *) parts->pdata[1])->bytes, content));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/mime/truncated", test_truncated);
  g_test_add_func ("/mime/refused", test_refused);
  g_test_add_func ("/mime/limits", test_limits);
  g_test_add_func ("/mime/media-type", test_media_type);
  g_test_add_func ("/mime/written", test_written);

  return g_test_run ();
}
