#!/usr/bin/env python3
"""Shows that the score can fail: check-judge.py SUMMARISE RECORD… spoils good summaries, one way after the other.

Prints what the score did not notice; nothing when it noticed all."""
import copy
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from score import Score  # noqa: E402


class Spoilt(Score):
    """Scores a record whose summary was changed by `change`, a function of the JSON."""

    def __init__(self, program, change):
        self.change = change
        super().__init__(program)

    def run(self, *options):
        said = super().run(*options)
        if "--rules" in options:
            return said
        summary = json.loads(said)
        self.change(summary)
        return json.dumps(summary).encode()

    def noticed(self):
        return any(lines for kind, lines in self.notes.items() if kind != "not built")


def first(summary, block, **wished):
    for line in summary["facts"]:
        if line["block"] == block and all(line[key] == value for key, value in wished.items()):
            return line
    raise SystemExit(f"no {block} to spoil")


def drop_line(block):
    return lambda summary: summary["facts"].remove(first(summary, block))


def spoil(block, name, value):
    def change(summary):
        first(summary, block)[name] = value

    return change


def other_value(summary):
    first(summary, "result")["value"]["number"] = "77.7"


def other_passage(summary):
    line = first(summary, "problem")
    line["sources"][0]["place"] = "1.2"


def one_source_less(summary):
    del max(summary["facts"], key=lambda line: len(line["sources"]))["sources"][0]


def one_source_more(summary):
    lines = summary["facts"]
    lines[0]["sources"].append(lines[-1]["sources"][0])


def merge(summary):
    """Two problems on one line."""
    one, two = [line for line in summary["facts"] if line["block"] == "problem"][:2]
    one["keys"] += two["keys"]
    one["sources"] += two["sources"]
    summary["facts"].remove(two)


def split(summary):
    line = first(summary, "treatment")
    summary["facts"].append(copy.deepcopy(line))


def other_group(summary):
    line = first(summary, "treatment")
    line["group"] = "past" if line["group"] == "current" else "current"


def affirm(summary):
    """What is excluded, stated."""
    next(line for line in summary["facts"] if line["group"] == "excluded")["group"] = "current"


def no_flags(summary):
    summary["flags"] = []


def more_flags(summary):
    flag = copy.deepcopy(summary["flags"][0])
    flag["rule"] = "C6"
    summary["flags"].append(flag)


def read_anyway(summary):
    coverage = summary["coverage"]
    item = next(item for item in coverage["unread"] if item["state"] == "unreadable")
    coverage["unread"].remove(item)


def no_delivery(summary):
    for line in summary["facts"]:
        line["track"] = [track for track in line["track"] if track["kind"] != "delivery"]


def one_document_less(summary):
    summary["coverage"]["coded"] -= 1


SPOILS = {
    "a problem is dropped": drop_line("problem"),
    "a result is dropped": drop_line("result"),
    "an allergy is dropped": drop_line("allergy"),
    "a line of nobody": lambda s: s["facts"].append(
        first(s, "problem") | {"keys": [], "text": "Rhume"}
    ),
    "another date": spoil("problem", "date", "19991231"),
    "another posology": spoil("treatment", "detail", "9 cp le matin"),
    "other words": spoil("procedure", "text", "Autre acte"),
    "another value": other_value,
    "another passage": other_passage,
    "a source less": one_source_less,
    "a source more": one_source_more,
    "two problems on a line": merge,
    "a treatment on two lines": split,
    "past for current": other_group,
    "excluded, stated": affirm,
    "no flag": no_flags,
    "a false flag": more_flags,
    "an unread document called read": read_anyway,
    "no deliveries": no_delivery,
    "a document that nothing counts": one_document_less,
}


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    for name, change in SPOILS.items():
        score = Spoilt(program, change)
        score.record(folder, 0)
        if not score.noticed():
            print(f"not noticed: {name}")


if __name__ == "__main__":
    main()
