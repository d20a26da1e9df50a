#pragma once

#include "dmp-cda-block.h"
#include "model/dmp-code.h"
#include "model/dmp-patient.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* A CDA R2 document, read (CI-SIS structuration minimale, levels 1 to 3). Immutable: it may be read
 * from any thread. Parsing fetches nothing and runs nothing: no DTD, no style sheet, no link. */
#define DMP_TYPE_CDA_DOCUMENT (dmp_cda_document_get_type ())
G_DECLARE_FINAL_TYPE (DmpCdaDocument, dmp_cda_document, DMP, CDA_DOCUMENT, GObject)

typedef enum
{
  DMP_CDA_BODY_NONE,      /* no body at all */
  DMP_CDA_BODY_NON_XML,   /* level 1: one file */
  DMP_CDA_BODY_TEXT,      /* sections without a coded entry: text only */
  DMP_CDA_BODY_STRUCTURED /* at least one coded entry */
} DmpCdaBody;

typedef enum
{
  DMP_CDA_ROLE_AUTHOR,
  DMP_CDA_ROLE_DATA_ENTERER,
  DMP_CDA_ROLE_INFORMANT, /* trusted person, person to warn, or a professional */
  DMP_CDA_ROLE_CUSTODIAN,
  DMP_CDA_ROLE_RECIPIENT,
  DMP_CDA_ROLE_LEGAL_AUTHENTICATOR,
  DMP_CDA_ROLE_AUTHENTICATOR,
  DMP_CDA_ROLE_PARTICIPANT,
  DMP_CDA_ROLE_PERFORMER, /* of documentationOf/serviceEvent */
  DMP_CDA_ROLE_GUARDIAN
} DmpCdaRole;

/* Someone or something in the header. Strings may be NULL but where said. */
typedef struct
{
  DmpCdaRole role;
  char
      *kind; /* @classCode/@typeCode where it says more: "NOK", "ECON", "CON", "REF", "CAREGIVER" */
  char *id;  /* extension, or the root where there is none */
  char *id_root;
  char *prefix, *family, *given, *suffix;
  char *device;          /* software or machine: an automaton */
  char *organisation;    /* name */
  char *organisation_id; /* extension */
  char *time;            /* HL7 stamp */
  char *telecom;         /* first one, as written: "tel:0123456789" */
  char **telecoms;       /* all of them; never NULL */
  char *address;         /* of the person, else of the organisation, on one line */
  DmpCode *code;         /* speciality, or relation to the patient */
  DmpCode *function;     /* functionCode: "PCP" is the médecin traitant */
} DmpCdaPerson;

/* "Dr Claire LEROY", "LBM Bioval", "Assurance maladie". Returns: (transfer full): maybe "" */
char *dmp_cda_person_dup_display (const DmpCdaPerson *self);

/* What the document is about: documentationOf/serviceEvent. */
typedef struct
{
  DmpCode *code;      /* (nullable) */
  char *start, *stop; /* HL7 stamps (nullable) */
} DmpCdaAct;

/* The header. Strings and codes may be NULL but where said; times are HL7 stamps as written. */
typedef struct
{
  char *unique_id; /* never NULL: "root" or "root^extension", as XDS writes it */
  char *set_id;    /* same form */
  guint version;   /* 1 when absent */
  char *title;     /* never NULL, maybe "" */
  char *effective_time;
  char *confidentiality; /* N, R, V */
  char *language;
  char *service_start, *service_stop; /* of the main serviceEvent */
  char *encounter_start, *encounter_stop;
  char *replaces;            /* relatedDocument RPLC: id of the document replaced */
  char *order_id;            /* inFulfillmentOf, the first: "root^extension" */
  char **orders;             /* never NULL: extensions (roots without) of all of them */
  GPtrArray *acts;           /* (element-type DmpCdaAct): [0] is the main one */
  DmpCode *code;             /* type */
  DmpCode *event_code;       /* of the main serviceEvent */
  DmpCode *practice_setting; /* standardIndustryClassCode of its performer */
  DmpCode *encounter_code;
  DmpCode *facility_type;  /* healthCareFacility/code */
  char *facility_name;     /* healthCareFacility/location/name */
  DmpPatient *patient;     /* never NULL; fields may be */
  char **patient_ids;      /* never NULL: "root^extension", as written */
  char **patient_telecoms; /* never NULL */
  char *patient_address;   /* on one line */
  char *birth_city;        /* the name of the birth place, whose code the patient has */
  char **template_ids;     /* never NULL: "root" or "root|extension" */
  GPtrArray *people;       /* (element-type DmpCdaPerson): document order */
} DmpCdaHeader;

/* Reads @bytes. A self-presenting document (xsl:stylesheet around the ClinicalDocument) is
 * unwrapped; its instructions are never executed.
 * @bytes: XML, UTF-8 or as its declaration says
 * @error: %DMP_ERROR_INVALID_XML, %DMP_ERROR_LIMIT (guarded parser), %DMP_ERROR_INVALID_DOCUMENT
 *   (no ClinicalDocument, or one without an id)
 * Returns: (transfer full) */
DmpCdaDocument *dmp_cda_document_parse (GBytes *bytes, GError **error);

/* Returns: (transfer none) */
const DmpCdaHeader *dmp_cda_document_get_header (DmpCdaDocument *self);
const char *dmp_cda_document_get_unique_id (DmpCdaDocument *self);
const char *dmp_cda_document_get_title (DmpCdaDocument *self);
DmpPatient *dmp_cda_document_get_patient (DmpCdaDocument *self);
DmpCdaBody dmp_cda_document_get_body (DmpCdaDocument *self);

/* Whether it was wrapped in a style sheet. */
gboolean dmp_cda_document_get_self_presenting (DmpCdaDocument *self);

/* The first person in @role. Returns: (transfer none) (nullable) */
const DmpCdaPerson *dmp_cda_document_get_person (DmpCdaDocument *self, DmpCdaRole role);

/* Whether the header names template @root (extension not looked at). */
gboolean dmp_cda_document_has_template (DmpCdaDocument *self, const char *root);

/* The narrative from top to bottom, level 1 bodies as one FILE block.
 * Returns: (transfer none) (element-type DmpCdaBlock) */
GPtrArray *dmp_cda_document_get_blocks (DmpCdaDocument *self);

/* Returns: (transfer none) (element-type DmpCdaSection): [0] stands for the document itself */
GPtrArray *dmp_cda_document_get_sections (DmpCdaDocument *self);

/* Returns: (transfer none) (element-type DmpCdaAttachment): in document order */
GPtrArray *dmp_cda_document_get_attachments (DmpCdaDocument *self);

/* The block to scroll to for a source's @place: an anchor ("#id"), a section path ("1.2"), or the
 * index of a block itself ("@12", also with a place in a file that it shows: dmp-cda-place.h).
 * @index: (out): index into dmp_cda_document_get_blocks(). Returns: FALSE when there is no such
 * place */
gboolean dmp_cda_document_find_place (DmpCdaDocument *self, const char *place, guint *index);

/* The words of the whole narrative, as dmp_cda_block_dup_text(), blocks parted by newlines.
 * Returns: (transfer full) */
char *dmp_cda_document_dup_text (DmpCdaDocument *self);

G_END_DECLS
