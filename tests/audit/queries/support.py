"""Events written down by hand, so that a test says when what was recorded, by whom, and what was decided."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ledger.audit.queries.asking import Asked, asked
from ledger.audit.queries.finding import AuditFinding, Setting
from ledger.audit.queries.life import lives
from ledger.audit.queries.registry import QUERIES
from ledger.domain.governance import Governance
from ledger.domain.learner import (
    Decided,
    DecisionDigests,
    Evidence,
    EvidenceCorrected,
    EvidenceRecorded,
    EvidenceWithdrawn,
    FactSeen,
)
from ledger.domain.shapes import Artefact, Assessor, Payload, Result, Score, Source, Subject, VaultText
from ledger.storage.envelope import Event

ZONE = ZoneInfo("America/Chicago")
REASON = VaultText(text="text", digest="digest")
PAPER = Artefact(digest="a" * 64, media_type="application/pdf")
HAND = Source(system="by-hand")
ALGEBRA = Subject(kind="course", id="algebra")
DIGESTS = DecisionDigests(rule="r", parameters="p", facts="f", evaluator="e", finding="g")

Outcomes = Callable[[str, Decided, int], str | None]


def skill(number: int = 1) -> Subject:
    """Name a competency."""
    return Subject(kind="competency", id=f"c{number}", framework="f")


def work(name: str = "essay", day: str | None = "2026-03-02", **more: Any) -> Evidence:
    """Build a piece of summative work recorded by hand, at level 3 of one competency."""
    subjects = more.pop("subjects", (skill(),))
    score, level = more.pop("score", None), more.pop("level", "3")
    results = tuple(
        Result(subject=one, score=score) if score else Result(subject=one, scale="s", level=level) for one in subjects
    )
    settings = {"source": HAND, "kind": "task", "purpose": "summative", "task": name, "occurred": day, **more}
    return Evidence(**{"evidence_id": name, "results": results, **settings})


def points(value: int, most: int = 100) -> Score:
    """Build a score from nothing to some points."""
    return Score(value=str(value), minimum="0", maximum=str(most))


def recorded(name: str = "essay", day: str | None = "2026-03-02", **more: Any) -> EvidenceRecorded:
    """Build the entry of a piece of work."""
    return EvidenceRecorded(evidence=work(name, day, **more))


def corrected(name: str = "essay", day: str | None = "2026-03-02", **more: Any) -> EvidenceCorrected:
    """Build a correction of a piece of work."""
    document = more.pop("document", None)
    return EvidenceCorrected(evidence=work(name, day, **more), reason=REASON, document=document)


def withdrawn(name: str = "essay", document: Artefact | None = None) -> EvidenceWithdrawn:
    """Build a withdrawal of a piece of work."""
    return EvidenceWithdrawn(evidence_id=name, reason=REASON, document=document)


def decided(outcome: str = "met", subject: Subject | None = None, question: str = "MASTERY", **more: Any) -> Decided:
    """Build a decision, resting on the versions given."""
    behind = more.pop("behind", ())
    settings = {
        "award": "standard",
        "on": "2026-03-02",
        "read_to": 9,
        "learner_version": 1,
        "adoption": 1,
        "policy": "made-up/rule",
        "edition": "made-up/rule@2020-01-01",
        "digests": DIGESTS,
        "stage": "requires",
        "standing": "current",
        "effect": "immediate",
        "facts": (FactSeen(name="work", value="1", versions=tuple(behind), count=len(behind)),),
        **more,
    }
    return Decided(question=question, subject=subject or skill(), outcome=outcome, **settings)  # type: ignore[arg-type]


def by(who: str) -> Assessor:
    """Name an assessor."""
    return Assessor(who=who, capacity="teacher")


class Book:
    """Events in the order in which they are written; times are those of the ledger's zone."""

    def __init__(self) -> None:
        self.events: list[Event[Any]] = []
        self._versions: dict[str, int] = {}
        self._commands = 0

    def act(
        self,
        *payloads: Payload,
        learner: str = "one",
        at: str = "2026-03-02 10:00",
        who: str = "ann",
        role: str = "teacher",
        behalf: str | None = None,
    ) -> Event[Any]:
        """Write what one command records; return its first event."""
        self._commands += 1
        instant = datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC)
        first = len(self.events)
        for payload in payloads:
            version = self._versions[learner] = self._versions.get(learner, 0) + 1
            self.events.append(
                Event(
                    v=1,
                    at=f"{instant:%Y-%m-%dT%H:%M:%S}.000000Z",
                    actor=who,
                    role=role,
                    behalf=behalf,
                    command=f"command-{self._commands}",
                    cause=None,
                    salt="",
                    data=payload,
                    originator_id=f"learner/{learner}",
                    originator_version=version,
                    position=len(self.events) + 101,
                )
            )
        return self.events[first]


def unknown(_learner: str, _made: Decided, _adoption: int) -> str | None:
    """Answer no decision again."""
    return None


def ask(
    name: str, book: Book, governance: Governance | None = None, under: Outcomes = unknown, **thresholds: int
) -> Asked:
    """Ask one query of what was written, with thresholds named with underscores."""
    query = QUERIES[name]
    values = {**query.defaults(), **{name.replace("_", "-"): value for name, value in thresholds.items()}}
    held = governance or Governance()

    def given(values: Mapping[str, int]) -> Setting:
        return Setting(held, ZONE, values, under)

    (answer,) = asked(lives(book.events), [(query, values)], given)
    return answer


def found(name: str, book: Book, **more: Any) -> tuple[AuditFinding, ...]:
    """Return what one query finds."""
    return ask(name, book, **more).findings


def places(name: str, book: Book, **more: Any) -> list[int]:
    """Return the positions of what one query finds."""
    return [one.position for one in found(name, book, **more)]
