#include "config.h"

#include "caducee-pdfa.h"

#include <string.h>

#define MAX_OBJECTS 200000
#define MAX_DEPTH 32
#define MAX_ITEMS 100000 /* of one array */

/* What runs, opens or carries something else than the page: as a key, or as the name that one of
 * the keys /S, /Subtype, /Type has. Public names only: PDF 1.7 §12.5, 12.6, 7.11; PDF/A-1 §6.6. */
static const char *const active_keys[] = { "/JS", "/JavaScript", "/XFA",           "/EF",
                                           "/AA", "/RichMedia",  "/EmbeddedFiles", "/AF" };
static const char *const active_names[] = {
  "/JavaScript", "/Launch",          "/SubmitForm",     "/ImportData",   "/ResetForm",
  "/Movie",      "/Sound",           "/Rendition",      "/GoToE",        "/GoTo3DView",
  "/3D",         "/RichMedia",       "/FileAttachment", "/EmbeddedFile", "/Screen",
  "/Widget",     "/RichMediaExecute"
};

static const char *
find_name (const char *const *names, gsize n, const char *name)
{
  for (gsize i = 0; name && i < n; i++)
    if (strcmp (names[i], name) == 0)
      return names[i];
  return NULL;
}

static const char *
get_name (PdfaWalk *self, qpdf_oh dict, const char *key)
{
  qpdf_oh value = qpdf_oh_get_key_if_dict (self->qpdf, dict, key);

  return qpdf_oh_is_name (self->qpdf, value) ? qpdf_oh_get_name (self->qpdf, value) : NULL;
}

static gboolean
is_name (PdfaWalk *self, qpdf_oh dict, const char *key, const char *name)
{
  return g_strcmp0 (get_name (self, dict, key), name) == 0;
}

static void
add_defect (PdfaWalk *self, const char *name)
{
  g_hash_table_add (self->defects, (gpointer) name);
}

/* --- One dictionary: what runs --- */

static void
look_for_action (PdfaWalk *self, qpdf_oh dict)
{
  static const char *const places[] = { "/S", "/Subtype", "/Type" };

  for (gsize i = 0; i < G_N_ELEMENTS (active_keys); i++)
    if (qpdf_oh_has_key (self->qpdf, dict, active_keys[i]))
      g_hash_table_add (self->active, (gpointer) (active_keys[i] + 1));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *found =
          find_name (active_names, G_N_ELEMENTS (active_names), get_name (self, dict, places[i]));

      if (found != NULL)
        g_hash_table_add (self->active, (gpointer) (found + 1));
    }
}

/* --- One dictionary: what PDF/A-1 forbids --- */

static gboolean
is_below_one (PdfaWalk *self, qpdf_oh dict, const char *key)
{
  double value = 1;

  return qpdf_oh_get_value_as_number (self->qpdf, qpdf_oh_get_key (self->qpdf, dict, key),
                                      &value) &&
         value < 1;
}

/* /ca and /CA also stand for captions of buttons: only numbers count. */
static void
look_for_transparency (PdfaWalk *self, qpdf_oh dict)
{
  static const char *const plain[] = { "/Normal", "/Compatible" };
  qpdf_oh mask = qpdf_oh_get_key (self->qpdf, dict, "/SMask");
  const char *blend = get_name (self, dict, "/BM");

  if (qpdf_oh_is_dictionary (self->qpdf, mask) || qpdf_oh_is_stream (self->qpdf, mask) ||
      is_below_one (self, dict, "/ca") || is_below_one (self, dict, "/CA") ||
      (blend != NULL && find_name (plain, 2, blend) == NULL) ||
      is_name (self, dict, "/S", "/Transparency"))
    add_defect (self, "transparency");
}

