#include "config.h"

#include "dmp-vitale-private.h"

#include "dmp-card-error-private.h"
#include "dmp-card-watch.h"
#include "dmp-pcsc.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Public knowledge on the Vitale 2 (two open-source readers, no published specification): the
 * identities are in the file 02 of the MF, the numbers in the file 02 of the application VITALE,
 * one object 65 a person, in the same order. */
#define TAG_PERSON 0x65
#define TAG_FAMILY 0x80
#define TAG_GIVEN 0x81
#define TAG_BIRTH_DATE 0x82
#define TAG_NIR 0x93
#define PERSONS_MAX 32 /* the paper of a family has at most 19 */
#define NIR_LEN 15
#define FILE_MAX 8192

void
dmp_vitale_beneficiary_free (DmpVitaleBeneficiary *self)
{
  if (self == NULL)
    return;

  g_free (self->family);
  g_free (self->given);
  g_free (self->birth_date);
  g_free (self->nir);
  g_free (self);
}

guint
dmp_vitale_nir_key (const char *nir)
{
  guint64 number = 0, corsica = 0;

  for (guint i = 0; i < 13; i++)
    {
      char c = nir[i];

      if (i == 6 && (c == 'A' || c == 'B') && nir[5] == '2')
        {
          corsica = 1;
          c = c == 'A' ? '9' : '8';
        }
      if (!g_ascii_isdigit (c))
        return 0;
      number = number * 10 + (guint64) (c - '0');
    }
  /* 2A counts as 19 and 2B as 18: one ten less in the place of the department. */
  if (corsica)
    number -= G_GUINT64_CONSTANT (10000000);
  return 97 - (guint) (number % 97);
}

static char *
dup_field (DmpSpan person, guint32 tag)
{
  DmpSpan value;

  return dmp_tlv_find (person, tag, &value) ? dmp_span_dup_text (value) : NULL;
}

/* NULL unless it is a NIR with the right key. */
static char *
dup_nir (DmpSpan person)
{
  g_autofree char *nir = dup_field (person, TAG_NIR);
  guint key;

  if (nir == NULL || strlen (nir) != NIR_LEN)
    return NULL;

  key = dmp_vitale_nir_key (nir);
  if (key == 0 || nir[13] != (char) ('0' + key / 10) || nir[14] != (char) ('0' + key % 10))
    return NULL;
  return g_steal_pointer (&nir);
}

static char *
dup_birth_date (DmpSpan person)
{
  g_autofree char *date = dup_field (person, TAG_BIRTH_DATE);

  if (date == NULL || strlen (date) != 8 || strspn (date, "0123456789") != 8)
    return NULL;
  return g_steal_pointer (&date);
}

GPtrArray *
dmp_vitale_parse (DmpSpan identities, DmpSpan numbers)
{
  GPtrArray *persons =
      g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_vitale_beneficiary_free);
  DmpTlv identity, number;

  while (persons->len < PERSONS_MAX && dmp_tlv_next (&identities, &identity))
    {
      gboolean numbered = dmp_tlv_next (&numbers, &number) && number.tag == TAG_PERSON;
      DmpVitaleBeneficiary *person;

      if (identity.tag != TAG_PERSON)
        continue;

      person = g_new0 (DmpVitaleBeneficiary, 1);
      person->family = dup_field (identity.value, TAG_FAMILY);
      person->given = dup_field (identity.value, TAG_GIVEN);
      person->birth_date = dup_birth_date (identity.value);
      person->nir = numbered ? dup_nir (number.value) : NULL;
      g_ptr_array_add (persons, person);
    }
  return persons;
}

/* READ BINARY by short identifier 02, then on from where it stopped. */
static gboolean
read_file (DmpPcsc *pcsc, GByteArray *file, GError **error)
{
  guint8 read[] = { 0x00, 0xb0, 0x82, 0x00, 0x00 };
  guint16 status;
  guint before;

  do
    {
      before = file->len;
      if (!dmp_pcsc_transmit (pcsc, read, sizeof read, file, &status, error))
        return FALSE;
      if (before == 0 && status != 0x9000 && status != 0x6282)
        return dmp_card_error_set_status (error, status);
      read[2] = (guint8) (file->len >> 8);
      read[3] = (guint8) file->len;
    }
  while (status == 0x9000 && file->len - before == 256 && file->len < FILE_MAX);

  return TRUE;
}

static gboolean
select_and_read (DmpPcsc *pcsc, const guint8 *select, gsize len, GByteArray *file, GError **error)
{
  guint16 status;

  /* The answer is fetched, for the card may want that before its next command. */
  if (!dmp_pcsc_transmit (pcsc, select, len, NULL, &status, error))
    return FALSE;
  if (status != 0x9000)
    return dmp_card_error_set_status (error, status);
  return read_file (pcsc, file, error);
}

