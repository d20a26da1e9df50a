#include "config.h"

#include "dmp-cda-document.h"
#include "dmp-cda-facts.h"
#include "dmp-cda-header-private.h"
#include "dmp-cda-narrative.h"
#include "dmp-cda-place.h"
#include "dmp-fact-reader.h"

#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DmpCdaDocument
{
  GObject parent_instance;
  DmpCdaHeader *header;
  DmpCdaBody body;
  gboolean self_presenting;
  GPtrArray *sections;
  GPtrArray *blocks;
  GPtrArray *attachments;
  GPtrArray *facts;
};

G_DEFINE_FINAL_TYPE (DmpCdaDocument, dmp_cda_document, G_TYPE_OBJECT)

static void
dmp_cda_document_finalize (GObject *object)
{
  DmpCdaDocument *self = DMP_CDA_DOCUMENT (object);

  g_clear_pointer (&self->header, dmp_cda_header_free);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  G_OBJECT_CLASS (dmp_cda_document_parent_class)->finalize (object);
}

static void
dmp_cda_document_class_init (DmpCdaDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_cda_document_finalize;
}

static void
dmp_cda_document_init (DmpCdaDocument *self)
{
}

/* The ClinicalDocument: the root, or wrapped in a style sheet or an enveloping signature. */
static xmlNode *
find_document (xmlDoc *doc, gboolean *wrapped)
{
  xmlNode *root = xmlDocGetRootElement (doc);

  *wrapped = root && g_strcmp0 ((const char *) root->name, "stylesheet") == 0;
  for (xmlNode *node = root; node; node = dmp_cda_walk (node, root))
    if (dmp_cda_is (node, "ClinicalDocument"))
      return node;
  return NULL;
}

static gboolean
read_body (DmpCdaDocument *self, xmlNode *document, GError **error)
{
  DmpCdaNarrative narrative;
  xmlNode *component = dmp_cda_child (document, "component");
  xmlNode *structured = dmp_cda_child (component, "structuredBody");
  xmlNode *file = dmp_cda_child (component, "nonXMLBody");
  gboolean ok = TRUE;

  dmp_cda_narrative_init (&narrative);
  if (structured)
    ok = dmp_cda_narrative_read (&narrative, structured, error);
  else if (file)
    dmp_cda_narrative_read_file (&narrative, file);
  if (ok)
    {
      guint coded = 0;

      self->sections = g_steal_pointer (&narrative.sections);
      self->blocks = g_steal_pointer (&narrative.blocks);
      self->attachments = g_steal_pointer (&narrative.attachments);
      self->facts = dmp_fact_read_all (self, structured, narrative.anchors, &coded);
      self->body = structured && coded > 0 ? DMP_CDA_BODY_STRUCTURED
                   : structured            ? DMP_CDA_BODY_TEXT
                   : file                  ? DMP_CDA_BODY_NON_XML
                                           : DMP_CDA_BODY_NONE;
    }
  dmp_cda_narrative_clear (&narrative);
  return ok;
}

DmpCdaDocument *
dmp_cda_document_parse (GBytes *bytes, GError **error)
{
  gsize len = 0;
  const char *data = g_bytes_get_data (bytes, &len);
  g_autoptr (xmlDoc) doc = dmp_xml_parse (data, len, error);
  g_autoptr (DmpCdaDocument) self = NULL;
  gboolean wrapped = FALSE;
  xmlNode *document;

  if (doc == NULL)
    return NULL;
  document = find_document (doc, &wrapped);
  if (document == NULL)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
                   _ ("Ce fichier n’est pas un document médical CDA : il ne peut pas être lu. Rien "
                      "n’est perdu : il reste tel quel."));
      return NULL;
    }
  self = g_object_new (DMP_TYPE_CDA_DOCUMENT, NULL);
  self->self_presenting = wrapped;
  self->header = dmp_cda_header_read (document, error);
  if (self->header == NULL || !read_body (self, document, error))
    return NULL;
  return g_steal_pointer (&self);
}

const DmpCdaHeader *
dmp_cda_document_get_header (DmpCdaDocument *self)
{
  return self->header;
}

const char *
dmp_cda_document_get_unique_id (DmpCdaDocument *self)
{
  return self->header->unique_id;
}

const char *
dmp_cda_document_get_title (DmpCdaDocument *self)
{
  return self->header->title;
}

DmpPatient *
dmp_cda_document_get_patient (DmpCdaDocument *self)
{
  return self->header->patient;
}

DmpCdaBody
dmp_cda_document_get_body (DmpCdaDocument *self)
{
  return self->body;
}

gboolean
dmp_cda_document_get_self_presenting (DmpCdaDocument *self)
{
  return self->self_presenting;
}

const DmpCdaPerson *
dmp_cda_document_get_person (DmpCdaDocument *self, DmpCdaRole role)
{
  for (guint i = 0; i < self->header->people->len; i++)
    {
      const DmpCdaPerson *person = g_ptr_array_index (self->header->people, i);

      if (person->role == role)
        return person;
    }
  return NULL;
}

gboolean
dmp_cda_document_has_template (DmpCdaDocument *self, const char *root)
{
  gsize len = strlen (root);

  for (guint i = 0; self->header->template_ids[i]; i++)
    {
      const char *id = self->header->template_ids[i];

      if (strncmp (id, root, len) == 0 && (id[len] == '\0' || id[len] == '|'))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
dmp_cda_document_get_blocks (DmpCdaDocument *self)
{
  return self->blocks;
}

GPtrArray *
dmp_cda_document_get_sections (DmpCdaDocument *self)
{
  return self->sections;
}

GPtrArray *
dmp_cda_document_get_attachments (DmpCdaDocument *self)
{
  return self->attachments;
}

GPtrArray *
dmp_cda_document_get_facts (DmpCdaDocument *self)
{
  return self->facts;
}

GPtrArray *
dmp_cda_document_dup_facts (DmpCdaDocument *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_fact_unref);

  for (guint i = 0; i < self->facts->len; i++)
    g_ptr_array_add (copy, dmp_fact_ref (g_ptr_array_index (self->facts, i)));
  return copy;
}

gboolean
dmp_cda_document_find_place (DmpCdaDocument *self, const char *place, guint *index)
{
  DmpCdaPlace block;

  if (dmp_cda_place_parse (place, &block))
    {
      *index = block.block;
      return block.block < self->blocks->len;
    }
  for (guint i = 0; *place == '#' && i < self->blocks->len; i++)
    if (dmp_cda_block_has_anchor (g_ptr_array_index (self->blocks, i), place + 1))
      {
        *index = i;
        return TRUE;
      }
  for (guint i = 0; i < self->sections->len; i++)
    {
      const DmpCdaSection *section = g_ptr_array_index (self->sections, i);

      if (strcmp (section->path, place) == 0 && self->blocks->len > 0)
        {
          *index = MIN (section->first_block, self->blocks->len - 1); /* it may show nothing */
          return TRUE;
        }
    }
  return FALSE;
}

char *
dmp_cda_document_dup_text (DmpCdaDocument *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      g_autofree char *text = dmp_cda_block_dup_text (g_ptr_array_index (self->blocks, i));

      g_string_append (out, text);
      if (*text)
        g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
