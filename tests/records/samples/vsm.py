"""Volet de synthèse médicale (VSM 1.4): what the médecin traitant writes of a patient."""
from . import clinical, codes, entries, header, narrative
from .codes import Code
from .narrative import content, loinc, original, reference, templates
from .times import french_day, hl7_day
from .xml import E

TEMPLATES = (("1.2.250.1.213.1.1.1.13", "201310"),)
EXTERNAL = Code("AMB", codes.ACT, "Ambulatoire (hors établissement)")
MEDICATION = (
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7",
    "1.2.250.1.213.1.1.3.42",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.1",
)
HABIT = (
    "2.16.840.1.113883.10.20.1.33",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.4",
    "1.2.250.1.213.1.1.3.52",
)


def problems(doc, story):
    rows, found = [], []
    for problem in story.problems:
        identifier = doc.next("pb")
        rows.append(
            [
                french_day(problem.told or problem.since),
                content(identifier, problem.text),
                problem.detail or "",
            ]
        )
        found.append(entries.problem(doc, problem, identifier))
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.11",
            "1.3.6.1.4.1.19376.1.5.3.1.3.6",
            "1.2.250.1.213.1.1.2.132",
        ],
        loinc("11450-4", "Liste des problèmes actifs"),
        "Pathologies en cours",
        narrative.table(["Depuis", "Pathologie", "Précision"], rows),
        found,
    )


def history(doc, story):
    if not story.history:
        return None
    rows, found = [], []
    for problem in story.history:
        identifier = doc.next("atcd")
        rows.append(
            [
                f"{french_day(problem.since)} – {french_day(problem.until)}",
                content(identifier, problem.text),
            ]
        )
        found.append(entries.problem(doc, problem, identifier))
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.3.8", "1.2.250.1.213.1.1.2.134"],
        loinc("11348-0", "Antécédents médicaux"),
        "Antécédents médicaux",
        narrative.table(["Période", "Antécédent"], rows),
        found,
    )


def procedures(doc, story):
    if not story.procedures:
        return None
    rows, found = [], []
    for procedure in story.procedures:
        identifier, why = doc.next("acte"), doc.next("motif") if procedure.reason else None
        rows.append(
            [
                french_day(procedure.since),
                content(identifier, procedure.text),
                content(why, procedure.reason.text) if why else "",
            ]
        )
        found.append(entries.procedure(doc, procedure, identifier, why))
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.12",
            "1.3.6.1.4.1.19376.1.5.3.1.3.11",
            "1.3.6.1.4.1.19376.1.5.3.1.3.12",
            "1.2.250.1.213.1.1.2.136",
        ],
        loinc("47519-4", "Historique des actes"),
        "Antécédents chirurgicaux et actes",
        narrative.table(["Date", "Acte", "Motif"], rows),
        found,
    )


def allergy_rows(doc, story):
    rows, found = [], []
    for allergy in story.allergies:
        kind, agent = doc.next("allergie"), doc.next("agent")
        rows.append(
            [
                french_day(allergy.since),
                content(kind, allergy.kind.display.capitalize()),
                content(agent, allergy.agent),
                allergy.reaction,
            ]
        )
        if allergy.coded:
            found.append(entries.allergy(doc, allergy, (kind, agent)))
        else:
            doc.state(allergy.fact())
    if not story.allergies:
        identifier = doc.next("allergie")
        rows.append(["", content(identifier, "Aucune allergie connue à ce jour"), "", ""])
        day = doc.created.strftime("%Y-%m-%d")
        found.append(entries.no_allergy(doc, clinical.NO_ALLERGY, day, identifier))
        doc.state(clinical.no_allergy_fact(day))
    return rows, found


def allergies(doc, story):
    rows, found = allergy_rows(doc, story)
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.2",
            "1.3.6.1.4.1.19376.1.5.3.1.3.13",
            "1.2.250.1.213.1.1.2.137",
        ],
        loinc("48765-2", "Allergies et hypersensibilités"),
        "Allergies et intolérances",
        narrative.table(["Depuis", "Type", "Agent", "Réaction"], rows),
        found,
    )


