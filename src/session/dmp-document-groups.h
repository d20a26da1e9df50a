#pragma once

#include "cda/dmp-cda-document.h"
#include "model/dmp-document-entry.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which documents of a record stand behind another one, and why (design: summary D1–D4, I3), and
 * what each is called. Nothing is lost: each can be set apart again, and what is archived or
 * replaced never stands before what is in force. Used from one thread. */
typedef struct _DmpDocumentGroups DmpDocumentGroups;

typedef enum
{
  DMP_GROUP_FORMAT,  /* the same report, once as data and once as a file */
  DMP_GROUP_COPY,    /* the same content, sent again */
  DMP_GROUP_VERSION, /* an older version */
  DMP_GROUP_N_KINDS
} DmpGroupKind;

DmpDocumentGroups *dmp_document_groups_new (void);
void dmp_document_groups_free (DmpDocumentGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpDocumentGroups, dmp_document_groups_free)

/* The content of a document has come. Cheap when it is known already. */
void dmp_document_groups_learn (DmpDocumentGroups *self,
                                const char *unique_id,
                                DmpCdaDocument *document);

/* Groups @entries (DmpDocumentEntry) anew, in time proportional to their number: the result does
 * not depend on their order. */
void dmp_document_groups_arrange (DmpDocumentGroups *self, GListModel *entries);

/* The document that stands before @unique_id. Returns: (transfer none) (nullable): NULL when it
 * stands in the list itself */
const char *dmp_document_groups_get_leader (DmpDocumentGroups *self, const char *unique_id);

typedef gboolean (*DmpDocumentIsShown) (gpointer entry, gpointer data);

/* Whether @entry needs no line of its own: it stands behind one of the same status that @is_shown
 * says is shown. Older versions are shown to whoever asks for them. */
gboolean dmp_document_groups_is_behind (DmpDocumentGroups *self,
                                        DmpDocumentEntry *entry,
                                        DmpDocumentIsShown is_shown,
                                        gpointer data);

/* The documents behind @unique_id, for one reason.
 * Returns: (transfer none) (nullable) (element-type DmpDocumentEntry): NULL when there is none */
GPtrArray *
dmp_document_groups_get (DmpDocumentGroups *self, const char *unique_id, DmpGroupKind kind);

/* The other documents of the same episode: sent together, or of the same structure and the same
 * days. Returns: (transfer container) (element-type DmpDocumentEntry): maybe empty */
GPtrArray *dmp_document_groups_dup_episode (DmpDocumentGroups *self, const char *unique_id);

/* Keeps @unique_id and all behind it apart, or lets them be grouped again; takes effect with the
 * next dmp_document_groups_arrange(). */
void dmp_document_groups_set_apart (DmpDocumentGroups *self, const char *unique_id, gboolean apart);
gboolean dmp_document_groups_is_apart (DmpDocumentGroups *self, const char *unique_id);

/* The title made from the content. Returns: (transfer none) (nullable) */
const char *dmp_document_groups_get_title (DmpDocumentGroups *self, const char *unique_id);

G_END_DECLS
