"""Exactly once, thousands of times: connections cut at every byte, clients and hosts killed at random instants.

After each: what was acknowledged or kept in the outbox is in the host once, with its bytes; the rest is not there at
all; the outbox has emptied. A short walk by default; DMP_LONG_TESTS=1 walks all of it, ONCE="small large" some parts,
ONCE_SECONDS=600 each part no longer than that (it then says how far it came; what it walked is spread evenly), ONCE_FROM=2000 from there on.
"""
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter

import cutter
import driver
import stage
import trouble

LONG = bool(os.environ.get('DMP_LONG_TESTS'))
PARTS = os.environ.get('ONCE', 'small signed again large hosts clients').split()
SECONDS = float(os.environ.get('ONCE_SECONDS', 'inf'))
FROM = int(os.environ.get('ONCE_FROM', '0'))  # of the cuts
CHUNK = 100  # sendings into one host's folder: each is fetched, and the host reads the whole record for it
LARGE = 15_000_000 if LONG else 1_500_000  # bytes of the file; a third more as a document
HOST_KILLS, CLIENT_KILLS = (1000, 1000) if LONG else (8, 8)
tap = stage.Tap()
chance = random.Random(int(os.environ.get('SEED', '11')))
place = stage.Stage('gp', ['simple'], host=False)
trouble.private_home(place)


class Walk:
    """One host after the other behind the same proxy, and what must be in the present one."""

    def __init__(self):
        self.number = 0
        self.host = None
        self.sent = {}  # title: (unique id, hash), None where nothing may be
        self.wrong = []
        self.results = Counter()
        self.proxy = cutter.Cutter(0)
        self.fresh_host()
        url = 'https://127.0.0.1:%d/si-dmp-server/v2/services' % self.proxy.port
        self.config = place.write_config('once.ini', url=url)
        self.unsigned = place.write_config('unsigned.ini', url=url)
        self.unsigned.write_text(self.unsigned.read_text() + '[signature]\nsubmissions=0\n')
        self.driver = driver.Driver(place, self.unsigned)

    def fresh_host(self):
        if self.host is not None:
            self.host.end()
            shutil.rmtree(self.host.data)
        self.number += 1
        self.sent = {}
        self.host = driver.Host(place, 'host-%d' % self.number)
        self.proxy.target = self.host.start()

    def rows(self):
        return self.driver.lines('rows')

    def settle(self, title, outcome, kept=None):
        """What has become of it, and that the outbox empties by one retry. kept: its row, if it has been settled since."""
        kept = kept or [row for row in self.rows() if row[3] == title]
        self.results[' '.join(outcome[:2]) if outcome[0] == 'error' else outcome[0]] += 1
        self.sent[title] = tuple(outcome[1:3]) if outcome[0] == 'ok' else tuple(kept[0][1:3]) if kept else None
        if self.rows():
            again = self.driver.ask('retry')
            if again != ('ok',) or self.rows():
                self.wrong.append((title, outcome, 'not emptied', again, self.rows()))

    def check(self):
        """Once, byte for byte: the host's documents are fetched and their bytes hashed."""
        there = {}
        for unique_id, digest, title in self.driver.lines('fetch'):
            there.setdefault(title, []).append((unique_id, digest))
        for title, expected in self.sent.items():
            if there.get(title, []) != ([expected] if expected else []):
                self.wrong.append((title, 'expected', expected, 'there', there.get(title)))
        if not self.host.is_sound():
            self.wrong.append('the host is not sound')

    def walk(self, jobs):
        """Each job(title, number) in a host of at most so many; checked before each new one and at the end."""
        began = time.monotonic()
        self.done = 0
        for number, job in enumerate(jobs):
            if time.monotonic() - began > SECONDS:
                break
            if number % CHUNK == 0 and number:
                self.check()
                self.fresh_host()
                self.driver.lines('list')  # the connection to the last one is dead
            job()
            self.done += 1
            if number % 1000 == 999:
                print('# … %d in %.0f s, %d wrong' % (number + 1, time.monotonic() - began, len(self.wrong)), flush=True)
        self.check()
        return time.monotonic() - began

    def report(self, name, jobs, seconds=None):
        """jobs: to be walked, or how many have been."""
        if seconds is None:
            seconds = self.walk(jobs)
            count = self.done
            of = '' if count == len(jobs) else ' of %d' % len(jobs)
        else:
            count, of = jobs, ''
        print('# %s: %d%s in %.1f s: %s' % (name, count, of, seconds, dict(sorted(self.results.items()))), flush=True)
        tap.same(self.wrong[:20], [], '%s: each once, byte for byte, and the outbox empty (%d)' % (name, count))
        self.results.clear()
        self.wrong.clear()
        self.fresh_host()
        self.driver.lines('list')

    def cut_send(self, direction, at):
        title = 'Coupe-%s-%d' % (direction, at)
        self.proxy.arm(direction, at, 1)
        outcome = self.driver.ask('send', title)
        self.proxy.direction = None
        self.settle(title, outcome)

    def cut_again(self, request, direction, at):
        """The sending is cut at its end, then the clearing up: the question (1), or the repetition (2)."""
        title = 'Encore-%d-%s-%d' % (request, direction, at)
        self.proxy.arm('up', self.up - 1, 1)
        outcome = self.driver.ask('send', title)
        kept = self.rows()
        self.proxy.arm(direction, at, request)
        again = self.driver.ask('retry')
        self.proxy.direction = None
        if again[0] != 'error':
            self.results['the clearing up not cut'] += 1
        self.settle(title, outcome, kept)

    def measure(self, send):
        """Bytes of one request and its answer on a connection that stands."""
        self.driver.lines('list')
        self.proxy.arm(None, 0, 1)
        outcome = send()
        if outcome[0] != 'ok':
            raise SystemExit('Bail out! a sending that nobody disturbs: %s' % (outcome,))
        return self.proxy.counts['up'], self.proxy.counts['down']


