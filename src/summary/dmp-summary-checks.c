#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

char *
dmp_summary_dup_day (const char *stamp)
{
  return stamp ? dmp_date_dup_display (stamp, FALSE, FALSE) : g_strdup (_ ("date inconnue"));
}

const char *
dmp_summary_item_own_day (const DmpSummaryItem *item)
{
  return item->fact->date ? item->fact->date : item->input->day;
}

DmpSummaryLine *
dmp_summary_find_line (const DmpSummaryBuild *build, DmpBlockId block, const DmpSummaryItem *item)
{
  DmpSummaryLine *line = g_hash_table_lookup (build->line_of, item);

  return line && line->block == block ? line : NULL;
}

void
dmp_summary_flag_add_concerned (const DmpSummaryBuild *build,
                                DmpSummaryFlag *flag,
                                DmpBlockId block,
                                const DmpSummaryItem *item)
{
  const DmpSummaryLine *line = dmp_summary_find_line (build, block, item);

  dmp_summary_flag_add_item (flag, item);
  for (guint i = 0; line && i < flag->lines->len; i++)
    if (strcmp (g_ptr_array_index (flag->lines, i), line->id) == 0)
      return;
  if (line)
    dmp_summary_flag_add_line (flag, line);
}

gboolean
dmp_summary_is_stated (const DmpFact *fact)
{
  return !fact->negated && !fact->absent && !fact->no_information;
}

/* --- A1: an allergy, and a medicine of its class
 * --------------------------------------------------- */

/* When it was given or ordered; a list says what is taken on the day that it is written. */
static const char *
medicine_day (const DmpSummaryItem *medicine)
{
  return medicine->fact->kind == DMP_FACT_TREATMENT && dmp_summary_is_list_line (medicine->fact) &&
                 medicine->input->day
             ? medicine->input->day
             : dmp_summary_item_own_day (medicine);
}

static gboolean
is_after (const DmpSummaryItem *medicine, const DmpFact *allergy)
{
  return allergy->date == NULL || medicine_day (medicine) == NULL ||
         !dmp_date_is_before (medicine_day (medicine), allergy->date);
}

/* Newest first. */
static int
compare_medicines (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order = dmp_date_compare (medicine_day (second), medicine_day (first));

  return order ? order : dmp_summary_compare_newest (a, b);
}

/* Medicines of class @class given or planned after the allergy, newest first. */
static GPtrArray *
find_medicines (const DmpSummaryBuild *build, const char *class, const DmpFact *allergy)
{
  static const DmpFactKind kinds[] = { DMP_FACT_DELIVERY, DMP_FACT_TREATMENT };
  GPtrArray *found = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < build->items[kinds[k]]->len; i++)
      {
        DmpSummaryItem *item = g_ptr_array_index (build->items[kinds[k]], i);

        if (dmp_drug_is_of_class (item->drug, class) && dmp_summary_is_stated (item->fact) &&
            is_after (item, allergy))
          g_ptr_array_add (found, item);
      }
  g_ptr_array_sort (found, compare_medicines);
  return found;
}

/* Days of delivery: the insurer's history is made anew again and again, and tells of each again. */
static guint
count_deliveries (const GPtrArray *medicines)
{
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint undated = 0;

  for (guint i = 0; i < medicines->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (medicines, i);

      if (item->fact->kind != DMP_FACT_DELIVERY)
        continue;
      if (medicine_day (item))
        g_hash_table_add (days, g_strndup (medicine_day (item), 8));
      else
        undated++;
    }
  return g_hash_table_size (days) + undated;
}

static char *
dup_allergy_text (const DmpSummaryItem *allergy, const GPtrArray *medicines)
{
  const DmpSummaryItem *medicine = g_ptr_array_index (medicines, 0);
  g_autofree char *since = dmp_summary_dup_day (allergy->fact->date);
  g_autofree char *day = dmp_summary_dup_day (medicine_day (medicine));
  const char *author = allergy->input->author ? allergy->input->author : "";
  const char *what =
      medicine->fact->kind == DMP_FACT_DELIVERY ? _ ("délivrance du") : _ ("prescription du");
  guint deliveries = count_deliveries (medicines);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, _ ("« %s » (%s, %s) ↔ %s, %s %s"), allergy->fact->text, since,
                          author, medicine->fact->text, what, day);
  if (deliveries > 0)
    g_string_append_printf (out,
                            g_dngettext (GETTEXT_PACKAGE, " · délivré %u fois depuis",
                                         " · délivré %u fois depuis", deliveries),
                            deliveries);
  return g_string_free (out, FALSE);
}

