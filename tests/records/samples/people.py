"""Professionals, structures and patients: tables in, objects out. All persons are fictitious."""
from dataclasses import dataclass, field
from pathlib import Path

from . import codes
from .codes import Code

HERE = Path(__file__).resolve().parent.parent
CAST = HERE.parent / "cast" / "professionals.tsv"
AUTHORS = HERE / "data" / "authors.tsv"
STRUCTURES = HERE / "data" / "structures.tsv"
PROFESSIONS = {
    "10": "Médecin",
    "21": "Pharmacien",
    "60": "Infirmier",
    "70": "Masseur-Kinésithérapeute",
}


@dataclass(frozen=True)
class Address:
    street: str
    postal_code: str
    city: str

    def json(self):
        return {"street": self.street, "postal_code": self.postal_code, "city": self.city}


@dataclass(frozen=True)
class Structure:
    id: str
    name: str
    sector: str
    address: Address
    telecom: str

    @property
    def setting(self):
        return codes.HOSPITAL if self.sector in ("SA01", "SA04") else codes.AMBULATORY

    def json(self):
        return {"id": self.id, "name": self.name, "sector": self.sector}


@dataclass(frozen=True)
class Professional:
    key: str
    id: str
    family: str
    given: str
    civility: str
    profession: str
    speciality: str
    speciality_label: str
    structures: tuple

    @property
    def code(self):
        """The profession and speciality as one code (value set J01)."""
        if not self.speciality:
            return Code(f"G15_{self.profession}", codes.SPECIALITIES, PROFESSIONS[self.profession])
        label = (
            self.speciality_label
            if self.profession == "21"
            else f"{PROFESSIONS[self.profession]} - {self.speciality_label}"
        )
        return Code(f"G15_{self.profession}/{self.speciality}", codes.SPECIALITIES, label)

    @property
    def title(self):
        return self.civility if self.civility in ("DR", "PR") else None

    @property
    def spoken(self):
        """How a letter calls the person: Dr LEROY."""
        words = {"DR": "Dr ", "PR": "Pr ", "MME": "Mme ", "M": "M. "}
        return words[self.civility] + self.family

    def json(self):
        return {
            "id": self.id,
            "family": self.family,
            "given": self.given,
            "civility": self.civility,
            "profession": self.profession,
            "speciality": self.speciality,
            "speciality_label": self.speciality_label,
            "structures": [structure.json() for structure in self.structures],
        }


@dataclass(frozen=True)
class Insurer:
    """The compulsory health insurance, author of the reimbursement history."""

    id: str = "318003502400041"


@dataclass(frozen=True)
class Patient:
    ins: str
    birth_family: str
    family: str
    given: str
    given_all: str
    birth_date: str
    sex: str
    birth_place: Code
    address: Address
    telecom: tuple = ()

    @property
    def civility(self):
        return "M." if self.sex == "M" else "Mme"

    @property
    def local_id(self):
        """The number of the patient in the software of the structures."""
        return f"P{int(self.ins[:13]) % 1000003:07d}"

    def json(self):
        place = {"code": self.birth_place.code, "name": self.birth_place.display}
        return {
            "ins": self.ins,
            "oid": codes.INS_TEST,
            "ins_c": None,
            "birth_family": self.birth_family,
            "family": self.family,
            "given": self.given,
            "given_all": self.given_all,
            "birth_date": self.birth_date,
            "sex": self.sex,
            "birth_place": place,
            "addr": self.address.json(),
            "telecom": list(self.telecom),
        }


def ins_with_key(thirteen):
    """The 15 characters of an INS from its first 13 digits: key = 97 - number mod 97."""
    return f"{thirteen}{97 - int(thirteen) % 97:02d}"


def patient(thirteen, names, birth_date, sex, place, address, telecom=()):
    """`names`: birth family, used family, first given, all given; `place`: COG code and name."""
    return Patient(
        ins_with_key(thirteen),
        *names,
        birth_date,
        sex,
        Code(place[0], "", place[1]),
        Address(*address),
        telecom,
    )


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@dataclass
class Directory:
    """Everybody who signs: `professionals` by key, `structures` by national id."""

    professionals: dict = field(default_factory=dict)
    structures: dict = field(default_factory=dict)

    def __getitem__(self, key):
        return self.professionals[key]

    def structure(self, number):
        return self.structures[number]

    def json(self):
        return [person.json() for person in self.professionals.values()]


def read_directory():
    directory = Directory()
    for number, name, sector, street, postal_code, city, telecom in rows(STRUCTURES):
        directory.structures[number] = Structure(
            number, name, sector, Address(street, postal_code, city), telecom
        )
    for table in (CAST, AUTHORS):
        for (
            key,
            _kind,
            number,
            family,
            given,
            civility,
            profession,
            speciality,
            label,
            situations,
        ) in rows(table):
            places = tuple(
                directory.structures[place.split("|")[1]] for place in situations.split(";")
            )
            directory.professionals[key] = Professional(
                key, number, family, given, civility, profession, speciality, label, places
            )
    return directory
