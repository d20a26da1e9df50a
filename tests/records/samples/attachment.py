"""The section 55108-5 that holds a copy of the document in PDF."""
import base64

from . import narrative
from .narrative import loinc
from .xml import E

COPY = loinc("55108-5", "Copie du document")


def kind(doc, identifier):
    return E(
        "observation",
        narrative.templates(
            "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48", "1.2.250.1.213.1.1.3.48.18"
        ),
        E("id", root=doc.uuid()),
        loinc("69764-9", "Type de document").element("code"),
        narrative.reference(identifier),
        E("statusCode", code="completed"),
        E("effectiveTime", nullFlavor="NA"),
        COPY.element("value", xsi_type="CD"),
        classCode="OBS",
        moodCode="EVN",
    )


def media(data, identifier):
    return E(
        "observationMedia",
        E(
            "value",
            base64.b64encode(data).decode("ascii"),
            mediaType="application/pdf",
            representation="B64",
        ),
        classCode="OBS",
        moodCode="EVN",
        ID=identifier,
    )


def section(doc, data):
    """The section around the PDF `data`."""
    identifier = doc.next("copie")
    picture = E("renderMultiMedia", referencedObject=f"{identifier}-pdf")
    text = narrative.table(
        [], [[["Copie PDF ", narrative.content(identifier, "du compte rendu"), picture]]]
    )
    organizer = E(
        "organizer",
        narrative.templates("1.2.250.1.213.1.1.3.18"),
        E("id", root=doc.uuid()),
        loinc("55107-7", "Document attaché").element("code"),
        E("statusCode", code="completed"),
        E("component", kind(doc, identifier)),
        E("component", media(data, f"{identifier}-pdf")),
        classCode="CLUSTER",
        moodCode="EVN",
    )
    return narrative.section(
        doc, ["1.2.250.1.213.1.1.2.243"], COPY, "Copie du document", text, E("entry", organizer)
    )
