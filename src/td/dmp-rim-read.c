#include "config.h"

#include "dmp-rim-read.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"

#include <string.h>

#define NS DMP_NS_RIM

struct _DmpRimReader
{
  GHashTable *codes;  /* (element-type char DmpCode): "code\nsystem\nlabel" */
  GPtrArray *scratch; /* texts that live until the object is made */
};

DmpRimReader *
dmp_rim_reader_new (void)
{
  DmpRimReader *self = g_new0 (DmpRimReader, 1);

  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->scratch = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
dmp_rim_reader_free (DmpRimReader *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->codes);
  g_ptr_array_unref (self->scratch);
  g_free (self);
}

void
dmp_submission_set_free (DmpSubmissionSet *self)
{
  if (self == NULL)
    return;

  g_free (self->entry_uuid);
  g_free (self->unique_id);
  g_free (self->source_id);
  g_free (self->patient_id);
  g_free (self->submission_time);
  g_free (self->title);
  g_free (self->comments);
  g_clear_object (&self->content_type);
  g_clear_pointer (&self->authors, g_ptr_array_unref);
  g_free (self);
}

void
dmp_association_free (DmpAssociation *self)
{
  if (self == NULL)
    return;

  g_free (self->type);
  g_free (self->source);
  g_free (self->target);
  g_free (self);
}

/* The text of @node, valid until the next object is read; NULL when there is none. */
static const char *
text_of (DmpRimReader *self, xmlNode *node)
{
  char *text = dmp_xml_text (node);

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return NULL;
    }
  g_ptr_array_add (self->scratch, text);

  return text;
}

static const char *
first_value (DmpRimReader *self, xmlNode *slot)
{
  return text_of (self, dmp_xml_path (slot, NS, "ValueList/Value"));
}

static const char *
slot_value (DmpRimReader *self, xmlNode *object, const char *name)
{
  dmp_xml_each (slot, object, NS, "Slot")
  {
    if (g_strcmp0 (dmp_xml_attr (slot, "name"), name) == 0)
      return first_value (self, slot);
  }

  return NULL;
}

/* The words of rim:Name or rim:Description: the first language given. */
static const char *
local_string (xmlNode *named)
{
  const char *value = dmp_xml_attr (dmp_xml_child (named, NS, "LocalizedString"), "value");

  return value != NULL && *value != '\0' ? value : NULL;
}

GPtrArray *
dmp_rim_read_slot (xmlNode *object, const char *name)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  dmp_xml_each (slot, object, NS, "Slot")
  {
    if (g_strcmp0 (dmp_xml_attr (slot, "name"), name) != 0)
      continue;
    dmp_xml_each (value, dmp_xml_child (slot, NS, "ValueList"), NS, "Value")
        g_ptr_array_add (values, dmp_xml_text (value));
  }

  return values;
}

/* The code of a Classification, shared with equal ones. Returns: (transfer none) (nullable) */
static DmpCode *
classification_code (DmpRimReader *self, xmlNode *classification)
{
  const char *code = dmp_xml_attr (classification, "nodeRepresentation");
  const char *system = slot_value (self, classification, "codingScheme");
  const char *label = local_string (dmp_xml_child (classification, NS, "Name"));
  g_autofree char *key = NULL;
  DmpCode *known;

  if (code == NULL || *code == '\0')
    return NULL;
  key = g_strjoin ("\n", code, system != NULL ? system : "", label != NULL ? label : "", NULL);
  known = g_hash_table_lookup (self->codes, key);
  if (known == NULL)
    {
      known = dmp_code_new (code, system, label);
      g_hash_table_insert (self->codes, g_steal_pointer (&key), known);
    }

  return known;
}

static void
read_author_person (DmpAuthor *author, const char *text)
{
  g_auto (DmpXcn) xcn = { 0 };

  if (!dmp_xcn_parse (text, &xcn))
    return;
  author->id = g_steal_pointer (&xcn.id);
  author->id_oid = g_steal_pointer (&xcn.oid);
  author->family = g_steal_pointer (&xcn.family);
  author->given = g_steal_pointer (&xcn.given);
}

