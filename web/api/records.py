"""What else enters a record: preparation, statuses, approvals, cohorts, choices, panels, support, belonging."""

from collections.abc import Mapping
from typing import Any, get_args

from marshmallow.fields import Nested

from ledger.access.actions import Action
from ledger.application import learning
from ledger.application.checking import require_past, require_sound
from ledger.domain.learner import (
    ApprovalGiven,
    ApprovalKind,
    ApprovalRefused,
    ChoiceMade,
    CohortSet,
    PanelMember,
    PanelResult,
    PanelVoted,
    PreparationRecorded,
    StatusSet,
    SupportOffered,
    SupportProvided,
    Vote,
)
from ledger.domain.shapes import Assessor, Payload
from ledger.inquiry.written import WrittenView, written_view
from web import access
from web.api import commands
from web.api.fields import Body, Choice, Day, Moment, Number, Said, Several, Text, Truth, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.sharing import CODE, JURISDICTION, About, code, iso, says, subject_named
from web.ledgers import here

NOUN = Noun(
    "records", "Records", "What rules read beside evidence: preparations, statuses, approvals, panels, support."
)
OF = f"{SCOPE}/learners/<identifier:learner>"


def entered(learner: str, payload: Payload, texts: Mapping[str, str | None] | None = None) -> WrittenView:
    """Record an entry about a learner, and say what that came to; texts go into the vault."""
    ledger, author = here().ledger, commands.author()
    require_sound(payload)
    require_past(payload, ledger.today(), ledger.opened.zone)
    kept = {name: text for name, text in (texts or {}).items() if text is not None}
    written = learning.record(ledger, author, learner, payload, kept)
    subject = getattr(payload, "subject", None)
    audience = access.audience(access.target())
    return written_view(ledger, written, {subject.key} if subject else (), audience=audience)


def person(name: str | None) -> str | None:
    """Return the vault id of a person who is named, null for nobody."""
    return None if name is None else here().ledger.vault.person_id(name)


def _by(given: dict[str, Any]) -> Assessor | None:
    who, organisation, capacity = given["by"], given["organisation"], given["capacity"]
    if who is None and organisation is None and capacity is None:
        return None
    return Assessor(who=person(who), organisation=organisation, capacity=capacity)


class By(Body):
    """Who acted."""

    by = Said(longest=200, pattern=CODE, **says("Who did it, by the id of that person."))
    organisation = Said(longest=200, pattern=JURISDICTION, **says("The organisation that person speaks for."))
    capacity = Said(longest=200, **says("In what capacity: teacher, guardian, board."))


class When(Body):
    """When something happened."""

    occurred = Moment(**says("When."))


class Preparation(When):
    """How a learner prepared anew for a competency."""

    competency = code("The competency prepared for, by id or code.", required=True)
    kind = Said(required=True, longest=200, **says("How: tutoring, practice, conference."))
    attested_by = Said(longest=200, pattern=CODE, **says("Who says so, by the id of that person."))
    note = Text(**says("A free text; kept in the vault."))


@NOUN.commands(f"{OF}/preparations", WrittenView, body=Preparation)
@access.needs(Action.RECORD_EVIDENCE, access.learner)
def record_preparation(given: dict[str, Any], learner: str) -> Any:
    """Record that a learner prepared anew for a competency, so that a retake may count."""
    payload = PreparationRecorded(
        subject=learning.subject_of(here().ledger, given["competency"]),
        kind=given["kind"],
        occurred=given["occurred"],
        attested_by=person(given["attested_by"]),
    )
    return entered(learner, payload, {"note": given["note"]})


class Status(About):
    """A status that a rule may read, such as a legal entitlement."""

    code = code("The status, as the policy that reads it names it.", required=True)
    holds = Truth(required=True, **says("Whether it holds."))
    first_day = Day(**says("The first day."))
    last_day = Day(**says("The last day."))
    basis = Said(required=True, **says("The law or document it rests on; no word about a person."))


@NOUN.commands(f"{OF}/statuses", WrittenView, body=Status)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_status(given: dict[str, Any], learner: str) -> Any:
    """Record a status that a rule may read, such as prior instruction in a course."""
    payload = StatusSet(
        code=given["code"],
        holds=given["holds"],
        subject=subject_named(here().ledger, given),
        first_day=iso(given["first_day"]),
        last_day=iso(given["last_day"]),
        basis=given["basis"],
    )
    return entered(learner, payload)


class Approval(About, By, When):
    """A word that a rule asks for."""

    kind = Choice(get_args(ApprovalKind), required=True, **says("What kind of approval."))
    by = Said(required=True, longest=200, pattern=CODE, **says("Who gave it, by the id of that person."))
    refused = Truth(**says("It was refused."))


