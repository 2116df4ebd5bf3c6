"""Frameworks: what there is to learn, and how frameworks are aligned to one another and covered."""

from dataclasses import dataclass
from typing import Any

from flask import request

from ledger.access.actions import Action
from ledger.application import aligning
from ledger.application.frameworks import framework_named
from ledger.application.governing import designate, find_competency
from ledger.domain.alignment import RELATIONS
from ledger.domain.competencies import Edition
from ledger.errors import UnknownName
from ledger.importing.alignments import AlignmentFile, import_alignments
from ledger.importing.frameworks import FrameworkBrought, import_framework_file
from ledger.inquiry.coverage import coverage
from ledger.inquiry.coverage_views import AlignmentView, CoverageView, DesignationView, FrameworkView
from ledger.inquiry.designations import designations
from ledger.inquiry.frameworks import alignment_list, frameworks
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging, reading, sharing
from web.api.fields import Asked, AskedTruth, Choice, Day, Said, Several, Truth
from web.api.noun import SCOPE, Noun
from web.api.sharing import Authorised, Ordered, PagedThen, Then, authority_of, code, says
from web.ledgers import here

NOUN = Noun(
    "frameworks",
    "Frameworks",
    "Competencies and their frameworks, how a local framework is aligned to the state's, and what is covered.",
)
CASE, CSV = "application/json", "text/csv"
LONGEST_FILE = 10 * 1024 * 1024
"""Bytes of a file of competencies."""


@NOUN.reads(f"{SCOPE}/frameworks", Page[FrameworkView], query=paging.Paged)
@access.needs(Action.READ_FRAMEWORKS)
def list_frameworks(asked: dict[str, Any]) -> Any:
    """List the frameworks held, and how many alignments begin and end in each today."""
    return paging.cut(frameworks(here().ledger), lambda one: one.framework, asked)


@NOUN.reads(f"{SCOPE}/frameworks/<framework>", Edition)
@access.needs(Action.READ_FRAMEWORKS)
def show_framework(framework: str) -> Any:
    """Show the edition of a framework that is held now: every competency, every link."""
    governance = here().ledger.governance()
    identity = framework_named(governance, framework)
    return governance.outline(governance.current_editions(governance.position)[identity]).edition


class Brought(Asked):
    """How a plain CSV is called."""

    name = Said(longest=200, **says("What tells a plain CSV's framework from others."))
    title = Said(longest=200, **says("The title of a plain CSV's framework."))


@NOUN.commands(f"{SCOPE}/frameworks", FrameworkBrought, query=Brought, takes=f"{CSV}, {CASE}")
@access.needs(Action.IMPORT)
def bring_framework(asked: dict[str, Any]) -> Any:
    """Bring in a framework: a CASE package as JSON, or a plain CSV.

    All of it is stored, or with a single fault nothing. The same edition sent again changes nothing.
    """
    file = "framework.csv" if request.mimetype == CSV else "framework.json"
    data = reading.raw(LONGEST_FILE)
    return import_framework_file(here().ledger, commands.author(), data, file, name=asked["name"], title=asked["title"])


@NOUN.reads(f"{SCOPE}/frameworks/<framework>/coverage", CoverageView, query=Then)
@access.needs(Action.SEE_GROUPS)
def show_coverage(asked: dict[str, Any], framework: str) -> Any:
    """Show which standards local competencies are aligned to, and what evidence is seen."""
    opened = here()
    if access.within(Action.SEE_GROUPS) is not None:
        raise UnknownName("coverage counts every learner of the ledger; a role that holds in a part of it sees none")
    return coverage(opened.ledger, opened.models, _framework(framework), on=asked["on"], known_at=asked["known_at"])


def _framework(name: str | None) -> str | None:
    return None if name is None else framework_named(here().ledger.governance(), name)


class Aligned(PagedThen):
    """Which alignments are listed."""

    framework = code("Only those that begin or end in this framework.")


@NOUN.reads(f"{SCOPE}/alignments", Page[AlignmentView], query=Aligned)
@access.needs(Action.READ_FRAMEWORKS)
def list_alignments(asked: dict[str, Any]) -> Any:
    """List what aligns competencies of one framework to those of another on a day."""
    framework = _framework(asked["framework"])
    found = alignment_list(here().ledger, framework, on=asked["on"], known_at=asked["known_at"])
    return paging.cut(found, lambda one: one.position, asked)


class Pair(Authorised):
    """Two competencies, each by id or code, in frameworks by id or title."""

    local = code("The local competency.", required=True)
    state = code("The competency it is held against.", required=True)
    local_framework = Said(**says("The framework of the local code."))
    state_framework = Said(**says("The framework of the other code."))


class NewAlignment(Pair):
    """An alignment, from a day on."""

    relation = Choice(RELATIONS, required=True, **says("What the local one is to the other, in CASE."))
    first_day = Day(required=True, **says("The first day."))
    last_day = Day(**says("The last day; open where not given."))


