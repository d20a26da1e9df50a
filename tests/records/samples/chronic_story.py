"""What is true of Jeanne MARTIN, patient of the record `chronic`."""
from dataclasses import replace
from datetime import timedelta

from . import codes
from .clinical import Allergy, Contact, Dosage, Letter, Problem, Procedure, Risk, Stay, Story, Treatment
from .codes import Code
from .people import patient
from .tables import regimens

HUSBAND = Code("HUSB", codes.ROLE, "Epoux")
MOTHER = Code("MTH", codes.ROLE, "Mère")


def identity():
    return patient("2530277168123", ("DUPONT", "MARTIN", "JEANNE", "JEANNE MARIE LOUISE"), "1953-02-03", "F", ("77168", "EGREVILLE"),
                   ("27 rue des Noyers", "77100", "MEAUX"), ("tel:+33639980011",))


def stranger():
    """Somebody else, whose document was filed in this record by mistake."""
    return patient("2490392012045", ("DURAND", "MARTIN", "JEANNINE", "JEANNINE"), "1949-03-17", "F", ("92012", "BOULOGNE-BILLANCOURT"),
                   ("4 rue de la Plaine", "77100", "MEAUX"))


def cim10(code, display):
    return Code(code, codes.CIM10, display)


class Truth:
    """Everything that the documents of the record draw from; days are moved by `calendar`."""

    def __init__(self, calendar):
        self.calendar = calendar
        self.problems = self.make_problems(calendar.day)
        self.allergies = self.make_allergies(calendar.day)
        self.regimens = regimens("chronic-treatments.tsv", calendar)

    @staticmethod
    def make_problems(day):
        return {
            "af": Problem("Fibrillation auriculaire permanente", cim10("I48.2", "Fibrillation auriculaire permanente"), day("2021")),
            "diabetes": Problem("Diabète de type 2", cim10("E11.9", "Diabète sucré de type 2, sans complication"), day("2008"), detail="ALD 8"),
            "hypertension": Problem("Hypertension artérielle", cim10("I10", "Hypertension essentielle (primitive)"), day("2004")),
            "kidney": Problem("Maladie rénale chronique, stade 3a", cim10("N18.3", "Maladie rénale chronique, stade 3"), day("2022")),
            "thyroid": Problem("Hypothyroïdie", cim10("E03.9", "Hypothyroïdie, sans précision"), day("2015")),
            "pacemaker": Problem("Porteuse d'un stimulateur cardiaque", cim10("Z95.0", "Présence d'un stimulateur électronique cardiaque"), day("2022-03")),
            "heart-failure": Problem("Insuffisance cardiaque à FE préservée", cim10("I50.0", "Insuffisance cardiaque congestive"), day("2025-11")),
            "oedema": Problem("Œdème des membres inférieurs", cim10("R60.0", "Œdème localisé"), day("2025-11")),
            "embolism": Problem("Embolie pulmonaire : exclue", cim10("I26.9", "Embolie pulmonaire, (sans mention de cœur pulmonaire aigu)"), day("2025-11-24"), negated=True),
            "anaemia": Problem("Anémie ferriprive", cim10("D50.9", "Anémie par carence en fer, sans précision"), day("2022-03")),
            "anaemia-past": Problem("Anémie ferriprive", cim10("D50.9", "Anémie par carence en fer, sans précision"), day("2022-03"), day("2022-10")),
            "stroke": Problem("Accident ischémique transitoire", cim10("G45.9", "Accident ischémique cérébral transitoire, sans précision"), day("2019-08-11"), day("2019-08-14")),
            "depression": Problem("Épisode dépressif", cim10("F32.1", "Épisode dépressif moyen"), day("2016-02"), day("2016-11")),
            "hip": Problem("Coxarthrose gauche", cim10("M16.1", "Autres coxarthroses primaires"), day("2019"), day("2020-06-18")),
            "block": Problem("Dysfonction sinusale", cim10("I49.5", "Syndrome de dysfonctionnement sinusal"), day("2022-03-01"), day("2022-03-07"))}

    @staticmethod
    def make_allergies(day):
        return {
            "penicillin": Allergy("Pénicilline", Code("J01C", codes.ATC, "bêta-lactamines : pénicillines"), "urticaire généralisée", day("2019")),
            "sulfa": Allergy("Sulfaméthoxazole", Code("J01EC01", codes.ATC, "sulfaméthoxazole"), "éruption", day("2011")),
            "contrast": Allergy("Produit de contraste iodé", Code("V08A", codes.ATC, "produits de contraste pour radiologie, iodés"),
                                "vomissements", day("2022-06-14"), Code("59037007", codes.SNOMED, "intolérance médicamenteuse"))}

    def treatments(self, text, changed=()):
        """What is taken on the day `text` of the story; `changed`: (name, Dosage) that this document writes."""
        today, other = self.calendar.day(text), dict(changed)
        found = []
        for regimen in self.regimens:
            if regimen.since <= today and (regimen.until is None or today < regimen.until):
                reason = self.problems[regimen.problem] if regimen.problem else None
                found.append(Treatment(regimen.drug, other.get(regimen.drug.name, regimen.dosage), regimen.since, reason=reason))
        return found

    def stopped(self, text):
        """What was stopped on the day `text`."""
        day = self.calendar.day(text)
        return [Treatment(row.drug, row.dosage, row.since, row.until) for row in self.regimens if row.until == day]

    def pick(self, *names):
        return [self.problems[name] for name in names]

    def procedures(self):
        day = self.calendar.day
        return [Procedure("Stimulateur cardiaque double chambre", Code("DELF005", codes.CCAM, "Implantation souscutanée d'un stimulateur cardiaque définitif, avec pose d'une sonde intraatriale et d'une sonde intraventriculaire droites par voie veineuse transcutanée"),
                          day("2022-03-07"), self.problems["block"], device=True),
                Procedure("Prothèse totale de hanche gauche", Code("NEKA020", codes.CCAM, "Remplacement de l'articulation coxofémorale par prothèse totale"),
                          day("2020-06-18"), self.problems["hip"], device=True),
                Procedure("Cholécystectomie", Code("HMFC004", codes.CCAM, "Cholécystectomie, par coelioscopie"), day("1998"))]

    def summary(self, text, problems, history, changed=()):
        """What the médecin traitant writes on the day `text` of the story."""
        return Story(problems=self.pick(*problems), history=self.pick(*history), procedures=self.procedures(),
                     allergies=[self.allergies["penicillin"], self.allergies["sulfa"]], treatments=self.treatments(text, changed),
                     risks=[Risk("N'a jamais fumé", Code("74011-8", codes.LOINC, "Consommation tabagique"), "0", "{pack}/a")],
                     contacts=[Contact("MARTIN", "Paul", HUSBAND, "tel:+33639980014")],
                     family=[(MOTHER, cim10("E11.9", "Diabète sucré de type 2, sans complication"))],
                     watch=["Débit de filtration à surveiller tous les trois mois.", "Porteuse d'un stimulateur : pas d'IRM sans avis cardiologique."])

    def prescribed(self, treatments, start, months):
        """`treatments` from `start` (a time) for `months` of 30 days."""
        end = (start + timedelta(days=30 * months)).strftime("%Y-%m-%d")
        return [replace(treatment, since=start.strftime("%Y-%m-%d"), until=end) for treatment in treatments]


