"""A doctor writes a vaccination note in the window: with the keyboard alone in its form, looks at it,
sends it; it stands in the list, its data read back as typed, and the judge finds no error in it.
Then a draft goes with the lock. (desk.py)
"""
import os
import subprocess
from pathlib import Path

import stage
from desk import Desk
from robot import App, wait

IDLE = int(25 * max(1, stage.PATIENCE))  # seconds: within the minute of warning, so the word comes with the draft


def keys(title, *commands):
    """What is typed goes to the window of that title, as from a keyboard."""
    found = subprocess.check_output(['xdotool', 'search', '--onlyvisible', '--name', '^%s$' % title], text=True)
    subprocess.check_call(['xdotool', 'windowfocus', '--sync', found.split()[0], *commands])


def typed(text):
    return ['type', '--args', '1', '--delay', '15', text]


def question():
    """The window that asks something, whatever its name."""
    main = App('caducee')

    def other():
        application = main.window.get_parent()
        for i in range(application.get_child_count()):
            main.window = application.get_child_at_index(i)
            if main.shown('label', 'Garder le brouillon'):
                return main
    return wait('the question', other)


def judge(document):
    shared = Path(os.environ.get('DMP_SHARED', stage.SOURCE / '../shared')) / 'testdata/tools/validate-cda'
    if not os.access(shared, os.X_OK) or subprocess.call(['sh', '-c', 'command -v java >/dev/null']) != 0:
        tap.skip('the judge finds no error in it', 'no validate-cda here')
        return
    run = subprocess.run([str(shared), str(document)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    tap.ok(run.returncode == 0, 'the judge finds no error in it', run.stdout)


with Desk('write', ['simple']) as desk:
    tap, place = desk.tap, desk.place
    app = desk.launch()
    desk.sign_in()
    desk.open_record('simple')

    # --- The form ---
    app.act('win.write')
    app.see('push button', 'Volet de synthèse médicale')
    desk.picture('10-rediger-vsm')
    app.press('Note de vaccination')
    app.see('label', 'À remplir')
    tap.ok('win.write-send' not in app.actions(), 'an empty note cannot be sent')
    app.press('Ajouter\u00a0: Vaccination')
    form = App.dialog('caducee', 'Vaccination')
    form.see('push button', 'Valider la ligne')
    keys('Vaccination', *typed('12/01/2026'), 'key', 'Tab', *typed('boostrix'))
    form.see('label', 'Choisissez une ligne de la liste.')
    keys('Vaccination', 'key', 'Return')
    form.see('label', 'Codé\u00a0: CIS 62404793')
    tap.ok(True, 'words find the vaccine, Enter takes its code')
    keys('Vaccination', 'key', 'Tab', *typed('AC37B094'), 'key', 'Tab', 'key', 'space', 'key', 'Down', 'key', 'Return')
    keys('Vaccination', 'key', 'Tab', *typed('4'))
    desk.picture('10-rediger-vaccin')
    form.press('Valider la ligne')

    # --- As it will read ---
    app.see('status bar', 'Prêt à être envoyé')
    app.act('win.write-preview')
    app.see('push button', 'Revenir à la saisie')
    wait('the lot', lambda: any('AC37B094' in name for role, name in app.seen()))
    tap.ok(True, 'the preview shows the note as its readers will')
    desk.picture('10-rediger-apercu')
    app.act('win.write-preview')

    # --- Sent ---
    app.act('win.write-send')
    app.see('label', 'Qui pourra le lire')
    desk.picture('10-rediger-envoi')
    app.act('win.submit')
    app.see('push button', 'Rédiger un document')
    # five seconds in which it can be taken back come first
    wait('the note', lambda: any('BOOSTRIXTETRA' in word for word in app.words()), 30)
    app.act('win.close-record')
    app.see('label', 'Sans carte Vitale')
    tap.ok(True, 'it is sent and stands in the list; the draft is gone without a question')
    desk.close()

    # --- What arrived ---
    listed = place.dmp('list', '--json', '--type', '87273-9', record='simple').json['documents']
    known = {document['unique_id'] for document in place.documents('simple')}
    listed = [document for document in listed if document['unique_id'] not in known]
    tap.same(len(listed), 1, 'the host holds the note once')
    place.dmp('get', listed[0]['unique_id'], '-o', str(place.dir), record='simple')
    document = next(place.dir.glob('*.xml'))
    facts = place.dmp('cda', 'facts', '--json', str(document)).json['facts']
    vaccine = next(fact for fact in facts if fact['kind'] == 'vaccine')
    details = {detail['role']: detail['text'] for detail in vaccine['details']}
    tap.same([vaccine['keys'][0]['code'], vaccine['date'], details.get('lot'), details.get('rank')],
             ['62404793', '20260112', 'AC37B094', '4'], 'and says what was typed')
    judge(document)

    # --- A draft and the lock ---
    app = desk.launch(desk.config(IDLE))
    desk.sign_in()
    desk.open_record('simple')
    app.act('win.write')
    app.press('Ajouter\u00a0: Points de vigilance')
    form = App.dialog('caducee', 'Points de vigilance')
    form.see('push button', 'Valider la ligne')
    keys('Points de vigilance', *typed('Ne supporte pas le bruit'))
    form.press('Valider la ligne')
    app.see('label', 'Ne supporte pas le bruit')
    app.act('win.back')
    app.see('label', 'Biologie clé')
    app.act('win.close-record')
    question().click('label', 'Garder le brouillon')
    app.act('win.write')
    app.see('label', 'Ne supporte pas le bruit')
    tap.ok(True, 'closing the record asks first, and the draft is kept')
    wait('the word', lambda: any('le brouillon sera perdu' in word for word in app.words()), 30)
    tap.ok(True, 'before an idle window locks, it says that the draft will go')
    wait('the lock', lambda: app.shown('label', 'Code porteur'), 3 * IDLE)
    left = [name for role, name in app.everything() if 'bruit' in name]
    tap.same(left, [], 'and with the lock no widget holds it any more')
    desk.close()
desk.leave()
