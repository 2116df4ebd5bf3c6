"""The log of events, one by one with its proof, and the log of who looked at what."""

from typing import Any

from ledger.access.actions import Action
from ledger.inquiry.proof_lines import ProofView, proof_view
from ledger.inquiry.read import ReadRow, known_reads
from ledger.projections.pages import Page
from ledger.storage.reading_log import Sought
from web import access
from web.api import paging
from web.api.decisions import POSITION
from web.api.fields import Choice, Day, Said
from web.api.noun import SCOPE, Noun
from web.api.sharing import code, iso, says
from web.audit_event_pages import event_target
from web.ledgers import here

NOUN = Noun("logs", "Logs", "Where an event stands in the log and that it was signed; who looked at whose record.")


@NOUN.reads(f"{SCOPE}/events/{POSITION}", ProofView)
@access.needs(Action.READ_RECORD, event_target)
def show_event(position: int) -> Any:
    """Show where an event stands and that it is what was signed, line by line; never what it says."""
    return proof_view(here().ledger, position)


class SoughtReads(paging.Paged):
    """Which readings are listed."""

    person = code("Only what this person looked at, by the id known here.")
    learner = Said(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", **says("Only of this learner, by UUID."))
    action = Choice(sorted(one.value for one in Action), **says("Only this action."))
    first_day = Day(**says("Read on this day or later, in UTC."))
    last_day = Day(**says("Read on this day or earlier, in UTC."))


@NOUN.reads(f"{SCOPE}/reads", Page[ReadRow], query=SoughtReads)
@access.needs(Action.READ_LOG)
def list_reads(asked: dict[str, Any]) -> Any:
    """List who looked at whose record in which role, the latest first."""
    opened, after = here(), paging.opened(asked["after"])
    who = opened.ledger.vault.find_person(asked["person"]) if asked["person"] else None
    if asked["person"] and who is None:
        return Page((), None, opened.position)
    sought = Sought(
        ledger=opened.ledger.jurisdiction,
        person=who,
        learner=asked["learner"],
        what=asked["action"],
        first_day=iso(asked["first_day"]),
        last_day=iso(asked["last_day"]),
    )
    before = int(after) if after else None
    found = known_reads(opened.ledger, sought, access.named(), limit=asked["limit"], before=before)
    return paging.sealed(Page(found.reads, str(found.next) if found.next else None, opened.position))
