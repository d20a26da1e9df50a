"""Electronic prescriptions (eP-MED-DM 2022.01): what to take, how, for how long."""
from . import barcode, codes, entries, narrative
from .codes import Code
from .narrative import content, loinc, original, reference, templates
from .times import french_day, hl7_day, hl7_local
from .xml import E

TEMPLATES = (
    ("1.3.6.1.4.1.19376.1.9.1.1.1", None),
    ("1.3.6.1.4.1.19376.1.5.3.1.1.1", None),
    ("1.2.250.1.213.1.1.1.39", "2022.01"),
)
TITLE = "Prescription de médicaments"
PRESCRIBED = (
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7",
    "1.3.6.1.4.1.19376.1.9.1.3.2",
    "1.2.250.1.213.1.1.3.83",
    "1.3.6.1.4.1.19376.1.9.1.3.6",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.1",
)
SIMPLE = ("1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48")
AMBULATORY = Code("AMB", codes.ACT, "Ambulatoire (hors établissement)")
# Mandatory yes/no lines of a prescribed medicine: template, code, words, answer when ALD.
QUESTIONS = (
    ("1.2.250.1.213.1.1.3.48.13", "MED-574", "En rapport avec une ALD"),
    (
        "1.2.250.1.213.1.1.3.48.14",
        "GEN-180",
        "En rapport avec un accident du travail ou une maladie professionnelle",
    ),
    ("1.2.250.1.213.1.1.3.48.34", "GEN-295", "En rapport avec la prévention"),
    ("1.2.250.1.213.1.1.3.48.15", "GEN-181", "Non remboursable"),
    ("1.2.250.1.213.1.1.3.48.12", "GEN-179", "Hors Autorisation de Mise sur le Marché (AMM)"),
)


def question(doc, number, yes, identifier):
    template, code, words = QUESTIONS[number]
    observation = E(
        "observation",
        templates(*SIMPLE, template),
        E("id", root=doc.uuid()),
        Code(code, codes.ANS, words).element("code"),
        reference(identifier),
        entries.COMPLETED,
        E("effectiveTime", value=hl7_local(doc.created)),
        E("value", xsi_type="BL", value=str(yes).lower()),
        classCode="OBS",
        moodCode="EVN",
    )
    return E("entryRelationship", observation, typeCode="COMP")


def supply(boxes):
    act = E(
        "supply",
        templates("1.3.6.1.4.1.19376.1.9.1.3.8", "1.2.250.1.213.1.1.3.86"),
        E("independentInd", value="false"),
        E("quantity", value=boxes, unit="30009000"),
        classCode="SPLY",
        moodCode="RQO",
    )
    return E("entryRelationship", act, typeCode="COMP")


def substitution(identifier):
    equivalent = Code("G", "2.16.840.1.113883.5.1070", "Substitution générique permise")
    act = E(
        "act",
        templates("1.3.6.1.4.1.19376.1.9.1.3.9.1", "1.2.250.1.213.1.1.3.87"),
        equivalent.element("code", original(identifier)),
        entries.COMPLETED,
        classCode="ACT",
        moodCode="DEF",
    )
    return E("entryRelationship", act, typeCode="COMP")


def material(drug, identifier):
    atc = E(
        "pharm:asSpecializedKind",
        E(
            "pharm:generalizedMedicineClass",
            E("pharm:code", code=drug.atc.code, displayName=drug.atc.display, codeSystem=codes.ATC),
            E("pharm:name", drug.atc.display),
            classCode="MMAT",
        ),
        classCode="GRIC",
    )
    code = drug.code.element(
        "code", original(identifier), Code(drug.cip, codes.CIP, drug.label).element("translation")
    )
    return E(
        "consumable",
        E(
            "manufacturedProduct",
            templates(*entries.PRODUCT),
            E(
                "manufacturedMaterial",
                templates("1.3.6.1.4.1.19376.1.9.1.3.1"),
                code,
                E("name", drug.label),
                atc,
                classCode="MMAT",
                determinerCode="KIND",
            ),
            classCode="MANU",
        ),
    )


