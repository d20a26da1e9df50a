#!/usr/bin/python3
"""Checks a folder of sample records.

`all`: the counts of each record too; `kinds`: prints one good document of each kind.
"""
import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

CDA = "{urn:hl7-org:v3}"
COUNTS = {
    "simple": (12, 0, 0),
    "chronic": (150, 6, 4),
    "stress": (500, 0, 0),
    "closed": (3, 0, 0),
    "unauthorised": (3, 0, 0),
    "denied": (3, 0, 0),
    "expired": (3, 0, 0),
    "minor": (7, 0, 0),
    "empty": (0, 0, 0),
}
OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
TIME = re.compile(r"\d{14}")
XCN = re.compile(r"[^^]+\^[^^]+\^[^^]*\^\^\^\^\^\^&[0-9.]+&ISO\^[DU]\^\^\^(IDNPS|NH|RI)")
XON = re.compile(r"[^^]+\^\^\^\^\^&1\.2\.250\.1\.71\.4\.2\.2&ISO\^IDNST\^\^\^\w+")
failures = []


def check(good, *words):
    if not good:
        failures.append(" ".join(str(word) for word in words))


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def check_patient(name, patient):
    ins = patient["ins"]
    check(len(ins) == 15 and int(ins[13:]) == 97 - int(ins[:13]) % 97, name, "INS key", ins)
    check(
        patient["birth_date"][2:4] == ins[1:3] and patient["birth_date"][5:7] == ins[3:5],
        name,
        "INS and birth date differ",
    )
    check({"M": "1", "F": "2"}[patient["sex"]] == ins[0], name, "INS and sex differ")
    for line in patient["authorisations"]:
        check(line["state"] in ("valide", "expire", "interdit"), name, "state", line["state"])
        check(
            (line["professional"] is None) != (line["structure"] is None),
            name,
            "authorisation of nobody, or of two",
        )


def check_entry(name, entry):
    check(
        OID.fullmatch(entry["unique_id"]) and len(entry["unique_id"]) <= 64,
        name,
        "OID",
        entry["unique_id"],
    )
    check(
        OID.fullmatch(entry["submission_set"]["unique_id"]),
        name,
        "OID of the submission set",
        entry["unique_id"],
    )
    for value in (
        entry["creation"],
        entry["service_start"],
        entry["service_stop"] or entry["creation"],
        entry["submission_set"]["time"],
    ):
        check(TIME.fullmatch(value), name, "time", value)
    check(
        entry["service_start"] <= (entry["service_stop"] or entry["service_start"]),
        name,
        entry["file"],
        "ends before it starts",
    )
    check(
        entry["confidentiality"][0] == "N" and len(set(entry["confidentiality"])) <= 2,
        name,
        "confidentiality",
        entry["confidentiality"],
    )
    for key in ("class", "type", "format", "practice_setting", "facility"):
        check(
            all(entry[key][part] for part in ("code", "system", "display")),
            name,
            entry["file"],
            key,
        )
    for author in entry["authors"]:
        check(XCN.fullmatch(author["person"]), name, "XCN", author["person"])
        check(
            author["institution"] is None or XON.fullmatch(author["institution"]),
            name,
            "XON",
            author["institution"],
        )


def header_value(root, path, attribute="value"):
    found = root.find("/".join(CDA + step for step in path.split("/")))
    return None if found is None else found.get(attribute)


def check_header(name, entry, patient, data, reason):
    """The header says what the metadata say, unless the document is broken on purpose."""
    if reason == "broken":
        try:
            ET.fromstring(data)
            check(False, name, entry["file"], "is not broken")
        except ET.ParseError:
            pass
        return
    root = ET.fromstring(data)
    check(header_value(root, "id", "root") == entry["unique_id"], name, entry["file"], "id")
    check(header_value(root, "code", "code") == entry["type"]["code"], name, entry["file"], "type")
    check(root.find(CDA + "title").text == entry["title"], name, entry["file"], "title")
    same = header_value(root, "recordTarget/patientRole/id", "extension") == patient["ins"]
    check(same != (reason == "identity"), name, entry["file"], "patient")
    replaced = header_value(root, "relatedDocument/parentDocument/id", "root")
    check(replaced == entry["replaces"], name, entry["file"], "replaces", replaced)
    ids = {element.get("ID") for element in root.iter() if element.get("ID")}
    for element in root.iter(CDA + "reference"):
        value = element.get("value") or ""
        check(
            not value.startswith("#") or value[1:] in ids, name, entry["file"], "no passage", value
        )


def check_truth(name, truth, entries):
    known = {entry["unique_id"] for entry in entries if entry["status"] == "approved"}
    unread = {line["unique_id"] for line in truth["unread"]}
    for line in truth["facts"] + truth["contradictions"]:
        check(
            line["sources"] and set(line["sources"]) <= known - unread,
            name,
            "source of",
            line["text"],
        )
    for fact in truth["facts"]:
        check(
            fact["date"] is None or fact["date"] <= truth["today"],
            name,
            "in the future:",
            fact["text"],
            fact["date"],
        )


def check_record(folder, counts):
    patient, entries, truth = (
        load(folder / f"{part}.json") for part in ("patient", "documents", "truth")
    )
    name = folder.name
    check_patient(name, patient)
    check_truth(name, truth, entries)
    reasons = {line["unique_id"]: line["reason"] for line in truth["unread"]}
    for entry in entries:
        check_entry(name, entry)
        check_header(
            name,
            entry,
            patient,
            (folder / entry["file"]).read_bytes(),
            reasons.get(entry["unique_id"]),
        )
    if counts:
        found = tuple(
            sum(entry["status"] == status for entry in entries)
            for status in ("approved", "archived", "deprecated")
        )
        check(found == COUNTS[name], name, "counts", found)
    return [(name, entry) for entry in entries]


def one_of_each(folder):
    """One document of each format and type among the records but `simple`, none that is broken."""
    seen = set()
    for home in sorted(path.parent for path in folder.glob("*/documents.json")):
        unread = {line["unique_id"] for line in load(home / "truth.json")["unread"]}
        for entry in load(home / "documents.json") if home.name != "simple" else ():
            kind = entry["format"]["code"], entry["type"]["code"]
            if kind not in seen and entry["unique_id"] not in unread:
                seen.add(kind)
                print(home.relative_to(folder) / entry["file"])


def main():
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["kinds"]:
        return one_of_each(folder)
    entries = [
        line
        for home in sorted(path.parent for path in folder.glob("*/documents.json"))
        for line in check_record(home, sys.argv[2:] == ["all"])
    ]
    for key in ("unique_id", "entry_uuid"):
        values = [entry[key] for _, entry in entries]
        check(len(set(values)) == len(values), key, "not unique")
    check(len(load(folder / "professionals.json")) > 10, "professionals")
    for line in failures[:40]:
        print(line)
    return sys.exit(bool(failures))


if __name__ == "__main__":
    main()
