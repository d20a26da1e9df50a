#include "config.h"

#include "dmp-xml-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

char *
dmp_xml_dup_allowed (const char *text)
{
  g_autofree char *valid = NULL;
  GString *out;

  if (dmp_xml_chars_ok (text, strlen (text)))
    return g_strdup (text);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize len = (gsize) (g_utf8_next_char (p) - p);

      if (dmp_xml_chars_ok (p, len))
        g_string_append_len (out, p, (gssize) len);
      else
        g_string_append (out, REPLACEMENT);
    }

  return g_string_free (out, FALSE);
}

gboolean
dmp_xml_check_text (const char *text, GError **error)
{
  if (dmp_xml_chars_ok (text, strlen (text)))
    return TRUE;

  g_set_error_literal (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                       _ ("Ce texte contient un caractère de contrôle, que le DMP ne peut pas "
                          "recevoir. Rien n’a été envoyé."));
  return FALSE;
}

/* @text itself where it is fine, else what *@own then owns. */
static const xmlChar *
allow (const char *text, char **own)
{
  if (dmp_xml_chars_ok (text, strlen (text)))
    return (const xmlChar *) text;

  *own = dmp_xml_dup_allowed (text);
  return (const xmlChar *) *own;
}

xmlDoc *
dmp_xml_new (const char *ns, const char *prefix, const char *name)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *root = xmlNewDocNode (doc, NULL, BAD_CAST name, NULL);

  xmlDocSetRootElement (doc, root);
  if (ns != NULL)
    xmlSetNs (root, dmp_xml_declare (root, prefix, ns));

  return doc;
}

xmlNs *
dmp_xml_declare (xmlNode *node, const char *prefix, const char *ns)
{
  for (xmlNs *old = node->nsDef; old != NULL; old = old->next)
    if (g_strcmp0 ((const char *) old->prefix, prefix) == 0 &&
        g_strcmp0 ((const char *) old->href, ns) == 0)
      return old;

  return xmlNewNs (node, (const xmlChar *) ns, (const xmlChar *) prefix);
}

/* Puts a new element in @ns, declaring it where no prefix is in scope. */
static void
set_namespace (xmlNode *node, const char *ns)
{
  xmlNode *parent = node->parent;
  xmlNs *found;

  if (ns == NULL)
    {
      /* A default namespace above must not swallow it. */
      if (xmlSearchNs (node->doc, node, NULL) != NULL)
        xmlNewNs (node, BAD_CAST "", NULL);
      return;
    }
  if (parent->ns != NULL && strcmp ((const char *) parent->ns->href, ns) == 0)
    found = parent->ns;
  else
    found = xmlSearchNsByHref (node->doc, node, (const xmlChar *) ns);
  xmlSetNs (node, found != NULL ? found : xmlNewNs (node, (const xmlChar *) ns, NULL));
}

void
dmp_xml_set (xmlNode *node, const char *name, const char *value)
{
  const char *colon = strchr (name, ':');
  g_autofree char *own = NULL;
  xmlNs *ns = NULL;

  if (colon != NULL)
    {
      g_autofree char *prefix = g_strndup (name, (gsize) (colon - name));

      ns = xmlSearchNs (node->doc, node, (const xmlChar *) prefix);
      g_return_if_fail (ns != NULL);
      name = colon + 1;
    }
  if (value != NULL)
    xmlSetNsProp (node, ns, (const xmlChar *) name, allow (value, &own));
  else
    xmlUnsetNsProp (node, ns, (const xmlChar *) name);
}

static xmlNode *
add_element (xmlNode *parent, const char *ns, const char *name, va_list attributes)
{
  xmlNode *node = xmlNewDocNode (parent->doc, NULL, (const xmlChar *) name, NULL);
  const char *attribute;

  xmlAddChild (parent, node);
  set_namespace (node, ns);
  while ((attribute = va_arg (attributes, const char *)) != NULL)
    {
      const char *value = va_arg (attributes, const char *);

      if (value != NULL)
        dmp_xml_set (node, attribute, value);
    }

  return node;
}

xmlNode *
dmp_xml_add (xmlNode *parent, const char *ns, const char *name, ...)
{
  va_list attributes;
  xmlNode *node;

  va_start (attributes, name);
  node = add_element (parent, ns, name, attributes);
  va_end (attributes);

  return node;
}

xmlNode *
dmp_xml_add_text (xmlNode *parent, const char *ns, const char *name, const char *text, ...)
{
  va_list attributes;
  xmlNode *node;

  va_start (attributes, text);
  node = add_element (parent, ns, name, attributes);
  va_end (attributes);
  if (text != NULL)
    dmp_xml_append (node, text);

  return node;
}

