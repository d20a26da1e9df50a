#include "config.h"

#include "cda-fixture.h"

#include "cda/dmp-cda-check.h"
#include "cda/dmp-cda-facts.h"

#include <string.h>

static const char *
detail_text (const DmpFact *fact, DmpDetailRole role)
{
  const DmpFactDetail *detail = dmp_fact_get_detail (fact, role);

  return detail ? detail->text : NULL;
}

static void
test_allergy (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "48765-2",
      "<table><tbody><tr><td>2019</td><td><content ID='k'>Allergie</content></td>"
      "<td><content ID='a'>Pénicilline</content></td><td>urticaire</td></tr></tbody></table>",
      "<entry><act classCode='ACT' moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.40'/>"
      "<statusCode code='active'/><entryRelationship><observation classCode='OBS' moodCode='EVN'>"
      "<templateId root='1.2.250.1.213.1.1.3.41'/><code code='416098002' "
      "codeSystem='2.16.840.1.113883.6.96'/><text><reference value='#k'/></text>"
      "<effectiveTime><low value='2019'/></effectiveTime><participant typeCode='CSM'>"
      "<participantRole><playingEntity><code code='J01C' codeSystem='2.16.840.1.113883.6.73'>"
      "<originalText><reference value='#a'/></originalText></code></playingEntity>"
      "</participantRole></participant><entryRelationship typeCode='MFST'>"
      "<observation classCode='OBS' moodCode='EVN'><value xsi:type='CD' code='X' "
      "codeSystem='1' displayName='Urticaire'/><entryRelationship><observation classCode='OBS' "
      "moodCode='EVN'><code code='SEV'/><value xsi:type='CD' code='6736007' "
      "displayName='modéré'/></observation></entryRelationship></observation></entryRelationship>"
      "</observation></entryRelationship></act></entry>");
  const DmpFact *fact = cda_fixture_fact (document, DMP_FACT_ALLERGY, 0);

  g_assert_nonnull (fact);
  g_assert_cmpstr (fact->text, ==, "Pénicilline");
  g_assert_cmpstr (fact->place, ==, "#a");
  g_assert_cmpstr (fact->date, ==, "2019");
  g_assert_cmpstr (fact->status, ==, "active");
  g_assert_cmpstr (fact->row, ==, "2019\tAllergie\tPénicilline\turticaire");
  g_assert_nonnull (dmp_fact_get_key (fact, "2.16.840.1.113883.6.73"));
  g_assert_cmpstr (detail_text (fact, DMP_DETAIL_REACTION), ==, "Urticaire");
  g_assert_cmpstr (detail_text (fact, DMP_DETAIL_SEVERITY), ==, "modéré");
  g_assert_false (fact->absent);
  g_assert_cmpint (fact->trust, ==, DMP_TRUST_PS);
}

static void
test_no_allergy (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "48765-2", "<content ID='n'>Aucune allergie connue</content>",
      "<entry><observation classCode='OBS' moodCode='EVN'>"
      "<templateId root='1.2.250.1.213.1.1.3.41'/><code code='420134006'/><value xsi:type='CD' "
      "code='no-known-allergies' codeSystem='2.16.840.1.113883.5.1150.1'><originalText>"
      "<reference value='#n'/></originalText></value></observation></entry>"
      "<entry><observation classCode='OBS' moodCode='EVN'>"
      "<templateId root='1.2.250.1.213.1.1.3.41'/><code code='420134006'/><value xsi:type='CD' "
      "code='no-allergy-info' codeSystem='2.16.840.1.113883.5.1150.1'/></observation></entry>");
  const DmpFact *none = cda_fixture_fact (document, DMP_FACT_ALLERGY, 0);
  const DmpFact *unknown = cda_fixture_fact (document, DMP_FACT_ALLERGY, 1);

  g_assert_true (none->absent);
  g_assert_false (none->no_information);
  g_assert_cmpstr (none->text, ==, "Aucune allergie connue");
  g_assert_true (unknown->no_information);
  g_assert_false (unknown->absent);
}

