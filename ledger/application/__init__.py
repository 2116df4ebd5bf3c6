"""The commands of a ledger: the only writer of events."""

from ledger.application.ledger import Ledger, open_ledger
from ledger.application.opening import initialise

__all__ = ["Ledger", "initialise", "open_ledger"]
