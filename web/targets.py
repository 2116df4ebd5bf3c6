"""What an address is about: how the target of what somebody wants is found in it."""

from flask import g, request

from ledger.access.grants import Target
from ledger.errors import UnknownName
from ledger.inquiry.places import target_of
from ledger.values import is_identifier
from web.ledgers import here


def jurisdiction() -> Target:
    """Return the ledger at hand as a whole."""
    return Target(here().ledger.jurisdiction)


ANYWHERE = Target("")


def anywhere() -> Target:
    """Return whatever this person reaches: for lists, which are then cut to it."""
    return ANYWHERE


def learner() -> Target:
    """Return the learner an address names, and where that learner belongs today."""
    given = str((request.view_args or {}).get("learner", ""))
    if not is_identifier(given):
        raise UnknownName(f"there is no learner {given[:60]!r} here: a learner's address ends in a UUID")
    return target_of(here().ledger, given)


def decision() -> Target:
    """Return the learner a decision is about, given the position an address names."""
    position = int((request.view_args or {})["position"])
    event = next(here().ledger.log.scan(position - 1, position), None)
    stream = "" if event is None else str(event.originator_id)
    identity = stream.removeprefix("learner/")
    if identity == stream or not is_identifier(identity):
        raise UnknownName(f"there is no decision at position {position}")
    return target_of(here().ledger, identity)


def section() -> Target:
    """Return the class an address names by organisation, with tildes for slashes, and section."""
    given = request.view_args or {}
    organisation, name = str(given["organisation"]).replace("~", "/"), str(given["section"])
    known = Target(here().ledger.jurisdiction)
    return Target(known.jurisdiction, None, frozenset({organisation}), frozenset({(organisation, name)}))


def target() -> Target:
    """Return what the address at hand is about, as it was found when somebody was let in."""
    found: Target = g.target
    return found
