"""The gold records: lines of gold-records.tsv, each a patient, what is written of him, and faults."""
from functools import partial

from .gold_damage import DAMAGE
from .gold_decoys import DECOYS, PREPARE as PREPARE_DECOY
from .gold_faults import FAULTS, PREPARE
from .gold_life import draw_life
from .gold_tables import POSOLOGIES, WORDS, GoldRow, read
from .gold_write import Writer, write
from .record import Record

FIRST_NUMBER = 101
LISTS = ("SYNTH", "11490-0")
ROWS = [GoldRow(*row) for row in read("gold-records.tsv")]


# What a way to take amounts to, by its words.
AMOUNTS = {
    text.replace("%s", word): (dose, period, unit)
    for text, dose, period, unit in POSOLOGIES.values()
    for word in WORDS.values()
}


def lines_of(doc):
    """The treatment list of `doc`: by substance, the name and how much is taken."""
    return {
        fact.name(): (fact.words, AMOUNTS.get(fact.detail, fact.detail))
        for fact in doc.facts
        if fact.block == "treatment" and fact.status in ("active", "ended")
    }


def written(doc):
    """The time that a list of documents goes by."""
    return doc.stop if doc.stop and doc.stop <= doc.created else doc.start


def compare_lists(record):
    """C2 as drawn: whether the two newest lists of different authors differ.

    Needed only between lists that name something in common, the older of less than a year."""
    lists = [
        doc
        for doc in record.documents
        if doc.type_code in LISTS
        and doc.status == "approved"
        and not (doc.unread or doc.aside or doc.media_type)
        and lines_of(doc)
    ]
    lists.sort(key=written, reverse=True)
    other = [doc for doc in lists if doc.author != lists[0].author]
    if not other or lines_of(lists[0]) == lines_of(other[0]):
        return
    days = (record.calendar.today - written(other[0]).date()).days
    common = set(lines_of(lists[0])) & set(lines_of(other[0]))
    if not any(rule == "C2" for rule, *_ in record.contradictions):
        needed = days <= 360 and common
        words = "Deux listes diffèrent"
        record.contradict("C2" if needed else "C2?", [other[0], lists[0]], words)


def build(row, number, calendar, people, seed):
    record = Record(row.name, number, None, calendar, people, seed)
    life = draw_life(record.random, calendar, row, number)
    record.patient = life.patient
    record.access = {"medecin_traitant": people[life.gp].id}
    record.authorise("valide", calendar.ago(600), professional=people["gp"].id)
    writer = Writer(record, life)
    seeds = [(FAULTS | DAMAGE | DECOYS)[name] for name in row.faults.split()]
    for seed_fault in seeds:
        (PREPARE | PREPARE_DECOY).get(seed_fault, lambda writer: None)(writer)
    write(writer, row.kind, int(row.documents))
    for seed_fault in seeds:
        seed_fault(writer)
    compare_lists(record)
    return record


BUILDERS = {row.name: partial(build, row, FIRST_NUMBER + index) for index, row in enumerate(ROWS)}
