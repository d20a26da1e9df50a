#include "config.h"

#include "dmp-td.h"

#include <glib/gi18n-lib.h>

const DmpTd *
dmp_td_get (guint i)
{
  static const DmpTd *const all[] = {
    &dmp_td_status, &dmp_td_authorise, &dmp_td_submit, &dmp_td_find, &dmp_td_retrieve,
  };

  return i < G_N_ELEMENTS (all) ? all[i] : NULL;
}

char *
dmp_td_dup_shown (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  if (g_utf8_strlen (valid, -1) > 60)
    *g_utf8_offset_to_pointer (valid, 60) = '\0';

  return g_steal_pointer (&valid);
}

gboolean
dmp_td_check_reply (const DmpTd *td, const DmpMessage *reply, GError **error)
{
  g_autofree char *what = NULL, *name = NULL;
  xmlNode *root = dmp_message_root (reply);

  if (dmp_xml_is (root, td->reply_ns, td->reply))
    return TRUE;

  name = dmp_td_dup_shown (root != NULL ? (const char *) root->name : NULL);
  what = g_strdup_printf (_ ("« %s » au lieu de « %s »"), name, td->reply);
  dmp_td_set_invalid (error, td, what);

  return FALSE;
}

void
dmp_td_set_invalid (GError **error, const DmpTd *td, const char *what)
{
  if (td->repeatable)
    g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
                 _ ("La réponse du DMP ne peut pas être lue : %s. Rien n’a été changé dans le "
                    "dossier ; réessayez, puis prévenez le support si cela continue."),
                 what);
  else
    g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_MESSAGE,
                 _ ("La réponse du DMP ne peut pas être lue : %s. La demande a peut-être été "
                    "exécutée ; vérifiez dans le dossier avant de recommencer."),
                 what);
}
