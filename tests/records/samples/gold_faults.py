"""Faults seeded in the gold records that change what is said: what a summary must show beside it.

Each takes the writer of the record, writes the documents of the fault, and says what is expected.
"""
from dataclasses import replace
from datetime import timedelta

from . import codes, lab, level1, vsm
from .claims import Delivery
from .clinical import Allergy, Dosage, Drug, Fact, Problem, Procedure, Result, Test, Treatment
from .codes import Code
from .gold_life import Regimen, allergy_of, clashes, iso
from .gold_tables import AGENTS, ALL_TESTS, DOSES, dosage
from .people import patient


def agent(text):
    return next(item for item in AGENTS if item.text == text)


def other_patient(writer):
    sex = writer.life.patient.sex
    return patient(
        f"{'1' if sex == 'M' else '2'}490392012045",
        ("DURAND", "DURAND", "DOMINIQUE", "DOMINIQUE"),
        "1949-03-17",
        sex,
        ("92012", "BOULOGNE-BILLANCOURT"),
        ("4 rue de la Plaine", "77100", "MEAUX"),
    )


def seed(writer, fault, rule, documents, text):
    """A contradiction that the record shows, and that is a fault of safety."""
    writer.record.contradict(rule, documents, text)
    writer.record.fault(fault, rule=rule, sources=[doc.listed for doc in documents])


def take(writer, key, how="m"):
    """A medicine that the patient takes for long, added to the life when it is not there."""
    drug = DOSES[key].drug
    for item in writer.life.regimens:
        if item.drug.atc.code == drug.atc.code:
            return item
    item = Regimen(drug, dosage(drug, how), iso(writer.life.day(writer.life.span + 40)))
    writer.life.regimens.append(item)
    writer.life.allergies = [
        known for known in writer.life.allergies if not clashes(agent(known.agent), [drug])
    ]
    return item


def story_with(writer, item, **changes):
    """The patient's story with one line of the treatments as one document has it."""
    story = writer.life.story()
    story.treatments = [
        replace(line, **changes) if line.drug == item.drug else line for line in story.treatments
    ]
    return story


# --- Who the patient is


def stranger(writer):
    """A letter and a laboratory report of somebody else."""
    who = other_patient(writer)
    letter = writer.letter(patient=who, unread="identity")
    report = writer.report(patient=who, unread="identity")
    for doc in (letter, report):
        writer.record.fault("wrong patient", unread=doc, reason="identity")


def other_given_name(writer):
    """C7: the same number, family name and birth date; another given name."""
    who = replace(writer.life.patient, given="CAMILLE-ANGE", given_all="CAMILLE-ANGE")
    doc = writer.report(patient=who)
    seed(writer, "other traits", "C7", [doc], "Prénom différent sous le même INS")


# --- Doses, values, words: the text against the code


def dose_ten(writer):
    """The coded dose of the VSM is ten times the written one."""
    item = take(writer, "ramipril")
    wrong = replace(item.dosage, dose=str(10 * int(item.dosage.dose)))
    story = story_with(writer, item, dosage=wrong)
    doc = vsm.document(writer.record, writer.gp, writer.at(20), story)
    seed(writer, "dose x 10", "C4", [doc], f"{item.drug.name} : dose codée dix fois trop forte")


def dose_ten_order(writer):
    """The same in a prescription."""
    item = take(writer, "levothyroxine")
    wrong = replace(item, dosage=replace(item.dosage, dose="10"))
    doc = writer.prescribe(writer.gp, [wrong], 12, 1)
    seed(
        writer,
        "dose x 10, ordered",
        "C4",
        [doc],
        f"{item.drug.name} : dose codée dix fois trop forte",
    )


def frequency(writer):
    """Twice a day in the text, every six hours in the code."""
    item = take(writer, "apixaban", "ms")
    wrong = Dosage(item.dosage.text, item.dosage.dose, "6", "h")
    story = story_with(writer, item, dosage=wrong)
    doc = vsm.document(writer.record, writer.gp, writer.at(15), story)
    seed(writer, "frequency", "C4", [doc], f"{item.drug.name} : fréquence codée autre")


def told(writer, key, value, printed):
    """A laboratory report of which one line is printed otherwise than it is coded."""
    others = [item for item in writer.results(3) if item.test != ALL_TESTS[key]]
    odd = Result(ALL_TESTS[key], value, told=printed)
    return writer.report([*others, odd])