def spread(total, count, step=1):
    """Every byte, or as many as that, the first and the last among them. In 16 rounds, so that wherever it ends it has
    been everywhere."""
    if LONG:
        return [at for first in range(0, 16 * step, step) for at in range(first, total, 16 * step)]
    return sorted({(total - 1) * i // (count - 1) for i in range(count)})


def measure():
    walk.up, walk.down = walk.measure(lambda: walk.driver.ask('send', 'Mesure'))
    print('# a small submission: %d bytes of request, %d of answer' % (walk.up, walk.down), flush=True)


def cut_small(name, step):
    """The answer first: there are fewer bytes of it."""
    measure()
    jobs = [lambda at=at: walk.cut_send('down', at) for at in spread(walk.down + 16, 16)]
    jobs += [lambda at=at: walk.cut_send('up', at) for at in spread(walk.up + 16, 30, step)]
    walk.report('cuts of ' + name, jobs[FROM:])


walk = Walk()
if 'small' in PARTS:
    cut_small('a small submission', 1)

if 'signed' in PARTS:
    walk.driver.close()
    walk.driver = driver.Driver(place, walk.config)
    cut_small('a signed submission', 16)
    walk.driver.close()
    walk.driver = driver.Driver(place, walk.unsigned)

if 'again' in PARTS:
    measure()
    # The question and its answer are of about 3 and 4 KB; whatever of it is beyond the end is counted as not cut.
    few = range(0, 6000, 8 if LONG else 1500)
    jobs = [lambda r=r, d=d, at=at: walk.cut_again(r, d, at) for r, d in ((1, 'up'), (1, 'down')) for at in few]
    jobs += [lambda at=at: walk.cut_again(2, 'up', at) for at in range(0, walk.up + 16, 16 if LONG else 6000)]
    jobs += [lambda at=at: walk.cut_again(2, 'down', at) for at in range(0, walk.down + 16, 8 if LONG else 3000)]
    walk.report('cuts of its clearing up', jobs[FROM:])


# --- A large one: the same row is sent again and again, cut 4 KB further each time ---
def large():
    path = place.dir / 'large.pdf'
    path.write_bytes(b'%PDF-1.4\n' + chance.randbytes(LARGE))
    step = 4096 if LONG else 400_000
    up, down = walk.measure(lambda: walk.driver.ask('file', 'Grand-mesure', 'application/pdf', str(path)))
    print('# a large submission: %d bytes of request, %d of answer' % (up, down), flush=True)
    began = time.monotonic()
    cuts = 0
    walk.proxy.arm('up', 4096, 1)
    outcome = walk.driver.ask('file', 'Grand', 'application/pdf', str(path))
    places = [at for first in range(16) for at in range(8192 + first * step, up, 16 * step)] if LONG else range(8192, up, step)
    for at in places[FROM:]:
        walk.proxy.arm('up', at, 2)  # after the question
        again = walk.driver.ask('retry')
        cuts += walk.proxy.cuts
        walk.results[' '.join(again)] += 1
        if walk.proxy.cuts != 1 or [row[3] for row in walk.rows()] != ['Grand']:
            walk.wrong.append((at, again, walk.proxy.cuts, walk.rows()))
            break
        if cuts % 500 == 0:
            print('# … %d in %.0f s' % (cuts, time.monotonic() - began), flush=True)
        if time.monotonic() - began > SECONDS:
            break
    walk.proxy.direction = None
    walk.settle('Grand', outcome)
    for at in range(0, down, 512 if LONG else 4000):
        title = 'Grand-%d' % at
        walk.proxy.arm('down', at, 1)
        walk.settle(title, walk.driver.ask('file', title, 'application/pdf', str(path)))
        cuts += walk.proxy.cuts
    walk.check()
    walk.report('cuts of a large submission, every %d bytes' % step, cuts, time.monotonic() - began)


if 'large' in PARTS:
    large()


# --- The host dies ---
def kill_host(number, seconds):
    title = 'Hote-%d' % number
    walk.driver.lines('list')  # the connection stands: it is the sending that the kill falls into
    walk.driver.write('send ' + title)
    time.sleep(seconds * 1.1 * chance.random())
    walk.host.kill()
    walk.host.end(stop=False)
    walk.proxy.target = walk.host.start()
    walk.settle(title, tuple(walk.driver.read().split(' ')))
    if number % 50 == 49 and not walk.host.is_sound():
        walk.wrong.append((title, 'the host is not sound'))


if 'hosts' in PARTS:
    began = time.monotonic()
    for number in range(20):
        walk.driver.ask('send', 'Duree-%d' % number)
    seconds = (time.monotonic() - began) / 20
    print('# a sending takes %.0f ms' % (seconds * 1000))
    jobs = [lambda n=n: kill_host(n, seconds) for n in range(HOST_KILLS)]
    walk.report('kill -9 of the host', jobs)


# --- The client dies: dmp itself, which signs in each time ---
def start(title):
    path = place.dir / (title + '.txt')
    path.write_text('Contenu de %s.\n' % title)
    return place.dmp_process('send', str(path), '--type', '11488-4', '--title', title, '--json', *stage.AGAIN, record='simple',
                             config=walk.config)


def kill_client(number, way, seconds):
    title = 'Tue-%d' % number
    process, patient = start(title)
    walk.proxy.instead = process.kill
    if way is not None:
        walk.proxy.arm(way, chance.randrange(whole[way]))
    process.stdin.write(patient)
    process.stdin.close()
    process.stdin = None
    if way is None:
        time.sleep(seconds * 1.05 * chance.random())
        process.kill()
    out, err = process.communicate(timeout=60)
    walk.proxy.direction = walk.proxy.instead = None
    answer = stage.Answer(subprocess.CompletedProcess('send', process.returncode, out, err))
    kept = listed_rows()
    mine = [d for row in kept for d in row['documents'] if d['title'] == title]
    done = answer.json.get('documents', [{}])[0] if answer.status == 0 else mine[0] if mine else None
    walk.results['exit %d, %s' % (answer.status, 'kept as ' + kept[0]['state'] if kept else 'nothing kept')] += 1
    if done:
        walk.sent[title] = (done['unique_id'], done['hash'])
    elif answer.status >= 0:
        walk.sent[title] = None
    else:  # killed: before it was stored, or after its receipt was given and before it was told
        unknown.append(title)
    if kept:  # cleared up by whatever opens the record next
        place.dmp('status', '--json', record='simple', config=walk.config)
        if listed_rows():
            walk.wrong.append((title, 'not emptied', listed_rows()))


def listed_rows():
    return place.dmp('outbox', 'list', '--json', config=walk.config).json['outbox']


if 'clients' in PARTS:
    walk.driver.close()  # dmp resets the card when it ends
    unknown = []
    walk.proxy.arm(None, 0)
    began = time.monotonic()
    process, patient = start('Duree')
    process.communicate(patient)
    seconds = time.monotonic() - began
    whole = dict(walk.proxy.counts)
    print('# dmp send takes %.0f ms, %d bytes up, %d down' % (seconds * 1000, whole['up'], whole['down']))
    began = time.monotonic()
    kills = 0
    while kills < CLIENT_KILLS and time.monotonic() - began < SECONDS:
        number, kills = kills, kills + 1
        kill_client(number, ('up', 'down', None)[number % 3], seconds)
        if number % 100 == 99:
            print('# … %d in %.0f s, %d wrong' % (number + 1, time.monotonic() - began, len(walk.wrong)), flush=True)
    seconds = time.monotonic() - began
    walk.driver = driver.Driver(place, walk.unsigned)
    walk.check()
    there = Counter(title for _, _, title in walk.driver.lines('list'))
    walk.wrong += [(title, 'there', there[title]) for title in unknown if there[title] > 1]
    walk.report('kill -9 of the client', kills, seconds)

walk.driver.close()
walk.host.end()
walk.proxy.close()
place.close()
sys.exit(tap.end())
