"""The window before a host far away: when the first screen of 150 documents stands, when all are read, and how long the main
loop stood still, at a round trip of 50 ms (what takes the time is here) and of 3 s (as the approval of clients has it).

Runs as the journeys through the window do (tests/ui/test-ui.sh). The floor of the time is the line alone: the round trips that
the same opening takes, one after the other.
"""
from desk import Desk
from opening import Opening

LATENCIES = (0.05, 3)
ROUNDS = 3  # where it takes no minute each


def opened(latency):
    with Desk('bench', ['chronic']) as desk:
        opening = Opening(desk, 'chronic', latency)
        desk.close()
        opening.relay.close()
        trips = sum(' TD' in line for line in (desk.place.dir / 'host.log').read_text().splitlines())
        return opening, trips


for latency in LATENCIES:
    rounds = [opened(latency) for _ in range(ROUNDS if latency < 1 else 1)]
    name = '%g ms away, %d documents' % (latency * 1e3, rounds[0][0].listed)
    line = min(trips for _, trips in rounds) * latency
    for what, seconds in (('first screen', min(one.first for one, _ in rounds)),
                          ('all read', min(one.complete for one, _ in rounds))):
        print('%s, %s: %.3g s, ratio x%.3g of its %d round trips' % (name, what, seconds, seconds / line, line / latency), flush=True)
    print('%s, the longest stretch of work in the main loop: %.3g ms' % (name, min(one.stall.cpu for one, _ in rounds) * 1e3))
    print('%s, the longest wait for the main loop: %.3g ms' % (name, min(one.wait.wait for one, _ in rounds) * 1e3), flush=True)
