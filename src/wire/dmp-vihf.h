#pragma once

#include "model/dmp-access.h"
#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"
#include "xml/dmp-xml-signature.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The VIHF 3.0: the signed SAML 2.0 assertion that every request carries (TD0.1). Who speaks, from
 * where, of which patient, in which access mode. */

typedef enum
{
  DMP_VIHF_DIRECT,             /* signed by the holder's own card */
  DMP_VIHF_INDIRECT,           /* by the structure's certificate */
  DMP_VIHF_INDIRECT_REINFORCED /* AIR */
} DmpVihfAuthentication;

typedef struct
{
  DmpVihfAuthentication authentication;
  DmpPractitioner *practitioner; /* a CPE without profession speaks as medical secretary (J48) */
  DmpSituation *situation;
  DmpPatient *patient; /* (nullable): transactions without a patient (TD0.4, TD0.5) */
  DmpAccessMode mode;
  gboolean secret;              /* connexion secrète of a minor (EX_0.1-1100) */
  const char *software_id;      /* LPS_ID (nullable) */
  const char *software_name;    /* LPS_Nom */
  const char *software_version; /* LPS_Version */
  const char *homologation;     /* LPS_ID_HOMOLOGATION_DMP: never shown, never logged */
  GDateTime *authenticated;     /* AuthnInstant: when the person gave the PIN */
  GDateTime *issued;            /* (nullable): IssueInstant; NULL: now */
  const char *authn_class;      /* (nullable): NULL: SmartcardPKI (direct), Password (indirect) */
} DmpVihfParams;

/* One signed assertion; reference-counted, immutable. */
typedef struct _DmpVihf DmpVihf;

/* Builds and signs: one signature of @signer (a card: about a second).
 * @signer: its certificate must be a signature certificate, not an authentication one: the DMP
 *   refuses the other (DMPInvalidCertificate)
 * @error: %DMP_ERROR_USAGE: doctor or pharmacist without speciality, patient without INS, no
 *   structure; %DMP_ERROR_SIGNATURE: not a signature certificate; or what the signer says
 * Returns: (transfer full) (nullable) */
DmpVihf *dmp_vihf_new (const DmpVihfParams *params, const DmpXmlSigner *signer, GError **error);

DmpVihf *dmp_vihf_ref (DmpVihf *self);
void dmp_vihf_unref (DmpVihf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpVihf, dmp_vihf_unref)

/* Returns: (transfer none): saml2:Assertion; do not change it */
xmlNode *dmp_vihf_get_assertion (const DmpVihf *self);

/* Subject of @certificate as the DMP writes an Issuer: RFC 2253 (last RDN first), multi-valued RDN
 * joined by "+", surname and given name by number and hexadecimal DER. Returns: (transfer full) */
char *dmp_vihf_dup_issuer (X509 *certificate);

/* --- Reuse: one assertion for each (patient, mode, situation) --------------------------------- */

/* Not locked: belongs to the worker that signs. */
typedef struct _DmpVihfCache DmpVihfCache;

/* @lifetime: seconds an assertion is used again; 0: a new one each time. Whether the real host
 * accepts reuse is unknown, hence a setting. Returns: (transfer full) */
DmpVihfCache *dmp_vihf_cache_new (guint lifetime);
void dmp_vihf_cache_free (DmpVihfCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpVihfCache, dmp_vihf_cache_free)

/* A fresh enough assertion for @params, signed now if there is none. Errors as dmp_vihf_new().
 * Returns: (transfer full) (nullable) */
DmpVihf *dmp_vihf_cache_get (DmpVihfCache *self,
                             const DmpVihfParams *params,
                             const DmpXmlSigner *signer,
                             GError **error);

/* Forgets all: end of a session, or a fault about the assertion. */
void dmp_vihf_cache_clear (DmpVihfCache *self);

/* Returns: how many assertions have been signed, for the counts of card signatures */
guint dmp_vihf_cache_get_signed (const DmpVihfCache *self);

G_END_DECLS
