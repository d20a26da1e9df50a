#include "config.h"

#include "dmp-cda-narrative.h"

#include <string.h>

/* A container being filled: text gathers in a paragraph until something else comes. */
typedef struct
{
  DmpCdaNarrative *narrative;
  GPtrArray *blocks;
  DmpCdaBlock *paragraph; /* being filled, not yet in @blocks */
  GString *text;          /* of the run being filled */
  gboolean open;          /* a run is being filled */
  char last;              /* last character of the paragraph: 's' at its start, ' ', '\n' or 'x' */
  DmpCdaStyle style;
  const char *target;
  GPtrArray *ids; /* anchors around, outermost first; borrowed */
} Flow;

static void flow_children (Flow *flow, xmlNode *parent);

static char **
copy_ids (const GPtrArray *ids, const char *own)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  if (ids->len == 0 && own == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    g_strv_builder_add (all, g_ptr_array_index (ids, i));
  if (own)
    g_strv_builder_add (all, own);
  return g_strv_builder_end (all);
}

static DmpCdaBlock *
current_paragraph (Flow *flow)
{
  if (flow->paragraph == NULL)
    {
      flow->paragraph = dmp_cda_block_new (DMP_CDA_BLOCK_PARAGRAPH, flow->narrative->section);
      flow->last = 's';
    }
  return flow->paragraph;
}

static void
close_run (Flow *flow)
{
  DmpCdaRun *run;

  if (!flow->open)
    return;
  run = g_new0 (DmpCdaRun, 1);
  run->text = g_strdup (flow->text->str);
  run->style = flow->style;
  run->ids = copy_ids (flow->ids, NULL);
  run->target = g_strdup (flow->target);
  g_ptr_array_add (current_paragraph (flow)->runs, run);
  g_string_truncate (flow->text, 0);
  flow->open = FALSE;
  flow->narrative->pieces++;
}

static void
open_run (Flow *flow)
{
  current_paragraph (flow);
  flow->open = TRUE;
}

static void
add_text (Flow *flow, const char *text)
{
  for (const char *p = text; *p;)
    {
      gsize blank = strspn (p, " \t\r\n");
      gsize word;

      if (blank > 0 && flow->last == 'x')
        {
          open_run (flow);
          g_string_append_c (flow->text, ' ');
          flow->last = ' ';
        }
      p += blank;
      word = strcspn (p, " \t\r\n");
      if (word == 0)
        continue;
      open_run (flow);
      g_string_append_len (flow->text, p, (gssize) word);
      flow->last = 'x';
      p += word;
    }
}

static void
add_break (Flow *flow)
{
  if (flow->last == 's' && (flow->paragraph == NULL || !flow->open))
    return;
  if (flow->open && flow->last == ' ')
    g_string_truncate (flow->text, flow->text->len - 1);
  open_run (flow);
  g_string_append_c (flow->text, '\n');
  flow->last = '\n';
}

static void
trim_end (DmpCdaBlock *paragraph)
{
  for (guint i = paragraph->runs->len; i > 0; i--)
    {
      DmpCdaRun *run = g_ptr_array_index (paragraph->runs, i - 1);
      gsize len = strlen (run->text);

      while (len > 0 && strchr (" \n", run->text[len - 1]))
        run->text[--len] = '\0';
      if (len > 0 || run->attachment)
        return;
      if (run->ids == NULL)
        g_ptr_array_remove_index (paragraph->runs, i - 1);
    }
}

static void
flush (Flow *flow)
{
  close_run (flow);
  if (flow->paragraph == NULL)
    return;
  trim_end (flow->paragraph);
  if (flow->paragraph->runs->len > 0)
    {
      g_ptr_array_add (flow->blocks, g_steal_pointer (&flow->paragraph));
      flow->narrative->pieces++;
    }
  g_clear_pointer (&flow->paragraph, dmp_cda_block_free);
  flow->last = 's';
}

DmpCdaStyle
dmp_cda_narrative_style (const xmlNode *node, DmpCdaStyle style)
{
  static const struct
  {
    const char *name;
    DmpCdaStyle style;
  } known[] = { { "bolditalics", DMP_CDA_STYLE_BOLD | DMP_CDA_STYLE_ITALIC },
                { "bold", DMP_CDA_STYLE_BOLD },
                { "italics", DMP_CDA_STYLE_ITALIC },
                { "emphasis", DMP_CDA_STYLE_ITALIC },
                { "underline", DMP_CDA_STYLE_UNDERLINE } };
  const char *code = dmp_xml_attr (node, "styleCode");
  g_auto (GStrv) words = NULL;

  if (code == NULL)
    return style;
  words = g_strsplit_set (code, " \t\r\n", 32);
  for (guint w = 0; words[w]; w++)
    for (guint i = 0; i < G_N_ELEMENTS (known); i++)
      if (g_ascii_strcasecmp (words[w], known[i].name) == 0)
        style |= known[i].style;
  return style;
}

