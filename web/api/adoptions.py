"""Adoptions and bounds: what governs, whom it binds, and what jurisdictions below must keep within."""

from dataclasses import dataclass
from typing import Any, get_args

from marshmallow import fields

from ledger.access.actions import Action
from ledger.application import adopting, bound_setting
from ledger.application.adopting import Adoption
from ledger.application.fitting import Misfit, misfits
from ledger.application.named import policy_named, scale_named, subjects_named
from ledger.domain.jurisdiction import BoundSide, PolicyAdopted
from ledger.inquiry.changes import about_words
from ledger.inquiry.ruling import RuleHere, rules_in_force
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging
from web.api.fields import Choice, Day, Said, Several, Truth
from web.api.noun import SCOPE, Noun
from web.api.paging import Paged
from web.api.problems import values_stand_in
from web.api.sharing import CODE, JURISDICTION, Ordered, authority_of, code, says
from web.ledgers import here, ledgers

NOUN = Noun(
    "adoptions", "Adoptions and bounds", "What governs from which day, by whose authority, within which bounds."
)


class Settings(fields.Dict):
    """Values of a rule's parameters, each as text, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=Said(longest=100, pattern=CODE), values=Said(longest=1000), **kwargs)


class Terms(Ordered):
    """A policy, from a day on, with values of one's own."""

    policy = Said(required=True, longest=200, pattern=CODE, **says("A policy by id, or `policy@first-day`."))
    first_day = Day(required=True, **says("The first day."))
    last_day = Day(**says("The last day; open where not given."))
    parameters = Settings(**says("Values set locally, within what the law leaves open."))
    subjects = Several(code("A competency or course."), **says("Only for these."))
    acknowledge_unverified = Truth(load_default=False, **says("Although something in it is not verified."))


class AdoptionTerms(Terms):
    """What is adopted, and for whom."""

    jurisdiction = Said(longest=200, pattern=JURISDICTION, **says("Whose rule: the ledger's own, or a school of it."))
    scale = Said(longest=200, **says("The scale whose bands turn scores into levels, by id or title."))


