#include "config.h"

#include "dmp-locale.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

/* "fr", "fr_FR", "fr.UTF-8", "fr@euro"; not "frr" */
static gboolean
is_french (const char *item, gsize len)
{
  return len >= 2 && strncmp (item, "fr", 2) == 0 && (len == 2 || strchr ("_.@", item[2]) != NULL);
}

char *
dmp_locale_dup_languages (const char *languages)
{
  const char *item = languages;

  while (item != NULL)
    {
      gsize len = strcspn (item, ":");

      if (is_french (item, len))
        return item[len] == '\0' ? NULL : g_strndup (languages, (gsize) (item - languages) + len);
      item = item[len] == '\0' ? NULL : item + len + 1;
    }

  return NULL;
}

void
dmp_locale_start (void)
{
  g_autofree char *languages = dmp_locale_dup_languages (g_getenv ("LANGUAGE"));

  if (languages != NULL)
    g_setenv ("LANGUAGE", languages, TRUE);
  setlocale (LC_ALL, "");
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968")) /* plain ASCII: no é, no µ */
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
