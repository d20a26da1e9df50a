#include "config.h"

#include "dmp-fact-reader.h"

#include <string.h>

/* Observations that are a question and its answer: habits (1.2.250.1.213.1.1.3.52), pregnancy
 * (…3.53), advance directives (…3.54), risks, and the simple observation (…3.48) wherever it
 * stands. */

static void
read_answer (DmpFactReader *reader, DmpFactKind kind, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_begin (reader, kind, statement);
  xmlNode *code = dmp_cda_child (statement, "code");
  xmlNode *value = dmp_cda_child (statement, "value");
  g_autofree char *words = NULL;

  dmp_fact_add_keys (fact, code);
  dmp_fact_set_place (reader, fact, code);
  dmp_fact_set_place (reader, fact, value);
  fact->type = dmp_cda_dup_code (code);
  fact->text = dmp_fact_dup_label (reader, code);
  words = dmp_fact_dup_words (reader, dmp_cda_child (statement, "text"));
  if (fact->text == NULL)
    fact->text = g_steal_pointer (&words);
  else if (words && strcmp (words, fact->text) != 0)
    dmp_fact_add_detail (fact, DMP_DETAIL_OTHER, g_steal_pointer (&words), NULL);
  fact->value = dmp_fact_read_value (reader, statement);
  if (fact->value && fact->value->code)
    dmp_fact_check_absence (fact, value);
  dmp_fact_add_people (fact, statement);
  dmp_fact_add_comments (reader, fact, statement);
  dmp_fact_emit (reader, fact);
}

void
dmp_fact_read_risk (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_RISK, statement);
}

void
dmp_fact_read_social (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_SOCIAL, statement);
}

void
dmp_fact_read_pregnancy (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_PREGNANCY, statement);
}

void
dmp_fact_read_directive (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_DIRECTIVE, statement);
}

void
dmp_fact_read_finding (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_FINDING, statement);
}

void
dmp_fact_read_unknown (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_UNCLASSIFIED, statement);
}

void
dmp_fact_read_file (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_FILE, statement);
}

void
dmp_fact_read_note (DmpFactReader *reader, xmlNode *statement)
{
  read_answer (reader, DMP_FACT_NOTE, statement);
}
