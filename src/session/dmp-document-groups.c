#include "config.h"

#include "dmp-document-groups.h"

#include "cda/dmp-cda-facts.h"
#include "dmp-document-title.h"
#include "model/dmp-date.h"

#include <string.h>

#define MAX_EPISODE 20              /* documents named as of one episode */
#define SAME_RESULTS 3              /* results that make two reports the same */
#define LABORATORY_REPORT "11502-2" /* J07 */

/* What the content of a document says for grouping; kept, so that it is worked out once. */
typedef struct
{
  char *title;    /* (nullable) */
  char *id;       /* of the CDA */
  char *content;  /* digest of its words and files */
  char *results;  /* (nullable): digest of its laboratory results */
  char *twin;     /* (nullable): author's structure, type, day, order */
  char *replaces; /* (nullable) */
  gboolean file;  /* level 1 */
} Known;

typedef struct
{
  DmpDocumentEntry *entry;
  const char *leader;                   /* (nullable) */
  GPtrArray *behind[DMP_GROUP_N_KINDS]; /* (nullable) (element-type DmpDocumentEntry) */
} Place;

struct _DmpDocumentGroups
{
  GHashTable *known;  /* unique id → Known */
  GHashTable *places; /* unique id → Place; the key is the entry's */
  GHashTable *uuids;  /* entryUUID → Place */
  GHashTable *apart;  /* set of unique ids */
};

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->title);
  g_free (known->id);
  g_free (known->content);
  g_free (known->results);
  g_free (known->twin);
  g_free (known->replaces);
  g_free (known);
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->entry);
  for (guint i = 0; i < DMP_GROUP_N_KINDS; i++)
    g_clear_pointer (&place->behind[i], g_ptr_array_unref);
  g_free (place);
}

DmpDocumentGroups *
dmp_document_groups_new (void)
{
  DmpDocumentGroups *self = g_new0 (DmpDocumentGroups, 1);

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, place_free);
  self->uuids = g_hash_table_new (g_str_hash, g_str_equal);
  self->apart = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dmp_document_groups_free (DmpDocumentGroups *self)
{
  g_hash_table_unref (self->uuids);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->apart);
  g_free (self);
}

/* --- What a content says ------------------------------------------------------------------------
 */

/* Words and files of two sends of the same report are the same, whatever their headers. */
static char *
digest_content (DmpCdaDocument *document)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = dmp_cda_document_dup_text (document);
  GPtrArray *files = dmp_cda_document_get_attachments (document);
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const char *type = header->code != NULL ? dmp_code_get_code (header->code) : "";
  gsize length = strlen (text);

  for (guint i = 0; i < files->len; i++)
    {
      const DmpCdaAttachment *file = g_ptr_array_index (files, i);
      gsize n = 0;
      const guchar *data = file->bytes != NULL ? g_bytes_get_data (file->bytes, &n) : NULL;

      g_checksum_update (sum, data, (gssize) n);
      length += n;
    }
  if (length == 0)
    return NULL;
  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_update (sum, (const guchar *) type, (gssize) strlen (type));
  g_checksum_update (sum, (const guchar *) header->service_start,
                     header->service_start != NULL ? (gssize) strlen (header->service_start) : 0);
  return g_strdup (g_checksum_get_string (sum));
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* D4: the same results of the same moment from the same laboratory, in whatever order and words.
 * Fewer than that say too little; what quotes them elsewhere, a letter, says more. */
static char *
digest_results (DmpCdaDocument *document)
{
  GPtrArray *facts = dmp_cda_document_get_facts (document);
  const DmpCode *type = dmp_cda_document_get_header (document)->code;
  const DmpCdaPerson *author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);
  g_autoptr (GPtrArray) tuples = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) all = g_string_new ("results ");

  if (type == NULL || strcmp (dmp_code_get_code ((DmpCode *) type), LABORATORY_REPORT) != 0 ||
      author == NULL || author->organisation_id == NULL)
    return NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == DMP_FACT_RESULT && fact->keys->len > 0 && fact->date != NULL &&
          fact->value != NULL && fact->value->number != NULL)
        g_ptr_array_add (tuples,
                         g_strdup_printf ("%s|%s|%s|%s", dmp_code_get_code (fact->keys->pdata[0]),
                                          fact->date, fact->value->number,
                                          fact->value->unit != NULL ? fact->value->unit : ""));
    }
  if (tuples->len < SAME_RESULTS)
    return NULL;
  g_ptr_array_sort (tuples, compare_strings);
  g_string_append_printf (all, "%s;", author->organisation_id);
  for (guint i = 0; i < tuples->len; i++)
    g_string_append_printf (all, "%s;", (const char *) tuples->pdata[i]);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all->str, (gssize) all->len);
}

