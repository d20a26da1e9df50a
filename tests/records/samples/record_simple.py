"""Record `simple`: Paul MARTIN, twelve documents, nothing unusual."""
from . import codes, lab, level1, vsm
from .catalogue import DRUGS, TESTS
from .clinical import Contact, Dosage, Problem, Procedure, Result, Risk, Story, Treatment
from .codes import Code
from .people import patient
from .record import Record

HYPERTENSION = Code("I10", codes.CIM10, "Hypertension essentielle (primitive)")
LIPIDS = Code("E78.0", codes.CIM10, "Hypercholestérolémie essentielle")
WIFE = Code("WIFE", codes.ROLE, "Epouse")


def identity():
    return patient("1510577168045", ("MARTIN", "MARTIN", "PAUL", "PAUL HENRI"), "1951-05-21", "M", ("77168", "EGREVILLE"),
                   ("27 rue des Noyers", "77100", "MEAUX"), ("tel:+33639980014",))


def story(calendar):
    day = calendar.day
    pressure = Problem("Hypertension artérielle essentielle", HYPERTENSION, day("2012"))
    lipids = Problem("Hypercholestérolémie", LIPIDS, day("2014-03"))
    return Story(
        problems=[pressure, lipids],
        procedures=[Procedure("Appendicectomie", Code("HHFA011", codes.CCAM, "Appendicectomie, par laparotomie"), day("1969"))],
        treatments=[Treatment(DRUGS["amlodipine"], Dosage("1 gélule le matin", "1", "1", "d"), day("2018-06-12"), reason=pressure),
                    Treatment(DRUGS["atorvastatine20"], Dosage("1 cp le soir", "1", "1", "d"), day("2014-03-20"), reason=lipids)],
        risks=[Risk("Tabac : 5 paquets par an, arrêt en 1990", Code("74011-8", codes.LOINC, "Consommation tabagique"), "5", "{pack}/a")],
        contacts=[Contact("MARTIN", "Jeanne", WIFE, "tel:+33639980011")],
        watch=["Pression artérielle à domicile : moyenne 132/78 mmHg."])


SERIES = (("2024-05-14", {"creatinine-m": "84", "egfr": "82", "sodium": "140", "potassium": "4.2", "ldl": "1.21"}),
          ("2025-01-21", {"creatinine-m": "88", "egfr": "77", "sodium": "141", "potassium": "4.4", "ldl": "1.06", "psa": "1.8"}),
          ("2025-11-18", {"creatinine-m": "91", "egfr": "74", "sodium": "139", "potassium": "4.3", "ldl": "1.09",
                          "haemoglobin-m": "14.6", "leucocytes": "6.4", "platelets": "238"}))


def reports(record):
    before = {}
    for text, values in SERIES:
        results = [Result(TESTS[key], value, before.get(key)) for key, value in values.items()]
        before |= values
        lab.document(record, record.people["biologist"], record.calendar.at(text, "07:50:00"), results, record.people["gp"],
                     "Bilan stable." if len(before) > 7 else "")


def letters(record):
    people, at = record.people, record.calendar.at
    level1.pdf_letter(record, "11488-4", "Consultation de cardiologie", people["ward"], at("2025-02-06", "11:10:00"),
                      ["Monsieur MARTIN est vu pour la surveillance d'une hypertension artérielle traitée par amlodipine.",
                       "Examen sans particularité, électrocardiogramme sinusal à 68 par minute, pas d'hypertrophie.",
                       "Poursuite du traitement, contrôle dans un an."])
    level1.plain(record, "EXPPAT_2", "Relevé de tension", record.patient, at("2025-10-12", "20:30:00"),
                 ["Tension du matin, du 5 au 11 octobre :", "134/80, 131/77, 129/79, 136/82, 130/76, 132/78, 133/79."])


def build(calendar, people, seed):
    record = Record("simple", 1, identity(), calendar, people, seed)
    record.access = {"medecin_traitant": people["gp"].id}
    record.authorise("valide", calendar.at("2023-01-09"), professional=people["gp"].id)
    reports(record)
    letters(record)
    vsm.document(record, people["gp"], calendar.at("2025-09-03", "10:20:00"), story(calendar))
    return record
