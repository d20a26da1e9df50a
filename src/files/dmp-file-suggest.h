#pragma once

#include "model/dmp-code.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a file's own words say of it: suggestions, never sent unseen. Each value comes with the line
 * it was found in. All (nullable): nothing found, nothing made up. */
typedef struct
{
  DmpCode *type; /* of the type table */
  char *type_found;
  char *title;
  char *title_found;
  char *date; /* "yyyyMMdd": of the care */
  char *date_found;
  char *author; /* the professional whose letter it is, when it is not the holder of the card */
  char *author_found;
} DmpFileSuggestions;

void dmp_file_suggestions_free (DmpFileSuggestions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpFileSuggestions, dmp_file_suggestions_free)

/* @text: UTF-8; @holder: (nullable): family name of who sends; @today: "yyyyMMdd": no date after it
 * is proposed. Returns: (transfer full) */
DmpFileSuggestions *dmp_file_suggest (const char *text, const char *holder, const char *today);

G_END_DECLS