/* D3: structure of the author, type, day; the order or the set they were sent in comes beside. */
static char *
dup_twin_key (DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  const DmpCdaPerson *author = dmp_cda_document_get_person (document, DMP_CDA_ROLE_AUTHOR);

  if (author == NULL || author->organisation_id == NULL || header->code == NULL ||
      header->service_start == NULL || strlen (header->service_start) < 8)
    return NULL;
  return g_strdup_printf ("%s|%s|%.8s", author->organisation_id, dmp_code_get_code (header->code),
                          header->service_start);
}

void
dmp_document_groups_learn (DmpDocumentGroups *self, const char *unique_id, DmpCdaDocument *document)
{
  const DmpCdaHeader *header;
  g_autofree char *twin = NULL;
  Known *known;

  if (g_hash_table_contains (self->known, unique_id))
    return;
  header = dmp_cda_document_get_header (document);
  twin = dup_twin_key (document);
  known = g_new0 (Known, 1);
  known->title = dmp_document_title_make (document);
  known->id = g_strdup (header->unique_id);
  known->content = digest_content (document);
  known->results = digest_results (document);
  known->replaces = g_strdup (header->replaces);
  known->file = dmp_cda_document_get_body (document) == DMP_CDA_BODY_NON_XML;
  if (twin != NULL)
    known->twin = g_strdup_printf ("%s|%s", twin, header->order_id != NULL ? header->order_id : "");
  g_hash_table_insert (self->known, g_strdup (unique_id), known);
}

/* --- Who stands behind whom ----------------------------------------------------------------------
 */

static const char *
id_of (const Place *place)
{
  return dmp_document_entry_get_unique_id (place->entry);
}

static Known *
known_of (DmpDocumentGroups *self, const Place *place)
{
  return g_hash_table_lookup (self->known, id_of (place));
}

/* In force, archived, replaced: what is further out of the list hides nothing that is less so. */
static int
rank_of (const Place *place)
{
  DmpStatus status = dmp_document_entry_get_fields (place->entry)->status;

  return status == DMP_STATUS_APPROVED ? 0 : status == DMP_STATUS_ARCHIVED ? 1 : 2;
}

/* The place that stands in the list for @place. */
static Place *
find_leader (DmpDocumentGroups *self, Place *place)
{
  for (guint steps = 0; place->leader != NULL && steps < 1000; steps++)
    place = g_hash_table_lookup (self->places, place->leader);
  return place;
}

static void
put_behind (DmpDocumentGroups *self, Place *place, Place *leader, DmpGroupKind kind)
{
  leader = find_leader (self, leader);
  if (leader == place || place->leader != NULL || rank_of (leader) > rank_of (place) ||
      g_hash_table_contains (self->apart, id_of (place)) ||
      g_hash_table_contains (self->apart, id_of (leader)))
    return;
  place->leader = id_of (leader);
  for (guint i = 0; i < DMP_GROUP_N_KINDS; i++) /* what stood behind it comes along */
    for (guint k = 0; place->behind[i] != NULL && k < place->behind[i]->len; k++)
      {
        DmpDocumentEntry *entry = g_ptr_array_index (place->behind[i], k);
        Place *moved = g_hash_table_lookup (self->places, dmp_document_entry_get_unique_id (entry));

        moved->leader = id_of (leader);
        if (leader->behind[i] == NULL)
          leader->behind[i] = g_ptr_array_new_with_free_func (g_object_unref);
        g_ptr_array_add (leader->behind[i], g_object_ref (entry));
      }
  for (guint i = 0; i < DMP_GROUP_N_KINDS; i++)
    g_clear_pointer (&place->behind[i], g_ptr_array_unref);
  if (leader->behind[kind] == NULL)
    leader->behind[kind] = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (leader->behind[kind], g_object_ref (place->entry));
}

/* I3: XDS says so, or the document itself. */
static void
group_versions (DmpDocumentGroups *self, GPtrArray *sorted)
{
  for (guint i = 0; i < sorted->len; i++)
    {
      Place *place = g_ptr_array_index (sorted, i);
      const Known *known = known_of (self, place);
      const char *old = dmp_document_entry_get_fields (place->entry)->replaces;
      Place *target;

      if (old == NULL && known != NULL)
        old = known->replaces;
      if (old == NULL)
        continue;
      target = g_hash_table_lookup (self->places, old);
      if (target == NULL)
        target = g_hash_table_lookup (self->uuids, old);
      if (target != NULL)
        put_behind (self, target, place, DMP_GROUP_VERSION);
    }
}

