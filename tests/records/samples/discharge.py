"""Letters of discharge from a hospital (LDL-SES 2022.01): why, what happened, what to take home."""
from . import codes, entries, header, narrative, vsm
from .codes import Code
from .narrative import content, loinc, reference, templates
from .times import french_day, hl7_day
from .xml import E

TEMPLATES = (("1.2.250.1.213.1.1.1.29", "2022.01"),)
TITLE = "Lettre de liaison à la sortie de l'établissement de santé"
INPATIENT = Code("IMP", codes.ACT, "Hospitalisation (établissement, y compris HAD)")
SIMPLE = ("1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48")
DONE = Code("398166005", codes.SNOMED, "réalisé")
URGENT = Code("183452005", codes.SNOMED, "hospitalisation en urgence")
PLANNED = Code("8715000", codes.SNOMED, "hospitalisation programmée")
HOME = Code("160849004", codes.SNOMED, "retour au domicile")
# Lines about events of the stay: template, code, words, words when nothing happened (None: yes/no).
EVENTS = (
    (
        "1.2.250.1.213.1.1.3.48.3",
        "MED-143",
        "Evènements indésirables survenus pendant l'hospitalisation",
        "Aucun",
    ),
    (
        "1.2.250.1.213.1.1.3.48.8",
        "MED-309",
        "Recherche de microorganismes multi-résistants ou émergents effectuée",
        None,
    ),
    ("1.2.250.1.213.1.1.3.48.10", "MED-145", "Transfusion de produits sanguins", None),
    ("1.2.250.1.213.1.1.3.48.2", "MED-147", "Administration de dérivés du sang", None),
)


def observation(doc, template, code, words, identifier, value, more=()):
    return E(
        "entry",
        E(
            "observation",
            templates(*SIMPLE, template, *more),
            E("id", root=doc.uuid()),
            Code(code, codes.ANS, words).element("code"),
            reference(identifier),
            entries.COMPLETED,
            E("effectiveTime", value=hl7_day(doc.created.strftime("%Y-%m-%d"))),
            value,
            classCode="OBS",
            moodCode="EVN",
        ),
    )


def status(doc):
    identifier = doc.next("statut")
    value = DONE.element("value", xsi_type="CD")
    found = observation(
        doc,
        "1.2.250.1.213.1.1.3.48.16",
        "GEN-065",
        "Statut du document",
        identifier,
        value,
        ("1.2.250.1.213.1.1.3.48.16.1",),
    )
    return narrative.section(
        doc,
        ["1.2.250.1.213.1.1.2.35", "1.2.250.1.213.1.1.2.35.1"],
        loinc("33557-0", "Etat d'achèvement"),
        "Statut du document",
        narrative.table([], [["Statut", content(identifier, "Validé")]]),
        found,
    )


def why(doc, text):
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.3.1", "1.2.250.1.213.1.1.2.127"],
        loinc("42349-1", "Raison de la recommandation"),
        "Motif de l'hospitalisation",
        E("paragraph", text),
    )


def event(doc, row):
    template, code, words, nothing = row
    identifier = doc.next("evenement")
    value = (
        E("value", nothing, xsi_type="ST") if nothing else E("value", xsi_type="BL", value="false")
    )
    return [words, content(identifier, nothing or "Non")], observation(
        doc, template, code, words, identifier, value
    )


def stay(doc, letter):
    start, end, summary = doc.next("entree"), doc.next("sortie"), doc.next("synthese")
    mode = URGENT if letter.urgent else PLANNED
    rows = [
        ["Entrée", content(start, f"{doc.start:%d/%m/%Y}, {mode.display}")],
        ["Sortie", content(end, f"{doc.stop:%d/%m/%Y}, {HOME.display}")],
        ["Synthèse médicale", content(summary, letter.summary)],
    ]
    found = [
        observation(
            doc,
            "1.2.250.1.213.1.1.3.48.6",
            "ORG-070",
            "Modalité d'entrée",
            start,
            mode.element("value", xsi_type="CE"),
        ),
        observation(
            doc,
            "1.2.250.1.213.1.1.3.48.7",
            "ORG-074",
            "Modalité de sortie",
            end,
            HOME.element("value", xsi_type="CE"),
        ),
        observation(
            doc,
            "1.2.250.1.213.1.1.3.48.9",
            "MED-142",
            "Synthèse médicale",
            summary,
            E("value", letter.summary, xsi_type="ST"),
        ),
    ]
    for row in EVENTS:
        cells, entry = event(doc, row)
        rows.append(cells)
        found.append(entry)
    return narrative.section(
        doc,
        [
            "1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9",
            "1.3.6.1.4.1.19376.1.7.3.1.1.13.7",
            "1.2.250.1.213.1.1.2.163",
            "1.2.250.1.213.1.1.2.163.1",
        ],
        loinc("42545-4", "Evènements observés"),
        "Synthèse médicale du séjour",
        narrative.table([], rows),
        found,
    )


