#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"
#include "model/dmp-oid.h"
#include "model/dmp-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* C5, C6, C7, C10: what documents say of one person, and cannot all be true. */

/* --- C5: left here, right there -------------------------------------------------------------- */

enum
{
  SIDE_LEFT = 1,
  SIDE_RIGHT = 2
};

static gboolean
holds_word (const char *folded, const char *word)
{
  gsize len = strlen (word);

  for (const char *p = folded; (p = strstr (p, word)) != NULL; p++)
    if ((p == folded || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[len]))
      return TRUE;
  return FALSE;
}

/* The sides that words name, as bits. */
int
dmp_summary_get_sides (const char *text)
{
  g_autofree char *folded = dmp_text_fold (text);
  int sides = 0;

  if (holds_word (folded, "gauche") || holds_word (folded, "gauches"))
    sides |= SIDE_LEFT;
  if (holds_word (folded, "droite") || holds_word (folded, "droit") ||
      holds_word (folded, "droits") || holds_word (folded, "droites"))
    sides |= SIDE_RIGHT;
  if (holds_word (folded, "bilateral") || holds_word (folded, "bilaterale"))
    sides |= SIDE_LEFT | SIDE_RIGHT;
  return sides;
}

/* SNOMED CT laterality, and words. */
static int
sides_of_site (const DmpFact *fact)
{
  int sides = 0;

  for (guint i = 0; i < fact->details->len; i++)
    {
      const DmpFactDetail *detail = g_ptr_array_index (fact->details, i);
      const char *code = detail->code ? dmp_code_get_code (detail->code) : "";

      if (detail->role != DMP_DETAIL_SITE)
        continue;
      if (strcmp (code, "7771000") == 0)
        sides |= SIDE_LEFT;
      else if (strcmp (code, "24028007") == 0)
        sides |= SIDE_RIGHT;
      else
        sides |= dmp_summary_get_sides (detail->text);
    }
  return sides;
}

static int
sides_of (const DmpFact *fact)
{
  int sides = dmp_summary_get_sides (fact->text);

  return sides ? sides : sides_of_site (fact);
}

static gboolean
are_opposite (int a, int b)
{
  return (a == SIDE_LEFT && b == SIDE_RIGHT) || (a == SIDE_RIGHT && b == SIDE_LEFT);
}

/* One act, device or illness: the same code with the same date. Without a date two sides may both
 * be true. */
static void
side_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;

  for (guint i = 0; fact->date && sides_of (fact) && i < fact->keys->len; i++)
    {
      g_autofree char *token = dmp_summary_dup_code_token (g_ptr_array_index (fact->keys, i));

      g_ptr_array_add (tokens, g_strdup_printf ("%s|%.8s", token, fact->date));
    }
}

static void
add_sides (DmpSummaryBuild *build,
           DmpBlockId block,
           const DmpSummaryItem *first,
           const DmpSummaryItem *other)
{
  g_autofree char *day = dmp_summary_dup_day (first->fact->date);
  g_autofree char *text =
      first == other
          ? g_strdup_printf (_ ("%s (%s) : le texte et le côté codé diffèrent"), first->fact->text,
                             day)
          : g_strdup_printf (_ ("%s (%s) ↔ %s (%s), %s"), first->fact->text,
                             first->input->author ? first->input->author : "?", other->fact->text,
                             other->input->author ? other->input->author : "?", day);
  DmpSummaryFlag *flag = dmp_summary_flag_new ("C5", DMP_SEVERITY_AMBER, _ ("Droite ou gauche ?"),
                                               g_steal_pointer (&text));

  dmp_summary_flag_add_concerned (build, flag, block, first);
  if (first != other)
    dmp_summary_flag_add_concerned (build, flag, block, other);
  dmp_summary_add_flag (build, flag);
}

static void
check_sides (DmpSummaryBuild *build, DmpFactKind kind, DmpBlockId block)
{
  g_autoptr (GPtrArray) groups = dmp_summary_group (build->items[kind], side_tokens);

  for (guint i = 0; i < groups->len; i++)
    {
      const DmpSummaryGroup *group = g_ptr_array_index (groups, i);
      const DmpSummaryItem *first = g_ptr_array_index (group->items, 0);
      const DmpSummaryItem *other = NULL;

      if (are_opposite (dmp_summary_get_sides (first->fact->text), sides_of_site (first->fact)))
        other = first;
      for (guint k = 1; other == NULL && k < group->items->len; k++)
        {
          const DmpSummaryItem *item = g_ptr_array_index (group->items, k);

          if (item->input != first->input &&
              are_opposite (sides_of (first->fact), sides_of (item->fact)))
            other = item;
        }
      if (other)
        add_sides (build, block, first, other);
    }
}

