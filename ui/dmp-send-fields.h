#pragma once

#include "dmp-send-file.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a file is: its type, title and day of the act, who sends it, and where each value came from.
 * Signal "changed": somebody typed or chose; the entries of the file have it. */
#define DMP_TYPE_SEND_FIELDS (dmp_send_fields_get_type ())
G_DECLARE_FINAL_TYPE (DmpSendFields, dmp_send_fields, DMP, SEND_FIELDS, AdwBin)

/* Shows the entries of @file. @file: (nullable): none chosen */
void dmp_send_fields_set_file (DmpSendFields *self, DmpSendFile *file);

/* Says anew what is wrong with the date and where the values came from.
 * @author: (nullable): who sends */
void dmp_send_fields_refresh (DmpSendFields *self, const char *author);

G_END_DECLS