static DmpAuthor *
read_author (DmpRimReader *self, xmlNode *classification)
{
  DmpAuthor *author = g_new0 (DmpAuthor, 1);
  g_auto (DmpXon) xon = { 0 };

  read_author_person (author, slot_value (self, classification, "authorPerson"));
  if (dmp_xon_parse (slot_value (self, classification, "authorInstitution"), &xon))
    {
      author->institution = g_steal_pointer (&xon.name);
      author->institution_id = g_steal_pointer (&xon.id);
    }
  author->specialty = dmp_ce_parse (slot_value (self, classification, "authorSpecialty"));
  author->role = g_strdup (slot_value (self, classification, "authorRole"));

  return author;
}

static GPtrArray *
authors_of (GPtrArray **authors)
{
  if (*authors == NULL)
    *authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);

  return *authors;
}

/* --- Document entries ------------------------------------------------------------------------ */

static void
read_references (DmpRimReader *self, xmlNode *slot, DmpDocumentEntryFields *f)
{
  if (f->references == NULL)
    f->references = g_ptr_array_new_with_free_func (g_free);
  dmp_xml_each (value, dmp_xml_child (slot, NS, "ValueList"), NS, "Value")
  {
    const char *text = text_of (self, value);

    if (text != NULL)
      g_ptr_array_add (f->references, g_strdup (text));
  }
}

static void
read_document_slot (DmpRimReader *self, xmlNode *slot, DmpDocumentEntryFields *f)
{
  const struct
  {
    const char *name;
    const char **where;
  } rows[] = {
    { "creationTime", &f->creation },
    { "hash", &f->hash },
    { "languageCode", &f->language },
    { "legalAuthenticator", &f->legal_authenticator },
    { "repositoryUniqueId", &f->repository_id },
    { "serviceStartTime", &f->service_start },
    { "serviceStopTime", &f->service_stop },
  };
  const char *name = dmp_xml_attr (slot, "name");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (name, rows[i].name) == 0)
      *rows[i].where = first_value (self, slot);

  if (g_strcmp0 (name, "urn:ihe:iti:xds:2013:referenceIdList") == 0)
    read_references (self, slot, f);
  else if (g_strcmp0 (name, "size") == 0)
    {
      const char *text = first_value (self, slot);
      guint64 size;

      if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &size, NULL))
        f->size = (gint64) size;
    }
}

static void
read_document_classification (DmpRimReader *self, xmlNode *node, DmpDocumentEntryFields *f)
{
  const struct
  {
    const char *scheme;
    DmpCode **where;
  } rows[] = {
    { DMP_UUID_DOCUMENT_CLASS, &f->class_code },
    { DMP_UUID_DOCUMENT_TYPE, &f->type_code },
    { DMP_UUID_DOCUMENT_FORMAT, &f->format_code },
    { DMP_UUID_DOCUMENT_PRACTICE_SETTING, &f->practice_setting },
    { DMP_UUID_DOCUMENT_FACILITY, &f->facility_type },
  };
  const char *scheme = dmp_xml_attr (node, "classificationScheme");
  DmpCode *code;

  if (g_strcmp0 (scheme, DMP_UUID_DOCUMENT_AUTHOR) == 0)
    {
      g_ptr_array_add (authors_of (&f->authors), read_author (self, node));
      return;
    }
  code = classification_code (self, node);
  if (code == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (scheme, rows[i].scheme) == 0)
      *rows[i].where = code;
  if (g_strcmp0 (scheme, DMP_UUID_DOCUMENT_CONFIDENTIALITY) == 0)
    f->visibility |= dmp_visibility_from_code (dmp_code_get_code (code));
  if (g_strcmp0 (scheme, DMP_UUID_DOCUMENT_EVENT) == 0)
    {
      if (f->event_codes == NULL)
        f->event_codes = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (f->event_codes, g_object_ref (code));
    }
}

static void
read_document_child (DmpRimReader *self, xmlNode *node, DmpDocumentEntryFields *f)
{
  const char *value;
  guint64 version;

  if (dmp_xml_is (node, NS, "Slot"))
    read_document_slot (self, node, f);
  else if (dmp_xml_is (node, NS, "Classification"))
    read_document_classification (self, node, f);
  else if (dmp_xml_is (node, NS, "Name"))
    f->title = local_string (node);
  else if (dmp_xml_is (node, NS, "Description"))
    f->comments = local_string (node);
  else if (dmp_xml_is (node, NS, "VersionInfo"))
    {
      value = dmp_xml_attr (node, "versionName");
      if (value != NULL && g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT, &version, NULL))
        f->version = (guint) version;
    }
  else if (dmp_xml_is (node, NS, "ExternalIdentifier"))
    {
      value = dmp_xml_attr (node, "identificationScheme");
      if (g_strcmp0 (value, DMP_UUID_DOCUMENT_PATIENT_ID) == 0)
        f->patient_id = dmp_xml_attr (node, "value");
      else if (g_strcmp0 (value, DMP_UUID_DOCUMENT_UNIQUE_ID) == 0)
        f->unique_id = dmp_xml_attr (node, "value");
    }
}

