"""What is true of Jeanne MARTIN, patient of the record `chronic`."""
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta

from . import codes
from .clinical import (
    Allergy,
    Contact,
    Dosage,
    Letter,
    Procedure,
    Risk,
    Stay,
    Story,
    Treatment,
)
from .codes import Code
from .people import patient
from .tables import paragraphs, problems, read, regimens

StayRow = namedtuple(
    "StayRow",
    "key text problem start stop urgent why summary problems allergies stopped plan",
)
HUSBAND = Code("HUSB", codes.ROLE, "Epoux")
MOTHER = Code("MTH", codes.ROLE, "Mère")


def identity():
    return patient(
        "2530277168123",
        ("DUPONT", "MARTIN", "JEANNE", "JEANNE MARIE LOUISE"),
        "1953-02-03",
        "F",
        ("77168", "EGREVILLE"),
        ("27 rue des Noyers", "77100", "MEAUX"),
        ("tel:+33639980011",),
    )


def stranger():
    """Somebody else, whose document was filed in this record by mistake."""
    return patient(
        "2490392012045",
        ("DURAND", "MARTIN", "JEANNINE", "JEANNINE"),
        "1949-03-17",
        "F",
        ("92012", "BOULOGNE-BILLANCOURT"),
        ("4 rue de la Plaine", "77100", "MEAUX"),
    )


def cim10(code, display):
    return Code(code, codes.CIM10, display)


class Truth:
    """Everything that the documents of the record draw from; days are moved by `calendar`."""

    def __init__(self, calendar):
        self.calendar = calendar
        self.problems = problems("chronic-problems.tsv", calendar)
        self.allergies = self.make_allergies(calendar.day)
        self.regimens = regimens("chronic-treatments.tsv", calendar)

    @staticmethod
    def make_allergies(day):
        return {
            "penicillin": Allergy(
                "Pénicilline",
                Code("J01C", codes.ATC, "bêta-lactamines : pénicillines"),
                "urticaire généralisée",
                day("2019"),
            ),
            "sulfa": Allergy(
                "Sulfaméthoxazole",
                Code("J01EC01", codes.ATC, "sulfaméthoxazole"),
                "éruption",
                day("2011"),
            ),
            "contrast": Allergy(
                "Produit de contraste iodé",
                Code("V08A", codes.ATC, "produits de contraste pour radiologie, iodés"),
                "vomissements",
                day("2022-06-14"),
                Code("59037007", codes.SNOMED, "intolérance médicamenteuse"),
            ),
        }

    def treatments(self, text, changed=()):
        """What is taken on the day `text`; `changed`: (name, Dosage) as one document writes it."""
        today, other = self.calendar.day(text), dict(changed)
        found = []
        for regimen in self.regimens:
            if regimen.since <= today and (regimen.until is None or today < regimen.until):
                reason = self.problems[regimen.problem] if regimen.problem else None
                found.append(
                    Treatment(
                        regimen.drug,
                        other.get(regimen.drug.name, regimen.dosage),
                        regimen.since,
                        reason=reason,
                    )
                )
        return found

    def stopped(self, text):
        """What was stopped on the day `text`."""
        day = self.calendar.day(text)
        return [
            Treatment(row.drug, row.dosage, row.since, row.until)
            for row in self.regimens
            if row.until == day
        ]

    def pick(self, *names):
        return [self.problems[name] for name in names]

    def procedures(self):
        day = self.calendar.day
        return [
            Procedure(
                "Stimulateur cardiaque double chambre",
                Code(
                    "DELF005",
                    codes.CCAM,
                    "Implantation souscutanée d'un stimulateur cardiaque définitif, avec pose d'une "
                    "sonde intraatriale et d'une sonde intraventriculaire droites par voie "
                    "veineuse transcutanée",
                ),
                day("2022-03-07"),
                self.problems["block"],
                device=True,
            ),
            Procedure(
                "Prothèse totale de hanche gauche",
                Code(
                    "NEKA020",
                    codes.CCAM,
                    "Remplacement de l'articulation coxofémorale par prothèse totale",
                ),
                day("2020-06-18"),
                self.problems["hip"],
                device=True,
            ),
            Procedure(
                "Cholécystectomie",
                Code("HMFC004", codes.CCAM, "Cholécystectomie, par coelioscopie"),
                day("1998"),
            ),
        ]

    def summary(self, text, problems, history, changed=()):
        """What the médecin traitant writes on the day `text` of the story."""
        return Story(
            problems=self.pick(*problems),
            history=self.pick(*history),
            procedures=self.procedures(),
            allergies=[self.allergies["penicillin"], self.allergies["sulfa"]],
            treatments=self.treatments(text, changed),
            risks=[
                Risk(
                    "N'a jamais fumé",
                    Code("74011-8", codes.LOINC, "Consommation tabagique"),
                    "0",
                    "{pack}/a",
                )
            ],
            contacts=[Contact("MARTIN", "Paul", HUSBAND, "tel:+33639980014")],
            family=[(MOTHER, cim10("E11.9", "Diabète sucré de type 2, sans complication"))],
            watch=[
                "Débit de filtration à surveiller tous les trois mois.",
                "Porteuse d'un stimulateur : pas d'IRM sans avis cardiologique.",
            ],
        )

    def prescribed(self, treatments, start, months):
        """`treatments` from `start` (a time) for `months` of 30 days."""
        end = (start + timedelta(days=30 * months)).strftime("%Y-%m-%d")
        return [
            replace(treatment, since=start.strftime("%Y-%m-%d"), until=end)
            for treatment in treatments
        ]


ELIQUIS_WRONG = ("ELIQUIS 2,5 mg", Dosage("1 cp matin et soir", "1", "6", "h"))
METFORMIN_SHORT = ("METFORMINE 1000 mg", Dosage("1 cp matin et soir", "1", "12", "h"))


def letters(truth, gp):
    """The letters of discharge, by the key of their stay; the oldest come last."""
    found = {}
    for row in read("chronic-stays.tsv", StayRow):
        stay = Stay(
            row.text,
            truth.problems[row.problem],
            truth.calendar.at(row.start, "10:30:00"),
            truth.calendar.at(row.stop, "15:00:00"),
        )
        found[row.key] = Letter(
            stay,
            row.why,
            row.summary,
            gp,
            truth.treatments(row.stop, [METFORMIN_SHORT] if row.key == "heart" else ()),
            truth.stopped(row.stopped) if row.stopped else [],
            [truth.allergies[name] for name in row.allergies.split()],
            truth.pick(*row.problems.split()),
            paragraphs(row.plan),
            bool(row.urgent),
        )
    return found
