#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The different names of a document, counted in linear time. libxml2 keeps every name it meets in a
 * table that stops growing at 8192 rows: 400 000 different names in 4 MB keep it busy for seconds.
 */
typedef struct
{
  const char *name; /* in the document; NULL: free */
  guint32 len;
  guint32 hash;
} DmpXmlNameSlot;

typedef struct
{
  DmpXmlNameSlot *slots;
  guint size; /* a power of two, never more than half full */
  guint used;
  guint64 seed;
} DmpXmlNames;

/* @self: zeroed */
void dmp_xml_names_init (DmpXmlNames *self);
void dmp_xml_names_clear (DmpXmlNames *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpXmlNames, dmp_xml_names_clear)

/* @name: borrowed as long as the set is used. Returns: how many different ones there are now */
guint dmp_xml_names_add (DmpXmlNames *self, const char *name, gsize len);

G_END_DECLS
