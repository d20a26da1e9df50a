"""A summary against what is true of its record: which facts are shown, which lines are right."""
import json
from collections import defaultdict
from datetime import date, timedelta

from passages import fold

# The insurer's codes of acts and of ATC classes mean the same as the others.
ACTS = ("1.2.250.1.215.", "1.2.250.1.213.2.5")
ATC = ("2.16.840.1.113883.6.73", "1.2.250.1.215.200.1.2.")
SERIES = 8  # points of a curve (rule L4)
# An implant that a document codes as an act stands among the acts.
BLOCKS = {"device": ("device", "procedure")}
# Only these cells are compared: the rest has no dates of its own, or several.
DATED = ("allergy", "problem", "history", "result", "vaccine", "event")


def day(stamp):
    return (stamp or "").replace("-", "")[:8]


def codes(keys, block):
    """Codes that identify; classes of medicines are too wide to."""
    found = set()
    for key in keys:
        system, code = key["system"], key["code"]
        if system.startswith(ATC):
            if len(code) < 7 and block == "treatment":
                continue
            system = "atc"
        elif system.startswith(ACTS):
            system = "acts"
        found.add((system, code))
    return found


class Truth:
    """truth.json of a record, whole or without some documents."""

    def __init__(self, data, entries, without=()):
        self.data = data
        self.today = date.fromisoformat(data["today"])
        self.facts = []
        for fact in data["facts"]:
            sources = [source for source in fact["sources"] if source not in without]
            if sources:
                self.facts.append(fact | {"sources": sources})
        self.things = defaultdict(list)
        for fact in self.facts:
            self.things[fact["thing"]].append(fact)
        self.entries = {e["unique_id"]: e for e in entries if e["unique_id"] not in without}
        self.lists = {}

    def author(self, document):
        return self.entries[document]["authors"][0]["person"]

    def last_list(self, author):
        """The newest document with a treatment list that somebody wrote."""
        if not self.lists:
            for fact in self.facts:
                if fact["block"] == "treatment" and fact["status"] in ("active", "ended"):
                    for source in fact["sources"]:
                        last = self.lists.setdefault(self.author(source), source)
                        newest = max(last, source, key=lambda name: (self.written(name), name))
                        self.lists[self.author(source)] = newest
        return self.lists[author]

    def written(self, document):
        """When a document was written, as lists of documents say."""
        entry = self.entries[document]
        stop = entry["service_stop"]
        return stop if stop and stop <= entry["creation"] else entry["service_start"]


