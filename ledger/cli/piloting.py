"""`mastery pilots`: opening a pilot, letting it last longer, ending it, and looking at it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import click

from ledger.application import piloting as commands
from ledger.cli.adopting import authority_of
from ledger.cli.options import authority, day, text
from ledger.cli.pilot_figures import certify, compare, export, receive, submit
from ledger.cli.pilot_text import pilot_line, pilot_lines
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.domain.learner import Question
from ledger.domain.pilots import ExitRule, Participant, Scope, Waiver
from ledger.domain.shapes import Authority
from ledger.errors import UsageError
from ledger.inquiry.pilots import PilotView, pilot_view, pilot_views


@dataclass(frozen=True, slots=True)
class ListedPilots:
    """Every pilot the ledger knows, its own and those received."""

    pilots: tuple[PilotView, ...]


@dataclass(frozen=True, slots=True)
class PilotChanged:
    """What became of a pilot: the position of the event, and the pilot as it stands now."""

    position: int
    pilot: PilotView


public_reason = click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")


def participant(value: str) -> Participant:
    """Read an organisation, with its own first day after an equals sign where it begins later than the pilot."""
    name, sign, first_day = value.partition("=")
    return Participant(organisation=name.strip(), first_day=day(first_day.strip()).isoformat() if sign else None)


@click.group()
def pilots() -> None:
    """Try another rule in some districts or schools for a time, by authority, and see what comes of it.

    PILOT is the title of a pilot, its id, or the beginning of the id.
    """


@pilots.command("list")
@prints(ListedPilots)
@pass_session
def listing(session: Session, as_json: bool) -> None:
    """List the pilots this ledger knows.

    Example: mastery pilots list
    """
    with session.open() as ledger:
        answer = ListedPilots(pilot_views(ledger))
    show(answer, as_json, _listed)


def _listed(answer: ListedPilots) -> Iterator[str]:
    yield from table(("pilot", "title", "question", "from", "until", "status"), map(pilot_line, answer.pilots))
    yield f"{counted(len(answer.pilots), 'pilot')}."


@pilots.command("show")
@click.argument("pilot")
@prints(PilotView)
@pass_session
def show_pilot(session: Session, pilot: str, as_json: bool) -> None:
    """Show a pilot: by what authority, for whom, from when, how it ends, what is adopted under it.

    Example: mastery pilots show "Two kinds of task"
    """
    with session.open() as ledger:
        answer = pilot_view(ledger, pilot)
    show(answer, as_json, pilot_lines)


@pilots.command("open")
@click.argument("title", type=text)
@click.option("--purpose", type=text, required=True, help="What is to be found out; public.")
@click.option(
    "--question", type=click.Choice(get_args(Question), case_sensitive=False), required=True, help="What is decided."
)
@click.option("--award", type=text, default="standard", show_default=True, help="Which award of the question.")
@click.option("--from", "first_day", type=day, required=True, help="The first day.")
@click.option("--until", "last_day", type=day, required=True, help="The last day.")
@click.option(
    "--organisation",
    "organisations",
    type=participant,
    metavar="NAME[=DAY]",
    multiple=True,
    required=True,
    help="A district or school that takes part, with its own first day where it begins later; may be repeated.",
)
@click.option("--grade", "grades", multiple=True, help="Only this grade of record; may be repeated.")
@click.option("--course", "courses", multiple=True, help="Only this course; may be repeated.")
@click.option(
    "--exit",
    "exit_rule",
    type=click.Choice(get_args(ExitRule)),
    required=True,
    help="Whether who has begun by the end finishes under the pilot's rule.",
)
@click.option("--finish-by", type=day, help="The last day to finish by; as long as it takes where not given.")
@click.option("--waiver", type=text, metavar="CITATION", help="The law by which a bound is waived.")
@click.option("--waiver-says", type=text, metavar="SENTENCE", help="The sentence of it that waives.")
@click.option("--waiver-link", type=text, help="Where it can be read.")
@click.option(
    "--waives", type=click.IntRange(min=1), metavar="POSITION", multiple=True, help="A bound set here; may repeat."
)
@authority
@prints(PilotChanged)
@pass_session
def open_pilot(session: Session, /, title: str, as_json: bool, **said: Any) -> None:
    """Open a pilot: some organisations try another rule for one question, for a time, by authority.

    Example: mastery pilots open "Two kinds of task" --purpose "Does a second kind of task help?" --question MASTERY
    --from 2026-08-01 --until 2027-06-30 --organisation us-tx/pine-valley --exit return-at-end --authority "State board"
    """
    opening = commands.Opening(
        title=title,
        authority=_authority(said),
        purpose=said["purpose"],
        question=said["question"],
        award=said["award"],
        first_day=said["first_day"],
        last_day=said["last_day"],
        scope=Scope(
            organisations=said["organisations"], grades=said["grades"] or None, courses=said["courses"] or None
        ),
        exit_rule=said["exit_rule"],
        exit_by=said["finish_by"],
        waiver=_waiver(said["waiver"], said["waiver_says"], said["waiver_link"]),
        waives=said["waives"],
    )
    with session.open() as ledger:
        done = commands.open_pilot(ledger, session.author(ledger), opening)
        answer = PilotChanged(done.last, pilot_view(ledger, title))
    show(answer, as_json, lambda one: _changed(one, "is opened"))


def _authority(said: Mapping[str, Any]) -> Authority:
    return authority_of(said["body"], said["dated"], said["minute"], said["link"])


def _waiver(citation: str | None, sentence: str | None, link: str | None) -> Waiver | None:
    if citation is None and sentence is None and link is None:
        return None
    if citation is None or sentence is None:
        raise UsageError("a waiver has a citation and a sentence: give both --waiver and --waiver-says")
    return Waiver(citation=citation, sentence=sentence, link=link)


def _changed(answer: PilotChanged, done: str) -> Iterator[str]:
    yield f"The pilot {answer.pilot.title!r} {done} (position {answer.position}):"
    yield from pilot_lines(answer.pilot)


@pilots.command()
@click.argument("pilot")
@click.option("--until", "last_day", type=day, required=True, help="The new last day.")
@click.option("--finish-by", type=day, help="The new last day to finish by; as before where not given.")
@authority
@public_reason
@prints(PilotChanged)
@pass_session
def extend(
    session: Session, /, pilot: str, last_day: date, finish_by: date | None, reason: str, as_json: bool, **said: Any
) -> None:
    """Let a pilot last longer than was said.

    Example: mastery pilots extend "Two kinds of task" --until 2028-06-30 --authority "State board"
    --reason "A second year"
    """
    with session.open() as ledger:
        done = commands.extend_pilot(
            ledger,
            session.author(ledger),
            pilot,
            last_day,
            exit_by=finish_by,
            authority=_authority(said),
            reason=reason,
        )
        answer = PilotChanged(done.last, pilot_view(ledger, pilot))
    show(answer, as_json, lambda one: _changed(one, "lasts longer"))


@pilots.command()
@click.argument("pilot")
@click.option("--until", "last_day", type=day, required=True, help="The new last day, today at the soonest.")
@authority
@public_reason
@prints(PilotChanged)
@pass_session
def end(session: Session, /, pilot: str, last_day: date, reason: str, as_json: bool, **said: Any) -> None:
    """End a pilot sooner than was said; what was decided under it stands.

    What is adopted under it and reaches beyond the new end is named: `mastery changes end` ends each.

    Example: mastery pilots end "Two kinds of task" --until 2027-01-15 --authority "State board"
    --reason "Enough is known"
    """
    with session.open() as ledger:
        author = session.author(ledger)
        done = commands.end_pilot(ledger, author, pilot, last_day, authority=_authority(said), reason=reason)
        answer = PilotChanged(done.last, pilot_view(ledger, pilot))
    show(answer, as_json, lambda one: _changed(one, "ends sooner"))


for command in (submit, certify, export, receive, compare):
    pilots.add_command(command)