@NOUN.commands(f"{OF}/approvals", WrittenView, body=Approval)
@access.needs(Action.GIVE_APPROVAL, access.learner)
def record_approval(given: dict[str, Any], learner: str) -> Any:
    """Record that somebody whose word a rule asks for said yes, or no."""
    event = ApprovalRefused if given["refused"] else ApprovalGiven
    subject = subject_named(here().ledger, given)
    by = _by(given) or Assessor()
    return entered(learner, event(kind=given["kind"], subject=subject, occurred=given["occurred"], by=by))


class Cohort(Body):
    """The cohort a learner belongs to, as one clock counts."""

    one_of = ("year", "day")
    clock = code("The clock, such as `graduating-class`.", required=True)
    year = WholeNumber(1900, 2199, **says("The calendar year it is set to."))
    day = Day(**says("The day it is set to."))
    basis = Said(**says("The document or law it rests on."))


@NOUN.commands(f"{OF}/cohorts", WrittenView, body=Cohort)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_cohort(given: dict[str, Any], learner: str) -> Any:
    """Record which cohort a learner belongs to, such as the class that graduates in a year."""
    day = iso(given["day"])
    return entered(learner, CohortSet(clock=given["clock"], year=given["year"], day=day, basis=given["basis"]))


class Support(About, By, When):
    """Help that was offered or given."""

    kind = code("Which, as the policy that reads it names it.", required=True)
    stage = Choice(("offered", "provided"), required=True, **says("Whether it was offered or provided."))
    hours = Number(**says("How many hours were provided, as text.", pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$"))
    note = Text(**says("A free text; kept in the vault."))


@NOUN.commands(f"{OF}/supports", WrittenView, body=Support)
@access.needs(Action.RECORD_EVIDENCE, access.learner)
def record_support(given: dict[str, Any], learner: str) -> Any:
    """Record that help was offered or provided, such as tutoring before a retake."""
    subject, by = subject_named(here().ledger, given), _by(given)
    payload: SupportOffered | SupportProvided
    if given["stage"] == "offered":
        payload = SupportOffered(subject=subject, kind=given["kind"], occurred=given["occurred"], by=by)
    else:
        hours = given["hours"]
        payload = SupportProvided(subject=subject, kind=given["kind"], occurred=given["occurred"], by=by, hours=hours)
    return entered(learner, payload, {"note": given["note"]})


class ChoiceSaid(About, By, When):
    """What a learner, or who speaks for the learner, chose."""

    choice = code("What was to be chosen, by its code.", required=True)
    options = Several(code("What was chosen, by its code."), most=20, **says("None withdraws the choice."))


@NOUN.commands(f"{OF}/choices", WrittenView, body=ChoiceSaid)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_choice(given: dict[str, Any], learner: str) -> Any:
    """Record what a learner, or who speaks for the learner, chose; without an option, that the choice is withdrawn."""
    payload = ChoiceMade(
        choice=given["choice"],
        options=tuple(given["options"] or ()),
        subject=subject_named(here().ledger, given),
        occurred=given["occurred"],
        by=_by(given),
    )
    return entered(learner, payload)


class Member(Body):
    """How one member voted."""

    role = code("In which role.", required=True)
    vote = Choice(get_args(Vote), required=True, **says("How."))
    who = Said(longest=200, pattern=CODE, **says("Who that is, by the id of that person."))


class Panel(About, When):
    """How a panel voted on a learner's work."""

    body = code("The body, as policies name it.", required=True)
    result = Choice(get_args(PanelResult), required=True, **says("The result; `sent_back` asks for more work."))
    members = Several(Nested(Member), required=True, most=50, **says("How each member voted."))
    organisation = Said(longest=200, pattern=JURISDICTION, **says("The organisation."))
    reason = Text(**says("Why; kept in the vault."))


@NOUN.commands(f"{OF}/panels", WrittenView, body=Panel)
@access.needs(Action.GIVE_APPROVAL, access.learner)
def record_panel(given: dict[str, Any], learner: str) -> Any:
    """Record how a panel voted on a learner's work."""
    members = [PanelMember(role=one["role"], vote=one["vote"], who=person(one["who"])) for one in given["members"]]
    payload = PanelVoted(
        body=given["body"],
        subject=subject_named(here().ledger, given),
        occurred=given["occurred"],
        result=given["result"],
        members=tuple(members),
        organisation=given["organisation"],
    )
    return entered(learner, payload, {"reason": given["reason"]})
