#include "config.h"

#include "dmp-host-adhoc.h"

#include "dmp-host-error.h"
#include "dmp-host-rim.h"
#include "xml/dmp-xml.h"

#include <string.h>

#define MAX_VALUES 2000

void
dmp_host_adhoc_free (DmpHostAdhoc *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_hash_table_unref (self->parameters);
  g_free (self);
}

static gpointer
refuse (GError **error, DmpHostErrorCode code, const char *text)
{
  g_set_error_literal (error, DMP_HOST_ERROR, (gint) code, text);
  return NULL;
}

static void
skip_blanks (const char **p)
{
  *p += strspn (*p, " \t\r\n");
}

/* 'text' with '' for a quote, or a bare word. NULL when it does not end. */
static char *
take_literal (const char **p)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (**p != '\'')
    {
      gsize n = strcspn (*p, " \t\r\n,()'");
      g_string_append_len (text, *p, (gssize) n);
      *p += n;
      return n > 0 ? g_strndup (text->str, text->len) : NULL;
    }
  for ((*p)++; **p != '\0'; (*p)++)
    {
      if (**p == '\'' && (*p)[1] == '\'')
        (*p)++;
      else if (**p == '\'')
        {
          (*p)++;
          return g_strndup (text->str, text->len);
        }
      g_string_append_c (text, **p);
    }
  return NULL;
}

/* One literal, or a list of them in parentheses. */
static gboolean
add_values (GPtrArray *group, const char *p)
{
  gboolean list;

  skip_blanks (&p);
  list = *p == '(';
  p += list;
  for (;;)
    {
      char *value;

      skip_blanks (&p);
      value = take_literal (&p);
      if (value == NULL || group->len >= MAX_VALUES)
        {
          g_free (value);
          return FALSE;
        }
      g_ptr_array_add (group, value);
      skip_blanks (&p);
      if (!list || *p != ',')
        break;
      p++;
    }
  if (list && *p++ != ')')
    return FALSE;
  skip_blanks (&p);
  return *p == '\0';
}

static gboolean
add_slot (DmpHostAdhoc *self, xmlNode *slot)
{
  const char *name = dmp_xml_attr (slot, "name");
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *groups;
  xmlNode *list = dmp_xml_child (slot, DMP_HOST_NS_RIM, "ValueList");

  if (name == NULL)
    return FALSE;
  dmp_xml_each (value, list, DMP_HOST_NS_RIM, "Value")
  {
    g_autofree char *text = dmp_xml_text (value);
    if (!add_values (group, text))
      return FALSE;
  }
  groups = g_hash_table_lookup (self->parameters, name);
  if (groups == NULL)
    {
      groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
      g_hash_table_insert (self->parameters, g_strdup (name), groups);
    }
  if (group->len > 0)
    g_ptr_array_add (groups, g_steal_pointer (&group));
  return groups->len <= 64;
}

DmpHostAdhoc *
dmp_host_adhoc_parse (xmlNode *request, GError **error)
{
  g_autoptr (DmpHostAdhoc) self = g_new0 (DmpHostAdhoc, 1);
  xmlNode *option = dmp_xml_child (request, DMP_HOST_NS_QUERY, "ResponseOption");
  xmlNode *query = dmp_xml_child (request, DMP_HOST_NS_RIM, "AdhocQuery");
  const char *type = dmp_xml_attr (option, "returnType");

  self->parameters =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->id = g_strdup (dmp_xml_attr (query, "id"));
  self->leaf = g_strcmp0 (type, "LeafClass") == 0;
  if (self->id == NULL || (!self->leaf && g_strcmp0 (type, "ObjectRef") != 0))
    return refuse (error, DMP_HOST_ERROR_REGISTRY, "Requête ou forme de réponse inconnue");
  dmp_xml_each (slot, query, DMP_HOST_NS_RIM, "Slot") if (!add_slot (self, slot)) return refuse (
      error, DMP_HOST_ERROR_REGISTRY, "Paramètre de requête mal écrit");
  return g_steal_pointer (&self);
}

gboolean
dmp_host_adhoc_has (const DmpHostAdhoc *self, const char *name)
{
  GPtrArray *groups = g_hash_table_lookup (self->parameters, name);

  return groups != NULL && groups->len > 0;
}

GPtrArray *
dmp_host_adhoc_all (const DmpHostAdhoc *self, const char *name)
{
  GPtrArray *groups = g_hash_table_lookup (self->parameters, name);
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    g_ptr_array_extend (all, groups->pdata[i], NULL, NULL);
  return all;
}

const char *
dmp_host_adhoc_single (const DmpHostAdhoc *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) all = dmp_host_adhoc_all (self, name);

  if (all->len > 1)
    return refuse (error, DMP_HOST_ERROR_PARAM_NUMBER, name);
  return all->len == 1 ? all->pdata[0] : NULL;
}

/* --- Matching -------------------------------------------------------------------------------- */

typedef enum
{
  MATCH_STATUS,
  MATCH_CODE,   /* 'code^^scheme' */
  MATCH_PERSON, /* LIKE with % and _ */
  MATCH_FROM,
  MATCH_TO,
  MATCH_SOURCE,
  MATCH_REFERENCE
} Match;

