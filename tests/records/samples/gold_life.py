"""The truth of a gold record: who the patient is and what is so, drawn before any document is."""
from dataclasses import dataclass, field
from datetime import timedelta

from . import codes
from .clinical import Allergy, Contact, Problem, Procedure, Risk, Story, Treatment, Vaccination
from .codes import Code
from .gold_tables import (
    ACTS,
    AGENTS,
    ALL_TESTS,
    ALL_VACCINES,
    DISEASES,
    DOSES,
    PAST,
    USUAL_VALUES,
    dosage,
    drawn_dosage,
)
from .people import patient

FAMILIES = (
    "AUBERT BARON BESSON BOUCHET CHEVALIER COLLET DELAUNAY ESTEVE FAURE GAUDIN GUERIN HAMON IMBERT "
    "JACQUET KLEIN LACOMBE LEBLANC MALLET MARECHAL NICOLAS OGER PASCAL POIRIER RENAUD RIVIERE SALMON "
    "TANGUY VALLET WEBER ZIEGLER"
).split()
GIVEN = {
    "F": "ALICE BRIGITTE CAMILLE DENISE EMMA FATIMA GABRIELLE HELENE INES JULIE LEA MARIE NOEMIE "
    "ODILE PAULE ROSE SARAH THERESE VIOLETTE YVETTE".split(),
    "M": "ADAM BERNARD CLEMENT DAVID ETIENNE FREDERIC GEORGES HUGO IBRAHIM JULES KARIM LOUIS MARC "
    "NATHAN OLIVIER PIERRE ROGER SAMUEL THOMAS VICTOR".split(),
}
PLACES = (
    ("77284", "MEAUX"),
    ("75113", "PARIS 13"),
    ("13055", "MARSEILLE"),
    ("31555", "TOULOUSE"),
    ("59350", "LILLE"),
    ("29019", "BREST"),
    ("67482", "STRASBOURG"),
    ("97411", "SAINT-DENIS"),
    ("99352", "ALGERIE"),
    ("99139", "PORTUGAL"),
)
STREETS = ("3 rue des Acacias", "18 rue du Marché", "41 avenue Foch", "5 impasse du Moulin")
TOWNS = (("77100", "MEAUX"), ("77400", "LAGNY-SUR-MARNE"), ("77144", "MONTEVRAIN"))
KIN = (
    Code("CHILD", codes.ROLE, "Enfant"),
    Code("MTH", codes.ROLE, "Mère"),
    Code("FTH", codes.ROLE, "Père"),
    Code("FRND", codes.ROLE, "Ami"),
)
SMOKING = Code("74011-8", codes.LOINC, "Consommation tabagique")
YEAR = 365.25


def iso(moment):
    return moment.strftime("%Y-%m-%d")


def draw_patient(draw, calendar, sex, age, number):
    """Somebody of `age` years on the day of reference; `number` keeps the identifiers apart."""
    born = calendar.ago(round(age * YEAR) + draw.randint(60, 320)).date()
    family, used = draw.choice(FAMILIES), draw.choice(FAMILIES)
    given = draw.choice(GIVEN[sex])
    town, place = draw.choice(TOWNS), draw.choice(PLACES)
    thirteen = f"{'1' if sex == 'M' else '2'}{born:%y%m}{place[0]}{number % 1000:03d}"
    married = sex == "F" and age > 25 and draw.random() < 0.6
    return patient(
        thirteen,
        (family, used if married else family, given, f"{given} {draw.choice(GIVEN[sex])}"),
        born.isoformat(),
        sex,
        place,
        (draw.choice(STREETS), *town),
        (f"tel:+3363998{number:04d}",),
    )


@dataclass
class Regimen:
    """A medicine taken for long, since `since`, for `problem`."""

    drug: object
    dosage: object
    since: str
    problem: object = None
    follower: str = ""  # who follows the disease

    def treatment(self, since=None, until=None):
        return Treatment(self.drug, self.dosage, since or self.since, until, self.problem)


