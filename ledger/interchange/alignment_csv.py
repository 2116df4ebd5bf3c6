"""Alignments as plain CSV: state, local, relation, from, until; one pair of competencies a row.

`local` is the origin of the relation and `state` its destination, each by the id or the code that its
framework gives it; `relation` is an association type of CASE. Days are inclusive, `until` may be empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from ledger.domain.aligned import Alignment, by_pair, pair_of
from ledger.domain.alignment import RELATIONS, CompetencyAligned, Relation
from ledger.domain.shapes import Authority, Subject
from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.known_names import KnownNames
from ledger.interchange.plain_csv import PlainRow, plain_rows, require_values
from ledger.interchange.remembered import Wrong
from ledger.interchange.report import Report

COLUMNS = ("state", "local", "relation", "from", "until")
"""The columns such a file may have, in any order."""

NEEDED = ("state", "local", "relation", "from")


@dataclass(frozen=True, slots=True)
class Sides:
    """What a file of alignments may speak of, and who says it by whose authority.

    `state` and `local` name the competencies of either side; `frameworks` gives the framework of each
    edition by its digest; `known` are the alignments there are.
    """

    jurisdiction: str
    authority: Authority
    state: KnownNames
    local: KnownNames
    frameworks: Mapping[str, str]
    known: Sequence[Alignment]


@dataclass(frozen=True, slots=True)
class AlignmentsRead:
    """The alignments of a file that are new, and how many of its rows say what is known already."""

    new: tuple[CompetencyAligned, ...]
    same: int


def read_alignments(data: bytes, file: str, sides: Sides) -> AlignmentsRead | tuple[Fault, ...]:
    """Turn a CSV of alignments into what it adds, or return every fault."""
    report = Report(file)
    read = [(row, _aligned(row, sides, report)) for row in plain_rows(data, COLUMNS, NEEDED, report)]
    found = [(row.line, said) for row, said in read if said is not None]
    _refuse_repeats(found, report)
    known = by_pair(sides.known)
    new = [(line, said) for line, said in found if not any(one.says(said) for one in known.get(pair_of(said), ()))]
    for line, said in new:
        for earlier in known.get(pair_of(said), ()):
            if earlier.overlaps(said.first_day, said.last_day):
                report.fault(sentences.ALIGNED_ALREADY.format(alignment=earlier), line=line)
    faults = tuple(sorted(report.faults, key=lambda one: one.line))
    return faults or AlignmentsRead(tuple(said for _, said in new), len(found) - len(new))


def _aligned(row: PlainRow, sides: Sides, report: Report) -> CompetencyAligned | None:
    faults = len(report.faults)
    require_values(row, NEEDED, report)
    state, local = _side(row, "state", sides.state, report), _side(row, "local", sides.local, report)
    relation, first_day, last_day = _relation(row, report), _day(row, "from", report), _day(row, "until", report)
    if state and local and _framework(sides, state) == _framework(sides, local):
        report.fault(sentences.SAME_FRAMEWORK.format(**row.cells), line=row.line)
    if first_day and last_day and last_day < first_day:
        report.fault(sentences.ENDS_BEFORE.format(first_day=first_day, last_day=last_day), line=row.line, name="until")
    if len(report.faults) > faults or not (state and local and first_day):
        return None
    return CompetencyAligned(
        jurisdiction=sides.jurisdiction,
        framework=_framework(sides, local),
        edition=local.framework or "",
        competency=local.id,
        to_framework=_framework(sides, state),
        to_edition=state.framework or "",
        to_competency=state.id,
        relation=cast("Relation", relation),
        first_day=first_day,
        last_day=last_day,
        authority=sides.authority,
    )


def _framework(sides: Sides, subject: Subject) -> str:
    return sides.frameworks[subject.framework or ""]


def _side(row: PlainRow, name: str, names: KnownNames, report: Report) -> Subject | None:
    text = row.text(name)
    found = names.subject[text] if text else None
    if isinstance(found, Wrong):
        report.fault(found.why, line=row.line, name=name)
        return None
    return found


def _relation(row: PlainRow, report: Report) -> str | None:
    text = row.text("relation")
    if text and text not in RELATIONS:
        why = sentences.NOT_A_CHOICE.format(text=text[:40], choices=", ".join(RELATIONS))
        report.fault(why, line=row.line, name="relation")
    return text


def _day(row: PlainRow, name: str, report: Report) -> str | None:
    text = row.text(name)
    try:
        if text and date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        report.fault(sentences.NOT_A_DAY.format(text=(text or "")[:40]), line=row.line, name=name)
        return None
    return text


def _refuse_repeats(found: Sequence[tuple[int, CompetencyAligned]], report: Report) -> None:
    earlier: dict[tuple[str, str], list[tuple[int, Alignment]]] = {}
    for line, said in found:
        others = earlier.setdefault(pair_of(said), [])
        for first, other in others:
            if other.overlaps(said.first_day, said.last_day):
                report.fault(sentences.ALIGNED_TWICE.format(first=first), line=line)
                break
        others.append((line, Alignment(said, said.last_day, 0, 0, None)))
