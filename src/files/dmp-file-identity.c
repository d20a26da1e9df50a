#include "config.h"

#include "dmp-file-identity.h"

#include "dmp-file-dates.h"
#include "model/dmp-ins.h"
#include "model/dmp-text.h"

#include <string.h>

#define BESIDE 48 /* bytes between the names of one person */

/* 13 characters and the key, in the groups people write. */
#define NUMBER                                                                                     \
  "(?<![0-9])([1-478])[ .]?([0-9]{2})[ .]?([0-9]{2})[ .]?([0-9]{2}|2[ABab])[ .]?([0-9]{3})[ .]?"   \
  "([0-9]{3})[ ./-]*(?:cl[eé][ :]*)?[( ]?([0-9]{2})(?![0-9])"

/* A name after its label, up to the end of what can be a name. */
#define NAME                                                                                       \
  "\\b(?:nom(?: de naissance| d[’']usage| usuel| patronymique| de famille| utilis[ée])?|"       \
  "nom et pr[ée]noms?|nom,? pr[ée]noms?|patiente?|patient\\(e\\)|b[ée]n[ée]ficiaire|concerne)" \
  "[ \\t\\x{a0}\\x{202f}]*:[ \\t\\x{a0}]*"                                                         \
  "(?:(?:M\\.|Mr\\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle|Enfant)[ \\t]+)?"                       \
  "(\\p{Lu}[\\p{L}’'-]+(?:[ \\t]+\\p{Lu}[\\p{L}’'-]*){0,5})"

static GRegex *
get_regex (const char *pattern, GRegexCompileFlags flags)
{
  return g_regex_new (pattern, flags, 0, NULL);
}

/* --- The number --- */

static char *
dup_number (GMatchInfo *match)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (int i = 1; i <= 7; i++)
    {
      g_autofree char *part = g_match_info_fetch (match, i);

      g_string_append (digits, part);
    }
  return g_ascii_strup (digits->str, -1);
}

static DmpIdentity
check_number (const char *text, const char *ins, char **found)
{
  g_autoptr (GRegex) regex = get_regex (NUMBER, 0);
  g_autoptr (GMatchInfo) match = NULL;
  DmpIdentity result = DMP_IDENTITY_UNPROVEN;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *number = dup_number (match);

      if (!dmp_ins_check (number, NULL))
        continue;
      g_free (*found);
      *found = g_match_info_fetch (match, 0);
      if (g_strcmp0 (number, ins) == 0)
        return DMP_IDENTITY_SAME;
      if (ins != NULL)
        result = DMP_IDENTITY_OTHER;
    }
  return result;
}

/* --- The birth date --- */

static DmpIdentity
check_birth (const char *text, const char *birth, char **found)
{
  g_autoptr (GPtrArray) dates = dmp_file_dates_find (text);
  DmpIdentity result = DMP_IDENTITY_UNPROVEN;

  if (birth == NULL || strlen (birth) != 8)
    return result;
  for (guint i = 0; i < dates->len; i++)
    {
      const DmpFileDate *date = g_ptr_array_index (dates, i);
      gboolean same = strcmp (date->day, birth) == 0;

      if (!same && !date->birth)
        continue;
      g_free (*found);
      *found = g_strdup (date->found);
      if (same)
        return DMP_IDENTITY_SAME;
      result = DMP_IDENTITY_OTHER;
    }
  return result;
}

/* --- The name --- */

/* Where the folded words of @name stand in @folded, one after the other; NULL if nowhere. */
static const char *
find_words (const char *folded, const char *from, const char *words)
{
  gsize n = strlen (words);

  for (const char *p = from; n >= 2 && (p = strstr (p, words)) != NULL; p += n)
    if ((p == folded || !g_ascii_isalpha (p[-1])) && !g_ascii_isalpha (p[n]))
      return p;
  return NULL;
}

/* Whether the family name stands there and, unless @given is NULL, the given name beside it: one
 * here and the other there may be two people's. */
