"""The CDA header: what every document carries (CI-SIS, volet Structuration minimale)."""
from . import codes
from .codes import Code
from .document import LOCAL_ROOT
from .people import Insurer, Patient
from .times import hl7_day, hl7_local
from .xml import E

INSURER_DEVICE = "518003502400041/1.2.250.1.215.1.2"


def address(place, **attributes):
    if place is None:
        return E("addr", nullFlavor="NAV")
    number, _, street = place.street.partition(" ")
    return E(
        "addr",
        E("houseNumber", number),
        E("streetName", street),
        E("postalCode", place.postal_code),
        E("city", place.city),
        **attributes,
    )


def telecom(value, use="WP"):
    return E("telecom", value=value, use=use) if value else E("telecom", nullFlavor="NASK")


def person_name(person):
    prefix = person.civility if person.civility in ("M", "MME") else None
    return E(
        "name",
        E("prefix", prefix) if prefix else None,
        E("given", person.given),
        E("family", person.family),
        E("suffix", person.title) if person.title else None,
    )


def patient_name(patient):
    return E(
        "name",
        E("family", patient.birth_family, qualifier="BR"),
        E("given", patient.given_all),
        E("given", patient.given, qualifier="BR"),
        E("family", patient.family, qualifier="CL"),
        E("given", patient.given, qualifier="CL"),
    )


def record_target(patient):
    gender = {"M": "Masculin", "F": "Féminin", "U": "Inconnu"}[patient.sex]
    place = E(
        "place",
        E("addr", E("county", patient.birth_place.code), E("city", patient.birth_place.display)),
    )
    return E(
        "recordTarget",
        E(
            "patientRole",
            E("id", root=codes.INS_TEST, extension=patient.ins),
            E("id", root=LOCAL_ROOT, extension=patient.local_id),
            address(patient.address, use="H"),
            [telecom(number, "MC") for number in patient.telecom],
            E(
                "patient",
                patient_name(patient),
                E(
                    "administrativeGenderCode",
                    code=patient.sex,
                    displayName=gender,
                    codeSystem="2.16.840.1.113883.5.1",
                ),
                E("birthTime", value=hl7_day(patient.birth_date)),
                E("birthplace", place),
                classCode="PSN",
            ),
        ),
    )


def organization(name, structure, setting=None):
    industry = setting.element("standardIndustryClassCode") if setting else None
    return E(
        name,
        E("id", root=codes.STRUCTURES, extension=structure.id),
        E("name", structure.name),
        telecom(structure.telecom),
        address(structure.address),
        industry,
    )


def professional(name, person, structure, setting=None, code=True, templates=()):
    """`name`: assignedAuthor or assignedEntity, with the person and the structure it acts for."""
    return E(
        name,
        [E("templateId", root=root) for root in templates],
        E("id", root=codes.PERSONS, extension=person.id),
        person.code.element("code") if code else None,
        address(structure.address),
        telecom(structure.telecom),
        E("assignedPerson", person_name(person)),
        organization("representedOrganization", structure, setting),
    )


def patient_entity(name, patient, extra=None):
    return E(
        name,
        E("id", root=codes.INS_TEST, extension=patient.ins),
        E("addr", nullFlavor="NASK"),
        E("telecom", nullFlavor="NASK"),
        E("assignedPerson", E("name", E("given", patient.given), E("family", patient.family))),
        extra,
    )


def insurer_author():
    return E(
        "assignedAuthor",
        E("id", root=codes.PERSONS, extension=INSURER_DEVICE),
        codes.ALIM_AM.element("code"),
        E("addr", nullFlavor="NASK"),
        E("telecom", nullFlavor="NASK"),
        E(
            "assignedAuthoringDevice",
            E("manufacturerModelName", "."),
            E("softwareName", "Assurance Maladie"),
        ),
        E(
            "representedOrganization",
            E("id", root=codes.STRUCTURES, extension=Insurer.id),
            E("name", "Assurance Maladie"),
        ),
    )


def insurer_signer():
    return E(
        "assignedEntity",
        E("id", root=codes.PERSONS, extension=INSURER_DEVICE),
        E("addr", nullFlavor="NASK"),
        E("telecom", nullFlavor="NASK"),
        E("assignedPerson", E("name", E("given", "."), E("family", "Assurance Maladie"))),
    )


def author(doc):
    if isinstance(doc.author, Patient):
        who = patient_entity("assignedAuthor", doc.author)
    elif isinstance(doc.author, Insurer):
        who = insurer_author()
    else:
        who = professional("assignedAuthor", doc.author, doc.structure)
    return E(
        "author",
        doc.function.element("functionCode") if doc.function else None,
        E("time", value=hl7_local(doc.created)),
        who,
    )


def signer(doc):
    if isinstance(doc.author, Patient):
        return patient_entity("assignedEntity", doc.author)
    if isinstance(doc.author, Insurer):
        return insurer_signer()
    return professional("assignedEntity", doc.author, doc.structure, doc.structure.setting)


def custodian(doc):
    if doc.structure:
        who = organization("representedCustodianOrganization", doc.structure)
    elif isinstance(doc.author, Insurer):
        who = E(
            "representedCustodianOrganization",
            E("id", root=codes.STRUCTURES, extension=Insurer.id),
            E("name", "Assurance Maladie"),
        )
    else:
        who = E(
            "representedCustodianOrganization", E("id", root="1.2.250.1.213.4.1"), E("name", "DMP")
        )
    return E("custodian", E("assignedCustodian", who))


