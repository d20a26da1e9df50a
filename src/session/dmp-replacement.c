#include "config.h"

#include "dmp-replacement.h"
#include "model/dmp-document-entry.h"
#include "model/dmp-error.h"
#include "td/dmp-td-retrieve.h"

#include <glib/gi18n-lib.h>

void
dmp_replacement_free (DmpReplacement *self)
{
  if (self == NULL)
    return;
  g_free (self->entry_uuid);
  g_clear_object (&self->document);
  g_free (self);
}

static gboolean
refuse (GError **error, DmpErrorCode code, const char *sentence)
{
  g_set_error_literal (error, DMP_ERROR, (gint) code, sentence);
  return FALSE;
}

/* --- At the host ----------------------------------------------------------------------------- */

DmpDocumentEntry *
dmp_replacement_pick (const DmpTdFindResult *found,
                      const char *unique_id,
                      gboolean *absent,
                      GError **error)
{
  DmpDocumentEntry *entry = found->entries->len == 1 ? g_ptr_array_index (found->entries, 0) : NULL;

  *absent = found->entries->len == 0 && !found->partial && found->unusable == 0 &&
            found->references->len == 0 && found->total <= 0;
  if (*absent)
    {
      refuse (error, DMP_ERROR_NOT_FOUND,
              _ ("Le document à remplacer n’est pas dans le dossier. Rien n’a été envoyé."));
      return NULL;
    }
  if (entry == NULL || g_strcmp0 (dmp_document_entry_get_unique_id (entry), unique_id) != 0)
    {
      refuse (
          error, DMP_ERROR_INVALID_MESSAGE,
          _ ("Le DMP ne dit pas clairement si le document à remplacer est dans le dossier. Rien "
             "n’a été envoyé ; réessayez plus tard."));
      return NULL;
    }
  if (dmp_document_entry_get_fields (entry)->status == DMP_STATUS_APPROVED)
    return entry;
  refuse (error, DMP_ERROR_INVALID_DOCUMENT,
          _ ("Le document à remplacer n’est plus la version en cours : il a déjà été remplacé, "
             "archivé ou supprimé. Rien n’a été envoyé ; actualisez la liste."));
  return NULL;
}

static DmpDocumentEntry *
find_entry (DmpLink *link,
            const DmpLinkContext *context,
            const char *unique_id,
            gboolean *absent,
            GCancellable *cancellable,
            GError **error)
{
  const char *const ids[] = { unique_id, NULL };
  g_autoptr (DmpMessage) request = dmp_td_find_write_documents (ids, NULL, FALSE);
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (DmpTdFindResult) found = NULL;
  DmpDocumentEntry *entry = NULL;

  if (!dmp_link_call (link, context, &dmp_td_find, request, cancellable, &reply, error))
    return NULL;
  found = dmp_td_find_parse (reply, error);
  if (found != NULL)
    entry = dmp_replacement_pick (found, unique_id, absent, error);
  return entry != NULL ? g_object_ref (entry) : NULL;
}

static DmpCdaDocument *
read_document (DmpLink *link,
               const DmpLinkContext *context,
               DmpDocumentEntry *entry,
               GCancellable *cancellable,
               GError **error)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
  const DmpTdDocumentId id = { .repository_id = fields->repository_id,
                               .unique_id = fields->unique_id };
  g_autoptr (DmpMessage) request = dmp_td_retrieve_write (&id, 1);
  g_autoptr (DmpMessage) reply = NULL;
  g_autoptr (GPtrArray) results = NULL;
  DmpRetrieved *result;

  if (!dmp_link_call (link, context, &dmp_td_retrieve, request, cancellable, &reply, error))
    return NULL;
  results = dmp_td_retrieve_parse (reply, &id, 1, NULL, error);
  if (results == NULL)
    return NULL;
  result = g_ptr_array_index (results, 0);
  if (result->bytes != NULL)
    return dmp_cda_document_parse (result->bytes, error);
  g_propagate_error (error, g_error_copy (result->error));
  return NULL;
}

DmpReplacement *
dmp_replacement_find (DmpLink *link,
                      const DmpLinkContext *context,
                      const char *unique_id,
                      gboolean *absent,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (DmpReplacement) self = g_new0 (DmpReplacement, 1);
  g_autoptr (DmpDocumentEntry) entry = NULL;

  *absent = FALSE;
  entry = find_entry (link, context, unique_id, absent, cancellable, error);
  if (entry == NULL)
    return NULL;
  self->entry_uuid = g_strdup (dmp_document_entry_get_fields (entry)->entry_uuid);
  self->document = read_document (link, context, entry, cancellable, error);
  if (self->document != NULL)
    return g_steal_pointer (&self);
  g_prefix_error_literal (error,
                          _ ("La version à remplacer n’a pas pu être lue ; rien n’a été envoyé. "));
  return NULL;
}

/* --- In the header --------------------------------------------------------------------------- */

gboolean
dmp_replacement_check_header (DmpCdaDocument *document,
                              const char *wanted,
                              const char **replaces,
                              GError **error)
{
  const char *named = dmp_cda_document_get_header (document)->replaces;

  if (wanted != NULL && named == NULL)
    return refuse (error, DMP_ERROR_INVALID_DOCUMENT,
                   _ ("L’en-tête de ce document CDA ne dit pas qu’il en remplace un autre : il ne "
                      "peut pas être envoyé comme nouvelle version. Rien n’a été envoyé ; faites "
                      "produire une nouvelle version par le logiciel qui l’a écrit."));
  if (wanted != NULL && !g_str_equal (wanted, named))
    return refuse (error, DMP_ERROR_INVALID_DOCUMENT,
                   _ ("L’en-tête de ce document CDA nomme un autre document à remplacer que celui "
                      "que vous avez choisi. Rien n’a été envoyé ; vérifiez lequel est le bon."));
  *replaces = named;
  return TRUE;
}

gboolean
dmp_replacement_check_version (const DmpReplacement *self, DmpCdaDocument *document, GError **error)
{
  const DmpCdaHeader *old = dmp_cda_document_get_header (self->document);
  const DmpCdaHeader *new = dmp_cda_document_get_header (document);

  if ((old->set_id == NULL || g_strcmp0 (old->set_id, new->set_id) == 0) &&
      new->version > old->version)
    return TRUE;
  return refuse (error, DMP_ERROR_INVALID_DOCUMENT,
                 _ ("Ce document CDA ne continue pas celui qu’il remplace : l’identifiant commun "
                    "aux versions ou le numéro de version ne suit pas. Rien n’a été envoyé ; "
                    "faites produire une nouvelle version par le logiciel qui l’a écrit."));
}
