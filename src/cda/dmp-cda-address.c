#include "config.h"

#include "dmp-cda-header-private.h"

#include <string.h>

/* The parts of an address that stand together, a group a line of an envelope. */
static const char *const groups[][5] = {
  { "careOf" },
  { "additionalLocator", "unitType", "unitID" },
  { "streetAddressLine" },
  { "houseNumber", "streetNameType", "streetName" },
  { "postBox" },
  { "precinct" },
  { "postalCode", "city" },
  { "county" },
  { "state" },
  { "country" },
};

static void
append (GString *out, const char *gap, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, gap);
  g_string_append (out, text);
}

static void
append_group (GString *out, xmlNode *addr, const char *const *group)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (groups[0]) && group[i] != NULL; i++)
    dmp_cda_each (node, addr, group[i])
    {
      g_autofree char *text = dmp_cda_dup_flat (node);

      append (line, strcmp (group[i], "streetAddressLine") == 0 ? ", " : " ", text);
    }
  append (out, ", ", line->str);
}

char *
dmp_cda_dup_address (xmlNode *addr)
{
  GString *out;

  if (addr == NULL || dmp_xml_attr (addr, "nullFlavor") != NULL)
    return NULL;
  if (dmp_cda_first_element (addr) == NULL)
    return dmp_cda_dup_flat (addr);
  out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    append_group (out, addr, groups[i]);

  return g_string_free (out, out->len == 0);
}

char **
dmp_cda_dup_telecoms (xmlNode *entity)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  dmp_cda_each (telecom, entity, "telecom")
  {
    const char *value = dmp_xml_attr (telecom, "value");

    if (value != NULL && *value != '\0')
      g_strv_builder_add (values, value);
  }

  return g_strv_builder_end (values);
}
