"""The truth of a record: what is so about the patient, apart from the documents that say it.

Every class has `fact()`, the line that a summary must find in a document that states it.
"""
from dataclasses import dataclass, field

from . import codes
from .codes import Code


@dataclass(frozen=True)
class Fact:
    block: str
    text: str
    keys: tuple
    date: str | None = None
    value: tuple | None = None
    status: str = "active"
    negated: bool = False
    detail: str | None = None
    until: str | None = None
    thing: str = ""  # what it speaks of: facts of one thing belong on one line; "" is the first key
    words: str = ""  # what the passage holds, when it is not the text

    def name(self):
        """The thing: what this fact shares with the others of its line."""
        if self.thing:
            return f"{self.block}|{self.thing}"
        own = f"{self.keys[0].system}|{self.keys[0].code}" if self.keys else self.text.lower()
        return f"{self.block}|{own}" + ("|no" if self.negated else "")

    def json(self, sources):
        value = {"number": self.value[0], "unit": self.value[1]} if self.value else None
        return {
            "block": self.block,
            "thing": self.name(),
            "words": self.words or self.text,
            "text": self.text,
            "keys": [{"system": key.system, "code": key.code} for key in self.keys],
            "value": value,
            "date": self.date,
            "negated": self.negated,
            "status": self.status,
            "detail": self.detail,
            "until": self.until,
            "sources": sources,
        }


@dataclass(frozen=True)
class Problem:
    text: str
    code: Code
    since: str
    until: str | None = None
    detail: str | None = None
    negated: bool = False
    told: str | None = None  # the day as the text has it, when the code has another

    def fact(self):
        block = "history" if self.until else "problem"
        return Fact(
            block,
            self.text,
            (self.code,),
            self.since,
            None,
            "ended" if self.until else "active",
            self.negated,
            until=self.until,
        )


@dataclass(frozen=True)
class Allergy:
    agent: str
    code: Code | None
    reaction: str
    since: str
    kind: Code = Code("416098002", codes.SNOMED, "allergie médicamenteuse")
    negated: bool = False
    coded: bool = True  # else only a row of the text

    def fact(self):
        return Fact(
            "allergy",
            self.agent,
            (self.code,) if self.code and self.coded else (),
            self.since if self.coded else None,
            negated=self.negated,
            detail=self.reaction,
            status="active" if self.coded else "text",
        )


NO_ALLERGY = Code(
    "no-known-allergies", "2.16.840.1.113883.5.1150.1", "Pas d'allergie/hypersensibilité connue"
)


def no_allergy_fact(day):
    return Fact("allergy", "Aucune allergie connue", (NO_ALLERGY,), day, negated=True)


@dataclass(frozen=True)
class Drug:
    """A medicine: codes are those of the public data base of medicines (facts)."""

    name: str
    label: str
    cis: str
    cip: str
    atc: Code
    unit: str = "{tablet}"
    route: Code = Code("20053000", codes.EDQM, "Voie orale")
    form: Code = Code("10219000", codes.EDQM, "Comprimé")

    @property
    def code(self):
        return Code(self.cis, codes.CIS, self.label)


@dataclass(frozen=True)
class Dosage:
    """`text` as a doctor writes it; the coded dose and period, which may say something else."""

    text: str
    dose: str
    period: str
    unit: str = "h"


@dataclass(frozen=True)
class Treatment:
    drug: Drug
    dosage: Dosage
    since: str
    until: str | None = None
    reason: Problem | None = None
    told: str | None = None  # the medicine as the text has it, when the code is of another

    @property
    def label(self):
        return self.told or self.drug.label

    def fact(self, status=None):
        """`status`: prescribed (then the days are the prescription's), else active or ended."""
        return Fact(
            "treatment",
            self.told or self.drug.name,
            (self.drug.code, self.drug.atc) if self.drug.cis else (),
            self.since,
            None,
            status or ("ended" if self.until else "active"),
            detail=self.dosage.text,
            until=self.until,
            thing=self.drug.atc.code or self.drug.name,
            words=self.label,
        )


@dataclass(frozen=True)
class Test:
    """A laboratory test; `low` and `high` are the usual limits, as strings, or None."""

    name: str
    code: Code
    unit: str
    ucum: str
    low: str | None
    high: str | None
    chapter: str = "biochemistry"


