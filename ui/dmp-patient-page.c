#include "config.h"

#include "dmp-patient-page.h"

#include "dmp-field.h"
#include "model/dmp-date.h"
#include "model/dmp-error.h"
#include "model/dmp-ins.h"

#include <glib/gi18n.h>
#include <string.h>

#define INS_LENGTH 15

struct _DmpPatientPage
{
  AdwBin parent_instance;

  GtkWidget *vitale_group;
  GtkListBox *vitale_list;
  GtkLabel *vitale_hint;
  AdwEntryRow *ins_row;
  AdwEntryRow *name_row;
  AdwEntryRow *given_row;
  AdwEntryRow *date_row;
  GtkToggleButton *female;
  GtkToggleButton *male;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *ins_hint;

  GListModel *beneficiaries;
  gulong watch;
  DmpPatient *choice; /* of the Vitale card, as long as nothing is typed after it */
};

G_DEFINE_FINAL_TYPE (DmpPatientPage, dmp_patient_page, ADW_TYPE_BIN)

/* --- The Vitale card --- */

/* "F · 03/02/1953 (72 ans)" */
static char *
dup_traits (DmpPatient *patient)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y%m%d");
  g_autofree char *age = dmp_patient_dup_age (patient, today);
  g_autofree char *date = NULL;
  const char *birth = dmp_patient_get_birth_date (patient);
  const char *sexes[] = { "", _ ("F · "), _ ("M · ") };

  if (birth == NULL)
    return g_strdup ("");
  date = dmp_date_dup_display (birth, FALSE, FALSE);
  if (age == NULL)
    return g_strconcat (sexes[dmp_patient_get_sex (patient)], date, NULL);
  return g_strdup_printf ("%s%s (%s)", sexes[dmp_patient_get_sex (patient)], date, age);
}

static GtkWidget *
new_beneficiary (DmpPatient *patient, gboolean first)
{
  g_autofree char *name = dmp_patient_dup_display_name (patient);
  g_autofree char *traits = dup_traits (patient);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("ca-insurer-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), traits);
  gtk_widget_add_css_class (image, first ? "ca-accent" : "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "patient", g_object_ref (patient), g_object_unref);

  return row;
}

static void
choose_row (DmpPatientPage *self, GtkListBoxRow *row)
{
  g_set_object (&self->choice, row != NULL ? g_object_get_data (G_OBJECT (row), "patient") : NULL);
}

static void
fill_beneficiaries (DmpPatientPage *self)
{
  GtkWidget *row;
  guint n = self->beneficiaries != NULL ? g_list_model_get_n_items (self->beneficiaries) : 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->vitale_list))) != NULL)
    gtk_list_box_remove (self->vitale_list, row);
  g_clear_object (&self->choice);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DmpPatient) patient = g_list_model_get_item (self->beneficiaries, i);

      gtk_list_box_append (self->vitale_list, new_beneficiary (patient, i == 0));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->vitale_list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->vitale_hint), n == 0);
  if (n > 0)
    {
      gtk_list_box_select_row (self->vitale_list,
                               gtk_list_box_get_row_at_index (self->vitale_list, 0));
      dmp_patient_page_focus (self);
    }
}

void
dmp_patient_page_set_beneficiaries (DmpPatientPage *self, GListModel *beneficiaries)
{
  g_return_if_fail (DMP_IS_PATIENT_PAGE (self));

  g_clear_signal_handler (&self->watch, self->beneficiaries);
  g_set_object (&self->beneficiaries, beneficiaries);
  if (beneficiaries != NULL)
    self->watch = g_signal_connect_swapped (beneficiaries, "items-changed",
                                            G_CALLBACK (fill_beneficiaries), self);
  fill_beneficiaries (self);
}

static void
on_row_selected (DmpPatientPage *self, GtkListBoxRow *row)
{
  choose_row (self, row);
}

static void
on_row_activated (DmpPatientPage *self, GtkListBoxRow *row)
{
  choose_row (self, row);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-patient", NULL);
}

/* --- The INS typed in --- */

static void
show_problem (DmpPatientPage *self, const char *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->ins_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->ins_row), "error");
}

/* The 15 characters without the spaces people put in, letters in capitals. */
static char *
dup_ins (DmpPatientPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->ins_row));
  GString *ins = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)) && (guchar) *text < 0x80)
      g_string_append_c (ins, g_ascii_toupper (*text));

  return g_string_free (ins, FALSE);
}

