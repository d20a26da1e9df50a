#include "config.h"

#include "dmp-pkcs11.h"

#include "dmp-card-error-private.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OFFICIAL_MODULE "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so"
#define SLOTS_MAX 64
#define OBJECTS_MAX 256             /* a CPS has about thirty */
#define ATTRIBUTE_ROOM (4 * 1024UL) /* a certificate has about 2 KB */
#define ATTRIBUTE_MAX (64 * 1024UL)

struct _DmpPkcs11
{
  void *library;
  CK_FUNCTION_LIST *functions;
  gboolean initialised;
  CK_SLOT_ID slot;
  CK_SESSION_HANDLE session;
};

const char *
dmp_pkcs11_default_module (void)
{
  return g_file_test (OFFICIAL_MODULE, G_FILE_TEST_IS_REGULAR) ? OFFICIAL_MODULE : OPENSC_MODULE;
}

/* Root's or ours, and not writable by everybody (a folder such as /tmp is not trusted). Groups are:
 * Debian's /usr/local belongs to one. In a user namespace root has another number: that of the
 * owner of "/". */
static gboolean
is_ours (const char *path, mode_t type)
{
  struct stat root, status;

  return stat ("/", &root) == 0 && stat (path, &status) == 0 && (status.st_mode & S_IFMT) == type &&
         (status.st_mode & S_IWOTH) == 0 &&
         (status.st_uid == 0 || status.st_uid == root.st_uid || status.st_uid == geteuid ());
}

char *
dmp_pkcs11_resolve_module (const char *module, GError **error)
{
  g_autofree char *path = NULL, *folder = NULL;
  char *resolved = g_path_is_absolute (module) ? realpath (module, NULL) : NULL;
  gboolean good;

  if (resolved == NULL)
    {
      dmp_card_error_set_text (error, DMP_CARD_ERROR_MODULE,
                               _ ("Le pilote de carte « %s » est introuvable. Vérifiez son "
                                  "chemin complet dans les paramètres."),
                               module);
      return NULL;
    }

  path = g_strdup (resolved);
  free (resolved);
  folder = g_path_get_dirname (path);
  good = is_ours (path, S_IFREG) && is_ours (folder, S_IFDIR);
  while (good && strcmp (folder, "/") != 0)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
      good = is_ours (folder, S_IFDIR);
    }
  if (!good)
    {
      dmp_card_error_set_text (error, DMP_CARD_ERROR_MODULE,
                               _ ("Le pilote de carte « %s » n’a pas été chargé : d’autres "
                                  "utilisateurs peuvent le modifier. Prévenez votre support "
                                  "informatique."),
                               module);
      return NULL;
    }
  return g_steal_pointer (&path);
}

