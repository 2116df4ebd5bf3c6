"""Small ledgers, made through the real commands, with a clock that stands still."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ledger.application import Ledger, initialise
from ledger.application.adopting import Adoption, checked, placed_adoption
from ledger.application.governing import define_scale, designate, import_framework
from ledger.application.learning import Written, record_evidence, subject_of
from ledger.catalogue import Catalogue, load
from ledger.domain.competencies import Competency, Edition, Link
from ledger.domain.framework import Band, Level
from ledger.domain.learner import Evidence
from ledger.domain.scales import scale_defined
from ledger.domain.shapes import Authority, Result, Score, Source, Subject
from ledger.facts.claims import compares_levels
from ledger.storage.envelope import Author

AUTHORITY = Authority(body="State board of education", date="2020-01-01", minute="1")
LONG_AGO = date(2020, 1, 1)
NOON = "2026-06-15T17:00:00.000000Z"


class Clock:
    """A clock that shows what a test sets."""

    def __init__(self, instant: str = NOON) -> None:
        self.instant = instant

    def __call__(self) -> str:
        """Return the instant."""
        return self.instant


@cache
def catalogue() -> Catalogue:
    """Return the built-in policies, loaded once."""
    return load()


def author(ledger: Ledger, command: str | None = None) -> Author:
    """Return the operator as an author, with a new command id unless one is given."""
    return ledger.author("operator", "operator", command)


def opened(home: Path, jurisdiction: str = "us-xx", *, clock: Clock | None = None, **options: Any) -> Ledger:
    """Make a ledger; a state's unless told otherwise."""
    settings = {"kind": "state", "zone": "America/Chicago", **options}
    return initialise(home, jurisdiction, clock=clock or Clock(), environment={}, **settings)


def adopted(
    ledger: Ledger, policy: str, first_day: date = LONG_AGO, overrides: Mapping[str, str] | None = None, **more: Any
) -> None:
    """Adopt a built-in policy whatever governs already, as a change does once two people agreed.

    One that reads levels is adopted with the scale the ledger holds, unless another is named.
    """
    found = catalogue().find(policy, first_day)
    if compares_levels(found):
        more.setdefault("scale", latest_scale(ledger))
    jurisdiction = more.pop("jurisdiction", ledger.jurisdiction)
    given = Adoption(found, jurisdiction, first_day, AUTHORITY, "for the test", overrides=overrides, **more)
    adopted_anyway(ledger, given)


def adopted_anyway(ledger: Ledger, adoption: Adoption) -> None:
    """Adopt whatever governs already."""
    governance = ledger.governance()
    found = checked(ledger, governance, adoption)
    ledger.write_all(author(ledger), placed_adoption(governance, found.archived, found.adopted(adoption)))


def latest_scale(ledger: Ledger) -> str | None:
    """Return the digest of the scale brought in last, nothing where there is none."""
    scales = ledger.governance().scales
    return scales[-1].payload.digest if scales else None


def framework(count: int = 5, *prerequisites: tuple[str, str]) -> Edition:
    """Build a local framework of competencies c0, c1 ...; a pair says which comes before which."""
    return Edition(
        framework="test-framework",
        title="Test framework",
        items=tuple(
            Competency(id=f"c{n}", code=f"C.{n}", label=f"Skill {n}", statement=f"Do {n}.", kind="Target")
            for n in range(count)
        ),
        links=tuple(Link(kind="prerequisite", origin=one, destination=two) for one, two in prerequisites),
    )


FOUR_LEVELS = scale_defined(
    "four-levels",
    "Four levels",
    tuple(Level(label=label, value=value) for label, value in zip("ABCD", "1234", strict=True)),
    tuple(
        Band(level=label, at_least=least, first_day="2000-01-01", last_day=None, cites="test")
        for label, least in zip("ABCD", ("0", "50", "75", "90"), strict=True)
    ),
)


def classroom(home: Path, *, clock: Clock | None = None, course: bool = True) -> Ledger:
    """Make a state's ledger with a framework, a scale, mastery and course credit adopted."""
    ledger = opened(home, clock=clock)
    import_framework(ledger, author(ledger), framework(5, ("c0", "c1")), b"source")
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    adopted(ledger, "competency-based/mastery", scale=FOUR_LEVELS.digest)
    if course:
        adopted(ledger, "competency-based/course")
        adopted(ledger, "competency-based/course-advancement")
        designate(ledger, author(ledger), ["C.0", "C.1"], "algebra", first_day=LONG_AGO, authority=AUTHORITY)
    return ledger


def evidence(
    ledger: Ledger, name: str, competency: str, level: str | None = "3", *, kind: str = "task", **more: Any
) -> Evidence:
    """Build a piece of summative evidence about one competency, on the scale held; `score` replaces the level."""
    score = more.pop("score", None)
    scale = None if score or level is None else more.pop("scale", latest_scale(ledger))
    subject = more.pop("subject", None) or subject_of(ledger, competency)
    settings = {"purpose": "summative", "task": name, "occurred": "2026-05-01", **more}
    return Evidence(
        evidence_id=name,
        source=Source(system="test", record=name),
        kind=kind,  # type: ignore[arg-type]
        results=(Result(subject=subject, scale=scale, level=None if score else level, score=score),),
        **settings,
    )


def exam(course: str, name: str, percent: str, day: str, instrument: str = "district-exam") -> Evidence:
    """Build a sitting of an examination for a course."""
    score = Score(value=percent, minimum="0", maximum="100")
    return Evidence(
        evidence_id=name,
        source=Source(system="test", record=name),
        kind="exam",
        purpose="summative",
        instrument=instrument,
        occurred=day,
        results=(Result(subject=Subject(kind="course", id=course), score=score),),
    )


def record(ledger: Ledger, learner: str, *args: Any, **more: Any) -> Written:
    """Record a piece of evidence built by `evidence`."""
    return record_evidence(ledger, author(ledger), learner, evidence(ledger, *args, **more))


def outcomes(written: Written) -> list[tuple[str, str, str]]:
    """Return question, subject and outcome of each decision a command caused."""
    return [(one.question, one.subject.id, one.outcome) for one in written.decisions]