static DmpCdaStyle
element_style (const xmlNode *node, DmpCdaStyle style)
{
  const char *revised = dmp_xml_attr (node, "revised");

  if (dmp_cda_is (node, "sub"))
    style |= DMP_CDA_STYLE_SUBSCRIPT;
  else if (dmp_cda_is (node, "sup"))
    style |= DMP_CDA_STYLE_SUPERSCRIPT;
  if (g_strcmp0 (revised, "delete") == 0)
    style |= DMP_CDA_STYLE_DELETED;
  return dmp_cda_narrative_style (node, style);
}

/* content, sub, sup, linkHtml, and any element we do not know: its words are kept. */
static void
flow_span (Flow *flow, xmlNode *node)
{
  DmpCdaStyle style = flow->style;
  const char *target = flow->target;
  const char *id = dmp_xml_attr (node, "ID");
  guint before;

  close_run (flow);
  before = flow->paragraph ? flow->paragraph->runs->len : 0;
  flow->style = element_style (node, style);
  if (dmp_cda_is (node, "linkHtml"))
    flow->target = dmp_xml_attr (node, "href");
  if (id)
    g_ptr_array_add (flow->ids, (gpointer) id);
  flow_children (flow, node);
  if (id && !flow->open && before == (flow->paragraph ? flow->paragraph->runs->len : 0))
    open_run (flow); /* an empty anchor is still a place */
  close_run (flow);
  if (id)
    g_ptr_array_set_size (flow->ids, (gint) flow->ids->len - 1);
  flow->style = style;
  flow->target = target;
}

static void
flow_init (Flow *flow, DmpCdaNarrative *narrative, GPtrArray *blocks, DmpCdaStyle style)
{
  *flow = (Flow){ .narrative = narrative,
                  .blocks = blocks,
                  .text = g_string_new (NULL),
                  .last = 's',
                  .style = style,
                  .ids = g_ptr_array_new () };
}

static void
flow_end (Flow *flow)
{
  flush (flow);
  g_string_free (flow->text, TRUE);
  g_ptr_array_unref (flow->ids);
}

void
dmp_cda_narrative_flow (DmpCdaNarrative *self,
                        GPtrArray *blocks,
                        xmlNode *parent,
                        DmpCdaStyle style)
{
  Flow flow;

  flow_init (&flow, self, blocks, style);
  if (dmp_cda_is (parent, "text") && dmp_xml_attr (parent, "ID"))
    g_ptr_array_add (flow.ids, (gpointer) dmp_xml_attr (parent, "ID"));
  flow_children (&flow, parent);
  flow_end (&flow);
}

void
dmp_cda_narrative_inline (DmpCdaNarrative *self, DmpCdaBlock *block, xmlNode *parent)
{
  g_autoptr (GPtrArray) blocks = dmp_cda_blocks_new ();

  dmp_cda_narrative_flow (self, blocks, parent, DMP_CDA_STYLE_NONE);
  for (guint i = 0; i < blocks->len; i++)
    {
      DmpCdaBlock *part = g_ptr_array_index (blocks, i);

      g_ptr_array_extend_and_steal (block->runs, g_steal_pointer (&part->runs));
      part->runs = g_ptr_array_new ();
    }
}

static DmpCdaBlock *
start_block (Flow *flow, DmpCdaBlockKind kind, const xmlNode *node)
{
  DmpCdaBlock *block = dmp_cda_block_new (kind, flow->narrative->section);
  const char *id = dmp_xml_attr (node, "ID");

  flush (flow);
  block->ids = copy_ids (flow->ids, id);
  flow->narrative->pieces++;
  return block;
}

static void
flow_paragraph (Flow *flow, xmlNode *node)
{
  DmpCdaStyle style = flow->style;
  const char *id = dmp_xml_attr (node, "ID");
  guint first;

  flush (flow);
  first = flow->blocks->len;
  flow->style = element_style (node, style);
  if (id)
    g_ptr_array_add (flow->ids, (gpointer) id);
  flow_children (flow, node);
  if (id && flow->blocks->len == first && flow->paragraph == NULL)
    open_run (flow);
  flush (flow);
  if (id)
    g_ptr_array_set_size (flow->ids, (gint) flow->ids->len - 1);
  flow->style = style;
}