void
dmp_summary_check_sides (DmpSummaryBuild *build)
{
  check_sides (build, DMP_FACT_PROCEDURE, DMP_BLOCK_PROCEDURE);
  check_sides (build, DMP_FACT_DEVICE, DMP_BLOCK_DEVICE);
  check_sides (build, DMP_FACT_PROBLEM, DMP_BLOCK_PROBLEM);
  check_sides (build, DMP_FACT_HISTORY, DMP_BLOCK_HISTORY);
}

/* --- C6: blood groups ------------------------------------------------------------------------- */

typedef struct
{
  const char *abo; /* (nullable) */
  char rhesus;     /* '+', '-', 0 */
} Blood;

/* Reads "A Rh positif", "O-", "AB RhD négatif" when nothing else is in the words. */
static Blood
read_blood (const char *text)
{
  static const char *const groups[] = { "ab", "a", "b", "o", "0" };
  static const char *const names[] = { "AB", "A", "B", "O", "O" };
  g_autofree char *folded = dmp_text_fold (text);
  Blood blood = { 0 };

  for (guint i = 0; blood.abo == NULL && i < G_N_ELEMENTS (groups); i++)
    if (holds_word (folded, groups[i]))
      blood.abo = names[i];
  if (strstr (folded, "pos") || strchr (text, '+'))
    blood.rhesus = '+';
  else if (strstr (folded, "neg") || g_str_has_suffix (text, "-"))
    blood.rhesus = '-';
  return blood;
}

static gboolean
is_blood (const DmpFact *fact)
{
  static const char *const codes[] = { "882-1", "883-9", "10331-7", NULL };
  DmpCode *loinc = dmp_fact_get_key (fact, DMP_OID_LOINC);

  return loinc && fact->value && fact->value->text &&
         g_strv_contains (codes, dmp_code_get_code (loinc));
}

static void
add_blood (DmpSummaryBuild *build, const DmpSummaryItem *first, const DmpSummaryItem *other)
{
  DmpSummaryFlag *flag = dmp_summary_flag_new (
      "C6", DMP_SEVERITY_RED, _ ("Groupes sanguins différents"),
      g_strdup_printf (_ ("« %s » (%s) ↔ « %s » (%s)"), first->fact->value->text,
                       first->input->author ? first->input->author : "?", other->fact->value->text,
                       other->input->author ? other->input->author : "?"));

  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_RESULT, first);
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_RESULT, other);
  dmp_summary_add_flag (build, flag);
}

static gboolean
contradict (const DmpSummaryItem *a, const DmpSummaryItem *b)
{
  Blood first = read_blood (a->fact->value->text);
  Blood second = read_blood (b->fact->value->text);

  return (first.abo && second.abo && strcmp (first.abo, second.abo) != 0) ||
         (first.rhesus && second.rhesus && first.rhesus != second.rhesus);
}

/* The first pair that differs: one flag says enough. */
void
dmp_summary_check_blood (DmpSummaryBuild *build)
{
  static const DmpFactKind kinds[] = { DMP_FACT_RESULT, DMP_FACT_FINDING, DMP_FACT_RISK,
                                       DMP_FACT_PREGNANCY };
  g_autoptr (GPtrArray) bloods = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < build->items[kinds[k]]->len; i++)
      {
        DmpSummaryItem *item = g_ptr_array_index (build->items[kinds[k]], i);

        if (is_blood (item->fact) && dmp_summary_is_stated (item->fact))
          g_ptr_array_add (bloods, item);
      }
  for (guint i = 0; i < bloods->len; i++)
    for (guint j = i + 1; j < bloods->len; j++)
      if (contradict (bloods->pdata[i], bloods->pdata[j]))
        {
          add_blood (build, bloods->pdata[i], bloods->pdata[j]);
          return;
        }
}

/* --- C7: identity traits ---------------------------------------------------------------------- */

/* One given name is the other, or one of its names. */
static gboolean
givens_agree (const char *known, const char *all, const char *given)
{
  g_autofree char *a = dmp_text_fold (known);
  g_autofree char *b = dmp_text_fold (given);
  g_autofree char *c = dmp_text_fold (all);

  return *a == '\0' || *b == '\0' || holds_word (a, b) || holds_word (b, a) || holds_word (c, b);
}

