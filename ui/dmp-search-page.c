#include "config.h"

#include "dmp-search-page.h"

#include "dmp-completeness.h"
#include "dmp-search-ask.h"
#include "dmp-search-gaps.h"
#include "dmp-search-kinds.h"
#include "dmp-search-preview.h"
#include "dmp-search-row.h"
#include "dmp-tag.h"
#include "dmp-zoom.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HITS 200      /* of a group that are got */
#define PREVIEW_AFTER 120 /* ms: what is passed by is not built */
#define LARGE_TEXT 1.5    /* times the usual one: no room for the preview */
#define ALL DMP_SEARCH_N_GROUPS

struct _DmpSearchPage
{
  AdwBin parent_instance;

  DmpSearchKinds *kinds;
  GtkLabel *names;
  GtkWidget *hint;
  DmpSearchGaps *gaps;
  GtkStack *stack;
  GtkLabel *nothing;
  GtkListBox *list;
  DmpSearchPreview *preview;
  DmpCompleteness *bar;
  GtkLabel *searched;
  GtkLabel *answer;

  DmpSearchSource source;    /* @search is ours */
  char *query;               /* (nullable) */
  DmpSearchResults *results; /* (nullable): what is shown */
  GtkListBoxRow *chosen;     /* (nullable): borrowed from the list */
  gboolean unfolded[DMP_SEARCH_N_GROUPS];
  gboolean used; /* a result was chosen by hand since the question */
  gboolean filling;
  gboolean busy;     /* a question is on its way */
  gboolean again;    /* and is not the last one */
  GCancellable *job; /* of the record: an answer about another one is not shown */
  guint previewing;  /* source */
};