@dataclass(frozen=True)
class Result:
    test: Test
    value: str
    previous: str | None = None
    told: tuple = ()  # (value, unit, flag) as the text has them, when the code says otherwise
    alarm: str | None = None  # HH or LL
    answer: Code | None = None  # a coded answer in the place of a number

    @property
    def flag(self):
        """L, N, H as the laboratory prints it; None without limits."""
        if self.alarm or self.answer:
            return self.alarm
        if self.test.low is not None and float(self.value) < float(self.test.low):
            return "L"
        if self.test.high is not None and float(self.value) > float(self.test.high):
            return "H"
        return "N" if self.test.low is not None or self.test.high is not None else None

    def fact(self, moment):
        return Fact(
            "result",
            self.test.name,
            (self.test.code,),
            moment.strftime("%Y-%m-%d"),
            None if self.answer else (self.value, self.test.ucum),
            self.flag or "N/A",
            detail=self.answer.display if self.answer else None,
            thing=f"{self.test.code.code}|{self.test.ucum}",
        )


@dataclass(frozen=True)
class Vaccine:
    name: str
    label: str
    cis: str
    cip: str
    atc: Code
    target: str


@dataclass(frozen=True)
class Vaccination:
    vaccine: Vaccine
    day: str
    lot: str
    rank: str = ""
    act: str = "BOOSTER"

    def fact(self):
        return Fact(
            "vaccine",
            self.vaccine.target,
            (self.vaccine.atc,),
            self.day,
            status="done",
            detail=f"{self.vaccine.name}, lot {self.lot}",
            thing=self.vaccine.target,
            words=self.vaccine.label,
        )


@dataclass(frozen=True)
class Procedure:
    text: str
    code: Code
    since: str
    reason: Problem | None = None
    device: bool = False

    def fact(self):
        return Fact(
            "device" if self.device else "procedure",
            self.text,
            (self.code,),
            self.since,
            status="done",
            thing=f"{self.code.code}|{self.since}",
        )


@dataclass(frozen=True)
class Stay:
    text: str
    reason: Problem
    start: object
    stop: object

    def fact(self, why=None):
        """`why`: what the letter gives as the reason, which is what a reader sees first."""
        start = self.start.strftime("%Y-%m-%d")
        return Fact(
            "event",
            why or self.text,
            (self.reason.code,),
            start,
            status="done",
            until=self.stop.strftime("%Y-%m-%d"),
            thing=start,
        )


@dataclass(frozen=True)
class Contact:
    family: str
    given: str
    relation: Code
    telecom: str

    def fact(self):
        return Fact(
            "contact",
            f"{self.given} {self.family}",
            (self.relation,),
            None,
            detail=self.relation.display,
            thing=f"{self.given} {self.family}|{self.relation.code}",
        )


@dataclass(frozen=True)
class Risk:
    text: str
    code: Code
    number: str
    unit: str

    def fact(self):
        return Fact("risk", self.text, (self.code,), None, (self.number, self.unit))


@dataclass
class Story:
    """What a list of a document is made from: the state of the patient at one moment."""

    problems: list = field(default_factory=list)
    history: list = field(default_factory=list)
    procedures: list = field(default_factory=list)
    allergies: list = field(default_factory=list)
    treatments: list = field(default_factory=list)
    risks: list = field(default_factory=list)
    contacts: list = field(default_factory=list)
    family: list = field(default_factory=list)
    watch: list = field(default_factory=list)


@dataclass
class Letter:
    """What a letter of discharge says."""

    stay: Stay
    why: str
    summary: str
    recipient: object
    treatments: list
    stopped: list = field(default_factory=list)
    allergies: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    plan: list = field(default_factory=list)
    urgent: bool = True


@dataclass(frozen=True)
class Examination:
    """An imaging act: LOINC and CCAM codes, DICOM modality, region (SNOMED CT)."""

    title: str
    act: Code
    ccam: Code
    modality: Code
    region: Code

    def fact(self, day):
        return Fact(
            "procedure",
            self.title,
            (self.ccam,),
            day,
            status="done",
            thing=f"{self.ccam.code}|{day}",
            words=self.ccam.display,
        )
