#include "config.h"

#include "dmp-cli-cda-write.h"
#include "dmp-note-json.h"

#include "model/dmp-error.h"
#include "model/dmp-unique-id.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static GBytes *
write_model (const DmpNoteModel *model, GError **error)
{
  g_autofree char *unique_id = dmp_unique_id_new_oid ();
  g_autofree char *set_id = dmp_unique_id_new_oid ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const DmpCdaFrame frame = {
    .unique_id = unique_id,
    .set_id = set_id,
    .version = 1,
    .title = model->title,
    .service_start = model->start, /* else the note's own */
    .service_stop = model->stop,
    .now = now,
    .language = "fr-FR",
    .patient = model->patient,
    .practitioner = model->practitioner,
    .situation = model->situation,
  };

  return dmp_note_write (model->note, &frame, error);
}

gboolean
dmp_cli_cda_write (const char *path, GError **error)
{
  g_autoptr (DmpNoteModel) model = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize len = 0;

  if (!g_file_get_contents (strcmp (path, "-") == 0 ? "/dev/stdin" : path, &text, &len, NULL))
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE, _ ("Le fichier « %s » ne peut pas être lu."),
                   path);
      return FALSE;
    }
  model = dmp_note_model_parse (text, len, error);
  explicit_bzero (text, len);
  bytes = model ? write_model (model, error) : NULL;
  if (bytes == NULL)
    return FALSE;
  fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout);
  return TRUE;
}
