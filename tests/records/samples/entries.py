"""Entries that several types of document share: problem, allergy, procedure, product."""
from . import codes
from .codes import Code
from .narrative import original, reference, templates
from .times import hl7_day, hl7_local
from .xml import E

DIAGNOSIS = Code("282291009", codes.SNOMED, "interprétation diagnostique")
PROBLEM_CONCERN = (
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
    "1.2.250.1.213.1.1.3.39",
)
ALLERGY_CONCERN = (
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.3",
    "1.2.250.1.213.1.1.3.40",
)
PROBLEM = (
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.2.250.1.213.1.1.3.37",
)
ALLERGY = (
    "2.16.840.1.113883.10.20.1.18",
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.3.6.1.4.1.19376.1.5.3.1.4.6",
    "1.2.250.1.213.1.1.3.41",
)
PROCEDURE = (
    "1.3.6.1.4.1.19376.1.5.3.1.4.19",
    "2.16.840.1.113883.10.20.1.29",
    "1.2.250.1.213.1.1.3.62",
)
PRODUCT = (
    "2.16.840.1.113883.10.20.1.53",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.2",
    "1.2.250.1.213.1.1.3.43",
)
INTERNAL_REFERENCE = ("1.3.6.1.4.1.19376.1.5.3.1.4.4.1", "1.2.250.1.213.1.1.3.36")
COMPLETED = E("statusCode", code="completed")


def since(low, high=None, **attributes):
    """effectiveTime from `low` to `high` (days, either may be None)."""
    return E(
        "effectiveTime",
        E("low", value=hl7_day(low)) if low else E("low", nullFlavor="UNK"),
        E("high", value=hl7_day(high)) if high else None,
        **attributes
    )


def concern(doc, roots, low, high, observation):
    status = "completed" if high else "active"
    return E(
        "entry",
        E(
            "act",
            templates(*roots),
            E("id", root=doc.uuid()),
            E("code", nullFlavor="NA"),
            E("statusCode", code=status),
            since(low, high),
            E("entryRelationship", observation, typeCode="SUBJ", inversionInd="false"),
            classCode="ACT",
            moodCode="EVN",
        ),
    )


def problem_observation(doc, problem, identifier):
    return E(
        "observation",
        templates(*PROBLEM),
        E("id", root=doc.uuid()),
        DIAGNOSIS.element("code"),
        reference(identifier),
        COMPLETED,
        since(problem.since, problem.until),
        problem.code.element("value", original(identifier), xsi_type="CD"),
        classCode="OBS",
        moodCode="EVN",
        negationInd=str(problem.negated).lower(),
    )


def problem(doc, problem_, identifier):
    """The entry of a problem, active or past; its words are at `identifier`."""
    doc.state(problem_.fact())
    return concern(
        doc,
        PROBLEM_CONCERN,
        problem_.since,
        problem_.until,
        problem_observation(doc, problem_, identifier),
    )


def agent(code, identifier):
    element = (
        code.element("code", original(identifier))
        if code
        else E("code", original(identifier), nullFlavor="UNK")
    )
    return E(
        "participant",
        E("participantRole", E("playingEntity", element, classCode="MMAT"), classCode="MANU"),
        typeCode="CSM",
    )


def allergy_observation(doc, kind, day, value, identifiers, code):
    """`identifiers`: where the text names the kind and the agent."""
    return E(
        "observation",
        templates(*ALLERGY),
        E("id", root=doc.uuid()),
        kind.element("code"),
        reference(identifiers[0]),
        COMPLETED,
        since(day),
        value,
        agent(code, identifiers[1]) if identifiers[1] else None,
        classCode="OBS",
        moodCode="EVN",
        negationInd="false",
    )


def negate(element):
    element.attributes["negationInd"] = "true"
    return element


def allergy(doc, allergy_, identifiers):
    """The entry of an allergy; `identifiers`: where the text names the kind and the agent."""
    doc.state(allergy_.fact())
    value = E("value", original(identifiers[0]), xsi_type="CD", nullFlavor="UNK")
    observation = allergy_observation(
        doc, allergy_.kind, allergy_.since, value, identifiers, allergy_.code
    )
    if allergy_.negated:
        negate(observation)
    return concern(doc, ALLERGY_CONCERN, allergy_.since, None, observation)


def no_allergy(doc, statement, day, identifier):
    """The entry that says that no allergy is known; `statement` is its code."""
    kind = Code("420134006", codes.SNOMED, "prédisposition à une réaction indésirable")
    value = statement.element("value", original(identifier), xsi_type="CD")
    return concern(
        doc,
        ALLERGY_CONCERN,
        day,
        None,
        allergy_observation(doc, kind, day, value, (identifier, None), None),
    )


def reason(doc, code, identifier):
    """Why a treatment or a procedure: the code of a problem."""
    act = E(
        "act",
        templates(*INTERNAL_REFERENCE),
        E("id", root=doc.uuid()),
        code.element("code", original(identifier)),
        classCode="ACT",
        moodCode="EVN",
    )
    return E("entryRelationship", act, typeCode="RSON")


def procedure(doc, procedure_, identifier, why=None):
    doc.state(procedure_.fact())
    return E(
        "entry",
        E(
            "procedure",
            templates(*PROCEDURE),
            E("id", root=doc.uuid()),
            procedure_.code.element("code"),
            reference(identifier),
            COMPLETED,
            E("effectiveTime", value=hl7_day(procedure_.since)),
            reason(doc, procedure_.reason.code, why) if why else None,
            classCode="PROC",
            moodCode="EVN",
        ),
    )


def product(drug, identifier, name="manufacturedMaterial", lot=None):
    """The medicine of an entry, coded CIS with its pack (CIP)."""
    code = (
        drug.code.element(
            "code",
            original(identifier),
            Code(drug.cip, codes.CIP, drug.label).element("translation"),
        )
        if drug.cis
        else E("code", original(identifier), nullFlavor="UNK")
    )
    material = E(name, code, E("name", drug.name), E("lotNumberText", lot) if lot else None)
    return E("consumable", E("manufacturedProduct", templates(*PRODUCT), material))


def author_of(doc):
    return E(
        "author",
        E("time", value=hl7_local(doc.created)),
        E("assignedAuthor", E("id", root=codes.PERSONS, extension=doc.author.id)),
    )
