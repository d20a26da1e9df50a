#include "config.h"

#include "dmp-config.h"

#include "dmp-access-words.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One row a setting: a new one is added here and gets its getter below. */
typedef enum
{
  HOST_URL,
  HOST_CA,
  CONNECT_TIMEOUT,
  RESPONSE_TIMEOUT,
  INS_OID,
  CARD_MODULE,
  CARD_PLACE,
  SOFTWARE_NAME,
  SOFTWARE_VERSION,
  SOFTWARE_ID,
  SOFTWARE_OID,
  HOMOLOGATION,
  ASSERTION_LIFETIME,
  IDLE_LOCK,
  BATCH_SIZE,
  RESEND_DELAY,
  RECEIPT_DAYS,
  RETRY_INTERVAL,
  SIGN_SUBMISSIONS,
  SIGNATURE_CA,
  CHECK_ALLERGIES,
  CHECK_INTERACTIONS,
  CHECK_MONITORING,
  CLOSED_CLASSES,
  N_KEYS
} Key;

static const struct
{
  const char *group;
  const char *name;
  const char *fallback;
  guint max; /* of a number; 0: the value is a text */
} keys[N_KEYS] = {
  [HOST_URL] = { "host", "url", "", 0 },
  [HOST_CA] = { "host", "ca", "", 0 },
  [CONNECT_TIMEOUT] = { "host", "connect-timeout", "10", 120 },
  [RESPONSE_TIMEOUT] = { "host", "response-timeout", "60", 600 },
  [INS_OID] = { "patient", "ins-oid", "1.2.250.1.213.1.4.8", 0 },
  [CARD_MODULE] = { "card", "module", "", 0 },
  [CARD_PLACE] = { "card", "place", "", 0 },
  [SOFTWARE_NAME] = { "software", "name", "Caducée", 0 },
  [SOFTWARE_VERSION] = { "software", "version", PACKAGE_VERSION, 0 },
  [SOFTWARE_ID] = { "software", "id", "0", 0 },
  [SOFTWARE_OID] = { "software", "oid", "", 0 },
  [HOMOLOGATION] = { "software", "homologation", "", 0 },
  [ASSERTION_LIFETIME] = { "session", "assertion-lifetime", "600", 3600 },
  [IDLE_LOCK] = { "session", "idle-lock", "600", 86400 },
  [BATCH_SIZE] = { "session", "batch-size", "16", 16 },
  [RESEND_DELAY] = { "outbox", "resend-delay", "60", 3600 },
  [RECEIPT_DAYS] = { "outbox", "receipt-days", "90", 3660 },
  [RETRY_INTERVAL] = { "outbox", "retry-interval", "60", 3600 },
  [SIGN_SUBMISSIONS] = { "signature", "submissions", "1", 1 },
  [SIGNATURE_CA] = { "signature", "ca", "", 0 },
  [CHECK_ALLERGIES] = { "checks", "allergies", "1", 1 },
  [CHECK_INTERACTIONS] = { "checks", "interactions", "0", 1 },
  [CHECK_MONITORING] = { "checks", "monitoring", "1", 1 },
  [CLOSED_CLASSES] = { "access", "closed-classes", "", 0 },
};

struct _DmpConfig
{
  gatomicrefcount refs;
  char *texts[N_KEYS];
  guint numbers[N_KEYS];
};

static gboolean
invalid (GError **error, const char *group, const char *name)
{
  g_set_error (
      error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
      _ ("Le réglage « %s » de la section « %s » n’est pas valable. Corrigez-le dans le fichier de "
         "réglages."),
      name, group);
  return FALSE;
}

static gboolean
check_value (Key key, const char *text, guint *number)
{
  guint64 value = 0;

  if (keys[key].max > 0)
    {
      if (!g_ascii_string_to_unsigned (text, 10, 0, keys[key].max, &value, NULL))
        return FALSE;
      *number = (guint) value;
      return key != BATCH_SIZE || value > 0;
    }
  if (key == HOST_URL)
    return *text == '\0' || g_str_has_prefix (text, "https://");
  return key != CLOSED_CLASSES || dmp_access_words_check (text);
}

static gboolean
take_values (DmpConfig *self, GKeyFile *file, GError **error)
{
  for (Key key = 0; key < N_KEYS; key++)
    {
      g_autofree char *text = g_key_file_get_string (file, keys[key].group, keys[key].name, NULL);

      if (text == NULL)
        continue;
      g_strstrip (text);
      if (key == HOST_URL && g_str_has_suffix (text, "/"))
        text[strlen (text) - 1] = '\0';
      if (!g_utf8_validate (text, -1, NULL) || !check_value (key, text, &self->numbers[key]))
        return invalid (error, keys[key].group, keys[key].name);
      g_free (self->texts[key]);
      self->texts[key] = g_steal_pointer (&text);
    }
  return TRUE;
}

