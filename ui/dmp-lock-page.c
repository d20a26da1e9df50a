#include "config.h"

#include "dmp-lock-page.h"

#include <glib/gi18n.h>

struct _DmpLockPage
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *wiped;
};

G_DEFINE_FINAL_TYPE (DmpLockPage, dmp_lock_page, ADW_TYPE_BIN)

void
dmp_lock_page_set_reason (DmpLockPage *self, DmpLockReason reason)
{
  const char *titles[] = {
    [DMP_LOCK_CARD_REMOVED] = _ ("Session terminée : carte retirée"),
    [DMP_LOCK_READER_REMOVED] = _ ("Session terminée : lecteur débranché"),
    [DMP_LOCK_USER] = _ ("Session terminée"),
    [DMP_LOCK_IDLE] = _ ("Session terminée : poste inactif"),
  };

  g_return_if_fail (DMP_IS_LOCK_PAGE (self));

  gtk_label_set_label (self->title, titles[reason]);
}

void
dmp_lock_page_set_wiped (DmpLockPage *self, gboolean wiped, guint kept)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DMP_IS_LOCK_PAGE (self));

  if (kept > 0)
    text = g_strdup_printf (
        g_dngettext (NULL,
                     "Écran, clés et documents effacés · %u envoi reste, chiffré, dans la boîte "
                     "d’envoi",
                     "Écran, clés et documents effacés · %u envois restent, chiffrés, dans la "
                     "boîte d’envoi",
                     kept),
        kept);
  else
    text = g_strdup (_ ("Écran, clés et documents effacés · rien de lisible n’est gardé sur ce "
                        "poste"));
  gtk_label_set_label (self->wiped, wiped ? text : "");
}

static void
dmp_lock_page_class_init (DmpLockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpLockPage, title);
  gtk_widget_class_bind_template_child (widget_class, DmpLockPage, wiped);
}

static void
dmp_lock_page_init (DmpLockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
