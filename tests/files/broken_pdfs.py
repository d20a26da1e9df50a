"""PDFs made to hurt, each a name, bytes and the codes of `dmp cda check` that are right for it."""
import os
import zlib

ACTIVE, DAMAGED, ENCRYPTED, EMPTY = {'pdf-active'}, {'pdf-damaged'}, {'pdf-encrypted'}, {'empty'}
NOT_A, NO_PAGE = {'pdf-not-a'}, {'pdf-no-page', 'pdf-damaged'}
# Zeros in a bomb: what reads them all takes some 20 s a GB.
BOMB = (1024 if os.environ.get('DMP_LONG_TESTS') else 32) << 20
# What is broken may be mended by one reader and refused by another: either is said.
ANY = {'pdf-not-a', 'pdf-damaged', 'pdf-no-page', 'blank', 'pdf-active', 'pdf-encrypted'}
PAGE = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> %s >>'
WORDS = b'BT /F 24 Tf 72 700 Td (Compte rendu) Tj ET'
FONT = b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'


def stream(data, extra=b'', length=None):
    return b'<< /Length %d %s >>\nstream\n%s\nendstream' % (len(data) if length is None else length, extra, data)


def build(objects, root=b'/Root 1 0 R', trailer=b'', size=None, start=None):
    """objects: {number: bytes}"""
    out = bytearray(b'%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')
    at = {}
    for number, body in objects.items():
        at[number] = len(out)
        out += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    place = len(out)
    count = max(objects, default=0) + 1
    out += b'xref\n0 %d\n0000000000 65535 f \n' % count
    for number in range(1, count):
        out += b'%010d 00000 n \n' % at[number] if number in at else b'0000000000 65535 f \n'
    out += b'trailer\n<< /Size %d %s %s >>\nstartxref\n%d\n%%%%EOF\n' % (
        count if size is None else size, root, trailer, place if start is None else start)
    return bytes(out)


def of_generation_1(data, number):
    at = data.index(b'\n%d 0 obj' % number) + 1
    return data.replace(b'%d 0 obj' % number, b'%d 1 obj' % number).replace(b'%010d 00000 n' % at, b'%010d 00001 n' % at)


def page(catalog=b'', extra=b'', content=None, more=None, kids=None, page_body=None):
    objects = {1: b'<< /Type /Catalog /Pages 2 0 R %s >>' % catalog,
               2: kids or b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
               3: page_body or PAGE % extra,
               4: content or stream(WORDS),
               5: FONT}
    objects.update(more or {})
    return objects


def pdf(**parts):
    return build(page(**parts))


def shown(body, resources=b'', **more):
    """A page that draws object 6."""
    return pdf(content=stream(b'q 500 0 0 500 40 40 cm /X Do Q'), more={6: body, **more.get('more', {})},
               page_body=PAGE.replace(b'/Font << /F 5 0 R >>', b'/XObject << /X 6 0 R >> ' + resources) % b'')


