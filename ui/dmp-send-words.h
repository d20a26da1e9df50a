#pragma once

#include "files/dmp-file-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a file says of itself, as the page that sends it shows it. @report: (nullable) everywhere:
 * not examined yet */

/* Where the values of the fields came from. Returns: (transfer none): may be "" */
const char *dmp_send_words_origin (const DmpFileReport *report);

/* The words that told the type. Returns: (transfer full) (nullable) */
char *dmp_send_words_dup_type (const DmpFileReport *report);

/* Who sends, and whose name the file bears. @author: (nullable). Returns: (transfer full)
 * (nullable) */
char *dmp_send_words_dup_author (const DmpFileReport *report, const char *author);

/* The day that stands in it, with the words around. Returns: (transfer full) (nullable) */
char *dmp_send_words_dup_date (const DmpFileReport *report);

/* The file as its readers will see it. @bytes: (nullable). Returns: (transfer floating) (nullable)
 */
GtkWidget *dmp_send_words_new_preview (GBytes *bytes, const DmpFileReport *report);

G_END_DECLS