enum
{
  OPEN,
  ANSWERED,
  LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* How many of a group stand under "all" before the rest folds. */
static const guint limits[DMP_SEARCH_N_GROUPS] = {
  [DMP_SEARCH_VALUES] = 4, [DMP_SEARCH_TREATMENTS] = 8, [DMP_SEARCH_TEXTS] = 30
};

G_DEFINE_FINAL_TYPE (DmpSearchPage, dmp_search_page, ADW_TYPE_BIN)

static void ask (DmpSearchPage *self);

/* --- The chosen result --- */

static const DmpSearchHit *
get_hit (DmpSearchPage *self)
{
  return dmp_search_row_get_hit (self->chosen);
}

static gboolean
preview_cb (gpointer data)
{
  DmpSearchPage *self = data;
  const DmpSearchHit *hit = get_hit (self);
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
  const DmpSearchHit *hit = get_hit (self);
  GPtrArray *texts = self->results != NULL ? self->results->hits[DMP_SEARCH_TEXTS] : NULL;
  g_autofree char *text = NULL;
  guint rank;

  if (hit != NULL && texts != NULL && g_ptr_array_find (texts, hit, &rank))
    text = g_strdup_printf (_ ("passage %u sur %u"), rank + 1,
                            self->results->totals[DMP_SEARCH_TEXTS]);
  dmp_search_preview_set_position (self->preview, text != NULL ? text : "");
}

static void
on_selected (DmpSearchPage *self, GtkListBoxRow *row)
{
  self->chosen = row;
  if (self->filling)
    return;
  self->used = self->used || row != NULL;
  show_position (self);
  g_clear_handle_id (&self->previewing, g_source_remove);
  self->previewing = g_timeout_add (PREVIEW_AFTER, preview_cb, self);
}

/* --- Filling the list --- */

static void
add_rows (DmpSearchPage *self, DmpSearchGroup group)
{
  GPtrArray *hits = self->results->hits[group];
  guint shown = self->unfolded[group] || dmp_search_kinds_get (self->kinds) == group
                    ? hits->len
                    : MIN (hits->len, limits[group]);

  for (guint i = 0; i < shown; i++)
    {
      const DmpSearchHit *hit = g_ptr_array_index (hits, i);
      DmpDocumentEntry *entry = self->source.find_entry != NULL
                                    ? self->source.find_entry (hit->document, self->source.data)
                                    : NULL;

      gtk_list_box_append (self->list, dmp_search_row_new (group, hit, entry));
    }
  if (self->results->totals[group] > shown)
    gtk_list_box_append (self->list,
                         dmp_search_row_new_more (group, self->results->totals[group] - shown));
}

static void
clear_rows (DmpSearchPage *self)
{
  GtkListBoxRow *row;

  self->chosen = NULL;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static GtkListBoxRow *
find_row (DmpSearchPage *self, const char *key)
{
  GtkListBoxRow *row;

  for (int i = 0; key != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      g_autofree char *other = dmp_search_row_dup_key (row);

      if (g_strcmp0 (other, key) == 0)
        return row;
    }

  return gtk_list_box_get_row_at_index (self->list, 0);
}

static gboolean
has_focus_in_list (DmpSearchPage *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
}

/* The chosen row stays the chosen one when it is found again. */
static void
fill (DmpSearchPage *self)
{
  g_autofree char *key = self->used ? dmp_search_row_dup_key (self->chosen) : NULL;
  gboolean focused = has_focus_in_list (self);
  guint kind = dmp_search_kinds_get (self->kinds);

  self->filling = TRUE;
  clear_rows (self);
  for (guint group = 0; self->results != NULL && group < DMP_SEARCH_N_GROUPS; group++)
    if (kind == ALL || kind == group)
      add_rows (self, group);
  gtk_list_box_select_row (self->list, find_row (self, key));
  self->chosen = gtk_list_box_get_selected_row (self->list);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->chosen != NULL ? "list" : "empty");
  if (focused)
    dmp_search_page_focus (self);
  show_position (self);
  g_clear_handle_id (&self->previewing, g_source_remove);
  self->previewing = g_timeout_add (PREVIEW_AFTER, preview_cb, self);
}

/* --- What is said of it --- */

static void
show_names (DmpSearchPage *self)
{
  g_autofree char *names =
      self->results != NULL ? g_strjoinv (", ", self->results->synonyms) : g_strdup ("");
  g_autofree char *text = *names != '\0' ? g_strdup_printf (_ ("Cherché aussi : %s"), names) : NULL;

  gtk_label_set_label (self->names, text != NULL ? text : "");
}

/* What cannot be searched first, then what was found: the order that it is read in. */
static void
say (DmpSearchPage *self)
{
  guint n = dmp_search_count_found (self->results, ALL);
  g_autofree char *found = NULL, *text = NULL;
  const char *gaps = dmp_search_gaps_get_text (self->gaps);

  if (self->query == NULL)
    text = g_strdup (_ ("Tapez un mot, un médicament, une analyse ou une valeur."));
  else if (n == 0)
    text =
        g_strdup_printf (_ ("Rien de tel pour « %s » dans les documents cherchés."), self->query);
  else if (self->results->apart)
    found = g_strdup_printf (_ ("%u résultats ; les mots sont dans un même document, mais pas dans "
                                "un même passage"),
                             n);
  else
    found = g_strdup_printf (g_dngettext (NULL, "%u résultat", "%u résultats", n), n);
  if (text != NULL)
    {
      g_autofree char *all = g_strjoin (*gaps != '\0' ? "\n\n" : "", gaps, text, NULL);

      gtk_label_set_label (self->nothing, all);
    }
  gtk_label_set_label (self->answer, found != NULL ? found : "");
  if (self->query != NULL)
    {
      g_autofree char *words = g_strjoin (" ", found != NULL ? found : _ ("Aucun résultat."),
                                          n == 0 ? gaps : NULL, NULL);

      g_signal_emit (self, signals[ANSWERED], 0, words);
    }
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

static void
take_answer (DmpSearchPage *self, DmpSearchAnswer *answer)
{
  DmpSearchResults *old = g_steal_pointer (&self->results);
  DmpSummary *summary = answer->results->summary;

  dmp_search_gaps_set (self->gaps, summary, answer->unsearched);
  show_searched (self, summary, answer->unsearched);
  self->results = g_steal_pointer (&answer->results);
  fill (self);
  dmp_search_results_free (old); /* its rows are gone now */
  dmp_search_kinds_set_results (self->kinds, self->query != NULL ? self->results : NULL);
  show_names (self);
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

static void
ask (DmpSearchPage *self)
{
  self->again = self->busy;
  if (self->busy || self->source.search == NULL)
    return;
  self->busy = TRUE;
  dmp_search_ask_async (G_OBJECT (self), self->source.search,
                        self->query != NULL ? self->query : "", MAX_HITS, self->job, looked_cb);
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
  self->used = FALSE;
  memset (self->unfolded, 0, sizeof self->unfolded);
  ask (self);
}

static void
forget (DmpSearchPage *self)
{
  g_clear_handle_id (&self->previewing, g_source_remove);
  set_query (self, NULL);
  self->again = FALSE;
  self->used = FALSE;
  dmp_search_kinds_reset (self->kinds);
  self->filling = TRUE;
  clear_rows (self);
  self->filling = FALSE;
  dmp_search_preview_set (self->preview, NULL, NULL, NULL);
  g_clear_pointer (&self->results, dmp_search_results_free);
  dmp_search_gaps_set (self->gaps, NULL, NULL);
  show_searched (self, NULL, NULL);
  dmp_search_kinds_set_results (self->kinds, self->query != NULL ? self->results : NULL);
  show_names (self);
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
on_activated (DmpSearchPage *self, GtkListBoxRow *row)
{
  const DmpSearchHit *hit = dmp_search_row_get_hit (row);

  self->used = TRUE;
  if (hit != NULL)
    {
      g_signal_emit (self, signals[OPEN], 0, hit->document, hit->place);
      return;
    }
  self->unfolded[dmp_search_row_get_group (row)] = TRUE;
  fill (self);
}

void
dmp_search_page_open (DmpSearchPage *self)
{
  g_return_if_fail (DMP_IS_SEARCH_PAGE (self));

  if (self->chosen != NULL)
    on_activated (self, self->chosen);
}

gboolean
dmp_search_page_step (DmpSearchPage *self, int step)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkListBoxRow *row;
  guint at = 0;
  int next;

  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (dmp_search_row_get_hit (row) != NULL && dmp_search_row_get_group (row) == DMP_SEARCH_TEXTS)
      g_ptr_array_add (rows, row);
  if (rows->len == 0)
    return FALSE;
  if (g_ptr_array_find (rows, self->chosen, &at))
    next = ((int) at + step + (int) rows->len) % (int) rows->len;
  else
    next = step > 0 ? 0 : (int) rows->len - 1;
  gtk_list_box_select_row (self->list, rows->pdata[next]);
  dmp_search_page_focus (self);

  return TRUE;
}

char **
dmp_search_page_dup_words (DmpSearchPage *self)
{
  const DmpSearchHit *hit;

  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), NULL);

  hit = get_hit (self);

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

  if (self->chosen == NULL)
    return FALSE;
  self->used = TRUE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->chosen));
}

