"""A doctor writes a vaccination note, a new medical synthesis in the place of the last one, and a
discharge letter, without a mouse: signs in, opens the patient, looks codes up, sends; the note is
refused at first. They stand in the list once, say what was typed, and the judge finds no error in them. Then a draft
goes with the lock. (desk.py)
"""

import stage
from desk import Desk
from robot import App, Keys, wait

IDLE = int(25 * max(1, stage.PATIENCE))  # seconds: within the minute of warning, so the word comes with the draft
RESISTANT = 'Recherche de microorganismes multi-résistants ou émergents effectuée'
COLON = '\u00a0: '


def sign_in(app, keys):
    app.see('label', 'Dr Claire LEROY')
    keys.type('1234', 'Return')
    app.see('label', 'Où exercez-vous maintenant\u202f?')
    keys.key('Return')
    app.see('label', 'Sans carte Vitale')


def open_record(app, keys):
    app.see('label', 'MARTIN Paul')
    keys.to('MARTIN Paul')
    keys.key('Return')
    app.see('label', 'Biologie clé')
    app.see('label', 'Hypertension artérielle essentielle')


def start(app, keys, kind, beside='Tab'):
    """Ctrl+R, and the kind of document; `beside` leads to it from the one in view."""
    keys.key('ctrl+r')
    app.see('push button', kind)
    keys.to(kind, beside)
    keys.key('space')


def add(keys, section):
    """Opens the form of a new line. Returns its keys"""
    keys.to('Ajouter' + COLON + section, 'F6')
    keys.key('space')
    return dialog(section)


def dialog(section):
    form = Keys(section)
    form.app.see('push button', 'Valider la ligne')
    return form


def save(form, said, app):
    """Closes a form; its line stands in the list."""
    form.to('Valider la ligne')
    form.key('space')
    wait('the line ' + said, lambda: any(said in word for word in app.words()))


def choose(form, field, row):
    """One of a short list; `row` counts from its empty line."""
    form.to(field)
    form.key('space', *['Down'] * row, 'Return')


def look_up(form, field, words, code):
    """A code by words: Enter takes the first that is proposed."""
    form.to(field)
    form.type(words)
    wait('proposals', lambda: any(role == 'list item' for role, name in form.app.seen()))
    form.key('Return')
    form.app.see('label', 'Codé' + COLON + code)


def send(app, keys, kind, shot):
    """Ctrl+Enter twice: into the form that sends, and away."""
    app.see('status bar', 'Prêt à être envoyé')
    keys.key('ctrl+Return')
    app.see('label', 'Qui pourra le lire')
    wait('all in order', lambda: 'win.submit' in app.actions())
    desk.picture('10-rediger-' + shot)
    keys.key('ctrl+Return')
    app.see('push button', 'Rédiger un document')


def vaccination(app, keys):
    start(app, keys, 'Note de vaccination')
    app.see('label', 'À remplir')
    tap.ok('win.write-send' not in app.actions(), 'an empty note cannot be sent')
    form = add(keys, 'Vaccination')
    form.to('Valider la ligne')
    form.key('space')
    wait('the word', lambda: any(name == 'Il manque «\u00a0Date\u00a0».' for role, name in form.app.seen()))
    tap.ok(form.focus() == 'Date', 'what is missing is said beside its field, which has the focus', form.focus())
    form.type('12/01/2026')
    look_up(form, 'Vaccin', 'boostrix', 'CIS 62404793')
    form.key('Tab')
    form.type('AC37B094')
    choose(form, 'Acte', 1)
    form.key('Tab')
    form.type('4')
    desk.picture('10-rediger-vaccin')
    save(form, 'BOOSTRIXTETRA', app)
    app.act('win.write-preview')
    app.see('push button', 'Revenir à la saisie')
    wait('the lot', lambda: any('AC37B094' in name for role, name in app.seen()))
    tap.ok(True, 'the preview shows the note as its readers will')
    desk.picture('10-rediger-apercu')
    keys.key('Escape')
    desk.set_closed(1)
    send(app, keys, 'Note de vaccination', 'envoi')
    refused(app, 'Note de vaccination', 'BOOSTRIXTETRA')
    send(app, keys, 'Note de vaccination', 'envoi-corrige')


