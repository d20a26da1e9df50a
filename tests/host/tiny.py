"""Tiny records for the tests of the host: each patient is one case of the access rules."""
import json
import os
import pathlib
import uuid

ROOT = "1.2.250.1.999.7"
GP, WARD, PHARMACIST, NURSE = "899700000017", "899700000025", "899700000033", "899700000041"
CABINET, HOSPITAL, PHARMACY = "499700000017001", "10B0770001", "499700000033001"
WORK_DOCTOR = "899700000058"  # an occupational physician: no card of the demonstration is his
NAMES = {GP: ("LEROY", "Claire", CABINET), WARD: ("PETIT", "Julien", HOSPITAL),
         PHARMACIST: ("NGUYEN", "Sophie", PHARMACY), NURSE: ("GARCIA", "Nadia", HOSPITAL)}
FORMAT_PDF = ("urn:ihe:iti:xds-sd:pdf:2008", "1.3.6.1.4.1.19376.1.2.3")
TYPES = {"11488-4": ("10", "2.16.840.1.113883.6.1"), "57833-6": ("42", "2.16.840.1.113883.6.1")}


def ins(number):
    """A national id with its right key: man, born in 1950, INSEE 99999."""
    digits = f"1500199999{number:03d}"
    return digits + f"{97 - int(digits) % 97:02d}"


def xcn(person):
    family, given, _ = NAMES[person]
    return f"{person}^{family}^{given}^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS"


def xon(structure):
    return f"STRUCTURE^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^{structure}"


def cda(unique_id, patient, type_code="11488-4", text="Tout va bien.", replaces=None, set_id=None, version=None):
    chain = (f'<setId root="{set_id}"/><versionNumber value="{version}"/>' if set_id else "")
    old = (f'<relatedDocument typeCode="RPLC"><parentDocument><id root="{replaces}"/></parentDocument></relatedDocument>'
           if replaces else "")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"><id root="{unique_id}"/>'
            f'<code code="{type_code}" codeSystem="2.16.840.1.113883.6.1"/><title>Essai</title>{chain}<recordTarget>'
            f'<patientRole><id root="1.2.250.1.213.1.4.10" extension="{patient}"/></patientRole></recordTarget>{old}'
            f"<component><nonXMLBody><text>{text}</text></nonXMLBody></component></ClinicalDocument>").encode()


def code(value, system, display="x"):
    return {"code": value, "system": system, "display": display}


