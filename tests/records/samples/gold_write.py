"""Documents of a gold record: who writes what and when, out of a drawn life."""
from dataclasses import replace
from datetime import timedelta

from . import (
    claims,
    discharge,
    imaging,
    lab,
    level1,
    prescription,
    reimbursement,
    tables,
    vaccine,
    vsm,
)
from .catalogue import EXAMINATIONS
from .clinical import Letter, Problem, Result, Stay
from .codes import Code
from .gold_life import iso, measure, test_of
from .gold_tables import ALL_VACCINES, LETTERS, same_substance

PHARMACY = "499700000033001"
REPORT = {
    "request": "Bilan demandé par le médecin traitant.",
    "past": ["Voir la synthèse médicale.", "Voir la synthèse médicale.", "Aucune"],
    "technique": "Technique habituelle, bonne qualité.",
    "findings": ["Pas d'anomalie significative.", "Structures de taille normale."],
    "conclusion": "Examen sans anomalie notable.",
}
# What a letter of discharge may name: none of them is told again elsewhere.
CIM10, SNOMED = "2.16.840.1.113883.6.3", "2.16.840.1.113883.6.96"
STAYS = (
    ("Bilan d'une chute", "Chute", "R29.6", "Tendance à tomber", CIM10),
    ("Altération de l'état général", "Asthénie", "R53", "Malaise et fatigue", CIM10),
    ("Fièvre sans point d'appel", "Fièvre", "R50.9", "Fièvre, sans précision", CIM10),
    ("Douleur abdominale", "Douleur abdominale", "R10.4", "Douleurs abdominales, autres", CIM10),
    ("Perte de connaissance brève", "Syncope", "271594007", "syncope", SNOMED),
)


