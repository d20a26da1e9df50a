"""Imaging reports (CR-IMG 2024.01): request, technique, findings, conclusion."""
from datetime import timedelta

from . import codes, header, narrative
from .codes import Code
from .narrative import content, loinc, original, templates
from .times import hl7_local
from .xml import E

TEMPLATES = (
    ("1.2.840.10008.9.1", None),
    ("1.2.840.10008.9.20", None),
    ("1.2.840.10008.9.21", None),
    ("1.2.250.1.213.1.1.1.45", "2024.01"),
)
DICOM = "1.2.840.10008.2.16.4"
AMBULATORY = Code("AMB", codes.ACT, "Ambulatoire (hors établissement)")
MODALITY = Code("121139", DICOM, "Modalité d'imagerie")
REGION = loinc("39111-0", "localisation anatomique")
FORBIDS = loinc("64100-1", "Contre-indications")
PAST = (
    loinc("11348-0", "Antécédents médicaux"),
    loinc("47519-4", "Antécédents chirurgicaux"),
    FORBIDS,
)
IMAGE_CLASSES = {
    "CT": ("1.2.840.10008.5.1.4.1.1.2", "CT Image Storage"),
    "US": ("1.2.840.10008.5.1.4.1.1.6.1", "Ultrasound Image Storage"),
    "DX": ("1.2.840.10008.5.1.4.1.1.1.1", "Digital X-Ray Image Storage - For Presentation"),
    "BMD": ("1.2.840.10008.5.1.4.1.1.7", "Secondary Capture Image Storage"),
}


def qualified(code, name):
    return code.element("translation", E("qualifier", name.element("name")))


class Event(Code):
    """The code of the act in the header, with its CCAM code, modality and region."""

    def element(self, name, *children, **attributes):
        return super().element(name, *children, self.parts, **attributes)


def event_of(examination):
    event = Event(examination.act.code, examination.act.system, examination.act.display)
    object.__setattr__(
        event,
        "parts",
        [
            examination.ccam.element("translation"),
            qualified(examination.modality, MODALITY),
            qualified(examination.region, REGION),
        ],
    )
    return event


def remark(doc, code, identifier, line):
    """A line of history, as text behind a code (template 1.2.250.1.213.1.1.3.150)."""
    value = (
        E("value", line, xsi_type="ST")
        if code is FORBIDS
        else E("value", original(identifier), xsi_type="CD", nullFlavor="UNK")
    )
    return E(
        "entry",
        E(
            "observation",
            templates("2.16.840.1.113883.10.20.6.2.13", "1.2.250.1.213.1.1.3.150"),
            E("id", root=doc.uuid()),
            code.element("code"),
            narrative.reference(identifier),
            E("statusCode", code="completed"),
            value,
            E("targetSiteCode", nullFlavor="NA"),
            classCode="OBS",
            moodCode="EVN",
        ),
    )


def past_of(doc, past):
    """History: `past` is medical, surgical and contra-indications, all three."""
    rows, found = [], []
    for code, line in zip(PAST, past):
        identifier = doc.next("atcd")
        rows.append([code.display, content(identifier, line)])
        found.append(remark(doc, code, identifier, line))
    return narrative.section(
        doc,
        ["2.16.840.1.113883.10.20.22.2.39", "1.2.250.1.213.1.1.2.213"],
        loinc("11329-0", "Historique médical"),
        "Antécédents et contre-indications",
        narrative.table([], rows),
        found,
    )


def clinical(doc, request, past):
    asked = narrative.section(
        doc,
        ["1.2.840.10008.9.7", "1.2.250.1.213.1.1.2.211"],
        loinc("55115-0", "Demande"),
        "Justification de la demande",
        E("paragraph", request),
    )
    history = past_of(doc, past) if past else None
    return narrative.section(
        doc,
        ["1.2.840.10008.9.2", "1.2.250.1.213.1.1.2.205"],
        loinc("55752-0", "Informations cliniques"),
        "Informations cliniques",
        E("paragraph", "Contexte de l'examen"),
        sections=[part for part in (asked, history) if part],
    )


def image(doc, study, modality, link, identifier):
    code = Code(
        *IMAGE_CLASSES[modality.code][:1], "1.2.840.10008.2.6.1", IMAGE_CLASSES[modality.code][1]
    )
    instance = E(
        "observation",
        templates("1.2.840.10008.9.18", "1.2.250.1.213.1.1.3.157"),
        E("id", root=f"{study}.1.1"),
        code.element("code", original(identifier)),
        E("text", E("reference", value=link), mediaType="application/dicom"),
        E("effectiveTime", value=hl7_local(doc.start)),
        classCode="DGIMG",
        moodCode="EVN",
    )
    return E("entryRelationship", instance, typeCode="COMP")


