#!/usr/bin/env python3
"""The facts of the published examples, counted again with XPath.

For each kind: how many `dmp cda facts` finds in a document, and how many statements an XPath of its own finds there,
by template id, section and tag. A difference must stand in EXPLAINED, exactly as it is. And every entry of every
document is a fact or listed as unclassified: none is dropped.

Usage: test-fact-counts.py DMP FILE…; prints TAP.
"""
import collections
import json
import subprocess
import sys
from pathlib import Path

from lxml import etree

NS = {'h': 'urn:hl7-org:v3'}
FR, PCC, LAB = '1.2.250.1.213.1.1.3.', '1.3.6.1.4.1.19376.1.5.3.1.4.', '1.3.6.1.4.1.19376.1.3.1.'


def has(*templates):
    """The statement, or the entry or relationship around it, names one of the templates."""
    return '(' + ' or '.join(f"h:templateId/@root='{t}' or parent::*/h:templateId/@root='{t}'" for t in templates) + ')'


def section(*codes):
    return '(' + ' or '.join(f"ancestor::h:section[1]/h:code/@code='{c}'" for c in codes) + ')'


# What makes a statement of a kind, by its templates.
ALLERGY = [FR + '40', FR + '41', PCC + '5.3', PCC + '6']
FAMILY = [FR + '59', FR + '51', PCC + '15']
PROBLEM = [FR + '39', FR + '37', PCC + '5.2', PCC + '5']
VACCINE = [FR + '45', PCC + '12']
TREATMENT = [FR + '42', FR + '83', FR + '47', FR + '13', PCC + '7']
PROCEDURE = [FR + '62', FR + '100', FR + '153', FR + '165', PCC + '19']
RESULT = [FR + '80', FR + '50', LAB + '6', PCC + '13.2']
SOCIAL = [FR + '52', PCC + '13.4']
PREGNANCY = [FR + '53', PCC + '13.5']
DIRECTIVE = [FR + '54', PCC + '13.7']
EVENT = [FR + '58', PCC + '14']
FILE = [FR + '18', FR + '103']
NOTE = [FR + '32', FR + '35']
ALL = [*ALLERGY, *FAMILY, *PROBLEM, *VACCINE, FR + '204', *TREATMENT, FR + '20', *PROCEDURE, *EVENT, *RESULT, *SOCIAL, *PREGNANCY, *DIRECTIVE, *FILE, *NOTE]
ACTIVE = section('11450-4', '46241-6', '11535-2', '72135-7')
PAST = section('11348-0', '47519-4', '34117-2', '46612-8')
FAMILY_SECTION = section('10157-6')
# A statement, or what holds it, names whom it speaks of: no patient of ours.
OF_RELATIVE = 'ancestor-or-self::*[ancestor-or-self::h:entry][h:subject/h:relatedSubject]'
INSURER = "ancestor::h:ClinicalDocument/h:templateId/@root='1.2.250.1.213.1.1.1.36'"
# A statement of its own: no part of another one, only of acts and organizers that no template of ours names.
OWN = (f'not(ancestor::*[self::h:observation or self::h:procedure or self::h:substanceAdministration or self::h:supply or self::h:encounter'
       f' or ((self::h:act or self::h:organizer) and {has(*ALL)})])')
SECTION_RESULT, SECTION_SOCIAL, SECTION_RISK = ('30954-2', '8716-3'), ('29762-2',), ('57207-3', '10161-8', '46467-9')
SECTION_PREGNANCY, SECTION_DIRECTIVE = ('10162-6',), ('42348-3',)
SECTIONS = [*SECTION_RESULT, *SECTION_SOCIAL, *SECTION_RISK, *SECTION_PREGNANCY, *SECTION_DIRECTIVE]


def observation_of(templates, sections):
    return f'.//h:entry//h:observation[{OWN}][{has(*templates)} or (not({has(*ALL)}) and {section(*sections)})]'


def concern(observation, act, where):
    """Observations inside a list of problems, and those that stand alone."""
    return [f'.//h:act[{OWN}][{has(*act)}]/h:entryRelationship/h:observation[{where}]', f'.//h:entry//h:observation[{OWN}][{has(*observation)}][{where}]']


