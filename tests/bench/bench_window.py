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
    best, trips = min(rounds, key=lambda one: one[0].complete)
    stall = min((one.stall.cpu, one.stall.wait) for one, _ in rounds)
    wait = min(one.wait.wait for one, _ in rounds)
    line = trips * latency
    name = '%.3g ms away, %d documents' % (latency * 1e3, best.read)
    print('%s, first screen: %.3g s, ratio x%.3g of the line alone (%d round trips)' % (
        name, min(one.first for one, _ in rounds), min(one.first for one, _ in rounds) / line, trips), flush=True)
    print('%s, all read: %.3g s, ratio x%.3g of the line alone' % (name, best.complete, best.complete / line), flush=True)
    print('%s, longest stretch of work in the main loop: %.3g ms (%.3g ms by the clock, the worst there %.3g ms)' % (
        name, stall[0] * 1e3, stall[1] * 1e3, wait * 1e3), flush=True)
