"""The edges of the command line: odd input, Ctrl-C before anything has come, a full disk, a service that is stuck."""
import json
import os
import signal
import socket
import subprocess
import threading

import stage
import trouble
from trouble import refused

tap = stage.Tap()
place = stage.Stage('gp', ['simple', 'unauthorised'])
trouble.private_home(place)
os.environ['DMP_OPENSC_CONF'] = str(stage.SOURCE / 'pkcs11/opensc-client.conf')
DMP = str(stage.BUILD / 'src/cli/dmp')
DOCUMENT = place.documents('simple')[0]


def run(*words, stdin=b'', stdout=subprocess.PIPE, pin=b'1234\n', stop_when=None):
    """Standard error is shown; with stop_when, Ctrl-C once that is true."""
    reader, writer = os.pipe()
    os.write(writer, pin)
    process = subprocess.Popen([DMP, *words, '--config', str(place.config), '--pin-fd', str(reader)],
                               stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE, pass_fds=[reader])
    if stdin:
        process.stdin.write(stdin)
        process.stdin.close()
        process.stdin = None
    if stop_when is not None:
        tap.ok(stage.wait_until(lambda: stop_when(process)), '(it waits)')
        process.send_signal(signal.SIGINT)
    else:
        os.close(writer)
    try:
        if stop_when is not None:
            process.wait(15)  # the ends of its pipes stay open: it must not wait for them
        out, err = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    if stop_when is not None:
        os.close(writer)
    os.close(reader)
    return stage.Answer(subprocess.CompletedProcess(words, process.returncode, out or b'', err))


def patient(**changes):
    return json.dumps({**json.loads(place.patient('simple')), **changes}).encode()


def sleeps(process):
    """Whether it hears signals already and has nothing left to do."""
    def line(name):
        text = open('/proc/%d/status' % process.pid).read()
        return text.split(name + ':', 1)[1].split('\n', 1)[0].split()[0]
    return int(line('SigCgt'), 16) & 1 << (signal.SIGINT - 1) and line('State') == 'S'


# --- Identities that are no strings ---
for member in ('sex', 'oid', 'ins'):
    refused(tap, run('status', '--json', '--patient', '-', stdin=patient(**{member: 1})), 2, 'usage', 'JSON',
            'a number for « %s »' % member)

# --- Usage ---
refused(tap, run('pin', 'foo', '--json'), 2, 'usage', 'dmp pin', 'an unknown word after pin')
refused(tap, run('decode', '--json', '/nonexistent'), 2, 'usage', 'lu', 'a file that is not there')
broken = place.dir / 'broken.xml'
broken.write_text('<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><id')
answer = run('send', '--dry-run', '--json', str(broken), '--patient', '-', stdin=patient())
refused(tap, answer, 17, answer.json.get('error', {}).get('code'), 'ouvert', 'a broken CDA is not said to be fit')
answer = run('send', '--dry-run', '--json', str(place.records / 'simple' / DOCUMENT['file']))
tap.same((answer.status, answer.json.get('state')), (0, 'checked'), 'a dry run answers in JSON')

# --- Ctrl-C ---
tap.same(run('status', '--patient', '-', stop_when=sleeps).status, 20, 'Ctrl-C while an identity is awaited')
answer = run('status', '--patient', '-', stdin=patient(), pin=b'12',
             stop_when=lambda p: len(os.listdir('/proc/%d/task' % p.pid)) > 2)
tap.same(answer.status, 20, 'Ctrl-C while a code is awaited')

# --- A full disk ---
with open('/dev/full', 'wb') as full:
    answer = run('get', DOCUMENT['unique_id'], '--patient', '-', stdin=patient(), stdout=full)
    trouble.refused_in_words(tap, answer, 20, 'écrit', 'a document that cannot be written')
    answer = run('list', '--json', '--patient', '-', stdin=patient(), stdout=full)
    trouble.refused_in_words(tap, answer, 20, 'place', 'a list that cannot be written')

