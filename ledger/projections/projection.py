"""What a projection is: a name with a version, its tables, and how a page of events changes them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Column, Connection, Delete, Insert, Integer, MetaData, Table, Text, Update
from sqlalchemy.dialects import sqlite

from ledger.domain.learner import Decided
from ledger.storage.envelope import Event

Events: TypeAlias = Sequence[Event[Any]]
Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str, str, str, str]

KEY = ("learner", "question", "subject", "award")
"""What a decision is one of: the columns of a decision key."""

_LEARNER = "learner/"
_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True, slots=True)
class Projection:
    """One read model. `name` ends in its version: a new version is made from nothing.

    `apply` gets events in the order of the log, each once, on a connection inside a transaction, and
    must leave the same rows whatever the borders of the pages.
    """

    name: str
    tables: tuple[Table, ...]
    apply: Callable[[Connection, Events], None]

    @property
    def bare_name(self) -> str:
        """Return the name without the version."""
        return self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement compiled once and run for many rows; the driver gets them without a copy of each."""

    sql: str
    values: Callable[[Row], tuple[Any, ...]]

    def run(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Run it for every row, in order."""
        if rows:
            connection.exec_driver_sql(self.sql, [self.values(row) for row in rows])


def statement(expression: Insert | Update | Delete) -> Statement:
    """Compile an expression with at least two parameters; a row names their values."""
    compiled: Any = expression.compile(dialect=sqlite.dialect())
    return Statement(str(compiled), itemgetter(*compiled.positiontup))


def read_model(name: str, *parts: Any) -> Table:
    """Define a table whose rows stand in the order of its key, and whose columns hold their type only."""
    return Table(name, MetaData(), *parts, sqlite_strict=True, sqlite_with_rowid=False)


def text(*names: str, key: bool = False, null: bool = False) -> list[Column[Any]]:
    """Define columns of text."""
    return [Column(name, Text, primary_key=key, nullable=null) for name in names]


def number(*names: str, null: bool = False) -> list[Column[Any]]:
    """Define columns of whole numbers."""
    return [Column(name, Integer, nullable=null) for name in names]


def json_text(value: Any) -> str:
    """Write a value as canonical JSON text."""
    return _encode(value).decode()


def learner_of(event: Event[Any]) -> str | None:
    """Return the UUID of the learner whose stream an event is in, nothing for other streams."""
    stream = event.originator_id
    return stream[len(_LEARNER) :] if stream.startswith(_LEARNER) else None


def decisions_in(events: Events) -> Iterator[tuple[Key, Event[Any], Decided]]:
    """Return the decisions among events, each with its key."""
    for event in events:
        decided = event.data
        if type(decided) is Decided:
            learner = event.originator_id[len(_LEARNER) :]
            yield (learner, decided.question, decided.subject.key, decided.award), event, decided