static gboolean
is_known (const char *group, const char *name)
{
  for (Key key = 0; key < N_KEYS; key++)
    if (g_str_equal (keys[key].group, group) && g_str_equal (keys[key].name, name))
      return TRUE;
  return FALSE;
}

/* A setting that nothing reads is a slip of the pen: the person believes that it counts. */
static gboolean
check_names (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        if (!is_known (groups[i], names[j]))
          {
            g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
                         _ ("Le réglage « %s » de la section « %s » est inconnu. Corrigez-le ou "
                            "ôtez-le du fichier "
                            "de réglages."),
                         names[j], groups[i]);
            return FALSE;
          }
    }
  return TRUE;
}

/* Returns: FALSE with @cause: no file, not text, or not an INI file */
static gboolean
load_file (GKeyFile *file, const char *path, GError **cause)
{
  g_autofree char *text = NULL;
  gsize len;

  if (!g_file_get_contents (path, &text, &len, cause))
    return FALSE;
  if (strlen (text) == len)
    return g_key_file_load_from_data (file, text, len, G_KEY_FILE_NONE, cause);
  g_set_error_literal (cause, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "a NUL byte");
  return FALSE;
}

/* A file that was named must be there; one looked for by habit may be missing. */
static gboolean
read_file (DmpConfig *self, const char *path, gboolean named, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;

  if (load_file (file, path, &cause))
    return check_names (file, error) && take_values (self, file, error);
  if (!named && g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  g_debug ("%s: %s", path, cause->message);
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_CONFIG,
               _ ("Le fichier de réglages « %s » ne peut pas être lu. Vérifiez qu’il existe et son "
                  "contenu."),
               path);
  return FALSE;
}

static DmpConfig *
new_with_fallbacks (void)
{
  DmpConfig *self = g_new0 (DmpConfig, 1);

  g_atomic_ref_count_init (&self->refs);
  for (Key key = 0; key < N_KEYS; key++)
    {
      self->texts[key] = g_strdup (keys[key].fallback);
      check_value (key, self->texts[key], &self->numbers[key]);
    }
  return self;
}

DmpConfig *
dmp_config_load (const char *path, const char *policy_path, GError **error)
{
  g_autoptr (DmpConfig) self = new_with_fallbacks ();
  g_autofree char *usual =
      g_build_filename (g_get_user_config_dir (), "caducee", "caducee.ini", NULL);
  const char *policy = policy_path != NULL ? policy_path : SYSCONFDIR "/caducee/policy.ini";

  if (!read_file (self, path != NULL ? path : usual, path != NULL, error) ||
      !read_file (self, policy, policy_path != NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

DmpConfig *
dmp_config_ref (DmpConfig *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dmp_config_unref (DmpConfig *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (Key key = 0; key < N_KEYS; key++)
    g_free (self->texts[key]);
  g_free (self);
}

#define TEXT_GETTER(name, KEY)                                                                     \
  const char *dmp_config_get_##name (DmpConfig *self) { return self->texts[KEY]; }
#define NUMBER_GETTER(name, KEY)                                                                   \
  guint dmp_config_get_##name (DmpConfig *self) { return self->numbers[KEY]; }

TEXT_GETTER (host_url, HOST_URL)
TEXT_GETTER (host_ca, HOST_CA)
NUMBER_GETTER (connect_timeout, CONNECT_TIMEOUT)
NUMBER_GETTER (response_timeout, RESPONSE_TIMEOUT)
TEXT_GETTER (ins_oid, INS_OID)
TEXT_GETTER (card_module, CARD_MODULE)
TEXT_GETTER (card_place, CARD_PLACE)
TEXT_GETTER (software_name, SOFTWARE_NAME)
TEXT_GETTER (software_version, SOFTWARE_VERSION)
TEXT_GETTER (software_id, SOFTWARE_ID)
TEXT_GETTER (closed_classes, CLOSED_CLASSES)
TEXT_GETTER (software_oid, SOFTWARE_OID)
TEXT_GETTER (homologation, HOMOLOGATION)
NUMBER_GETTER (assertion_lifetime, ASSERTION_LIFETIME)
NUMBER_GETTER (idle_lock, IDLE_LOCK)
NUMBER_GETTER (batch_size, BATCH_SIZE)
NUMBER_GETTER (resend_delay, RESEND_DELAY)
NUMBER_GETTER (receipt_days, RECEIPT_DAYS)
NUMBER_GETTER (retry_interval, RETRY_INTERVAL)
NUMBER_GETTER (sign_submissions, SIGN_SUBMISSIONS)
TEXT_GETTER (signature_ca, SIGNATURE_CA)

DmpChecks
dmp_config_get_checks (DmpConfig *self)
{
  return (self->numbers[CHECK_ALLERGIES] ? DMP_CHECK_ALLERGIES : 0) |
         (self->numbers[CHECK_INTERACTIONS] ? DMP_CHECK_INTERACTIONS : 0) |
         (self->numbers[CHECK_MONITORING] ? DMP_CHECK_MONITORING : 0);
}
