"""Laboratory reports (CR-BIO 2024.01): chapters of coded results, and their copy in PDF."""
from . import attachment, codes, entries, header, letter, narrative
from .codes import Code
from .narrative import content, loinc, original, templates
from .times import hl7_local
from .xml import E

TEMPLATES = (("1.3.6.1.4.1.19376.1.3.3", None), ("1.2.250.1.213.1.1.1.55", "2024.01"))
CHAPTERS = {
    "biochemistry": loinc("18719-5", "Biochimie"),
    "haematology": loinc("18723-7", "Hématologie"),
    "urine": loinc("18719-5", "Biochimie"),
    "hormones": loinc("18719-5", "Biochimie"),
}
CHAPTER_TITLES = {
    "biochemistry": "Biochimie",
    "haematology": "Hématologie",
    "urine": "Biochimie urinaire",
    "hormones": "Hormonologie",
}
FLAGS = {
    "N": "Normal",
    "L": "Anormalement bas",
    "H": "Anormalement haut",
    "LL": "Très anormalement bas, alerte",
    "HH": "Très anormalement haut, alerte",
}
TITLE = "Compte rendu d'examens biologiques"
AMBULATORY = Code("AMB", codes.ACT, "Ambulatoire (hors établissement)")
INPATIENT = Code("IMP", codes.ACT, "Hospitalisation (établissement, y compris HAD)")


def french(number):
    return number.replace(".", ",") if number else ""


def limits(test):
    if test.low and test.high:
        return f"{french(test.low)} – {french(test.high)}"
    if test.low:
        return f"≥ {french(test.low)}"
    return f"≤ {french(test.high)}" if test.high else ""


def flag_word(result):
    return result.flag if result.flag in ("L", "H", "LL", "HH") else ""


def row(result):
    test = result.test
    value, unit, flag = result.told or (result.value, test.unit, flag_word(result))
    return [
        test.name,
        result.answer.display if result.answer else french(value),
        unit,
        flag,
        limits(test),
        french(result.previous),
    ]


HEAD = ["Examen", "Résultat", "Unité", "Repère", "Référence", "Antériorité"]


def interval(test):
    low = E("low", value=test.low, unit=test.ucum) if test.low else None
    high = E("high", value=test.high, unit=test.ucum) if test.high else None
    value = E("value", low, high, xsi_type="IVL_PQ")
    normal = Code("N", codes.INTERPRETATION, FLAGS["N"]).element("interpretationCode")
    return E(
        "referenceRange",
        E("observationRange", value, normal, classCode="OBS", moodCode="EVN.CRT"),
        typeCode="REFV",
    )


def observation(result, identifier, moment):
    test = result.test
    flag = (
        Code(result.flag, codes.INTERPRETATION, FLAGS[result.flag]).element("interpretationCode")
        if result.flag
        else None
    )
    value = E("value", xsi_type="PQ", value=result.value, unit=test.ucum)
    if result.answer:
        value = result.answer.element("value", xsi_type="CD")
    return E(
        "entryRelationship",
        E(
            "observation",
            templates("1.3.6.1.4.1.19376.1.3.1.6", "1.2.250.1.213.1.1.3.80"),
            test.code.element("code", original(identifier)),
            entries.COMPLETED,
            E("effectiveTime", value=hl7_local(moment)),
            value,
            flag,
            interval(test) if test.low or test.high else None,
            classCode="OBS",
            moodCode="EVN",
        ),
        typeCode="COMP",
    )


def chapter(doc, name, results, moment):
    code, rows, found = CHAPTERS[name], [], []
    for result in results:
        identifier = doc.next("examen")
        cells = row(result)
        rows.append([content(identifier, cells[0])] + cells[1:])
        found.append(observation(result, identifier, moment))
        doc.state(result.fact(moment))
    act = E("act", code.element("code"), entries.COMPLETED, found, classCode="ACT", moodCode="EVN")
    entry = E(
        "entry",
        templates("1.3.6.1.4.1.19376.1.3.1", "1.2.250.1.213.1.1.3.21"),
        act,
        typeCode="DRIV",
    )
    inner = E(
        "section",
        templates("1.3.6.1.4.1.19376.1.3.3.2.2", "1.2.250.1.213.1.1.2.71"),
        code.element("code"),
        E("title", CHAPTER_TITLES[name]),
        E("text", narrative.table(HEAD, rows)),
        entry,
    )
    return E(
        "section",
        templates("1.3.6.1.4.1.19376.1.3.3.2.1", "1.2.250.1.213.1.1.2.70"),
        code.element("code"),
        E("title", CHAPTER_TITLES[name]),
        E("component", inner),
    )


def comment(doc, text):
    return narrative.section(
        doc,
        ["2.16.840.1.113883.10.12.201", "1.3.6.1.4.1.19376.1.4.1.2.16", "1.2.250.1.213.1.1.2.73"],
        loinc("55112-7", "Commentaire sur le document"),
        "Conclusion",
        E("paragraph", text),
    )


def paper(doc, results, conclusion, prescriber, moment):
    rows = [HEAD] + [row(result) for result in results]
    words = [
        f"Prescrit par {prescriber.spoken}. Prélevé le {moment:%d/%m/%Y à %H:%M}.",
        conclusion or "",
        f"Validé par {doc.author.spoken}.",
    ]
    return letter.text_pdf(doc, words, rows, columns=(56, 230, 290, 370, 415, 500))


def by_chapter(results):
    groups = {}
    for result in results:
        groups.setdefault(result.test.chapter, []).append(result)
    return groups


def document(record, author, sampled, results, prescriber, conclusion="", hours=8, **more):
    """The report by `author` of `results`, sampled at `sampled` and signed `hours` later."""
    signed = sampled.replace(hour=min(23, sampled.hour + hours))
    doc = record.document(
        "11502-2",
        TITLE,
        author,
        signed,
        templates=TEMPLATES,
        start=sampled,
        stop=signed,
        event=CHAPTERS[results[0].test.chapter],
        activity=codes.LAB_ACTIVITY,
        **({"encounter": AMBULATORY} | more),
    )
    doc.extras.participants.append(
        header.associated(
            prescriber,
            prescriber.structures[0],
            type_code="REF",
            when=sampled,
            templates=("1.3.6.1.4.1.19376.1.3.3.1.6",),
        )
    )
    order = f"{sampled:%Y%m%d}{doc.number:05d}"
    doc.extras.orders.append(E("inFulfillmentOf", E("order", header.reference_id("id", order))))
    doc.references = ((order, "urn:ihe:iti:xds:2013:order"),)
    chapters = [chapter(doc, name, group, sampled) for name, group in by_chapter(results).items()]
    copy = attachment.section(doc, paper(doc, results, conclusion, prescriber, sampled))
    doc.body = narrative.structured(
        *chapters, comment(doc, conclusion) if conclusion else None, copy
    )
    return doc


def twin(record, report, results, prescriber, conclusion=""):
    """The same report sent again as a level 1 PDF: same author, type, act and order."""
    from . import level1

    return level1.document(
        record,
        "11502-2",
        TITLE,
        report.author,
        report.created,
        lambda doc: paper(doc, results, conclusion, prescriber, report.start),
        start=report.start,
        stop=report.stop,
        event=report.event,
        activity=codes.LAB_ACTIVITY,
        references=report.references,
        batch=report.batch or report.unique_id,
        structure=report.structure,
    )
