"""Exactly once: connections cut and programs killed while a document is being sent.

A few of both, by dmp itself; thousands are in journey_once.py.
"""
import hashlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import cutter
import driver
import stage
import trouble

CUTS_UP, CUTS_DOWN, KILLS = 8, 4, 12
tap = stage.Tap()
chance = random.Random(11)
place = stage.Stage('gp', ['simple', 'closed'])
person = trouble.private_home(place)
port = int(re.search(r':(\d+)/', place.url).group(1))
proxy = cutter.Cutter(port)
cut_config = place.write_config('cut.ini', url=place.url.replace(str(port), str(proxy.port)))
sent = {}  # title: what became of it


def letter(title):
    path = place.dir / (title + '.txt')
    path.write_text('Contenu de %s.\n' % title)
    return path


def sending(title, config=cut_config):
    return ('send', str(letter(title)), '--type', '11488-4', '--title', title, '--json', *stage.AGAIN), {'record': 'simple', 'config': config}


def send(title):
    words, options = sending(title)
    return place.dmp(*words, **options)


def outbox(*words, config=None):
    return place.dmp('outbox', *words, '--json', config=config)


def rows():
    run = subprocess.run([str(stage.BUILD / 'src/cli/dmp'), 'outbox', 'list', '--json', '--config', str(place.config)],
                         capture_output=True, check=True)
    return json.loads(run.stdout)['outbox']


def listed():
    """title: [(unique id, hash)] as the host has them; the list opens the record, so it may clear up too."""
    found = {}
    for document in place.dmp('list', '--status', 'all', '--json', record='simple').json.get('documents', []):
        found.setdefault(document['title'], []).append((document['unique_id'], document['hash']))
    return found


# --- Nothing goes wrong ---
answer = send('Calme')
tap.ok(answer.status == 0 and rows() == [], 'acknowledged, and the outbox is empty', answer)
proxy.arm(None, 0)
send('Mesure')
whole = dict(proxy.counts)
print('# one sending: %d bytes up, %d bytes down' % (whole['up'], whole['down']))

# --- Cuts ---
answers = {}
sums = {}


def one_cut(direction, at):
    title = 'Coupe %s %d' % (direction, at)
    proxy.arm(direction, at)
    answer = send(title)
    proxy.direction = None
    answers.setdefault(answer.status, []).append(title)
    sent[title] = (answer, rows())
    # Half of them by the outbox command, the others by opening the record.
    if rows():
        retry = outbox('retry') if chance.random() < 0.5 else place.dmp('status', '--json', record='simple')
        if retry.status != 0 or rows():
            sums.setdefault('not emptied', []).append((title, retry, rows()))