@dataclass
class Life:
    """What is so about one patient; documents tell parts of it."""

    draw: object
    calendar: object
    patient: object
    age: int
    span: int  # days that the record covers
    gp: str
    followers: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    past: list = field(default_factory=list)
    regimens: list = field(default_factory=list)
    allergies: list = field(default_factory=list)
    procedures: list = field(default_factory=list)
    vaccinations: list = field(default_factory=list)
    tests: list = field(default_factory=list)
    levels: dict = field(default_factory=dict)
    courses: list = field(default_factory=list)  # medicines taken once for some days
    contacts: list = field(default_factory=list)
    risks: list = field(default_factory=list)
    family: list = field(default_factory=list)
    watch: list = field(default_factory=list)
    days: set = field(default_factory=set)  # of the laboratory: one report a day

    def fits(self, row):
        return row.sex in ("*", self.patient.sex) and row.from_ <= self.age <= row.to

    def day(self, ago, clock="09:00:00"):
        return self.calendar.ago(max(0, ago), clock)

    def drugs(self):
        return [item.drug for item in self.regimens + self.courses]

    def story(self):
        return Story(
            self.problems,
            self.past,
            self.procedures,
            self.allergies,
            [item.treatment() for item in self.regimens],
            self.risks,
            self.contacts,
            self.family,
            self.watch,
        )


def partial(draw, day):
    """A day as precisely as a doctor remembers it."""
    return day[: draw.choice((4, 7, 10, 10))]


def old_day(life, least=0):
    """A day of the patient's life before the record begins."""
    room = max(1, round(life.age * YEAR) - life.span - 30)
    return iso(life.day(life.span + least + life.draw.randint(0, min(3000, room))))


def add_disease(life, key):
    row = DISEASES[key]
    since = partial(life.draw, old_day(life))
    problem = Problem(row.text, row.code, since, detail=row.detail)
    life.problems.append(problem)
    if row.follower not in life.followers:
        life.followers.append(row.follower)
    for name in row.tests:
        name = f"{name}-m" if name in ("creatinine", "haemoglobin") and sex_is(life, "M") else name
        if name not in life.tests:
            life.tests.append(name)
    taken = {drug.atc.code for drug in life.drugs()}
    for choice in row.drugs:
        name = life.draw.choice(choice)
        if name and DOSES[name].drug.atc.code not in taken:
            dose = DOSES[name]
            how = drawn_dosage(life.draw, dose.drug, dose.choices)
            life.regimens.append(Regimen(dose.drug, how, old_day(life), problem, row.follower))
            taken.add(dose.drug.atc.code)


def sex_is(life, sex):
    return life.patient.sex == sex


def draw_diseases(life, wanted):
    """`wanted`: keys, and how many more to draw ("+2")."""
    more = [word for word in wanted if word.startswith("+")]
    for key in wanted:
        if not key.startswith("+"):
            add_disease(life, key)
    have = {problem.code.code for problem in life.problems}
    apart = {"pregnancy", "gestational", "dialysis", "transplant", "hiv", "af-avk", "lung-cancer"}
    choices = [
        key
        for key, row in DISEASES.items()
        if life.fits(row) and row.code.code not in have and key not in apart
    ]
    life.draw.shuffle(choices)
    for key in choices[: int(more[0]) if more else 0]:
        if DISEASES[key].code.code not in {problem.code.code for problem in life.problems}:
            add_disease(life, key)


def draw_past(life):
    rows = [row for row in PAST if life.fits(row)]
    life.draw.shuffle(rows)
    for row in rows[: life.draw.randint(0, 3) if life.age > 3 else 0]:
        start = old_day(life, 40)
        end = iso(life.calendar.at(start) + timedelta(days=life.draw.randint(6, 35)))
        keep = life.draw.choice((4, 7, 10))
        life.past.append(Problem(row.text, row.code, start[:keep], end[:keep]))


def draw_acts(life):
    rows = [row for row in ACTS.values() if life.fits(row)]
    life.draw.shuffle(rows)
    seen = set()
    for row in rows[: life.draw.randint(0, 3) if life.age > 4 else 0]:
        if row.code.code not in seen:
            seen.add(row.code.code)
            life.procedures.append(Procedure(row.text, row.code, partial(life.draw, old_day(life))))


def clashes(agent, drugs):
    return any(drug.atc.code.startswith(tuple(agent.avoid)) for drug in drugs if agent.avoid)


def allergy_of(life, agent, since=None):
    kind = Code("59037007", codes.SNOMED, "intolérance médicamenteuse")
    more = {"kind": kind} if agent.intolerance else {}
    when = since or partial(life.draw, old_day(life))
    return Allergy(agent.text, agent.code, agent.reaction, when, **more)


