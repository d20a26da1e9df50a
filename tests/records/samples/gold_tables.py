"""Tables of the gold records: medicines and how they are taken, diseases, acts, allergies, tests."""
from collections import namedtuple

from . import codes
from .catalogue import DRUGS, ROUTES, TESTS, VACCINES
from .clinical import Dosage, Drug, Test, Vaccine
from .codes import Code
from .people import HERE, rows

Disease = namedtuple("Disease", "key text code detail sex from_ to drugs tests follower")
Past = namedtuple("Past", "text code sex from_ to")
Act = namedtuple("Act", "key text code sex from_ to")
Agent = namedtuple("Agent", "text code reaction intolerance avoid")
LetterRow = namedtuple("LetterRow", "author type title text")
GoldRow = namedtuple("GoldRow", "name sex age kind diseases documents faults")
Dose = namedtuple("Dose", "drug choices")

WORDS = {
    "{tablet}": "cp",
    "{capsule}": "gélule",
    "{sachet}": "sachet",
    "{injection}": "injection",
    "{puff}": "bouffée",
    "{drop}": "goutte",
    "{ampoule}": "ampoule",
    "{dose}": "dose",
    "[iU]": "UI",
}
# How medicines are taken: text ("%s" is the unit), dose, period, its unit.
POSOLOGIES = {
    "m": ("1 %s le matin", "1", "1", "d"),
    "s": ("1 %s le soir", "1", "1", "d"),
    "j": ("1 %s par jour", "1", "1", "d"),
    "ms": ("1 %s matin et soir", "1", "12", "h"),
    "x3": ("1 %s 3 fois par jour", "1", "8", "h"),
    "x4": ("1 %s toutes les 6 heures", "1", "6", "h"),
    "t2": ("2 %s matin et soir", "2", "12", "h"),
    "t3": ("3 %s matin et soir", "3", "12", "h"),
    "p2": ("2 %ss matin et soir", "2", "12", "h"),
    "p2m": ("2 %ss le matin", "2", "1", "d"),
    "u18": ("18 %s le soir", "18", "1", "d"),
    "u22": ("22 %s le soir", "22", "1", "d"),
    "u8x3": ("8 %s 3 fois par jour", "8", "8", "h"),
    "w": ("1 %s par semaine", "1", "7", "d"),
    "w2": ("1 %s toutes les deux semaines", "1", "14", "d"),
    "w4": ("4 %s une fois par semaine", "4", "7", "d"),
    "q": ("1 %s tous les 90 jours", "1", "90", "d"),
    "coucher": ("1 %s au coucher", "1", "1", "d"),
    "dinner": ("1 %s avant le dîner", "1", "1", "d"),
    "x2": ("1 %s 2 fois par jour", "1", "12", "h"),
    "grid": ("1-0-1", "1", "12", "h"),
    "mmn": ("1 %s matin, midi et soir", "1", "8", "h"),
    "meal": ("1 %s 3 fois par jour au cours des repas", "1", "8", "h"),
    "need": ("1 %s si douleur, maximum 3 par jour", "1", "8", "h"),
    "two": ("1 %s toutes les 48 heures", "1", "2", "d"),
    "inr": ("selon INR", "1", "1", "d"),
    "half": ("1/2 %s le matin", "0.5", "1", "d"),
}
# Other ways to write the same, some of which no exact reader understands.
SAME = {
    "m": ("m", "m", "j", "half"),
    "s": ("s", "s", "coucher", "dinner"),
    "ms": ("ms", "ms", "x2", "grid"),
    "x3": ("x3", "mmn", "meal", "need"),
    "j": ("j", "j", "two"),
}
USUAL = {
    "apixaban": "ms",
    "metformine": "ms",
    "glargine": "u18",
    "paracetamol": "x3",
    "amoxicilline": "x3",
    "atorvastatine20": "s",
    "atorvastatine40": "s",
    "pantoprazole": "s",
    "warfarine": "inr",
}
ROUTES |= {
    "inhaled": Code("20020000", codes.EDQM, "Voie inhalée"),
    "eye": Code("20047500", codes.EDQM, "Voie ophtalmique"),
}


