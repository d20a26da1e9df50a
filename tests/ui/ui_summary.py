"""The summary while it fills, and what its reader does with a line of it. A slow host sends the heavy record in small
batches: the line that has the focus stays under the reader's eyes, nothing says "none" before the end. Then a thing to
check is set aside and taken back, a line that joins several documents is taken apart and joined again, and all of it
is forgotten with the record.
"""
import re

from gi.repository import Atspi, GLib
from desk import Desk
from robot import wait, walk

NEAR = 12  # pixels, half a line: one above may take a second line, or need it no more
NEGATIVE = ('Aucune', 'rappel à vérifier', 'sans délivrance', 'aucune lue')


def rows(app):
    """What the rows in sight say, with the height each stands at."""
    found = []
    for node in walk(app.window):
        try:
            if node.get_role_name() == 'list item' and app.size(node).height > 0:
                found.append((node.get_name(), app.size(node).y, node))
        except GLib.Error:  # gone meanwhile
            continue
    return found


def focused(app):
    """Text and height of the row that has the focus."""
    for name, y, node in rows(app):
        try:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return name.split(',')[0], y
        except GLib.Error:
            continue
    return None


def read(app):
    """How many documents are read, and of how many; None before the first."""
    for word in app.words():
        count = re.search(r'(\d+) / (\d+) documents lus', word)
        if count:
            return int(count[1]), int(count[2])
    return None


def flags(app):
    return [name for name, _, _ in rows(app) if name.startswith(('alerte rouge', 'à vérifier', 'à noter'))]


def fill(desk, app, tap):
    """A walk through the window takes a while: what it saw early counts when the next one still finds it early."""
    wait('the first lines of the treatments', lambda: len([n for n, _, _ in rows(app) if 'cp' in n]) > 2, 60)
    app.key('5', 'Down')
    chosen = wait('a line with the focus', lambda: focused(app))
    begun, moved, doubtful, early = read(app), [], [], []
    while True:
        words, at = app.words(), focused(app)
        if at is not None and (at[0] != chosen[0] or abs(at[1] - chosen[1]) > NEAR):
            moved.append(at)
        if not any('en cours' in word for word in words):
            break
        early += doubtful
        doubtful = [word for word in words if word.startswith(NEGATIVE)]
    end = read(app)
    tap.ok(begun and begun[0] < end[0], 'the reader chose a line while documents still came', (begun, end))
    tap.same(moved, [], 'the line stayed where it was until all was read')
    tap.same(focused(app)[0], chosen[0], 'and has the focus still')
    tap.same(sorted(set(early)), [], 'nothing was called missing before that')
    desk.picture('05-rempli')


def set_aside(app, tap):
    app.key('1')
    before = flags(app)
    app.key('Delete')
    wait('one less', lambda: flags(app) and flags(app)[0] != before[0])
    tap.ok(before[0] not in flags(app), 'a thing to check is set aside with one key')
    count = wait('the count', lambda: [n for r, n in app.seen() if r == 'push button' and 'mis de côté' in n])
    tap.ok('1 mis de côté' in count[0], 'and counted', count)
    tap.ok(focused(app) is not None, 'the focus is on the next one', app.describe())
    app.press(count[0])
    again = wait('it again', lambda: [f for f in flags(app) if 'mis de côté à' in f])
    tap.ok(again[0].startswith(before[0]), 'the button shows it, and since when', again)
    while 'mis de côté à' not in [n for n, _, node in rows(app)
                                  if node.get_state_set().contains(Atspi.StateType.FOCUSED)][0]:
        app.key('Down')
    app.key('Delete')
    wait('it back', lambda: not [f for f in flags(app) if 'mis de côté' in f] and before[0] in flags(app))
    tap.ok(True, 'and the same key takes it back')
    app.key('Escape')


def take_apart(desk, app, tap):
    app.key('3')
    line, _ = wait('a problem', lambda: focused(app))
    app.key('ctrl+d')
    parts = wait('its parts', lambda: [n for n, _, _ in rows(app) if 'séparé par vous' in n])
    tap.ok(len(parts) > 1 and all(part.startswith(line) for part in parts), 'a line is one part a document', parts)
    wait('the focus on a part', lambda: (focused(app) or ('',))[0] == line)
    desk.picture('05-separe')
    app.key('ctrl+d')
    wait('one line', lambda: not [n for n, _, _ in rows(app) if 'séparé par vous' in n])
    tap.ok(wait('its focus', lambda: (focused(app) or ('',))[0] == line), 'and one line again')


def keys(app, tap):
    places = []
    for key in '123456789':
        app.key(key)
        places.append(wait('a line of block ' + key, lambda: focused(app)))
    tap.ok(len(set(places)) == 9, 'keys 1 to 9 lead to nine blocks', places)
    app.key('1', 'F6')
    tap.same(wait('the focus', lambda: focused(app)), places[1], 'F6 leads to the next one')
    app.key('question')
    app.see('label', 'Règles appliquées')
    tap.ok(True, 'the question mark says why')
    app.key('Escape', 'F8')
    app.see('label', 'Complétude du résumé')
    tap.ok(True, 'F8 tells what was read')
    app.key('F8')
    wait('the detail closed', lambda: not app.shown('label', 'Complétude du résumé'))
    app.key('F9')
    wait('the patient mode', lambda: not app.shown('label', 'À vérifier'))
    app.key('F9')
    app.see('label', 'À vérifier')
    tap.ok(True, 'F9 turns the screen to the patient and back')


with Desk('summary', ['chronic', 'simple']) as desk:
    tap, place = desk.tap, desk.place
    place.stop_host()
    place.start_host(['--latency-ms', '250'])
    config = place.write_config('slow.ini')
    config.write_text(config.read_text() + '[session]\nbatch-size=8\n')
    app = desk.launch(config)
    desk.sign_in()
    desk.open_record('chronic')
    fill(desk, app, tap)
    set_aside(app, tap)
    take_apart(desk, app, tap)
    keys(app, tap)

    # --- The next record knows nothing of it ---
    app.key('1', 'Delete')
    wait('one aside', lambda: [n for r, n in app.seen() if r == 'push button' and 'mis de côté' in n])
    app.act('win.close-record')
    desk.open_record('chronic')
    wait('the end of reading', lambda: read(app) and not any('en cours' in word for word in app.words())
         and flags(app), 60)
    tap.same([n for r, n in app.seen() if 'mis de côté' in n and r == 'push button'], [],
             'what was set aside is forgotten with the record')
    desk.close()
desk.leave()
