#include "config.h"

#include "dmp-digest.h"
#include "dmp-document-title.h"
#include "model/dmp-error.h"
#include "summary/dmp-summary-builder.h"

#include <glib/gi18n-lib.h>

#define FLUSH_INTERVAL_US (300 * 1000) /* between two summaries while documents still arrive */

typedef enum
{
  ITEM_RULES,
  ITEM_APART,
  ITEM_EXPECT,
  ITEM_MENTION,
  ITEM_FEED,
  ITEM_FAIL,
  ITEM_END,
  ITEM_END_PARTIAL,
  ITEM_STOP
} ItemKind;

typedef struct
{
  ItemKind kind;
  DmpDocumentEntry *entry;
  GBytes *bytes;
  GError *error;
  DmpChecks checks;
  DmpBdpm *bdpm;
  char *line; /* id, of the summary */
  gboolean apart;
} Item;

/* What stands between the thread and the main context; outlives both. */
typedef struct
{
  gatomicrefcount refs;
  GMainContext *context;
  DmpDigestFunc func; /* NULL once the owner has gone; main context only */
  gpointer user_data;
} Outlet;

struct _DmpDigest
{
  GThread *thread;
  GAsyncQueue *items;
  Outlet *outlet;
  DmpSearch *search; /* (nullable) */
  gint stopping;     /* atomic */
};

/* The thread's own. */
typedef struct
{
  DmpDigest *digest; /* joined before it is freed */
  DmpSummaryBuilder *builder;
  DmpPatient *patient;
  GPtrArray *digested;
  guint pending;
  gint64 flushed_at;
  gint64 unflushed_since; /* when the first of @digested was read */
  gboolean begun;         /* documents are known of */
  gboolean ended;         /* all is in the summary */
} Mill;

typedef struct
{
  Outlet *outlet;
  GPtrArray *digested;
  DmpSummary *summary;
  guint pending;
} Delivery;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->entry);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_error (&item->error);
  g_clear_pointer (&item->bdpm, dmp_bdpm_unref);
  g_free (item->line);
  g_free (item);
}

void
dmp_digested_free (DmpDigested *self)
{
  if (self == NULL)
    return;
  g_free (self->unique_id);
  g_clear_object (&self->document);
  g_free (self->problem);
  g_free (self);
}

static GPtrArray *
new_digested (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_digested_free);
}

static void
outlet_unref (Outlet *outlet)
{
  if (!g_atomic_ref_count_dec (&outlet->refs))
    return;
  g_main_context_unref (outlet->context);
  g_free (outlet);
}

/* --- In the thread --------------------------------------------------------------------------- */

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_ptr_array_unref (delivery->digested);
  g_object_unref (delivery->summary);
  outlet_unref (delivery->outlet);
  g_free (delivery);
}

static gboolean
deliver (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->outlet->func != NULL)
    delivery->outlet->func (delivery->digested, delivery->summary, delivery->pending,
                            delivery->outlet->user_data);
  return G_SOURCE_REMOVE;
}

static void
flush (Mill *mill, gboolean end)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  dmp_summary_builder_set_partial (mill->builder, !end);
  delivery->outlet = mill->digest->outlet;
  g_atomic_ref_count_inc (&delivery->outlet->refs);
  delivery->summary = dmp_summary_builder_build (mill->builder);
  delivery->digested = mill->digested;
  delivery->pending = mill->pending;
  mill->digested = new_digested ();
  mill->flushed_at = g_get_monotonic_time ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_attach (source, delivery->outlet->context);
}

static void
keep (Mill *mill, DmpDigested *digested)
{
  if (mill->digested->len == 0)
    mill->unflushed_since = g_get_monotonic_time ();
  g_ptr_array_add (mill->digested, digested);
  mill->pending -= mill->pending > 0 ? 1 : 0;
}

static void
fail (Mill *mill, DmpDocumentEntry *entry, const GError *error)
{
  DmpDigested *digested = g_new0 (DmpDigested, 1);

  dmp_summary_builder_add_unread (mill->builder, entry, dmp_unread_from_error (error),
                                  error->message);
  digested->unique_id = g_strdup (dmp_document_entry_get_unique_id (entry));
  digested->problem = g_strdup (error->message);
  keep (mill, digested);
}