static void
test_text_allergy (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "48765-2",
      "<table><thead><tr><th>Agent</th></tr></thead><tbody><tr><td>Iode</td></tr>"
      "<tr><td>Latex</td></tr></tbody></table>",
      "");

  g_assert_cmpstr (cda_fixture_fact (document, DMP_FACT_ALLERGY, 0)->text, ==, "Iode");
  g_assert_cmpstr (cda_fixture_fact (document, DMP_FACT_ALLERGY, 1)->text, ==, "Latex");
  g_assert_null (cda_fixture_fact (document, DMP_FACT_ALLERGY, 2));
  g_assert_true (cda_fixture_fact (document, DMP_FACT_ALLERGY, 1)->text_only);
  g_assert_cmpint (dmp_cda_document_get_body (document), ==, DMP_CDA_BODY_TEXT);
}

static void
test_problem (void)
{
  static const char entry[] =
      CDA_PROBLEM ("p", "I48", "Fibrillation", "2021", "<high value='20250301'/>");
  g_autofree char *negated = g_strdup (entry);
  g_autoptr (DmpCdaDocument) active =
      cda_fixture_parse_section ("11450-4", "<content ID='p'>FA permanente</content>", entry);
  g_autoptr (DmpCdaDocument) past =
      cda_fixture_parse_section ("11348-0", "<content ID='p'>FA</content>", entry);
  const DmpFact *fact = cda_fixture_fact (active, DMP_FACT_PROBLEM, 0);
  char *mood = strstr (negated, "moodCode='EVN'><templateId root='1.2.250.1.213.1.1.3.37");

  g_assert_cmpstr (fact->text, ==, "FA permanente");
  g_assert_cmpstr (fact->date, ==, "2021");
  g_assert_cmpstr (fact->end_date, ==, "20250301");
  g_assert_cmpstr (dmp_code_get_code (g_ptr_array_index (fact->keys, 0)), ==, "I48");
  g_assert_nonnull (cda_fixture_fact (past, DMP_FACT_HISTORY, 0));
  g_assert_null (cda_fixture_fact (past, DMP_FACT_PROBLEM, 0));
  g_assert_nonnull (mood);
  {
    g_autofree char *text =
        g_strdup_printf ("%.*snegationInd='true' %s", (int) (mood - negated), negated, mood);
    g_autoptr (DmpCdaDocument) excluded =
        cda_fixture_parse_section ("11450-4", "<content ID='p'>FA</content>", text);

    g_assert_true (cda_fixture_fact (excluded, DMP_FACT_PROBLEM, 0)->negated);
  }
}

static void
test_treatment (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "10160-0",
      "<table><thead><tr><th>Depuis</th><th>Médicament</th><th>Posologie</th></tr></thead><tbody>"
      "<tr><td>2020</td><td><content ID='m'>PLAVIX 75 mg</content></td><td>1 cp/j</td></tr></tbody>"
      "</table>",
      CDA_TREATMENT ("m", "63564053", "PLAVIX 75 mg", "20200811", CDA_PERIOD ("1", "d"),
                     CDA_DOSE ("2")));
  const DmpFact *fact = cda_fixture_fact (document, DMP_FACT_TREATMENT, 0);

  g_assert_cmpstr (fact->text, ==, "PLAVIX 75 mg");
  g_assert_cmpstr (fact->dosage_text, ==, "1 cp/j");
  g_assert_cmpstr (fact->dosage->dose_low, ==, "2");
  g_assert_cmpstr (fact->dosage->dose_unit, ==, "{tablet}");
  g_assert_cmpstr (fact->dosage->period, ==, "1");
  g_assert_cmpstr (fact->dosage->period_unit, ==, "d");
  g_assert_cmpstr (fact->date, ==, "20200811");
  g_assert_null (fact->end_date);
}

