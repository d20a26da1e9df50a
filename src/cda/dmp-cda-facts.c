#include "config.h"

#include "dmp-cda-facts.h"

#include "dmp-cda-header-private.h"
#include "dmp-fact-reader.h"

#include <string.h>

/* Which extractor reads a statement: its template first (CI-SIS, then IHE), whatever the section.
 */
static const struct
{
  const char *root;
  DmpFactExtractor read;
} by_template[] = {
  { "1.2.250.1.213.1.1.3.40", dmp_fact_read_allergy },
  { "1.2.250.1.213.1.1.3.41", dmp_fact_read_allergy },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.5.3", dmp_fact_read_allergy },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.6", dmp_fact_read_allergy },
  { "1.2.250.1.213.1.1.3.59", dmp_fact_read_family },
  { "1.2.250.1.213.1.1.3.51", dmp_fact_read_family },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.15", dmp_fact_read_family },
  { "1.2.250.1.213.1.1.3.39", dmp_fact_read_problem },
  { "1.2.250.1.213.1.1.3.37", dmp_fact_read_problem },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.5.2", dmp_fact_read_problem },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.5", dmp_fact_read_problem },
  { "1.2.250.1.213.1.1.3.45", dmp_fact_read_vaccine },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.12", dmp_fact_read_vaccine },
  { "1.2.250.1.213.1.1.3.204", dmp_fact_read_delivery },
  { "1.2.250.1.213.1.1.3.42", dmp_fact_read_treatment },
  { "1.2.250.1.213.1.1.3.83", dmp_fact_read_treatment },
  { "1.2.250.1.213.1.1.3.47", dmp_fact_read_treatment },
  { "1.2.250.1.213.1.1.3.13", dmp_fact_read_treatment },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.7", dmp_fact_read_treatment },
  { "1.2.250.1.213.1.1.3.20", dmp_fact_read_device },
  { "1.2.250.1.213.1.1.3.62", dmp_fact_read_procedure },
  { "1.2.250.1.213.1.1.3.100", dmp_fact_read_procedure },
  { "1.2.250.1.213.1.1.3.153", dmp_fact_read_procedure },
  { "1.2.250.1.213.1.1.3.165", dmp_fact_read_procedure },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.19", dmp_fact_read_procedure },
  { "1.2.250.1.213.1.1.3.58", dmp_fact_read_event },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.14", dmp_fact_read_event },
  { "1.2.250.1.213.1.1.3.80", dmp_fact_read_result },
  { "1.2.250.1.213.1.1.3.50", dmp_fact_read_result },
  { "1.3.6.1.4.1.19376.1.3.1.6", dmp_fact_read_result },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.13.2", dmp_fact_read_result },
  { "1.2.250.1.213.1.1.3.52", dmp_fact_read_social },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.13.4", dmp_fact_read_social },
  { "1.2.250.1.213.1.1.3.53", dmp_fact_read_pregnancy },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.13.5", dmp_fact_read_pregnancy },
  { "1.2.250.1.213.1.1.3.54", dmp_fact_read_directive },
  { "1.3.6.1.4.1.19376.1.5.3.1.4.13.7", dmp_fact_read_directive },
  { "1.2.250.1.213.1.1.3.18", dmp_fact_read_file },  /* attached file */
  { "1.2.250.1.213.1.1.3.103", dmp_fact_read_file }, /* 2D code of a prescription */
  { "1.2.250.1.213.1.1.3.32", dmp_fact_read_note },  /* comment */
  { "1.2.250.1.213.1.1.3.35", dmp_fact_read_note },  /* reference to another document */
};

/* An observation that no template names, by the section it stands in. */
static const struct
{
  const char *code;
  DmpFactExtractor read;
} by_section[] = {
  { "30954-2", dmp_fact_read_result },    { "8716-3", dmp_fact_read_result },
  { "29762-2", dmp_fact_read_social },    { "10162-6", dmp_fact_read_pregnancy },
  { "42348-3", dmp_fact_read_directive }, { "57207-3", dmp_fact_read_risk },
  { "10161-8", dmp_fact_read_risk },      { "46467-9", dmp_fact_read_risk },
};