def treatments(doc, letter):
    rows, found = [], []
    for treatment in letter.treatments:
        identifiers = doc.next("med"), doc.next("voie"), None
        rows.append(
            [
                french_day(treatment.since),
                content(identifiers[0], treatment.label),
                treatment.dosage.text,
                content(identifiers[1], treatment.drug.route.display),
            ]
        )
        found.append(vsm.administration(doc, treatment, identifiers))
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.3.22", "1.2.250.1.213.1.1.2.146"],
        loinc("10183-2", "Traitements à la sortie"),
        "Traitements à la sortie",
        narrative.table(["Depuis", "Médicament", "Posologie", "Voie"], rows),
        found,
    )


def stopped(doc, letter):
    if not letter.stopped:
        return None
    rows, found = [], []
    for treatment in letter.stopped:
        identifiers = doc.next("arret"), doc.next("voie"), None
        rows.append(
            [
                french_day(treatment.until),
                content(identifiers[0], treatment.label),
                treatment.dosage.text,
                content(identifiers[1], treatment.drug.route.display),
            ]
        )
        found.append(vsm.administration(doc, treatment, identifiers))
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.3.21", "1.2.250.1.213.1.1.2.145"],
        loinc("18610-6", "Traitements administrés"),
        "Traitements arrêtés durant le séjour",
        narrative.table(["Arrêt", "Médicament", "Posologie", "Voie"], rows),
        found,
    )


def allergies(doc, letter):
    if not letter.allergies:
        return None
    rows, found = [], []
    for allergy in letter.allergies:
        kind, agent = doc.next("allergie"), doc.next("agent")
        rows.append(
            [
                french_day(allergy.since),
                content(kind, allergy.kind.display.capitalize()),
                content(agent, allergy.agent),
                allergy.reaction,
            ]
        )
        found.append(entries.allergy(doc, allergy, (kind, agent)))
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.2",
            "1.3.6.1.4.1.19376.1.5.3.1.3.13",
            "1.2.250.1.213.1.1.2.137",
        ],
        loinc("48765-2", "Allergies et hypersensibilités"),
        "Allergies connues",
        narrative.table(["Depuis", "Type", "Agent", "Réaction"], rows),
        found,
    )


def problems(doc, letter):
    if not letter.problems:
        return None
    rows, found = [], []
    for problem in letter.problems:
        identifier = doc.next("pb")
        rows.append([french_day(problem.since), content(identifier, problem.text)])
        found.append(entries.problem(doc, problem, identifier))
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.11",
            "1.3.6.1.4.1.19376.1.5.3.1.3.6",
            "1.2.250.1.213.1.1.2.132",
        ],
        loinc("11450-4", "Liste des problèmes actifs"),
        "Diagnostics à la sortie",
        narrative.table(["Depuis", "Diagnostic"], rows),
        found,
    )


def plan(doc, letter):
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"],
        loinc("30954-2", "Résultats d'examens"),
        "Résultats et suites",
        narrative.table([], [[line] for line in letter.plan]),
    )


def document(record, author, when, letter, **more):
    """The letter of `author` at `when`, for a clinical.Letter."""
    doc = record.document(
        "11490-0",
        TITLE,
        author,
        when,
        templates=TEMPLATES,
        start=letter.stay.start,
        stop=letter.stay.stop,
        event=INPATIENT,
        encounter=INPATIENT,
        activity=codes.FULL_STAY,
        **more,
    )
    doc.state(letter.stay.fact(letter.why))
    doc.extras.participants.append(
        header.associated(letter.recipient, letter.recipient.structures[0], header.PCP)
    )
    doc.body = narrative.structured(
        status(doc),
        why(doc, letter.why),
        stay(doc, letter),
        problems(doc, letter),
        stopped(doc, letter),
        treatments(doc, letter),
        plan(doc, letter),
        allergies(doc, letter),
    )
    return doc
