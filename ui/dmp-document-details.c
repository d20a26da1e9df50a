#include "config.h"

#include "dmp-document-details.h"

#include "dmp-document-kind.h"
#include "dmp-document-person.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"
#include "model/dmp-oid.h"

#include <glib/gi18n.h>
#include <string.h>

void
dmp_document_details_clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add (GtkListBox *list, const char *title, const char *value)
{
  GtkWidget *row, *box;

  if (value == NULL || *value == '\0')
    return;
  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (box, "ca-check-row");
  gtk_box_append (GTK_BOX (box), dmp_text_new (title, "dim-label ca-caption"));
  gtk_box_append (GTK_BOX (box), dmp_text_new (value, "ca-dense"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (list, row);
}

/* --- What the DMP says --- */

static char *
dup_state (const DmpDocumentEntryFields *fields)
{
  const char *states[] = { _ ("actif"), _ ("remplacé"), _ ("archivé"), _ ("supprimé"), _ ("?") };
  GString *text = g_string_new (states[fields->status]);

  g_string_append_printf (text, _ (", version %u"), fields->version);
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS)
    g_string_append (text, _ (", masqué aux professionnels"));
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT)
    g_string_append (text, _ (", non visible du patient"));
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES)
    g_string_append (text, _ (", non visible des représentants légaux"));

  return g_string_free (text, FALSE);
}

void
dmp_document_details_set_entry (GtkListBox *list, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
  const DmpAuthor *first = fields->authors != NULL && fields->authors->len > 0
                               ? g_ptr_array_index (fields->authors, 0)
                               : NULL;
  g_autofree char *author = dmp_document_entry_dup_author (entry), *state = dup_state (fields);
  const char *date = dmp_document_entry_get_date (entry);
  g_autofree char *care = date != NULL ? dmp_date_dup_display (date, TRUE, FALSE) : NULL;
  g_autofree char *period = dmp_document_entry_dup_period (entry);
  g_autofree char *sent = fields->submission_time != NULL
                              ? dmp_date_dup_display (fields->submission_time, TRUE, FALSE)
                              : NULL;
  g_autofree char *size = fields->size >= 0 ? g_format_size ((guint64) fields->size) : NULL;

  dmp_document_details_clear (list);
  add (list, _ ("Type"), dmp_document_kind_get_type_label (entry));
  add (list, _ ("Auteur"), author);
  add (list, _ ("Établissement"), first != NULL ? first->institution : NULL);
  if (period != NULL)
    add (list, _ ("Période"), period);
  else
    add (list, _ ("Date de l’acte"), care);
  add (list, _ ("Envoyé le"), sent);
  add (list, _ ("État"), state);
  add (list, _ ("Taille"), size);
  add (list, _ ("Commentaire"), fields->comments);
}

/* --- What the header says --- */

static void
add_line (GString *out, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, text);
}

/* "Naissance 28/03/1979, DOMPREMY (51215)" */
static char *
dup_birth (const DmpCdaHeader *header)
{
  const char *stamp = dmp_patient_get_birth_date (header->patient);
  const char *place = dmp_patient_get_birth_place (header->patient);
  g_autofree char *date = stamp != NULL ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;
  GString *out = g_string_new (NULL);

  if (date != NULL)
    g_string_append_printf (out, _ ("Naissance %s"), date);
  if (header->birth_city != NULL)
    g_string_append_printf (out, ", %s", header->birth_city);
  if (place != NULL)
    g_string_append_printf (out, header->birth_city != NULL ? " (%s)" : ", %s", place);

  return g_string_free (out, FALSE);
}

static char *
dup_name (DmpPatient *patient)
{
  const char *given = dmp_patient_get_given_all (patient);

  return g_strjoin (" ", dmp_patient_get_birth_family (patient),
                    given != NULL ? given : dmp_patient_get_given (patient), NULL);
}

