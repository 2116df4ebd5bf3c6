"""`mastery access`: who holds which role where, why somebody may do something, and who looked at what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.access.grants import Granted, Target
from ledger.application import Ledger
from ledger.application.granting import end_role, grant_role, grants_of
from ledger.cli.access_options import ACTIONS, OF_ROLES, person_of
from ledger.cli.access_reads import log_command, readers_command
from ledger.cli.options import day, text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, learner_of, pass_session
from ledger.domain.access import Place
from ledger.errors import UnknownName
from ledger.inquiry.granted import Allowed, GrantRow, allowed, grant_row, grant_rows
from ledger.inquiry.places import target_of


@dataclass(frozen=True, slots=True)
class Grants:
    """Who holds which role where, holder by holder."""

    grants: tuple[GrantRow, ...]


@click.group()
def access() -> None:
    """Say who holds which role where, and who looked at what.

    PERSON is the id by which somebody is known here, such as m.ortiz. Whoever may run this command on the
    machine may give any role; in the browser nobody gives one outside of their own place.
    """


@access.command("grant")
@click.argument("person", type=text)
@click.argument("role", type=click.Choice(sorted(OF_ROLES)), metavar="ROLE")
@click.argument("place", required=False)
@click.option("--section", type=text, help="The local code of a class in PLACE: the role holds in that class alone.")
@click.option("--learner", help="The role holds for this learner alone, by an id or a UUID; no PLACE is given.")
@click.option("--from", "first_day", type=day, help="The first day it holds; today where not given.")
@click.option("--until", type=day, help="The last day it holds; without it until it is ended.")
@click.option("--reason", type=text, help="Why; kept in the vault, not in the log.")
@prints(GrantRow)
@pass_session
def grant_command(
    session: Session,
    person: str,
    role: str,
    place: str | None,
    section: str | None,
    learner: str | None,
    first_day: date | None,
    until: date | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """Give a person a role in a place, such as us-tx/pine-valley/north-high.

    ROLE is one of: state-director, state-analyst, district-admin, approver, registrar, principal, counsellor,
    teacher, case-manager, learner, guardian, auditor, integrator. PLACE is the ledger's own where not given.

    Example: mastery access grant a.chen teacher us-tx/pine-valley/north-high --section ALG1-02 --until 2026-06-30
    """
    with session.open() as ledger:
        meant = _place(ledger, place, section, learner)
        holder = ledger.vault.person_id(person)
        begins = first_day or ledger.today()
        author = session.author(ledger)
        grant_role(ledger, author, holder, OF_ROLES[role], meant, first_day=begins, last_day=until, reason=reason or "")
        given = grants_of(ledger, holder)[-1]
        row = grant_row(ledger, given, ledger.today(), ledger.vault.names)
    show(row, as_json, lambda one: [f"{one.person} is {one.role} in {one.where} {_span(one)}. Grant {one.grant}."])


def _place(ledger: Ledger, place: str | None, section: str | None, learner: str | None) -> Place:
    if learner is not None:
        return Place(kind="learner", organisation=place, section=section, learner=learner_of(ledger, learner))
    kind = "class" if section else "jurisdiction"
    return Place(kind=kind, organisation=place or ledger.jurisdiction, section=section)  # type: ignore[arg-type]


def _span(one: GrantRow) -> str:
    return f"from {one.first_day} " + (f"to {one.last_day}" if one.last_day else "until it is ended")


@access.command("end")
@click.argument("person", type=text)
@click.argument("grant")
@click.option("--on", "last_day", type=day, help="The last day it holds; yesterday where not given: it ends at once.")
@click.option("--reason", type=text, help="Why; kept in the vault, not in the log.")
@prints(GrantRow)
@pass_session
def end_command(
    session: Session, person: str, grant: str, last_day: date | None, reason: str | None, as_json: bool
) -> None:
    """End a grant, by the id that `mastery access list` shows or the beginning of it.

    Example: mastery access end a.chen 4f1c --on 2026-06-05
    """
    with session.open() as ledger:
        holder = person_of(ledger, person)
        found = _one(grants_of(ledger, holder), grant)
        last = last_day or date.fromordinal(ledger.today().toordinal() - 1)
        end_role(ledger, session.author(ledger), holder, found.grant, last, reason or "")
        ended = _one(grants_of(ledger, holder), found.grant)
        row = grant_row(ledger, ended, ledger.today(), ledger.vault.names)
    show(row, as_json, lambda one: [f"{one.person} was {one.role} in {one.where}, {_span(one)}."])


def _one(grants: tuple[Granted, ...], beginning: str) -> Granted:
    found = [one for one in grants if one.grant.startswith(beginning)]
    if len(found) != 1:
        known = ", ".join(one.grant for one in grants) or "none"
        raise UnknownName(f"{beginning!r} names {len(found)} grants of this person; there are {known}")
    return found[0]


@access.command("list")
@click.option("--person", type=text, help="Only what this person holds.")
@click.option("--role", type=click.Choice(sorted(OF_ROLES)), metavar="ROLE", help="Only this role.")
@click.option("--all", "every", is_flag=True, help="Also what is over.")
@prints(Grants)
@pass_session
def list_command(session: Session, person: str | None, role: str | None, every: bool, as_json: bool) -> None:
    """List who holds which role where, from when to when, and by whom it was given.

    Example: mastery access list --role approver
    """
    with session.open() as ledger:
        wanted = None if person is None else person_of(ledger, person)
        found = tuple(
            row
            for row in grant_rows([ledger], ledger.today(), ledger.vault.names, wanted)
            if (every or row.state != "over") and (role is None or row.role == OF_ROLES[role])
        )
    show(Grants(found), as_json, _listed)


def _listed(answer: Grants) -> Iterator[str]:
    headings = ("person", "role", "where", "from", "to", "state", "given by", "grant")
    yield from table(
        headings,
        [
            (one.person, one.role, one.where, one.first_day, one.last_day or "", one.state, one.given_by, one.grant)
            for one in answer.grants
        ],
    )
    yield f"{counted(len(answer.grants), 'grant')}."


@access.command("may")
@click.argument("person", type=text)
@click.argument("action", type=click.Choice(sorted(ACTIONS)), metavar="ACTION")
@click.option("--learner", help="Do it to this learner, by an id or a UUID; to the ledger as a whole where not given.")
@prints(Allowed)
@pass_session
def may_command(session: Session, person: str, action: str, learner: str | None, as_json: bool) -> None:
    """Say whether a person may do something, and by which grant, or of each why not.

    ACTION is one of those in docs/access.md, such as read-record.

    Example: mastery access may a.chen read-record --learner S-1001
    """
    with session.open() as ledger:
        target = Target(ledger.jurisdiction) if learner is None else target_of(ledger, learner_of(ledger, learner))
        holder = person_of(ledger, person)
        answer = allowed([ledger], holder, ACTIONS[action], target, ledger.today(), ledger.vault.names)
    show(answer, as_json, _allowed)


def _allowed(answer: Allowed) -> Iterator[str]:
    if answer.grant is not None:
        one = answer.grant
        yield f"Yes: as {one.role} in {one.where}, given by {one.given_by}, {_span(one)}."
        return
    yield "No."
    yield from (f"  {why}" for why in answer.because)


for command in (log_command, readers_command):
    access.add_command(command)
