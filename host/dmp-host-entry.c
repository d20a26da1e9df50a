#include "config.h"

#include "dmp-host-entry.h"

#include <string.h>

#define FORMAT "(amsa(usss)a(msmsmsms)asas)"

static const char *const status_urns[] = {
  [DMP_HOST_STATUS_APPROVED] = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved",
  [DMP_HOST_STATUS_DEPRECATED] = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated",
  [DMP_HOST_STATUS_ARCHIVED] = "urn:asip:ci-sis:2010:StatusType:Archived",
  [DMP_HOST_STATUS_DELETED] = "urn:asip:ci-sis:2010:StatusType:Deleted",
};

const char *
dmp_host_status_urn (DmpHostStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (status_urns), status_urns[0]);
  return status_urns[status];
}

DmpHostStatus
dmp_host_status_parse (const char *urn)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_urns); i++)
    if (g_strcmp0 (urn, status_urns[i]) == 0)
      return (DmpHostStatus) i;
  return DMP_HOST_STATUS_LAST;
}

static void
code_free (gpointer data)
{
  DmpHostCode *code = data;

  g_free (code->code);
  g_free (code->system);
  g_free (code->display);
  g_free (code);
}

static void
author_free (gpointer data)
{
  DmpHostAuthor *author = data;

  g_free (author->person);
  g_free (author->institution);
  g_free (author->specialty);
  g_free (author->role);
  g_free (author);
}

DmpHostEntry *
dmp_host_entry_new (gboolean is_set)
{
  DmpHostEntry *self = g_new0 (DmpHostEntry, 1);

  self->is_set = is_set;
  self->version = 1;
  self->codes = g_ptr_array_new_with_free_func (code_free);
  self->authors = g_ptr_array_new_with_free_func (author_free);
  self->infos = g_ptr_array_new_with_free_func (g_free);
  self->refs = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
dmp_host_entry_free (DmpHostEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->unique_id);
  g_free (self->entry_uuid);
  g_free (self->repository);
  g_free (self->submission_set);
  g_free (self->replaces);
  g_free (self->hash);
  g_free (self->blob);
  for (guint i = 0; i < DMP_HOST_TEXT_LAST; i++)
    g_free (self->text[i]);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->authors);
  g_ptr_array_unref (self->infos);
  g_ptr_array_unref (self->refs);
  g_free (self);
}

void
dmp_host_entry_add_code (DmpHostEntry *self,
                         DmpHostCodeKind kind,
                         const char *code,
                         const char *system,
                         const char *display)
{
  DmpHostCode *row = g_new0 (DmpHostCode, 1);

  row->kind = kind;
  row->code = g_strdup (code);
  row->system = g_strdup (system);
  row->display = g_strdup (display);
  g_ptr_array_add (self->codes, row);
}

void
dmp_host_entry_add_author (DmpHostEntry *self,
                           const char *person,
                           const char *institution,
                           const char *specialty,
                           const char *role)
{
  DmpHostAuthor *row = g_new0 (DmpHostAuthor, 1);

  row->person = g_strdup (person);
  row->institution = g_strdup (institution);
  row->specialty = g_strdup (specialty);
  row->role = g_strdup (role);
  g_ptr_array_add (self->authors, row);
}

const DmpHostCode *
dmp_host_entry_get_code (const DmpHostEntry *self, DmpHostCodeKind kind)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      const DmpHostCode *code = self->codes->pdata[i];
      if (code->kind == kind)
        return code;
    }
  return NULL;
}

