"""The same serial number, other keys: what OpenSC has kept of the card is not believed.

journey_rekeyed.py before: with the first keys; after: with the new ones, and the plan of both.
"""
import os
import sys

import stage
import trouble

DONE = 5  # before, counted on after
after = sys.argv[1] == 'after'
tap = stage.Tap()
tap.count = DONE if after else 0
place = stage.Stage('gp', ['simple'])
trouble.private_home(place)
os.environ['XDG_CACHE_HOME'] = os.environ['CACHE']
kept = os.path.join(os.environ['CACHE'], 'opensc')


def status():
    os.environ['G_MESSAGES_DEBUG'] = 'all'
    answer = place.dmp('status', '--json', record='simple')
    del os.environ['G_MESSAGES_DEBUG']
    return answer, 'read again' in answer.err


tap.same(os.path.isdir(kept), after, 'OpenSC knows the card' if after else 'OpenSC does not know the card')
answer, again = status()
tap.ok(answer.status == 0 and answer.json.get('exists'), 'signed in', answer)
tap.same(again, after, 'what was kept is left aside' if after else 'nothing is read twice')
answer, again = status()
tap.ok(answer.status == 0 and os.listdir(kept), 'and again, now that OpenSC knows the card', answer)
tap.same(again, False, 'from what it has kept')
place.close()
if after:
    sys.exit(tap.end())
sys.exit(1 if tap.failed else 0)
