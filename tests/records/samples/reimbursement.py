"""The insurer's history of reimbursements (CNAM-HR 2021.01): delivered and done, not taken."""
from . import codes, entries, header, narrative
from .claims import ATC2, ATC2_LABELS, ATC5, CIP_CNAM, delivery_fact
from .clinical import Fact
from .codes import Code
from .narrative import content, loinc, original, reference, templates
from .people import Insurer
from .times import french_day, hl7_day
from .xml import E

TEMPLATES = (("1.2.250.1.213.1.1.1.36", "2021.01"),)
MEDICATION = (
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7",
    "1.2.250.1.213.1.1.3.42",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.1",
)
IMMUNISATION = (
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.12",
    "1.2.250.1.213.1.1.3.45",
)
SUPPLY = (
    "2.16.840.1.113883.10.20.1.34",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.3",
    "1.2.250.1.213.1.1.3.44",
)
ACT = ("2.16.840.1.113883.10.20.1.29", "1.3.6.1.4.1.19376.1.5.3.1.4.19", "1.2.250.1.213.1.1.3.62")


def organization(structure):
    return E(
        "representedOrganization",
        E("id", root=codes.STRUCTURES, extension=structure.id),
        E("name", structure.name),
    )


def delivered_by(claims, day):
    return E(
        "performer",
        E("time", value=hl7_day(day)),
        E("assignedEntity", E("id", nullFlavor="UNK"), organization(claims.pharmacy)),
        typeCode="PRF",
    )


def prescribed_by(person, day):
    return E(
        "author",
        E("time", value=f"{hl7_day(day)}090000+0100"),
        E(
            "assignedAuthor",
            E("id", root=codes.PERSONS, extension=person.id),
            person.code.element("code"),
            E("assignedPerson", header.person_name(person)),
            organization(person.structures[0]),
        ),
    )


def supply(doc, claims, delivery):
    act = E(
        "supply",
        templates(*SUPPLY),
        E("id", root=doc.uuid()),
        E("quantity", value=delivery.boxes),
        delivered_by(claims, delivery.day),
        prescribed_by(delivery.prescriber, delivery.day),
        classCode="SPLY",
        moodCode="EVN",
    )
    return E("entryRelationship", act, typeCode="REFR", inversionInd="false")


def intact(doc, identifier):
    observation = E(
        "observation",
        templates("1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48"),
        E("id", root=doc.uuid()),
        Code("MED-559", codes.ANS, "Déconditionné").element("code"),
        reference(identifier),
        entries.COMPLETED,
        E("effectiveTime", nullFlavor="UNK"),
        E("value", xsi_type="BL", value="false"),
        classCode="OBS",
        moodCode="EVN",
    )
    return E("entryRelationship", observation, typeCode="COMP")


def product(drug, identifier, group):
    code = E(
        "code",
        original(identifier),
        Code(drug.cip, CIP_CNAM, drug.name.upper()).element("translation"),
        group.element("translation"),
    )
    return E(
        "consumable",
        E(
            "manufacturedProduct",
            templates(*entries.PRODUCT),
            E("manufacturedMaterial", code, E("name", drug.name.upper())),
        ),
        typeCode="CSM",
    )


def medicine(doc, claims, delivery):
    drug, identifier, intact_id = delivery.drug, doc.next("med"), doc.next("decond")
    doc.state(delivery_fact(delivery))
    person = delivery.prescriber
    row = [
        french_day(delivery.day),
        content(identifier, drug.name.upper()),
        str(delivery.boxes),
        content(intact_id, "Non"),
        person.spoken,
        person.code.display,
        claims.pharmacy.name,
    ]
    group = Code(drug.atc.code[:3], ATC2, ATC2_LABELS[drug.atc.code[:3]])
    return row, E(
        "entry",
        E(
            "substanceAdministration",
            templates(*MEDICATION),
            E("id", root=doc.uuid()),
            reference(identifier),
            entries.COMPLETED,
            E(
                "effectiveTime",
                E("low", nullFlavor="UNK"),
                E("high", nullFlavor="UNK"),
                xsi_type="IVL_TS",
            ),
            product(drug, identifier, group),
            supply(doc, claims, delivery),
            intact(doc, intact_id),
            classCode="SBADM",
            moodCode="EVN",
        ),
    )


