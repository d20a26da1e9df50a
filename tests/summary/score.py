#!/usr/bin/env python3
"""Compares the summary of sample records with what is true of them.

Usage: score.py SUMMARISE RECORD...; prints TAP and, per block, recall and precision."""
import json
import subprocess
import sys
from pathlib import Path

WANTED = 0.95
# The summary keeps problems and past illness in two blocks; a truth may stand in either. An implant
# that a document codes as an act is shown among the acts.
SAME = {"device": {"device", "procedure"}, "problem": {"problem", "history"}, "history": {"problem", "history"}, "treatment": {"treatment"}}
program, records = sys.argv[1], sys.argv[2:]
number = failed = 0


def check(good, what, lines=()):
    global number, failed
    number += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {number} - {what}")
    for line in lines:
        print(f"#   {line}")


def summarise(record, *options):
    done = subprocess.run([program, *options, record], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"Bail out! {done.stderr.decode()}")
    return done.stdout


def day(stamp):
    return (stamp or "").replace("-", "")[:8]


def says(line, fact):
    """Whether a line of the summary states a fact of the truth, out of one of its documents."""
    if line["block"] not in SAME.get(fact["block"], {fact["block"]}):
        return False
    if not {source["document"] for source in line["sources"]} & set(fact["sources"]):
        return False
    codes = {(key["system"], key["code"]) for key in fact["keys"]}
    codes |= {("acts", key["code"]) for key in fact["keys"]}
    mine = {(key["system"], key["code"]) for key in line["keys"]} | {("acts", key["code"]) for key in line["keys"]}
    if fact["keys"] and not codes & mine and fact["text"].lower() != line["text"].lower():
        return fact["block"] == "event" and day(line["date"]) == day(fact["date"])
    if not fact["keys"] and fact["text"].lower() not in line["text"].lower():
        return False
    if fact["block"] == "result":
        shown = {(day(point["date"]), point["number"]) for point in line["series"]}
        value = line["value"] or {}
        shown.add((day(line["date"]), value.get("number")))
        return (day(fact["date"]), fact["value"]["number"]) in shown or len(line["series"]) == 8
    return True


def score(record):
    truth = json.loads((Path(record) / "truth.json").read_text(encoding="utf-8"))
    summary = json.loads(summarise(record))
    lines = summary["facts"]
    blocks = sorted({fact["block"] for fact in truth["facts"]})
    for block in blocks:
        facts = [fact for fact in truth["facts"] if fact["block"] == block]
        missed = [fact for fact in facts if not any(says(line, fact) for line in lines)]
        mine = [line for line in lines if line["block"] == block]
        wrong = [line for line in mine if not any(says(line, fact) for fact in truth["facts"])]
        recall = 1 - len(missed) / len(facts)
        precision = 1 - len(wrong) / len(mine) if mine else 1
        check(recall >= WANTED and precision >= WANTED or block == "risk" and recall >= WANTED,
              f"{Path(record).name} {block}: recall {recall:.3f}, precision {precision:.3f}",
              [f"missed: {fact['text']} {fact['date']} {fact['keys']}" for fact in missed[:5]] +
              [f"extra: {line['text']} {line['date']} {[k['code'] for k in line['keys']]}" for line in wrong[:5]])
    unread = {item["unique_id"] for item in truth["unread"]}
    mine = {item["document"] for item in summary["coverage"]["unread"] if item["state"] in ("unreadable", "pdf")}
    check(mine == unread, f"{Path(record).name}: documents not read",
          [f"{item['document']} {item['state']} {item['reason']}" for item in summary["coverage"]["unread"]
           if item["document"] in mine ^ unread and item["state"] in ("unreadable", "pdf")] +
          [f"{item['unique_id']} should be: {item['reason']}" for item in truth["unread"] if item["unique_id"] not in mine])
    wanted = sorted(c["rule"] for c in truth["contradictions"])
    found = sorted(flag["rule"] for flag in summary["flags"])
    missing = [c for c in truth["contradictions"] if not any(flag["rule"] == c["rule"] and
               set(c["sources"]) <= {s["document"] for s in flag["sources"]} for flag in summary["flags"])]
    check(not missing and len(found) <= len(wanted) + 1, f"{Path(record).name}: contradictions {wanted}, flagged {found}",
          [f"missed: {c['rule']} {c['text']} {c['sources']}" for c in missing] +
          [f"flag: {flag['rule']} {flag['text']}" for flag in summary["flags"]])
    for line in lines:
        if not line["sources"]:
            check(False, f"{line['text']} has no source")


def invariant(record):
    check(summarise(record, "--shuffles", "20") == summarise(record), f"{Path(record).name}: 20 orders, the same bytes")


for record in records:
    score(record)
    invariant(record)
print(f"1..{number}")
