#include "config.h"

#include "dmp-cda-header-private.h"

#include <string.h>

void
dmp_cda_person_free (DmpCdaPerson *self)
{
  g_free (self->kind);
  g_free (self->id);
  g_free (self->id_root);
  g_free (self->prefix);
  g_free (self->family);
  g_free (self->given);
  g_free (self->suffix);
  g_free (self->device);
  g_free (self->organisation);
  g_free (self->organisation_id);
  g_free (self->time);
  g_free (self->telecom);
  g_free (self->address);
  g_strfreev (self->telecoms);
  g_clear_object (&self->code);
  g_clear_object (&self->function);
  g_free (self);
}

static gboolean
is_doctor (const DmpCdaPerson *self)
{
  return g_strcmp0 (self->suffix, "DR") == 0 || g_strcmp0 (self->prefix, "DR") == 0;
}

char *
dmp_cda_person_dup_display (const DmpCdaPerson *self)
{
  const char *title = is_doctor (self) ? "Dr" : g_strcmp0 (self->suffix, "PR") == 0 ? "Pr" : NULL;
  GString *out;
  g_autofree char *family = NULL;

  if (self->family == NULL)
    return g_strdup (self->organisation ? self->organisation : self->device ? self->device : "");
  out = g_string_new (title);
  family = g_utf8_strup (self->family, -1);
  if (self->given)
    g_string_append_printf (out, "%s%s", out->len ? " " : "", self->given);
  g_string_append_printf (out, "%s%s", out->len ? " " : "", family);
  return g_string_free (out, FALSE);
}

/* The part of a name that is used: with qualifier CL or SP if there is one, else without. */
static char *
dup_name_part (xmlNode *name, const char *part)
{
  xmlNode *best = NULL;

  dmp_cda_each (node, name, part)
  {
    const char *qualifier = dmp_xml_attr (node, "qualifier");
    gboolean used = g_strcmp0 (qualifier, "CL") == 0 || g_strcmp0 (qualifier, "SP") == 0;

    if (best == NULL || used)
      best = node;
  }
  return dmp_cda_dup_flat (best);
}

static void
read_name (DmpCdaPerson *self, xmlNode *name)
{
  if (name == NULL)
    return;
  self->prefix = dup_name_part (name, "prefix");
  self->suffix = dup_name_part (name, "suffix");
  self->given = dup_name_part (name, "given");
  self->family = dup_name_part (name, "family");
  if (self->family == NULL && self->given == NULL)
    self->family = dmp_cda_dup_flat (name);
}

static xmlNode *
first_of (xmlNode *node, const char *const *paths)
{
  for (guint i = 0; paths[i]; i++)
    {
      xmlNode *found = dmp_cda_path (node, paths[i]);

      if (found)
        return found;
    }
  return NULL;
}

static void
read_organisation (DmpCdaPerson *self, xmlNode *entity)
{
  static const char *const paths[] = { "representedOrganization", "scopingOrganization",
                                       "receivedOrganization", "representedCustodianOrganization",
                                       NULL };
  xmlNode *organisation = first_of (entity, paths);
  xmlNode *id = dmp_cda_child (organisation, "id");

  if (organisation == NULL)
    return;
  self->organisation = dmp_cda_dup_flat (dmp_cda_child (organisation, "name"));
  if (self->address == NULL)
    self->address = dmp_cda_dup_address (dmp_cda_child (organisation, "addr"));
  if (id)
    self->organisation_id = g_strdup (dmp_xml_attr (id, "extension"));
}

static void
read_id (DmpCdaPerson *self, xmlNode *id)
{
  const char *root = id ? dmp_xml_attr (id, "root") : NULL;
  const char *extension = id ? dmp_xml_attr (id, "extension") : NULL;

  self->id = g_strdup (extension ? extension : root);
  self->id_root = g_strdup (root);
}

