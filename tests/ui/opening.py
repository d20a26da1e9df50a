"""A record opened over a long line, by the clock: when its first screen stands, when all of it is read, and how long the window
stood still meanwhile.

    opening = Opening(desk, 'chronic', 0.05)      # a round trip of 50 ms
    opening.first, opening.complete, opening.stall
"""
import re
import time

from pulse import Pulse
from relay import Relay
from robot import App

READ = re.compile('([0-9]+) / ([0-9]+) documents lus')
WAITING = 'Lecture du dossier…'


class Opening:
    """In the end the window stands with the record read. look(app): asked once, of the first screen; it costs the window more
    than the record does, so leave it out where the rest is timed."""

    def __init__(self, desk, record, latency, look=None):
        self.latency = latency
        self.relay = Relay(desk.place.url, latency)
        desk.launch(desk.place.write_config('far.ini', url=self.relay.url,
                                            **{'connect-timeout': 60, 'response-timeout': 60}))
        desk.sign_in()
        desk.write_patient(record)
        button = desk.app.see('push button', 'Ouvrir le dossier')
        pulse = Pulse(desk.window.pid, 'label', WAITING + '|' + READ.pattern)
        start = time.monotonic()
        App.ask(button.do_action, 0)
        self.useful = self.follow(pulse, 3 + 3 * latency, look and (lambda: look(desk.app)))
        self.beats = [beat for beat in pulse.stop() if beat.at >= start]
        told = [(beat.at + beat.wait - start, READ.match(beat.text)) for beat in self.beats]
        told = [(at, int(found[1]), int(found[2])) for at, found in told if found and int(found[1]) > 0]
        self.first = told[0][0]
        self.read, self.listed = told[-1][1:]
        self.complete = next(at for at, read, _ in told if read == self.read)
        self.wait = max(self.beats, key=lambda beat: beat.wait)   # by the clock
        self.stall = max(self.beats, key=lambda beat: beat.cpu)   # of the main thread

    @staticmethod
    def follow(pulse, quiet, look):
        """Until nothing new has been read for so long. Returns: what look() saw when the first documents were read."""
        last, since, seen = None, time.monotonic(), None
        while not last or time.monotonic() - since < quiet:
            time.sleep(0.05)
            found = READ.match(pulse.text())
            read = found and int(found[1])
            if read and read != last:
                if last is None and look:
                    seen = look()
                last, since = read, time.monotonic()
            assert time.monotonic() - since < 60 + 10 * quiet, 'nothing is read'
        return seen

    def tell(self):
        """The figures, a line each."""
        yield 'first screen after %.2f s, %d of %d documents read after %.2f s, a round trip takes %.2f s' % (
            self.first, self.read, self.listed, self.complete, self.latency)
        yield 'the main loop stood still for %.0f ms at most, %.0f ms of them at work; it was at work for %.0f ms at most' % (
            self.wait.wait * 1e3, self.wait.cpu * 1e3, self.stall.cpu * 1e3)
