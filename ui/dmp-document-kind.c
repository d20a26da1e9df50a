#include "config.h"

#include "dmp-document-kind.h"

#include "model/dmp-code-table.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

/* Types that are laboratory reports whatever their class says (J07). */
static gboolean
is_laboratory (const char *type)
{
  static const char *const types[] = { "11502-2", "18723-7", "11529-5", "60591-5-BIO", "DOCPAT05" };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i]))
      return TRUE;

  return FALSE;
}

DmpDocumentKind
dmp_document_kind_of (DmpDocumentEntry *entry)
{
  DmpCode *type = dmp_document_entry_get_type_code (entry);
  DmpCode *klass = dmp_document_entry_get_class_code (entry);
  const char *class_code = klass != NULL ? dmp_code_get_code (klass) : "";

  if (is_laboratory (type != NULL ? dmp_code_get_code (type) : NULL))
    return DMP_KIND_LABORATORY;
  if (g_str_equal (class_code, "42"))
    return DMP_KIND_PRESCRIPTION;
  if (g_str_equal (class_code, "31"))
    return DMP_KIND_IMAGING;
  if (g_str_equal (class_code, "10"))
    return DMP_KIND_REPORT;

  return DMP_KIND_OTHER;
}

const char *
dmp_document_kind_get_label (DmpDocumentKind kind)
{
  const char *labels[DMP_N_KINDS] = { _ ("Biologie"), _ ("Ordonnances"), _ ("Comptes rendus"),
                                      _ ("Imagerie"), _ ("Autres") };

  return labels[kind];
}

const char *
dmp_document_kind_get_icon (DmpDocumentEntry *entry)
{
  DmpCode *klass = dmp_document_entry_get_class_code (entry);
  const char *class_code = klass != NULL ? dmp_code_get_code (klass) : "";

  if (dmp_document_entry_is_from_patient (entry))
    return "ca-patient-symbolic";
  if (g_str_equal (class_code, "60") || g_str_equal (class_code, "43"))
    return "ca-insurer-symbolic";
  if (g_str_equal (class_code, "11"))
    return "ca-regular-doctor-symbolic";
  switch (dmp_document_kind_of (entry))
    {
    case DMP_KIND_LABORATORY:
      return "ca-laboratory-symbolic";
    case DMP_KIND_PRESCRIPTION:
      return "ca-prescription-symbolic";
    case DMP_KIND_IMAGING:
      return "image-x-generic-symbolic";
    case DMP_KIND_REPORT:
      return "mail-unread-symbolic";
    default:
      return "x-office-document-symbolic";
    }
}

const char *
dmp_document_kind_get_type_label (DmpDocumentEntry *entry)
{
  DmpCode *type = dmp_document_entry_get_type_code (entry);

  return type != NULL ? dmp_code_table_get_display (DMP_TABLE_TYPE, type) : "";
}

char *
dmp_document_kind_dup_dates (DmpDocumentEntry *entry)
{
  const char *date = dmp_document_entry_get_date (entry);
  const char *time = dmp_document_entry_get_fields (entry)->submission_time;
  g_autofree char *period = dmp_document_entry_dup_period (entry);
  g_autofree char *day = date != NULL ? dmp_date_dup_display (date, TRUE, FALSE) : g_strdup ("?");
  g_autofree char *care = period != NULL ? g_strdup_printf (_ ("Période %s"), period)
                                         : g_strdup_printf (_ ("Acte du %s"), day);
  g_autofree char *sent = time != NULL ? dmp_date_dup_display (time, TRUE, FALSE) : NULL;

  return sent != NULL ? g_strdup_printf (_ ("%s · reçu le %s"), care, sent)
                      : g_steal_pointer (&care);
}
