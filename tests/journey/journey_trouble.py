"""What goes wrong with codes, cards, readers, settings and identities, and how it is told."""
import json
import os
import subprocess
import sys

import stage
import trouble
from trouble import cards, refused

tap = stage.Tap()
place = stage.Stage('gp', ['simple'])
person = trouble.private_home(place)


def status(**options):
    return place.dmp('status', '--json', **{'record': 'simple', **options})


def tries():
    return place.dmp('card', '--json').json.get('tries_left')


# --- The code ---
tap.same(tries(), 3, 'three tries')
refused(tap, status(pin='12a4'), 11, 'pin-format', 'chiffres', 'letters are no code')
refused(tap, status(pin=''), 2, 'usage', 'code', 'an empty line is no code')
tap.same(tries(), 3, 'and no try is used')
refused(tap, status(pin='9999'), 11, 'wrong-pin', 'Saisissez|essai', 'a wrong code')
tap.same(tries(), 2, 'two tries left')
answer = place.dmp('status', record='simple', pin='9999')
trouble.refused_in_words(tap, answer, 11, 'essai', 'a wrong code again, told in words')
tap.same(tries(), 1, 'one try left')
refused(tap, status(), 11, 'last-try', 'Dernier essai|terminal', 'a program may not use the last try')
tap.same(tries(), 1, 'and has not')
cards('pull')
cards('insert')
tap.same(tries(), 1, 'taking the card out gives nothing back')
answer, shown = trouble.at_terminal(place, 'status', '--json', record='simple', typed=['8765'])
tap.ok('Dernier essai' in shown, 'a person is told before the last try', shown)
tap.ok('8765' not in shown, 'the code is not shown', shown)
refused(tap, answer, 11, 'blocked', 'PUK|déblocage', 'and the card is blocked')
refused(tap, status(), 11, 'blocked', 'PUK|déblocage', 'the right code does not help')
tap.same(tries(), 0, 'no try left')

refused(tap, place.dmp('pin', 'unblock', '--json', pin='00000000\n4321'), 11, 'wrong-puk', 'courrier',
        'a wrong PUK')
answer = place.dmp('pin', 'unblock', '--json', pin='12345678\n4321')
tap.same((answer.status, tries(), answer.json), (0, 3, {'pin': 'unblocked'}), 'the PUK unblocks the card')
refused(tap, status(pin='1234'), 11, 'wrong-pin', 'Saisissez|essai', 'the old code is gone')
tap.same(status(pin='4321').status, 0, 'the new code opens')
tap.same(tries(), 3, 'and gives the tries back')
refused(tap, place.dmp('pin', 'change', '--json', pin='1111\n5678'), 11, 'wrong-pin', 'Saisissez|essai',
        'no change without the present code')
refused(tap, place.dmp('pin', 'change', '--json', pin='4321\n56'), 11, 'pin-format', 'chiffres',
        'two digits are no code')
answer = place.dmp('pin', 'change', '--json', pin='4321\n1234')
tap.same((answer.status, answer.json), (0, {'pin': 'changed'}), 'the code is changed')
tap.same((status(pin='1234').status, tries()), (0, 3), 'and opens')
answer, shown = trouble.at_terminal(place, 'status', '--json', record='simple', typed=['1234'])
tap.ok(answer.status == 0 and '1234' not in shown, 'at a terminal too', repr(answer) + shown)

# --- The card ---
cards('pull')
refused(tap, status(), 10, 'wrong-card', 'Insérez votre carte CPS', 'only a Vitale')
refused(tap, place.dmp('card', '--json'), 10, 'wrong-card', 'Insérez votre carte CPS', 'said by dmp card too')
cards('pull', 'vitale')
refused(tap, status(), 10, 'no-card', 'Insérez votre carte', 'no card at all')
refused(tap, place.dmp('card', '--json'), 10, 'no-card', 'Insérez votre carte', 'said by dmp card too')
refused(tap, place.dmp('vitale', '--json'), 10, 'no-card', 'Insérez', 'and no Vitale')
answer = place.dmp('doctor', '--json')
bad = {c['check']: c['message'] for c in answer.json.get('checks', []) if not c['ok']}
tap.ok(answer.status == 10 and 'Insérez' in bad.get('card', ''), 'the doctor finds it', answer)
cards('insert')
refused(tap, place.dmp('status', '--json', '--vitale', '1'), 10, 'no-card', 'carte du patient',
        'a Vitale that is not there')
cards('insert', 'vitale')
refused(tap, place.dmp('status', '--json', '--vitale', '40'), 2, 'usage', 'bénéficiaire', 'a beneficiary that is not on it')
cards('swap', 'gp-expired')
refused(tap, status(), 10, 'expired', 'nouvelle carte', 'an expired card')
answer = place.dmp('doctor', '--json')
tap.ok(any(c['check'] == 'certificates' and not c['ok'] for c in answer.json.get('checks', [])),
       'the doctor finds it', answer)
