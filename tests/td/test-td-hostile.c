#include "config.h"

#include "td-support.h"
#include "td/dmp-td-authorise.h"
#include "td/dmp-td-find.h"
#include "td/dmp-td-retrieve.h"
#include "td/dmp-td-status.h"
#include "td/dmp-td-submit.h"

#include <string.h>

/* Every recorded answer with one element or attribute taken away, doubled or put into another
 * namespace: each parser gives a result or an error with its sentence, never both, never neither,
 * never a crash. */

static void
assert_outcome (gboolean done, GError *error)
{
  if (done)
    g_assert_no_error (error);
  else
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, DMP_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (strlen (error->message), >, 20);
    }
}

static void
read_all_ways (const DmpMessage *reply)
{
  static const DmpTdDocumentId ids[] = { { "1.2.250.1.213.4.1.1.1.2", "2.25.1" },
                                         { "1.2.250.1.213.4.1.1.1.2", "2.25.4" } };
  GError *errors[5] = { NULL };
  g_autoptr (DmpTdStatusResult) status = dmp_td_status_parse (reply, &errors[0]);
  g_autoptr (DmpTdFindResult) found = dmp_td_find_parse (reply, &errors[1]);
  g_autoptr (GPtrArray) rows = dmp_td_retrieve_parse (reply, ids, 2, NULL, &errors[2]);
  gboolean done;

  assert_outcome (status != NULL, errors[0]);
  assert_outcome (found != NULL, errors[1]);
  assert_outcome (rows != NULL, errors[2]);
  done = dmp_td_authorise_parse (reply, NULL, &errors[3]);
  assert_outcome (done, errors[3]);
  done = dmp_td_submit_parse (reply, NULL, &errors[4]);
  assert_outcome (done, errors[4]);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      DmpRetrieved *row = g_ptr_array_index (rows, i);

      g_assert_true ((row->bytes != NULL) != (row->error != NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    g_clear_error (&errors[i]);
}

/* The @n-th element below @node in document order, NULL when there are fewer. */
static xmlNode *
nth_element (xmlNode *node, guint *n)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      xmlNode *found;

      if (child->type != XML_ELEMENT_NODE)
        continue;
      if ((*n)-- == 0)
        return child;
      found = nth_element (child, n);
      if (found != NULL)
        return found;
    }

  return NULL;
}

typedef void (*Mutation) (xmlNode *node);

static void
mutate_drop (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

static void
mutate_double (xmlNode *node)
{
  xmlAddNextSibling (node, xmlCopyNode (node, 1));
}

static void
mutate_namespace (xmlNode *node)
{
  xmlSetNs (node, xmlNewNs (node, (const xmlChar *) "urn:other", (const xmlChar *) "o"));
}

static void
mutate_attributes (xmlNode *node)
{
  while (node->properties != NULL)
    xmlRemoveProp (node->properties);
}

static void
mutate_values (xmlNode *node)
{
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    xmlNodeSetContent ((xmlNode *) attr,
                       (const xmlChar *) "^&amp;\\~| \xe2\x80\xa8 9999999999999999");
}

static void
mutate_text (xmlNode *node)
{
  xmlNodeSetContent (node, (const xmlChar *) "99999999999999999999999999^^^^&amp;&amp;ISO");
}

static guint
mutate_file (const char *name, Mutation mutation, guint first)
{
  guint step = g_test_slow () ? 1 : 4; /* -m slow: every element */
  guint cases = 0;

  for (guint at = first % step;; at += step, cases++)
    {
      g_autoptr (DmpMessage) reply = td_message_from_reply (name);
      guint n = at;
      xmlNode *node = nth_element (dmp_message_root (reply), &n);

      if (node == NULL)
        return cases;
      mutation (node);
      read_all_ways (reply);
    }
}

static void
test_mutations (gconstpointer data)
{
  static const Mutation all[] = { mutate_drop,       mutate_double, mutate_namespace,
                                  mutate_attributes, mutate_values, mutate_text };
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "td", "replies", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint cases = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_suffix (name, ".xml"))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
        cases += mutate_file (name, all[i], (guint) i);
    }
  g_test_message ("%u mutations", cases);
  g_assert_cmpuint (cases, >, 500);
}

/* Ten thousand errors, of which the first counts; a context of a megabyte is cut in the sentence.
 */
static void
test_many_errors (void)
{
  g_autoptr (GString) xml =
      g_string_new ("<rs:RegistryResponse xmlns:rs=\"urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0\" "
                    "status=\"urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure\">"
                    "<rs:RegistryErrorList>");
  g_autofree char *long_text = g_strnfill (60000, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpMessage) reply = NULL;

  g_string_append_printf (
      xml, "<rs:RegistryError errorCode=\"XDSRegistryError\" codeContext=\"%s\"/>", long_text);
  for (guint i = 0; i < 10000; i++)
    g_string_append (xml, "<rs:RegistryError errorCode=\"XDSOther\" codeContext=\"y\"/>");
  g_string_append (xml, "</rs:RegistryErrorList></rs:RegistryResponse>");
  reply = td_message_from_xml (xml->str, (gssize) xml->len);
  g_assert_false (dmp_td_submit_parse (reply, NULL, &error));
  g_assert_cmpstr (dmp_error_get_host_code (error), ==, "XDSRegistryError");
  g_assert_cmpuint (strlen (error->message), <, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/td/hostile/mutations", NULL, test_mutations);
  g_test_add_func ("/td/hostile/many-errors", test_many_errors);

  return g_test_run ();
}