@dataclass(frozen=True, slots=True)
class Done:
    """The position of what was written, null where everything was known already."""

    position: int | None


def _pair(given: dict[str, Any]) -> aligning.Pair:
    local, state = _framework(given["local_framework"]), _framework(given["state_framework"])
    return aligning.Pair(given["local"], given["state"], local, state)


@NOUN.commands(f"{SCOPE}/alignments", Done, body=NewAlignment)
@access.needs(Action.PROPOSE_CHANGE)
def align(given: dict[str, Any]) -> Any:
    """Align a competency to one of another framework; no decision moves by it."""
    done = aligning.align(
        here().ledger,
        commands.author(),
        _pair(given),
        given["relation"],
        first_day=given["first_day"],
        last_day=given["last_day"],
        authority=authority_of(given),
    )
    return Done(done.last if done else None)


class EndedAlignment(Pair, Ordered):
    """The end of an alignment."""

    last_day = Day(required=True, **says("The last day on which it holds."))


@NOUN.commands(f"{SCOPE}/alignments/end", Done, body=EndedAlignment)
@access.needs(Action.PROPOSE_CHANGE)
def end_alignment(given: dict[str, Any]) -> Any:
    """End what aligns two competencies; it stays on record."""
    pair, by, last_day = _pair(given), authority_of(given), given["last_day"]
    done = aligning.end_alignment(
        here().ledger, commands.author(), pair, last_day, authority=by, reason=given["reason"]
    )
    return Done(done.last)


@dataclass(frozen=True, slots=True)
class AlignmentsDone:
    """How many alignments of a file are new, how many were known."""

    new: int
    same: int
    position: int | None


class AlignmentsAsked(Asked):
    """By which body, and between which frameworks, a file aligns."""

    body = Said(required=True, **says("The body that decided it."))
    local_framework = Said(**says("The framework of the local codes."))
    state_framework = Said(**says("The framework of the state's codes."))


@NOUN.commands(f"{SCOPE}/alignments/import", AlignmentsDone, query=AlignmentsAsked, takes=CSV)
@access.needs(Action.IMPORT)
def import_alignment_file(asked: dict[str, Any]) -> Any:
    """Align a local framework to the state's: a CSV with state, local, relation, from and until."""
    by = authority_of({**asked, "dated": None, "minute": None, "link": None})
    local, state = _framework(asked["local_framework"]), _framework(asked["state_framework"])
    file = AlignmentFile("alignment.csv", reading.raw(LONGEST_FILE), by, local, state)
    done = import_alignments(here().ledger, commands.author(), file)
    return AlignmentsDone(done.new, done.same, done.appended.last if done.appended else None)


class Designations(PagedThen):
    """Which designations are listed."""

    course = code("Only of this course.")
    everything = AskedTruth(load_default=False, **says("Also those of other days, replaced or taken back."))


@NOUN.reads(f"{SCOPE}/designations", Page[DesignationView], query=Designations)
@access.needs(Action.READ_FRAMEWORKS)
def list_designations(asked: dict[str, Any]) -> Any:
    """List the priority standards of courses: by which body, from when, and who entered it."""
    found = designations(
        here().ledger, asked["course"], on=asked["on"], known_at=asked["known_at"], everything=asked["everything"]
    )
    return paging.cut(found, lambda one: one.position, asked)


class NewDesignation(Authorised):
    """Competencies that become priority standards of a course, or are none any more."""

    competencies = Several(code("A competency, by id or code."), required=True)
    course = sharing.code("The code of the course.", required=True)
    first_day = Day(required=True, **says("The first day."))
    last_day = Day(**says("The last day; open where not given."))
    kind = Choice(("academic", "transferable", "habit"), load_default="academic", **says("The kind of competency."))
    taken_back = Truth(load_default=False, **says("Take the designation back instead."))


@dataclass(frozen=True, slots=True)
class Designated:
    """The competencies designated, by id, and the position of the last designation in the log."""

    position: int
    course: str
    competencies: tuple[str, ...]
    priority: bool


@NOUN.commands(f"{SCOPE}/designations", Designated, body=NewDesignation)
@access.needs(Action.PROPOSE_CHANGE)
def designate_competencies(given: dict[str, Any]) -> Any:
    """Make competencies priority standards of a course, or take that back."""
    ledger, names, priority = here().ledger, given["competencies"], not given["taken_back"]
    done = designate(
        ledger,
        commands.author(),
        names,
        given["course"],
        first_day=given["first_day"],
        last_day=given["last_day"],
        authority=authority_of(given),
        priority=priority,
        kind=given["kind"] or "academic",
    )
    found = tuple(find_competency(ledger, name)[2] for name in names)
    return Designated(done.last, given["course"], found, priority)
