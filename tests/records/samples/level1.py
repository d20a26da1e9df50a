"""Level 1 documents: a header around a PDF, a picture or plain text."""
import base64

from . import letter
from .xml import E

XDS_SD = (("1.3.6.1.4.1.19376.1.2.20", None),)


def body(data, media_type):
    return E(
        "nonXMLBody",
        E(
            "text",
            base64.b64encode(data).decode("ascii"),
            mediaType=media_type,
            representation="B64",
        ),
    )


def document(record, type_code, title, author, when, data_of, media_type="application/pdf", **more):
    """A level 1 document; `data_of` makes its payload from the document."""
    doc = record.document(
        type_code, title, author, when, templates=XDS_SD, media_type=media_type, **more
    )
    doc.body = body(data_of(doc), media_type)
    return doc


def pdf_letter(record, type_code, title, author, when, paragraphs, **more):
    """A letter in PDF with its text."""
    return document(
        record, type_code, title, author, when, lambda doc: letter.text_pdf(doc, paragraphs), **more
    )


def scan(record, type_code, title, author, when, paragraphs, **more):
    """A scanned letter in PDF, without text: a summary cannot read it."""
    return document(
        record,
        type_code,
        title,
        author,
        when,
        lambda doc: letter.scan_pdf(doc, paragraphs),
        unread="scan",
        **more
    )


def picture(record, type_code, title, author, when, paragraphs, **more):
    """A scanned letter in JPEG."""
    return document(
        record,
        type_code,
        title,
        author,
        when,
        lambda doc: letter.scanned(doc, paragraphs),
        "image/jpeg",
        unread="scan",
        **more
    )


def plain(record, type_code, title, author, when, paragraphs, **more):
    """Plain text in UTF-8, as patients' own notes are."""
    return document(
        record,
        type_code,
        title,
        author,
        when,
        lambda doc: "\n".join(paragraphs).encode(),
        "text/plain",
        **more
    )