def adoption_of(given: dict[str, Any], **more: Any) -> Adoption:
    """Return the adoption that was sent."""
    ledger = here().ledger
    policy = policy_named(ledgers().catalogue, given["policy"], given["first_day"])
    values_stand_in("parameters")
    return Adoption(
        policy=policy,
        jurisdiction=given["jurisdiction"] or ledger.jurisdiction,
        first_day=given["first_day"],
        last_day=given["last_day"],
        authority=authority_of(given),
        reason=given["reason"],
        overrides=given["parameters"] or {},
        subjects=subjects_named(ledger, policy, given["subjects"] or ()),
        scale=scale_named(ledger, given["scale"]),
        acknowledge_unverified=bool(given["acknowledge_unverified"]),
        **more,
    )


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adoption as stored, its position in the log, how many learners were on record before, and second thoughts."""

    position: int
    adoption: PolicyAdopted
    learners: int
    warnings: tuple[str, ...]


class Then(Paged):
    """A day."""

    on = Day(**says("In force on this day; today where not given."))


@NOUN.reads(f"{SCOPE}/adoptions", Page[RuleHere], query=Then)
@access.needs(Action.READ_POLICIES)
def list_adoptions(asked: dict[str, Any]) -> Any:
    """List the adoptions in force on a day: for each question those of the nearest jurisdiction first."""
    ledger = here().ledger
    return paging.cut(rules_in_force(ledger, asked["on"] or ledger.today()), lambda one: one.position, asked)


@NOUN.commands(f"{SCOPE}/adoptions", Adopted, body=AdoptionTerms)
@access.needs(Action.ACTIVATE_CHANGE)
def adopt_policy(given: dict[str, Any]) -> Any:
    """Adopt a policy where nothing governs yet; what replaces a rule is a change, made by two people."""
    ledger, adoption = here().ledger, adoption_of(given)
    done = adopting.adopt(ledger, commands.author(), adoption)
    stored = next(one for one in ledger.governance().adoptions if one.position == done.last)
    learners = len(ledger.log.recorder.streams("learner/"))
    return Adopted(done.last, stored.payload, learners, adopting.warnings(ledger, adoption))


@dataclass(frozen=True, slots=True)
class BoundRow:
    """A bound: its position, who set it, which side, about what, with which rule, from when to when."""

    position: int
    own: bool
    jurisdiction: str
    side: BoundSide
    question: str
    about: str
    edition: str
    first_day: str
    last_day: str | None
    authority: str


@NOUN.reads(f"{SCOPE}/bounds", Page[BoundRow], query=Paged)
@access.needs(Action.READ_POLICIES)
def list_bounds(asked: dict[str, Any]) -> Any:
    """List every bound a ledger has set or received."""
    governance = here().ledger.governance()
    rows = [
        BoundRow(
            position=placed.position,
            own=placed.upstream is None,
            jurisdiction=placed.payload.jurisdiction,
            side=placed.payload.side,
            question=placed.payload.question,
            about=about_words(governance, placed.payload),
            edition=placed.payload.edition,
            first_day=placed.payload.first_day,
            last_day=governance.last_day_of_bound(placed, governance.position),
            authority=placed.payload.authority.body,
        )
        for placed in governance.bounds
    ]
    return paging.cut(rows, lambda one: one.position, asked)


class NewBound(Terms):
    """A rule that jurisdictions below must keep within."""

    side = Choice((*get_args(BoundSide), "both"), required=True, **says("Floor, guarantee, or both."))


@dataclass(frozen=True, slots=True)
class BoundDone:
    """The position of the last event about a bound."""

    position: int


@NOUN.commands(f"{SCOPE}/bounds", BoundDone, body=NewBound)
@access.needs(Action.SET_BOUNDS)
def set_bound(given: dict[str, Any]) -> Any:
    """Make a rule the bound of the jurisdictions below; it governs nobody itself."""
    ledger = here().ledger
    policy = policy_named(ledgers().catalogue, given["policy"], given["first_day"])
    values_stand_in("parameters")
    order = bound_setting.BoundOrder(
        policy=policy,
        sides=get_args(BoundSide) if given["side"] == "both" else (given["side"],),
        first_day=given["first_day"],
        authority=authority_of(given),
        reason=given["reason"],
        last_day=given["last_day"],
        overrides=given["parameters"] or {},
        subjects=subjects_named(ledger, policy, given["subjects"] or ()),
        acknowledge_unverified=bool(given["acknowledge_unverified"]),
    )
    return BoundDone(bound_setting.set_bound(ledger, commands.author(), order).last)


class EndedBound(Ordered):
    """The end of a bound."""

    last_day = Day(required=True, **says("The last day on which it holds."))


@NOUN.commands(f"{SCOPE}/bounds/<int(max=999999999999999):position>/end", BoundDone, body=EndedBound)
@access.needs(Action.SET_BOUNDS)
def end_bound(given: dict[str, Any], position: int) -> Any:
    """End a bound of this ledger; it stays on record."""
    author, by = commands.author(), authority_of(given)
    done = bound_setting.end_bound(here().ledger, author, position, given["last_day"], by, given["reason"])
    return BoundDone(done.last)


@dataclass(frozen=True, slots=True)
class OutsideRule:
    """An adoption that does not keep within a bound: which rule, since when, and a sentence.

    `proved` is false where nobody can tell and a named person has to answer for it.
    """

    jurisdiction: str
    question: str
    edition: str
    position: int | None
    bound: str
    since: str
    proved: bool
    sentence: str


@NOUN.reads(f"{SCOPE}/bounds/outside", Page[OutsideRule], query=Paged)
@access.needs(Action.READ_POLICIES)
def list_outside(asked: dict[str, Any]) -> Any:
    """List the adoptions that do not keep within the bounds above them, and from when."""
    ledger = here().ledger
    upstream = ledger.opened.upstream
    above = ledgers().open(upstream).ledger if upstream in ledgers().jurisdictions() and upstream else None
    rows = [_outside(one) for one in misfits(ledger, above)]
    return paging.cut(rows, lambda one: f"{one.position} {one.bound} {one.since}", asked)


def _outside(one: Misfit) -> OutsideRule:
    adoption = one.adoption
    return OutsideRule(
        adoption.jurisdiction,
        adoption.question,
        adoption.edition,
        one.position,
        one.where,
        one.since.isoformat(),
        one.refused,
        one.sentence,
    )