DmpDocumentEntry *
dmp_rim_read_document (DmpRimReader *self, xmlNode *object, const DmpRimLinks *links)
{
  DmpDocumentEntry *entry = NULL;
  DmpDocumentEntryFields f = {
    .entry_uuid = dmp_xml_attr (object, "id"),
    .mime = dmp_xml_attr (object, "mimeType"),
    .status = dmp_status_from_urn (dmp_xml_attr (object, "status")),
    .version = 1,
    .size = -1,
  };

  dmp_xml_each (child, object, NS, "*") read_document_child (self, child, &f);
  if (links != NULL)
    {
      f.replaces = links->replaces;
      f.submission_set = links->submission_set;
      f.submission_time = links->submission_time;
    }
  if (f.unique_id != NULL && *f.unique_id != '\0')
    entry = dmp_document_entry_new (&f);

  g_clear_pointer (&f.authors, g_ptr_array_unref);
  g_clear_pointer (&f.event_codes, g_ptr_array_unref);
  g_clear_pointer (&f.references, g_ptr_array_unref);
  g_ptr_array_set_size (self->scratch, 0);

  return entry;
}

/* --- Submission sets and associations -------------------------------------------------------- */

static void
replace_string (char **where, const char *text)
{
  g_free (*where);
  *where = g_strdup (text);
}

static void
read_set_child (DmpRimReader *self, xmlNode *node, DmpSubmissionSet *set)
{
  const char *scheme = dmp_xml_attr (node, "classificationScheme");
  const char *id_scheme = dmp_xml_attr (node, "identificationScheme");

  if (g_strcmp0 (scheme, DMP_UUID_SUBMISSION_AUTHOR) == 0)
    g_ptr_array_add (set->authors, read_author (self, node));
  else if (g_strcmp0 (scheme, DMP_UUID_SUBMISSION_CONTENT_TYPE) == 0)
    g_set_object (&set->content_type, classification_code (self, node));
  else if (g_strcmp0 (id_scheme, DMP_UUID_SUBMISSION_PATIENT_ID) == 0)
    replace_string (&set->patient_id, dmp_xml_attr (node, "value"));
  else if (g_strcmp0 (id_scheme, DMP_UUID_SUBMISSION_SOURCE_ID) == 0)
    replace_string (&set->source_id, dmp_xml_attr (node, "value"));
  else if (g_strcmp0 (id_scheme, DMP_UUID_SUBMISSION_UNIQUE_ID) == 0)
    replace_string (&set->unique_id, dmp_xml_attr (node, "value"));
}

DmpSubmissionSet *
dmp_rim_read_submission_set (DmpRimReader *self, xmlNode *object)
{
  g_autoptr (DmpSubmissionSet) set = g_new0 (DmpSubmissionSet, 1);

  set->entry_uuid = g_strdup (dmp_xml_attr (object, "id"));
  set->status = dmp_status_from_urn (dmp_xml_attr (object, "status"));
  set->submission_time = g_strdup (slot_value (self, object, "submissionTime"));
  set->title = g_strdup (local_string (dmp_xml_child (object, NS, "Name")));
  set->comments = g_strdup (local_string (dmp_xml_child (object, NS, "Description")));
  set->authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);
  dmp_xml_each (child, object, NS, "*") read_set_child (self, child, set);
  g_ptr_array_set_size (self->scratch, 0);

  if (set->unique_id == NULL || set->entry_uuid == NULL)
    return NULL;

  return g_steal_pointer (&set);
}

DmpAssociation *
dmp_rim_read_association (xmlNode *object)
{
  const char *type = dmp_xml_attr (object, "associationType");
  const char *source = dmp_xml_attr (object, "sourceObject");
  const char *target = dmp_xml_attr (object, "targetObject");
  DmpAssociation *one;

  if (type == NULL || source == NULL || target == NULL)
    return NULL;

  one = g_new0 (DmpAssociation, 1);
  one->type = g_strdup (type);
  one->source = g_strdup (source);
  one->target = g_strdup (target);

  return one;
}
