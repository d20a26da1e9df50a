#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"
#include "model/dmp-text.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Horizons of rule T2, in days. */
#define LIST_DAYS 366
#define DELIVERY_DAYS 90
#define SINGLE_DELIVERY_DAYS 45
#define RECENT_DAYS 183
#define SILENT_DAYS 120 /* T4 */

static void
treatment_tokens (const DmpSummaryItem *item, GPtrArray *tokens)
{
  for (guint i = 0; i < item->drug->tokens->len; i++)
    g_ptr_array_add (tokens, g_strdup (g_ptr_array_index (item->drug->tokens, i)));
}

gboolean
dmp_summary_is_prescription (const DmpFact *fact)
{
  return g_strcmp0 (fact->section_code, "57828-6") == 0;
}

/* Why a treatment is thought to go on. */
typedef enum
{
  GOES_ON_NO,
  GOES_ON_LIST,
  GOES_ON_PRESCRIPTION,
  GOES_ON_DELIVERED
} GoesOn;

typedef struct
{
  const DmpSummaryItem *plan;     /* (nullable): newest treatment statement */
  const DmpSummaryItem *delivery; /* (nullable): newest delivery */
  const DmpSummaryItem *listed;   /* (nullable): line of a list that is in force */
  const DmpSummaryItem *ordered;  /* (nullable): a prescription that covers today */
  guint recent_deliveries;        /* days of delivery within RECENT_DAYS */
} Evidence;

/* Days of delivery within RECENT_DAYS: the insurer's history is made anew again and again, and
 * tells of each delivery again. */
static guint
count_recent (const DmpSummaryBuild *build, const GPtrArray *items)
{
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);
      const char *day = dmp_summary_item_own_day (item);
      gint64 age = item->fact->kind == DMP_FACT_DELIVERY ? dmp_summary_age_days (build, day) : -1;

      if (age >= 0 && age <= RECENT_DAYS)
        g_hash_table_add (days, g_strndup (day, 8));
    }
  return g_hash_table_size (days);
}

static Evidence
weigh (const DmpSummaryBuild *build, const GPtrArray *items)
{
  Evidence evidence = { .recent_deliveries = count_recent (build, items) };

  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);

      if (item->fact->kind == DMP_FACT_TREATMENT)
        {
          if (evidence.plan == NULL || dmp_summary_compare_newest (&item, &evidence.plan) < 0)
            evidence.plan = item;
          continue;
        }
      if (evidence.delivery == NULL ||
          dmp_date_compare (dmp_summary_item_own_day (item),
                            dmp_summary_item_own_day (evidence.delivery)) > 0)
        evidence.delivery = item;
    }
  return evidence;
}

/* Whether the item stands in the newest list that its author wrote: what a later list of the same
 * hand leaves out is no longer on it. A letter of the médecin traitant ends no VSM: it may name
 * only what it is about. */
static gboolean
in_newest_list (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  const GPtrArray *plans = build->items[DMP_FACT_TREATMENT];

  for (guint i = 0; i < plans->len; i++)
    {
      const DmpSummaryItem *other = g_ptr_array_index (plans, i);

      if (other->input != item->input && dmp_summary_is_list_line (other->fact) &&
          other->fact->trust <= item->fact->trust && item->input->author &&
          g_strcmp0 (other->input->author, item->input->author) == 0 &&
          dmp_date_compare (other->input->date, item->input->date) > 0)
        return FALSE;
    }
  return TRUE;
}

/* How many days the coded duration is; 0 when its unit is not known. */
static double
count_days (const DmpFactDosage *dosage)
{
  static const struct
  {
    const char *unit;
    double days;
  } units[] = { { "d", 1 }, { "h", 1 / 24. }, { "wk", 7 }, { "mo", 30.4 }, { "a", 365.25 } };
  const char *unit = dosage->duration_unit ? dosage->duration_unit : "d";

  for (guint i = 0; dosage->duration && i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i].unit) == 0)
      return g_ascii_strtod (dosage->duration, NULL) * units[i].days;
  return 0;
}

