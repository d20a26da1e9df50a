"""Sending as a doctor does: taken back in time, sent, cut off, taken up again by itself, across a
lock, and given up. The host's own count says what arrived.

Runs as ui_journey.py does.
"""
import json
import os
import signal
import sqlite3
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
tap = stage.Tap()
place = stage.Stage('gp', ['simple'])
port = place.url.split(':')[2].split('/')[0]
text = place.dir / 'certificat.txt'
text.write_text('Certificat du jour.\n')


def picture(name):
    App.picture(str(screens / (name + '.png')))


def cards(*words):
    subprocess.check_call([str(SOURCE / 'tests/cards-ctl.sh'), os.environ['READER_DIR'], *words])


def at_host():
    """How many documents the host keeps."""
    path = place.dir / 'host' / 'store.sqlite'
    with sqlite3.connect('file:%s?mode=ro' % path, uri=True) as base:
        return base.execute('SELECT count(*) FROM document').fetchone()[0]


def sign_in(app):
    app.see('label', 'Dr Claire LEROY')
    app.write('Code porteur', '1234', 'password text')
    app.act('win.sign-in')
    app.see('label', 'Où exercez-vous maintenant\u202f?')
    app.act('win.choose-place')
    app.see('label', 'Sans carte Vitale')


def open_record(app):
    known = json.loads((place.records / 'simple' / 'patient.json').read_text())
    app.write('Matricule INS et clé, 15 caractères', known['ins'])
    app.press('Ouvrir le dossier')
    app.see('label', 'Biologie clé')


def fill(app, title):
    text.write_text('Compte rendu de consultation\n\n%s.\n' % title)
    subprocess.check_call([PROGRAM, str(text)])
    app.see('label', 'certificat.txt')
    app.write('Titre', title)
    app.press('Aujourd’hui')


def send(app, title):
    fill(app, title)
    app.act('win.submit')
    app.see('push button', 'Annuler (Échap)')


def states(app):
    return [word for word in app.words() if word.startswith(('En attente.', 'Refusé', 'En conflit', 'Accepté à', 'Envoi en cours', 'Envoi dans'))]


window = launch('--config', place.write_config(**{'response-timeout': 5}))
app = None
try:
    app = App('caducee')
    sign_in(app)
    open_record(app)
    before = at_host()

    # --- Taken back ---
    send(app, 'Certificat annulé puis renvoyé, au titre assez long pour passer à la ligne')
    picture('09b-annuler')
    app.key('Escape')
    app.see('label', 'Envoi annulé\u00a0: rien n’est parti.')
    app.see('label', 'certificat.txt')
    tap.ok(True, 'Escape takes it back and the form is as it was')
    time.sleep(6)
    tap.same(at_host(), before, 'and nothing has come to the host')

    # --- Sent ---
    app.act('win.submit')
    app.see('push button', 'Annuler (Échap)')
    app.act('win.show-outbox')
    wait('the countdown', lambda: any(word.startswith('Envoi dans') for word in states(app)))
    picture('09b-compte-a-rebours')
    wait('the acceptance', lambda: any(word.startswith('Accepté à') for word in states(app)), 15)
    tap.ok(True, 'five seconds later it is sent, and the outbox says that it was accepted')
    one = at_host() - before
    tap.ok(one > 0, 'the host has it', one)
    picture('09b-accepte')
    app.act('win.back')

    # --- Cut off ---
    send(app, 'Certificat coupé en route')
    place.host.send_signal(signal.SIGSTOP)
    wait('the sending', lambda: not app.shown('push button', 'Annuler (Échap)'))
    time.sleep(1)
    place.host.kill()
    place.host.wait()
    app.act('win.show-outbox')
    wait('the state', lambda: any(word.startswith('En attente.') for word in states(app)), 20)
    tap.ok(app.shown('push button', 'Boîte d’envoi, en attente\u00a0: 1, à traiter\u00a0: 0') is not None,
           'a host that is cut off leaves it waiting, and the window says so')
    picture('09b-en-attente')
    place.start_host(('--listen', '127.0.0.1:' + port))
    wait('the outbox to empty', lambda: not any(word.startswith('En attente.') for word in states(app))
         and len(states(app)) == 2, 30)
    tap.same(at_host() - before, 2 * one, 'once the host is back it empties by itself, and the host has it once')
    app.act('win.back')

    # --- The card is pulled before the five seconds are over ---
    send(app, 'Certificat de la carte retirée')
    cards('pull', 'cps')
    app.see('label', 'Session terminée\u00a0: carte retirée')
    wait('an empty window', lambda: not [name for role, name in app.everything() if 'Certificat' in name])
    tap.ok(True, 'a lock shows nothing of it')
    cards('insert', 'cps')
    sign_in(app)
    wait('the acceptance', lambda: at_host() - before == 3 * one, 30)
    tap.ok(True, 'and it goes when the card is back')

    # --- Given up ---
    open_record(app)
    send(app, 'Certificat abandonné')
    place.stop_host()
    app.act('win.show-outbox')
    wait('the state', lambda: any(word.startswith('En attente.') for word in states(app)), 20)
    tap.ok(any('Rien n’est encore parti' in word for word in states(app)), 'a host that is down leaves it waiting, unsent')
    picture('09b-en-panne')
    app.press('Retirer… · Certificat abandonné')
    question = wait('the question', lambda: app.others(window.pid))
    time.sleep(0.3)
    picture('09b-retirer')
    subprocess.check_call(['xdotool', 'windowfocus', '--sync', question[0], 'key', 'Tab', 'space'])
    wait('the row to go', lambda: not any(word.startswith('En attente.') for word in states(app)))
    tap.ok(True, 'with a confirmation it is given up')
    app.close()
    window.wait(20)
except Exception as problem:  # noqa: BLE001: said, with what is on the screen
    picture('stopped-outbox')
    tap.ok(False, 'the way goes on: %s' % problem, 'exit status %s\n%s' % (window.poll(), app.describe() if app else 'no window'))
finally:
    if window.poll() is None:
        window.kill()
        window.wait()
    place.close()
sys.exit(tap.end())
