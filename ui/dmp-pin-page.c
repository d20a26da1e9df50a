#include "config.h"

#include "dmp-pin-page.h"

#include "model/dmp-date.h"

#include <glib/gi18n.h>
#include <string.h>

#define PIN_DIGITS 4
#define MAX_TRIES 3 /* what a CPS grants; the dots show these */

struct _DmpPinPage
{
  AdwBin parent_instance;

  GtkLabel *name;
  GtkLabel *profession;
  GtkLabel *validity;
  GtkStack *stack;
  GtkPasswordEntry *pin_entry;
  GtkButton *button;
  GtkSpinner *spinner;
  GtkBox *dots;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *tries;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (DmpPinPage, dmp_pin_page, ADW_TYPE_BIN)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* "Médecin, qualifié en médecine générale" */
static char *
dup_profession (DmpPractitioner *practitioner)
{
  DmpCode *profession = dmp_practitioner_get_profession (practitioner);
  DmpCode *speciality = dmp_practitioner_get_speciality (practitioner);
  const char *first = profession != NULL ? dmp_code_get_display (profession) : NULL;
  const char *second = speciality != NULL ? dmp_code_get_display (speciality) : NULL;

  if (first != NULL && second != NULL)
    return g_strdup_printf ("%s, %s", first, second);
  return g_strdup (first != NULL ? first : second);
}

void
dmp_pin_page_set_holder (DmpPinPage *self, DmpPractitioner *practitioner)
{
  g_autofree char *name = NULL, *profession = NULL, *date = NULL, *validity = NULL;

  g_return_if_fail (DMP_IS_PIN_PAGE (self));

  if (practitioner != NULL)
    {
      const char *until = dmp_practitioner_get_valid_until (practitioner);

      name = dmp_practitioner_dup_display_name (practitioner);
      profession = dup_profession (practitioner);
      date = until != NULL ? dmp_date_dup_display (until, FALSE, FALSE) : NULL;
      if (date != NULL)
        validity = g_strdup_printf (_ ("Carte valable jusqu’au %s"), date);
    }
  set_text (self->name, name);
  set_text (self->profession, profession);
  set_text (self->validity, validity);
}

static void
show_dots (DmpPinPage *self, int tries)
{
  GtkWidget *dot = gtk_widget_get_first_child (GTK_WIDGET (self->dots));

  for (int i = 0; dot != NULL; i++, dot = gtk_widget_get_next_sibling (dot))
    {
      if (i < tries)
        gtk_widget_add_css_class (dot, "left");
      else
        gtk_widget_remove_css_class (dot, "left");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->dots), tries >= 0 && tries <= MAX_TRIES);
}

void
dmp_pin_page_set_tries (DmpPinPage *self, int tries)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DMP_IS_PIN_PAGE (self));

  show_dots (self, tries);
  if (tries == 1)
    text = g_strdup (_ ("Dernier essai. Un code faux bloquera votre carte."));
  else if (tries > 1)
    text = g_strdup_printf (g_dngettext (NULL, "%d essai restant", "%d essais restants", tries),
                            tries);
  set_text (self->tries, text);
  if (tries == 1)
    gtk_widget_add_css_class (GTK_WIDGET (self->tries), "ca-red");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->tries), "ca-red");
  gtk_stack_set_visible_child_name (self->stack, tries == 0 ? "blocked" : "code");
}

void
dmp_pin_page_set_problem (DmpPinPage *self, const char *problem)
{
  g_return_if_fail (DMP_IS_PIN_PAGE (self));

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->pin_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->pin_entry), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->pin_entry), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* The field stays sensitive: GTK 4.8 warns when a focused entry is disabled. */
static void
update_button (DmpPinPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                                 "win.sign-in", dmp_pin_page_is_complete (self));
}

void
dmp_pin_page_set_busy (DmpPinPage *self, gboolean busy)
{
  g_return_if_fail (DMP_IS_PIN_PAGE (self));

  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    update_button (self);
}

gboolean
dmp_pin_page_is_complete (DmpPinPage *self)
{
  g_return_val_if_fail (DMP_IS_PIN_PAGE (self), FALSE);

  return !self->busy &&
         strlen (gtk_editable_get_text (GTK_EDITABLE (self->pin_entry))) == PIN_DIGITS;
}

DmpSecret *
dmp_pin_page_take_pin (DmpPinPage *self)
{
  DmpSecret *pin = NULL;

  g_return_val_if_fail (DMP_IS_PIN_PAGE (self), NULL);

  if (dmp_pin_page_is_complete (self))
    pin = dmp_secret_new (gtk_editable_get_text (GTK_EDITABLE (self->pin_entry)));
  gtk_editable_set_text (GTK_EDITABLE (self->pin_entry), "");

  return pin;
}

void
dmp_pin_page_focus (DmpPinPage *self)
{
  g_return_if_fail (DMP_IS_PIN_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->pin_entry));
}

static void
on_changed (DmpPinPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->pin_entry)) != '\0')
    dmp_pin_page_set_problem (self, NULL);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    update_button (self);
}

/* Enter, the one of the numeric keypad too. */
static void
on_activate (DmpPinPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

/* Digits only, four at most. */
static void
on_insert_text (
    DmpPinPage *self, const char *text, int length, int *position, GtkEditable *editable)
{
  const char *now = gtk_editable_get_text (editable);
  gsize given = length >= 0 ? (gsize) length : strlen (text);
  gboolean digits = strlen (now) + given <= PIN_DIGITS;

  for (gsize i = 0; i < given; i++)
    digits = digits && g_ascii_isdigit (text[i]);
  if (!digits)
    g_signal_stop_emission_by_name (editable, "insert-text");
}

static void
dmp_pin_page_class_init (DmpPinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-pin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, name);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, profession);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, validity);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, pin_entry);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, button);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, dots);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DmpPinPage, tries);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
dmp_pin_page_init (DmpPinPage *self)
{
  GtkEditable *inner;

  gtk_widget_init_template (GTK_WIDGET (self));
  inner = gtk_editable_get_delegate (GTK_EDITABLE (self->pin_entry));
  g_signal_connect_swapped (inner, "insert-text", G_CALLBACK (on_insert_text), self);
  for (int i = 0; i < MAX_TRIES; i++)
    {
      GtkWidget *dot = g_object_new (ADW_TYPE_BIN, "valign", GTK_ALIGN_CENTER, NULL);

      gtk_widget_add_css_class (dot, "ca-try");
      gtk_box_append (self->dots, dot);
    }
  dmp_pin_page_set_problem (self, NULL);
  dmp_pin_page_set_tries (self, -1);
}
