#!/usr/bin/env python3
"""Writes the clinical code tables of this folder from the published sources.

usage: make-clinical.py FOLDER  (FOLDER holds drug-data/ and codes/ as published: the BDPM, the CCAM
and the value sets of the CI-SIS). Run by hand when a source changes; the build needs only the TSV.
"""
import csv
import os
import sys

CIM10, CIS, ATC = '2.16.840.1.113883.6.3', '1.2.250.1.213.2.3.1', '2.16.840.1.113883.6.73'
CCAM = '1.2.250.1.215.300.1'
here = os.path.dirname(os.path.abspath(__file__))

# Vaccines whose class the BDPM leaves out, by the WHO's ATC index.
ATC_OF = {'60917345': 'J07CA01', '63513354': 'J07BF03', '60990140': 'J07BX05', '62189757': 'J07AL02',
          '64355843': 'J07AL02', '64281916': 'J07BN01', '64397504': 'J07BN01', '65290793': 'J07BN01',
          '66689795': 'J07BN01', '69777706': 'J07CA02', '69975093': 'J07AE02', '69091949': 'J07BX04',
          '67823603': 'J07BB02', '69604608': 'J07BM01', '65194581': 'J07BD52', '64737775': 'J07BC20',
          '69725264': 'J07CA10', '60755263': 'J07BH01', '60956323': 'J07BK02'}


def rows(folder, path):
    with open(os.path.join(folder, path), encoding='utf-8', newline='') as stream:
        yield from csv.reader(stream, delimiter='\t', quoting=csv.QUOTE_NONE)


def write(name, title, source, version, columns, table):
    with open(os.path.join(here, name + '.tsv'), 'w', encoding='utf-8') as out:
        out.write(f'# {title}\n# source: {source}\n# version: {version}\n# columns: {columns}\n')
        for row in table:
            out.write('\t'.join(' '.join(cell.split()) for cell in row).rstrip('\t') + '\n')


def medicines(folder):
    plain, vaccines = [], []
    for row in list(rows(folder, 'drug-data/bdpm-medicines.tsv'))[1:]:
        cis, name, marketed = row[0], row[1], row[4]
        atc = row[5] or ATC_OF.get(cis, '')
        name = name.replace('\ufffd', '’')
        if atc.startswith('J07'):  # old lots are still noted, so marketed or not
            vaccines.append((cis, CIS, name, atc))
        elif marketed == '1':
            plain.append((cis, CIS, name, atc))
    source = 'Base de données publique des médicaments (ANSM, HAS, UNCAM), réutilisation libre'
    write('medicine', 'Medicines on the market, by speciality (CIS)', source, '2025-07',
          'code, system, label, ATC class', sorted(plain, key=lambda r: r[2]))
    write('vaccine', 'Vaccines, by speciality (CIS)', source + '; ATC: WHO', '2025-07',
          'code, system, label, ATC class', sorted(vaccines, key=lambda r: r[2]))


def procedures(folder):
    table = [(r[0], CCAM, r[2]) for r in list(rows(folder, 'codes/ccam.tsv'))[1:]]
    write('procedure', 'Procedures (CCAM)', 'Classification commune des actes médicaux, ATIH',
          'as of 2024', 'code, system, label', table)


def value_set(folder, name, oid_name, title, keep=None):
    table = []
    for row in rows(folder, 'codes/value-sets.tsv'):
        if row[0] == oid_name and (keep is None or row[3] in keep):
            table.append((row[3], row[2], row[4]))
    write(name, title, 'Agence du Numérique en Santé, ' + oid_name, '2024',
          'code, system, label', table)


def diagnoses(folder):
    known = {}
    for row in rows(folder, 'codes/labels-fr.tsv'):
        if row[0] == CIM10:
            known[row[1]] = row[2]
    own = os.path.join(here, 'diagnosis-common.txt')
    with open(own, encoding='utf-8') as stream:
        for line in stream:
            if line.strip() and not line.startswith('#'):
                code, label = line.rstrip('\n').split('\t')
                known.setdefault(code, label)
    valid = {line.strip() for line in open(os.path.join(folder, 'codes/cim10-codes.txt'))}
    unknown = sorted(code for code in known if code not in valid)
    if unknown:
        sys.exit('no CIM-10 codes: ' + ' '.join(unknown))
    write('diagnosis', 'Diagnoses (CIM-10): the ones of general practice, and all tumours',
          'CIM-10 (OMS), codes and labels in the value sets of the CI-SIS and diagnosis-common.txt',
          '2024', 'code, system, label', sorted((c, CIM10, l) for c, l in known.items()))


def main():
    folder = sys.argv[1]
    medicines(folder)
    procedures(folder)
    diagnoses(folder)
    value_set(folder, 'route', 'JDV_RouteofAdministration_CISIS', 'Routes of administration (EDQM)')
    value_set(folder, 'vaccine-route', 'JDV_ImmunizationRouteCodes_CISIS', 'Routes of a vaccine')
    value_set(folder, 'vaccine-site', 'JDV_ImmunizationApproachSiteCode_CISIS', 'Sites of a vaccine')
    value_set(folder, 'vaccination', 'JDV_HL7_ActSubstanceAdministrationImmunizationCode_CISIS',
              'Kinds of vaccination')
    value_set(folder, 'relative', 'JDV_HL7_PersonalRelationshipRoleType_CISIS', 'Relatives',
              {'MTH', 'FTH', 'BRO', 'SIS', 'SIB', 'SONC', 'DAUC', 'CHILD', 'GRMTH', 'GRFTH', 'MGRMTH',
               'MGRFTH', 'PGRMTH', 'PGRFTH', 'AUNT', 'UNCLE', 'MAUNT', 'PAUNT', 'MUNCLE', 'PUNCLE',
               'COUSN', 'HBRO', 'HSIS', 'TWIN', 'NEPHEW', 'NIECE', 'FAMMEMB'})
    value_set(folder, 'smoking', 'JDV_StatutTabagique_CISIS', 'Smoking',
              {'449868002', '428041000124106', '8517006', '266919005', '56771006', '56578002'})
    value_set(folder, 'admission', 'JDV_ModaliteEntree_CISIS', 'How a stay began')
    value_set(folder, 'discharge', 'JDV_ModaliteSortie_CISIS', 'How a stay ended')
    value_set(folder, 'document-status', 'JDV_StatutDoc_CISIS', 'State of a letter')
    value_set(folder, 'allergy-status', 'JDV_HL7_allergyintolerance_clinical_CISIS',
              'Clinical state of an allergy')


main()
