#pragma once

#include "dmp-bdpm.h"
#include "dmp-summary-line.h"
#include "model/dmp-patient.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* The one-screen summary: lines with their sources, things to check, and what was read. Immutable;
 * made by DmpSummaryBuilder. The same documents in any order give the same summary, byte for byte.
 * Texts are the sources' own words; sentences of ours are French. */
#define DMP_TYPE_SUMMARY (dmp_summary_get_type ())
G_DECLARE_FINAL_TYPE (DmpSummary, dmp_summary, DMP, SUMMARY, GObject)

/* All (transfer none). */
DmpPatient *dmp_summary_get_patient (DmpSummary *self);

/* What may be shown or given to the patient: made without the documents that are hidden from
 * professionals or not visible to the patient, as if they were not there: lines, counts, things to
 * check and sentences. Returns: (transfer none): @self when nothing is hidden */
DmpSummary *dmp_summary_get_for_patient (DmpSummary *self);

const DmpSummaryBlock *dmp_summary_get_block (DmpSummary *self, DmpBlockId block);
const DmpCoverage *dmp_summary_get_coverage (DmpSummary *self);
GPtrArray *
dmp_summary_get_flags (DmpSummary *self); /* (element-type DmpSummaryFlag): worst first */

/* New since the last visit: one line a document, newest first.
 * Returns: (transfer none) (element-type DmpSummaryLine): block EVENT */
GPtrArray *dmp_summary_get_news (DmpSummary *self);

/* "Nouveau depuis votre visite du 04/11/2025" or "Nouveau depuis 30 jours". */
const char *dmp_summary_get_news_title (DmpSummary *self);

/* The constant sentence about masked documents (it never depends on the facts). */
const char *dmp_summary_get_masking_sentence (DmpSummary *self);

/* The fixed footnote: "AM : délivré ≠ pris…". */
const char *dmp_summary_get_footnote (DmpSummary *self);

/* The same summary for a screen turned to the patient: made without the documents that are masked
 * or not visible to the patient, so that counts and sentences do not tell of them; without things
 * to check. Returns: (transfer none) (nullable): unless the builder was told */
DmpSummary *dmp_summary_get_patient_view (DmpSummary *self);
gboolean dmp_summary_is_for_patient (DmpSummary *self);

/* Version of the rule set. */
const char *dmp_summary_get_rules_version (void);

/* What rule @id does, in one French sentence. Returns: (transfer none) (nullable) */
const char *dmp_summary_get_rule_text (const char *id);

/* C2: the two newest treatment lists of different authors, even when they agree. Returns: (transfer
 * none) (nullable): NULL without two lists, or when they have nothing in common */
const DmpSummaryLists *dmp_summary_get_lists (DmpSummary *self);

/* The newest medical synthesis. Returns: (transfer none) (nullable): NULL without one */
const DmpSummaryVsm *dmp_summary_get_vsm (DmpSummary *self);

/* Hospital stays, for the timelines. Returns: (transfer none) (element-type DmpSummaryLine): lines
 * of the block of events, newest first */
GPtrArray *dmp_summary_get_stays (DmpSummary *self);

/* The tables that were used. Returns: (transfer none) (element-type DmpSummaryTable) */
GPtrArray *dmp_summary_get_tables (DmpSummary *self);

/* "médicaments 2025-07 · calendrier vaccinal 2025": for the foot of screen and paper. */
const char *dmp_summary_get_tables_sentence (DmpSummary *self);

/* The tables of this program, and @bdpm. @bdpm: (nullable). Returns: (transfer full) (element-type
 * DmpSummaryTable) */
GPtrArray *dmp_summary_list_tables (DmpBdpm *bdpm);

/* Which checks ran, and in one sentence: "Allergies et médicaments : rapprochés. Interactions : non
 * recherchées (réglage)." */
DmpChecks dmp_summary_get_checks (DmpSummary *self);
const char *dmp_summary_get_checks_sentence (DmpSummary *self);

/* The line with that id. Returns: (transfer none) (nullable) */
const DmpSummaryLine *dmp_summary_get_line (DmpSummary *self, const char *id);

/* The JSON of docs/cli.md ("summary"). Returns: (transfer full) */
char *dmp_summary_dup_json (DmpSummary *self);

/* The same for people: one screen of text in French. Returns: (transfer full) */
char *dmp_summary_dup_text (DmpSummary *self);

G_END_DECLS
