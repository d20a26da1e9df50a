"""The same serial number, other keys: what OpenSC has kept of the card is not believed."""
import os
import subprocess
import sys
from pathlib import Path

import stage
import trouble

tap = stage.Tap()
place = stage.Stage('gp', ['simple'])
trouble.private_home(place)
kept = Path(os.environ['XDG_CACHE_HOME']) / 'opensc'


def status():
    os.environ['G_MESSAGES_DEBUG'] = 'all'
    answer = place.dmp('status', '--json', record='simple')
    del os.environ['G_MESSAGES_DEBUG']
    return answer, 'read again' in answer.err


def sign_in_twice(known):
    """known: OpenSC has kept the files of a card with this serial number and other keys."""
    tap.same(kept.is_dir(), known, 'OpenSC knows the card' if known else 'OpenSC does not know the card')
    answer, again = status()
    tap.ok(answer.status == 0 and answer.json.get('exists'), 'signed in', answer)
    tap.same(again, known, 'what was kept is left aside' if known else 'nothing is read twice')
    answer, again = status()
    tap.ok(answer.status == 0 and any(kept.iterdir()), 'and again, now that OpenSC knows the card', answer)
    tap.same(again, False, 'from what it has kept')


sign_in_twice(known=False)

# --- All that signs anew: authorities, cards, host ---
place.stop_host()
trouble.cards('pull')
stage.PKI = place.dir / 'pki'
subprocess.check_call([str(stage.SOURCE / 'tests/virtual-cards/make-pki'), str(stage.PKI)])
(Path(trouble.READER) / 'pki').write_text('%s\n' % stage.PKI)
trouble.cards('swap', 'gp')
place.start_host()
place.config = place.write_config()
sign_in_twice(known=True)
place.close()
sys.exit(tap.end())