static void
read_document (Mill *mill, DmpDocumentEntry *entry, GBytes *bytes)
{
  DmpDigested *digested = dmp_digest_read (entry, bytes, mill->patient);

  if (digested->document != NULL)
    dmp_summary_builder_add (mill->builder, entry, digested->document);
  else
    dmp_summary_builder_add_unread (
        mill->builder, entry,
        digested->wrong_patient ? DMP_UNREAD_WRONG_PATIENT : DMP_UNREAD_CORRUPT, digested->problem);
  if (digested->document != NULL && mill->digest->search != NULL)
    dmp_digest_index (mill->digest->search, entry, digested->document);
  keep (mill, digested);
}

static gboolean
grind (Mill *mill, Item *item)
{
  switch (item->kind)
    {
    case ITEM_RULES:
      dmp_summary_builder_set_checks (mill->builder, item->checks);
      dmp_summary_builder_set_bdpm (mill->builder, item->bdpm);
      break;
    case ITEM_APART:
      dmp_summary_builder_set_apart (mill->builder, item->line, item->apart);
      if (mill->begun)
        flush (mill, mill->ended);
      break;
    case ITEM_EXPECT:
      mill->begun = TRUE;
      mill->pending++;
      dmp_summary_builder_add_unread (mill->builder, item->entry, DMP_UNREAD_PENDING, NULL);
      break;
    case ITEM_MENTION:
      dmp_summary_builder_add_unread (mill->builder, item->entry, DMP_UNREAD_PENDING, NULL);
      break;
    case ITEM_FEED:
      read_document (mill, item->entry, item->bytes);
      break;
    case ITEM_FAIL:
      fail (mill, item->entry, item->error);
      break;
    case ITEM_END:
      mill->ended = TRUE;
      flush (mill, TRUE);
      break;
    case ITEM_END_PARTIAL:
      flush (mill, FALSE);
      break;
    case ITEM_STOP:
    default:
      return FALSE;
    }
  return TRUE;
}

/* Whether something is read that no summary has. When nothing is pending the end follows, and its
 * summary is the last one. */
static gboolean
is_due (const Mill *mill)
{
  return mill->digested->len > 0 && mill->pending > 0;
}

/* The next item. What is read is not kept back until the next batch is there, which may take
 * seconds: when nothing more has come for now, NULL. */
static Item *
next_item (const Mill *mill)
{
  gint64 wait = mill->flushed_at + FLUSH_INTERVAL_US - g_get_monotonic_time ();

  if (!is_due (mill))
    return g_async_queue_pop (mill->digest->items);
  return g_async_queue_timeout_pop (mill->digest->items, (guint64) MAX (wait, 0));
}

static gpointer
mill_main (gpointer data)
{
  Mill *mill = data;
  DmpDigest *digest = mill->digest;
  gboolean going = TRUE;

  while (going)
    {
      Item *item = next_item (mill);

      if (item != NULL)
        {
          going = g_atomic_int_get (&digest->stopping) == 0 && grind (mill, item);
          item_free (item);
        }
      if (going && is_due (mill) &&
          (item == NULL || g_get_monotonic_time () - mill->unflushed_since > FLUSH_INTERVAL_US))
        flush (mill, FALSE);
    }
  dmp_summary_builder_free (mill->builder);
  g_ptr_array_unref (mill->digested);
  g_object_unref (mill->patient);
  g_free (mill);

  return NULL;
}

/* --- For the owner --------------------------------------------------------------------------- */

DmpDigested *
dmp_digest_read (DmpDocumentEntry *entry, GBytes *bytes, DmpPatient *patient)
{
  DmpDigested *digested = g_new0 (DmpDigested, 1);
  g_autoptr (GError) error = NULL;

  digested->unique_id = g_strdup (dmp_document_entry_get_unique_id (entry));
  digested->document = dmp_cda_document_parse (bytes, &error);
  if (digested->document == NULL)
    digested->problem = g_strdup (error->message);
  else if (patient != NULL &&
           !dmp_patient_matches (patient, dmp_cda_document_get_patient (digested->document)))
    {
      digested->wrong_patient = TRUE;
      digested->problem =
          g_strdup (_ ("Ce document porte l’identité d’un autre patient : il n’est pas affiché. "
                       "Signalez-le à son auteur."));
      g_clear_object (&digested->document);
    }
  return digested;
}

