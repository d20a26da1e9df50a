"""What every journey needs: the sample records, the host, the settings, and dmp itself.

Runs inside tests/with-reader.sh, so that the network and the card reader are its own.
"""
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

SOURCE = Path(os.environ['top_srcdir'])
BUILD = Path(os.environ['top_builddir'])
PKI = Path(os.environ['PKI_DIR'])
PATIENCE = float(os.environ.get('PATIENCE', '1'))  # how much slower this build is, or this machine
PLACES = {'gp': '499700000017001', 'ward': '10B0770001', 'pharmacist': '499700000033001',
          'nurse': '10B0770001', 'secretary': '10B0770001'}


class Tap:
    """Counts what is seen, in the words of the person who sees it."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def ok(self, good, name, detail=''):
        self.count += 1
        self.failed += not good
        print('%s %d - %s' % ('ok' if good else 'not ok', self.count, name), flush=True)
        if not good and detail:
            for line in str(detail).splitlines():
                print('# ' + line)
        return good

    def same(self, got, wanted, name):
        return self.ok(got == wanted, name, 'got %r, wanted %r' % (got, wanted))

    def skip(self, name, why):
        self.count += 1
        print('ok %d - %s # SKIP %s' % (self.count, name, why), flush=True)

    def end(self):
        print('1..%d' % self.count)
        return 1 if self.failed else 0


class Answer:
    def __init__(self, run):
        self.status = run.returncode
        self.out = run.stdout
        self.err = run.stderr.decode('utf-8', 'replace')

    @property
    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            return {'unreadable': self.out[:300], 'stderr': self.err[:300]}

    def __repr__(self):
        return 'status %d\n%s\n%s' % (self.status, self.out[:600], self.err[:600])


# For what is about sending and not about its contents: the same letter again and again.
AGAIN = ('--accept', 'in-record', '--accept', 'in-record-inside')


class Stage:
    def __init__(self, card='gp', records=('simple',), host=True, host_options=()):
        self.folder = tempfile.TemporaryDirectory(prefix='stage.', ignore_cleanup_errors=True)
        self.dir = Path(self.folder.name)
        self.place = PLACES.get(card, '')
        os.environ['XDG_STATE_HOME'] = str(self.dir / 'state')  # the outbox is the stage's own
        self.records = self.dir / 'records'
        self.url = 'https://127.0.0.1:1/si-dmp-server/v2/services'
        self.host = None
        subprocess.check_call([str(SOURCE / 'tests/records/make-records'), '--out', str(self.records),
                               '--record', *records])
        if host:
            self.start_host(host_options)
        self.config = self.write_config()

    def start_host(self, options=()):
        log = open(self.dir / 'host.log', 'ab')
        self.host = subprocess.Popen(
            [str(BUILD / 'host/dmp-host'), '--data', str(self.dir / 'host'), '--load', str(self.records),
             '--pki', str(PKI), '--listen', '127.0.0.1:0', *options],
            stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.host.stdout.readline()
        if not line.startswith('listening '):
            raise SystemExit('Bail out! the host did not start: ' + (self.dir / 'host.log').read_text()[-2000:])
        self.url = line.split()[1]

    def stop_host(self):
        if self.host is not None:
            self.host.terminate()
            self.host.wait(20)
            self.host = None

    def write_config(self, name='caducee.ini', **changes):
        values = {'url': self.url, 'ca': PKI / 'trust-server.pem', 'place': self.place,
                  'connect-timeout': 5, 'response-timeout': 20, **changes}
        path = self.dir / name
        path.write_text(
            '[host]\nurl={url}\nca={ca}\nconnect-timeout={connect-timeout}\n'
            'response-timeout={response-timeout}\n'
            '[patient]\nins-oid=1.2.250.1.213.1.4.10\n[card]\nplace={place}\n'
            '[software]\nid=TEST-0001\noid=1.3.6.1.4.1.99999.1\nhomologation=TEST\n[outbox]\nresend-delay=0\nretry-interval=2\n'.format(**values))
        return path

    def patient(self, record):
        """--patient wants a file or standard input: this is what goes in."""
        known = json.loads((self.records / record / 'patient.json').read_text())
        return json.dumps({'ins': known['ins'], 'oid': known['oid']}).encode()

    def documents(self, record):
        return json.loads((self.records / record / 'documents.json').read_text())

    def dmp_process(self, *words, record=None, pin='1234', config=None):
        command = [str(BUILD / 'src/cli/dmp'), *words, '--config', str(config or self.config)]
        if record is not None:
            command += ['--patient', '-']
        reader, writer = os.pipe()
        os.write(writer, (pin + '\n').encode())
        os.close(writer)
        command += ['--pin-fd', str(reader)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, pass_fds=[reader],
                                   env={**os.environ, 'DMP_OPENSC_CONF': str(SOURCE / 'pkcs11/opensc-client.conf')})
        os.close(reader)
        return process, self.patient(record) if record is not None else b''

    def dmp(self, *words, **options):
        process, text = self.dmp_process(*words, **options)
        out, err = process.communicate(text, timeout=300)
        return Answer(subprocess.CompletedProcess(words, process.returncode, out, err))

    def close(self):
        self.stop_host()
        self.folder.cleanup()


def judge_documents(documents):
    """What validate-cda finds wrong, '' for nothing; None where it cannot run. It is compiled once a build, not once a
    test that has a home of its own."""
    judge = Path(os.environ.get('DMP_SHARED', SOURCE / '../shared')) / 'testdata/tools/validate-cda'
    if not os.access(judge, os.X_OK) or shutil.which('javac') is None:
        return None
    cache = BUILD / 'tests/judges'
    cache.mkdir(exist_ok=True)
    run = subprocess.run(['flock', str(cache), str(judge), '-q', *map(str, documents)], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, env={**os.environ, 'XDG_CACHE_HOME': str(cache)})
    return '' if run.returncode == 0 else run.stdout or 'nothing said'


def wait_until(probe, seconds=20):
    """The first true answer of probe()."""
    end = time.monotonic() + seconds * PATIENCE
    while time.monotonic() < end:
        answer = probe()
        if answer:
            return answer
        time.sleep(0.02)
    return None