class Judge:
    """What `summary` makes of `truth`."""

    def __init__(self, truth, summary):
        self.truth, self.summary = truth, summary
        self.lines = summary["facts"]
        self.states = {item["document"]: item for item in summary["coverage"]["unread"]}
        pairs = [fault["pair"] for fault in truth.data["faults"] if "pair" in fault]
        self.same = {second: first for first, second in pairs}
        self.documents = [
            {self.same.get(s["document"], s["document"]) for s in line["sources"]}
            for line in self.lines
        ]
        self.of_line = [set() for _ in self.lines]
        self.of_thing = defaultdict(list)
        for index, line in enumerate(self.lines):
            for name, facts in truth.things.items():
                if any(self.speaks(index, line, fact) for fact in facts):
                    self.of_line[index].add(name)
                    self.of_thing[name].append(index)

    # --- Which line speaks of which thing

    def cites(self, index, fact):
        """Whether a line has a source of the fact; or the document that speaks for that source."""
        return any(
            source in self.documents[index] or self.spoken_for(source) in self.documents[index]
            for source in fact["sources"]
        )

    def spoken_for(self, source):
        item = self.states.get(source)
        return item["instead"] if item and item["state"] == "duplicate" else None

    def speaks(self, index, line, fact):
        block = fact["block"]
        if line["block"] not in BLOCKS.get(block, (block,)):
            return False
        if fact["negated"] != (line["group"] == "excluded") or not self.cites(index, fact):
            return False
        if block == "event":
            return day(line["date"]) == day(fact["date"])
        if block == "contact":
            same = fold(fact["text"]) == fold(line["text"])
            return same and fold(fact["detail"]) == fold(line["detail"])
        mine, own = codes(line["keys"], block), codes(fact["keys"], block)
        if own:
            if not mine & own:
                return False
        elif fold(fact["text"]) not in fold(line["text"]):
            return False
        if block == "procedure" and fact["date"]:
            return day(line["date"]) == day(fact["date"])
        if block == "result" and fact["value"] and line["value"]:
            units = {line["value"]["unit"] or ""}
            units |= {p["converted_from"] for p in line["series"] if "converted_from" in p}
            return (fact["value"]["unit"] or "") in units
        return True

    # --- Whether a line is right

    def wrong(self, index):
        """What is wrong with a line; an empty list when nothing is."""
        line, names = self.lines[index], self.of_line[index]
        if not names:
            return ["nothing in the truth"]
        if len(names) > 1:
            return ["several things: " + ", ".join(sorted(names))]
        name = next(iter(names))
        facts, found = self.truth.things[name], []
        if self.of_thing[name][0] != index:
            found.append("one more line of the same thing")
        known = {source for fact in facts for source in fact["sources"]}
        if not self.documents[index] <= known:
            found.append("a source that does not say it")
        if not self.says_words(line, facts):
            found.append("words of nobody")
        found += self.wrong_date(line, facts)
        found += self.wrong_value(line, facts) if line["block"] == "result" else []
        found += self.wrong_treatment(line, facts) if line["block"] == "treatment" else []
        return found

    @staticmethod
    def says_words(line, facts):
        shown = fold(line["text"])
        if line["block"] == "risk":
            shown += " " + fold(line["detail"])
        return any(fold(fact["text"]) in shown or shown == fold(fact["words"]) for fact in facts)

    @staticmethod
    def wrong_date(line, facts):
        days = sorted(day(fact["date"]) for fact in facts if fact["date"])
        if line["block"] not in DATED or not days:
            return []
        newest = line["block"] in ("result", "vaccine")
        wished = days[-1] if newest else days[0]
        if day(line["date"]) != wished:
            return [f"date {line['date']}, not {wished}"]
        ends = {day(fact["until"]) for fact in facts if fact["until"]}
        if line["block"] in ("history", "event") and ends and day(line["end_date"]) not in ends:
            return [f"end {line['end_date']}, not {sorted(ends)}"]
        return []

    @staticmethod
    def wrong_value(line, facts):
        last = max(day(fact["date"]) for fact in facts)
        newest = [fact for fact in facts if day(fact["date"]) == last]
        value = line["value"] or {}
        for fact in newest:
            number = fact["value"]["number"] if fact["value"] else None
            if number == value.get("number") and (fact["status"] == "N/A") == (
                not value.get("flag")
            ):
                if fact["status"] in ("N/A", value.get("flag")):
                    return []
        return [f"value {value.get('number')} {value.get('flag')}"]

    def wrong_treatment(self, line, facts):
        found = []
        wished = "current" if self.goes_on(facts) else "past"
        if line["group"] != wished:
            found.append(f"{line['group']} ({line['label']}), not {wished}")
        plans = [fact for fact in facts if fact["status"] != "delivered"]
        last = max((self.newest(fact) for fact in plans), default=None)
        said = {fold(fact["detail"]) for fact in plans if self.newest(fact) == last}
        if plans and fold(line["detail"]) not in said:
            found.append(f"posology {line['detail']}, not {sorted(said)}")
        return found

    def newest(self, fact):
        return max(self.truth.written(source) for source in fact["sources"])

    # --- T2, from the rule's words

    def goes_on(self, facts):
        """In a list of less than a year, or a prescription that covers today, or delivered lately.

        A list that says that it ended, newer than all of these, ends it."""
        today = self.truth.today
        listed = [fact for fact in facts if fact["status"] in ("active", "ended")]
        over = [fact for fact in listed if fact["until"] and fact["until"] < today.isoformat()]
        ended = max((self.newest(fact) for fact in over), default="")
        if any(
            fact not in over and self.newest(fact) > ended and self.on_last_list(fact)
            for fact in listed
        ):
            return True
        if any(
            fact["status"] == "prescribed"
            and fact["date"] <= today.isoformat() <= fact["until"]
            and self.newest(fact) > ended
            for fact in facts
        ):
            return True
        days = [
            (today - date.fromisoformat(fact["date"])).days
            for fact in facts
            if fact["status"] == "delivered" and day(fact["date"]) > ended[:8]
        ]
        return bool(days) and (
            min(days) <= 45 or (min(days) <= 90 and sum(age <= 183 for age in days) >= 2)
        )

    def on_last_list(self, fact):
        """Whether it stands in the last list that one of its authors wrote, of less than a year."""
        least = (self.truth.today - timedelta(days=366)).strftime("%Y%m%d")
        return any(
            self.truth.written(source)[:8] >= least
            and source == self.truth.last_list(self.truth.author(source))
            for source in fact["sources"]
        )

    # --- Whether a fact is shown

    def shown(self, fact):
        """Whether a line of the fact's thing holds all its sources and what it says."""
        for index in self.of_thing[fact["thing"]]:
            line = self.lines[index]
            here = self.documents[index]
            said = here & set(fact["sources"])
            if all(
                source in here or self.spoken_for(source) in said for source in fact["sources"]
            ) and self.holds(line, fact):
                return True
        return False

    def holds(self, line, fact):
        if fact["block"] == "result" and fact["value"]:
            return self.holds_value(line, fact)
        if fact["status"] == "delivered" and fact["block"] in ("treatment", "vaccine"):
            return any(
                t["kind"] == "delivery" and day(t["start"]) == day(fact["date"])
                for t in line["track"]
            )
        if fact["block"] == "vaccine":
            return any(day(t["start"]) == day(fact["date"]) for t in line["track"])
        if fact["status"] == "prescribed":
            return any(
                t["kind"] == "prescription" and day(t["start"]) == day(fact["date"])
                for t in line["track"]
            )
        return True

    def holds_value(self, line, fact):
        number = fact["value"]["number"]
        points = [(day(p["date"]), p["number"]) for p in line["series"]]
        points.append((day(line["date"]), (line["value"] or {}).get("number")))
        if (day(fact["date"]), number) in points:
            return True
        newer = {
            (other["date"], other["value"]["number"])
            for other in self.truth.things[fact["thing"]]
            if other["value"] and other["date"] >= fact["date"] and other is not fact
        }
        return len(newer) >= SERIES

    # --- What documents are

    def lost_documents(self):
        """Documents that no count holds: neither lines, nor unread, nor set aside."""
        coverage = self.summary["coverage"]
        states = (
            "coded",
            "text",
            "pdf",
            "unreadable",
            "pending",
            "replaced",
            "duplicate",
            "archived",
        )
        counted = sum(coverage[name] for name in states) + coverage["signature"]
        return len(self.truth.entries) - counted


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))
