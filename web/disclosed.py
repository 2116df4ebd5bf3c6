"""Names that were disclosed to somebody who sees pseudonyms: in one session, of some learners, for some hours.

The disclosure itself is an event with every learner. What is remembered here is only that this session may show
them: a server that starts again has forgotten it, and asks again.
"""

import threading
from dataclasses import dataclass, field

from flask import Flask, current_app

from web import sessions
from web.ledgers import here


@dataclass(frozen=True, slots=True)
class Shown:
    """Learners whose names a session may show until an instant; `why` is the legal basis."""

    learners: frozenset[str]
    until: str
    why: str


@dataclass(slots=True)
class Disclosures:
    """What sessions may show, by what binds them and the ledger; safe for threads."""

    known: dict[tuple[str, str], list[Shown]] = field(default_factory=dict)
    changing: threading.Lock = field(default_factory=threading.Lock)

    def add(self, session: str, ledger: str, shown: Shown, now: str) -> None:
        """Let a session show names; what is over is forgotten."""
        with self.changing:
            kept = {key: [one for one in some if one.until > now] for key, some in self.known.items()}
            self.known = {key: some for key, some in kept.items() if some}
            self.known.setdefault((session, ledger), []).append(shown)

    def of(self, session: str, ledger: str, now: str) -> tuple[Shown, ...]:
        """Return what a session may show now."""
        with self.changing:
            return tuple(one for one in self.known.get((session, ledger), ()) if one.until > now)

    def end(self, session: str, ledger: str) -> None:
        """Let a session show no names any more."""
        with self.changing:
            self.known.pop((session, ledger), None)


def register(app: Flask) -> None:
    """Give an application a memory of what sessions may show."""
    app.extensions["disclosed"] = Disclosures()


def _disclosures() -> Disclosures:
    found: Disclosures = current_app.extensions["disclosed"]
    return found


def shown() -> tuple[Shown, ...]:
    """Return whose names the session at hand may show in the ledger at hand, beside those its person sees anyway."""
    bound = sessions.bound_to()
    ledger = here().ledger
    return _disclosures().of(bound, ledger.jurisdiction, ledger.clock()) if bound else ()


def learners() -> frozenset[str]:
    """Return the learners whose names were disclosed to the session at hand."""
    return frozenset[str]().union(*(one.learners for one in shown()))


def show(these: frozenset[str], until: str, why: str) -> None:
    """Let the session at hand show names until an instant."""
    ledger = here().ledger
    _disclosures().add(sessions.bound_to(), ledger.jurisdiction, Shown(these, until, why), ledger.clock())


def hide() -> None:
    """Let the session at hand show no disclosed names any more."""
    _disclosures().end(sessions.bound_to(), here().ledger.jurisdiction)
