"""One piece of evidence given by hand, through the very checks a row of a file goes through."""

from collections.abc import Mapping, Sequence

import msgspec

from ledger.application import Ledger
from ledger.domain.learner import Evidence
from ledger.errors import InputFaults
from ledger.importing.checking import names_known
from ledger.interchange.csv_text import Record
from ledger.interchange.evidence_check import check_row
from ledger.interchange.evidence_columns import layout
from ledger.interchange.evidence_map import EvidenceMap, map_of_header
from ledger.interchange.evidence_rows import RowReader

SYSTEM = "by-hand"
"""The source system of evidence that a person records here."""


def evidence_by_hand(ledger: Ledger, given: Mapping[str, str], competencies: Sequence[str] = ()) -> Evidence:
    """Return the evidence that fields say, without its id; raise `InputFaults` with every fault.

    `given` maps fields of `ledger.interchange.evidence_fields` to their text, the learner left out;
    `competencies` are named by id or code. A fault's `field` is the field, its file is empty.
    """
    fields = {"learner": "by hand", "source_system": SYSTEM, **given}
    if competencies:
        fields["competency"] = competencies[0]
    row = _reader(tuple(fields)).row(Record(0, list(fields.values())))
    if isinstance(row, list):
        raise InputFaults(row)
    staged = check_row(msgspec.structs.replace(row, competencies=tuple(competencies)), names_known(ledger))
    if isinstance(staged, list):
        raise InputFaults(staged)
    return staged.evidence


def _reader(names: tuple[str, ...]) -> RowReader:
    found = map_of_header(names, "", 0)
    if not isinstance(found, EvidenceMap):
        raise InputFaults(found)
    ready = layout(found, names, (), "", 0)
    if isinstance(ready, list):
        raise InputFaults(ready)
    return RowReader("", found, ready)
