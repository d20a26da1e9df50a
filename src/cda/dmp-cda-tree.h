#pragma once

#include "model/dmp-code.h"
#include "model/dmp-oid.h"
#include "xml/dmp-xml.h"

#include <glib.h>

G_BEGIN_DECLS

/* Finding one's way in a CDA tree; private to this folder. */

#define DMP_NS_CDA "urn:hl7-org:v3"
#define DMP_NS_XSI "http://www.w3.org/2001/XMLSchema-instance"
#define DMP_NS_PHARM "urn:ihe:pharm:medication"

#define DMP_OID_ABSENT "2.16.840.1.113883.5.1150.1" /* IPS: absent and unknown data */
#define DMP_OID_INTERPRETATION "2.16.840.1.113883.5.83"

xmlNode *dmp_cda_child (xmlNode *parent, const char *name);
xmlNode *dmp_cda_path (xmlNode *node, const char *path);
gboolean dmp_cda_is (const xmlNode *node, const char *name);

/* for each child element; @parent may be NULL: dmp_cda_each (id, parent, "id") { … } */
#define dmp_cda_each(node, parent, name)                                                           \
  for (xmlNode *node = dmp_cda_child ((parent), (name)); (node) != NULL;                           \
       (node) = dmp_xml_next ((node), DMP_NS_CDA, (name)))

/* Whether @node is an act, observation, supply… of the clinical statement choice. */
gboolean dmp_cda_is_statement (const xmlNode *node);

/* The first or next element of any name. (transfer none) (nullable) */
xmlNode *dmp_cda_first_element (const xmlNode *parent);
xmlNode *dmp_cda_next_element (const xmlNode *node);

/* The node after @node in document order inside @top, NULL at the end: a walk without recursion. */
xmlNode *dmp_cda_walk (xmlNode *node, const xmlNode *top);

/* Attribute @name of child @child. (transfer none) (nullable) */
const char *dmp_cda_child_attr (xmlNode *parent, const char *child, const char *name);

/* Appends @text with white space (ASCII only) folded to single blanks; none doubled with what @out
 * ends with. */
void dmp_cda_fold (GString *out, const char *text);

/* All text inside, folded, trimmed. Returns: (transfer full) (nullable): NULL when blank */
char *dmp_cda_dup_flat (const xmlNode *node);

/* The code of a CD, CE or CV. Returns: (transfer full) (nullable): NULL without @code */
DmpCode *dmp_cda_dup_code (const xmlNode *node);

/* "root" or "root^extension". Returns: (transfer full) (nullable) */
char *dmp_cda_dup_id (const xmlNode *id);

/* Whether a templateId child has that root. */
gboolean dmp_cda_has_template (xmlNode *node, const char *root);

/* "root" or "root|extension" of each templateId. Returns: (transfer full) */
char **dmp_cda_dup_templates (xmlNode *node);

/* xsi:type without its prefix. Returns: (transfer none): "" when absent */
const char *dmp_cda_get_type (const xmlNode *node);

/* A time stamp attribute when it is one. (transfer none) (nullable) */
const char *dmp_cda_get_stamp (const xmlNode *node);

/* Both ends of an effectiveTime or time: @value, or low and high.
 * @start, @end: (out) (transfer full) (nullable): left alone when not said */
void dmp_cda_read_interval (xmlNode *node, char **start, char **end);

G_END_DECLS
