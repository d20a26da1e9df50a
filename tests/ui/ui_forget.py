"""What the window forgets and what it keeps: a file that was offered, what was typed, Escape in the
list, a list that is not whole, somebody who works in another window than the main one.

Runs as ui_journey.py does.
"""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(os.environ['top_srcdir']) / 'tests/journey'))
import stage  # noqa: E402
from robot import PROGRAM, App, launch, wait  # noqa: E402

screens = Path(sys.argv[1])
screens.mkdir(parents=True, exist_ok=True)
SOURCE = stage.SOURCE
IDLE = 8  # seconds
tap = stage.Tap()
place = stage.Stage('gp', ['simple', 'empty'])
pdf = place.dir / 'ordonnance.pdf'
subprocess.check_call([str(SOURCE / 'tests/records/make-pdf'), '--out', str(pdf)])


def offer():
    subprocess.check_call([PROGRAM, str(pdf)])


def open_record(app, name):
    known = json.loads((place.records / name / 'patient.json').read_text())
    app.see('label', 'Sans carte Vitale')
    app.write('Matricule INS et clé, 15 caractères', known['ins'])
    app.press('Ouvrir le dossier')
    app.see('label', 'Biologie clé')


def sign_in(app):
    app.see('label', 'Dr Claire LEROY')
    app.write('Code porteur', '1234', 'password text')
    app.act('win.sign-in')
    app.see('label', 'Où exercez-vous maintenant\u202f?')
    app.act('win.choose-place')
    app.see('label', 'Sans carte Vitale')


config = place.write_config()
config.write_text(config.read_text() + '[session]\nidle-lock=%d\n' % IDLE)
window = launch('--config', config)
app = None
try:
    app = App('caducee')
    sign_in(app)

    # --- A file that was offered to nobody ---
    offer()
    app.act('win.lock')
    sign_in(app)
    open_record(app, 'simple')
    time.sleep(0.5)
    tap.ok(app.shown('label', 'ordonnance.pdf') is None and app.shown('label', 'Qui pourra le lire') is None,
           'a file offered before a lock is not for the record that is opened after it')

    # --- A file offered for one patient, the next one opened ---
    offer()
    app.see('label', 'ordonnance.pdf')
    app.write('Titre', 'Pour le premier patient')
    app.act('win.close-record')
    app.see('label', 'Sans carte Vitale')
    open_record(app, 'empty')
    app.act('win.send')
    app.see('label', 'Choisissez un fichier')
    left = [name for role, name in app.everything() if 'premier patient' in name or 'ordonnance' in name]
    tap.same(left, [], 'the next patient’s form is blank')
    app.act('win.back')

    # --- Escape in the list ---
    app.act('win.close-record')
    open_record(app, 'simple')
    app.act('win.show-documents')
    app.act('win.search')
    app.key('c', 'o', 'm')
    app.key('Escape')
    app.key('Escape')
    app.key('Escape')
    time.sleep(0.3)
    tap.ok(app.shown('label', 'Titre (d’après le contenu)') is not None, 'Escape in the list empties the search and leaves the record open')

    # --- At work in another window ---
    app.act('win.shortcuts')
    other = wait('the other window', lambda: app.others(window.pid))
    end = time.monotonic() + IDLE + 6  # the clock is looked at every 5 s
    while time.monotonic() < end:
        time.sleep(1)
        subprocess.check_call(['xdotool', 'windowfocus', '--sync', *other, 'key', 'Tab'])
    tap.ok(app.shown('label', 'Titre (d’après le contenu)') is not None, 'who reads another window is not locked out')
    wait('the lock', lambda: app.shown('label', 'Code porteur'), 3 * IDLE)
    tap.ok(True, 'who does nothing is')
    app.close()
    window.wait(20)
except Exception as problem:  # noqa: BLE001: said, with what is on the screen
    App.picture(str(screens / 'stopped-forget.png'))
    tap.ok(False, 'the way goes on: %s' % problem, 'exit status %s\n%s' % (window.poll(), app.describe() if app else 'no window'))
finally:
    if window.poll() is None:
        window.kill()
        window.wait()
    place.close()
sys.exit(tap.end())
