#pragma once

#include "dmp-cda-document.h"
#include "dmp-cda-tree.h"
#include "dmp-fact.h"

G_BEGIN_DECLS

/* What extractors share; private to this folder. */

typedef struct
{
  DmpCdaDocument *document;
  const DmpCdaHeader *header;
  GHashTable *anchors; /* narrative ID → xmlNode */
  GPtrArray *facts;
  DmpTrust trust;
  gboolean insurer; /* HR: deliveries, not plans */
  const DmpCdaSection *section;
  const char *section_code; /* "" when none */
  const char *when;         /* (nullable): date of the statement around */
  guint entry;              /* rank of the entry being read, from 1 */
  xmlNode *table;           /* (nullable): whose columns are known */
  int columns[4];           /* of @table, as DmpFactWritten has them; -1 for none */
} DmpFactReader;

/* An extractor: reads @statement (act, observation…) and emits what it says. */
typedef void (*DmpFactExtractor) (DmpFactReader *reader, xmlNode *statement);

/* All facts of a document. @body: (nullable); @coded: (out): how many came from entries.
 * Returns: (transfer full) */
GPtrArray *
dmp_fact_read_all (DmpCdaDocument *document, xmlNode *body, GHashTable *anchors, guint *coded);

/* Reads any statement: the extractor that its templates or its section name, else those inside. */
void dmp_fact_read_statement (DmpFactReader *reader, xmlNode *statement);

/* A fact with what every statement has: document, trust, place, negation, mood, status, date.
 * Returns: (transfer full): to be given to dmp_fact_emit() */
DmpFact *dmp_fact_begin (DmpFactReader *reader, DmpFactKind kind, xmlNode *statement);

/* Whether @statement says of itself that it is not so. */
gboolean dmp_fact_is_negated (xmlNode *statement);

/* Completes and keeps @fact. @fact: (transfer full) */
void dmp_fact_emit (DmpFactReader *reader, DmpFact *fact);

/* The words an ED or CD element stands for: its reference resolved in the narrative, else its own
 * text. @node: (nullable). Returns: (transfer full) (nullable) */
char *dmp_fact_dup_words (DmpFactReader *reader, xmlNode *node);

/* The words of a code: its originalText, else its label. Returns: (transfer full) (nullable) */
char *dmp_fact_dup_label (DmpFactReader *reader, xmlNode *code);

/* Makes the passage that @node refers to the fact's place, unless it has one. */
void dmp_fact_set_place (DmpFactReader *reader, DmpFact *fact, xmlNode *node);

/* The same, even when it has one: the words shown are these. */
void dmp_fact_move_place (DmpFactReader *reader, DmpFact *fact, xmlNode *node);

/* The cells of the fact's row that a coded entry repeats: value, unit, flag, day. */
void dmp_fact_read_written (DmpFactReader *reader, DmpFact *fact);

/* The words in the same narrative row as @fact's place, in all columns whose heading contains one
 * of @headings (folded). Returns: (transfer full) (nullable) */
char *dmp_fact_dup_cell (DmpFactReader *reader, const DmpFact *fact, const char *const *headings);

/* The code and all its translations. */
void dmp_fact_add_keys (DmpFact *fact, xmlNode *code);

/* A detail in words (nullable) and code (nullable); nothing when both are missing.
 * @text: (transfer full) */
void dmp_fact_add_detail (DmpFact *fact, DmpDetailRole role, char *text, xmlNode *code);

/* performer and author of a statement as details: "Dr X", "Pharmacie Y". */
void dmp_fact_add_people (DmpFact *fact, xmlNode *statement);

/* comment acts and the like inside a statement. */
void dmp_fact_add_comments (DmpFactReader *reader, DmpFact *fact, xmlNode *statement);

/* The value of an observation; NULL when there is none. */
DmpFactValue *dmp_fact_read_value (DmpFactReader *reader, xmlNode *observation);

/* Explicit absence or ignorance in @code (IPS codes): sets the flags of @fact. */
void dmp_fact_check_absence (DmpFact *fact, xmlNode *code);

/* The clinical or verification status of a problem or an allergy: refuted, ruled out, in doubt.
 * Returns: FALSE when @observation says something else */
gboolean dmp_fact_read_status (DmpFactReader *reader, DmpFact *fact, xmlNode *observation);

/* Each nested statement: entryRelationship/X or component/X, X being of @element. */
GPtrArray *dmp_fact_nested (xmlNode *statement, const char *element, const char *type_code);

/* A problem or an allergy: @read gets each observation within the concern @statement, or @statement
 * itself and no concern when it is the observation; a concern without one is unknown. */
typedef void (*DmpReadObservation) (DmpFactReader *reader, xmlNode *observation, xmlNode *concern);
void dmp_fact_read_concern (DmpFactReader *reader, xmlNode *statement, DmpReadObservation read);

/* --- Products and posologies (dmp-fact-product.c) --------------------------------------------- */
xmlNode *dmp_fact_find_material (xmlNode *statement);
void dmp_fact_read_product (DmpFactReader *reader, DmpFact *fact, xmlNode *statement);
void dmp_fact_read_dosage (DmpFactReader *reader, DmpFact *fact, xmlNode *statement);

/* --- Extractors, one file a kind ---------------------------------------------------------------
 */
void dmp_fact_read_allergy (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_problem (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_treatment (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_delivery (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_result (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_vaccine (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_procedure (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_device (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_event (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_family (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_risk (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_social (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_pregnancy (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_directive (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_finding (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_file (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_note (DmpFactReader *reader, xmlNode *statement);
void dmp_fact_read_unknown (DmpFactReader *reader, xmlNode *statement);

/* Stays and contacts of the header. */
void dmp_fact_read_header_event (DmpFactReader *reader);
void dmp_fact_read_contacts (DmpFactReader *reader);

/* Rows of a section that has entries, from the fact number @first on, which none of them tells. */
void
dmp_fact_read_rows_left (DmpFactReader *reader, DmpFactKind kind, xmlNode *section, guint first);

/* Rows of a section without entries. */
void dmp_fact_read_text_section (DmpFactReader *reader, DmpFactKind kind, xmlNode *section);

G_END_DECLS
