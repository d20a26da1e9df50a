#include "config.h"

#include "caducee-pdfa.h"

#include <string.h>

#define MAX_METADATA (1024 * 1024)

/* The character after pdfaid:@name, as an attribute or an element. */
static char
find_identity (const char *xmp, gsize length, const char *name)
{
  g_autofree char *word = g_strconcat ("pdfaid:", name, NULL);
  const char *p = memmem (xmp, length, word, strlen (word));
  const char *end = xmp + length;

  if (p == NULL)
    return '\0';
  for (p += strlen (word); p < end && strchr (" =\"'>\r\n\t", *p); p++)
    ;
  return p < end && g_ascii_isalnum (*p) ? *p : '\0';
}

static void
say_identity (PdfaWalk *walk)
{
  qpdf_data q = walk->qpdf;
  qpdf_oh metadata = qpdf_oh_get_key (q, qpdf_get_root (q), "/Metadata");
  unsigned char *data = NULL;
  size_t length = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  char part, conformance;

  if (!qpdf_oh_is_stream (q, metadata) ||
      qpdf_oh_get_stream_data (q, metadata, qpdf_dl_generalized, &filtered, &data, &length) !=
          QPDF_SUCCESS ||
      data == NULL || length > MAX_METADATA)
    {
      g_hash_table_add (walk->defects, (gpointer) "metadata");
      return;
    }
  part = find_identity ((const char *) data, length, "part");
  conformance = find_identity ((const char *) data, length, "conformance");
  if (part != '\0')
    pdfa_say ("part %c\n", part);
  if (conformance != '\0')
    pdfa_say ("conformance %c\n", conformance);
}

static void
say_all (GHashTable *names, const char *keyword)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    pdfa_say ("%s %s\n", keyword, (const char *) name);
}

static int
say_failure (qpdf_data q)
{
  qpdf_error error = qpdf_get_error (q);

  if (error != NULL && qpdf_get_error_code (q, error) == qpdf_e_password)
    {
      pdfa_say ("encrypted\n");
      return DMP_PDFA_ENCRYPTED;
    }
  return DMP_PDFA_DAMAGED;
}

int
pdfa_inspect (GBytes *bytes)
{
  PdfaWalk walk = { .qpdf = qpdf_init () };
  qpdf_data q = walk.qpdf;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  int pages;

  qpdf_set_suppress_warnings (q, QPDF_TRUE);
  qpdf_silence_errors (q);
  if (qpdf_read_memory (q, "pdf", data, length, NULL) & QPDF_ERRORS)
    return say_failure (q);
  if (qpdf_is_encrypted (q))
    pdfa_say ("encrypted\n");
  pages = qpdf_get_num_pages (q);
  if (pages < 0)
    return DMP_PDFA_DAMAGED;
  pdfa_say ("pages %d\nversion %s\n", pages, qpdf_get_pdf_version (q));
  walk.active = g_hash_table_new (g_str_hash, g_str_equal);
  walk.defects = g_hash_table_new (g_str_hash, g_str_equal);
  pdfa_walk (&walk);
  say_identity (&walk);
  if (walk.intent)
    pdfa_say ("intent\n");
  say_all (walk.active, "active");
  say_all (walk.defects, "defect");
  return DMP_PDFA_OK;
}
