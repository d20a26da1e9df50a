#pragma once

#include "dmp-card-tlv.h"

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/* For pkcs11/ only: a PKCS#11 module, one of its tokens and one session with it. The calls are
 * chosen by what they cost on the card: OpenSC reads the token again at each C_GetTokenInfo (13
 * commands), so nothing here asks for it. */
typedef struct _DmpPkcs11 DmpPkcs11;

#define DMP_PKCS11_NO_OBJECT CK_INVALID_HANDLE

/* The module to use when the settings name none: the official one where it is installed.
 * Returns: (transfer none) */
const char *dmp_pkcs11_default_module (void);

/* Follows links. @module must be an absolute path to a regular file of root or of ours that not
 * everybody can write, as must be the folders above it: what is loaded sees the PIN.
 * Returns: (transfer full) (nullable): the real path. Errors: MODULE */
char *dmp_pkcs11_resolve_module (const char *module, GError **error);

/* Loads and initialises @module (it looks at all readers), opens a session with the token in
 * @reader. Returns: (transfer full). Errors: MODULE, BUSY (initialised by somebody else in this
 * process), REMOVED, WRONG_CARD, READ */
DmpPkcs11 *dmp_pkcs11_open (const char *module, const char *reader, GError **error);

/* Closes the session, finalises and unloads. */
void dmp_pkcs11_free (DmpPkcs11 *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpPkcs11, dmp_pkcs11_free)

/* C_Login (CKU_USER). Returns: CKR_OK or why not */
CK_RV dmp_pkcs11_login (DmpPkcs11 *self, const char *pin);

/* C_Logout, then all sessions closed. Returns: what C_Logout says; the sessions are closed anyway
 */
CK_RV dmp_pkcs11_logout (DmpPkcs11 *self);

/* A new session in place of the closed one. */
CK_RV dmp_pkcs11_reopen (DmpPkcs11 *self);

/* Called for each object of a class; a FALSE ends the search. */
typedef gboolean (*DmpPkcs11Visit) (DmpPkcs11 *self, CK_OBJECT_HANDLE object, gpointer user_data);

/* Visits the objects of @class that are visible now. */
CK_RV
dmp_pkcs11_visit (DmpPkcs11 *self, CK_OBJECT_CLASS class, DmpPkcs11Visit visit, gpointer user_data);

/* Returns: (transfer full) (nullable): the bytes of @attribute; NULL when there are none */
GBytes *dmp_pkcs11_read (DmpPkcs11 *self, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE attribute);

/* Returns: the private key whose CKA_ID is @id, or %DMP_PKCS11_NO_OBJECT */
CK_OBJECT_HANDLE dmp_pkcs11_find_key (DmpPkcs11 *self, GBytes *id);

/* C_SignInit and C_Sign with CKM_RSA_PKCS: @data is a DigestInfo.
 * @signature: room for @signature_len bytes; @signature_len: (inout) */
CK_RV dmp_pkcs11_sign (DmpPkcs11 *self,
                       CK_OBJECT_HANDLE key,
                       const guint8 *data,
                       gsize len,
                       guint8 *signature,
                       gsize *signature_len);

G_END_DECLS
