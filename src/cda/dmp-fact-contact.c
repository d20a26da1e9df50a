#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* People to call, from the header: trusted person, person to warn, guardian. */

static gboolean
is_contact (const DmpCdaPerson *person)
{
  static const char *const kinds[] = { "ECON", "NOK",  "CAREGIVER", "CON",
                                       "AGNT", "GUAR", "GUARD",     NULL };

  if (person->role == DMP_CDA_ROLE_GUARDIAN)
    return TRUE;
  return person->role == DMP_CDA_ROLE_INFORMANT && person->kind &&
         g_strv_contains (kinds, person->kind);
}

static void
read_contact (DmpFactReader *reader, const DmpCdaPerson *person)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_CONTACT, NULL);
  const char *kind = person->role == DMP_CDA_ROLE_GUARDIAN ? "GUARD" : person->kind;
  const char *relation = person->code ? dmp_code_get_display (person->code) : NULL;

  fact->text = dmp_cda_person_dup_display (person);
  fact->status = g_strdup (kind);
  if (person->code)
    g_ptr_array_add (fact->keys, g_object_ref (person->code));
  if (relation)
    dmp_fact_add_detail (fact, DMP_DETAIL_RELATION, g_strdup (relation), NULL);
  if (person->telecom)
    dmp_fact_add_detail (fact, DMP_DETAIL_COMMENT, g_strdup (person->telecom), NULL);
  dmp_fact_emit (reader, fact);
}

void
dmp_fact_read_contacts (DmpFactReader *reader)
{
  for (guint i = 0; i < reader->header->people->len; i++)
    {
      const DmpCdaPerson *person = g_ptr_array_index (reader->header->people, i);

      if (is_contact (person) && person->family)
        read_contact (reader, person);
    }
}