def administration(doc, treatment, identifiers, months):
    """`identifiers`: medicine, frequency, route, substitution, then one a question."""
    doc.state(treatment.fact("prescribed"))
    dosage, drug, ald = treatment.dosage, treatment.drug, treatment.reason is not None
    period = E(
        "period", E("translation", original(identifiers[1])), value=dosage.period, unit=dosage.unit
    )
    answers = [
        question(doc, number, ald and number == 0, identifiers[4 + number])
        for number in range(len(QUESTIONS))
    ]
    return E(
        "entry",
        E(
            "substanceAdministration",
            templates(*PRESCRIBED),
            E("id", root=doc.uuid()),
            Code("DRUG", codes.ACT, "Médicament").element("code"),
            reference(identifiers[0]),
            entries.COMPLETED,
            E(
                "effectiveTime",
                E("low", value=hl7_day(treatment.since)),
                E("high", value=hl7_day(treatment.until)),
                xsi_type="IVL_TS",
            ),
            E("effectiveTime", period, xsi_type="PIVL_TS", operator="A"),
            E("repeatNumber", value=max(0, months - 1)),
            drug.route.element("routeCode", original(identifiers[2])),
            E(
                "doseQuantity",
                E("low", value=dosage.dose, unit=drug.unit),
                E("high", value=dosage.dose, unit=drug.unit),
            ),
            material(drug, identifiers[0]),
            supply(1),
            substitution(identifiers[3]),
            answers,
            classCode="SBADM",
            moodCode="INT",
        ),
    )


def medicines(doc, treatments, months):
    rows, found = [], []
    for treatment in treatments:
        words = ["Oui" if treatment.reason else "Non"] + ["Non"] * (len(QUESTIONS) - 1)
        identifiers = [
            doc.next("med"),
            doc.next("frequence"),
            doc.next("voie"),
            doc.next("substitution"),
        ] + [doc.next("reponse") for _ in QUESTIONS]
        rows.append(
            [
                f"du {french_day(treatment.since)} au {french_day(treatment.until)}",
                content(identifiers[0], treatment.label),
                content(identifiers[1], treatment.dosage.text),
                content(identifiers[2], treatment.drug.route.display),
                content(identifiers[3], "Oui"),
                str(max(0, months - 1)),
            ]
            + [content(name, word) for name, word in zip(identifiers[4:], words)]
        )
        found.append(administration(doc, treatment, identifiers, months))
    heads = [
        "Durée du traitement",
        "Médicament",
        "Posologie",
        "Voie",
        "Substitution",
        "Renouvellements",
        "ALD",
        "AT/MP",
        "Prévention",
        "Non remboursable",
        "Hors AMM",
    ]
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.9.1.2.1", "1.2.250.1.213.1.1.2.171"],
        loinc("57828-6", "Prescriptions"),
        "Prescription de médicaments",
        narrative.table(heads, rows),
        found,
    )


def code_section(doc):
    """The section of the 2D code that a pharmacy scans: a picture."""
    media = E(
        "observationMedia",
        templates("2.16.840.1.113883.10.12.304", "1.2.250.1.213.1.1.3.103"),
        E(
            "value",
            barcode.base64_picture(doc.unique_id),
            mediaType="image/jpeg",
            representation="B64",
        ),
        classCode="OBS",
        moodCode="EVN",
        ID="code-2d",
    )
    return narrative.section(
        doc,
        ["1.2.250.1.213.1.1.2.223"],
        loinc("57723-9", "Numéro de code à barres unique"),
        "Code 2D de la prescription",
        E("renderMultiMedia", referencedObject="code-2d"),
        E("entry", media),
    )


def document(record, author, when, treatments, months=3, **more):
    """The prescription of `treatments` (each with its end) for `months`."""
    end = max(treatment.until for treatment in treatments)
    stop = when.replace(year=int(end[:4]), month=int(end[5:7]), day=int(end[8:]))
    doc = record.document(
        "57833-6",
        TITLE,
        author,
        when,
        templates=TEMPLATES,
        stop=stop,
        event=loinc("57833-6", "Prescription de produits de santé"),
        **({"encounter": AMBULATORY} | more),
    )
    doc.body = narrative.structured(code_section(doc), medicines(doc, treatments, months))
    return doc
