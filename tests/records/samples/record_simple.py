"""Record `simple`: Paul MARTIN, twelve documents, nothing unusual."""
from dataclasses import replace
from datetime import timedelta

from . import (
    claims,
    codes,
    discharge,
    imaging,
    lab,
    level1,
    prescription,
    reimbursement,
    vaccine,
    vsm,
)
from .catalogue import DRUGS, EXAMINATIONS, TESTS, VACCINES
from .clinical import (
    Contact,
    Dosage,
    Letter,
    Problem,
    Procedure,
    Result,
    Risk,
    Stay,
    Story,
    Treatment,
    Vaccination,
)
from .codes import Code
from .people import patient
from .record import Record

HYPERTENSION = Code("I10", codes.CIM10, "Hypertension essentielle (primitive)")
LIPIDS = Code("E78.0", codes.CIM10, "Hypercholestérolémie essentielle")
WIFE = Code("WIFE", codes.ROLE, "Epouse")


def identity():
    return patient(
        "1510577168045",
        ("MARTIN", "MARTIN", "PAUL", "PAUL HENRI"),
        "1951-05-21",
        "M",
        ("77168", "EGREVILLE"),
        ("27 rue des Noyers", "77100", "MEAUX"),
        ("tel:+33639980014",),
    )


def story(calendar):
    day = calendar.day
    pressure = Problem("Hypertension artérielle essentielle", HYPERTENSION, day("2012"))
    lipids = Problem("Hypercholestérolémie", LIPIDS, day("2014-03"))
    return Story(
        problems=[pressure, lipids],
        procedures=[
            Procedure(
                "Appendicectomie",
                Code("HHFA011", codes.CCAM, "Appendicectomie, par laparotomie"),
                day("1969"),
            )
        ],
        treatments=[
            Treatment(
                DRUGS["amlodipine"],
                Dosage("1 gélule le matin", "1", "1", "d"),
                day("2018-06-12"),
                reason=pressure,
            ),
            Treatment(
                DRUGS["atorvastatine20"],
                Dosage("1 cp le soir", "1", "1", "d"),
                day("2014-03-20"),
                reason=lipids,
            ),
        ],
        risks=[
            Risk(
                "Tabac : 5 paquets par an, arrêt ancien",
                Code("74011-8", codes.LOINC, "Consommation tabagique"),
                "5",
                "{pack}/a",
            )
        ],
        contacts=[Contact("MARTIN", "Jeanne", WIFE, "tel:+33639980011")],
        watch=["Pression artérielle à domicile : moyenne 132/78 mmHg."],
    )


SERIES = (
    (
        "2024-05-14",
        {"creatinine-m": "84", "egfr": "82", "sodium": "140", "potassium": "4.2", "ldl": "1.21"},
    ),
    (
        "2025-01-21",
        {
            "creatinine-m": "88",
            "egfr": "77",
            "sodium": "141",
            "potassium": "4.4",
            "ldl": "1.06",
            "psa": "1.8",
        },
    ),
    (
        "2025-11-18",
        {
            "creatinine-m": "91",
            "egfr": "74",
            "sodium": "139",
            "potassium": "4.3",
            "ldl": "1.09",
            "haemoglobin-m": "14.6",
            "leucocytes": "6.4",
            "platelets": "238",
        },
    ),
)


def reports(record):
    before = {}
    for text, values in SERIES:
        results = [Result(TESTS[key], value, before.get(key)) for key, value in values.items()]
        before |= values
        lab.document(
            record,
            record.people["biologist"],
            record.calendar.at(text, "07:50:00"),
            results,
            record.people["gp"],
            "Bilan stable." if len(before) > 7 else "",
        )


def letters(record):
    people, at = record.people, record.calendar.at
    level1.pdf_letter(
        record,
        "11488-4",
        "Consultation de cardiologie",
        people["ward"],
        at("2025-02-06", "11:10:00"),
        [
            "Monsieur MARTIN est suivi pour une hypertension artérielle, sous amlodipine.",
            "Examen sans particularité, électrocardiogramme sinusal à 68 par minute.",
            "Poursuite du traitement, contrôle dans un an.",
        ],
    )
    level1.plain(
        record,
        "EXPPAT_2",
        "Relevé de tension",
        record.patient,
        at("2025-10-12", "20:30:00"),
        [
            "Tension du matin, sept jours de suite :",
            "134/80, 131/77, 129/79, 136/82, 130/76, 132/78, 133/79.",
        ],
    )


def prescribed(record, treatments, text, months):
    """A prescription of `treatments` by the gp, from the day `text` of the story."""
    when = record.calendar.at(text, "11:05:00")
    end = (when + timedelta(days=30 * months)).strftime("%Y-%m-%d")
    start = when.strftime("%Y-%m-%d")
    dated = [replace(treatment, since=start, until=end) for treatment in treatments]
    return prescription.document(record, record.people["gp"], when, dated, months)


