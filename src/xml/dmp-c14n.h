#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

#define DMP_C14N_EXCLUSIVE_URI "http://www.w3.org/2001/10/xml-exc-c14n#"
#define DMP_C14N_INCLUSIVE_URI "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
#define DMP_C14N_INCLUSIVE_COMMENTS_URI                                                            \
  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"

typedef enum
{
  DMP_C14N_EXCLUSIVE,         /* without comments */
  DMP_C14N_INCLUSIVE,         /* without comments */
  DMP_C14N_INCLUSIVE_COMMENTS /* as the signature of a submission set names it */
} DmpC14n;

/* The canonical form of @node and all below it.
 * @omit: (nullable): an element below @node that is left out with its content (an enveloped
 *   signature)
 * @prefixes: (nullable) (array zero-terminated=1): InclusiveNamespaces PrefixList, exclusive only
 * @error: %DMP_ERROR_INTERNAL when libxml2 cannot do it
 * Returns: (transfer full) (nullable) */
GBytes *
dmp_c14n (xmlNode *node, DmpC14n form, xmlNode *omit, const char *const *prefixes, GError **error);

G_END_DECLS
