"""Who may do something: the people who hold a role that allows it, for the page of somebody who may not."""

from collections.abc import Iterable
from datetime import date

from ledger.access.actions import Action
from ledger.access.grants import Target, granting
from ledger.application.granting import all_grants
from ledger.application.ledger import Ledger


def holders(ledgers: Iterable[Ledger], action: Action, target: Target, on: date) -> tuple[str, ...]:
    """Return the vault ids of those whom a grant of one of the ledgers lets do something to a target on a day."""
    found = (one for ledger in ledgers for one in all_grants(ledger) if granting((one,), action, target, on))
    return tuple(dict.fromkeys(one.person for one in found))