static void
check_allergy (DmpSummaryBuild *build, const DmpSummaryItem *allergy, GHashTable *seen)
{
  const char *class = dmp_medicine_get_allergen_class (allergy->fact);
  g_autoptr (GPtrArray) medicines = NULL;
  DmpSummaryFlag *flag;

  if (class == NULL || !dmp_summary_is_stated (allergy->fact) ||
      g_hash_table_contains (seen, class))
    return;
  medicines = find_medicines (build, class, allergy->fact);
  if (medicines->len == 0)
    return;
  g_hash_table_add (seen, (gpointer) class);
  flag = dmp_summary_flag_new ("A1", DMP_SEVERITY_RED, _ ("Allergie documentée"),
                               dup_allergy_text (allergy, medicines));
  for (guint i = 0; i < build->items[DMP_FACT_ALLERGY]->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (build->items[DMP_FACT_ALLERGY], i);

      if (dmp_summary_is_stated (item->fact) &&
          g_strcmp0 (dmp_medicine_get_allergen_class (item->fact), class) == 0)
        dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_ALLERGY, item);
    }
  for (guint i = 0; i < medicines->len; i++)
    dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_TREATMENT,
                                    g_ptr_array_index (medicines, i));
  dmp_summary_add_flag (build, flag);
}

/* Whether a code of @fact is one of IPS about @what, or is it in SNOMED CT. */
static gboolean
has_code (const DmpFact *fact, const char *what)
{
  for (guint i = 0; i < fact->keys->len; i++)
    {
      const char *code = dmp_code_get_code (g_ptr_array_index (fact->keys, i));

      if (strcmp (code, what) == 0 || (g_str_has_prefix (code, "no-known-") && strstr (code, what)))
        return TRUE;
    }
  return FALSE;
}

/* Whether the allergy is to a medicine: by what its agent is, or by its kind. */
static gboolean
is_of_medicine (const DmpFact *fact)
{
  static const char *const kinds[] = { "416098002", "59037007", "419511003", NULL };

  return dmp_medicine_get_allergen_class (fact) != NULL ||
         (fact->type && g_strv_contains (kinds, dmp_code_get_code (fact->type)));
}

/* "No known allergy to a medicine" is no word about peanuts. */
static gboolean
denies (const DmpFact *none, const DmpFact *some)
{
  if (has_code (none, "medication") || has_code (none, "409137002"))
    return is_of_medicine (some);
  if (has_code (none, "food") || has_code (none, "environmental"))
    return !is_of_medicine (some);
  return TRUE;
}

/* The first that @none denies. Returns: (nullable) */
static const DmpSummaryItem *
find_denied (const DmpSummaryBuild *build, const DmpSummaryItem *none)
{
  for (guint i = 0; i < build->items[DMP_FACT_ALLERGY]->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (build->items[DMP_FACT_ALLERGY], i);

      if (dmp_summary_is_stated (item->fact) && !item->fact->text_only &&
          denies (none->fact, item->fact))
        return item;
    }
  return NULL;
}

/* C1: somebody writes that there is no allergy, somebody names one. */
static void
check_none_known (DmpSummaryBuild *build)
{
  const DmpSummaryItem *none = NULL;
  const DmpSummaryItem *some = NULL;
  g_autofree char *day = NULL;
  DmpSummaryFlag *flag;

  for (guint i = 0; some == NULL && i < build->items[DMP_FACT_ALLERGY]->len; i++)
    {
      none = g_ptr_array_index (build->items[DMP_FACT_ALLERGY], i);
      some = none->fact->absent ? find_denied (build, none) : NULL;
    }
  if (some == NULL)
    return;
  day = dmp_summary_dup_day (none->input->day);
  flag = dmp_summary_flag_new ("C1", DMP_SEVERITY_AMBER, _ ("Allergie : avis contraires"),
                               g_strdup_printf (_ ("« %s » (%s, %s) ↔ « %s »"), none->fact->text,
                                                none->input->author ? none->input->author : "", day,
                                                some->fact->text));
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_ALLERGY, some);
  dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_ALLERGY, none);
  dmp_summary_add_flag (build, flag);
}

void
dmp_summary_check_allergies (DmpSummaryBuild *build)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0;
       (build->checks & DMP_CHECK_ALLERGIES) && i < build->items[DMP_FACT_ALLERGY]->len; i++)
    check_allergy (build, g_ptr_array_index (build->items[DMP_FACT_ALLERGY], i), seen);
  check_none_known (build);
}

/* --- C4: what is written against what is coded
 * ------------------------------------------------------- */

static gboolean
differ (double a, double b)
{
  return fabs (a - b) > 0.001 * MAX (a, b);
}

