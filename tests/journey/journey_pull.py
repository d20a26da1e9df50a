"""The card is pulled while a record is being read: what remains of the patient on this machine."""
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import stage
import trouble
from trouble import cards, refused

LATENCY_MS = 250
tap = stage.Tap()
place = stage.Stage('gp', ['chronic'])
records, place.records = place.records, place.dir / 'host-only' / 'records'
place.stop_host()
place.records.parent.mkdir(mode=0o700)
records.rename(place.records)
(place.dir / 'host').rename(place.records.parent / 'host')
person = trouble.private_home(place)
recorded = place.records.parent / 'recorded'
log = place.dir / 'host.log'


def start_host(*options):
    """As stage.py does, its folders below the one that is the host's."""
    process = subprocess.Popen(
        [str(stage.BUILD / 'host/dmp-host'), '--data', str(place.records.parent / 'host'), '--pki', str(stage.PKI),
         '--listen', '127.0.0.1:0', *options], stdout=subprocess.PIPE, stderr=open(log, 'ab'), text=True)
    place.host = process
    place.url = process.stdout.readline().split()[1]
    place.config = place.write_config()


start_host('--latency-ms', str(LATENCY_MS), '--record', str(recorded))
port = place.url.split(':')[2].split('/')[0]
known = trouble.known(place, 'chronic')
names = {known[key] for key in ('ins', 'family', 'birth_family') if known.get(key)}
# A PIN that stands nowhere by chance: "1234" is in many a number.
PIN = '7391'
place.dmp('pin', 'change', '--json', pin='1234\n' + PIN)


def batches():
    return len(list(recorded.glob('*-TD3.2-reply.http')))


def connections():
    """Established connections to the host, as the kernel sees them."""
    out = subprocess.run(['ss', '-Htn', 'state', 'established', 'dport', '=', ':' + port], capture_output=True,
                         text=True, check=True).stdout
    return out.splitlines()


def words_of(process):
    """What other programs can see of this one: its arguments, and its environment where that is readable."""
    found = Path('/proc/%d/cmdline' % process.pid).read_bytes()
    try:
        found += Path('/proc/%d/environ' % process.pid).read_bytes()
    except PermissionError:
        pass
    return found.decode('utf-8', 'replace')


def open_files(process):
    """Regular files that it holds open for writing."""
    found = []
    for link in Path('/proc/%d/fd' % process.pid).iterdir():
        try:
            flags = int(re.search(r'flags:\s*(\d+)', Path(str(link).replace('/fd/', '/fdinfo/')).read_text()).group(1), 8)
            target = os.readlink(link)
        except OSError:
            continue
        if flags & os.O_ACCMODE and target.startswith('/') and not target.startswith('/dev/'):
            found.append(target)
    return found


def told(text, what):
    """Which of the patient's names and of the PIN stand in there."""
    return sorted(w for w in what if re.search(r'(?<![\w-])%s(?![\w-])' % re.escape(w), text, re.I))


def traces():
    """Files below the stage, the host's own apart, with something of the patient."""
    found = []
    for path in place.dir.rglob('*'):
        if path.is_file() and place.records.parent not in path.parents and told(path.read_text(errors='replace'), names):
            found.append(str(path))
    return found


# The eyes are open: a trace that is there is found.
planted = person / 'home' / 'trace'
planted.write_text('x %s y' % known['ins'])
tap.same((traces(), trouble.kept(person)), ([str(planted)], ['home/trace']), 'a trace would be seen')
planted.unlink()

# --- Pulled in the middle ---
process, patient = place.dmp_process('summary', '--json', record='chronic', pin=PIN)
process.stdin.write(patient)
process.stdin.close()
process.stdin = None
ready = stage.wait_until(lambda: batches() >= 2 or process.poll() is not None, 60)
tap.ok(ready and process.poll() is None, 'two batches of documents have come')
tap.ok(connections(), 'over a connection that is open')
seen = words_of(process)
tap.ok('summary' in seen and not told(seen, names | {PIN}), 'arguments and environment say nothing', seen)
tap.same(open_files(process), [], 'no file is open for writing')
began = time.monotonic()
cards('pull')
out, err = process.communicate(timeout=60)
took = time.monotonic() - began
answer = stage.Answer(subprocess.CompletedProcess('summary', process.returncode, out, err))
refused(tap, answer, 10, 'removed', 'Insérez', 'the card was pulled')
tap.ok(took < 2 * stage.PATIENCE, 'dmp has ended within two seconds', '%.2f s' % took)
tap.ok(not told(out.decode() + answer.err, names | {PIN}), 'and tells nothing of the patient', answer)
total = len([d for d in place.documents('chronic') if d['status'] == 'approved'])
tap.ok(batches() < total // 16, 'the rest was not asked for', batches())
tap.ok(stage.wait_until(lambda: not connections(), 2) is not None, 'the connection is closed', connections())
tap.same(traces(), [], 'nothing of the patient is on the disk')
tap.same(trouble.kept(person), [], 'nothing at all is at home')
cards('insert')
answer = place.dmp('status', '--json', record='chronic', pin=PIN)
tap.ok(answer.status == 0 and answer.json.get('exists'), 'with the card back, the record opens', answer)

# --- Without a word ---
place.stop_host()
start_host('--record', str(recorded), '--latency-ms', '100')
os.environ['G_MESSAGES_DEBUG'] = 'all'
answer = place.dmp('summary', '--json', record='chronic', pin=PIN)
del os.environ['G_MESSAGES_DEBUG']
debugging = answer.err
tap.ok(answer.status == 0 and 'facts' in answer.json, 'with all debugging on, a summary', answer)
tap.ok('DEBUG' in debugging, 'and messages of debugging', debugging[:500])
tap.same(told(debugging, names | {PIN}), [], 'that name neither patient nor PIN')
titles = {d['title'] for d in place.documents('chronic')} | {d['unique_id'] for d in place.documents('chronic')}
tap.same(sorted(t for t in titles if t in debugging), [], 'nor documents')
words = log.read_text()
tap.ok('TD3.2 200' in words and not told(words, names | {PIN}), 'the log of the host names nobody', words[-1000:])
secret = set(re.findall(r'[A-Za-z0-9+/=]{200,}', debugging))
tap.same(secret, set(), 'and nothing long and unreadable is in it')

# --- Interrupted ---


def code_is_forgotten():
    """VERIFY without a code: 63Cx while the card wants one, 9000 as long as it remembers."""
    run = subprocess.run([str(stage.BUILD / 'tests/virtual-cards/pcsc-send'), '00200001'], capture_output=True, text=True)
    return run.stdout.strip() == '63C3'


for number, name in ((signal.SIGINT, 'Ctrl-C'), (signal.SIGTERM, 'a termination')):
    process, patient = place.dmp_process('summary', '--json', record='chronic', pin=PIN)
    before = batches()
    process.stdin.write(patient)
    process.stdin.close()
    process.stdin = None
    stage.wait_until(lambda: batches() > before or process.poll() is not None)
    process.send_signal(number)
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    answer = stage.Answer(subprocess.CompletedProcess('summary', process.returncode, out, err))
    refused(tap, answer, 20, 'cancelled', 'interrompue', name)
    tap.ok(time.monotonic() - began < 2 * stage.PATIENCE, 'is at once', time.monotonic() - began)
    tap.same(traces(), [], 'nothing of the patient is on the disk')
    tap.ok(code_is_forgotten(), 'and the card has forgotten the code')

place.close()
sys.exit(tap.end())
