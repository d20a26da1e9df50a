"""Structured documents, from a model to the record and back: written, sent as they are, listed under
their own type, class and format, fetched byte for byte, and read into the summary."""
import json
import subprocess
import sys

import stage
import trouble

tap = stage.Tap()
place = stage.Stage('gp', ['simple'])
trouble.private_home(place)
patient = json.loads((place.records / 'simple' / 'patient.json').read_text())
# model: type and class under which the DMP files it, and its format
FILED = {'vsm': ('SYNTH', '11', 'urn:asip:ci-sis:vsm:2012'),
         'vaccination': ('87273-9', '52', 'urn:asip:ci-sis:vac-note:2021'),
         'letter': ('11490-0', '10', 'urn:asip:ci-sis:ldl-ses:2017')}


def write(name):
    """The model of the tests, for this patient."""
    model = json.loads((stage.SOURCE / 'tests/cda/models' / (name + '.json')).read_text())
    model['patient'] = {key: patient[key] for key in ('ins', 'oid', 'birth_family', 'family', 'given', 'given_all', 'sex')}
    model['patient'].update(birth_date=patient['birth_date'], birth_place=patient['birth_place']['code'])
    path = place.dir / (name + '.xml')
    run = subprocess.run([str(stage.BUILD / 'src/cli/dmp'), 'cda', 'write', '-'], input=json.dumps(model).encode(),
                         stdout=subprocess.PIPE, check=True)
    path.write_bytes(run.stdout)
    return path


known = {d['unique_id'] for d in place.documents('simple')}
files = [write(name) for name in FILED]
sent = place.dmp('send', *map(str, files), '--json', record='simple')
tap.same(sent.status, 0, 'the three go in one submission')
listed = {d['type']['code']: d for d in place.dmp('list', '--json', record='simple').json['documents']
          if d['unique_id'] not in known}
for (name, (kind, group, form)), path in zip(FILED.items(), files):
    document = listed.get(kind, {})
    tap.same([document.get('class', {}).get('code'), document.get('format', {}).get('code')], [group, form],
             name + ': filed under its type, class and format')
    folder = place.dir / name
    folder.mkdir()
    place.dmp('get', document.get('unique_id', 'none'), '-o', str(folder), record='simple')
    tap.ok(any(got.read_bytes() == path.read_bytes() for got in folder.iterdir()), name + ': comes back byte for byte')

facts = place.dmp('summary', '--json', record='simple').json['facts']
own = {d['unique_id'] for d in listed.values()}
blocks = {fact['block'] for fact in facts if any(source['document'] in own for source in fact['sources'])}
tap.ok({'problem', 'allergy', 'treatment', 'vaccine', 'procedure'} <= blocks, 'the summary has what they say', blocks)
place.close()
sys.exit(tap.end())