void
dmp_digest_index (DmpSearch *search, DmpDocumentEntry *entry, DmpCdaDocument *document)
{
  g_autofree char *title = dmp_document_title_make (document);
  g_autofree char *author = dmp_document_entry_dup_author (entry);
  const DmpSearchDocument about = {
    .unique_id = dmp_document_entry_get_unique_id (entry),
    .title = title != NULL ? title : dmp_document_entry_get_title (entry),
    .author = author,
    .date = dmp_document_entry_get_date (entry),
  };

  dmp_search_add (search, &about, document);
}

DmpDigest *
dmp_digest_new (DmpPatient *patient,
                const char *today,
                const char *reader_id,
                gboolean medecin_traitant,
                DmpDigestFunc func,
                gpointer user_data)
{
  DmpDigest *self = g_new0 (DmpDigest, 1);
  Mill *mill = g_new0 (Mill, 1);

  self->items = g_async_queue_new_full (item_free);
  self->outlet = g_new0 (Outlet, 1);
  g_atomic_ref_count_init (&self->outlet->refs);
  self->outlet->context = g_main_context_ref_thread_default ();
  self->outlet->func = func;
  self->outlet->user_data = user_data;

  mill->digest = self;
  mill->patient = g_object_ref (patient);
  mill->builder = dmp_summary_builder_new (patient, today);
  dmp_summary_builder_set_reader (mill->builder, reader_id, medecin_traitant);
  dmp_summary_builder_set_with_patient_view (mill->builder, TRUE);
  mill->digested = new_digested ();
  self->thread = g_thread_new ("dmp-digest", mill_main, mill);

  return self;
}

static void
push (DmpDigest *self, ItemKind kind, DmpDocumentEntry *entry, GBytes *bytes, const GError *error)
{
  Item *item = g_new0 (Item, 1);

  item->kind = kind;
  item->entry = entry != NULL ? g_object_ref (entry) : NULL;
  item->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  item->error = error != NULL ? g_error_copy (error) : NULL;
  g_async_queue_push (self->items, item);
}

void
dmp_digest_set_rules (DmpDigest *self, DmpChecks checks, DmpBdpm *bdpm)
{
  Item *item = g_new0 (Item, 1);

  item->kind = ITEM_RULES;
  item->checks = checks;
  item->bdpm = bdpm != NULL ? dmp_bdpm_ref (bdpm) : NULL;
  g_async_queue_push (self->items, item);
}

void
dmp_digest_set_apart (DmpDigest *self, const char *line, gboolean apart)
{
  Item *item = g_new0 (Item, 1);

  item->kind = ITEM_APART;
  item->line = g_strdup (line);
  item->apart = apart;
  g_async_queue_push (self->items, item);
}

void
dmp_digest_free (DmpDigest *self)
{
  if (self == NULL)
    return;

  self->outlet->func = NULL;
  g_atomic_int_set (&self->stopping, 1);
  push (self, ITEM_STOP, NULL, NULL, NULL);
  g_thread_join (self->thread);
  g_async_queue_unref (self->items);
  g_clear_pointer (&self->search, dmp_search_unref);
  outlet_unref (self->outlet);
  g_free (self);
}

void
dmp_digest_set_search (DmpDigest *self, DmpSearch *search)
{
  self->search = dmp_search_ref (search);
}

void
dmp_digest_expect (DmpDigest *self, DmpDocumentEntry *entry)
{
  push (self, ITEM_EXPECT, entry, NULL, NULL);
}

void
dmp_digest_mention (DmpDigest *self, DmpDocumentEntry *entry)
{
  push (self, ITEM_MENTION, entry, NULL, NULL);
}

void
dmp_digest_feed (DmpDigest *self, DmpDocumentEntry *entry, GBytes *bytes)
{
  push (self, ITEM_FEED, entry, bytes, NULL);
}

void
dmp_digest_fail (DmpDigest *self, DmpDocumentEntry *entry, const GError *error)
{
  push (self, ITEM_FAIL, entry, NULL, error);
}

void
dmp_digest_end (DmpDigest *self, gboolean complete)
{
  push (self, complete ? ITEM_END : ITEM_END_PARTIAL, NULL, NULL, NULL);
}
