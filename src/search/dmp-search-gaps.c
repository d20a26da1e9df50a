#include "config.h"

#include "dmp-search-private.h"

#include <glib/gi18n-lib.h>

const char *
dmp_search_gap_get_name (DmpSearchGap gap)
{
  static const char *const names[DMP_SEARCH_N_GAPS] = { "none",       "no-text", "encrypted",
                                                        "unreadable", "partly",  "pending" };

  return names[gap];
}

static void
unsearched_free (gpointer data)
{
  DmpUnsearched *unsearched = data;

  g_free (unsearched->item.reason);
  g_free (unsearched);
}

/* What the summary says of a document whose words are not indexed, or not all. @source: (nullable)
 */
static DmpSearchGap
judge (const DmpCoverageItem *item, const DmpSearchSource *source)
{
  switch (item->state)
    {
    case DMP_READ_CODED:
    case DMP_READ_TEXT:
    case DMP_READ_PDF:
      return source != NULL ? source->gap : DMP_SEARCH_GAP_PENDING;
    case DMP_READ_FAILED:
      if (source == NULL)
        return DMP_SEARCH_GAP_UNREADABLE;
      return source->gap == DMP_SEARCH_GAP_NONE && source->n_passages == 0
                 ? DMP_SEARCH_GAP_UNREADABLE
                 : source->gap; /* its words may be there all the same */
    case DMP_READ_PENDING:
      return source != NULL && source->n_passages > 0 ? source->gap : DMP_SEARCH_GAP_PENDING;
    default:
      return DMP_SEARCH_GAP_NONE;
    }
}

/* A document that is here while its file is still read is not called not received. */
static DmpReadState
state_of (const DmpCoverageItem *item, DmpSearchGap gap)
{
  return gap == DMP_SEARCH_GAP_PENDING   ? item->state
         : gap == DMP_SEARCH_GAP_NO_TEXT ? DMP_READ_PDF
         : gap == DMP_SEARCH_GAP_PARTLY  ? DMP_READ_TEXT
                                         : DMP_READ_FAILED;
}

GPtrArray *
dmp_search_list_unsearched (DmpSearch *self, DmpSummary *summary)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const DmpCoverage *coverage = dmp_summary_get_coverage (summary);
  GPtrArray *all = g_ptr_array_new_with_free_func (unsearched_free);

  for (guint i = 0; i < coverage->items->len; i++)
    {
      const DmpCoverageItem *item = g_ptr_array_index (coverage->items, i);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, item->document));
      const DmpSearchSource *source =
          number > 0 ? g_ptr_array_index (self->documents, number - 1) : NULL;
      DmpSearchGap gap = judge (item, source);
      DmpUnsearched *unsearched;

      if (gap == DMP_SEARCH_GAP_NONE)
        continue;
      unsearched = g_new0 (DmpUnsearched, 1);
      unsearched->item = *item;
      unsearched->item.state = state_of (item, gap);
      unsearched->item.reason = g_strdup (source != NULL && source->reason != NULL ? source->reason
                                          : gap == DMP_SEARCH_GAP_PENDING ? _ ("lecture en cours")
                                                                          : item->reason);
      unsearched->gap = gap;
      g_ptr_array_add (all, unsearched);
    }
  return all;
}

static void
add_count (GString *out, guint n, const char *one, const char *many)
{
  if (n == 0)
    return;
  g_string_append_printf (out, "%s%u %s", out->len > 0 ? ", " : "", n, n > 1 ? many : one);
}

char *
dmp_search_dup_gaps_sentence (const GPtrArray *unsearched, guint listed)
{
  g_autoptr (GString) kinds = g_string_new (NULL);
  guint n[DMP_SEARCH_N_GAPS] = { 0 };

  if (unsearched->len == 0)
    return g_strdup ("");
  for (guint i = 0; i < unsearched->len; i++)
    n[((const DmpUnsearched *) g_ptr_array_index (unsearched, i))->gap]++;
  add_count (kinds, n[DMP_SEARCH_GAP_NO_TEXT], _ ("PDF ou image sans texte"),
             _ ("PDF ou images sans texte"));
  add_count (kinds, n[DMP_SEARCH_GAP_ENCRYPTED], _ ("chiffré"), _ ("chiffrés"));
  add_count (kinds, n[DMP_SEARCH_GAP_UNREADABLE], _ ("illisible"), _ ("illisibles"));
  add_count (kinds, n[DMP_SEARCH_GAP_PARTLY], _ ("en partie seulement"), _ ("en partie seulement"));
  add_count (kinds, n[DMP_SEARCH_GAP_PENDING], _ ("en cours"), _ ("en cours"));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u document sur %u ne peut pas être cherché : %s. Une absence de réponse ne "
                   "prouve rien pour lui.",
                   "%u documents sur %u ne peuvent pas être cherchés : %s. Une absence de "
                   "réponse ne prouve rien pour eux.",
                   unsearched->len),
      unsearched->len, listed, kinds->str);
}
