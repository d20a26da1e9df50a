#include "config.h"

#include "dmp-json.h"

void
dmp_json_add_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  if (value != NULL)
    json_builder_add_string_value (json, value);
  else
    json_builder_add_null_value (json);
}

void
dmp_json_add_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

void
dmp_json_add_bool (JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

void
dmp_json_add_code (JsonBuilder *json, const char *name, DmpCode *code)
{
  if (name != NULL)
    json_builder_set_member_name (json, name);
  if (code == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "code", dmp_code_get_code (code));
  dmp_json_add_string (json, "system", dmp_code_get_system (code));
  dmp_json_add_string (json, "display", dmp_code_get_display (code));
  json_builder_end_object (json);
}

void
dmp_json_begin_object (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
}

void
dmp_json_begin_array (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
}