KINDS = {
    'allergy': concern([FR + '41', PCC + '6'], [FR + '40', PCC + '5.3'], 'true()'),
    'problem': concern([FR + '37', PCC + '5'], [FR + '39', PCC + '5.2'], ACTIVE),
    'history': concern([FR + '37', PCC + '5'], [FR + '39', PCC + '5.2'], PAST),
    'treatment': [f'.//h:entry//h:substanceAdministration[{OWN}][{has(*TREATMENT)}][not({INSURER})]'],
    'delivery': [f'.//h:entry//h:substanceAdministration[{OWN}][{has(*TREATMENT)}][{INSURER}]', f'.//h:entry//h:supply[{OWN}][{has(FR + "204")}]'],
    'vaccine': [f'.//h:entry//h:substanceAdministration[{OWN}][{has(*VACCINE)}]'],
    'device': [f'.//h:entry//h:supply[{OWN}][{has(FR + "20")}]'],
    'procedure': [f'.//h:entry//*[{OWN}][self::h:procedure or self::h:act][{has(*PROCEDURE)}]'],
    'event': [f'.//h:entry//h:encounter[{OWN}][{has(*EVENT)}]'],
    'result': [observation_of(RESULT, SECTION_RESULT)],
    'social': [observation_of(SOCIAL, SECTION_SOCIAL)],
    'pregnancy': [observation_of(PREGNANCY, SECTION_PREGNANCY)],
    'directive': [observation_of(DIRECTIVE, SECTION_DIRECTIVE)],
    'risk': [f'.//h:entry//h:observation[{OWN}][not({has(*ALL)})][{section(*SECTION_RISK)}]'],
    'family': [f'.//h:organizer[{OWN}][{has(FR + "59", PCC + "15")}]/h:component/h:observation'] + concern([FR + '37', PCC + '5'], [FR + '39', PCC + '5.2'], FAMILY_SECTION),
    'finding': [f'.//h:entry//h:observation[{OWN}][not({has(*ALL)})][not({section(*SECTIONS)})]'],
    'file': [f'.//h:entry//*[{OWN}][self::h:organizer or self::h:observationMedia][{has(*FILE)} or self::h:observationMedia]'],
    'note': [f'.//h:entry//h:act[{OWN}][{has(*NOTE)}]'],
    # neither a template nor a tag that is known, and nothing known inside; a diagnosis where no list of them is
    'unclassified': concern([FR + '37', PCC + '5'], [FR + '39', PCC + '5.2'], f'not({ACTIVE} or {PAST} or {FAMILY_SECTION})') +
                    [f'.//h:entry//*[{OWN}][self::h:substanceAdministration or self::h:supply or self::h:encounter or self::h:procedure][not({has(*ALL)})]',
                     f'.//h:entry//*[{OWN}][self::h:act or self::h:organizer][not({has(*ALL)})]'
                     '[not(h:entryRelationship/*[self::h:act or self::h:organizer or self::h:observation or self::h:procedure or self::h:substanceAdministration or self::h:supply'
                     ' or self::h:encounter or self::h:observationMedia])]'
                     '[not(h:component/*[self::h:act or self::h:organizer or self::h:observation or self::h:procedure or self::h:substanceAdministration or self::h:supply'
                     ' or self::h:encounter or self::h:observationMedia])]'],
    # of the header and of words without entries: DmpFact.entry is 0
    'contact': [],
}
# (file, kind): (ours, XPath's, why). Anything else is a failure; so is a line here that is no longer true.
EXPLAINED = {
}


def find(document, kind):
    return [node for path in KINDS[kind] for node in document.xpath(path, namespaces=NS)]


def count(document, kind):
    """What is said of a relative is of the family, whatever else it is."""
    if kind == 'family':
        said = find(document, kind) + [node for other in KINDS for node in find(document, other) if node.xpath(OF_RELATIVE, namespaces=NS)]
    else:
        said = [node for node in find(document, kind) if not node.xpath(OF_RELATIVE, namespaces=NS)]
    return len({id(node) for node in said})


def judge(dmp, path):
    told = subprocess.run([dmp, 'cda', 'facts', '--json', path], check=True, capture_output=True, text=True)
    facts = json.loads(told.stdout)['facts']
    document = next(etree.parse(path).getroot().iter('{urn:hl7-org:v3}ClinicalDocument'))
    ours = collections.Counter(f['kind'] for f in facts if f['entry'])
    wrong, explained = [], []
    for kind in sorted(set(KINDS) | set(ours)):
        theirs = count(document, kind) if kind in KINDS else -1
        known = EXPLAINED.get((Path(path).name, kind))
        if known and known[:2] == (ours[kind], theirs):
            explained.append(f'{kind}: {ours[kind]} facts, {theirs} by XPath: {known[2]}')
        elif known or ours[kind] != theirs:
            wrong.append(f'{kind}: {ours[kind]} facts, {theirs} by XPath')
    entries = document.xpath('count(h:component/h:structuredBody//h:section/h:entry)', namespaces=NS)
    placed = {f['entry'] for f in facts if f['entry']}
    wrong += [f'entry {n} is nowhere' for n in range(1, int(entries) + 1) if n not in placed]
    wrong += [f'entry {n} does not exist' for n in placed if n > entries]
    return wrong, explained, ours, len(placed)


def main(dmp, *paths):
    print(f'1..{len(paths)}')
    total, entries = collections.Counter(), 0
    for number, path in enumerate(paths, 1):
        wrong, explained, ours, placed = judge(dmp, path)
        total += ours
        entries += placed
        print(f"{'not ' if wrong else ''}ok {number} - {Path(path).name}")
        for text in wrong:
            print('#', text)
        for text in explained:
            print('# explained:', text)
    print(f'# {entries} entries:', ', '.join(f'{n} {kind}' for kind, n in sorted(total.items())))


if __name__ == '__main__':
    main(*sys.argv[1:])