class Writer:
    """Writes the documents of `record`, whose truth is `life`."""

    def __init__(self, record, life):
        self.record, self.life, self.draw = record, life, life.draw
        self.people = record.people
        self.gp = self.people[life.gp]
        self.before = {}
        self.stay_days = []  # when each of them ended, in days before today
        self.stays = []  # of the letters of discharge: start, end, structure
        self.biologist = self.people[life.draw.choice(("biologist", "biologist2"))]

    def count(self):
        return len(self.record.documents)

    def ago(self, least=2):
        """Some days ago, inside the record."""
        return self.draw.randint(least, max(least + 1, self.life.span - 3))

    def at(self, ago):
        return self.life.day(
            ago, f"{self.draw.randint(8, 18):02d}:{self.draw.choice(('05', '20', '40'))}:00"
        )

    # --- What the médecin traitant writes

    def summary(self, ago, **more):
        return vsm.document(self.record, self.gp, self.at(ago), self.life.story(), **more)

    def summaries(self):
        """The VSM and, at times, the versions that it replaces."""
        if not (self.life.problems and self.life.regimens):
            return None  # sections may not be empty
        days = sorted({self.draw.randint(30, 300), self.draw.randint(320, 700)}, reverse=True)
        days = days if self.life.span > 720 and self.draw.random() < 0.5 else days[-1:]
        made = None
        for ago in days:
            made = self.summary(min(ago, max(2, self.life.span - 2)), replaces=made)
        return made

    def prescribe(self, author, items, ago, months, **more):
        """`items`: regimens, from `ago` days ago for `months` of 30 days."""
        when = self.at(ago)
        end = iso(when + timedelta(days=30 * months))
        dated = [item.treatment(iso(when), end) for item in items]
        return prescription.document(self.record, author, when, dated, months, **more)

    def prescription(self):
        """All that is taken for long, or a short treatment of the past, by the médecin traitant."""
        life = self.life
        if life.courses and (not life.regimens or self.draw.random() < 0.2):
            item = self.draw.choice(life.courses)
            ago = max(40, self.ago(45))
            if ago < life.span:
                return self.prescribe(self.gp, [item], ago, 1)
        if not life.regimens:
            return self.letter()
        ago, months = self.ago(3), self.draw.choice((1, 3, 3, 6))
        follower = self.draw.choice(life.regimens).follower
        if follower in ("", "gp") or self.draw.random() < 0.75:
            return self.prescribe(self.gp, life.regimens, ago, months)
        own = [item for item in life.regimens if item.follower == follower]
        return self.prescribe(self.people[follower], own, ago, months)

    # --- What others write

    def free_day(self):
        """A day without laboratory report yet; None when there is hardly any left."""
        for _ in range(30):
            ago = self.ago()
            if ago not in self.life.days:
                self.life.days.add(ago)
                return ago
        return None

    def results(self, count):
        keys = self.draw.sample(self.life.tests, min(count, len(self.life.tests)))
        found = []
        for key in keys:
            value = measure(self.life, key)
            result = Result(test_of(key), value, self.before.get(key))
            if self.draw.random() < 0.1:
                result = self.rounded(result)
            found.append(result)
            self.before[key] = result.value
        return found

    def rounded(self, result):
        """The same with one more digit in the code than in the text."""
        places = len(result.value.partition(".")[2])
        exact = (
            f"{float(result.value) + self.draw.choice((-4, 3)) / 10 ** (places + 1):.{places + 1}f}"
        )
        longer = replace(result, value=exact)
        return replace(longer, told=(result.value, result.test.unit, lab.flag_word(longer)))

    def report(self, results=None, ago=None, author=None, **more):
        """A laboratory report; with a `results` of its own, or of what is usually measured."""
        ago = self.free_day() if ago is None else ago
        if ago is None:
            return self.letter()
        sampled = self.life.day(ago, f"07:{self.draw.choice(('10', '25', '45'))}:00")
        results = results or self.results(self.draw.randint(3, 8))
        author = author or self.biologist
        return lab.document(self.record, author, sampled, results, self.gp, **more)

    def letter(self, form=level1.pdf_letter, **more):
        names = [name for name in self.life.followers if name in LETTERS] or ["gp"]
        row = LETTERS[self.draw.choice([*names, *names, "emergency", "gp"])]
        author = self.people[row.author]
        return form(
            self.record,
            row.type,
            row.title,
            author,
            self.at(self.ago()),
            tables.paragraphs(row.text),
            **more,
        )

    def scan(self):
        return self.letter(self.draw.choice((level1.scan, level1.picture)))

    def own(self):
        """Something that the patient wrote."""
        words = ["Tension du matin : 13/8, 12/7, 13/7.", "Je dors mieux depuis un mois."]
        title = self.draw.choice(("Relevé de tension", "Mes questions", "Carnet"))
        patient = self.life.patient
        return level1.plain(self.record, "EXPPAT_2", title, patient, self.at(self.ago()), words)

    def image(self):
        key = self.draw.choice(("chest", "abdomen", "heart", "carotids", "head-ct"))
        author = self.people[self.draw.choice(("radiologist", "clinic-radiologist"))]
        # one act a day and region: else two reports are one line
        ago = self.ago()
        while (key, ago) in self.life.days:
            ago = self.ago()
        self.life.days.add((key, ago))
        when = self.life.day(ago, "14:40:00")
        return imaging.document(self.record, author, when, EXAMINATIONS[key], REPORT)

    def stay_day(self):
        """When a stay ended that is apart from all others."""
        ago = self.ago(12)
        while any(abs(ago - other) < 12 for other in self.stay_days):
            ago += 12
        return ago

    def stay(self, ago=None, **more):
        why, text, code, label, system = self.draw.choice(STAYS)
        key = self.draw.choice(("ward", "hospital-cardiologist", "emergency", "geriatrician"))
        ago = self.stay_day() if ago is None else ago
        self.stay_days.append(ago)
        length = self.draw.randint(1, 6)
        stop, start = self.life.day(ago, "15:00:00"), self.life.day(ago + length, "10:30:00")
        problem = Problem(text, Code(code, system, label), iso(start))
        stay = Stay(why, problem, start, stop)
        words = f"{why}.", "Évolution favorable, retour au domicile."
        self.stays.append((iso(start), iso(stop), self.people[key].structures[0]))
        letter = Letter(
            stay,
            *words,
            self.gp,
            [item.treatment() for item in self.life.regimens],
            allergies=self.life.allergies,
            problems=[problem],
            plan=["Revoir le médecin traitant dans un mois."],
        )
        return discharge.document(self.record, self.people[key], stop, replace(letter, **more))

    def vaccines(self, all_notes=True):
        """A note each, and at times the history of them all."""
        life, given = self.life, []
        key = "paediatrician" if life.age < 16 else "pharmacist"
        for item in life.vaccinations:
            person = self.people[key]
            if all_notes or self.draw.random() < 0.5:
                vaccine.note(
                    self.record,
                    person,
                    self.record.calendar.ago(0).fromisoformat(f"{item.day}T16:10:00"),
                    item,
                )
            given.append((item, person, person.structures[0]))
        if given and (not all_notes or self.draw.random() < 0.4):
            when = self.life.day(self.draw.randint(1, 4))
            vaccine.history(self.record, self.people[key], when, given)

    # --- What the insurer knows

    def claims(self, months=20):
        life = self.life
        begin = life.day(min(730, life.span))
        found = claims.Claims(self.people.structure(PHARMACY), begin)
        for item in life.regimens:
            every, last = self.draw.choice((28, 30, 30, 56)), self.draw.randint(4, 24)
            drug = (
                item.drug
                if self.draw.random() < 0.6
                else self.draw.choice(same_substance(item.drug))
            )
            for number in range(months):
                day = life.day(last + every * number)
                if day >= begin and iso(day) >= item.since:
                    found.medicines.append(claims.Delivery(drug, iso(day), self.gp))
        visit = Code("G", claims.NGAP, "CONSULTATION MEDECINE GENERALE")
        days = self.draw.sample(range(5, max(12, min(700, life.span))), 5)
        found.care += [claims.Act(visit, iso(life.day(ago)), self.gp) for ago in days]
        code = Code("0592", claims.NABM, "CREATININE")
        found.biology += [claims.Act(code, iso(life.day(ago)), self.biologist) for ago in days[:3]]
        for item in life.vaccinations:
            if item.vaccine.target in ("Grippe", "COVID-19") and item.day >= iso(begin):
                found.vaccines.append(claims.Delivery(item.vaccine, item.day, self.gp))
        return self.claims_of_all(found)

    def claims_of_all(self, found):
        """What the history of every patient has, for its sections may not be empty."""
        ago = self.draw.randint(9, max(10, min(600, self.life.span - 3)))
        if not found.vaccines:
            flu = ALL_VACCINES["flu"][0]
            found.vaccines.append(claims.Delivery(flu, iso(self.life.day(ago)), self.gp))
        code = Code("BZQK001", claims.CCAM_CNAM, "Radiographie des sinus")
        person = self.people["radiologist"]
        found.radiology.append(claims.Act(code, iso(self.life.day(ago)), person))
        group = Code("2357", claims.GHS, "Séjour de courte durée, niveau 1")
        start, end, place = self.draw.choice(self.stays) if self.stays else self.own_stay()
        found.stays.append((start, end, group, place))
        return found

    def own_stay(self):
        """A stay that no letter tells of."""
        ago = self.stay_day()
        self.stay_days.append(ago)
        place = self.people["surgeon"].structures[0]
        return iso(self.life.day(ago + 1)), iso(self.life.day(ago)), place

    def history(self, found=None):
        when = self.life.day(self.draw.randint(2, 9), "04:10:00")
        return reimbursement.document(self.record, when, found or self.claims())


