#include "config.h"

#include "dmp-summary-private.h"

#include <string.h>

/* What a screen turned to the patient shows. A document that the patient must not see leaves no
 * trace: neither a fact, nor a count, nor an older version of which nobody could say why it is
 * not the last. */

static gboolean
is_hidden (const DmpSummaryInput *input)
{
  return dmp_document_entry_get_fields (input->entry)->visibility != DMP_VISIBILITY_NORMAL;
}

static gboolean
replaces (const DmpSummaryInput *newer, const DmpSummaryInput *older)
{
  const DmpDocumentEntryFields *a = dmp_document_entry_get_fields (newer->entry);
  const DmpDocumentEntryFields *b = dmp_document_entry_get_fields (older->entry);
  const char *said =
      newer->document ? dmp_cda_document_get_header (newer->document)->replaces : NULL;

  return (a->replaces && (g_strcmp0 (a->replaces, b->unique_id) == 0 ||
                          g_strcmp0 (a->replaces, b->entry_uuid) == 0)) ||
         (said && g_strcmp0 (said, b->unique_id) == 0);
}

/* Takes those out of @inputs that @hidden replace. Returns: whether there were any */
static gboolean
drop_replaced (GPtrArray *inputs, GPtrArray *hidden)
{
  gboolean dropped = FALSE;

  for (guint i = inputs->len; i-- > 0;)
    for (guint k = 0; k < hidden->len; k++)
      if (replaces (hidden->pdata[k], inputs->pdata[i]))
        {
          g_ptr_array_add (hidden, inputs->pdata[i]);
          g_ptr_array_remove_index (inputs, i);
          dropped = TRUE;
          break;
        }
  return dropped;
}

void
dmp_summary_drop_hidden (GPtrArray *inputs)
{
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();

  for (guint i = inputs->len; i-- > 0;)
    if (is_hidden (inputs->pdata[i]))
      {
        g_ptr_array_add (hidden, inputs->pdata[i]);
        g_ptr_array_remove_index (inputs, i);
      }
  while (hidden->len > 0 && drop_replaced (inputs, hidden))
    ;
}

static void
mark_lines (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    ((DmpSummaryLine *) lines->pdata[i])->for_patient = TRUE;
}

void
dmp_summary_make_patient_view (DmpSummary *summary)
{
  GPtrArray *treatments = summary->blocks[DMP_BLOCK_TREATMENT].lines;

  summary->is_patient_view = TRUE;
  g_ptr_array_set_size (summary->flags, 0);
  g_clear_pointer (&summary->masking, g_free);
  summary->masking = g_strdup ("");
  mark_lines (summary->news);
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    mark_lines (summary->blocks[i].lines);
  for (guint i = 0; i < treatments->len; i++) /* "liste MT" */
    g_clear_pointer (&((DmpSummaryLine *) treatments->pdata[i])->label, g_free);
}
