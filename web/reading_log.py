"""Writing down who looked at whose record: of every answer that shows one, before it is given.

Which addresses show a record follows from what they declare: those that are about one learner, and those
that name learners in a list. A list that is sent row by row is written down once it is sent, or broken off.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, g, request

from ledger.access.actions import Action
from ledger.access.grants import Granted, Target
from ledger.errors import LedgerError
from ledger.storage.reading_log import Reading, ReadingLog
from web import access, errors
from web.access import Need
from web.ledgers import here, ledgers
from web.names import Names

NOT_A_RECORD = frozenset({Action.READ_LOG, Action.READ_GRANTS, Action.GRANT_ROLES, Action.READ_OWN_LOG})
"""What names learners and shows nothing of their records."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at what, as known while the request is at work."""

    log: ReadingLog
    at: str
    ledger: str
    person: str
    allowed: Granted
    what: str
    learner: str | None
    through: str

    def write(self, named: frozenset[str]) -> None:
        """Write down the learner the answer is about, and how many more it named."""
        own = self.learner
        if own is not None and (self.allowed.role, self.allowed.place.learner) != ("learner", own):
            self._write(own, 1)
        if others := named - {own}:
            self._write(None, len(others))

    def _write(self, learner: str | None, learners: int) -> None:
        self.log.add(
            Reading(
                at=self.at,
                ledger=self.ledger,
                person=self.person,
                role=self.allowed.role,
                what=self.what,
                learner=learner,
                learners=learners,
                through=self.through,
            )
        )


def register(app: Flask) -> None:
    """Write down what is read of an application."""
    app.after_request(write_down)


def write_down(response: Response) -> Response:
    """Write down what an answer shows; what cannot be written down is not shown."""
    reader = _reader(response)
    if reader is None:
        return response
    names: Names | None = g.get("names")
    if names is not None and response.is_streamed:
        response.response = _counted(cast("Iterable[bytes]", response.response), reader, names)
        return response
    try:
        reader.write(frozenset(names.read if names else ()))
    except LedgerError as error:
        return errors.failed(error)
    return response


def _counted(rows: Iterable[bytes], reader: Reader, names: Names) -> Iterator[bytes]:
    try:
        yield from rows
    finally:
        reader.write(frozenset(names.read))


def _reader(response: Response) -> Reader | None:
    """Return who looks where the answer shows something, nothing for a refusal, a redirect or a page about nobody."""
    need, allowed = g.get("need"), g.get("allowed")
    if response.status_code >= 300 or not isinstance(need, Need) or allowed is None:
        return None
    if need.action in NOT_A_RECORD:
        return None
    target: Target = access.target()
    if target.learner is None and not (g.get("names") and _speaks(g.names, response)):
        return None
    return Reader(
        ledgers().reads,
        here().ledger.clock(),
        here().ledger.jurisdiction,
        access.person().person,
        allowed,
        need.action.value,
        target.learner,
        "API" if request.path.startswith("/api/") else "page",
    )


def _speaks(names: Names, response: Response) -> bool:
    """Say whether an answer named anybody, or may while it is sent."""
    return bool(names.read) or response.is_streamed
