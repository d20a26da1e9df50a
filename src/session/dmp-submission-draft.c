#include "config.h"

#include "dmp-submission-draft.h"

DmpSubmissionDraft *
dmp_submission_draft_new (void)
{
  return g_new0 (DmpSubmissionDraft, 1);
}

void
dmp_submission_draft_free (DmpSubmissionDraft *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->type_code);
  g_free (self->file_name);
  g_free (self->mime);
  g_free (self->title);
  g_free (self->date);
  g_free (self->replaces);
  g_free (self);
}

static void
submitted_document_free (gpointer data)
{
  DmpSubmittedDocument *self = data;

  g_free (self->unique_id);
  g_free (self->hash);
  g_free (self->title);
  g_free (self);
}

DmpSubmissionReceipt *
dmp_submission_receipt_new (const char *submission_set)
{
  DmpSubmissionReceipt *self = g_new0 (DmpSubmissionReceipt, 1);

  self->submission_set = g_strdup (submission_set);
  self->documents = g_ptr_array_new_with_free_func (submitted_document_free);

  return self;
}

void
dmp_submission_receipt_free (DmpSubmissionReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->submission_set);
  g_free (self->signature);
  g_free (self->acknowledged_at);
  g_ptr_array_unref (self->documents);
  g_free (self);
}
