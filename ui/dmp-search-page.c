#include "config.h"

#include "dmp-search-page.h"

#include "dmp-completeness.h"
#include "dmp-search-ask.h"
#include "dmp-search-gaps.h"
#include "dmp-search-kinds.h"
#include "dmp-search-list.h"
#include "dmp-search-names.h"
#include "dmp-search-preview.h"
#include "dmp-search-row.h"
#include "dmp-tag.h"
#include "dmp-zoom.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HITS 200      /* of a group that are got */
#define PREVIEW_AFTER 120 /* ms: what is passed by is not built */
#define LARGE_TEXT 1.5    /* times the usual one: no room for the preview */
#define RECENT 24         /* months */
#define ALL DMP_SEARCH_N_GROUPS

struct _DmpSearchPage
{
  AdwBin parent_instance;

  DmpSearchKinds *kinds;
  GtkToggleButton *recent;
  DmpSearchNames *names;
  GtkWidget *hint;
  DmpSearchGaps *gaps;
  GtkStack *stack;
  GtkLabel *nothing;
  GtkLabel *advice;
  GtkWidget *wider;
  DmpSearchList *list;
  DmpSearchPreview *preview;
  DmpCompleteness *bar;
  GtkLabel *searched;
  GtkLabel *answer;
  GtkWidget *keys;

  DmpSearchSource source;    /* @search is ours */
  char *query;               /* (nullable) */
  DmpSearchResults *results; /* (nullable): what is shown */
  gboolean busy;             /* a question is on its way */
  gboolean asked;            /* another question than the one that is answered */
  gboolean again;            /* and is not the last one */
  GCancellable *job;         /* of the record: an answer about another one is not shown */
  guint previewing;          /* source */
};

enum
{
  OPEN,
  ANSWERED,
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpSearchPage, dmp_search_page, ADW_TYPE_BIN)

static void ask (DmpSearchPage *self);

/* --- The chosen result --- */

static gboolean
preview_cb (gpointer data)
{
  DmpSearchPage *self = data;
  const DmpSearchHit *hit = dmp_search_list_get_hit (self->list);
  DmpDocumentEntry *entry = NULL;
  DmpCdaDocument *document = NULL;

  self->previewing = 0;
  if (hit != NULL && self->source.find_entry != NULL)
    entry = self->source.find_entry (hit->document, self->source.data);
  if (hit != NULL && self->source.find_document != NULL)
    document = self->source.find_document (hit->document, self->source.data);
  dmp_search_preview_set (self->preview, hit, entry, document);

  return G_SOURCE_REMOVE;
}

/* The rank of the chosen passage among those shown. */
static void
show_position (DmpSearchPage *self)
{
  const DmpSearchHit *hit = dmp_search_list_get_hit (self->list);
  GPtrArray *texts = self->results != NULL ? self->results->hits[DMP_SEARCH_TEXTS] : NULL;
  g_autofree char *text = NULL;
  guint rank;

  if (hit != NULL && texts != NULL && g_ptr_array_find (texts, hit, &rank))
    text = g_strdup_printf (_ ("passage %u sur %u"), rank + 1,
                            self->results->totals[DMP_SEARCH_TEXTS]);
  dmp_search_preview_set_position (self->preview, text != NULL ? text : "");
}

static void
on_chosen (DmpSearchPage *self)
{
  show_position (self);
  g_clear_handle_id (&self->previewing, g_source_remove);
  self->previewing = g_timeout_add (PREVIEW_AFTER, preview_cb, self);
}

static void
fill (DmpSearchPage *self)
{
  dmp_search_list_fill (self->list, self->results, dmp_search_kinds_get (self->kinds),
                        self->source.find_entry, self->source.data);
  gtk_stack_set_visible_child_name (self->stack,
                                    dmp_search_list_is_empty (self->list) ? "empty" : "list");
}

/* --- What is said of it --- */

/* Where nothing is found: what was asked for, and what may help. The strip above has already said
 * what cannot be searched. */
