"""What the window forgets and what it keeps: a file that was offered, what was typed, Escape in the
list, a list that is not whole, somebody who works in another window than the main one. (desk.py)
"""
import subprocess
import time

import peer
from desk import Desk
from robot import wait

IDLE = 8  # seconds

with Desk('forget', ['simple', 'empty']) as desk:
    tap = desk.tap
    pdf = desk.pdf('ordonnance.pdf')
    app = desk.launch(desk.config(IDLE))
    desk.sign_in()

    # --- A file that was offered to nobody ---
    desk.offer(pdf)
    app.act('win.lock')
    desk.sign_in()
    desk.open_record('simple')
    time.sleep(0.5)
    tap.ok(app.shown('label', 'ordonnance.pdf') is None and app.shown('label', 'Qui pourra le lire') is None,
           'a file offered before a lock is not for the record that is opened after it')

    # --- A file offered for one patient, the next one opened ---
    desk.offer(pdf)
    app.see('label', 'ordonnance.pdf')
    app.write('Titre', 'Pour le premier patient')
    app.act('win.close-record')
    desk.open_record('empty')
    app.act('win.send')
    app.see('label', 'Choisissez un fichier')
    left = [name for role, name in app.everything() if 'premier patient' in name or 'ordonnance' in name]
    tap.same(left, [], 'the next patient’s form is blank')
    app.act('win.back')

    # --- Escape in the list ---
    app.act('win.close-record')
    desk.open_record('simple')
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
    other = wait('the other window', lambda: app.others(desk.window.pid))
    end = time.monotonic() + IDLE + 6  # the clock is looked at every 5 s
    while time.monotonic() < end:
        time.sleep(1)
        subprocess.check_call(['xdotool', 'windowfocus', '--sync', *other, 'key', 'Tab'])
    tap.ok(app.shown('label', 'Titre (d’après le contenu)') is not None, 'who reads another window is not locked out')
    wait('the lock', lambda: app.shown('label', 'Code porteur'), 3 * IDLE)
    tap.ok(True, 'who does nothing is')
    desk.close()

    # --- A list that is not whole: what a host has said, said again with a repository missing ---
    recorded = desk.place.dir / 'recorded'
    desk.place.stop_host()
    desk.place.start_host(['--record', str(recorded)])
    desk.place.write_config()
    desk.place.dmp('list', record='simple')
    for listed, sentence in ((lambda body: body, None), (peer.partial, 'Liste partielle\u00a0: le DMP n’a pas pu interroger tous ses dépôts')):
        with peer.Peer(peer.replay(recorded, listed)) as other:
            app = desk.launch(desk.config(600, url=other.url))
            desk.sign_in()
            desk.open_record('simple')
            app.act('win.show-documents')
            app.see('label', 'Titre (d’après le contenu)')
            said = wait('the sentence', lambda: [w for w in app.words() if w.startswith(sentence)]) if sentence else [
                w for w in app.words() if w.startswith('Liste partielle')]
            tap.same(len(said), 1 if sentence else 0, 'above the list: %s' % (sentence or 'nothing when it is whole'))
            if sentence:
                desk.picture('liste-partielle')
            desk.close()
desk.leave()
