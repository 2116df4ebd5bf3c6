"""What an attacker does: plain SQL, or files on the disk, with or without the key that seals."""

import sqlite3
from pathlib import Path

from ledger.application import Ledger
from ledger.audit.integrity import LeafCheck
from ledger.audit.verifying.findings import Kind
from ledger.audit.verifying.held import Held
from tests.audit.support import positions, tamper
from tests.audit.verifying.support import said, verified

__all__ = ["ADOPTED", "ARCHIVED", "DECIDED", "RECORDED", "pin_of", "positions", "reseal", "rewrite", "said", "tamper"]

RECORDED, DECIDED = "learner.evidence-recorded.1", "learner.decided.1"
ADOPTED, ARCHIVED = "jurisdiction.policy-adopted.1", "jurisdiction.policy-archived.1"


def rewrite(ledger: Ledger, position: int, old: str, new: str) -> None:
    """Change a text in the stored bytes at a position."""
    change = "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), ?, ?) AS BLOB)"
    before = ledger.log.recorder.at(position)
    tamper(ledger, f"{change} WHERE position = ?", old, new, position)

    assert before != ledger.log.recorder.at(position)


def reseal(ledger: Ledger, *changed: int) -> None:
    """Make leaf and seal of some positions anew, as whoever has the key of the application can."""
    check = LeafCheck(ledger.log)
    for position in changed:
        row = ledger.log.recorder.at(position)
        leaf = None if row is None else ledger.log.leaf(row)
        assert leaf is not None
        place = (check.seal(leaf), position - 1)
        tamper(ledger, "UPDATE leaves SET leaf = ?, seal = ? WHERE leaf_index = ?", leaf, *place)


def pin_of(ledger: Ledger) -> Held:
    """Return the checkpoint that somebody outside took of a ledger as it stands now."""
    found = verified(ledger)
    return Held("the pin", found.reached, found.roots[found.reached], Kind.PIN)


def change(path: Path, statement: str, *values: object) -> None:
    """Change another database than the ledger behind the product's back."""
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()