def fill(writer, target, weights):
    """Documents of the kinds in `weights` (name -> weight) until the record holds `target`."""
    names, counts = list(weights), list(weights.values())
    while writer.count() < target:
        getattr(writer, writer.draw.choices(names, counts)[0])()


FULL = {"report": 45, "prescription": 20, "letter": 25, "scan": 3, "image": 5, "stay": 2}
KINDS = {
    "full": FULL,
    "chronic": FULL | {"report": 55, "stay": 4},
    "child": {"report": 10, "letter": 60, "prescription": 20, "scan": 4, "image": 2},
    "letters": {"letter": 80, "scan": 20},
    "labs": {"report": 100},
    "own": {"own": 70, "letter": 30},
    "scans": {"scan": 100},
}


def write(writer, kind, target):
    """All documents of a record of `kind`: the ones it must have, then as many as are wished."""
    if kind in ("full", "chronic", "child") and target > 0:
        if target >= 3:
            writer.summaries()
        if target >= 8:
            writer.vaccines(target >= 14)
        if kind != "child" and target >= 10:
            writer.stay()
        if target >= 6 and writer.life.regimens:
            writer.history()
    elif kind == "insurer":
        writer.history()
    elif kind == "vaccines":
        writer.vaccines()
    fill(writer, target, KINDS.get(kind, {"letter": 1}))
    return writer
