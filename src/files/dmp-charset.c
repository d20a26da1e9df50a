#include "config.h"

#include "dmp-charset.h"

#include "model/dmp-error.h"
#include "model/dmp-wipe-buffer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The likeliest first: it wins a tie. */
static const char *const candidates[] = { "WINDOWS-1252", "ISO-8859-15", "CP850", "MACINTOSH" };

static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || (c >= 0x7f && c < 0xa0);
}

/* How much like French the characters beyond ASCII are. */
static int
score (GBytes *bytes, const char *charset)
{
  static const char french[] = "éèêëàâäîïôöùûüÿçœæÉÈÊËÀÂÎÏÔÙÛÇŒÆ’«»–°€…µ²±\302\240";
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_convert (data, (gssize) length, "UTF-8", charset, NULL, NULL, NULL);
  int points = 0;

  if (text == NULL)
    return G_MININT;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        continue;
      if (is_control (c))
        points -= 10;
      else if (g_utf8_strchr (french, -1, c) != NULL)
        points += 1;
      else
        points -= g_unichar_isalpha (c) ? 1 : 3;
    }
  explicit_bzero (text, strlen (text));
  return points;
}

const char *
dmp_charset_guess (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *best = candidates[0];
  int most = G_MININT;

  if (length >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    return "UTF-16";
  if (g_utf8_validate_len (data, length, NULL))
    return "UTF-8";
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      int points = score (bytes, candidates[i]);

      if (points > most)
        {
          most = points;
          best = candidates[i];
        }
    }
  return best;
}

gboolean
dmp_charset_has_controls (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (is_control (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

GBytes *
dmp_charset_clean (GBytes *bytes, const char *charset, GError **error)
{
  gsize length = 0, size = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_convert (data, (gssize) length, "UTF-8", charset, NULL, &size, NULL);
  GString *clean;

  if (text == NULL)
    {
      g_set_error_literal (
          error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
          _ ("Ce texte n’est pas lisible dans ce codage. Enregistrez-le en UTF-8."));
      return NULL;
    }
  clean = g_string_sized_new (size + 1); /* never moved: what is left out makes it shorter */
  for (const char *p = text; p < text + size; p = *p ? g_utf8_next_char (p) : p + 1)
    if (*p != '\0' && !is_control (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0xfeff)
      g_string_append_unichar (clean, g_utf8_get_char (p));
  explicit_bzero (text, size);
  size = clean->len;
  return dmp_wipe_bytes_take (g_string_free (clean, FALSE), size);
}
