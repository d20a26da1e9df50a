#pragma once

#include "model/dmp-code.h"
#include "xml/dmp-message.h"

#include <json-glib/json-glib.h>

/* Between the files of dmp-decode. */

void dmp_decode_add_error (JsonBuilder *json, const GError *error);

/* "body": an object by transaction. @id: (nullable): "TD3.1" */
void dmp_decode_add_body (JsonBuilder *json, const char *id, const DmpMessage *message);

/* The transaction that @body belongs to. @action: (nullable): decides where bodies are alike.
 * Returns: (transfer none) (nullable) */
const char *dmp_decode_find_transaction (xmlNode *body, const char *action);

/* "vihf": attributes of the assertion in @header, or null. @header: (nullable) */
void dmp_decode_add_vihf (JsonBuilder *json, xmlNode *header);