static void
test_delivery (void)
{
  g_autofree char *section = cda_fixture_section (
      "10160-0", "Médicaments", "<content ID='d'>AMOXICILLINE 1 g</content>",
      "<entry><substanceAdministration classCode='SBADM' moodCode='EVN'>"
      "<templateId root='1.2.250.1.213.1.1.3.42'/><effectiveTime xsi:type='IVL_TS'>"
      "<low nullFlavor='UNK'/></effectiveTime><consumable><manufacturedProduct>"
      "<manufacturedMaterial><code><originalText><reference value='#d'/></originalText>"
      "<translation code='3400930234259' codeSystem='1.2.250.1.215.200.1.1.1'/><translation "
      "code='J01' codeSystem='1.2.250.1.215.200.1.2.1'/><translation><translation code='12' "
      "displayName='AMOXICILLINE' codeSystem='1.2.250.1.215.200.1.3.1'/></translation></code>"
      "</manufacturedMaterial></manufacturedProduct></consumable><entryRelationship "
      "typeCode='REFR'><supply classCode='SPLY' moodCode='EVN'><quantity value='2'/>"
      "<performer><time value='20251222'/><assignedEntity><representedOrganization>"
      "<name>Pharmacie de la Marne</name></representedOrganization></assignedEntity></performer>"
      "</supply></entryRelationship></substanceAdministration></entry>");
  CdaFixture fixture = { .template = "1.2.250.1.213.1.1.1.36", .sections = section };
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse (&fixture);
  const DmpFact *fact = cda_fixture_fact (document, DMP_FACT_DELIVERY, 0);

  g_assert_null (cda_fixture_fact (document, DMP_FACT_TREATMENT, 0));
  g_assert_cmpint (fact->trust, ==, DMP_TRUST_AM);
  g_assert_cmpstr (fact->date, ==, "20251222");
  g_assert_cmpstr (detail_text (fact, DMP_DETAIL_QUANTITY), ==, "2");
  g_assert_cmpstr (detail_text (fact, DMP_DETAIL_SUBSTANCE), ==, "AMOXICILLINE");
  g_assert_cmpstr (detail_text (fact, DMP_DETAIL_PERFORMER), ==, "Pharmacie de la Marne");
  g_assert_null (fact->dosage);
}

static void
test_result (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "18719-5", "<content ID='r'>DFG estimé</content>",
      "<entry><act classCode='ACT' moodCode='EVN'><entryRelationship typeCode='COMP'>" CDA_RESULT (
          "r", "62238-1", "38", "mL/min/{1.73_m2}", "L",
          "202601140735+0100") "</entryRelationship></act></entry>");
  const DmpFact *fact = cda_fixture_fact (document, DMP_FACT_RESULT, 0);

  g_assert_cmpstr (fact->text, ==, "DFG estimé");
  g_assert_cmpstr (fact->value->number, ==, "38");
  g_assert_cmpstr (fact->value->unit, ==, "mL/min/{1.73_m2}");
  g_assert_cmpstr (fact->value->low, ==, "60");
  g_assert_null (fact->value->high);
  g_assert_cmpstr (fact->value->flag, ==, "L");
  g_assert_cmpstr (fact->date, ==, "202601140735+0100");
}

static void
test_vaccine_and_others (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "11369-6", "<content ID='v'>VAXIGRIP</content> <content ID='e'>Séjour</content>",
      "<entry><substanceAdministration classCode='SBADM' moodCode='EVN' negationInd='true'>"
      "<templateId root='1.2.250.1.213.1.1.3.45'/><code code='BOOSTER'/><effectiveTime "
      "value='20251110'/><consumable><manufacturedProduct><manufacturedMaterial><code "
      "nullFlavor='UNK'><originalText><reference value='#v'/></originalText><translation "
      "code='J07BB02' codeSystem='2.16.840.1.113883.6.73'/></code><lotNumberText>U8Z41"
      "</lotNumberText></manufacturedMaterial></manufacturedProduct></consumable>"
      "<entryRelationship><observation classCode='OBS' moodCode='EVN'><code code='30973-2'/>"
      "<value xsi:type='INT' value='3'/></observation></entryRelationship>"
      "</substanceAdministration></entry>"
      "<entry><encounter classCode='ENC' moodCode='EVN'>"
      "<templateId root='1.2.250.1.213.1.1.3.58'/><code code='IMP'/><text><reference value='#e'/>"
      "</text><effectiveTime><low value='20251124'/><high value='20251128'/></effectiveTime>"
      "</encounter></entry>"
      "<entry><supply classCode='SPLY' moodCode='EVN'><templateId "
      "root='1.2.250.1.213.1.1.3.20'/><participant typeCode='DEV'><participantRole>"
      "<playingDevice><code code='J01' displayName='Stimulateur' codeSystem='1.2.250.1.213.2.68'/>"
      "</playingDevice></participantRole></participant></supply></entry>"
      "<entry><act classCode='ACT' moodCode='EVN'><code code='Z' codeSystem='9' "
      "displayName='Inconnu'/></act></entry>");
  const DmpFact *vaccine = cda_fixture_fact (document, DMP_FACT_VACCINE, 0);
  const DmpFact *event = cda_fixture_fact (document, DMP_FACT_EVENT, 0);

  g_assert_true (vaccine->negated);
  g_assert_cmpstr (vaccine->text, ==, "VAXIGRIP");
  g_assert_cmpstr (vaccine->null_flavor, ==, "UNK");
  g_assert_cmpstr (detail_text (vaccine, DMP_DETAIL_LOT), ==, "U8Z41");
  g_assert_cmpstr (detail_text (vaccine, DMP_DETAIL_RANK), ==, "3");
  g_assert_cmpstr (event->date, ==, "20251124");
  g_assert_cmpstr (event->end_date, ==, "20251128");
  g_assert_cmpstr (cda_fixture_fact (document, DMP_FACT_DEVICE, 0)->text, ==, "Stimulateur");
  g_assert_cmpstr (cda_fixture_fact (document, DMP_FACT_UNCLASSIFIED, 0)->text, ==, "Inconnu");
}

