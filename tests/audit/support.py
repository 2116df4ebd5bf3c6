"""Ledgers that somebody changed behind their back, and what replay says of them."""

import sqlite3
from collections import Counter
from pathlib import Path

from ledger.application import Ledger
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Replayed, Verdict
from tests.support.ledgers import classroom, record


def decided(home: Path) -> Ledger:
    """Make a ledger in which two learners were decided about."""
    ledger = classroom(home)
    for name in ("S-1", "S-2"):
        learner = ledger.vault.learner_id(name)
        for number in range(6):
            record(ledger, learner, f"{name}-{number}", f"C.{number % 3}", "3", kind=("task", "exam")[number // 3])
    return ledger


def replayed(ledger: Ledger) -> list[Replayed]:
    """Replay everything."""
    replay = Replay(ledger.log)
    return list(replay.replay(replay.learners(), whole=True))


def verdicts(ledger: Ledger) -> dict[Verdict, int]:
    """Replay everything and count the verdicts."""
    return Counter(one.verdict for one in replayed(ledger))


def places(ledger: Ledger) -> list[tuple[Verdict, str]]:
    """Replay everything and return the damage that no decision tells of."""
    return [(one.verdict, one.detail) for one in replayed(ledger) if not one.question]


def tamper(ledger: Ledger, statement: str, *values: object) -> None:
    """Change the database behind the ledger's back."""
    with sqlite3.connect(ledger.log.path) as database:
        assert database.execute(statement, values).rowcount > 0


def alter(ledger: Ledger, topic: str, old: str, new: str) -> None:
    """Change a text in the stored bytes of every event of a topic."""
    tamper(
        ledger,
        "UPDATE stored_events SET state = CAST(replace(state, ?, ?) AS BLOB) "
        "WHERE topic = ? AND instr(CAST(state AS TEXT), ?)",
        old,
        new,
        topic,
        old,
    )


def positions(ledger: Ledger, topic: str) -> list[int]:
    """Name the positions of the events of a topic."""
    return [event.position for event in ledger.log.scan(topics=[topic])]
