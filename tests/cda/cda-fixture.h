#pragma once

#include "cda/dmp-cda-document.h"
#include "cda/dmp-fact.h"

/* Small documents for tests: a valid header around the sections that a test is about. */

typedef struct
{
  const char *id;       /* NULL: "1.2.3.1" */
  const char *type;     /* attributes of code; NULL: a LOINC letter */
  const char *template; /* NULL: none more */
  const char *date;     /* NULL: "20260110093000+0100" */
  const char *function; /* NULL: none; "PCP" is the médecin traitant */
  const char *author;   /* family; NULL: "PETIT" */
  const char *ins;      /* NULL: Jeanne DUPONT's */
  const char *given;    /* NULL: "JEANNE" */
  const char *replaces; /* NULL: nothing */
  const char *extra;    /* header elements in front of documentationOf */
  const char *sections; /* component elements */
} CdaFixture;

GBytes *cda_fixture_write (const CdaFixture *fixture);
DmpCdaDocument *cda_fixture_parse (const CdaFixture *fixture);

/* One section: <component><section>…; @text: inside of text; @entries: maybe "" */
char *
cda_fixture_section (const char *loinc, const char *title, const char *text, const char *entries);

/* The document with only that section. */
DmpCdaDocument *
cda_fixture_parse_section (const char *loinc, const char *text, const char *entries);

/* The n-th fact of @kind. Returns: (transfer none) (nullable) */
const DmpFact *cda_fixture_fact (DmpCdaDocument *document, DmpFactKind kind, guint n);

/* Pieces of entries. */
#define CDA_PROBLEM(text_id, code, label, since, more)                                             \
  "<entry><act classCode='ACT' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.39'/>"         \
  "<statusCode code='active'/><entryRelationship typeCode='SUBJ'>"                                 \
  "<observation classCode='OBS' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.37'/>"        \
  "<text><reference value='#" text_id "'/></text><effectiveTime><low value='" since "'/>" more     \
  "</effectiveTime><value xsi:type='CD' code='" code "' displayName='" label                       \
  "' codeSystem='2.16.840.1.113883.6.3'><originalText><reference value='#" text_id                 \
  "'/></originalText></value></observation></entryRelationship></act></entry>"

#define CDA_TREATMENT(text_id, cis, name, since, time, dose)                                       \
  "<entry><substanceAdministration classCode='SBADM' moodCode='EVN'>"                              \
  "<templateId root='1.2.250.1.213.1.1.3.42'/><text><reference value='#" text_id "'/></text>"      \
  "<statusCode code='completed'/><effectiveTime xsi:type='IVL_TS'><low value='" since "'/>"        \
  "</effectiveTime>" time dose "<consumable><manufacturedProduct><manufacturedMaterial>"           \
  "<code code='" cis "' displayName='" name "' codeSystem='1.2.250.1.213.2.3.1'><originalText>"    \
  "<reference value='#" text_id "'/></originalText></code><name>" name "</name>"                   \
  "</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>"

#define CDA_PERIOD(value, unit)                                                                    \
  "<effectiveTime xsi:type='PIVL_TS' operator='A'><period value='" value "' unit='" unit           \
  "'/></effectiveTime>"
#define CDA_DOSE(value) "<doseQuantity value='" value "' unit='{tablet}'/>"

#define CDA_RESULT(text_id, loinc, value, unit, flag, day)                                         \
  "<observation classCode='OBS' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.80'/>"        \
  "<code code='" loinc "' displayName='Code' codeSystem='2.16.840.1.113883.6.1'><originalText>"    \
  "<reference value='#" text_id "'/></originalText></code><effectiveTime value='" day "'/>"        \
  "<value xsi:type='PQ' value='" value "' unit='" unit "'/><interpretationCode code='" flag        \
  "' codeSystem='2.16.840.1.113883.5.83'/><referenceRange><observationRange>"                      \
  "<value xsi:type='IVL_PQ'><low value='60' unit='" unit "'/></value></observationRange>"          \
  "</referenceRange></observation>"
