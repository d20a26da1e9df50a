#include "config.h"

#include "dmp-document-person.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_named (DmpCode *code)
{
  return code != NULL && dmp_code_get_display (code) != NULL &&
         *dmp_code_get_display (code) != '\0';
}

const char *
dmp_document_person_get_title (const DmpCdaPerson *person)
{
  const char *titles[] = { [DMP_CDA_ROLE_AUTHOR] = _ ("Auteur, d’après le document"),
                           [DMP_CDA_ROLE_DATA_ENTERER] = _ ("Saisi par"),
                           [DMP_CDA_ROLE_INFORMANT] = _ ("Informateur"),
                           [DMP_CDA_ROLE_CUSTODIAN] = _ ("Conservé par"),
                           [DMP_CDA_ROLE_RECIPIENT] = _ ("Destinataire"),
                           [DMP_CDA_ROLE_LEGAL_AUTHENTICATOR] = _ ("Responsable du document"),
                           [DMP_CDA_ROLE_AUTHENTICATOR] = _ ("Validé par"),
                           [DMP_CDA_ROLE_PARTICIPANT] = _ ("Intervenant"),
                           [DMP_CDA_ROLE_PERFORMER] = _ ("Exécutant de l’acte"),
                           [DMP_CDA_ROLE_GUARDIAN] = _ ("Représentant du patient") };
  static const struct
  {
    const char *kind;
    const char *title;
  } kinds[] = { { "NOK", N_ ("Personne de confiance") },
                { "ECON", N_ ("Personne à prévenir") },
                { "CAREGIVER", N_ ("Aidant") },
                { "REF", N_ ("Prescripteur ou correspondant") } };

  for (guint i = 0; person->kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (person->kind, kinds[i].kind) == 0)
      return _ (kinds[i].title);
  if (person->function != NULL && strcmp (dmp_code_get_code (person->function), "PCP") == 0)
    return _ ("Médecin traitant");
  if (person->role == DMP_CDA_ROLE_PARTICIPANT && is_named (person->function))
    return dmp_code_get_display (person->function);

  return titles[person->role];
}

static void
add_line (GString *out, const char *text)
{
  if (text == NULL || *text == '\0' || strstr (out->str, text) != NULL)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, text);
}

char *
dmp_document_person_dup_telecom (const char *telecom)
{
  static const char *const plain[] = { "tel:", "mailto:" };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_has_prefix (telecom, plain[i]))
      return g_strdup (telecom + strlen (plain[i]));
  if (g_str_has_prefix (telecom, "fax:"))
    return g_strdup_printf (_ ("Fax %s"), telecom + strlen ("fax:"));

  return g_strdup (telecom);
}

/* "04/01/2021 16:05", for who did something at a time; a relation has none. */
static void
add_time (GString *out, const DmpCdaPerson *person)
{
  g_autofree char *when = NULL;

  if (person->time == NULL)
    return;
  when = dmp_date_dup_display (person->time, FALSE, TRUE);
  add_line (out, when);
}

char *
dmp_document_person_dup_words (const DmpCdaPerson *person)
{
  g_autofree char *name = dmp_cda_person_dup_display (person);
  GString *out = g_string_new (name);

  if (person->role != DMP_CDA_ROLE_PARTICIPANT && is_named (person->function))
    add_line (out, dmp_code_get_display (person->function));
  if (person->code != NULL)
    add_line (out, dmp_code_get_display (person->code));
  add_line (out, person->organisation);
  add_line (out, person->address);
  for (guint i = 0; person->telecoms != NULL && person->telecoms[i] != NULL; i++)
    {
      g_autofree char *telecom = dmp_document_person_dup_telecom (person->telecoms[i]);

      add_line (out, telecom);
    }
  add_time (out, person);

  return g_string_free (out, FALSE);
}
