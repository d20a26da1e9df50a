#include "config.h"

#include "dmp-access-page.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>

struct _DmpAccessPage
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *description;
  GtkWidget *consent;
  GtkCheckButton *team;
  GtkCheckButton *medecin_traitant;
  GtkButton *refuse;
  GtkButton *accept;
  GtkButton *close;
  GtkSpinner *spinner;
  GtkLabel *trace;
  GtkButton *emergency;
};

G_DEFINE_FINAL_TYPE (DmpAccessPage, dmp_access_page, ADW_TYPE_BIN)

/* "M. KLEIN", "Mme MARTIN": the name in use, else the birth name. */
static char *
dup_short_name (DmpPatient *patient)
{
  const char *family = dmp_patient_get_family (patient);
  const char *titles[] = { "", _ ("Mme "), _ ("M. ") };

  if (family == NULL)
    family = dmp_patient_get_birth_family (patient);
  if (family == NULL)
    return g_strdup (_ ("Le patient"));
  return g_strconcat (titles[dmp_patient_get_sex (patient)], family, NULL);
}

static char *
dup_description (DmpAccessPageKind kind, const char *name, const char *closed_at)
{
  g_autofree char *date = NULL;

  switch (kind)
    {
    case DMP_ACCESS_PAGE_ASK:
    case DMP_ACCESS_PAGE_EXPIRED:
      return g_strdup_printf (_ ("%s vous autorise-t-il à le consulter ?"), name);
    case DMP_ACCESS_PAGE_DENIED:
      return g_strdup_printf (_ ("%s a choisi que vous ne consultiez pas son dossier. Le patient "
                                 "seul peut rétablir votre accès."),
                              name);
    case DMP_ACCESS_PAGE_NONE:
      return g_strdup (_ ("Rien n’a été envoyé."));
    case DMP_ACCESS_PAGE_CLOSED:
    default:
      date = closed_at != NULL ? dmp_date_dup_prose (closed_at, TRUE) : NULL;
      if (date == NULL)
        return g_strdup (_ ("Réouverture possible avec l’accord du patient et sa carte Vitale."));
      return g_strdup_printf (_ ("Il est fermé depuis le %s. Réouverture possible avec l’accord du "
                                 "patient et sa carte Vitale."),
                              date);
    }
}

static char *
dup_title (DmpAccessPageKind kind, const char *name)
{
  switch (kind)
    {
    case DMP_ACCESS_PAGE_ASK:
      return g_strdup (_ ("Vous n’avez pas encore accès à ce DMP"));
    case DMP_ACCESS_PAGE_EXPIRED:
      return g_strdup (_ ("Votre accès à ce DMP a expiré"));
    case DMP_ACCESS_PAGE_DENIED:
      return g_strdup (_ ("L’accès à ce DMP vous est refusé"));
    case DMP_ACCESS_PAGE_NONE:
      return g_strdup_printf (_ ("%s n’a pas de DMP"), name);
    case DMP_ACCESS_PAGE_CLOSED:
    default:
      return g_strdup (_ ("Ce DMP est fermé"));
    }
}

void
dmp_access_page_show (DmpAccessPage *self,
                      DmpAccessPageKind kind,
                      DmpPatient *patient,
                      const char *closed_at)
{
  gboolean ask = kind == DMP_ACCESS_PAGE_ASK || kind == DMP_ACCESS_PAGE_EXPIRED;
  g_autofree char *name = NULL, *title = NULL, *description = NULL;

  g_return_if_fail (DMP_IS_ACCESS_PAGE (self));
  g_return_if_fail (DMP_IS_PATIENT (patient));

  name = dup_short_name (patient);
  title = dup_title (kind, name);
  description = dup_description (kind, name, closed_at);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->description, description);
  gtk_image_set_from_icon_name (
      self->icon, kind == DMP_ACCESS_PAGE_NONE ? "folder-symbolic" : "changes-prevent-symbolic");
  gtk_check_button_set_active (self->team, TRUE);
  gtk_widget_set_visible (self->consent, ask);
  gtk_widget_set_visible (GTK_WIDGET (self->refuse), ask);
  gtk_widget_set_visible (GTK_WIDGET (self->accept), ask);
  gtk_widget_set_visible (GTK_WIDGET (self->trace), ask);
  gtk_widget_set_visible (GTK_WIDGET (self->close), !ask);
  gtk_widget_set_visible (GTK_WIDGET (self->emergency), ask || kind == DMP_ACCESS_PAGE_DENIED);
  dmp_access_page_set_busy (self, FALSE);
}

gboolean
dmp_access_page_get_medecin_traitant (DmpAccessPage *self)
{
  g_return_val_if_fail (DMP_IS_ACCESS_PAGE (self), FALSE);

  return gtk_check_button_get_active (self->medecin_traitant);
}

void
dmp_access_page_set_busy (DmpAccessPage *self, gboolean busy)
{
  g_return_if_fail (DMP_IS_ACCESS_PAGE (self));

  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
}

void
dmp_access_page_clear (DmpAccessPage *self)
{
  g_return_if_fail (DMP_IS_ACCESS_PAGE (self));

  gtk_label_set_label (self->title, "");
  gtk_label_set_label (self->description, "");
}

/* On the answer that does nothing. */
void
dmp_access_page_focus (DmpAccessPage *self)
{
  g_return_if_fail (DMP_IS_ACCESS_PAGE (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->refuse))
                             ? GTK_WIDGET (self->refuse)
                             : GTK_WIDGET (self->close));
}

static void
dmp_access_page_class_init (DmpAccessPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-access-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, icon);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, title);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, description);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, consent);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, team);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, medecin_traitant);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, refuse);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, accept);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, close);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, trace);
  gtk_widget_class_bind_template_child (widget_class, DmpAccessPage, emergency);
}

static void
dmp_access_page_init (DmpAccessPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