static const struct
{
  const char *name; /* after the prefix */
  Match match;
  int what; /* DmpHostText or DmpHostCodeKind */
} rules[] = {
  { "Status", MATCH_STATUS, 0 },
  { "ClassCode", MATCH_CODE, DMP_HOST_CODE_CLASS },
  { "TypeCode", MATCH_CODE, DMP_HOST_CODE_TYPE },
  { "PracticeSettingCode", MATCH_CODE, DMP_HOST_CODE_PRACTICE_SETTING },
  { "HealthcareFacilityTypeCode", MATCH_CODE, DMP_HOST_CODE_FACILITY },
  { "EventCodeList", MATCH_CODE, DMP_HOST_CODE_EVENT },
  { "ConfidentialityCode", MATCH_CODE, DMP_HOST_CODE_CONFIDENTIALITY },
  { "FormatCode", MATCH_CODE, DMP_HOST_CODE_FORMAT },
  { "ContentType", MATCH_CODE, DMP_HOST_CODE_CONTENT_TYPE },
  { "AuthorPerson", MATCH_PERSON, 0 },
  { "CreationTimeFrom", MATCH_FROM, DMP_HOST_TEXT_CREATION },
  { "CreationTimeTo", MATCH_TO, DMP_HOST_TEXT_CREATION },
  { "ServiceStartTimeFrom", MATCH_FROM, DMP_HOST_TEXT_SERVICE_START },
  { "ServiceStartTimeTo", MATCH_TO, DMP_HOST_TEXT_SERVICE_START },
  { "ServiceStopTimeFrom", MATCH_FROM, DMP_HOST_TEXT_SERVICE_STOP },
  { "ServiceStopTimeTo", MATCH_TO, DMP_HOST_TEXT_SERVICE_STOP },
  { "SubmissionTimeFrom", MATCH_FROM, DMP_HOST_TEXT_SUBMISSION_TIME },
  { "SubmissionTimeTo", MATCH_TO, DMP_HOST_TEXT_SUBMISSION_TIME },
  { "SourceId", MATCH_SOURCE, DMP_HOST_TEXT_SOURCE_ID },
  { "ReferenceIdList", MATCH_REFERENCE, 0 },
};

/* SQL LIKE: % any run, _ one character; bytes are enough for names. */
static gboolean
like (const char *text, const char *pattern)
{
  const char *star = NULL, *from = NULL;

  while (*text != '\0')
    if (*pattern == '%')
      {
        star = ++pattern;
        from = text;
      }
    else if (*pattern == '_' || *pattern == *text)
      {
        pattern++;
        text++;
      }
    else if (star != NULL)
      {
        pattern = star;
        text = ++from;
      }
    else
      return FALSE;
  while (*pattern == '%')
    pattern++;
  return *pattern == '\0';
}

static gboolean
code_is (const DmpHostEntry *entry, DmpHostCodeKind kind, const char *value)
{
  for (guint i = 0; i < entry->codes->len; i++)
    {
      const DmpHostCode *code = entry->codes->pdata[i];
      gsize n = strlen (code->code);

      if (code->kind == kind && strncmp (value, code->code, n) == 0 &&
          strncmp (value + n, "^^", 2) == 0 && strcmp (value + n + 2, code->system) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Stamps of any precision, missing digits read as zeros: -1, 0, 1. */
static int
compare_times (const char *a, const char *b)
{
  for (guint i = 0; i < 14; i++)
    {
      char x = *a != '\0' ? *a++ : '0';
      char y = *b != '\0' ? *b++ : '0';

      if (x != y)
        return x < y ? -1 : 1;
    }
  return 0;
}

static gboolean
person_is (const DmpHostEntry *entry, const char *pattern)
{
  for (guint i = 0; i < entry->authors->len; i++)
    {
      const DmpHostAuthor *author = entry->authors->pdata[i];
      if (author->person != NULL && like (author->person, pattern))
        return TRUE;
    }
  return FALSE;
}

static gboolean
value_holds (const DmpHostEntry *entry, guint rule, const char *value)
{
  const char *text;

  switch (rules[rule].match)
    {
    case MATCH_STATUS:
      return dmp_host_status_parse (value) == entry->status;
    case MATCH_CODE:
      return code_is (entry, (DmpHostCodeKind) rules[rule].what, value);
    case MATCH_PERSON:
      return person_is (entry, value);
    case MATCH_REFERENCE:
      return g_ptr_array_find_with_equal_func (entry->refs, value, g_str_equal, NULL);
    case MATCH_SOURCE:
      return g_strcmp0 (entry->text[rules[rule].what], value) == 0;
    case MATCH_FROM:
      text = entry->text[rules[rule].what];
      return text != NULL && compare_times (text, value) >= 0;
    case MATCH_TO:
      text = entry->text[rules[rule].what];
      return text != NULL && compare_times (text, value) < 0;
    default:
      return FALSE;
    }
}

static gboolean
group_holds (const DmpHostEntry *entry, guint rule, GPtrArray *group)
{
  for (guint i = 0; i < group->len; i++)
    if (value_holds (entry, rule, group->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
dmp_host_adhoc_matches (const DmpHostAdhoc *self, const char *prefix, const DmpHostEntry *entry)
{
  for (guint rule = 0; rule < G_N_ELEMENTS (rules); rule++)
    {
      g_autofree char *name = g_strconcat (prefix, rules[rule].name, NULL);
      GPtrArray *groups = g_hash_table_lookup (self->parameters, name);

      for (guint i = 0; groups != NULL && i < groups->len; i++)
        if (!group_holds (entry, rule, groups->pdata[i]))
          return FALSE;
    }
  return TRUE;
}
