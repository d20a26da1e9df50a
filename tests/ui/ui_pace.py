"""A record of 150 documents opened over a long line: the first screen answers already, the window never stands still while the
rest arrives, and in the end all of it is there. (desk.py, opening.py)

A round trip takes 0.3 s here; with DMP_LONG_TESTS=1 3 s, as the approval of clients has it (a minute and a half). Nothing else is
timed: what it takes by the clock is for tests/bench.
"""
import os

from desk import Desk
from opening import Opening

LATENCY = 3 if os.environ.get('DMP_LONG_TESTS') == '1' else 0.3
STILL = 0.1  # s of the main thread's own processor time at a stretch

with Desk('pace', ['chronic']) as desk:
    tap = desk.tap
    opening = Opening(desk, 'chronic', LATENCY, look=lambda app: (
        app.shown('label', 'Pénicilline') and any('APIXABAN' in w.upper() or 'ELIQUIS' in w.upper() for w in app.words())))
    for line in opening.tell():
        print('# ' + line)
    tap.ok(opening.useful, 'the first screen names an allergy and a treatment, before the rest is read',
           desk.app.describe())
    tap.ok(opening.read > 140, '%d of %d documents are read in the end' % (opening.read, opening.listed))
    tap.ok(opening.stall.cpu < STILL, 'the main loop never works for %d ms at a stretch (%.0f ms at most)'
           % (STILL * 1e3, opening.stall.cpu * 1e3))
    desk.picture('pace')
    desk.close()
    opening.relay.close()
desk.leave()