static gboolean
posologies_differ (const DmpPosology *text, const DmpPosology *coded)
{
  if (text->unit != coded->unit)
    return FALSE; /* not comparable: mg against tablets */
  if (differ (text->daily, coded->daily))
    return TRUE;
  return text->dose > 0 && differ (text->dose, coded->dose);
}

void
dmp_summary_check_dosages (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->items[DMP_FACT_TREATMENT]->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (build->items[DMP_FACT_TREATMENT], i);
      const DmpFact *fact = item->fact;
      DmpPosology text, coded;
      g_autofree char *words = NULL;

      if (fact->dosage == NULL || !dmp_posology_parse (fact->dosage_text, &text) ||
          !dmp_posology_from_coded (fact->dosage, &coded) || !posologies_differ (&text, &coded))
        continue;
      words = dmp_posology_dup_coded (fact->dosage, fact->dosage_text);
      dmp_summary_add_mismatch (build, DMP_BLOCK_TREATMENT, item, fact->dosage_text, words);
    }
}

/* --- C3: active here, over there
 * ---------------------------------------------------------------------- */

static gboolean
share_code (const DmpFact *a, const DmpFact *b)
{
  for (guint i = 0; i < a->keys->len; i++)
    for (guint j = 0; j < b->keys->len; j++)
      if (dmp_code_equal (g_ptr_array_index (a->keys, i), g_ptr_array_index (b->keys, j)))
        return TRUE;
  return FALSE;
}

/* Past illnesses are told again and again: only an end speaks against an active one. */
static gboolean
says_ended (const DmpFact *fact)
{
  return fact->end_date || fact->kind == DMP_FACT_PROBLEM;
}

/* Past illnesses, and problems that their source calls ended. Returns: (transfer container) */
static GPtrArray *
list_ended (const DmpSummaryBuild *build)
{
  const GPtrArray *problems = build->items[DMP_FACT_PROBLEM];
  GPtrArray *ended = g_ptr_array_new ();

  g_ptr_array_extend (ended, build->items[DMP_FACT_HISTORY], NULL, NULL);
  for (guint i = 0; i < problems->len; i++)
    if (!dmp_summary_is_active (build, ((DmpSummaryItem *) problems->pdata[i])->fact))
      g_ptr_array_add (ended, problems->pdata[i]);
  return ended;
}

void
dmp_summary_check_problems (DmpSummaryBuild *build)
{
  const GPtrArray *active = build->items[DMP_FACT_PROBLEM];
  g_autoptr (GPtrArray) past = list_ended (build);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < active->len; i++)
    for (guint j = 0; j < past->len; j++)
      {
        const DmpSummaryItem *here = g_ptr_array_index (active, i);
        const DmpSummaryItem *there = g_ptr_array_index (past, j);
        const DmpSummaryLine *line;
        DmpSummaryFlag *flag;

        if (!dmp_summary_is_stated (here->fact) || !dmp_summary_is_stated (there->fact) ||
            here->fact->end_date || !says_ended (there->fact) || here->input == there->input ||
            dmp_date_compare (here->input->date, there->input->date) >= 0 ||
            !share_code (here->fact, there->fact))
          continue;
        line = dmp_summary_find_line (build, DMP_BLOCK_PROBLEM, here);
        if (line == NULL || !g_hash_table_add (seen, (gpointer) line))
          continue;
        flag = dmp_summary_flag_new (
            "C3", DMP_SEVERITY_AMBER, _ ("Problème actif ou terminé ?"),
            g_strdup_printf (_ ("%s : actif pour %s, terminé pour %s"), here->fact->text,
                             here->input->author ? here->input->author : "?",
                             there->input->author ? there->input->author : "?"));
        dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_PROBLEM, here);
        dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_HISTORY, there);
        dmp_summary_add_flag (build, flag);
      }
}

/* --- C8: one sample, two values ----------------------------------------------------------------
 */

static void
sample_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  const DmpFact *fact = item->fact;
  const char *unit = fact->value && fact->value->unit ? fact->value->unit : "";
  const char *code =
      fact->keys->len > 0 ? dmp_code_get_code (g_ptr_array_index (fact->keys, 0)) : NULL;
  double factor;

  if (item->tokens)
    return; /* of one of the germs of a culture */
  if (code && fact->date && strlen (fact->date) > 8)
    g_ptr_array_add (tokens, g_strdup_printf ("%s|%s|%s", fact->date,
                                              dmp_summary_unit_for (code, unit, &factor), code));
}

/* 1 for "positif", -1 for "négatif", 0 for anything else. */
static int
is_found (const char *text)
{
  g_autofree char *folded = dmp_summary_fold (text);

  if (g_str_has_prefix (folded, "positi"))
    return 1;
  return g_str_has_prefix (folded, "negati") ? -1 : 0;
}