def spread(count, total, first):
    return sorted({first + (total - first) * i // max(count - 1, 1) for i in range(count)})


began = time.monotonic()
for at in spread(CUTS_UP, whole['up'] - 1, whole['up'] // 3):
    one_cut('up', at)
for at in spread(CUTS_DOWN, whole['down'] - 1, whole['down'] // 2):
    one_cut('down', at)
print('# %d cuts in %.1f s: exit status %s' % (len(sent), time.monotonic() - began, {s: len(t) for s, t in sorted(answers.items())}))
tap.ok(set(answers) <= {0, 15, 18}, 'each ended acknowledged, not sent or kept', answers)
tap.same([(a.json['error'].get('outbox'), a.json['error'].get('submission_set')) for a, _ in sent.values() if a.status not in (0,)],
         [(r[0]['id'], r[0]['submission_set']) if r else (None, None) for a, r in sent.values() if a.status not in (0,)],
         'the error says under which number it is kept')
tap.ok(18 in answers, 'some of them in doubt', answers)
tap.same([[d['title'] for d in r[0]['documents']] for t, (a, r) in sent.items() if r], [[t, None] for t, (a, r) in sent.items() if r],
         'the letter by its title, the signature of the set without one')
tap.same(sums.get('not emptied', []), [], 'the outbox emptied each time')


def check(wrong):
    there = listed()
    for title, (answer, after) in sent.items():
        copies = there.get(title, [])
        receipt = answer.json.get('documents', [{}]) if answer.status == 0 else None
        kept = [document for row in after for document in row['documents'] if document['title'] == title]
        if receipt and copies != [(receipt[0]['unique_id'], receipt[0]['hash'])]:
            wrong.append((title, 'acknowledged', copies))
        if kept and copies != [(kept[0]['unique_id'], kept[0]['hash'])]:
            wrong.append((title, 'kept', copies))
        if not receipt and not kept and len(copies) > (1 if answer.status < 0 else 0):
            wrong.append((title, 'neither', answer.status, copies))
    return wrong


tap.same(check([]), [], 'what was acknowledged or kept is there once with its hash, the rest not at all')


# --- Kills ---
def one_kill(number, way):
    """Dies at a random byte of the conversation, or at a random time."""
    title = 'Tue %d' % number
    words, options = sending(title)
    proxy.instead = lambda: process.kill()
    process, patient = place.dmp_process(*words, **options)
    if way is not None:
        proxy.arm(way, chance.randrange(whole[way] // 2, whole[way]))
    process.stdin.write(patient)
    process.stdin.close()
    process.stdin = None
    if way is None:
        time.sleep(send_time * (0.6 + 0.4 * chance.random()))
        process.kill()
    out, err = process.communicate()
    proxy.direction = proxy.instead = None
    sent[title] = (stage.Answer(subprocess.CompletedProcess(words, process.returncode, out, err)), rows())


sent.clear()
began = time.monotonic()
send_time = time.monotonic()
send('Duree')
send_time = time.monotonic() - send_time
for number in range(KILLS):
    one_kill(number, ('up', 'down', None)[number % 3])
# The next sending opens the record, and so clears up: looked at after each kill.
states = [row['state'] for title, (_, after) in sent.items() for row in after if row['documents'][0]['title'] == title]
print('# %d kills in %.1f s (a sending takes %.2f s), outbox %s' % (KILLS, time.monotonic() - began, send_time, dict(Counter(states))))
tap.ok('unknown' in states and set(states) <= {'unknown', 'acked'}, 'a killed sending is in doubt', states)
answer = outbox('retry')
tap.ok(answer.status == 0 and rows() == [], 'one retry empties the outbox', (answer, rows()))
tap.same(check([]), [], 'none of them is there twice, each with its hash')

# --- Byte for byte ---
there = listed()
some = [copies[0] for title, copies in sorted(there.items()) if title.startswith(('Coupe', 'Tue', 'Calme'))]
folder = place.dir / 'got'
folder.mkdir()
answer = place.dmp('get', *[unique_id for unique_id, _ in some[:16]], '-o', str(folder), '--json', record='simple')
hashes = sorted(hashlib.sha1((folder / os.path.basename(d['file'])).read_bytes()).hexdigest() for d in answer.json['documents'])
tap.same(hashes, sorted(h.lower() for _, h in some[:16]), 'byte for byte')

# --- What is not cleared up by itself ---
slow = place.write_config('late.ini')
slow.write_text(slow.read_text().replace('resend-delay=0', 'resend-delay=600'))
proxy.arm('up', whole['up'] - 200)
send('En retard')
answer = outbox('retry', config=slow)
tap.ok(answer.status == 18 and [row['state'] for row in rows()] == ['unknown'],
       'what may still arrive is not sent again too soon', answer)
tap.ok('En retard' in listed() and rows() == [], 'but later')

proxy.arm('down', whole['down'] - 400)
send('Autre')
database = sqlite3.connect(person / 'home/.local/state/caducee/outbox.db')
database.execute("UPDATE documents SET hash = '0000000000000000000000000000000000000000'")
database.commit()
database.close()
answer = outbox('retry')
tap.ok(answer.status == 14 and [row['state'] for row in rows()] == ['conflict'] and len(listed().get('Autre', [])) == 1,
       'something else under this identifier: a conflict', (answer, rows()))
place.dmp('status', '--json', record='simple')
left = rows()
tap.ok([row['state'] for row in left] == ['conflict'] and 'autre chose' in left[0]['message'], 'that a person must look at', left)
outbox('drop', str(left[0]['id']))

# --- The delay counts from the wire, not from the button ---
held = driver.Driver(place, cut_config)
held.ask('prepare', 'Retenu')
time.sleep(1.1)
before = rows()[0]
tap.ok(before['sent'] is None and before['created'], 'what is held has not been sent', before)
pressed = time.strftime('%Y%m%d%H%M%S', time.gmtime())
proxy.arm('up', whole['up'] // 4)
answer = held.ask('deliver')
after = rows()[0]
tap.ok(answer == ('error', 'unknown-outcome') and after['sent'] and after['sent'] >= pressed > after['created'],
       'its time is that of the wire', (answer, pressed, after))
answer = outbox('retry', config=slow)
tap.ok(answer.status == 18 and rows(), 'and the delay counts from there', answer)
time.sleep(1.1)
held.ask('retry')
tap.same(rows(), [], 'it goes when it may')
show = json.loads(place.dmp('receipt', 'show', after['submission_set'], '--json').out)
tap.ok(show['answer_to'] == 'TD2.1' and re.sub(r'\D', '', show['sent']) > after['sent'], 'and its receipt has the time of the sending that was accepted', (after, show))

held.close()  # dmp has had the card meanwhile, and reset it
held = driver.Driver(place, cut_config)
made = held.ask('prepare', 'Sans-hote')
place.stop_host()
answer = held.ask('deliver')
left = rows()
tap.ok(answer[0] == 'error' and left and left[0]['sent'] is None and left[0]['state'] == 'unknown',
       'a host that is down: kept, and never sent', (made, answer, left))
held.close()
place.start_host(('--listen', '127.0.0.1:%d' % port))
answer = outbox('retry', config=slow)
tap.ok(answer.status == 0 and rows() == [] and len(listed().get('Sans-hote', [])) == 1,
       'so it need not wait when the host is back', (answer, rows()))

# --- "Already there", and nothing in the list ---
def at_host(sql, *values):
    base = sqlite3.connect(place.dir / 'host/store.sqlite', timeout=30)
    base.execute(sql, values)
    base.commit()
    base.close()


proxy.arm('down', whole['down'] - 400)
send('Cache')
first = rows()[0]['documents'][0]
at_host('UPDATE document SET patient = patient + 1, hash = hex(hash) WHERE unique_id = ?', first['unique_id'])
answer = outbox('retry')
left = rows()
tap.ok(answer.status == 18 and [row['state'] for row in left] == ['unknown'] and 'ne le montre pas' in answer.out.decode(),
       'a part that the list does not show is no conflict', (answer, left))
at_host('UPDATE document SET patient = patient + 1, hash = hex(hash) WHERE unique_id = ?', rows()[0]['documents'][-1]['unique_id'])
answer = outbox('retry')
left = rows()
tap.ok(answer.status == 18 and [row['state'] for row in left] == ['unknown'] and 'ne le montre pas' in left[0]['message'],
       'nor is a duplicate of which it shows nothing', (answer, left))
for document in left[0]['documents']:
    at_host('UPDATE document SET patient = patient - 1, hash = ? WHERE unique_id = ?', document['hash'], document['unique_id'])
answer = outbox('retry')
tap.ok(answer.status == 0 and rows() == [] and len(listed().get('Cache', [])) == 1, 'once listed it is acknowledged', (answer, rows()))

# --- The disk does not take what came of it ---
def on_disk(*sql):
    base = sqlite3.connect(person / 'home/.local/state/caducee/outbox.db', timeout=30)
    for line in sql:
        base.execute(line)
    base.commit()
    base.close()


FULL = "CREATE TRIGGER full BEFORE %s ON sets BEGIN SELECT RAISE(FAIL, 'disk full'); END"
on_disk(FULL % 'UPDATE OF sentence')
proxy.arm('down', whole['down'] - 400)
answer = send('Plein')
left = rows()
tap.ok(answer.status == 18 and 'peut-être été enregistré' in answer.err and 'pas pu être noté' in answer.err
       and 'Rien n’a été envoyé' not in answer.err and [row['state'] for row in left] == ['unknown'],
       'in doubt, and not to be written: in doubt still', (answer, left))
on_disk('DROP TRIGGER full')
outbox('retry')
tap.ok(rows() == [] and len(listed().get('Plein', [])) == 1, 'and cleared up when the disk has room', rows())
on_disk(FULL % 'UPDATE OF sentence')
answer = place.dmp(*sending('Refus-plein')[0], record='closed')
left = rows()
tap.ok(answer.status == 18 and 'pas pu être noté' in answer.err and [row['state'] for row in left] == ['unknown'],
       'so is a refusal that cannot be written', (answer, left))
on_disk('DROP TRIGGER full', 'DELETE FROM sets')
on_disk(FULL % 'INSERT')
answer = send('Jamais')
tap.ok(answer.status == 20 and 'Rien n’a été envoyé.' in answer.err and 'Jamais' not in listed(), 'what cannot be kept is not sent', answer)
on_disk('DROP TRIGGER full', FULL % 'DELETE')
held = driver.Driver(place, cut_config)
held.ask('prepare', 'Reste')
answer = held.ask('withdraw')
tap.ok(answer == ('error', 'unknown-outcome') and [row['state'] for row in rows()] == ['unknown'],
       'what cannot be taken back is said to stay', (answer, rows()))
held.close()
on_disk('DROP TRIGGER full', 'DELETE FROM sets')

answer = place.dmp(*sending('Ferme')[0], record='closed')
left = rows()
tap.ok(answer.status == 12 and [row['state'] for row in left] == ['refused'] and left[0]['message'] == answer.err.strip(),
       'a refusal is kept with its sentence', (answer, left))
tap.same(answer.json['error'].get('outbox'), left[0]['id'], 'and its number')
[outbox('drop', str(row['id'])) for row in left]

# --- What lies on the disk ---
trouble_words = [b'Contenu de', b'Coupe', b'MARTIN', place.patient('simple').split(b'"ins": "')[1][:13]]
files = [p for p in (person / 'home/.local/state/caducee').iterdir()]
tap.ok(files and all((p.stat().st_mode & 0o777) == 0o600 for p in files), 'its files are the person’s alone', files)
tap.same([(p.name, w) for p in files for w in trouble_words if w in p.read_bytes()], [], 'and nothing of a patient is in them')

# --- By hand ---
proxy.arm('up', whole['up'] - 200)
send('A la main')
left = rows()
answer = outbox('drop', str(left[0]['id'])) if left else None
tap.ok(left and answer.status == 0 and rows() == [], 'drop forgets without asking', (left, answer))
trouble.refused(tap, outbox('drop', '999999'), 2, 'usage', 'dmp outbox list', 'drop of what is not there')
trouble.refused(tap, outbox('retry', '999999'), 2, 'usage', 'dmp outbox list', 'retry of what is not there')

proxy.close()
place.close()
sys.exit(tap.end())