gboolean
dmp_host_entry_has_code (const DmpHostEntry *self, DmpHostCodeKind kind, const char *code)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      const DmpHostCode *row = self->codes->pdata[i];
      if (row->kind == kind && strcmp (row->code, code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The first component of an XCN, or the tenth of an XON, is the identifier. */
static gboolean
component_is (const char *text, guint index, const char *value)
{
  gsize length = strlen (value);

  for (; text != NULL && index > 0; index--)
    {
      text = strchr (text, '^');
      text = text == NULL ? NULL : text + 1;
    }
  return text != NULL && strncmp (text, value, length) == 0 &&
         (text[length] == '^' || text[length] == '\0');
}

gboolean
dmp_host_entry_is_by (const DmpHostEntry *self, const char *professional)
{
  for (guint i = 0; i < self->authors->len; i++)
    {
      const DmpHostAuthor *author = self->authors->pdata[i];
      if (component_is (author->person, 0, professional))
        return TRUE;
    }
  return FALSE;
}

gboolean
dmp_host_entry_is_from (const DmpHostEntry *self, const char *structure)
{
  for (guint i = 0; i < self->authors->len; i++)
    {
      const DmpHostAuthor *author = self->authors->pdata[i];
      if (component_is (author->institution, 9, structure))
        return TRUE;
    }
  return FALSE;
}

static void
add_strings (GVariantBuilder *builder, GPtrArray *strings)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < strings->len; i++)
    g_variant_builder_add (builder, "s", (const char *) strings->pdata[i]);
  g_variant_builder_close (builder);
}

GBytes *
dmp_host_entry_write (const DmpHostEntry *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (FORMAT));
  g_autoptr (GVariant) value = NULL;

  g_variant_builder_open (&builder, G_VARIANT_TYPE ("ams"));
  for (guint i = 0; i < DMP_HOST_TEXT_LAST; i++)
    g_variant_builder_add (&builder, "ms", self->text[i]);
  g_variant_builder_close (&builder);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(usss)"));
  for (guint i = 0; i < self->codes->len; i++)
    {
      const DmpHostCode *code = self->codes->pdata[i];
      g_variant_builder_add (&builder, "(usss)", (guint32) code->kind, code->code, code->system,
                             code->display != NULL ? code->display : "");
    }
  g_variant_builder_close (&builder);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(msmsmsms)"));
  for (guint i = 0; i < self->authors->len; i++)
    {
      const DmpHostAuthor *author = self->authors->pdata[i];
      g_variant_builder_add (&builder, "(msmsmsms)", author->person, author->institution,
                             author->specialty, author->role);
    }
  g_variant_builder_close (&builder);
  add_strings (&builder, self->infos);
  add_strings (&builder, self->refs);
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_get_data_as_bytes (value);
}

static void
take_strings (GPtrArray *strings, GVariant *tuple, guint index)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (tuple, index);
  GVariantIter iter;
  char *text;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "s", &text))
    g_ptr_array_add (strings, text);
}

static void
take_codes (DmpHostEntry *self, GVariant *tuple)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (tuple, 1);
  GVariantIter iter;
  guint32 kind;
  const char *code, *system, *display;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(u&s&s&s)", &kind, &code, &system, &display))
    if (kind < DMP_HOST_CODE_LAST)
      dmp_host_entry_add_code (self, (DmpHostCodeKind) kind, code, system, display);
}

static void
take_authors (DmpHostEntry *self, GVariant *tuple)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (tuple, 2);
  GVariantIter iter;
  const char *person, *institution, *specialty, *role;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(m&sm&sm&sm&s)", &person, &institution, &specialty, &role))
    dmp_host_entry_add_author (self, person, institution, specialty, role);
}

gboolean
dmp_host_entry_read (DmpHostEntry *self, GBytes *bytes)
{
  g_autoptr (GVariant) value =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), bytes, FALSE));
  g_autoptr (GVariant) texts = NULL;
  GVariantIter iter;
  char *text;

  if (!g_variant_is_normal_form (value))
    return FALSE;
  texts = g_variant_get_child_value (value, 0);
  g_variant_iter_init (&iter, texts);
  for (guint i = 0; g_variant_iter_next (&iter, "ms", &text); i++)
    if (i < DMP_HOST_TEXT_LAST)
      {
        g_free (self->text[i]);
        self->text[i] = text;
      }
    else
      g_free (text);
  take_codes (self, value);
  take_authors (self, value);
  take_strings (self->infos, value, 3);
  take_strings (self->refs, value, 4);
  return TRUE;
}
