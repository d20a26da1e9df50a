#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* T3: what the 24-month timeline of a treatment draws. Deliveries are dots; a bar needs a pack of
 * known size and a dose that was written by then and is understood wholly: none is ever supposed.
 */

/* A gap is longer than usual by so many days, and by half the usual interval. */
#define GAP_DAYS 30

/* No pack lasts longer; more is an error of the data. */
#define MAX_COVER_DAYS 400

char *
dmp_summary_dup_day_after (const char *stamp, int days)
{
  g_autoptr (GDateTime) from = stamp ? dmp_date_parse (stamp, FALSE) : NULL;
  g_autoptr (GDateTime) to = from ? g_date_time_add_days (from, days) : NULL;

  return to ? g_date_time_format (to, "%Y%m%d") : NULL;
}

static gint64
days_between (const char *from, const char *to)
{
  gboolean ok = FALSE;
  gint64 days = dmp_date_days_between (from, to, &ok);

  return ok ? days : -1;
}

/* --- Rhythm and gaps ------------------------------------------------------------------------- */

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return strncmp (*(const char *const *) a, *(const char *const *) b, 8);
}

/* The days of delivery, each once, oldest first; those without a day are left out.
 * Returns: (transfer container) (element-type utf8) */
static GPtrArray *
collect_days (const DmpSummaryLine *line)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *days = g_ptr_array_new ();

  for (guint i = 0; i < line->tracks->len; i++)
    {
      const DmpSummaryTrack *track = g_ptr_array_index (line->tracks, i);

      if (track->kind == DMP_TRACK_DELIVERY && strlen (track->start) >= 8)
        g_ptr_array_add (all, track->start);
    }
  g_ptr_array_sort (all, compare_days);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_days (&all->pdata[i], &all->pdata[i - 1]) != 0)
      g_ptr_array_add (days, all->pdata[i]);
  return days;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* The median of the intervals, the lower one of two; 0 with less than two intervals. */
static int
median_interval (const GPtrArray *days)
{
  g_autoptr (GArray) intervals = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 1; i < days->len; i++)
    {
      int interval = (int) days_between (days->pdata[i - 1], days->pdata[i]);

      g_array_append_val (intervals, interval);
    }
  if (intervals->len < 2)
    return 0;
  g_array_sort (intervals, compare_numbers);
  return g_array_index (intervals, int, (intervals->len - 1) / 2);
}

static void
add_gap (DmpSummaryLine *line, const char *from, const char *to, int median)
{
  int interval = (int) days_between (from, to);
  g_autofree char *start = NULL;

  if (interval - median <= MAX (GAP_DAYS, median / 2))
    return;
  start = dmp_summary_dup_day_after (from, median);
  if (start)
    dmp_summary_line_add_track (line, DMP_TRACK_GAP, start, NULL)->end = g_strndup (to, 8);
}

void
dmp_summary_draw_frieze (const DmpSummaryBuild *build, DmpSummaryLine *line)
{
  g_autoptr (GPtrArray) days = collect_days (line);
  int median = median_interval (days);
  int last;

  if (days->len == 0)
    return;
  if (median == 0)
    {
      dmp_summary_line_take_why (line, "T3",
                                 g_strdup_printf (_ ("%u délivrance(s) lue(s)"), days->len));
      return;
    }
  last = (int) days_between (days->pdata[days->len - 2], days->pdata[days->len - 1]);
  line->rhythm = g_strdup_printf (_ ("intervalle médian %d j, dernier %d j"), median, last);
  dmp_summary_line_take_why (line, "T3",
                             g_strdup_printf (_ ("%u délivrances, %s"), days->len, line->rhythm));
  if (build->partial)
    return; /* what is missing may be still to come */
  for (guint i = 1; i < days->len; i++)
    add_gap (line, days->pdata[i - 1], days->pdata[i], median);
  if (line->group == DMP_LINE_CURRENT)
    add_gap (line, days->pdata[days->len - 1], build->today, median);
}

/* --- Coverage -------------------------------------------------------------------------------- */

/* Whether the dose of @plan is said for the very product of @delivery. */
static gboolean
same_product (const DmpDrug *plan, const DmpDrug *delivery)
{
  if (plan->cis && delivery->cis && strcmp (plan->cis, delivery->cis) == 0)
    return TRUE;
  return plan->strength && delivery->strength && strcmp (plan->strength, delivery->strength) == 0;
}

/* The day from which a posology is known: a list says what holds when it is written, whenever the
 * treatment began. */
static const char *
stated_on (const DmpSummaryItem *item)
{
  return dmp_summary_is_prescription (item->fact) ? dmp_summary_item_own_day (item)
                                                  : item->input->date;
}

