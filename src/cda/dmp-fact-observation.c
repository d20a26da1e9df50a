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

/* clang-format off */
#define READS(name, kind)                                                                          \
  void dmp_fact_read_##name (DmpFactReader *reader, xmlNode *statement)                            \
  {                                                                                                \
    read_answer (reader, DMP_FACT_##kind, statement);                                              \
  }

READS (risk, RISK)
READS (social, SOCIAL)
READS (pregnancy, PREGNANCY)
READS (directive, DIRECTIVE)
READS (finding, FINDING)
READS (unknown, UNCLASSIFIED)
READS (file, FILE)
READS (note, NOTE)
