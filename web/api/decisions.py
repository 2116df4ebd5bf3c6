"""Decisions: what was decided and why, made again on the spot, proved to stand in the signed log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ledger.access.actions import Action
from ledger.audit.proving import proof_of
from ledger.errors import Unavailable
from ledger.home import Home
from ledger.inquiry.decisions import decision_at, decision_view
from ledger.inquiry.receipts import Receipt, receipt
from ledger.inquiry.replayed import MadeAgain, made_again
from ledger.inquiry.views import DecisionView
from ledger.policy.model import Outcome, Question
from ledger.projections.pages import Page
from web import access
from web.api import paging
from web.api.fields import AskedTruth, Choice, Day, Said
from web.api.learners import narrowed
from web.api.noun import SCOPE, Noun
from web.api.problems import Refusal
from web.api.sharing import code, iso, says
from web.ledgers import here, ledgers
from web.listing import DecisionRow, Shown, decision_list

Found = TypeVar("Found")

NOUN = Noun(
    "decisions",
    "Decisions",
    "Every decision with its explanation, its replay from the log alone, and its proof.",
)
POSITION = "<int(max=999999999999999):position>"


class Decisions(paging.Paged):
    """Which decisions are listed."""

    learner = Said(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", **says("Only of this learner, by UUID."))
    question = Choice([one.value for one in Question], **says("Only this question."))
    outcome = Choice([one.value for one in Outcome], **says("Only with this outcome."))
    subject = code("Only about this subject, such as `course/ALG1`.")
    award = code("Only of this award.")
    policy = code("Only by this policy, in any edition.")
    edition = code("Only by this edition.")
    decided_from = Day(**says("Decided for this day or later."))
    decided_to = Day(**says("Decided for this day or earlier."))
    standing = AskedTruth(load_default=False, **says("Only those that stand now."))


@NOUN.reads(f"{SCOPE}/decisions", Page[DecisionRow], query=Decisions)
@access.needs(Action.LIST_DECISIONS, access.anywhere)
def list_decisions(asked: dict[str, Any]) -> Any:
    """List decisions within reach, the newest first."""
    opened = here()
    given = {**asked, "decided_from": iso(asked["decided_from"]), "decided_to": iso(asked["decided_to"])}
    names = ("learner", "question", "outcome", "subject", "award", "policy", "edition", "decided_from", "decided_to")
    wanted = narrowed(given, Action.LIST_DECISIONS, *names)
    standing_at = opened.position if asked["standing"] else None
    shown, after = Shown(opened, access.named()), paging.opened(asked["after"])
    return paging.sealed(decision_list(shown, wanted, standing_at, asked["limit"], after))


@NOUN.reads(f"{SCOPE}/decisions/{POSITION}", DecisionView)
@access.needs(Action.READ_RECORD, access.decision)
def show_decision(position: int) -> Any:
    """Show one decision with the tree of its explanation, its facts, its evidence, and its history.

    It is made again as it is shown: `again` is the verdict.
    """
    ledger = here().ledger
    return decision_view(ledger, *decision_at(ledger, position), audience=access.audience(access.target()))


@NOUN.reads(f"{SCOPE}/decisions/{POSITION}/replay", MadeAgain)
@access.needs(Action.REPLAY, access.decision)
def replay_decision(position: int) -> Any:
    """Make one decision again from the log alone, and name everything on which the two part."""
    if not access.entitlements(access.target()):
        raise Refusal("forbidden", "a replay shows every fact, and you may not read what hangs on an entitlement")
    return made_again(here().ledger, *decision_at(here().ledger, position))


@dataclass(frozen=True, slots=True)
class ProofText:
    """The proof that the event at a position is in the signed log: a C2SP tlog-proof."""

    position: int
    text: str


@NOUN.reads(f"{SCOPE}/decisions/{POSITION}/proof", ProofText)
@access.needs(Action.REPLAY, access.decision)
def prove_decision(position: int) -> Any:
    """Prove that a decision is in the signed log; what it says is in the proof as a digest alone."""
    home = Home(ledgers().home)
    return ProofText(position, _signed(lambda: proof_of(home, here().ledger.jurisdiction, position)).text())


def _signed(made: Callable[[], Found]) -> Found:
    """Return what needs a checkpoint; raise `Refusal` where none covers it yet."""
    try:
        return made()
    except Unavailable as error:
        raise Refusal("not-signed-yet", str(error)) from None


@NOUN.reads(f"{SCOPE}/decisions/{POSITION}/receipt", Receipt)
@access.needs(Action.READ_RECORD, access.decision)
def give_receipt(position: int) -> Any:
    """Prove a credit or a graduation with the event itself, once a checkpoint covers it."""
    if not access.entitlements(access.target()):
        raise Refusal("forbidden", "a receipt holds the whole event, and you may not read what hangs on an entitlement")
    return _signed(lambda: receipt(here().ledger, *decision_at(here().ledger, position), patience=0))
