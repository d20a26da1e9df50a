#include "config.h"

#include "dmp-note-private.h"

#include <string.h>

#define NS DMP_NS_CDA

/* What the writers of entries share. */

void
dmp_entry_add_templates (xmlNode *node, const char *templates)
{
  g_auto (GStrv) roots = g_strsplit (templates, " ", -1);

  for (guint i = 0; roots[i]; i++)
    dmp_xml_add (node, NS, "templateId", "root", roots[i], NULL);
}

xmlNode *
dmp_entry_add_statement (xmlNode *parent, const char *name, const char *mood, const char *templates)
{
  static const char *const classes[][2] = { { "act", "ACT" },
                                            { "observation", "OBS" },
                                            { "procedure", "PROC" },
                                            { "substanceAdministration", "SBADM" } };
  g_autofree char *id = g_uuid_string_random ();
  xmlNode *node = dmp_xml_add (parent, NS, name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (strcmp (name, classes[i][0]) == 0)
      dmp_xml_set (node, "classCode", classes[i][1]);
  dmp_xml_set (node, "moodCode", mood);
  dmp_entry_add_templates (node, templates);
  dmp_xml_add (node, NS, "id", "root", id, NULL);
  return node;
}

void
dmp_entry_add_reference (const DmpEntryWriting *writing,
                         xmlNode *parent,
                         const char *name,
                         const char *field)
{
  g_autofree char *target = g_strdup_printf ("#%s-%s", writing->prefix, field);

  dmp_xml_add (dmp_xml_add (parent, NS, name, NULL), NS, "reference", "value", target, NULL);
}

xmlNode *
dmp_entry_add_words (const DmpEntryWriting *writing,
                     xmlNode *parent,
                     const char *name,
                     const char *type,
                     DmpCode *code,
                     const char *field)
{
  xmlNode *node = code ? dmp_cda_add_code (parent, name, code)
                       : dmp_xml_add (parent, NS, name, "nullFlavor", "OTH", NULL);

  if (type)
    dmp_xml_set (node, "xsi:type", type);
  dmp_entry_add_reference (writing, node, "originalText", field);
  return node;
}

static void
add_bound (xmlNode *interval, const char *name, const char *stamp)
{
  if (stamp)
    dmp_xml_add (interval, NS, name, "value", stamp, NULL);
  else
    dmp_xml_add (interval, NS, name, "nullFlavor", "UNK", NULL);
}

void
dmp_entry_add_interval (xmlNode *parent, const DmpFact *fact, gboolean high)
{
  xmlNode *interval = dmp_xml_add (parent, NS, "effectiveTime", "xsi:type", "IVL_TS", NULL);

  add_bound (interval, "low", fact->date);
  if (high || fact->end_date)
    add_bound (interval, "high", fact->end_date);
}

DmpCode *
dmp_entry_detail_code (const DmpFact *fact, DmpDetailRole role)
{
  const DmpFactDetail *detail = dmp_fact_get_detail (fact, role);

  return detail ? detail->code : NULL;
}

void
dmp_entry_add_comment (const DmpEntryWriting *writing, xmlNode *parent)
{
  const DmpFactDetail *comment = dmp_fact_get_detail (writing->fact, DMP_DETAIL_COMMENT);
  xmlNode *relation, *act;

  if (comment == NULL)
    return;
  relation = dmp_xml_add (parent, NS, "entryRelationship", "typeCode", "SUBJ", "inversionInd",
                          "true", NULL);
  act = dmp_xml_add (relation, NS, "act", "classCode", "ACT", "moodCode", "EVN", NULL);
  dmp_entry_add_templates (act, "2.16.840.1.113883.10.20.1.40 1.3.6.1.4.1.19376.1.5.3.1.4.2 "
                                "1.2.250.1.213.1.1.3.32");
  dmp_xml_add (act, NS, "code", "code", "48767-8", "displayName", "Commentaire", "codeSystem",
               DMP_OID_LOINC, "codeSystemName", "LOINC", NULL);
  dmp_entry_add_reference (writing, act, "text", "comment");
  dmp_xml_add (act, NS, "statusCode", "code", "completed", NULL);
}

void
dmp_entry_add_reason (const DmpEntryWriting *writing, xmlNode *parent)
{
  const DmpFactDetail *reason = dmp_fact_get_detail (writing->fact, DMP_DETAIL_REASON);
  xmlNode *relation, *act, *code;

  if (reason == NULL)
    return;
  relation = dmp_xml_add (parent, NS, "entryRelationship", "typeCode", "RSON", NULL);
  act = dmp_entry_add_statement (relation, "act", "EVN",
                                 "1.3.6.1.4.1.19376.1.5.3.1.4.4.1 1.2.250.1.213.1.1.3.36");
  code = dmp_entry_add_words (writing, act, "code", NULL, reason->code, "reason");
  if (reason->code == NULL)
    dmp_xml_set (code, "nullFlavor", "NA"); /* as the model wants it */
}
