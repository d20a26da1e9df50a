"""The receipt of a submission: kept, shown, signed by the card, verified by others."""
import hashlib
import json
import re
import subprocess
import sys

import costs
import cutter
import stage
import trouble
import xades

tap = stage.Tap()
place = stage.Stage('gp', ['simple'])
trouble.private_home(place)
with open(place.config, 'a') as settings:
    settings.write('[signature]\nca=%s\n' % (stage.PKI / 'trust-clients.pem'))
letter = place.dir / 'lettre.txt'
letter.write_text('Cher confrère,\nmerci de voir ce patient.\n')


def send(title, config=None):
    return place.dmp('send', str(letter), '--type', '11488-4', '--title', title, '--json', *stage.AGAIN, record='simple', config=config)


def receipt(*words, config=None):
    """Without a card: no PIN is given."""
    run = subprocess.run([str(stage.BUILD / 'src/cli/dmp'), 'receipt', *map(str, words), '--json', '--config', str(config or place.config)],
                         capture_output=True)
    return stage.Answer(run)


def kept():
    return receipt('list').json['receipts']


def xmlsec(path):
    run = subprocess.run(
        [xades.XMLSEC, '--verify', '--id-attr:Id', 'urn:caducee:receipt:1:receipt', '--enabled-key-data', 'x509', '--trusted-pem',
         str(stage.PKI / 'authorities/root.pem'), '--untrusted-pem', str(stage.PKI / 'authorities/persons.pem'), str(path)],
        capture_output=True, text=True)
    return run.returncode == 0


# --- Kept ---
tap.same(kept(), [], 'no receipt before anything is sent')
sent = send('Courrier secret').json
mine = kept()
tap.same([(r['submission_set'], r['professional']) for r in mine], [(sent['submission_set'], '899700000017')], 'one afterwards')
answer = receipt('show', sent['submission_set'])
facts = answer.json
documents = {d['unique_id']: d for d in facts.get('documents', [])}
tap.same({uid: d['signature'] for uid, d in documents.items()},
         {sent['documents'][0]['unique_id']: False, sent['signature']: True}, 'it names the document and its signature')
there = {d['unique_id']: d for d in place.dmp('list', '--json', record='simple').json['documents']}
uid = sent['documents'][0]['unique_id']
tap.same((documents[uid]['sha1'], documents[uid]['size']), (there[uid]['hash'].lower(), there[uid]['size']),
         'with the hash and size that the host tells')
place.dmp('get', uid, '-o', str(place.dir), record='simple')
tap.same(documents[uid]['sha256'], hashlib.sha256((place.dir / (uid + '.xml')).read_bytes()).hexdigest(), 'and its SHA-256')
tap.same((facts['professional'], facts['name'], facts['place'], facts['host'], facts['answer_to'], facts['answer'].rsplit(':', 1)[1]),
         ('899700000017', 'LEROY Claire', '499700000017001', place.url, 'TD2.1', 'Success'), 'who, where, which host, what it said')