def draw_allergies(life):
    """Only of what the patient never takes: whatever else is a fault, and seeded as one."""
    agents = [agent for agent in AGENTS if not clashes(agent, life.drugs())]
    life.draw.shuffle(agents)
    for agent in agents[: life.draw.choice((0, 0, 1, 1, 2, 3))]:
        life.allergies.append(allergy_of(life, agent))


def draw_vaccines(life):
    born = round(life.age * YEAR)
    for key, (vaccine, from_, to) in ALL_VACCINES.items():
        if life.age < from_ or life.draw.random() < 0.45:
            continue
        first = max(5, born - round(to * YEAR))
        last = min(born - round(from_ * YEAR), 365 * 12)
        if last <= first:
            continue
        days = sorted({life.draw.randint(first, last) for _ in range(life.draw.choice((1, 1, 2)))})
        for index, ago in enumerate(days):
            lot = f"{key[:2].upper()}{life.draw.randint(100, 999)}{index}"
            life.vaccinations.append(Vaccination(vaccine, iso(life.day(ago)), lot))


def draw_people(life):
    for kin in life.draw.sample(KIN, life.draw.choice((0, 1, 1, 2))):
        name = life.draw.choice(GIVEN["M" if kin.code == "FTH" else "F"]).capitalize()
        life.contacts.append(
            Contact(life.patient.family, name, kin, f"tel:+336399{life.draw.randint(10000, 99999)}")
        )
    if life.age > 16 and life.draw.random() < 0.7:
        packs = life.draw.choice(("0", "0", "5", "12", "30"))
        text = "N'a jamais fumé" if packs == "0" else f"Tabac : {packs} paquets par an"
        life.risks.append(Risk(text, SMOKING, packs, "{pack}/a"))
    if life.age > 18 and life.draw.random() < 0.5:
        row = life.draw.choice([DISEASES[key] for key in ("diabetes2", "coronary", "colon-cancer")])
        life.family.append((life.draw.choice(KIN[1:3]), row.code))
    if life.draw.random() < 0.5:
        life.watch.append(life.draw.choice(("Chutes à domicile.", "Aidant épuisé.", "Vit seul.")))


def draw_courses(life):
    """Short treatments of the past, by a prescription only; none of a substance taken for long."""
    avoid = [code for item in life.allergies for code in [item.code.code] if item.code]
    taken = {drug.atc.code for drug in life.drugs()}
    names = ["amoxenfant", "dolienfant"] if life.age < 12 else []
    names = names or ["azithromycine", "ofloxacine", "monuril", "clarithromycine", "bactrim"]
    for name in names:
        drug = DOSES[name].drug
        if drug.atc.code not in taken and not drug.atc.code.startswith(tuple(avoid) or ("-",)):
            life.courses.append(Regimen(drug, dosage(drug, DOSES[name].choices[0]), ""))


def draw_life(draw, calendar, row, number):
    """The life of the patient of `row`, a line of gold-records.tsv."""
    age = int(row.age)
    who = draw_patient(draw, calendar, row.sex, age, number)
    span = max(25, min(365 * 5, round(age * YEAR) - 20))
    life = Life(draw, calendar, who, age, span, draw.choice(("gp", "gp2")))
    draw_diseases(life, row.diseases.split())
    draw_past(life)
    draw_acts(life)
    draw_courses(life)
    draw_allergies(life)
    avoid = [agent for agent in AGENTS if agent.text in {item.agent for item in life.allergies}]
    life.courses = [
        item for item in life.courses if not any(clashes(agent, [item.drug]) for agent in avoid)
    ]
    draw_vaccines(life)
    draw_people(life)
    usual = ["haemoglobin-m" if sex_is(life, "M") else "haemoglobin", "leucocytes", "platelets"]
    life.tests += [key for key in [*usual, "crp", "glucose"] if key not in life.tests]
    for key in life.tests:
        value, stray = USUAL_VALUES[key]
        life.levels[key] = float(value) + draw.uniform(-stray, stray) / 2
    return life


def digits(key):
    text = USUAL_VALUES[key][0]
    return len(text.partition(".")[2])


def measure(life, key):
    """A value of today's draw; never far enough to alarm anybody."""
    stray = USUAL_VALUES[key][1]
    value = max(life.levels[key] + life.draw.uniform(-stray, stray) / 3, 10 ** -digits(key))
    return f"{value:.{digits(key)}f}"


def test_of(key):
    return ALL_TESTS[key]