/* Each place behind the first one with the same key. */
static void
group_by_key (DmpDocumentGroups *self, GHashTable *first, Place *place, const char *key)
{
  Place *leader = key != NULL ? g_hash_table_lookup (first, key) : NULL;

  if (leader != NULL)
    put_behind (self, place, leader, DMP_GROUP_COPY);
  else if (key != NULL)
    g_hash_table_insert (first, g_strdup (key), place);
}

/* D1, D2, and the same content. */
static void
group_copies (DmpDocumentGroups *self, GPtrArray *sorted)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sorted->len; i++)
    {
      Place *place = g_ptr_array_index (sorted, i);
      const Known *known = known_of (self, place);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (place->entry);
      g_autofree char *hash = fields->hash != NULL ? g_strdup_printf ("hash %s %" G_GINT64_FORMAT,
                                                                      fields->hash, fields->size)
                                                   : NULL;

      if (fields->status == DMP_STATUS_DEPRECATED || place->leader != NULL)
        continue;
      group_by_key (self, first, place, hash);
      if (known != NULL)
        {
          group_by_key (self, first, place, known->id);
          group_by_key (self, first, place, known->content);
          group_by_key (self, first, place, known->results);
        }
    }
}

/* Structure, type and day, with all that says two documents answer one request: the order in the
 * document, the orders in the record's list, the set they were sent in. Returns: (transfer full) */
static GPtrArray *
dup_twin_keys (DmpDocumentEntry *entry, const Known *known)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  const char *set = dmp_document_entry_get_fields (entry)->submission_set;
  g_autoptr (GPtrArray) orders = dmp_document_entry_dup_orders (entry);
  int length = (int) (strrchr (known->twin, '|') - known->twin);

  if (!g_str_has_suffix (known->twin, "|"))
    g_ptr_array_add (keys, g_strdup (known->twin));
  for (guint i = 0; i < orders->len; i++)
    g_ptr_array_add (keys, g_strdup_printf ("%.*s|reference %s", length, known->twin,
                                            (const char *) orders->pdata[i]));
  if (set != NULL)
    g_ptr_array_add (keys, g_strdup_printf ("%.*s|set %s", length, known->twin, set));

  return keys;
}

static void
group_format (DmpDocumentGroups *self, GHashTable *data, Place *place, const Known *known)
{
  g_autoptr (GPtrArray) keys = dup_twin_keys (place->entry, known);
  Place *leader = NULL;

  for (guint i = 0; i < keys->len && leader == NULL; i++)
    if (known->file)
      leader = g_hash_table_lookup (data, keys->pdata[i]);
    else
      g_hash_table_insert (data, g_strdup (keys->pdata[i]), place);
  if (leader != NULL)
    put_behind (self, place, leader, DMP_GROUP_FORMAT);
}

/* D3: the file behind the data. */
static void
group_formats (DmpDocumentGroups *self, GPtrArray *sorted)
{
  g_autoptr (GHashTable) data = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < sorted->len; i++)
      {
        Place *place = g_ptr_array_index (sorted, i);
        const Known *known = known_of (self, place);

        if (known != NULL && known->twin != NULL && known->file == (pass == 1) &&
            dmp_document_entry_get_fields (place->entry)->status != DMP_STATUS_DEPRECATED)
          group_format (self, data, place, known);
      }
}

/* What is in force first, then the newest, so that it leads; the identifier decides between equals.
 */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = *(const Place *const *) a, *second = *(const Place *const *) b;
  const DmpDocumentEntryFields *left = dmp_document_entry_get_fields (first->entry);
  const DmpDocumentEntryFields *right = dmp_document_entry_get_fields (second->entry);
  int order = rank_of (first) - rank_of (second);

  if (order == 0)
    order = dmp_date_compare (right->creation, left->creation);
  return order != 0 ? order : strcmp (id_of (first), id_of (second));
}

void
dmp_document_groups_arrange (DmpDocumentGroups *self, GListModel *entries)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;

  g_hash_table_remove_all (self->uuids);
  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpDocumentEntry) entry = g_list_model_get_item (entries, i);
      const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
      Place *place;

      if (fields->unique_id == NULL || g_hash_table_contains (self->places, fields->unique_id))
        continue;
      place = g_new0 (Place, 1);
      place->entry = g_object_ref (entry);
      g_hash_table_insert (self->places, (gpointer) fields->unique_id, place);
      if (fields->entry_uuid != NULL)
        g_hash_table_insert (self->uuids, (gpointer) fields->entry_uuid, place);
      g_ptr_array_add (sorted, place);
    }
  g_ptr_array_sort (sorted, compare_places);
  group_versions (self, sorted);
  group_copies (self, sorted);
  group_formats (self, sorted);
}

