#pragma once

#include "dmp-host-loader.h"
#include "dmp-host-record.h"

G_BEGIN_DECLS

/* Loads documents.json of @folder into @record, one submission set after another. Private to the
 * loader, as the readers of JSON below; all their results are borrowed and may be NULL. */
gboolean dmp_host_load_documents (DmpHostRecord *record,
                                  const char *folder,
                                  DmpHostLoad *load,
                                  GError **error);

const char *dmp_host_json_text (JsonObject *object, const char *name);
JsonArray *dmp_host_json_list (JsonObject *object, const char *name);
JsonObject *dmp_host_json_item (JsonArray *list, guint i);

/* Returns: (transfer full): the root of @folder/@name */
JsonNode *dmp_host_json_load (const char *folder, const char *name, GError **error);

G_END_DECLS
