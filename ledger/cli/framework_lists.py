"""`mastery frameworks list` and `mastery frameworks designations`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.cli.framework_options import known_at, on
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.inquiry.coverage_views import DesignationView, FrameworkView
from ledger.inquiry.designations import designations as designations_of
from ledger.inquiry.frameworks import frameworks


@dataclass(frozen=True, slots=True)
class ListedFrameworks:
    """The frameworks held."""

    frameworks: tuple[FrameworkView, ...]


@dataclass(frozen=True, slots=True)
class ListedDesignations:
    """Designations of priority standards."""

    designations: tuple[DesignationView, ...]


@click.command("list")
@prints(ListedFrameworks)
@pass_session
def listing(session: Session, as_json: bool) -> None:
    """List the frameworks held, and how many alignments begin and end in each today.

    Example: mastery frameworks list
    """
    with session.open() as ledger:
        found = frameworks(ledger)
    show(ListedFrameworks(found), as_json, _frameworks)


def _frameworks(answer: ListedFrameworks) -> Iterator[str]:
    headings = ("title", "framework", "from", "standards", "aligned to others", "aligned to it")
    yield from table(
        headings,
        (
            (one.title, one.framework, one.origin or "here", one.standards, one.aligned_from, one.aligned_to)
            for one in answer.frameworks
        ),
    )
    yield f"{counted(len(answer.frameworks), 'framework')}."


@click.command()
@click.option("--course", type=text, help="Only of this course.")
@on
@known_at
@click.option("--all", "everything", is_flag=True, help="Also those of other days, replaced or taken back.")
@prints(ListedDesignations)
@pass_session
def designations(
    session: Session, course: str | None, on: date | None, known_at: int | None, everything: bool, as_json: bool
) -> None:
    """List the priority standards of courses: by which body, from when, and who entered it.

    Example: mastery frameworks designations --course ALG1 --on 2026-09-01
    """
    with session.open() as ledger:
        found = designations_of(ledger, course, on=on, known_at=known_at, everything=everything)
    show(ListedDesignations(found), as_json, _designations)


def _designations(answer: ListedDesignations) -> Iterator[str]:
    headings = ("course", "standard", "kind", "state", "from", "until", "by", "entered by", "entered", "position")
    yield from table(headings, map(_cells, answer.designations))
    yield f"{counted(len(answer.designations), 'designation')}."


def _cells(one: DesignationView) -> tuple[object, ...]:
    minute = f"minute {one.minute}" if one.minute else ""
    body = ", ".join(filter(None, (one.body, one.date, minute, one.link)))
    days = one.first_day, one.last_day or ""
    return (
        one.course,
        one.code or one.label,
        one.kind,
        one.state,
        *days,
        body,
        one.entered_by,
        one.entered,
        one.position,
    )
