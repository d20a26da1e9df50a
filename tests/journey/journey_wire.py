"""Everything that travels, before its judges: the schemas of the protocol and the xmlsec1 tool."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import stage
import trouble

tap = stage.Tap()
recorded = Path(tempfile.mkdtemp(prefix='recorded.', dir=os.environ['READER_DIR']))
place = stage.Stage('gp', ['simple', 'chronic', 'unauthorised', 'closed', 'empty'], host_options=['--record', str(recorded)])
trouble.private_home(place)
JUDGE = Path(os.environ.get('DMP_SHARED', '/nonexistent')) / 'testdata/tools/validate-soap'
XMLSEC = os.environ.get('XMLSEC1') or 'xmlsec1'
NOBODY = '2990199000001%02d' % (97 - 2990199000001 % 97)

# --- What people do ---
letter = place.dir / 'lettre.txt'
letter.write_text('Cher confrère,\nmerci de voir ce patient.\n')
pdf = place.dir / 'compte-rendu.pdf'
subprocess.check_call([str(stage.SOURCE / 'tests/records/make-pdf'), '--out', str(pdf)])
place.dmp('status', '--json', record='simple')
place.dmp('status', '--json', record='closed')
process, _ = place.dmp_process('status', '--json', record='simple')
process.communicate(('{"ins":"%s","oid":"1.2.250.1.213.1.4.10"}' % NOBODY).encode(), timeout=60)
place.dmp('authorise', '--json', record='unauthorised')
place.dmp('authorise', '--json', '--medecin-traitant', record='unauthorised')
place.dmp('authorise', '--json', '--remove', record='unauthorised')
place.dmp('list', '--json', record='simple')
place.dmp('list', '--json', record='empty')
place.dmp('list', '--json', '--type', '11488-4', '--since', '2020-01-01', '--status', 'all', record='simple')
uids = [d['unique_id'] for d in place.documents('simple')]
place.dmp('get', *uids[:3], '-o', str(place.dir), '--json', record='simple')
place.dmp('send', str(letter), str(pdf), '--type', '11488-4', '--title', 'Deux <pièces> & un « titre »', '--json', record='simple')
sent = place.dmp('send', str(pdf), '--type', '11488-4', '--title', 'Version 1', '--json', *stage.AGAIN, record='simple')
uid = sent.json.get('documents', [{}])[0].get('unique_id', '')
place.dmp('send', str(pdf), '--type', '11488-4', '--title', 'Version 2', '--replace', uid, '--hide-from-professionals', '--json',
          *stage.AGAIN, record='simple')
place.dmp('summary', '--json', record='chronic')
place.dmp('list', '--json', '--mode', 'bris_de_glace', '--reason', 'Urgence vitale', record='unauthorised')
place.stop_host()

requests = sorted(recorded.glob('*-request.http'))
replies = sorted(recorded.glob('*-reply.http'))
kinds = {path.name.split('-')[1] for path in requests}
tap.same(kinds, {'TD0.2', 'TD0.3', 'TD3.1', 'TD3.2', 'TD2.1'}, 'every transaction has been seen')
tap.same(len(requests), len(replies), 'each request has its reply')
tap.same({oct(p.stat().st_mode & 0o777) for p in recorded.iterdir()}, {'0o600'}, 'what is kept is its owner’s alone')


def parts(path):
    """The envelope of a recorded message, taken out of its MIME parts when there are some."""
    head, _, body = path.read_bytes().partition(b'\r\n\r\n')
    boundary = re.search(rb'boundary="?([^";\r\n]+)', head)
    if boundary:
        body = body.split(b'--' + boundary.group(1))[1].partition(b'\r\n\r\n')[2]
        body = body[:body.rfind(b'>') + 1]
    return body


# --- The schemas ---


def judged(paths):
    run = subprocess.run([str(JUDGE), '-q', *map(str, paths)], capture_output=True, text=True)
    return run.returncode == 0, run.stdout[-3000:] + run.stderr[-500:]


if JUDGE.is_file():
    for kind in sorted(kinds):
        for half in (requests, replies):
            these = [path for path in half if path.name.split('-')[1] == kind]
            good, said = judged(these)
            tap.ok(good, '%s: %d %s pass the schemas' % (kind, len(these), 'requests' if half is requests else 'replies'), said)
    bent = place.dir / 'bent.http'
    bent.write_bytes(requests[0].read_bytes().replace(b'processingCode', b'processingKode'))
    tap.ok(not judged([bent])[0], 'the judge refuses a bent one')
else:
    tap.skip('every message passes the schemas', 'no validators beside the checkout')

# --- The signatures ---
xml = place.dir / 'signed.xml'


def verified(document):
    xml.write_bytes(document)
    run = subprocess.run(
        [XMLSEC, '--verify', '--id-attr:ID', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion', '--enabled-key-data', 'x509',
         '--trusted-pem', str(stage.PKI / 'authorities/root.pem'), '--untrusted-pem', str(stage.PKI / 'authorities/persons.pem'),
         str(xml)], capture_output=True, text=True)
    return run.returncode == 0, run.stdout + run.stderr


bad = []
assertions = set()
for path in requests:
    envelope = parts(path)
    found = re.findall(rb'<(?:\w+:)?Assertion\b[^>]*\bID="([^"]+)"', envelope)
    good, said = verified(envelope)
    if len(found) != 1 or not good:
        bad.append('%s: %s\n%s' % (path.name, found, said[-800:]))
    assertions.update(found)
tap.ok(not bad, 'xmlsec1 accepts the assertion of each of %d requests' % len(requests), '\n'.join(bad))
tap.ok(len(assertions) < len(requests), '%d assertions for them: reused within a command' % len(assertions))
one = parts(requests[0])
tap.ok(verified(one)[0] and not verified(one.replace(b'899700000017', b'899700000018'))[0], 'and refuses one that says another number')
body = parts(requests[-1])
tap.ok(verified(body)[0], 'the signature does not depend on the body it travels with')

# --- What must not travel ---
everything = b''.join(path.read_bytes() for path in requests)
tap.ok(b'Urgence vitale' not in everything, 'the reason of an emergency stays here: the protocol has no field for it')
tap.ok(b'/tmp/' not in everything and b'lettre.txt' not in everything and b'compte-rendu.pdf' not in everything,
       'no path, no name of a file')
hosts = set(re.findall(rb'\r\nUser-Agent: ([^\r]*)', everything))
tap.ok(len(hosts) == 1 and not re.search(rb'curl|OpenSSL|GLib', b''.join(hosts)), 'one name of our own', hosts)

place.close()
sys.exit(tap.end())