static gboolean
read_files (DmpPcsc *pcsc, GByteArray *identities, GByteArray *numbers, GError **error)
{
  static const guint8 select_mf[] = { 0x00, 0xa4, 0x00, 0x00, 2, 0x3f, 0x00 };
  static const guint8 select_vitale[] = { 0x00, 0xa4, 0x04, 0x00, 11,  0xd2, 0x50, 0x00,
                                          0x00, 0x02, 'V',  'I',  'T', 'A',  'L',  'E' };
  gboolean good;

  if (!dmp_pcsc_begin (pcsc, NULL, error))
    return FALSE;

  good = select_and_read (pcsc, select_mf, sizeof select_mf, identities, error) &&
         select_and_read (pcsc, select_vitale, sizeof select_vitale, numbers, error);
  dmp_pcsc_end (pcsc);
  return good;
}

static gboolean
set_vitale_error (GError **error, DmpCardErrorCode code)
{
  switch (code)
    {
    case DMP_CARD_ERROR_NO_CARD:
      return dmp_card_error_set_text (
          error, code, _ ("Aucune carte Vitale dans le lecteur. Insérez celle du patient."));
    case DMP_CARD_ERROR_REMOVED:
      return dmp_card_error_set_text (
          error, code,
          _ ("La carte Vitale a été retirée pendant la lecture. Insérez-la de nouveau."));
    case DMP_CARD_ERROR_WRONG_CARD:
      return dmp_card_error_set_text (
          error, code,
          _ ("Cette carte n’est pas une carte Vitale lisible. Insérez celle du patient."));
    default:
      return dmp_card_error_set_text (
          error, DMP_CARD_ERROR_READ,
          _ ("La carte Vitale ne peut pas être lue. Retirez-la, essuyez la puce et insérez-la "
             "de nouveau."));
    }
}

/* A card that has left is the reason, whatever the reader made of it. */
static gboolean
fail (DmpPcsc *pcsc, GError *cause, GError **error)
{
  g_autoptr (GError) local = cause;
  g_autoptr (GError) left = NULL;

  if (pcsc != NULL && !dmp_pcsc_check (pcsc, 1000, &left))
    {
      g_error_free (local);
      local = g_steal_pointer (&left);
    }
  if (g_error_matches (local, DMP_CARD_ERROR, DMP_CARD_ERROR_NO_CARD) ||
      g_error_matches (local, DMP_CARD_ERROR, DMP_CARD_ERROR_REMOVED) ||
      g_error_matches (local, DMP_CARD_ERROR, DMP_CARD_ERROR_WRONG_CARD) ||
      g_error_matches (local, DMP_CARD_ERROR, DMP_CARD_ERROR_READ))
    return set_vitale_error (error, (DmpCardErrorCode) local->code);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_kind (DmpSpan atr, GError **error)
{
  if (dmp_card_kind_from_atr (atr.data, atr.len) == DMP_CARD_KIND_VITALE)
    return TRUE;

  return set_vitale_error (error, DMP_CARD_ERROR_WRONG_CARD);
}

GPtrArray *
dmp_vitale_read (const char *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) identities = g_byte_array_new ();
  g_autoptr (GByteArray) numbers = g_byte_array_new ();
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (DmpPcsc) pcsc = NULL;
  GError *cause = NULL;
  gboolean good;

  g_return_val_if_fail (reader != NULL, NULL);

  if (g_cancellable_is_cancelled (cancellable))
    {
      dmp_card_error_set (error, DMP_CARD_ERROR_CANCELLED);
      return NULL;
    }

  pcsc = dmp_pcsc_connect (reader, &cause);
  if (pcsc == NULL)
    {
      fail (NULL, cause, error);
      return NULL;
    }
  if (!check_kind (dmp_pcsc_get_atr (pcsc), error))
    return NULL;

  good = read_files (pcsc, identities, numbers, &cause);
  if (good)
    persons = dmp_vitale_parse ((DmpSpan){ identities->data, identities->len },
                                (DmpSpan){ numbers->data, numbers->len });
  if (identities->len > 0)
    explicit_bzero (identities->data, identities->len);
  if (numbers->len > 0)
    explicit_bzero (numbers->data, numbers->len);
  if (good && persons->len > 0)
    return g_steal_pointer (&persons);

  if (cause == NULL)
    dmp_card_error_set (&cause, DMP_CARD_ERROR_READ);
  fail (pcsc, cause, error);
  return NULL;
}
