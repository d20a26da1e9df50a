#include "config.h"

#include "dmp-vihf.h"

typedef struct
{
  DmpVihf *vihf;
  gint64 born; /* monotonic microseconds */
} Entry;

struct _DmpVihfCache
{
  gint64 lifetime;     /* microseconds */
  GHashTable *entries; /* what it says to Entry */
  guint signed_count;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  dmp_vihf_unref (entry->vihf);
  g_free (entry);
}

DmpVihfCache *
dmp_vihf_cache_new (guint lifetime)
{
  DmpVihfCache *self = g_new0 (DmpVihfCache, 1);

  self->lifetime = (gint64) lifetime * G_USEC_PER_SEC;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);

  return self;
}

void
dmp_vihf_cache_free (DmpVihfCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

void
dmp_vihf_cache_clear (DmpVihfCache *self)
{
  g_hash_table_remove_all (self->entries);
}

guint
dmp_vihf_cache_get_signed (const DmpVihfCache *self)
{
  return self->signed_count;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* All that an assertion says and that can change within a session. */
static char *
dup_key (const DmpVihfParams *params)
{
  DmpPatient *patient = params->patient;
  DmpSituation *situation = params->situation;

  return g_strdup_printf (
      "%d\n%d\n%d\n%s\n%s\n%s\n%s\n%s", params->authentication, params->mode, params->secret,
      or_empty (dmp_practitioner_get_national_id (params->practitioner)),
      or_empty (situation != NULL ? dmp_situation_get_structure_id (situation) : NULL),
      or_empty (situation != NULL ? dmp_situation_get_sector (situation) : NULL),
      or_empty (patient != NULL ? dmp_patient_get_ins (patient) : NULL),
      or_empty (patient != NULL ? dmp_patient_get_ins_oid (patient) : NULL));
}

static gboolean
is_stale (gpointer key, gpointer value, gpointer oldest)
{
  const Entry *entry = value;

  return entry->born <= *(const gint64 *) oldest;
}

DmpVihf *
dmp_vihf_cache_get (DmpVihfCache *self,
                    const DmpVihfParams *params,
                    const DmpXmlSigner *signer,
                    GError **error)
{
  gint64 now = g_get_monotonic_time ();
  gint64 oldest = now - self->lifetime;
  g_autofree char *key = dup_key (params);
  DmpVihf *vihf;
  Entry *entry;

  g_hash_table_foreach_remove (self->entries, is_stale, &oldest);
  entry = g_hash_table_lookup (self->entries, key);
  if (entry != NULL)
    return dmp_vihf_ref (entry->vihf);

  vihf = dmp_vihf_new (params, signer, error);
  if (vihf == NULL)
    return NULL;

  self->signed_count++;
  if (self->lifetime > 0)
    {
      entry = g_new (Entry, 1);
      *entry = (Entry){ dmp_vihf_ref (vihf), now };
      g_hash_table_insert (self->entries, g_steal_pointer (&key), entry);
    }

  return vihf;
}
