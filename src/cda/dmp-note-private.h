#pragma once

#include "dmp-cda-frame-private.h"
#include "dmp-fact-reader.h"
#include "dmp-note.h"

G_BEGIN_DECLS

/* Writing entries; private to this folder. */

/* The words of a section of which nothing was said; documents are in French. */
#define DMP_NOTE_UNSAID "Non renseigné"

/* One fact on its way into an entry. */
struct _DmpEntryWriting
{
  const DmpCdaFrame *frame;
  const DmpNoteKind *kind;
  const DmpFact *fact;
  const char *section_code;
  const char *prefix; /* of the anchors of its narrative: "s3-e1" */
  xmlNode *parent;    /* entry */
};

/* templateId children for @templates (parted by spaces). */
void dmp_entry_add_templates (xmlNode *node, const char *templates);

/* An act, observation… with its mood, templates and a new id. */
xmlNode *dmp_entry_add_statement (xmlNode *parent,
                                  const char *name,
                                  const char *mood,
                                  const char *templates);

/* @name (text, originalText) with a reference to the cell of @field. */
void dmp_entry_add_reference (const DmpEntryWriting *writing,
                              xmlNode *parent,
                              const char *name,
                              const char *field);

/* A code that refers to the words in the cell of @field; without @code, words alone (null flavour
 * OTH). @type: (nullable): xsi:type. Returns: (transfer none) */
xmlNode *dmp_entry_add_words (const DmpEntryWriting *writing,
                              xmlNode *parent,
                              const char *name,
                              const char *type,
                              DmpCode *code,
                              const char *field);

/* low and high; UNK where not said. @high: whether the end is written when it is not said. */
void dmp_entry_add_interval (xmlNode *parent, const DmpFact *fact, gboolean high);

/* The comment and the reason of a fact, when it has them. */
void dmp_entry_add_comment (const DmpEntryWriting *writing, xmlNode *parent);
void dmp_entry_add_reason (const DmpEntryWriting *writing, xmlNode *parent);

/* The detail's code, or NULL. */
DmpCode *dmp_entry_detail_code (const DmpFact *fact, DmpDetailRole role);

void dmp_entry_write_problem (const DmpEntryWriting *writing);
void dmp_entry_write_allergy (const DmpEntryWriting *writing);
void dmp_entry_write_treatment (const DmpEntryWriting *writing);
void dmp_entry_write_vaccine (const DmpEntryWriting *writing);
void dmp_entry_write_procedure (const DmpEntryWriting *writing);
void dmp_entry_write_family (const DmpEntryWriting *writing);
void dmp_entry_write_habit (const DmpEntryWriting *writing);
void dmp_entry_write_answer (const DmpEntryWriting *writing);
void dmp_entry_write_request (const DmpEntryWriting *writing);

/* Fields that many lists have. @label: N_ (…); @need: whether it must be filled. */
#define DMP_NOTE_TABLE(name)                                                                       \
  1, { DMP_TABLE_##name }
#define DMP_NOTE_DATE(label)                                                                       \
  {                                                                                                \
    "date", label, DMP_SLOT_DATE, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 }                        \
  }
#define DMP_NOTE_END(label)                                                                        \
  {                                                                                                \
    "end", label, DMP_SLOT_END, 0, DMP_INPUT_DATE, FALSE, FALSE, 0, { 0 }                          \
  }
#define DMP_NOTE_QUESTION(label)                                                                   \
  {                                                                                                \
    "main", label, DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, FALSE, 0, { 0 }                         \
  }
#define DMP_NOTE_ANSWER(label)                                                                     \
  {                                                                                                \
    "value", label, DMP_SLOT_VALUE, 0, DMP_INPUT_ANSWER, TRUE, FALSE, 0, { 0 }                     \
  }
#define DMP_NOTE_DETAIL(name, label, role, input, need)                                            \
  {                                                                                                \
    name, label, DMP_SLOT_DETAIL, DMP_DETAIL_##role, DMP_INPUT_##input, need, FALSE, 0, { 0 }      \
  }
/* Looked up in @table; words may stand alone but in DMP_NOTE_CODE. */
#define DMP_NOTE_MAIN(label, table)                                                                \
  {                                                                                                \
    "main", label, DMP_SLOT_MAIN, 0, DMP_INPUT_CODE, TRUE, TRUE, DMP_NOTE_TABLE (table)            \
  }
#define DMP_NOTE_CODE(name, label, role, table, need)                                              \
  {                                                                                                \
    name, label, DMP_SLOT_DETAIL, DMP_DETAIL_##role, DMP_INPUT_CODE, need, FALSE,                  \
        DMP_NOTE_TABLE (table)                                                                     \
  }
#define DMP_NOTE_WORDS(name, label, role, table)                                                   \
  {                                                                                                \
    name, label, DMP_SLOT_DETAIL, DMP_DETAIL_##role, DMP_INPUT_CODE, FALSE, TRUE,                  \
        DMP_NOTE_TABLE (table)                                                                     \
  }

/* Kinds of lists that several documents have. */
extern const DmpNoteKind dmp_note_kind_problem;
extern const DmpNoteKind dmp_note_kind_history;
extern const DmpNoteKind dmp_note_kind_allergy;
extern const DmpNoteKind dmp_note_kind_treatment;
extern const DmpNoteKind dmp_note_kind_procedure;
extern const DmpNoteKind dmp_note_kind_words;

G_END_DECLS
