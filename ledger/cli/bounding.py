"""`mastery bounds`: what jurisdictions below must keep within, and which rules do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

import click

from ledger.application import Ledger, bound_setting, open_ledger
from ledger.application.fitting import Misfit, misfits
from ledger.application.named import policy_named, subjects_named
from ledger.catalogue import load
from ledger.cli.adopting import authority_of, settings_of
from ledger.cli.options import authority, day, plugins, settings, text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.domain.jurisdiction import BoundSide
from ledger.home import Home
from ledger.inquiry.changes import about_words

BOTH = "both"


@dataclass(frozen=True, slots=True)
class ListedBound:
    """A bound: its position here, by whom, on which side, with which rule, for which subjects and days."""

    position: int
    own: bool
    jurisdiction: str
    side: str
    question: str
    about: str
    edition: str
    first_day: str
    last_day: str
    authority: str


@dataclass(frozen=True, slots=True)
class ListedBounds:
    """Every bound this ledger knows."""

    bounds: tuple[ListedBound, ...]


@dataclass(frozen=True, slots=True)
class BoundDone:
    """The position of the last event about a bound, and a sentence."""

    position: int
    sentence: str


@dataclass(frozen=True, slots=True)
class OutsideRule:
    """An adoption that does not keep within a bound: whose, which rule, since when, and a sentence.

    `proved` is false where nobody can tell and a named person has to answer for it.
    """

    ledger: str
    jurisdiction: str
    question: str
    edition: str
    position: int
    bound: str
    since: str
    proved: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class OutsideRules:
    """The adoptions outside the bounds above, over `ledgers`, as far as each has received what binds it."""

    ledgers: tuple[str, ...]
    rules: tuple[OutsideRule, ...]


@click.group()
def bounds() -> None:
    """Set what jurisdictions below must keep within, and see which rules do not."""


@bounds.command("set")
@click.argument("policy")
@click.option(
    "--side",
    type=click.Choice([*get_args(BoundSide), BOTH]),
    required=True,
    help="floor: nobody may be awarded more easily; guarantee: nobody may be refused whom it awards.",
)
@click.option("--from", "first_day", type=day, required=True, help="The first day.")
@click.option("--until", "last_day", type=day, help="The last day; open where not given.")
@settings
@click.option("--subject", "subjects", multiple=True, help="Only for this competency or course; may be repeated.")
@authority
@click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")
@click.option("--acknowledge-unverified", is_flag=True, help="Set it although something in it is not verified.")
@plugins
@prints(BoundDone)
@pass_session
def set_one(
    session: Session,
    policy: str,
    side: str,
    first_day: date,
    last_day: date | None,
    parameters: tuple[tuple[str, str], ...],
    subjects: tuple[str, ...],
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    acknowledge_unverified: bool,
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a rule the bound of the jurisdictions below; it governs nobody itself.

    Example: mastery --ledger us-tx bounds set us-tx/credit-by-examination --side floor --from 2027-01-11
    --authority "State board of education" --reason "No district awards credit below the state's score"
    """
    chosen = policy_named(load(plugins), policy, first_day)
    sides: tuple[BoundSide, ...] = ("floor", "guarantee") if side == BOTH else (side,)  # type: ignore[assignment]
    with session.open() as ledger:
        order = bound_setting.BoundOrder(
            policy=chosen,
            sides=sides,
            first_day=first_day,
            authority=authority_of(body, dated, minute, link),
            reason=reason,
            last_day=last_day,
            overrides=settings_of(parameters),
            subjects=subjects_named(ledger, chosen, subjects),
            acknowledge_unverified=acknowledge_unverified,
        )
        done = bound_setting.set_bound(ledger, session.author(ledger), order)
        what = " and a ".join(sides)
        sentence = f"{chosen.edition} is a {what} for whoever is below {ledger.jurisdiction}, from {first_day}"
    show(BoundDone(done.last, sentence), as_json, _done)


