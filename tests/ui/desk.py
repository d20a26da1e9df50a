"""A doctor's desk: reader and card, a host with records, the window, and what every visit to it repeats.

    with Desk('outbox', ['simple']) as desk:
        app = desk.launch()
        desk.sign_in()
        …
    desk.leave()

Runs inside tests/with-reader.sh, a screen and a bus of its own (test-ui.sh); pictures go to the folder given.
"""
import json
import os
import sqlite3
import subprocess
import sys
import traceback
from pathlib import Path

import stage
from robot import PROGRAM, App, launch


class Desk:
    def __init__(self, name, records):
        self.name = name
        self.screens = Path(sys.argv[1])
        self.screens.mkdir(parents=True, exist_ok=True)
        self.tap = stage.Tap()
        self.place = stage.Stage('gp', records)
        self.window = None
        self.app = None

    def __enter__(self):
        return self

    def __exit__(self, kind, problem, trace):
        """Says what stopped the visit, with what is on the screen, and clears the desk."""
        if isinstance(problem, Exception):
            self.tap.ok(False, 'the visit goes on: %s' % problem, 'exit status %s\n%s\n%s' % (
                self.window and self.window.poll(), self.app.describe() if self.app else 'no window',
                ''.join(traceback.format_tb(trace))))
            self.picture('stopped-' + self.name)
        if self.window is not None and self.window.poll() is None:
            self.window.kill()
            self.window.wait()
        self.place.close()
        return isinstance(problem, Exception)

    def leave(self):
        sys.exit(self.tap.end())

    def launch(self, config=None):
        """The window, as App; again once the last one is closed."""
        self.app = None
        self.window = launch('--config', config or self.place.config)
        self.app = App('caducee')
        return self.app

    def close(self):
        self.app.close()
        self.window.wait(20)

    def picture(self, name):
        App.picture(str(self.screens / (name + '.png')))

    def config(self, idle_lock, **changes):
        """The settings with as many seconds before the window locks itself."""
        path = self.place.write_config('idle.ini', **changes)
        path.write_text(path.read_text() + '[session]\nidle-lock=%d\n' % idle_lock)
        return path

    @staticmethod
    def cards(*words):
        subprocess.check_call([str(stage.SOURCE / 'tests/cards-ctl.sh'), os.environ['READER_DIR'], *words])

    def set_closed(self, closed):
        """Closes every record at the host, or opens it again."""
        with sqlite3.connect(self.place.dir / 'host' / 'store.sqlite', timeout=30) as base:
            base.execute('UPDATE patient SET closed = ?', (closed,))

    def pdf(self, name):
        path = self.place.dir / name
        subprocess.check_call([str(stage.SOURCE / 'tests/records/make-pdf'), '--out', str(path)])
        return path

    @staticmethod
    def offer(path):
        """As from the file manager: to the window that is open."""
        subprocess.check_call([PROGRAM, str(path)])

    def sign_in(self):
        self.app.see('label', 'Dr Claire LEROY')
        self.enter_code('1234')
        self.choose_place()

    def enter_code(self, code):
        self.app.write('Code porteur', code, 'password text')
        self.app.act('win.sign-in')

    def choose_place(self):
        self.app.see('label', 'Où exercez-vous maintenant\u202f?')
        self.app.act('win.choose-place')
        self.app.see('label', 'Sans carte Vitale')

    def write_patient(self, record):
        known = json.loads((self.place.records / record / 'patient.json').read_text())
        self.app.see('label', 'Sans carte Vitale')
        self.app.write('Matricule INS et clé, 15 caractères', known['ins'])

    def ask_for(self, record):
        """Asks for a record by its INS; what comes is the caller's to look at."""
        self.write_patient(record)
        self.app.press('Ouvrir le dossier')

    def open_record(self, record):
        self.ask_for(record)
        self.app.see('label', 'Biologie clé')
