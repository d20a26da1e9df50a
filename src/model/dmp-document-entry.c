#include "config.h"

#include "dmp-date.h"
#include "dmp-document-entry.h"
#include "dmp-oid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DmpDocumentEntry
{
  GObject parent_instance;

  DmpDocumentEntryFields fields; /* its strings and references are ours */
};

G_DEFINE_FINAL_TYPE (DmpDocumentEntry, dmp_document_entry, G_TYPE_OBJECT)

#define AT(name) G_STRUCT_OFFSET (DmpDocumentEntryFields, name)

static const gsize strings[] = {
  AT (entry_uuid), AT (unique_id),     AT (repository_id),  AT (patient_id),
  AT (title),      AT (comments),      AT (mime),           AT (language),
  AT (hash),       AT (replaces),      AT (submission_set), AT (submission_time),
  AT (creation),   AT (service_start), AT (service_stop),   AT (legal_authenticator),
};

static const gsize codes[] = {
  AT (class_code), AT (type_code), AT (format_code), AT (practice_setting), AT (facility_type),
};

static void
dmp_document_entry_finalize (GObject *object)
{
  DmpDocumentEntryFields *f = &DMP_DOCUMENT_ENTRY (object)->fields;

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (G_STRUCT_MEMBER (char *, f, strings[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_clear_object (&G_STRUCT_MEMBER (DmpCode *, f, codes[i]));
  g_clear_pointer (&f->event_codes, g_ptr_array_unref);
  g_clear_pointer (&f->authors, g_ptr_array_unref);
  g_clear_pointer (&f->references, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_document_entry_parent_class)->finalize (object);
}

static void
dmp_document_entry_class_init (DmpDocumentEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_document_entry_finalize;
}

static void
dmp_document_entry_init (DmpDocumentEntry *self)
{
}

DmpDocumentEntry *
dmp_document_entry_new (const DmpDocumentEntryFields *fields)
{
  DmpDocumentEntry *self = g_object_new (DMP_TYPE_DOCUMENT_ENTRY, NULL);
  DmpDocumentEntryFields *f = &self->fields;

  *f = *fields;
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    G_STRUCT_MEMBER (char *, f, strings[i]) = g_strdup (G_STRUCT_MEMBER (char *, f, strings[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (G_STRUCT_MEMBER (DmpCode *, f, codes[i]) != NULL)
      g_object_ref (G_STRUCT_MEMBER (DmpCode *, f, codes[i]));
  if (f->event_codes != NULL)
    g_ptr_array_ref (f->event_codes);
  if (f->authors != NULL)
    g_ptr_array_ref (f->authors);
  if (f->references != NULL)
    g_ptr_array_ref (f->references);

  return self;
}

const DmpDocumentEntryFields *
dmp_document_entry_get_fields (DmpDocumentEntry *self)
{
  g_return_val_if_fail (DMP_IS_DOCUMENT_ENTRY (self), NULL);

  return &self->fields;
}

const char *
dmp_document_entry_get_unique_id (DmpDocumentEntry *self)
{
  return self->fields.unique_id;
}

const char *
dmp_document_entry_get_title (DmpDocumentEntry *self)
{
  return self->fields.title;
}

DmpCode *
dmp_document_entry_get_type_code (DmpDocumentEntry *self)
{
  return self->fields.type_code;
}

DmpCode *
dmp_document_entry_get_class_code (DmpDocumentEntry *self)
{
  return self->fields.class_code;
}

const char *
dmp_document_entry_get_date (DmpDocumentEntry *self)
{
  const DmpDocumentEntryFields *f = &self->fields;

  if (f->service_stop != NULL &&
      (f->creation == NULL || dmp_date_compare (f->service_stop, f->creation) <= 0))
    return f->service_stop;
  return f->service_start != NULL ? f->service_start : f->creation;
}

char *
dmp_document_entry_dup_period (DmpDocumentEntry *self)
{
  const DmpDocumentEntryFields *f = &self->fields;
  g_autofree char *start = NULL, *stop = NULL;

  if (f->service_start == NULL || f->service_stop == NULL)
    return NULL;
  start = dmp_date_dup_display (f->service_start, TRUE, FALSE);
  stop = dmp_date_dup_display (f->service_stop, TRUE, FALSE);
  if (g_str_equal (start, stop))
    return NULL;

  return g_strdup_printf (_ ("du %s au %s"), start, stop);
}

char *
dmp_document_entry_dup_author (DmpDocumentEntry *self)
{
  GPtrArray *authors = self->fields.authors;

  if (authors == NULL || authors->len == 0)
    return g_strdup ("");

  return dmp_author_dup_display (g_ptr_array_index (authors, 0));
}

gboolean
dmp_document_entry_is_from_patient (DmpDocumentEntry *self)
{
  const DmpDocumentEntryFields *f = &self->fields;

  if (f->class_code != NULL && g_str_equal (dmp_code_get_code (f->class_code), "90"))
    return TRUE;

  return f->type_code != NULL && g_str_has_prefix (dmp_code_get_code (f->type_code), "DOCPAT");
}

gboolean
dmp_document_entry_is_signature (DmpDocumentEntry *self)
{
  DmpCode *class_code = self->fields.class_code;

  return class_code != NULL && g_str_equal (dmp_code_get_code (class_code), DMP_SIGNATURE_CLASS);
}

#define MAX_ORDERS 20

GPtrArray *
dmp_document_entry_dup_orders (DmpDocumentEntry *self)
{
  static const char *const types[] = { "^urn:ihe:iti:xds:2013:order",
                                       "^urn:ihe:iti:xds:2013:accession" }; /* J231 */
  GPtrArray *orders = g_ptr_array_new (), *all;

  g_return_val_if_fail (DMP_IS_DOCUMENT_ENTRY (self), orders);

  all = self->fields.references;
  for (guint i = 0; all != NULL && i < all->len && orders->len < MAX_ORDERS; i++)
    for (guint k = 0; k < G_N_ELEMENTS (types); k++)
      if (g_str_has_suffix (all->pdata[i], types[k]))
        g_ptr_array_add (orders, all->pdata[i]);

  return orders;
}
