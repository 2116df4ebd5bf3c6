"""`mastery record enrolment`, `transfer`, `grade`, `course` and `retraction`: where a learner belongs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from ledger.application import Ledger, learning
from ledger.application.checking import require_past, require_sound
from ledger.cli.document_options import kept
from ledger.cli.options import day, document, reason, text
from ledger.cli.printing import prints, show
from ledger.cli.recorded_entry import record_entry
from ledger.cli.recorded_learner import new
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.written_text import written_lines
from ledger.domain.belonging import (
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.shapes import Payload, Source
from ledger.errors import UsageError
from ledger.inquiry.written import WrittenView, written_view

HERE = Source(system="mastery")
"""Where what a person records by hand comes from."""


def _checked(payload: Payload) -> Callable[[Ledger], Callable[[str], Payload]]:
    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        require_sound(payload)
        require_past(payload, ledger.today(), ledger.opened.zone)
        return lambda _: payload

    return checked


@click.command()
@click.argument("learner")
@click.option("--organisation", type=text, required=True, help="The school, by its jurisdiction.")
@click.option("--from", "first_day", type=day, metavar="DAY", required=True, help="The first day.")
@click.option("--until", "last_day", type=day, metavar="DAY", help="The last day; open where not given.")
@click.option("--grade", type=text, help="The grade of record from the first day on.")
@new
@prints(WrittenView)
@pass_session
def enrolment(
    session: Session,
    learner: str,
    organisation: str,
    first_day: date,
    last_day: date | None,
    grade: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record in which school a learner is enrolled; of enrolments that cover a day the last recorded counts.

    An enrolment recorded again from the same first day gets the last day given.

    Example: mastery record enrolment S-1001 --organisation us-tx/pine-valley/north-high --from 2025-08-18 --grade 9
    """
    payload = LearnerEnrolled(
        organisation=organisation,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat() if last_day else None,
        grade=grade,
        source=HERE,
    )
    record_entry(session, learner, new, as_json, "enrolment", _checked(payload))


@click.command()
@click.argument("learner")
@click.option("--origin", type=text, metavar="ORGANISATION", required=True, help="The school that was left.")
@click.option("--destination", type=text, metavar="ORGANISATION", required=True, help="The new school.")
@click.option("--on", "on", type=day, metavar="DAY", required=True, help="The first day in the new school.")
@new
@prints(WrittenView)
@pass_session
def transfer(session: Session, learner: str, origin: str, destination: str, on: date, new: bool, as_json: bool) -> None:
    """Record that a learner went from one school to another.

    Example: mastery record transfer S-1001 --origin us-tx/x/north --destination us-tx/x/south --on 2026-01-07
    """
    payload = LearnerTransferred(origin=origin, destination=destination, day=on.isoformat(), source=HERE)
    record_entry(session, learner, new, as_json, "transfer", _checked(payload))


@click.command()
@click.argument("learner")
@click.option("--grade", type=text, required=True, help="The grade of record.")
@click.option("--from", "first_day", type=day, metavar="DAY", required=True, help="The first day it counts from.")
@click.option("--basis", type=text, help="The law or document it rests on; no word about a person.")
@new
@prints(WrittenView)
@pass_session
def grade(
    session: Session, learner: str, grade: str, first_day: date, basis: str | None, new: bool, as_json: bool
) -> None:
    """Record which grade a learner is in, from a day on.

    Example: mastery record grade S-1001 --grade 10 --from 2026-08-17
    """
    payload = GradeOfRecordSet(grade=grade, first_day=first_day.isoformat(), basis=basis)
    record_entry(session, learner, new, as_json, "grade of record", _checked(payload))


@click.command()
@click.argument("learner")
@click.argument("course", type=text)
@click.option("--from", "first_day", type=day, metavar="DAY", help="The first day it is taken.")
@click.option("--until", "last_day", type=day, metavar="DAY", help="With --from, the last day, where it is planned.")
@click.option("--completed", type=day, metavar="DAY", help="The day it was finished.")
@click.option("--left", type=day, metavar="DAY", help="The last day it was taken by one who left it.")
@click.option("--section", type=text, help="With --from, the section, by code.")
@click.option("--session", "term", type=text, help="The session, by code, such as 2026-fall.")
@click.option("--organisation", type=text, help="The school that teaches it, by its jurisdiction.")
@new
@prints(WrittenView)
@pass_session
def course(
    session: Session,
    learner: str,
    course: str,
    first_day: date | None,
    last_day: date | None,
    completed: date | None,
    left: date | None,
    section: str | None,
    term: str | None,
    organisation: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record that a learner began a course, finished it or left it.

    Example: mastery record course S-1001 ALG1 --from 2025-08-18 --section 3 --session 2025-26
    """
    given = [("began", first_day), ("completed", completed), ("left", left)]
    if sum(on is not None for _, on in given) != 1:
        raise UsageError("give --from, --completed or --left, and only one of them")
    if first_day is None and (last_day or section):
        raise UsageError("--until and --section go with --from")
    step, on = next((step, on.isoformat()) for step, on in given if on is not None)
    payload: Payload
    if step == "began":
        until = last_day.isoformat() if last_day else None
        payload = CourseEnrolled(
            course=course,
            first_day=on,
            last_day=until,
            section=section,
            session=term,
            organisation=organisation,
            source=HERE,
        )
    else:
        ended = CourseCompleted if step == "completed" else CourseLeft
        payload = ended(course=course, day=on, session=term, organisation=organisation)
    record_entry(session, learner, new, as_json, f"course {step}", _checked(payload))


@click.command()
@click.argument("learner")
@click.option("--entry", type=click.IntRange(1), metavar="VERSION", required=True, help="Its version, as listed.")
@reason
@document
@prints(WrittenView)
@pass_session
def retraction(session: Session, learner: str, entry: int, reason: str, document: Path | None, as_json: bool) -> None:
    """Take back an enrolment, a transfer, a grade or a course that should not have been recorded.

    What it had replaced counts again; `mastery learner` lists entries with their versions.

    Example: mastery record retraction S-1001 --entry 7 --reason "Another learner's transfer"
    """
    with session.open() as ledger:
        identity = learner_of(ledger, learner)
        named = kept(ledger, identity, document)
        written = learning.retract(ledger, session.author(ledger), identity, entry, reason, named)
        answer = written_view(ledger, written, ())
    show(answer, as_json, lambda one: written_lines(one, f"Retracted version {entry}"))
