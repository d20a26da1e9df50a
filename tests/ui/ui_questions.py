"""The twelve clinical questions (docs/summary.md), asked of the screen as somebody who only sees it.

Opens the heavy record, reads over AT-SPI what stands on the first screen at 1366 x 768, and looks there for the
answers, taken from what the generator says it wrote (truth.json, patient.json), never from the program's own summary.
Folded rows are no answer, nor rows under the edge. What the first screen does not tell is looked for with keys.
Prints TAP, and which question was answered where.
"""
import json
import re
from datetime import date, timedelta

from gi.repository import GLib
from desk import Desk
from robot import Keys, wait, walk

WIDTH, HEIGHT = 1366, 768
TARGET, KEYS = 10, 10  # on the first screen; keys for each of the others


def written(text):
    """As French people write it: decimal comma, thousands set apart."""
    whole, _, rest = text.partition('.')
    return f'{int(whole):,}'.replace(',', ' ') + (',' + rest if rest else '')


def day(stamp):
    """As the screen writes it: what is known of the day."""
    return '/'.join(reversed(stamp.split('-')))


class Truth:
    """What the generator wrote."""

    def __init__(self, folder):
        self.all = json.loads((folder / 'chronic' / 'truth.json').read_text())
        self.patient = json.loads((folder / 'chronic' / 'patient.json').read_text())
        self.people = {one['id']: one for one in json.loads((folder / 'professionals.json').read_text())}
        self.today = date.fromisoformat(self.all['today'])

    def facts(self, block, *states):
        return [f for f in self.all['facts'] if f['block'] == block and not f['negated']
                and (not states or f['status'] in states)]

    def last(self, block, what, *states):
        return max((f for f in self.facts(block, *states) if what(f)), key=lambda f: f['date'])

    def result(self, name):
        """The last value and its day, in the words of the screen."""
        found = self.last('result', lambda f: f['text'] == name)
        return [name, written(found['value']['number']), day(found['date'])]

    def previous(self, name):
        both = sorted((f['date'], f['value']['number']) for f in self.facts('result') if f['text'] == name)
        return written(both[-2][1])


def questions(truth):
    """Each: its words, the keys that may be pressed for it, and lines; each line is the words that must stand
    together on one line of the screen."""
    limit = (truth.today - timedelta(days=91)).isoformat()
    apixaban = truth.last('treatment', lambda f: f['thing'].endswith('|B01AF02') and f['detail'], 'prescribed')
    stay = truth.last('event', lambda f: f['until'], 'done')
    tetanus = truth.last('vaccine', lambda f: 'tétanos' in f['text'], 'done')
    doctor = truth.people[truth.patient['medecin_traitant']]
    new = {f['date'] for f in truth.facts('result') if f['date'] >= (truth.today - timedelta(days=30)).isoformat()}
    unread = [one['reason'] for one in truth.all['unread']]
    tests = [truth.result(name) for name in ('NT-proBNP', 'LDL-cholestérol')]
    dates = [truth.last('result', lambda f, t=t: f['text'] == t[0])['date'] for t in tests]
    assert dates[0] >= limit > dates[1], 'one test within three months, one before'

    yield 'Allergies ?', '2', [[f['text'], f['detail']] for f in truth.facts('allergy')]
    yield 'Anticoagulant et dose ?', '5', [[apixaban['text'].split(',')[0].split(' ')[0], apixaban['detail']]]
    yield 'Dernière créatinine, date, tendance ?', '6', [truth.result('Créatinine') + [truth.previous('Créatinine')]]
    yield 'Dernière HbA1c ?', '6', [truth.result('HbA1c')]
    yield 'Dernière hospitalisation : quand, pourquoi ?', '9', [
        [day(stay['until']), stay['date'][8:], ' '.join(stay['text'].split()[:3])]]
    yield 'Problèmes actifs ?', '3', [[f['text']] for f in truth.facts('problem', 'active')]
    yield 'Implants, dispositifs ?', '8', [[f['text'], day(f['date'])] for f in truth.facts('device')]
    yield 'Dernier rappel tétanos ?', '7', [['tétanos', day(tetanus['date'])]]
    yield 'Médecin traitant, personne à prévenir ?', '9', [
        ['Médecin traitant', doctor['family']], *[[f['text'], f['detail']] for f in truth.facts('contact')]]
    yield 'Quoi de neuf ?', '4', [['biologi', day(d)] for d in new]
    yield 'Contradictions, illisibles ?', '1', [
        [one['rule']] for one in truth.all['contradictions'] if one['rule'] == 'A1'] + [
        ['%d points' % len(truth.all['contradictions'])],
        ['%d illisibles' % sum(reason != 'scan' for reason in unread)], ['%d PDF' % unread.count('scan')]]
    yield 'Cet examen a-t-il été fait depuis 3 mois ?', '6', tests


