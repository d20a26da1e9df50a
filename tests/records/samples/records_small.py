"""Small records, one an access rule: closed, unauthorised, denied, expired, minor, empty."""
from datetime import timedelta

from . import codes, lab, level1, tables, vaccine, vsm
from .catalogue import DRUGS, VACCINES
from .clinical import Dosage, Problem, Story, Treatment, Vaccination
from .codes import Code
from .people import patient
from .record import Record
from .times import iso_utc

ADDRESSES = (
    ("2 rue du Pont", "77100", "MEAUX"),
    ("15 avenue de la Gare", "77400", "LAGNY-SUR-MARNE"),
    ("9 rue Haute", "77144", "MONTEVRAIN"),
)


def few_documents(record, doctor):
    """A summary, a laboratory report and a letter, by `doctor` and his correspondents."""
    calendar, people = record.calendar, record.people
    pressure = Problem(
        "Hypertension artérielle",
        Code("I10", codes.CIM10, "Hypertension essentielle (primitive)"),
        calendar.day("2016"),
    )
    treatment = Treatment(
        DRUGS["perindopril"],
        Dosage("1 cp le matin", "1", "1", "d"),
        calendar.day("2016-04-11"),
        reason=pressure,
    )
    vsm.document(
        record,
        doctor,
        calendar.ago(210, "10:00:00"),
        Story(problems=[pressure], treatments=[treatment]),
    )
    lab.document(
        record,
        people["biologist"],
        calendar.ago(95, "07:45:00"),
        tables.results("creatinine=78 egfr=81 potassium=4.1", {}),
        doctor,
    )
    level1.pdf_letter(
        record,
        "11488-4",
        "Consultation de cardiologie",
        people["ward"],
        calendar.ago(40, "11:00:00"),
        ["Hypertension équilibrée sous traitement.", "Contrôle dans un an."],
    )


def closed(calendar, people, seed):
    who = patient(
        "1351259350017",
        ("VASSEUR", "VASSEUR", "HENRI", "HENRI JULES"),
        "1935-12-25",
        "M",
        ("59350", "LILLE"),
        ADDRESSES[0],
    )
    record = Record("closed", 4, who, calendar, people, seed)
    record.access = {
        "state": "closed",
        "closed_at": iso_utc(calendar.ago(30)),
        "closed_reason": "Demande du patient",
        "internet_account": False,
        "ens": False,
        "medecin_traitant": people["gp"].id,
    }
    record.authorise("valide", calendar.ago(900), professional=people["gp"].id)
    few_documents(record, people["gp"])
    return record


def unauthorised(calendar, people, seed):
    who = patient(
        "1701169383044",
        ("ROUSSEAU", "ROUSSEAU", "MARC", "MARC ANDRE"),
        "1970-11-02",
        "M",
        ("69383", "LYON 03"),
        ADDRESSES[1],
    )
    record = Record("unauthorised", 5, who, calendar, people, seed)
    record.access = {"medecin_traitant": people["gp2"].id}
    record.authorise("valide", calendar.ago(700), professional=people["gp2"].id)
    few_documents(record, people["gp2"])
    return record


def denied(calendar, people, seed):
    who = patient(
        "2680567482033",
        ("MULLER", "WAGNER", "SOPHIE", "SOPHIE ANNE"),
        "1968-05-08",
        "F",
        ("67482", "STRASBOURG"),
        ADDRESSES[1],
    )
    record = Record("denied", 6, who, calendar, people, seed)
    record.access = {"medecin_traitant": people["gp2"].id}
    record.authorise("interdit", calendar.ago(120), professional=people["gp"].id)
    record.authorise("valide", calendar.ago(700), professional=people["gp2"].id)
    few_documents(record, people["gp2"])
    return record


def expired(calendar, people, seed):
    who = patient(
        "1570429019026",
        ("LE GOFF", "LE GOFF", "YANN", "YANN"),
        "1957-04-22",
        "M",
        ("29019", "BREST"),
        ADDRESSES[2],
    )
    record = Record("expired", 7, who, calendar, people, seed)
    record.access = {
        "medecin_traitant": people["gp2"].id,
        "opposition_bris_de_glace": True,
        "opposition_urgence": True,
    }
    record.authorise("expire", calendar.ago(385), calendar.ago(20), professional=people["gp"].id)
    few_documents(record, people["gp2"])
    return record


def child(calendar):
    """A girl who is ten on the day of reference."""
    birth = (calendar.ago(3652 + 130)).date()
    thirteen = f"2{birth:%y%m}77284058"
    return patient(
        thirteen,
        ("RENARD", "RENARD", "INES", "INES LOUISE"),
        birth.isoformat(),
        "F",
        ("77284", "MEAUX"),
        ADDRESSES[0],
    )


def minor(calendar, people, seed):
    who = child(calendar)
    record = Record("minor", 8, who, calendar, people, seed)
    record.access = {"medecin_traitant": people["gp"].id, "internet_account": False}
    record.authorise("valide", calendar.ago(800), professional=people["gp"].id)
    birth = calendar.ago(3652 + 130, "11:30:00")
    for rank, (key, days) in enumerate(
        (("hexa", 60), ("hexa", 120), ("mmr", 370), ("hexa", 335), ("dtcp", 2250)), 1
    ):
        when = birth + timedelta(days=days)
        item = Vaccination(
            VACCINES[key], when.strftime("%Y-%m-%d"), f"A{700 + 11 * rank}", "", "INITIMMUNIZ"
        )
        vaccine.note(record, people["paediatrician"], when, item)
    level1.pdf_letter(
        record,
        "59283-2",
        "Examen de l'enfant",
        people["paediatrician"],
        calendar.ago(400, "17:00:00"),
        ["Croissance régulière, examen normal.", "Audition et vision normales pour l'âge."],
    )
    level1.pdf_letter(
        record,
        "11488-4",
        "Consultation confidentielle",
        people["gp"],
        calendar.ago(33, "16:30:00"),
        [
            "Inès est venue seule après l'école, et demande le secret envers ses parents.",
            "Conflits répétés avec des élèves de sa classe, sans signe de gravité.",
            "Elle accepte de revenir dans deux semaines.",
        ],
        visibility=("INVISIBLE_REPRESENTANTS_LEGAUX",),
    )
    return record


def empty(calendar, people, seed):
    who = patient(
        "1810899139052",
        ("TAVARES", "TAVARES", "RUI", "RUI MIGUEL"),
        "1981-08-19",
        "M",
        ("99139", "PORTUGAL"),
        ADDRESSES[2],
    )
    record = Record("empty", 9, who, calendar, people, seed)
    record.authorise("valide", calendar.ago(1), calendar.ago(-364), professional=people["gp"].id)
    return record


BUILDERS = {
    "closed": closed,
    "unauthorised": unauthorised,
    "denied": denied,
    "expired": expired,
    "minor": minor,
    "empty": empty,
}
