"""The pages of policies: listed and narrowed, one in plain words, any two side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Flask, Response

from ledger.access.actions import Action
from ledger.inquiry.rule_difference import RuleDifference, difference_of
from ledger.policy.model import Policy, Question
from ledger.policy.plain import NumberWords
from web import access, asking, rules
from web.answering import answer, as_csv, form_of
from web.ledgers import Opened, here, ledgers
from web.pages import JSON, TABLE, scoped
from web.proposing import policy_of

STATES = ("in force", "adopted", "available")

SHOWN = 6
"""Worked examples that stand open; the others are folded."""


def register(app: Flask) -> None:
    """Teach an application's templates how many examples stand open."""
    app.jinja_env.globals["EXAMPLES_SHOWN"] = SHOWN


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which policies are meant; what is null or empty narrows nothing down."""

    state: str | None
    question: str | None
    verified: str | None
    place: str | None
    sought: str

    def means(self, row: rules.RuleRow) -> bool:
        """Say whether a row is meant."""
        wanted = (
            (self.state, row.state),
            (self.question, row.question),
            (self.verified, "no" if row.unverified else "yes"),
            (self.place, row.jurisdiction or "any"),
        )
        found = f"{row.title} {row.edition} {row.governs}".casefold()
        return all(one in (None, is_so) for one, is_so in wanted) and self.sought.casefold() in found


def narrowed() -> Narrowed:
    """Return what the address asks for."""
    return Narrowed(
        asking.one_of("state", STATES),
        asking.one_of("question", tuple(Question)),
        asking.one_of("verified", ("yes", "no")),
        asking.text("place"),
        asking.text("q") or "",
    )


@scoped.get("/policies")
@scoped.get("/policies" + TABLE)
@access.needs(Action.READ_POLICIES, access.anywhere)
def policies(form: str = "html") -> Response:
    """List the rules in force, those adopted for other days, and those that could be adopted."""
    wanted = narrowed()
    every = (*rules.adopted(here()), *rules.available(here(), ledgers().catalogue))
    rows = [row for row in every if wanted.means(row)]
    if form_of(form) == "csv":
        return as_csv(rows, rules.RuleRow, "policies")
    return answer(form, "policies.html", rows, wanted=wanted, places=_places(every), every=len(every))


def _places(rows: Iterable[rules.RuleRow]) -> list[tuple[str, str]]:
    found = sorted({row.jurisdiction for row in rows})
    return [(one or "any", one or "of no place in particular") for one in found]


@scoped.get("/policies/archived/<digest>")
@scoped.get("/policies/archived/<digest>" + JSON)
@access.needs(Action.READ_POLICIES, access.anywhere)
def archived(digest: str, form: str = "html") -> Response:
    """Show a policy of this ledger in plain words."""
    on = asking.day("on") or here().ledger.today()
    return answer(form, "policy.html", rules.archived_page(here(), ledgers().catalogue, digest, on))


@scoped.get("/policies/available/<path:edition>")
@scoped.get("/policies/available/<path:edition>" + JSON)
@access.needs(Action.READ_POLICIES, access.anywhere)
def available(edition: str, form: str = "html") -> Response:
    """Show an installed policy in plain words."""
    on = asking.day("on") or here().ledger.today()
    return answer(form, "policy.html", rules.available_page(here(), ledgers().catalogue, edition, on))


@dataclass(frozen=True, slots=True)
class NumberPair:
    """A number of two policies, in words; empty on the side that has none of that name."""

    says: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions held against one another: their numbers that differ, and both rules side by side."""

    one: str
    other: str
    numbers: tuple[NumberPair, ...]
    difference: RuleDifference


@scoped.get("/policies/compare")
@scoped.get("/policies/compare" + JSON)
@access.needs(Action.READ_POLICIES, access.anywhere)
def compare_policies(form: str = "html") -> Response:
    """Show two policies side by side, as far as they differ."""
    one, other = asking.text("one"), asking.text("other")
    found = compared(here(), one, other, asking.day("on") or here().ledger.today()) if one and other else None
    return answer(form, "policies_compared.html", found, one=one, other=other, editions=_editions(here()))


def compared(opened: Opened, one: str, other: str, on: date) -> Compared:
    """Hold two editions that are installed or archived here against one another; raise `UnknownName` for another."""
    first, second = (policy_of(opened, ledgers().catalogue, name) for name in (one, other))
    difference = difference_of((first, {}), (second, {}), on)
    sides = [{each.name: each for each in words.numbers} for words in (difference.before, difference.after) if words]
    return Compared(one, other, tuple(_pairs(*sides)), difference)


def _pairs(one: dict[str, NumberWords], other: dict[str, NumberWords]) -> Iterable[NumberPair]:
    for name in {**one, **other}:
        before, after = one.get(name), other.get(name)
        values = [each.value if each else "" for each in (before, after)]
        if values[0] != values[1]:
            yield NumberPair((before or after).says, *values)  # type: ignore[union-attr]


def _editions(opened: Opened) -> list[tuple[str, str]]:
    """Return every edition that can be compared here, with its title."""
    places = ("", *opened.ledger.governance().chain())
    found: dict[str, Policy] = {one.edition: one for one in ledgers().catalogue.policies if one.jurisdiction in places}
    for digest in opened.ledger.governance().archived:
        policy = opened.ledger.shelf().find(digest).policy
        found.setdefault(policy.edition, policy)
    return [(name, f"{one.title}: {name}") for name, one in sorted(found.items(), key=lambda pair: pair[1].title)]