def lines(app):
    """What stands on the screen, one text a row of it: the labels of a row of a list together, and each other label.
    A folded row is 0 x 0; what is under the edge, or hidden by its scroller, has no place here."""
    def on_screen(node):
        box = app.size(node)
        return box.width > 0 and box.height > 0 and box.y >= 0 and box.y + box.height <= HEIGHT and \
            box.x >= 0 and box.x + box.width <= WIDTH

    def labels(node):
        return [n.get_name() for n in walk(node) if n.get_role_name() in ('label', 'heading') and n.get_name()
                and on_screen(n)]

    found = []
    for node in walk(app.window):
        try:
            role = node.get_role_name()
            if role == 'list item' and on_screen(node):
                found.append(' · '.join(labels(node)))
            elif role in ('label', 'heading', 'push button') and node.get_name() and on_screen(node):
                found.append(node.get_name())
        except GLib.Error:  # gone meanwhile
            continue
    return [re.sub(r'\s+', ' ', line) for line in found if not line.startswith('▾')]


def missing(wanted, seen):
    return [words for words in wanted
            if not any(all(word.lower() in line.lower() for word in words) for line in seen)]


def with_keys(app, key, wanted):
    """The keys that unfold the block: its number, then its last line, or the button in its head, then Enter."""
    keys = [key, 'shift+Tab' if key in '1789' else 'End', 'Return']
    app.key(*keys)
    try:
        wait('the answer', lambda: not missing(wanted, lines(app)), 5)
    except AssertionError:
        return None
    return keys


with Desk('questions', ['chronic']) as desk:
    tap, app = desk.tap, desk.launch()
    truth = Truth(desk.place.records)
    desk.sign_in()
    desk.open_record('chronic')
    wait('the end of reading', lambda: app.shown('label', 'Pénicilline') and app.shown('label', 'A1'), 120)
    settled = []

    def still():
        settled.append(lines(app))
        return len(settled) > 2 and settled[-1] == settled[-2] == settled[-3]
    wait('a screen that is still', still, 60)
    desk.picture('questions')
    seen, others = settled[-1], []
    first = 0
    for number, (question, key, wanted) in enumerate(questions(truth), 1):
        lost = missing(wanted, seen)
        first += not lost
        if lost:
            others.append((number, question, key, wanted, lost))
        print('# %2d %s %s' % (number, question, 'first screen' if not lost else 'not on the first screen: %s' % lost))
    tap.ok(first >= TARGET, '%d of 12 questions are answered on the first screen, no document opened' % first,
           '\n'.join(seen))
    for number, question, key, wanted, lost in others:
        keys = with_keys(app, key, wanted)
        tap.ok(keys is not None and len(keys) <= KEYS, 'question %d (%s) with %s' % (
            number, question, '%d keys: %s' % (len(keys), ' '.join(keys)) if keys else 'no key'),
            '\n'.join(lines(app)))
        app.key('Escape')

    # --- C2: two lists side by side, in three keys ---
    flags = [line[-2:] for line in seen if re.search(r' · [A-Z]\d$', line)]
    if tap.ok('C2' in flags, 'the flag of two lists stands on the first screen', flags):
        app.key('1', *['Down'] * flags.index('C2'), 'Return')
    dialog = app.dialog('caducee', 'Listes de traitements divergentes')
    names = [name for role, name in dialog.seen() if role == 'push button']
    tap.ok(any('RAMIPRIL' in name and 'absent' in name for name in names) and any(
        'FORXIGA' in name for name in names), 'its lists stand side by side, each line a button', '\n'.join(names))
    desk.picture('05c-listes-divergentes')
    dialog.press(next((name for name in names if 'RAMIPRIL' in name), ''))
    app.see('label', 'Même patient\u00a0: INS et traits')
    tap.ok(True, 'and a line of it opens its source')
    app.key('Escape')
    app.see('label', 'Biologie clé')
    app.key('Return')
    app.dialog('caducee', 'Listes de traitements divergentes').press('Mettre de côté')
    wait('the count', lambda: [name for role, name in app.seen() if role == 'push button' and '1 mis de côté' in name])
    tap.ok(not app.shown('label', 'C2'), 'back leads to its flag, and it can be set aside from there')

    # --- The timeline ---
    def rows():
        return [name for role, name in app.seen() if role == 'list item']
    app.act('win.show-timeline')
    wait('the events', rows)
    tap.ok(any(re.match(r'\d+ / \d+ documents lus', word) for word in app.words()), 'the timeline says what was read')
    app.key('F8')
    app.see('label', 'Complétude du résumé')
    tap.ok(True, 'and F8 what was not')
    app.key('Escape')
    wait('the detail closed', lambda: not app.shown('label', 'Complétude du résumé'))
    app.act('win.show-summary')
    app.act('win.show-timeline')
    app.key('Down', 'Down')
    stay = wait('the stay', lambda: len(rows()) == 1 and 'Hospitalisations' in rows()[0] and rows()[0])
    tap.ok(re.search(r'\d documents', stay) and stay.endswith('replié'), 'a stay says how many documents it has', stay)
    app.key('Return')
    wait('its documents', lambda: len(rows()) > 2 and rows()[0].endswith('déplié'))
    tap.same(wait('the focus', Keys('Caducée').focus), rows()[0], 'Enter shows them one by one, the focus is on it')
    letter = next(i for i, row in enumerate(rows()) if row.startswith('Courriers'))
    app.key(*['Down'] * letter, 'Return')
    app.see('label', 'Même patient\u00a0: INS et traits')
    tap.ok(True, 'and Enter opens one')
    app.key('Escape')
    wait('the timeline again', lambda: len(rows()) > 2)
    tap.ok(rows()[0].endswith('déplié'), 'back leads to the same place')
    desk.close()
desk.leave()