static void
say_nothing (DmpSearchPage *self)
{
  gboolean recent = gtk_toggle_button_get_active (self->recent);
  g_autofree char *text = NULL;

  if (self->query == NULL)
    text = g_strdup (_ ("Tapez un mot, un médicament, une analyse ou une valeur."));
  else if (recent)
    text =
        g_strdup_printf (_ ("Rien de tel pour « %s » dans les documents cherchés des 24 derniers "
                            "mois."),
                         self->query);
  else
    text =
        g_strdup_printf (_ ("Rien de tel pour « %s » dans les documents cherchés."), self->query);
  gtk_label_set_label (self->nothing, text);
  gtk_label_set_label (
      self->advice, self->query == NULL ? _ ("Par exemple : apixaban · créatinine > 100 · "
                                             "cardiologie")
                                        : _ ("Essayez le début d’un mot, un seul mot, ou une autre "
                                             "sorte de résultat."));
  gtk_widget_set_visible (self->wider, self->query != NULL && recent);
}

/* What cannot be searched first, then what was found: the order that it is read in. */
static void
say (DmpSearchPage *self)
{
  guint n = dmp_search_count_found (self->results, ALL);
  g_autofree char *found = NULL, *words = NULL;
  const char *gaps = dmp_search_gaps_get_text (self->gaps);

  if (n > 0 && self->results->apart)
    found = g_strdup_printf (_ ("%u résultats ; les mots sont dans un même document, mais pas dans "
                                "un même passage"),
                             n);
  else if (n > 0)
    found = g_strdup_printf (g_dngettext (NULL, "%u résultat", "%u résultats", n), n);
  say_nothing (self);
  gtk_label_set_label (self->answer, found != NULL ? found : "");
  if (self->query == NULL)
    return;
  words =
      g_strjoin (" ", found != NULL ? found : _ ("Aucun résultat."), n == 0 ? gaps : NULL, NULL);
  g_signal_emit (self, signals[ANSWERED], 0, words);
}

static void
show_searched (DmpSearchPage *self, DmpSummary *summary, const GPtrArray *unsearched)
{
  const DmpCoverage *coverage = summary != NULL ? dmp_summary_get_coverage (summary) : NULL;
  g_autofree char *text = NULL;

  if (coverage != NULL)
    text = g_strdup_printf (_ ("%u documents cherchés sur %u"),
                            coverage->listed - MIN (coverage->listed, unsearched->len),
                            coverage->listed);
  dmp_completeness_set_coverage (self->bar, coverage);
  gtk_label_set_label (self->searched, text != NULL ? text : "");
}

/* --- Asking, beside the main loop --- */

static gboolean
is_same_hit (const DmpSearchHit *a, const DmpSearchHit *b)
{
  return a->line == b->line && g_str_equal (a->document, b->document) &&
         g_str_equal (a->place, b->place) && g_str_equal (a->text, b->text);
}

/* Whether the same is found of the same summary: then the list stays under the reader's eyes as it
 * is.
 * @shown: (nullable) */
