#pragma once

#include "../cda/cda-fixture.h"
#include "summary/dmp-summary-builder.h"

/* A record of small documents, and its summary on 15 January 2026. */

typedef struct
{
  DmpSummaryBuilder *builder;
  DmpPatient *patient;
} Record;

void record_init (Record *record);
void record_clear (Record *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

/* Adds a document with @sections (transfer full) and what @fixture says else. */
void record_add (Record *record, CdaFixture fixture, char *sections);

/* The same with another status or an own entry. */
void record_add_with_status (Record *record, CdaFixture fixture, char *sections, DmpStatus status);

DmpSummary *record_summarise (Record *record);

/* The line of @block whose text is @text. Returns: (nullable) */
const DmpSummaryLine *find_line (DmpSummary *summary, DmpBlockId block, const char *text);
guint count_lines (DmpSummary *summary, DmpBlockId block);
const DmpSummaryFlag *find_flag (DmpSummary *summary, const char *rule);
DmpReadState state_of (DmpSummary *summary, const char *document);

/* An allergy section: agent at #a, coded in ATC when @atc. */
char *allergy_section (const char *agent, const char *atc, const char *since);
char *no_allergy_section (void);
char *problem_section (const char *code, const char *words, const char *since, const char *end);
char *treatment_section (
    const char *cis, const char *name, const char *posology, const char *time, const char *dose);
char *result_section (
    const char *loinc, const char *name, const char *number, const char *flag, const char *day);
/* A result in @unit. */
char *result_section_in (const char *loinc,
                         const char *name,
                         const char *number,
                         const char *unit,
                         const char *flag,
                         const char *day);
/* A prescription of @name from @day to @end. */
char *prescription_section (
    const char *cis, const char *name, const char *posology, const char *day, const char *end);
/* An act, coded @code in the CCAM. */
char *act_section (const char *code, const char *words, const char *day);
/* A blood group (LOINC 882-1) in words. */
char *blood_section (const char *group, const char *day);
char *vaccine_section (const char *atc, const char *name, const char *day);
char *delivery_section (const char *cip, const char *name, const char *day);
