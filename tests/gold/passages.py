"""What stands at a passage of a document, read without the program: the row around an anchor, a section, the header."""
import re
import unicodedata
import xml.etree.ElementTree as ET

CDA = "{urn:hl7-org:v3}"
FILES = re.compile(rb">[A-Za-z0-9+/=]{400,}<")  # nobody looks for words in them


def fold(text):
    """Lower case without accents, signs or double spaces: how words are compared."""
    text = (text or "").replace("œ", "oe").replace("Œ", "OE").replace("’", "'")
    plain = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return " ".join(re.sub(r"[^0-9a-zµ%]+", " ", bare).split())


def words(element):
    """All text inside, parted by spaces."""
    return " ".join(part for part in element.itertext() if part.strip())


class Passages:
    """The passages of the documents of one record, by document and place."""

    def __init__(self, folder, entries):
        self.files = {entry["unique_id"]: folder / entry["file"] for entry in entries}
        self.trees = {}

    def tree(self, document):
        if document not in self.trees:
            data = FILES.sub(b"><", self.files[document].read_bytes())
            root = ET.fromstring(data)
            own = (
                root
                if root.tag == f"{CDA}ClinicalDocument"
                else root.find(f"{CDA}ClinicalDocument")
            )
            parents = {child: parent for parent in own.iter() for child in parent}
            anchors = {e.get("ID"): e for e in own.iter() if e.get("ID")}
            self.trees[document] = own, parents, anchors
        return self.trees[document]

    def at(self, document, place):
        """The folded words there; None when there is no such place."""
        root, parents, anchors = self.tree(document)
        if place.startswith("#"):
            element = anchors.get(place[1:])
            while element is not None and element.tag != f"{CDA}tr" and element in parents:
                if element.tag in (f"{CDA}paragraph", f"{CDA}item", f"{CDA}text"):
                    break
                element = parents[element]
            return None if element is None else fold(words(element))
        if not place:
            return fold(" ".join(words(e) for e in root if e.tag != f"{CDA}component"))
        sections = root.findall(f"{CDA}component/{CDA}structuredBody")
        for step in place.split("."):
            sections = [
                s for body in sections for s in body.findall(f"{CDA}component/{CDA}section")
            ]
            if int(step) > len(sections):
                return None
            sections = [sections[int(step) - 1]]
        return fold(words(sections[0]))
