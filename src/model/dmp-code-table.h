#pragma once

#include "dmp-code.h"

G_BEGIN_DECLS

/* The code lists of the CI-SIS and the DMP. Each is a file of src/model/codes, with its source and
 * version on top, compiled in: add a file there, its line in Makefile.mk and its name here. */
typedef enum
{
  DMP_TABLE_TYPE,            /* typeCode (J07/J66); extra: class code, NULL when the DMP has none */
  DMP_TABLE_CLASS,           /* classCode (J57) */
  DMP_TABLE_FORMAT,          /* formatCode (J60) */
  DMP_TABLE_TEMPLATE_FORMAT, /* A11: templateId, format's system, format's code; extra: mime */
  DMP_TABLE_PRACTICE_SETTING, /* practiceSettingCode (J04) */
  DMP_TABLE_FACILITY,         /* healthcareFacilityTypeCode (J61) */
  DMP_TABLE_AUTHOR_SPECIALTY, /* profession/speciality as one code (J01, TRE_A02) */
  DMP_TABLE_PROFESSION,       /* TRE_G15 */
  DMP_TABLE_SPECIALITY,       /* TRE_R01 */
  DMP_TABLE_SECTOR,           /* TRE_R02: SAxx */
  DMP_TABLE_CONFIDENTIALITY,  /* J58 */
  DMP_TABLE_CONTENT_TYPE,     /* J59 */
  DMP_TABLE_RELATION,         /* J11 */
  DMP_TABLE_CIVILITY,         /* J245 and J246 */
  DMP_TABLE_FUNCTION,         /* J47 */
  DMP_TABLE_GENDER,           /* J143 */
  DMP_TABLE_OTHER_ACTOR,      /* J48 */
  /* Chosen from by who writes a document. */
  DMP_TABLE_DIAGNOSIS,       /* CIM-10 */
  DMP_TABLE_MEDICINE,        /* CIS; extra: ATC class */
  DMP_TABLE_VACCINE,         /* CIS; extra: ATC class */
  DMP_TABLE_ATC_VACCINE,     /* ATC J07 */
  DMP_TABLE_PROCEDURE,       /* CCAM */
  DMP_TABLE_ROUTE,           /* EDQM */
  DMP_TABLE_VACCINE_ROUTE,   /* EDQM */
  DMP_TABLE_VACCINE_SITE,    /* SNOMED CT */
  DMP_TABLE_VACCINATION,     /* HL7: first series, booster */
  DMP_TABLE_ALLERGY_TYPE,    /* SNOMED CT */
  DMP_TABLE_ALLERGY_STATUS,  /* HL7 */
  DMP_TABLE_RELATIVE,        /* HL7 */
  DMP_TABLE_SMOKING,         /* SNOMED CT */
  DMP_TABLE_ADMISSION,       /* how a stay began */
  DMP_TABLE_DISCHARGE,       /* how a stay ended */
  DMP_TABLE_DOCUMENT_STATUS, /* SNOMED CT */
  DMP_N_TABLES
} DmpCodeTable;

typedef struct
{
  const char *code;
  const char *system;
  const char *label; /* (nullable) */
  const char *extra; /* (nullable): see #DmpCodeTable */
} DmpCodeRow;

typedef struct
{
  const char *name; /* the file's name without ".tsv" */
  const char *source;
  const char *version;
  const DmpCodeRow *rows;
  gsize n_rows;
} DmpCodeTableData;

/* Returns: (transfer none): the whole table, to iterate over or to name its source */
const DmpCodeTableData *dmp_code_table_get (DmpCodeTable table);

/* @system: (nullable): NULL takes the first row of that code. Returns: (transfer none) (nullable)
 */
const DmpCodeRow *dmp_code_table_find (DmpCodeTable table, const char *code, const char *system);

/* Returns: (transfer none) (nullable): the label of @code in @table */
const char *dmp_code_table_get_label (DmpCodeTable table, const char *code, const char *system);

/* A code of @table with system and label. Returns: (transfer full) (nullable): NULL when the table
 * does not hold it */
DmpCode *dmp_code_table_dup_code (DmpCodeTable table, const char *code, const char *system);

/* What a person reads for @code: the table's label, else the label that came with it, else the code
 * itself. Returns: (transfer none) */
const char *dmp_code_table_get_display (DmpCodeTable table, DmpCode *code);

/* The class that the DMP files documents of @type_code under (ASS_X16). Returns: (transfer full)
 * (nullable): NULL when the DMP does not take such documents */
DmpCode *dmp_code_table_dup_class_of_type (DmpCode *type_code);

/* The format of a CDA document (ASS_A11).
 * @template_id: one of its template ids
 * @mime: (nullable): media type of an unstructured body, NULL for a structured one
 * Returns: (transfer full) (nullable): NULL when the template names no format */
DmpCode *dmp_code_table_dup_format_of_template (const char *template_id, const char *mime);

G_END_DECLS
