#include "config.h"

#include "dmp-summary-page-private.h"

#include <string.h>

/* What the page tells of the line that has the focus, or had it last. */

const char *
dmp_summary_page_get_source (DmpSummaryPage *self, const char **place)
{
  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), NULL);

  dmp_summary_page_remember_focus (self);
  for (int i = 0; self->last_line != NULL && i < DMP_SUMMARY_N_BLOCKS; i++)
    {
      GPtrArray *sources = dmp_block_get_sources (self->blocks[i], self->last_line);

      if (sources != NULL && sources->len > 0)
        {
          const DmpSummarySource *source = g_ptr_array_index (sources, 0);

          *place = source->place;
          return source->document;
        }
    }

  return NULL;
}

DmpSummary *
dmp_summary_page_get_lists (DmpSummaryPage *self)
{
  const DmpSummaryFlag *flag;
  GtkWidget *row;

  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), NULL);

  row = dmp_summary_page_get_focus_row (self);
  flag = row != NULL ? dmp_line_get_flag (row) : NULL;

  return flag != NULL && strcmp (flag->rule, "C2") == 0 && dmp_summary_get_lists (self->summary)
             ? self->summary
             : NULL;
}

DmpLineParting
dmp_summary_page_get_parting (DmpSummaryPage *self, char **line)
{
  const DmpSummaryLine *found = NULL;
  DmpLineParting parting;

  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), DMP_LINE_CANNOT_PART);

  *line = NULL;
  dmp_summary_page_remember_focus (self);
  if (self->summary != NULL && self->last_line != NULL)
    found = dmp_summary_get_line (self->summary, self->last_line);
  parting = found != NULL ? dmp_line_get_parting (found) : DMP_LINE_CANNOT_PART;
  if (parting != DMP_LINE_CANNOT_PART)
    *line = g_strdup (found->whole != NULL ? found->whole : found->id);

  return parting;
}

gboolean
dmp_summary_page_is_aside (DmpSummaryPage *self)
{
  const DmpSummaryFlag *flag;
  GtkWidget *row;

  g_return_val_if_fail (DMP_IS_SUMMARY_PAGE (self), FALSE);

  row = dmp_summary_page_get_focus_row (self);
  flag = row != NULL ? dmp_line_get_flag (row) : NULL;

  return flag != NULL && dmp_aside_get_time (self->aside, flag->id) != NULL;
}
