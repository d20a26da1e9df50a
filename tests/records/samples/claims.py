"""What the insurer knows of a patient: deliveries, acts and stays, in its own code systems."""
from dataclasses import dataclass, field

from .clinical import Fact
from .codes import Code

CIP_CNAM, ATC2, ATC5 = (
    "1.2.250.1.215.200.1.1.1",
    "1.2.250.1.215.200.1.2.1",
    "1.2.250.1.215.200.1.2.2",
)
LPP, GHS, NGAP, CCAM_CNAM, NABM = (
    "1.2.250.1.215.200.2.1",
    "1.2.250.1.215.200.3.1",
    "1.2.250.1.215.200.3.3",
    "1.2.250.1.215.200.3.4",
    "1.2.250.1.215.200.4.1",
)
ATC2_LABELS = {
    "A02": "MEDICAMENTS POUR LES TROUBLES DE L'ACIDITE",
    "A04": "ANTIEMETIQUES ET ANTINAUSEEUX",
    "A07": "ANTIDIARRHEIQUES, ANTI-INFLAMMATOIRES INTESTINAUX",
    "A10": "MEDICAMENTS DU DIABETE",
    "A11": "VITAMINES",
    "B01": "ANTITHROMBOTIQUES",
    "B03": "PREPARATIONS ANTIANEMIQUES",
    "C01": "MEDICAMENTS EN CARDIOLOGIE",
    "C03": "DIURETIQUES",
    "C07": "BETABLOQUANTS",
    "C08": "INHIBITEURS CALCIQUES",
    "C09": "MEDICAMENTS AGISSANT SUR LE SYSTEME RENINE-ANGIOTENSINE",
    "C10": "AGENTS MODIFIANT LES LIPIDES",
    "G03": "HORMONES SEXUELLES",
    "G04": "MEDICAMENTS UROLOGIQUES",
    "H02": "CORTICOIDES A USAGE SYSTEMIQUE",
    "H03": "MEDICAMENTS DE LA THYROIDE",
    "J01": "ANTIBACTERIENS A USAGE SYSTEMIQUE",
    "J05": "ANTIVIRAUX A USAGE SYSTEMIQUE",
    "L01": "ANTINEOPLASIQUES",
    "L02": "THERAPEUTIQUE ENDOCRINE",
    "L04": "IMMUNOSUPPRESSEURS",
    "M01": "ANTI-INFLAMMATOIRES ET ANTIRHUMATISMAUX",
    "M04": "ANTIGOUTTEUX",
    "M05": "MEDICAMENTS POUR LE TRAITEMENT DES DESORDRES OSSEUX",
    "N02": "ANALGESIQUES",
    "N03": "ANTIEPILEPTIQUES",
    "N04": "ANTIPARKINSONIENS",
    "N05": "PSYCHOLEPTIQUES",
    "N06": "PSYCHOANALEPTIQUES",
    "P01": "ANTIPROTOZOAIRES",
    "R03": "MEDICAMENTS POUR LES SYNDROMES OBSTRUCTIFS DES VOIES AERIENNES",
    "R06": "ANTIHISTAMINIQUES A USAGE SYSTEMIQUE",
    "S01": "MEDICAMENTS OPHTALMOLOGIQUES",
    "V03": "AUTRES MEDICAMENTS",
}


@dataclass(frozen=True)
class Delivery:
    """A medicine or a vaccine handed over: `drug`, `day`, number of boxes, who prescribed it."""

    drug: object
    day: str
    prescriber: object
    boxes: int = 1


@dataclass(frozen=True)
class Act:
    """An act paid for: `code` in one of the insurer's systems, `day`, who did it."""

    code: Code
    day: str
    person: object


@dataclass
class Claims:
    """Everything of the period; `pharmacy` is the structure that delivers."""

    pharmacy: object
    start: object
    medicines: list = field(default_factory=list)
    vaccines: list = field(default_factory=list)
    devices: list = field(default_factory=list)
    stays: list = field(default_factory=list)
    care: list = field(default_factory=list)
    radiology: list = field(default_factory=list)
    biology: list = field(default_factory=list)


def delivery_fact(delivery):
    """The line that a summary must find for a delivered medicine."""
    drug = delivery.drug
    keys = (Code(drug.cip, CIP_CNAM, ""), Code(drug.atc.code[:3], ATC2, ""))
    boxes = (str(delivery.boxes), "{box}")
    return Fact(
        "treatment",
        drug.name,
        keys,
        delivery.day,
        boxes,
        "delivered",
        thing=drug.atc.code,
        words=drug.name.upper(),
    )
