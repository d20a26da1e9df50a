#include "config.h"

#include "dmp-cda-tree.h"

#include "model/dmp-date.h"

#include <string.h>

xmlNode *
dmp_cda_child (xmlNode *parent, const char *name)
{
  return parent ? dmp_xml_child (parent, DMP_NS_CDA, name) : NULL;
}

xmlNode *
dmp_cda_path (xmlNode *node, const char *path)
{
  return node ? dmp_xml_path (node, DMP_NS_CDA, path) : NULL;
}

gboolean
dmp_cda_is (const xmlNode *node, const char *name)
{
  return dmp_xml_is (node, DMP_NS_CDA, name);
}

gboolean
dmp_cda_is_statement (const xmlNode *node)
{
  static const char *const names[] = {
    "act",       "encounter", "observation",      "observationMedia",
    "organizer", "procedure", "regionOfInterest", "substanceAdministration",
    "supply"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (dmp_cda_is (node, names[i]))
      return TRUE;
  return FALSE;
}

static xmlNode *
skip_to_element (xmlNode *node)
{
  while (node && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

xmlNode *
dmp_cda_first_element (const xmlNode *parent)
{
  return parent ? skip_to_element (parent->children) : NULL;
}

xmlNode *
dmp_cda_next_element (const xmlNode *node)
{
  return skip_to_element (node->next);
}

xmlNode *
dmp_cda_walk (xmlNode *node, const xmlNode *top)
{
  if (node->type == XML_ELEMENT_NODE && node->children)
    return node->children;
  while (node != top && node->next == NULL)
    node = node->parent;
  return node == top ? NULL : node->next;
}

const char *
dmp_cda_child_attr (xmlNode *parent, const char *child, const char *name)
{
  xmlNode *node = dmp_cda_child (parent, child);

  return node ? dmp_xml_attr (node, name) : NULL;
}

void
dmp_cda_fold (GString *out, const char *text)
{
  for (const char *p = text; *p;)
    {
      gsize blank = strspn (p, " \t\r\n");
      gsize word;

      if (blank > 0 && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      p += blank;
      word = strcspn (p, " \t\r\n");
      g_string_append_len (out, p, (gssize) word);
      p += word;
    }
}

char *
dmp_cda_dup_flat (const xmlNode *top)
{
  g_autoptr (GString) out = NULL;

  if (top == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (xmlNode *node = top->children; node; node = dmp_cda_walk (node, top))
    {
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        dmp_cda_fold (out, (const char *) node->content);
      else if (dmp_cda_is (node, "br") || dmp_cda_is (node, "td") || dmp_cda_is (node, "th") ||
               dmp_cda_is (node, "paragraph") || dmp_cda_is (node, "item"))
        dmp_cda_fold (out, " ");
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

DmpCode *
dmp_cda_dup_code (const xmlNode *node)
{
  const char *code = node ? dmp_xml_attr (node, "code") : NULL;
  const char *system;

  if (code == NULL || *code == '\0')
    return NULL;
  system = dmp_xml_attr (node, "codeSystem");
  return dmp_code_new (code, system ? system : "", dmp_xml_attr (node, "displayName"));
}

char *
dmp_cda_dup_id (const xmlNode *id)
{
  const char *root = id ? dmp_xml_attr (id, "root") : NULL;
  const char *extension = id ? dmp_xml_attr (id, "extension") : NULL;

  if (root == NULL || *root == '\0')
    return NULL;
  return extension && *extension ? g_strdup_printf ("%s^%s", root, extension) : g_strdup (root);
}

gboolean
dmp_cda_has_template (xmlNode *node, const char *root)
{
  dmp_cda_each (template, node, "templateId")
  {
    if (g_strcmp0 (dmp_xml_attr (template, "root"), root) == 0)
      return TRUE;
  }
  return FALSE;
}

char **
dmp_cda_dup_templates (xmlNode *node)
{
  GPtrArray *found = g_ptr_array_new ();

  dmp_cda_each (template, node, "templateId")
  {
    const char *root = dmp_xml_attr (template, "root");
    const char *extension = dmp_xml_attr (template, "extension");

    if (root && extension)
      g_ptr_array_add (found, g_strdup_printf ("%s|%s", root, extension));
    else if (root)
      g_ptr_array_add (found, g_strdup (root));
  }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

const char *
dmp_cda_get_type (const xmlNode *node)
{
  const char *type = dmp_xml_attr_ns (node, DMP_NS_XSI, "type");
  const char *colon;

  if (type == NULL)
    return "";
  colon = strchr (type, ':');
  return colon ? colon + 1 : type;
}

const char *
dmp_cda_get_stamp (const xmlNode *node)
{
  const char *value = node ? dmp_xml_attr (node, "value") : NULL;

  return value && dmp_date_check (value) ? value : NULL;
}

static void
take_stamp (const xmlNode *node, char **stamp)
{
  const char *value = dmp_cda_get_stamp (node);

  if (value && *stamp == NULL)
    *stamp = g_strdup (value);
}

void
dmp_cda_read_interval (xmlNode *node, char **start, char **end)
{
  if (node == NULL)
    return;
  take_stamp (node, start);
  take_stamp (dmp_cda_child (node, "low"), start);
  take_stamp (dmp_cda_child (node, "center"), start);
  take_stamp (dmp_cda_child (node, "high"), end);
}
