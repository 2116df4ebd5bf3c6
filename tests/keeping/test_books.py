"""Books closed, looked into, reopened and closed anew."""

import sqlite3

import pytest

from ledger.application import Ledger
from ledger.application.closing_books import (
    books_closed_before,
    close_books,
    closings_of,
    every_closing,
    look_into,
    reopen_books,
    root_at,
)
from ledger.application.governing import binds_below
from ledger.application.learning import withdraw
from ledger.audit.books import Scope
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.errors import LedgerDamaged
from ledger.inquiry import decision_view
from tests.keeping.conftest import who
from tests.support.ledgers import AUTHORITY, Clock, author, record
from tests.support.signing import signed

TERM = Scope("term", None, "2026-01-05", "2026-06-15")
LIST = Scope("graduation", ("MASTERY",), None, "2026-06-15")


def test_a_closing_says_what_was_certified(ledger: Ledger) -> None:
    """Position and root are those of the ledger before the closing; the list is counted."""
    before = ledger.log.recorder.max_notification_id()
    close_books(ledger, author(ledger), "class-of-2026", LIST, AUTHORITY)
    said = closings_of(ledger, "class-of-2026")[-1].said

    assert (before, 1, None) == (said.position, said.listed, said.checkpoint)
    assert root_at(ledger, before) == said.root


def test_a_signed_checkpoint_that_covers_it_is_named(ledger: Ledger) -> None:
    """Where the whole log was signed before, the closing names the size of that checkpoint."""
    size = signed(ledger).size
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)

    assert size == closings_of(ledger, "2026-spring")[-1].said.checkpoint


def test_the_list_can_be_made_again(ledger: Ledger, clock: Clock) -> None:
    """Whatever is recorded later, the list as of the position is the one certified."""
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    clock.instant = "2026-09-15T17:00:00.000000Z"
    record(ledger, who(ledger, "two"), "e4", "C.2", "3", kind="task", occurred="2026-09-01")
    found = look_into(ledger, closings_of(ledger, "2026-spring")[-1])

    assert (True, True, ()) == (found.same, found.rooted, found.afterwards)


def test_a_decision_about_the_closed_term_is_shown_as_made_afterwards(ledger: Ledger, clock: Clock) -> None:
    """A correction of work of the term changes a decision: that decision, and none before, was made afterwards."""
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    clock.instant = "2026-09-15T17:00:00.000000Z"
    written = withdraw(ledger, author(ledger), who(ledger, "one"), "e2", "Another learner's.")
    found = look_into(ledger, closings_of(ledger, "2026-spring")[-1]).afterwards

    assert [("MASTERY", "not_yet", "met")] == [(one.row.question, one.row.outcome, one.was) for one in found]
    assert found[0].row.version == written.version
    assert ("2026-spring",) == decision_view(ledger, who(ledger, "one"), found[0].row.version).after_closing
    assert () == decision_view(ledger, who(ledger, "one"), 4).after_closing


def test_reopened_books_can_be_closed_anew(ledger: Ledger) -> None:
    """A reopening names its closing; a closing after it is another one, and the first stays on record."""
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    done = reopen_books(ledger, author(ledger), "2026-spring", AUTHORITY, "a class was left out")
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    first, second = closings_of(ledger, "2026-spring")

    assert first.reopened is not None
    assert (done.last, None) == (first.reopened.position, second.reopened)
    assert done.last == second.said.position


def test_a_repeated_command_closes_once(ledger: Ledger) -> None:
    """The same command, sent again, is answered as the first time."""
    one = author(ledger, "close-1")
    first = close_books(ledger, one, "2026-spring", TERM, AUTHORITY)
    again = close_books(ledger, one, "2026-spring", TERM, AUTHORITY)

    assert (first.last, True) == (again.last, again.repeated)
    assert 1 == len(every_closing(ledger))


def test_nothing_of_it_binds_below(ledger: Ledger) -> None:
    """A ledger below receives neither closings nor reopenings."""
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    reopen_books(ledger, author(ledger), "2026-spring", AUTHORITY, "a class was left out")
    about = [event for event in ledger.log.governing() if event.originator_id == "books/2026-spring"]

    assert [False, False] == [binds_below(event) for event in about]


def test_decisions_replay_after_a_closing(ledger: Ledger) -> None:
    """A closing governs nothing: decisions before and after it are made again alike."""
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    record(ledger, who(ledger, "two"), "e4", "C.2", "3", kind="task", occurred="2026-06-01")
    replay = Replay(ledger.log)

    assert {Verdict.IDENTICAL} == {one.verdict for one in replay.replay(replay.learners())}


def test_a_list_that_was_rewritten_is_another_one(ledger: Ledger) -> None:
    """Where decisions and a leaf are altered by SQL, neither the list nor the root is the one certified."""
    close_books(ledger, author(ledger), "2026-spring", TERM, AUTHORITY)
    closing = closings_of(ledger, "2026-spring")[-1]
    met, lost = b'"outcome":"met"', b'"outcome":"denied"'
    with sqlite3.connect(ledger.log.path) as connection:
        connection.create_function("altered", 1, lambda state: state.replace(met, lost))
        connection.execute("UPDATE stored_events SET state = altered(state) WHERE topic = 'learner.decided.1'")
        connection.execute("UPDATE leaves SET leaf = zeroblob(32) WHERE leaf_index = 3")
    found = look_into(ledger, closing)

    assert (False, False) == (found.same, found.rooted)


def test_a_missing_leaf_is_told(ledger: Ledger) -> None:
    """No root can be said where a leaf is missing."""
    with sqlite3.connect(ledger.log.path) as connection:
        connection.execute("DELETE FROM leaves WHERE leaf_index = 3")

    with pytest.raises(LedgerDamaged, match="a leaf is missing after position 0; `mastery verify` tells which"):
        root_at(ledger, 5)


def test_an_ordinary_decision_has_no_books(ledger: Ledger) -> None:
    """Where nothing was closed, no decision was made after a closing."""
    assert () == books_closed_before(ledger, who(ledger, "one"), 4)
