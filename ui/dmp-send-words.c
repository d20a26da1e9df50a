#include "config.h"

#include "dmp-send-words.h"

#include "dmp-file-view.h"
#include "dmp-narrative.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

const char *
dmp_send_words_origin (const DmpFileReport *report)
{
  if (report == NULL)
    return "";
  if (report->document != NULL)
    return _ ("lu dans son en-tête");
  return report->suggestions->type != NULL ? _ ("prérempli d’après le fichier, à vérifier") : "";
}

char *
dmp_send_words_dup_type (const DmpFileReport *report)
{
  if (report == NULL || report->suggestions->type_found == NULL)
    return NULL;
  return g_strdup_printf (_ ("d’après « %s »"), report->suggestions->type_found);
}

char *
dmp_send_words_dup_author (const DmpFileReport *report, const char *author)
{
  if (report == NULL || report->document != NULL || report->suggestions->author == NULL)
    return g_strdup (author);
  return g_strdup_printf (_ ("%s · le fichier porte « %s »"), author, report->suggestions->author);
}

char *
dmp_send_words_dup_date (const DmpFileReport *report)
{
  const char *found = report != NULL ? report->suggestions->date : NULL;
  g_autofree char *day = found != NULL ? dmp_date_dup_display (found, FALSE, FALSE) : NULL;

  if (day == NULL)
    return NULL;
  return g_strdup_printf (_ ("« %s » figure dans le document : %s"), day,
                          report->suggestions->date_found);
}

GtkWidget *
dmp_send_words_new_preview (GBytes *bytes, const DmpFileReport *report)
{
  GtkWidget *narrative;

  if (bytes == NULL || report->mime == NULL)
    return NULL;
  if (report->document == NULL)
    return dmp_file_view_new (bytes, report->mime);
  narrative = g_object_new (DMP_TYPE_NARRATIVE, NULL);
  dmp_narrative_set_document (DMP_NARRATIVE (narrative), report->document, NULL);
  return narrative;
}
