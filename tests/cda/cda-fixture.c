#include "config.h"

#include "cda-fixture.h"

#include "cda/dmp-cda-facts.h"

#include <string.h>

static const char *
or_default (const char *value, const char *fallback)
{
  return value ? value : fallback;
}

GBytes *
cda_fixture_write (const CdaFixture *fixture)
{
  const char *date = or_default (fixture->date, "20260110093000+0100");
  GString *xml = g_string_new (
      "<?xml version='1.0' encoding='UTF-8'?><ClinicalDocument xmlns='urn:hl7-org:v3' "
      "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
      "<typeId root='2.16.840.1.113883.1.3' extension='POCD_HD000040'/>"
      "<templateId root='1.2.250.1.213.1.1.1.1'/>");

  if (fixture->template)
    g_string_append_printf (xml, "<templateId root='%s' extension='2022.01'/>", fixture->template);
  g_string_append_printf (
      xml,
      "<id root='%s'/><code %s/><title>Lettre</title><effectiveTime value='%s'/>"
      "<confidentialityCode code='N'/><languageCode code='fr-FR'/><setId root='1.2.3.0'/>"
      "<versionNumber value='1'/><recordTarget><patientRole>"
      "<id root='1.2.250.1.213.1.4.10' extension='%s'/><patient><name>"
      "<family qualifier='BR'>DUPONT</family><given>JEANNE MARIE</given>"
      "<given qualifier='BR'>%s</given><family qualifier='CL'>MARTIN</family></name>"
      "<administrativeGenderCode code='F'/><birthTime value='19530203'/></patient></patientRole>"
      "</recordTarget><author>",
      or_default (fixture->id, "1.2.3.1"),
      or_default (fixture->type, "code='11488-4' codeSystem='2.16.840.1.113883.6.1'"), date,
      or_default (fixture->ins, "253027700412387"), or_default (fixture->given, "JEANNE"));
  if (fixture->function)
    g_string_append_printf (xml, "<functionCode code='%s' codeSystem='2.16.840.1.113883.5.88'/>",
                            fixture->function);
  g_string_append_printf (
      xml,
      "<time value='%s'/><assignedAuthor><id root='1.2.250.1.71.4.2.1' extension='899700000025'/>"
      "<assignedPerson><name><prefix>M</prefix><given>Julien</given><family>%s</family>"
      "<suffix>DR</suffix></name></assignedPerson><representedOrganization>"
      "<id root='1.2.250.1.71.4.2.2' extension='10B0770001'/><name>Centre hospitalier de Meaux"
      "</name></representedOrganization></assignedAuthor></author>%s"
      "<documentationOf><serviceEvent><effectiveTime><low value='%s'/></effectiveTime>"
      "</serviceEvent></documentationOf>",
      date, or_default (fixture->author, "PETIT"), or_default (fixture->extra, ""), date);
  if (fixture->replaces)
    g_string_append_printf (xml,
                            "<relatedDocument typeCode='RPLC'><parentDocument><id root='%s'/>"
                            "</parentDocument></relatedDocument>",
                            fixture->replaces);
  g_string_append_printf (
      xml, "<component><structuredBody>%s</structuredBody></component></ClinicalDocument>",
      or_default (fixture->sections, ""));
  return g_string_free_to_bytes (xml);
}

DmpCdaDocument *
cda_fixture_parse (const CdaFixture *fixture)
{
  g_autoptr (GBytes) bytes = cda_fixture_write (fixture);
  g_autoptr (GError) error = NULL;
  DmpCdaDocument *document = dmp_cda_document_parse (bytes, &error);

  g_assert_no_error (error);
  return document;
}

char *
cda_fixture_section (const char *loinc, const char *title, const char *text, const char *entries)
{
  return g_strdup_printf ("<component><section><code code='%s' codeSystem='2.16.840.1.113883.6.1'/>"
                          "<title>%s</title><text>%s</text>%s</section></component>",
                          loinc, title, text, entries);
}

DmpCdaDocument *
cda_fixture_parse_section (const char *loinc, const char *text, const char *entries)
{
  g_autofree char *sections = cda_fixture_section (loinc, "Titre", text, entries);
  CdaFixture fixture = { .sections = sections };

  return cda_fixture_parse (&fixture);
}

const DmpFact *
cda_fixture_fact (DmpCdaDocument *document, DmpFactKind kind, guint n)
{
  GPtrArray *facts = dmp_cda_document_get_facts (document);

  for (guint i = 0; i < facts->len; i++)
    {
      const DmpFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == kind && n-- == 0)
        return fact;
    }
  return NULL;
}
