"""A framework as plain CSV: id, code, statement, parent, kind, prerequisites; one competency a row.

`id` and `statement` are needed; `parent` and `prerequisites` (separated by `;`) are ids of the same
file. An id that is no UUID gets one derived from the framework's, the same at every import.
"""

from ledger import values
from ledger.domain.competencies import CHILD, PREREQUISITE, Competency, Edition, Link
from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.frameworks import Converted, concluded, label_of, refuse_cycles
from ledger.interchange.nearest import nearest
from ledger.interchange.plain_csv import PlainRow, plain_rows, require_values
from ledger.interchange.report import Report

COLUMNS = ("id", "code", "statement", "parent", "kind", "prerequisites")
"""The columns such a file may have, in any order."""

NEEDED = ("id", "statement")


def framework_identifier(name: str) -> str:
    """Return the UUID of a local framework: the name itself where it is one."""
    return name if values.is_identifier(name) else values.identifier("framework", name)


def read_framework_csv(data: bytes, file: str, name: str, title: str) -> Converted | tuple[Fault, ...]:
    """Turn a plain CSV into a local edition, or return every fault.

    `name` tells this framework from others of the ledger and must stay the same at every import of it.
    """
    report = Report(file)
    rows = plain_rows(data, COLUMNS, NEEDED, report)
    framework = framework_identifier(name)
    ids = _ids(rows, framework, report)
    items = tuple(_item(row, ids[row.cells["id"]]) for row in rows if row.text("id"))
    links = tuple(link for row in rows for link in _links(row, ids, report))
    edition = Edition(framework=framework, title=title, items=items, links=links)
    if not report.faults:
        refuse_cycles(edition, report)
    return concluded(edition, report)


def _ids(rows: list[PlainRow], framework: str, report: Report) -> dict[str, str]:
    first: dict[str, int] = {}
    for row in rows:
        require_values(row, NEEDED, report)
        text = row.cells["id"]
        if text and text in first:
            why = sentences.TWICE_IN_FILE.format(text=text, first=first[text])
            report.fault(why, line=row.line, name="id")
        first.setdefault(text, row.line)
    return {text: _identifier(text, framework) for text in first if text}


def _identifier(text: str, framework: str) -> str:
    lower = text.lower()
    return lower if values.is_identifier(lower) else values.identifier("competency", framework, text)


def _item(row: PlainRow, identity: str) -> Competency:
    statement, local = row.cells["statement"], row.cells["id"]
    return Competency(
        id=identity,
        statement=statement,
        label=label_of(statement),
        code=row.text("code"),
        kind=row.text("kind"),
        local=None if local == identity else local,
    )


def _links(row: PlainRow, ids: dict[str, str], report: Report) -> list[Link]:
    own = ids.get(row.cells["id"], "")
    links = []
    parent = row.text("parent")
    if parent and _known(parent, ids, row, "parent", report):
        links.append(Link(kind=CHILD, origin=own, destination=ids[parent]))
    known = [first for first in _prerequisites(row) if _known(first, ids, row, "prerequisites", report)]
    return links + [Link(kind=PREREQUISITE, origin=ids[first], destination=own) for first in known]


def _known(text: str, ids: dict[str, str], row: PlainRow, name: str, report: Report) -> bool:
    if text in ids:
        return True
    sentence = sentences.UNKNOWN_PARENT if name == "parent" else sentences.UNKNOWN_PREREQUISITE_ID
    report.fault(sentence.format(text=text, nearest=nearest(text, ids)), line=row.line, name=name)
    return False


def _prerequisites(row: PlainRow) -> tuple[str, ...]:
    parts = (part.strip() for part in row.cells.get("prerequisites", "").split(";"))
    return tuple(part for part in parts if part)
