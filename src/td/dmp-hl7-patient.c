#include "config.h"

#include "dmp-hl7-patient.h"
#include "model/dmp-oid.h"
#include "model/dmp-text.h"

#include <string.h>

#define NS DMP_NS_HL7

static gboolean
is_ins (const char *root)
{
  static const char *const roots[] = { DMP_OID_INS_NIR, DMP_OID_INS_NIA, DMP_OID_INS_NIR_TEST,
                                       DMP_OID_INS_NIR_DEMO, NULL };

  return root != NULL && g_strv_contains (roots, root);
}

/* The id that names the patient: an INS, else the first one. */
static xmlNode *
find_id (xmlNode *patient)
{
  dmp_xml_each (id, patient, NS, "id") if (is_ins (dmp_xml_attr (id, "root"))) return id;

  return dmp_xml_child (patient, NS, "id");
}

/* Text of a name part; what stands for an unknown one counts as absent. */
static char *
dup_part (xmlNode *node)
{
  g_autofree char *raw = dmp_xml_text (node);
  g_autofree char *text = dmp_text_dup_strip (raw);

  if (text == NULL || dmp_text_same (text, "NON RENSEIGNE"))
    return NULL;

  return g_steal_pointer (&text);
}

/* @qualifier may be one word of several in the attribute. */
static char *
dup_family (xmlNode *name, const char *qualifier)
{
  dmp_xml_each (family, name, NS, "family")
  {
    g_auto (GStrv) words = g_strsplit (
        dmp_xml_attr (family, "qualifier") != NULL ? dmp_xml_attr (family, "qualifier") : "", " ",
        -1);
    gboolean plain = words[0] == NULL && g_str_equal (qualifier, "BR");

    if (plain || g_strv_contains ((const char *const *) words, qualifier))
      return dup_part (family);
  }

  return NULL;
}

static char *
dup_all_given (xmlNode *name)
{
  g_autoptr (GString) all = g_string_new (NULL);

  dmp_xml_each (given, name, NS, "given")
  {
    g_autofree char *part = dup_part (given);

    if (part != NULL)
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", part);
  }

  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

static DmpSex
read_sex (xmlNode *person)
{
  const char *code = dmp_xml_attr (dmp_xml_child (person, NS, "administrativeGenderCode"), "code");

  if (g_strcmp0 (code, "F") == 0)
    return DMP_SEX_FEMALE;

  return g_strcmp0 (code, "M") == 0 ? DMP_SEX_MALE : DMP_SEX_UNKNOWN;
}

/* The day of a birth time. */
static char *
dup_birth_date (xmlNode *person)
{
  const char *value = dmp_xml_attr (dmp_xml_child (person, NS, "birthTime"), "value");

  return value != NULL ? g_strndup (value, 8) : NULL;
}

DmpPatient *
dmp_hl7_patient_read (xmlNode *patient)
{
  xmlNode *id = find_id (patient);
  xmlNode *person = dmp_xml_child (patient, NS, "patientPerson");
  xmlNode *name = dmp_xml_child (person, NS, "name");
  g_autofree char *birth_family = dup_family (name, "BR");
  g_autofree char *family = dup_family (name, "SP");
  g_autofree char *given = dup_part (dmp_xml_child (name, NS, "given"));
  g_autofree char *given_all = dup_all_given (name);
  g_autofree char *prefix = dup_part (dmp_xml_child (name, NS, "prefix"));
  g_autofree char *birth_date = dup_birth_date (person);
  DmpPatientFields fields = {
    .ins = dmp_xml_attr (id, "extension"),
    .ins_oid = dmp_xml_attr (id, "root"),
    .birth_family = birth_family,
    .family = family,
    .given = given,
    .given_all = given_all,
    .birth_date = birth_date,
    .prefix = prefix,
    .sex = read_sex (person),
  };

  return dmp_patient_new (&fields);
}
