#include "config.h"

#include "dmp-registry-response.h"
#include "model/dmp-host-codes.h"
#include "model/dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
dmp_registry_error_free (DmpRegistryError *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->context);
  g_free (self->location);
  g_free (self);
}

void
dmp_registry_response_clear (DmpRegistryResponse *self)
{
  g_clear_pointer (&self->errors, g_ptr_array_unref);
}

/* PartialSuccess is found under the names of ebRS and of IHE: the last word decides. */
static gboolean
parse_status (const char *text, DmpResponseStatus *status)
{
  const char *word = text != NULL ? strrchr (text, ':') : NULL;

  if (word == NULL || strstr (text, ":ResponseStatusType:") == NULL)
    return FALSE;

  if (g_str_equal (word, ":Success"))
    *status = DMP_RESPONSE_SUCCESS;
  else if (g_str_equal (word, ":PartialSuccess"))
    *status = DMP_RESPONSE_PARTIAL;
  else if (g_str_equal (word, ":Failure"))
    *status = DMP_RESPONSE_FAILURE;
  else
    return FALSE;

  return TRUE;
}

static DmpRegistryError *
read_error (xmlNode *node)
{
  DmpRegistryError *one = g_new0 (DmpRegistryError, 1);
  const char *code = dmp_xml_attr (node, "errorCode");
  const char *severity = dmp_xml_attr (node, "severity");

  one->code = g_strdup (code != NULL ? code : "");
  one->context = g_strdup (dmp_xml_attr (node, "codeContext"));
  one->location = g_strdup (dmp_xml_attr (node, "location"));
  one->warning = severity != NULL && g_str_has_suffix (severity, ":Warning");

  return one;
}

gboolean
dmp_registry_response_parse (xmlNode *node,
                             const DmpTd *td,
                             DmpRegistryResponse *out,
                             GError **error)
{
  xmlNode *list = dmp_xml_child (node, DMP_NS_RS, "RegistryErrorList");
  DmpResponseStatus status;
  GPtrArray *errors;

  if (!parse_status (dmp_xml_attr (node, "status"), &status))
    {
      dmp_td_set_invalid (error, td, _ ("le statut manque ou est inconnu"));
      return FALSE;
    }

  errors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_registry_error_free);
  dmp_xml_each (entry, list, DMP_NS_RS, "RegistryError")
      g_ptr_array_add (errors, read_error (entry));
  out->status = status;
  out->errors = errors;

  return TRUE;
}

void
dmp_registry_response_set_error (const DmpRegistryResponse *self, GError **error)
{
  for (guint i = 0; i < self->errors->len; i++)
    {
      const DmpRegistryError *one = g_ptr_array_index (self->errors, i);

      if (!one->warning)
        {
          dmp_host_code_set_error (error, one->code, one->context);
          return;
        }
    }

  dmp_host_code_set_error (error, NULL, NULL);
}

const DmpRegistryError *
dmp_registry_response_find (const DmpRegistryResponse *self, const char *unique_id)
{
  for (guint i = 0; i < self->errors->len; i++)
    {
      const DmpRegistryError *one = g_ptr_array_index (self->errors, i);
      const char *found =
          one->warning || one->context == NULL ? NULL : strstr (one->context, unique_id);
      char after = found != NULL ? found[strlen (unique_id)] : '\0';

      /* 1.2.3.1 is not named by words about 1.2.3.10. */
      if (found != NULL && !g_ascii_isdigit (after) &&
          !(after == '.' && g_ascii_isdigit (found[strlen (unique_id) + 1])))
        return one;
    }

  return NULL;
}