def habit(doc, risk, identifier):
    doc.state(risk.fact())
    return E(
        "entry",
        E(
            "observation",
            templates(*HABIT),
            E("id", root=doc.uuid()),
            risk.code.element("code"),
            reference(identifier),
            entries.COMPLETED,
            E("effectiveTime", nullFlavor="NA"),
            E("value", xsi_type="PQ", value=risk.number, unit=risk.unit),
            classCode="OBS",
            moodCode="EVN",
        ),
    )


def habits(doc, story):
    rows, found = [], []
    for risk in story.risks:
        identifier = doc.next("risque")
        rows.append([content(identifier, risk.text)])
        found.append(habit(doc, risk, identifier))
    if not rows:
        return None
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.15",
            "1.3.6.1.4.1.19376.1.5.3.1.3.16",
            "1.3.6.1.4.1.19376.1.5.3.1.3.16.1",
            "1.2.250.1.213.1.1.2.141",
        ],
        loinc("29762-2", "Habitus, Mode de vie"),
        "Mode de vie",
        narrative.table(["Habitude"], rows),
        found,
    )


def say(doc, text, **more):
    """States words that no entry codes: a summary shows them among the risks."""
    doc.state(clinical.Fact("risk", text, (), status="text", **more))
    return text


def work(doc):
    return narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.1.5.3.1", "1.2.250.1.213.1.1.2.74"],
        loinc("10161-8", "Facteurs de risques professionnels"),
        "Facteurs de risques professionnels",
        E("paragraph", say(doc, "Aucun facteur signalé.")),
    )


def relative(doc, relation, problem, identifiers):
    """The entry of a disease in the family: never a problem of the patient."""
    subject = E(
        "subject",
        templates("1.3.6.1.4.1.19376.1.5.3.1.4.15.2", "1.2.250.1.213.1.1.3.60"),
        E("relatedSubject", relation.element("code", original(identifiers[0])), classCode="PRS"),
        typeCode="SBJ",
    )
    observation = E(
        "observation",
        templates(
            "2.16.840.1.113883.10.20.1.22",
            "1.3.6.1.4.1.19376.1.5.3.1.4.13",
            "1.3.6.1.4.1.19376.1.5.3.1.4.13.3",
            "1.2.250.1.213.1.1.3.51",
        ),
        E("id", root=doc.uuid()),
        entries.DIAGNOSIS.element("code"),
        reference(identifiers[1]),
        entries.COMPLETED,
        E("effectiveTime", nullFlavor="UNK"),
        problem.element("value", original(identifiers[1]), xsi_type="CD"),
        classCode="OBS",
        moodCode="EVN",
    )
    return E(
        "entry",
        E(
            "organizer",
            templates(
                "2.16.840.1.113883.10.20.1.23",
                "1.3.6.1.4.1.19376.1.5.3.1.4.15",
                "1.2.250.1.213.1.1.3.59",
            ),
            entries.COMPLETED,
            subject,
            E("component", observation, typeCode="COMP"),
            classCode="CLUSTER",
            moodCode="EVN",
        ),
    )


def family(doc, story):
    rows, found = [], []
    for relation, problem in story.family:
        identifiers = doc.next("parent"), doc.next("famille")
        rows.append(
            [content(identifiers[0], relation.display), content(identifiers[1], problem.display)]
        )
        found.append(relative(doc, relation, problem, identifiers))
        doc.state(
            clinical.Fact(
                "risk",
                problem.display,
                (problem,),
                status="family",
                detail=relation.display,
                thing=f"{relation.code}|{problem.code}",
            )
        )
    if not rows:
        return None
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.4",
            "1.3.6.1.4.1.19376.1.5.3.1.3.14",
            "1.3.6.1.4.1.19376.1.5.3.1.3.15",
            "1.2.250.1.213.1.1.2.139",
        ],
        loinc("10157-6", "Historique des pathologies familiales"),
        "Antécédents familiaux",
        narrative.table(["Parent", "Maladie"], rows),
        found,
    )


