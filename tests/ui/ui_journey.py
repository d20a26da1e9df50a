"""The doctor's work in the window: card in, code, place, patient, consent, summary, source, list,
document, sending, card pulled, and in again. Real pcscd, virtual cards, the reference host. (desk.py)
"""
import signal
import time

from desk import Desk
from robot import App, wait

with Desk('journey', ['chronic', 'simple', 'unauthorised', 'denied', 'closed', 'empty']) as desk:
    tap, place = desk.tap, desk.place
    app = desk.launch()

    # --- The card and its code ---
    app.see('label', 'Dr Claire LEROY')
    tap.ok(app.shown('label', '3 essais restants') is not None, 'the card names its holder and its tries before the code')
    desk.picture('02-code')
    desk.enter_code('0000')
    app.see('label', '2 essais restants')
    tap.ok(True, 'a wrong code is said, with the tries that are left')
    field = app.see('password text', 'Code porteur')
    tap.same(field.get_character_count(), 0, 'and the field is empty at once')
    desk.picture('02-code-faux')
    desk.enter_code('1234')

    # --- The place of practice ---
    app.see('label', 'Où exercez-vous maintenant ?')
    tap.ok(app.shown('label', 'Cabinet du Dr LEROY') is not None, 'the right one asks for the place')
    desk.picture('02d-situation')
    desk.choose_place()

    # --- The patient ---
    app.see('label', 'MARTIN Jeanne')
    tap.ok(True, 'the Vitale names its people')
    desk.picture('03-patient')

    # --- Access refused, then given ---
    desk.ask_for('unauthorised')
    app.see('label', 'Vous n’avez pas encore accès à ce DMP')
    tap.ok(True, 'a record without authorisation asks for the patient’s word')
    desk.picture('04a-acces-refuse')
    app.act('win.authorise')
    app.see('push button', 'Envoyer un document')
    tap.ok(True, 'with it the record opens')
    app.act('win.close-record')
    desk.ask_for('closed')
    app.see('label', 'Ce DMP est fermé')
    tap.ok(True, 'a closed record says so')
    app.act('win.refuse')

    # --- Blocked by the patient, opened in an emergency ---
    desk.ask_for('denied')
    app.see('label', 'L’accès à ce DMP vous est refusé')
    tap.ok(True, 'a patient’s refusal is said')
    desk.picture('04a-bloque')
    app.act('win.break-glass')
    dialog = App.dialog('caducee', 'Accéder en urgence')
    dialog.see('push button', 'Accéder en urgence (tracé)')
    desk.picture('04b-bris-de-glace')
    dialog.write('Précisions', 'Malaise avec perte de connaissance')
    dialog.press('Accéder en urgence (tracé)')
    app.see('push button', 'Terminer l’accès')
    app.see('label', 'Biologie clé')
    tap.ok(any(word.startswith('Bris de glace') for word in app.words()), 'an emergency access stays on the screen')
    desk.picture('04c-bris-de-glace-actif')
    app.act('win.close-record')

    # --- The summary ---
    app.see('label', 'Sans carte Vitale')
    app.act('win.read-vitale')
    desk.open_record('chronic')
    wait('the whole record', lambda: any(' documents lus' in w and '/ 150' in w and not w.startswith('0 /')
                                         for w in app.words()), 120)
    wait('the end of reading', lambda: app.shown('label', 'Pénicilline'), 120)
    tap.ok(app.shown('label', 'Pénicilline') is not None, 'the summary shows the allergy')
    tap.ok('MARTIN' not in (app.window.get_name() or ''), 'the window’s title names nobody')
    desk.picture('05-resume')
    app.act('win.completeness')
    app.see('label', 'Complétude du résumé')
    desk.picture('05b-completude')
    app.act('win.completeness')

    # --- One line, its source ---
    app.key('2')
    app.act('win.open-source')
    app.see('label', 'Même patient : INS et traits')
    tap.ok(True, 'a line opens its source')
    desk.picture('07-document')
    app.act('win.back')
    app.see('label', 'Biologie clé')
    tap.ok(True, 'and back leads to the summary')

    # --- The list ---
    app.act('win.show-documents')
    app.see('label', 'Titre (d’après le contenu)')
    wait('a preview', lambda: app.shown('push button', 'Ouvrir'))
    tap.ok(wait('the formats', lambda: app.shown('label', '2 formats')),
           'a report and its PDF are one line of the list')
    desk.picture('06-documents')
    app.act('win.open-document')
    app.see('label', 'Détails')
    tap.ok(True, 'a document opens from the list')
    app.act('win.next-document')
    desk.picture('07-document-suivant')
    app.act('win.back')
    app.act('win.close-record')

    # --- Sending a PDF ---
    desk.open_record('simple')
    pdf = desk.pdf('consultation.pdf')
    desk.offer(pdf)
    app.see('label', 'consultation.pdf')
    app.press('Convertir en PDF/A')
    app.see('label', 'conforme, converti')
    tap.ok(True, 'a PDF that is no PDF/A is converted by its button')
    app.write('Titre', 'Consultation du jour')
    app.see('label', 'Il manque la date de l’acte.')
    desk.picture('09a-envoyer')
    app.press('Aujourd’hui')
    app.act('win.submit')
    app.see('label', 'Consultation du jour')
    tap.ok(True, 'a PDF is sent and stands in the list')
    desk.picture('06-envoye')

    # --- The card is pulled ---
    desk.cards('pull', 'cps')
    app.see('label', 'Session terminée\u00a0: carte retirée')
    tap.ok(True, 'without the card the screen is blank')
    desk.picture('11-verrou')
    wait('an empty window', lambda: not any('Consultation du jour' in word for word in app.words()))
    left = [name for role, name in app.everything() if 'MARTIN' in name]
    tap.same(left, [], 'and no widget names the patient any more')
    desk.cards('insert', 'cps')
    desk.sign_in()
    tap.ok(True, 'the next session works')

    # --- The host goes while a document is sent that nobody waits for ---
    desk.open_record('simple')
    desk.offer(pdf)
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
    desk.ask_for('simple')
    app.see('push button', 'Réessayer (F5)')
    tap.ok(True, 'a host that is down is said, with what to do')
    desk.picture('14a-panne')
    app.act('win.lock')
    app.see('label', 'Code porteur')
    tap.ok(True, 'locking asks for the code again')
    desk.close()
desk.leave()