small = place.dir / 'small'
small.mkdir()
subprocess.check_call(['mount', '-t', 'tmpfs', '-o', 'size=8k', 'small', str(small)])
(small / 'kept').write_bytes(b'x' * 4096)
words = ('get', DOCUMENT['unique_id'], '--patient', '-', '-o', str(small))
answer = run(*words, '--json', stdin=patient())
refused(tap, answer, 20, 'internal', 'libérez de la place', 'a folder on a full disk')
tap.same(os.listdir(small), ['kept'], 'where no part of the document stays')
whole = small / (DOCUMENT['unique_id'] + '.xml')
whole.write_bytes(b'before')
run(*words, stdin=patient())
tap.same(whole.read_bytes(), b'before', 'and what was there before is not harmed')
subprocess.check_call(['umount', str(small)])


# --- The network goes between two requests ---
class Cut:
    """Passes the sealed bytes to the host; hangs up for good when the n-th request begins."""

    def __init__(self, port, last):
        self.port, self.last, self.requests, self.answered = port, last, 0, True
        self.tries = 0  # to get through again
        self.listener = socket.create_server(('127.0.0.1', 0))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        near = self.listener.accept()[0]
        threading.Thread(target=self.turn_away, daemon=True).start()
        far = socket.create_connection(('127.0.0.1', self.port))
        threading.Thread(target=self.carry, args=(far, near, False), daemon=True).start()
        self.carry(near, far, True)

    def turn_away(self):
        while True:
            self.listener.accept()[0].close()
            self.tries += 1

    def carry(self, source, sink, asks):
        """Record by record; 23 is application data, whose first in a direction is a new request or answer."""
        try:
            reader = source.makefile('rb')
            while header := reader.read(5):
                record = reader.read(int.from_bytes(header[3:5], 'big'))
                if header[0] == 23 and asks and self.answered:
                    self.requests += 1
                    self.answered = False
                self.answered = self.answered or (header[0] == 23 and not asks)
                if self.requests == self.last:
                    break
                sink.sendall(header + record)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def new_cut(request):
    port = int(place.url.split(':')[2].split('/')[0])
    cut = Cut(port, request)
    url = place.url.replace(':%d/' % port, ':%d/' % cut.listener.getsockname()[1])
    return cut, place.write_config('cut.ini', url=url)


def cut_at(request):
    return new_cut(request)[1]


refused(tap, place.dmp('authorise', '--json', record='unauthorised', config=cut_at(2)), 18, 'unknown-outcome',
        'Rafraîchissez', 'the network goes with a consent')
refused(tap, place.dmp('authorise', '--json', record='unauthorised', config=cut_at(3)), 18, 'unknown-outcome',
        'Rafraîchissez', 'the network goes after a consent')
answer = place.dmp('status', '--json', record='unauthorised')
tap.same(answer.json.get('authorisation'), 'valid', 'which was recorded')

# --- The host is lost while a record is read ---
def summary(request):
    cut, config = new_cut(request)
    config.write_text(config.read_text() + '[session]\nbatch-size=2\n')
    return place.dmp('summary', '--json', record='simple', config=config), cut.tries


listed = sum(d['status'] == 'approved' for d in place.documents('simple'))
answer, tries = summary(3)
refused(tap, answer, 15, answer.json.get('error', {}).get('code'), '%d documents.*Réessayez' % listed, 'the host is lost after the list')
tap.ok(tries <= 1, 'and is not asked again for each batch', tries)
answer, tries = summary(5)
coverage = answer.json.get('coverage', {})
tap.ok(answer.status == 15 and coverage.get('listed') == listed and coverage.get('unreadable') == listed - 4 and tries <= 1,
       'the host is lost after two batches of two: a summary of these', answer)
tap.ok('%d documents' % (listed - 4) in answer.err and 'Réessayez' in answer.err, 'that says what it lacks', answer.err)

# --- A smart-card service that is stuck ---
pcscd = int((stage.Path(trouble.READER) / 'pcscd.pid').read_text())
os.kill(pcscd, signal.SIGSTOP)
answer = run('status', '--json', '--patient', '-', stdin=patient())
os.kill(pcscd, signal.SIGCONT)
refused(tap, answer, 10, 'no-service', 'informaticien', 'a smart-card service that is stuck')
place.close()
raise SystemExit(tap.end())
