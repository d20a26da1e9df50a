#pragma once

#include "dmp-cda-block-private.h"
#include "dmp-cda-tree.h"

G_BEGIN_DECLS

/* Turning section texts into blocks; private to this folder. */

/* Cells, runs and blocks of one document: beyond it the document is refused. The largest published
 * one has 11 000. */
#define DMP_CDA_MAX_PIECES 200000

typedef struct
{
  GPtrArray *sections;     /* (element-type DmpCdaSection) */
  GPtrArray *blocks;       /* (element-type DmpCdaBlock) */
  GPtrArray *attachments;  /* (element-type DmpCdaAttachment) */
  GHashTable *anchors;     /* narrative ID → xmlNode */
  GHashTable *media;       /* ID of observationMedia or regionOfInterest → 1 + index */
  GHashTable *media_nodes; /* observationMedia → 1 + index */
  GHashTable *shown;       /* IDs that a renderMultiMedia names */
  GPtrArray *notes;        /* (element-type DmpCdaBlock): footnotes of the section being read */
  guint section;           /* the one being read */
  guint pieces;
} DmpCdaNarrative;

void dmp_cda_narrative_init (DmpCdaNarrative *self);

/* Frees what is only needed while reading; sections, blocks and attachments were taken. */
void dmp_cda_narrative_clear (DmpCdaNarrative *self);

/* Reads a structuredBody: sections, blocks, attachments, anchors.
 * @error: %DMP_ERROR_LIMIT */
gboolean dmp_cda_narrative_read (DmpCdaNarrative *self, xmlNode *body, GError **error);

/* Reads a nonXMLBody. */
void dmp_cda_narrative_read_file (DmpCdaNarrative *self, xmlNode *body);

/* Appends what stands in @parent (section/text, td, item) to @blocks. */
void dmp_cda_narrative_flow (DmpCdaNarrative *self,
                             GPtrArray *blocks,
                             xmlNode *parent,
                             DmpCdaStyle style);

/* The words in @parent as the runs of @block. */
void dmp_cda_narrative_inline (DmpCdaNarrative *self, DmpCdaBlock *block, xmlNode *parent);

/* Fills a TABLE block. */
void dmp_cda_narrative_table (DmpCdaNarrative *self, DmpCdaBlock *block, xmlNode *table);

/* styleCode of @node added to @style. */
DmpCdaStyle dmp_cda_narrative_style (const xmlNode *node, DmpCdaStyle style);

/* A file of the document from its ED element. Returns: (transfer full) */
DmpCdaAttachment *dmp_cda_attachment_read (xmlNode *value, const char *id, guint section);

G_END_DECLS
