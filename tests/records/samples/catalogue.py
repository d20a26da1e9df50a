"""Tables of medicines, vaccines and laboratory tests, as objects by key."""
from . import codes
from .clinical import Drug, Examination, Test, Vaccine
from .codes import Code
from .people import HERE, rows

ROUTES = {
    "oral": Code("20053000", codes.EDQM, "Voie orale"),
    "subcutaneous": Code("20066000", codes.EDQM, "Voie sous-cutanée"),
}


def read_drugs():
    found = {}
    for key, name, label, cis, cip, atc, atc_label, unit, route in rows(
        HERE / "data" / "drugs.tsv"
    ):
        found[key] = Drug(
            name, label, cis, cip, Code(atc, codes.ATC, atc_label), unit, ROUTES[route]
        )
    return found


def read_tests():
    found = {}
    for key, name, loinc, label, unit, ucum, low, high, chapter in rows(
        HERE / "data" / "tests.tsv"
    ):
        found[key] = Test(
            name, Code(loinc, codes.LOINC, label), unit, ucum, low or None, high or None, chapter
        )
    return found


def read_vaccines():
    found = {}
    for key, name, label, cis, cip, atc, atc_label, target in rows(HERE / "data" / "vaccines.tsv"):
        found[key] = Vaccine(name, label, cis, cip, Code(atc, codes.ATC, atc_label), target)
    return found


DRUGS = read_drugs()
TESTS = read_tests()
VACCINES = read_vaccines()


def read_examinations():
    found = {}
    for (
        key,
        title,
        loinc,
        label,
        ccam,
        ccam_label,
        modality,
        modality_label,
        region,
        region_label,
    ) in rows(HERE / "data" / "examinations.tsv"):
        found[key] = Examination(
            title,
            Code(loinc, codes.LOINC, label),
            Code(ccam, codes.CCAM, ccam_label),
            Code(modality, "1.2.840.10008.2.16.4", modality_label),
            Code(region, codes.SNOMED, region_label),
        )
    return found


EXAMINATIONS = read_examinations()
