"""What a change of rules has done since it governs, beside what its preview said it would do."""

from datetime import date

from ledger.application import Ledger
from ledger.application.change_state import change_named, supposition_of
from ledger.application.changing import worked_out_again
from ledger.application.previewing import preview
from ledger.errors import Refused
from ledger.inquiry.predicting import Comparison, compared


def what_came_of(ledger: Ledger, name: str) -> Comparison:
    """Hold the preview of a change that governs against what there is now; raise `Refused` for any other."""
    governance = ledger.governance()
    change = change_named(governance, name)
    stored = change.preview
    if change.activated_at is None or stored is None:
        raise Refused(f"change {change.proposed.number} has not come to govern; there is only its preview")
    predicted = worked_out_again(ledger, change, stored)
    supposition = supposition_of(governance, change.proposed)
    now = preview(ledger, supposition, date.fromisoformat(stored.on), read_to=stored.read_to)
    return compared(predicted, now)
