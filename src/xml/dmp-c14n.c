#include "config.h"

#include "dmp-c14n.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <libxml/c14n.h>

typedef struct
{
  xmlNode *top;
  xmlNode *omit;
} Part;

static int
is_visible (void *data, xmlNode *node, xmlNode *parent)
{
  const Part *part = data;
  gboolean hangs = node->type == XML_NAMESPACE_DECL || node->type == XML_ATTRIBUTE_NODE;

  for (xmlNode *up = hangs ? parent : node; up != NULL; up = up->parent)
    {
      if (up == part->omit)
        return 0;
      if (up == part->top)
        return 1;
    }

  return 0;
}

GBytes *
dmp_c14n (xmlNode *node, DmpC14n form, xmlNode *omit, const char *const *prefixes, GError **error)
{
  xmlOutputBuffer *out = xmlAllocOutputBuffer (NULL);
  Part part = { node, omit };
  GBytes *bytes = NULL;
  int done;

  done = xmlC14NExecute (node->doc, is_visible, &part,
                         form == DMP_C14N_EXCLUSIVE ? XML_C14N_EXCLUSIVE_1_0 : XML_C14N_1_0,
                         form == DMP_C14N_EXCLUSIVE ? (xmlChar **) (gpointer) prefixes : NULL,
                         form == DMP_C14N_INCLUSIVE_COMMENTS, out);
  if (done >= 0)
    bytes = g_bytes_new (xmlOutputBufferGetContent (out), xmlOutputBufferGetSize (out));
  else
    g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INTERNAL,
                         _ ("Le message n’a pas pu être mis en forme pour la signature. Rien n’a "
                            "été envoyé."));
  xmlOutputBufferClose (out);

  return bytes;
}
