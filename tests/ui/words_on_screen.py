"""The words on the screen of the reader, against the words of the documents.

Opens each document in the reader's page (show-document), reads the accessible tree over AT-SPI and compares it with
what ElementTree and pdftotext find in the file. Every word must be there, in order; what the screen has more is
listed. Usage: words_on_screen.py FILE…; prints TAP.
"""
import base64
import collections
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402
from robot import App, wait, walk  # noqa: E402

N = '{urn:hl7-org:v3}'
INLINE = {N + tag for tag in ('content', 'sub', 'sup', 'linkHtml')}
# What the screen says of its own: marks of lists, and the addresses of links, in brackets after their words.
OWN = re.compile(r'^(•|\d+\.)$')
ADDRESS = re.compile(r' \(https?://[^()\s]*\)')


def words(text):
    return unicodedata.normalize('NFC', text.replace('\0', '')).split()


def flow(node, notes):
    """All text in a node; block elements part words, inline ones do not; footnotes come after."""
    out = [node.text or '']
    for child in sorted(node, key=lambda e: e.tag == N + 'tfoot'):  # shown last
        if child.tag == N + 'footnote':
            notes.append(flow(child, notes))
            out.append(str(len(notes)))  # the mark that stands for it
        elif child.tag == N + 'footnoteRef':
            out.append('*')
        elif child.tag in INLINE:
            out.append(flow(child, notes))
        elif isinstance(child.tag, str):
            out += [' ', flow(child, notes), ' ']
        out.append(child.tail or '')
    return ''.join(out)


def sections(node):
    for component in node.findall(N + 'component'):
        section = component.find(N + 'section')
        if section is None:
            continue
        for name in ('title', 'text'):
            part = section.find(N + name)
            if part is not None:
                notes = []
                text = flow(part, notes)
                yield words(' '.join([text, *notes]))
        yield from sections(section)


def pdf_words(data):
    with tempfile.NamedTemporaryFile(suffix='.pdf') as file:
        file.write(data)
        file.flush()
        return words(subprocess.run(['pdftotext', '-layout', '-enc', 'UTF-8', file.name, '-'], capture_output=True).stdout.decode().replace('\f', ' '))


def rtf_words(data):
    """The words of an RTF text as simple as the one we write; another reading than the program's."""
    text = re.sub(r'\{(\\\*)?\\(fonttbl|colortbl|generator|info)(?:[^{}]|\{[^{}]*\})*\}', '', data.decode('cp1252'))
    text = re.sub(r"\\'([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]).decode('cp1252'), text)
    text = re.sub(r'\\u(-?\d+) ?\?', lambda m: chr(int(m[1]) % 65536), text)
    text = re.sub(r'\\(par|line|tab|cell|row)\b ?', '\n', text).replace('\\rquote ', '’').replace('\\~', ' ')
    text = re.sub(r'\\[a-z]+-?\d* ?', '', text)
    return words(re.sub(r'(?<!\\)[{}]', '', text).replace('\\{', '{').replace('\\}', '}'))


def file_words(element):
    data = (element.text or '')
    data = base64.b64decode(data) if element.get('representation') == 'B64' else data.encode()
    if data.startswith(b'%PDF'):
        return pdf_words(data)
    kind = (element.get('mediaType') or 'text/plain').split(';')[0]
    if kind == 'text/plain':
        try:
            return words(data.decode())
        except UnicodeDecodeError:
            return words(data.decode('cp1252'))
    return rtf_words(data) if kind in ('text/rtf', 'application/rtf') else []


def expected(path):
    """Sequences of words that must be seen, and bags of words of files."""
    document = next(ET.parse(path).getroot().iter(N + 'ClinicalDocument'))
    body = document.find(f'{N}component/{N}structuredBody')
    if body is not None:
        yield from ((True, s) for s in sections(body))
        for media in body.iter(N + 'observationMedia'):
            yield False, file_words(media.find(N + 'value'))
    text = document.find(f'{N}component/{N}nonXMLBody/{N}text')
    if text is not None:
        yield False, file_words(text)


def on_screen(window):
    """The words of the narrative, in the order of the accessible tree."""
    for node in walk(window):
        try:
            if node.get_role_name() in ('label', 'heading', 'image', 'paragraph', 'icon', 'text'):
                yield from words(ADDRESS.sub('', node.get_name() or ''))
        except GLib.Error:
            continue


def missing_in_order(wanted, seen, start):
    """Which words of a sequence do not follow each other on the screen, and where it ends there."""
    at, lost = start, []
    places = collections.defaultdict(list)
    for i, word in enumerate(seen):
        places[word].append(i)
    for word in wanted:
        after = next((i for i in places[word] if i >= at), None)
        if after is None:
            lost.append(word)
        else:
            at = after + 1
    return lost, at


def compare(wanted, seen):
    """The words of the narrative in order, those of files in any; a file's "1/3" may be "1 / 3" on the screen: where
    words of a PDF begin is a matter of distances. The reverse, words run together, is a loss."""
    lost, at, need, files = [], 0, collections.Counter(), collections.Counter()
    for in_order, sequence in wanted:
        (need if in_order else files).update(sequence)
        if in_order:
            gone, at = missing_in_order(sequence, seen, at)
            lost += gone
    have = collections.Counter(seen)
    for size in (2, 3, 4):
        have.update(word for word in map(''.join, zip(*(seen[i:] for i in range(size)))) if files[word] > have[word])
    need += files
    lost += [word for word, n in need.items() for _ in range(n - have[word])]
    more = [word for word, n in have.items() for _ in range(n - need[word]) if not OWN.match(word)]
    return lost, more


class Shower:
    def __init__(self):
        self.child = subprocess.Popen([os.environ['top_builddir'] + '/tests/ui/show-document'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.window = App('show-document', 'Lecteur').window

    def show(self, path):
        self.child.stdin.write(f'{path}\n')
        self.child.stdin.flush()
        return self.child.stdout.readline().strip()

    def narrative(self):
        def probe():
            try:
                return next((n for n in walk(self.window) if n.get_role_name().startswith('document')), None)
            except GLib.Error:  # busy: a long document is being laid out
                return None
        return wait('narrative', probe, 30)

    def close(self):
        self.child.stdin.close()
        return self.child.wait(10)


def judge(shower, path):
    """What is lost, once the pages of its files have come."""
    wanted = list(expected(path))
    told = shower.show(path)
    if told != 'shown':
        return [told], [], 0
    result = {'lost': ['no narrative'], 'more': []}

    def all_there():
        result['lost'], result['more'] = compare(wanted, list(on_screen(shower.narrative())))
        return not result['lost']
    try:
        wait('words', all_there, 15)
    except AssertionError:
        pass
    return result['lost'], result['more'], sum(len(s) for _, s in wanted)


def main(paths):
    shower = Shower()
    print(f'1..{len(paths)}', flush=True)
    for number, path in enumerate(paths, 1):
        lost, more, n = judge(shower, path)
        print(f"{'not ' if lost else ''}ok {number} - {Path(path).name}: {n - len(lost)} of {n} words on the screen", flush=True)
        for what, some in (('missing', lost), ('more', more)):
            if some:
                print(f"# {what} ({len(some)}): {' '.join(some)[:400]}")
    shower.close()


if __name__ == '__main__':
    main(sys.argv[1:])