def series(doc, study, modality, link, identifiers):
    kind = Code("113015", DICOM, "Séries").element(
        "code",
        E(
            "qualifier",
            MODALITY.element("name"),
            modality.element("value", original(identifiers[0])),
        ),
    )
    act = E(
        "act",
        templates("1.2.840.10008.9.17", "1.2.250.1.213.1.1.3.156"),
        E("id", root=f"{study}.1"),
        kind,
        E("effectiveTime", value=hl7_local(doc.start)),
        image(doc, study, modality, link, identifiers[1]),
        classCode="ACT",
        moodCode="EVN",
    )
    return E("entryRelationship", act, typeCode="COMP")


def catalogue(doc, examination):
    """Where the images are: a link that leads nowhere."""
    study, modality = f"{doc.set_id}.5", examination.modality
    link = f"https://images.example.invalid/wado?requestType=WADO&studyUID={study}"
    identifiers = doc.next("serie"), doc.next("image")
    row = [
        f"Examen {study}",
        content(identifiers[0], modality.display),
        content(identifiers[1], E("linkHtml", "Voir les images", href=link)),
    ]
    act = E(
        "act",
        templates("1.2.840.10008.9.16", "1.2.250.1.213.1.1.3.155"),
        E("id", root=study),
        Code("113014", DICOM, "Examen").element("code"),
        E("effectiveTime", value=hl7_local(doc.start)),
        series(doc, study, modality, link, identifiers),
        classCode="ACT",
        moodCode="EVN",
    )
    return narrative.section(
        doc,
        ["2.16.840.1.113883.10.20.6.1.1", "1.2.250.1.213.1.1.2.217"],
        Code("121181", DICOM, "Catalogue d’objets DICOM"),
        "Catalogue d'images",
        narrative.table(["Examen", "Modalité", "Images"], [row]),
        E("entry", act),
    )


def technique(doc, examination, words):
    act, modality, region, text = (
        doc.next("acte"),
        doc.next("modalite"),
        doc.next("region"),
        doc.next("technique"),
    )
    rows = [
        ["Acte", content(act, examination.ccam.display)],
        ["Modalité", content(modality, examination.modality.display)],
        ["Région", content(region, examination.region.display)],
        ["Technique", content(text, words)],
    ]
    code = examination.act.element("code", original(act), examination.ccam.element("translation"))
    procedure = E(
        "procedure",
        templates("1.2.840.10008.9.14", "1.2.250.1.213.1.1.3.153"),
        E("id", root=doc.uuid()),
        code,
        narrative.reference(text),
        E("effectiveTime", value=hl7_local(doc.start)),
        examination.modality.element("methodCode", original(modality)),
        examination.region.element("targetSiteCode", original(region), xsi_type="CD"),
        classCode="PROC",
        moodCode="EVN",
    )
    return narrative.section(
        doc,
        ["1.2.840.10008.9.3", "1.2.250.1.213.1.1.2.206"],
        loinc("55111-9", "Description de l'acte d’imagerie"),
        "Technique d'imagerie",
        narrative.table([], rows),
        E("entry", procedure),
        sections=[catalogue(doc, examination)],
    )


def paragraphs(doc, roots, code, title, lines):
    return narrative.section(doc, roots, code, title, [E("paragraph", line) for line in lines])


def order(doc):
    number = f"{doc.start:%Y%m%d}{doc.number:04d}"
    doc.references = ((number, "urn:ihe:iti:xds:2013:accession"),)
    return E(
        "inFulfillmentOf",
        E(
            "order",
            header.reference_id("id", f"D{number}"),
            header.reference_id("dicom:accessionNumber", number),
        ),
    )


def document(record, author, when, examination, report, **more):
    """`report`: dict of request, past (lines), technique, findings (lines), conclusion."""
    doc = record.document(
        "18748-4",
        f"CR d'imagerie médicale - {examination.title}",
        author,
        when,
        templates=TEMPLATES,
        event=event_of(examination),
        activity=codes.ACTS,
        **({"encounter": AMBULATORY, "start": when - timedelta(minutes=25), "stop": when} | more),
    )
    doc.state(examination.fact(when.strftime("%Y-%m-%d")))
    doc.extras.orders.append(order(doc))
    doc.body = narrative.structured(
        clinical(doc, report["request"], report.get("past", ())),
        technique(doc, examination, report["technique"]),
        paragraphs(
            doc,
            ["2.16.840.1.113883.10.20.6.1.2", "1.2.250.1.213.1.1.2.208"],
            loinc("59776-5", "Résultats de l'acte"),
            "Résultats",
            report["findings"],
        ),
        paragraphs(
            doc,
            ["1.2.840.10008.9.5", "1.2.250.1.213.1.1.2.209"],
            loinc("19005-8", "Conclusions"),
            "Conclusion",
            [report["conclusion"]],
        ),
    )
    return doc
