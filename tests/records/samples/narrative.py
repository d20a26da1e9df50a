"""Sections of a structured body and their text: tables whose cells the entries point at."""
from . import codes
from .codes import Code
from .xml import E


def content(identifier, text):
    return E("content", text, ID=identifier)


def cell(value, name="td"):
    return E(name, value)


def table(titles, rows):
    """`rows`: lists of cells, each a string, an element or a list of these."""
    head = E("thead", E("tr", [cell(title, "th") for title in titles])) if titles else None
    return E(
        "table",
        head,
        E("tbody", [E("tr", [cell(value) for value in row]) for row in rows]),
        border="0",
    )


def reference(identifier, name="text"):
    return E(name, E("reference", value=f"#{identifier}"))


def original(identifier):
    return E("originalText", E("reference", value=f"#{identifier}"))


def templates(*roots):
    return [E("templateId", root=root) for root in roots]


def section(doc, roots, code, title, text, *entries, sections=()):
    """One section; `roots`: template ids, French one last; `sections`: sub-sections (elements)."""
    return E(
        "section",
        templates(*roots),
        E("id", root=doc.uuid()),
        code.element("code"),
        E("title", title),
        E("text", text) if text is not None else None,
        entries,
        [E("component", sub) for sub in sections],
    )


def structured(*sections):
    return E(
        "structuredBody", [E("component", section) for section in sections if section is not None]
    )


def loinc(code, display):
    return Code(code, codes.LOINC, display)
