#pragma once

#include "dmp-cda-document.h"
#include "dmp-cda-frame.h"
#include "dmp-fact.h"
#include "model/dmp-code-table.h"

G_BEGIN_DECLS

/* Structured documents (CDA level 3) that a person writes here: one file a type declares its
 * sections, the lists of a section its fields, and from these the narrative, the coded entries, the
 * JSON of `dmp cda write` and the form in the window are made. What is written is a #DmpFact: the
 * same that the extractors read back. */

/* How a field is filled in. */
typedef enum
{
  DMP_INPUT_CODE,    /* chosen in code tables; words alone only where the field allows them */
  DMP_INPUT_TEXT,    /* words */
  DMP_INPUT_DATE,    /* HL7 stamp, partial allowed: "2019", "201905", "20190512" */
  DMP_INPUT_DAY,     /* HL7 stamp of a whole day */
  DMP_INPUT_NUMBER,  /* digits, with the unit of the question */
  DMP_INPUT_BOOLEAN, /* "true" or "false" */
  DMP_INPUT_ANSWER   /* as the question of the same fact says */
} DmpNoteInput;

/* Where a field stands in a fact. */
typedef enum
{
  DMP_SLOT_MAIN,   /* text and keys */
  DMP_SLOT_TYPE,   /* type */
  DMP_SLOT_DATE,   /* date */
  DMP_SLOT_END,    /* end_date */
  DMP_SLOT_DOSAGE, /* dosage_text */
  DMP_SLOT_VALUE,  /* value */
  DMP_SLOT_DETAIL  /* the detail in @role */
} DmpNoteSlot;

typedef struct
{
  const char *name;  /* in JSON and anchors */
  const char *label; /* column heading and form label, French, translatable */
  DmpNoteSlot slot;
  DmpDetailRole role;
  DmpNoteInput input;
  gboolean required;
  gboolean free_text; /* what no table holds may stand as words, without a code */
  guint n_tables;
  DmpCodeTable tables[2]; /* where a code is looked for */
} DmpNoteField;

/* One of the questions that a section asks. */
typedef struct
{
  const char *code, *system, *label;
  const char *template_id; /* (nullable) */
  DmpNoteInput answer;
  DmpCodeTable table;
  const char *unit; /* (nullable): UCUM */
  gboolean required;
} DmpNoteQuestion;

typedef struct _DmpEntryWriting DmpEntryWriting;

/* What the entries of a list are. */
typedef struct
{
  DmpFactKind kind;
  const DmpNoteField *fields;
  guint n_fields;
  const DmpNoteQuestion *questions; /* (nullable): the main field is one of these */
  guint n_questions;
  gboolean ahead;                     /* its dates may lie ahead: what is to be taken or done */
  const char *none_code, *none_label; /* (nullable): explicit absence (IPS) */
  const char *unknown_code, *unknown_label;   /* (nullable): explicit ignorance (IPS) */
  const char *(*check) (const DmpFact *fact); /* (nullable): what fields must stand together; the
                                                 defect in French (translatable), or NULL */
  void (*write) (const DmpEntryWriting *writing); /* (nullable): words without entries */
} DmpNoteKind;

typedef struct
{
  const char *name; /* in JSON */
  const char *code, *code_label;
  const char *title;       /* French, translatable */
  const char *none;        /* (nullable): "nothing known" in French; NULL when it cannot be said */
  const char *templates;   /* parted by spaces */
  const DmpNoteKind *kind; /* (nullable): only groups the deeper ones after it */
  guint depth;             /* 0: directly in the body */
  gboolean required;       /* written even when nothing was said about it */
  guint min, max;          /* how many entries; max 0: any number */
} DmpNoteSection;

typedef struct
{
  const char *name;  /* "vsm", "vaccination", "letter" */
  const char *label; /* what people call it, French, translatable */
  const char *code, *system;
  const char *event_code, *event_system, *event_label; /* serviceEvent */
  const char *const *templates;
  const DmpNoteSection *sections;
  guint n_sections;
  gboolean regular_doctor; /* by the médecin traitant only */
  gboolean single;         /* of one patient and author a new one takes the place of the last */
} DmpNoteType;

extern const DmpNoteType dmp_note_vsm;
extern const DmpNoteType dmp_note_vaccination;
extern const DmpNoteType dmp_note_letter;

/* All of them, closed by NULL. */
const DmpNoteType *const *dmp_note_types (void);

/* @name: "vsm"… Returns: (transfer none) (nullable) */
const DmpNoteType *dmp_note_type_find (const char *name);

