"""Record `stress`: Odette PETITJEAN, 500 active documents over fifteen years."""
from datetime import timedelta

from . import claims, codes, discharge, lab, prescription, reimbursement, tables, vaccine, vsm
from .catalogue import DRUGS, VACCINES as PRODUCTS
from .clinical import Dosage, Letter, Problem, Stay, Story, Treatment, Vaccination
from .codes import Code
from .people import patient
from .record import Record

DAYS = 5400
LABS, PRESCRIPTIONS, LETTERS, IMAGES, INJECTIONS = 232, 112, 98, 34, 15
STAYS = 6
PAST = ["Hypertension artérielle, hypothyroïdie.", "Aucun", "Aucune"]


def identity():
    return patient(
        "2380775113021",
        ("ROCHE", "PETITJEAN", "ODETTE", "ODETTE"),
        "1938-07-14",
        "F",
        ("75113", "PARIS 13"),
        ("6 impasse des Lilas", "77100", "MEAUX"),
        ("tel:+33639980038",),
    )


def story(calendar):
    day = calendar.day
    pressure = Problem(
        "Hypertension artérielle",
        Code("I10", codes.CIM10, "Hypertension essentielle (primitive)"),
        day("1999"),
    )
    thyroid = Problem(
        "Hypothyroïdie", Code("E03.9", codes.CIM10, "Hypothyroïdie, sans précision"), day("2006")
    )
    return Story(
        problems=[pressure, thyroid],
        treatments=[
            Treatment(
                DRUGS["perindopril"],
                Dosage("1 cp le matin", "1", "1", "d"),
                day("2011-02-03"),
                reason=pressure,
            ),
            Treatment(
                DRUGS["lercanidipine"],
                Dosage("1 cp le matin", "1", "1", "d"),
                day("2014-05-12"),
                reason=pressure,
            ),
            Treatment(
                DRUGS["levothyroxine"],
                Dosage("1 cp le matin à jeun", "1", "1", "d"),
                day("2006-03-20"),
                reason=thyroid,
            ),
            Treatment(
                DRUGS["pantoprazole"], Dosage("1 cp le soir", "1", "1", "d"), day("2019-10-02")
            ),
        ],
    )


