#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Allergies: FR-Liste-des-allergies (act 1.2.250.1.213.1.1.3.40) and FR-Allergie (observation
 * …3.41), IHE 1.3.6.1.4.1.19376.1.5.3.1.4.5.3 and …4.6. */

static void
read_reaction (DmpFactReader *reader, DmpFact *fact, xmlNode *reaction)
{
  xmlNode *value = dmp_cda_child (reaction, "value");
  g_autoptr (GPtrArray) inner = dmp_fact_nested (reaction, "observation", NULL);
  char *words = dmp_fact_dup_label (reader, value);

  if (words == NULL)
    words = dmp_fact_dup_words (reader, dmp_cda_child (reaction, "text"));
  dmp_fact_add_detail (fact, DMP_DETAIL_REACTION, words, value);
  for (guint i = 0; i < inner->len; i++)
    {
      xmlNode *observation = g_ptr_array_index (inner, i);
      xmlNode *severity = dmp_cda_child (observation, "value");

      if (g_strcmp0 (dmp_cda_child_attr (observation, "code", "code"), "SEV") == 0)
        dmp_fact_add_detail (fact, DMP_DETAIL_SEVERITY, dmp_fact_dup_label (reader, severity),
                             severity);
    }
}

static void
read_qualifier (DmpFactReader *reader, DmpFact *fact, xmlNode *observation)
{
  const char *code = dmp_cda_child_attr (observation, "code", "code");
  xmlNode *value = dmp_cda_child (observation, "value");

  if (!dmp_fact_read_status (reader, fact, observation) &&
      (g_strcmp0 (code, "SEV") == 0 || g_strcmp0 (code, "82606-5") == 0))
    dmp_fact_add_detail (fact, DMP_DETAIL_SEVERITY, dmp_fact_dup_label (reader, value), value);
}

static void
read_agent (DmpFactReader *reader, DmpFact *fact, xmlNode *observation)
{
  xmlNode *entity = dmp_cda_path (observation, "participant/participantRole/playingEntity");
  xmlNode *code = dmp_cda_child (entity, "code");

  if (entity == NULL)
    return;
  dmp_fact_add_keys (fact, code);
  dmp_fact_check_absence (fact, code);
  fact->text = dmp_fact_dup_words (reader, dmp_cda_child (code, "originalText"));
  if (fact->text == NULL)
    fact->text = dmp_cda_dup_flat (dmp_cda_child (entity, "name"));
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
  if (fact->text)
    {
      /* the agent's own words are the passage to show */
      g_free (fact->place);
      fact->place = g_strdup (reader->section ? reader->section->path : "");
      dmp_fact_set_place (reader, fact, code);
      dmp_fact_set_place (reader, fact, dmp_cda_child (observation, "text"));
    }
}

/* An entry that names no agent says only that there is an allergy section: what is in it is in its
 * words, which may well be that there is none. */
static void
take_section (DmpFactReader *reader, DmpFact *fact, xmlNode *observation)
{
  xmlNode *section = observation;
  char *words;

  while (section && !dmp_cda_is (section, "section"))
    section = section->parent;
  words = dmp_cda_dup_flat (dmp_cda_child (section, "text"));
  if (words == NULL)
    return;
  fact->text = words;
  fact->text_only = TRUE;
  g_free (fact->place);
  fact->place = g_strdup (reader->section ? reader->section->path : "");
}

/* An answer "nothing known" may stand in the value, or be the type of the allergy itself. */
static void
read_meaning (DmpFactReader *reader, DmpFact *fact, xmlNode *observation)
{
  xmlNode *value = dmp_cda_child (observation, "value");
  xmlNode *code = dmp_cda_child (observation, "code");
  g_autofree char *label = dmp_fact_dup_label (reader, value);

  dmp_fact_check_absence (fact, value);
  dmp_fact_check_absence (fact, code);
  if (fact->text == NULL) /* else the value is only the kind of allergy, which many agents share */
    dmp_fact_add_keys (fact, value);
  if (fact->text && label && strcmp (label, fact->text) != 0)
    dmp_fact_add_detail (fact, DMP_DETAIL_OTHER, g_steal_pointer (&label), value);
  else if (fact->text == NULL)
    fact->text = g_steal_pointer (&label);
  dmp_fact_set_place (reader, fact, value);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_words (reader, dmp_cda_child (observation, "text"));
  if (fact->text == NULL && !fact->absent && !fact->no_information)
    take_section (reader, fact, observation);
  if (fact->text == NULL)
    fact->text = dmp_fact_dup_label (reader, code);
}

static void
read_observation (DmpFactReader *reader, xmlNode *observation, xmlNode *concern)
{
  DmpFact *fact = dmp_fact_begin (reader, DMP_FACT_ALLERGY, observation);
  const char *status = concern ? dmp_cda_child_attr (concern, "statusCode", "code") : NULL;
  g_autoptr (GPtrArray) inner = dmp_fact_nested (observation, "observation", NULL);

  fact->type = dmp_cda_dup_code (dmp_cda_child (observation, "code"));
  fact->negated |= concern && dmp_fact_is_negated (concern);
  if (status)
    {
      g_free (fact->status);
      fact->status = g_strdup (status);
    }
  read_agent (reader, fact, observation);
  read_meaning (reader, fact, observation);
  for (guint i = 0; i < inner->len; i++)
    {
      xmlNode *nested = g_ptr_array_index (inner, i);

      if (g_strcmp0 (dmp_xml_attr (nested->parent, "typeCode"), "MFST") == 0)
        read_reaction (reader, fact, nested);
      else
        read_qualifier (reader, fact, nested);
    }
  dmp_fact_add_comments (reader, fact, observation);
  dmp_fact_emit (reader, fact);
}

void
dmp_fact_read_allergy (DmpFactReader *reader, xmlNode *statement)
{
  dmp_fact_read_concern (reader, statement, read_observation);
}
