#include "config.h"

#include "fuzz.h"
#include "td/dmp-set-signature.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td-submit.h"

const char *const fuzz_corpus[] = { "td/replies", "fuzz/corpus/signature", NULL };

/* A signature that verifies, or not, is asked what it covers: itself. */
static void
read_signature (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (DmpSetSignature) signature = dmp_set_signature_read (bytes, NULL);

  if (signature != NULL)
    dmp_set_signature_covers (signature, "2.25.1", bytes);
}

/* The answers of the five transactions and the signature of a submission, whichever the bytes are.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const DmpTdDocumentId asked = { "1.2.250.1.213.4.1.1.1.2", "2.25.1" };
  xmlDoc *doc = dmp_xml_parse ((const char *) data, size, NULL);
  g_autoptr (DmpMessage) reply = doc != NULL ? dmp_message_new (doc) : NULL;
  g_autofree char *remark = NULL;

  if (reply == NULL)
    return 0;
  read_signature (data, size);

  dmp_td_status_result_free (dmp_td_status_parse (reply, NULL));
  dmp_td_find_result_free (dmp_td_find_parse (reply, NULL));
  g_clear_pointer (&remark, g_free);
  dmp_td_authorise_parse (reply, &remark, NULL);
  dmp_td_submit_parse (reply, NULL, NULL);
  {
    G_GNUC_UNUSED g_autoptr (GPtrArray) rows = dmp_td_retrieve_parse (reply, &asked, 1, NULL, NULL);
  }

  return 0;
}
