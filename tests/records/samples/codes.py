"""Code systems and coded values of the CI-SIS and the DMP (facts of the ANS terminologies)."""
from dataclasses import dataclass

from .xml import E

LOINC = "2.16.840.1.113883.6.1"
SNOMED = "2.16.840.1.113883.6.96"
CIM10 = "2.16.840.1.113883.6.3"
CCAM = "1.2.250.1.215.300.1"
CIS = "1.2.250.1.213.2.3.1"
CIP = "1.2.250.1.213.2.3.2"
ATC = "2.16.840.1.113883.6.73"
EDQM = "0.4.0.127.0.16.1.1.2.1"
ACT = "2.16.840.1.113883.5.4"
INTERPRETATION = "2.16.840.1.113883.5.83"
ROLE = "2.16.840.1.113883.5.111"
ANS = "1.2.250.1.213.1.1.4.322"
ANS_DOCUMENTS = "1.2.250.1.213.1.1.4.12"
PRODUCERS = "1.2.250.1.213.1.1.4.6"
SPECIALITIES = "1.2.250.1.213.1.1.4.5"
PRACTICE_SETTINGS = "1.2.250.1.213.1.1.4.9"
SECTORS = "1.2.250.1.71.4.2.4"
CLASSES = "1.2.250.1.213.1.1.4.1"
CONFIDENTIALITY = "2.16.840.1.113883.5.25"
DMP_CONFIDENTIALITY = "1.2.250.1.213.1.1.4.13"
FORMATS_ANS = "1.2.250.1.213.1.1.4.2.282"
FORMATS_IHE = "1.3.6.1.4.1.19376.1.2.3"
ACTIVITIES = "1.2.250.1.213.2.2"
PERSONS = "1.2.250.1.71.4.2.1"
STRUCTURES = "1.2.250.1.71.4.2.2"
INS_TEST = "1.2.250.1.213.1.4.10"

SYSTEM_NAMES = {
    LOINC: "LOINC",
    SNOMED: "SNOMED CT",
    CIM10: "CIM-10",
    CCAM: "CCAM",
    CIS: "CIS",
    CIP: "CIP",
    ATC: "ATC",
    EDQM: "EDQM",
    ACT: "HL7:ActCode",
    INTERPRETATION: "HL7:ObservationInterpretation",
}


@dataclass(frozen=True)
class Code:
    code: str
    system: str
    display: str

    def element(self, name, *children, **attributes):
        """The CDA element `name` that carries this code."""
        return E(
            name,
            *children,
            code=self.code,
            displayName=self.display,
            codeSystem=self.system,
            codeSystemName=SYSTEM_NAMES.get(self.system),
            **attributes
        )

    def json(self):
        return {"code": self.code, "system": self.system, "display": self.display}


CLASS_LABELS = {
    "10": "Compte rendu",
    "11": "Synthèse",
    "31": "Imagerie médicale",
    "42": "Prescription",
    "43": "Dispensation",
    "44": "Plan de soins, protocole de soins",
    "52": "Certificat, déclaration",
    "60": "Données de remboursement",
    "90": "Autres documents déposés par le patient",
    "95": "Document de gestion",
}

# Type of document -> its class (ASS_X16).
TYPES = {
    "SYNTH": (Code("SYNTH", ANS_DOCUMENTS, "Synthèse"), "11"),
    "11502-2": (Code("11502-2", LOINC, "CR d'examens biologiques"), "10"),
    "11488-4": (Code("11488-4", LOINC, "CR ou fiche de consultation ou de visite"), "10"),
    "11490-0": (
        Code("11490-0", LOINC, "Lettre de liaison à la sortie d'un établissement de soins"),
        "10",
    ),
    "11506-3": (
        Code("11506-3", LOINC, "CR ou fiche de suivi de soins par auxiliaire médical"),
        "10",
    ),
    "15507-7": (Code("15507-7", LOINC, "CR de passage aux urgences"), "10"),
    "34112-3": (Code("34112-3", LOINC, "CR hospitalier (séjour)"), "10"),
    "34874-8": (Code("34874-8", LOINC, "CR opératoire"), "10"),
    "60568-3": (Code("60568-3", LOINC, "CR d'anatomie et de cytologie pathologiques"), "10"),
    "59283-2": (Code("59283-2", LOINC, "CR d'examen de l'enfant"), "10"),
    "70004-7": (Code("70004-7", LOINC, "CR d'acte diagnostique (autre)"), "10"),
    "78513-9": (Code("78513-9", LOINC, "CR de consultation en ophtalmologie"), "10"),
    "96349-6": (Code("96349-6", LOINC, "Lettre d'adressage"), "10"),
    "18748-4": (Code("18748-4", LOINC, "CR d'imagerie médicale"), "31"),
    "57828-6": (Code("57828-6", LOINC, "Prescription (autre)"), "42"),
    "57833-6": (Code("57833-6", LOINC, "Prescription de produits de santé"), "42"),
    "PRESC-BIO": (
        Code("PRESC-BIO", ANS_DOCUMENTS, "Prescription d'actes de biologie médicale"),
        "42",
    ),
    "PRESC-KINE": (
        Code("PRESC-KINE", ANS_DOCUMENTS, "Prescription d'actes de kinésithérapie"),
        "42",
    ),
    "PROT_ALD": (Code("PROT_ALD", ANS_DOCUMENTS, "Protocole de soins ALD"), "44"),
    "11369-6": (Code("11369-6", LOINC, "Historique des vaccinations"), "52"),
    "87273-9": (Code("87273-9", LOINC, "Note de vaccination"), "52"),
    "89601-9": (Code("89601-9", LOINC, "Certificat médical"), "52"),
    "CERT_DECL": (Code("CERT_DECL", ANS_DOCUMENTS, "Certificat, déclaration"), "52"),
    "REMB": (Code("REMB", ANS_DOCUMENTS, "Données de remboursement"), "60"),
    "EXPPAT_1": (Code("EXPPAT_1", ANS_DOCUMENTS, "Volontés et droits du patient"), "90"),
    "EXPPAT_2": (Code("EXPPAT_2", ANS_DOCUMENTS, "Autre document du patient"), "90"),
    "EXPPAT_3": (Code("EXPPAT_3", ANS_DOCUMENTS, "Directives anticipées"), "90"),
}


