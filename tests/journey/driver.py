"""outbox-driver, which stays signed in, and a host that can be killed: for thousands of sendings."""
import json
import subprocess

import stage


class Driver:
    def __init__(self, place, config, record='simple'):
        known = json.loads(place.patient(record))
        self.process = subprocess.Popen(
            [str(stage.BUILD / 'tests/journey/outbox-driver'), str(config), place.place, known['ins'], known['oid']],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**stage.os.environ, 'DMP_OPENSC_CONF': str(stage.SOURCE / 'pkcs11/opensc-client.conf')})
        self.write('1234')
        if self.read() != 'ready':
            raise SystemExit('Bail out! the driver did not sign in')

    def write(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def read(self):
        return self.process.stdout.readline().rstrip('\n')

    def ask(self, *words):
        """('ok', unique id, hash) or ('error', code)."""
        self.write(' '.join(words))
        return tuple(self.read().split(' '))

    def lines(self, word):
        """What comes before "end", word by word."""
        self.write(word)
        found = []
        while (line := self.read()) != 'end':
            if not line or line.startswith('error'):
                raise RuntimeError('%s: %r' % (word, line))
            found.append(line.split(' ')[1:])
        return found

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)


class Host:
    """dmp-host, restarted on a folder of its own as often as wanted; the stage's own is left alone."""

    def __init__(self, place, name='once-host'):
        self.place, self.data = place, place.dir / name
        self.process = None

    def start(self):
        load = [] if self.data.exists() else ['--load', str(self.place.records)]
        self.process = subprocess.Popen(
            [str(stage.BUILD / 'host/dmp-host'), '--data', str(self.data), *load, '--pki', str(stage.PKI), '--listen', '127.0.0.1:0'],
            stdout=subprocess.PIPE, stderr=open(self.place.dir / 'host.log', 'ab'), text=True)
        line = self.process.stdout.readline()
        if not line.startswith('listening '):
            raise SystemExit('Bail out! the host did not start: ' + (self.place.dir / 'host.log').read_text()[-2000:])
        return int(line.split(':')[2].split('/')[0])

    def kill(self):
        self.process.kill()

    def end(self, stop=True):
        if stop:
            self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()

    def is_sound(self):
        run = subprocess.run([str(stage.BUILD / 'host/dmp-host'), '--data', str(self.data), '--check'], capture_output=True)
        return run.returncode == 0