/* "pendant 3 mois" without a day counts from the day of its document. */
char *
dmp_summary_dup_prescription_end (const DmpSummaryItem *item)
{
  double days = item->fact->dosage ? count_days (item->fact->dosage) : 0;

  if (item->fact->end_date)
    return g_strdup (item->fact->end_date);
  return days > 0 && days < 4000
             ? dmp_summary_dup_day_after (dmp_summary_item_own_day (item), (int) days)
             : NULL;
}

/* T2 (ii): a prescription whose duration covers today. */
static gboolean
prescription_covers (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  g_autofree char *end = dmp_summary_dup_prescription_end (item);
  const char *start = dmp_summary_item_own_day (item);

  if (end == NULL)
    return start && dmp_summary_age_days (build, start) == 0;
  return dmp_summary_age_days (build, end) <= 0 && dmp_summary_age_days (build, start) >= 0;
}

static gboolean
is_over (const DmpSummaryBuild *build, const DmpFact *fact)
{
  static const char *const over[] = { "aborted", "cancelled", "nullified", "suspended", NULL };

  return fact->negated || (fact->status && g_strv_contains (over, fact->status)) ||
         (fact->end_date && dmp_summary_age_days (build, fact->end_date) > 0);
}

/* T2 (i). Returns: (nullable): the list line that says so, the most trusted first */
static const DmpSummaryItem *
find_on_list (const DmpSummaryBuild *build, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);

      if (dmp_summary_is_list_item (build, item) && !is_over (build, item->fact) &&
          dmp_summary_age_days (build, item->input->date) <= LIST_DAYS &&
          in_newest_list (build, item))
        return item;
    }
  return NULL;
}

gboolean
dmp_summary_is_ordered (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  return item->fact->kind == DMP_FACT_TREATMENT && dmp_summary_is_prescription (item->fact) &&
         !is_over (build, item->fact) && prescription_covers (build, item);
}

static const DmpSummaryItem *
find_prescribed (const DmpSummaryBuild *build, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (dmp_summary_is_ordered (build, g_ptr_array_index (items, i)))
      return g_ptr_array_index (items, i);
  return NULL;
}

static GoesOn
goes_on (const DmpSummaryBuild *build, const Evidence *evidence)
{
  gint64 age = evidence->delivery
                   ? dmp_summary_age_days (build, dmp_summary_item_own_day (evidence->delivery))
                   : -1;

  /* a prescription that ran out ends nothing; who writes that a treatment stopped does, as long as
   * nothing was delivered since */
  if (evidence->plan && is_over (build, evidence->plan->fact) &&
      !dmp_summary_is_prescription (evidence->plan->fact) &&
      !(evidence->delivery && dmp_date_is_before (evidence->plan->input->day,
                                                  dmp_summary_item_own_day (evidence->delivery))))
    return GOES_ON_NO;
  if (evidence->listed)
    return GOES_ON_LIST;
  if (evidence->ordered)
    return GOES_ON_PRESCRIPTION;
  if (age >= 0 &&
      (age <= SINGLE_DELIVERY_DAYS || (evidence->recent_deliveries >= 2 && age <= DELIVERY_DAYS)))
    return GOES_ON_DELIVERED;
  return GOES_ON_NO;
}

/* "Synthèse médicale, Dr X, 11/08/2025" */
static char *
dup_origin (const DmpSummaryItem *item, const char *stamp)
{
  g_autofree char *day = dmp_summary_dup_day (stamp);

  return g_strdup_printf (_ ("%s, %s, %s"), item->input->title ? item->input->title : "?",
                          item->input->author ? item->input->author : "?", day);
}

