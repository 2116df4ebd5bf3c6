"""Grants: who holds which role where; and the tokens of whoever asks."""

from typing import Any, get_args

from ledger.access.actions import Action
from ledger.access.giving import Asked as RoleAsked
from ledger.access.grants import Granted
from ledger.accounts.tokens import Token, Tokens
from ledger.application.appointing import Term, appoint, dismiss
from ledger.application.granting import all_grants
from ledger.domain.access import Place, Role
from ledger.errors import UnknownName
from ledger.inquiry.granted import GrantRow, grant_row
from ledger.inquiry.places import target_of
from ledger.projections.pages import Page
from ledger.values import identifier
from web import access
from web.api import commands, paging, tags
from web.api.differing import UUID
from web.api.fields import Body, Choice, Day, Said, Text, Truth
from web.api.noun import ROOT, SCOPE, Noun
from web.api.problems import Refusal
from web.api.sharing import CODE, JURISDICTION, code, says
from web.bearer import tokens
from web.grants_pages import rows_within_reach
from web.ledgers import here, ledgers

NOUN = Noun("grants", "Grants and tokens", "Who holds which role where, each grant an event; and one's own tokens.")
ONE = f"{SCOPE}/grants/<identifier:grant>"


@NOUN.reads(f"{SCOPE}/grants", Page[GrantRow], query=paging.Paged)
@access.needs(Action.READ_GRANTS, access.anywhere)
def list_grants(asked: dict[str, Any]) -> Any:
    """List who holds which role where, of the places within reach."""
    return paging.cut(tuple(rows_within_reach()), lambda one: one.grant, asked)


@NOUN.reads(ONE, GrantRow, tagged=True)
@access.needs(Action.READ_GRANTS, access.anywhere)
def show_grant(grant: str) -> Any:
    """Show one grant."""
    found = next((row for row in rows_within_reach() if row.grant == grant), None)
    if found is None:
        raise Refusal("not-found", "there is no such grant within your reach")
    tags.show(_version(_own_grant(grant)) if found.ledger == here().ledger.jurisdiction else 1)
    return found


def _own_grant(grant: str) -> Granted:
    found = next((one for one in all_grants(here().ledger) if one.grant == grant), None)
    if found is None:
        raise Refusal("not-found", "there is no such grant in this ledger")
    return found


def _version(found: Granted) -> int:
    return int(here().ledger.log.recorder.last_version(f"access/{found.person}"))


class NewGrant(Body):
    """A role in a place: a jurisdiction or school, one class of it, or one learner."""

    person = Said(required=True, longest=200, pattern=CODE, **says("Who, by the id of that person."))
    role = Choice(get_args(Role), required=True, **says("Which role."))
    organisation = Said(longest=200, pattern=JURISDICTION, **says("The jurisdiction or school."))
    section = code("One class of it alone.")
    learner = Said(pattern=UUID, **says("One learner alone."))
    first_day = Day(required=True, **says("The first day."))
    last_day = Day(**says("The last day; until it is ended where not given."))
    reason = Text(**says("Why; kept in the vault."))


@NOUN.commands(f"{SCOPE}/grants", GrantRow, body=NewGrant)
@access.needs(Action.GRANT_ROLES, access.anywhere)
def give_role(given: dict[str, Any]) -> Any:
    """Give somebody a role, within one's own place; nobody gives one to themselves."""
    ledger, author = here().ledger, commands.author()
    kind = "learner" if given["learner"] else "class" if given["section"] else "jurisdiction"
    place = Place(
        kind=kind,  # type: ignore[arg-type]
        organisation=None if kind == "learner" else given["organisation"] or ledger.jurisdiction,
        section=given["section"],
        learner=given["learner"],
    )
    if kind == "learner" and not access.opens(given["learner"]):
        raise Refusal("faults", "there is no such learner within your reach")
    asked = RoleAsked(ledger.vault.person_id(given["person"]), given["role"], place, _target(place))
    term = Term(given["first_day"], given["last_day"], given["reason"] or "")
    appoint(ledger, author, access.person().grants, asked, term)
    return _shown(identifier("grant", author.command))


def _target(place: Place) -> Any:
    return target_of(here().ledger, place.learner) if place.learner else None


def _shown(grant: str) -> GrantRow:
    found = _own_grant(grant)
    tags.show(_version(found))
    return grant_row(here().ledger, found, here().ledger.today(), access.names)


class EndedGrant(Body):
    """When a role ends."""

    last_day = Day(required=True, **says("The last day on which it holds."))
    reason = Text(**says("Why; kept in the vault."))
    leaves_nobody = Truth(load_default=False, **says("Nobody will be left who gives roles there, and that is meant."))


@NOUN.commands(f"{ONE}/end", GrantRow, body=EndedGrant, tagged=True)
@access.needs(Action.GRANT_ROLES, access.anywhere)
def end_grant(given: dict[str, Any], grant: str) -> Any:
    """End a grant with a day; it stays on record."""
    ledger, found = here().ledger, _own_grant(grant)
    if commands.earlier() is None:
        tags.require(_version(found), "somebody else")
    dismiss(
        ledger,
        commands.author(),
        access.person().grants,
        [one for opened in access.chain() for one in all_grants(opened.ledger)],
        RoleAsked(found.person, found.role, found.place, _target(found.place)),
        grant,
        given["last_day"],
        given["reason"] or "",
        leaves_nobody=bool(given["leaves_nobody"]),
    )
    return _shown(grant)


def _tokens() -> Tokens:
    known = ledgers()
    return tokens(known.open(known.jurisdictions()[0]).ledger.vault)


@NOUN.reads(f"{ROOT}/tokens", Page[Token], query=paging.Paged)
@access.signed_in
def list_tokens(asked: dict[str, Any]) -> Any:
    """List one's own tokens; none is ever shown again, and none is made here: sign in at a browser for that."""
    return paging.cut(_tokens().of(access.person().person), lambda one: one.token, asked)


@NOUN.commands(f"{ROOT}/tokens/<token>/revoke", list[Token])
@access.signed_in
def revoke_token(token: str) -> Any:
    """Revoke one of one's own tokens; it opens nothing any more."""
    try:
        _tokens().revoke(access.person().person, token)
    except UnknownName as error:
        raise Refusal("not-found", str(error)) from None
    return list(_tokens().of(access.person().person))
