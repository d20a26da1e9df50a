#include "config.h"

#include "cps-profile.h"

#include <stdlib.h>
#include <string.h>

static bool
take_situation (CpsProfile *profile, char *value)
{
  if (profile->n_situations == CPS_SITUATIONS_MAX)
    return false;

  CpsSituation *situation = &profile->situations[profile->n_situations++];
  situation->name = strsep (&value, "|");
  situation->structure = strsep (&value, "|");
  situation->sector = strsep (&value, "|");
  return situation->sector != NULL && value == NULL;
}

static const char **
find_field (CpsProfile *profile, const char *key)
{
  const struct
  {
    const char *key;
    const char **value;
  } fields[] = {
    { "kind", &profile->kind },
    { "serial", &profile->serial },
    { "national_id", &profile->national_id },
    { "family", &profile->family },
    { "given", &profile->given },
    { "title", &profile->title },
    { "profession", &profile->profession },
    { "speciality", &profile->speciality },
  };
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
    if (strcmp (key, fields[i].key) == 0)
      return fields[i].value;
  return NULL;
}

static bool
take_line (CpsProfile *profile, char *line)
{
  char *value = line;
  const char *key = strsep (&value, "=");

  if (value == NULL)
    return false;
  if (strcmp (key, "situation") == 0)
    return take_situation (profile, value);
  const char **field = find_field (profile, key);
  if (field == NULL)
    return false;
  *field = value;
  return true;
}

static bool
is_complete (const CpsProfile *profile)
{
  return profile->kind != NULL && profile->serial != NULL && profile->national_id != NULL &&
         profile->family != NULL && profile->given != NULL && profile->title != NULL &&
         profile->profession != NULL && profile->speciality != NULL &&
         strlen (profile->serial) == 8 && strspn (profile->serial, "0123456789") == 8;
}

bool
cps_profile_load (CpsProfile *profile, const char *folder)
{
  char *path = NULL;
  if (asprintf (&path, "%s/profile", folder) < 0)
    abort ();

  bool good = bytes_add_file (&profile->text, path) == 0;
  if (!good)
    perror (path);
  bytes_add_u8 (&profile->text, 0);
  char *rest = (char *) profile->text.data;
  for (char *line; good && (line = strsep (&rest, "\n")) != NULL;)
    if (*line != '\0' && !take_line (profile, line))
      {
        fprintf (stderr, "%s: unexpected line\n", path);
        good = false;
      }
  if (good && !is_complete (profile))
    {
      fprintf (stderr, "%s: a line is missing or the serial number is not 8 digits\n", path);
      good = false;
    }
  free (path);
  return good;
}

void
cps_profile_clear (CpsProfile *profile)
{
  bytes_clear (&profile->text);
  *profile = (CpsProfile){ 0 };
}
