#include "config.h"

#include "dmp-xds-strings.h"
#include "dmp-code-table.h"
#include "dmp-oid.h"

#include <string.h>

#define SPECIAL "\\^&|~"
#define SPECIAL_NAMES "ESTFR" /* \E\ is the backslash, \S\ the caret, … (HL7 v2 §2.7.1) */

static void
append_escaped (GString *out, const char *text)
{
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      const char *found = strchr (SPECIAL, *p);

      if (found != NULL)
        g_string_append_printf (out, "\\%c\\", SPECIAL_NAMES[found - SPECIAL]);
      else
        g_string_append_c (out, *p);
    }
}

/* Undoes the escapes. Returns: NULL for an empty text */
static char *
dup_unescaped (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      const char *found =
          p[0] == '\\' && p[1] != '\0' && p[2] == '\\' ? strchr (SPECIAL_NAMES, p[1]) : NULL;

      if (found != NULL)
        {
          g_string_append_c (out, SPECIAL[found - SPECIAL_NAMES]);
          p += 2;
        }
      else
        g_string_append_c (out, *p);
    }

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* The @n-th component, counted from 1, or NULL when it is absent or empty. */
static char *
dup_component (char **components, guint n)
{
  return n <= g_strv_length (components) ? dup_unescaped (components[n - 1]) : NULL;
}

/* The OID of an assigning authority "name&oid&ISO", or what stands alone there. */
static char *
dup_authority (char **components, guint n)
{
  g_auto (GStrv) parts = NULL;

  if (n > g_strv_length (components))
    return NULL;
  parts = g_strsplit (components[n - 1], "&", -1);

  return g_strv_length (parts) >= 2 ? dup_unescaped (parts[1]) : dup_component (components, n);
}

void
dmp_cx_clear (DmpCx *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->oid, g_free);
  g_clear_pointer (&self->type, g_free);
}

char *
dmp_cx_write (const char *id, const char *oid, const char *type)
{
  GString *out = g_string_new (NULL);

  append_escaped (out, id);
  g_string_append (out, "^^^&");
  append_escaped (out, oid);
  g_string_append (out, "&ISO^");
  append_escaped (out, type);

  return g_string_free (out, FALSE);
}

gboolean
dmp_cx_parse (const char *text, DmpCx *out)
{
  g_auto (GStrv) components = g_strsplit (text != NULL ? text : "", "^", -1);
  g_auto (DmpCx) cx = { dup_component (components, 1), dup_authority (components, 4),
                        dup_component (components, 5) };

  if (cx.id == NULL || cx.oid == NULL)
    return FALSE;

  *out = cx;
  memset (&cx, 0, sizeof cx);

  return TRUE;
}

void
dmp_xcn_clear (DmpXcn *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->given, g_free);
  g_clear_pointer (&self->oid, g_free);
  g_clear_pointer (&self->name_type, g_free);
  g_clear_pointer (&self->id_type, g_free);
}

char *
dmp_xcn_write (const DmpXcn *self)
{
  GString *out = g_string_new (NULL);

  append_escaped (out, self->id);
  g_string_append_c (out, '^');
  append_escaped (out, self->family);
  g_string_append_c (out, '^');
  append_escaped (out, self->given);
  g_string_append (out, "^^^^^^&");
  append_escaped (out, self->oid);
  g_string_append (out, "&ISO^");
  append_escaped (out, self->name_type);
  g_string_append (out, "^^^");
  append_escaped (out, self->id_type);

  return g_string_free (out, FALSE);
}

char *
dmp_xcn_write_professional (const char *id, const char *family, const char *given)
{
  gboolean internal = id != NULL && strchr (id, '/') != NULL;
  DmpXcn xcn = { (char *) id,    (char *) family,
                 (char *) given, (char *) DMP_OID_PROFESSIONAL,
                 (char *) "D",   (char *) (internal ? "EI" : "IDNPS") };

  return dmp_xcn_write (&xcn);
}

char *
dmp_xcn_write_author (const DmpAuthor *author)
{
  const char *oid = author->id_oid != NULL ? author->id_oid : DMP_OID_PROFESSIONAL;
  gboolean patient = g_str_equal (oid, DMP_OID_INS_NIR) || g_str_equal (oid, DMP_OID_INS_NIA) ||
                     g_str_equal (oid, DMP_OID_INS_NIR_TEST) ||
                     g_str_equal (oid, DMP_OID_INS_NIR_DEMO);
  DmpXcn xcn = { author->id,
                 author->family,
                 author->given,
                 (char *) oid,
                 (char *) (patient ? "D" : "U"),
                 (char *) (patient ? "NH" : "RI") };

  if (g_str_equal (oid, DMP_OID_PROFESSIONAL))
    return dmp_xcn_write_professional (author->id, author->family, author->given);

  return dmp_xcn_write (&xcn);
}

