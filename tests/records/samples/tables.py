"""Tables of a record's own documents: letters, imaging, laboratory, treatments, vaccinations."""
from collections import namedtuple

from . import codes, imaging, level1
from .catalogue import DRUGS, EXAMINATIONS, TESTS, VACCINES
from .clinical import Dosage, Problem, Result, Vaccination
from .codes import Code
from .people import HERE, rows

Letter = namedtuple("Letter", "day hour type author form visibility status title text")
Imaging = namedtuple(
    "Imaging", "day hour examination author form request technique findings conclusion"
)
Lab = namedtuple("Lab", "day hour author prescriber values conclusion")
Regimen = namedtuple("Regimen", "drug dosage since until problem every first last")
FORMS = {
    "pdf": level1.pdf_letter,
    "scan": level1.scan,
    "jpeg": level1.picture,
    "text": level1.plain,
}


def read(name, kind):
    return [kind(*row) for row in rows(HERE / "data" / name)]


def paragraphs(text):
    return text.split(" | ")


def letter(record, row, **more):
    """The level 1 document of a row of letters."""
    author = record.patient if row.author == "patient" else record.people[row.author]
    visibility = tuple(row.visibility.split()) if row.visibility else ()
    return FORMS[row.form](
        record,
        row.type,
        row.title,
        author,
        record.calendar.at(row.day, row.hour + ":00"),
        paragraphs(row.text),
        visibility=visibility,
        status=row.status,
        **more,
    )


def image(record, row, past):
    """The imaging report of a row, or a scan of it. Without a day, the hour is the whole time."""
    author = record.people[row.author]
    when = record.calendar.at(row.day, row.hour + ":00") if row.day else row.hour
    examination = EXAMINATIONS[row.examination]
    if row.form == "scan":
        words = [
            row.request,
            row.technique,
            *paragraphs(row.findings),
            f"Conclusion : {row.conclusion}",
        ]
        return level1.scan(record, "18748-4", examination.title, author, when, words)
    report = {
        "request": row.request,
        "past": past,
        "technique": row.technique,
        "findings": paragraphs(row.findings),
        "conclusion": row.conclusion,
    }
    return imaging.document(record, author, when, examination, report)


def results(values, before):
    """`values`: "test=value …"; `before`: last value by test, which is brought up to date."""
    found = []
    for word in values.split():
        key, value = word.split("=")
        found.append(Result(TESTS[key], value, before.get(key)))
        before[key] = value
    return found


def problems(name, calendar):
    """Problems by key, their days moved and as precise as they are known."""
    found = {}
    for key, text, code, label, since, until, detail, excluded, keep in read(
        name, lambda *cells: cells
    ):
        days = [calendar.day(day)[: int(keep)] if day else None for day in (since, until)]
        code = Code(code, codes.CIM10, label)
        found[key] = Problem(text, code, *days, detail or None, bool(excluded))
    return found


def regimens(name, calendar):
    """Treatments over the years, their days moved."""
    found = []
    for row in read(name, lambda *cells: cells):
        drug, dosage, dose, period, since, until, problem, every, first, last = row
        number, unit = period.split(" ")
        moved = [calendar.day(day) if day else None for day in (since, until, first, last)]
        found.append(
            Regimen(
                DRUGS[drug],
                Dosage(dosage, dose, number, unit),
                moved[0],
                moved[1],
                problem or None,
                int(every) if every else 0,
                moved[2],
                moved[3],
            )
        )
    return found


def vaccinations(name, calendar):
    """(vaccination, key of who injected) of each row."""
    return [
        (Vaccination(VACCINES[vaccine], calendar.day(day), lot, rank, act), author)
        for day, vaccine, lot, rank, act, author in read(name, lambda *cells: cells)
    ]
