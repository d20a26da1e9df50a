#include "config.h"

#include "dmp-document-person.h"

#include <glib/gi18n.h>
#include <string.h>

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
dmp_document_person_dup_words (const DmpCdaPerson *person)
{
  g_autofree char *name = dmp_cda_person_dup_display (person);
  GString *out = g_string_new (name);
  const char *telecom = person->telecom;

  if (person->code != NULL)
    add_line (out, dmp_code_get_display (person->code));
  add_line (out, person->organisation);
  if (telecom != NULL && g_str_has_prefix (telecom, "tel:"))
    add_line (out, telecom + strlen ("tel:"));
  else if (telecom != NULL && g_str_has_prefix (telecom, "mailto:"))
    add_line (out, telecom + strlen ("mailto:"));

  return g_string_free (out, FALSE);
}
