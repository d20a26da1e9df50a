"""A record being built: its patient, its access rules, its documents and what is true of it."""
from dataclasses import dataclass, field
from random import Random

from .document import Document
from .people import Insurer, Patient
from .times import iso_utc


@dataclass
class Record:
    """`number` makes the identifiers; `calendar` moves the days; `people` is the directory."""

    name: str
    number: int
    patient: Patient
    calendar: object
    people: object
    seed: int = 0
    access: dict = field(default_factory=dict)
    authorisations: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    contradictions: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    numbers: int = 0

    def __post_init__(self):
        self.random = Random(f"{self.name} {self.seed}")

    def document(
        self,
        type_code,
        title,
        author,
        when,
        templates,
        replaces=None,
        structure=None,
        start=None,
        stop=None,
        **more,
    ):
        """A new document, or a new version of `replaces`, which becomes deprecated."""
        if replaces:
            number, version = replaces.number, replaces.version + 1
            replaces.status = "deprecated"
        else:
            self.numbers += 1
            number, version = self.numbers, 1
        if structure is None and not isinstance(author, (Patient, Insurer)):
            structure = author.structures[0]
        doc = Document(
            self,
            number,
            type_code,
            title,
            author,
            structure,
            when,
            start or when,
            stop,
            templates,
            version=version,
            replaces=replaces,
            **more,
        )
        self.documents.append(doc)
        return doc

    def authorise(self, state, since, until=None, professional=None, structure=None):
        """`since` and `until` are naive times in France."""
        self.authorisations.append(
            {
                "professional": professional,
                "structure": structure,
                "state": state,
                "from": iso_utc(since),
                "until": iso_utc(until) if until else None,
            }
        )

    def contradict(self, rule, documents, text):
        self.contradictions.append((rule, documents, text))

    def fault(self, name, **shown):
        """Seeds a fault of safety; `shown`: how a summary must show or refuse it."""
        self.faults.append((name, shown))
