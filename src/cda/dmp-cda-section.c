#include "config.h"

#include "dmp-cda-narrative.h"

#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

void
dmp_cda_narrative_init (DmpCdaNarrative *self)
{
  DmpCdaSection *document = g_new0 (DmpCdaSection, 1);

  *self = (DmpCdaNarrative){
    .sections = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cda_section_free),
    .blocks = dmp_cda_blocks_new (),
    .attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cda_attachment_free),
    .anchors = g_hash_table_new (g_str_hash, g_str_equal),
    .media = g_hash_table_new (g_str_hash, g_str_equal),
    .media_nodes = g_hash_table_new (NULL, NULL),
    .shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .notes = g_ptr_array_new ()
  };
  document->title = g_strdup ("");
  document->path = g_strdup ("");
  document->template_ids = g_new0 (char *, 1);
  g_ptr_array_add (self->sections, document);
}

void
dmp_cda_narrative_clear (DmpCdaNarrative *self)
{
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->anchors, g_hash_table_unref);
  g_clear_pointer (&self->media, g_hash_table_unref);
  g_clear_pointer (&self->media_nodes, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  if (self->notes)
    g_ptr_array_foreach (self->notes, (GFunc) (gpointer) dmp_cda_block_free, NULL);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

static void
take_media (DmpCdaNarrative *self, xmlNode *node)
{
  xmlNode *value = dmp_cda_child (node, "value");
  const char *id = dmp_xml_attr (node, "ID");

  if (value == NULL)
    return;
  g_ptr_array_add (self->attachments, dmp_cda_attachment_read (value, id, 0));
  g_hash_table_insert (self->media_nodes, node, GUINT_TO_POINTER (self->attachments->len));
  if (id)
    g_hash_table_insert (self->media, (gpointer) id, GUINT_TO_POINTER (self->attachments->len));
}

/* A region of interest stands for the picture inside it. */
static void
take_regions (DmpCdaNarrative *self, xmlNode *media)
{
  gpointer number = g_hash_table_lookup (self->media_nodes, media);

  for (xmlNode *node = media->parent; node && number; node = node->parent)
    if (dmp_cda_is (node, "regionOfInterest") && dmp_xml_attr (node, "ID"))
      g_hash_table_insert (self->media, (gpointer) dmp_xml_attr (node, "ID"), number);
}

/* One walk before the reading: anchors, files, and which of them the text shows. */
static void
survey (DmpCdaNarrative *self, xmlNode *body)
{
  for (xmlNode *node = body; node; node = dmp_cda_walk (node, body))
    {
      const char *id;

      if (node->type != XML_ELEMENT_NODE)
        continue;
      id = dmp_xml_attr (node, "ID");
      if (dmp_cda_is (node, "observationMedia"))
        {
          take_media (self, node);
          take_regions (self, node);
        }
      else if (id && !g_hash_table_contains (self->anchors, id))
        g_hash_table_insert (self->anchors, (gpointer) id, node);
      if (dmp_cda_is (node, "renderMultiMedia") && dmp_xml_attr (node, "referencedObject"))
        {
          g_auto (GStrv) ids =
              g_strsplit_set (dmp_xml_attr (node, "referencedObject"), " \t\r\n", 32);

          for (guint i = 0; ids[i]; i++)
            g_hash_table_add (self->shown, g_strdup (ids[i]));
        }
    }
}

static void
add_file_block (DmpCdaNarrative *self, guint number)
{
  DmpCdaBlock *block = dmp_cda_block_new (DMP_CDA_BLOCK_FILE, self->section);

  block->attachment = number;
  g_ptr_array_add (self->blocks, block);
}

/* Files of the section's entries: those no renderMultiMedia shows become blocks of their own. */
static void
read_files (DmpCdaNarrative *self, xmlNode *entry)
{
  for (xmlNode *node = entry; node; node = dmp_cda_walk (node, entry))
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->media_nodes, node));
      DmpCdaAttachment *file;

      if (number == 0)
        continue;
      file = g_ptr_array_index (self->attachments, number - 1);
      file->section = self->section;
      if (file->id == NULL || !g_hash_table_contains (self->shown, file->id))
        add_file_block (self, number);
    }
}

static DmpCdaSection *
start_section (DmpCdaNarrative *self, xmlNode *node, guint parent, guint rank)
{
  DmpCdaSection *section = g_new0 (DmpCdaSection, 1);
  DmpCdaSection *above = g_ptr_array_index (self->sections, parent);
  xmlNode *title = dmp_cda_child (node, "title");
  DmpCdaBlock *heading;

  section->title = dmp_cda_dup_flat (title);
  if (section->title == NULL)
    section->title = g_strdup ("");
  section->code = dmp_cda_dup_code (dmp_cda_child (node, "code"));
  section->path =
      parent ? g_strdup_printf ("%s.%u", above->path, rank) : g_strdup_printf ("%u", rank);
  section->level = above->level + 1;
  section->parent = parent;
  section->first_block = self->blocks->len;
  section->template_ids = dmp_cda_dup_templates (node);
  self->section = self->sections->len;
  g_ptr_array_add (self->sections, section);
  if (*section->title == '\0')
    return section;
  heading = dmp_cda_block_new (DMP_CDA_BLOCK_HEADING, self->section);
  heading->level = section->level;
  dmp_cda_narrative_inline (self, heading, title);
  g_ptr_array_add (self->blocks, heading);
  return section;
}

static void
read_section (DmpCdaNarrative *self, xmlNode *node, guint parent, guint rank)
{
  DmpCdaSection *section = start_section (self, node, parent, rank);
  xmlNode *text = dmp_cda_child (node, "text");
  guint own = self->section;
  guint child = 0;

  if (text)
    dmp_cda_narrative_flow (self, self->blocks, text, DMP_CDA_STYLE_NONE);
  g_ptr_array_extend (self->blocks, self->notes, NULL, NULL);
  g_ptr_array_set_size (self->notes, 0);
  dmp_cda_each (entry, node, "entry")
  {
    section->n_entries++;
    read_files (self, entry);
  }
  dmp_cda_each (component, node, "component")
  {
    xmlNode *inner = dmp_cda_child (component, "section");

    if (inner && self->pieces <= DMP_CDA_MAX_PIECES)
      read_section (self, inner, own, ++child);
  }
}

gboolean
dmp_cda_narrative_read (DmpCdaNarrative *self, xmlNode *body, GError **error)
{
  guint rank = 0;

  survey (self, body);
  dmp_cda_each (component, body, "component")
  {
    xmlNode *section = dmp_cda_child (component, "section");

    if (section)
      read_section (self, section, 0, ++rank);
  }
  if (self->pieces <= DMP_CDA_MAX_PIECES)
    return TRUE;
  g_set_error (error, DMP_ERROR, DMP_ERROR_LIMIT,
               _ ("Le document est trop long pour être affiché (plus de %d morceaux de texte). "
                  "Rien n’est perdu : il reste dans le dossier."),
               DMP_CDA_MAX_PIECES);
  return FALSE;
}

void
dmp_cda_narrative_read_file (DmpCdaNarrative *self, xmlNode *body)
{
  xmlNode *text = dmp_cda_child (body, "text");

  if (text == NULL)
    return;
  g_ptr_array_add (self->attachments, dmp_cda_attachment_read (text, NULL, 0));
  add_file_block (self, 1);
}