/* Sections whose words are shown even when they carry no entry: safety first. */
static const struct
{
  const char *code;
  DmpFactKind kind;
} shown_as_text[] = {
  { "48765-2", DMP_FACT_ALLERGY },      /* allergies */
  { "10161-8", DMP_FACT_RISK },         /* occupational risks */
  { "44944-7", DMP_FACT_RISK },         /* other alerts */
  { "44939-7", DMP_FACT_RISK },         /* adverse effects of medicines */
  { "10160-0", DMP_FACT_UNCLASSIFIED }, /* treatments */
  { "10183-2", DMP_FACT_UNCLASSIFIED }, /* treatments on discharge */
  { "42346-7", DMP_FACT_UNCLASSIFIED }, /* treatments on admission */
  { "11450-4", DMP_FACT_UNCLASSIFIED }, /* active problems */
  { "11535-2", DMP_FACT_UNCLASSIFIED }, /* discharge diagnosis */
  { "11348-0", DMP_FACT_UNCLASSIFIED }, /* past illness */
  { "47519-4", DMP_FACT_UNCLASSIFIED }, /* past procedures */
  { "11369-6", DMP_FACT_UNCLASSIFIED }, /* vaccinations */
  { "46264-8", DMP_FACT_UNCLASSIFIED }, /* devices */
};

/* The first row that any templateId of @node names; @before: rows that count. */
static guint
find_template (xmlNode *node, guint before)
{
  dmp_cda_each (template, node, "templateId")
  {
    const char *root = dmp_xml_attr (template, "root");

    for (guint i = 0; root && i < before; i++)
      if (strcmp (root, by_template[i].root) == 0)
        before = i;
  }
  return before;
}

static DmpFactExtractor
find_extractor (DmpFactReader *reader, xmlNode *statement)
{
  guint row = find_template (statement, G_N_ELEMENTS (by_template));

  row = find_template (statement->parent, row);
  if (row < G_N_ELEMENTS (by_template))
    return by_template[row].read;
  if (dmp_cda_is (statement, "observationMedia"))
    return dmp_fact_read_file;
  if (!dmp_cda_is (statement, "observation"))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (by_section); i++)
    if (strcmp (reader->section_code, by_section[i].code) == 0)
      return by_section[i].read;
  return dmp_fact_read_finding;
}

/* The statements directly inside @statement, whatever their kind. */
static guint
read_inside (DmpFactReader *reader, xmlNode *statement)
{
  const char *outer = reader->when;
  const char *own = dmp_cda_get_stamp (dmp_cda_child (statement, "effectiveTime"));
  guint before = reader->facts->len;
  guint n = 0;

  if (own)
    reader->when = own;
  for (xmlNode *node = dmp_cda_first_element (statement); node; node = dmp_cda_next_element (node))
    {
      if (!dmp_cda_is (node, "entryRelationship") && !dmp_cda_is (node, "component"))
        continue;
      for (xmlNode *inner = dmp_cda_first_element (node); inner;
           inner = dmp_cda_next_element (inner))
        if (dmp_cda_is_statement (inner))
          {
            dmp_fact_read_statement (reader, inner);
            n++;
          }
    }
  reader->when = outer;
  return n > 0 && reader->facts->len > before ? n : 0;
}

/* An organiser or act that only groups others. */
static gboolean
is_group (xmlNode *statement)
{
  return dmp_cda_is (statement, "organizer") || dmp_cda_is (statement, "act");
}

void
dmp_fact_read_statement (DmpFactReader *reader, xmlNode *statement)
{
  DmpFactExtractor read = find_extractor (reader, statement);

  if (read)
    read (reader, statement);
  else if (!is_group (statement) || read_inside (reader, statement) == 0)
    dmp_fact_read_unknown (reader, statement);
}

/* The statement of an entry, after templateId and the like. */
static xmlNode *
find_statement (xmlNode *entry)
{
  for (xmlNode *node = dmp_cda_first_element (entry); node; node = dmp_cda_next_element (node))
    if (dmp_cda_is_statement (node))
      return node;
  return NULL;
}

/* No entry is left out: one that no extractor could place stands as unclassified. */
static void
read_entry (DmpFactReader *reader, xmlNode *entry)
{
  xmlNode *statement = find_statement (entry);
  guint before = reader->facts->len;

  reader->entry++;
  if (statement)
    dmp_fact_read_statement (reader, statement);
  if (reader->facts->len == before)
    dmp_fact_read_unknown (reader, statement ? statement : entry);
}

