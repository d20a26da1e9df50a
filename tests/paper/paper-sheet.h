#pragma once

#include "../summary/summary-fixture.h"
#include "paper/dmp-paper.h"

/* A record, printed in memory, and what was printed, read back. */
typedef struct
{
  Record record;
  GDateTime *time;
  DmpPaperFrame frame; /* to be changed before it is printed */
  DmpSummary *summary; /* (nullable): made of the record unless it is set */
  char **pages;        /* the words of each page; any white space is a space */
  char *all;           /* of both */
} Sheet;

void sheet_init (Sheet *sheet);
void sheet_clear (Sheet *sheet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

/* Prints the record as it stands. Returns: FALSE: what was printed cannot be read here: skipped */
gboolean sheet_print (Sheet *sheet);

/* Head and foot of each page: whose, by whom, when, number, what it is not, tables and checks. */
void assert_edges (char **pages);

#define assert_has(text, words)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, words) == NULL)                                                              \
      g_error ("no \"%s\" in \"%s\"", words, text);                                                \
  }                                                                                                \
  G_STMT_END
#define assert_lacks(text, words)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, words) != NULL)                                                              \
      g_error ("\"%s\" in \"%s\"", words, text);                                                   \
  }                                                                                                \
  G_STMT_END

guint count_words (const char *text, const char *words);

/* How many of @stem000, @stem001… stand there, once or more. */
guint count_different (const char *text, const char *stem, guint n);

/* @n allergies, problems and treatments: Allergene000, Probleme000, MEDICAMENT000… */
void add_many (Record *record, guint n);

/* Treatment number @i of a record. */
void add_dose (Record *record, guint i, const char *name, const char *dose);