def stay(calendar, text, problem, start, stop, hours=("10:30:00", "15:00:00")):
    return Stay(text, problem, calendar.at(start, hours[0]), calendar.at(stop, hours[1]))


ELIQUIS_WRONG = ("ELIQUIS 2,5 mg", Dosage("1 cp matin et soir", "1", "6", "h"))
METFORMIN_SHORT = ("METFORMINE 1000 mg", Dosage("1 cp matin et soir", "1", "12", "h"))


def heart_failure(truth, gp):
    calendar, problems = truth.calendar, truth.problems
    return Letter(stay(calendar, "Décompensation cardiaque", problems["heart-failure"], "2025-11-24", "2025-11-28"),
                  "Dyspnée d'effort croissante et œdèmes des membres inférieurs depuis dix jours.",
                  "Décompensation cardiaque globale chez une patiente en fibrillation auriculaire permanente. NT-proBNP 4 120 ng/L à l'entrée. "
                  "Déplétion par furosémide intraveineux, perte de 3,5 kg. Fraction d'éjection préservée. Ramipril arrêté pour hypotension. "
                  "Dapagliflozine débutée. Embolie pulmonaire exclue par la scintigraphie.",
                  gp, truth.treatments("2025-11-28", [METFORMIN_SHORT]), truth.stopped("2025-11-24"),
                  [truth.allergies["penicillin"], truth.allergies["contrast"]],
                  truth.pick("heart-failure", "af", "oedema", "embolism"),
                  ["Créatinine, ionogramme et NT-proBNP dans douze jours.", "Consultation de cardiologie à six semaines.", "Poids de sortie 57,2 kg : appeler si prise de 2 kg en trois jours."])


def pacemaker(truth, gp):
    return Letter(stay(truth.calendar, "Pose d'un stimulateur cardiaque double chambre", truth.problems["block"], "2022-03-07", "2022-03-09"),
                  "Pauses symptomatiques, dysfonction sinusale.",
                  "Pose d'un stimulateur double chambre par voie céphalique gauche, sans complication. Anémie par carence en fer découverte au bilan.",
                  gp, truth.treatments("2022-03-09"), problems=truth.pick("anaemia", "af", "pacemaker"),
                  plan=["Contrôle du stimulateur à six semaines.", "Bilan de l'anémie par le médecin traitant."], urgent=False)


def hip(truth, gp):
    return Letter(stay(truth.calendar, "Prothèse totale de hanche gauche", truth.problems["hip"], "2020-06-18", "2020-06-24"),
                  "Coxarthrose gauche invalidante.", "Prothèse totale de hanche gauche le 18 juin. Suites simples, appui complet au deuxième jour.",
                  gp, truth.treatments("2020-06-24"), plan=["Kinésithérapie à domicile puis en cabinet.", "Radiographie et consultation à dix semaines."], urgent=False)


def stroke(truth, gp):
    return Letter(stay(truth.calendar, "Accident ischémique transitoire", truth.problems["stroke"], "2019-08-11", "2019-08-14"),
                  "Déficit brutal de l'hémicorps droit, régressif en vingt minutes.",
                  "Accident ischémique transitoire. Imagerie sans lésion. Urticaire généralisée une heure après une injection d'amoxicilline "
                  "pour une infection urinaire : allergie à la pénicilline retenue.",
                  gp, truth.treatments("2019-08-14"), allergies=[truth.allergies["penicillin"]], problems=truth.pick("diabetes", "hypertension"),
                  plan=["Holter à programmer.", "Carte d'allergie remise."])


def depression(truth, gp):
    return Letter(stay(truth.calendar, "Épisode dépressif", truth.problems["depression"], "2016-03-01", "2016-03-12"),
                  "Épisode dépressif, à la demande de la patiente.", "Évolution favorable en dix jours. Suivi en ville.",
                  gp, truth.treatments("2016-03-12"), problems=truth.pick("depression"), plan=["Consultation de psychiatrie à deux semaines."], urgent=False)
