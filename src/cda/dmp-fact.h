#pragma once

#include "model/dmp-code.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* One thing that a document says about the patient, with the place it says it. Nothing is
 * interpreted: texts, numbers, dates and codes stand as written, absence stays absence. */

typedef enum
{
  DMP_FACT_ALLERGY,
  DMP_FACT_PROBLEM,   /* active: section 11450-4 */
  DMP_FACT_HISTORY,   /* past illness, or a problem outside the active ones */
  DMP_FACT_TREATMENT, /* a plan: VSM, prescription, discharge list */
  DMP_FACT_DELIVERY,  /* dispensed or reimbursed */
  DMP_FACT_RESULT,
  DMP_FACT_VACCINE,
  DMP_FACT_PROCEDURE,
  DMP_FACT_DEVICE,
  DMP_FACT_EVENT,  /* stay, visit */
  DMP_FACT_RISK,   /* occupational and other risk factors, points de vigilance */
  DMP_FACT_SOCIAL, /* habits */
  DMP_FACT_PREGNANCY,
  DMP_FACT_FAMILY, /* of a relative: never a problem of the patient */
  DMP_FACT_CONTACT,
  DMP_FACT_DIRECTIVE,
  DMP_FACT_FINDING,      /* examination, score, answer of a form: no block of its own */
  DMP_FACT_FILE,         /* a file among the entries: shown, never read */
  DMP_FACT_NOTE,         /* a comment, or a pointer to something else */
  DMP_FACT_UNCLASSIFIED, /* an entry no extractor knows: listed, never dropped */
  DMP_FACT_N_KINDS
} DmpFactKind;

/* Stable English name ("allergy"), as in JSON. */
const char *dmp_fact_kind_get_name (DmpFactKind kind);

/* A sub-statement that belongs to its fact. */
typedef enum
{
  DMP_DETAIL_REACTION, /* of an allergy or vaccine */
  DMP_DETAIL_SEVERITY,
  DMP_DETAIL_REASON, /* why: indication */
  DMP_DETAIL_STATUS, /* clinical status observation */
  DMP_DETAIL_ROUTE,
  DMP_DETAIL_SITE, /* with laterality, exactly as written */
  DMP_DETAIL_METHOD,
  DMP_DETAIL_SPECIMEN,
  DMP_DETAIL_RANK, /* of a vaccine dose */
  DMP_DETAIL_LOT,
  DMP_DETAIL_QUANTITY,  /* packs delivered: text "2", code unit */
  DMP_DETAIL_SUBSTANCE, /* active component */
  DMP_DETAIL_PERFORMER, /* who did or delivered it */
  DMP_DETAIL_AUTHOR,    /* who prescribed it */
  DMP_DETAIL_PLACE,
  DMP_DETAIL_RELATION, /* of a relative or contact */
  DMP_DETAIL_COMMENT,
  DMP_DETAIL_OTHER,
  DMP_DETAIL_N_ROLES
} DmpDetailRole;

const char *dmp_detail_role_get_name (DmpDetailRole role);

typedef struct
{
  DmpDetailRole role;
  char *text;    /* (nullable) */
  DmpCode *code; /* (nullable) */
} DmpFactDetail;

/* A measured or coded value. Numbers stay the digits that were written. */
typedef struct
{
  char *number; /* PQ, INT, REAL; NULL when the value is no number */
  char *unit;   /* UCUM, as written */
  char *low;    /* reference range; a value that is an interval itself is in @text */
  char *high;
  char *reference; /* the range as text, when only text is given */
  char *text;      /* ST, or the label of a coded value */
  DmpCode *code;   /* CD, CE, CO */
  char *flag;      /* interpretation as the report gave it: N L H LL HH A AA < > … */
} DmpFactValue;

/* The digits of @number with the language's decimal sign. @number: (nullable). Returns: (transfer
 * full) (nullable) */
char *dmp_fact_value_dup_number (const char *number);

/* UCUM is for machines: @unit as reports print it. @unit: (nullable). Returns: "" without one */
const char *dmp_fact_unit_get_label (const char *unit);

/* Its words as people read them: truth values are not "true". @value: (nullable). Returns:
 * (transfer none) (nullable) */
