"""Sending as a doctor does: taken back in time, sent, cut off, taken up again by itself, across a
lock, and given up. The host's own count says what arrived. (desk.py)
"""
import signal
import sqlite3
import subprocess
import time

from desk import Desk
from robot import wait


def at_host():
    """How many documents the host keeps."""
    path = desk.place.dir / 'host' / 'store.sqlite'
    with sqlite3.connect('file:%s?mode=ro' % path, uri=True) as base:
        return base.execute('SELECT count(*) FROM document').fetchone()[0]


def send(title):
    text.write_text('Compte rendu de consultation\n\n%s.\n' % title)
    desk.offer(text)
    app.see('label', 'certificat.txt')
    app.write('Titre', title)
    app.press('Aujourd’hui')
    app.act('win.submit')
    app.see('push button', 'Annuler (Échap)')


def states():
    return [word for word in app.words() if word.startswith(('En attente.', 'Refusé', 'En conflit', 'Accepté à', 'Envoi en cours', 'Envoi dans'))]


with Desk('outbox', ['simple']) as desk:
    tap, place = desk.tap, desk.place
    port = place.url.split(':')[2].split('/')[0]
    text = place.dir / 'certificat.txt'
    app = desk.launch(place.write_config(**{'response-timeout': 5}))
    desk.sign_in()
    desk.open_record('simple')
    before = at_host()

    # --- Taken back ---
    send('Certificat annulé puis renvoyé, au titre assez long pour passer à la ligne')
    desk.picture('09b-annuler')
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
    wait('the countdown', lambda: any(word.startswith('Envoi dans') for word in states()))
    desk.picture('09b-compte-a-rebours')
    wait('the acceptance', lambda: any(word.startswith('Accepté à') for word in states()), 15)
    tap.ok(True, 'five seconds later it is sent, and the outbox says that it was accepted')
    one = at_host() - before
    tap.ok(one > 0, 'the host has it', one)
    desk.picture('09b-accepte')
    app.act('win.back')

    # --- Cut off ---
    send('Certificat coupé en route')
    place.host.send_signal(signal.SIGSTOP)
    wait('the sending', lambda: not app.shown('push button', 'Annuler (Échap)'))
    time.sleep(1)
    place.host.kill()
    place.host.wait()
    app.act('win.show-outbox')
    wait('the state', lambda: any(word.startswith('En attente.') for word in states()), 20)
    tap.ok(app.shown('push button', 'Boîte d’envoi, en attente\u00a0: 1, à traiter\u00a0: 0') is not None,
           'a host that is cut off leaves it waiting, and the window says so')
    desk.picture('09b-en-attente')
    place.start_host(('--listen', '127.0.0.1:' + port))
    wait('the outbox to empty', lambda: not any(word.startswith('En attente.') for word in states())
         and len(states()) == 2, 30)
    tap.same(at_host() - before, 2 * one, 'once the host is back it empties by itself, and the host has it once')
    app.act('win.back')

    # --- The card is pulled before the five seconds are over ---
    send('Certificat de la carte retirée')
    desk.cards('pull', 'cps')
    app.see('label', 'Session terminée\u00a0: carte retirée')
    wait('an empty window', lambda: not [name for role, name in app.everything() if 'Certificat' in name])
    tap.ok(True, 'a lock shows nothing of it')
    desk.cards('insert', 'cps')
    desk.sign_in()
    wait('the acceptance', lambda: at_host() - before == 3 * one, 30)
    tap.ok(True, 'and it goes when the card is back')

    # --- Given up ---
    desk.open_record('simple')
    send('Certificat abandonné')
    place.stop_host()
    app.act('win.show-outbox')
    wait('the state', lambda: any(word.startswith('En attente.') for word in states()), 20)
    tap.ok(any('Rien n’est encore parti' in word for word in states()), 'a host that is down leaves it waiting, unsent')
    desk.picture('09b-en-panne')
    app.press('Retirer… · Certificat abandonné')
    question = wait('the question', lambda: app.others(desk.window.pid))
    time.sleep(0.3)
    desk.picture('09b-retirer')
    subprocess.check_call(['xdotool', 'windowfocus', '--sync', question[0], 'key', 'Tab', 'space'])
    wait('the row to go', lambda: not any(word.startswith('En attente.') for word in states()))
    tap.ok(True, 'with a confirmation it is given up')
    desk.close()
desk.leave()
