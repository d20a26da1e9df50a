#include "config.h"

#include "dmp-code-table.h"

#include <string.h>

extern const DmpCodeTableData dmp_code_table_data[DMP_N_TABLES]; /* made from codes/ */

const DmpCodeTableData *
dmp_code_table_get (DmpCodeTable table)
{
  g_return_val_if_fail (table < DMP_N_TABLES, NULL);

  return &dmp_code_table_data[table];
}

const DmpCodeRow *
dmp_code_table_find (DmpCodeTable table, const char *code, const char *system)
{
  const DmpCodeTableData *data = dmp_code_table_get (table);

  if (data == NULL || code == NULL)
    return NULL;

  for (gsize i = 0; i < data->n_rows; i++)
    if (strcmp (data->rows[i].code, code) == 0 &&
        (system == NULL || g_strcmp0 (data->rows[i].system, system) == 0))
      return &data->rows[i];

  return NULL;
}

const char *
dmp_code_table_get_label (DmpCodeTable table, const char *code, const char *system)
{
  const DmpCodeRow *row = dmp_code_table_find (table, code, system);

  return row != NULL ? row->label : NULL;
}

DmpCode *
dmp_code_table_dup_code (DmpCodeTable table, const char *code, const char *system)
{
  const DmpCodeRow *row = dmp_code_table_find (table, code, system);

  return row != NULL ? dmp_code_new (row->code, row->system, row->label) : NULL;
}

const char *
dmp_code_table_get_display (DmpCodeTable table, DmpCode *code)
{
  const char *label =
      dmp_code_table_get_label (table, dmp_code_get_code (code), dmp_code_get_system (code));

  if (label == NULL)
    label = dmp_code_get_display (code);

  return label != NULL && *label != '\0' ? label : dmp_code_get_code (code);
}

DmpCode *
dmp_code_table_dup_class_of_type (DmpCode *type_code)
{
  const DmpCodeRow *row = dmp_code_table_find (DMP_TABLE_TYPE, dmp_code_get_code (type_code),
                                               dmp_code_get_system (type_code));

  if (row == NULL || row->extra == NULL)
    return NULL;

  return dmp_code_table_dup_code (DMP_TABLE_CLASS, row->extra, NULL);
}

DmpCode *
dmp_code_table_dup_format_of_template (const char *template_id, const char *mime)
{
  const DmpCodeTableData *data = dmp_code_table_get (DMP_TABLE_TEMPLATE_FORMAT);

  for (gsize i = 0; i < data->n_rows; i++)
    {
      const DmpCodeRow *row = &data->rows[i];

      if (strcmp (row->code, template_id) == 0 && g_strcmp0 (row->extra, mime) == 0)
        return dmp_code_new (row->label, row->system,
                             dmp_code_table_get_label (DMP_TABLE_FORMAT, row->label, row->system));
    }

  return NULL;
}