def bomb(size, layers=1, head=b''):
    """@head, then @size zeros (whole MB), deflated without ever being whole in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b'\0' * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    first = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b'\x78\x9c' + first.compress(head) + first.flush(zlib.Z_FULL_FLUSH) + block * (size >> 20) + b'\x03\0'
    total = zlib.adler32(head)
    data += ((((total >> 16) + (size % 65521) * (total & 0xffff)) % 65521) << 16 | (total & 0xffff)).to_bytes(4, 'big')
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def truncated(part):
    whole = pdf()
    return whole[:int(len(whole) * part)]


def deep_tree(depth):
    objects = {1: b'<< /Type /Catalog /Pages 10 0 R >>', 4: stream(WORDS), 5: FONT}
    for i in range(depth):
        objects[10 + i] = b'<< /Type /Pages /Count 1 /Kids [%d 0 R] %s >>' % (
            11 + i, b'/Parent %d 0 R' % (9 + i) if i else b'')
    objects[10 + depth] = PAGE.replace(b'2 0 R', b'%d 0 R' % (9 + depth)) % b''
    return build(objects)


def annotation(action):
    return pdf(extra=b'/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 900] /A %s >>]' % action)


def object_stream(packed, count, extra=b''):
    """A file whose catalog is in an object stream; written with a cross-reference stream."""
    out = bytearray(b'%PDF-1.5\n%\xe2\xe3\xcf\xd3\n')
    at6 = len(out)
    out += b'6 0 obj\n' + stream(packed, b'/Type /ObjStm /N %d /First 8 /Filter /FlateDecode %s' % (count, extra)) + b'\nendobj\n'
    at7 = len(out)
    rows = b''.join(kind.to_bytes(1, 'big') + at.to_bytes(4, 'big') + index.to_bytes(1, 'big') for kind, at, index in (
        (0, 0, 0), (2, 6, 0), (2, 6, 1), (0, 0, 0), (0, 0, 0), (0, 0, 0), (1, at6, 0), (1, at7, 0)))
    out += b'7 0 obj\n' + stream(rows, b'/Type /XRef /Size 8 /W [1 4 1] /Root 1 0 R') + b'\nendobj\n'
    return bytes(out + b'startxref\n%d\n%%%%EOF\n' % at7)


def cases():
    js = b'<< /S /JavaScript /JS (app.launchURL\\("http://127.0.0.1:9/"\\)) >>'
    image = b'/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent %d /Width %d /Height %d /Filter /%s'
    yield 'nothing', b'', EMPTY
    yield 'header-only', b'%PDF-1.4\n', DAMAGED
    yield 'noise', b'%PDF-1.4\n' + bytes((i * 7919 + 13) % 256 for i in range(20000)), DAMAGED
    for part in (0.2, 0.5, 0.8, 0.95):
        yield 'truncated-%d' % (part * 100), truncated(part), ANY
    yield 'no-eof', pdf().replace(b'%%EOF', b''), NOT_A
    yield 'wrong-startxref', build(page(), start=7), NOT_A
    yield 'startxref-beyond', build(page(), start=10 ** 9), NOT_A
    yield 'xref-loop', build(page(), trailer=b'/Prev %d' % (build(page()).index(b'xref\n0'))), NOT_A
    yield 'size-huge', build(page(), size=2 ** 31 - 1), ANY
    yield 'no-root', build(page(), root=b''), ANY
    yield 'root-loop', build({1: b'1 0 R'}), ANY
    yield 'page-tree-loop', pdf(kids=b'<< /Type /Pages /Kids [2 0 R] /Count 1 >>'), ANY
    yield 'page-tree-deep', deep_tree(3000), ANY
    yield 'count-huge', pdf(kids=b'<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>'), ANY
    yield 'count-negative', pdf(kids=b'<< /Type /Pages /Kids [3 0 R] /Count -5 >>'), ANY
    yield 'kids-many', pdf(kids=b'<< /Type /Pages /Kids [%s] /Count 60000 >>' % (b'3 0 R ' * 60000)), ANY
    yield 'no-page', pdf(kids=b'<< /Type /Pages /Kids [] /Count 0 >>'), NO_PAGE
    for name, box in (('huge', b'0 0 1000000000 1000000000'), ('zero', b'0 0 0 0'), ('negative', b'0 0 -10 -10'),
                      ('words', b'/a /b /c /d')):
        yield 'media-box-' + name, pdf(page_body=PAGE.replace(b'0 0 595 842', box) % b''), ANY
    yield 'encrypted', build(page(more={9: b'<< /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >>' % (b'o' * 32, b'u' * 32)}),
                             trailer=b'/Encrypt 9 0 R /ID [<00> <00>]'), ENCRYPTED
    yield 'encrypted-oddly', build(page(), trailer=b'/Encrypt << /Filter /Unknown /V 99 >>'), {'pdf-encrypted', 'pdf-damaged'}
    yield 'script-at-opening', pdf(catalog=b'/OpenAction ' + js), ACTIVE
    yield 'script-by-name', pdf(catalog=b'/Names << /JavaScript << /Names [(a) %s] >> >>' % js), ACTIVE
    yield 'script-hidden', pdf(catalog=b'/OpenAction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>'), ACTIVE
    yield 'script-behind-size', build(page(catalog=b'/OpenAction 6 0 R', more={6: js}), size=6), ACTIVE
    yield 'script-of-generation-1', of_generation_1(build(page(catalog=b'/OpenAction 6 1 R', more={6: js})), 6), ACTIVE
    yield 'script-deep', pdf(catalog=b'/OpenAction ' + b'<< /S /GoTo /D [0 /Fit] /Next ' * 40 + js + b' >>' * 40), ACTIVE
    yield 'script-on-page', pdf(extra=b'/AA << /O %s >>' % js), ACTIVE
    yield 'launch', annotation(b'<< /S /Launch /F (/bin/sh) >>'), ACTIVE
    yield 'launch-win', annotation(b'<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>'), ACTIVE
    yield 'uri', annotation(b'<< /S /URI /URI (http://127.0.0.1:9/) >>'), NOT_A
    yield 'go-to-remote', annotation(b'<< /S /GoToR /F (//127.0.0.1/share/x.pdf) /D [0 /Fit] >>'), NOT_A
    yield 'go-to-embedded', annotation(b'<< /S /GoToE /T << /R /C /N (x) >> >>'), ACTIVE
    yield 'submit-form', annotation(b'<< /S /SubmitForm /F << /FS /URL /F (http://127.0.0.1:9/) >> >>'), ACTIVE
    yield 'import-data', annotation(b'<< /S /ImportData /F (/etc/passwd) >>'), ACTIVE
    yield 'embedded-file', pdf(catalog=b'/Names << /EmbeddedFiles << /Names [(x.exe) << /Type /Filespec /F (x.exe) /EF << /F 6 0 R >> >>] >> >>',
                               more={6: stream(b'MZ', b'/Type /EmbeddedFile')}), ACTIVE
    yield 'attachment', pdf(extra=b'/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (x) /EF << /F 6 0 R >> >> >>]',
                            more={6: stream(b'MZ')}), ACTIVE
    yield 'rich-media', pdf(extra=b'/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]'), ACTIVE
    yield 'sound', annotation(b'<< /S /Sound /Sound 6 0 R >>'), ACTIVE
    yield 'form', pdf(catalog=b'/AcroForm << /Fields [6 0 R] >>',
                      more={6: b'<< /Type /Annot /Subtype /Widget /FT /Tx /T (nom) /Rect [0 0 9 9] >>'}), ACTIVE
    yield 'xfa', pdf(catalog=b'/AcroForm << /Fields [] /XFA 6 0 R >>', more={6: stream(b'<xdp/>')}), ACTIVE
    yield 'length-too-long', pdf(content=stream(WORDS, length=10 ** 9)), ANY
    yield 'length-negative', pdf(content=stream(WORDS, length=-4)), ANY
    yield 'length-of-itself', pdf(content=b'<< /Length 4 0 R >>\nstream\n%s\nendstream' % WORDS), ANY
    yield 'flate-bomb', pdf(content=stream(bomb(BOMB), b'/Filter /FlateDecode')), ANY
    yield 'flate-bomb-twice', pdf(content=stream(bomb(BOMB, 2), b'/Filter [/FlateDecode /FlateDecode]')), ANY
    yield 'flate-broken', pdf(content=stream(zlib.compress(WORDS * 50)[:40], b'/Filter /FlateDecode')), ANY
    yield 'filters-many', pdf(content=stream(WORDS, b'/Filter [%s]' % (b'/ASCIIHexDecode ' * 1000))), ANY
    yield 'object-stream-bomb', object_stream(bomb(400 << 20, head=b'1 0 2 9 << >>     '), 2), ANY
    yield 'object-stream-loop', object_stream(zlib.compress(b'1 0 2 9 << >> << >>'), 2, b'/Extends 6 0 R'), ANY
    yield 'font-broken', pdf(more={5: b'<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R >>',
                                   6: b'<< /Type /FontDescriptor /FontName /X /FontFile2 7 0 R >>', 7: stream(b'\0\1\0\0' * 400)}), ANY
    yield 'font-loop', pdf(more={5: b'<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>'}), ANY
    yield 'type3-loop', pdf(more={5: b'<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> '
                                     b'/Encoding << /Differences [67 /a] >> /FirstChar 67 /LastChar 67 /Widths [1] /Resources << /Font << /F 5 0 R >> >> >>',
                                  6: stream(b'1 0 d0 BT /F 1 Tf (C) Tj ET')}), ANY
    yield 'form-loop', shown(stream(b'/X Do /X Do', b'/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>')), ANY
    yield 'pattern-loop', pdf(content=stream(b'/Pattern cs /P scn 0 0 500 500 re f'),
                              page_body=PAGE.replace(b'/Font << /F 5 0 R >>', b'/Pattern << /P 6 0 R >>') % b'',
                              more={6: stream(b'/Pattern cs /P scn 0 0 9 9 re f', b'/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] '
                                              b'/XStep 0.001 /YStep 0.001 /Resources << /Pattern << /P 6 0 R >> >>')}), ANY
    yield 'jbig2-bomb', shown(stream(b'\0\0\0\0\x30\0\1\0\0\0\x13' + b'\x7f\xff\xff\xff' * 2 + b'\0' * 9, image % (1, 2 ** 31 - 1, 2 ** 31 - 1, b'JBIG2Decode'))), ANY
    yield 'jpx-bomb', shown(stream(b'\xff\x4f\xff\x51\0\x2f\0\0' + b'\x7f\xff\xff\xff' * 2 + b'\0' * 30, image % (8, 2 ** 30, 2 ** 30, b'JPXDecode'))), ANY
    yield 'jpeg-bomb', shown(stream(b'\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0\xff\xda', image % (8, 65535, 65535, b'DCTDecode'))), ANY
    yield 'picture-huge', shown(stream(bomb(128 << 20), image % (1, 100000, 100000, b'FlateDecode'))), ANY
    yield 'ccitt-huge', shown(stream(b'\0' * 1000, image % (1, 60000, 60000, b'CCITTFaxDecode') + b' /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>')), ANY
    yield 'operators-many', pdf(content=stream(zlib.compress(b'q ' * 3000000), b'/Filter /FlateDecode')), ANY
    yield 'arrays-deep', pdf(extra=b'/X ' + b'[' * 100000), ANY
    yield 'dictionaries-deep', pdf(extra=b'/X ' + b'<< /A ' * 20000), ANY
    yield 'postscript', shown(stream(b'(/etc/passwd) (r) file', b'/Type /XObject /Subtype /PS')), ANY
    yield 'outside-stream', shown(stream(b'', b'/Type /XObject /Subtype /Image /Width 1 /Height 1 /F (file:///etc/passwd)')), ANY
    yield 'inline-picture-open', pdf(content=stream(b'BI /W 10 /H 10 /BPC 8 ID ' + b'x' * 5000)), ANY
    yield 'missing-objects', pdf(extra=b'/Annots [900 0 R 901 0 R]'), NOT_A
    yield 'metadata-entities', pdf(catalog=b'/Metadata 6 0 R', more={6: stream(
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', b'/Type /Metadata /Subtype /XML')}), NOT_A
    yield 'html-in-front', b'<html><script>alert(1)</script></html>\n' + pdf(), ANY
    # A faint line on the last of seven pages is not nothing.
    yield 'faint', pdf(content=stream(b''), kids=b'<< /Type /Pages /Kids [3 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R 12 0 R] /Count 7 >>', more={
        6: stream(b'0.82 g 72 700 120 2 re f'), **{number: PAGE % b'' for number in range(7, 12)}, 12: (PAGE % b'').replace(b'4 0 R', b'6 0 R')}), NOT_A
    yield 'blank', pdf(content=stream(b'')), {'blank', 'pdf-not-a'}
