#include "config.h"

#include "dmp-host-codes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is shown of the host's own words. */
#define MAX_TEXT_CHARS 240
#define MAX_CODE_CHARS 80

typedef struct
{
  const char *code;
  DmpErrorCode error;
  const char *sentence;
} Row;

#define NO_RECORD N_ ("Ce patient n’a pas de DMP.")
#define UNAVAILABLE N_ ("Le DMP est momentanément indisponible. Réessayez dans quelques minutes.")
#define HOST_TROUBLE                                                                                \
  N_ ("Le DMP a rencontré une erreur interne. Réessayez dans quelques minutes ; si cela dure, " \
      "prévenez votre informaticien.")
#define OUR_MISTAKE                                                                                \
  N_ ("Le DMP n’accepte pas la forme de la demande. Prévenez votre informaticien.")
#define BAD_METADATA                                                                                   \
  N_ ("Le DMP a refusé le document : sa description est incomplète ou erronée. Le document n’a " \
      "pas été enregistré.")
#define CHANGED_MEANWHILE                                                                          \
  N_ ("Le document a été modifié entre-temps dans le DMP. Actualisez la liste puis recommencez.")

/* Sources: codes seen on the wire, IHE ITI TF-3 table 4.2.4.1-2, and those of the reference host
 * (protocol notes, errors §2 and §3). Sorted: looked up by bisection. */
static const Row rows[] = {
  { "DMPAccessDeniedByRightsService", DMP_ERROR_FORBIDDEN,
    N_ ("Votre profil ne permet pas cette action.") },
  { "DMPAuthorizationDenied", DMP_ERROR_BLOCKED_BY_PATIENT,
    N_ ("Le patient vous a bloqué l’accès à son DMP.") },
  { "DMPAuthorizationRequired", DMP_ERROR_NOT_AUTHORISED,
    N_ ("Vous n’avez pas encore accès à ce DMP. Le patient vous autorise-t-il à le consulter ?") },
  { "DMPBadRequest", DMP_ERROR_FAULT, OUR_MISTAKE },
  { "DMPClosed", DMP_ERROR_RECORD_CLOSED, N_ ("Le DMP de ce patient est fermé.") },
  { "DMPEmergencyAccessDenied", DMP_ERROR_FORBIDDEN,
    N_ ("Le patient s’est opposé à l’accès en urgence à son DMP.") },
  { "DMPFound", DMP_ERROR_FAULT, N_ ("Ce patient a déjà un DMP ouvert. Rien n’a été changé.") },
  { "DMPInternalError", DMP_ERROR_FAULT, HOST_TROUBLE },
  { "DMPInvalidCertificate", DMP_ERROR_FAULT,
    N_ ("Le certificat de signature de votre carte n’est pas accepté par le DMP. Vérifiez que la "
        "carte est en cours de validité.") },
  { "DMPInvalidSignature", DMP_ERROR_FAULT,
    N_ ("Le DMP n’a pas reconnu la signature de votre carte. Retirez la carte, remettez-la et "
        "recommencez ; si cela dure, prévenez votre informaticien.") },
  { "DMPInvalidVIHF", DMP_ERROR_FAULT,
    N_ ("Le DMP n’a pas accepté votre identification. Vérifiez l’heure de ce poste, puis "
        "retirez et remettez votre carte.") },
  { "DMPNotFound", DMP_ERROR_NO_RECORD, NO_RECORD },
  { "DMPPatientAccessAlreadyExists", DMP_ERROR_FAULT,
    N_ ("Ce patient a déjà un accès internet à son DMP. Rien n’a été changé.") },
  { "DMPPatientAccessOTPAlreadyExists", DMP_ERROR_FAULT,
    N_ ("Cette adresse ou ce numéro est déjà enregistré pour ce patient. Rien n’a été changé.") },
  { "InvalidDocumentContent", DMP_ERROR_FAULT,
    N_ ("Le DMP a refusé le contenu du document. Le document n’a pas été enregistré.") },
  { "XDSDocumentUniqueIdError", DMP_ERROR_NOT_FOUND,
    N_ ("Ce document n’est plus dans le DMP, ou vous n’y avez pas accès.") },
  { "XDSDuplicateUniqueIdInRegistry", DMP_ERROR_DUPLICATE,
    N_ ("Ce document est déjà dans le dossier. Il n’a pas été renvoyé.") },
  { "XDSExtraMetadataNotSaved", DMP_ERROR_FAULT,
    N_ ("Le DMP a enregistré le document sans une partie de sa description.") },
  { "XDSMetadataIdentifierError", DMP_ERROR_FAULT, OUR_MISTAKE },
  { "XDSMetadataUpdateError", DMP_ERROR_FAULT, CHANGED_MEANWHILE },
  { "XDSMetadataVersionError", DMP_ERROR_FAULT, CHANGED_MEANWHILE },
  { "XDSMissingDocument", DMP_ERROR_FAULT, BAD_METADATA },
  { "XDSMissingDocumentMetadata", DMP_ERROR_FAULT, BAD_METADATA },
  { "XDSNonIdenticalHash", DMP_ERROR_DUPLICATE,
    N_ ("Un autre document porte déjà cet identifiant dans le dossier. Le vôtre n’a pas été "
        "enregistré.") },
  { "XDSPatientIdDoesNotMatch", DMP_ERROR_WRONG_PATIENT,
    N_ ("Le patient de la demande n’est pas celui du dossier ouvert. Rien n’a été enregistré ; "
        "rouvrez le dossier du patient.") },
  { "XDSRegistryBusy", DMP_ERROR_FAULT, UNAVAILABLE },
  { "XDSRegistryError", DMP_ERROR_FAULT, HOST_TROUBLE },
  { "XDSRegistryMetadataError", DMP_ERROR_FAULT, BAD_METADATA },
  { "XDSRegistryNotAvailable", DMP_ERROR_FAULT, UNAVAILABLE },
  { "XDSRegistryOutOfResources", DMP_ERROR_FAULT, UNAVAILABLE },
  { "XDSReplaceFailed", DMP_ERROR_FAULT,
    N_ ("Le document à remplacer n’est plus la version en cours. Actualisez la liste puis "
        "recommencez.") },
  { "XDSRepositoryBusy", DMP_ERROR_FAULT, UNAVAILABLE },
  { "XDSRepositoryError", DMP_ERROR_FAULT, HOST_TROUBLE },
  { "XDSRepositoryMetadataError", DMP_ERROR_FAULT, BAD_METADATA },
  { "XDSRepositoryOutOfResources", DMP_ERROR_FAULT, UNAVAILABLE },
  { "XDSStoredQueryMissingParam", DMP_ERROR_FAULT, OUR_MISTAKE },
  { "XDSStoredQueryParamNumber", DMP_ERROR_FAULT, OUR_MISTAKE },
  { "XDSTooManyResults", DMP_ERROR_FAULT,
    N_ ("Le dossier contient trop de documents pour une seule recherche. Restreignez-la par date "
        "ou par type.") },
  { "XDSUnknownPatientId", DMP_ERROR_NO_RECORD, NO_RECORD },
  { "XDSUnknownRepositoryId", DMP_ERROR_NOT_FOUND,
    N_ ("Le DMP ne sait plus où ce document est rangé. Actualisez la liste puis recommencez.") },
  { "XDSUnknownStoredQuery", DMP_ERROR_FAULT, OUR_MISTAKE },
};