def moments(record, count, clock):
    """`count` times spread over the years, with some play, oldest first."""
    start = record.calendar.ago(DAYS, clock)
    return [
        start + timedelta(days=(DAYS - 3) * index // count + record.random.randint(0, 3))
        for index in range(count)
    ]


def values(record, index):
    """What is measured at the visit number `index`; a slow decline of the kidneys."""
    draw = record.random.uniform
    found = {
        "egfr": f"{72 - index / 9 + draw(-3, 3):.0f}",
        "creatinine": f"{71 + index / 11 + draw(-4, 4):.0f}",
        "potassium": f"{draw(3.7, 4.9):.1f}",
        "sodium": f"{draw(136, 143):.0f}",
    }
    if index % 3 == 0:
        found |= {
            "haemoglobin": f"{draw(11.9, 13.6):.1f}",
            "leucocytes": f"{draw(4.6, 8.2):.1f}",
            "platelets": f"{draw(190, 290):.0f}",
        }
    if index % 4 == 1:
        found |= {"tsh": f"{draw(0.9, 3.8):.1f}", "ldl": f"{draw(0.8, 1.4):.2f}"}
    if index % 5 == 2:
        found |= {"crp": f"{draw(1, 14):.0f}", "alt": f"{draw(14, 38):.0f}"}
    return " ".join(f"{key}={value}" for key, value in found.items())


def labs(record):
    before = {}
    for index, when in enumerate(moments(record, LABS, "07:30:00")):
        author = record.people["biologist2" if index % 6 == 0 else "biologist"]
        results = tables.results(values(record, index), before)
        report = lab.document(record, author, when, results, record.people["gp2"])
        if index % 29 == 28:
            report.visibility = ("INVISIBLE_PATIENT",)


def prescriptions(record, treatments):
    for when in moments(record, PRESCRIPTIONS, "10:40:00"):
        start, end = when.strftime("%Y-%m-%d"), (when + timedelta(days=45)).strftime("%Y-%m-%d")
        dated = [
            Treatment(item.drug, item.dosage, start, end, item.reason)
            for item in treatments
            if item.since <= start
        ]
        prescription.document(record, record.people["gp2"], when, dated, 2)


def letters(record):
    models = tables.read("stress-letters.tsv", lambda *cells: cells)
    for index, when in enumerate(moments(record, LETTERS, "15:10:00")):
        type_code, author, form, title, text = models[index % len(models)]
        person = record.patient if author == "patient" else record.people[author]
        visibility = ("MASQUE_PS",) if index % 37 == 36 else ()
        tables.FORMS[form](
            record, type_code, title, person, when, tables.paragraphs(text), visibility=visibility
        )


def stays(record, treatments):
    """Six short stays, each with its letter of discharge."""
    people = record.people
    for when in moments(record, STAYS, "16:00:00"):
        fall = Problem("Chute", Code("R29.6", codes.CIM10, "Tendance à tomber"), f"{when:%Y-%m-%d}")
        stay = Stay("Bilan d'une chute", fall, when - timedelta(days=3), when)
        home = [item for item in treatments if item.since <= f"{when:%Y-%m-%d}"]
        words = "Chute de sa hauteur au domicile.", "Bilan sans fracture, pas d'hypotension."
        letter = Letter(stay, *words, people["gp2"], home, problems=[fall], plan=["Rééducation."])
        discharge.document(record, people["emergency"], when, letter)


def images(record):
    models = tables.read("stress-imaging.tsv", lambda *cells: cells)
    for index, when in enumerate(moments(record, IMAGES, "14:20:00")):
        row = tables.Imaging(None, when, *models[index % len(models)])
        tables.image(record, row, PAST)


def vaccines(record):
    """A flu injection each autumn; the history says the same."""
    people, given = record.people, []
    for index in range(INJECTIONS):
        when = record.calendar.ago(60 + 365 * index, "16:00:00")
        item = Vaccination(
            PRODUCTS["flu" if index % 2 else "flu2"],
            when.strftime("%Y-%m-%d"),
            f"L{4000 + 37 * index}",
        )
        vaccine.note(record, people["pharmacist"], when, item)
        given.append((item, people["pharmacist"], people["pharmacist"].structures[0]))
    vaccine.history(record, people["pharmacist"], record.calendar.ago(60, "16:30:00"), given)


def reimbursements(record, treatments):
    people = record.people
    found = claims.Claims(people.structure("499700000033001"), record.calendar.ago(730))
    for number in range(24):
        day = record.calendar.ago(9 + 30 * number).strftime("%Y-%m-%d")
        found.medicines += [claims.Delivery(item.drug, day, people["gp2"]) for item in treatments]
        visit = Code("G", claims.NGAP, "CONSULTATION MEDECINE GENERALE")
        found.care.append(claims.Act(visit, day, people["gp2"]))
    day = record.calendar.ago(200).strftime("%Y-%m-%d")
    found.radiology.append(
        claims.Act(
            Code("ZBQK002", claims.CCAM_CNAM, "Radiographie du thorax"),
            day,
            people["radiologist"],
        )
    )
    found.biology.append(
        claims.Act(Code("1208", claims.NABM, "T.S.H. (SANG)"), day, people["biologist"])
    )
    found.vaccines.append(
        claims.Delivery(
            PRODUCTS["flu2"], record.calendar.ago(61).strftime("%Y-%m-%d"), people["gp2"]
        )
    )
    group = Code(
        "0952",
        claims.GHS,
        "Autres affections de l'appareil locomoteur, séjour de moins de deux jours",
    )
    found.stays.append(
        (
            day,
            record.calendar.ago(199).strftime("%Y-%m-%d"),
            group,
            people["emergency"].structures[0],
        )
    )
    reimbursement.document(record, record.calendar.ago(4, "04:30:00"), found)


def build(calendar, people, seed):
    record = Record("stress", 3, identity(), calendar, people, seed)
    record.access = {"medecin_traitant": people["gp2"].id}
    record.authorise("valide", calendar.ago(60), calendar.ago(-305), professional=people["gp"].id)
    now = story(calendar)
    labs(record)
    prescriptions(record, now.treatments)
    letters(record)
    stays(record, now.treatments)
    images(record)
    vaccines(record)
    vsm.document(record, people["gp2"], calendar.ago(150), now)
    reimbursements(record, now.treatments)
    return record