def refused(app, kind, words):
    """What is on its way is in no editor; refused, it comes back as it was."""
    app.act('win.write')
    app.see('label', 'À remplir')
    tap.ok('win.write-send' not in app.actions() and not any(words in word for word in app.words()),
           'what is on its way cannot be sent a second time')
    wait('the refusal', lambda: any('Pas encore enregistré' in word for word in app.words()), 20)
    desk.set_closed(0)
    app.act('win.show-outbox')
    app.press('Corriger · ' + kind)
    app.see('label', 'Qui pourra le lire')
    app.act('win.back')
    wait('the note', lambda: any(words in word for word in app.words()))
    tap.ok('win.write-send' in app.actions(), 'refused, it is in its editor again, as it was')
    desk.picture('10-rediger-corriger')


def synthesis(app, keys):
    start(app, keys, 'Volet de synthèse médicale', 'shift+Tab')
    app.see('push button', 'Reprendre')
    keys.to('Reprendre')
    desk.picture('10-rediger-vsm')
    keys.key('space')
    app.see('label', 'Repris' + COLON + 'chaque ligne est à confirmer.')
    tap.ok('win.write-send' not in app.actions(), 'nothing of the version before goes unread')
    while any(name.startswith(('Confirmer ', 'Tout confirmer')) for role, name in app.seen()):
        line = next(name for role, name in app.seen() if name.startswith(('Confirmer ', 'Tout confirmer')))
        keys.to(line)
        keys.key('space')
        wait('its confirmation', lambda: not app.shown('push button', line))
    keys.to('Ajouter' + COLON + 'Allergies et hypersensibilités', 'F6')
    keys.to('Non renseigné')
    keys.key('Right')
    wait('the absence', lambda: keys.focus() == 'Aucune allergie connue')
    tap.ok(True, 'an absence is said anew, with an arrow')
    form = add(keys, 'Pathologies en cours')
    look_up(form, 'Problème', 'diabete de type 2 sans', 'CIM-10 E11.9')
    form.key('Tab')
    form.type('03/2026')
    desk.picture('10-rediger-ligne')
    save(form, 'E11.9', app)
    desk.picture('10-rediger-vsm-complet')
    send(app, keys, 'Volet de synthèse médicale', 'envoi-vsm')


def letter(app, keys):
    start(app, keys, 'Lettre de liaison à la sortie')
    app.see('label', 'Motif de l’hospitalisation')
    stay = 'Synthèse médicale du séjour'
    for section, question, answer, day in (('Statut du document', 'Statut du document', 3, None),
                                           (stay, "Modalité d'entrée", 1, '05/01/2026'),
                                           (stay, 'Modalité de sortie', 1, '12/01/2026'),
                                           (stay, 'Synthèse médicale', 'Insuffisance cardiaque.', None),
                                           (stay, RESISTANT, 2, None),
                                           (stay, 'Transfusion de produits sanguins', 2, None),
                                           (stay, 'Administration de dérivés du sang', 2, None)):
        keys.to(question)
        keys.key('Return')
        form = dialog(section)
        tap.ok(form.focus() == 'Réponse', 'its form goes to the answer', form.focus()) if answer == 3 else None
        form.type(answer) if isinstance(answer, str) else choose(form, 'Réponse', answer)
        if day:
            form.key('Tab')
            form.type(day)
        save(form, question, app)
    form = add(keys, 'Motif de l’hospitalisation')
    form.type('Chute sans perte de connaissance')
    save(form, 'Chute sans perte de connaissance', app)
    form = add(keys, 'Traitements à la sortie')
    look_up(form, 'Médicament', 'amlodipine almus 5', 'CIS 62042102')
    form.key('Tab')
    form.type('1 le matin')
    save(form, '1 le matin', app)
    desk.picture('10-rediger-lettre')
    send(app, keys, 'Lettre de liaison à la sortie', 'envoi-lettre')


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


def judge(documents):
    wrong = stage.judge_documents(documents)
    if wrong is None:
        tap.skip('the judge finds no error in them', 'no validate-cda here')
    else:
        tap.ok(not wrong, 'the judge finds no error in them', wrong)


def fetch(unique_id):
    """The document as the host has it, and its facts."""
    folder = place.dir / unique_id
    folder.mkdir()
    place.dmp('get', unique_id, '-o', str(folder), record='simple')
    path = next(folder.glob('*.xml'))
    return path, place.dmp('cda', 'facts', '--json', str(path)).json['facts']


def details(fact):
    return {detail['role']: detail['text'] for detail in fact['details']}


