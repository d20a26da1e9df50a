"""Faults of documents as such: sent twice, replaced, hidden, cut, encrypted, never received."""
import copy
from datetime import timedelta

from . import lab, letter, level1, pdf, tables, vsm
from .clinical import Fact, Problem
from .codes import Code
from .gold_tables import LETTERS
from .narrative import content, loinc, original, reference, section, templates
from .xml import E

SHEET = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    b'<xsl:template match="/"><p>lecture</p></xsl:template>\n'
)
BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "boum"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>\n'
)


def cut(data):
    """The first three fifths, cut in the middle of an element."""
    return data[: len(data) * 3 // 5]


# --- The same document more than once


def again(writer, doc, name, **changes):
    """`doc` listed a second time; a summary sets one of the two aside."""
    twin = copy.copy(doc)
    for key, value in changes.items():
        setattr(twin, key, value)
    twin.aside = "duplicate"
    writer.record.documents.append(twin)
    writer.record.fault(name, pair=[doc.listed, twin.listed], state="duplicate")
    return twin


def same_bytes(writer):
    """The same bytes under another identifier (D2)."""
    doc = writer.report()
    again(writer, doc, "same bytes", copy=1, listed_as=f"{doc.set_id}.77")


def same_id(writer):
    """The same identifier inside, one byte apart (D1)."""
    doc = writer.report()
    apart = lambda data: data + b"\n"  # noqa: E731
    again(writer, doc, "same id", copy=1, listed_as=f"{doc.set_id}.78", damage=apart)


def twins(writer):
    """As data and as a PDF (D3), by order number and by submission set."""
    results = writer.results(4)
    first = writer.report(results)
    second = lab.twin(writer.record, first, results, writer.gp)
    second.aside = "duplicate"
    writer.record.fault("two formats", state_of=second, state="duplicate")


def resent(writer):
    """The same results sent again under another identifier (D4), and without one of them."""
    results = writer.results(6)
    first = writer.report(results)
    for part, hours in ((results, 3), (results[:-1], 5)):
        doc = lab.document(writer.record, first.author, first.start, part, writer.gp)
        doc.created = first.created + timedelta(hours=hours)


# --- Other versions, other states


def replaced_in_text(writer):
    """A new version says what it replaces; the list still calls the old one current (I3)."""
    old = writer.summary(130)
    new = writer.summary(60, replaces=old)
    old.status, old.aside = "approved", "replaced"
    writer.record.fault("replaced, still listed", state_of=old, state="replaced", line=new.facts[0])


def chain(writer):
    """Three versions, each of which replaces the one before, all still listed."""
    first = writer.summary(190)
    second = writer.summary(160, replaces=first)
    third = writer.summary(140, replaces=second)
    for doc in (first, second):
        doc.status, doc.aside = "approved", "replaced"
        writer.record.fault(
            "chain of versions", state_of=doc, state="replaced", line=third.facts[0]
        )


def together(writer):
    """Three documents of one author and one moment."""
    for _ in range(3):
        when = writer.life.day(44, "09:00:00")
        vsm.document(writer.record, writer.gp, when, writer.life.story())


def ring(writer):
    """Two documents that say that they replace each other: both stay."""
    first, second = writer.report(), writer.report()
    first.replaces, second.replaces = second, first
    first.version = second.version = 2
    writer.record.fault("replace each other", read=[first.listed, second.listed])


def hidden(writer):
    """Masked for professionals, invisible for the patient, archived, deprecated."""
    writer.report(visibility=("MASQUE_PS",))
    writer.letter(visibility=("MASQUE_PS",))
    writer.report(visibility=("INVISIBLE_PATIENT",))
    code = Code("F10.2", "2.16.840.1.113883.6.3", "Syndrome de dépendance à l'alcool")
    for status in ("archived", "deprecated"):
        story = writer.life.story()
        story.problems = story.problems + [Problem("Dépendance à l'alcool", code, "2018")]
        doc = vsm.document(writer.record, writer.gp, writer.at(300), story)
        doc.status = status
        fact = story.problems[-1].fact()
        writer.record.fault(f"{status} document", no_line=fact, sources=[doc.listed])


# --- Documents that cannot be read


def unread(writer, doc, reason, name):
    doc.unread = reason
    writer.record.fault(name, unread=doc, reason=reason)
    return doc


def truncated(writer):
    unread(writer, writer.report(), "broken", "cut in the middle").damage = cut


def not_xml(writer):
    doc = unread(writer, writer.report(), "broken", "not XML")
    doc.damage = lambda data: b"%PDF-1.4\n" + data[200:900]
    doc = unread(writer, writer.report(), "broken", "nothing at all")
    doc.damage = lambda data: b""


def bomb(writer):
    """Entities that unfold: refused, not unfolded."""
    doc = unread(writer, writer.report(), "broken", "entities")
    doc.damage = lambda data: data.replace(b"\n", b"\n" + BOMB, 1)


def payload(writer, data_of, media_type="application/pdf"):
    row = LETTERS["ward"]
    return level1.document(
        writer.record,
        row.type,
        row.title,
        writer.people[row.author],
        writer.at(writer.ago()),
        data_of,
        media_type,
    )


def text_of(doc):
    return letter.text_pdf(doc, tables.paragraphs(LETTERS["ward"].text))


def encrypted(writer):
    def closed(doc):
        return text_of(doc).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R")

    unread(writer, payload(writer, closed), "encrypted", "encrypted PDF")


def empty_files(writer):
    """A PDF of no bytes, and a page without a word."""
    unread(writer, payload(writer, lambda doc: b""), "broken", "file of no bytes")
    blank = lambda doc: pdf.image_file(
        letter.scanned(doc, []), letter.SCAN, doc.created
    )  # noqa: E731
    unread(writer, payload(writer, blank), "scan", "page without text")


def never_came(writer):
    """The host refuses one document, is too slow for another, alters a third."""
    for reason in ("missing", "timeout"):
        doc = unread(writer, writer.report(), reason, f"{reason} document")
        doc.announced = {"retrieval": reason}
    doc = unread(writer, writer.letter(), "altered", "altered on the way")
    doc.announced = {"hash": "0" * 40}


# --- Unusual, but to be read


def sheet(writer):
    """Inside a style sheet, as documents that present themselves are (I4)."""
    doc = writer.report()
    doc.damage = lambda data: SHEET + data.partition(b"\n")[2] + b"</xsl:stylesheet>\n"
    writer.record.fault("inside a style sheet", read=[doc.listed])


def latin(writer):
    doc = writer.summary(75)
    doc.damage = lambda data: (
        data.decode()
        .replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
        .encode("iso-8859-1", "xmlcharrefreplace")
    )
    writer.record.fault("Latin-1", read=[doc.listed])


def unknown_entry(writer):
    """An entry that no rule knows: listed, never dropped (P4)."""
    doc = writer.summary(66)
    identifier = doc.next("divers")
    code = Code("XX-1", "1.2.250.1.999.9", "Acte inconnu")
    act = E(
        "act",
        templates("1.2.250.1.999.9"),
        E("id", root=doc.uuid()),
        code.element("code", original(identifier)),
        reference(identifier),
        E("statusCode", code="completed"),
        classCode="ACT",
        moodCode="EVN",
    )
    odd = section(
        doc,
        ["1.2.250.1.999.10"],
        loinc("51848-0", "Évaluation"),
        "Divers",
        E("paragraph", content(identifier, "Séance d'hypnose du 3 mai")),
        E("entry", act),
    )
    doc.body.children.append(E("component", odd))
    fact = Fact("unclassified", "Séance d'hypnose du 3 mai", (code,), status="unknown")
    doc.state(fact)
    writer.record.fault("unknown entry", line=fact)


DAMAGE = {
    function.__name__: function
    for function in (
        same_bytes,
        same_id,
        twins,
        resent,
        replaced_in_text,
        chain,
        together,
        ring,
        hidden,
        truncated,
        not_xml,
        bomb,
        encrypted,
        empty_files,
        never_came,
        sheet,
        latin,
        unknown_entry,
    )
}