static void
add_text_fact (DmpFactReader *reader, DmpFactKind kind, xmlNode *node)
{
  g_autofree char *words = dmp_cda_dup_flat (node);
  const char *id = dmp_xml_attr (node, "ID");
  DmpFact *fact;

  if (words == NULL)
    return;
  fact = dmp_fact_begin (reader, kind, NULL);
  fact->text_only = TRUE;
  fact->text = g_steal_pointer (&words);
  if (kind == DMP_FACT_UNCLASSIFIED && reader->section)
    dmp_fact_take_detail (fact, DMP_DETAIL_OTHER, g_strdup (reader->section->title), NULL);
  if (id)
    {
      g_free (fact->place);
      fact->place = g_strdup_printf ("#%s", id);
    }
  dmp_fact_emit (reader, fact);
}

static gboolean
is_row (xmlNode *node)
{
  if (dmp_cda_is (node, "tr"))
    return !dmp_cda_is (node->parent, "thead") && dmp_cda_child (node, "td");
  if (dmp_cda_is (node, "item"))
    return TRUE;
  return dmp_cda_is (node, "paragraph") && !dmp_cda_is (node->parent, "item") &&
         !dmp_cda_is (node->parent, "td");
}

void
dmp_fact_read_text_section (DmpFactReader *reader, DmpFactKind kind, xmlNode *section)
{
  xmlNode *text = dmp_cda_child (section, "text");
  gboolean any = FALSE;

  for (xmlNode *node = text; node; node = dmp_cda_walk (node, text))
    {
      if (is_row (node))
        {
          add_text_fact (reader, kind, node);
          any = TRUE;
        }
    }
  if (text && !any)
    add_text_fact (reader, kind, text);
}

/* "Points de vigilance" of a VSM stands in the result section, without entries. */
static void
read_text (DmpFactReader *reader, xmlNode *section)
{
  gboolean unsaid = dmp_xml_attr (section, "nullFlavor") != NULL; /* its words say only that */
  gboolean vsm =
      reader->header->code && strcmp (dmp_code_get_code (reader->header->code), "SYNTH") == 0;

  for (guint i = 0; !unsaid && i < G_N_ELEMENTS (shown_as_text); i++)
    if (strcmp (reader->section_code, shown_as_text[i].code) == 0 &&
        (shown_as_text[i].kind != DMP_FACT_UNCLASSIFIED || !reader->insurer))
      dmp_fact_read_text_section (reader, shown_as_text[i].kind, section);
  if (vsm && !unsaid && strcmp (reader->section_code, "30954-2") == 0)
    dmp_fact_read_text_section (reader, DMP_FACT_RISK, section);
}

/* The first anchor in @node, so that its words can be shown. */
static const char *
find_anchor (xmlNode *node)
{
  for (xmlNode *at = node; at; at = dmp_cda_walk (at, node))
    if (dmp_xml_attr (at, "ID"))
      return dmp_xml_attr (at, "ID");
  return NULL;
}

/* Facts without a place in a table whose words are looked for in the rows. */
#define MAX_WORDS 50

/* Rows that hold the place of a fact from @first on; the words of those that have none. */
static GHashTable *
find_told (DmpFactReader *reader, guint first, GPtrArray *words)
{
  GHashTable *told = g_hash_table_new (NULL, NULL);

  for (guint i = first; i < reader->facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (reader->facts, i);
      xmlNode *at =
          *fact->place == '#' ? g_hash_table_lookup (reader->anchors, fact->place + 1) : NULL;

      while (at && !dmp_cda_is (at, "tr"))
        at = at->parent;
      if (at)
        g_hash_table_add (told, at);
      else if (*fact->text && words->len < MAX_WORDS)
        g_ptr_array_add (words, fact->text);
    }
  return told;
}

static gboolean
says_any (xmlNode *row, const GPtrArray *words)
{
  g_autofree char *text = dmp_cda_dup_flat (row);

  for (guint i = 0; text && i < words->len; i++)
    if (strstr (text, g_ptr_array_index (words, i)))
      return TRUE;
  return text == NULL;
}

static guint
count_cells (const xmlNode *row)
{
  guint n = 0;

  for (xmlNode *cell = dmp_cda_first_element (row); cell; cell = dmp_cda_next_element (cell))
    n++;
  return n;
}

/* Whether another row of the same part of the table is told, with as many cells: then @row is one
 * more of its kind, and no heading or remark. */
static gboolean
is_among (xmlNode *row, GHashTable *told)
{
  for (xmlNode *other = dmp_cda_first_element (row->parent); other;
       other = dmp_cda_next_element (other))
    if (g_hash_table_contains (told, other) && count_cells (other) == count_cells (row))
      return TRUE;
  return FALSE;
}

