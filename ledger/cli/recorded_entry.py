"""What every command that records something beside evidence shares: its subject, its date, its answer."""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import click

from ledger.application import Ledger, learning
from ledger.cli.options import text
from ledger.cli.printing import show
from ledger.cli.recorded_learner import made_learner, require_learner
from ledger.cli.session import Session
from ledger.cli.written_text import written_lines
from ledger.domain.shapes import Assessor, Payload, Subject
from ledger.errors import UsageError
from ledger.importing.checking import names_known
from ledger.inquiry.written import written_view
from ledger.interchange.remembered import Wrong

Command = TypeVar("Command", bound=Callable[..., Any])
Checked: TypeAlias = Callable[[Ledger], Callable[[str], Payload]]
"""Checks what was given, and returns what makes the payload of a learner, who is not known before."""


def subject_options(command: Command) -> Command:
    """Add the options of one subject, or none."""
    for option in (
        click.option("--requirement", type=text, help="The requirement it is about, by code."),
        click.option("--course", type=text, help="The course it is about, by code."),
        click.option("--competency", help="The competency it is about, by id or code."),
    ):
        command = option(command)
    return command


def by_options(command: Command) -> Command:
    """Add the options of who acted, none of which is needed."""
    for option in (
        click.option("--capacity", type=text, help="In what capacity: teacher, guardian, board."),
        click.option("--organisation", type=text, help="The organisation that person speaks for."),
        click.option("--by", "who", type=text, metavar="WHO", help="Who did it, by the id of that person."),
    ):
        command = option(command)
    return command


def subject_given(
    ledger: Ledger, competency: str | None, course: str | None, requirement: str | None
) -> Subject | None:
    """Return the one subject that the options name, null for none; raise `UsageError` for several."""
    given = {"competency": competency, "course": course, "requirement": requirement}
    named = [(kind, name) for kind, name in given.items() if name is not None]
    if len(named) > 1:
        raise UsageError("give only one of --competency, --course and --requirement")
    return learning.subject_of(ledger, named[0][1], named[0][0]) if named else None


def by_given(ledger: Ledger, who: str | None, organisation: str | None, capacity: str | None) -> Assessor | None:
    """Return who the options say acted, null where they say nothing; a person is named by a vault id."""
    if who is None and organisation is None and capacity is None:
        return None
    person = None if who is None else ledger.vault.person_id(who)
    return Assessor(who=person, organisation=organisation, capacity=capacity)


def past(ledger: Ledger, occurred: str | None) -> str | None:
    """Return a date that was given; raise `UsageError` where it is in the future."""
    if occurred is None:
        return None
    found = names_known(ledger).past[occurred]
    if isinstance(found, Wrong):
        raise UsageError(f"--occurred: {found.why}")
    return found


def record_entry(session: Session, learner: str, new: bool, as_json: bool, what: str, checked: Checked) -> None:
    """Record what was checked and say what it came to; nothing is made of a learner before the check."""
    with session.open() as ledger:
        known, made = require_learner(ledger, learner, new), checked(ledger)
        identity = made_learner(ledger, learner, known)
        payload = made(identity)
        written = learning.record(ledger, session.author(ledger), identity, payload)
        subject = getattr(payload, "subject", None)
        answer = written_view(ledger, written, {subject.key} if subject else ())
    show(answer, as_json, lambda one: written_lines(one, f"Recorded {what}"))