static gboolean
is_same (const DmpSearchResults *shown, const DmpSearchResults *found)
{
  if (shown == NULL || shown->summary != found->summary || shown->apart != found->apart)
    return FALSE;
  for (guint group = 0; group < DMP_SEARCH_N_GROUPS; group++)
    {
      const GPtrArray *a = shown->hits[group], *b = found->hits[group];

      if (a->len != b->len || shown->totals[group] != found->totals[group])
        return FALSE;
      for (guint i = 0; i < a->len; i++)
        if (!is_same_hit (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
          return FALSE;
    }

  return TRUE;
}

static void
show_results (DmpSearchPage *self, DmpSearchAnswer *answer)
{
  DmpSearchResults *old = g_steal_pointer (&self->results);

  self->results = g_steal_pointer (&answer->results);
  fill (self);
  dmp_search_results_free (old); /* its rows are gone now */
}

static void
take_answer (DmpSearchPage *self, DmpSearchAnswer *answer)
{
  DmpSummary *summary = answer->results->summary;

  dmp_search_gaps_set (self->gaps, summary, answer->unsearched);
  show_searched (self, summary, answer->unsearched);
  if (self->asked || !is_same (self->results, answer->results))
    show_results (self, answer);
  self->asked = FALSE;
  dmp_search_kinds_set_results (self->kinds, self->query != NULL ? self->results : NULL);
  dmp_search_names_set (self->names, (const char *const *) self->results->synonyms);
  say (self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  DmpSearchPage *self = DMP_SEARCH_PAGE (source);
  g_autoptr (DmpSearchAnswer) answer = dmp_search_ask_finish (result);

  self->busy = FALSE;
  if (self->again)
    ask (self);
  else if (answer != NULL)
    take_answer (self, answer);
}

/* Returns: (nullable): "yyyyMMdd" */
static char *
dup_since (DmpSearchPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) since = g_date_time_add_months (now, -RECENT);

  return gtk_toggle_button_get_active (self->recent) ? g_date_time_format (since, "%Y%m%d") : NULL;
}

static void
ask (DmpSearchPage *self)
{
  g_autofree char *since = dup_since (self);
  const DmpSearchQuestion question = { .search = self->source.search,
                                       .query = self->query != NULL ? self->query : "",
                                       .since = since,
                                       .max = MAX_HITS };

  self->again = self->busy;
  if (self->busy || self->source.search == NULL)
    return;
  self->busy = TRUE;
  dmp_search_ask_async (G_OBJECT (self), &question, self->job, looked_cb);
}

static void
set_query (DmpSearchPage *self, const char *query)
{
  if (self->query != NULL)
    explicit_bzero (self->query, strlen (self->query));
  g_free (self->query);
  self->query = query != NULL ? g_strstrip (g_strdup (query)) : NULL;
  if (self->query != NULL && *self->query == '\0')
    g_clear_pointer (&self->query, g_free);
}

void
dmp_search_page_ask (DmpSearchPage *self, const char *query)
{
  g_return_if_fail (DMP_IS_SEARCH_PAGE (self));

  set_query (self, query);
  dmp_search_list_reset (self->list);
  self->asked = TRUE;
  ask (self);
}

static void
forget (DmpSearchPage *self)
{
  set_query (self, NULL);
  self->again = FALSE;
  dmp_search_kinds_reset (self->kinds);
  dmp_search_list_reset (self->list);
  dmp_search_list_fill (self->list, NULL, ALL, NULL, NULL);
  g_clear_pointer (&self->results, dmp_search_results_free);
  g_clear_handle_id (&self->previewing, g_source_remove);
  gtk_toggle_button_set_active (self->recent, FALSE);
  dmp_search_preview_set (self->preview, NULL, NULL, NULL);
  dmp_search_gaps_set (self->gaps, NULL, NULL);
  show_searched (self, NULL, NULL);
  dmp_search_kinds_set_results (self->kinds, NULL);
  dmp_search_names_set (self->names, NULL);
  say (self);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

void
dmp_search_page_set_source (DmpSearchPage *self, const DmpSearchSource *source)
{
  DmpSearch *old;

  g_return_if_fail (DMP_IS_SEARCH_PAGE (self));

  old = self->source.search;
  if (source == NULL || source->search != old)
    {
      g_cancellable_cancel (self->job);
      g_object_unref (self->job);
      self->job = g_cancellable_new ();
    }
  self->source = source != NULL ? *source : (DmpSearchSource){ NULL, NULL, NULL, NULL };
  if (self->source.search != NULL)
    dmp_search_ref (self->source.search);
  g_clear_pointer (&old, dmp_search_unref);
  if (source == NULL)
    forget (self);
  else
    ask (self);
}

/* --- Working with the results --- */

static void
on_open (DmpSearchPage *self)
{
  const DmpSearchHit *hit = dmp_search_list_get_hit (self->list);

  if (hit != NULL)
    g_signal_emit (self, signals[OPEN], 0, hit->document, hit->place);
}

void
dmp_search_page_open (DmpSearchPage *self)
{
  g_return_if_fail (DMP_IS_SEARCH_PAGE (self));

  dmp_search_list_open (self->list);
}

gboolean
dmp_search_page_step (DmpSearchPage *self, int step)
{
  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), FALSE);

  return dmp_search_list_step (self->list, step);
}

char **
dmp_search_page_dup_words (DmpSearchPage *self)
{
  const DmpSearchHit *hit;

  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), NULL);

  hit = dmp_search_list_get_hit (self->list);

  return hit != NULL ? dmp_search_hit_dup_words (hit) : NULL;
}