/* What a section says: its facts; or, when it has none, that nothing is known (@none) or that
 * nothing was said. */
typedef struct
{
  const DmpNoteSection *section;
  gboolean none;
  GPtrArray *facts; /* (element-type DmpFact) */
} DmpNoteList;

typedef struct
{
  const DmpNoteType *type;
  GPtrArray *lists; /* (element-type DmpNoteList): one a section, in order */
  GPtrArray *left;  /* (element-type DmpFact): read, but the type cannot say it: see
                       dmp_note_read() */
} DmpNote;

/* Returns: (transfer full): says nothing yet */
DmpNote *dmp_note_new (const DmpNoteType *type);
void dmp_note_free (DmpNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpNote, dmp_note_free)

/* Returns: (transfer none) (nullable) */
DmpNoteList *dmp_note_get_list (DmpNote *self, const char *name);

/* What the document says where @type has a place for it: a version before, to be continued. What it
 * says of the patient's health elsewhere, denies, or doubts is in "left". Returns: (transfer full)
 */
DmpNote *dmp_note_read (const DmpNoteType *type, DmpCdaDocument *document);

/* Why it cannot be sent yet, one French sentence each: what is missing or of another kind, dates
 * that lie ahead of today where they may not, ends before their start. Returns: (transfer full)
 * (element-type utf8): empty when it can */
GPtrArray *dmp_note_check (const DmpNote *self);

/* The same for one line that would stand in @section. Returns: (transfer full) (element-type utf8)
 */
GPtrArray *dmp_note_check_fact (const DmpNoteSection *section, const DmpFact *fact);

/* The same for one field of @fact, and for what fields must stand together; without a capital: they
 * follow the name of their section. Returns: (transfer full) (nullable) */
char *
dmp_note_check_field (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact);
/* Returns: (transfer none) (nullable) */
const char *dmp_note_check_together (const DmpNoteKind *kind, const DmpFact *fact);

/* When the care that it tells of took place: a vaccine's day, a stay's days; NULL where it does not
 * say. @start, @stop: (out) (transfer none): as long as @self */
void dmp_note_get_service (const DmpNote *self, const char **start, const char **stop);

/* The document: header of @frame (its type, event and templates are those of the note), narrative
 * made of the facts, entries that refer to it. Where the frame has no start of care, both ends are
 * those of dmp_note_get_service(); a start that is not said is the end, else the day of writing.
 * @error: %DMP_ERROR_INVALID_DOCUMENT: the first defect of dmp_note_check(), or a missing or
 *   impossible field of the header
 * Returns: (transfer full): UTF-8 XML */
GBytes *dmp_note_write (const DmpNote *self, const DmpCdaFrame *frame, GError **error);

/* --- Fields of a fact ------------------------------------------------------------------------ */

/* The field of @kind that stands in @slot. @role: of a detail. Returns: (transfer none) (nullable)
 */
const DmpNoteField *
dmp_note_kind_find_field (const DmpNoteKind *kind, DmpNoteSlot slot, DmpDetailRole role);

/* A fact that says what the fields of @kind say of @fact and nothing else. Where a code must be
 * chosen, one that may not be chosen is left out; where words may stand alone, one of a code system
 * that is not looked in: the words stay. Returns: (transfer full) */
DmpFact *dmp_note_kind_dup_fact (const DmpNoteKind *kind, const DmpFact *fact);

/* The question that @fact answers. Returns: (transfer none) (nullable) */
const DmpNoteQuestion *dmp_note_kind_find_question (const DmpNoteKind *kind, const DmpFact *fact);

/* What a person reads in @field of @fact: dates as the French write them, labels of codes.
 * Returns: (transfer full) (nullable) */
char *
dmp_note_field_dup_text (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact);

/* Returns: (transfer none) (nullable) */
DmpCode *dmp_note_field_get_code (const DmpNoteField *field, const DmpFact *fact);

/* Fills @field of @fact, which nobody else holds yet. A medicine brings its class with it. The
 * question of @fact must stand before its answer.
 * @text: (nullable): words, stamp, digits, "true"; with @code: NULL takes its label
 * @code: (nullable) */
void dmp_note_field_set (const DmpNoteKind *kind,
                         const DmpNoteField *field,
                         DmpFact *fact,
                         const char *text,
                         DmpCode *code);

/* The tables that @field is chosen in, the answer's those of its question.
 * @tables: (out caller-allocates): room for 2. Returns: how many */
guint dmp_note_field_get_tables (const DmpNoteKind *kind,
                                 const DmpNoteField *field,
                                 const DmpFact *fact,
                                 DmpCodeTable *tables);

G_END_DECLS
