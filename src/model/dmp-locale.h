/* The language of a program's sentences. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the user's locale and our catalogues (domain GETTEXT_PACKAGE under LOCALEDIR). First thing
 * in main(), before any thread: it may shorten LANGUAGE, see dmp_locale_dup_languages(). Where no
 * locale is set (or "C"), text goes out as UTF-8: "Prothèse", not "Proth?se". */
void dmp_locale_start (void);

/* @languages as gettext must see it (a value of LANGUAGE, like "fr_FR:en"): cut after its first
 * French item. The sources are French and have no French catalogue, so gettext would go on to the
 * next language, and a person who asks for French before English would get English.
 * Returns: (transfer full): the shorter list, or NULL when @languages is good as it is. */
char *dmp_locale_dup_languages (const char *languages);

G_END_DECLS
