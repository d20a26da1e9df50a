#include "config.h"

#include "dmp-search-ask.h"

#include <string.h>

typedef struct
{
  DmpSearch *search;
  char *query, *since;
  guint max;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  dmp_search_unref (question->search);
  explicit_bzero (question->query, strlen (question->query));
  g_free (question->query);
  g_free (question->since);
  g_free (question);
}

void
dmp_search_answer_free (DmpSearchAnswer *answer)
{
  g_ptr_array_unref (answer->unsearched);
  dmp_search_results_free (answer->results);
  g_free (answer);
}

static void
look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Question *question = data;
  DmpSearchAnswer *answer = g_new0 (DmpSearchAnswer, 1);

  answer->results =
      dmp_search_find_since (question->search, question->query, question->since, question->max);
  answer->unsearched = answer->results->summary != NULL
                           ? dmp_search_list_unsearched (question->search, answer->results->summary)
                           : g_ptr_array_new ();
  g_task_return_pointer (task, answer, (GDestroyNotify) dmp_search_answer_free);
}

void
dmp_search_ask_async (GObject *source,
                      const DmpSearchQuestion *asked,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, NULL);
  Question *question = g_new0 (Question, 1);

  question->search = dmp_search_ref (asked->search);
  question->query = g_strdup (asked->query);
  question->since = g_strdup (asked->since);
  question->max = asked->max;
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, look);
}

DmpSearchAnswer *
dmp_search_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
