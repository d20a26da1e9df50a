#include "config.h"

#include "dmp-document-title.h"

#include "cda/dmp-cda-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAMED 4        /* things that a title names at most */
#define MAX_LETTERS 40 /* of one of them */

/* Which facts make the title, for the types of documents that are named after them. */
typedef struct
{
  const char *type; /* type code (J07) */
  DmpFactKind kind;
  const char *word;
} Rule;

static const Rule rules[] = {
  { "11502-2", DMP_FACT_RESULT, N_ ("Biologie") },
  { "57833-6", DMP_FACT_TREATMENT, N_ ("Ordonnance") },
  { "57828-6", DMP_FACT_TREATMENT, N_ ("Ordonnance") },
  { "60593-1", DMP_FACT_DELIVERY, N_ ("Délivrance") },
  { "87273-9", DMP_FACT_VACCINE, N_ ("Vaccination") },
  { "18748-4", DMP_FACT_PROCEDURE, N_ ("Imagerie") },
  { "11490-0", DMP_FACT_EVENT, N_ ("Lettre de liaison") },
  { "34112-3", DMP_FACT_EVENT, N_ ("Hospitalisation") },
  { "34105-7", DMP_FACT_EVENT, N_ ("Hospitalisation") },
};

static const Rule *
find_rule (DmpCdaDocument *document)
{
  const DmpCode *code = dmp_cda_document_get_header (document)->code;

  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (rules); i++)
    if (strcmp (dmp_code_get_code ((DmpCode *) code), rules[i].type) == 0)
      return &rules[i];
  return NULL;
}

/* What the report itself says is out of range. */
static gboolean
is_flagged (const DmpFact *fact)
{
  const char *flag = fact->value != NULL ? fact->value->flag : NULL;

  return flag != NULL && *flag != '\0' && strcmp (flag, "N") != 0;
}

/* Where the name ends: at a comma that is not a number's, at other marks, or before a bracket. */
static gsize
name_length (const char *text)
{
  const char *bracket = strstr (text, " (");
  gsize length = strcspn (text, ",;\n\t[");

  while (text[length] == ',' && g_ascii_isdigit (text[length + 1]))
    length += 1 + strcspn (text + length + 1, ",;\n\t[");
  if (bracket != NULL && (gsize) (bracket - text) < length && bracket > text)
    length = (gsize) (bracket - text);
  return length;
}

/* "Thyréostimuline (TSH) (ECL Modular)" → "Thyréostimuline"; "ELIQUIS 2,5 mg, comprimé" → "ELIQUIS
 * 2,5 mg". Returns: (transfer full) (nullable) */
static char *
dup_short (const char *text)
{
  g_autofree char *name = g_strndup (text, name_length (text));

  g_strstrip (name);
  if (*name == '\0')
    return NULL;
  if (g_utf8_strlen (name, -1) > MAX_LETTERS)
    {
      g_autofree char *cut = g_utf8_substring (name, 0, MAX_LETTERS);

      return g_strconcat (g_strchomp (cut), "…", NULL);
    }
  return g_steal_pointer (&name);
}

static char *
dup_name (const DmpFact *fact)
{
  g_autofree char *name = dup_short (fact->text);
  g_autofree char *number =
      is_flagged (fact) ? dmp_fact_value_dup_number (fact->value->number) : NULL;

  const char *unit = dmp_fact_value_get_unit (fact->value);

  if (name == NULL || number == NULL)
    return g_steal_pointer (&name);
  return g_strconcat (name, " ", number, *unit != '\0' ? " " : "", unit, NULL);
}

static gboolean
contains (const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The facts of a kind, flagged ones first. @more: (out): how many are not named */
static GPtrArray *
collect (DmpCdaDocument *document, DmpFactKind kind, guint *more)
{
  GPtrArray *facts = dmp_cda_document_get_facts (document);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  *more = 0;
  for (int flagged = 1; flagged >= 0; flagged--)
    for (guint i = 0; i < facts->len; i++)
      {
        const DmpFact *fact = g_ptr_array_index (facts, i);
        g_autofree char *name = NULL;

        if (fact->kind != kind || fact->negated || fact->absent ||
            is_flagged (fact) != (gboolean) flagged)
          continue;
        name = dup_name (fact);
        if (name == NULL || contains (names, name))
          continue;
        if (names->len < NAMED)
          g_ptr_array_add (names, g_steal_pointer (&name));
        else
          (*more)++;
      }
  return names;
}

char *
dmp_document_title_make (DmpCdaDocument *document)
{
  const Rule *rule = find_rule (document);
  g_autoptr (GPtrArray) names = NULL;
  GString *title;
  guint more;

  g_return_val_if_fail (DMP_IS_CDA_DOCUMENT (document), NULL);

  if (rule == NULL)
    return NULL;
  names = collect (document, rule->kind, &more);
  if (names->len == 0)
    return NULL;
  title = g_string_new (_ (rule->word));
  for (guint i = 0; i < names->len; i++)
    {
      g_string_append (title, i == 0 ? " – " : ", ");
      g_string_append (title, names->pdata[i]);
    }
  if (more > 0)
    g_string_append (title, "…");
  return g_string_free (title, FALSE);
}
