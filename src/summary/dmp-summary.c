#include "config.h"

#include "dmp-summary-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (DmpSummary, dmp_summary, G_TYPE_OBJECT)

static void
dmp_summary_finalize (GObject *object)
{
  DmpSummary *self = DMP_SUMMARY (object);

  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    {
      g_ptr_array_unref (self->blocks[i].lines);
      g_ptr_array_unref (self->blocks[i].missing);
      g_free (self->blocks[i].sentence);
    }
  g_ptr_array_unref (self->coverage.items);
  g_ptr_array_unref (self->flags);
  g_ptr_array_unref (self->news);
  g_ptr_array_unref (self->facts);
  g_free (self->news_title);
  g_free (self->masking);
  g_clear_pointer (&self->lists, dmp_summary_lists_free);
  g_clear_pointer (&self->vsm, dmp_summary_vsm_free);
  g_ptr_array_unref (self->stays);
  g_ptr_array_unref (self->tables);
  g_free (self->tables_sentence);
  g_free (self->checks_sentence);
  g_clear_object (&self->patient);
  g_clear_object (&self->for_patient);
  g_clear_object (&self->patient_view);
  g_clear_pointer (&self->others, dmp_summary_builder_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (dmp_summary_parent_class)->finalize (object);
}

static void
dmp_summary_class_init (DmpSummaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_summary_finalize;
}

static void
dmp_summary_init (DmpSummary *self)
{
  g_mutex_init (&self->lock);
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    {
      self->blocks[i].id = i;
      self->blocks[i].lines =
          g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_summary_line_free);
      self->blocks[i].missing =
          g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_summary_missing_free);
    }
  self->coverage.items = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_coverage_item_free);
  self->flags = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_summary_flag_free);
  self->news = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_summary_line_free);
  self->stays = g_ptr_array_new ();
  self->tables = g_ptr_array_new ();
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_fact_unref);
}

DmpPatient *
dmp_summary_get_patient (DmpSummary *self)
{
  return self->patient;
}

/* Seldom asked for, and as long to make as the summary itself: of most that come while a record is
 * read, never. */
static DmpSummary *
get_other (DmpSummary *self, DmpSummary **other, gboolean patient_view)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (*other == NULL && self->others)
    *other = dmp_summary_builder_build_other (self->others, patient_view);
  return *other;
}

DmpSummary *
dmp_summary_get_for_patient (DmpSummary *self)
{
  DmpSummary *other = get_other (self, &self->for_patient, FALSE);

  return other ? other : self;
}

const DmpSummaryBlock *
dmp_summary_get_block (DmpSummary *self, DmpBlockId block)
{
  return &self->blocks[block];
}

const DmpCoverage *
dmp_summary_get_coverage (DmpSummary *self)
{
  return &self->coverage;
}

GPtrArray *
dmp_summary_get_flags (DmpSummary *self)
{
  return self->flags;
}

GPtrArray *
dmp_summary_get_news (DmpSummary *self)
{
  return self->news;
}

const char *
dmp_summary_get_news_title (DmpSummary *self)
{
  return self->news_title;
}

const char *
dmp_summary_get_masking_sentence (DmpSummary *self)
{
  return self->masking;
}

const char *
dmp_summary_get_footnote (DmpSummary *self)
{
  if (self->is_patient_view)
    return _ ("Délivré ne veut pas dire pris. Ce résumé ne remplace pas le dossier.");
  return _ (
      "AM : délivré ≠ pris ; hôpital et sans ordonnance absents. Ce résumé ne remplace pas le "
      "dossier.");
}

DmpSummary *
dmp_summary_get_patient_view (DmpSummary *self)
{
  return get_other (self, &self->patient_view, TRUE);
}

gboolean
dmp_summary_is_for_patient (DmpSummary *self)
{
  return self->is_patient_view;
}

const DmpSummaryLists *
dmp_summary_get_lists (DmpSummary *self)
{
  return self->lists;
}

const DmpSummaryVsm *
dmp_summary_get_vsm (DmpSummary *self)
{
  return self->vsm;
}

GPtrArray *
dmp_summary_get_stays (DmpSummary *self)
{
  return self->stays;
}

GPtrArray *
dmp_summary_get_tables (DmpSummary *self)
{
  return self->tables;
}

const char *
dmp_summary_get_tables_sentence (DmpSummary *self)
{
  return self->tables_sentence;
}

DmpChecks
dmp_summary_get_checks (DmpSummary *self)
{
  return self->checks;
}

const char *
dmp_summary_get_checks_sentence (DmpSummary *self)
{
  return self->checks_sentence;
}

const DmpSummaryLine *
dmp_summary_get_line (DmpSummary *self, const char *id)
{
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    for (guint k = 0; k < self->blocks[i].lines->len; k++)
      {
        const DmpSummaryLine *line = g_ptr_array_index (self->blocks[i].lines, k);

        if (strcmp (line->id, id) == 0)
          return line;
      }
  return NULL;
}
