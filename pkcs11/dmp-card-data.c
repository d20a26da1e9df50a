#include "config.h"

#include "dmp-card-data.h"

#include <string.h>

#define TAG_ACTIVITY 0xee
#define TAG_ACTIVITY_NAME 0x84
#define TAG_ACTIVITY_STRUCTURE 0x85
#define TAG_ACTIVITY_SECTOR 0x86
#define TAG_INFO 0xe4
#define TAG_INFO_SPECIALITY 0x84
#define SPECIALITY_LEN 4

int
dmp_card_activity_index (const char *label, gsize len)
{
  static const char before[] = "CPS_ACTIVITY_", after[] = "_PS";
  const gsize digits = sizeof before - 1;

  if (len != digits + 2 + sizeof after - 1 || memcmp (label, before, digits) != 0 ||
      memcmp (label + digits + 2, after, sizeof after - 1) != 0 ||
      !g_ascii_isdigit (label[digits]) || !g_ascii_isdigit (label[digits + 1]))
    return -1;

  return 10 * (label[digits] - '0') + (label[digits + 1] - '0');
}

static char *
dup_field (DmpSpan object, guint32 tag)
{
  DmpSpan value;

  return dmp_tlv_find (object, tag, &value) ? dmp_span_dup_text (value) : NULL;
}

DmpCardSituation *
dmp_card_situation_parse (guint index, DmpSpan data)
{
  g_autoptr (DmpCardSituation) self = NULL;
  DmpSpan object;

  if (!dmp_tlv_find (data, TAG_ACTIVITY, &object))
    return NULL;

  self = g_new0 (DmpCardSituation, 1);
  self->index = index;
  self->name = dup_field (object, TAG_ACTIVITY_NAME);
  self->structure_id = dup_field (object, TAG_ACTIVITY_STRUCTURE);
  self->sector = dup_field (object, TAG_ACTIVITY_SECTOR);
  if (self->structure_id == NULL || self->sector == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
dmp_card_situation_free (DmpCardSituation *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->structure_id);
  g_free (self->sector);
  g_free (self);
}

/* TRE_R01: one to three capitals, then digits (SM26, SCD01, PAC00…), or a letter alone. */
static gboolean
is_speciality (const char *text)
{
  gsize letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  gsize digits = strspn (text + letters, "0123456789");

  return letters > 0 && letters <= 3 && digits <= 3 && text[letters + digits] == '\0' &&
         (digits > 0 || letters == 1);
}

char *
dmp_card_info_dup_speciality (DmpSpan data)
{
  g_autofree char *field = NULL, *end = NULL;
  DmpSpan object;

  if (dmp_tlv_find (data, TAG_INFO, &object))
    field = dup_field (object, TAG_INFO_SPECIALITY);
  if (field != NULL && is_speciality (field))
    return g_steal_pointer (&field);

  if (data.len >= SPECIALITY_LEN)
    end = dmp_span_dup_text ((DmpSpan){ data.data + data.len - SPECIALITY_LEN, SPECIALITY_LEN });
  return end != NULL && is_speciality (end) ? g_steal_pointer (&end) : NULL;
}
