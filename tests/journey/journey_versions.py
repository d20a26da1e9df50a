"""New versions: what takes the place of what, in the header, in the association and in the record."""
import re
import sqlite3
import sys
import uuid

import stage
import trouble

tap = stage.Tap()
place = stage.Stage('gp', ['simple'])
trouble.private_home(place)
letter = place.dir / 'lettre.txt'
letter.write_text('Cher confrère,\nmerci de voir ce patient.\n')


def send(*words, **options):
    return place.dmp('send', *map(str, words), '--json', *stage.AGAIN, record='simple', **options)


def listed():
    return {d['unique_id']: d for d in place.dmp('list', '--status', 'all', '--json', record='simple').json['documents']}


def fetch(uid):
    folder = place.dir / ('got-' + uid)
    folder.mkdir()
    answer = place.dmp('get', uid, '-o', str(folder), '--json', record='simple')
    return next(folder.glob('*.xml')).read_text() if answer.status == 0 else str(answer)


def header(text):
    found = [re.search(pattern, text) for pattern in
             (r'<setId root="([^"]*)"', r'<versionNumber value="([^"]*)"',
              r'typeCode="RPLC"><parentDocument><id root="([^"]*)"')]
    return [match.group(1) if match else None for match in found]


def next_version(text, old, version=None, set_id=None):
    """What another program would have written after @text."""
    own = '2.25.%d' % uuid.uuid4().int
    text = re.sub(r'<id root="[^"]*"/>', '<id root="%s"/>' % own, text, count=1)
    text = re.sub(r'<relatedDocument.*?</relatedDocument>', '', text)
    text = re.sub(r'(<versionNumber value=")(\d+)', lambda m: m.group(1) + str(version or int(m.group(2)) + 1), text)
    if set_id:
        text = re.sub(r'(<setId root=")[^"]*', r'\g<1>' + set_id, text)
    related = '<relatedDocument typeCode="RPLC"><parentDocument><id root="%s"/></parentDocument></relatedDocument>' % old
    path = place.dir / (own + '.xml')
    path.write_text(text.replace('<componentOf>', related + '<componentOf>'))
    return own, path


# --- From a file ---
first = send(letter, '--type', '11488-4', '--title', 'Version 1').json['documents'][0]['unique_id']
second = send(letter, '--type', '11488-4', '--title', 'Version 2', '--replace', first).json['documents'][0]['unique_id']
one, two = fetch(first), fetch(second)
tap.same(header(two), [header(one)[0], '2', first], 'the second version continues the set and names the first')
states = listed()
tap.same([states[uid]['status'] for uid in (first, second)], ['deprecated', 'approved'], 'and takes its place')

# --- A whole CDA document, by its own header, with a letter beside it ---
third, path = next_version(two, second)
answer = send(path, letter, '--type', '11488-4')
tap.same((answer.status, [d['unique_id'] for d in answer.json.get('documents', [])][:1]), (0, [third]),
         'a CDA document that replaces, sent with another')
states = listed()
tap.same([states[uid]['status'] for uid in (second, third)], ['deprecated', 'approved'], 'its header was enough')
fourth, path = next_version(path.read_text(), third)
tap.same(send(path, '--replace', third).status, 0, 'or said twice')

# --- Refused here, before anything is sent ---
before = len(listed())
text = fetch(fourth)
own, path = next_version(text, fourth)
other = next(uid for uid, d in listed().items() if d['status'] == 'approved' and uid != fourth)
trouble.refused(tap, send(path, '--replace', other), 17, 'invalid-document', 'vérifiez lequel', 'the header says another')
own, stale = next_version(text, second)
trouble.refused(tap, send(stale), 17, 'invalid-document', 'actualisez la liste', 'what it replaces is not in force')
trouble.refused(tap, send(letter, '--type', '11488-4', '--replace', first), 17, 'invalid-document', 'actualisez la liste',
                'nor is it by name')
own, apart = next_version(text, fourth, set_id='1.2.3.4')
trouble.refused(tap, send(apart), 17, 'invalid-document', 'logiciel qui l’a écrit', 'a set of its own')
own, again = next_version(text, fourth, version=4)
trouble.refused(tap, send(again), 17, 'invalid-document', 'logiciel qui l’a écrit', 'no later version')
twins = [next_version(text, fourth)[1] for _ in range(2)]
trouble.refused(tap, send(*twins), 17, 'invalid-document', 'gardez qu’un', 'two that replace one')
plain = place.dir / 'neuf.xml'
plain.write_text(re.sub(r'<relatedDocument.*?</relatedDocument>', '', next_version(text, fourth)[1].read_text()))
trouble.refused(tap, send(plain, '--replace', fourth), 17, 'invalid-document', 'logiciel qui l’a écrit', 'a header that names none')
trouble.refused(tap, send(letter, '--type', '11488-4', '--replace', '1.2.3.4'), 14, 'not-found', 'Rien n’a été envoyé',
                'what is not in the record')
tap.same(len(listed()), before, 'nothing of these was sent')

# --- Listed, but not sent ---
def at_host(sql, *values):
    base = sqlite3.connect(place.dir / 'host/store.sqlite', timeout=30)
    base.execute(sql, values)
    base.commit()
    base.close()


own, unread = next_version(text, fourth)
at_host("UPDATE document SET blob = 'x' || blob WHERE unique_id = ?", fourth)
answer = send(unread)
tap.ok(answer.status not in (0, 18) and 'rien n’a été envoyé' in answer.err and own not in listed(),
       'what is there and cannot be read is not sent beside as new', answer)
at_host('UPDATE document SET blob = substr(blob, 2) WHERE unique_id = ?', fourth)

# --- Another's ---
others = next(uid for uid, d in listed().items() if d['status'] == 'approved' and d['author']['id'] != '899700000017')
trouble.refused(tap, send(letter, '--type', '11488-4', '--replace', others), 14, 'fault', 'version en cours|autre auteur',
                'another’s document is not replaced: the host says so')
tap.same(listed()[others]['status'], 'approved', 'it stands')

# --- What was never in this record ---
own, path = next_version(text, '2.25.4711')
answer = send(path)
tap.same((answer.status, listed().get(own, {}).get('status')), (0, 'approved'), 'a new version of what was never here comes as new')

place.close()
sys.exit(tap.end())