static gboolean
load (DmpPkcs11 *self, const char *module, GError **error)
{
  CK_C_GetFunctionList get_list;
  CK_C_INITIALIZE_ARGS args = { .flags = CKF_OS_LOCKING_OK };
  CK_RV rv;

  /* Kept for the life of the process: unloading a library that starts threads is unsafe. */
  self->library = dlopen (module, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (self->library == NULL)
    {
      g_debug ("card: %s", dlerror ());
      return dmp_card_error_set (error, DMP_CARD_ERROR_MODULE);
    }

  get_list = (CK_C_GetFunctionList) dlsym (self->library, "C_GetFunctionList");
  if (get_list == NULL || get_list (&self->functions) != CKR_OK || self->functions == NULL)
    return dmp_card_error_set (error, DMP_CARD_ERROR_MODULE);

  rv = self->functions->C_Initialize (&args);
  if (rv != CKR_OK)
    return dmp_card_error_set_pkcs11 (error, rv);

  self->initialised = TRUE;
  return TRUE;
}

/* The slot's description is the reader's name, cut or padded with blanks to 64 bytes. */
static gboolean
is_reader (const CK_SLOT_INFO *info, const char *reader)
{
  gsize len = strnlen (reader, sizeof info->slotDescription);

  if (memcmp (info->slotDescription, reader, len) != 0)
    return FALSE;

  for (gsize i = len; i < sizeof info->slotDescription; i++)
    if (info->slotDescription[i] != ' ' && info->slotDescription[i] != '\0')
      return FALSE;
  return TRUE;
}

/* A module that names its slots otherwise is believed when it sees one token only. */
static CK_RV
find_slot (DmpPkcs11 *self, const char *reader)
{
  CK_SLOT_ID slots[SLOTS_MAX];
  CK_ULONG n = G_N_ELEMENTS (slots);
  CK_RV rv = self->functions->C_GetSlotList (CK_TRUE, slots, &n);

  if (rv != CKR_OK)
    return rv;

  for (CK_ULONG i = 0; i < n; i++)
    {
      CK_SLOT_INFO info;

      if (self->functions->C_GetSlotInfo (slots[i], &info) == CKR_OK && is_reader (&info, reader))
        {
          self->slot = slots[i];
          return CKR_OK;
        }
    }
  if (n != 1)
    return CKR_TOKEN_NOT_PRESENT;

  self->slot = slots[0];
  return CKR_OK;
}

static CK_RV
open_session (DmpPkcs11 *self)
{
  return self->functions->C_OpenSession (self->slot, CKF_SERIAL_SESSION, NULL, NULL,
                                         &self->session);
}

DmpPkcs11 *
dmp_pkcs11_open (const char *module, const char *reader, GError **error)
{
  g_autoptr (DmpPkcs11) self = g_new0 (DmpPkcs11, 1);
  g_autofree char *path = dmp_pkcs11_resolve_module (module, error);
  CK_RV rv;

  if (path == NULL || !load (self, path, error))
    return NULL;

  rv = find_slot (self, reader);
  if (rv == CKR_OK)
    rv = open_session (self);
  if (rv != CKR_OK)
    {
      dmp_card_error_set_pkcs11 (error, rv);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
dmp_pkcs11_free (DmpPkcs11 *self)
{
  if (self == NULL)
    return;

  if (self->initialised)
    {
      self->functions->C_CloseAllSessions (self->slot);
      self->functions->C_Finalize (NULL);
    }
  if (self->library != NULL)
    dlclose (self->library);
  g_free (self);
}

CK_RV
dmp_pkcs11_login (DmpPkcs11 *self, const char *pin)
{
  return self->functions->C_Login (self->session, CKU_USER, (CK_UTF8CHAR *) pin, strlen (pin));
}

CK_RV
dmp_pkcs11_logout (DmpPkcs11 *self)
{
  CK_RV rv = self->functions->C_Logout (self->session);

  self->functions->C_CloseAllSessions (self->slot);
  return rv;
}

CK_RV
dmp_pkcs11_reopen (DmpPkcs11 *self) { return open_session (self); }

CK_RV
dmp_pkcs11_visit (DmpPkcs11 *self, CK_OBJECT_CLASS class, DmpPkcs11Visit visit, gpointer user_data)
{
  CK_ATTRIBUTE template[] = { { CKA_CLASS, &class, sizeof class } };
  CK_OBJECT_HANDLE objects[OBJECTS_MAX];
  CK_ULONG n = 0;
  CK_RV rv = self->functions->C_FindObjectsInit (self->session, template, 1);

  if (rv != CKR_OK)
    return rv;

  rv = self->functions->C_FindObjects (self->session, objects, OBJECTS_MAX, &n);
  self->functions->C_FindObjectsFinal (self->session);
  for (CK_ULONG i = 0; rv == CKR_OK && i < MIN (n, OBJECTS_MAX); i++)
    if (!visit (self, objects[i], user_data))
      break;
  return rv;
}

/* One call for most: OpenSC reads the card again to tell the length of a data object. */
GBytes *
dmp_pkcs11_read (DmpPkcs11 *self, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE attribute)
{
  for (CK_ULONG room = ATTRIBUTE_ROOM; room <= ATTRIBUTE_MAX; room *= 4)
    {
      g_autofree guint8 *data = g_malloc0 (room);
      CK_ATTRIBUTE wanted = { attribute, data, room };
      CK_RV rv = self->functions->C_GetAttributeValue (self->session, object, &wanted, 1);

      if (rv == CKR_BUFFER_TOO_SMALL)
        continue;
      if (rv != CKR_OK || wanted.ulValueLen == 0 || wanted.ulValueLen > room)
        return NULL;
      return g_bytes_new (data, wanted.ulValueLen);
    }
  return NULL;
}

typedef struct
{
  GBytes *id;
  CK_OBJECT_HANDLE found;
} KeySearch;

static gboolean
visit_key (DmpPkcs11 *self, CK_OBJECT_HANDLE object, gpointer user_data)
{
  KeySearch *search = user_data;
  g_autoptr (GBytes) id = dmp_pkcs11_read (self, object, CKA_ID);

  if (id == NULL || !g_bytes_equal (id, search->id))
    return TRUE;

  search->found = object;
  return FALSE;
}

CK_OBJECT_HANDLE
dmp_pkcs11_find_key (DmpPkcs11 *self, GBytes *id)
{
  KeySearch search = { id, DMP_PKCS11_NO_OBJECT };

  dmp_pkcs11_visit (self, CKO_PRIVATE_KEY, visit_key, &search);
  return search.found;
}

CK_RV
dmp_pkcs11_sign (DmpPkcs11 *self,
                 CK_OBJECT_HANDLE key,
                 const guint8 *data,
                 gsize len,
                 guint8 *signature,
                 gsize *signature_len)
{
  CK_MECHANISM mechanism = { CKM_RSA_PKCS, NULL, 0 };
  CK_ULONG room = *signature_len;
  CK_RV rv = self->functions->C_SignInit (self->session, &mechanism, key);

  if (rv == CKR_OK)
    rv = self->functions->C_Sign (self->session, (CK_BYTE *) data, len, signature, &room);
  if (rv == CKR_OK)
    *signature_len = MIN (room, *signature_len);
  return rv;
}
