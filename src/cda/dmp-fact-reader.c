#include "config.h"

#include "dmp-fact-reader.h"

#include "dmp-cda-header-private.h"
#include "model/dmp-date.h"

#include <string.h>

/* The narrative element a reference points to; a missing '#' is forgiven. */
static xmlNode *
resolve (DmpFactReader *reader, const char *value)
{
  if (value == NULL)
    return NULL;
  if (*value == '#')
    value++;
  return *value ? g_hash_table_lookup (reader->anchors, value) : NULL;
}

/* reference/@value of an ED, or of the originalText of a CD. */
static const char *
get_reference (xmlNode *node)
{
  xmlNode *reference = dmp_cda_child (node, "reference");

  if (reference == NULL)
    reference = dmp_cda_path (node, "originalText/reference");
  return reference ? dmp_xml_attr (reference, "value") : NULL;
}

char *
dmp_fact_dup_words (DmpFactReader *reader, xmlNode *node)
{
  xmlNode *target;

  if (node == NULL)
    return NULL;
  target = resolve (reader, get_reference (node));
  if (target)
    {
      char *words = dmp_cda_dup_flat (target);

      if (words)
        return words;
    }
  return dmp_cda_dup_flat (node);
}

char *
dmp_fact_dup_label (DmpFactReader *reader, xmlNode *code)
{
  char *words;
  const char *label;

  if (code == NULL)
    return NULL;
  words = dmp_fact_dup_words (reader, dmp_cda_child (code, "originalText"));
  if (words)
    return words;
  label = dmp_xml_attr (code, "displayName");
  return label && *label ? g_strdup (label) : NULL;
}

void
dmp_fact_set_place (DmpFactReader *reader, DmpFact *fact, xmlNode *node)
{
  const char *value = node ? get_reference (node) : NULL;

  if (*fact->place == '#' || resolve (reader, value) == NULL)
    return;
  g_free (fact->place);
  fact->place = *value == '#' ? g_strdup (value) : g_strdup_printf ("#%s", value);
}

void
dmp_fact_move_place (DmpFactReader *reader, DmpFact *fact, xmlNode *node)
{
  const char *value = node ? get_reference (node) : NULL;

  if (resolve (reader, value) == NULL)
    return;
  g_free (fact->place);
  fact->place = g_strdup (reader->section ? reader->section->path : "");
  dmp_fact_set_place (reader, fact, node);
}

gboolean
dmp_fact_is_negated (xmlNode *statement)
{
  const char *said = dmp_xml_attr (statement, "negationInd"); /* xs:boolean */

  return g_strcmp0 (said, "true") == 0 || g_strcmp0 (said, "1") == 0;
}

/* A statement with a subject of its own speaks of a relative, a child, a donor: never of the
 * patient. */
static void
take_subject (DmpFactReader *reader, DmpFact *fact, xmlNode *statement)
{
  for (xmlNode *node = statement; node && !dmp_cda_is (node, "section"); node = node->parent)
    {
      xmlNode *person = dmp_cda_path (node, "subject/relatedSubject");
      xmlNode *code = dmp_cda_child (person, "code");

      if (person == NULL)
        continue;
      if (fact->kind != DMP_FACT_FAMILY) /* whose extractor names the relative itself */
        dmp_fact_add_detail (fact, DMP_DETAIL_RELATION, dmp_fact_dup_label (reader, code), code);
      fact->kind = DMP_FACT_FAMILY;
      return;
    }
}

DmpFact *
dmp_fact_begin (DmpFactReader *reader, DmpFactKind kind, xmlNode *statement)
{
  DmpFact *fact = dmp_fact_new (kind);
  const char *mood = statement ? dmp_xml_attr (statement, "moodCode") : NULL;

  fact->trust = reader->trust;
  fact->document = g_strdup (reader->header->unique_id);
  fact->place = g_strdup (reader->section ? reader->section->path : "");
  fact->section_code = reader->section_code ? g_strdup (reader->section_code) : NULL;
  if (statement == NULL)
    return fact;
  fact->entry = reader->entry;
  fact->negated = dmp_fact_is_negated (statement);
  fact->planned = mood && strcmp (mood, "EVN") != 0;
  fact->null_flavor = g_strdup (dmp_xml_attr (statement, "nullFlavor"));
  fact->status = g_strdup (dmp_cda_child_attr (statement, "statusCode", "code"));
  fact->uncertain = g_strcmp0 (dmp_cda_child_attr (statement, "uncertaintyCode", "code"), "U") == 0;
  dmp_cda_read_interval (dmp_cda_child (statement, "effectiveTime"), &fact->date, &fact->end_date);
  dmp_fact_set_place (reader, fact, dmp_cda_child (statement, "text"));
  take_subject (reader, fact, statement);
  return fact;
}