void
dmp_search_page_toggle_gaps (DmpSearchPage *self)
{
  g_return_if_fail (DMP_IS_SEARCH_PAGE (self));

  dmp_search_gaps_toggle (self->gaps);
}

gboolean
dmp_search_page_focus (DmpSearchPage *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), FALSE);

  return dmp_search_list_focus (self->list);
}

gboolean
dmp_search_page_is_used (DmpSearchPage *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), FALSE);

  return dmp_search_list_is_used (self->list);
}

static void
on_leave (DmpSearchPage *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static void
on_recent (DmpSearchPage *self)
{
  dmp_search_list_reset (self->list);
  self->asked = TRUE;
  ask (self);
}

static void
on_wider (DmpSearchPage *self)
{
  gtk_toggle_button_set_active (self->recent, FALSE);
}

static void
on_open_gap (DmpSearchPage *self, const char *document)
{
  g_signal_emit (self, signals[OPEN], 0, document, "");
}

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DmpSearchPage *self = DMP_SEARCH_PAGE (widget);

  if (g_str_equal (name, "search.open"))
    dmp_search_page_open (self);
  else
    dmp_search_page_step (self, g_str_equal (name, "search.next") ? 1 : -1);
}

static void
show_group (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dmp_search_kinds_choose (DMP_SEARCH_PAGE (widget)->kinds, g_variant_get_uint32 (parameter));
}

/* --- Making --- */

static void
dmp_search_page_dispose (GObject *object)
{
  DmpSearchPage *self = DMP_SEARCH_PAGE (object);

  if (self->results != NULL)
    dmp_search_list_fill (self->list, NULL, ALL, NULL, NULL);
  g_clear_handle_id (&self->previewing, g_source_remove);
  g_clear_pointer (&self->source.search, dmp_search_unref);
  g_clear_pointer (&self->results, dmp_search_results_free);
  if (self->job != NULL)
    g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  set_query (self, NULL);

  G_OBJECT_CLASS (dmp_search_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, recent);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, names);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, hint);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, gaps);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, advice);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, wider);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, list);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, searched);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, answer);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, keys);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_recent);
  gtk_widget_class_bind_template_callback (widget_class, on_wider);
  gtk_widget_class_bind_template_callback (widget_class, on_open_gap);
}

static void
dmp_search_page_class_init (DmpSearchPageClass *klass)
{
  static const char *const names[] = { "search.open", "search.next", "search.previous" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_search_page_dispose;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[ANSWERED] = g_signal_new ("answered", DMP_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEAVE] = g_signal_new ("leave", DMP_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_install_action (widget_class, names[i], NULL, run_action);
  gtk_widget_class_install_action (widget_class, "search.all", "u", show_group);
  g_type_ensure (DMP_TYPE_SEARCH_GAPS);
  g_type_ensure (DMP_TYPE_SEARCH_KINDS);
  g_type_ensure (DMP_TYPE_SEARCH_LIST);
  g_type_ensure (DMP_TYPE_SEARCH_NAMES);
  g_type_ensure (DMP_TYPE_SEARCH_PREVIEW);
  g_type_ensure (DMP_TYPE_COMPLETENESS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-search-page.ui");
  bind_children (widget_class);
}

static void
dmp_search_page_init (DmpSearchPage *self)
{
  gboolean roomy = dmp_zoom_get_text_scale () <= LARGE_TEXT;

  self->job = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->preview), roomy);
  gtk_widget_set_visible (self->hint, roomy);
  gtk_widget_set_visible (self->keys, roomy);
  forget (self);
}
