#!/usr/bin/env python3
"""Scores the summaries of sample records against what is true of them (docs/gold.md).

score.py --program SUMMARISE RECORD…: prints TAP, and a table as comments.
"""
import argparse
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import json  # noqa: E402

from judge import Judge, Truth, day, load  # noqa: E402
from passages import Passages, fold  # noqa: E402

WANTED = 0.98
CONTRADICTIONS = 0.95
ALARMS_IN = 50  # records, in which one false alarm is allowed
# Flags that say that something is wrong; the others are quiet remarks.
ALARMS = ("A1", "B1", "R1", *(f"C{number}" for number in range(1, 11)))
UNREAD = {
    "scan": ("pdf", ("PDF sans texte", "image sans texte")),
    "broken": ("unreadable", ("fichier corrompu",)),
    "identity": ("unreadable", ("identité discordante",)),
    "encrypted": ("unreadable", ("chiffré",)),
    "altered": ("unreadable", ("altéré\u00a0: à télécharger à nouveau",)),
    "missing": ("unreadable", ("non téléchargé",)),
    "timeout": ("unreadable", ("délai dépassé",)),
}
SHOWN = 12  # lines of a failure that are printed


class Score:
    """Sums over the records; `notes` are the failures by kind."""

    def __init__(self, program):
        self.program = program
        rules = self.run("--rules").decode().split()
        self.rules = set(rules)
        self.counts = defaultdict(Counter)
        self.totals = Counter()
        self.notes = defaultdict(list)
        self.faults = []

    def run(self, *options):
        done = subprocess.run([self.program, *options], capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"Bail out! {options[-1]}: {done.stderr.decode()}")
        if done.stderr:
            self.notes["passages"] += done.stderr.decode().splitlines()
        return done.stdout

    def note(self, kind, *words):
        self.notes[kind].append(" ".join(str(word) for word in words))

    # --- One record

    def record(self, folder, drop):
        entries = load(folder / "documents.json")
        truth = Truth(load(folder / "truth.json"), entries)
        left_out = self.choose(truth, entries, drop)
        options = [f"--without={name}" for name in left_out]
        answers = self.run("--places", *options, folder).decode().split("\x1e")
        judge = Judge(truth, json.loads(answers[0]))
        self.totals["records"] += 1
        self.totals["documents"] += len(entries)
        base = self.facts(folder.name, judge)
        self.passages(folder, entries, judge)
        self.unread(folder.name, judge)
        self.contradictions(folder.name, judge)
        self.seeded(folder.name, judge)
        for name, answer in zip(left_out, answers[1:]):
            less = Judge(Truth(truth.data, entries, (name,)), json.loads(answer))
            self.dropped(folder.name, name, base, less)

    def facts(self, name, judge):
        """Recall and precision; returns what is missed and what is wrong."""
        missed, wrong = set(), set()
        for fact in judge.truth.facts:
            self.counts[fact["block"]]["facts"] += 1
            if judge.shown(fact):
                self.counts[fact["block"]]["shown"] += 1
                continue
            missed.add((fact["thing"], fact["date"], fact["status"]))
            lost = not any(judge.cites(index, fact) for index in range(len(judge.lines)))
            self.totals["lost"] += lost
            self.note(
                "missed",
                name,
                "lost:" if lost else "",
                fact["block"],
                fact["text"],
                fact["date"],
                fact["status"],
                fact["thing"],
            )
        for index, line in enumerate(judge.lines):
            self.counts[line["block"]]["lines"] += 1
            faults = judge.wrong(index)
            self.counts[line["block"]]["right"] += not faults
            if faults:
                wrong.add(line["id"])
                self.note(
                    "wrong",
                    name,
                    line["block"],
                    line["text"][:60],
                    line["date"],
                    "–",
                    "; ".join(faults),
                )
        lost = judge.lost_documents()
        if lost:
            self.totals["lost"] += abs(lost)
            self.note("missed", name, "documents that nothing counts:", lost)
        return missed, wrong

    def passages(self, folder, entries, judge):
        """Each source of each line opens a passage that holds the words of the fact."""
        passages = Passages(folder, entries)
        for index, line in enumerate(judge.lines):
            facts = [f for name in judge.of_line[index] for f in judge.truth.things[name]]
            for source in line["sources"]:
                own = judge.same.get(source["document"], source["document"])
                told = [fold(f["words"]) for f in facts if own in f["sources"]]
                if not told:
                    continue
                self.totals["links"] += 1
                there = passages.at(source["document"], source["place"])
                if there is not None and any(
                    holds(there, words, source["place"]) for words in told
                ):
                    self.totals["links that hold"] += 1
                else:
                    self.note(
                        "links",
                        folder.name,
                        line["block"],
                        line["text"][:50],
                        source["place"],
                        "holds:",
                        (there or "nothing")[:60],
                    )

    def unread(self, name, judge):
        wished = {item["unique_id"]: item["reason"] for item in judge.truth.data["unread"]}
        for document, item in judge.states.items():
            if item["state"] in ("unreadable", "pdf") and document not in wished:
                self.note(
                    "unread", name, document[-12:], item["state"], item["reason"], "should be read"
                )
        for document, reason in wished.items():
            self.totals["unread"] += 1
            item = judge.states.get(document)
            state, words = UNREAD[reason]
            if item and item["state"] == state and item["reason"] in words:
                self.totals["unread told"] += 1
            else:
                said = (item["state"], item["reason"]) if item else "read"
                self.note("unread", name, document[-12:], "should be", reason, "is", said)
        for item in judge.truth.data["aside"]:
            other = [
                p
                for f in judge.truth.data["faults"]
                for p in f.get("pair", ())
                if item["unique_id"] in f.get("pair", ())
            ]
            names = other or [item["unique_id"]]
            states = [judge.states[n]["state"] for n in names if n in judge.states]
            if states.count(item["state"]) != 1:
                self.note(
                    "unread",
                    name,
                    item["unique_id"][-12:],
                    "should be",
                    item["state"],
                    "is",
                    states,
                )

    @staticmethod
    def documents_of(flag):
        return {source["document"] for source in flag["sources"]}

    def flagged(self, judge, rule, sources):
        return any(
            flag["rule"] == rule and set(sources) <= self.documents_of(flag)
            for flag in judge.summary["flags"]
        )

    def contradictions(self, name, judge):
        expected = judge.truth.data["contradictions"]
        for line in expected:
            rule = line["rule"]
            if rule.endswith("?"):
                continue
            if rule not in self.rules:
                self.totals["not built"] += 1
                self.note("not built", name, rule, line["text"])
                continue
            self.totals["contradictions"] += 1
            if self.flagged(judge, rule, line["sources"]):
                self.totals["contradictions found"] += 1
            else:
                self.note("contradictions", name, rule, line["text"])
        for flag in judge.summary["flags"]:
            own = [line for line in expected if line["rule"].rstrip("?") == flag["rule"]]
            known = any(set(line["sources"]) & self.documents_of(flag) for line in own)
            if flag["rule"] in ALARMS and not known:
                self.totals["false alarms"] += 1
                self.note("false alarms", name, flag["rule"], flag["text"][:150])

    # --- Seeded faults

    def seeded(self, name, judge):
        for fault in judge.truth.data["faults"]:
            rule = fault.get("rule")
            if rule and rule not in self.rules:
                verdict = f"not yet built ({rule})"
            else:
                verdict = "yes" if self.is_shown(judge, fault) else "NO"
            self.totals["faults"] += verdict in ("yes", "NO")
            self.totals["faults shown"] += verdict == "yes"
            self.faults.append((name, fault["fault"], self.how(fault), verdict))

    @staticmethod
    def how(fault):
        if "rule" in fault:
            return f"flag {fault['rule']}"
        for key, words in (
            ("unread", "refused"),
            ("silent", "no flag"),
            ("no_line", "no line"),
            ("excluded", "shown as excluded"),
            ("pair", "counted once"),
        ):
            if key in fault:
                return words
        return "set aside" if "state_of" in fault else "shown"

    def is_shown(self, judge, fault):
        states = {name: item["state"] for name, item in judge.states.items()}
        if "rule" in fault:
            return self.flagged(judge, fault["rule"], fault["sources"])
        if "unread" in fault:
            item = judge.states.get(fault["unread"])
            state, words = UNREAD[fault["reason"]]
            return bool(item) and item["state"] == state and item["reason"] in words
        if "pair" in fault:
            return [states.get(n) for n in fault["pair"]].count(fault["state"]) == 1
        if "state_of" in fault:
            good = states.get(fault["state_of"]) == fault["state"]
            return good and ("line" not in fault or bool(judge.of_thing.get(fault["line"])))
        if "read" in fault:
            return not any(name in states for name in fault["read"])
        if "silent" in fault:
            return all(flag["rule"] != fault["silent"] for flag in judge.summary["flags"])
        if "no_line" in fault:
            return not self.lines_of(judge, fault["no_line"])
        if "past" in fault:
            lines = judge.of_thing.get(fault["past"], [])
            return any(judge.lines[index]["group"] == "past" for index in lines)
        lines = judge.of_thing.get(fault.get("line") or fault["excluded"], [])
        if "date" in fault:
            return any(
                judge.lines[index]["date"] == fault["date"].replace("-", "") for index in lines
            )
        return bool(lines)

    @staticmethod
    def lines_of(judge, thing):
        block, system, code = thing.split("|")[:3]
        key = {"system": system, "code": code}
        return [line for line in judge.lines if line["block"] == block and key in line["keys"]]

    # --- Order and perturbation

    def orders(self, folder, count, budget):
        """`count` orders of the documents, fewer of a long record when a budget is set."""
        if budget:
            documents = len(load(folder / "documents.json"))
            count = min(count, max(5, budget // max(1, documents)))
        done = subprocess.run(
            [self.program, f"--shuffles={count}", folder], capture_output=True, check=False
        )
        self.totals["orders"] += 1
        if done.returncode:
            self.note("orders", folder.name, done.stderr.decode().strip())

    @staticmethod
    def choose(truth, entries, count):
        """Documents to leave out: any but those that another one speaks for or replaces."""
        apart = {item["unique_id"] for item in truth.data["aside"]}
        for fault in truth.data["faults"]:
            apart |= set(fault.get("pair", ())) | set(fault.get("read", ()))
        sets = Counter(entry["submission_set"]["unique_id"] for entry in entries)
        free = [
            entry["unique_id"]
            for entry in entries
            if entry["unique_id"] not in apart
            and entry["status"] == "approved"
            and not entry["replaces"]
            and sets[entry["submission_set"]["unique_id"]] == 1
        ]
        step = max(1, len(free) // count) if count else 1
        return free[::step][:count] if count else []

    def dropped(self, name, document, base, judge):
        """Without a document: what it alone said is gone, the rest is as it was."""
        self.totals["dropped"] += 1
        missed = {
            (fact["thing"], fact["date"], fact["status"])
            for fact in judge.truth.facts
            if not judge.shown(fact)
        }
        wrong = {line["id"] for index, line in enumerate(judge.lines) if judge.wrong(index)}
        cited = any(document in documents for documents in judge.documents)
        if missed - base[0] or wrong - base[1] or cited:
            more = sorted(str(fact) for fact in missed - base[0])[:2]
            lines = [
                (l["text"][:40], judge.wrong(i))
                for i, l in enumerate(judge.lines)
                if l["id"] in wrong - base[1]
            ][:2]
            self.note(
                "dropped",
                name,
                document[-10:],
                "missing",
                more,
                "wrong",
                lines,
                "still cited" if cited else "",
            )

    # --- The report

    def table(self):
        print(f"# {self.totals['records']} records, {self.totals['documents']} documents")
        print("# block          facts  shown recall | lines  right precision")
        for block in sorted(self.counts):
            c = self.counts[block]
            recall, precision = rates(c)
            print(
                f"# {block:13} {c['facts']:6} {c['shown']:6}  {recall:.3f} | {c['lines']:5} {c['right']:6}  {precision:.3f}"
            )

    def report(self, wanted):
        tap = Tap(self.notes, wanted.first)
        self.table()
        for block in sorted(self.counts):
            recall, precision = rates(self.counts[block])
            tap.check(
                recall >= WANTED and precision >= WANTED,
                f"{block}: recall {recall:.3f}, precision {precision:.3f}",
            )
        tap.explain("missed", "wrong")
        t = self.totals
        tap.check(t["lost"] == 0, f"silent loss: {t['lost']}")
        held = (
            f"{t['links that hold']} of {t['links']} sources open the passage that holds the fact"
        )
        tap.check(t["links"] == t["links that hold"] and not self.notes["passages"], held)
        tap.explain("links", "passages")
        tap.check(
            not self.notes["unread"],
            f"documents not read, with the reason: {t['unread told']} of {t['unread']}",
        )
        tap.explain("unread")
        found = f"contradictions found: {t['contradictions found']} of {t['contradictions']}"
        tap.check(t["contradictions found"] >= CONTRADICTIONS * t["contradictions"], found)
        tap.explain("contradictions")
        allowed = max(1, t["records"] // ALARMS_IN)
        tap.check(
            t["false alarms"] <= allowed,
            f"false alarms: {t['false alarms']} in {t['records']} records",
        )
        tap.explain("false alarms")
        self.report_faults(tap)
        if wanted.shuffles:
            tap.check(
                not self.notes["orders"],
                f"{wanted.shuffles} orders of {t['orders']} records give the same bytes",
            )
            tap.explain("orders")
        if wanted.drop:
            tap.check(
                not self.notes["dropped"],
                f"{t['dropped']} times a document left out: its facts go, no other",
            )
            tap.explain("dropped")
        print(f"1..{tap.number}")

    def report_faults(self, tap):
        print("# seeded faults of safety: what it must become, whether it does")
        for name, fault, how, verdict in self.faults:
            print(f"#   {name:9} {fault:32} {how:18} {verdict}")
        t = self.totals
        tap.check(
            t["faults"] == t["faults shown"],
            f"seeded faults shown or refused: {t['faults shown']} of {t['faults']}",
        )
        for rule in sorted({line.split()[1] for line in self.notes["not built"]}):
            tap.check(False, f"contradictions of rule {rule} # TODO not yet built")


class Tap:
    def __init__(self, notes, number):
        self.number, self.notes = number, notes

    def check(self, good, what):
        self.number += 1
        print(f"{'' if good else 'not '}ok {self.number} - {what}")

    def explain(self, *kinds):
        for kind in kinds:
            for line in self.notes[kind][:SHOWN]:
                print(f"#   {kind}: {line}")
            if len(self.notes[kind]) > SHOWN:
                print(f"#   {kind}: and {len(self.notes[kind]) - SHOWN} more")


def holds(passage, told, place):
    """Whether the words are there; in the header, where names come in parts, in any order."""
    return told in passage if place else set(told.split()) <= set(passage.split())


def rates(counts):
    recall = counts["shown"] / counts["facts"] if counts["facts"] else 1
    return recall, counts["right"] / counts["lines"] if counts["lines"] else 1


def main():
    global SHOWN
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shuffles", type=int, default=100, metavar="N")
    parser.add_argument(
        "--budget",
        type=int,
        default=0,
        metavar="N",
        help="fewer orders of long records: so many documents read in all (default: no limit)",
    )
    parser.add_argument(
        "--drop", type=int, default=3, metavar="N", help="documents to leave out, each record"
    )
    parser.add_argument("--all", action="store_true", help="print every failure")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="checks before these")
    parser.add_argument("--program", required=True, help="tests/summary/summarise of the build")
    parser.add_argument("records", nargs="+", type=Path)
    wanted = parser.parse_args()
    SHOWN = 10000 if wanted.all else SHOWN
    score = Score(wanted.program)
    for folder in wanted.records:
        score.record(folder, wanted.drop)
        if wanted.shuffles:
            score.orders(folder, wanted.shuffles, wanted.budget)
    score.report(wanted)


if __name__ == "__main__":
    main()
