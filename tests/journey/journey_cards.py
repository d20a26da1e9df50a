"""The other cards of the practice and the hospital: what each may do, and how a refusal is told."""
import sys
import tempfile
from pathlib import Path

import stage
import trouble
from trouble import cards, refused

tap = stage.Tap()
place = stage.Stage('ward', ['simple', 'chronic', 'expired', 'unauthorised'])
trouble.private_home(place)
letter = place.dir / 'lettre.txt'
letter.write_text('Surveillance du jour.\n')
PEOPLE = {
    'ward': ('CPS', '899700000025', 'PETIT', '10', 'SM04'),
    'pharmacist': ('CPS', '899700000033', 'NGUYEN', '21', None),
    'nurse': ('CPS', '899700000041', 'GARCIA', '60', None),
}


def ids(answer):
    return {d['unique_id'] for d in answer.json.get('documents', [])}


def visible(record):
    """What a professional sees who is neither author nor médecin traitant."""
    return {d['unique_id'] for d in place.documents(record)
            if d['status'] == 'approved' and 'MASQUE_PS' not in d['confidentiality']}


MASKED = next(d['unique_id'] for d in place.documents('chronic') if 'MASQUE_PS' in d['confidentiality'])

for card, (kind, national_id, family, profession, speciality) in PEOPLE.items():
    cards('swap', card)
    config = place.write_config('%s.ini' % card, place=stage.PLACES[card])

    def dmp(*words, record='chronic'):
        return place.dmp(*words, '--json', record=record, config=config)

    answer = place.dmp('card', '--json', config=config)
    known = answer.json
    tap.same((known.get('kind'), known.get('national_id'), known.get('family'), (known.get('profession') or {}).get('code')),
             (kind, national_id, family, profession), '%s: the card' % card)
    if speciality:
        tap.same((known.get('speciality') or {}).get('code'), speciality, '%s: its speciality' % card)

    # Not yet authorised; then with the patient's word.
    answer = dmp('status', record='unauthorised')
    tap.same((answer.status, answer.json.get('exists'), answer.json.get('authorisation'), answer.json.get('medecin_traitant')),
             (0, True, 'none', False), '%s: the record is there, but closed to them' % card)
    refused(tap, dmp('list', record='unauthorised'), 13, 'not-authorised', 'accord|autorise', '%s: the list is refused' % card)
    refused(tap, dmp('get', '1.2.3', '-o', str(place.dir), record='unauthorised'), 13, 'not-authorised', 'accord|autorise',
            '%s: and a document' % card)
    answer = dmp('list', '--mode', 'bris_de_glace', '--reason', 'Patient inconscient', record='unauthorised')
    tap.same((answer.status, ids(answer)), (0, visible('unauthorised')), '%s: bris de glace opens it' % card)
    answer = dmp('authorise', record='unauthorised')
    tap.same((answer.status, answer.json.get('authorisation')), (0, 'valid'), '%s: so does the patient’s word' % card)
    tap.same(ids(dmp('list', record='unauthorised')), visible('unauthorised'), '%s: all is listed' % card)
    answer = dmp('authorise', '--remove', record='unauthorised')
    tap.same((answer.status, answer.json.get('authorisation')), (0, 'none'), '%s: gives the access back' % card)
    refused(tap, dmp('list', record='unauthorised'), 13, 'not-authorised', 'accord|autorise', '%s: and has it no longer' % card)

    # A record that they follow.
    answer = dmp('list')
    tap.same((answer.status, ids(answer)), (0, visible('chronic')), '%s: all that is not masked is listed' % card)
    with tempfile.TemporaryDirectory() as folder:
        uid = sorted(visible('chronic'))[0]
        answer = dmp('get', uid, '-o', folder)
        tap.ok(answer.status == 0 and (Path(folder) / (uid + '.xml')).is_file(), '%s: a document is read' % card, answer)
        refused(tap, dmp('get', MASKED, '-o', folder), 14, 'not-found', 'accessible|accès',
                '%s: a masked one is not there for them' % card)
    answer = dmp('summary')
    tap.same((answer.status, answer.json.get('coverage', {}).get('listed')), (0, len(visible('chronic'))),
             '%s: the summary is of what they may read' % card)

    # One's own.
    answer = dmp('send', str(letter), '--type', '11488-4', '--title', 'De %s' % card, '--hide-from-professionals', record='simple')
    tap.same((answer.status, answer.json.get('state')), (0, 'acknowledged'), '%s: sends a letter, masked' % card)
    own = (answer.json.get('documents') or [{}])[0].get('unique_id')
    seen = ids(dmp('list', '--mode', 'centre_15', record='simple'))
    tap.ok(own in seen, '%s: seen in an emergency, the patient not being opposed' % card, seen)
    if card == 'pharmacist':
        tap.ok(own in ids(dmp('list', record='simple')), '%s: seen by its author otherwise' % card)

    # What is refused.
    refused(tap, dmp('list', '--mode', 'bris_de_glace', '--reason', 'Patient inconscient', record='expired'), 13, 'forbidden',
            'opposé', '%s: a patient who is opposed to bris de glace' % card)
    refused(tap, dmp('list', '--mode', 'centre_15', record='expired'), 13, 'forbidden', 'opposé',
            '%s: and to emergency access' % card)
    refused(tap, dmp('list', '--mode', 'bris_de_glace'), 2, 'usage', '--reason', '%s: bris de glace wants a reason' % card)
    answer = dmp('authorise', '--mode', 'bris_de_glace', '--reason', 'Patient inconscient', record='unauthorised')
    tap.same(answer.status, 13, '%s: no authorisation in an emergency' % card)

# --- The secretary's CPE ---
cards('swap', 'secretary')
config = place.write_config('secretary.ini', place=stage.PLACES['secretary'])


def secretary(*words, record='chronic'):
    return place.dmp(*words, '--json', record=record, config=config)


answer = place.dmp('card', '--json', config=config)
tap.same((answer.json.get('kind'), answer.json.get('national_id'), answer.json.get('profession')),
         ('CPE', '10B0770001/000000018', None), 'secretary: the card')
answer = secretary('status')
tap.same((answer.status, answer.json.get('exists')), (0, True), 'secretary: the record is there')
answer = secretary('authorise', record='unauthorised')
tap.same((answer.status, answer.json.get('authorisation')), (0, 'valid'), 'secretary: declares the structure authorised')
cards('swap', 'nurse')
answer = place.dmp('list', '--json', record='unauthorised', config=place.dir / 'nurse.ini')
tap.same((answer.status, ids(answer)), (0, visible('unauthorised')), 'and the nurse of the structure reads')
cards('swap', 'secretary')
refused(tap, secretary('list'), 13, 'forbidden', 'profil', 'secretary: may not read the list')
refused(tap, secretary('get', '1.2.3', '-o', str(place.dir)), 13, 'forbidden', 'profil', 'secretary: nor a document')
refused(tap, secretary('summary'), 13, 'forbidden', 'profil', 'secretary: nor a summary')
refused(tap, secretary('authorise', '--remove'), 13, 'forbidden', 'profil', 'secretary: may not renounce for others')
answer = secretary('send', str(letter), '--type', '11488-4', '--title', 'Du secrétariat')
tap.same((answer.status, answer.json.get('state')), (0, 'acknowledged'), 'secretary: sends a letter for the structure')

place.close()
sys.exit(tap.end())
