#pragma once

#include "model/dmp-code.h"

#include <glib.h>

G_BEGIN_DECLS

/* The narrative of a CDA document as plain values, ready for native widgets: no markup language, no
 * style sheet, nothing that could be fetched or run. All of it belongs to the document, is never
 * changed, and may be read from any thread. Arrays are never NULL where no (nullable) stands. */

/* A file that the document itself carries: nonXMLBody, observationMedia. */
typedef struct
{
  char *id;      /* (nullable): ID that renderMultiMedia names */
  char *mime;    /* lower case, without parameters: "application/pdf" */
  GBytes *bytes; /* (nullable): decoded; NULL when the base64 is damaged: see @problem */
  char *problem; /* (nullable): French sentence why @bytes is NULL */
  guint section; /* index of the section it stands in */
} DmpCdaAttachment;

typedef enum
{
  DMP_CDA_STYLE_NONE = 0,
  DMP_CDA_STYLE_BOLD = 1 << 0,
  DMP_CDA_STYLE_ITALIC = 1 << 1,
  DMP_CDA_STYLE_UNDERLINE = 1 << 2,
  DMP_CDA_STYLE_SUPERSCRIPT = 1 << 3,
  DMP_CDA_STYLE_SUBSCRIPT = 1 << 4,
  DMP_CDA_STYLE_DELETED = 1 << 5,     /* content/@revised="delete": struck through */
  DMP_CDA_STYLE_FOOTNOTE_REF = 1 << 6 /* the text is a mark; @target is the footnote's id */
} DmpCdaStyle;

/* A stretch of text in one style. */
typedef struct
{
  char *text;        /* white space folded as XML flow text; "\n" is a line break of the author */
  DmpCdaStyle style; /* flags */
  char **ids;        /* (nullable): anchor ids that hold this run, outermost first */
  char *target;      /* (nullable): linkHtml/@href or footnoteRef/@IDREF: to show, never to open */
  guint attachment;  /* 1 + index into the attachments for renderMultiMedia, else 0; then @text
                      * is the caption, maybe "" */
} DmpCdaRun;

typedef enum
{
  DMP_CDA_BLOCK_HEADING,   /* a section's title: @level, @runs */
  DMP_CDA_BLOCK_PARAGRAPH, /* @runs */
  DMP_CDA_BLOCK_LIST,      /* @ordered; @children are ITEM */
  DMP_CDA_BLOCK_ITEM,      /* @children; @runs is its caption, mostly empty */
  DMP_CDA_BLOCK_TABLE,     /* @cells; @runs is the caption, mostly empty */
  DMP_CDA_BLOCK_FOOTNOTE,  /* @children; its id is in @ids */
  DMP_CDA_BLOCK_FILE       /* an attachment that no renderMultiMedia shows, or a level 1 body */
} DmpCdaBlockKind;

/* A table cell, its place already worked out from the spans of its neighbours. */
typedef struct
{
  guint row, column;           /* of its top left corner, from 0 */
  guint row_span, column_span; /* 1 or more, cut at the table's edge */
  gboolean header;             /* th, or in thead */
  float align;                 /* 0 left, 0.5 centre, 1 right, -1 not said */
  char **ids;                  /* (nullable): anchor ids of the cell and, in column 0, of its row */
  GPtrArray *children;         /* (element-type DmpCdaBlock): paragraphs, lists, tables */
} DmpCdaCell;

typedef struct
{
  DmpCdaBlockKind kind;
  guint section;       /* index into dmp_cda_document_get_sections() */
  guint level;         /* HEADING: 1 is the outermost */
  gboolean ordered;    /* LIST */
  guint attachment;    /* FILE: 1 + index into the attachments, else 0 */
  guint n_rows;        /* TABLE */
  guint n_columns;     /* TABLE */
  guint n_header_rows; /* TABLE: rows of thead */
  char **ids;          /* (nullable): anchor ids of the whole block */
  GPtrArray *runs;     /* (element-type DmpCdaRun) */
  GPtrArray *children; /* (element-type DmpCdaBlock) */
  GPtrArray *cells;    /* (element-type DmpCdaCell): by row, then column */
} DmpCdaBlock;

/* A section, for the outline. Index 0 is the document itself (header, level 1 body). */
typedef struct
{
  char *title;         /* as written; "" when absent */
  DmpCode *code;       /* (nullable): LOINC mostly */
  char *path;          /* "1", "1.2", "1.2.1"; "" for index 0 */
  guint level;         /* 0 for index 0 */
  guint parent;        /* index; 0 for the outermost */
  guint first_block;   /* index of its first block */
  guint n_entries;     /* coded entries directly in it */
  char **template_ids; /* "root" or "root|extension" */
} DmpCdaSection;

/* The words of @block, one line a paragraph, cells parted by tabs. Returns: (transfer full) */
char *dmp_cda_block_dup_text (const DmpCdaBlock *block);

/* Whether @id is one of the block's own anchors or of anything inside it. */
gboolean dmp_cda_block_has_anchor (const DmpCdaBlock *block, const char *id);

G_END_DECLS
