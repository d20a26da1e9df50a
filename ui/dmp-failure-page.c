#include "config.h"

#include "dmp-failure-page.h"

#include "dmp-check-row.h"
#include "model/dmp-error.h"

#include <glib/gi18n.h>

struct _DmpFailurePage
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *description;
  DmpCheckRow *card_row;
  DmpCheckRow *network_row;
  DmpCheckRow *certificate_row;
  DmpCheckRow *service_row;
  GtkButton *retry;
  GtkLabel *code;
};

G_DEFINE_FINAL_TYPE (DmpFailurePage, dmp_failure_page, ADW_TYPE_BIN)

const char *
dmp_failure_page_title (const GError *error)
{
  if (error->domain != DMP_ERROR)
    return _ ("L’opération a échoué");
  switch ((DmpErrorCode) error->code)
    {
    case DMP_ERROR_NETWORK:
    case DMP_ERROR_TIMEOUT:
      return _ ("Le DMP ne répond pas");
    case DMP_ERROR_TLS:
    case DMP_ERROR_TLS_CLIENT:
      return _ ("La connexion sécurisée est refusée");
    case DMP_ERROR_CLOCK:
      return _ ("L’horloge du poste est décalée");
    case DMP_ERROR_FAULT:
    case DMP_ERROR_FORBIDDEN:
      return _ ("Le DMP a refusé la demande");
    case DMP_ERROR_INVALID_MESSAGE:
    case DMP_ERROR_INVALID_XML:
    case DMP_ERROR_SIGNATURE:
    case DMP_ERROR_LIMIT:
      return _ ("La réponse du DMP est inutilisable");
    case DMP_ERROR_INVALID_CONFIG:
      return _ ("Le poste n’est pas réglé");
    default:
      return _ ("L’opération a échoué");
    }
}

static void
show_checks (DmpFailurePage *self, const GError *error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *since = g_date_time_format (now, _ ("pas de réponse depuis %H:%M"));
  gboolean online = g_network_monitor_get_network_available (g_network_monitor_get_default ());
  gboolean tls = g_error_matches (error, DMP_ERROR, DMP_ERROR_TLS);
  gboolean silent = g_error_matches (error, DMP_ERROR, DMP_ERROR_NETWORK) ||
                    g_error_matches (error, DMP_ERROR, DMP_ERROR_TIMEOUT);

  dmp_check_row_set (self->card_row, DMP_CHECK_OK, _ ("en ordre"));
  dmp_check_row_set (self->network_row, online ? DMP_CHECK_OK : DMP_CHECK_WRONG,
                     online ? _ ("en ordre") : _ ("absent"));
  if (tls)
    dmp_check_row_set (self->certificate_row, DMP_CHECK_WRONG, _ ("non reconnu"));
  else
    dmp_check_row_set (self->certificate_row, silent ? DMP_CHECK_UNKNOWN : DMP_CHECK_OK,
                       silent ? _ ("non vérifié") : _ ("reconnu"));
  dmp_check_row_set (self->service_row, DMP_CHECK_WRONG,
                     silent ? since
                     : tls  ? _ ("connexion interrompue")
                            : _ ("réponse défavorable"));
}

void
dmp_failure_page_set_error (DmpFailurePage *self, const GError *error)
{
  const char *name, *host;
  g_autofree char *code = NULL;

  g_return_if_fail (DMP_IS_FAILURE_PAGE (self));
  g_return_if_fail (error != NULL);

  name =
      error->domain == DMP_ERROR ? dmp_error_name (error->code) : g_quark_to_string (error->domain);
  host = dmp_error_get_host_code (error);
  code = g_strjoin (" – ", name, host, NULL);
  gtk_label_set_label (self->title, dmp_failure_page_title (error));
  gtk_label_set_label (self->description, error->message);
  gtk_label_set_label (self->code, code);
  show_checks (self, error);
}

void
dmp_failure_page_focus (DmpFailurePage *self)
{
  g_return_if_fail (DMP_IS_FAILURE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->retry));
}

static void
on_copy (DmpFailurePage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (self->code));
}

static void
dmp_failure_page_class_init (DmpFailurePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DMP_TYPE_CHECK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-failure-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, title);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, description);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, card_row);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, network_row);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, certificate_row);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, service_row);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, retry);
  gtk_widget_class_bind_template_child (widget_class, DmpFailurePage, code);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
dmp_failure_page_init (DmpFailurePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