gboolean
dmp_search_page_is_used (DmpSearchPage *self)
{
  g_return_val_if_fail (DMP_IS_SEARCH_PAGE (self), FALSE);

  return self->used && self->chosen != NULL;
}

static gboolean
on_keynav_failed (DmpSearchPage *self, GtkDirectionType direction)
{
  if (direction != GTK_DIR_UP)
    return FALSE;
  g_signal_emit (self, signals[LEAVE], 0);

  return TRUE;
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

/* --- Making --- */

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const DmpSearchPage *self = data;

  if (self->results != NULL)
    dmp_search_row_set_header (row, before, self->results);
}

static void
dmp_search_page_dispose (GObject *object)
{
  DmpSearchPage *self = DMP_SEARCH_PAGE (object);

  g_clear_handle_id (&self->previewing, g_source_remove);
  g_clear_pointer (&self->source.search, dmp_search_unref);
  g_clear_pointer (&self->results, dmp_search_results_free);
  if (self->job != NULL)
    g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  set_query (self, NULL);
  self->filling = TRUE; /* the list goes too */

  G_OBJECT_CLASS (dmp_search_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, names);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, hint);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, gaps);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, list);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, searched);
  gtk_widget_class_bind_template_child (widget_class, DmpSearchPage, answer);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_keynav_failed);
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
  g_type_ensure (DMP_TYPE_SEARCH_GAPS);
  g_type_ensure (DMP_TYPE_SEARCH_KINDS);
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
  gtk_list_box_set_header_func (self->list, set_header, self, NULL);
  forget (self);
}