static char *
dup_ins (DmpPatient *patient)
{
  const char *ins = dmp_patient_get_ins (patient), *oid = dmp_patient_get_ins_oid (patient);

  if (ins == NULL)
    return NULL;
  if (g_strcmp0 (oid, DMP_OID_INS_NIR_TEST) == 0 || g_strcmp0 (oid, DMP_OID_INS_NIR_DEMO) == 0)
    return g_strdup_printf (_ ("INS %s (identité de test)"), ins);

  return g_strdup_printf (_ ("INS %s"), ins);
}

static void
add_patient (GtkListBox *list, const DmpCdaHeader *header)
{
  const char *sexes[] = { NULL, _ ("Sexe féminin"), _ ("Sexe masculin") };
  DmpPatient *patient = header->patient;
  g_autofree char *name = dup_name (patient), *used = dmp_patient_dup_display_name (patient);
  g_autofree char *birth = dup_birth (header), *ins = dup_ins (patient);
  g_autoptr (GString) words = g_string_new (name);

  if (dmp_patient_get_family (patient) != NULL)
    add_line (words, used);
  add_line (words, sexes[dmp_patient_get_sex (patient)]);
  add_line (words, birth);
  add_line (words, ins);
  add_line (words, header->patient_address);
  for (guint i = 0; header->patient_telecoms[i] != NULL; i++)
    {
      g_autofree char *telecom = dmp_document_person_dup_telecom (header->patient_telecoms[i]);

      add_line (words, telecom);
    }
  add (list, _ ("Patient, d’après le document"), words->str);
}

/* "du 04/01/2021 09:22 au 05/01/2021 16:05", "04/01/2021 09:22"; NULL without */
static char *
dup_interval (const char *start, const char *stop)
{
  g_autofree char *from = start != NULL ? dmp_date_dup_display (start, FALSE, TRUE) : NULL;
  g_autofree char *to = stop != NULL ? dmp_date_dup_display (stop, FALSE, TRUE) : NULL;

  if (from != NULL && to != NULL && strcmp (from, to) != 0)
    return g_strdup_printf (_ ("du %s au %s"), from, to);

  return from != NULL ? g_steal_pointer (&from) : g_steal_pointer (&to);
}

static void
add_acts (GtkListBox *list, const DmpCdaHeader *header)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < header->acts->len; i++)
    {
      const DmpCdaAct *act = g_ptr_array_index (header->acts, i);
      g_autofree char *when = dup_interval (act->start, act->stop);

      if (act->code != NULL)
        add_line (words, dmp_code_get_display (act->code));
      add_line (words, when);
    }
  add (list, header->acts->len > 1 ? _ ("Actes") : _ ("Acte"), words->str);
}

static void
add_stay (GtkListBox *list, const DmpCdaHeader *header)
{
  g_autofree char *when = dup_interval (header->encounter_start, header->encounter_stop);
  g_autoptr (GString) words = g_string_new (NULL);

  if (header->encounter_code != NULL)
    add_line (words, dmp_code_get_display (header->encounter_code));
  add_line (words, when);
  add_line (words, header->facility_name);
  if (header->facility_type != NULL)
    add_line (words, dmp_code_get_display (header->facility_type));
  add (list, _ ("Prise en charge"), words->str);
}

void
dmp_document_details_add_header (GtkListBox *list, DmpCdaDocument *document)
{
  const DmpCdaHeader *header = dmp_cda_document_get_header (document);
  g_autofree char *made = header->effective_time != NULL
                              ? dmp_date_dup_display (header->effective_time, FALSE, TRUE)
                              : NULL;
  g_autofree char *orders = g_strjoinv ("\n", header->orders);

  add (list, _ ("Document produit le"), made);
  add (list, _ ("Numéro de la demande"), orders);
  add_acts (list, header);
  add_stay (list, header);
  add_patient (list, header);
  for (guint i = 0; i < header->people->len; i++)
    {
      const DmpCdaPerson *person = g_ptr_array_index (header->people, i);
      g_autofree char *words = dmp_document_person_dup_words (person);

      add (list, dmp_document_person_get_title (person), words);
    }
}
