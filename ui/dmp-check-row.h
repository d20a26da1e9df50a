#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_CHECK_UNKNOWN, /* not known yet */
  DMP_CHECK_OK,
  DMP_CHECK_WRONG
} DmpCheck;

/* A row that says of one thing whether it is in order: a shape, its name, a word; a sentence stands
 * below the name. Signal "repair": its button was pressed. */
#define DMP_TYPE_CHECK_ROW (dmp_check_row_get_type ())
G_DECLARE_FINAL_TYPE (DmpCheckRow, dmp_check_row, DMP, CHECK_ROW, AdwActionRow)

/* @word: the state in words, e.g. "détecté" */
void dmp_check_row_set (DmpCheckRow *self, DmpCheck check, const char *word);

/* A button that puts it right, "repair" is emitted by it. @label: (nullable): no button */
void dmp_check_row_offer (DmpCheckRow *self, const char *label);

G_END_DECLS
