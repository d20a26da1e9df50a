"""From the code to the summary of 150 documents: how long, and what card and host are asked for.

The floor of the time is the same summary of the same documents from a folder: no card, no network.
"""
import sys
import time

import costs
import stage

ROUNDS = 5


def read_from(place, folder):
    start = time.perf_counter()
    answer = place.dmp('summary', '--from', str(folder), '--json')
    seconds = time.perf_counter() - start
    if answer.status != 0:
        raise SystemExit(repr(answer))
    return seconds


def read_record(place):
    cost = costs.Cost(place, 'summary', record='chronic')
    if cost.answer.status != 0:
        raise SystemExit(repr(cost.answer))
    return cost


def main():
    place = stage.Stage('gp', ['chronic'])
    try:
        folder = place.dir / 'from'
        folder.mkdir()
        documents = [d for d in place.documents('chronic') if d['status'] == 'approved']
        for document in documents:
            source = place.records / 'chronic' / document['file']
            (folder / source.name).write_bytes(source.read_bytes())
        first = read_record(place)
        rounds = [(read_record(place), read_from(place, folder)) for _ in range(ROUNDS)]
    finally:
        place.close()

    cost = min((cost for cost, _ in rounds), key=lambda cost: cost.seconds)
    floor = min(seconds for _, seconds in rounds)
    name = 'code to summary of %d documents' % len(documents)
    print('%s: %.3g s, ratio x%.3g of the summary from files (%.3g s)' % (name, cost.seconds, cost.seconds / floor, floor))
    print('%s, card seen for the first time: %.3g s, ratio x%.3g of the summary from files'
          % (name, first.seconds, first.seconds / floor))
    for what, value in (('codes presented', cost.card.pins),
                        ('signatures of the card', '%d, %d of them for TLS' % (cost.card.signatures, cost.card.tls)),
                        ('commands to the card', '%d, %d of them after the code' % (cost.card.commands, cost.card.after_pin)),
                        ('commands to the card seen for the first time', first.card.commands),
                        ('bytes to and from the card', cost.card.bytes),
                        ('round trips to the host', '%d (%s)' % (len(cost.trips), ', '.join(
                            '%d %s' % (n, t) for t, n in cost.by_transaction().items())))):
        print('%s: %s' % (what, value))
    return 0


if __name__ == '__main__':
    sys.exit(main())
