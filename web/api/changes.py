"""Changes of rules: proposed by one person, approved by another, after a preview; each step a command of its own."""

from collections.abc import Callable
from typing import Any, get_args

from ledger.access.actions import Action
from ledger.application import changing, proposing
from ledger.application.change_state import change_named
from ledger.application.changing import Due
from ledger.application.discussing import comment
from ledger.application.ledger import Ledger
from ledger.application.proposing import Proposal
from ledger.domain.change_fold import Change
from ledger.domain.jurisdiction import Attestation, Binding, BindingClock
from ledger.errors import UnknownName
from ledger.inquiry.changes import ChangeRow, ChangeView, change_row, change_rows, change_view
from ledger.inquiry.discussion import Comment, discussion
from ledger.inquiry.impact_groups import Impact
from ledger.projections.pages import Page
from ledger.storage.envelope import Author
from web import access
from web.api import change_views, commands, paging, tags
from web.api.adoptions import AdoptionTerms, adoption_of
from web.api.change_views import ImpactRow, Outcome
from web.api.fields import Body, Choice, Day, NoBody, Said, Several, Text, Truth, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.problems import Refusal
from web.api.sharing import CODE, JURISDICTION, Authorised, Ordered, Reasoned, authority_of, code, iso, says
from web.ledgers import here

NOUN = Noun(
    "changes",
    "Changes",
    "A change of rules from its proposal to what governs, and back. The ETag of a change is the version of its stream; "
    "every step needs it.",
)
ONE = f"{SCOPE}/changes/<int(max=999999999999999):number>"


def _view(name: str) -> ChangeView:
    ledger = here().ledger
    tags.show(_version(ledger, change_named(ledger.governance(), name)))
    return change_view(ledger, name, Author(access.person().person, "onlooker", "looking"))


def _version(ledger: Ledger, change: Change) -> int:
    return int(ledger.log.recorder.last_version(f"change/{change.id}"))


@NOUN.reads(f"{SCOPE}/changes", Page[ChangeRow], query=paging.Paged)
@access.needs(Action.READ_CHANGES)
def list_changes(asked: dict[str, Any]) -> Any:
    """List every change, those still under way first."""
    return paging.cut(change_rows(here().ledger), lambda one: one.number, asked)


@NOUN.reads(ONE, ChangeView, tagged=True)
@access.needs(Action.READ_CHANGES)
def show_change(number: int) -> Any:
    """Show a change: what it alters, its preview, every step taken, and what the token holder may do next."""
    return _view(str(number))


class Proposed(AdoptionTerms):
    """A policy that is to govern from a day on, for whom, and why."""

    pilot = Said(longest=200, **says("The pilot it is made under, by id or title."))
    clock = Choice(get_args(BindingClock), load_default="decision", **says("What has to lie in the span that binds."))
    since = Day(**says("The first day of what binds."))
    through = Day(**says("The last day of what binds."))
    cohort = code("The cohort clock of an entering class, such as `graduating-class`.")
    first_class = WholeNumber(1900, 2199, **says("The first year of the classes bound."))
    last_class = WholeNumber(1900, 2199, **says("The last year of the classes bound."))
    schools = Several(Said(longest=200, pattern=JURISDICTION), **says("Only learners of these schools."))
    grades = Several(code("A grade."), **says("Only learners in these grades."))
    courses = Several(code("A course."), **says("Only learners taking one of these courses."))
    emergency = Truth(load_default=False, **says("It cannot wait: it binds at once, and ends unless confirmed."))
    confirm_by = Day(**says("The day by which an emergency is to be confirmed."))
    attested_by = Said(longest=200, pattern=CODE, **says("Who answers for what cannot be proved."))
    capacity = Said(longest=200, **says("In what capacity that person answers."))
    attested = Text(**says("Why the rule keeps within the bounds; public."))


@NOUN.commands(f"{SCOPE}/changes", ChangeView, body=Proposed)
@access.needs(Action.PROPOSE_CHANGE)
def propose_change(given: dict[str, Any]) -> Any:
    """Propose that a policy governs from a day on, with values of one's own and for whom it is to bind."""
    adoption = adoption_of(given, binding=_binding(given), pilot=given["pilot"])
    proposal = Proposal(
        authority=adoption.authority,
        reason=adoption.reason,
        first_day=adoption.first_day,
        adoption=adoption,
        emergency=bool(given["emergency"]),
        confirm_by=given["confirm_by"],
        attestation=_attestation(given),
    )
    return _view(proposing.propose(here().ledger, commands.author(), proposal).id)


