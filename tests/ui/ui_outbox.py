"""Sending as a doctor does: taken back in time, sent with its receipt, cut off, taken up again by
itself, refused and corrected, across a lock, and given up. The host's own count says what arrived.
(desk.py)
"""
import json
import signal
import sqlite3
import subprocess
import time

import stage
from desk import Desk
from robot import wait


def at_host():
    """How many documents the host keeps."""
    path = desk.place.dir / 'host' / 'store.sqlite'
    with sqlite3.connect('file:%s?mode=ro' % path, uri=True) as base:
        return base.execute('SELECT count(*) FROM document').fetchone()[0]


def keys(window_id, *commands):
    subprocess.check_call(['xdotool', 'windowfocus', '--sync', window_id, *commands])


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
    app.key('Escape')
    app.see('label', 'Envoi annulé\u00a0: rien n’est parti.')
    app.see('label', 'certificat.txt')
    tap.ok(True, 'Escape takes it back and the form is as it was')
    time.sleep(6)
    tap.same(at_host(), before, 'and nothing has come to the host')

    # --- Sent ---
    app.act('win.submit')
    app.see('push button', 'Annuler (Échap)')
    desk.picture('09b-annuler')
    app.act('win.show-outbox')
    wait('the countdown', states)  # a slow robot may come after it
    desk.picture('09b-compte-a-rebours')
    wait('the acceptance', lambda: any(word.startswith('Accepté à') for word in states()), 15)
    tap.ok(True, 'five seconds later it is sent, and the outbox says that it was accepted')
    one = at_host() - before
    tap.ok(one > 0, 'the host has it', one)
    desk.picture('09b-accepte')

    # --- Its receipt ---
    app.press('Reçu · Certificat annulé puis renvoyé, au titre assez long pour passer à la ligne')
    question = wait('the receipt', lambda: app.others(desk.window.pid))[0]
    time.sleep(0.3)
    desk.picture('09b-recu')
    keys(question, 'key', 'Return')
    chooser = wait('the chooser', lambda: [w for w in app.others(desk.window.pid) if w != question])[0]
    time.sleep(0.5)
    saved = place.dir / 'recu.xml'
    keys(chooser, 'key', 'ctrl+a', 'type', '--args', '1', '--delay', '15', str(saved), 'key', 'Return')
    app.see('label', 'Reçu signé et enregistré')
    judge = place.write_config('judge.ini')
    judge.write_text(judge.read_text() + '[signature]\nca=%s\n' % (stage.PKI / 'trust-clients.pem'))
    run = subprocess.run([str(stage.BUILD / 'src/cli/dmp'), 'receipt', 'verify', str(saved), '--json', '--config', str(judge)],
                         capture_output=True)
    tap.ok(run.returncode == 0 and json.loads(run.stdout)['valid'], 'its receipt is saved, signed by the card', run)
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

    # --- Refused, and corrected ---
    desk.set_closed(1)
    send('Certificat refusé')
    app.act('win.show-outbox')
    wait('the refusal', lambda: any(word.startswith('Refusé.') for word in states()), 15)
    desk.set_closed(0)
    desk.picture('09b-refuse')
    tap.ok(app.shown('push button', 'Boîte d’envoi, en attente\u00a0: 0, à traiter\u00a0: 1') is not None, 'a refusal is for a person')
    app.press('Corriger · Certificat refusé')
    app.see('label', 'certificat.txt')
    said = [name for role, name in app.seen() if name.startswith('Le DMP de ce patient est fermé')]
    tap.ok(app.read('Titre') == 'Certificat refusé' and said, 'corrected: the form is as it was, with what the host said',
           (app.read('Titre'), said))
    desk.picture('09a-corriger')
    app.write('Titre', 'Certificat corrigé')
    app.act('win.submit')
    app.see('push button', 'Annuler (Échap)')
    app.act('win.show-outbox')
    wait('the acceptance', lambda: len([word for word in states() if word.startswith('Accepté à')]) == 3, 15)
    tap.ok(not any(word.startswith('Refusé') for word in states()) and at_host() - before == 3 * one,
           'it goes in the place of the refused one', states())
    app.act('win.back')

    # --- The card is pulled before the five seconds are over ---
    send('Certificat de la carte retirée')
    desk.cards('pull', 'cps')
    app.see('label', 'Session terminée\u00a0: carte retirée')
    wait('an empty window', lambda: not [name for role, name in app.everything() if 'Certificat' in name])
    tap.ok(True, 'a lock shows nothing of it')
    desk.cards('insert', 'cps')
    desk.sign_in()
    wait('the acceptance', lambda: at_host() - before == 4 * one, 30)
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