def class_of(type_code):
    number = TYPES[type_code][1]
    return Code(number, CLASSES, CLASS_LABELS[number])


# Template of the document, or media type of a level 1 body -> format (ASS_A11), labels of J60.
FORMATS = {
    "1.2.250.1.213.1.1.1.13": Code("urn:asip:ci-sis:vsm:2012", FORMATS_ANS, "Synthèse médicale"),
    "1.2.250.1.213.1.1.1.29": Code(
        "urn:asip:ci-sis:ldl-ses:2017", FORMATS_ANS, "Lettre de liaison à la sortie d'établissement"
    ),
    "1.2.250.1.213.1.1.1.36": Code(
        "urn:asip:ci-sis:hr:2019", FORMATS_ANS, "Données de remboursement"
    ),
    "1.2.250.1.213.1.1.1.37": Code(
        "urn:asip:ci-sis:vac:2019", FORMATS_ANS, "Historique des vaccinations"
    ),
    "1.2.250.1.213.1.1.1.46": Code(
        "urn:asip:ci-sis:vac-note:2021", FORMATS_ANS, "Note de vaccination"
    ),
    "1.2.250.1.213.1.1.1.39": Code("urn:ihe:pharm:pre:2010", FORMATS_IHE, "Prescription"),
    "1.2.250.1.213.1.1.1.45": Code(
        "urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013", FORMATS_IHE, "CR d'imagerie"
    ),
    "1.2.250.1.213.1.1.1.55": Code(
        "urn:ihe:lab:xd-lab:2008", FORMATS_IHE, "Compte rendu d'examens de biologie médicale"
    ),
    "application/pdf": Code(
        "urn:ihe:iti:xds-sd:pdf:2008", FORMATS_IHE, "Document à corps non structuré en Pdf/A-1"
    ),
    "text/plain": Code(
        "urn:ihe:iti:xds-sd:text:2008", FORMATS_IHE, "Document à corps non structuré en texte brut"
    ),
    "image/jpeg": Code(
        "urn:ihe:iti-fr:xds-sd:jpeg:2010", FORMATS_IHE, "Document à corps non structuré en jpeg"
    ),
}

NORMAL = Code("N", CONFIDENTIALITY, "Normal")
EXP_PATIENT = Code("EXP_PATIENT", PRODUCERS, "Expression personnelle du patient")
ALIM_AM = Code(
    "ALIM_AM",
    PRODUCERS,
    "Alimentation automatique à partir du Système d'Information de l'Assurance Maladie",
)
AMBULATORY = Code("AMBULATOIRE", PRACTICE_SETTINGS, "Ambulatoire")
HOSPITAL = Code("ETABLISSEMENT", PRACTICE_SETTINGS, "Etablissement de santé")
INSURER_SETTING = Code("AMO", PRACTICE_SETTINGS, "Organisme d'assurance maladie obligatoire")
SECTOR_LABELS = {
    "SA01": "Etablissement public de santé",
    "SA04": "Etablissement privé non PSPH",
    "SA05": "Centre de santé",
    "SA07": "Cabinet individuel",
    "SA08": "Cabinet de groupe",
    "SA24": "Organisme de sécurité sociale",
    "SA25": "Laboratoire de biologie médicale",
    "SA33": "Pharmacie d'officine",
}
CONSULTATIONS = Code("07", ACTIVITIES, "Consultations, soins externes")
FULL_STAY = Code("03", ACTIVITIES, "Hospitalisation complète")
LAB_ACTIVITY = Code("26", ACTIVITIES, "Analyses médicales biologiques")
ACTS = Code("60", ACTIVITIES, "Consultations et actes")


def sector(code):
    return Code(code, SECTORS, SECTOR_LABELS[code])