/* Which part of T2 holds. */
static char *
dup_reason (GoesOn why, const Evidence *evidence)
{
  g_autofree char *origin = NULL;

  switch (why)
    {
    case GOES_ON_LIST:
      origin = dup_origin (evidence->listed, evidence->listed->input->day);
      return g_strdup_printf (_ ("i : liste de moins de 12 mois – %s"), origin);
    case GOES_ON_PRESCRIPTION:
      origin = dup_origin (evidence->ordered, dmp_summary_item_own_day (evidence->ordered));
      return g_strdup_printf (_ ("ii : ordonnance en cours – %s"), origin);
    case GOES_ON_DELIVERED:
      origin = dup_origin (evidence->delivery, dmp_summary_item_own_day (evidence->delivery));
      return g_strdup_printf (_ ("iii : %u délivrance(s) en 6 mois, la dernière – %s"),
                              evidence->recent_deliveries, origin);
    case GOES_ON_NO:
    default:
      return g_strdup (evidence->plan && evidence->plan->fact->end_date
                           ? _ ("arrêté : la dernière mention porte une date de fin")
                           : _ ("ni liste de moins de 12 mois, ni ordonnance en cours, ni "
                                "délivrance récente"));
    }
}

static void
add_track (DmpSummaryLine *line, const DmpSummaryItem *item)
{
  const DmpFactDetail *quantity = dmp_fact_get_detail (item->fact, DMP_DETAIL_QUANTITY);
  DmpSummaryTrack *track;

  if (item->fact->kind == DMP_FACT_DELIVERY)
    {
      track = dmp_summary_line_add_track (line, DMP_TRACK_DELIVERY, dmp_summary_item_own_day (item),
                                          item);
      track->quantity = quantity && quantity->text
                            ? (guint) MIN (g_ascii_strtoull (quantity->text, NULL, 10), 1000)
                            : 0;
    }
  else if (dmp_summary_is_prescription (item->fact))
    {
      track = dmp_summary_line_add_track (line, DMP_TRACK_PRESCRIPTION,
                                          dmp_summary_item_own_day (item), item);
      track->end = dmp_summary_dup_prescription_end (item);
    }
  else
    dmp_summary_line_add_track (line, DMP_TRACK_LIST, item->input->date, item);
}

static int
compare_tracks (gconstpointer a, gconstpointer b)
{
  const DmpSummaryTrack *first = *(const DmpSummaryTrack *const *) a;
  const DmpSummaryTrack *second = *(const DmpSummaryTrack *const *) b;
  int order = g_strcmp0 (first->start, second->start);

  if (order == 0)
    order = (int) first->kind - (int) second->kind;
  if (order == 0)
    order = g_strcmp0 (first->end, second->end);
  if (order == 0)
    order = (int) first->quantity - (int) second->quantity;
  if (order == 0)
    order = g_strcmp0 (first->document, second->document);
  return order ? order : g_strcmp0 (first->place, second->place);
}

/* T4: in a list, but not delivered for long, in a record that knows deliveries. */
static char *
dup_note (const DmpSummaryBuild *build, GoesOn why, const Evidence *evidence)
{
  gint64 age;

  if (why != GOES_ON_LIST || build->items[DMP_FACT_DELIVERY]->len == 0 || build->partial)
    return NULL;
  if (evidence->delivery == NULL)
    return g_strdup (_ ("sans délivrance lue"));
  age = dmp_summary_age_days (build, dmp_summary_item_own_day (evidence->delivery));
  if (age <= SILENT_DAYS)
    return NULL;
  return g_strdup_printf (_ ("sans délivrance lue, %d mois"), (int) (age / 30));
}

static const char *
get_label (GoesOn why, const Evidence *evidence)
{
  switch (why)
    {
    case GOES_ON_LIST:
      return evidence->listed->fact->trust == DMP_TRUST_MT ? _ ("liste MT") : _ ("liste");
    case GOES_ON_PRESCRIPTION:
      return _ ("ordonnance");
    case GOES_ON_DELIVERED:
      return _ ("délivré");
    case GOES_ON_NO:
    default:
      return NULL;
    }
}

/* Whether a posology written for @item holds for what @best names: "2 cp" of another strength is
 * another dose. */
