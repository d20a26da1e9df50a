#include "config.h"

#include "dmp-card-page.h"

#include <glib/gi18n.h>

#define OLDEST_YEAR 2026 /* no clock that is right can stand before the program was written */

struct _DmpCardPage
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *description;
  GtkSpinner *spinner;
  DmpCheckRow *reader_row;
  DmpCheckRow *clock_row;
  DmpCheckRow *service_row;
};

G_DEFINE_FINAL_TYPE (DmpCardPage, dmp_card_page, ADW_TYPE_BIN)

static void
show (DmpCardPage *self, const char *icon, const char *title, const char *description)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->description, description != NULL ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
}

static void
show_waiting (DmpCardPage *self, const char *reader)
{
  g_autofree char *place = NULL;

  if (reader != NULL)
    place = g_strdup_printf (_ ("dans le lecteur %s"), reader);
  show (self, "auth-smartcard-symbolic", _ ("Insérez votre carte CPS"), place);
}

static void
show_problem (DmpCardPage *self, DmpSessionState state, const char *problem)
{
  if (state == DMP_SESSION_NO_SERVICE)
    show (self, "computer-fail-symbolic", _ ("Le service de cartes ne répond pas"),
          problem != NULL ? problem
                          : _ ("Le service des lecteurs de cartes (pcscd) n’est pas démarré. Rien "
                               "n’a été envoyé. Prévenez votre informaticien."));
  else if (state == DMP_SESSION_NO_READER)
    show (self, "auth-smartcard-symbolic", _ ("Aucun lecteur de carte détecté"),
          _ ("Vérifiez le branchement USB. Rien n’a été envoyé."));
  else if (state == DMP_SESSION_WRONG_CARD)
    show (self, "ca-insurer-symbolic", _ ("Insérez votre carte CPS"),
          problem != NULL ? problem
                          : _ ("Cette carte est une carte Vitale. Insérez votre carte CPS."));
  else
    show (self, "auth-smartcard-symbolic", _ ("Carte illisible"),
          problem != NULL ? problem : _ ("Retirez la carte, puis insérez-la de nouveau."));
}

static void
show_reader (DmpCardPage *self, DmpSessionState state)
{
  if (state == DMP_SESSION_STARTING)
    dmp_check_row_set (self->reader_row, DMP_CHECK_UNKNOWN, _ ("recherche…"));
  else if (state == DMP_SESSION_NO_SERVICE)
    dmp_check_row_set (self->reader_row, DMP_CHECK_WRONG, _ ("service arrêté"));
  else if (state == DMP_SESSION_NO_READER)
    dmp_check_row_set (self->reader_row, DMP_CHECK_WRONG, _ ("absent"));
  else
    dmp_check_row_set (self->reader_row, DMP_CHECK_OK, _ ("détecté"));
}

void
dmp_card_page_set_state (DmpCardPage *self,
                         DmpSessionState state,
                         const char *reader,
                         const char *problem)
{
  gboolean busy = state == DMP_SESSION_STARTING || state == DMP_SESSION_READING_CARD;

  g_return_if_fail (DMP_IS_CARD_PAGE (self));

  show_reader (self, state);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  if (state == DMP_SESSION_READING_CARD)
    show (self, "auth-smartcard-symbolic", _ ("Lecture de votre carte…"), reader);
  else if (state == DMP_SESSION_NO_CARD || state == DMP_SESSION_STARTING)
    show_waiting (self, reader);
  else
    show_problem (self, state, problem);
}

void
dmp_card_page_set_service (DmpCardPage *self, DmpCheck check)
{
  const char *words[] = { _ ("vérification…"), _ ("joignable"), _ ("injoignable") };

  g_return_if_fail (DMP_IS_CARD_PAGE (self));

  dmp_check_row_set (self->service_row, check, words[check]);
}

void
dmp_card_page_update_clock (DmpCardPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%d/%m/%Y %H:%M");
  gboolean plausible = g_date_time_get_year (now) >= OLDEST_YEAR;

  g_return_if_fail (DMP_IS_CARD_PAGE (self));

  dmp_check_row_set (self->clock_row, plausible ? DMP_CHECK_OK : DMP_CHECK_WRONG, time);
}

static void
dmp_card_page_class_init (DmpCardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DMP_TYPE_CHECK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-card-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, icon);
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, title);
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, description);
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, reader_row);
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, clock_row);
  gtk_widget_class_bind_template_child (widget_class, DmpCardPage, service_row);
}

static void
dmp_card_page_init (DmpCardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dmp_card_page_set_state (self, DMP_SESSION_STARTING, NULL, NULL);
  dmp_card_page_set_service (self, DMP_CHECK_UNKNOWN);
  dmp_card_page_update_clock (self);
}
