"""Changes that make a fail a pass."""

import msgspec
import pytest

from ledger.audit.queries.fail_to_pass import is_night
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

NAME = "fail-to-pass"


def failed(book: Book) -> None:
    """Write work that does not pass, entered by ann."""
    book.act(recorded(level="2"), decided("not_yet"), at="2026-03-02 10:00", who="ann")


def test_an_undocumented_change_that_passes_is_found() -> None:
    """A correction by another, in the day, without a document, makes mastery of a fail."""
    book = Book()
    failed(book)
    event = book.act(corrected(level="3"), decided("met"), at="2026-03-05 15:30", who="bob", role="registrar")
    (one,) = found(NAME, book)

    assert (101, event.position, event.position + 1) == one.positions
    assert (
        "A correction of evidence, entered by teacher ann made MASTERY of competency/c1 met where it was not_yet: "
        "without a document, recorded 2026-03-05 15:30 by registrar bob."
    ) == one.sentence


def test_a_change_at_night_is_found_though_a_document_is_named() -> None:
    """At a quarter past eleven nobody is at school."""
    book = Book()
    failed(book)
    event = book.act(corrected(level="3", document=PAPER), decided("met"), at="2026-03-05 23:15", who="ann")
    (one,) = found(NAME, book)

    assert event.position == one.position
    assert ": at night, recorded 2026-03-05 23:15" in one.sentence


def test_a_withdrawn_fail_is_found() -> None:
    """The last bad result is taken out, and what is left passes."""
    book = Book()
    failed(book)
    book.act(withdrawn(), decided("met"), at="2026-03-05 15:30")

    assert ["A withdrawal"] == [one.sentence[:12] for one in found(NAME, book)]


def test_a_documented_change_in_the_day_is_left_alone() -> None:
    """A document is named, and somebody is there to be asked."""
    book = Book()
    failed(book)
    book.act(corrected(level="3", document=PAPER), decided("met"), at="2026-03-05 15:30", who="bob")

    assert [] == places(NAME, book)


def test_a_slip_in_the_day_is_left_alone() -> None:
    """Whoever entered it sets it right within the hour."""
    book = Book()
    failed(book)
    book.act(corrected(level="3"), decided("met"), at="2026-03-02 10:20", who="ann")

    assert [] == places(NAME, book)


def test_new_work_that_passes_at_night_is_left_alone() -> None:
    """A retake entered late in the evening is new work and no change."""
    book = Book()
    failed(book)
    book.act(recorded("retake"), decided("met"), at="2026-03-05 23:30")

    assert [] == places(NAME, book)


def test_a_change_that_passes_nothing_is_left_alone() -> None:
    """What was met stays met, what was not stays not, and readiness is no pass."""
    book = Book()
    failed(book)
    book.act(corrected(level="2.5"), decided("met", question="READINESS"), at="2026-03-05 23:30")

    assert [] == places(NAME, book)


def test_a_ruling_at_night_is_found() -> None:
    """A decision is made anew by a person: at night whatever is named, in the day without a document."""
    ruling = DifferenceSettled(
        document=PAPER,
        question="MASTERY",
        subject=skill(),
        award="standard",
        on="2026-03-02",
        standing=2,
        adoption=7,
        offered="met",
        ruling="decided-anew",
        reason=REASON,
    )
    night, day = Book(), Book()
    for book, hour in ((night, "02:00"), (day, "14:00")):
        failed(book)
        book.act(ruling, decided("met"), at=f"2026-03-05 {hour}")

    assert ["A ruling made MASTERY"] == [one.sentence[:21] for one in found(NAME, night)]
    assert [] == places(NAME, day)

    failed(day)
    day.act(msgspec.structs.replace(ruling, document=None), decided("met"), at="2026-03-06 14:00")

    assert [107] == places(NAME, day)


@pytest.mark.parametrize(
    ("hour", "evening", "morning", "night"),
    [(20, 20, 6, True), (19, 20, 6, False), (5, 20, 6, True), (6, 20, 6, False), (3, 1, 5, True), (6, 1, 5, False)],
)
def test_the_night_may_go_past_midnight(hour: int, evening: int, morning: int, night: bool) -> None:
    """It begins with the hour it is from, and is over with the hour it is until."""
    assert night is is_night(hour, evening, morning)