def chest(record):
    imaging.document(
        record,
        record.people["radiologist"],
        record.calendar.at("2025-03-04", "15:20:00"),
        EXAMINATIONS["chest"],
        {
            "request": "Toux persistante depuis trois semaines.",
            "past": [
                "Ancien fumeur, hypertension artérielle.",
                "Appendicectomie, cure de hernie.",
                "Aucune",
            ],
            "technique": "Incidence de face, debout, en inspiration.",
            "findings": [
                "Pas de foyer parenchymateux ni d'épanchement pleural.",
                "Silhouette cardiaque de taille normale.",
            ],
            "conclusion": "Radiographie du thorax sans anomalie.",
        },
    )


def hernia(record):
    people, at = record.people, record.calendar.at
    cause = Problem(
        "Hernie inguinale droite",
        Code("K40.9", codes.CIM10, "Hernie inguinale (unilatérale), sans occlusion ni gangrène"),
        record.calendar.day("2024-09-02"),
        record.calendar.day("2024-10-08"),
    )
    stay = Stay(
        "Cure de hernie inguinale droite",
        cause,
        at("2024-10-08", "07:30:00"),
        at("2024-10-09", "11:00:00"),
    )
    pain = Treatment(
        DRUGS["paracetamol"],
        Dosage("1 cp toutes les 6 heures si douleur", "1", "6"),
        record.calendar.day("2024-10-09"),
        record.calendar.day("2024-10-16"),
    )
    letter = Letter(
        stay,
        "Cure programmée d'une hernie inguinale droite.",
        "Intervention sans incident, suites simples, marche le soir même.",
        people["gp"],
        [pain],
        plan=[
            "Ablation des fils par l'infirmière au dixième jour.",
            "Pas de port de charge pendant un mois.",
        ],
        urgent=False,
    )
    discharge.document(record, people["surgeon"], at("2024-10-09", "11:00:00"), letter)


def reimbursements(record):
    people, calendar = record.people, record.calendar
    found = claims.Claims(people.structure("499700000033001"), calendar.ago(730))
    for number in range(24):
        day = calendar.ago(20 + 30 * number).strftime("%Y-%m-%d")
        found.medicines += [
            claims.Delivery(DRUGS[key], day, people["gp"])
            for key in ("amlodipine", "atorvastatine20")
        ]
    found.vaccines.append(
        claims.Delivery(VACCINES["flu"], calendar.day("2025-10-21"), people["gp"])
    )
    consultation = Code("G", claims.NGAP, "CONSULTATION MEDECINE GENERALE")
    found.care += [
        claims.Act(consultation, calendar.day(text), people["gp"])
        for text in ("2025-09-03", "2025-03-03", "2024-09-02")
    ]
    found.radiology.append(
        claims.Act(
            Code("ZBQK002", claims.CCAM_CNAM, "Radiographie du thorax"),
            calendar.day("2025-03-04"),
            people["radiologist"],
        )
    )
    found.biology += [
        claims.Act(Code("0592", claims.NABM, "CREATININE"), calendar.day(text), people["biologist"])
        for text in ("2024-05-14", "2025-01-21", "2025-11-18")
    ]
    found.stays.append(
        (
            calendar.day("2024-10-08"),
            calendar.day("2024-10-09"),
            Code(
                "2357",
                claims.GHS,
                "Interventions réparatrices pour hernies inguinales, niveau 1",
            ),
            people["surgeon"].structures[0],
        )
    )
    return reimbursement.document(record, calendar.ago(6, "04:10:00"), found)


def build(calendar, people, seed):
    record = Record("simple", 1, identity(), calendar, people, seed)
    record.access = {"medecin_traitant": people["gp"].id}
    record.authorise("valide", calendar.at("2023-01-09"), professional=people["gp"].id)
    record.authorise(
        "valide",
        calendar.at("2025-10-21"),
        calendar.ago(-200),
        professional=people["pharmacist"].id,
    )
    now = story(calendar)
    reports(record)
    letters(record)
    hernia(record)
    chest(record)
    prescribed(record, now.treatments, "2025-03-03", 6)
    prescribed(record, now.treatments, "2025-09-03", 6)
    vsm.document(record, people["gp"], calendar.at("2025-09-03", "10:20:00"), now)
    vaccine.note(
        record,
        people["pharmacist"],
        calendar.at("2025-10-21", "17:40:00"),
        Vaccination(VACCINES["flu"], calendar.day("2025-10-21"), "W3A611V"),
    )
    reimbursements(record)
    return record