def _binding(given: dict[str, Any]) -> Binding | None:
    several = {name: tuple(given[name]) if given[name] else None for name in ("schools", "grades", "courses")}
    binding = Binding(
        clock=given["clock"] or "decision",
        since=iso(given["since"]),
        until=iso(given["through"]),
        cohort=given["cohort"],
        first_class=given["first_class"],
        last_class=given["last_class"],
        organisations=several["schools"],
        grades=several["grades"],
        courses=several["courses"],
    )
    return None if binding == Binding() else binding


def _attestation(given: dict[str, Any]) -> Attestation | None:
    said = [given[name] for name in ("attested_by", "capacity", "attested")]
    if all(one is None for one in said):
        return None
    if None in said:
        raise Refusal("faults", "an attestation names a person, a capacity and a sentence: give all three")
    ledger = here().ledger
    who, day = ledger.vault.person_id(given["attested_by"]), ledger.today().isoformat()
    return Attestation(who=who, capacity=given["capacity"], day=day, reason=given["attested"])


class EndProposed(Ordered):
    """An adoption that is to end."""

    position = WholeNumber(required=True, **says("The position of the adoption."))
    first_day = Day(required=True, **says("The first day on which it binds no more."))
    emergency = Truth(load_default=False, **says("It cannot wait."))


@NOUN.commands(f"{SCOPE}/changes/end", ChangeView, body=EndProposed)
@access.needs(Action.PROPOSE_CHANGE)
def propose_end(given: dict[str, Any]) -> Any:
    """Propose that an adoption of this ledger ends, so that what it replaced governs again."""
    proposal = Proposal(
        authority_of(given),
        given["reason"],
        given["first_day"],
        ends=given["position"],
        emergency=bool(given["emergency"]),
    )
    return _view(proposing.propose(here().ledger, commands.author(), proposal).id)


def _step(number: int, take: Callable[[Ledger, Author, str], Change | None]) -> ChangeView:
    """Take a step of a change that stands at the version the request names; return what the change looks like then."""
    ledger, name = here().ledger, str(number)
    try:
        change = change_named(ledger.governance(), name)
    except UnknownName as error:
        raise Refusal("not-found", str(error)) from None
    if commands.earlier() is None:
        view = change_view(ledger, name, commands.author())
        tags.require(_version(ledger, change), view.steps[-1].who)
    done = take(ledger, commands.author(), name)
    return _view(done.id if done is not None else name)


def _previewed(ledger: Ledger, author: Author, name: str) -> None:
    changing.preview_change(ledger, author, name)


@NOUN.commands(f"{ONE}/preview", ChangeView, body=NoBody, tagged=True)
@access.needs(Action.PROPOSE_CHANGE)
def preview_change(_: dict[str, Any], number: int) -> Any:
    """Work out what a change would do to every learner on record; nothing is decided by it."""
    return _step(number, _previewed)


@NOUN.commands(f"{ONE}/submit", ChangeView, body=NoBody, tagged=True)
@access.needs(Action.PROPOSE_CHANGE)
def submit_change(_: dict[str, Any], number: int) -> Any:
    """Ask for approval, on the strength of the latest preview."""
    return _step(number, changing.submit)


@NOUN.commands(f"{ONE}/approve", ChangeView, body=NoBody, tagged=True)
@access.needs(Action.APPROVE_CHANGE)
def approve_change(_: dict[str, Any], number: int) -> Any:
    """Approve a change that another person has proposed, on a preview that still holds."""
    return _step(number, changing.approve)


@NOUN.commands(f"{ONE}/decline", ChangeView, body=Reasoned, tagged=True)
@access.needs(Action.APPROVE_CHANGE)
def decline_change(given: dict[str, Any], number: int) -> Any:
    """Refuse approval; the change may be previewed and submitted again."""
    return _step(number, lambda ledger, author, name: changing.decline(ledger, author, name, given["reason"]))


class Scheduled(Body):
    """The day of activation."""

    on = Day(**says("The day, in the ledger's zone; the first day of the change where not given."))


@NOUN.commands(f"{ONE}/schedule", ChangeView, body=Scheduled, tagged=True)
@access.needs(Action.ACTIVATE_CHANGE)
def schedule_change(given: dict[str, Any], number: int) -> Any:
    """Set the day on which an approved change is activated."""
    return _step(number, lambda ledger, author, name: changing.schedule(ledger, author, name, given["on"]))


