"""What looks like a fault and is none: a summary must stay silent."""
from dataclasses import replace
from datetime import timedelta

from . import codes, lab, vaccine, vsm
from .clinical import Problem, Procedure, Result, Vaccination
from .codes import Code
from .gold_faults import BLOOD, agent, delivery, one_allergy, take, without
from .gold_life import Regimen, allergy_of, iso
from .gold_tables import ALL_TESTS, ALL_VACCINES, DOSES, dosage
from .people import patient

HIP = Code("NEKA020", codes.CCAM, "Remplacement de l'articulation coxofémorale par prothèse totale")
BLOOD_GROUP = Code("882-1", codes.LOINC, "Groupe sanguin ABO et Rh [Type] Sang")


def silent(writer, name, *rules):
    for rule in rules:
        writer.record.fault(name, silent=rule)


def same_list(writer):
    """Two authors write the same doses in other words."""
    item = take(writer, "metformine", "ms")
    home = [
        replace(line, dosage=dosage(line.drug, "x2")) if line is item else line
        for line in writer.life.regimens
    ]
    writer.summary(9)
    writer.stay(6, treatments=[line.treatment() for line in home])
    silent(writer, "the same doses in other words", "C2")


def relapse(writer):
    """Ended in an old letter, active again in a newer document."""
    code = Code("D50.9", codes.CIM10, "Anémie par carence en fer, sans précision")
    writer.stay(500, problems=[Problem("Anémie ferriprive", code, "2019-03", "2019-09")])
    story = writer.life.story()
    story.problems = story.problems + [Problem("Anémie ferriprive", code, "2024-11")]
    vsm.document(writer.record, writer.gp, writer.at(13), story)
    silent(writer, "a relapse", "C3")


def both_hips(writer):
    """The right hip in one year, the left in another."""
    story = writer.life.story()
    story.procedures = [
        Procedure("Prothèse totale de hanche droite", HIP, "2016-02-11"),
        Procedure("Prothèse totale de hanche gauche", HIP, "2019-09-30"),
    ]
    vsm.document(writer.record, writer.gp, writer.at(17), story)
    silent(writer, "both hips", "C5")


def one_blood(writer):
    test = replace(
        ALL_TESTS["inr"], name="Groupe sanguin ABO-RhD", code=BLOOD_GROUP, unit="", ucum=""
    )
    for _ in range(2):
        writer.report([Result(test, "", answer=BLOOD["A"])])
    silent(writer, "one blood group, told twice", "C6")


def same_value(writer):
    """4.2 and 4.20 of one sample, and the same test an hour later."""
    result = Result(ALL_TESTS["potassium"], "4.2")
    first = writer.report([result, Result(ALL_TESTS["sodium"], "140")])
    longer = replace(result, value="4.20")
    second = lab.document(writer.record, first.author, first.start, [longer], writer.gp)
    second.created = first.created + timedelta(hours=1)
    second.facts = [replace(fact, value=("4.2", "mmol/L")) for fact in second.facts]
    later = first.start + timedelta(hours=1)
    other = replace(result, value="4.6")
    lab.document(writer.record, first.author, later, [other], writer.gp)
    silent(writer, "one value, written twice", "C8")


def old_alarm(writer):
    """A critical value of last year."""
    odd = Result(ALL_TESTS["potassium"], "6.9", alarm="HH")
    writer.report([odd, Result(ALL_TESTS["sodium"], "138")], ago=390)
    silent(writer, "a critical value of long ago", "R1")


def one_after_the_other(writer):
    """One product, then another of the same substance, by two doctors."""
    one, two = DOSES["coversyl"].drug, DOSES["perindopril"].drug
    writer.prescribe(writer.gp, [Regimen(one, dosage(one, "m"), "")], 200, 1)
    writer.prescribe(writer.people["ward"], [Regimen(two, dosage(two, "m"), "")], 20, 3)
    silent(writer, "one product after the other", "B1")


def before_the_allergy(writer):
    """Amoxicillin was delivered before the allergy was known, and not since."""
    found = writer.claims()
    found.medicines.append(delivery(writer, "amoxicilline", 400))
    writer.history(found)
    known = allergy_of(writer.life, agent("Pénicilline"), iso(writer.life.day(380)))
    writer.life.allergies.append(known)
    writer.summary(11)
    silent(writer, "delivered before the allergy", "A1")


def other_family(writer):
    """Allergy to one class, a medicine of the next."""
    known = allergy_of(writer.life, agent("Macrolides"), "2018")
    writer.life.allergies.append(known)
    writer.summary(10)
    drug = DOSES["ofloxacine"].drug
    writer.prescribe(writer.gp, [Regimen(drug, dosage(drug, "ms"), "")], 60, 1)
    silent(writer, "a medicine of another class", "A1")


def same_person(writer):
    """The same given name in other letters."""
    own = writer.life.patient
    who = replace(own, given=own.given.capitalize(), given_all=own.given_all.replace(" ", "  "))
    writer.report(patient=who)
    silent(writer, "the same name in other letters", "C7")


def sibling(writer):
    """A twin: same family, same day of birth, another number and given name."""
    own = writer.life.patient
    who = patient(
        f"{own.ins[:10]}998",
        (own.birth_family, own.family, "CHARLIE", "CHARLIE"),
        own.birth_date,
        own.sex,
        (own.birth_place.code, own.birth_place.display),
        ("4 rue de la Plaine", "77100", "MEAUX"),
    )
    doc = writer.report(patient=who, unread="identity")
    writer.record.fault("a twin's report", unread=doc, reason="identity")


def not_done(writer):
    """A vaccination that was not done is no vaccination."""
    item = Vaccination(ALL_VACCINES["yellow"][0], iso(writer.life.day(70)), "YF000")
    doc = vaccine.note(writer.record, writer.people["pharmacist"], writer.at(70), item)
    entry = doc.body.children[0].children[0].children[-1].children[0]
    entry.attributes["negationInd"] = "true"
    doc.facts = [replace(fact, negated=True, thing="Fièvre jaune|no") for fact in doc.facts]
    writer.record.fault("not vaccinated", excluded=doc.facts[0])


def planned(writer):
    """A prescription that ends next year, and words that look like a date."""
    item = take(writer, "metformine", "ms")
    writer.prescribe(writer.gp, [item], 5, 12)
    silent(writer, "a prescription that lasts", "C9")


PREPARE = {
    same_list: lambda writer: (without(writer, "A10BA"), take(writer, "metformine", "ms")),
    relapse: lambda writer: without(writer, "B03A"),
    one_after_the_other: lambda writer: without(writer, "C09AA04"),
    before_the_allergy: lambda writer: (without(writer, "J01C"), one_allergy(writer)),
    other_family: lambda writer: (without(writer, "J01"), one_allergy(writer)),
    planned: lambda writer: (without(writer, "A10BA"), take(writer, "metformine", "ms")),
}
DECOYS = {
    function.__name__: function
    for function in (
        same_list,
        relapse,
        both_hips,
        one_blood,
        same_value,
        old_alarm,
        one_after_the_other,
        before_the_allergy,
        other_family,
        same_person,
        sibling,
        not_done,
        planned,
    )
}
