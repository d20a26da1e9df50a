#pragma once

#include "dmp-code.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of a JSON object, as all that this program writes has them (docs/cli.md): a member is
 * always there, null when nothing is known. @key: (nullable): NULL within an array */

/* @value: (nullable): bytes that are no UTF-8 are written as U+FFFD */
void dmp_json_add_string (JsonBuilder *json, const char *key, const char *value);
void dmp_json_add_int (JsonBuilder *json, const char *key, gint64 value);
void dmp_json_add_bool (JsonBuilder *json, const char *key, gboolean value);

/* {"code","system","display"}. @code: (nullable) */
void dmp_json_add_code (JsonBuilder *json, const char *key, DmpCode *code);

/* The caller ends them with json_builder_end_object(), json_builder_end_array(). */
void dmp_json_begin_object (JsonBuilder *json, const char *key);
void dmp_json_begin_array (JsonBuilder *json, const char *key);

G_END_DECLS
