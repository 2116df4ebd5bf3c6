"""One event of the log, by its position: where it stands, who recorded it, and its proof; never what it says."""

from flask import Response, request

from ledger.access.actions import Action
from ledger.access.grants import Target
from ledger.errors import UnknownName
from ledger.inquiry.places import target_of
from ledger.inquiry.proof_lines import proof_view
from ledger.values import is_identifier
from web import access
from web.answering import answer
from web.ledgers import here
from web.pages import JSON, POSITION, scoped

LEARNER, DECIDED = "learner/", "learner.decided.1"


def event_target() -> Target:
    """Return the learner an event is about, or the ledger where it is about none; a damaged row is the ledger's."""
    position = int((request.view_args or {})["position"])
    row = here().ledger.log.recorder.at(position)
    if row is None:
        raise UnknownName(f"no event stands at position {position}")
    identity = str(row[1]).removeprefix(LEARNER)
    if identity != row[1] and is_identifier(identity):
        return target_of(here().ledger, identity)
    return Target(here().ledger.jurisdiction)


@scoped.get("/events/" + POSITION)
@scoped.get("/events/" + POSITION + JSON)
@access.needs(Action.READ_RECORD, event_target)
def event(position: int, form: str = "html") -> Response:
    """Show where an event stands and that it is what was signed."""
    view = proof_view(here().ledger, position)
    learner = view.stream.removeprefix(LEARNER) if view.stream.startswith(LEARNER) else ""
    name = access.names([learner]).get(learner, "") if learner else ""
    actor = here().ledger.vault.display_name(view.actor) if is_identifier(view.actor) else view.actor
    return answer(
        form, "audit_event.html", view, learner=learner, name=name, actor=actor, decides=view.topic == DECIDED
    )
