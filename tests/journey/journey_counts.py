"""What the summary of 150 documents costs: signatures of the card, commands, round trips.

The card's own log is the witness; the program's counts must agree with it.
"""
import os
import re
import sys

import costs
import stage
import trouble

MOST_SIGNATURES = 3  # TLS, an assertion without patient if needed, one with the patient
BATCH = 16
tap = stage.Tap()
place = stage.Stage('gp', ['chronic'])
trouble.private_home(place)


def run(*words, **options):
    """One command with its debugging: the answer, the card's witness, the host's, the program's own counts."""
    os.environ['G_MESSAGES_DEBUG'] = 'all'
    cost = costs.Cost(place, *words, record='chronic', **options)
    del os.environ['G_MESSAGES_DEBUG']
    told = re.search(r'signatures (\d+) \(tls (\d+)\), assertions (\d+), own APDUs (\d+), requests (\d+), handshakes (\d+)',
                     cost.answer.err)
    return cost.answer, cost.card, cost.trips, [int(n) for n in told.groups()] if told else []


def report(name, card, trips, told):
    print('# %s: %d signatures (%d of TLS), %d commands to the card of which %d after the code (%d bytes both ways), '
          '%d round trips %s' % (name, card.signatures, card.tls, card.commands, card.after_pin, card.bytes, len(trips),
                                 {t: trips.count(t) for t in dict.fromkeys(trips)}))
    print('#   the program says: %s' % told)


documents = [d for d in place.documents('chronic') if d['status'] == 'approved']
answer, card, trips, told = run('summary')
report('summary, nothing known of the card', card, trips, told)
tap.same((answer.status, answer.json.get('coverage', {}).get('listed')), (0, len(documents)), 'the summary of every document')
tap.ok(0 < card.signatures <= MOST_SIGNATURES, 'three signatures at most', card.signatures)
tap.same(card.tls, 1, 'one handshake')
tap.same(card.pins, 1, 'the code is presented once')
tap.same(card.resets, 1, 'and forgotten at the end')
tap.ok(len(told) == 6, 'the program tells its counts', answer.err)
tap.same(told[:2], [card.signatures, card.tls], 'its signatures are those of the card')
tap.ok(told and told[3] <= card.commands, 'its own commands are among those of the card', told)
tap.same(told[4:5], [len(trips)], 'its requests are those of the host')
tap.same(trips[:2], ['TD0.2', 'TD3.1'], 'status, then the list')
batches = -(-len(documents) // BATCH)
tap.ok(set(trips[2:]) == {'TD3.2'} and batches <= len(trips) - 2 <= batches + 2, 'then batches of sixteen', trips)

answer, card, trips, told = run('summary')
report('summary, the card known', card, trips, told)
tap.ok(answer.status == 0 and card.signatures <= MOST_SIGNATURES and card.pins == 1, 'as few the next time', card.signatures)

config = place.write_config('single.ini')
config.write_text(config.read_text() + '[session]\nassertion-lifetime=0\n')
answer, card, trips, told = run('list', config=config)
report('list, an assertion for each request', card, trips, told)
tap.same((answer.status, card.signatures), (0, 1 + len(trips)), 'without reuse each request costs one')

place.close()
sys.exit(tap.end())
