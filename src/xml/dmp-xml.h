#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* Guarded reading, building by tree, and finding one's way in a tree. Knows no document type. */

/* Limits of what is read. Attributes, declarations and depth: design rule of the guarded parser
 * (libxml2 2.9.14 checks attributes and prefixes in quadratic time: 1 MB with 100 000 attributes
 * takes 98 s; depth 256 is its own limit). Bytes: the largest message the DMP accepts is 50 MB.
 * The others bound the memory and the time of one megabyte of input; the largest published
 * document or answer stays a factor of four below each. */
#define DMP_XML_MAX_BYTES (64 * 1024 * 1024)
#define DMP_XML_MAX_DEPTH 200
#define DMP_XML_MAX_ATTRIBUTES 64           /* in one tag */
#define DMP_XML_MAX_NAMESPACES 32           /* declared in one tag */
#define DMP_XML_MAX_SCOPE 128               /* declarations open at once, all ancestors together */
#define DMP_XML_MAX_NAMES 4096              /* different ones, and namespace URIs */
#define DMP_XML_MAX_NAME_BYTES 1024         /* of an element or attribute */
#define DMP_XML_MAX_VALUE_BYTES 65536       /* of one attribute */
#define DMP_XML_MAX_NODES (2 * 1000 * 1000) /* tags, attributes, comments, instructions */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/* Reads @bytes as a document. First one linear pass over the bytes refuses what libxml2 must not
 * see: any DOCTYPE, malformed tags, more than the limits above, an encoding other than UTF-8,
 * US-ASCII, ISO-8859-1, ISO-8859-15, windows-1252 and UTF-16 (these are turned into UTF-8 before
 * the parser). Then libxml2 without entity substitution, network or DTD. No file is ever opened:
 * the parser's own hooks for DTDs and entities refuse, and libxml2's process-wide entity loader is
 * replaced, once and for all, by one that refuses (at the first call, under a once-lock; nothing
 * puts it back, so threads cannot race). Comments, instructions and blanks are kept.
 * @bytes: @len bytes, not necessarily ended by NUL
 * @error: %DMP_ERROR_LIMIT beyond a limit, else %DMP_ERROR_INVALID_XML
 * Returns: (transfer full) (nullable) */
xmlDoc *dmp_xml_parse (const char *bytes, gsize len, GError **error);

/* The first pass alone, for who feeds another parser: @bytes must be UTF-8 (or ASCII). Its time is
 * linear in @len. Errors as dmp_xml_parse(). */
gboolean dmp_xml_scan (const char *bytes, gsize len, GError **error);

/* --- Building --------------------------------------------------------------------------------
 * Texts are copied, escaped when written, and must be UTF-8; whatever XML 1.0 forbids (control
 * characters, broken UTF-8) becomes U+FFFD, so that what is written can always be read.
 * A name may carry a prefix that is declared here or above ("xsi:type", "xml:lang"). */

/* A document of one element in @ns, with @prefix (nullable: default namespace) declared.
 * Returns: (transfer full) */
xmlDoc *dmp_xml_new (const char *ns, const char *prefix, const char *name);

/* Declares @prefix (nullable) for @ns on @node. Returns: (transfer none) */
xmlNs *dmp_xml_declare (xmlNode *node, const char *prefix, const char *ns);

/* Appends an element in @ns to @parent, then attributes as pairs name, value, closed by NULL. A
 * pair whose value is NULL is left out. When no prefix is in scope for @ns, it becomes the default
 * namespace of the new element. @ns: (nullable): no namespace
 * Returns: (transfer none) */
xmlNode *
dmp_xml_add (xmlNode *parent, const char *ns, const char *name, ...) G_GNUC_NULL_TERMINATED;

/* The same, with @text (nullable) as its content. Returns: (transfer none) */
xmlNode *dmp_xml_add_text (xmlNode *parent, const char *ns, const char *name, const char *text, ...)
    G_GNUC_NULL_TERMINATED;

/* Sets one attribute; NULL @value removes it. */
void dmp_xml_set (xmlNode *node, const char *name, const char *value);

/* Appends text to what @node contains. */
void dmp_xml_append (xmlNode *node, const char *text);

/* Returns: (transfer full): @text with what XML 1.0 forbids replaced by U+FFFD */
char *dmp_xml_dup_allowed (const char *text);

/* Whether XML 1.0 can carry @text: UTF-8 without control characters but tab, LF and CR.
 * @error: %DMP_ERROR_INVALID_DOCUMENT */
gboolean dmp_xml_check_text (const char *text, GError **error);

/* Makes @node the root of its own document with the namespace declarations it inherited; all the
 * rest of the document is freed. */
void dmp_xml_make_root (xmlNode *node);

/* --- Finding --------------------------------------------------------------------------------
 * Every function accepts NULL for the node and then finds nothing, so calls can be nested.
 * @ns: (nullable): NULL for no namespace, "*" for any. Nodes are borrowed from their document. */

xmlNode *dmp_xml_root (xmlDoc *doc);

/* The first child element of that name. @name: "*" for any. (transfer none) (nullable) */
xmlNode *dmp_xml_child (xmlNode *parent, const char *ns, const char *name);

/* The next sibling element of that name. (transfer none) (nullable) */
xmlNode *dmp_xml_next (xmlNode *node, const char *ns, const char *name);

/* for each child element: dmp_xml_each (node, parent, NS, "id") { … } */
#define dmp_xml_each(node, parent, ns, name)                                                       \
  for (xmlNode *node = dmp_xml_child ((parent), (ns), (name)); (node) != NULL;                     \
       (node) = dmp_xml_next ((node), (ns), (name)))

/* Child of child: "acknowledgement/acknowledgementDetail/code", all in @ns; the first at every
 * step. (transfer none) (nullable) */
xmlNode *dmp_xml_path (xmlNode *node, const char *ns, const char *path);

/* Whether @node is an element of that name. */
gboolean dmp_xml_is (const xmlNode *node, const char *ns, const char *name);

/* All text in @node (comments do not count), blanks at both ends removed.
 * Returns: (transfer full) (nullable): NULL when @node is NULL, "" when it is empty */
char *dmp_xml_text (xmlNode *node);

/* An attribute without namespace. Returns: (transfer none) (nullable): as long as the tree stands
 * unchanged */
const char *dmp_xml_attr (const xmlNode *node, const char *name);

/* An attribute of a namespace, e.g. xsi:type. (transfer none) (nullable) */
const char *dmp_xml_attr_ns (const xmlNode *node, const char *ns, const char *name);

/* What @expression (a constant of ours, never from outside) selects from @node, then prefixes as
 * pairs prefix, namespace, closed by NULL.
 * Returns: (transfer container) (element-type xmlNode): empty when nothing fits */
GPtrArray *dmp_xml_xpath (xmlNode *node, const char *expression, ...) G_GNUC_NULL_TERMINATED;

/* --- Writing -------------------------------------------------------------------------------- */

/* The document in UTF-8 with its XML declaration; wiped when freed. Returns: (transfer full) */
GBytes *dmp_xml_write (xmlDoc *doc);

/* One element without a declaration; wiped when freed. Returns: (transfer full) */
GBytes *dmp_xml_write_node (xmlNode *node);

/* Overwrites every text and attribute value, then frees @doc: for trees that hold patients' data.
 * @doc: (transfer full) (nullable) */
void dmp_xml_free_wiped (xmlDoc *doc);

G_END_DECLS