static const Row *
find_row (const char *code)
{
  gsize low = 0;
  gsize high = G_N_ELEMENTS (rows);

  while (code != NULL && low < high)
    {
      gsize middle = (low + high) / 2;
      int order = strcmp (code, rows[middle].code);

      if (order == 0)
        return &rows[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/* Printable characters of @text on one line, the first @max of them: nothing that turns the
 * reading direction or hides. */
static char *
dup_shown (const char *text, guint max)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < max; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        c = ' ';
      if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (out, c);
      if (n + 1 == max)
        g_string_append (out, "…");
    }

  return g_strstrip (g_string_free (out, FALSE));
}

void
dmp_host_code_set_error (GError **error, const char *code, const char *text)
{
  const Row *row = find_row (code);
  g_autofree char *shown_code = dup_shown (code, MAX_CODE_CHARS);
  g_autofree char *shown_text = dup_shown (text, MAX_TEXT_CHARS);
  g_autofree char *tail = NULL;

  if (*shown_code != '\0' && *shown_text != '\0')
    tail = g_strdup_printf (_ ("(%s : « %s »)"), shown_code, shown_text);
  else if (*shown_text != '\0')
    tail = g_strdup_printf (_ ("(« %s »)"), shown_text);
  else
    tail = g_strdup_printf ("(%s)", *shown_code != '\0' ? shown_code : _ ("sans code"));

  dmp_error_set_host (error, dmp_host_code_get_error (code), code, "%s %s",
                      row != NULL ? _ (row->sentence) : _ ("Le DMP a refusé la demande."), tail);
}

DmpErrorCode
dmp_host_code_get_error (const char *code)
{
  const Row *row = find_row (code);

  return row != NULL ? row->error : DMP_ERROR_FAULT;
}

gboolean
dmp_host_code_is_known (const char *code)
{
  return find_row (code) != NULL;
}

gboolean
dmp_host_code_is_ok (const char *code)
{
  return g_strcmp0 (code, "DMPOk") == 0 || g_strcmp0 (code, "DMPOK") == 0;
}
