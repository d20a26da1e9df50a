"""The signature of a submission: made by the card, once, and held against other people's tools."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import costs
import stage
import trouble
import xades

RIM = '{urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0}'
XDSB = '{urn:ihe:iti:xds-b:2007}'
UNIQUE = 'urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab'
SIGNATURE_CLASS = 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1'
tap = stage.Tap()
recorded = Path(tempfile.mkdtemp(prefix='recorded.', dir=os.environ['READER_DIR']))
place = stage.Stage('gp', ['simple'], host_options=['--record', str(recorded)])
trouble.private_home(place)
JUDGE = Path(os.environ.get('DMP_SHARED', '/nonexistent')) / 'testdata/tools/validate-soap'
plain = place.write_config('unsigned.ini')
plain.write_text(plain.read_text() + '[signature]\nsubmissions=0\n')

letter = place.dir / 'lettre.txt'
letter.write_text('Cher confrère,\nmerci de voir ce patient.\n')
pdf = place.dir / 'compte-rendu.pdf'
subprocess.check_call([str(stage.SOURCE / 'tests/records/make-pdf'), '--out', str(pdf)])


def attachments(path):
    """The parts of a recorded request by Content-ID, the envelope under ''."""
    head, _, body = path.read_bytes().partition(b'\r\n\r\n')
    boundary = re.search(rb'boundary="?([^";\r\n]+)', head).group(1)
    found = {}
    for number, piece in enumerate((b'\r\n' + body).split(b'\r\n--' + boundary)[1:-1]):
        fields, _, content = piece.partition(b'\r\n\r\n')
        name = re.search(rb'content-id: <([^>]*)>', fields, re.I).group(1).decode()
        found['' if number == 0 else name] = content
    return found


def last_feed():
    """What was sent last: the envelope, {unique id: file}, the file of the signature."""
    parts = attachments(sorted(recorded.glob('*-TD2.1-request.http'))[-1])
    envelope = parts['']
    tree, files, signature = ET.fromstring(envelope), {}, None
    entries = {e.get('id'): e for e in tree.iter(RIM + 'ExtrinsicObject')}
    for number, document in enumerate(tree.iter(XDSB + 'Document')):
        entry = entries[document.get('id')]
        unique = next(e.get('value') for e in entry.iter(RIM + 'ExternalIdentifier') if e.get('identificationScheme') == UNIQUE)
        codes = {c.get('nodeRepresentation') for c in entry.iter(RIM + 'Classification')}
        path = place.dir / ('sent-%d.xml' % number)
        path.write_bytes(parts[document[0].get('href').removeprefix('cid:').replace('%40', '@')])
        if SIGNATURE_CLASS in codes:
            signature = path
        else:
            files['urn:oid:' + unique] = path
    return envelope, files, signature


# --- One letter, and what it costs ---
place.dmp('status', '--json', record='simple')  # the card is known from now on
without = costs.Cost(place, 'send', str(letter), '--type', '11488-4', '--title', 'Sans', *stage.AGAIN, record='simple', config=plain)
cost = costs.Cost(place, 'send', str(letter), '--type', '11488-4', '--title', 'Avec', *stage.AGAIN, record='simple')
tap.ok(without.answer.status == 0 and without.answer.json['signature'] is None, 'without a signature when the settings say so',
       without.answer)
tap.ok(cost.answer.status == 0 and cost.answer.json.get('signature'), 'signed unless they do', cost.answer)
tap.same((cost.card.signatures - without.card.signatures, cost.card.pins), (1, 1), 'one signature of the card, no second code')
tap.same(cost.card.commands - without.card.commands, 4, 'four commands to the card more')

# --- Two documents at once ---
cost = costs.Cost(place, 'send', str(letter), str(pdf), '--type', '11488-4', *stage.AGAIN, record='simple')
tap.same((cost.answer.status, len(cost.answer.json.get('documents', []))), (0, 2), 'two documents at once')
tap.same(cost.card.signatures - without.card.signatures, 1, 'still one signature')
envelope, files, path = last_feed()
signature = xades.Signature(path)
tap.same(set(signature.references), {'urn:oid:' + cost.answer.json['submission_set'], *files},
         'it names the set and each document, nothing else')
tap.same(signature.references['urn:oid:' + cost.answer.json['submission_set']], 'AA==', 'the set without a digest')
tap.ok(len(files) == 2 and all(signature.fits(uri, file) for uri, file in files.items()),
       'the digests are those of the canonical documents, says xmllint')
tap.ok('899700000017' in signature.subject() and signature.names_its_certificate(), 'the certificate is the holder’s, and signed too')
tap.same(signature.purpose, '1.2.840.10065.1.12.1.14', 'signed as who sends')
empty = place.dir / 'set.bin'
empty.write_bytes(b'')
good, manifest, said = xades.xmlsec(path, stage.PKI, {**files, 'urn:oid:' + cost.answer.json['submission_set']: empty})
tap.ok(good, 'xmlsec1 accepts it', said)
tap.same(manifest, (2, 3), 'and the digests of the documents, the set having none')
text = path.read_bytes()
path.write_bytes(text.replace(b'SigningTime>20', b'SigningTime>19'))
tap.ok(not xades.xmlsec(path, stage.PKI, {})[0], 'another time of signing: not any more')
path.write_bytes(text)
tap.ok(len(re.findall(rb'AssociationType:signs"', envelope)) == 1, 'one association says what it signs')
if JUDGE.is_file():
    these = [str(path), *map(str, sorted(recorded.glob('*-TD2.1-request.http')))]
    run = subprocess.run([str(JUDGE), '-q', *these], capture_output=True, text=True)
    tap.ok(run.returncode == 0, 'the schemas of XAdES and of every request', run.stdout + run.stderr)
else:
    tap.skip('the schemas of XAdES and of every request', 'no validators beside the checkout')

# --- Read back: by whom, verified here ---
trusting = place.write_config('trusting.ini')
trusting.write_text(trusting.read_text() + '[signature]\nca=%s\n' % (stage.PKI / 'trust-clients.pem'))
strangers = place.write_config('strangers.ini')
strangers.write_text(strangers.read_text() + '[signature]\nca=%s\n' % (stage.PKI / 'trust-server.pem'))
ours = [d['unique_id'] for d in cost.answer.json['documents']]
unsigned = without.answer.json['documents'][0]['unique_id']
others = next(d['unique_id'] for d in place.documents('simple') if d['status'] == 'approved')


def signatures(*uids, config=trusting, **options):
    return [d['signature'] for d in place.dmp('get', *uids, '-o', str(place.dir), '--json', record='simple', config=config, **options).json['documents']]


read = costs.Cost(place, 'get', *ours, unsigned, others, '-o', str(place.dir), record='simple', config=trusting)
facts = [d['signature'] for d in read.answer.json.get('documents', [])]
tap.same([f['state'] for f in facts], ['valid', 'valid', 'none', 'none'], 'signed, signed, not signed, not signed')
tap.same([(f['by'], f['name'], f['document']) for f in facts[:2]], [('899700000017', 'LEROY Claire', cost.answer.json['signature'])] * 2,
         'by the holder of the card, in one signature')
tap.ok('Signé par LEROY Claire le' in facts[0]['message'] and facts[0]['time'] == signature.time, 'and when', facts[0])
tap.same(read.by_transaction(), {'TD0.2': 1, 'TD3.1': 3, 'TD3.2': 5}, 'three requests more for all of them')
tap.same([(f['state'], f['by']) for f in signatures(ours[0], config=place.config)], [('untrusted', '899700000017')],
         'without authorities in the settings nobody vouches for it')
tap.same([f['state'] for f in signatures(ours[0], config=strangers)], ['untrusted'], 'nor do others')
hidden = place.dmp('list', '--status', 'all', '--json', record='simple').json['documents']
tap.ok(cost.answer.json['signature'] not in [d['unique_id'] for d in hidden], 'the signature is no document of the list')
trouble.cards('swap', 'ward')
ward = place.write_config('ward.ini', place=stage.PLACES['ward'])
place.dmp('authorise', '--json', record='simple', config=ward)
tap.same([f['state'] for f in signatures(ours[0], config=ward)], ['none'], 'another professional does not see who signed')
trouble.cards('swap', 'gp')

# --- A host that wants it ---
place.stop_host()
place.start_host(['--require-signature'])
place.write_config()
plain = place.write_config('unsigned.ini')
plain.write_text(plain.read_text() + '[signature]\nsubmissions=0\n')
answer = place.dmp('send', str(letter), '--type', '11488-4', '--title', 'Sans', '--json', *stage.AGAIN, record='simple', config=plain)
trouble.refused(tap, answer, 14, 'fault', 'n’a pas été enregistré', 'unsigned, where a card must sign')
tap.ok('Signature du lot : absente' in answer.err, 'and the host says why')
answer = place.dmp('send', str(letter), '--type', '11488-4', '--title', 'Avec', '--json', *stage.AGAIN, record='simple')
tap.same(answer.status, 0, 'signed there')

place.close()
sys.exit(tap.end())