static xmlNode *
find_around (xmlNode *node, const char *const *names)
{
  for (; node; node = node->parent)
    for (guint i = 0; names[i]; i++)
      if (dmp_cda_is (node, names[i]))
        return node;
  return NULL;
}

/* The words of a row, cells parted by tabs. */
static char *
dup_row (xmlNode *row)
{
  g_autoptr (GString) out = NULL;

  if (!dmp_cda_is (row, "tr"))
    return dmp_cda_dup_flat (row);
  out = g_string_new (NULL);
  for (xmlNode *cell = dmp_cda_first_element (row); cell; cell = dmp_cda_next_element (cell))
    {
      g_autofree char *words = dmp_cda_dup_flat (cell);

      if (out->len > 0)
        g_string_append_c (out, '\t');
      g_string_append (out, words ? words : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "Oui", "10", "12/11/2009": an answer that does not say to what. */
static gboolean
says_nothing (const char *text)
{
  static const char *const answers[] = { "oui", "non", "true", "false", "vrai", "faux",
                                         "x",   "n/a", "na",   "ok",    NULL };
  g_autofree char *lower = NULL;
  gboolean letters = FALSE;

  for (const char *p = text; *p && !letters; p++)
    letters = g_ascii_isalpha (*p) || (*p & 0x80);
  if (!letters || strlen (text) > 6)
    return !letters && *text;
  lower = g_strstrip (g_ascii_strdown (text, -1));
  return g_strv_contains (answers, lower);
}

/* The question stands in the row around the answer; of a measure, in the label of its code. */
static void
name_question (DmpFact *fact)
{
  DmpCode *code = fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;
  const char *label = code ? dmp_code_get_display (code) : NULL;
  gboolean by_row = fact->row && strlen (fact->row) > strlen (fact->text);

  if (fact->text_only || !says_nothing (fact->text))
    return;
  if (label && *label && (fact->kind == DMP_FACT_RESULT || !by_row))
    {
      g_free (fact->text);
      fact->text = g_strdup (label);
    }
  else if (by_row)
    {
      g_auto (GStrv) cells = g_strsplit (fact->row, "\t", -1);

      g_free (fact->text);
      fact->text = g_strjoinv (" : ", cells);
    }
}

void
dmp_fact_emit (DmpFactReader *reader, DmpFact *fact)
{
  static const char *const rows[] = { "tr", "item", "paragraph", NULL };
  xmlNode *anchor = resolve (reader, fact->place);
  xmlNode *row = anchor && *fact->place == '#' ? find_around (anchor, rows) : NULL;

  if (row && fact->row == NULL)
    fact->row = dup_row (row);
  if (fact->text == NULL)
    fact->text = g_strdup ("");
  name_question (fact);
  if (fact->date == NULL && fact->end_date == NULL && reader->when)
    fact->date = g_strdup (reader->when);
  fact->order = reader->facts->len;
  g_ptr_array_add (reader->facts, fact);
}

static guint
read_column_span (const xmlNode *cell)
{
  const char *text = dmp_xml_attr (cell, "colspan");

  return text ? (guint) CLAMP (g_ascii_strtoull (text, NULL, 10), 1, 1000) : 1;
}

/* The cell that covers @column. */
static xmlNode *
cell_at (xmlNode *row, guint column)
{
  guint at = 0;

  for (xmlNode *cell = dmp_cda_first_element (row); cell; cell = dmp_cda_next_element (cell))
    {
      at += read_column_span (cell);
      if (column < at)
        return cell;
    }
  return NULL;
}

/* The next column after @last whose heading contains one of @headings; -1 for none. */
static int
find_column (xmlNode *table, const char *const *headings, int last)
{
  xmlNode *row = dmp_cda_path (table, "thead/tr");
  int column = 0;

  if (row == NULL)
    row = dmp_cda_path (table, "tbody/tr");
  for (xmlNode *cell = dmp_cda_first_element (row); cell; cell = dmp_cda_next_element (cell))
    {
      g_autofree char *words = dmp_cda_dup_flat (cell);
      g_autofree char *folded = words ? g_str_to_ascii (words, "fr") : g_strdup ("");
      g_autofree char *lower = g_ascii_strdown (folded, -1);

      column += (int) read_column_span (cell);
      for (guint i = 0; column - 1 > last && headings[i]; i++)
        if (strstr (lower, headings[i]))
          return column - 1;
    }
  return -1;
}

/* The row and the table around the fact's place. Returns: FALSE when it is in none */
static gboolean
find_table (DmpFactReader *reader, const DmpFact *fact, xmlNode **row, xmlNode **table)
{
  static const char *const rows[] = { "tr", NULL };
  static const char *const tables[] = { "table", NULL };
  xmlNode *anchor = *fact->place == '#' ? resolve (reader, fact->place) : NULL;

  *row = anchor ? find_around (anchor, rows) : NULL;
  *table = *row ? find_around (*row, tables) : NULL;
  return *table != NULL;
}

/* The columns whose whole heading is one of the words for a thing. */
static void
find_columns (DmpFactReader *reader, xmlNode *table)
{
  static const char *const headings[][6] = {
    { "resultat", "resultats", "valeur", NULL },
    { "unite", "unites", "unite de mesure", NULL },
    { "repere", "interpretation", "anomalie", NULL },
    { "depuis", "debut", "date de debut", "depuis le", NULL },
  };
  xmlNode *row = dmp_cda_path (table, "thead/tr");
  int column = 0;

  reader->table = table;
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    reader->columns[i] = -1;
  for (xmlNode *cell = dmp_cda_first_element (row); cell; cell = dmp_cda_next_element (cell))
    {
      g_autofree char *words = dmp_cda_dup_flat (cell);
      g_autofree char *folded = words ? g_str_to_ascii (words, "fr") : g_strdup ("");
      g_autofree char *lower = g_ascii_strdown (folded, -1);

      for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
        if (reader->columns[i] < 0 && g_strv_contains (headings[i], lower))
          reader->columns[i] = column;
      column += (int) read_column_span (cell);
    }
}

static char *
dup_column (xmlNode *row, int column)
{
  return column >= 0 ? dmp_cda_dup_flat (cell_at (row, (guint) column)) : NULL;
}

void
dmp_fact_read_written (DmpFactReader *reader, DmpFact *fact)
{
  xmlNode *row, *table;

  if (!find_table (reader, fact, &row, &table))
    return;
  if (reader->table != table)
    find_columns (reader, table);
  fact->written = g_new0 (DmpFactWritten, 1);
  fact->written->value = dup_column (row, reader->columns[0]);
  fact->written->unit = dup_column (row, reader->columns[1]);
  fact->written->flag = dup_column (row, reader->columns[2]);
  fact->written->since = dup_column (row, reader->columns[3]);
}

char *
dmp_fact_dup_cell (DmpFactReader *reader, const DmpFact *fact, const char *const *headings)
{
  xmlNode *row, *table;
  g_autoptr (GString) out = g_string_new (NULL);
  int column = -1;

  if (!find_table (reader, fact, &row, &table))
    return NULL;
  while ((column = find_column (table, headings, column)) >= 0)
    {
      g_autofree char *words = dmp_cda_dup_flat (cell_at (row, (guint) column));

      if (words && strcmp (words, "-") != 0 && strstr (out->str, words) == NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", words);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

void
dmp_fact_add_keys (DmpFact *fact, xmlNode *code)
{
  DmpCode *own = dmp_cda_dup_code (code);

  if (own)
    g_ptr_array_add (fact->keys, own);
  else if (code && fact->null_flavor == NULL && fact->keys->len == 0)
    fact->null_flavor = g_strdup (dmp_xml_attr (code, "nullFlavor"));
  dmp_cda_each (translation, code, "translation") { dmp_fact_add_keys (fact, translation); }
}

void
dmp_fact_add_detail (DmpFact *fact, DmpDetailRole role, char *text, xmlNode *code)
{
  g_autoptr (DmpCode) own = dmp_cda_dup_code (code);

  if (text == NULL && own && dmp_code_get_display (own))
    text = g_strdup (dmp_code_get_display (own));
  dmp_fact_take_detail (fact, role, text, g_steal_pointer (&own));
}

static void
add_person (DmpFact *fact, DmpDetailRole role, xmlNode *entity)
{
  g_autoptr (DmpCdaPerson) person = NULL;
  g_autofree char *name = NULL;

  if (entity == NULL)
    return;
  person = dmp_cda_person_read (entity, DMP_CDA_ROLE_PERFORMER);
  name = dmp_cda_person_dup_display (person);
  if (*name)
    dmp_fact_add_detail (fact, role, g_steal_pointer (&name), NULL);
}

void
dmp_fact_add_people (DmpFact *fact, xmlNode *statement)
{
  add_person (fact, DMP_DETAIL_PERFORMER, dmp_cda_path (statement, "performer/assignedEntity"));
  add_person (fact, DMP_DETAIL_AUTHOR, dmp_cda_path (statement, "author/assignedAuthor"));
}

GPtrArray *
dmp_fact_nested (xmlNode *statement, const char *element, const char *type_code)
{
  GPtrArray *found = g_ptr_array_new ();

  for (xmlNode *node = dmp_cda_first_element (statement); node; node = dmp_cda_next_element (node))
    {
      xmlNode *inner;

      if (!dmp_cda_is (node, "entryRelationship") && !dmp_cda_is (node, "component"))
        continue;
      if (type_code && g_strcmp0 (dmp_xml_attr (node, "typeCode"), type_code) != 0)
        continue;
      inner = dmp_cda_child (node, element);
      if (inner)
        g_ptr_array_add (found, inner);
    }
  return found;
}

void
dmp_fact_read_concern (DmpFactReader *reader, xmlNode *statement, DmpReadObservation read)
{
  g_autoptr (GPtrArray) inner = NULL;

  if (dmp_cda_is (statement, "observation"))
    {
      read (reader, statement, NULL);
      return;
    }
  inner = dmp_fact_nested (statement, "observation", NULL);
  for (guint i = 0; i < inner->len; i++)
    read (reader, g_ptr_array_index (inner, i), statement);
  if (inner->len == 0)
    dmp_fact_read_unknown (reader, statement);
}

void
dmp_fact_add_comments (DmpFactReader *reader, DmpFact *fact, xmlNode *statement)
{
  g_autoptr (GPtrArray) acts = dmp_fact_nested (statement, "act", NULL);

  for (guint i = 0; i < acts->len; i++)
    {
      xmlNode *act = g_ptr_array_index (acts, i);

      if (g_strcmp0 (dmp_cda_child_attr (act, "code", "code"), "48767-8") == 0)
        dmp_fact_add_detail (fact, DMP_DETAIL_COMMENT,
                             dmp_fact_dup_words (reader, dmp_cda_child (act, "text")), NULL);
    }
}

void
dmp_fact_check_absence (DmpFact *fact, xmlNode *code)
{
  /* SNOMED CT: no known allergy, no known drug allergy, no current problem */
  static const char *const snomed[] = { "716186003", "409137002", "160245001", NULL };
  const char *value = code ? dmp_xml_attr (code, "code") : NULL;
  const char *system = value ? dmp_xml_attr (code, "codeSystem") : NULL;

  if (system == NULL)
    return;
  if (strcmp (system, DMP_OID_ABSENT) == 0)
    {
      fact->absent |= g_str_has_prefix (value, "no-known");
      fact->no_information |= g_str_has_suffix (value, "-info");
    }
  else if (strcmp (system, DMP_OID_SNOMED_CT) == 0 && g_strv_contains (snomed, value))
    fact->absent = TRUE;
}

gboolean
dmp_fact_read_status (DmpFactReader *reader, DmpFact *fact, xmlNode *observation)
{
  static const char *const doubts[] = { "unconfirmed", "presumed", "provisional", "differential",
                                        NULL };
  const char *code = dmp_cda_child_attr (observation, "code", "code");
  xmlNode *value = dmp_cda_child (observation, "value");
  const char *said = value ? dmp_xml_attr (value, "code") : NULL;

  if (g_strcmp0 (code, "33999-4") == 0)
    {
      dmp_fact_add_detail (fact, DMP_DETAIL_STATUS, dmp_fact_dup_label (reader, value), value);
      fact->negated |= g_strcmp0 (said, "410516002") == 0;   /* ruled out (SNOMED CT of IHE) */
      fact->uncertain |= g_strcmp0 (said, "415684004") == 0; /* to rule out: suspected */
      return TRUE;
    }
  if (g_strcmp0 (code, "66455-7") != 0)
    return FALSE;
  fact->negated |= g_strcmp0 (said, "refuted") == 0 || g_strcmp0 (said, "entered-in-error") == 0;
  fact->uncertain |= said && g_strv_contains (doubts, said);
  return TRUE;
}
