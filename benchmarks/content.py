"""The small world every benchmark works in: fifty competencies, one scale, the mastery rule, and evidence."""

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ledger.application import Ledger, initialise
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import define_scale, import_framework
from ledger.application.learning import prepare, subject_of
from ledger.catalogue import Catalogue, load
from ledger.domain.competencies import Competency, Edition
from ledger.domain.framework import Level
from ledger.domain.learner import Evidence
from ledger.domain.scales import scale_defined
from ledger.domain.shapes import Authority, Payload, Result, Source, Subject
from ledger.storage.envelope import Author
from ledger.storage.factory import wall_clock

COMPETENCIES = 50
FIRST_DAY = date(2020, 1, 1)
KINDS = ("task", "exam", "portfolio", "observation", "performance")
LEVELS = "223334"
SCALE = scale_defined("four-levels", "Four levels", tuple(Level(label=f"Level {n}", value=str(n)) for n in range(1, 5)))
COLUMNS = ("learner", "competency", "kind", "purpose", "level", "task", "occurred", "source_record")


@cache
def catalogue() -> Catalogue:
    """Return the built-in policies, loaded once."""
    return load()


def operator(ledger: Ledger) -> Author:
    """Return the author of a new command."""
    return ledger.author("operator", "operator")


def classroom(home: Path, clock: Callable[[], str] = wall_clock) -> Ledger:
    """Make a ledger with fifty competencies, a scale and the mastery rule, under the clock on the wall or another."""
    ledger = initialise(home, "us-xx", kind="district", zone="America/Chicago", environment={}, clock=clock)
    items = tuple(
        Competency(id=f"c{n}", code=f"C.{n}", label=f"Skill {n}", statement=f"Do {n}.", kind="Target")
        for n in range(COMPETENCIES)
    )
    import_framework(ledger, operator(ledger), Edition(framework="skills", title="Skills", items=items), b"skills")
    define_scale(ledger, operator(ledger), SCALE)
    policy = catalogue().find("competency-based/mastery", FIRST_DAY)
    authority = Authority(body="Board")
    adopt(ledger, operator(ledger), Adoption(policy, "us-xx", FIRST_DAY, authority, "benchmark", scale=SCALE.digest))
    return ledger


@cache
def subject(ledger: Ledger, number: int) -> Subject:
    """Return a competency as evidence names it."""
    return subject_of(ledger, f"C.{number}")


def evidence(ledger: Ledger, name: str, number: int, day: date | None = None) -> Evidence:
    """Build the number-th piece of evidence of a learner: competencies take turns, kinds and levels too.

    `name` must differ from evidence to evidence; `day` is one day later for each number without one.
    """
    result = Result(
        subject=subject(ledger, number % COMPETENCIES),
        scale=SCALE.digest,
        level=LEVELS[(number // COMPETENCIES + number) % len(LEVELS)],
    )
    return Evidence(
        evidence_id=name,
        source=Source(system="benchmark", record=name),
        kind=KINDS[(number // COMPETENCIES) % len(KINDS)],  # type: ignore[arg-type]
        purpose="summative",
        task=f"task {number}",
        occurred=(day or date(2010, 1, 1) + timedelta(days=number)).isoformat(),
        results=(result,),
    )


def written(ledger: Ledger, learner: str, payloads: Sequence[Payload]) -> int:
    """Append payloads to a learner's stream with the decisions they cause; return the version after them."""
    return prepare(ledger, operator(ledger), learner, payloads).stored(ledger, learner).version


def file_rows(learners: int, rows: int, competencies: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a file of evidence, learner by learner, the same at every call."""
    chance = random.Random(f"{learners} {rows} {competencies}")
    for learner in range(learners):
        for row in range(rows):
            day = date(2026, 1, 5) + timedelta(days=100 * row // rows)
            yield (
                f"learner {learner}",
                f"C.{chance.randrange(competencies)}",
                chance.choice(KINDS),
                "summative",
                chance.choice(LEVELS),
                f"task {row}",
                day.isoformat(),
                f"{learner}-{row}",
            )


def write_file(path: Path, learners: int, rows: int, competencies: int) -> Path:
    """Write a file of evidence: so many rows for each learner, spread over so many competencies."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(file_rows(learners, rows, competencies))
    return path
