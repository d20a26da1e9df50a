"""A doctor turns the screen to the patient. What is masked, or not visible to the patient, leaves no trace of itself:
neither on the screen nor in the accessible tree, where the same words stand as in a record that never held it.
The documents that are hidden are chosen so that facts go with them. (desk.py)
"""
import json
import re
import shutil
import subprocess

from gi.repository import Atspi, GLib
from desk import Desk
from robot import Keys, wait, walk

KEPT = 40  # documents, the newest, and those of the allergies
OWN_WORDS = ('masqué', 'non visible du patient', ', médecin traitant', 'professionnel', '[À vérifier]', '[MT]', '[PS]', 'Règles', 'révéler')


class Record:
    """The heavy record, shorter, with some of its documents hidden."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / 'documents.json'
        self.truth = json.loads((folder / 'truth.json').read_text())
        listed = sorted(json.loads(self.path.read_text()), key=lambda d: d['creation'], reverse=True)
        allergies = self.sources(lambda fact: fact['block'] == 'allergy')
        self.documents = [d for i, d in enumerate(listed) if i < KEPT or d['unique_id'] in allergies]
        for document in self.documents:
            document['confidentiality'] = ['N']
        self.hidden = {}

    def sources(self, what):
        return {source for fact in self.truth['facts'] if what(fact) for source in fact['sources']}

    def hide(self, code, document):
        """Hides the newest document that is so."""
        self.hidden[next(d['unique_id'] for d in self.documents if document(d))] = code

    def secrets(self):
        """Words of facts that only hidden documents tell of, and that no other fact has."""
        here = {d['unique_id'] for d in self.documents}

        def told(fact):
            return [source for source in fact['sources'] if source in here]
        gone = {f['text'] for f in self.truth['facts'] if told(f) and all(s in self.hidden for s in told(f))}
        left = ' '.join(f['text'] + (f['detail'] or '') for f in self.truth['facts']
                        if any(s not in self.hidden for s in told(f))).lower()
        return sorted(text for text in gone if text.lower() not in left and len(text) > 4)

    def write(self, with_hidden):
        self.path.write_text(json.dumps([
            {**d, 'confidentiality': ['N', self.hidden[d['unique_id']]]} if d['unique_id'] in self.hidden else d
            for d in self.documents if with_hidden or d['unique_id'] not in self.hidden]))


def tree(app):
    """All that the program tells to whoever asks: names, descriptions and texts, shown or not."""
    found = []
    for node in walk(app.window):
        try:
            text = node.get_text_iface()
            found += [word for word in (
                node.get_name(), node.get_description(),
                text and Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))) if word]
        except GLib.Error:  # gone meanwhile
            continue
    return found


def about(words, secrets):
    return sorted({word for word in words for secret in secrets if secret.lower() in '[%s]' % word.lower()})


def read_through(app):
    """Waits until nothing is on its way and nothing moves."""
    seen = []

    def still():
        seen.append(app.words())
        return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3] and not any('en cours' in word for word in seen[-1])
    app.see('label', 'Biologie clé')
    wait('the end of reading', still, 90)


def titles(desk):
    """Of all windows of the program."""
    return sorted({subprocess.check_output(['xdotool', 'getwindowname', number], text=True).strip()
                   for number in [desk.app.frame(), *desk.app.others(desk.window.pid)]})


def serve(desk, record, with_hidden):
    record.write(with_hidden)
    desk.place.stop_host()
    shutil.rmtree(desk.place.dir / 'host')
    desk.place.start_host()
    desk.place.write_config()


def count(words):
    """How many documents the first line says."""
    return int(next(m[1] for m in (re.match(r'\d+ / (\d+) documents lus', word) for word in words) if m))


with Desk('patient', ['chronic']) as desk:
    tap = desk.tap
    record = Record(desk.place.records / 'chronic')
    iodine = record.sources(lambda fact: fact['block'] == 'allergy' and 'iod' in fact['text'].lower())
    record.hide('INVISIBLE_PATIENT', lambda document: document['unique_id'] in iodine)
    record.hide('MASQUE_PS', lambda document: 'liaison' in document['title'].lower())
    record.hide('INVISIBLE_PATIENT', lambda document: 'biologi' in document['title'].lower())
    secrets = record.secrets()
    serve(desk, record, True)
    app = desk.launch()
    desk.sign_in()
    desk.open_record('chronic')
    read_through(app)
    keys = Keys('Caducée')
    before = tree(app)
    known = [secret for secret in secrets if about(before, [secret])]
    tap.ok(len(known) > 3, 'the doctor sees %d things that the patient must not' % len(known), secrets)

    # --- There ---
    keys.key('2')
    for _ in range(5):
        if 'iod' in (keys.focus() or '').lower():
            break
        keys.key('Down')
    line = keys.focus()
    tap.ok('iod' in line.lower(), 'the focus is on a line that goes')
    keys.key('F9')
    app.see('label', 'Mode patient')
    read_through(app)
    desk.picture('15-mode-patient')
    turned = tree(app)
    tap.same(about(turned, known), [], 'turned to the patient, none of them is in the accessible tree')
    tap.same(about(turned, OWN_WORDS), [], 'nor any word between professionals')
    tap.ok(set(titles(desk)) <= {'Caducée', 'caducee'}, 'nor in the title of a window', titles(desk))
    keys.key('F8')
    app.see('label', 'Complétude du résumé')
    detail = tree(app)
    tap.same(about(detail, known + list(OWN_WORDS)), [], 'nor in the detail of what was read')
    keys.key('Escape')
    wait('the end of the detail', lambda: not app.shown('label', 'Complétude du résumé'))

    # --- Nothing leads out of it by accident ---
    left = [name for name in ('win.open-source', 'win.search', 'win.why', 'win.show-documents', 'win.show-timeline',
                              'win.toggle-view', 'win.show-outbox', 'win.send', 'win.write', 'win.back') if name in app.actions()]
    tap.same(left, [], 'nothing opens, searches, sends or writes')
    keys.key('3', 'Return', 'F7', 'question', 'ctrl+f')
    keys.type('potassium')
    read_through(app)
    tap.same(about(tree(app), known + list(OWN_WORDS)), [], 'whatever key is pressed')
    tap.ok(app.shown('label', 'Mode patient') is not None, 'the screen stays turned')
    keys.key('ctrl+p')
    other = wait('the print dialog', lambda: app.others(desk.window.pid))
    tap.same(len(other), 1, 'Ctrl+P asks for a printer')
    subprocess.check_call(['xdotool', 'windowfocus', '--sync', other[0], 'key', 'Escape'])
    wait('its end', lambda: not app.others(desk.window.pid))
    tap.ok(app.shown('label', 'Mode patient') is not None, 'and leads back to the turned screen')

    # --- And back ---
    keys.key('F9')
    wait('the doctor’s screen', lambda: not app.shown('label', 'Mode patient'))
    tap.same(wait('the line', keys.focus), line, 'F9 leads back to the line that one came from')
    tap.same(count(tree(app)), count(before), 'with all documents counted again')
    keys.key('F9')
    app.see('label', 'Mode patient')
    keys.key('Escape')
    wait('the doctor’s screen', lambda: not app.shown('label', 'Mode patient'))
    tap.same(wait('the line', keys.focus), line, 'and so does Escape')

    # --- What ends it ---
    keys.key('F9')
    app.see('label', 'Mode patient')
    keys.key('ctrl+l')
    app.see('label', 'Code porteur')
    tap.same(about(tree(app), secrets), [], 'locked from there, nothing is left')
    desk.sign_in()
    desk.open_record('chronic')
    tap.ok(app.shown('label', 'Mode patient') is None, 'and the next record is the doctor’s again')
    read_through(app)
    keys.key('F9')
    app.see('label', 'Mode patient')
    desk.cards('pull', 'cps')
    wait('the lock', lambda: not app.shown('label', 'Mode patient'))
    tap.same(about(tree(app), secrets), [], 'with the card gone, nothing is left')
    desk.cards('insert', 'cps')
    desk.sign_in()
    desk.open_record('chronic')
    read_through(app)
    keys.key('F9')
    app.see('label', 'Mode patient')
    keys.key('F2')
    app.see('label', 'Sans carte Vitale')
    tap.same([name for role, name in app.seen() if 'mode patient' in name.lower()], [], 'leaving the record ends it')
    desk.close()

    # --- A record that never held them ---
    serve(desk, record, False)
    app = desk.launch()
    desk.sign_in()
    desk.open_record('chronic')
    read_through(app)
    tap.same(count(tree(app)) + len(record.hidden), count(before), 'one opens a record without the hidden documents')
    keys = Keys('Caducée')
    keys.key('2')
    keys.key('F9')
    app.see('label', 'Mode patient')
    read_through(app)
    clean = tree(app)
    tap.same(sorted(set(turned) ^ set(clean)), [], 'turned to the patient, has the same words')
    tap.same(len(turned), len(clean), 'as many times')
    desk.close()
desk.leave()
