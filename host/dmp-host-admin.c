#include "config.h"

#include "dmp-host-admin.h"

#include "dmp-host-error.h"

/* Blobs that a crash left between their sync and the commit. */
#define ORPHAN_SECONDS (24 * 60 * 60)

static gboolean
fail (GError **error, const char *what, DmpHostStoreResult result)
{
  g_set_error (error, DMP_HOST_ERROR, DMP_HOST_ERROR_INTERNAL, "%s: %s", what,
               dmp_host_store_result_name (result));
  return FALSE;
}

gboolean
dmp_host_admin_check (DmpHost *host, GError **error)
{
  DmpHostStoreReport report = { 0 };
  DmpHostStoreResult result = host->ops->check (host->store, &report);
  guint missing = 0, swept;
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, report.blobs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autoptr (GBytes) bytes = dmp_host_blobs_get (host->blobs, name, NULL);
      missing += bytes == NULL;
    }
  swept = dmp_host_blobs_sweep (host->blobs, report.blobs, ORPHAN_SECONDS);
  g_hash_table_unref (report.blobs);
  g_print ("patients %u\ndocuments %u\nsubmissions %u\naudit %u\nmissing %u\nswept %u\n",
           report.patients, report.documents, report.submissions, report.audit_rows, missing,
           swept);
  if (result != DMP_HOST_STORE_OK)
    return fail (error, "database", result);
  if (missing > 0)
    return fail (error, "blobs", DMP_HOST_STORE_ABSENT);
  result = host->ops->audit_each (host->store, NULL, NULL);
  return result == DMP_HOST_STORE_OK || fail (error, "audit", result);
}

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static gboolean
print_row (const DmpHostAuditRow *row, gpointer data)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (row->time / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\t%016" G_GINT64_MODIFIER "x\t%s\t%s\n",
           row->sequence, stamp, or_dash (row->actor), or_dash (row->structure),
           or_dash (row->mode), or_dash (row->transaction), (guint64) row->patient,
           or_dash (row->document), row->result);
  return TRUE;
}

gboolean
dmp_host_admin_audit (DmpHost *host, GError **error)
{
  DmpHostStoreResult result = host->ops->audit_each (host->store, print_row, NULL);

  return result == DMP_HOST_STORE_OK || fail (error, "audit", result);
}
