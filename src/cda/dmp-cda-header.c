#include "config.h"

#include "dmp-cda-header-private.h"

#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

void
dmp_cda_header_free (DmpCdaHeader *self)
{
  g_free (self->unique_id);
  g_free (self->set_id);
  g_free (self->title);
  g_free (self->effective_time);
  g_free (self->confidentiality);
  g_free (self->language);
  g_free (self->service_start);
  g_free (self->service_stop);
  g_free (self->encounter_start);
  g_free (self->encounter_stop);
  g_free (self->replaces);
  g_free (self->order_id);
  g_free (self->facility_name);
  g_free (self->patient_address);
  g_free (self->birth_city);
  g_strfreev (self->orders);
  g_strfreev (self->patient_telecoms);
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  g_clear_object (&self->code);
  g_clear_object (&self->event_code);
  g_clear_object (&self->practice_setting);
  g_clear_object (&self->encounter_code);
  g_clear_object (&self->facility_type);
  g_clear_object (&self->patient);
  g_strfreev (self->patient_ids);
  g_strfreev (self->template_ids);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

static void
act_free (DmpCdaAct *act)
{
  g_clear_object (&act->code);
  g_free (act->start);
  g_free (act->stop);
  g_free (act);
}

gboolean
dmp_cda_is_ins_root (const char *root)
{
  static const char *const roots[] = { DMP_OID_INS_NIR,      DMP_OID_INS_NIA, DMP_OID_INS_NIR_TEST,
                                       DMP_OID_INS_NIR_DEMO, DMP_OID_INS_C,   NULL };

  return root && g_strv_contains (roots, root);
}

static DmpSex
read_sex (xmlNode *patient)
{
  const char *code = dmp_cda_child_attr (patient, "administrativeGenderCode", "code");

  if (g_strcmp0 (code, "F") == 0)
    return DMP_SEX_FEMALE;
  return g_strcmp0 (code, "M") == 0 ? DMP_SEX_MALE : DMP_SEX_UNKNOWN;
}

/* The name part with @qualifier, NULL for none. */
static char *
dup_qualified (xmlNode *name, const char *part, const char *qualifier)
{
  dmp_cda_each (node, name, part)
  {
    if (g_strcmp0 (dmp_xml_attr (node, "qualifier"), qualifier) == 0)
      return dmp_cda_dup_flat (node);
  }
  return NULL;
}

static void
read_ins (xmlNode *role, DmpPatientFields *fields)
{
  dmp_cda_each (id, role, "id")
  {
    if (dmp_cda_is_ins_root (dmp_xml_attr (id, "root")) && dmp_xml_attr (id, "extension"))
      {
        fields->ins = dmp_xml_attr (id, "extension");
        fields->ins_oid = dmp_xml_attr (id, "root");
        return;
      }
  }
}

static DmpPatient *
read_patient (xmlNode *role)
{
  xmlNode *patient = dmp_cda_child (role, "patient");
  xmlNode *name = dmp_cda_child (patient, "name");
  g_autofree char *birth = dup_qualified (name, "family", "BR");
  g_autofree char *used = dup_qualified (name, "family", "CL");
  g_autofree char *spouse = dup_qualified (name, "family", "SP");
  g_autofree char *plain = dup_qualified (name, "family", NULL);
  g_autofree char *given = dup_qualified (name, "given", "BR");
  g_autofree char *all = dup_qualified (name, "given", NULL);
  g_autofree char *prefix = dmp_cda_dup_flat (dmp_cda_child (name, "prefix"));
  g_autofree char *place =
      dmp_cda_dup_flat (dmp_cda_path (patient, "birthplace/place/addr/county"));
  const char *family = used ? used : spouse ? spouse : plain;
  DmpPatientFields fields = { .birth_family = birth ? birth : family,
                              .given = given ? given : all,
                              .given_all = all,
                              .birth_date = dmp_cda_child_attr (patient, "birthTime", "value"),
                              .birth_place = place,
                              .prefix = prefix,
                              .sex = read_sex (patient) };

  if (birth && g_strcmp0 (family, birth) != 0)
    fields.family = family;
  read_ins (role, &fields);
  return dmp_patient_new (&fields);
}

static char **
dup_ids (xmlNode *parent)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  dmp_cda_each (id, parent, "id")
  {
    g_autofree char *text = dmp_cda_dup_id (id);

    if (text)
      g_strv_builder_add (ids, text);
  }
  return g_strv_builder_end (ids);
}

static GPtrArray *
read_acts (xmlNode *document)
{
  GPtrArray *acts = g_ptr_array_new_with_free_func ((GDestroyNotify) act_free);

  dmp_cda_each (documentation, document, "documentationOf")
  {
    xmlNode *event = dmp_cda_child (documentation, "serviceEvent");
    DmpCdaAct *act;

    if (event == NULL)
      continue;
    act = g_new0 (DmpCdaAct, 1);
    act->code = dmp_cda_dup_code (dmp_cda_child (event, "code"));
    dmp_cda_read_interval (dmp_cda_child (event, "effectiveTime"), &act->start, &act->stop);
    g_ptr_array_add (acts, act);
  }

  return acts;
}

