"""What would now differ: decisions another rule would make otherwise, and a person's ruling on each."""

from dataclasses import dataclass
from typing import Any, get_args

from marshmallow.fields import Nested

from ledger.access.actions import Action
from ledger.application.settling import Settled, Unsettled, settle_all
from ledger.domain.learner import Question
from ledger.domain.settlement import Ruling
from ledger.inquiry.differing import differing
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging
from web.api.fields import AskedTruth, Body, Choice, Said, Several, Text, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.problems import Error, Refusal
from web.api.sharing import code, says
from web.change_lists import WorkRow, work_rows
from web.ledgers import here

NOUN = Noun(
    "differing",
    "Would now differ",
    "Nothing is decided again because a rule has changed: a person settles each decision that would now be another.",
)
UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


class Asked(paging.Paged):
    """Which decisions are listed."""

    question = Choice(get_args(Question), **says("Only this question."))
    policy = code("Only those this policy would make otherwise.")
    kind = Choice(("gain", "loss", "other"), **says("Only those of this kind."))
    awards = AskedTruth(load_default=False, **says("The awards, which stand whatever is said."))


@NOUN.reads(f"{SCOPE}/differing", Page[WorkRow], query=Asked)
@access.needs(Action.SETTLE, access.anywhere)
def list_differing(asked: dict[str, Any]) -> Any:
    """List the decisions that would now be made otherwise, of those within reach."""
    opened, reached = here(), access.reach(Action.SETTLE)
    found = differing(opened.ledger, opened.models, question=asked["question"], policy=asked["policy"])
    rows = [
        one
        for one in (found.awards if asked["awards"] else found.rows)
        if asked["kind"] in (None, one.kind) and (reached is None or one.learner in reached)
    ]
    page = paging.cut(rows, lambda one: f"{one.learner} {one.question} {one.subject} {one.award}", asked)
    return Page(work_rows(opened, page.rows, opened.ledger.today()), page.next, page.position)


class Row(Body):
    """One decision that would now be another, as the list names it."""

    learner = Said(required=True, pattern=UUID, **says("Whose it is."))
    question = Choice(get_args(Question), required=True, **says("The question."))
    subject = code("The subject, such as `course/ALG1`.", required=True)
    award = code("The award; `standard` where not given.")
    version = WholeNumber(**says("The version of the decision as it was seen; another one is refused."))
    adoption = WholeNumber(**says("The position of the adoption as it was seen."))


class Ruled(Body):
    """A person's ruling on some decisions, with one reason."""

    ruling = Choice(get_args(Ruling), required=True, **says("Whether the decisions stand, or are made anew."))
    reason = Text(required=True, **says("Why; kept in the vault."))
    rows = Several(Nested(Row), required=True, most=1000, **says("The decisions."))


@dataclass(frozen=True, slots=True)
class SettledRow:
    """What became of one decision: `version` is the last one written, null where it was refused and why is said."""

    learner: str
    question: str
    subject: str
    award: str
    version: int | None
    decisions: int
    refusal: str


@dataclass(frozen=True, slots=True)
class SettledRows:
    """What settling came to."""

    settled: int
    refused: int
    rows: tuple[SettledRow, ...]


@NOUN.commands(f"{SCOPE}/differing/settle", SettledRows, body=Ruled)
@access.needs(Action.SETTLE, access.anywhere)
def settle_decisions(given: dict[str, Any]) -> Any:
    """Rule on decisions that would now be others; an award is never taken back, and each is ruled on for itself."""
    author = commands.author()
    _require_reached(given["rows"])
    rows = [_unsettled(one) for one in given["rows"]]
    found = settle_all(here().ledger, author, rows, given["ruling"], given["reason"])
    refused = sum(bool(one.refusal) for one in found)
    return SettledRows(len(found) - refused, refused, tuple(map(_settled, found)))


def _unsettled(one: dict[str, Any]) -> Unsettled:
    return Unsettled(
        learner=one["learner"],
        question=one["question"],
        subject=one["subject"],
        award=one["award"] or "standard",
        standing=one["version"],
        adoption=one["adoption"],
    )


def _require_reached(rows: list[dict[str, Any]]) -> None:
    reached = access.reach(Action.SETTLE)
    errors = [
        Error(f"/rows/{number}/learner", "There is no such learner here.")
        for number, one in enumerate(rows)
        if (reached is not None and one["learner"] not in reached)
        or not here().ledger.log.recorder.last_version(f"learner/{one['learner']}")
    ]
    if errors:
        raise Refusal("faults", "some of the learners are not here", errors)


def _settled(one: Settled) -> SettledRow:
    written, row = one.written, one.row
    version, decisions = (written.version, len(written.decisions)) if written else (None, 0)
    return SettledRow(row.learner, row.question, row.subject, row.award, version, decisions, one.refusal)