def swapped_units(writer):
    """Printed in mmol/L, coded as if it were g/L."""
    odd = replace(ALL_TESTS["glucose"], ucum="g/L", low=None, high=None)
    others = [item for item in writer.results(2) if item.test != ALL_TESTS["glucose"]]
    doc = writer.report([*others, Result(odd, "5.4", told=("5.4", "mmol/L", ""))])
    # the same test in a unit that converts exactly: one line, the point marked as converted
    doc.facts = [
        replace(fact, thing="14771-0|mmol/L") if fact.thing == "14771-0|g/L" else fact
        for fact in doc.facts
    ]
    seed(writer, "swapped units", "C4", [doc], "Glycémie : 5,4 mmol/L écrit, 5,4 g/L codé")


def value_ten(writer):
    doc = told(writer, "potassium", "41", ("4.1", "mmol/L", ""))
    seed(writer, "value x 10", "C4", [doc], "Potassium : 4,1 écrit, 41 codé")


def flag_told(writer):
    doc = told(writer, "sodium", "140", ("140", "mmol/L", "H"))
    seed(writer, "flag", "C4", [doc], "Sodium : H écrit, N codé")


def other_name(writer):
    """The text names one medicine, the code is of another."""
    drug = DOSES["rosuvastatine"].drug
    story = writer.life.story()
    since = iso(writer.life.day(writer.life.span + 40))
    odd = Treatment(drug, dosage(drug, "s"), since, told=DOSES["digoxine"].drug.label)
    story.treatments = [line for line in story.treatments if line.drug != drug] + [odd]
    doc = vsm.document(writer.record, writer.gp, writer.at(25), story)
    fact = odd.fact()
    doc.facts = [replace(f, thing="told", keys=(drug.code,)) if f == fact else f for f in doc.facts]
    seed(writer, "other medicine", "C4", [doc], "Texte : DIGOXINE, code : rosuvastatine")


def other_date(writer):
    """The text gives one year, the code another."""
    story = writer.life.story()
    problem = Problem(
        "Goutte", Code("M10.9", codes.CIM10, "Goutte, sans précision"), "2011", told="2021"
    )
    story.problems = story.problems + [problem]
    doc = vsm.document(writer.record, writer.gp, writer.at(33), story)
    seed(writer, "date", "C4", [doc], "Goutte : 2021 écrit, 2011 codé")


# --- Negations, and who says yes against no


def negations(writer):
    """An embolism that was excluded, an allergy that is denied although the drug was delivered."""
    letter_problem = Problem(
        "Embolie pulmonaire : exclue",
        Code("I26.9", codes.CIM10, "Embolie pulmonaire, (sans mention de cœur pulmonaire aigu)"),
        iso(writer.life.day(60)),
        negated=True,
    )
    denied = replace(
        allergy_of(writer.life, agent("Amoxicilline"), iso(writer.life.day(900))),
        negated=True,
        reaction="test de provocation négatif",
    )
    doc = writer.stay(58, problems=[letter_problem], allergies=[denied])
    drug = DOSES["amoxicilline"].drug
    course = Regimen(drug, dosage(drug, "x3"), "")
    writer.prescribe(writer.gp, [course], 41, 1)
    writer.record.fault("negated problem", excluded=letter_problem.fact(), sources=[doc.listed])
    writer.record.fault("negated allergy", excluded=denied.fact(), sources=[doc.listed])
    writer.record.fault("no alarm for a denied allergy", silent="A1")


def none_and_some(writer):
    """C1: no known allergy for the one, latex for the other."""
    known = allergy_of(writer.life, agent("Latex"), iso(writer.life.day(800)))
    first = writer.summary(9)
    second = writer.stay(6, allergies=[known])
    seed(writer, "allergy none or some", "C1", [first, second], "Aucune allergie / latex")


def exact_allergy(writer):
    """A1: the substance itself is ordered after the allergy."""
    known = allergy_of(writer.life, agent("Ibuprofène"), iso(writer.life.day(500)))
    writer.life.allergies.append(known)
    first = writer.summary(120)
    drug = DOSES["advil"].drug
    second = writer.prescribe(writer.gp, [Regimen(drug, dosage(drug, "x3"), "")], 30, 1)
    seed(writer, "allergen ordered", "A1", [first, second], "Ibuprofène, ADVIL prescrit ensuite")


def class_allergy(writer):
    """A1 by class, delivered three times since."""
    known = allergy_of(writer.life, agent("Pénicilline"), "2019")
    writer.life.allergies.append(known)
    first = writer.summary(200)
    found = writer.claims()
    for ago in (150, 90, 33):
        found.medicines.append(delivery(writer, "augmentin", ago))
    second = writer.history(found)
    seed(writer, "allergen delivered", "A1", [first, second], "Pénicilline, AUGMENTIN délivré")


