#!/usr/bin/env python3
"""Compares what the reader finds in published documents with an independent reading by ElementTree.

Usage: test-cda-examples.py CDA-DUMP FOLDER EXPECTED.jsonl; prints TAP."""
import hashlib
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

N = "{urn:hl7-org:v3}"
dump, folder, expected = sys.argv[1:4]
files = sorted(Path(folder).glob("*.xml"))
known = {}
for line in open(expected, encoding="utf-8"):
    record = json.loads(line)
    known[record["file"]] = record
out = subprocess.run([dump, *map(str, files)], check=True, stdout=subprocess.PIPE).stdout.decode()
found = {Path(r["file"]).name: r for r in map(json.loads, out.splitlines())}


def squeeze(text):
    return "".join(text.split())


def header(got, want):
    """Differences between what our reader and the independent one say of the header."""
    for key in ("id", "setId", "version", "title", "effectiveTime", "confidentiality", "language", "birth", "sex"):
        if (got[key] or "") != " ".join((want[key] or "").split()):
            yield f"{key}: {got[key]!r} instead of {want[key]!r}"
    if got["code"] != want["code"]["code"]:
        yield f"code {got['code']!r}"
    if got["templateIds"] != [t.replace("^", "|") for t in want["templateIds"]]:
        yield f"templates {got['templateIds']}"
    if got["patient_ids"] != want["patient_ids"]:
        yield f"patient ids {got['patient_ids']}"
    if (got["replaces"] or "") != (want["replaces"][0] if want["replaces"] else ""):
        yield f"replaces {got['replaces']}"
    for author, wanted in zip(got["authors"], want["authors"]):
        words = set(wanted.upper().split())
        if author and not any(word.strip(",") in words for word in author.upper().split()):
            yield f"author {author!r} for {wanted!r}"
    if len(got["authors"]) != len(want["authors"]):
        yield f"{len(got['authors'])} authors instead of {len(want['authors'])}"


def narrative(got, want):
    if len(got["sections"]) != len(want["sections"]):
        yield f"{len(got['sections'])} sections instead of {len(want['sections'])}"
        return
    for mine, other in zip(got["sections"], want["sections"]):
        words = squeeze(mine["text"])
        sha = hashlib.sha256(words.encode()).hexdigest()[:16]
        if sha != (other["text_sha"] or sha) or len(words) != other["text_chars"]:
            yield f"section {mine['path']} {mine['title']!r}: {len(words)} characters instead of {other['text_chars']}"
        if squeeze(mine["title"]) != squeeze(other["title"] or "") or mine["code"] != other["code"]:
            yield f"section {mine['path']}: {mine['title']!r} {mine['code']} instead of {other['title']!r} {other['code']}"
        if mine["rows"] > other["rows"] or mine["entries"] != other["entries"]:
            yield f"section {mine['path']}: {mine['rows']} rows, {mine['entries']} entries"


def files_of(got, want):
    # three files are announced as JPEG and are PNG: we go by the bytes
    if [f[1:] for f in got["embedded"]] != [f[1:] for f in want["embedded"]]:
        yield f"files {got['embedded']}"


def facts(got, path):
    """Counts by kind against a count of statements in the tree; places that open nothing."""
    tree = ET.parse(path)
    def statements(tag, *roots):
        return sum(1 for e in tree.iter(N + tag) if any(t.get("root") in roots for t in e.findall(N + "templateId")))
    kinds = {}
    for fact in got["facts"]:
        kinds[fact["kind"]] = kinds.get(fact["kind"], 0) + 1
        if not fact["found"]:
            yield f"place {fact['place']} of {fact['text']!r} is nowhere"
        if not fact["text"] and fact["key"]:
            yield f"{fact['kind']} without words at {fact['place']}"
    for kind, tag, roots in (("allergy", "observation", ["1.2.250.1.213.1.1.3.41"]), ("vaccine", "substanceAdministration", ["1.2.250.1.213.1.1.3.45"]),
                             ("device", "supply", ["1.2.250.1.213.1.1.3.20"])):
        count = statements(tag, *roots)
        if kinds.get(kind, 0) < count:
            yield f"{kinds.get(kind, 0)} {kind} facts for {count} statements"


print(f"1..{len(files)}")
total = {}
for number, path in enumerate(files, 1):
    got, want = found[path.name], known[path.name]
    wrong = [got["error"]] if got["error"] else [*header(got, want), *narrative(got, want), *files_of(got, want), *facts(got, path)]
    print(f"{'not ' if wrong else ''}ok {number} - {path.name}")
    for text in wrong:
        print(f"# {text}")
    for fact in got.get("facts", ()):
        total[fact["kind"]] = total.get(fact["kind"], 0) + 1
print("# facts:", ", ".join(f"{count} {kind}" for kind, count in sorted(total.items())))
