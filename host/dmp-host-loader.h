#pragma once

#include "dmp-host-service.h"

G_BEGIN_DECLS

/* How much a load took in. */
typedef struct
{
  guint professionals, patients, documents;
  guint known; /* documents that were there already, identical */
} DmpHostLoad;

/* Takes in a folder of sample records (docs/records.md): professionals.json, then every folder with
 * a patient.json. What is there already stays; loading twice changes nothing.
 * @error: the first file that cannot be read, with its name */
gboolean dmp_host_load (DmpHost *host, const char *folder, DmpHostLoad *load, GError **error);

G_END_DECLS
