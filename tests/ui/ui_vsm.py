"""A medical synthesis of the heavy record, from the summary to the host, without a mouse: what it costs. (desk.py)

Every line that the summary proposes is confirmed by one key, in its turn; what the judge finds in the document that the
host then holds is the verdict. Printed: keys, also those that lead somewhere, and seconds that the program took (not those that a person takes to read,
but with the robot's own looking): from the key that begins to the draft, from each key to the next line that waits, from
the form that sends to the way back.
"""
import time

import stage
from desk import Desk
from robot import Keys, wait

KIND = 'Volet de synthèse médicale'
HAND = 35 * 60  # seconds: what it takes by hand, by the least that is told (docs/summary.md)


class Count(Keys):
    """Keys that are counted, and how long each takes to show."""

    def __init__(self, title):
        super().__init__(title)
        self.keys, self.seconds = 0, 0.0

    def key(self, *names):
        self.keys += len(names)
        super().key(*names)

    def press(self, what, probe, *names, seconds=10):
        """Keys, and what must be seen then. Returns: what probe() said"""
        start = time.perf_counter()
        self.key(*names)
        answer = wait(what, probe, seconds)
        self.seconds += time.perf_counter() - start
        return answer


def waiting(app):
    """Names of the lines that are still to be confirmed."""
    return [name for role, name in app.everything() if role == 'push button' and name.startswith('Confirmer ')]


def confirm(app, keys):
    """Space on each, which leads on to the next. Returns: how many"""
    lines = waiting(app)
    keys.to(lines[0])
    for at, line in enumerate(lines):
        assert keys.focus() == line, '%s has the focus, not %s' % (keys.focus(), line)
        left = lines[at + 1:]
        keys.press('the line after ' + line, lambda: keys.focus() == left[0] if left else not waiting(app), 'space')
    return len(lines)


with Desk('vsm', ['chronic']) as desk:
    tap, place = desk.tap, desk.place
    app = desk.launch()
    desk.sign_in()
    desk.open_record('chronic')
    wait('the end of reading', lambda: app.shown('label', 'A1'), 120)
    known = {document['unique_id'] for document in place.documents('chronic')}
    keys = Count('Caducée')

    # --- From the summary to the draft ---
    keys.press('the draft', lambda: app.shown('push button', KIND) and waiting(app), 'ctrl+r')
    opened = keys.seconds
    desk.picture('10-rediger-vsm-lourd')
    proposed = [name for role, name in app.everything() if role == 'push button' and name.startswith('Reprendre ')]
    tap.ok(any('pas d’IRM' in name or "pas d'IRM" in name for name in proposed), 'words that nobody coded are proposed', proposed)
    tap.ok('win.write-send' not in app.actions(), 'nothing goes that was not confirmed')

    # --- Line by line ---
    lines = confirm(app, keys)
    confirmed = keys.seconds - opened
    take = next(name for name in proposed if 'IRM' in name)
    keys.to(take, 'shift+Tab')
    keys.press('the words taken', lambda: not app.shown('push button', take), 'space')
    wait('a draft that can go', lambda: 'win.write-send' in app.actions())
    tap.ok(True, 'the lines confirmed, it can be sent: proposals that were not taken do not keep it')
    desk.picture('10-rediger-vsm-lourd-pret')

    # --- Signed, fed ---
    before = keys.seconds
    keys.press('the form that sends', lambda: app.shown('label', 'Qui pourra le lire'), 'ctrl+Return')
    wait('all in order', lambda: 'win.submit' in app.actions())
    keys.press('the way back', lambda: app.shown('push button', 'Rédiger un document'), 'ctrl+Return')

    def fed():
        listed = place.dmp('list', '--json', '--type', 'SYNTH', record='chronic').json['documents']
        return [document for document in listed if document['unique_id'] not in known]
    new = wait('the document at the host', fed, 60)
    sent = keys.seconds - before
    tap.same(len(new), 1, 'the host holds it, once')
    folder = place.dir / 'vsm'
    folder.mkdir()
    place.dmp('get', new[0]['unique_id'], '-o', str(folder), record='chronic')
    path = next(folder.glob('*.xml'))
    facts = place.dmp('cda', 'facts', '--json', str(path)).json['facts']
    tap.ok(any('IRM' in fact['text'] and not fact['keys'] for fact in facts), 'with the words, as words')
    wrong = stage.judge_documents([path])
    if wrong is None:
        tap.skip('the judge finds no error in it', 'no validate-cda here')
    else:
        tap.ok(not wrong, 'the judge finds no error in it', wrong)
    print('# %d lines confirmed, %d keys; the program took %.1f s: %.1f to the draft, %.2f a line, %.1f to sign and send'
          % (lines, keys.keys, keys.seconds, opened, confirmed / lines, sent))
    tap.ok(keys.keys <= 2 * lines + 20, 'hardly two keys a line', keys.keys)
    tap.ok(keys.seconds < HAND / 10, 'a tenth of what it takes by hand is left to the program', keys.seconds)
    desk.close()
desk.leave()
