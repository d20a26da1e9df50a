#include "config.h"

#include "dmp-note-json.h"

#include "model/dmp-code-table.h"
#include "model/dmp-error.h"
#include "model/dmp-ins.h"
#include "model/dmp-oid.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
refuse (GError **error, const char *where, const char *what)
{
  g_set_error (error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
               _ ("Le modèle ne peut pas être lu. %s : %s Rien n’a été écrit."), where, what);
  return FALSE;
}

/* A member that is text; NULL when it is missing or something else. */
static const char *
get (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* "2019-05-12" as an HL7 stamp. */
static char *
dup_stamp (const char *text)
{
  g_auto (GStrv) parts = text ? g_strsplit (text, "-", -1) : NULL;

  return parts ? g_strjoinv ("", parts) : NULL;
}

/* --- A field --------------------------------------------------------------------------------- */

typedef struct
{
  const DmpNoteSection *section;
  const DmpNoteField *field;
  DmpFact *fact;
} Place;

static gboolean
refuse_field (const Place *place, const char *what, GError **error)
{
  g_autofree char *where = g_strdup_printf ("%s.%s", place->section->name, place->field->name);

  return refuse (error, where, what);
}

static DmpCode *
find_code (const Place *place, const char *code)
{
  const DmpNoteKind *kind = place->section->kind;
  DmpCodeTable tables[2];
  guint n = dmp_note_field_get_tables (kind, place->field, place->fact, tables);

  for (guint i = 0; place->field->slot == DMP_SLOT_MAIN && i < kind->n_questions; i++)
    if (strcmp (kind->questions[i].code, code) == 0)
      return dmp_code_new (code, kind->questions[i].system, kind->questions[i].label);
  for (guint i = 0; i < n; i++)
    {
      DmpCode *found = dmp_code_table_dup_code (tables[i], code, NULL);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
set_coded (const Place *place, JsonObject *said, GError **error)
{
  const char *code = get (said, "code");
  g_autoptr (DmpCode) found = code ? find_code (place, code) : NULL;

  if (code && found == NULL)
    return refuse_field (place, _ ("ce code n’est pas dans la table."), error);
  dmp_note_field_set (place->section->kind, place->field, place->fact, get (said, "text"), found);
  return TRUE;
}

static char *
dup_plain (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%lld", (long long) json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%g", json_node_get_double (node)));
    }
  return NULL;
}

static gboolean
set_field (const Place *place, JsonNode *node, GError **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *stamp = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return set_coded (place, json_node_get_object (node), error);
  plain = dup_plain (node);
  if (plain == NULL)
    return refuse_field (place, _ ("il faut un texte, un nombre ou un code."), error);
  if (place->field->input == DMP_INPUT_DATE || place->field->input == DMP_INPUT_DAY)
    stamp = dup_stamp (plain);
  dmp_note_field_set (place->section->kind, place->field, place->fact, stamp ? stamp : plain, NULL);
  return TRUE;
}

/* --- A section ------------------------------------------------------------------------------- */

/* A misspelt member must not be lost in silence. */
static gboolean
check_names (const DmpNoteSection *section, JsonObject *object, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      gboolean known = FALSE;

      for (guint i = 0; i < section->kind->n_fields; i++)
        known |= strcmp (section->kind->fields[i].name, l->data) == 0;
      if (!known)
        return refuse (error, l->data, _ ("ce nom de champ n’existe pas."));
    }
  return TRUE;
}

static DmpFact *
read_fact (const DmpNoteSection *section, JsonObject *object, GError **error)
{
  g_autoptr (DmpFact) fact = dmp_fact_new (section->kind->kind);

  if (!check_names (section, object, error))
    return NULL;
  for (guint i = 0; i < section->kind->n_fields; i++)
    {
      const Place place = { section, &section->kind->fields[i], fact };
      JsonNode *node = json_object_get_member (object, place.field->name);

      if (node && !set_field (&place, node, error))
        return NULL;
    }
  return g_steal_pointer (&fact);
}

static gboolean
read_list (DmpNoteList *list, JsonNode *node, GError **error)
{
  JsonArray *array;

  if (json_node_get_value_type (node) == G_TYPE_STRING &&
      g_str_equal (json_node_get_string (node), "none") && list->section->none)
    return list->none = TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, list->section->name, _ ("il faut une liste, ou « none »."));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      DmpFact *fact;

      if (!JSON_NODE_HOLDS_OBJECT (item))
        return refuse (error, list->section->name, _ ("chaque ligne est un objet."));
      fact = read_fact (list->section, json_node_get_object (item), error);
      if (fact == NULL)
        return FALSE;
      g_ptr_array_add (list->facts, fact);
    }
  return TRUE;
}