def setting_of(doc):
    """Practice setting and type of facility of a document."""
    if isinstance(doc.author, Patient):
        return codes.EXP_PATIENT, codes.EXP_PATIENT
    if isinstance(doc.author, Insurer):
        return codes.INSURER_SETTING, codes.sector("SA24")
    return doc.structure.setting, codes.sector(doc.structure.sector)


def interval(start, stop, name="effectiveTime"):
    return E(
        name, E("low", value=hl7_local(start)), E("high", value=hl7_local(stop)) if stop else None
    )


def performer(doc):
    setting, _ = setting_of(doc)
    if isinstance(doc.author, Patient):
        bare = E("representedOrganization", setting.element("standardIndustryClassCode"))
        return E(
            "performer",
            E("assignedEntity", E("id", root=codes.INS_TEST, extension=doc.author.ins), bare),
            typeCode="PRF",
        )
    if isinstance(doc.author, Insurer):
        bare = E("representedOrganization", setting.element("standardIndustryClassCode"))
        return E("performer", E("assignedEntity", E("id", nullFlavor="NA"), bare), typeCode="PRF")
    lab = doc.type_code == "11502-2" and not doc.media_type
    return E(
        "performer",
        E("templateId", root="1.3.6.1.4.1.19376.1.3.3.1.7") if lab else None,
        E("time", E("high", value=hl7_local(doc.stop or doc.created))) if lab else None,
        professional("assignedEntity", doc.author, doc.structure, setting),
        typeCode="PRF",
    )


def documentation_of(doc):
    lab = doc.type_code == "11502-2" and not doc.media_type
    return E(
        "documentationOf",
        E(
            "serviceEvent",
            E("id", root=f"{doc.set_id}.9"),
            doc.event.element("code") if doc.event else None,
            E("lab:statusCode", code="completed") if lab else None,
            interval(doc.start, doc.stop),
            performer(doc),
        ),
    )


def component_of(doc):
    _, facility = setting_of(doc)
    place = None
    if doc.structure:
        place = E("location", E("name", doc.structure.name), address(doc.structure.address))
    party = None
    if doc.type_code == "11502-2" and not doc.media_type:
        party = E("responsibleParty", professional("assignedEntity", doc.author, doc.structure))
    if isinstance(doc.author, Insurer):
        when = E("effectiveTime", nullFlavor="NA")
    else:
        when = interval(doc.start, doc.stop)
    return E(
        "componentOf",
        E(
            "encompassingEncounter",
            doc.encounter.element("code") if doc.encounter else None,
            when,
            party,
            E("location", E("healthCareFacility", facility.element("code"), place)),
        ),
    )


def related_document(doc):
    if not doc.replaces:
        return None
    old = doc.replaces
    return E(
        "relatedDocument",
        E("parentDocument", E("id", root=old.unique_id), E("versionNumber", value=old.version)),
        typeCode="RPLC",
    )


def template_ids(doc):
    rows = (("2.16.840.1.113883.2.8.2.1", None), ("1.2.250.1.213.1.1.1.1", None)) + tuple(
        doc.templates
    )
    return [E("templateId", root=root, extension=version) for root, version in rows]


def clinical_document(doc):
    """The whole document as a tree; `doc.body` is the child of the last component."""
    extras = doc.extras
    return E(
        "ClinicalDocument",
        E("realmCode", code="FR"),
        E("typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040"),
        template_ids(doc),
        E("id", root=doc.unique_id),
        doc.type.element("code"),
        E("title", doc.title),
        E("effectiveTime", value=hl7_local(doc.created)),
        codes.NORMAL.element("confidentialityCode"),
        E("languageCode", code="fr-FR"),
        E("setId", root=doc.set_id),
        E("versionNumber", value=doc.version),
        record_target(doc.patient or doc.record.patient),
        author(doc),
        extras.informants,
        custodian(doc),
        extras.recipients,
        E(
            "legalAuthenticator",
            E("time", value=hl7_local(doc.created)),
            E("signatureCode", code="S"),
            signer(doc),
        ),
        extras.participants,
        extras.orders,
        documentation_of(doc),
        extras.services,
        related_document(doc),
        component_of(doc),
        E("component", doc.body),
    )


def reference_id(name, value):
    return E(name, root=LOCAL_ROOT, extension=value)


def associated(person, structure, function=None, type_code="INF", when=None, templates=()):
    """A participant of the document: prescriber (REF), médecin traitant (INF + PCP)…"""
    time = (
        E("time", E("high", value=hl7_local(when)), xsi_type="IVL_TS")
        if when
        else E("time", nullFlavor="NA")
    )
    return E(
        "participant",
        [E("templateId", root=root) for root in templates],
        function.element("functionCode") if function else None,
        time,
        E(
            "associatedEntity",
            E("id", root=codes.PERSONS, extension=person.id),
            person.code.element("code"),
            address(structure.address),
            telecom(structure.telecom),
            E("associatedPerson", person_name(person)),
            organization("scopingOrganization", structure),
            classCode="PROV",
        ),
        typeCode=type_code,
    )


def related_person(contact, class_code):
    """A relative: person to tell (ECON), next of kin (NOK)."""
    return E(
        "informant",
        E(
            "relatedEntity",
            contact.relation.element("code"),
            E("addr", nullFlavor="NAV"),
            telecom(contact.telecom, "MC"),
            E("relatedPerson", E("name", E("family", contact.family), E("given", contact.given))),
            classCode=class_code,
        ),
    )


PCP = Code("PCP", "2.16.840.1.113883.5.88", "Médecin traitant")