static void
flow_list (Flow *flow, xmlNode *list)
{
  DmpCdaBlock *block = start_block (flow, DMP_CDA_BLOCK_LIST, list);
  DmpCdaStyle style = dmp_cda_narrative_style (list, flow->style);

  block->ordered = g_strcmp0 (dmp_xml_attr (list, "listType"), "ordered") == 0;
  g_ptr_array_add (flow->blocks, block);
  for (xmlNode *node = dmp_cda_first_element (list); node; node = dmp_cda_next_element (node))
    {
      DmpCdaBlock *item;
      const char *id = dmp_xml_attr (node, "ID");

      if (dmp_cda_is (node, "caption"))
        {
          dmp_cda_narrative_inline (flow->narrative, block, node);
          continue;
        }
      item = dmp_cda_block_new (DMP_CDA_BLOCK_ITEM, flow->narrative->section);
      if (id)
        item->ids = copy_ids (flow->ids, id);
      g_ptr_array_add (block->children, item);
      flow->narrative->pieces++;
      dmp_cda_narrative_flow (flow->narrative, item->children, node,
                              dmp_cda_narrative_style (node, style));
    }
}

static void
add_mark (Flow *flow, const char *target, const char *mark)
{
  DmpCdaRun *run = g_new0 (DmpCdaRun, 1);

  close_run (flow);
  run->text = g_strdup (mark);
  run->style = DMP_CDA_STYLE_FOOTNOTE_REF;
  run->target = g_strdup (target);
  run->ids = copy_ids (flow->ids, NULL);
  g_ptr_array_add (current_paragraph (flow)->runs, run);
  flow->last = 'x';
}

static void
flow_footnote (Flow *flow, xmlNode *node)
{
  DmpCdaNarrative *narrative = flow->narrative;
  DmpCdaBlock *note = dmp_cda_block_new (DMP_CDA_BLOCK_FOOTNOTE, narrative->section);
  const char *id = dmp_xml_attr (node, "ID");
  g_autofree char *mark = g_strdup_printf ("%u", narrative->notes->len + 1);

  if (id)
    note->ids = copy_ids (flow->ids, id);
  g_ptr_array_add (narrative->notes, note);
  add_mark (flow, id, mark);
  dmp_cda_narrative_flow (narrative, note->children, node, DMP_CDA_STYLE_NONE);
}

static void
flow_media (Flow *flow, xmlNode *node)
{
  const char *names = dmp_xml_attr (node, "referencedObject");
  xmlNode *caption = dmp_cda_child (node, "caption");
  g_auto (GStrv) ids = names ? g_strsplit_set (names, " \t\r\n", 32) : NULL;

  close_run (flow);
  for (guint i = 0; ids && ids[i]; i++)
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (flow->narrative->media, ids[i]));
      DmpCdaRun *run;

      if (number == 0)
        continue;
      run = g_new0 (DmpCdaRun, 1);
      run->text = g_strdup ("");
      run->attachment = number;
      run->ids = copy_ids (flow->ids, dmp_xml_attr (node, "ID"));
      g_ptr_array_add (current_paragraph (flow)->runs, run);
      flow->narrative->pieces++;
    }
  if (caption)
    flow_span (flow, caption);
}

static void
flow_element (Flow *flow, xmlNode *node)
{
  if (dmp_cda_is (node, "br"))
    add_break (flow);
  else if (dmp_cda_is (node, "paragraph") || dmp_cda_is (node, "caption"))
    flow_paragraph (flow, node);
  else if (dmp_cda_is (node, "list"))
    flow_list (flow, node);
  else if (dmp_cda_is (node, "table"))
    {
      DmpCdaBlock *block = start_block (flow, DMP_CDA_BLOCK_TABLE, node);

      g_ptr_array_add (flow->blocks, block);
      dmp_cda_narrative_table (flow->narrative, block, node);
    }
  else if (dmp_cda_is (node, "footnote"))
    flow_footnote (flow, node);
  else if (dmp_cda_is (node, "footnoteRef"))
    add_mark (flow, dmp_xml_attr (node, "IDREF"), "*");
  else if (dmp_cda_is (node, "renderMultiMedia"))
    flow_media (flow, node);
  else
    flow_span (flow, node);
}

static void
flow_children (Flow *flow, xmlNode *parent)
{
  for (xmlNode *node = parent->children; node; node = node->next)
    {
      if (flow->narrative->pieces > DMP_CDA_MAX_PIECES)
        return;
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        add_text (flow, (const char *) node->content);
      else if (node->type == XML_ELEMENT_NODE)
        flow_element (flow, node);
    }
}
