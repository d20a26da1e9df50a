#include "config.h"

#include "dmp-note-private.h"

#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NS DMP_NS_CDA

/* Sections: the narrative is a table made of the fields, one row a fact, every cell named so that
 * the entry can point at it. */

static gboolean is_written (const DmpNote *self, guint i);

/* Whether one of the deeper sections after @i will be written. */
static gboolean
any_inside (const DmpNote *self, guint i)
{
  const DmpNoteList *list = g_ptr_array_index (self->lists, i);

  for (guint j = i + 1; j < self->lists->len; j++)
    {
      const DmpNoteList *inner = g_ptr_array_index (self->lists, j);

      if (inner->section->depth <= list->section->depth)
        return FALSE;
      if (is_written (self, j))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_written (const DmpNote *self, guint i)
{
  const DmpNoteList *list = g_ptr_array_index (self->lists, i);

  return list->section->required || list->none || list->facts->len > 0 ||
         (list->section->kind == NULL && any_inside (self, i));
}

/* Words with their line breaks. */
static void
add_words (xmlNode *parent, const char *id, const char *words)
{
  xmlNode *content = dmp_xml_add (parent, NS, "content", "ID", id, NULL);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      if (i > 0)
        dmp_xml_add (content, NS, "br", NULL);
      dmp_xml_append (content, lines[i]);
    }
}

static gboolean
any_text (const DmpNoteList *list, const DmpNoteField *field)
{
  for (guint i = 0; i < list->facts->len; i++)
    {
      g_autofree char *text =
          dmp_note_field_dup_text (list->section->kind, field, g_ptr_array_index (list->facts, i));

      if (text)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_prefix (guint section, guint fact)
{
  return g_strdup_printf ("s%u-e%u", section + 1, fact + 1);
}

static void
add_row (xmlNode *body, const DmpNoteList *list, guint section, guint i)
{
  const DmpNoteKind *kind = list->section->kind;
  const DmpFact *fact = g_ptr_array_index (list->facts, i);
  g_autofree char *prefix = dup_prefix (section, i);
  xmlNode *row = dmp_xml_add (body, NS, "tr", NULL);

  for (guint j = 0; j < kind->n_fields; j++)
    {
      const DmpNoteField *field = &kind->fields[j];
      g_autofree char *text = dmp_note_field_dup_text (kind, field, fact);
      g_autofree char *id = g_strdup_printf ("%s-%s", prefix, field->name);
      xmlNode *cell;

      if (!any_text (list, field))
        continue;
      cell = dmp_xml_add (row, NS, "td", NULL);
      if (text)
        add_words (cell, id, text);
    }
}

static void
add_table (xmlNode *text, const DmpNoteList *list, guint section)
{
  const DmpNoteKind *kind = list->section->kind;
  xmlNode *table = dmp_xml_add (text, NS, "table", "border", "0", NULL);
  xmlNode *head = dmp_xml_add (dmp_xml_add (table, NS, "thead", NULL), NS, "tr", NULL);
  xmlNode *body = dmp_xml_add (table, NS, "tbody", NULL);

  for (guint j = 0; j < kind->n_fields; j++)
    if (any_text (list, &kind->fields[j]))
      dmp_xml_add_text (head, NS, "th", kind->fields[j].label, NULL);
  for (guint i = 0; i < list->facts->len; i++)
    add_row (body, list, section, i);
}

static void
add_items (xmlNode *text, const DmpNoteList *list, guint section)
{
  xmlNode *items = dmp_xml_add (text, NS, "list", NULL);

  for (guint i = 0; i < list->facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (list->facts, i);
      g_autofree char *prefix = dup_prefix (section, i);
      g_autofree char *id = g_strdup_printf ("%s-main", prefix);

      add_words (dmp_xml_add (items, NS, "item", NULL), id, fact->text);
    }
}

static void
add_entry (
    xmlNode *section, const DmpCdaFrame *frame, const DmpNoteList *list, guint index, guint i)
{
  g_autofree char *prefix = dup_prefix (index, i);
  const DmpEntryWriting writing = { .frame = frame,
                                    .kind = list->section->kind,
                                    .fact = g_ptr_array_index (list->facts, i),
                                    .section_code = list->section->code,
                                    .prefix = prefix,
                                    .parent = dmp_xml_add (section, NS, "entry", NULL) };

  list->section->kind->write (&writing);
}

/* Nothing known, or nothing said: in words, and in the code that the model has for it. */
static DmpFact *
new_absence (const DmpNoteList *list)
{
  const DmpNoteKind *kind = list->section->kind;
  const char *code = list->none ? kind->none_code : kind->unknown_code;
  const char *label = list->none ? kind->none_label : kind->unknown_label;
  DmpFact *fact;

  if (code == NULL || kind->write == NULL)
    return NULL;
  fact = dmp_fact_new (kind->kind);
  fact->text = g_strdup (list->none ? list->section->none : DMP_NOTE_UNSAID);
  g_ptr_array_add (fact->keys, dmp_code_new (code, DMP_OID_ABSENT, label));
  return fact;
}

static void
add_absence (
    xmlNode *section, xmlNode *text, const DmpCdaFrame *frame, const DmpNoteList *list, guint index)
{
  g_autoptr (DmpFact) fact = new_absence (list);
  g_autofree char *prefix = dup_prefix (index, 0);
  g_autofree char *id = g_strdup_printf ("%s-main", prefix);
  xmlNode *paragraph = dmp_xml_add (text, NS, "paragraph", NULL);
  DmpEntryWriting writing = { .frame = frame,
                              .kind = list->section->kind,
                              .fact = fact,
                              .section_code = list->section->code,
                              .prefix = prefix };

  add_words (paragraph, id, list->none ? list->section->none : DMP_NOTE_UNSAID);
  if (fact)
    {
      writing.parent = dmp_xml_add (section, NS, "entry", NULL);
      list->section->kind->write (&writing);
    }
  else if (!list->none)
    dmp_xml_set (section, "nullFlavor", "NI");
}

static xmlNode *
add_section (xmlNode *parent, const DmpCdaFrame *frame, const DmpNote *self, guint index)
{
  const DmpNoteList *list = g_ptr_array_index (self->lists, index);
  const DmpNoteSection *said = list->section;
  g_autoptr (DmpCode) code = dmp_code_new (said->code, DMP_OID_LOINC, said->code_label);
  g_autofree char *id = g_uuid_string_random ();
  xmlNode *component = dmp_xml_add (parent, NS, "component", NULL);
  xmlNode *section = dmp_xml_add (component, NS, "section", NULL);
  xmlNode *text;

  dmp_entry_add_templates (section, said->templates);
  dmp_xml_add (section, NS, "id", "root", id, NULL);
  dmp_cda_add_code (section, "code", code);
  dmp_xml_add_text (section, NS, "title", said->title, NULL);
  if (said->kind == NULL && any_inside (self, index))
    return section;
  text = dmp_xml_add (section, NS, "text", NULL);
  if (said->kind == NULL)
    {
      dmp_xml_add_text (text, NS, "paragraph", DMP_NOTE_UNSAID, NULL);
      dmp_xml_set (section, "nullFlavor", "NI");
    }
  else if (list->facts->len == 0)
    add_absence (section, text, frame, list, index);
  else if (said->kind->write == NULL)
    add_items (text, list, index);
  else
    add_table (text, list, index);
  for (guint i = 0; said->kind && said->kind->write && i < list->facts->len; i++)
    add_entry (section, frame, list, index, i);
  return section;
}

static void
add_body (xmlNode *root, const DmpNote *self, const DmpCdaFrame *frame)
{
  xmlNode *component = dmp_xml_add (root, NS, "component", NULL);
  xmlNode *inside[4] = { dmp_xml_add (component, NS, "structuredBody", NULL) };

  for (guint i = 0; i < self->lists->len; i++)
    {
      const DmpNoteList *list = g_ptr_array_index (self->lists, i);
      guint depth = list->section->depth;

      if (depth + 1 < G_N_ELEMENTS (inside) && is_written (self, i))
        inside[depth + 1] = add_section (inside[depth], frame, self, i);
    }
}

static gboolean
check (const DmpNote *self, GError **error)
{
  g_autoptr (GPtrArray) defects = dmp_note_check (self);

  if (defects->len == 0)
    return TRUE;
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("Le document n’est pas complet. %s Rien n’a été envoyé."),
               (char *) g_ptr_array_index (defects, 0));
  return FALSE;
}

/* The date of the line that answers @code, or of the only one. */
static const char *
date_of (const DmpNote *self, const char *section, const char *code)
{
  const DmpNoteList *list = dmp_note_get_list ((DmpNote *) self, section);

  for (guint i = 0; list != NULL && i < list->facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (list->facts, i);
      DmpCode *key = fact->keys->len > 0 ? g_ptr_array_index (fact->keys, 0) : NULL;

      if (code == NULL || (key != NULL && g_strcmp0 (dmp_code_get_code (key), code) == 0))
        return fact->date;
    }
  return NULL;
}

void
dmp_note_get_service (const DmpNote *self, const char **start, const char **stop)
{
  *start = date_of (self, "vaccine", NULL);
  *stop = NULL;
  if (*start != NULL)
    return;
  *start = date_of (self, "stay", "ORG-070");
  *stop = date_of (self, "stay", "ORG-074");
}

/* Where the caller does not say when the care took place. Returns: (transfer full) */
static char *
fill_service (const DmpNote *self, DmpCdaFrame *frame)
{
  const char *start;

  if (frame->service_start != NULL)
    return NULL;
  if (frame->service_stop == NULL)
    dmp_note_get_service (self, &start, &frame->service_stop);
  else
    start = frame->service_stop;
  if (start == NULL)
    start = frame->service_stop;
  frame->service_start = start;
  return start != NULL || frame->now == NULL ? NULL : g_date_time_format (frame->now, "%Y%m%d");
}

GBytes *
dmp_note_write (const DmpNote *self, const DmpCdaFrame *frame, GError **error)
{
  const DmpNoteType *type = self->type;
  g_autoptr (DmpCode) code = dmp_code_table_dup_code (DMP_TABLE_TYPE, type->code, type->system);
  g_autoptr (DmpCode) event =
      dmp_code_new (type->event_code, type->event_system, type->event_label);
  g_autoptr (xmlDoc) doc = NULL;
  g_autofree char *day = NULL;
  DmpCdaFrame own = *frame;
  xmlNode *root;

  if (!check (self, error))
    return NULL;
  day = fill_service (self, &own);
  own.service_start = day != NULL ? day : own.service_start;
  own.type = code;
  own.event = event;
  own.templates = type->templates;
  own.regular_doctor = type->regular_doctor;
  own.title = own.title ? own.title : type->label;
  doc = dmp_cda_frame_new_document (&own, error);
  if (doc == NULL)
    return NULL;
  root = xmlDocGetRootElement (doc);
  dmp_xml_declare (root, "xsi", DMP_NS_XSI);
  add_body (root, self, &own);
  return dmp_xml_write (doc);
}
