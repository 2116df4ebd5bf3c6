"""`mastery record cohort`, `support` and `choice`."""

from collections.abc import Callable
from datetime import date

import click
from msgspec.structs import replace

from ledger.application import Ledger
from ledger.application.checking import require_sound
from ledger.application.checking_people import YEARS
from ledger.cli.options import day, moment, text
from ledger.cli.printing import prints
from ledger.cli.recorded_entry import by_given, by_options, past, record_entry, subject_given, subject_options
from ledger.cli.recorded_learner import new
from ledger.cli.session import Session, pass_session
from ledger.domain.learner import ChoiceMade, CohortSet, SupportOffered, SupportProvided
from ledger.domain.shapes import Payload
from ledger.errors import UsageError
from ledger.inquiry.written import WrittenView


@click.command()
@click.argument("learner")
@click.option("--clock", type=text, required=True, help="The cohort clock, as the policy that reads it names it.")
@click.option(
    "--year", type=click.IntRange(YEARS[0], YEARS[-1]), metavar="YEAR", help="The calendar year it is set to."
)
@click.option("--day", "on", type=day, help="The day it is set to, in place of a year.")
@click.option("--basis", type=text, help="The law or document it rests on; no word about a person.")
@new
@prints(WrittenView)
@pass_session
def cohort(
    session: Session,
    learner: str,
    clock: str,
    year: int | None,
    on: date | None,
    basis: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record which cohort a learner belongs to, such as the class that graduates in a year.

    Example: mastery record cohort S-1001 --clock graduating-class --year 2028
    """
    if (year is None) == (on is None):
        raise UsageError("give --year or --day, and only one of them")

    def checked(_: Ledger) -> Callable[[str], Payload]:
        payload = CohortSet(clock=clock, year=year, day=on.isoformat() if on else None, basis=basis)
        require_sound(payload)
        return lambda _: payload

    record_entry(session, learner, new, as_json, "cohort", checked)


@click.command()
@click.argument("learner")
@click.option("--kind", type=text, required=True, help="The support, as the policy that reads it names it.")
@click.option("--stage", type=click.Choice(("offered", "provided")), required=True, help="How far it came.")
@subject_options
@click.option("--hours", help="How many hours were provided, as a plain decimal number.")
@by_options
@click.option("--occurred", type=moment, metavar="DATE", help="When.")
@click.option("--note", type=text, help="A free text; kept in the vault.")
@new
@prints(WrittenView)
@pass_session
def support(
    session: Session,
    learner: str,
    kind: str,
    stage: str,
    competency: str | None,
    course: str | None,
    requirement: str | None,
    hours: str | None,
    who: str | None,
    organisation: str | None,
    capacity: str | None,
    occurred: str | None,
    note: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record that help was offered or provided, such as tutoring before a retake.

    Example: mastery record support S-1001 --kind tutoring --stage provided --course ALG1 --hours 1.5
    """
    if hours is not None and stage == "offered":
        raise UsageError("--hours: only support that was provided has hours")

    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        subject, when = subject_given(ledger, competency, course, requirement), past(ledger, occurred)
        payload: SupportOffered | SupportProvided = (
            SupportOffered(subject=subject, kind=kind, occurred=when)
            if stage == "offered"
            else SupportProvided(subject=subject, kind=kind, occurred=when, hours=hours)
        )
        require_sound(payload)
        return lambda identity: replace(
            payload,
            by=by_given(ledger, who, organisation, capacity),
            note=ledger.vault.put_text(identity, note) if note else None,
        )

    record_entry(session, learner, new, as_json, "support", checked)


@click.command()
@click.argument("learner")
@click.option("--choice", "code", type=text, required=True, help="What was to be chosen, as the policy names it.")
@click.option("--option", "options", type=text, multiple=True, help="An option that was chosen; may be repeated.")
@click.option("--withdrawn", is_flag=True, help="Nothing is chosen any more.")
@subject_options
@by_options
@click.option("--occurred", type=moment, metavar="DATE", help="When.")
@new
@prints(WrittenView)
@pass_session
def choice(
    session: Session,
    learner: str,
    code: str,
    options: tuple[str, ...],
    withdrawn: bool,
    competency: str | None,
    course: str | None,
    requirement: str | None,
    who: str | None,
    organisation: str | None,
    capacity: str | None,
    occurred: str | None,
    new: bool,
    as_json: bool,
) -> None:
    """Record what a learner, or who speaks for the learner, chose, such as an endorsement.

    Example: mastery record choice S-1001 --choice us-tx/endorsement --option stem --occurred 2026-02-10
    """
    if bool(options) == withdrawn:
        raise UsageError("give each --option that was chosen, or --withdrawn")

    def checked(ledger: Ledger) -> Callable[[str], Payload]:
        subject, when = subject_given(ledger, competency, course, requirement), past(ledger, occurred)
        payload = ChoiceMade(choice=code, options=options, subject=subject, occurred=when)
        require_sound(payload)
        return lambda _: replace(payload, by=by_given(ledger, who, organisation, capacity))

    record_entry(session, learner, new, as_json, "choice", checked)