static void
test_family (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section (
      "10157-6", "<content ID='f'>Diabète</content>",
      "<entry><organizer classCode='CLUSTER' moodCode='EVN'>"
      "<templateId root='1.2.250.1.213.1.1.3.59'/><subject><relatedSubject><code code='MTH' "
      "displayName='Mère' codeSystem='2.16.840.1.113883.5.111'/></relatedSubject></subject>"
      "<component><observation classCode='OBS' moodCode='EVN'><value xsi:type='CD' code='E11' "
      "codeSystem='2.16.840.1.113883.6.3'><originalText><reference value='#f'/></originalText>"
      "</value></observation></component></organizer></entry>");
  const DmpFact *fact = cda_fixture_fact (document, DMP_FACT_FAMILY, 0);

  g_assert_cmpstr (fact->text, ==, "Diabète");
  g_assert_cmpstr (detail_text (fact, DMP_DETAIL_RELATION), ==, "Mère");
  g_assert_null (cda_fixture_fact (document, DMP_FACT_PROBLEM, 0));
}

static void
test_header_facts (void)
{
  CdaFixture fixture = {
    .sections = "",
    .type = "code='11490-0' codeSystem='2.16.840.1.113883.6.1'",
    .extra = "<informant><relatedEntity classCode='ECON'><code code='SONC' displayName='Fils' "
             "codeSystem='2.16.840.1.113883.5.111'/><telecom value='tel:0600000000'/>"
             "<relatedPerson><name><family>MARTIN</family><given>Paul</given></name>"
             "</relatedPerson></relatedEntity></informant>"
             "<componentOf><encompassingEncounter><code code='IMP' displayName='Hospitalisation'/>"
             "<effectiveTime><low value='20251124'/><high value='20251128'/></effectiveTime>"
             "</encompassingEncounter></componentOf>",
  };
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse (&fixture);
  const DmpFact *contact = cda_fixture_fact (document, DMP_FACT_CONTACT, 0);
  const DmpFact *event = cda_fixture_fact (document, DMP_FACT_EVENT, 0);

  g_assert_cmpstr (contact->text, ==, "Paul MARTIN");
  g_assert_cmpstr (detail_text (contact, DMP_DETAIL_RELATION), ==, "Fils");
  g_assert_cmpstr (event->date, ==, "20251124");
  g_assert_cmpstr (event->place, ==, "");
}

static void
test_check (void)
{
  g_autoptr (DmpCdaDocument) document = cda_fixture_parse_section ("11450-4", "x", "");
  g_autoptr (GPtrArray) defects = dmp_cda_check (document);
  gboolean custodian = FALSE;

  for (guint i = 0; i < defects->len; i++)
    custodian |=
        strcmp (((DmpCdaDefect *) g_ptr_array_index (defects, i))->code, "custodian-missing") == 0;
  g_assert_true (custodian);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cda/facts/allergy", test_allergy);
  g_test_add_func ("/cda/facts/no-allergy", test_no_allergy);
  g_test_add_func ("/cda/facts/text-allergy", test_text_allergy);
  g_test_add_func ("/cda/facts/problem", test_problem);
  g_test_add_func ("/cda/facts/treatment", test_treatment);
  g_test_add_func ("/cda/facts/delivery", test_delivery);
  g_test_add_func ("/cda/facts/result", test_result);
  g_test_add_func ("/cda/facts/vaccine-and-others", test_vaccine_and_others);
  g_test_add_func ("/cda/facts/family", test_family);
  g_test_add_func ("/cda/facts/header", test_header_facts);
  g_test_add_func ("/cda/facts/check", test_check);
  return g_test_run ();
}