static void
read_service (DmpCdaHeader *self, xmlNode *document)
{
  xmlNode *event = dmp_cda_path (document, "documentationOf/serviceEvent");
  xmlNode *setting = dmp_cda_path (
      event, "performer/assignedEntity/representedOrganization/standardIndustryClassCode");
  xmlNode *encounter = dmp_cda_path (document, "componentOf/encompassingEncounter");

  self->acts = read_acts (document);
  dmp_cda_read_interval (dmp_cda_child (event, "effectiveTime"), &self->service_start,
                         &self->service_stop);
  self->event_code = dmp_cda_dup_code (dmp_cda_child (event, "code"));
  self->practice_setting = dmp_cda_dup_code (setting);
  dmp_cda_read_interval (dmp_cda_child (encounter, "effectiveTime"), &self->encounter_start,
                         &self->encounter_stop);
  self->encounter_code = dmp_cda_dup_code (dmp_cda_child (encounter, "code"));
  self->facility_type =
      dmp_cda_dup_code (dmp_cda_path (encounter, "location/healthCareFacility/code"));
  self->facility_name =
      dmp_cda_dup_flat (dmp_cda_path (encounter, "location/healthCareFacility/location/name"));
}

/* What people call an order by. */
static char **
dup_orders (xmlNode *document)
{
  g_autoptr (GStrvBuilder) orders = g_strv_builder_new ();

  dmp_cda_each (fulfilment, document, "inFulfillmentOf")
  {
    xmlNode *id = dmp_cda_path (fulfilment, "order/id");
    const char *name = id != NULL ? dmp_xml_attr (id, "extension") : NULL;

    if (id != NULL && name == NULL)
      name = dmp_xml_attr (id, "root");
    if (name != NULL)
      g_strv_builder_add (orders, name);
  }

  return g_strv_builder_end (orders);
}

static void
read_related (DmpCdaHeader *self, xmlNode *document)
{
  dmp_cda_each (related, document, "relatedDocument")
  {
    if (self->replaces == NULL && g_strcmp0 (dmp_xml_attr (related, "typeCode"), "RPLC") == 0)
      self->replaces = dmp_cda_dup_id (dmp_cda_path (related, "parentDocument/id"));
  }
  self->orders = dup_orders (document);
  self->order_id = dmp_cda_dup_id (dmp_cda_path (document, "inFulfillmentOf/order/id"));
}

static guint
read_version (xmlNode *document)
{
  const char *text = dmp_cda_child_attr (document, "versionNumber", "value");
  guint64 version = text ? g_ascii_strtoull (text, NULL, 10) : 1;

  return (guint) CLAMP (version, 1, 1000000);
}

DmpCdaHeader *
dmp_cda_header_read (xmlNode *document, GError **error)
{
  g_autoptr (DmpCdaHeader) self = g_new0 (DmpCdaHeader, 1);
  xmlNode *role = dmp_cda_path (document, "recordTarget/patientRole");

  self->unique_id = dmp_cda_dup_id (dmp_cda_child (document, "id"));
  if (self->unique_id == NULL)
    {
      g_set_error (
          error, DMP_ERROR, DMP_ERROR_INVALID_DOCUMENT,
          _ ("Le document n’a pas d’identifiant : il ne peut pas être lu. Il reste dans le "
             "dossier ; son auteur peut le renvoyer."));
      return NULL;
    }
  self->set_id = dmp_cda_dup_id (dmp_cda_child (document, "setId"));
  self->version = read_version (document);
  self->title = dmp_cda_dup_flat (dmp_cda_child (document, "title"));
  if (self->title == NULL)
    self->title = g_strdup ("");
  self->effective_time = g_strdup (dmp_cda_get_stamp (dmp_cda_child (document, "effectiveTime")));
  self->confidentiality = g_strdup (dmp_cda_child_attr (document, "confidentialityCode", "code"));
  self->language = g_strdup (dmp_cda_child_attr (document, "languageCode", "code"));
  self->code = dmp_cda_dup_code (dmp_cda_child (document, "code"));
  self->template_ids = dmp_cda_dup_templates (document);
  self->patient = read_patient (role);
  self->patient_ids = dup_ids (role);
  self->patient_telecoms = dmp_cda_dup_telecoms (role);
  self->patient_address = dmp_cda_dup_address (dmp_cda_child (role, "addr"));
  self->birth_city = dmp_cda_dup_flat (dmp_cda_path (role, "patient/birthplace/place/addr/city"));
  self->people = dmp_cda_people_read (document);
  read_service (self, document);
  read_related (self, document);
  return g_steal_pointer (&self);
}
