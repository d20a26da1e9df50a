"""Feels the pulse of a window from outside: whether its main loop goes round, and what one text on it says.

    pulse = Pulse(process, 'label', 'Lecture du dossier…|[0-9]+ / [0-9]+ documents lus')
    …
    beats = pulse.stop()

The program has nothing of its own for this. GTK answers AT-SPI in its main loop, so a text asked for over and over is
answered late by as much as the loop stands still. That is measured twice: by the clock, which shows what else the machine does
as well, and by the processor time that the main thread took meanwhile (schedstat), which a busy machine does not change.

It asks from a process of its own (python3 pulse.py PROCESS ROLE PATTERN; one line a beat on standard output), so that neither
a walk over the widgets nor this interpreter's lock is taken for a stall.
"""
import re
import subprocess
import sys
import threading
import time
from collections import namedtuple

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

PAUSE = 0.004    # s between an answer and the next question
LOOK = 0.05      # s between two looks for the text, as long as it is not there
FOREVER = 60000  # ms

Beat = namedtuple('Beat', 'at wait cpu text')  # when asked; until answered; of that at work; the answer ('': none yet)


class Bus:
    """The bus of AT-SPI, without libatspi: each call is one question to the program."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, node, interface, method, *words):
        given = GLib.Variant('(%s)' % ('s' * len(words)), words) if words else None
        return self.bus.call_sync(*node, interface, method, given, None, 0, FOREVER).unpack()[0]

    def name(self, node):
        return self.call(node, 'org.freedesktop.DBus.Properties', 'Get', 'org.a11y.atspi.Accessible', 'Name')

    def children(self, node):
        return self.call(node, 'org.a11y.atspi.Accessible', 'GetChildren')

    def application(self, process):
        """Name and path of the program's root."""
        for node in self.children(('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')):
            if self.call(('org.freedesktop.DBus', '/'), 'org.freedesktop.DBus', 'GetConnectionUnixProcessID', node[0]) == process:
                return node
        raise LookupError('process %d is not on the bus of AT-SPI' % process)

    def find(self, node, role, pattern):
        """The first of that role below node whose name is like that."""
        for child in self.children(node):
            try:
                if self.call(child, 'org.a11y.atspi.Accessible', 'GetRoleName') == role and pattern.fullmatch(self.name(child)):
                    return child
                found = self.find(child, role, pattern)
            except GLib.Error:  # gone meanwhile
                continue
            if found:
                return found
        return None


def main_thread(process):
    """Seconds of the processor that the main thread of a process has had."""
    with open('/proc/%d/task/%d/schedstat' % (process, process)) as stat:
        return int(stat.read().split()[0]) / 1e9


def feel(process, role, pattern):
    bus, node, looked = Bus(), None, 0
    root = bus.application(process)
    while True:
        if node is None and time.monotonic() - looked > LOOK:
            node, looked = bus.find(root, role, pattern), time.monotonic()
        at, cpu = time.monotonic(), main_thread(process)
        try:
            text = bus.name(node or root)
        except GLib.Error:  # that text is gone: look for it again
            node, text = None, ''
        wait = time.monotonic() - at
        print('%f\t%f\t%f\t%s' % (at, wait, main_thread(process) - cpu, text if node else ''), flush=True)
        time.sleep(PAUSE)


class Pulse:
    def __init__(self, process, role, pattern):
        self.beats = []
        self.process = subprocess.Popen([sys.executable, __file__, str(process), role, pattern], stdout=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            at, wait, cpu, text = line.rstrip('\n').split('\t', 3)
            self.beats.append(Beat(float(at), float(wait), float(cpu), text))

    def text(self):
        return self.beats[-1].text if self.beats else ''

    def stop(self):
        self.process.terminate()
        self.reader.join()
        self.process.wait()
        return self.beats


if __name__ == '__main__':
    try:
        feel(int(sys.argv[1]), sys.argv[2], re.compile(sys.argv[3]))
    except (GLib.Error, OSError):  # the window is closed
        pass