void
dmp_fact_read_rows_left (DmpFactReader *reader, DmpFactKind kind, xmlNode *section, guint first)
{
  xmlNode *text = dmp_cda_child (section, "text");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GHashTable) told = find_told (reader, first, words);

  for (xmlNode *node = text; node; node = dmp_cda_walk (node, text))
    if (dmp_cda_is (node, "tr") && is_row (node) && !g_hash_table_contains (told, node) &&
        (kind == DMP_FACT_ALLERGY || is_among (node, told)) && !says_any (node, words))
      {
        const char *id = find_anchor (node);
        DmpFact *fact;

        add_text_fact (reader, kind, node);
        fact = g_ptr_array_index (reader->facts, reader->facts->len - 1);
        if (id)
          {
            g_free (fact->place);
            fact->place = g_strdup_printf ("#%s", id);
          }
      }
}

/* Rows of a section that none of its entries tells: an allergy or a medicine that nobody coded. */
static void
read_rest (DmpFactReader *reader, xmlNode *section, guint first)
{
  static const char *const lists[] = { "10160-0", "10183-2", "11450-4", NULL };

  if (strcmp (reader->section_code, "48765-2") == 0)
    dmp_fact_read_rows_left (reader, DMP_FACT_ALLERGY, section, first);
  else if (!reader->insurer && g_strv_contains (lists, reader->section_code))
    dmp_fact_read_rows_left (reader, DMP_FACT_UNCLASSIFIED, section, first);
}

static void
read_section (DmpFactReader *reader, xmlNode *node, GPtrArray *sections, guint *index)
{
  const DmpCdaSection *section = g_ptr_array_index (sections, ++*index);
  guint first = reader->facts->len;
  gboolean entries = FALSE;

  dmp_cda_each (entry, node, "entry")
  {
    reader->section = section;
    reader->section_code = section->code ? dmp_code_get_code (section->code) : "";
    read_entry (reader, entry);
    entries = TRUE;
  }
  reader->section = section;
  reader->section_code = section->code ? dmp_code_get_code (section->code) : "";
  if (!entries)
    read_text (reader, node);
  else
    read_rest (reader, node, first);
  dmp_cda_each (component, node, "component")
  {
    xmlNode *inner = dmp_cda_child (component, "section");

    if (inner)
      read_section (reader, inner, sections, index);
  }
}

static gboolean
is_insurer (DmpCdaDocument *document, const DmpCdaPerson *author)
{
  if (dmp_cda_document_has_template (document, "1.2.250.1.213.1.1.1.36"))
    return TRUE;
  return author && author->code && strcmp (dmp_code_get_code (author->code), "ALIM_AM") == 0;
}

static DmpTrust
find_trust (DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);

  if (is_insurer (document, author))
    return DMP_TRUST_AM;
  if (author && dmp_cda_is_ins_root (author->id_root))
    return DMP_TRUST_PATIENT;
  if ((header->code && strcmp (dmp_code_get_code (header->code), "SYNTH") == 0) ||
      (author && author->function && strcmp (dmp_code_get_code (author->function), "PCP") == 0))
    return DMP_TRUST_MT;
  return DMP_TRUST_PS;
}

/* Whether @fact is more than words or a file. */
static gboolean
is_coded (const DmpFact *fact)
{
  return !fact->text_only && fact->kind != DMP_FACT_FILE && fact->kind != DMP_FACT_NOTE;
}

GPtrArray *
dmp_fact_read_all (DmpCdaDocument *document, xmlNode *body, GHashTable *anchors, guint *coded)
{
  GPtrArray *sections = dmp_cda_document_get_sections (document);
  guint index = 0;
  DmpFactReader reader = {
    .document = document,
    .header = dmp_cda_document_get_header (document),
    .anchors = anchors,
    .facts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_fact_unref),
    .trust = find_trust (document),
    .section_code = "",
  };

  reader.insurer = reader.trust == DMP_TRUST_AM;
  dmp_cda_each (component, body, "component")
  {
    xmlNode *section = dmp_cda_child (component, "section");

    if (section)
      read_section (&reader, section, sections, &index);
  }
  for (guint i = 0; i < reader.facts->len; i++)
    *coded += is_coded (g_ptr_array_index (reader.facts, i));
  reader.section = NULL;
  reader.entry = 0;
  reader.section_code = "";
  dmp_fact_read_header_event (&reader);
  dmp_fact_read_contacts (&reader);
  return reader.facts;
}
