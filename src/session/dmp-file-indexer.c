#include "config.h"

#include "dmp-file-indexer.h"

#include "cda/dmp-cda-place.h"
#include "files/dmp-file-text.h"

#include <glib/gi18n-lib.h>

#define TELL_AFTER_US (300 * 1000) /* between two calls of the function, but for the last */

/* What stands between the thread and the main context; outlives both. */
typedef struct
{
  gatomicrefcount refs;
  GMainContext *context;
  DmpFileIndexerFunc func; /* NULL once the owner has gone; main context only */
  gpointer user_data;
} Outlet;

struct _DmpFileIndexer
{
  GThread *thread;
  GAsyncQueue *items;
  Outlet *outlet;
  DmpSearch *search;
  GCancellable *cancellable;
  GHashTable *known; /* unique ids; main context only */
  gint pending;      /* atomic */
};

typedef struct
{
  char *unique_id;          /* NULL: stop */
  DmpCdaDocument *document; /* (nullable) */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->unique_id);
  g_clear_object (&item->document);
  g_free (item);
}

static void
outlet_unref (Outlet *outlet)
{
  if (!g_atomic_ref_count_dec (&outlet->refs))
    return;
  g_main_context_unref (outlet->context);
  g_free (outlet);
}

/* --- One document ---------------------------------------------------------------------------- */

typedef struct
{
  DmpSearch *search;
  const char *unique_id;
  DmpCdaPlace place;
} Reading;

static void
take_page (guint page, guint start, const char *text, gpointer data)
{
  Reading *reading = data;

  reading->place.page = page;
  reading->place.start = start;
  dmp_search_add_text (reading->search, reading->unique_id, &reading->place, text);
}

/* What the search says of a file that was read so. @reason: (out) (transfer full) (nullable) */
static DmpSearchGap
judge (const DmpFileTextReport *report, const char *mime, char **reason)
{
  *reason = NULL;
  switch (report->state)
    {
    case DMP_FILE_TEXT_READ:
      return DMP_SEARCH_GAP_NONE;
    case DMP_FILE_TEXT_SOME:
      *reason = g_strdup_printf (_ ("%u pages sur %u sans texte"), report->without, report->pages);
      return DMP_SEARCH_GAP_PARTLY;
    case DMP_FILE_TEXT_CUT:
      *reason =
          g_str_equal (mime, "application/pdf")
              ? g_strdup_printf (_ ("trop long : seules les %u premières pages sont cherchées"),
                                 report->pages)
              : g_strdup (_ ("trop long : seul son début est cherché"));
      return DMP_SEARCH_GAP_PARTLY;
    case DMP_FILE_TEXT_NONE:
      *reason = g_strdup (g_str_has_prefix (mime, "image/")       ? _ ("image sans texte")
                          : g_str_equal (mime, "application/pdf") ? _ ("PDF sans texte")
                                                                  : _ ("texte vide"));
      return DMP_SEARCH_GAP_NO_TEXT;
    case DMP_FILE_TEXT_ENCRYPTED:
      *reason = g_strdup (_ ("chiffré"));
      return DMP_SEARCH_GAP_ENCRYPTED;
    case DMP_FILE_TEXT_UNKNOWN:
      *reason = g_strdup_printf (_ ("fichier de type %s, non cherché"), mime);
      return DMP_SEARCH_GAP_UNREADABLE;
    case DMP_FILE_TEXT_DAMAGED:
    default:
      *reason = g_strdup (_ ("fichier endommagé, ou trop lourd à lire"));
      return DMP_SEARCH_GAP_UNREADABLE;
    }
}

static DmpSearchGap
read_file (Reading *reading, const DmpCdaAttachment *file, GCancellable *cancellable, char **reason)
{
  DmpFileTextReport report;

  if (file->bytes == NULL)
    {
      *reason = g_strdup (_ ("fichier corrompu"));
      return DMP_SEARCH_GAP_UNREADABLE;
    }
  report = dmp_file_text_read (file->bytes, file->mime, take_page, reading, cancellable);
  return judge (&report, file->mime, reason);
}

