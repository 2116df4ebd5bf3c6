"""Pilots: another rule tried in some districts or schools for a time, by authority, and what came of it."""

from dataclasses import dataclass
from typing import Any, get_args

from flask import Response
from marshmallow.fields import Nested

from ledger.access.actions import Action
from ledger.application import pilot_figures, pilot_handing, piloting
from ledger.application.pilot_comparing import compare_pilot
from ledger.domain.learner import Question
from ledger.domain.pilots import ExitRule, Participant, Scope, Waiver
from ledger.errors import UnknownName
from ledger.inquiry.pilots import PilotView, pilot_view, pilot_views
from ledger.pilots.comparing import PilotComparison
from ledger.pilots.figures import PilotFigures
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging, reading, tags
from web.api.fields import Asked, AskedTruth, Body, Choice, Day, Link, Said, Several, Text, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.problems import Refusal
from web.api.sharing import JURISDICTION, Authorised, Ordered, authority_of, code, iso, says
from web.ledgers import here

NOUN = Noun("pilots", "Pilots", "Another rule tried for a time by some districts or schools, and what came of it.")
ONE = f"{SCOPE}/pilots/<pilot>"


def _shown(name: str) -> PilotView:
    view = pilot_view(here().ledger, name)
    tags.show(_version(view))
    return view


def _version(view: PilotView) -> int:
    return int(here().ledger.log.recorder.last_version(piloting.pilot_stream(view.pilot)))


@NOUN.reads(f"{SCOPE}/pilots", Page[PilotView], query=paging.Paged)
@access.needs(Action.READ_PILOTS)
def list_pilots(asked: dict[str, Any]) -> Any:
    """List the pilots a ledger knows, its own and those received."""
    return paging.cut(pilot_views(here().ledger), lambda one: one.pilot, asked)


@NOUN.reads(ONE, PilotView, tagged=True)
@access.needs(Action.READ_PILOTS)
def show_pilot(pilot: str) -> Any:
    """Show a pilot: by what authority, for whom, from when, how it ends, what is adopted under it."""
    return _shown(pilot)


class TakingPart(Body):
    """Who takes part."""

    organisation = Said(required=True, longest=200, pattern=JURISDICTION, **says("A district or a school."))
    first_day = Day(**says("Its first day, where that is later than the pilot's."))


class NewPilot(Authorised):
    """What a pilot says when it is opened."""

    title = Said(required=True, longest=200, **says("What it is called."))
    purpose = Text(required=True, **says("What is to be found out."))
    question = Choice(get_args(Question), required=True, **says("What is decided."))
    award = code("The award; `standard` where not given.")
    first_day = Day(required=True, **says("The first day."))
    last_day = Day(required=True, **says("The last day."))
    participants = Several(Nested(TakingPart), required=True, **says("Who takes part."))
    grades = Several(code("A grade."), **says("Only in these grades."))
    courses = Several(code("A course."), **says("Only in these courses."))
    exit_rule = Choice(get_args(ExitRule), required=True, **says("What becomes of who is in the middle at the end."))
    exit_by = Day(**says("To finish by."))
    waiver = Said(longest=200, **says("The citation of a waiver."))
    waiver_says = Text(**says("What the waiver says."))
    waiver_link = Link(**says("Where it can be read."))
    waives = Several(WholeNumber(), **says("Bounds set here that it waives, by position."))


@dataclass(frozen=True, slots=True)
class PilotChanged:
    """What became of a pilot: the position of the event, and the pilot as it stands now."""

    position: int
    pilot: PilotView


@NOUN.commands(f"{SCOPE}/pilots", PilotChanged, body=NewPilot)
@access.needs(Action.RUN_PILOT)
def open_pilot(given: dict[str, Any]) -> Any:
    """Open a pilot: some organisations try another rule for one question, for a time, by authority."""
    opening = piloting.Opening(
        title=given["title"],
        authority=authority_of(given),
        purpose=given["purpose"],
        question=given["question"],
        award=given["award"] or "standard",
        first_day=given["first_day"],
        last_day=given["last_day"],
        scope=_scope(given),
        exit_rule=given["exit_rule"],
        exit_by=given["exit_by"],
        waiver=_waiver(given),
        waives=tuple(given["waives"] or ()),
    )
    done = piloting.open_pilot(here().ledger, commands.author(), opening)
    return PilotChanged(done.last, _shown(given["title"]))


def _scope(given: dict[str, Any]) -> Scope:
    named = [
        Participant(organisation=one["organisation"], first_day=iso(one["first_day"])) for one in given["participants"]
    ]
    grades, courses = (tuple(given[name]) if given[name] else None for name in ("grades", "courses"))
    return Scope(organisations=tuple(named), grades=grades, courses=courses)


def _waiver(given: dict[str, Any]) -> Waiver | None:
    citation, sentence, link = given["waiver"], given["waiver_says"], given["waiver_link"]
    if citation is None and sentence is None and link is None:
        return None
    if citation is None or sentence is None:
        raise Refusal("faults", "a waiver has a citation and a sentence: give both waiver and waiver_says")
    return Waiver(citation=citation, sentence=sentence, link=link)


