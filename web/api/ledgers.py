"""Ledgers: which there are, what is in one, and what comes from the one above; and who one is oneself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.access.actions import Action
from ledger.access.grants import covers, lies_in
from ledger.access.table import may as allows
from ledger.application.governing import pull_upstream
from ledger.domain.access import Place, Role
from ledger.projections import queries
from ledger.projections.answers import Overview
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging
from web.api.noun import ROOT, SCOPE, Noun
from web.api.problems import Refusal
from web.ledgers import here, ledgers, scope_of

NOUN = Noun("ledgers", "Ledgers", "The ledgers of this server: one of a state, one of each district that has its own.")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A ledger: its jurisdiction, how it stands in an address, and the ledger it receives from, null for none."""

    jurisdiction: str
    scope: str
    kind: str
    zone: str
    parent: str | None
    upstream: str | None
    name: str
    position: int
    today: date


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role somebody holds: in what place, from when to when, and whether it holds today."""

    grant: str
    role: Role
    place: Place
    first_day: str
    last_day: str | None
    holds: bool
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Me:
    """Who shows the token: the id known here, the vault id, and the roles held anywhere in this server."""

    name: str
    person: str
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """How many events came from the ledger above; its jurisdiction."""

    upstream: str
    events: int


@NOUN.reads(f"{ROOT}/me", Me)
@access.signed_in
def who_am_i() -> Any:
    """Say who shows the token, and what that person may do where."""
    known = access.person()
    return Me(known.name, known.person, tuple(map(_held, known.grants)))


def _held(one: Any) -> HeldRole:
    today = ledgers().open(ledgers().jurisdictions()[0]).ledger.today()
    allowed = access.person().actions
    meant = (action for action in Action if allows(one.role, action, by_token=True))
    actions = tuple(sorted(action.value for action in meant if allowed is None or action in allowed))
    return HeldRole(one.grant, one.role, one.place, one.first_day, one.last_day, one.holds_on(today), actions)


@NOUN.reads(f"{ROOT}/ledgers", Page[LedgerRow], query=paging.Paged)
@access.signed_in
def list_ledgers(asked: dict[str, Any]) -> Any:
    """List the ledgers in which the token holder has something to do."""
    rows = [_row(name) for name in ledgers().jurisdictions() if _reached(name)]
    return paging.cut(rows, lambda row: row.jurisdiction, asked)


def _reached(name: str) -> bool:
    """Say whether a role of the token holder holds today in some part of a ledger."""
    ledger = ledgers().open(name).ledger
    held = (one for one in access.person().grants if one.holds_on(ledger.today()))
    return any(
        ledger.log.recorder.last_version(f"learner/{one.place.learner}") > 0
        if one.place.kind == "learner"
        else covers(one.place, name) or lies_in(one.place, name)
        for one in held
    )


@NOUN.reads(SCOPE, LedgerRow)
@access.needs(Action.SEE_OVERVIEW)
def show_ledger() -> Any:
    """Show one ledger: its zone, its day, and how far it is."""
    return _row(here().ledger.jurisdiction)


def _row(name: str) -> LedgerRow:
    one = ledgers().open(name)
    said = one.ledger.opened
    return LedgerRow(
        name,
        scope_of(name),
        said.kind,
        said.zone,
        said.parent,
        said.upstream,
        said.ledger,
        one.position,
        one.ledger.today(),
    )


@NOUN.reads(f"{SCOPE}/overview", Overview)
@access.needs(Action.SEE_OVERVIEW)
def show_overview() -> Any:
    """Count learners, evidence and standing decisions, of those within reach."""
    counted = Action.LIST_DECISIONS if access.may(Action.LIST_DECISIONS, access.ANYWHERE) else Action.SEE_GROUPS
    return queries.overview(here().models, access.within(counted))


@NOUN.commands(f"{SCOPE}/upstream/receive", Received)
@access.needs(Action.IMPORT)
def receive_upstream() -> Any:
    """Receive from the ledger above what came there since: frameworks, policies, adoptions, bounds, pilots.

    The ledger above has to be on the same server.
    """
    ledger = here().ledger
    above = ledger.opened.upstream
    if above is None or above not in ledgers().jurisdictions():
        raise Refusal("refused", f"{ledger.jurisdiction} receives from no ledger of this server")
    return Received(above, pull_upstream(ledger, commands.author(), ledgers().open(above).ledger))
