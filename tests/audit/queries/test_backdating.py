"""Gaps between the day something is of and the day it was recorded."""

from typing import Any

from ledger.domain.belonging import LearnerEnrolled
from ledger.domain.learner import ApprovalGiven
from ledger.domain.shapes import Source
from tests.audit.queries.support import PAPER, Book, ask, by, corrected, decided, found, places, recorded, skill

NAME = "backdating"
LATE = "2026-05-20 10:00"


def usual(book: Book) -> None:
    """Write entries of yesterday, as is usual."""
    for day in range(3, 10):
        book.act(recorded(f"work {day}", f"2026-03-{day - 1:02}"), at=f"2026-03-{day:02} 15:00", learner="other")


def test_a_late_entry_that_passes_is_found() -> None:
    """Work of March appears in May, and mastery with it."""
    book = Book()
    usual(book)
    event = book.act(recorded(), decided("met"), at=LATE, who="bob")
    (one,) = found(NAME, book)

    assert (event.position, event.position + 1) == one.positions
    assert (
        "What is said to be of 2026-03-02 was recorded 79 days later, at 2026-05-20 10:00 by teacher bob, and MASTERY "
        "of competency/c1 became met by it; entries by hand lie 1 day back at the median."
    ) == one.sentence
    assert ("8 dated entries by hand: 1 day back at the median, 1 of them late.",) == ask(NAME, book).notes


def test_a_late_approval_that_passes_is_found() -> None:
    """A board's word is dated back; with a document it is not."""
    book = Book()
    usual(book)
    word: dict[str, Any] = {"kind": "board", "subject": skill(), "occurred": "2026-03-02", "by": by("board")}
    event = book.act(ApprovalGiven(**word), decided("met"), at=LATE)
    book.act(ApprovalGiven(**word, document=PAPER), decided("met"), at=LATE, learner="two")

    assert [event.position] == places(NAME, book)


def test_work_moved_to_an_earlier_day_is_found() -> None:
    """A correction dates work back before a deadline, without a document."""
    book = Book()
    book.act(recorded(day="2026-03-02"), decided("not_yet"))
    event = book.act(corrected(day="2026-02-02"), decided("met"), at="2026-03-04 10:00")
    (one,) = found(NAME, book)

    assert event.position == one.position
    assert one.sentence.startswith("A correction moved work back from 2026-03-02 to 2026-02-02, and MASTERY of ")


def test_moves_that_explain_themselves_are_left_alone() -> None:
    """To a later day, with a document, or with nothing that passes."""
    book = Book()
    book.act(recorded(day="2026-03-02"), decided("not_yet"))
    book.act(corrected(day="2026-03-03"), decided("met"), at="2026-03-04 10:00")
    book.act(corrected(day="2026-02-02"), decided("not_yet"), at="2026-03-04 10:10")
    book.act(corrected(day="2026-02-01", document=PAPER), decided("met"), at="2026-03-04 10:20")

    assert [] == places(NAME, book)


def test_late_entries_of_no_use_are_left_alone() -> None:
    """Nothing passes by it, or it had passed already."""
    book = Book()
    usual(book)
    book.act(recorded("a"), at=LATE)
    book.act(recorded("b"), decided("not_yet"), at=LATE)
    book.act(recorded("c", "2026-05-19"), decided("met"), at=LATE)
    book.act(recorded("d"), decided("met"), at=LATE)

    assert [] == places(NAME, book)


def test_a_whole_class_entered_late_is_left_alone() -> None:
    """A teacher catches up with one test of five learners; of four it would be a finding each."""
    book = Book()
    usual(book)
    for number in range(5):
        book.act(recorded("test"), decided("met"), at=LATE, learner=f"l{number}")

    assert [] == places(NAME, book)
    assert 5 == len(places(NAME, book, class_learners=6))


def test_what_can_be_looked_at_is_left_alone() -> None:
    """The work itself is kept as an artefact."""
    book = Book()
    usual(book)
    book.act(recorded(artefacts=(PAPER,)), decided("met"), at=LATE)

    assert [] == places(NAME, book)


def test_work_from_before_the_enrolment_is_left_alone() -> None:
    """A learner brings work from another school."""
    book = Book()
    usual(book)
    book.act(LearnerEnrolled(organisation="us-tx/north", first_day="2026-05-04"), role="registrar")
    book.act(recorded(), decided("met"), at=LATE)

    assert [] == places(NAME, book)


def test_an_import_is_left_alone() -> None:
    """A record of another system is dated by that system; undated work has no gap."""
    book = Book()
    usual(book)
    book.act(recorded("a", source=Source(system="gradebook", record="7")), decided("met"), at=LATE)
    book.act(recorded("b", None), decided("met"), at=LATE, learner="two")

    assert [] == places(NAME, book)


def test_a_ledger_that_begins_late_is_left_alone() -> None:
    """Where everything was entered months later, one more is no wonder."""
    book = Book()
    for number in range(8):
        book.act(recorded(f"work {number}"), at=LATE, learner=f"l{number}")
    book.act(recorded(), decided("met"), at=LATE)

    assert [] == places(NAME, book)