static void
on_ins_changed (DmpPatientPage *self)
{
  g_autofree char *ins = dup_ins (self);
  g_autofree char *hint = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = strlen (ins);

  if (length > 0)
    gtk_list_box_unselect_all (self->vitale_list);
  if (length >= INS_LENGTH && !dmp_ins_check (ins, &error))
    show_problem (self, error->message);
  else
    show_problem (self, NULL);
  if (length > 0 && length < INS_LENGTH)
    hint = g_strdup_printf (_ ("%u caractères sur %u"), (guint) length, INS_LENGTH);
  else if (length == INS_LENGTH && error == NULL)
    hint = g_strdup (_ ("Numéro et clé cohérents."));
  gtk_label_set_label (self->ins_hint,
                       hint != NULL ? hint : _ ("L’INS est vérifié avant tout accès."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patient.open-ins",
                                 length == INS_LENGTH && error == NULL);
}

/* "03/02/1953" → "19530203"; the empty string when nothing is typed; NULL when it is no date. */
static char *
dup_birth_date (DmpPatientPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->date_row));
  g_autofree char *stamp = dmp_date_dup_typed (text);

  if (*text == '\0')
    return g_strdup ("");
  return stamp != NULL && strlen (stamp) == 8 ? g_steal_pointer (&stamp) : NULL;
}

static char *
dup_upper (AdwEntryRow *row)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  g_strstrip (text);
  return *text != '\0' ? g_utf8_strup (text, -1) : NULL;
}

static DmpSex
get_sex (DmpPatientPage *self)
{
  if (gtk_toggle_button_get_active (self->female))
    return DMP_SEX_FEMALE;
  return gtk_toggle_button_get_active (self->male) ? DMP_SEX_MALE : DMP_SEX_UNKNOWN;
}

DmpPatient *
dmp_patient_page_dup_choice (DmpPatientPage *self, const char *ins_oid, GError **error)
{
  g_autofree char *ins = NULL, *name = NULL, *given = NULL, *date = NULL;
  DmpPatientFields fields = { 0 };

  g_return_val_if_fail (DMP_IS_PATIENT_PAGE (self), NULL);

  if (self->choice != NULL)
    return g_object_ref (self->choice);
  ins = dup_ins (self);
  if (!dmp_ins_check (ins, error))
    return NULL;
  date = dup_birth_date (self);
  if (date == NULL)
    {
      g_set_error (error, DMP_ERROR, DMP_ERROR_USAGE,
                   _ ("La date de naissance s’écrit JJ/MM/AAAA, par exemple 03/02/1953."));
      return NULL;
    }
  name = dup_upper (self->name_row);
  given = dup_upper (self->given_row);
  fields = (DmpPatientFields){ .ins = ins,
                               .ins_oid = ins_oid,
                               .birth_family = name,
                               .given = given,
                               .birth_date = *date != '\0' ? date : NULL,
                               .sex = get_sex (self) };

  return dmp_patient_new (&fields);
}

void
dmp_patient_page_clear (DmpPatientPage *self)
{
  AdwEntryRow *const rows[] = { self->ins_row, self->name_row, self->given_row, self->date_row };

  g_return_if_fail (DMP_IS_PATIENT_PAGE (self));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    dmp_field_clear (GTK_EDITABLE (rows[i]));
  gtk_toggle_button_set_active (self->female, FALSE);
  gtk_toggle_button_set_active (self->male, FALSE);
  gtk_list_box_unselect_all (self->vitale_list);
  g_clear_object (&self->choice);
}

void
dmp_patient_page_focus (DmpPatientPage *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (DMP_IS_PATIENT_PAGE (self));

  row = gtk_list_box_get_selected_row (self->vitale_list);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->vitale_list, 0);
  if (row != NULL)
    gtk_list_box_select_row (self->vitale_list, row);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->ins_row));
}

static void
open_ins (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_list_box_unselect_all (DMP_PATIENT_PAGE (widget)->vitale_list);
  g_clear_object (&DMP_PATIENT_PAGE (widget)->choice);
  gtk_widget_activate_action (widget, "win.open-patient", NULL);
}

static void
on_entry_activated (DmpPatientPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "patient.open-ins", NULL);
}

static void
dmp_patient_page_dispose (GObject *object)
{
  DmpPatientPage *self = DMP_PATIENT_PAGE (object);

  g_clear_signal_handler (&self->watch, self->beneficiaries);
  g_clear_object (&self->beneficiaries);
  g_clear_object (&self->choice);

  G_OBJECT_CLASS (dmp_patient_page_parent_class)->dispose (object);
}

static void
dmp_patient_page_class_init (DmpPatientPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_patient_page_dispose;
  gtk_widget_class_install_action (widget_class, "patient.open-ins", NULL, open_ins);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-patient-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, vitale_group);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, vitale_list);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, vitale_hint);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, ins_row);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, given_row);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, date_row);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, female);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, male);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DmpPatientPage, ins_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_ins_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
}

static void
dmp_patient_page_init (DmpPatientPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_beneficiaries (self);
  on_ins_changed (self);
}
