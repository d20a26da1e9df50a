#include "config.h"

#include "dmp-signature-fact.h"
#include "dmp-trust.h"
#include "td/dmp-set-signature.h"

#include <glib/gi18n-lib.h>

void
dmp_signature_fact_free (DmpSignatureFact *self)
{
  if (self == NULL)
    return;
  g_free (self->unique_id);
  g_free (self->by);
  g_free (self->name);
  g_free (self->time);
  g_free (self->sentence);
  g_free (self);
}

const char *
dmp_signature_state_name (DmpSignatureState state)
{
  static const char *const names[] = {
    [DMP_SIGNATURE_NONE] = "none",
    [DMP_SIGNATURE_VALID] = "valid",
    [DMP_SIGNATURE_UNTRUSTED] = "untrusted",
    [DMP_SIGNATURE_INVALID] = "invalid",
  };

  return names[state];
}

static DmpSignatureFact *
invalid (DmpSignatureFact *self, const char *sentence)
{
  self->state = DMP_SIGNATURE_INVALID;
  self->sentence = g_strdup (sentence);
  return self;
}

static char *
dup_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return g_date_time_format (local, "%d/%m/%Y %H:%M");
}

/* @time: of signing */
static void
tell_signer (DmpSignatureFact *self, DmpTrust trust, GDateTime *time)
{
  g_autofree char *day = dup_day (time);
  const char *name = self->name != NULL ? self->name : "?";

  self->state = trust == DMP_TRUST_VALID ? DMP_SIGNATURE_VALID : DMP_SIGNATURE_UNTRUSTED;
  switch (trust)
    {
    case DMP_TRUST_VALID:
      self->sentence = g_strdup_printf (_ ("Signé par %s le %s, signature vérifiée."), name, day);
      break;
    case DMP_TRUST_UNKNOWN:
      self->sentence =
          g_strdup_printf (_ ("Signé le %s par quelqu’un qui dit être %s : aucune autorité n’est "
                              "réglée sur ce poste pour le vérifier."),
                           day, name);
      break;
    case DMP_TRUST_EXPIRED:
      self->sentence =
          g_strdup_printf (_ ("Signé par %s le %s, avec un certificat qui n’était pas valable à "
                              "cette date."),
                           name, day);
      break;
    case DMP_TRUST_STRANGER:
    default:
      self->sentence =
          g_strdup_printf (_ ("Signé le %s par quelqu’un qui dit être %s : aucune autorité connue "
                              "de ce poste ne le certifie."),
                           day, name);
      break;
    }
}

static DmpSignatureFact *
read_signer (DmpSignatureFact *self, const DmpSetSignature *signature, const char *ca_file)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (signature->time, utc);

  if (time == NULL)
    return invalid (self, _ ("La signature de l’envoi ne se vérifie pas."));
  self->time = g_strdup (signature->time);
  self->by = dmp_trust_dup_holder (signature->certificate);
  self->name = dmp_trust_dup_name (signature->certificate);
  tell_signer (self, dmp_trust_check (ca_file, signature->certificate, g_date_time_to_unix (time)),
               time);
  return self;
}

DmpSignatureFact *
dmp_signature_fact_new (const char *unique_id,
                        GBytes *bytes,
                        const char *signature_id,
                        GBytes *signature,
                        const char *ca_file)
{
  DmpSignatureFact *self = g_new0 (DmpSignatureFact, 1);
  g_autoptr (DmpSetSignature) read = NULL;
  g_autoptr (GError) error = NULL;

  self->unique_id = g_strdup (signature_id);
  if (signature == NULL)
    {
      if (signature_id != NULL)
        return invalid (self, _ ("La signature de l’envoi n’a pas pu être lue. Réessayez."));
      self->sentence = g_strdup (_ ("Sans signature que vous puissiez consulter."));
      return self;
    }
  if (bytes == NULL)
    return invalid (self, _ ("Le document n’a pas pu être comparé à sa signature. Réessayez."));
  read = dmp_set_signature_read (signature, &error);
  if (read == NULL)
    return invalid (self, error->message);
  switch (dmp_set_signature_covers (read, unique_id, bytes))
    {
    case DMP_SET_SIGNATURE_SAME:
      return read_signer (self, read, ca_file);
    case DMP_SET_SIGNATURE_OTHER:
      return invalid (self, _ ("Ce document n’est pas celui qui a été signé. Ne vous y fiez pas : "
                               "prévenez son auteur."));
    case DMP_SET_SIGNATURE_ABSENT:
    default:
      return invalid (self, _ ("La signature de l’envoi ne porte pas sur ce document."));
    }
}
