"""A document of a sample record: what its header, its metadata and its body are made from."""
import uuid
from dataclasses import dataclass, field

from . import codes

# Arc of all identifiers of the sample records: the OID of a UUID, as ITU-T X.667 makes it.
SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "records.caducee.invalid")
ARC = f"2.25.{SPACE.int}"
LOCAL_ROOT = f"{ARC}.0"  # numbers that the software of the structures gives


def symbol(text):
    """A UUID that depends on nothing but `text`."""
    return uuid.uuid5(SPACE, text)


@dataclass
class Extras:
    """Parts of a header that only some types of document have; lists of elements."""

    informants: list = field(default_factory=list)
    recipients: list = field(default_factory=list)
    participants: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    services: list = field(default_factory=list)


@dataclass
class Document:
    """One version of a document. Times are naive, in France; `stop` and `structure` may be None."""

    record: object
    number: int
    type_code: str
    title: str
    author: object
    structure: object
    created: object
    start: object
    stop: object
    templates: tuple
    version: int = 1
    replaces: object = None
    status: str = "approved"
    event: object = None
    function: object = None
    encounter: object = None
    activity: object = codes.CONSULTATIONS
    visibility: tuple = ()
    media_type: str = ""
    references: tuple = ()
    batch: str = ""
    unread: str = ""
    damage: object = None
    copy: int = 0  # the same document listed once more
    listed_as: str = ""  # its identifier in the list, when it is not its own
    aside: str = ""  # why a summary sets it aside: duplicate, replaced
    announced: dict = field(default_factory=dict)  # what the list says besides: hash, retrieval
    patient: object = None
    body: object = None
    extras: Extras = field(default_factory=Extras)
    facts: list = field(default_factory=list)
    counters: dict = field(default_factory=dict)

    @property
    def set_id(self):
        return f"{ARC}.{self.record.number}.{self.number}"

    @property
    def unique_id(self):
        return f"{self.set_id}.{self.version}"

    @property
    def listed(self):
        """The identifier that the list of documents gives it."""
        return self.listed_as or self.unique_id

    @property
    def entry_uuid(self):
        again = f" {self.copy}" if self.copy else ""
        return symbol(f"entry {self.listed}{again}").urn

    @property
    def type(self):
        return codes.TYPES[self.type_code][0]

    @property
    def format(self):
        return codes.FORMATS[self.media_type or self.templates[-1][0]]

    def next(self, word):
        """word-01, word-02…: ids that the narrative and the entries share."""
        self.counters[word] = self.counters.get(word, 0) + 1
        return f"{word}-{self.counters[word]:02d}"

    def uuid(self):
        """The next identifier of an entry of this document."""
        return str(symbol(f"{self.unique_id} {self.next('uuid')}")).upper()

    def state(self, *facts):
        """Says that the coded part of this document states `facts`."""
        self.facts.extend(facts)
