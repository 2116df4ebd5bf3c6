"""From a fact sheet and the governing policy to the payload of a decision."""

from ledger.deciding.agenda import Touched, touched_by
from ledger.deciding.decider import Decider
from ledger.deciding.shelf import Shelf

__all__ = ["Decider", "Shelf", "Touched", "touched_by"]