def association_allergy(writer):
    """A1 by an association that holds the substance under another code."""
    known = allergy_of(writer.life, agent("Amoxicilline"), "2019")
    writer.life.allergies.append(known)
    first = writer.summary(200)
    found = writer.claims()
    found.medicines.append(delivery(writer, "augmentin", 33))
    second = writer.history(found)
    seed(writer, "association delivered", "A1", [first, second], "Amoxicilline, AUGMENTIN délivré")


def ruled_out(writer):
    """The médecin traitant rules an allergy out; a hospital states it since."""
    stated = allergy_of(writer.life, agent("Latex"), iso(writer.life.day(300)))
    denied = replace(stated, negated=True)
    writer.life.allergies.append(denied)
    first = writer.summary(200)
    writer.life.allergies.remove(denied)
    second = writer.stay(20, allergies=[stated])
    writer.record.fault("allergy ruled out", excluded=denied.fact(), sources=[first.listed])
    writer.record.fault("stated again since", line=stated.fact(), sources=[second.listed])


def delivery(writer, key, ago):
    return Delivery(DOSES[key].drug, iso(writer.life.day(ago)), writer.gp)


# --- Two documents that disagree


def lists_differ(writer):
    """C2: the hospital stops one medicine, changes a dose, adds another."""
    kept, gone = take(writer, "bisoprolol"), take(writer, "indapamide")
    first = writer.summary(7)
    home = [line for line in writer.life.regimens if line is not gone]
    home = [
        replace(line, dosage=dosage(line.drug, "ms")) if line is kept else line for line in home
    ]
    added = Regimen(
        DOSES["eliquis5"].drug, dosage(DOSES["eliquis5"].drug, "ms"), iso(writer.life.day(31))
    )
    home = [line for line in home if line.drug.atc.code != "B01AF02"] + [added]
    second = writer.stay(4, treatments=[line.treatment() for line in home])
    seed(writer, "lists differ", "C2", [first, second], "INDAPAMIDE absent, ELIQUIS ajouté")


def problem_ended(writer):
    """C3: active in a letter, ended in a later VSM."""
    code = Code("D50.9", codes.CIM10, "Anémie par carence en fer, sans précision")
    active = Problem("Anémie ferriprive", code, "2022-03")
    first = writer.stay(400, problems=[active])
    writer.life.past.append(replace(active, until="2023-10"))
    second = writer.summary(50)
    seed(writer, "active or ended", "C3", [first, second], "Anémie active, puis terminée")


def side(writer):
    """C5: the right hip for the one, the left for the other."""
    code = Code(
        "NEKA020", codes.CCAM, "Remplacement de l'articulation coxofémorale par prothèse totale"
    )
    right = Procedure("Prothèse totale de hanche droite", code, "2018-04-11")
    left = Procedure("Prothèse totale de hanche gauche", code, "2018-04-11")
    life = writer.life
    life.procedures = [item for item in life.procedures if item.code.code != "NEKA020"]
    base = life.story()
    base.procedures = base.procedures + [right]
    first = vsm.document(writer.record, writer.gp, writer.at(210), base)
    base.procedures = life.procedures + [left]
    who = writer.people["geriatrician"]
    second = vsm.document(writer.record, who, writer.at(40), base)
    seed(writer, "laterality", "C5", [first, second], "Hanche droite / gauche")


BLOOD = {
    "A": Code("278149003", codes.SNOMED, "Groupe sanguin A Rh positif"),
    "O": Code("278147001", codes.SNOMED, "Groupe sanguin O Rh positif"),
}


def blood(writer):
    """C6: two blood groups."""
    test = Test(
        "Groupe sanguin ABO-RhD",
        Code("882-1", codes.LOINC, "Groupe sanguin ABO et Rh [Type] Sang"),
        "",
        "",
        None,
        None,
        "haematology",
    )
    docs = [writer.report([Result(test, "", answer=BLOOD[key])]) for key in ("A", "O")]
    seed(writer, "blood groups", "C6", docs, "A+ / O+")


def one_sample(writer):
    """C8: the same sample has two values."""
    results = [Result(ALL_TESTS["potassium"], "3.3"), Result(ALL_TESTS["sodium"], "138")]
    first = writer.report(results)
    again = [replace(results[0], value="4.6"), results[1]]
    second = lab.document(writer.record, first.author, first.start, again, writer.gp)
    second.created = first.created + timedelta(hours=2)
    seed(writer, "two values", "C8", [first, second], "Potassium 3,3 et 4,6")