DmpCdaPerson *
dmp_cda_person_read (xmlNode *entity, DmpCdaRole role)
{
  static const char *const names[] = { "assignedPerson/name",
                                       "associatedPerson/name",
                                       "relatedPerson/name",
                                       "informationRecipient/name",
                                       "guardianPerson/name",
                                       "playingEntity/name",
                                       NULL };
  static const char *const devices[] = { "assignedAuthoringDevice/softwareName",
                                         "assignedAuthoringDevice/manufacturerModelName", NULL };
  DmpCdaPerson *self = g_new0 (DmpCdaPerson, 1);

  self->role = role;
  read_id (self, dmp_cda_child (entity, "id"));
  self->kind = g_strdup (dmp_xml_attr (entity, "classCode"));
  self->code = dmp_cda_dup_code (dmp_cda_child (entity, "code"));
  self->telecom = g_strdup (dmp_cda_child_attr (entity, "telecom", "value"));
  self->telecoms = dmp_cda_dup_telecoms (entity);
  self->address = dmp_cda_dup_address (dmp_cda_child (entity, "addr"));
  read_name (self, first_of (entity, names));
  self->device = dmp_cda_dup_flat (first_of (entity, devices));
  read_organisation (self, entity);
  return self;
}

/* Where each kind of header participation keeps its entity. */
static const struct
{
  const char *element;
  const char *entity;
  DmpCdaRole role;
} participations[] = {
  { "author", "assignedAuthor", DMP_CDA_ROLE_AUTHOR },
  { "dataEnterer", "assignedEntity", DMP_CDA_ROLE_DATA_ENTERER },
  { "informant", "assignedEntity", DMP_CDA_ROLE_INFORMANT },
  { "informant", "relatedEntity", DMP_CDA_ROLE_INFORMANT },
  { "custodian", "assignedCustodian", DMP_CDA_ROLE_CUSTODIAN },
  { "informationRecipient", "intendedRecipient", DMP_CDA_ROLE_RECIPIENT },
  { "legalAuthenticator", "assignedEntity", DMP_CDA_ROLE_LEGAL_AUTHENTICATOR },
  { "authenticator", "assignedEntity", DMP_CDA_ROLE_AUTHENTICATOR },
  { "participant", "associatedEntity", DMP_CDA_ROLE_PARTICIPANT },
};

static void
add_participation (GPtrArray *people, xmlNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (participations); i++)
    {
      xmlNode *entity;
      DmpCdaPerson *person;

      if (!dmp_cda_is (node, participations[i].element))
        continue;
      entity = dmp_cda_child (node, participations[i].entity);
      if (entity == NULL)
        continue;
      person = dmp_cda_person_read (entity, participations[i].role);
      person->function = dmp_cda_dup_code (dmp_cda_child (node, "functionCode"));
      dmp_cda_read_interval (dmp_cda_child (node, "time"), &person->time, &person->time);
      if (participations[i].role == DMP_CDA_ROLE_PARTICIPANT &&
          (person->kind == NULL || strcmp (person->kind, "PROV") == 0))
        {
          g_free (person->kind);
          person->kind = g_strdup (dmp_xml_attr (node, "typeCode"));
        }
      g_ptr_array_add (people, person);
    }
}

GPtrArray *
dmp_cda_people_read (xmlNode *document)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_cda_person_free);
  xmlNode *patient = dmp_cda_path (document, "recordTarget/patientRole/patient");

  dmp_cda_each (guardian, patient, "guardian")
  {
    g_ptr_array_add (people, dmp_cda_person_read (guardian, DMP_CDA_ROLE_GUARDIAN));
  }
  for (xmlNode *node = dmp_cda_first_element (document); node; node = dmp_cda_next_element (node))
    {
      add_participation (people, node);
      if (dmp_cda_is (node, "documentationOf"))
        dmp_cda_each (performer, dmp_cda_child (node, "serviceEvent"), "performer")
        {
          xmlNode *entity = dmp_cda_child (performer, "assignedEntity");
          DmpCdaPerson *person;

          if (entity == NULL)
            continue;
          person = dmp_cda_person_read (entity, DMP_CDA_ROLE_PERFORMER);
          person->function = dmp_cda_dup_code (dmp_cda_child (performer, "functionCode"));
          dmp_cda_read_interval (dmp_cda_child (performer, "time"), &person->time, &person->time);
          g_ptr_array_add (people, person);
        }
    }
  return people;
}