static gboolean
has_font_file (PdfaWalk *self, qpdf_oh font)
{
  qpdf_oh descriptor = qpdf_oh_get_key (self->qpdf, font, "/FontDescriptor");
  static const char *const keys[] = { "/FontFile", "/FontFile2", "/FontFile3" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (qpdf_oh_is_stream (self->qpdf, qpdf_oh_get_key_if_dict (self->qpdf, descriptor, keys[i])))
      return TRUE;
  return FALSE;
}

/* A composite font names its font one level down, a Type 3 font is drawn. */
static void
look_at_font (PdfaWalk *self, qpdf_oh dict)
{
  if (is_name (self, dict, "/Type", "/Font") && !is_name (self, dict, "/Subtype", "/Type0") &&
      !is_name (self, dict, "/Subtype", "/Type3") && !has_font_file (self, dict))
    add_defect (self, "font");
}

static void
look_at_dict (PdfaWalk *self, qpdf_oh dict)
{
  look_for_action (self, dict);
  look_for_transparency (self, dict);
  look_at_font (self, dict);
  if (qpdf_oh_has_key (self->qpdf, dict, "/OCProperties"))
    add_defect (self, "layers");
}

static void
look_at_stream (PdfaWalk *self, qpdf_oh dict)
{
  qpdf_data q = self->qpdf;
  qpdf_oh filter = qpdf_oh_get_key (q, dict, "/Filter");
  const char *type = get_name (self, dict, "/Type");
  int n = qpdf_oh_is_array (q, filter) ? MIN (qpdf_oh_get_array_n_items (q, filter), 16) : 0;

  if (qpdf_oh_is_name (q, filter) && strcmp (qpdf_oh_get_name (q, filter), "/LZWDecode") == 0)
    add_defect (self, "lzw");
  for (int i = 0; i < n; i++)
    if (qpdf_oh_is_name (q, qpdf_oh_get_array_item (q, filter, i)) &&
        strcmp (qpdf_oh_get_name (q, qpdf_oh_get_array_item (q, filter, i)), "/LZWDecode") == 0)
      add_defect (self, "lzw");
  if (qpdf_oh_has_key (q, dict, "/F"))
    add_defect (self, "external");
  if (g_strcmp0 (type, "/ObjStm") == 0 || g_strcmp0 (type, "/XRef") == 0)
    add_defect (self, "object-stream");
}

/* --- All of them --- */

/* What is not looked at counts as active: the conversion writes everything anew. */
static void
add_unseen (PdfaWalk *self)
{
  g_hash_table_add (self->active, (gpointer) "unseen");
}

static void visit (PdfaWalk *self, qpdf_oh object, guint depth);

/* The keys first: one dictionary at a time can be gone through. */
static void
visit_dict (PdfaWalk *self, qpdf_oh dict, guint depth)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  look_at_dict (self, dict);
  qpdf_oh_begin_dict_key_iter (self->qpdf, dict);
  while (qpdf_oh_dict_more_keys (self->qpdf))
    g_ptr_array_add (keys, g_strdup (qpdf_oh_dict_next_key (self->qpdf)));
  for (guint i = 0; i < keys->len; i++)
    {
      qpdf_oh value = qpdf_oh_get_key (self->qpdf, dict, keys->pdata[i]);

      visit (self, value, depth + 1);
      qpdf_oh_release (self->qpdf, value);
    }
}

static void
visit_array (PdfaWalk *self, qpdf_oh array, guint depth)
{
  int all = qpdf_oh_get_array_n_items (self->qpdf, array), n = MIN (all, MAX_ITEMS);

  if (n < all)
    add_unseen (self);
  for (int i = 0; i < n; i++)
    {
      qpdf_oh value = qpdf_oh_get_array_item (self->qpdf, array, i);

      visit (self, value, depth + 1);
      qpdf_oh_release (self->qpdf, value);
    }
}

/* Whether pdfa_walk() comes to this object by its number, or there is none. */
static gboolean
has_own_visit (PdfaWalk *self, qpdf_oh object)
{
  return qpdf_oh_is_null (self->qpdf, object) ||
         (qpdf_oh_get_generation (self->qpdf, object) == 0 &&
          qpdf_oh_get_object_id (self->qpdf, object) <= self->last);
}

/* Only what is written inside: an indirect object is visited by its own number. */
static void
visit (PdfaWalk *self, qpdf_oh object, guint depth)
{
  if (depth > 0 && qpdf_oh_is_indirect (self->qpdf, object))
    {
      if (!has_own_visit (self, object))
        add_unseen (self);
      return;
    }
  if (depth > MAX_DEPTH)
    {
      add_unseen (self);
      return;
    }
  if (qpdf_oh_is_dictionary (self->qpdf, object))
    visit_dict (self, object, depth);
  else if (qpdf_oh_is_array (self->qpdf, object))
    visit_array (self, object, depth);
  else if (qpdf_oh_is_stream (self->qpdf, object))
    {
      qpdf_oh dict = qpdf_oh_get_dict (self->qpdf, object);

      look_at_stream (self, dict);
      visit_dict (self, dict, depth);
    }
}

static void
look_at_intents (PdfaWalk *self, qpdf_oh root)
{
  qpdf_data q = self->qpdf;
  qpdf_oh intents = qpdf_oh_get_key (q, root, "/OutputIntents");
  int n = qpdf_oh_is_array (q, intents) ? MIN (qpdf_oh_get_array_n_items (q, intents), 16) : 0;

  for (int i = 0; i < n; i++)
    {
      qpdf_oh intent = qpdf_oh_get_array_item (q, intents, i);

      self->intent |=
          is_name (self, intent, "/S", "/GTS_PDFA1") &&
          qpdf_oh_is_stream (q, qpdf_oh_get_key_if_dict (q, intent, "/DestOutputProfile"));
    }
}

void
pdfa_walk (PdfaWalk *self)
{
  qpdf_data q = self->qpdf;
  qpdf_oh trailer = qpdf_get_trailer (q), root = qpdf_get_root (q);
  unsigned long long size = 0;

  qpdf_oh_get_value_as_ulonglong (q, qpdf_oh_get_key (q, trailer, "/Size"), &size);
  if (!qpdf_oh_has_key (q, trailer, "/ID"))
    add_defect (self, "no-id");
  if (is_name (self, trailer, "/Type", "/XRef"))
    add_defect (self, "object-stream");
  look_at_intents (self, root);
  self->last = (int) MIN (size, MAX_OBJECTS);
  if (size > MAX_OBJECTS || !has_own_visit (self, root))
    add_unseen (self);
  for (int id = 1; id <= self->last; id++)
    {
      qpdf_oh object = qpdf_get_object_by_id (q, id, 0);

      visit (self, object, 0);
      qpdf_oh_release (q, object);
    }
}