/* Whether @plan says how to take what @delivery brought, on its day. */
static gboolean
speaks_of (const DmpSummaryItem *plan, const DmpSummaryItem *delivery)
{
  const DmpFact *fact = plan->fact;
  const char *day = dmp_summary_item_own_day (delivery);

  return fact->kind == DMP_FACT_TREATMENT && fact->dosage_text && !fact->negated &&
         dmp_date_compare (stated_on (plan), day) <= 0 &&
         (fact->end_date == NULL || dmp_date_compare (fact->end_date, day) >= 0) &&
         same_product (plan->drug, delivery->drug);
}

/* Units a day by the newest statement about the product, written by the day of @delivery; 0
 * unknown. */
static double
daily_units (const GPtrArray *newest, const DmpSummaryItem *delivery)
{
  for (guint i = 0; i < newest->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (newest, i);
      DmpPosology posology;

      if (speaks_of (item, delivery))
        return dmp_posology_parse (item->fact->dosage_text, &posology) && posology.unit == 'u'
                   ? posology.daily
                   : 0;
    }
  return 0;
}

/* Days that the delivery lasts; 0 unknown. */
static int
count_days (const GPtrArray *newest, const DmpSummaryItem *delivery)
{
  const DmpFactDetail *quantity = dmp_fact_get_detail (delivery->fact, DMP_DETAIL_QUANTITY);
  guint64 packs = quantity && quantity->text ? g_ascii_strtoull (quantity->text, NULL, 10) : 0;
  double daily =
      delivery->drug->units > 0 && packs > 0 && packs < 100 ? daily_units (newest, delivery) : 0;
  double days = daily > 0 ? (double) (packs * delivery->drug->units) / daily : 0;

  return days >= 1 && days <= MAX_COVER_DAYS ? (int) days : 0;
}

/* A bar from the day of delivery, or from the end of the one before. */
static void
add_cover (DmpSummaryLine *line, DmpSummaryTrack **last, const DmpSummaryItem *delivery, int days)
{
  const char *day = dmp_summary_item_own_day (delivery);
  g_autofree char *after = *last ? dmp_summary_dup_day_after ((*last)->end, 1) : NULL;
  gboolean joins = after && strncmp (after, day, 8) >= 0;
  char *end = dmp_summary_dup_day_after (joins ? after : day, days - 1);

  if (joins && end)
    {
      g_free ((*last)->end);
      (*last)->end = end;
      (*last)->quantity++;
    }
  else if (end)
    {
      *last = dmp_summary_line_add_track (line, DMP_TRACK_COVER, day, delivery);
      (*last)->end = end;
      (*last)->quantity = 1;
    }
}

static gboolean
has_day (const DmpSummaryItem *item)
{
  const char *day = dmp_summary_item_own_day (item);

  return day && strlen (day) >= 8;
}

static int
compare_deliveries (gconstpointer a, gconstpointer b)
{
  const DmpSummaryItem *first = *(const DmpSummaryItem *const *) a;
  const DmpSummaryItem *second = *(const DmpSummaryItem *const *) b;
  int order =
      dmp_date_compare (dmp_summary_item_own_day (first), dmp_summary_item_own_day (second));

  return order ? order : dmp_summary_compare_items (a, b);
}

/* The insurer's history is made anew again and again: the same packs of the same day, in another
 * document, are no more packs. */
static gboolean
is_told_before (const GPtrArray *deliveries, guint index)
{
  const DmpSummaryItem *item = g_ptr_array_index (deliveries, index);

  for (guint i = index; i-- > 0;)
    {
      const DmpSummaryItem *other = g_ptr_array_index (deliveries, i);

      if (strncmp (dmp_summary_item_own_day (other), dmp_summary_item_own_day (item), 8) != 0)
        return FALSE;
      if (other->input != item->input && g_strcmp0 (other->drug->cis, item->drug->cis) == 0)
        return TRUE;
    }
  return FALSE;
}

void
dmp_summary_cover_packs (DmpSummaryLine *line, const GPtrArray *items)
{
  g_autoptr (GPtrArray) newest = g_ptr_array_new ();
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new ();
  DmpSummaryTrack *last = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      DmpSummaryItem *item = g_ptr_array_index (items, i);

      g_ptr_array_add (newest, item);
      if (item->fact->kind == DMP_FACT_DELIVERY && has_day (item))
        g_ptr_array_add (deliveries, item);
    }
  g_ptr_array_sort (newest, dmp_summary_compare_newest);
  g_ptr_array_sort (deliveries, compare_deliveries);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (deliveries, i);
      int days = is_told_before (deliveries, i) ? 0 : count_days (newest, item);

      if (days > 0)
        add_cover (line, &last, item, days);
    }
}
