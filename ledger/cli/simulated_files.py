"""A what-if as CSV files: every changed answer, and beside them the groups and the opportunity note.

Learners are told by their pseudonym alone. Each row begins with what it is, so that no row taken out of
its file can be mistaken for a decision.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ledger.cli.printing import safe_cell
from ledger.simulation import GroupCells, WhatIf

WHAT = "what-if"
HIDDEN = "hidden"

CHANGED = (
    "what",
    "ledger",
    "learner",
    "subject",
    "baseline",
    "candidate",
    "baseline_rests_on",
    "candidate_rests_on",
)
GROUPS = ("what", "group", "effect", "at_least", "below")
HELD_BACK = ("what", "rule", "learner", "subject", "place", "clause", "wanted", "field", "category", "offered")

Row = Sequence[object]


def write_files(file: Path, found: WhatIf) -> tuple[Path, ...]:
    """Write what there is to write, and return the files written."""
    written = [write_rows(file, CHANGED, _changed(found))]
    if found.groups:
        written.append(write_rows(beside(file, "groups"), GROUPS, group_rows(found.groups)))
    if found.held_back:
        written.append(write_rows(beside(file, "held-back"), HELD_BACK, _held_back(found)))
    return tuple(written)


def beside(file: Path, name: str) -> Path:
    """Name a file beside another."""
    return file.with_name(f"{file.stem}.{name}{file.suffix or '.csv'}")


def write_rows(file: Path, names: Row, rows: Iterable[Row]) -> Path:
    """Write rows under their names; each begins with what it is."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([safe_cell(cell) for cell in (WHAT, *row)] for row in rows)
    return file


def _changed(found: WhatIf) -> Iterator[Row]:
    for one in found.changed:
        yield (
            *(one.ledger, one.learner, one.subject, one.baseline.value, one.candidate.value),
            *(" ".join(one.baseline_rests_on), " ".join(one.candidate_rests_on)),
        )


def group_rows(groups: Iterable[GroupCells]) -> Iterator[Row]:
    """Yield a row for each group and effect."""
    for one in groups:
        for effect, cell in {"all": one.learners, **one.effects}.items():
            hidden = cell.at_least is None
            yield one.group, effect, HIDDEN if hidden else cell.at_least, HIDDEN if hidden else cell.below


def _held_back(found: WhatIf) -> Iterator[Row]:
    for one in found.held_back:
        yield (
            *(one.side, one.learner, one.subject, one.place, one.clause, one.wanted, one.field, one.category),
            " ".join(one.offered),
        )
