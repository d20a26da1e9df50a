#include "config.h"

#include "dmp-json.h"

static void
add_key (JsonBuilder *json, const char *key)
{
  if (key)
    json_builder_set_member_name (json, key);
}

void
dmp_json_add_string (JsonBuilder *json, const char *key, const char *value)
{
  add_key (json, key);
  if (value == NULL)
    json_builder_add_null_value (json);
  else if (g_utf8_validate (value, -1, NULL))
    json_builder_add_string_value (json, value);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      json_builder_add_string_value (json, valid);
    }
}

void
dmp_json_add_int (JsonBuilder *json, const char *key, gint64 value)
{
  add_key (json, key);
  json_builder_add_int_value (json, value);
}

void
dmp_json_add_bool (JsonBuilder *json, const char *key, gboolean value)
{
  add_key (json, key);
  json_builder_add_boolean_value (json, value);
}

void
dmp_json_add_code (JsonBuilder *json, const char *key, DmpCode *code)
{
  if (code == NULL)
    {
      dmp_json_add_string (json, key, NULL);
      return;
    }
  dmp_json_begin_object (json, key);
  dmp_json_add_string (json, "code", dmp_code_get_code (code));
  dmp_json_add_string (json, "system", dmp_code_get_system (code));
  dmp_json_add_string (json, "display", dmp_code_get_display (code));
  json_builder_end_object (json);
}

void
dmp_json_begin_object (JsonBuilder *json, const char *key)
{
  add_key (json, key);
  json_builder_begin_object (json);
}

void
dmp_json_begin_array (JsonBuilder *json, const char *key)
{
  add_key (json, key);
  json_builder_begin_array (json);
}