class Extended(Ordered):
    """A later last day."""

    last_day = Day(required=True, **says("The last day."))
    exit_by = Day(**says("To finish by; it stays where not given."))


def _standing(name: str) -> None:
    """Require that a pilot stands at the version the request names."""
    try:
        view = pilot_view(here().ledger, name)
    except UnknownName as error:
        raise Refusal("not-found", str(error)) from None
    if commands.earlier() is None:
        tags.require(_version(view), "somebody else")


@NOUN.commands(f"{ONE}/extend", PilotChanged, body=Extended, tagged=True)
@access.needs(Action.RUN_PILOT)
def extend_pilot(given: dict[str, Any], pilot: str) -> Any:
    """Let a pilot last longer than was said."""
    _standing(pilot)
    by, last_day, exit_by = authority_of(given), given["last_day"], given["exit_by"]
    done = piloting.extend_pilot(
        here().ledger, commands.author(), pilot, last_day, exit_by=exit_by, authority=by, reason=given["reason"]
    )
    return PilotChanged(done.last, _shown(pilot))


class Ended(Ordered):
    """An earlier last day."""

    last_day = Day(required=True, **says("The last day, today at the soonest."))


@NOUN.commands(f"{ONE}/end", PilotChanged, body=Ended, tagged=True)
@access.needs(Action.RUN_PILOT)
def end_pilot(given: dict[str, Any], pilot: str) -> Any:
    """End a pilot sooner than was said; what was decided under it stands."""
    _standing(pilot)
    by, last_day = authority_of(given), given["last_day"]
    done = piloting.end_pilot(here().ledger, commands.author(), pilot, last_day, authority=by, reason=given["reason"])
    return PilotChanged(done.last, _shown(pilot))


class Compared(Asked):
    """What is put beside a pilot."""

    beside = Said(longest=200, pattern=JURISDICTION, **says("An organisation to compare with."))
    matrix = AskedTruth(load_default=True, **says("Also who would be met under whose rule."))


@NOUN.reads(f"{ONE}/comparison", PilotComparison, query=Compared)
@access.needs(Action.READ_PILOTS)
def compare_pilots(asked: dict[str, Any], pilot: str) -> Any:
    """Put the organisations of a pilot side by side: every measure with its interval, small cells hidden."""
    beside = (asked["beside"],) if asked["beside"] else ()
    return compare_pilot(here().ledger, pilot, beside=beside, matrix=asked["matrix"] is not False)


class Submitted(Body):
    """Up to where, and beside whom, figures are worked out."""

    position = WholeNumber(**says("Up to this position; the last where not given."))
    beside = Several(Said(longest=200, pattern=JURISDICTION), most=20, **says("Organisations to compare with."))


@dataclass(frozen=True, slots=True)
class FiguresSent:
    """Where the figures stand in the log, and the figures."""

    position: int
    figures: PilotFigures


@NOUN.commands(f"{ONE}/figures/submit", FiguresSent, body=Submitted)
@access.needs(Action.SUBMIT_FIGURES)
def submit_figures(given: dict[str, Any], pilot: str) -> Any:
    """Work out what came of a pilot among the learners of a ledger, and submit it to be certified."""
    beside, position = tuple(given["beside"] or ()), given["position"]
    done, figures = pilot_figures.submit_figures(
        here().ledger, commands.author(), pilot, position=position, beside=beside
    )
    return FiguresSent(done.last, figures)


class Certified(Body):
    """Who answers for figures, and for what."""

    capacity = Said(required=True, longest=200, **says("In what capacity, such as superintendent."))
    statement = Text(required=True, **says("What is answered for; public, it stands in the log."))


@dataclass(frozen=True, slots=True)
class FiguresAnswered:
    """By which ledger figures are, and the position of the event here; null where they were held already."""

    position: int | None
    jurisdiction: str


@NOUN.commands(f"{ONE}/figures/certify", FiguresAnswered, body=Certified)
@access.needs(Action.SUBMIT_FIGURES)
def certify_figures(given: dict[str, Any], pilot: str) -> Any:
    """Answer for the figures submitted last, as another person than the one who submitted them."""
    ledger = here().ledger
    done = pilot_figures.certify_figures(ledger, commands.author(), pilot, given["capacity"], given["statement"])
    return FiguresAnswered(done.last, ledger.jurisdiction)


@NOUN.reads(f"{ONE}/figures", None, media="application/octet-stream")
@access.needs(Action.READ_PILOTS)
def export_figures(pilot: str) -> Any:
    """Return the figures certified last as they are handed over to the ledger in which the pilot stands."""
    return Response(pilot_handing.figures_document(here().ledger, pilot), content_type="application/octet-stream")


@NOUN.commands(f"{SCOPE}/pilots/figures/receive", FiguresAnswered, takes="application/octet-stream")
@access.needs(Action.RUN_PILOT)
def receive_figures() -> Any:
    """Take certified figures into the ledger in which the pilot stands; safe to repeat."""
    data = reading.raw(reading.LONGEST)
    done = pilot_handing.receive_figures(here().ledger, commands.author(), data)
    origin = pilot_handing.read_document(data).submitted.jurisdiction
    return FiguresAnswered(done.last if done else None, origin)