static gboolean
has_name (const char *folded, const char *family, const char *given)
{
  g_autofree char *words = dmp_text_fold (family);
  g_autofree char *first = given != NULL ? dmp_text_fold (given) : NULL;
  gsize n = strlen (words);

  for (const char *p = folded; (p = find_words (folded, p, words)) != NULL; p += n)
    {
      const char *from = p - MIN (p - folded, BESIDE);
      const char *found;

      if (first == NULL)
        return TRUE;
      found = find_words (folded, from, first);
      if (found != NULL && found < p + n + BESIDE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
names_patient (const char *folded, DmpPatient *patient, gboolean with_given)
{
  const char *given = with_given ? dmp_patient_get_given (patient) : NULL;

  if (with_given && given == NULL)
    return FALSE;
  return has_name (folded, dmp_patient_get_birth_family (patient), given) ||
         has_name (folded, dmp_patient_get_family (patient), given);
}

/* Whether one of the patient's family names stands in @label, what follows a label. */
static gboolean
names_family (const char *label, DmpPatient *patient)
{
  g_autofree char *folded = dmp_text_fold (label);

  return names_patient (folded, patient, FALSE);
}

/* « Nom : » and « Nom, prénom : » may be the doctor's; « Patient : », « Nom de naissance : »… not.
 */
static gboolean
may_be_anybody (const char *label)
{
  g_autofree char *folded = dmp_text_fold (label);
  const char *rest = g_str_has_prefix (folded, "nom") ? folded + strlen ("nom") : NULL;

  while (rest != NULL && !g_ascii_isalpha (*rest) && *rest != ':' && *rest != '\0')
    rest++;
  return rest != NULL &&
         (*rest == ':' || g_str_has_prefix (rest, "et ") || g_str_has_prefix (rest, "pr"));
}

/* « M. Durand », « DURAND Paul »: no « Autonome », no « connu du service ». @name: after the title
 */
static gboolean
is_clear (const char *label, const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  const char *title = strstr (label, name);

  for (const char *p = title; p != NULL && p > label && p[-1] != ':'; p--)
    if (g_ascii_isalpha (p[-1]))
      return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *capitals = g_utf8_strup (words[i], -1);

      if (g_utf8_strlen (words[i], -1) > 1 && g_str_equal (capitals, words[i]))
        return TRUE;
    }
  return FALSE;
}

/* What labels name: somebody else, and none of them the patient.
 * @elsewhere: the family name stands in the text, maybe as somebody else's: only labels that are a
 * patient's tell. @found: (out): who */
static DmpIdentity
check_labels (const char *text, DmpPatient *patient, gboolean elsewhere, char **found)
{
  g_autoptr (GRegex) regex = get_regex (NAME, G_REGEX_CASELESS);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *other = NULL;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (names_family (name, patient))
        return DMP_IDENTITY_UNPROVEN;
      if (other != NULL)
        continue;
      other = g_strstrip (g_match_info_fetch (match, 0));
      if (elsewhere && (may_be_anybody (other) || !is_clear (other, name)))
        g_clear_pointer (&other, g_free);
    }
  if (other == NULL)
    return DMP_IDENTITY_UNPROVEN;
  *found = g_steal_pointer (&other);
  return DMP_IDENTITY_OTHER;
}

static DmpIdentity
check_name (const char *text, DmpPatient *patient, char **found)
{
  g_autofree char *folded = dmp_text_fold (text);

  g_autofree char *other = NULL;

  if (names_patient (folded, patient, TRUE))
    {
      if (check_labels (text, patient, TRUE, &other) == DMP_IDENTITY_OTHER)
        return DMP_IDENTITY_UNPROVEN; /* maybe the person to warn */
      *found = dmp_patient_dup_display_name (patient);
      return DMP_IDENTITY_SAME;
    }
  if (dmp_patient_get_birth_family (patient) == NULL)
    return DMP_IDENTITY_UNPROVEN;
  return check_labels (text, patient, names_patient (folded, patient, FALSE), found);
}

/* The number tells more than the birth date, and that more than the name. */
DmpIdentity
dmp_file_identity (const char *text, DmpPatient *patient, char **found)
{
  g_autofree char *number = NULL, *birth = NULL, *name = NULL;
  DmpIdentity by_number = check_number (text, dmp_patient_get_ins (patient), &number);
  DmpIdentity by_birth = check_birth (text, dmp_patient_get_birth_date (patient), &birth);
  DmpIdentity by_name = check_name (text, patient, &name);
  gboolean same = by_number == DMP_IDENTITY_SAME;
  DmpIdentity result = by_number != DMP_IDENTITY_UNPROVEN ? by_number
                       : by_birth == DMP_IDENTITY_OTHER   ? by_birth
                       : by_name != DMP_IDENTITY_UNPROVEN ? by_name
                                                          : by_birth;

  /* A parent's number or a child's birth date beside the patient's own name is no contradiction:
   * what the family shares is left to the person, who sees the words. */
  if (!same && by_name == DMP_IDENTITY_SAME && by_birth == DMP_IDENTITY_SAME)
    result = DMP_IDENTITY_SAME;
  /* A child's document carries the number of whoever insures the child. */
  if (same && by_birth == DMP_IDENTITY_OTHER && by_name != DMP_IDENTITY_SAME)
    result = DMP_IDENTITY_OTHER;
  if (by_number == result && number != NULL)
    *found = g_steal_pointer (&number);
  else if (by_birth == result && birth != NULL)
    *found = g_steal_pointer (&birth);
  else
    *found = g_steal_pointer (&name);
  return result;
}
