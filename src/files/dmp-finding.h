#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_FINDING_NOTE,    /* good to know */
  DMP_FINDING_WARNING, /* a person must have seen it */
  DMP_FINDING_ERROR    /* nothing goes before it is put right */
} DmpFindingLevel;

/* What puts a finding right. */
typedef enum
{
  DMP_REPAIR_NONE,  /* only a person can */
  DMP_REPAIR_PDFA,  /* the PDF becomes a PDF/A-1b without anything active */
  DMP_REPAIR_UTF8,  /* the text is read in the encoding found */
  DMP_REPAIR_CLEAN, /* its control characters are dropped */
  DMP_REPAIR_TEXT,  /* the RTF becomes plain text */
  DMP_REPAIR_JPEG   /* the picture becomes a JPEG */
} DmpRepair;

/* One thing about a file or a draft that is not in order. One rule is one row in dmp-finding.c. */
typedef struct
{
  char *code; /* stable: "pdf-active" (docs/cli.md) */
  DmpFindingLevel level;
  DmpRepair repair;
  char *message; /* French: what it is, what to do */
} DmpFinding;

typedef enum
{
  DMP_RULE_EMPTY,
  DMP_RULE_TOO_LARGE,
  DMP_RULE_UNKNOWN_KIND,
  DMP_RULE_OTHER_PICTURE,
  DMP_RULE_PDF_DAMAGED,
  DMP_RULE_PDF_ENCRYPTED,
  DMP_RULE_PDF_NO_PAGE,
  DMP_RULE_PDF_ACTIVE,
  DMP_RULE_PDF_NOT_A,
  DMP_RULE_BLANK,
  DMP_RULE_BLANK_TEXT,
  DMP_RULE_PICTURE_DAMAGED,
  DMP_RULE_TEXT_ENCODING,
  DMP_RULE_TEXT_CONTROL,
  DMP_RULE_RTF_DAMAGED,
  DMP_RULE_RTF_ACTIVE,
  DMP_RULE_RTF_ACTIVE_LONG, /* the same, but its text alone would be cut */
  DMP_RULE_RTF_LONG,
  DMP_RULE_CDA_UNREADABLE,
  DMP_RULE_CDA_DEFECT, /* its code is that of the defect, after "cda-" */
  DMP_RULE_CDA_NOTE,   /* the same, of what may be sent all the same */
  DMP_RULE_CDA_FILE_ACTIVE,
  DMP_RULE_OTHER_PATIENT,
  DMP_RULE_OTHER_PATIENT_CDA,
  DMP_RULE_IN_RECORD,
  DMP_RULE_IN_RECORD_INSIDE,
  DMP_RULE_DATE_MISSING,
  DMP_RULE_DATE_FUTURE,
  DMP_RULE_TITLE_MISSING,
  DMP_RULE_TITLE_CONTROL,
  DMP_RULE_TYPE_MISSING,
  DMP_RULE_NOBODY_READS,
  DMP_RULE_LAST
} DmpRule;

void dmp_finding_free (DmpFinding *self);

/* A list of findings. Returns: (transfer full) (element-type DmpFinding) */
GPtrArray *dmp_findings_new (void);

/* Adds what @rule says. @detail: (nullable): stands for the %s of its sentence, or is the sentence
 * itself where the rule has none */
void dmp_findings_add (GPtrArray *findings, DmpRule rule, const char *detail);

/* As the last, with a code of its own: "cda-title-missing". */
void
dmp_findings_add_coded (GPtrArray *findings, DmpRule rule, const char *code, const char *detail);

/* Whether @findings has one of @code. */
gboolean dmp_findings_has (GPtrArray *findings, const char *code);

/* How many stand against sending: errors and warnings, not notes. */
guint dmp_findings_count_defects (GPtrArray *findings);

/* The first that only a person can put right: an error, or a warning that is not in @accepted.
 * @accepted: (nullable): codes that the person has seen. Returns: (transfer none) (nullable) */
const DmpFinding *dmp_findings_find_obstacle (GPtrArray *findings, const char *const *accepted);

/* The repair of the first error that has one. */
DmpRepair dmp_findings_get_repair (GPtrArray *findings);

/* "note", "warning", "error"; "none", "pdf-a", "utf-8", "clean", "text", "jpeg": stable. */
const char *dmp_finding_level_name (DmpFindingLevel level);
const char *dmp_repair_name (DmpRepair repair);

/* French, for a button: "Convertir". Returns: (transfer none): NULL for none */
const char *dmp_repair_label (DmpRepair repair);

G_END_DECLS