def vaccine(doc, claims, delivery):
    drug, identifier = delivery.drug, doc.next("vaccin")
    doc.state(
        Fact(
            "vaccine",
            drug.target,
            (drug.atc,),
            delivery.day,
            status="delivered",
            detail=drug.name,
            thing=drug.target,
            words=drug.name,
        )
    )
    row = [
        french_day(delivery.day),
        content(identifier, drug.name),
        delivery.prescriber.spoken,
        claims.pharmacy.name,
    ]
    return row, E(
        "entry",
        E(
            "substanceAdministration",
            templates(*IMMUNISATION),
            E("id", root=doc.uuid()),
            Code("IMMUNIZ", codes.ACT, "Vaccination sans autre précision").element("code"),
            reference(identifier),
            entries.COMPLETED,
            E("effectiveTime", nullFlavor="UNK"),
            product(drug, identifier, Code(drug.atc.code, ATC5, drug.atc.display.upper())),
            supply(doc, claims, delivery),
            classCode="SBADM",
            moodCode="EVN",
            negationInd="false",
        ),
    )


def device(doc, claims, act):
    identifier = doc.next("dm")
    doc.state(Fact("device", act.code.display, (act.code,), act.day, status="delivered"))
    code = E("code", original(identifier), act.code.element("translation"))
    item = E(
        "participant",
        E(
            "participantRole",
            E("playingDevice", code, classCode="DEV", determinerCode="INSTANCE"),
            classCode="MANU",
        ),
        typeCode="DEV",
    )
    return [
        french_day(act.day),
        content(identifier, act.code.display),
        act.person.spoken,
        claims.pharmacy.name,
    ], E(
        "entry",
        E(
            "supply",
            templates("2.16.840.1.113883.10.20.1.34", "1.2.250.1.213.1.1.3.20"),
            E("id", root=doc.uuid()),
            reference(identifier),
            E("effectiveTime", E("low", nullFlavor="UNK"), xsi_type="IVL_TS"),
            E("quantity", value="1"),
            delivered_by(claims, act.day),
            prescribed_by(act.person, act.day),
            item,
            classCode="SPLY",
            moodCode="EVN",
        ),
    )


def stay(doc, _claims, item):
    """`item`: start and end (days), group of stays (Code), structure."""
    start, end, group, structure = item
    identifier = doc.next("hosp")
    doc.state(
        Fact(
            "event",
            group.display,
            (group,),
            start,
            status="reimbursed",
            detail=structure.name,
            until=end,
            thing=start,
        )
    )
    code = Code("IMP", codes.ACT, "Hospitalisation (établissement, y compris HAD)").element(
        "code", E("qualifier", group.element("value"))
    )
    entity = E("assignedEntity", E("id", nullFlavor="UNK"), organization(structure))
    return [
        french_day(start),
        french_day(end),
        content(identifier, group.display),
        structure.name,
    ], E(
        "entry",
        E(
            "encounter",
            templates(
                "2.16.840.1.113883.10.20.1.21",
                "1.3.6.1.4.1.19376.1.5.3.1.4.14",
                "1.2.250.1.213.1.1.3.58",
            ),
            E("id", root=doc.uuid()),
            code,
            reference(identifier),
            E("effectiveTime", E("low", value=hl7_day(start)), E("high", value=hl7_day(end))),
            E("performer", entity, typeCode="PRF"),
            classCode="ENC",
            moodCode="EVN",
        ),
    )


def act(doc, _claims, item):
    identifier, person = doc.next("acte"), item.person
    doc.state(
        Fact(
            "procedure",
            item.code.display,
            (item.code,),
            item.day,
            status="reimbursed",
            thing=f"{item.code.code}|{item.day}",
        )
    )
    entity = E(
        "assignedEntity",
        E("id", root=codes.PERSONS, extension=person.id),
        person.code.element("code"),
        E("assignedPerson", header.person_name(person)),
        organization(person.structures[0]),
        classCode="ASSIGNED",
    )
    return [
        french_day(item.day),
        content(identifier, item.code.display),
        person.spoken,
        person.structures[0].name,
    ], E(
        "entry",
        E(
            "procedure",
            templates(*ACT),
            E("id", root=doc.uuid()),
            item.code.element("code"),
            reference(identifier),
            entries.COMPLETED,
            E("effectiveTime", value=hl7_day(item.day)),
            E("performer", entity),
            classCode="PROC",
            moodCode="EVN",
        ),
    )