tap.ok(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', facts['acknowledged']), 'and when', facts['acknowledged'])

# --- Signed ---
plain, signed = place.dir / 'plain.xml', place.dir / 'signed.xml'
tap.same(receipt('show', sent['submission_set'], '-o', plain).status, 0, 'written without a card')
cost = costs.Cost(place, 'receipt', 'show', sent['submission_set'], '--sign', '-o', str(signed))
tap.ok(cost.answer.status == 0 and cost.answer.json['signed_at'], 'signed', cost.answer)
tap.same((cost.card.signatures, cost.card.tls, cost.trips), (1, 0, []), 'one signature of the card, and the host is not asked')
tap.same(oct(signed.stat().st_mode & 0o777), '0o600', 'written for its owner')
tap.ok(xmlsec(signed), 'xmlsec1 accepts it')
answer = receipt('verify', signed)
tap.same((answer.status, answer.json.get('valid'), answer.json.get('documents')), (0, True, facts['documents']), 'so do we, without a card')
text = signed.read_text()
patient = json.loads((place.records / 'simple/patient.json').read_text())
words = [patient['ins'], patient['birth_family'], patient['given'], patient['birth_date'], 'secret', '11488', 'Cher']
tap.same([w for w in words if w in text or w in plain.read_text()], [], 'nothing of the patient, the title or the contents')

# --- Not to be believed ---
for name, old, new in (('hash', documents[uid]['sha256'], '0' * 64), ('sender', 'id="899700000017"', 'id="899700000025"'),
                       ('host', place.url, 'https://other.invalid'), ('time', 'at="20', 'at="19'), ('answer', 'Success', 'Failure')):
    bent = place.dir / 'bent.xml'
    bent.write_text(text.replace(old, new))
    trouble.refused(tap, receipt('verify', bent), 17, 'altered', 'Ne vous y fiez pas', 'another %s' % name)
    if xmlsec(bent):
        tap.ok(False, 'xmlsec1 sees it too')
trouble.refused(tap, receipt('verify', plain), 17, 'invalid-document', 'Demandez-en un signé', 'not signed')
trouble.refused(tap, receipt('verify', letter), 17, 'invalid-document', 'Vérifiez le fichier', 'no receipt')
bent.write_text(re.sub('<ds:Signature.*</ds:Signature>', '', text, flags=re.S))
trouble.refused(tap, receipt('verify', bent), 17, 'invalid-document', 'Demandez-en un signé', 'its signature taken out')
other = place.write_config('other.ini')
other.write_text(other.read_text() + '[signature]\nca=%s\n' % (stage.PKI / 'trust-server.pem'))
trouble.refused(tap, receipt('verify', signed, config=other), 15, 'signature', 'Ne vous y fiez pas', 'signed by nobody we know')
nobody = place.write_config('nobody.ini')
trouble.refused(tap, receipt('verify', signed, config=nobody), 2, 'invalid-config', 'réglages', 'no authority in the settings')
trouble.refused(tap, receipt('show', '1.2.3'), 14, 'not-found', 'dmp receipt list', 'a receipt that is not kept')
trouble.refused(tap, receipt('show', sent['submission_set'], '--sign'), 2, 'usage', '-o FICHIER', 'signed, but nowhere to go')
trouble.refused(tap, receipt('burn'), 2, 'usage', 'Il faut un mot', 'another word')

# --- Somebody else's card ---
trouble.cards('swap', 'ward')
ward = place.write_config('ward.ini', place=stage.PLACES['ward'])
answer = place.dmp('receipt', 'show', sent['submission_set'], '--sign', '-o', str(place.dir / 'no.xml'), '--json', config=ward)
trouble.refused(tap, answer, 13, 'forbidden', 'sans signature', 'another card does not sign it')
tap.ok(not (place.dir / 'no.xml').exists(), 'and nothing is written')
trouble.cards('swap', 'gp')

# --- When no answer came ---
port = int(re.search(r':(\d+)/', place.url).group(1))
proxy = cutter.Cutter(port)
cut = place.write_config('cut.ini', url=place.url.replace(str(port), str(proxy.port)))
proxy.arm(None, 0)
send('Mesure', cut)
proxy.arm('down', dict(proxy.counts)['down'] - 400)
lost = send('Perdu', cut)
proxy.direction = None
tap.same((lost.status, len(kept())), (18, 2), 'no receipt of what is in doubt')
tap.same(place.dmp('outbox', 'retry', '--json').status, 0, 'cleared up')
found = receipt('show', kept()[0]['submission_set']).json
tap.same((kept()[0]['label'], found['answer_to'], all(d['sha256'] for d in found['documents'])), ('Perdu', 'TD3.1', True),
         'then one that says how it was found out')
proxy.close()

# --- For a limited time, sealed ---
state = next(p for p in place.dir.rglob('outbox.db'))
raw = b''.join(p.read_bytes() for p in state.parent.iterdir())
tap.ok(b'Courrier secret' not in raw and uid.encode() not in raw and b'LEROY' not in raw, 'sealed on the disk')
none = place.write_config('none.ini')
none.write_text(none.read_text().replace('resend-delay=0', 'resend-delay=0\nreceipt-days=0'))
tap.same((send('Sans trace', none).status, kept()), (0, []), 'none is kept when the settings say so, and older ones go')

place.close()
sys.exit(tap.end())
