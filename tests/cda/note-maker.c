#include "config.h"

#include "note-maker.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"

typedef struct
{
  GRand *random;
  double fullness;
} Maker;

static gboolean
toss (const Maker *maker)
{
  return g_rand_double (maker->random) < maker->fullness;
}

static guint
draw (const Maker *maker, gsize n)
{
  return (guint) g_rand_int_range (maker->random, 0, (gint32) n);
}

static const char *
draw_words (const Maker *maker)
{
  static const char *const words[] = { "Pénicilline <& « dérivés »>", "œdème d’effort; 2 > 1",
                                       "1 comprimé matin et soir, sauf le dimanche",
                                       "n’a pas été précisé", "Ça va mieux — à revoir" };

  return words[draw (maker, G_N_ELEMENTS (words))];
}

static const char *
draw_stamp (const Maker *maker, DmpNoteInput input)
{
  static const char *const stamps[] = { "20190512", "20240229", "201905", "1998" };

  return stamps[draw (maker, input == DMP_INPUT_DAY ? 2 : G_N_ELEMENTS (stamps))];
}

static DmpCode *
draw_code (const Maker *maker, const DmpCodeTable *tables, guint n)
{
  const DmpCodeTableData *table = dmp_code_table_get (tables[draw (maker, n)]);
  const DmpCodeRow *row = &table->rows[draw (maker, table->n_rows)];

  return dmp_code_new (row->code, row->system, row->label);
}

static DmpNoteInput
input_of (const DmpNoteKind *kind, const DmpNoteField *field, const DmpFact *fact)
{
  return field->input == DMP_INPUT_ANSWER ? dmp_note_kind_find_question (kind, fact)->answer
                                          : field->input;
}

static void
fill (const Maker *maker, const DmpNoteKind *kind, const DmpNoteField *field, DmpFact *fact)
{
  DmpCodeTable tables[2];
  guint n = dmp_note_field_get_tables (kind, field, fact, tables);
  DmpNoteInput input = input_of (kind, field, fact);
  g_autoptr (DmpCode) code = NULL;

  if (input == DMP_INPUT_CODE && (!field->free_text || toss (maker)))
    {
      code = draw_code (maker, tables, n);
      dmp_note_field_set (kind, field, fact, NULL, code);
    }
  else if (input == DMP_INPUT_DATE || input == DMP_INPUT_DAY)
    dmp_note_field_set (kind, field, fact, draw_stamp (maker, input), NULL);
  else if (input == DMP_INPUT_NUMBER)
    dmp_note_field_set (kind, field, fact, field->slot == DMP_SLOT_VALUE ? "12,5" : "2", NULL);
  else if (input == DMP_INPUT_BOOLEAN)
    dmp_note_field_set (kind, field, fact, toss (maker) ? "true" : "false", NULL);
  else
    dmp_note_field_set (kind, field, fact, draw_words (maker), NULL);
}

static DmpFact *
draw_fact (const Maker *maker, const DmpNoteKind *kind, guint question)
{
  DmpFact *fact = dmp_fact_new (kind->kind);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const DmpNoteField *field = &kind->fields[i];

      if (field->slot == DMP_SLOT_MAIN && kind->questions)
        {
          const DmpNoteQuestion *asked = &kind->questions[question];
          g_autoptr (DmpCode) code = dmp_code_new (asked->code, asked->system, asked->label);

          dmp_note_field_set (kind, field, fact, NULL, code);
        }
      else if (field->required || toss (maker))
        fill (maker, kind, field, fact);
    }
  for (guint i = 0; kind->check && kind->check (fact) && i < kind->n_fields; i++)
    fill (maker, kind, &kind->fields[i], fact);
  if (dmp_date_is_before (fact->end_date, fact->date))
    {
      char *end = g_steal_pointer (&fact->date);

      fact->date = fact->end_date;
      fact->end_date = end;
    }
  return fact;
}

static void
fill_list (const Maker *maker, DmpNoteList *list)
{
  const DmpNoteKind *kind = list->section->kind;
  guint n = list->section->min;

  if (kind == NULL)
    return;
  for (guint i = 0; i < kind->n_questions; i++)
    if (kind->questions[i].required || toss (maker))
      g_ptr_array_add (list->facts, draw_fact (maker, kind, i));
  if (kind->questions)
    return;
  if (toss (maker))
    n = list->section->max > 0 ? list->section->max : 1 + draw (maker, 3);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list->facts, draw_fact (maker, kind, 0));
  list->none = n == 0 && list->section->none && g_rand_boolean (maker->random);
}

DmpNote *
note_maker_draw (const DmpNoteType *type, GRand *random, double fullness)
{
  const Maker maker = { random, fullness };
  DmpNote *note = dmp_note_new (type);

  for (guint i = 0; i < note->lists->len; i++)
    fill_list (&maker, g_ptr_array_index (note->lists, i));
  return note;
}

static void
init_frame (DmpCdaFrame *frame)
{
  const DmpPatientFields patient = { .ins = "253027700412387",
                                     .ins_oid = DMP_OID_INS_NIR_TEST,
                                     .birth_family = "DUPONT",
                                     .family = "MARTIN",
                                     .given = "JEANNE",
                                     .given_all = "JEANNE MARIE",
                                     .birth_date = "19530203",
                                     .birth_place = "77284",
                                     .sex = DMP_SEX_FEMALE };
  const DmpPractitionerFields doctor = {
    .national_id = "899700000017",
    .family = "LEROY",
    .given = "Claire",
    .civility = "DR",
    .profession = dmp_code_new ("10", DMP_OID_PROFESSION, "Médecin"),
    .speciality = dmp_code_new ("SM26", DMP_OID_SPECIALITY, "Médecine générale"),
    .card_kind = "CPS"
  };

  *frame = (DmpCdaFrame){
    .unique_id = "2.25.329800735698586629295641978511506172918",
    .set_id = "2.25.329800735698586629295641978511506172919",
    .version = 1,
    .service_start = "20260110",
    .service_stop = "20260112",
    .now = g_date_time_new_from_iso8601 ("2026-01-12T15:02:03+01:00", NULL),
    .patient = dmp_patient_new (&patient),
    .practitioner = dmp_practitioner_new (&doctor),
    .situation = dmp_situation_new ("Cabinet du Dr LEROY", "499700000017001", "SA07"),
  };
  g_object_unref (doctor.profession);
  g_object_unref (doctor.speciality);
}

const DmpCdaFrame *
note_maker_frame (void)
{
  static DmpCdaFrame frame;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      init_frame (&frame);
      g_once_init_leave (&once, 1);
    }
  return &frame;
}