/* "5,4 mmol/L", or the words. */
static char *
dup_result (const DmpFactValue *value)
{
  g_autofree char *number = dmp_fact_value_dup_number (value->number);
  const char *unit = dmp_fact_value_get_unit (value);

  if (number == NULL)
    return g_strdup (value->text ? dmp_fact_value_get_text (value) : "?");
  return g_strdup_printf ("%s%s%s", number, *unit ? " " : "", unit);
}

/* Share of a value, in %, that rounding in another unit may take. */
#define ROUNDING 3

/* Whether two results of one sample say otherwise: other numbers in one unit, numbers that do not
 * convert into each other, or found and not found. */
static gboolean
say_otherwise (const DmpFact *a, const DmpFact *b)
{
  double first, second;

  if (a->value == NULL || b->value == NULL)
    return FALSE;
  if (a->value->number && b->value->number)
    {
      if (!dmp_summary_read_number (a, &first) || !dmp_summary_read_number (b, &second))
        return FALSE;
      if (strcmp (dmp_fact_value_get_unit (a->value), dmp_fact_value_get_unit (b->value)) == 0)
        return g_ascii_strtod (a->value->number, NULL) != g_ascii_strtod (b->value->number, NULL);
      return fabs (first - second) * 100 > ROUNDING * MAX (fabs (first), fabs (second));
    }
  return is_found (a->value->text) * is_found (b->value->text) < 0;
}

/* Another result for the same sample than the first of the group. */
static const DmpSummaryItem *
find_other_value (const DmpSummaryGroup *group)
{
  const DmpSummaryItem *first = g_ptr_array_index (group->items, 0);

  for (guint i = 1; i < group->items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (group->items, i);

      if (item->input != first->input && say_otherwise (first->fact, item->fact))
        return item;
    }
  return NULL;
}

void
dmp_summary_check_results (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) groups = dmp_summary_group (build->items[DMP_FACT_RESULT], sample_tokens);

  for (guint i = 0; i < groups->len; i++)
    {
      const DmpSummaryGroup *group = g_ptr_array_index (groups, i);
      const DmpSummaryItem *first = g_ptr_array_index (group->items, 0);
      const DmpSummaryItem *other = find_other_value (group);
      g_autofree char *day = NULL, *one = NULL, *two = NULL;
      DmpSummaryFlag *flag;

      if (other == NULL)
        continue;
      day = dmp_summary_dup_day (first->fact->date);
      one = dup_result (first->fact->value);
      two = dup_result (other->fact->value);
      flag = dmp_summary_flag_new (
          "C8", DMP_SEVERITY_AMBER, _ ("Même prélèvement, deux valeurs"),
          g_strdup_printf (_ ("%s : %s (%s) ↔ %s (%s), prélèvement du %s"), first->fact->text, one,
                           first->input->author ? first->input->author : "?", two,
                           other->input->author ? other->input->author : "?", day));
      dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_RESULT, first);
      dmp_summary_flag_add_concerned (build, flag, DMP_BLOCK_RESULT, other);
      dmp_summary_add_flag (build, flag);
    }
}

/* --- C9: dates that cannot be
 * ---------------------------------------------------------------------------- */

static gboolean
is_impossible (const DmpSummaryBuild *build, const DmpFact *fact)
{
  const char *birth = dmp_patient_get_birth_date (build->patient);

  if (fact->date == NULL || fact->planned || fact->kind == DMP_FACT_PREGNANCY)
    return FALSE;
  if (dmp_summary_age_days (build, fact->date) < -1 && strncmp (fact->date, build->today, 8) > 0)
    return TRUE;
  return birth && strlen (birth) >= 4 &&
         (dmp_date_is_before (fact->date, birth) || strncmp (fact->date, birth, 4) < 0);
}

void
dmp_summary_check_dates (DmpSummaryBuild *build)
{
  for (guint kind = 0; kind <= DMP_FACT_FINDING; kind++)
    for (guint i = 0; kind != DMP_FACT_FAMILY && i < build->items[kind]->len; i++)
      {
        const DmpSummaryItem *item = g_ptr_array_index (build->items[kind], i);
        g_autofree char *day = NULL;
        DmpSummaryFlag *flag;

        if (!is_impossible (build, item->fact))
          continue;
        day = dmp_summary_dup_day (item->fact->date);
        flag = dmp_summary_flag_new ("C9", DMP_SEVERITY_AMBER, _ ("Date impossible"),
                                     g_strdup_printf (_ ("%s : %s"), item->fact->text, day));
        dmp_summary_flag_add_item (flag, item);
        dmp_summary_add_flag (build, flag);
      }
}