def future(writer):
    """C9: a problem of next year, a vaccination before birth."""
    code = Code("J18.9", codes.CIM10, "Pneumopathie, sans précision")
    day = iso(writer.record.calendar.ago(-300))
    story = writer.life.story()
    story.problems = story.problems + [Problem("Pneumonie", code, day)]
    first = vsm.document(writer.record, writer.gp, writer.at(18), story)
    seed(writer, "date in the future", "C9", [first], "Pneumonie dans le futur")
    before = f"{int(writer.life.patient.birth_date[:4]) - 3}-05-12"
    story = writer.life.story()
    act = Procedure("Amygdalectomie", Code("FAFA008", codes.CCAM, "Adénoïdectomie"), before)
    story.procedures = [act]
    second = vsm.document(writer.record, writer.people["geriatrician"], writer.at(17), story)
    seed(writer, "date before birth", "C9", [second], "Acte avant la naissance")


def wrong_sex(writer):
    """C10: a code that this sex cannot have."""
    woman = writer.life.patient.sex == "F"
    problem = (
        Problem(
            "Cancer de la prostate",
            Code("C61", codes.CIM10, "Tumeur maligne de la prostate"),
            "2020",
        )
        if woman
        else Problem(
            "Endométriose", Code("N80.9", codes.CIM10, "Endométriose, sans précision"), "2020"
        )
    )
    story = writer.life.story()
    story.problems = story.problems + [problem]
    doc = vsm.document(writer.record, writer.gp, writer.at(22), story)
    seed(writer, "sex and code", "C10", [doc], problem.text)


def twice(writer):
    """B1: the same substance, ordered at the same time by two doctors under two names."""
    one, two = DOSES["coversyl"].drug, DOSES["perindopril"].drug
    first = writer.prescribe(writer.gp, [Regimen(one, dosage(one, "m"), "")], 25, 3)
    second = writer.prescribe(writer.people["ward"], [Regimen(two, dosage(two, "m"), "")], 12, 3)
    seed(writer, "same substance twice", "B1", [first, second], "COVERSYL et PÉRINDOPRIL")


def critical(writer):
    """R1: a value that the laboratory itself calls critical, of last week."""
    key = "potassium"
    odd = Result(ALL_TESTS[key], "6.8", alarm="HH")
    others = [item for item in writer.results(3) if item.test != ALL_TESTS[key]]
    doc = writer.report([*others, odd], ago=6)
    writer.life.days.add(6)
    seed(writer, "critical value", "R1", [doc], "Potassium 6,8 HH")


# --- Names and codes


def names(writer):
    """One substance under three names: in a list, on a prescription, delivered."""
    item = take(writer, "doliprane", "x3")
    writer.summary(80)
    generic = DOSES["paracetamol"].drug
    writer.prescribe(writer.gp, [Regimen(generic, dosage(generic, "x3"), "")], 45, 1)
    found = writer.claims(1)
    found.medicines.append(delivery(writer, "efferalgan", 38))
    writer.history(found)
    writer.record.fault("brand and substance", line=item.treatment().fact())


def unknown_codes(writer):
    """A problem, a medicine and a test in codes that nobody knows: shown in their own words."""
    problem = Problem(
        "Syndrome des jambes lourdes", Code("JL-07", "1.2.250.1.999.7", "Jambes lourdes"), "2020-05"
    )
    drug = Drug(
        "Pommade préparée", "Pommade préparée selon la formule", "", "", Code("", codes.ATC, "")
    )
    story = writer.life.story()
    story.problems = story.problems + [problem]
    line = Treatment(drug, dosage(drug, "s"), "2021-04-02")
    story.treatments = story.treatments + [line]
    vsm.document(writer.record, writer.gp, writer.at(28), story)
    test = Test(
        "Indice maison", Code("IM-1", "1.2.250.1.999.8", "Indice maison"), "%", "%", None, None
    )
    result = Result(test, "12")
    doc = writer.report([result, Result(ALL_TESTS["sodium"], "139")])
    for fact in (problem.fact(), line.fact(), result.fact(doc.start)):
        writer.record.fault("unknown code", line=fact)


def words_only(writer):
    """A0: an allergy that stands in the text alone, beside one that is coded, and one without any."""
    life = writer.life
    life.allergies = [
        allergy_of(life, agent("Latex"), "2015"),
        Allergy("Kiwi", None, "œdème des lèvres", "2020-06", coded=False),
    ]
    first = writer.summary(90)
    life.allergies = [Allergy("Sésame", None, "urticaire", "2021", coded=False)]
    who = writer.people["allergist"]
    second = vsm.document(writer.record, who, writer.at(60), life.story())
    for doc in (first, second):
        for fact in doc.facts:
            if fact.block == "allergy":
                writer.record.fault("allergy in words", line=fact)


