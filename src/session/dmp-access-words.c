#include "config.h"

#include "dmp-access-words.h"

#include "model/dmp-code-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Adds the label of each class of "10,31" to @labels. Returns: FALSE for a code that is none */
static gboolean
add_labels (const char *classes, GPtrArray *labels)
{
  g_auto (GStrv) codes = g_strsplit (classes, ",", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const DmpCodeRow *row = dmp_code_table_find (DMP_TABLE_CLASS, g_strstrip (codes[i]), NULL);

      if (row == NULL)
        return FALSE;
      g_ptr_array_add (labels, (gpointer) row->label);
    }

  return codes[0] != NULL;
}

/* One part of the setting, "21:10,31". @labels: of its classes */
static gboolean
read_part (char *part, const char **profession, GPtrArray *labels)
{
  char *colon = strchr (part, ':');

  if (colon == NULL)
    return FALSE;
  *colon = '\0';
  *profession = g_strstrip (part);

  return dmp_code_table_find (DMP_TABLE_PROFESSION, *profession, NULL) != NULL &&
         add_labels (colon + 1, labels);
}

gboolean
dmp_access_words_check (const char *setting)
{
  g_auto (GStrv) parts = g_strsplit (setting, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) labels = g_ptr_array_new ();
      const char *profession;

      if (*g_strstrip (parts[i]) != '\0' && !read_part (parts[i], &profession, labels))
        return FALSE;
    }

  return TRUE;
}

/* "Imagerie médicale, Prescription". Returns: (transfer full) (nullable) */
static char *
dup_closed (const char *setting, const char *code)
{
  g_auto (GStrv) parts = g_strsplit (setting, ";", -1);

  for (guint i = 0; code != NULL && parts[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) labels = g_ptr_array_new ();
      const char *profession;

      if (!read_part (parts[i], &profession, labels) || strcmp (profession, code) != 0)
        continue;
      g_ptr_array_add (labels, NULL);
      return g_strjoinv (" · ", (char **) labels->pdata);
    }

  return NULL;
}

char *
dmp_access_words_make (const char *setting, DmpCode *profession, gboolean *known)
{
  const char *code = profession != NULL ? dmp_code_get_code (profession) : NULL;
  const char *name =
      code != NULL ? dmp_code_table_get_label (DMP_TABLE_PROFESSION, code, NULL) : NULL;
  g_autofree char *closed = dup_closed (setting, code);

  *known = closed != NULL;
  if (name == NULL)
    name = _ ("profession inconnue");
  if (closed != NULL)
    return g_strdup_printf (
        _ ("Votre profession (%s) n’a pas accès à ces catégories : %s. Elles ne sont ni comptées "
           "ni visibles ici."),
        name, closed);

  return g_strdup_printf (_ ("Certaines catégories de documents peuvent être fermées à votre "
                             "profession (%s) ; elles ne sont ni comptées ni visibles ici."),
                          name);
}