cards('swap', 'gp-wrong-ca')
refused(tap, status(), 15, 'tls-client', 'certificat de votre carte.*informaticien', 'a card of unknown authorities')
cards('swap', 'gp-revoked')
refused(tap, status(), 15, 'tls-client', 'certificat de votre carte.*informaticien', 'a revoked card')
cards('swap', 'gp')
tap.same(status().status, 0, 'the right card again')

# --- The service of cards ---
cards('stop-pcscd')
refused(tap, status(), 10, 'no-service', 'Démarrez|support|informaticien', 'no pcscd')
refused(tap, place.dmp('card', '--json'), 10, 'no-service', 'Démarrez|support|informaticien', 'said by dmp card too')
cards('start-pcscd')
cards('await', 'present')
tap.same(status().status, 0, 'it is back')


def without_reader(*words):
    """dmp in a place of its own with a pcscd that has no reader."""
    inner = subprocess.run(
        [str(stage.SOURCE / 'tests/with-reader.sh'), '--no-reader', '--card', 'none', '--', str(stage.BUILD / 'src/cli/dmp'),
         *words, '--config', str(place.config)],
        capture_output=True, timeout=60, env={k: v for k, v in os.environ.items() if k != 'READER_DIR'})
    return stage.Answer(inner)


answer = without_reader('card', '--json')
if answer.status == 77:
    tap.skip('no reader', 'no namespaces within namespaces')
else:
    refused(tap, answer, 10, 'no-reader', 'branchement', 'no reader')

# --- The settings ---
for text, remedy, name in (
        ('no settings\n', 'Vérifiez|Corrigez', 'settings that are no settings'),
        ('[host]\nurl=http://127.0.0.1/\n', 'url.*Corrigez', 'an address without TLS'),
        ('[host]\nurl=%s\nresponse-timeout=soon\n' % place.url, 'response-timeout.*Corrigez', 'a number that is none'),
        ('[host]\nurl=%s\nca=/nowhere/ca.pem\n[card]\nplace=%s\n' % (place.url, place.place), 'autorités|réglages|configuration',
         'authorities that are not there'),
        ('[card]\nplace=%s\n' % place.place, 'adresse', 'no address')):
    path = place.dir / 'bad.ini'
    path.write_text(text)
    refused(tap, status(config=path), 2, 'invalid-config', remedy, name)
refused(tap, status(config=place.dir), 2, 'invalid-config', 'lus?|lisible|fichier', 'settings that cannot be read')
refused(tap, status(config=place.dir / 'none.ini'), 2, 'invalid-config', 'lus?|lisible|fichier|trouvé', 'settings that are not there')
config = place.write_config('no-place.ini', place='')
refused(tap, status(config=config), 2, 'usage', '--place', 'two places of practice and no choice')
refused(tap, place.dmp('status', '--json', '--place', '000', record='simple'), 2, 'usage', '--place', 'a place that is not on the card')
refused(tap, place.dmp('status', '--json', '--no-such-option', record='simple'), 2, 'usage', 'no-such-option.*--help', 'an unknown option')

# --- The patient ---
NOBODY = json.dumps({'ins': '2990199000001%02d' % (97 - 2990199000001 % 97), 'oid': '1.2.250.1.213.1.4.10'})
BAD_KEY = json.dumps({'ins': '2990199000001%02d' % (96 - 2990199000001 % 97), 'oid': '1.2.250.1.213.1.4.10'})


def for_patient(text):
    process, _ = place.dmp_process('status', '--json', record='simple')
    out, err = process.communicate(text.encode(), timeout=60)
    return stage.Answer(subprocess.CompletedProcess('status', process.returncode, out, err))


answer = for_patient(NOBODY)
tap.same((answer.status, answer.json.get('exists')), (12, False), 'an unknown patient: status says so')
process, _ = place.dmp_process('list', '--json', record='simple')
out, err = process.communicate(NOBODY.encode(), timeout=60)
refused(tap, stage.Answer(subprocess.CompletedProcess('list', process.returncode, out, err)), 12, 'no-record', 'DMP',
        'and list refuses')
refused(tap, for_patient(BAD_KEY), 2, 'invalid-ins', 'clé|Vérifiez', 'a number with a wrong key')
refused(tap, for_patient('no JSON'), 2, 'usage', 'JSON', 'an identity that is no JSON')
refused(tap, for_patient('{"family":"MARTIN"}'), 2, 'usage', 'ins', 'an identity without a number')
tap.same(tries(), 3, 'none of it used a try')

tap.same(trouble.kept(person), [], 'nothing was written at home')
place.close()
sys.exit(tap.end())
