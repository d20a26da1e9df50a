"""Small PDF 1.4 files: pages of text in Helvetica, or one page that is an image (a scan)."""
import zlib

WIDTH, HEIGHT = 595, 842
MARGIN = 56
# Characters that WinAnsi lacks, at codes that it does not use.
EXTRA = {"≥": (129, "greaterequal"), "≤": (141, "lessequal"), "≠": (143, "notequal")}
REPLACED = {"\u202f": "\u00a0", "−": "-", "→": "->"}


def encode(text):
    out = bytearray()
    for char in text:
        char = REPLACED.get(char, char)
        out += bytes([EXTRA[char][0]]) if char in EXTRA else char.encode("cp1252", "replace")
    return bytes(out)


def literal(text):
    """`text` as a PDF string."""
    data = encode(text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + data + b")"


class Page:
    """Lines of text from the top of a page; `y` is where the next one goes."""

    def __init__(self):
        self.y = HEIGHT - MARGIN
        self.operations = []

    def text(self, x, text, size=10, bold=False):
        font = b"/F2" if bold else b"/F1"
        self.operations.append(
            b"BT %s %d Tf %d %d Td %s Tj ET" % (font, size, x, self.y, literal(text))
        )

    def line(self):
        self.operations.append(
            b"0.5 w %d %d m %d %d l S" % (MARGIN, self.y - 4, WIDTH - MARGIN, self.y - 4)
        )

    def down(self, points):
        self.y -= points

    def stream(self):
        return b"\n".join(self.operations)


def stream(dictionary, data, compress=True):
    if compress:
        data = zlib.compress(data, 9)
        dictionary += b" /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def font(name):
    differences = b" ".join(
        b"%d /%s" % (code, glyph.encode()) for code, glyph in sorted(EXTRA.values())
    )
    return (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding << /Type /Encoding /BaseEncoding "
        b"/WinAnsiEncoding /Differences [ %s ] >> >>"
    ) % (name, differences)


def assemble(objects, moment):
    """The file of numbered `objects` (1 is the catalogue); `moment` is its time of creation."""
    objects = objects + [
        b"<< /Producer (make-records) /CreationDate (D:%s) >>" % f"{moment:%Y%m%d%H%M%S}".encode()
    ]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, data in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)


def text_file(pages, moment):
    """The PDF of `pages`, which have a text layer."""
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(pages), kids),
        font(b"Helvetica"),
        font(b"Helvetica-Bold"),
    ]
    for index, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            b"/Contents %d 0 R >>" % (WIDTH, HEIGHT, first + 2 * index + 1)
        )
        objects.append(stream(b"", page.stream()))
    return assemble(objects, moment)


def image_file(jpeg, size, moment):
    """A PDF whose only page is the grey image `jpeg` of `size` (pixels): a scan, no text in it."""
    draw = b"q %d 0 0 %d 0 0 cm /I Do Q" % (WIDTH, HEIGHT)
    image = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d "
        b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] "
        b"/Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>" % (WIDTH, HEIGHT),
        stream(image % size, jpeg, compress=False),
        stream(b"", draw),
    ]
    return assemble(objects, moment)