const char *dmp_fact_value_get_text (const DmpFactValue *value);

/* The unit to print behind @value. @value: (nullable). Returns: "" without one, and behind words,
 * which name it themselves */
const char *dmp_fact_value_get_unit (const DmpFactValue *value);

/* The coded posology, to compare with the written one. */
typedef struct
{
  char *dose_low, *dose_high, *dose_unit;
  char *period, *period_unit; /* PIVL_TS: every @period @period_unit */
  char *when;                 /* EIVL_TS events and the like: "ACM PCV", parted by a space */
  char *duration, *duration_unit;
} DmpFactDosage;

/* What the narrative row says in the columns that an entry codes too, as written. */
typedef struct
{
  char *value; /* "4,1", "4,1 mmol/L" */
  char *unit;
  char *flag;
  char *since; /* "12/03/2019", "2019" */
} DmpFactWritten;

/* How far its author is to be followed (design: P8). */
typedef enum
{
  DMP_TRUST_MT, /* médecin traitant, in a VSM or by functionCode PCP */
  DMP_TRUST_PS, /* another professional */
  DMP_TRUST_AM, /* Assurance maladie: billed or delivered, not taken */
  DMP_TRUST_PATIENT
} DmpTrust;

const char *dmp_trust_get_name (DmpTrust trust); /* "MT", "PS", "AM", "PATIENT" */

#define DMP_TYPE_FACT (dmp_fact_get_type ())

/* Immutable and counted. Strings and codes are (nullable) but where said. */
typedef struct _DmpFact
{
  DmpFactKind kind;
  DmpTrust trust;
  char *document;     /* never NULL: unique id of its document */
  char *place;        /* never NULL: "#anchor" in the narrative, else the section's path ("1.2") */
  char *section_code; /* LOINC of its section */
  guint order;        /* rank in the document */
  guint entry;        /* rank of the entry element it came from, from 1; 0: header, or words */
  char *text;         /* never NULL: the source's own words, maybe "" */
  char *row;          /* the whole narrative row or paragraph around @place, cells parted by tabs */
  GPtrArray *keys;    /* never NULL (element-type DmpCode): main code first, then translations */
  DmpCode *type;      /* what kind of allergy, problem, vaccination… */
  DmpFactValue *value;
  DmpFactDosage *dosage;
  char *dosage_text;       /* as written in the narrative or entry */
  DmpFactWritten *written; /* results and problems in a table that has such columns */
  char *date;              /* HL7 stamp, partial kept */
  char *end_date;
  char *status;      /* statusCode of the statement or its concern: active completed aborted… */
  char *null_flavor; /* of the statement or of its main value: UNK NA OTH MSK… */
  gboolean negated;  /* said to be absent, or not done */
  gboolean absent;   /* "none known" in so many codes: an explicit absence */
  gboolean no_information; /* an explicit "no information" */
  gboolean text_only;      /* words of a section that carries no coded entry */
  gboolean uncertain;      /* uncertaintyCode U */
  gboolean planned;        /* moodCode other than EVN: ordered, proposed, a goal */
  GPtrArray *details;      /* never NULL (element-type DmpFactDetail) */
} DmpFact;

GType dmp_fact_get_type (void);
DmpFact *dmp_fact_ref (DmpFact *self);
void dmp_fact_unref (DmpFact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpFact, dmp_fact_unref)

/* Nothing said yet; to be filled by who makes it, before anybody else holds it. Returns: (transfer
 * full) */
DmpFact *dmp_fact_new (DmpFactKind kind);

/* Adds a detail; nothing when @text and @code are both NULL. @text, @code: (transfer full) */
void dmp_fact_take_detail (DmpFact *self, DmpDetailRole role, char *text, DmpCode *code);

void dmp_fact_value_free (DmpFactValue *value);

/* The code of @self in code system @system. Returns: (transfer none) (nullable) */
DmpCode *dmp_fact_get_key (const DmpFact *self, const char *system);

/* The first detail in @role. Returns: (transfer none) (nullable) */
const DmpFactDetail *dmp_fact_get_detail (const DmpFact *self, DmpDetailRole role);

G_END_DECLS
