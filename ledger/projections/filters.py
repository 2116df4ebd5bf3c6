"""What a list of decisions can be narrowed to."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Protocol, get_args

from sqlalchemy import ColumnElement, Table

from ledger.domain.learner import Outcome, Question
from ledger.domain.shapes import SubjectKind
from ledger.errors import UnknownName
from ledger.projections.within import Within

_ALLOWED = {"question": get_args(Question), "outcome": get_args(Outcome), "subject_kind": get_args(SubjectKind)}

_COLUMNS = {"subject_kind": "subject", "decided_from": "decided_on", "decided_to": "decided_on"}
_LAST = "\U0010ffff"
"""The character after which no text continues."""


class Narrowing(Protocol):
    """Whatever narrows a list of decisions."""

    def conditions(self, table: Table) -> Iterator[ColumnElement[bool]]:
        """Return the conditions on a table that has the columns of a decision."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Each value that is not null must be met. `subject` is a key such as `course/ALG1`.

    `decided_from` and `decided_to` are days, both inclusive; `within` says whose decisions are meant.
    Raises `UnknownName` for a question, an outcome or a kind of subject there is not.
    """

    learner: str | None = None
    question: str | None = None
    subject: str | None = None
    subject_kind: str | None = None
    award: str | None = None
    outcome: str | None = None
    policy: str | None = None
    edition: str | None = None
    decided_from: str | None = None
    decided_to: str | None = None
    within: Within | None = None

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                what = name.replace("subject_kind", "kind of subject")
                raise UnknownName(f"there is no {what} {value!r}; there are {', '.join(allowed)}")

    def conditions(self, table: Table) -> Iterator[ColumnElement[bool]]:
        """Return the conditions on a table that has the columns of a decision."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Within):
                yield value.holds(table.c.learner)
            elif value is not None:
                yield _condition(table, field.name, value)


def _condition(table: Table, name: str, value: str) -> ColumnElement[bool]:
    column: ColumnElement[str] = table.c[_COLUMNS.get(name, name)]
    if name == "subject_kind":
        return column.between(f"{value}/", f"{value}/{_LAST}")
    if name == "decided_from":
        return column >= value
    if name == "decided_to":
        return column <= f"{value}{_LAST}"
    return column == value