with Desk('write', ['simple']) as desk:
    tap, place = desk.tap, desk.place

    # --- Three documents, without a mouse ---
    app, keys = desk.launch(), Keys('Caducée')
    sign_in(app, keys)
    open_record(app, keys)
    vaccination(app, keys)
    synthesis(app, keys)
    letter(app, keys)
    # the last can be taken back for five seconds; then all three stand in the list
    for kind in ('BOOSTRIXTETRA', 'Lettre de liaison à la sortie'):
        wait(kind, lambda: any(kind in word for word in app.words()), 30)
    desk.picture('10-rediger-liste')
    keys.key('ctrl+q')
    desk.window.wait(20)
    tap.ok(True, 'they are sent and stand in the list; no draft is left to ask about')

    # --- What arrived ---
    known = {document['unique_id']: document for document in place.documents('simple')}
    listed = place.dmp('list', '--json', '--status', 'all', record='simple').json['documents']
    new = {document['type']['code']: document for document in listed if document['unique_id'] not in known}
    tap.same(sorted(new), ['11490-0', '87273-9', 'SYNTH'], 'the host holds each of them once')
    old = [document for document in listed if document['type']['code'] == 'SYNTH' and document['unique_id'] in known]
    tap.same([document['status'] for document in old] + [new['SYNTH']['status']], ['deprecated', 'approved'],
             'the new synthesis has taken the place of the last')
    fetched = {code: fetch(document['unique_id']) for code, document in new.items()}
    vaccine = next(fact for fact in fetched['87273-9'][1] if fact['kind'] == 'vaccine')
    tap.same([vaccine['keys'][0]['code'], vaccine['date'], details(vaccine).get('lot'), details(vaccine).get('rank')],
             ['62404793', '20260112', 'AC37B094', '4'], 'the note says what was typed')
    before = fetch(old[0]['unique_id'])[1]
    problems = {fact['keys'][0]['code'] for fact in fetched['SYNTH'][1] if fact['kind'] == 'problem'}
    tap.same(problems, {fact['keys'][0]['code'] for fact in before if fact['kind'] == 'problem'} | {'E11.9'},
             'the synthesis says what the last one said, and what was added')
    tap.ok(any(fact['kind'] == 'allergy' and fact.get('absent') for fact in fetched['SYNTH'][1]), 'and that no allergy is known')
    said = {fact['kind'] for fact in fetched['11490-0'][1]}
    tap.ok({'treatment', 'finding'} <= said, 'the letter says its answers and its treatment', said)
    judge(path for path, facts in fetched.values())

    # --- Who signed it ---
    config = desk.config(IDLE)
    config.write_text(config.read_text() + '[signature]\nca=%s\n' % (stage.PKI / 'trust-clients.pem'))
    app, keys = desk.launch(config), Keys('Caducée')
    sign_in(app, keys)
    open_record(app, keys)
    keys.key('F7')
    wait('the list', lambda: 'win.separate' in app.actions())
    keys.key('Return')
    wait('the signature', lambda: any(word.startswith('Signé par LEROY Claire le') for word in app.words()))
    tap.ok(True, 'the reader says who signed what was sent')
    desk.picture('10-rediger-signature')
    keys.key('Escape')
    wait('the list', lambda: 'win.separate' in app.actions())
    keys.key('F7')
    app.see('push button', 'Chronologie')
    keys.key('F7')

    # --- A draft and the lock ---
    keys.key('ctrl+r')
    form = add(keys, 'Points de vigilance')
    form.type('Ne supporte pas le bruit')
    save(form, 'Ne supporte pas le bruit', app)
    keys.key('Escape')
    app.see('label', 'Biologie clé')
    app.act('win.close-record')
    question().click('label', 'Garder le brouillon')
    keys.key('ctrl+r')
    app.see('label', 'Ne supporte pas le bruit')
    tap.ok(True, 'closing the record asks first, and the draft is kept')
    wait('the word', lambda: any('le brouillon sera perdu' in word for word in app.words()), 30)
    tap.ok(True, 'before an idle window locks, it says that the draft will go')
    wait('the lock', lambda: app.shown('label', 'Code porteur'), 3 * IDLE)
    left = [name for role, name in app.everything() if 'bruit' in name]
    tap.same(left, [], 'and with the lock no widget holds it any more')
    desk.close()
desk.leave()
