#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* multipart/related with XOP (protocol: transport.md §4), both ways. Parts are slices of the body:
 * nothing is copied. */

#define DMP_HOST_NS_XOP "http://www.w3.org/2004/08/xop/include"
#define DMP_HOST_MAX_PARTS 256
#define DMP_HOST_MAX_PART_HEADER 16384

typedef struct
{
  char *id;   /* Content-ID without <> */
  char *type; /* Content-Type (nullable) */
  GBytes *bytes;
} DmpHostPart;

/* @bytes: referenced. Returns: (transfer full) */
DmpHostPart *dmp_host_part_new (const char *id, const char *type, GBytes *bytes);
void dmp_host_part_free (DmpHostPart *self);

/* The value of a parameter of a MIME header, e.g. boundary. Returns: (transfer full) (nullable) */
char *dmp_host_mime_parameter (const char *header, const char *name);

/* Whether @content_type names this media type. */
gboolean dmp_host_mime_is (const char *content_type, const char *media_type);

/* Splits @body by what @content_type says; the root part (start, else the first) comes first.
 * @error: %DMP_HOST_ERROR_BAD_REQUEST: no boundary, no root, a part without end, too many, an id
 *   twice
 * Returns: (transfer full) (element-type DmpHostPart) */
GPtrArray *dmp_host_mtom_split (const char *content_type, GBytes *body, GError **error);

/* Puts @root and @parts (element-type DmpHostPart) together.
 * @content_type: (out) (transfer full)
 * Returns: (transfer full) (element-type GBytes): pieces to send in order */
GPtrArray *dmp_host_mtom_join (GBytes *root, GPtrArray *parts, char **content_type);

G_END_DECLS
