"""What a command of dmp costs, as the card's log and the host's tell it."""
import os
import re
import time
from pathlib import Path


class Card:
    """What the card was told between two looks at its log."""

    def __init__(self, lines):
        commands = [line[2:] for line in lines if line.startswith('> ')]
        self.commands = len(commands)
        self.bytes = sum(len(line) // 2 - 1 for line in lines if line[:2] in ('> ', '< '))
        self.tls = sum(c[2:4] == '88' for c in commands)
        self.signatures = self.tls + sum(c[2:8] == '2A9E9A' for c in commands)
        self.pins = sum(c[2:4] == '20' and len(c) > 10 for c in commands)  # with a code, not asking for the tries
        self.after_pin = 0
        for at, command in enumerate(commands):
            if command[2:4] == '20' and len(command) > 10:
                self.after_pin = len(commands) - at - 1
        self.resets = sum(line.startswith('== RESET') for line in lines)


class Cost:
    """One command: its answer, what card and host saw of it, and how long it took."""

    def __init__(self, place, *words, **options):
        apdu_log = Path(os.environ['APDU_LOG'])
        host_log = place.dir / 'host.log'
        card_before = len(apdu_log.read_text().splitlines())
        host_before = len(host_log.read_text().splitlines())
        start = time.perf_counter()
        self.answer = place.dmp(*words, '--json', **options)
        self.seconds = time.perf_counter() - start
        self.card = Card(apdu_log.read_text().splitlines()[card_before:])
        lines = host_log.read_text().splitlines()[host_before:]
        self.trips = re.findall(r'^\S+ (TD\S+) 200 ok', '\n'.join(lines), re.M)

    def by_transaction(self):
        return {t: self.trips.count(t) for t in dict.fromkeys(self.trips)}
