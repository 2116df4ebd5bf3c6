"""The pieces of work a verification is cut into, and the process that does them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from ledger.audit.verifying.commands import check_commands
from ledger.audit.verifying.findings import Found
from ledger.audit.verifying.positions import Span, SpanFound, check_span
from ledger.audit.verifying.rows import RowCheck
from ledger.audit.verifying.streams import StreamCheck, Streams, StreamsFound
from ledger.storage.survey import Survey


@dataclass(frozen=True, slots=True)
class Log:
    """The log to be verified: its file, its name to the world, and the key that seals it, null where not at hand.

    `published` is the folder of its tiles, null where there are none.
    """

    path: Path
    origin: str
    seal_key: bytes | None = field(repr=False)
    key_name: str = ""
    published: Path | None = None


@dataclass(frozen=True, slots=True)
class Commands:
    """The piece of work that goes through the commands."""


@dataclass(frozen=True, slots=True)
class CommandsFound:
    """What became of it."""

    found: Found
    commands: int


Piece: TypeAlias = Span | Streams | Commands
PieceFound: TypeAlias = SpanFound | StreamsFound | CommandsFound


@dataclass(slots=True)
class Worker:
    """Does pieces of work on one log, over one connection."""

    log: Log
    survey: Survey = field(init=False)
    _rows: RowCheck = field(init=False)
    _streams: StreamCheck = field(init=False)

    def __post_init__(self) -> None:
        self.survey = Survey(self.log.path)
        self._rows = RowCheck(self.log.origin, self.log.seal_key, self.log.key_name)
        self._streams = StreamCheck(self.survey)

    def do(self, piece: Piece) -> PieceFound:
        """Do one piece."""
        if isinstance(piece, Span):
            return check_span(self.survey, self._rows, piece, self.log.published)
        if isinstance(piece, Streams):
            return self._streams.check(piece)
        return CommandsFound(*check_commands(self.survey))


_WORKERS: dict[Log, Worker] = {}
"""The worker of this process, for the log it was last asked about."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a process is told once: the log; called with each piece."""

    log: Log

    def __call__(self, piece: Piece) -> PieceFound:
        """Do one piece, with the worker this process keeps."""
        if self.log not in _WORKERS:
            done()
            _WORKERS[self.log] = Worker(self.log)
        return _WORKERS[self.log].do(piece)


def done() -> None:
    """Let go of the file, where this process did the work itself."""
    for worker in _WORKERS.values():
        worker.survey.close()
    _WORKERS.clear()