static gboolean
is_same_product (const DmpSummaryItem *item, const DmpSummaryItem *best)
{
  if (item->drug->strength || best->drug->strength)
    return g_strcmp0 (item->drug->strength, best->drug->strength) == 0;
  return item == best || (item->drug->cis && g_strcmp0 (item->drug->cis, best->drug->cis) == 0) ||
         dmp_text_same (item->fact->text, best->fact->text);
}

/* The posology of the newest statement about the product of @best that has one. */
static const DmpFact *
find_posology (const GPtrArray *items, const DmpSummaryItem *best)
{
  g_autoptr (GPtrArray) newest = g_ptr_array_copy ((GPtrArray *) items, NULL, NULL);

  g_ptr_array_sort (newest, dmp_summary_compare_newest);
  for (guint i = 0; i < newest->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (newest, i);

      if (item->fact->kind == DMP_FACT_TREATMENT && item->fact->dosage_text &&
          is_same_product (item, best))
        return item->fact;
    }
  return NULL;
}

/* The other lines that the document of @best has for the same substance: "LEVOTHYROX 100" and
 * "LEVOTHYROX 25" are one treatment, whose dose is their sum. */
static char *
dup_all_lines (const DmpSummaryBuild *build,
               const GPtrArray *items,
               const DmpSummaryItem *best,
               const char *posology)
{
  g_autoptr (GString) out = g_string_new (posology);

  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);
      const DmpFact *fact = item->fact;

      if (item == best || item->input != best->input || fact->kind != DMP_FACT_TREATMENT ||
          g_strcmp0 (fact->section_code, best->fact->section_code) != 0 ||
          is_over (build, fact) != is_over (build, best->fact) ||
          (g_strcmp0 (fact->dosage_text, best->fact->dosage_text) == 0 &&
           is_same_product (item, best)))
        continue;
      g_string_append_printf (out, "%s+ %s", out->len > 0 ? " " : "", fact->text);
      if (fact->dosage_text)
        g_string_append_printf (out, " %s", fact->dosage_text);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
describe (const DmpSummaryBuild *build,
          DmpSummaryLine *line,
          const GPtrArray *items,
          const Evidence *evidence)
{
  const DmpSummaryItem *best = evidence->plan ? evidence->plan : evidence->delivery;
  const DmpFact *posology = find_posology (items, best);
  const char *substance = dmp_medicine_get_substance (best->drug->atc);
  g_autofree char *folded_text = dmp_summary_fold (best->fact->text);
  g_autofree char *folded_substance = dmp_summary_fold (substance);

  line->text =
      g_strdup (*best->fact->text || best->fact->keys->len > 0 ? best->fact->text
                                                               : _ ("Médicament sans nom"));
  line->detail = dup_all_lines (build, items, best, posology ? posology->dosage_text : NULL);
  if (substance && strstr (folded_text, folded_substance) == NULL)
    line->substance = g_strdup (substance);
  line->date = g_strdup (best->fact->date);
  line->end_date = g_strdup (best->fact->end_date);
}

/* The line names the newest statement; where the list that keeps it in force says otherwise, it is
 * told too. */
static void
note_list (DmpSummaryLine *line, const Evidence *evidence, GoesOn why)
{
  const DmpFact *listed = evidence->listed ? evidence->listed->fact : NULL;
  g_autoptr (GString) what = g_string_new (NULL);
  g_autofree char *note = NULL;

  if (why != GOES_ON_LIST || evidence->plan == NULL || evidence->plan == evidence->listed ||
      evidence->plan->input == evidence->listed->input ||
      (is_same_product (evidence->listed, evidence->plan) &&
       (listed->dosage_text == NULL || evidence->plan->fact->dosage_text == NULL ||
        dmp_text_same (listed->dosage_text, evidence->plan->fact->dosage_text))))
    return;
  if (!is_same_product (evidence->listed, evidence->plan))
    g_string_append_printf (what, "%s ", listed->text);
  g_string_append (what, listed->dosage_text ? listed->dosage_text : "");
  note = g_strdup_printf (_ ("liste : %s"), what->str);
  dmp_summary_line_add_note (line, g_strchomp (note));
}

