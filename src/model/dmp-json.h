#pragma once

#include "dmp-code.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of the JSON object that is open in a builder, as every answer of ours writes them. The
 * builder keeps what it needs: nothing given here has to live on. */

/* @value: (nullable): null */
void dmp_json_add_string (JsonBuilder *json, const char *name, const char *value);
void dmp_json_add_int (JsonBuilder *json, const char *name, gint64 value);
void dmp_json_add_bool (JsonBuilder *json, const char *name, gboolean value);

/* {"code","system","display"}. @name: (nullable): an element of an array
 * @code: (nullable): null */
void dmp_json_add_code (JsonBuilder *json, const char *name, DmpCode *code);

/* To be ended with json_builder_end_object(), json_builder_end_array(). */
void dmp_json_begin_object (JsonBuilder *json, const char *name);
void dmp_json_begin_array (JsonBuilder *json, const char *name);

G_END_DECLS
