"""`mastery changes propose`, `end` and `roll-back`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, get_args

import click

from ledger.application import Ledger, proposing
from ledger.application.adopting import Adoption
from ledger.application.named import policy_named, scale_named, subjects_named
from ledger.application.proposing import Proposal
from ledger.catalogue import load
from ledger.cli.adopting import authority_of, settings_of
from ledger.cli.attesting import attestation_of, attested
from ledger.cli.change_text import change_lines
from ledger.cli.options import authority, day, plugins, settings, text
from ledger.cli.printing import prints, show
from ledger.cli.session import Session, pass_session
from ledger.domain.change_fold import Change
from ledger.domain.jurisdiction import Binding, BindingClock
from ledger.inquiry.changes import ChangeView, change_view
from ledger.policy.model import Policy
from ledger.storage.envelope import Author

Command = TypeVar("Command", bound=Callable[..., Any])

public_reason = click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")
emergency = click.option(
    "--emergency",
    is_flag=True,
    help="It cannot wait: it binds from today once another person agrees, and ends by itself unless confirmed.",
)
confirm_by = click.option(
    "--confirm-by", type=day, help="The day by which an emergency is to be confirmed; 30 days on."
)


def told(ledger: Ledger, change: Change, author: Author, as_json: bool) -> None:
    """Print everything about a change."""
    show(change_view(ledger, change.id, author), as_json, change_lines)


_TERMS = (
    click.option("--jurisdiction", help="Whose rule it becomes: the ledger's own, or a school of it."),
    click.option("--from", "first_day", type=day, required=True, help="The first day."),
    click.option("--until", "last_day", type=day, help="The last day; open where not given."),
    settings,
    click.option("--subject", "subjects", multiple=True, help="Only for this competency or course; may be repeated."),
    click.option("--scale", help="The scale whose bands turn scores into levels, by id or title."),
    click.option("--pilot", help="The pilot it is made under, by id or title."),
    click.option("--acknowledge-unverified", is_flag=True, help="Adopt although something in it is not verified."),
)
_BINDING = (
    click.option(
        "--binds",
        "clock",
        type=click.Choice(get_args(BindingClock)),
        default="decision",
        show_default=True,
        help="What has to lie between --since and --through: the first evidence, or the day the course began.",
    ),
    click.option("--since", type=day, help="The first day of what binds."),
    click.option("--through", type=day, help="The last day of what binds."),
    click.option("--cohort", help="The cohort clock of an entering class, such as graduating-class."),
    click.option("--first-class", type=int, help="The first year of the classes bound."),
    click.option("--last-class", type=int, help="The last year of the classes bound."),
    click.option("--school", "organisations", multiple=True, help="Only learners of this school; may be repeated."),
    click.option("--grade", "grades", multiple=True, help="Only learners in this grade; may be repeated."),
    click.option("--course", "courses", multiple=True, help="Only learners taking this course; may be repeated."),
)


def terms(command: Command) -> Command:
    """Add the options of what is adopted, for whom, from when."""
    for option in reversed((*_TERMS, *_BINDING)):
        command = option(command)
    return command


@click.command()
@click.argument("policy")
@terms
@authority
@public_reason
@emergency
@confirm_by
@attested
@plugins
@prints(ChangeView)
@pass_session
def propose(session: Session, /, policy: str, plugins: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Propose that a policy governs from a day on, with values of one's own and for whom it is to bind.

    POLICY is the id of a policy, in the edition in force on that day, or id@first-day for one edition.

    Example: mastery --as m.ortiz changes propose competency-based/mastery --from 2027-01-11 --param kinds=3
    --scale four-levels --authority "Board of trustees" --minute 2026-31 --reason "Two kinds of task are not enough"
    """
    chosen = policy_named(load(plugins), policy, given["first_day"])
    with session.open() as ledger:
        author = session.author(ledger)
        adoption = _adoption(ledger, chosen, given)
        proposal = Proposal(
            authority=adoption.authority,
            reason=adoption.reason,
            first_day=adoption.first_day,
            adoption=adoption,
            emergency=given["emergency"],
            confirm_by=given["confirm_by"],
            attestation=attestation_of(ledger, given["attested_by"], given["capacity"], given["attestation"]),
        )
        told(ledger, proposing.propose(ledger, author, proposal), author, as_json)


def _adoption(ledger: Ledger, policy: Policy, given: Mapping[str, Any]) -> Adoption:
    return Adoption(
        policy=policy,
        jurisdiction=given["jurisdiction"] or ledger.jurisdiction,
        first_day=given["first_day"],
        last_day=given["last_day"],
        authority=authority_of(given["body"], given["dated"], given["minute"], given["link"]),
        reason=given["reason"],
        overrides=settings_of(given["parameters"]),
        subjects=subjects_named(ledger, policy, given["subjects"]),
        scale=scale_named(ledger, given["scale"]),
        acknowledge_unverified=given["acknowledge_unverified"],
        binding=_binding(given),
        pilot=given["pilot"],
    )


def _binding(given: Mapping[str, Any]) -> Binding | None:
    binding = Binding(
        clock=given["clock"],
        since=given["since"].isoformat() if given["since"] else None,
        until=given["through"].isoformat() if given["through"] else None,
        cohort=given["cohort"],
        first_class=given["first_class"],
        last_class=given["last_class"],
        organisations=given["organisations"] or None,
        grades=given["grades"] or None,
        courses=given["courses"] or None,
    )
    return None if binding == Binding() else binding


@click.command()
@click.argument("position", type=click.IntRange(min=1))
@click.option("--from", "first_day", type=day, required=True, help="The first day on which it binds no more.")
@authority
@public_reason
@emergency
@prints(ChangeView)
@pass_session
def end(
    session: Session,
    position: int,
    first_day: date,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    emergency: bool,
    as_json: bool,
) -> None:
    """Propose that an adoption of this ledger ends, so that what it replaced governs again.

    POSITION is that of the adoption, as `mastery changes rules` lists it.

    Example: mastery --as m.ortiz changes end 14 --from 2027-01-11 --authority "Board of trustees"
    --reason "The state's own rule is enough"
    """
    with session.open() as ledger:
        author = session.author(ledger)
        proposal = Proposal(
            authority_of(body, dated, minute, link), reason, first_day, ends=position, emergency=emergency
        )
        told(ledger, proposing.propose(ledger, author, proposal), author, as_json)


@click.command("roll-back")
@click.argument("change")
@click.option("--from", "first_day", type=day, required=True, help="The first day on which it binds no more.")
@authority
@public_reason
@emergency
@prints(ChangeView)
@pass_session
def roll_back(
    session: Session,
    change: str,
    first_day: date,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    emergency: bool,
    as_json: bool,
) -> None:
    """Propose the change that undoes an active one; nothing that was decided meanwhile is undone by it.

    Example: mastery --as m.ortiz changes roll-back 3 --from 2027-02-01 --authority "Board of trustees"
    --reason "Two courses were not ready for it"
    """
    with session.open() as ledger:
        author = session.author(ledger)
        body_named = authority_of(body, dated, minute, link)
        done = proposing.roll_back(ledger, author, change, first_day, body_named, reason, emergency=emergency)
        told(ledger, done, author, as_json)
