"""Audit: the queries an auditor asks, the ledger verified, every decision made again, and what is held outside."""

import os
from dataclasses import dataclass
from typing import Any

from ledger.access.actions import Action
from ledger.audit.queries.registry import QUERIES
from ledger.inquiry.audit_answers import QueryAnswer, answers_to
from ledger.inquiry.auditing import REPLAYED, VERIFIED, KeptReplay, KeptVerification, replay_now, verify_now
from ledger.inquiry.integrity import Standing, standing
from ledger.inquiry.kept import kept
from ledger.projections.pages import Page
from web import access
from web.api import jobs, paging
from web.api.fields import Asked, AskedNumber, Body, Day, Said, Text, Truth
from web.api.noun import SCOPE, Noun
from web.api.problems import Error, Refusal
from web.api.sharing import says
from web.job_pages import JobView
from web.ledgers import here

NOUN = Noun(
    "audit", "Audit", "The audit queries, verification, replay, checkpoints, and what nobody outside would miss."
)


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """A number a query can be asked with otherwise."""

    name: str
    says: str
    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class QueryRow:
    """An audit query: what it asks, what it finds, and what an innocent finding may be."""

    name: str
    asks: str
    finds: str
    innocent: str
    thresholds: tuple[ThresholdRow, ...]


@NOUN.reads(f"{SCOPE}/audit/queries", Page[QueryRow], query=paging.Paged)
@access.needs(Action.AUDIT)
def list_queries(asked: dict[str, Any]) -> Any:
    """List the audit queries there are, with the numbers each can be asked with."""
    rows = [
        QueryRow(
            one.name,
            one.asks,
            one.finds,
            one.innocent,
            tuple(ThresholdRow(each.name, each.says, each.default, each.least, each.most) for each in one.thresholds),
        )
        for one in QUERIES.values()
    ]
    return paging.cut(rows, lambda one: one.name, asked)


class AskedQuery(Asked):
    """How a query is asked."""

    since = AskedNumber(**says("Only findings after this position."))
    since_day = Day(**says("Only findings recorded on this day or later."))
    thresholds = Said(
        longest=500,
        pattern=r"^[a-z-]+=[0-9]{1,7}(;[a-z-]+=[0-9]{1,7})*$",
        **says("Other numbers than usual, as `name=value`, semicolons between them."),
    )


@NOUN.reads(f"{SCOPE}/audit/queries/<query>", QueryAnswer, query=AskedQuery)
@access.needs(Action.AUDIT)
def ask_query(asked: dict[str, Any], query: str) -> Any:
    """Ask one audit query of the ledger as it stands; learners are named by UUID."""
    if query not in QUERIES:
        raise Refusal("not-found", f"there is no audit query {query[:60]!r}")
    thresholds = _thresholds(query, asked["thresholds"])
    since = asked["since"] if asked["since"] is not None else asked["since_day"]
    return answers_to(here().ledger, [(QUERIES[query], thresholds)], since).answers[0]


def _thresholds(query: str, given: str | None) -> dict[str, int]:
    known = {one.name: one for one in QUERIES[query].thresholds}
    found = QUERIES[query].defaults()
    for name, _, value in (part.partition("=") for part in (given or "").split(";") if part):
        if name not in known or not known[name].least <= int(value) <= known[name].most:
            words = ", ".join(f"{one.name} from {one.least} to {one.most}" for one in known.values()) or "none"
            raise Refusal("faults", "no such threshold", [Error("/thresholds", f"There is: {words}.", "query")])
        found[name] = int(value)
    return found


@NOUN.reads(f"{SCOPE}/audit/integrity", Standing)
@access.needs(Action.VERIFY)
def show_integrity() -> Any:
    """Show how the log stands: its checkpoints, the keys that signed them, and the events nobody outside would miss."""
    return standing(here().ledger)


class Verify(Body):
    """What is verified beside the log."""

    read_models = Truth(load_default=False, **says("Also compare the read models with ones made anew."))
    checkpoint = Text(**says("A checkpoint somebody holds outside, as text."))


@NOUN.commands(f"{SCOPE}/audit/verification", JobView, body=Verify)
@access.needs(Action.VERIFY)
def start_verification(given: dict[str, Any]) -> Any:
    """Verify the ledger with all that lies beside it, as a job."""
    ledger, by = here().ledger, access.person().person
    models, pin = bool(given["read_models"]), given["checkpoint"] or ""
    words = f"Verify the ledger{' with its read models' if models else ''}{' against a checkpoint' if pin else ''}"
    return jobs.started(
        "verify", words, lambda told: verify_now(ledger, by, told, models=models, pin=pin, environment=os.environ)
    )


@NOUN.reads(f"{SCOPE}/audit/verification", KeptVerification)
@access.needs(Action.VERIFY)
def show_verification() -> Any:
    """Show what the last verification came to."""
    return _kept(VERIFIED, KeptVerification)


def _kept(name: str, kind: type[Any]) -> Any:
    found = kept(here().ledger, name, kind)
    if found is None:
        raise Refusal("not-found", "it was not done yet; start it by POST to this address")
    return found


@NOUN.commands(f"{SCOPE}/audit/replay", JobView)
@access.needs(Action.REPLAY)
def start_replay() -> Any:
    """Make every decision again from the log alone, as a job."""
    ledger, by = here().ledger, access.person().person
    return jobs.started("replay", "Make every decision again", lambda told: replay_now(ledger, by, told))


@NOUN.reads(f"{SCOPE}/audit/replay", KeptReplay)
@access.needs(Action.REPLAY)
def show_replay() -> Any:
    """Show what the last replay of everything came to."""
    return _kept(REPLAYED, KeptReplay)
