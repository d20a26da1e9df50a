"""XDS metadata of a document; what patient.json, documents.json and truth.json hold."""
from datetime import timedelta

from . import codes
from .clinical import Fact
from .document import ARC, LOCAL_ROOT, Document, symbol
from .header import INSURER_DEVICE, setting_of
from .people import Insurer, Patient
from .times import hl7_utc

REPOSITORY = "1.2.250.1.213.4.1.1.1.2"
VACCINATION_REPOSITORY = "1.2.250.1.213.4.1.1.1.4"
SOURCE = f"{ARC}.900"
CCAM_METADATA = "1.2.250.1.213.2.5"
VISIBILITY = ("MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX")


def xcn(person):
    """An author or signer as XDS writes it (extended composite name)."""
    if isinstance(person, Patient):
        return f"{person.ins}^{person.family}^{person.given}^^^^^^&{codes.INS_TEST}&ISO^D^^^NH"
    if isinstance(person, Insurer):
        return f"{INSURER_DEVICE}^Assurance Maladie^^^^^^^&{codes.PERSONS}&ISO^U^^^RI"
    return f"{person.id}^{person.family}^{person.given}^^^^^^&{codes.PERSONS}&ISO^D^^^IDNPS"


def xon(name, number):
    return f"{name}^^^^^&{codes.STRUCTURES}&ISO^IDNST^^^{number}"


def author(doc):
    institution, specialty, role = None, None, None
    if doc.structure:
        institution = xon(doc.structure.name, doc.structure.id)
        code = doc.author.code
        specialty = f"{code.code}^{code.display}^{code.system}"
        role = doc.function.display if doc.function else None
    elif isinstance(doc.author, Insurer):
        institution = xon("Assurance Maladie", Insurer.id)
        specialty = f"{codes.ALIM_AM.code}^{codes.ALIM_AM.display}^{codes.ALIM_AM.system}"
    return {
        "person": xcn(doc.author),
        "institution": institution,
        "specialty": specialty,
        "role": role,
    }


def content_type(doc):
    if isinstance(doc.author, Patient):
        return codes.EXP_PATIENT
    return codes.ALIM_AM if isinstance(doc.author, Insurer) else doc.activity


def submission_set(doc):
    name = doc.batch or doc.unique_id
    return {
        "unique_id": f"{name}.8",
        "entry_uuid": symbol(f"submission {name}").urn,
        "source_id": SOURCE,
        "time": hl7_utc(doc.created + timedelta(minutes=7)),
        "content_type": content_type(doc).json(),
        "title": doc.title,
    }


def event_codes(doc):
    if not doc.event:
        return []
    event = doc.event.json()
    if event["system"] == codes.CCAM:
        event["system"] = CCAM_METADATA
    return [event]


def source_patient_info(patient):
    return [
        f"PID-5|{patient.family}^{patient.given}^^^^^D",
        f"PID-5|{patient.birth_family}^{patient.given}^^^^^L",
        f"PID-7|{patient.birth_date.replace('-', '')}",
        f"PID-8|{patient.sex}",
    ]


def entry(doc, path):
    """The line of documents.json for `doc`, stored at `path`."""
    setting, facility = setting_of(doc)
    patient = doc.record.patient
    line = {
        "file": path,
        "unique_id": doc.listed,
        "entry_uuid": doc.entry_uuid,
        "repository": VACCINATION_REPOSITORY if doc.type_code == "11369-6" else REPOSITORY,
        "submission_set": submission_set(doc),
        "status": doc.status,
        "version": 1,
        "replaces": doc.replaces.unique_id if doc.replaces else None,
        "title": doc.title,
        "mime": "text/xml",
        "language": "fr-FR",
        "creation": hl7_utc(doc.created),
        "service_start": hl7_utc(doc.start),
        "service_stop": hl7_utc(doc.stop) if doc.stop else None,
        "class": codes.class_of(doc.type_code).json(),
        "type": doc.type.json(),
        "format": doc.format.json(),
        "practice_setting": setting.json(),
        "facility": facility.json(),
        "confidentiality": ["N", *doc.visibility],
        "event_codes": event_codes(doc),
        "authors": [author(doc)],
        "legal_authenticator": xcn(doc.author),
        "source_patient_id": f"{patient.local_id}^^^&{LOCAL_ROOT}&ISO^PI",
        "source_patient_info": source_patient_info(patient),
        "reference_ids": [
            f"{number}^^^&{LOCAL_ROOT}&ISO^{kind}" for number, kind in doc.references
        ],
    }
    return line | doc.announced


def patient_file(record):
    access = {
        "state": "active",
        "closed_at": None,
        "closed_reason": None,
        "internet_account": True,
        "ens": True,
        "opposition_bris_de_glace": False,
        "opposition_urgence": False,
        "medecin_traitant": None,
    }
    return (
        record.patient.json() | access | record.access | {"authorisations": record.authorisations}
    )


def shown_as(value):
    """A document by its identifier, a fact by its thing, anything else as it is."""
    if isinstance(value, Document):
        return value.listed
    return value.name() if isinstance(value, Fact) else value


def truth_file(record):
    """What a summary of the active documents must find; `text_only`: level 1 with readable text."""
    active = [doc for doc in record.documents if doc.status == "approved"]
    found = {}
    for doc in active:
        for fact in doc.facts if not (doc.unread or doc.aside) else ():
            sources = found.setdefault(fact, [])
            if doc.listed not in sources:
                sources.append(doc.listed)
    facts = sorted(
        found,
        key=lambda fact: (
            fact.block,
            fact.date or "",
            fact.text,
            fact.status,
            fact.detail or "",
            fact.value or (),
            fact.until or "",
            fact.words,
        ),
    )
    return {
        "today": record.calendar.today.isoformat(),
        "documents": {
            "active": len(active),
            "archived": sum(doc.status == "archived" for doc in record.documents),
            "deprecated": sum(doc.status == "deprecated" for doc in record.documents),
        },
        "facts": [fact.json(found[fact]) for fact in facts],
        "unread": [{"unique_id": doc.listed, "reason": doc.unread} for doc in active if doc.unread],
        "aside": [{"unique_id": doc.listed, "state": doc.aside} for doc in active if doc.aside],
        "faults": [
            {"fault": name} | {key: shown_as(value) for key, value in shown.items()}
            for name, shown in record.faults
        ],
        "text_only": [
            doc.listed for doc in active if doc.media_type and not doc.unread and not doc.aside
        ],
        "contradictions": [
            {"rule": rule, "sources": [doc.listed for doc in documents], "text": text}
            for rule, documents, text in record.contradictions
        ],
    }