static gboolean
read_sections (DmpNote *note, JsonObject *sections, GError **error)
{
  g_autoptr (GList) names = sections ? json_object_get_members (sections) : NULL;

  for (GList *l = names; l; l = l->next)
    {
      DmpNoteList *list = dmp_note_get_list (note, l->data);

      if (list == NULL || list->section->kind == NULL)
        return refuse (error, l->data, _ ("ce nom de rubrique n’existe pas."));
      if (!read_list (list, json_object_get_member (sections, l->data), error))
        return FALSE;
    }
  return TRUE;
}

/* --- People ---------------------------------------------------------------------------------- */

static DmpPatient *
read_patient (JsonObject *object, GError **error)
{
  const char *sex = get (object, "sex");
  const char *oid = get (object, "oid");
  g_autofree char *birth_date = dup_stamp (get (object, "birth_date"));
  const DmpPatientFields fields = {
    .ins = get (object, "ins"),
    .ins_oid = oid ? oid : DMP_OID_INS_NIR,
    .birth_family = get (object, "birth_family"),
    .family = get (object, "family"),
    .given = get (object, "given"),
    .given_all = get (object, "given_all"),
    .birth_date = birth_date,
    .birth_place = get (object, "birth_place"),
    .sex = g_strcmp0 (sex, "F") == 0   ? DMP_SEX_FEMALE
           : g_strcmp0 (sex, "M") == 0 ? DMP_SEX_MALE
                                       : DMP_SEX_UNKNOWN,
  };

  if (fields.ins == NULL)
    return refuse (error, "patient", _ ("il manque l’INS.")), NULL;
  return dmp_ins_check (fields.ins, error) ? dmp_patient_new (&fields) : NULL;
}

static DmpPractitioner *
read_author (JsonObject *object)
{
  const char *profession = get (object, "profession");
  const char *speciality = get (object, "speciality");
  g_autoptr (DmpCode) g15 =
      profession ? dmp_code_table_dup_code (DMP_TABLE_PROFESSION, profession, NULL) : NULL;
  g_autoptr (DmpCode) r01 =
      speciality ? dmp_code_table_dup_code (DMP_TABLE_SPECIALITY, speciality, NULL) : NULL;
  const DmpPractitionerFields fields = {
    .national_id = get (object, "national_id"),
    .family = get (object, "family"),
    .given = get (object, "given"),
    .civility = get (object, "civility"),
    .profession = g15,
    .speciality = r01,
    .card_kind = "CPS",
  };

  return dmp_practitioner_new (&fields);
}

static gboolean
read_people (DmpNoteModel *self, JsonObject *root, GError **error)
{
  JsonObject *place = get_object (root, "place");

  self->patient = read_patient (get_object (root, "patient"), error);
  if (self->patient == NULL)
    return FALSE;
  self->practitioner = read_author (get_object (root, "author"));
  self->situation =
      dmp_situation_new (get (place, "name"), get (place, "id"), get (place, "sector"));
  return TRUE;
}

/* --- The whole ------------------------------------------------------------------------------- */

static gboolean
read_model (DmpNoteModel *self, JsonObject *root, GError **error)
{
  const DmpNoteType *type = dmp_note_type_find (get (root, "type"));

  if (type == NULL)
    return refuse (error, "type", _ ("il faut vsm, vaccination ou letter."));
  self->note = dmp_note_new (type);
  self->title = g_strdup (get (root, "title"));
  self->start = dup_stamp (get (root, "start"));
  self->stop = dup_stamp (get (root, "stop"));
  return read_people (self, root, error) &&
         read_sections (self->note, get_object (root, "sections"), error);
}

DmpNoteModel *
dmp_note_model_parse (const char *text, gsize len, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (DmpNoteModel) self = g_new0 (DmpNoteModel, 1);
  g_autoptr (GError) cause = NULL;
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, (gssize) len, &cause))
    return refuse (error, "JSON", cause->message), NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return refuse (error, "JSON", _ ("il faut un objet.")), NULL;
  return read_model (self, json_node_get_object (root), error) ? g_steal_pointer (&self) : NULL;
}

void
dmp_note_model_free (DmpNoteModel *self)
{
  g_clear_pointer (&self->note, dmp_note_free);
  g_free (self->title);
  g_free (self->start);
  g_free (self->stop);
  g_clear_object (&self->patient);
  g_clear_object (&self->practitioner);
  g_clear_object (&self->situation);
  g_free (self);
}
