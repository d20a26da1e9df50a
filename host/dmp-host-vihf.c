#include "config.h"

#include "dmp-host-vihf.h"

#include "dmp-host-error.h"
#include "dmp-host-soap.h"
#include "dmp-host-vihf-read.h"
#include "dmp-host-xmldsig.h"
#include "xml/dmp-xml.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

/* Doctors and pharmacists act in a speciality (vihf.md §2). */
static const char *const with_speciality[] = { "10", "21" };

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INVALID_VIHF, text);
  return FALSE;
}

const char *
dmp_host_purpose_name (DmpHostPurpose purpose)
{
  static const char *const names[] = { "normal", "centre_15", "bris_de_glace" };

  return (guint) purpose < G_N_ELEMENTS (names) ? names[purpose] : "?";
}

static guint
count_assertions (xmlNode *node)
{
  guint n = 0;

  for (xmlNode *at = node; at != NULL; at = at->next)
    if (at->type == XML_ELEMENT_NODE)
      n += (strcmp ((const char *) at->name, "Assertion") == 0) + count_assertions (at->children);
  return n;
}

/* Header/Security/Assertion, and no other in the whole message. */
static xmlNode *
find_assertion (xmlNode *header, GError **error)
{
  xmlNode *security = dmp_xml_child (header, DMP_HOST_NS_WSSE, "Security");
  xmlNode *assertion = dmp_xml_child (security, DMP_HOST_NS_SAML2, "Assertion");

  if (assertion == NULL)
    refuse (error, "Aucun VIHF dans le message");
  else if (dmp_xml_next (security, DMP_HOST_NS_WSSE, "Security") != NULL ||
           count_assertions (xmlDocGetRootElement (header->doc)) != 1)
    refuse (error, "Plusieurs VIHF dans le message");
  else
    return assertion;
  return NULL;
}

static gboolean
check_time (const DmpHostVihfContext *context, const DmpHostVihf *vihf, GError **error)
{
  if (vihf->issued > context->now + DMP_HOST_VIHF_WINDOW)
    return refuse (error, "VIHF émis dans le futur");
  if (vihf->issued < context->now - DMP_HOST_VIHF_WINDOW || context->now >= vihf->until)
    return refuse (error, "VIHF expiré");
  return TRUE;
}

/* The card that signs is the card of the connection; the same holds for a structure. */
static gboolean
check_binding (const DmpHostVihfContext *context,
               const DmpHostVihf *vihf,
               const DmpHostIdentity *signer,
               GError **error)
{
  const DmpHostIdentity *peer = context->peer;
  gboolean organisation = signer->holder == DMP_HOST_HOLDER_ORGANISATION;

  if (signer->holder != peer->holder || organisation != (vihf->auth != DMP_HOST_AUTH_DIRECT))
    return refuse (error, "Mode d'authentification et certificat ne vont pas ensemble");
  if (organisation)
    return (strcmp (signer->structure, peer->structure) == 0 &&
            strcmp (signer->structure, vihf->structure) == 0) ||
           refuse (error, "Erreur d'authentification de la personne morale");
  if (strcmp (signer->id, vihf->name_id) != 0 || strcmp (peer->id, vihf->name_id) != 0)
    return refuse (error,
                   "Le VIHF, sa signature et la connexion ne désignent pas la même personne");
  if (signer->holder == DMP_HOST_HOLDER_STAFF && strcmp (signer->structure, vihf->structure) != 0)
    return refuse (error, "PS et Structure non liés");
  return signer->profession == NULL || strcmp (signer->profession, vihf->profession) == 0 ||
         refuse (error, "La profession du VIHF n'est pas celle du certificat");
}

static gboolean
check_directory (const DmpHostVihfContext *context, const DmpHostVihf *vihf, GError **error)
{
  g_auto (DmpHostProfessional) known = { 0 };
  DmpHostStoreResult result;

  if (context->ops->structure_find (context->store, vihf->structure) != DMP_HOST_STORE_OK)
    return refuse (error, "Structure introuvable ou Inactive");
  if (vihf->auth != DMP_HOST_AUTH_DIRECT && strchr (vihf->name_id, '/') != NULL)
    return (g_str_has_prefix (vihf->name_id, vihf->structure) &&
            vihf->name_id[strlen (vihf->structure)] == '/') ||
           refuse (error, "PS et Structure non liés");
  result = context->ops->practice_find (context->store, vihf->name_id, vihf->structure);
  if (result != DMP_HOST_STORE_OK ||
      context->ops->professional_find (context->store, vihf->name_id, &known) != DMP_HOST_STORE_OK)
    return refuse (error, "PS et Structure non liés");
  if (vihf->holder == DMP_HOST_HOLDER_STAFF)
    return TRUE;
  return (strcmp (known.profession, vihf->profession) == 0 &&
          (*known.speciality == '\0' || strcmp (known.speciality, vihf->speciality) == 0)) ||
         refuse (error, "Le rôle du VIHF n'est pas celui de l'annuaire");
}

static gboolean
check_speciality (const DmpHostVihf *vihf, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (with_speciality); i++)
    if (strcmp (vihf->profession, with_speciality[i]) == 0 && *vihf->speciality == '\0')
      return refuse (error, "Aucune spécialité dans le vihf");
  return TRUE;
}

static gboolean
check_reuse (const DmpHostVihfContext *context, const DmpHostVihf *vihf, GError **error)
{
  if (!context->single_use)
    return TRUE;
  return context->ops->assertion_use (context->store, vihf->id, context->now,
                                      context->now + 2 * DMP_HOST_VIHF_WINDOW) ==
             DMP_HOST_STORE_OK ||
         refuse (error, "VIHF déjà utilisé");
}

DmpHostVihf *
dmp_host_vihf_verify (const DmpHostVihfContext *context, xmlNode *header, GError **error)
{
  xmlNode *assertion = find_assertion (header, error);
  g_autoptr (X509) certificate = NULL;
  g_autoptr (DmpHostIdentity) signer = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DmpHostVihf) vihf = NULL;
  g_autofree char *issuer = NULL;

  if (assertion == NULL)
    return NULL;
  certificate = dmp_host_xmldsig_certificate (assertion, error);
  if (certificate == NULL)
    return NULL;
  signer =
      dmp_host_pki_check (context->pki, certificate, DMP_HOST_DUTY_SIGNATURE, context->now, error);
  if (signer == NULL)
    return NULL;
  bytes = dmp_host_xmldsig_verify (assertion, "ID", certificate, error);
  if (bytes == NULL)
    return NULL;
  vihf = dmp_host_vihf_read (bytes, &issuer, error);
  if (vihf == NULL)
    return NULL;
  vihf->holder = signer->holder;
  if (!dmp_host_dn_matches (issuer, certificate))
    {
      refuse (error, "Issuer n'est pas le nom du certificat de signature");
      return NULL;
    }
  if (!check_time (context, vihf, error) || !check_binding (context, vihf, signer, error) ||
      !check_speciality (vihf, error) || !check_directory (context, vihf, error) ||
      !check_reuse (context, vihf, error))
    return NULL;
  return g_steal_pointer (&vihf);
}
