"""A tree of XML elements and its bytes: just what writing CDA documents needs.

Attribute names are Python keywords; `xsi_type` becomes `xsi:type`. Children are elements, strings,
lists of these, or None (left out).
"""
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    ("xmlns", "urn:hl7-org:v3"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
)
PREFIXES = {
    "lab": "urn:oid:1.3.6.1.4.1.19376.1.3.2",
    "pharm": "urn:ihe:pharm:medication",
    "dicom": "urn:dicom-org:ps3-20",
}


class Element:
    """One element: `name`, `attributes` (a dict in order) and `children` (elements and strings)."""

    def __init__(self, name, children, attributes):
        self.name = name
        self.attributes = attributes
        self.children = children

    def is_mixed(self):
        return any(isinstance(child, str) for child in self.children)


def flatten(children):
    for child in children:
        if child is None:
            continue
        if isinstance(child, (list, tuple)):
            yield from flatten(child)
        else:
            yield child


def E(name, *children, **attributes):
    """An element; attributes whose value is None are left out."""
    named = {
        key.replace("xsi_", "xsi:"): str(value)
        for key, value in attributes.items()
        if value is not None
    }
    return Element(name, list(flatten(children)), named)


def start_tag(element):
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in element.attributes.items())
    return f"<{element.name}{attributes}"


def write(element, out, indent, mixed=False):
    """Appends the text of `element` to `out`; no white space is added inside mixed content."""
    margin, newline = ("", "") if mixed else (" " * indent, "\n")
    if not element.children:
        out.append(f"{margin}{start_tag(element)}/>{newline}")
        return
    inside = mixed or element.is_mixed()
    out.append(f"{margin}{start_tag(element)}>" + ("" if inside else "\n"))
    for child in element.children:
        if isinstance(child, str):
            out.append(escape(child))
        else:
            write(child, out, indent + 1, inside)
    out.append(("" if inside else margin) + f"</{element.name}>{newline}")


def used_prefixes(element, found):
    if ":" in element.name:
        found.add(element.name.split(":")[0])
    for child in element.children:
        if isinstance(child, Element):
            used_prefixes(child, found)
    return found


def to_bytes(root):
    """The document whose root is `root`, with the namespaces that it uses, as UTF-8."""
    prefixes = sorted(used_prefixes(root, set()))
    spaces = dict(NAMESPACES) | {f"xmlns:{prefix}": PREFIXES[prefix] for prefix in prefixes}
    root = Element(root.name, root.children, spaces | root.attributes)
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    write(root, out, 0)
    return "".join(out).encode("utf-8")
