#include "config.h"

#include "dmp-metadata.h"
#include "model/dmp-code-table.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-oid.h"
#include "model/dmp-xds-strings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEMPLATE_XDS_SD "1.3.6.1.4.1.19376.1.2.20"
#define FORMAT_NO_PROFILE "urn:asipSante:modelesHorsProfils:2011"

/* The code with the label of @table where the document gives none. Returns: (nullable) */
static DmpCode *
dup_labelled (DmpCodeTable table, DmpCode *code)
{
  DmpCode *known;

  if (code == NULL || dmp_code_get_display (code) != NULL)
    return code != NULL ? g_object_ref (code) : NULL;
  known = dmp_code_table_dup_code (table, dmp_code_get_code (code), dmp_code_get_system (code));

  return known != NULL ? known : g_object_ref (code);
}

static DmpCode *
dup_class (DmpCode *type, GError **error)
{
  DmpCode *class_code = type != NULL ? dmp_code_table_dup_class_of_type (type) : NULL;

  if (class_code == NULL)
    g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                 _ ("Le DMP ne prend pas les documents de ce type (%s). Choisissez un autre type ; "
                    "rien n’a été envoyé."),
                 type != NULL ? dmp_code_table_get_display (DMP_TABLE_TYPE, type) : "?");

  return class_code;
}

/* The media type of a level 1 body. */
static const char *
body_mime (DmpCdaDocument *document)
{
  GPtrArray *attachments = dmp_cda_document_get_attachments (document);
  const DmpCdaAttachment *first;

  if (dmp_cda_document_get_body (document) != DMP_CDA_BODY_NON_XML || attachments->len == 0)
    return NULL;
  first = g_ptr_array_index (attachments, 0);

  return first->mime;
}

static DmpCode *
dup_format (DmpCdaDocument *document)
{
  char **templates = dmp_cda_document_get_header (document)->template_ids;
  const char *mime = body_mime (document);
  DmpCode *format = NULL;

  if (dmp_cda_document_get_body (document) == DMP_CDA_BODY_NON_XML)
    format = dmp_code_table_dup_format_of_template (TEMPLATE_XDS_SD, mime);
  for (gsize i = 0; format == NULL && mime == NULL && templates[i] != NULL; i++)
    {
      g_autofree char *root = g_strndup (templates[i], strcspn (templates[i], "|"));

      format = dmp_code_table_dup_format_of_template (root, NULL);
    }

  return format != NULL ? format
                        : dmp_code_table_dup_code (DMP_TABLE_FORMAT, FORMAT_NO_PROFILE, NULL);
}

static DmpAuthor *
author_from_person (const DmpCdaPerson *person)
{
  DmpAuthor *author = g_new0 (DmpAuthor, 1);

  author->id = g_strdup (person->id);
  author->id_oid = g_strdup (person->id_root);
  author->family = g_strdup (person->family != NULL ? person->family : person->device);
  author->given = g_strdup (person->given);
  author->institution = g_strdup (person->organisation);
  author->institution_id = g_strdup (person->organisation_id);
  author->specialty = dup_labelled (DMP_TABLE_AUTHOR_SPECIALTY, person->code);
  if (person->function != NULL)
    author->role = g_strdup (dmp_code_table_get_display (DMP_TABLE_FUNCTION, person->function));

  return author;
}

static GPtrArray *
dup_authors (const DmpCdaHeader *header)
{
  GPtrArray *authors = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_author_free);

  for (guint i = 0; i < header->people->len; i++)
    {
      const DmpCdaPerson *person = g_ptr_array_index (header->people, i);

      if (person->role == DMP_CDA_ROLE_AUTHOR)
        g_ptr_array_add (authors, author_from_person (person));
    }

  return authors;
}

static char *
dup_legal_authenticator (DmpCdaDocument *document)
{
  const DmpCdaPerson *person =
      dmp_cda_document_get_person (document, DMP_CDA_ROLE_LEGAL_AUTHENTICATOR);
  g_autoptr (DmpAuthor) author = person != NULL ? author_from_person (person) : NULL;

  return author != NULL ? dmp_xcn_write_author (author) : NULL;
}

DmpDocumentEntry *
dmp_metadata_from_cda (DmpCdaDocument *document, DmpVisibility visibility, GError **error)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  g_autoptr (DmpCode) type = dup_labelled (DMP_TABLE_TYPE, header->code);
  g_autoptr (DmpCode) class_code = dup_class (type, error);
  g_autoptr (DmpCode) format = dup_format (document);
  g_autoptr (DmpCode) setting = dup_labelled (DMP_TABLE_PRACTICE_SETTING, header->practice_setting);
  g_autoptr (DmpCode) facility = dup_labelled (DMP_TABLE_FACILITY, header->facility_type);
  g_autoptr (GPtrArray) authors = dup_authors (header);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *creation = dmp_date_dup_cda_to_utc (header->effective_time);
  g_autofree char *start = dmp_date_dup_cda_to_utc (header->service_start);
  g_autofree char *stop = dmp_date_dup_cda_to_utc (header->service_stop);
  g_autofree char *authenticator = dup_legal_authenticator (document);
  DmpDocumentEntryFields f = {
    .unique_id = header->unique_id,
    .title = header->title,
    .mime = dmp_cda_document_get_self_presenting (document) ? "application/xslt+xml" : "text/xml",
    .language = header->language,
    .creation = creation,
    .service_start = start,
    .service_stop = stop,
    .legal_authenticator = authenticator,
    .class_code = class_code,
    .type_code = type,
    .format_code = format,
    .practice_setting = setting,
    .facility_type = facility,
    .event_codes = events,
    .authors = authors,
    .visibility = visibility,
    .version = 1,
    .size = -1,
  };

  if (class_code == NULL)
    return NULL;
  if (header->event_code != NULL)
    g_ptr_array_add (events, g_object_ref (header->event_code));

  return dmp_document_entry_new (&f);
}
