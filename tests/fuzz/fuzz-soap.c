#include "config.h"

#include "fuzz.h"
#include "wire/dmp-soap.h"
#include "xml/dmp-c14n.h"

const char *const fuzz_corpus[] = { "fuzz/corpus/soap", NULL };

/* An answer with one part beside it: read, and what is read can be written, read and made canonical
 * again to the same bytes. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_attachment_free);
  g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
  g_autoptr (DmpMessage) message = NULL;
  g_autoptr (xmlDoc) back = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  if (size > 0 && data[0] == ' ')
    g_ptr_array_add (parts, dmp_attachment_new ("a@x", "text/xml", content));
  message = dmp_soap_read ((const char *) data, size, parts, "urn:uuid:1", NULL);
  if (message == NULL)
    return 0;

  written = dmp_xml_write (message->body);
  back = dmp_xml_parse (g_bytes_get_data (written, NULL), g_bytes_get_size (written), NULL);
  g_assert_nonnull (back);
  before = dmp_c14n (dmp_message_root (message), DMP_C14N_EXCLUSIVE, NULL, NULL, NULL);
  after = dmp_c14n (dmp_xml_root (back), DMP_C14N_EXCLUSIVE, NULL, NULL, NULL);
  if (before != NULL)
    g_assert_true (after != NULL && g_bytes_equal (before, after));

  return 0;
}
