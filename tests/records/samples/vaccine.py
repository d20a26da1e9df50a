"""Vaccination notes (VAC-NOTE) and the history that the DMP makes of them (VAC)."""
from . import codes, entries, header, narrative
from .codes import Code
from .narrative import content, loinc, original, reference, templates
from .times import french_day, hl7_day, hl7_local
from .xml import E

PCC = ("1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2", None)
NOTE = (PCC, ("1.2.250.1.213.1.1.1.46", "2023.01"))
HISTORY = (PCC, ("1.2.250.1.213.1.1.1.37", "2023.01"))
IMMUNISATION = (
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.12",
    "1.2.250.1.213.1.1.3.45",
)
ACTS = {
    "BOOSTER": "Rappel de vaccin",
    "IMMUNIZ": "Vaccination sans autre précision",
    "INITIMMUNIZ": "1ère série vaccinante",
}
INTRAMUSCULAR = Code("20035000", codes.EDQM, "Voie intramusculaire")
LEFT_DELTOID = Code("16217701000119102", codes.SNOMED, "deltoïde gauche")
AMBULATORY = Code("AMB", codes.ACT, "Ambulatoire (hors établissement)")
SECTION = (
    "2.16.840.1.113883.10.20.1.6",
    "1.3.6.1.4.1.19376.1.5.3.1.3.23",
    "1.2.250.1.213.1.1.2.147",
)


def product(vaccination, identifier):
    vaccine = vaccination.vaccine
    code = Code(vaccine.cis, codes.CIS, vaccine.label).element(
        "code",
        original(identifier),
        vaccine.atc.element("translation"),
        Code(vaccine.cip, codes.CIP, vaccine.label).element("translation"),
    )
    material = E(
        "manufacturedMaterial", code, E("name", vaccine.name), E("lotNumberText", vaccination.lot)
    )
    return E(
        "consumable",
        E("manufacturedProduct", templates(*entries.PRODUCT), material),
        typeCode="CSM",
    )


def rank(number):
    if not number:
        return None
    observation = E(
        "observation",
        templates("2.16.840.1.113883.10.20.1.46", "1.2.250.1.213.1.1.3.82"),
        loinc("30973-2", "Rang de la vaccination").element("code"),
        entries.COMPLETED,
        E("value", xsi_type="INT", value=number),
        classCode="OBS",
        moodCode="EVN",
    )
    return E("entryRelationship", observation, typeCode="SUBJ")


def entry(doc, vaccination, identifiers, person, structure):
    """`identifiers`: where the text names the vaccine and the place of injection."""
    doc.state(vaccination.fact())
    time = E("time", value=hl7_local(doc.created))
    return E(
        "entry",
        E(
            "substanceAdministration",
            templates(*IMMUNISATION),
            E("id", root=doc.uuid()),
            Code(vaccination.act, codes.ACT, ACTS[vaccination.act]).element("code"),
            reference(identifiers[0]),
            entries.COMPLETED,
            E("effectiveTime", value=hl7_day(vaccination.day)),
            INTRAMUSCULAR.element("routeCode"),
            LEFT_DELTOID.element("approachSiteCode", original(identifiers[1])),
            product(vaccination, identifiers[0]),
            E(
                "performer",
                header.professional("assignedEntity", person, structure),
                typeCode="PRF",
            ),
            E(
                "author",
                time,
                header.professional("assignedAuthor", person, structure),
                typeCode="AUT",
                contextControlCode="OP",
            ),
            rank(vaccination.rank),
            classCode="SBADM",
            moodCode="EVN",
            negationInd="false",
        ),
    )


def section(doc, title, items):
    """`items`: vaccinations with who made them and where."""
    rows, found = [], []
    for vaccination, person, structure in items:
        identifiers = doc.next("vac"), doc.next("site")
        rows.append(
            [
                french_day(vaccination.day),
                content(identifiers[0], vaccination.vaccine.label),
                vaccination.vaccine.target,
                vaccination.lot,
                vaccination.rank,
                content(identifiers[1], "Deltoïde gauche"),
                person.spoken,
            ]
        )
        found.append(entry(doc, vaccination, identifiers, person, structure))
    heads = ["Date", "Vaccin", "Valences", "Lot", "Rang", "Région", "Vaccinateur"]
    return narrative.section(
        doc,
        SECTION,
        loinc("11369-6", "Historique des vaccinations"),
        title,
        narrative.table(heads, rows),
        found,
    )


def note(record, author, when, vaccination, **more):
    """The note of one vaccination, by who injected it."""
    doc = record.document(
        "87273-9",
        "NOTE DE VACCINATION",
        author,
        when,
        templates=NOTE,
        event=loinc("87273-9", "Note de vaccination"),
        encounter=AMBULATORY,
        **more
    )
    doc.body = narrative.structured(
        section(doc, "Note de vaccination", [(vaccination, author, doc.structure)])
    )
    return doc


def history(record, author, when, items, **more):
    """The history of vaccinations; `items` as in section()."""
    doc = record.document(
        "11369-6",
        "Historique de vaccinations",
        author,
        when,
        templates=HISTORY,
        event=loinc("11369-6", "Historique des vaccinations"),
        encounter=AMBULATORY,
        **more
    )
    doc.body = narrative.structured(section(doc, "Historique des vaccinations", items))
    return doc