@NOUN.commands(f"{ONE}/activate", ChangeView, body=NoBody, tagged=True)
@access.needs(Action.ACTIVATE_CHANGE)
def activate_change(_: dict[str, Any], number: int) -> Any:
    """Make an approved change govern, once its day has come; an emergency at once."""
    return _step(number, changing.activate)


@NOUN.commands(f"{ONE}/withdraw", ChangeView, body=Reasoned, tagged=True)
@access.needs(Action.PROPOSE_CHANGE)
def withdraw_change(given: dict[str, Any], number: int) -> Any:
    """Give a change up before it governs."""
    return _step(number, lambda ledger, author, name: changing.withdraw_change(ledger, author, name, given["reason"]))


@NOUN.commands(f"{ONE}/confirm", ChangeView, body=Authorised, tagged=True)
@access.needs(Action.APPROVE_CHANGE)
def confirm_change(given: dict[str, Any], number: int) -> Any:
    """Confirm an emergency by the body it was made for, so that it lasts."""
    return _step(number, lambda ledger, author, name: changing.confirm(ledger, author, name, authority_of(given)))


class RolledBack(Ordered):
    """What undoes an active change."""

    first_day = Day(required=True, **says("The first day on which it binds no more."))
    emergency = Truth(load_default=False, **says("It cannot wait."))


@NOUN.commands(f"{ONE}/roll-back", ChangeView, body=RolledBack, tagged=True)
@access.needs(Action.PROPOSE_CHANGE)
def roll_change_back(given: dict[str, Any], number: int) -> Any:
    """Propose the change that undoes an active one; nothing that was decided meanwhile is undone by it."""
    by, emergency = authority_of(given), bool(given["emergency"])
    return _step(
        number,
        lambda ledger, author, name: proposing.roll_back(
            ledger, author, name, given["first_day"], by, given["reason"], emergency=emergency
        ),
    )


@NOUN.reads(f"{ONE}/impact", Page[ImpactRow], query=paging.Paged)
@access.needs(Action.READ_CHANGES)
def list_impact(asked: dict[str, Any], number: int) -> Any:
    """List the learners a preview says a change concerns, those within reach alone: now, and then."""
    rows = change_views.impact_rows(here(), str(number))
    return paging.cut(rows, lambda one: f"{one.learner} {one.question} {one.subject} {one.award}", asked)


@NOUN.reads(f"{ONE}/impact/groups", Impact)
@access.needs(Action.SEE_GROUPS)
def show_impact_by_group(number: int) -> Any:
    """Show whom a preview concerns by group; small figures are hidden."""
    return change_views.impact_of(here(), str(number))


@NOUN.reads(f"{ONE}/outcome", Outcome)
@access.needs(Action.READ_CHANGES)
def show_outcome(number: int) -> Any:
    """Hold what the preview of an active change predicted against what came of it."""
    return change_views.outcome_of(here(), str(number))


@NOUN.reads(f"{ONE}/comments", Page[Comment], query=paging.Paged)
@access.needs(Action.READ_CHANGES)
def list_comments(asked: dict[str, Any], number: int) -> Any:
    """List what was said about a change, the oldest first."""
    return paging.cut(discussion(here().ledger, str(number)), lambda one: one.version, asked)


class NewComment(Body):
    """Something said about a change."""

    text = Text(required=True, **says("What; kept in the vault."))


@NOUN.commands(f"{ONE}/comments", ChangeView, body=NewComment)
@access.needs(Action.DISCUSS_CHANGE)
def say_about_change(given: dict[str, Any], number: int) -> Any:
    """Say something about a change, whatever its status."""
    try:
        comment(here().ledger, commands.author(), str(number), given["text"])
    except UnknownName as error:
        raise Refusal("not-found", str(error)) from None
    return _view(str(number))


@NOUN.commands(f"{SCOPE}/changes/activate-due", change_views.Activated)
@access.needs(Action.ACTIVATE_CHANGE)
def activate_due() -> Any:
    """Activate every change whose day has come; one that may not be does not keep the others from it."""
    ledger, numbered = here().ledger, iter(range(1, 1_000_000))
    done: tuple[Due, ...] = changing.activate_due(ledger, lambda: commands.numbered(next(numbered)))
    active = tuple(change_row(ledger, one.change) for one in done if not one.refusal)
    return change_views.Activated(
        active, tuple(change_views.NotYet(one.change.proposed.number, one.refusal) for one in done if one.refusal)
    )