@bounds.command()
@click.argument("position", type=click.IntRange(min=1))
@click.option("--last-day", type=day, required=True, help="The last day on which it holds.")
@authority
@click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")
@prints(BoundDone)
@pass_session
def end(
    session: Session,
    position: int,
    last_day: date,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """End a bound; POSITION is that of the bound, as `mastery bounds list` names it.

    Example: mastery --ledger us-tx bounds end 12 --last-day 2027-07-31 --authority "State board of education"
    --reason "Repealed"
    """
    with session.open() as ledger:
        given = authority_of(body, dated, minute, link)
        done = bound_setting.end_bound(ledger, session.author(ledger), position, last_day, given, reason)
    show(BoundDone(done.last, f"The bound at position {position} holds until {last_day}"), as_json, _done)


def _done(answer: BoundDone) -> Iterator[str]:
    yield f"{answer.sentence} (position {answer.position})."


@bounds.command("list")
@prints(ListedBounds)
@pass_session
def listing(session: Session, as_json: bool) -> None:
    """List every bound this ledger has set or received.

    Example: mastery bounds list
    """
    with session.open() as ledger:
        answer = ListedBounds(tuple(_listed(ledger)))
    show(answer, as_json, _lines)


def _listed(ledger: Ledger) -> Iterator[ListedBound]:
    governance = ledger.governance()
    for placed in governance.bounds:
        bound = placed.payload
        yield ListedBound(
            position=placed.position,
            own=placed.upstream is None,
            jurisdiction=bound.jurisdiction,
            side=bound.side,
            question=bound.question,
            about=about_words(governance, bound),
            edition=bound.edition,
            first_day=bound.first_day,
            last_day=governance.last_day_of_bound(placed, governance.position) or "",
            authority=bound.authority.body,
        )


def _lines(answer: ListedBounds) -> Iterator[str]:
    headings = ("position", "set by", "side", "question", "about", "rule", "from", "until", "authority")
    yield from table(
        headings,
        [
            (
                one.position if one.own else f"{one.position} (received)",
                one.jurisdiction,
                one.side,
                one.question,
                one.about,
                one.edition,
                one.first_day,
                one.last_day or "open",
                one.authority,
            )
            for one in answer.bounds
        ],
    )
    yield f"{counted(len(answer.bounds), 'bound')}."


@bounds.command()
@prints(OutsideRules)
@pass_session
def outside(session: Session, as_json: bool) -> None:
    """Name the adoptions that do not keep within the bounds above them, and from when.

    With --ledger only that ledger is looked at, and those that receive from it; else every one of the folder.
    What a ledger above holds counts, though it was not received yet.

    Example: mastery --ledger us-tx bounds outside
    """
    names, found = [], list[OutsideRule]()
    for name in Home(session.folder).jurisdictions():
        with open_ledger(session.folder, name) as ledger:
            if session.ledger in (None, name, ledger.opened.upstream):
                names.append(name)
                found += _outside(session, ledger)
    if session.ledger and not names:
        session.open().close()  # says that there is no such ledger
    show(OutsideRules(tuple(names), tuple(found)), as_json, outside_lines)


def _outside(session: Session, ledger: Ledger) -> list[OutsideRule]:
    upstream = ledger.opened.upstream
    if upstream is None or upstream not in Home(session.folder).jurisdictions():
        return [outside_rule(ledger, one) for one in misfits(ledger)]
    with open_ledger(session.folder, upstream) as above:
        return [outside_rule(ledger, one) for one in misfits(ledger, above)]


def outside_rule(ledger: Ledger, misfit: Misfit) -> OutsideRule:
    """Return an adoption outside a bound, as it is printed."""
    return OutsideRule(
        ledger=ledger.jurisdiction,
        jurisdiction=misfit.adoption.jurisdiction,
        question=misfit.adoption.question,
        edition=misfit.adoption.edition,
        position=misfit.position or 0,
        bound=misfit.where,
        since=misfit.since.isoformat(),
        proved=misfit.refused,
        sentence=misfit.sentence,
    )


def outside_lines(answer: OutsideRules) -> Iterator[str]:
    """Lay out the adoptions outside the bounds above."""
    for one in answer.rules:
        yield f"{one.jurisdiction}, {one.question}: {one.edition} (position {one.position}), from {one.since}:"
        yield f"  {one.sentence}"
    count = counted(len(answer.rules), "rule")
    yield f"{count} outside the bounds above, in {counted(len(answer.ledgers), 'ledger')}."
