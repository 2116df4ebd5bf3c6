"""`mastery record preparation`, `status` and `approval`."""

from collections.abc import Callable
from datetime import date
from typing import get_args

import click

from ledger.application import Ledger, learning
from ledger.cli.options import day, moment, text
from ledger.cli.printing import prints
from ledger.cli.recorded_entry import past, record_entry, subject_given, subject_options
from ledger.cli.recorded_learner import new
from ledger.cli.session import Session, pass_session
from ledger.domain.learner import ApprovalGiven, ApprovalKind, ApprovalRefused, PreparationRecorded, StatusSet
from ledger.domain.shapes import Assessor, Payload
from ledger.errors import UsageError
from ledger.inquiry.written import WrittenView


@click.command()
@click.argument("learner")
@click.option("--competency", required=True, help="The competency prepared for, by id or code.")
@click.option("--kind", type=text, required=True, help="How: tutoring, practice, conference.")
@click.option("--occurred", type=moment, metavar="DATE", help="When.")
@click.option("--attested-by", type=text, metavar="WHO", help="Who says so, by the id of that person.")
@click.option("--note", type=text, help="A free text; kept in the vault.")
@new
@prints(WrittenView)
@pass_session
def preparation(
    session: Session,
    learner: str,
    competency: str,
    kind: str,
    occurred: str | None,
    attested_by: str | None,
    note: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record that a learner prepared anew for a competency, so that a retake may count.

    Example: mastery record preparation S-1001 --competency M.1 --kind tutoring --occurred 2026-06-01
    """

    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        subject, when = learning.subject_of(ledger, competency), past(ledger, occurred)
        return lambda identity: PreparationRecorded(
            subject=subject,
            kind=kind,
            occurred=when,
            attested_by=ledger.vault.person_id(attested_by) if attested_by else None,
            note=ledger.vault.put_text(identity, note) if note else None,
        )

    record_entry(session, learner, new, as_json, "preparation", checked)


@click.command()
@click.argument("learner")
@click.option("--code", type=text, required=True, help="The status, as the policy that reads it names it.")
@subject_options
@click.option("--not", "ended", is_flag=True, help="It does not hold.")
@click.option("--from", "first_day", type=day, help="The first day.")
@click.option("--until", "last_day", type=day, help="The last day.")
@click.option("--basis", type=text, required=True, help="The law or document it rests on; no word about a person.")
@new
@prints(WrittenView)
@pass_session
def status(
    session: Session,
    learner: str,
    code: str,
    competency: str | None,
    course: str | None,
    requirement: str | None,
    ended: bool,
    first_day: date | None,
    last_day: date | None,
    basis: str,
    new: bool,
    as_json: bool,
) -> None:
    """Record a status that a rule may read, such as prior instruction in a course.

    Example: mastery record status S-1001 --code us-tx/prior-instruction --course ALG1 --basis "Transcript"
    """
    if first_day and last_day and last_day < first_day:
        raise UsageError(f"--until {last_day} is before --from {first_day}")

    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        subject = subject_given(ledger, competency, course, requirement)
        return lambda _: StatusSet(
            code=code,
            holds=not ended,
            subject=subject,
            first_day=first_day.isoformat() if first_day else None,
            last_day=last_day.isoformat() if last_day else None,
            basis=basis,
        )

    record_entry(session, learner, new, as_json, "status", checked)


@click.command()
@click.argument("learner")
@click.option("--kind", type=click.Choice(get_args(ApprovalKind)), required=True, help="What kind of approval.")
@subject_options
@click.option("--by", "who", type=text, required=True, metavar="WHO", help="Who gave it, by the id of that person.")
@click.option("--organisation", type=text, help="The organisation that person speaks for.")
@click.option("--capacity", type=text, help="In what capacity: teacher, guardian, board.")
@click.option("--refused", is_flag=True, help="It was refused.")
@click.option("--occurred", type=moment, metavar="DATE", help="When.")
@new
@prints(WrittenView)
@pass_session
def approval(
    session: Session,
    learner: str,
    kind: ApprovalKind,
    competency: str | None,
    course: str | None,
    requirement: str | None,
    who: str,
    organisation: str | None,
    capacity: str | None,
    refused: bool,
    occurred: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record that somebody whose word a rule asks for said yes, or no.

    Example: mastery record approval S-1001 --kind recommendation --course ALG1 --by T-7 --capacity teacher
    """

    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        event = ApprovalRefused if refused else ApprovalGiven
        subject, when = subject_given(ledger, competency, course, requirement), past(ledger, occurred)
        return lambda _: event(
            kind=kind,
            subject=subject,
            occurred=when,
            by=Assessor(who=ledger.vault.person_id(who), organisation=organisation, capacity=capacity),
        )

    record_entry(session, learner, new, as_json, "approval", checked)
