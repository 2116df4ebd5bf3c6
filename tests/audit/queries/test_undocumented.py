"""Overrides and corrections without a document."""

from ledger.domain.belonging import BelongingRetracted, LearnerEnrolled
from ledger.domain.settlement import DifferenceSettled
from tests.audit.queries.support import (
    PAPER,
    REASON,
    Book,
    corrected,
    decided,
    found,
    places,
    recorded,
    skill,
    withdrawn,
)

NAME = "undocumented"


def test_a_correction_without_a_document_is_found() -> None:
    """What somebody else had entered is corrected, and no document is named."""
    book = Book()
    book.act(recorded(level="2"), at="2026-03-02 10:00", who="ann")
    event = book.act(corrected(level="3"), at="2026-03-05 15:30", who="bob", role="registrar")
    (one,) = found(NAME, book)

    assert (event.position, "one", "bob") == (one.position, one.learner, one.who)
    assert (
        "A correction, recorded 2026-03-05 15:30 by registrar bob, names no document; "
        "what it sets aside was entered 2026-03-02 10:00 by teacher ann."
    ) == one.sentence


def test_a_withdrawal_without_a_document_is_found() -> None:
    """A withdrawal is told with the entry it takes out."""
    book = Book()
    entry = book.act(recorded())
    event = book.act(withdrawn(), at="2026-03-05 15:30")
    (one,) = found(NAME, book)

    assert (entry.position, event.position) == one.positions
    assert one.sentence.startswith("A withdrawal, ")


def test_a_document_is_enough() -> None:
    """Nothing is found where a document is named."""
    book = Book()
    book.act(recorded(level="2"))
    book.act(corrected(level="3", document=PAPER), at="2026-03-05 15:30")
    book.act(withdrawn(document=PAPER), at="2026-03-06 15:30")

    assert [] == places(NAME, book)


def test_a_slip_of_the_hand_is_left_alone() -> None:
    """Whoever entered something sets it right within the hour, and nothing passes by it."""
    book = Book()
    book.act(recorded(level="2"), at="2026-03-02 10:00")
    book.act(corrected(level="1"), at="2026-03-02 11:00")

    assert [] == places(NAME, book)
    assert [102] == places(NAME, book, slip_minutes=59)


def test_a_slip_that_makes_a_pass_is_no_slip() -> None:
    """Set right within the hour, but a decision became met by it."""
    book = Book()
    book.act(recorded(level="2"), decided("not_yet"))
    event = book.act(corrected(level="3"), decided("met"), at="2026-03-02 10:10")

    assert [event.position] == places(NAME, book)


def test_what_no_rule_weighs_is_left_alone() -> None:
    """The item of a piece of work is corrected and nothing else."""
    book = Book()
    book.act(recorded())
    book.act(corrected(item="7b"), at="2026-03-05 15:30", who="bob")

    assert [] == places(NAME, book)


def test_a_correction_of_what_was_erased_is_passed_over() -> None:
    """Where the entry cannot be read any more, nothing is said of its correction."""
    book = Book()
    book.act(corrected())

    assert [] == places(NAME, book)


def test_rulings_and_retractions_need_a_document_too() -> None:
    """A ruling and a retraction are found, unless somebody takes back at once what they entered themselves."""
    book = Book()
    ruling = DifferenceSettled(
        question="MASTERY",
        subject=skill(),
        award="standard",
        on="2026-03-02",
        standing=2,
        adoption=7,
        offered="met",
        ruling="stands",
        reason=REASON,
    )
    book.act(LearnerEnrolled(organisation="us-tx/north", first_day="2025-08-18"))
    book.act(ruling)
    book.act(BelongingRetracted(entry=1, reason=REASON), at="2026-03-02 10:30")
    book.act(BelongingRetracted(entry=1, reason=REASON), at="2026-03-03 10:30")
    book.act(BelongingRetracted(entry=1, reason=REASON, document=PAPER), at="2026-03-03 10:30")

    assert [102, 104] == places(NAME, book)