/* The best source first: the newest plan, else the newest delivery. */
static void
put_first (GPtrArray *items, const DmpSummaryItem *best)
{
  guint index = 0;

  if (g_ptr_array_find (items, best, &index))
    {
      g_ptr_array_remove_index (items, index);
      g_ptr_array_insert (items, 0, (gpointer) best);
    }
}

/* T4 says more in "why" than the line has room for. */
static void
explain (const DmpSummaryBuild *build, DmpSummaryLine *line, const Evidence *evidence, GoesOn why)
{
  dmp_summary_line_take_why (
      line, "T1",
      g_strdup_printf (_ ("%u mention(s) de la même substance par la même voie"),
                       line->tracks->len));
  dmp_summary_line_take_why (line, "T2", dup_reason (why, evidence));
  dmp_summary_draw_frieze (build, line);
  if (line->note)
    dmp_summary_line_take_why (
        line, "T4", g_strdup (_ ("peut être hospitalier, hors remboursement ou non acheté")));
  dmp_summary_line_take_why (line, "T8", NULL);
}

/* For the checks that look across treatments. */
static void
keep_course (DmpSummaryBuild *build, DmpSummaryLine *line, GPtrArray *items)
{
  DmpSummaryCourse *course = g_new0 (DmpSummaryCourse, 1);

  course->line = line;
  course->items = g_ptr_array_ref (items);
  for (guint i = 0; course->atc == NULL && i < items->len; i++)
    {
      const DmpDrug *drug = ((DmpSummaryItem *) g_ptr_array_index (items, i))->drug;

      course->atc = drug->atc;
      if (course->drug == NULL || drug->atc || drug->parts->len > course->drug->parts->len)
        course->drug = drug;
    }
  g_ptr_array_add (build->courses, course);
}

static void
add_group (DmpSummaryBuild *build, DmpSummaryGroup *group)
{
  Evidence evidence = weigh (build, group->items);
  const DmpSummaryItem *best = evidence.plan ? evidence.plan : evidence.delivery;
  GoesOn why;
  DmpSummaryLine *line = dmp_summary_line_new (DMP_BLOCK_TREATMENT);

  evidence.listed = find_on_list (build, group->items);
  evidence.ordered = find_prescribed (build, group->items);
  why = goes_on (build, &evidence);
  describe (build, line, group->items, &evidence);
  line->group = why == GOES_ON_NO ? DMP_LINE_PAST : DMP_LINE_CURRENT;
  if (best->fact->absent || best->fact->no_information)
    line->group = DMP_LINE_EXCLUDED;
  line->label = g_strdup (get_label (why, &evidence));
  line->note = dup_note (build, why, &evidence);
  for (guint i = 0; i < group->items->len; i++)
    add_track (line, g_ptr_array_index (group->items, i));
  explain (build, line, &evidence, why);
  note_list (line, &evidence, why);
  dmp_summary_cover_packs (line, group->items);
  g_ptr_array_sort (line->tracks, compare_tracks);
  put_first (group->items, best);
  dmp_summary_line_take_group (build, line, group);
  dmp_summary_add_line (build, line);
  keep_course (build, line, group->all ? group->all : group->items);
}

void
dmp_summary_make_treatments (DmpSummaryBuild *build)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) groups = NULL;

  g_ptr_array_extend (items, build->items[DMP_FACT_TREATMENT], NULL, NULL);
  g_ptr_array_extend (items, build->items[DMP_FACT_DELIVERY], NULL, NULL);
  groups = dmp_summary_group_lines (build, DMP_BLOCK_TREATMENT, items, treatment_tokens);
  for (guint i = 0; i < groups->len; i++)
    add_group (build, g_ptr_array_index (groups, i));
}
