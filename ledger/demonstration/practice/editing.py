"""Editing a row of the small district by SQL, as somebody would who holds the file; in a demonstration alone."""

from pathlib import Path

from ledger.application import Ledger
from ledger.demonstration.practice.content import DRY_CREEK
from ledger.demonstration.summary import finished
from ledger.errors import Refused

EDITED = """SELECT position FROM stored_events WHERE topic = 'learner.evidence-recorded.1'
 AND CAST(state AS TEXT) LIKE '%"kind":"performance"%' AND CAST(state AS TEXT) LIKE '%"level":"4"%'
 ORDER BY position DESC LIMIT 1"""
EDIT = """UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '"level":"4"', '"level":"1"') AS BLOB)
 WHERE position = ?"""


def edit_a_row(ledger: Ledger) -> int:
    """Lower the newest performance at the highest level behind the ledger's back; return the position of its event.

    No command does so, and none could: the leaf and the seal of the event stay as they were. Raises `Refused`
    for any ledger that is not the one of a demonstration made for it, and where nothing is left to edit.
    """
    if not may_be_edited(ledger.home.path, ledger.jurisdiction):
        raise Refused("only the practice ledger of a demonstration may be edited, so that an audit finds it")
    with ledger.log.recorder.datastore.transaction(commit=True) as cursor:
        cursor.execute(EDITED)
        found = cursor.fetchone()
        if found is None:
            raise Refused("every row that could be edited was edited already; make the demonstration anew")
        cursor.execute(EDIT, (found[0],))
    return int(found[0])


def may_be_edited(home: Path, jurisdiction: str) -> bool:
    """Say whether a ledger is the one a demonstration has for this."""
    return jurisdiction == DRY_CREEK.jurisdiction and finished(home) is not None