class Record:
    def __init__(self, folder, number, **traits):
        self.folder, self.number, self.ins = pathlib.Path(folder) / f"p{number}", number, ins(number)
        self.documents = []
        self.patient = {
            "ins": self.ins, "oid": "1.2.250.1.213.1.4.10", "ins_c": None, "birth_family": f"ESSAI{number}",
            "family": None, "given": "JEAN", "given_all": "JEAN", "birth_date": "1950-01-01", "sex": "M",
            "birth_place": {"code": "99999", "name": "X"}, "addr": {}, "telecom": ["tel:0100000000", "tel:0600000000"],
            "state": "active", "closed_at": None, "closed_reason": None, "internet_account": False, "ens": True,
            "opposition_bris_de_glace": False, "opposition_urgence": False, "medecin_traitant": None,
            "authorisations": [], **traits}

    def authorise(self, who, state="valide", until=None):
        kind = "structure" if who in (CABINET, HOSPITAL, PHARMACY) else "professional"
        row = {"professional": None, "structure": None, "state": state, "from": "2020-01-01T00:00:00Z", "until": until}
        row[kind] = who
        self.patient["authorisations"].append(row)
        return self

    def add(self, author, status="approved", confidentiality=("N",), type_code="11488-4", created="20260101100000",
            data=None, replaces=None, event=None, reference=None):
        n = len(self.documents) + 1
        unique_id = f"{ROOT}.{self.number}.{n}"
        class_code, system = TYPES[type_code]
        self.documents.append({
            "file": f"documents/{n}.xml", "unique_id": unique_id, "entry_uuid": "urn:uuid:" + str(uuid.uuid4()),
            "repository": "1.2.250.1.213.4.1.1.1.2",
            "submission_set": {"unique_id": f"{unique_id}.9", "entry_uuid": "urn:uuid:" + str(uuid.uuid4()),
                               "source_id": ROOT, "time": created, "content_type": code("07", "1.2.250.1.213.2.2"),
                               "title": "Lot"},
            "status": status, "version": 1, "replaces": replaces, "title": f"Document {n}", "mime": "text/xml",
            "language": "fr-FR", "creation": created, "service_start": created, "service_stop": None,
            "class": code(class_code, "1.2.250.1.213.1.1.4.1"), "type": code(type_code, system),
            "format": code(*FORMAT_PDF), "practice_setting": code("AMBULATOIRE", "1.2.250.1.213.1.1.4.9"),
            "facility": code("SA07", "1.2.250.1.71.4.2.4"), "confidentiality": list(confidentiality),
            "event_codes": [code(event, "1.2.250.1.213.2.5")] if event else [],
            "authors": [{"person": xcn(author), "institution": xon(NAMES[author][2]), "specialty": None, "role": None}],
            "legal_authenticator": xcn(author), "source_patient_id": f"{self.number}^^^&{ROOT}&ISO^PI",
            "source_patient_info": ["PID-5|ESSAI^JEAN^^^^^L"], "reference_ids": [reference] if reference else []})
        self.documents[-1]["data"] = data if data is not None else cda(unique_id, self.ins, type_code)
        return unique_id

    def write(self):
        (self.folder / "documents").mkdir(parents=True)
        for d in self.documents:
            (self.folder / d["file"]).write_bytes(d["data"])
        rows = [{k: v for k, v in d.items() if k != "data"} for d in self.documents]
        (self.folder / "documents.json").write_text(json.dumps(rows))
        (self.folder / "patient.json").write_text(json.dumps(self.patient))


def write(folder):
    """Returns the records by name."""
    os.makedirs(folder)
    people = [(GP, "10", "SM26", [CABINET, HOSPITAL]), (WARD, "10", "SM04", [HOSPITAL]),
              (PHARMACIST, "21", "A", [PHARMACY]), (NURSE, "60", "", [HOSPITAL]),
              ("10B0770001/000000018", "", "", [HOSPITAL]), (WORK_DOCTOR, "10", "SM25", [HOSPITAL])]
    rows = [{"id": i, "family": "X", "given": "Y", "civility": "", "profession": p, "speciality": s,
             "speciality_label": "", "structures": [{"id": x, "name": x, "sector": "SA01"} for x in structures]}
            for i, p, s, structures in people]
    (pathlib.Path(folder) / "professionals.json").write_text(json.dumps(rows))
    main = Record(folder, 1, medecin_traitant=GP).authorise(GP).authorise(WARD).authorise(NURSE)
    main.add(GP, type_code="57833-6", event="DEQP003", created="20250101")
    main.add(WARD, confidentiality=("N", "MASQUE_PS"))
    main.add(NURSE, confidentiality=("N", "MASQUE_PS"))
    main.add(WARD, confidentiality=("N", "INVISIBLE_PATIENT"), reference="A1^^^&1.2.3&ISO^urn:x")
    main.add(WARD, status="archived")
    old = main.add(GP, status="deprecated")
    main.add(GP, replaces=old)
    main.add(WARD, data=b"<broken")
    records = {
        "main": main,
        "none": Record(folder, 2), "expired": Record(folder, 3).authorise(GP, until="2021-01-01T00:00:00Z"),
        "denied": Record(folder, 4).authorise(GP, "interdit"),
        "closed": Record(folder, 5, state="closed", closed_at="2026-01-15T10:00:00Z").authorise(GP),
        "opposed": Record(folder, 6, opposition_bris_de_glace=True, opposition_urgence=True),
        "structure": Record(folder, 7).authorise(HOSPITAL),
        "blocked_mt": Record(folder, 8, medecin_traitant=GP).authorise(GP, "interdit"),
    }
    for name in ("none", "expired", "denied", "closed", "opposed", "structure", "blocked_mt"):
        records[name].add(WARD)
    for record in records.values():
        record.write()
    return records