def administration(doc, treatment, identifiers):
    """The entry of a long-term treatment; `identifiers`: medicine, route, reason (or None)."""
    doc.state(treatment.fact())
    dosage, drug = treatment.dosage, treatment.drug
    ending = (
        E("high", value=hl7_day(treatment.until))
        if treatment.until
        else E("high", nullFlavor="UNK")
    )
    return E(
        "entry",
        E(
            "substanceAdministration",
            templates(*MEDICATION),
            E("id", root=doc.uuid()),
            Code("DRUG", codes.ACT, "Médicament").element("code"),
            reference(identifiers[0]),
            entries.COMPLETED,
            E("effectiveTime", E("low", value=hl7_day(treatment.since)), ending, xsi_type="IVL_TS"),
            E(
                "effectiveTime",
                E("period", value=dosage.period, unit=dosage.unit),
                xsi_type="PIVL_TS",
                operator="A",
            ),
            drug.route.element("routeCode", original(identifiers[1])),
            E(
                "doseQuantity",
                E("low", value=dosage.dose, unit=drug.unit),
                E("high", value=dosage.dose, unit=drug.unit),
            ),
            entries.product(drug, identifiers[0]),
            entries.reason(doc, treatment.reason.code, identifiers[2]) if identifiers[2] else None,
            classCode="SBADM",
            moodCode="EVN",
        ),
        typeCode="DRIV",
    )


def treatments(doc, story):
    rows, found = [], []
    for treatment in story.treatments:
        identifiers = (
            doc.next("med"),
            doc.next("voie"),
            doc.next("indication") if treatment.reason else None,
        )
        rows.append(
            [
                french_day(treatment.since),
                content(identifiers[0], treatment.label),
                treatment.dosage.text,
                content(identifiers[1], treatment.drug.route.display),
                content(identifiers[2], treatment.reason.text) if treatment.reason else "",
            ]
        )
        found.append(administration(doc, treatment, identifiers))
    return narrative.section(
        doc,
        [
            "2.16.840.1.113883.10.20.1.8",
            "1.3.6.1.4.1.19376.1.5.3.1.3.19",
            "1.2.250.1.213.1.1.2.143",
        ],
        loinc("10160-0", "Traitements"),
        "Traitements",
        narrative.table(["Depuis", "Médicament", "Posologie", "Voie", "Motif"], rows),
        found,
    )


def clinical_part(doc, story):
    parts = [
        problems(doc, story),
        history(doc, story),
        procedures(doc, story),
        allergies(doc, story),
    ]
    past = narrative.section(
        doc,
        ["1.2.250.1.213.1.1.2.30"],
        loinc("34117-2", "Historique et physique"),
        "Pathologies, antécédents et allergies",
        None,
        sections=[part for part in parts if part],
    )
    risks = [part for part in (habits(doc, story), work(doc), family(doc, story)) if part]
    factors = narrative.section(
        doc,
        ["1.2.250.1.213.1.1.2.31"],
        loinc(
            "57207-3",
            "Facteurs de risque présents ou passés affectant l'état de santé et/ou une circonstance",
        ),
        "Facteurs de risque",
        None,
        sections=risks,
    )
    return narrative.section(
        doc,
        ["1.2.250.1.213.1.1.2.29"],
        loinc("46612-8", "Conclusions de synthèse"),
        "Pathologies, antécédents, allergies et facteurs de risque",
        None,
        sections=[past, factors],
    )


def body(doc, story):
    watch = narrative.section(
        doc,
        ["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"],
        loinc("30954-2", "Résultats d'examens"),
        "Points de vigilance",
        narrative.table(
            [], [[say(doc, line)] for line in story.watch or ["Aucun point particulier"]]
        ),
    )
    plan = narrative.section(
        doc,
        ["1.2.250.1.213.1.1.2.32"],
        loinc("18776-5", "Plan de traitement"),
        "Traitement au long cours",
        None,
        sections=[treatments(doc, story)],
    )
    return narrative.structured(clinical_part(doc, story), watch, plan)


def document(record, author, when, story, **more):
    """The VSM that `author` writes at `when` from `story`."""
    doc = record.document(
        "SYNTH",
        "Synthèse médicale",
        author,
        when,
        templates=TEMPLATES,
        event=loinc("34117-2", "Historique et clinique"),
        function=header.PCP,
        encounter=EXTERNAL,
        **more,
    )
    for contact in story.contacts:
        doc.extras.informants.append(header.related_person(contact, "ECON"))
        doc.state(contact.fact())
    doc.body = body(doc, story)
    return doc