def section(doc, claims, roots, code, title, heads, items, make):
    """One section of the history: a row and an entry an item, newest first."""
    made = [make(doc, claims, item) for item in items]
    text = (
        narrative.table(heads, [row for row, _ in made])
        if made
        else E("paragraph", "Aucune donnée sur la période.")
    )
    return E(
        "section",
        templates(*roots),
        E("id", root=doc.uuid()),
        code,
        E("title", title),
        E("text", text),
        [entry for _, entry in made],
    )


def newest(items):
    return sorted(items, key=lambda item: item.day, reverse=True)


def acts(doc, claims, kind, title, items):
    code = loinc("29554-3", "Actes").element("code", loinc(*kind).element("translation"))
    return section(
        doc,
        claims,
        ("1.3.6.1.4.1.19376.1.5.3.1.1.13.2.11", "1.2.250.1.213.1.1.2.118"),
        code,
        title,
        ["Date", "Acte", "Réalisé par", "Lieu"],
        newest(items),
        act,
    )


def warning(doc):
    words = (
        "Ces données viennent des remboursements : elles peuvent être incomplètes, "
        "arriver tard, et ne disent pas ce qui est pris."
    )
    return narrative.section(
        doc,
        ["2.16.840.1.113883.10.12.201", "1.3.6.1.4.1.19376.1.4.1.2.16", "1.2.250.1.213.1.1.2.73"],
        loinc("55112-7", "Commentaire sur le document"),
        "Usage et Responsabilités",
        E("paragraph", words),
    )


# Sections with entries: templates, code, title, heads of the table, list of Claims, maker of an entry.
SECTIONS = (
    (
        (
            "2.16.840.1.113883.10.20.1.8",
            "1.3.6.1.4.1.19376.1.5.3.1.3.19",
            "1.2.250.1.213.1.1.2.143",
        ),
        loinc("10160-0", "Médication administrée"),
        "Médicaments",
        "Date,Médicament,Boîtes,Déconditionné,Prescrit par,Spécialité,Délivré par",
        "medicines",
        medicine,
    ),
    (
        (
            "2.16.840.1.113883.10.20.1.6",
            "1.3.6.1.4.1.19376.1.5.3.1.3.23",
            "1.2.250.1.213.1.1.2.147",
        ),
        loinc("11369-6", "Historique des vaccinations"),
        "Vaccinations",
        "Date,Vaccin,Prescrit par,Délivré par",
        "vaccines",
        vaccine,
    ),
    (
        (
            "2.16.840.1.11383.10.20.1.7",
            "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.5",
            "1.2.250.1.213.1.1.2.1",
        ),
        loinc("46264-8", "Dispositifs médicaux"),
        "Dispositifs médicaux",
        "Date,Dispositif,Prescrit par,Délivré par",
        "devices",
        device,
    ),
    (
        (
            "2.16.840.1.113883.10.20.1.3",
            "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.3",
            "1.2.250.1.213.1.1.2.76",
        ),
        loinc("46240-8", "Historique des rencontres"),
        "Hospitalisations",
        "Entrée,Sortie,Séjour,Établissement",
        "stays",
        stay,
    ),
)


def sections(doc, claims):
    for roots, code, title, heads, name, make in SECTIONS:
        items = getattr(claims, name)
        items = items if name == "stays" else newest(items)
        yield section(
            doc, claims, roots, code.element("code"), title, heads.split(","), items, make
        )


def document(record, when, claims):
    """The history that the insurance makes at `when`."""
    title = "Données de remboursement"
    doc = record.document("REMB", title, Insurer(), when, TEMPLATES, start=claims.start, stop=when)
    care = ("67803-7", "Liste des actes")
    doc.body = narrative.structured(
        warning(doc),
        *sections(doc, claims),
        acts(doc, claims, care, "Soins médicaux et dentaires", claims.care),
        acts(doc, claims, ("18726-0", "Radiologie"), "Radiologie", claims.radiology),
        acts(doc, claims, ("26436-6", "Biologie"), "Biologie", claims.biology),
    )
    return doc