/* --- Asking -------------------------------------------------------------------------------------
 */

const char *
dmp_document_groups_get_leader (DmpDocumentGroups *self, const char *unique_id)
{
  const Place *place = g_hash_table_lookup (self->places, unique_id);

  return place != NULL ? place->leader : NULL;
}

gboolean
dmp_document_groups_is_behind (DmpDocumentGroups *self,
                               DmpDocumentEntry *entry,
                               DmpDocumentIsShown is_shown,
                               gpointer data)
{
  const char *id = dmp_document_entry_get_unique_id (entry);
  const Place *place = id != NULL ? g_hash_table_lookup (self->places, id) : NULL;
  const Place *leader = place != NULL && place->leader != NULL
                            ? g_hash_table_lookup (self->places, place->leader)
                            : NULL;

  return leader != NULL && rank_of (place) < 2 && rank_of (leader) == rank_of (place) &&
         is_shown (leader->entry, data);
}

GPtrArray *
dmp_document_groups_get (DmpDocumentGroups *self, const char *unique_id, DmpGroupKind kind)
{
  const Place *place = g_hash_table_lookup (self->places, unique_id);

  return place != NULL ? place->behind[kind] : NULL;
}

static const char *
get_structure (const Place *place)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (place->entry);
  const DmpAuthor *author =
      fields->authors != NULL && fields->authors->len > 0 ? fields->authors->pdata[0] : NULL;

  return author != NULL ? author->institution_id : NULL;
}

/* Whether the care that two documents tell of overlaps, to the day. */
static gboolean
overlaps (const Place *a, const Place *b)
{
  const DmpDocumentEntryFields *first = dmp_document_entry_get_fields (a->entry);
  const DmpDocumentEntryFields *second = dmp_document_entry_get_fields (b->entry);
  const char *end = first->service_stop != NULL ? first->service_stop : first->service_start;
  const char *other = second->service_stop != NULL ? second->service_stop : second->service_start;

  return first->service_start != NULL && second->service_start != NULL &&
         strncmp (first->service_start, other, 8) <= 0 &&
         strncmp (second->service_start, end, 8) <= 0;
}

static gboolean
same_episode (const Place *a, const Place *b)
{
  const char *set = dmp_document_entry_get_fields (a->entry)->submission_set;
  const char *other = dmp_document_entry_get_fields (b->entry)->submission_set;
  const char *structure = get_structure (a);

  if (set != NULL && g_strcmp0 (set, other) == 0)
    return TRUE;
  return structure != NULL && g_strcmp0 (structure, get_structure (b)) == 0 && overlaps (a, b);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  DmpDocumentEntry *first = *(DmpDocumentEntry *const *) a;
  DmpDocumentEntry *second = *(DmpDocumentEntry *const *) b;
  int order =
      dmp_date_compare (dmp_document_entry_get_date (second), dmp_document_entry_get_date (first));

  return order != 0 ? order
                    : g_strcmp0 (dmp_document_entry_get_unique_id (first),
                                 dmp_document_entry_get_unique_id (second));
}

GPtrArray *
dmp_document_groups_dup_episode (DmpDocumentGroups *self, const char *unique_id)
{
  GPtrArray *episode = g_ptr_array_new_with_free_func (g_object_unref);
  const Place *place = g_hash_table_lookup (self->places, unique_id);
  GHashTableIter iter;
  gpointer other;

  if (place == NULL)
    return episode;
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (other != place && ((Place *) other)->leader == NULL && same_episode (place, other))
      g_ptr_array_add (episode, g_object_ref (((Place *) other)->entry));
  g_ptr_array_sort (episode, compare_entries);
  g_ptr_array_set_size (episode, (int) MIN (episode->len, MAX_EPISODE));
  return episode;
}

void
dmp_document_groups_set_apart (DmpDocumentGroups *self, const char *unique_id, gboolean apart)
{
  if (apart)
    g_hash_table_add (self->apart, g_strdup (unique_id));
  else
    g_hash_table_remove (self->apart, unique_id);
}

gboolean
dmp_document_groups_is_apart (DmpDocumentGroups *self, const char *unique_id)
{
  return g_hash_table_contains (self->apart, unique_id);
}

const char *
dmp_document_groups_get_title (DmpDocumentGroups *self, const char *unique_id)
{
  const Known *known = g_hash_table_lookup (self->known, unique_id);

  return known != NULL ? known->title : NULL;
}
