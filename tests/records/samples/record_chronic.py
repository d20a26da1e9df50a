"""Record `chronic`: Jeanne MARTIN, 150 active documents, some hidden, some unreadable."""
from dataclasses import replace
from datetime import timedelta

from . import (
    chronic_story,
    claims,
    discharge,
    lab,
    letter,
    level1,
    prescription,
    reimbursement,
    tables,
    vaccine,
    vsm,
)
from .catalogue import DRUGS, TESTS, VACCINES
from .chronic_story import Truth
from .clinical import Dosage, Treatment, Vaccination
from .codes import Code
from .record import Record

ACTIVE = 150
TWINS = ("2026-01-14", "2025-12-10", "2025-11-25", "2025-03-11", "2024-11-05", "2024-02-12")
RENEWALS = [
    f"{year}-{day}" for year in range(2019, 2024) for day in ("02-12", "05-14", "08-13", "11-12")
]
PAST = [
    "Fibrillation auriculaire, diabète, maladie rénale.",
    "Cholécystectomie, prothèse de hanche.",
    "Stimulateur cardiaque",
]


def truncated(data):
    """The first three quarters of a document, cut in the middle of an element."""
    return data[: len(data) * 3 // 4]


def summaries(record, truth):
    """Three versions of the VSM; the text of the last one disagrees with its code."""
    gp, at = record.people["gp"], record.calendar.at
    early = ("diabetes", "hypertension", "af", "kidney", "thyroid", "pacemaker")
    first = vsm.document(
        record, gp, at("2023-06-05", "11:00:00"), truth.summary("2023-06-05", early, ("stroke",))
    )
    second = vsm.document(
        record,
        gp,
        at("2024-08-28", "16:20:00"),
        truth.summary("2024-08-28", early, ("stroke", "anaemia-past")),
        replaces=first,
    )
    now = truth.summary(
        "2025-08-11", early, ("stroke", "anaemia-past"), [chronic_story.ELIQUIS_WRONG]
    )
    return vsm.document(record, gp, at("2025-08-11", "11:10:00"), now, replaces=second)


def twin_letter(record, original, content):
    """The letter of discharge sent again as a PDF, in the same submission."""
    words = (
        [content.why, content.summary]
        + [f"{item.drug.label} : {item.dosage.text}" for item in content.treatments]
        + content.plan
    )
    level1.document(
        record,
        "11490-0",
        original.title,
        original.author,
        original.created,
        lambda doc: letter.text_pdf(doc, words),
        start=original.start,
        stop=original.stop,
        event=original.event,
        encounter=original.encounter,
        activity=original.activity,
        batch=original.unique_id,
    )


def discharges(record, truth):
    """Five letters of discharge, by the key of their stay, and the last one again in PDF."""
    people = record.people
    texts = chronic_story.letters(truth, people["gp"])
    chu, hospital = people["hospital-cardiologist"], people.structure("10B0770001")
    made = {
        key: discharge.document(record, author, texts[key].stay.stop, texts[key], **more)
        for key, author, more in (
            ("heart", chu, {}),
            ("pacemaker", chu, {}),
            ("hip", people["surgeon"], {}),
            ("stroke", people["ward"], {}),
            (
                "depression",
                people["psychiatrist"],
                {"structure": hospital, "visibility": ("MASQUE_PS",)},
            ),
        )
    }
    twin_letter(record, made["heart"], texts["heart"])
    return made


def prescribe(record, truth, key, text, months, treatments, **more):
    when = record.calendar.at(text, "11:20:00")
    return prescription.document(
        record, record.people[key], when, truth.prescribed(treatments, when, months), months, **more
    )


def only(treatments, *names):
    return [
        treatment for treatment in treatments if treatment.drug in [DRUGS[name] for name in names]
    ]


def prescriptions(record, truth):
    now = truth.treatments("2025-08-11")
    prescribe(
        record,
        truth,
        "ward",
        "2026-01-08",
        3,
        only(truth.treatments("2026-01-08"), "apixaban", "furosemide40"),
    )
    prescribe(
        record, truth, "hospital-cardiologist", "2025-11-28", 3, truth.treatments("2025-11-28")
    )
    wrong = prescribe(record, truth, "gp", "2025-08-11", 6, now[1:3])
    prescribe(
        record,
        truth,
        "gp",
        "2025-08-11",
        6,
        [item for item in now if item.drug != DRUGS["apixaban"]],
        replaces=wrong,
    )
    prescribe(record, truth, "gp", "2025-08-11", 3, only(now, "apixaban"))
    prescribe(record, truth, "diabetologist", "2025-01-20", 6, only(now, "glargine"))
    prescribe(
        record, truth, "gp", "2024-02-10", 12, only(now, "apixaban", "bisoprolol", "metformine")
    )
    cold = Treatment(
        DRUGS["azithromycine"],
        Dosage("2 cp le premier jour, puis 1 cp par jour", "1", "1", "d"),
        "",
    )
    for text in ("2024-03-05", "2023-01-16"):
        prescribe(record, truth, "gp", text, 1, [cold])
    for text in RENEWALS:
        prescribe(record, truth, "gp", text, 3, truth.treatments(text))


def letters(record):
    for row in tables.read("chronic-letters.tsv", tables.Letter):
        if row.day == "2024-09-18":
            tables.letter(record, row, patient=chronic_story.stranger(), unread="identity")
        else:
            tables.letter(record, row)


def images(record):
    for row in tables.read("chronic-imaging.tsv", tables.Imaging):
        doc = tables.image(record, row, PAST)
        if row.day == "2025-06-03":
            doc.damage, doc.unread = truncated, "broken"


def vaccines(record):
    """Notes, then the history, which also knows an old injection."""
    people, calendar = record.people, record.calendar
    given = tables.vaccinations("chronic-vaccinations.tsv", calendar)
    for vaccination, key in given:
        when = calendar.at("2025-11-10", "10:15:00")
        vaccine.note(
            record, people[key], when.fromisoformat(f"{vaccination.day}T10:15:00"), vaccination
        )
    old = Vaccination(VACCINES["dtp"], calendar.day("2009-04-06"), "D2214", "", "BOOSTER")
    items = [
        (vaccination, people[key], people[key].structures[0])
        for vaccination, key in [*given, (old, "gp")]
    ]
    vaccine.history(record, people["gp"], calendar.at("2025-11-10", "10:30:00"), items)


def reimbursed_code(system, code, words):
    return Code(code, getattr(claims, system), words)


def deliveries(record, truth):
    """Every delivery of the last 24 months, as the table of treatments says."""
    found, begin = [], record.calendar.ago(730)
    for regimen in truth.regimens:
        last = regimen.last or record.calendar.ago(1).strftime("%Y-%m-%d")
        day = begin.fromisoformat(f"{regimen.first}T00:00:00") if regimen.first else None
        while day and day.strftime("%Y-%m-%d") <= last:
            if day >= begin:
                found.append(
                    claims.Delivery(regimen.drug, day.strftime("%Y-%m-%d"), record.people["gp"])
                )
            day += timedelta(days=regimen.every)
    return found


def reimbursements(record, truth):
    people, day = record.people, record.calendar.day
    found = claims.Claims(
        people.structure("499700000033001"), record.calendar.ago(730), deliveries(record, truth)
    )
    found.medicines.append(
        claims.Delivery(DRUGS["amoxicilline"], day("2025-12-22"), people["emergency"])
    )
    found.vaccines += [
        claims.Delivery(VACCINES["flu"], day("2025-11-08"), people["gp"]),
        claims.Delivery(VACCINES["covid"], day("2024-10-22"), people["gp"]),
    ]
    visit = reimbursed_code("NGAP", "G", "CONSULTATION MEDECINE GENERALE")
    found.care += [
        claims.Act(visit, day(text), people["gp"])
        for text in ("2025-11-10", "2025-08-11", "2025-03-12", "2024-08-28", "2024-02-10")
    ]
    scan = reimbursed_code("CCAM_CNAM", "JAQM004", "Échographie du rein et de la vessie")
    found.radiology.append(claims.Act(scan, day("2025-12-19"), people["radiologist"]))
    found.biology += [
        claims.Act(reimbursed_code("NABM", code, words), day(text), people["biologist"])
        for text in ("2026-01-14", "2025-12-10", "2025-08-20", "2024-11-05")
        for code, words in (("0592", "CREATININE"), ("1104", "HEMOGRAMME Y COMPRIS PLAQUETTES"))
    ]
    group = reimbursed_code(
        "GHS", "1653", "Insuffisances cardiaques et états de choc circulatoire, niveau 2"
    )
    found.stays.append(
        (day("2025-11-24"), day("2025-11-28"), group, people["hospital-cardiologist"].structures[0])
    )
    return reimbursement.document(record, record.calendar.at("2026-01-13", "04:10:00"), found)


def resent(record, report, results, prescriber, **more):
    """The same report sent a second time by its laboratory, under another identifier."""
    doc = lab.document(record, report.author, report.start, results, prescriber, **more)
    doc.created = report.created + timedelta(hours=3)
    return doc


def recent_labs(record, before):
    """The series of the last 24 months; returns the two reports that contradict each other."""
    pair = None
    for row in tables.read("chronic-lab.tsv", tables.Lab):
        author, prescriber = record.people[row.author], record.people[row.prescriber]
        sampled = record.calendar.at(row.day, row.hour + ":00")
        results = tables.results(row.values, before)
        inpatient = {"encounter": lab.INPATIENT} if row.author == "hospital-biologist" else {}
        report = lab.document(
            record, author, sampled, results, prescriber, row.conclusion, **inpatient
        )
        if row.day in TWINS:
            lab.twin(record, report, results, prescriber, row.conclusion)
        if row.day == "2025-08-20":
            corrected = lab.document(
                record,
                author,
                sampled,
                results,
                prescriber,
                "Annule et remplace l'envoi précédent.",
                hours=9,
                replaces=report,
            )
            resent(record, corrected, results, prescriber)
        if row.day == "2024-06-18":
            other = [
                replace(item, value="3.8") if item.test == TESTS["potassium"] else item
                for item in results
            ]
            pair = report, resent(record, report, other, prescriber)
    return pair


def trend(record, index, count, first, last, digits, spread):
    """A value on the way from `first` to `last`, with some noise."""
    value = first + (last - first) * index / count + record.random.uniform(-spread, spread)
    return f"{value:.{digits}f}"


def old_values(record, index, count, moment):
    """What was measured at one of the older visits to the laboratory."""
    anticoagulated = (
        record.calendar.day("2021-02-21")
        <= moment.strftime("%Y-%m-%d")
        < record.calendar.day("2023-05-19")
    )
    values = {"inr": f"{record.random.uniform(1.7, 3.6):.1f}"} if anticoagulated else {}
    if index % 2 == 0:
        values |= {
            "egfr": trend(record, index, count, 70, 57, 0, 1.5),
            "creatinine": trend(record, index, count, 75, 88, 0, 2),
            "potassium": trend(record, index, count, 4.2, 4.4, 1, 0.2),
            "sodium": trend(record, index, count, 141, 140, 0, 1),
        }
    if index % 3 == 0 or not values:
        values |= {
            "hba1c": trend(record, index, count, 6.8, 7.2, 1, 0.15),
            "glucose": trend(record, index, count, 7.2, 8.1, 1, 0.6),
        }
    if index % 8 == 1:
        values |= {
            "tsh": trend(record, index, count, 3.1, 2.3, 1, 0.4),
            "ldl": trend(record, index, count, 1.1, 0.8, 2, 0.06),
        }
    if index % 6 == 4:
        values |= {
            "haemoglobin": trend(record, index, count, 13.3, 12.7, 1, 0.2),
            "platelets": trend(record, index, count, 240, 230, 0, 9),
        }
    return " ".join(f"{key}={value}" for key, value in values.items())


def old_labs(record, count, before):
    """`count` reports over the five years before the recent series; the last one is sent twice."""
    start = record.calendar.at("2019-01-20", "07:40:00")
    for index in range(count - 1):
        sampled = start + timedelta(days=1790 * index // count + record.random.randint(-6, 6))
        author = record.people["biologist2" if index % 7 == 5 else "biologist"]
        results = tables.results(old_values(record, index, count, sampled), before)
        report = lab.document(record, author, sampled, results, record.people["gp"])
    resent(record, report, results, record.people["gp"])


def active(record):
    return sum(doc.status == "approved" for doc in record.documents)


def access(record):
    people, calendar = record.people, record.calendar
    record.access = {"medecin_traitant": people["gp"].id}
    record.authorise("valide", calendar.at("2022-05-02"), professional=people["gp"].id)
    record.authorise(
        "valide", calendar.at("2025-10-01"), calendar.ago(-56), professional=people["ward"].id
    )
    record.authorise(
        "valide",
        calendar.at("2025-08-11"),
        calendar.ago(-120),
        professional=people["pharmacist"].id,
    )
    record.authorise("valide", calendar.at("2025-11-24"), calendar.ago(-90), structure="10B0770001")


def contradictions(record, summary, letters_, history, potassium):
    last, first = letters_["heart"], letters_["stroke"]
    for rule, documents, text in (
        (
            "A1",
            [first, summary, last, history],
            "Allergie à la pénicilline, amoxicilline délivrée ensuite",
        ),
        ("C4", [summary], "ELIQUIS : texte 1 cp matin et soir, code 1 cp toutes les 6 h"),
        ("C2", [summary, last], "FUROSÉMIDE 20 puis 40 mg, RAMIPRIL absent, FORXIGA ajouté"),
        (
            "C3",
            [letters_["pacemaker"], summary],
            "Anémie ferriprive active, puis antécédent",
        ),
        ("C8", list(potassium), "Potassium du même prélèvement : 3,3 et 3,8 mmol/L"),
    ):
        record.contradict(rule, documents, text)


def build(calendar, people, seed):
    record = Record("chronic", 2, chronic_story.identity(), calendar, people, seed)
    truth, before = Truth(calendar), {}
    access(record)
    summary = summaries(record, truth)
    letters_ = discharges(record, truth)
    prescriptions(record, truth)
    letters(record)
    images(record)
    vaccines(record)
    history = reimbursements(record, truth)
    recent = len(tables.read("chronic-lab.tsv", tables.Lab)) + len(TWINS) + 2
    old_labs(record, ACTIVE - active(record) - recent, before)
    potassium = recent_labs(record, before)
    contradictions(record, summary, letters_, history, potassium)
    return record