void
dmp_xml_append (xmlNode *node, const char *text)
{
  g_autofree char *own = NULL;

  xmlAddChild (node, xmlNewDocText (node->doc, allow (text, &own)));
}

/* --- Moving ----------------------------------------------------------------------------------- */

typedef struct
{
  xmlNs *above;
  xmlNs *here;
} Pair;

static xmlNs *
translate (GArray *pairs, xmlNs *ns)
{
  for (guint i = 0; i < pairs->len; i++)
    if (g_array_index (pairs, Pair, i).above == ns)
      return g_array_index (pairs, Pair, i).here;

  return ns;
}

/* The next node in document order below @top. */
static xmlNode *
next_node (xmlNode *node, xmlNode *top)
{
  if (node->type == XML_ELEMENT_NODE && node->children != NULL)
    return node->children;
  while (node != top && node->next == NULL)
    node = node->parent;

  return node == top ? NULL : node->next;
}

static void
translate_tree (GArray *pairs, xmlNode *top)
{
  for (xmlNode *node = top; node != NULL; node = next_node (node, top))
    {
      if (node->type != XML_ELEMENT_NODE)
        continue;
      node->ns = translate (pairs, node->ns);
      for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
        attribute->ns = translate (pairs, attribute->ns);
    }
}

/* Declares on @node what its ancestors declare; nearer declarations win. */
static void
inherit_declarations (xmlNode *node, GArray *pairs)
{
  for (xmlNode *up = node->parent; up != NULL && up->type == XML_ELEMENT_NODE; up = up->parent)
    for (xmlNs *ns = up->nsDef; ns != NULL; ns = ns->next)
      {
        Pair pair = { ns, NULL };

        for (xmlNs *own = node->nsDef; own != NULL && pair.here == NULL; own = own->next)
          if (g_strcmp0 ((const char *) own->prefix, (const char *) ns->prefix) == 0)
            pair.here = own;
        if (pair.here == NULL)
          {
            pair.here = xmlNewNs (node, ns->href, ns->prefix);
            g_array_append_val (pairs, pair);
          }
      }
}

void
dmp_xml_make_root (xmlNode *node)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  xmlDoc *doc = node->doc;
  xmlNode *child;

  inherit_declarations (node, pairs);
  translate_tree (pairs, node);
  xmlUnlinkNode (node);
  while ((child = doc->children) != NULL)
    {
      xmlUnlinkNode (child);
      xmlFreeNode (child);
    }
  xmlAddChild ((xmlNode *) doc, node);
}

/* --- Writing ---------------------------------------------------------------------------------- */

typedef struct
{
  xmlChar *bytes;
  gsize len;
} Dump;

static void
free_dump (gpointer data)
{
  Dump *dump = data;

  explicit_bzero (dump->bytes, dump->len);
  xmlFree (dump->bytes);
  g_free (dump);
}

static GBytes *
take_dump (xmlChar *bytes, gsize len)
{
  Dump *dump = g_new (Dump, 1);

  *dump = (Dump){ bytes, len };
  return g_bytes_new_with_free_func (bytes, len, free_dump, dump);
}

GBytes *
dmp_xml_write (xmlDoc *doc)
{
  xmlChar *bytes = NULL;
  int len = 0;

  xmlDocDumpMemoryEnc (doc, &bytes, &len, "UTF-8");
  g_assert (bytes != NULL);

  return take_dump (bytes, (gsize) len);
}

GBytes *
dmp_xml_write_node (xmlNode *node)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  xmlChar *bytes;
  int len = xmlNodeDump (buffer, node->doc, node, 0, 0);

  g_assert (len >= 0);
  bytes = xmlBufferDetach (buffer);
  xmlBufferFree (buffer);

  return take_dump (bytes, (gsize) len);
}

static void
wipe_text (xmlNode *node)
{
  xmlDict *dict = node->doc->dict;

  if (node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE &&
      node->type != XML_COMMENT_NODE)
    return;
  if (node->content == NULL || (dict != NULL && xmlDictOwns (dict, node->content)))
    return;

  explicit_bzero (node->content, strlen ((const char *) node->content));
}

void
dmp_xml_free_wiped (xmlDoc *doc)
{
  xmlNode *root = dmp_xml_root (doc);

  for (xmlNode *node = root; node != NULL; node = next_node (node, root))
    {
      wipe_text (node);
      if (node->type != XML_ELEMENT_NODE)
        continue;
      for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
        if (attribute->children != NULL)
          wipe_text (attribute->children);
    }
  if (doc != NULL)
    xmlFreeDoc (doc);
}
