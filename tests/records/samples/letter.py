"""A letter or report on paper: letterhead, patient, body; as a PDF with text, or as a scan."""
import io
import textwrap

from PIL import Image, ImageDraw, ImageFont

from . import pdf
from .times import french_day

COLUMNS = 92
SCAN = (620, 877)
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/opentype/cantarell/Cantarell-Regular.otf",
)


def letterhead(doc):
    """Lines at the top: who writes, about whom, when."""
    lines = []
    if doc.structure:
        place, person = doc.structure.address, doc.author
        lines += [
            doc.structure.name,
            f"{place.street}, {place.postal_code} {place.city}",
            f"{person.spoken.split()[0]} {person.given} {person.family}, {person.code.display}",
            "",
        ]
    patient = doc.patient or doc.record.patient
    born = "née" if patient.sex == "F" else "né"
    lines.append(
        f"Patient : {patient.family} {patient.given}, {born} {patient.birth_family} "
        f"le {french_day(patient.birth_date)}, INS {patient.ins}"
    )
    lines.append(f"Le {doc.created:%d/%m/%Y}")
    return lines


def wrapped(paragraphs):
    for paragraph in paragraphs:
        yield from textwrap.wrap(paragraph, COLUMNS) or [""]
        yield ""


def turn_page(pages):
    pages.append(pdf.Page())
    return pages[-1]


def head_page(doc):
    page = pdf.Page()
    for number, line in enumerate(letterhead(doc)):
        page.text(pdf.MARGIN, line, 10, bold=number == 0)
        page.down(14)
    page.down(14)
    page.text(pdf.MARGIN, doc.title, 14, bold=True)
    page.line()
    page.down(28)
    return page


def put_rows(pages, rows, columns):
    """A table: `columns` are the x of its cells; the first row is its head."""
    page = pages[-1]
    for number, row in enumerate(rows):
        if page.y < pdf.MARGIN + 20:
            page = turn_page(pages)
        for x, cell in zip(columns, row):
            page.text(x, cell, 9, bold=number == 0)
        page.down(15)


def text_pdf(doc, paragraphs, rows=(), columns=(56, 250, 330, 420, 480)):
    """The letter as a PDF that has its text: paragraphs, then a table."""
    pages = [head_page(doc)]
    put_rows(pages, rows, columns)
    pages[-1].down(10)
    for line in wrapped(paragraphs):
        if pages[-1].y < pdf.MARGIN + 20:
            turn_page(pages)
        pages[-1].text(pdf.MARGIN, line)
        pages[-1].down(14)
    return pdf.text_file(pages, doc.created)


def scan_font(size):
    for path in FONTS:
        try:
            return ImageFont.truetype(path, size)
        except OSError:
            continue
    return ImageFont.load_default()


def scanned(doc, paragraphs):
    """The letter as a grey picture, a little askew, in JPEG."""
    image = Image.new("L", SCAN, 246)
    draw = ImageDraw.Draw(image)
    lines = letterhead(doc) + ["", doc.title, ""] + list(wrapped(paragraphs))
    face = scan_font(11)
    for number, line in enumerate(lines):
        draw.text((56, 50 + 15 * number), line.replace("\u202f", " "), fill=50, font=face)
    image = image.rotate(0.7, Image.BILINEAR, fillcolor=238)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=55)
    return out.getvalue()


def scan_pdf(doc, paragraphs):
    """The letter as a PDF without any text: one picture."""
    return pdf.image_file(scanned(doc, paragraphs), SCAN, doc.created)
