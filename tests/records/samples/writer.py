"""Writes records to a folder; the same bytes for the same seed and day."""
import json

from . import header, metadata
from .xml import to_bytes

README = """Sample records of Caducée: every person, structure and document here is fictitious.
Made by tests/records/make-records (seed {seed}, day of reference {today}).
What they hold: docs/records.md.
Nothing here is medical advice, and no identifier belongs to anybody.
"""


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def document_bytes(doc):
    data = to_bytes(header.clinical_document(doc))
    return doc.damage(data) if doc.damage else data


def write_record(record, folder):
    """Writes `record` under `folder`/<its name>."""
    home = folder / record.name
    (home / "documents").mkdir(parents=True, exist_ok=True)
    lines = []
    for index, doc in enumerate(record.documents, 1):
        path = f"documents/{index:04d}.xml"
        (home / path).write_bytes(document_bytes(doc))
        lines.append(metadata.entry(doc, path))
    write_json(home / "documents.json", lines)
    write_json(home / "patient.json", metadata.patient_file(record))
    write_json(home / "truth.json", metadata.truth_file(record))


def write_folder(folder, directory, seed, today):
    """Writes what all records share."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README").write_text(
        README.format(seed=seed, today=today.isoformat()), encoding="utf-8"
    )
    write_json(folder / "professionals.json", directory.json())
