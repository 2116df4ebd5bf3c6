"""When the signer signs: a log with 256 new events at once, one with fewer a second after it was signed last."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ledger.audit.signing import Signed
from ledger.errors import LedgerError
from ledger.home import Home
from ledger.storage.survey import Survey

MANY = 256
"""Events that are signed at once."""

LONGEST = 1000
"""Milliseconds that an event waits at most."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A log that was not signed, and why."""

    jurisdiction: str
    why: str


@dataclass(slots=True)
class _Watched:
    size: int = 0
    at: int = -LONGEST
    why: str = ""


def milliseconds() -> int:
    """Return a number of milliseconds that only rises."""
    return time.monotonic_ns() // 1_000_000


@dataclass(slots=True)
class Watching:
    """Watches every ledger of a home, or one; a ledger made meanwhile is watched too."""

    home: Home
    wanted: str | None
    sign: Callable[[str], Signed]
    now: Callable[[], int] = milliseconds
    _watched: dict[str, _Watched] = field(default_factory=dict)

    def look(self) -> Iterator[Signed | Declined]:
        """Sign whatever is due; what keeps a log from being signed is told when it is new, and tried again later."""
        for jurisdiction in [self.wanted] if self.wanted else self.home.jurisdictions():
            watched = self._watched.setdefault(jurisdiction, _Watched())
            done = self._tried(jurisdiction, watched)
            if isinstance(done, Signed):
                watched.size, watched.at, watched.why = done.size, self.now(), ""
                if done.added:
                    yield done
            elif done is not None:
                watched.at = self.now()
                if done.why != watched.why:
                    yield done
                watched.why = done.why

    def declined(self) -> list[Declined]:
        """Return the logs that cannot be signed now."""
        return [Declined(name, one.why) for name, one in self._watched.items() if one.why]

    def _tried(self, jurisdiction: str, watched: _Watched) -> Signed | Declined | None:
        try:
            return self.sign(jurisdiction) if self._is_due(jurisdiction, watched) else None
        except LedgerError as error:
            return Declined(jurisdiction, str(error))

    def _is_due(self, jurisdiction: str, watched: _Watched) -> bool:
        waited = self.now() - watched.at >= LONGEST
        if watched.why or not watched.size:
            return waited
        survey = Survey(self.home.ledger_file(jurisdiction))
        try:
            with survey.one_state():
                new = survey.last() - watched.size
        finally:
            survey.close()
        return new >= MANY or (new != 0 and waited)