gboolean
dmp_xcn_parse (const char *text, DmpXcn *out)
{
  g_auto (GStrv) components = g_strsplit (text != NULL ? text : "", "^", -1);
  g_auto (DmpXcn) xcn = { dup_component (components, 1),  dup_component (components, 2),
                          dup_component (components, 3),  dup_authority (components, 9),
                          dup_component (components, 10), dup_component (components, 13) };

  if (xcn.id == NULL && xcn.family == NULL)
    return FALSE;

  *out = xcn;
  memset (&xcn, 0, sizeof xcn);

  return TRUE;
}

void
dmp_xon_clear (DmpXon *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->oid, g_free);
  g_clear_pointer (&self->id, g_free);
}

char *
dmp_xon_write (const char *name, const char *id)
{
  GString *out = g_string_new (NULL);

  append_escaped (out, name);
  g_string_append (out, "^^^^^&" DMP_OID_STRUCTURE "&ISO^IDNST^^^");
  append_escaped (out, id);

  return g_string_free (out, FALSE);
}

gboolean
dmp_xon_parse (const char *text, DmpXon *out)
{
  g_auto (GStrv) components = g_strsplit (text != NULL ? text : "", "^", -1);
  g_auto (DmpXon) xon = { dup_component (components, 1), dup_authority (components, 6),
                          dup_component (components, 10) };

  if (xon.name == NULL && xon.id == NULL)
    return FALSE;

  *out = xon;
  memset (&xon, 0, sizeof xon);

  return TRUE;
}

char *
dmp_ce_write (DmpCode *code)
{
  GString *out = g_string_new (NULL);

  append_escaped (out, dmp_code_get_code (code));
  g_string_append_c (out, '^');
  append_escaped (out, dmp_code_get_display (code));
  g_string_append_c (out, '^');
  append_escaped (out, dmp_code_get_system (code));

  return g_string_free (out, FALSE);
}

DmpCode *
dmp_ce_parse (const char *text)
{
  g_auto (GStrv) components = g_strsplit (text != NULL ? text : "", "^", -1);
  g_autofree char *code = dup_component (components, 1);
  g_autofree char *label = dup_component (components, 2);
  g_autofree char *system = dup_authority (components, 3);

  return code != NULL ? dmp_code_new (code, system, label) : NULL;
}

static const struct
{
  const char *urn;
  const char *name;
} statuses[] = {
  [DMP_STATUS_APPROVED] = { DMP_URN_STATUS_APPROVED, "approved" },
  [DMP_STATUS_DEPRECATED] = { DMP_URN_STATUS_DEPRECATED, "deprecated" },
  [DMP_STATUS_ARCHIVED] = { DMP_URN_STATUS_ARCHIVED, "archived" },
  [DMP_STATUS_DELETED] = { DMP_URN_STATUS_DELETED, "deleted" },
  [DMP_STATUS_UNKNOWN] = { NULL, "unknown" },
};

const char *
dmp_status_to_urn (DmpStatus status)
{
  g_return_val_if_fail (status <= DMP_STATUS_UNKNOWN, NULL);

  return statuses[status].urn;
}

DmpStatus
dmp_status_from_urn (const char *urn)
{
  for (guint i = 0; i < DMP_STATUS_UNKNOWN; i++)
    if (g_strcmp0 (urn, statuses[i].urn) == 0)
      return (DmpStatus) i;

  return DMP_STATUS_UNKNOWN;
}

const char *
dmp_status_get_name (DmpStatus status)
{
  g_return_val_if_fail (status <= DMP_STATUS_UNKNOWN, NULL);

  return statuses[status].name;
}

static const struct
{
  DmpVisibility flag;
  const char *code;
} visibilities[] = {
  { DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS, "MASQUE_PS" },
  { DMP_VISIBILITY_HIDDEN_FROM_PATIENT, "INVISIBLE_PATIENT" },
  { DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES, "INVISIBLE_REPRESENTANTS_LEGAUX" },
};

const char *
dmp_visibility_to_code (DmpVisibility flag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (visibilities); i++)
    if (visibilities[i].flag == flag)
      return visibilities[i].code;

  return NULL;
}

DmpVisibility
dmp_visibility_from_code (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (visibilities); i++)
    if (g_strcmp0 (visibilities[i].code, code) == 0)
      return visibilities[i].flag;

  return DMP_VISIBILITY_NORMAL;
}

GPtrArray *
dmp_visibility_dup_codes (DmpVisibility visibility)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (
      codes, dmp_code_table_dup_code (DMP_TABLE_CONFIDENTIALITY, "N", DMP_OID_CONFIDENTIALITY));
  for (gsize i = 0; i < G_N_ELEMENTS (visibilities); i++)
    if ((visibility & visibilities[i].flag) != 0)
      g_ptr_array_add (codes,
                       dmp_code_table_dup_code (DMP_TABLE_CONFIDENTIALITY, visibilities[i].code,
                                                DMP_OID_CONFIDENTIALITY_DMP));

  return codes;
}