def dosage(drug, key):
    text, dose, period, unit = POSOLOGIES[key]
    return Dosage(text.replace("%s", WORDS[drug.unit]), dose, period, unit)


def drawn_dosage(draw, drug, choices):
    """One of the usual ways, in one of the ways to write it."""
    key = draw.choice(choices)
    return dosage(drug, draw.choice(SAME.get(key, (key,))))


def read(name):
    return [list(row) for row in rows(HERE / "data" / name)]


def read_doses():
    found = {key: Dose(drug, (USUAL.get(key, "m"),)) for key, drug in DRUGS.items()}
    for key, name, label, cis, cip, atc, atc_label, unit, route, choices in read("gold-drugs.tsv"):
        drug = Drug(name, label, cis, cip, Code(atc, codes.ATC, atc_label), unit, ROUTES[route])
        found[key] = Dose(drug, tuple(choices.split()))
    return found


def read_diseases():
    found = {}
    for key, text, code, label, detail, sex, from_, to, drugs, tests, follower in read(
        "gold-diseases.tsv"
    ):
        found[key] = Disease(
            key,
            text,
            Code(code, codes.CIM10, label),
            detail or None,
            sex,
            int(from_),
            int(to),
            [choice.split("/") for choice in drugs.split(",")] if drugs else [],
            tests.split(),
            follower or "gp",
        )
    return found


def read_past():
    return [
        Past(text, Code(code, codes.CIM10, label), sex, int(from_), int(to))
        for text, code, label, sex, from_, to in read("gold-past.tsv")
    ]


def read_acts():
    return {
        key: Act(key, text, Code(code, codes.CCAM, label), sex, int(from_), int(to))
        for key, text, code, label, sex, from_, to in read("gold-procedures.tsv")
    }


def read_agents():
    return [
        Agent(
            text,
            Code(code, codes.ATC, label) if code else None,
            reaction,
            kind == "intolerance",
            avoid.split(),
        )
        for text, code, label, reaction, kind, avoid in read("gold-allergies.tsv")
    ]


def read_tests():
    """Tests and, by key, what they usually find and how far that strays."""
    tests, usual = dict(TESTS), {}
    for key, name, loinc, label, unit, ucum, low, high, chapter, value, stray in read(
        "gold-tests.tsv"
    ):
        tests[key] = Test(
            name, Code(loinc, codes.LOINC, label), unit, ucum, low or None, high or None, chapter
        )
        usual[key] = value, float(stray)
    for key, value, stray in read("gold-values.tsv"):
        usual[key] = value, float(stray)
    return tests, usual


def read_vaccines():
    """(vaccine, from, to) by key; those of every record are given at any age."""
    found = {}
    for key, name, label, cis, cip, atc, atc_label, target, from_, to in read("gold-vaccines.tsv"):
        vaccine = Vaccine(name, label, cis, cip, Code(atc, codes.ATC, atc_label), target)
        found[key] = vaccine, int(from_), int(to)
    found |= {key: (VACCINES[key], 18, 99) for key in ("flu", "covid", "dtp")}
    found |= {key: (VACCINES[key], 0, 1) for key in ("hexa", "mmr")}
    found["pneumo"] = VACCINES["pneumo"], 65, 99
    return found


DOSES = read_doses()
DISEASES = read_diseases()
PAST = read_past()
ACTS = read_acts()
AGENTS = read_agents()


def same_substance(drug):
    """The products of the substance of `drug`, by the same route."""
    every = (dose.drug for dose in DOSES.values())
    return [d for d in every if d.atc.code == drug.atc.code and d.route == drug.route]


ALL_TESTS, USUAL_VALUES = read_tests()
ALL_VACCINES = read_vaccines()
LETTERS = {row[0]: LetterRow(*row) for row in read("gold-letters.tsv")}