/* What the document says otherwise than the record. Returns: (transfer full) (nullable) */
static char *
dup_trait (DmpPatient *known, DmpPatient *said)
{
  const char *family = dmp_patient_get_birth_family (said);
  const char *birth = dmp_patient_get_birth_date (said);
  const char *given = dmp_patient_get_given (said);
  const DmpPatientFields *fields = dmp_patient_get_fields (known);

  if (family && fields->birth_family && !dmp_text_same (family, fields->birth_family))
    return g_strdup_printf (_ ("nom de naissance %s ≠ %s"), family, fields->birth_family);
  if (birth && fields->birth_date &&
      strncmp (birth, fields->birth_date, MIN (strlen (birth), strlen (fields->birth_date))) != 0)
    {
      g_autofree char *said_day = dmp_date_dup_display (birth, FALSE, FALSE);
      g_autofree char *known_day = dmp_date_dup_display (fields->birth_date, FALSE, FALSE);

      return g_strdup_printf (_ ("date de naissance %s ≠ %s"), said_day, known_day);
    }
  if (dmp_patient_get_sex (said) != DMP_SEX_UNKNOWN && fields->sex != DMP_SEX_UNKNOWN &&
      dmp_patient_get_sex (said) != fields->sex)
    return g_strdup (_ ("sexe différent"));
  if (given && fields->given && !givens_agree (fields->given, fields->given_all, given))
    return g_strdup_printf (_ ("prénom %s ≠ %s"), given, fields->given);
  return NULL;
}

static gboolean
has_same_ins (const DmpSummaryBuild *build, DmpPatient *said)
{
  const char *known = dmp_patient_get_ins (build->patient);
  const char *ins = dmp_patient_get_ins (said);

  return known && ins && g_ascii_strcasecmp (known, ins) == 0;
}

/* One flag for each difference, with all documents that have it. */
void
dmp_summary_check_traits (DmpSummaryBuild *build)
{
  g_autoptr (GHashTable) flags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < build->inputs->len; i++)
    {
      const DmpSummaryInput *input = g_ptr_array_index (build->inputs, i);
      DmpPatient *said = input->document ? dmp_cda_document_get_patient (input->document) : NULL;
      g_autofree char *trait = NULL;
      DmpSummaryFlag *flag;

      if (said == NULL || input->state == DMP_READ_REPLACED || input->state == DMP_READ_ARCHIVED ||
          input->state == DMP_READ_SIGNATURE || !has_same_ins (build, said))
        continue;
      trait = dup_trait (build->patient, said);
      if (trait == NULL)
        continue;
      flag = g_hash_table_lookup (flags, trait);
      if (flag == NULL)
        {
          flag = dmp_summary_flag_new ("C7", DMP_SEVERITY_AMBER, _ ("Traits d’identité différents"),
                                       g_strdup (trait));
          g_hash_table_insert (flags, g_steal_pointer (&trait), flag);
          dmp_summary_add_flag (build, flag);
        }
      g_ptr_array_add (flag->sources, dmp_summary_source_new (&(DmpSummaryItem){ .input = input }));
      if (dmp_date_compare (flag->date, input->date) < 0)
        {
          g_free (flag->date);
          flag->date = g_strdup (input->date);
        }
    }
}

/* --- C10: codes of the other sex -------------------------------------------------------------- */

static gboolean
is_of_other_sex (const DmpFact *fact, char sex)
{
  DmpCode *code = dmp_fact_get_key (fact, DMP_OID_CIM10);

  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_SEXES].rows; code && row->cells[0];
       row++)
    if (*row->cells[1] != sex && dmp_summary_cell_covers (row->cells[0], dmp_code_get_code (code)))
      return TRUE;
  return FALSE;
}

void
dmp_summary_check_sexes (DmpSummaryBuild *build)
{
  static const DmpFactKind kinds[] = { DMP_FACT_PROBLEM, DMP_FACT_HISTORY };
  static const DmpBlockId blocks[] = { DMP_BLOCK_PROBLEM, DMP_BLOCK_HISTORY };
  DmpSex sex = dmp_patient_get_sex (build->patient);

  for (guint k = 0; sex != DMP_SEX_UNKNOWN && k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < build->items[kinds[k]]->len; i++)
      {
        const DmpSummaryItem *item = g_ptr_array_index (build->items[kinds[k]], i);
        DmpSummaryFlag *flag;

        if (!dmp_summary_is_stated (item->fact) ||
            !is_of_other_sex (item->fact, sex == DMP_SEX_FEMALE ? 'F' : 'M'))
          continue;
        flag = dmp_summary_flag_new (
            "C10", DMP_SEVERITY_QUIET, _ ("Code de l’autre sexe"),
            g_strdup_printf (_ ("%s (%s)"), item->fact->text,
                             dmp_code_get_code (dmp_fact_get_key (item->fact, DMP_OID_CIM10))));
        dmp_summary_flag_add_concerned (build, flag, blocks[k], item);
        dmp_summary_add_flag (build, flag);
      }
}
