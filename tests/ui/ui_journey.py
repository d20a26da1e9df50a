"""The doctor's work in the window: card in, code, place, patient, consent, summary, source, list,
document, sending, card pulled, and in again. Real pcscd, virtual cards, the reference host.

Runs inside tests/with-reader.sh, a screen and a bus of its own; pictures go to the folder given.
"""
import os
import signal
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
place = stage.Stage('gp', ['chronic', 'simple', 'unauthorised', 'denied', 'closed', 'empty'])


def cards(*words):
    subprocess.check_call([str(SOURCE / 'tests/cards-ctl.sh'), os.environ['READER_DIR'], *words])


def picture(name):
    App.picture(str(screens / (name + '.png')))


def ins_of(record):
    import json
    return json.loads((place.records / record / 'patient.json').read_text())['ins']


def open_by_ins(app, record):
    app.write('Matricule INS et clé, 15 caractères', ins_of(record))
    app.press('Ouvrir le dossier')


window = launch('--config', place.config)
app = None
try:
    app = App('caducee')

    # --- The card and its code ---
    app.see('label', 'Dr Claire LEROY')
    tap.ok(app.shown('label', '3 essais restants') is not None, 'the card names its holder and its tries before the code')
    picture('02-code')
    app.write('Code porteur', '0000', 'password text')
    app.act('win.sign-in')
    app.see('label', '2 essais restants')
    tap.ok(True, 'a wrong code is said, with the tries that are left')
    field = app.see('password text', 'Code porteur')
    tap.same(field.get_character_count(), 0, 'and the field is empty at once')
    picture('02-code-faux')
    app.write('Code porteur', '1234', 'password text')
    app.act('win.sign-in')

    # --- The place of practice ---
    app.see('label', 'Où exercez-vous maintenant ?')
    tap.ok(app.shown('label', 'Cabinet du Dr LEROY') is not None, 'the right one asks for the place')
    picture('02d-situation')
    app.act('win.choose-place')

    # --- The patient ---
    app.see('label', 'Sans carte Vitale')
    app.see('label', 'MARTIN Jeanne')
    tap.ok(True, 'the Vitale names its people')
    picture('03-patient')

    # --- Access refused, then given ---
    open_by_ins(app, 'unauthorised')
    app.see('label', 'Vous n’avez pas encore accès à ce DMP')
    tap.ok(True, 'a record without authorisation asks for the patient’s word')
    picture('04a-acces-refuse')
    app.act('win.authorise')
    app.see('push button', 'Envoyer un document')
    tap.ok(True, 'with it the record opens')
    app.act('win.close-record')
    open_by_ins(app, 'closed')
    app.see('label', 'Ce DMP est fermé')
    tap.ok(True, 'a closed record says so')
    app.act('win.refuse')

    # --- Blocked by the patient, opened in an emergency ---
    app.see('label', 'Sans carte Vitale')
    open_by_ins(app, 'denied')
    app.see('label', 'L’accès à ce DMP vous est refusé')
    tap.ok(True, 'a patient’s refusal is said')
    picture('04a-bloque')
    app.act('win.break-glass')
    dialog = App.dialog('caducee', 'Accéder en urgence')
    dialog.see('push button', 'Accéder en urgence (tracé)')
    picture('04b-bris-de-glace')
    dialog.write('Précisions', 'Malaise avec perte de connaissance')
    dialog.press('Accéder en urgence (tracé)')
    app.see('push button', 'Terminer l’accès')
    app.see('label', 'Biologie clé')
    tap.ok(any(word.startswith('Bris de glace') for word in app.words()), 'an emergency access stays on the screen')
    picture('04c-bris-de-glace-actif')
    app.act('win.close-record')

    # --- The summary ---
    app.see('label', 'Sans carte Vitale')
    app.act('win.read-vitale')
    open_by_ins(app, 'chronic')
    app.see('label', 'Biologie clé')
    wait('the whole record', lambda: any(' documents lus' in w and '/ 150' in w and not w.startswith('0 /')
                                         for w in app.words()), 120)
    wait('the end of reading', lambda: app.shown('label', 'Pénicilline'), 120)
    tap.ok(app.shown('label', 'Pénicilline') is not None, 'the summary shows the allergy')
    tap.ok('MARTIN' not in (app.window.get_name() or ''), 'the window’s title names nobody')
    picture('05-resume')
    app.act('win.completeness')
    app.see('label', 'Complétude du résumé')
    picture('05b-completude')
    app.act('win.completeness')

    # --- One line, its source ---
    app.key('2')
    app.act('win.open-source')
    app.see('label', 'Même patient : INS et traits')
    tap.ok(True, 'a line opens its source')
    picture('07-document')
    app.act('win.back')
    app.see('label', 'Biologie clé')
    tap.ok(True, 'and back leads to the summary')

    # --- The list ---
    app.act('win.show-documents')
    app.see('label', 'Titre (d’après le contenu)')
    wait('a preview', lambda: app.shown('push button', 'Ouvrir'))
    picture('06-documents')
    app.act('win.open-document')
    app.see('label', 'Détails')
    tap.ok(True, 'a document opens from the list')
    app.act('win.next-document')
    picture('07-document-suivant')
    app.act('win.back')
    app.act('win.close-record')

    # --- Sending a PDF ---
    open_by_ins(app, 'simple')
    app.see('label', 'Biologie clé')
    pdf = place.dir / 'consultation.pdf'
    subprocess.check_call([str(SOURCE / 'tests/records/make-pdf'), '--out', str(pdf)])
    subprocess.check_call([PROGRAM, str(pdf)])
    app.see('label', 'consultation.pdf')
    app.press('Convertir en PDF/A')
    app.see('label', 'conforme, converti')
    tap.ok(True, 'a PDF that is no PDF/A is converted by its button')
    app.write('Titre', 'Consultation du jour')
    app.see('label', 'Il manque la date de l’acte.')
    picture('09a-envoyer')
    app.press('Aujourd’hui')
    app.act('win.submit')
    app.see('label', 'Consultation du jour')
    tap.ok(True, 'a PDF is sent and stands in the list')
    picture('06-envoye')

    # --- The card is pulled ---
    cards('pull', 'cps')
    app.see('label', 'Session terminée\u00a0: carte retirée')
    tap.ok(True, 'without the card the screen is blank')
    picture('11-verrou')
    wait('an empty window', lambda: not any('Consultation du jour' in word for word in app.words()))
    left = [name for role, name in app.everything() if 'MARTIN' in name]
    tap.same(left, [], 'and no widget names the patient any more')
    cards('insert', 'cps')
    app.see('label', 'Dr Claire LEROY')
    app.write('Code porteur', '1234', 'password text')
    app.act('win.sign-in')
    app.see('label', 'Où exercez-vous maintenant ?')
    app.act('win.choose-place')
    app.see('label', 'Sans carte Vitale')
    tap.ok(True, 'the next session works')

    # --- The host goes while a document is sent that nobody waits for ---
    open_by_ins(app, 'simple')
    app.see('label', 'Biologie clé')
    subprocess.check_call([PROGRAM, str(pdf)])
    app.see('label', 'consultation.pdf')
    app.press('Convertir en PDF/A')
    app.press('Envoyer quand même')
    tap.ok(True, 'the same file, converted, is known to be in the record already')
    app.write('Titre', 'Consultation perdue')
    app.press('Aujourd’hui')
    place.host.send_signal(signal.SIGSTOP)
    app.act('win.submit')
    app.see('push button', 'Annuler (Échap)')
    app.act('win.show-summary')
    app.see('label', 'Biologie clé')
    wait('the sending', lambda: not app.shown('push button', 'Annuler (Échap)'))
    time.sleep(1)
    place.host.kill()
    wait('the outcome', lambda: any(word.startswith('Pas encore enregistré') for word in app.words()))
    tap.ok(True, 'who does something else meanwhile learns that it is not in the record yet')
    app.act('win.close-record')

    # --- The host is down ---
    place.stop_host()
    open_by_ins(app, 'simple')
    app.see('push button', 'Réessayer (F5)')
    tap.ok(True, 'a host that is down is said, with what to do')
    picture('14a-panne')
    app.act('win.lock')
    app.see('label', 'Code porteur')
    tap.ok(True, 'locking asks for the code again')
    app.close()
    window.wait(20)
except Exception as problem:  # noqa: BLE001: said, with what is on the screen
    picture('stopped')
    tap.ok(False, 'the journey goes on: %s' % problem, 'exit status %s\n%s' % (window.poll(), app.describe() if app else 'no window'))
finally:
    if window.poll() is None:
        window.kill()
        window.wait()
    place.close()
sys.exit(tap.end())
