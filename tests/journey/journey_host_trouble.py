"""What goes wrong between this machine and the host, and how it is told."""
import contextlib
import email.utils
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import peer
import stage
import trouble
from peer import SOAP, http
from trouble import refused

tap = stage.Tap()
recorded = Path(os.environ['READER_DIR']) / 'recorded'
place = stage.Stage('gp', ['simple'], host_options=['--record', str(recorded)])
person = trouble.private_home(place)
GIVE_UP = 'informaticien'


def status(url=None, **changes):
    config = place.write_config('other.ini', **({'url': url} if url else {}), **changes)
    return place.dmp('status', '--json', record='simple', config=config)


def replies(name):
    return sorted(recorded.glob('*-%s-reply.http' % name))


@contextlib.contextmanager
def other_host(*options):
    """Another dmp-host with its own folder; the first one goes on."""
    process = subprocess.Popen(
        [str(stage.BUILD / 'host/dmp-host'), '--data', str(place.dir / 'other-host'), '--load', str(place.records),
         '--pki', str(stage.PKI), '--listen', '127.0.0.1:0', *options],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    try:
        yield line.split()[1] if line.startswith('listening ') else ''
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


# --- Not the host that was meant ---
answer = status()
tap.ok(answer.status == 0 and len(replies('TD0.2')) == 1, 'all is well at first', answer)
refused(tap, status('https://127.0.0.1:1/'), 15, 'network', 'réessayez', 'the host is down')
refused(tap, status('https://no-such-host.invalid/'), 15, 'network', 'réessayez', 'the host has no address')
with other_host('--cert', str(stage.PKI / 'server-wrong-ca-chain.pem'), '--key', str(stage.PKI / 'server-wrong-ca.key')) as url:
    refused(tap, status(url), 15, 'tls', 'pas reconnu.*' + GIVE_UP, 'a host of unknown authorities')
with other_host('--cert', str(stage.PKI / 'server-expired-chain.pem'), '--key', str(stage.PKI / 'server-expired.key')) as url:
    refused(tap, status(url), 15, 'tls', 'expiré.*' + GIVE_UP, 'the certificate of the host has expired')
    answer = place.dmp('doctor', '--json', config=place.write_config('other.ini', url=url))
    bad = {c['check']: c['message'] for c in answer.json.get('checks', []) if not c['ok']}
    tap.ok(answer.status == 15 and set(bad) == {'host'} and 'expiré' in bad['host'], 'the doctor finds it', answer)
with other_host('--listen', '127.0.0.2:0') as url:
    refused(tap, status(url), 15, 'tls', '127.0.0.2.*' + GIVE_UP, 'the host has another name')
answer = status(ca=stage.PKI / 'authorities/wrong-servers.pem')
refused(tap, answer, 15, 'tls', 'pas reconnu.*' + GIVE_UP, 'authorities of other people')

# --- Clocks ---
now = time.gmtime(time.time() + 3 * 3600)
with other_host('--now', time.strftime('%Y-%m-%dT%H:%M:%SZ', now)) as url:
    answer = status(url)
    refused(tap, answer, answer.status, answer.json.get('error', {}).get('code'), 'heure|horloge',
            'a host three hours ahead does not like our assertion')
    tap.ok(answer.status in (14, 15), 'and refuses', answer)
late = 'Date: ' + email.utils.formatdate(time.time() + 7200, usegmt=True)
with peer.Peer(lambda request, n: peer.fault(request, 'DMPInvalidVIHF').replace(b'\r\n', b'\r\n' + late.encode() + b'\r\n', 1)) as other:
    refused(tap, status(other.url), 15, 'clock', 'horloge.*(120 minutes|2 heures).*heure', 'our clock is two hours late')

# --- Answers that are none ---
good = replies('TD0.2')[0].read_bytes().partition(b'\r\n\r\n')[2]


def envelope(request):
    """The recorded answer, as if it were to this request."""
    return re.sub(rb'(RelatesTo[^>]*>)[^<]+<', rb'\1' + peer.message_id(request) + b'<', good)


def cut(request, n):
    whole = http('200 OK', SOAP, envelope(request))
    return whole[:len(whole) // 2].replace(b'HTTP/1.1 200 OK', b'HTTP/1.1 200 OK\r\nConnection: close')


with peer.Peer(lambda request, n: http('200 OK', SOAP, envelope(request))) as other:
    answer = status(other.url)
    tap.ok(answer.status == 0 and other.requests, 'the stand-in is believed when it speaks well', answer)

elsewhere = peer.Peer(lambda request, n: http('200 OK', 'text/plain', 'here'), tls=False)
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
for name, reply, code, remedy in (
        ('bytes that are no HTTP', lambda r, n: b'\x00\xffgarbage\r\n\r\n', 'invalid-message', 'réessayez'),
        ('XML that is none', lambda r, n: http('200 OK', SOAP, b'\x00\xff<a'), 'invalid-message', '[Rr]éessayez'),
        ('XML with a document type', lambda r, n: http('200 OK', SOAP, BOMB), 'invalid-message', '[Rr]éessayez'),
        ('another XML', lambda r, n: http('200 OK', SOAP, '<a/>'), 'invalid-message', '[Rr]éessayez'),
        ('the answer to another request', lambda r, n: http('200 OK', SOAP, good), 'invalid-message', '[Rr]éessayez'),
        ('a page of a proxy', lambda r, n: http('200 OK', 'text/html', '<html>Bonjour</html>'), 'invalid-message', 'réessayez'),
        ('nothing', lambda r, n: http('200 OK', SOAP, ''), 'invalid-message', 'réessayez'),
        ('too much', lambda r, n: http('200 OK', SOAP, '', ['X-Long: ' + 'x' * 80000]), 'invalid-message', 'informaticien|réessayez'),
        ('an answer cut in the middle', cut, 'network', 'réessayez'),
        ('a connection that ends', lambda r, n: b'', 'network', 'réessayez'),
        ('a redirection', lambda r, n: http('302 Found', None, '', ['Location: ' + elsewhere.url]), 'invalid-message', GIVE_UP),
        ('a proxy that asks who we are', lambda r, n: http('403 Forbidden', 'text/html', 'no'), 'tls-client', GIVE_UP),
        ('a host that has moved', lambda r, n: http('404 Not Found', 'text/html', 'no'), 'invalid-message', GIVE_UP),
        ('a host at its limit', lambda r, n: http('503 Service Unavailable', None, ''), 'network', 'Réessayez'),
        ('a host that falls', lambda r, n: http('500 Internal Server Error', None, ''), 'invalid-message', 'Réessayez')):
    with peer.Peer(reply) as other:
        refused(tap, status(other.url), 15, code, remedy, name)
tap.same(elsewhere.connections, 0, 'nobody followed the redirection')
elsewhere.close()
with peer.Peer(lambda request, n: peer.fault(request, 'DMPInternalError')) as other:
    refused(tap, status(other.url), 14, 'fault', 'Réessayez', 'a fault of the host')
with peer.Peer(lambda request, n: peer.fault(request, 'QuiteNew\u202e', 'Texte <b>')) as other:
    refused(tap, status(other.url), 15, 'invalid-message', 'informaticien', 'a fault that is no XML')

# --- A list that is not whole ---
place.dmp('list', '--json', record='simple')
whole = re.findall(rb'<[^<>]*:?ExtrinsicObject .*?</[^<>]*:?ExtrinsicObject>', replies('TD3.1')[-1].read_bytes(), re.S)


def more(body):
    """Of which the host says that there is one more."""
    return re.sub(rb' totalResultCount="[0-9]*"', b' totalResultCount="%d"' % (len(whole) + 1), body, count=1)


def nameless(body):
    """With a document that has no identifier, and without their number."""
    body = re.sub(rb' totalResultCount="[0-9]*"', b'', body, count=1)
    return body.replace(b'urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab', b'urn:uuid:00000000-0000-4000-8000-000000000000', 1)


def nothing(body):
    """Nothing at all, and not because there is nothing."""
    return peer.partial(re.sub(rb'<[^<>]*ExtrinsicObject .*</[^<>]*ExtrinsicObject>', b'', body, flags=re.S))


for name, listed, count, said in (('as it is', lambda body: body, len(whole), None),
                                  ('a repository that did not answer', peer.partial, len(whole), 'tous ses dépôts'),
                                  ('fewer than it says', more, len(whole), 'annonce %d documents et en a donné %d' % (len(whole) + 1, len(whole))),
                                  ('a document without identifier', nameless, len(whole) - 1, '1 document sans identifiant'),
                                  ('none, for want of a repository', nothing, 0, 'tous ses dépôts')):
    with peer.Peer(peer.replay(recorded, listed)) as other:
        config = place.write_config('other.ini', url=other.url)
        answer = place.dmp('list', '--json', record='simple', config=config)
        problem = answer.json.get('incomplete')
        tap.ok(answer.status == 0 and len(answer.json.get('documents', [])) == count and
               (problem is None if said is None else said in problem and problem in answer.err),
               'the list, %s: %s' % (name, said or 'nothing to say'), answer)
with peer.Peer(peer.replay(recorded, nothing)) as other:
    config = place.write_config('other.ini', url=other.url)
    text = place.dir / 'neuf.txt'
    text.write_text('Une lettre.\n')
    answer = place.dmp('send', str(text), '--type', '11488-4', '--dry-run', '--json', record='simple', config=config)
    tap.ok(answer.status == 0 and answer.json['documents'][0]['in_record'] == 'not-compared' and 'tous ses dépôts' in answer.err,
           'nor is a file said not to be there', answer)
    answer = place.dmp('summary', '--json', record='simple', config=config)
    spoken = [s for s in answer.json.get('sentences', {}).values() if isinstance(s, str) and s.startswith('Aucun')]
    tap.ok(answer.status == 0 and spoken == [], 'nor does the summary say that there is nothing', (spoken, answer))

# --- No answer at all ---
for name, other in (('a host that never answers', peer.Peer(lambda request, n: None)),
                    ('a host that does not speak TLS', peer.Peer(lambda request, n: None, tls=False))):
    began = time.monotonic()
    changes = {'connect-timeout': 1, 'response-timeout': 1}
    refused(tap, status(other.url, **changes), 15, 'timeout', 'réessayez', name)
    tap.ok(time.monotonic() - began < 5 * stage.PATIENCE, 'and is not waited for longer than said', time.monotonic() - began)
    other.close()
with peer.Peer(lambda request, n: b'HTTP/1.0 400 Bad Request\r\n\r\n', tls=False) as other:
    refused(tap, status(other.url), 15, 'tls', 'réessayez|' + GIVE_UP, 'a host of plain HTTP')

# --- A submission whose fate nobody knows ---
place.stop_host()
place.start_host(['--record', str(recorded), '--latency-ms', '600'])
letter = place.dir / 'lettre.txt'
letter.write_text('Essai.\n')
config = place.write_config('slow.ini')


def send_until(act):
    """Sends; once the host has it, act(process)."""
    process, patient = place.dmp_process('send', str(letter), '--type', '11488-4', '--title', 'Essai', '--json', *stage.AGAIN,
                                         record='simple', config=config)
    process.stdin.write(patient)
    process.stdin.close()
    process.stdin = None
    before = len(replies('TD2.1'))
    stage.wait_until(lambda: len(replies('TD2.1')) > before or process.poll() is not None)
    act(process)
    out, err = process.communicate(timeout=60)
    return stage.Answer(subprocess.CompletedProcess('send', process.returncode, out, err))


def listed():
    answer = place.dmp('list', '--json', record='simple', config=config)
    return sum(d['title'] == 'Essai' for d in answer.json.get('documents', []))


refused(tap, send_until(lambda process: process.send_signal(signal.SIGINT)), 18, 'unknown-outcome', 'avant de recommencer',
        'Ctrl-C while the document is under way')
tap.same(listed(), 1, 'the list tells that it had arrived')
refused(tap, send_until(lambda process: place.host.kill()), 18, 'unknown-outcome', 'avant de recommencer',
        'the host dies while the document is under way')
place.stop_host()
place.start_host()
config = place.write_config('slow.ini')
tap.same(listed(), 2, 'what the host had committed is there after its death')

tap.same(trouble.kept(person), [], 'nothing was written at home')
place.close()
sys.exit(tap.end())