void
dmp_file_indexer_read (DmpSearch *search,
                       const char *unique_id,
                       DmpCdaDocument *document,
                       GCancellable *cancellable)
{
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  gboolean alone = dmp_cda_document_get_body (document) == DMP_CDA_BODY_NON_XML;
  DmpSearchGap worst = DMP_SEARCH_GAP_NONE;
  g_autofree char *why = NULL;

  if (!dmp_search_is_waiting (search, unique_id))
    return;
  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Reading reading = { search, unique_id, { .attachment = i + 1 } };
      g_autofree char *reason = NULL;
      DmpSearchGap gap;

      if (!dmp_search_wants_file (document, i))
        continue;
      dmp_cda_document_find_attachment (document, i + 1, &reading.place.block);
      gap = read_file (&reading, g_ptr_array_index (files, i), cancellable, &reason);
      if (gap == DMP_SEARCH_GAP_NONE)
        continue;
      worst = alone ? gap : DMP_SEARCH_GAP_PARTLY;
      g_free (why);
      why = alone ? g_steal_pointer (&reason) : g_strdup_printf (_ ("fichier joint : %s"), reason);
    }
  if (!g_cancellable_is_cancelled (cancellable))
    dmp_search_set_gap (search, unique_id, worst, why);
}

/* --- In the thread --------------------------------------------------------------------------- */

static gboolean
deliver (gpointer data)
{
  const Outlet *outlet = data;

  if (outlet->func != NULL)
    outlet->func (outlet->user_data);
  return G_SOURCE_REMOVE;
}

static void
tell (DmpFileIndexer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_atomic_ref_count_inc (&self->outlet->refs);
  g_source_set_callback (source, deliver, self->outlet, (GDestroyNotify) outlet_unref);
  g_source_attach (source, self->outlet->context);
}

static gpointer
indexer_main (gpointer data)
{
  DmpFileIndexer *self = data;
  gint64 told = 0;

  for (;;)
    {
      Item *item = g_async_queue_pop (self->items);
      gboolean stop = item->unique_id == NULL || g_cancellable_is_cancelled (self->cancellable);

      if (!stop)
        dmp_file_indexer_read (self->search, item->unique_id, item->document, self->cancellable);
      item_free (item);
      if (stop)
        return NULL;
      if (!g_atomic_int_dec_and_test (&self->pending) &&
          g_get_monotonic_time () - told < TELL_AFTER_US)
        continue;
      told = g_get_monotonic_time ();
      tell (self);
    }
}

/* --- For the owner --------------------------------------------------------------------------- */

DmpFileIndexer *
dmp_file_indexer_new (DmpSearch *search, DmpFileIndexerFunc func, gpointer user_data)
{
  DmpFileIndexer *self = g_new0 (DmpFileIndexer, 1);

  self->search = dmp_search_ref (search);
  self->items = g_async_queue_new_full (item_free);
  self->cancellable = g_cancellable_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->outlet = g_new0 (Outlet, 1);
  g_atomic_ref_count_init (&self->outlet->refs);
  self->outlet->context = g_main_context_ref_thread_default ();
  self->outlet->func = func;
  self->outlet->user_data = user_data;
  self->thread = g_thread_new ("dmp-files", indexer_main, self);
  return self;
}

static void
push (DmpFileIndexer *self, const char *unique_id, DmpCdaDocument *document)
{
  Item *item = g_new0 (Item, 1);

  item->unique_id = g_strdup (unique_id);
  item->document = document != NULL ? g_object_ref (document) : NULL;
  g_async_queue_push (self->items, item);
}

void
dmp_file_indexer_add (DmpFileIndexer *self, const char *unique_id, DmpCdaDocument *document)
{
  if (!g_hash_table_add (self->known, g_strdup (unique_id)))
    return;
  g_atomic_int_inc (&self->pending);
  push (self, unique_id, document);
}

guint
dmp_file_indexer_get_pending (DmpFileIndexer *self)
{
  return (guint) g_atomic_int_get (&self->pending);
}

void
dmp_file_indexer_free (DmpFileIndexer *self)
{
  if (self == NULL)
    return;
  self->outlet->func = NULL;
  g_cancellable_cancel (self->cancellable);
  push (self, NULL, NULL);
  g_thread_join (self->thread);
  g_async_queue_unref (self->items);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->known);
  dmp_search_unref (self->search);
  outlet_unref (self->outlet);
  g_free (self);
}
