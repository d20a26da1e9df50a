#include "config.h"

#include "dmp-xml.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>

xmlNode *
dmp_xml_root (xmlDoc *doc)
{
  return doc != NULL ? xmlDocGetRootElement (doc) : NULL;
}

static inline gboolean
is_any (const char *name)
{
  return name[0] == '*' && name[1] == '\0';
}

gboolean
dmp_xml_is (const xmlNode *node, const char *ns, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return FALSE;
  /* most names differ in their first letter: this runs for every element, many times */
  if (!is_any (name) &&
      (name[0] != (char) node->name[0] || strcmp (name, (const char *) node->name) != 0))
    return FALSE;
  if (ns == NULL)
    return node->ns == NULL;
  if (is_any (ns))
    return TRUE;

  return node->ns != NULL && strcmp (ns, (const char *) node->ns->href) == 0;
}

static xmlNode *
first_from (xmlNode *node, const char *ns, const char *name)
{
  while (node != NULL && !dmp_xml_is (node, ns, name))
    node = node->next;

  return node;
}

xmlNode *
dmp_xml_child (xmlNode *parent, const char *ns, const char *name)
{
  return parent != NULL ? first_from (parent->children, ns, name) : NULL;
}

xmlNode *
dmp_xml_next (xmlNode *node, const char *ns, const char *name)
{
  return node != NULL ? first_from (node->next, ns, name) : NULL;
}

/* Whether the name of @node is the first @len bytes of @name. */
static gboolean
is_step (const xmlNode *node, const char *ns, const char *name, gsize len)
{
  return node->type == XML_ELEMENT_NODE && name[0] == (char) node->name[0] &&
         strncmp (name, (const char *) node->name, len) == 0 && node->name[len] == '\0' &&
         dmp_xml_is (node, ns, "*");
}

xmlNode *
dmp_xml_path (xmlNode *node, const char *ns, const char *path)
{
  for (const char *step = path; step != NULL && node != NULL;)
    {
      const char *slash = strchr (step, '/');
      gsize len = slash != NULL ? (gsize) (slash - step) : strlen (step);

      node = node->children;
      while (node != NULL && !is_step (node, ns, step, len))
        node = node->next;
      step = slash != NULL ? slash + 1 : NULL;
    }

  return node;
}

char *
dmp_xml_text (xmlNode *node)
{
  xmlChar *content;
  char *text;

  if (node == NULL)
    return NULL;

  content = xmlNodeGetContent (node);
  text = g_strdup (content != NULL ? (const char *) content : "");
  xmlFree (content);

  return g_strstrip (text);
}

static const char *
value_of (const xmlAttr *attribute)
{
  if (attribute == NULL)
    return NULL;

  return attribute->children != NULL ? (const char *) attribute->children->content : "";
}

const char *
dmp_xml_attr (const xmlNode *node, const char *name)
{
  return dmp_xml_attr_ns (node, NULL, name);
}

const char *
dmp_xml_attr_ns (const xmlNode *node, const char *ns, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;

  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *href = attribute->ns != NULL ? (const char *) attribute->ns->href : NULL;

      if (g_strcmp0 (href, ns) == 0 && strcmp ((const char *) attribute->name, name) == 0)
        return value_of (attribute);
    }

  return NULL;
}

GPtrArray *
dmp_xml_xpath (xmlNode *node, const char *expression, ...)
{
  GPtrArray *found = g_ptr_array_new ();
  xmlXPathContext *context;
  xmlXPathObject *result;
  const char *prefix;
  va_list namespaces;

  if (node == NULL)
    return found;

  context = xmlXPathNewContext (node->doc);
  va_start (namespaces, expression);
  while ((prefix = va_arg (namespaces, const char *)) != NULL)
    xmlXPathRegisterNs (context, (const xmlChar *) prefix,
                        (const xmlChar *) va_arg (namespaces, const char *));
  va_end (namespaces);

  result = xmlXPathNodeEval (node, (const xmlChar *) expression, context);
  if (result == NULL)
    g_critical ("not an expression: %s", expression);
  for (int i = 0; result != NULL && i < xmlXPathNodeSetGetLength (result->nodesetval); i++)
    g_ptr_array_add (found, xmlXPathNodeSetItem (result->nodesetval, i));
  xmlXPathFreeObject (result);
  xmlXPathFreeContext (context);

  return found;
}