def partial(writer):
    """Days known to the year or to the month stay so."""
    story = writer.life.story()
    days = ("1999", "2004-07", "2013-02-28")
    codes_ = ("H66.9", "N10", "K25.9")
    texts = ("Otite à répétition", "Pyélonéphrite", "Ulcère de l'estomac")
    for day, code, text in zip(days, codes_, texts):
        problem = Problem(text, Code(code, codes.CIM10, text), day)
        if code not in {item.code.code for item in story.problems + story.history}:
            story.problems.append(problem)
            writer.record.fault("partial date", line=problem.fact(), date=day)
    over = Problem("Pancréatite", Code("K85", codes.CIM10, "Pancréatite aiguë"), "2021", "2021-06")
    story.problems.append(over)
    drug = DOSES["carbimazole"].drug
    gone = Treatment(drug, dosage(drug, "m"), "2021-02", "2023")
    story.treatments = story.treatments + [gone]
    writer.record.fault("ended in a year", line=over.fact())
    writer.record.fault("stopped in a year", past=gone.fact())
    vsm.document(writer.record, writer.gp, writer.at(35), story)


def relative(writer):
    """A relative's disease is not the patient's."""
    story = writer.life.story()
    mother = Code("MTH", codes.ROLE, "Mère")
    cancer = Code("C50.9", codes.CIM10, "Tumeur maligne du sein, sans précision")
    story.family = [(mother, cancer)]
    doc = vsm.document(writer.record, writer.gp, writer.at(36), story)
    fact = Fact("problem", cancer.display, (cancer,))
    writer.record.fault("a relative's disease", no_line=fact, sources=[doc.listed])


def level_one(writer):
    """What a letter says in PDF makes no line: it is counted as text."""
    words = ["Allergie à l'amoxicilline signalée.", "Créatinine 145 µmol/L."]
    doc = level1.pdf_letter(
        writer.record, "11488-4", "Consultation", writer.people["ward"], writer.at(20), words
    )
    writer.record.fault("facts in a PDF", state_of=doc, state="text")


# --- What must be so before any document is written


def without(writer, *classes):
    """Nothing of these ATC classes is taken, nor any allergy to them stated."""
    life = writer.life
    for name in ("regimens", "courses"):
        kept = [item for item in getattr(life, name) if not item.drug.atc.code.startswith(classes)]
        setattr(life, name, kept)
    life.allergies = [
        item
        for item in life.allergies
        if not (item.code and item.code.code.startswith(tuple(name[:4] for name in classes)))
    ]


def one_allergy(writer):
    """So that no list says that none is known."""
    if not writer.life.allergies:
        writer.life.allergies.append(allergy_of(writer.life, agent("Arachide")))


def no_allergies(writer):
    writer.life.allergies = []


PREPARE = {
    dose_ten: lambda writer: take(writer, "ramipril"),
    dose_ten_order: lambda writer: take(writer, "levothyroxine"),
    frequency: lambda writer: take(writer, "apixaban", "ms"),
    lists_differ: lambda writer: (take(writer, "bisoprolol"), take(writer, "indapamide")),
    other_name: lambda writer: (take(writer, "rosuvastatine", "s"), take(writer, "digoxine")),
    partial: lambda writer: without(writer, "H03B"),
    names: lambda writer: (without(writer, "N02BE01"), take(writer, "doliprane", "x3")),
    twice: lambda writer: without(writer, "C09AA04"),
    none_and_some: no_allergies,
    exact_allergy: lambda writer: (without(writer, "M01A"), one_allergy(writer)),
    association_allergy: lambda writer: (without(writer, "J01C"), one_allergy(writer)),
    ruled_out: one_allergy,
    class_allergy: lambda writer: (without(writer, "J01C"), one_allergy(writer)),
    negations: lambda writer: (without(writer, "J01C"), one_allergy(writer)),
    words_only: one_allergy,
}
FAULTS = {
    function.__name__: function
    for function in (
        stranger,
        other_given_name,
        dose_ten,
        dose_ten_order,
        frequency,
        swapped_units,
        value_ten,
        flag_told,
        other_name,
        other_date,
        negations,
        none_and_some,
        exact_allergy,
        class_allergy,
        association_allergy,
        ruled_out,
        lists_differ,
        problem_ended,
        side,
        blood,
        one_sample,
        future,
        wrong_sex,
        twice,
        critical,
        names,
        unknown_codes,
        words_only,
        partial,
        relative,
        level_one,
    )
}
