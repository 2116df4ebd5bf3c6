"""Entries in bursts."""

from ledger.domain.learner import PreparationRecorded, StatusSet
from ledger.domain.shapes import Source
from tests.audit.queries.support import HAND, Book, ask, found, places, recorded, skill

NAME = "entry-bursts"


def usual(book: Book, days: int = 6) -> None:
    """Write two pieces of work a day, as ann does."""
    for day in range(1, days + 1):
        for number in range(2):
            book.act(recorded(f"day {day}, {number}"), at=f"2026-02-{day:02} 15:00", learner=f"l{number}")


def minute(number: int) -> str:
    """Return a time of one evening."""
    return f"2026-05-20 21:{number:02}"


def test_many_pieces_for_one_learner_at_once_are_found() -> None:
    """Twelve different pieces of work for one learner in six minutes."""
    book = Book()
    usual(book)
    events = [book.act(recorded(f"task {number}"), at=minute(number // 2), learner="one") for number in range(12)]
    (one,) = found(NAME, book)

    assert ("one", events[-1].position, tuple(event.position for event in events)) == (
        one.learner,
        one.position,
        one.positions,
    )
    assert (
        "teacher ann entered 12 different pieces of work for one learner within 6 minutes from 2026-05-20 21:00; in "
        "the 6 spans of 10 minutes in which this person entered anything it was 2 at the median and 2 at most."
    ) == one.sentence


def test_many_preparations_for_many_learners_are_found() -> None:
    """Thirty preparations, each for another skill, in ten minutes."""
    book = Book()
    usual(book)
    for number in range(30):
        said = PreparationRecorded(subject=skill(number), kind="tutoring", occurred="2026-05-01", source=HAND)
        book.act(said, at=minute(number // 3), learner=f"l{number}")
    (one,) = found(NAME, book)

    assert None is one.learner
    assert "entered 30 different pieces of work for 30 learners within 10 minutes" in one.sentence


def test_a_class_s_work_is_one_piece() -> None:
    """One test of forty learners is entered in a few minutes."""
    book = Book()
    usual(book)
    for number in range(40):
        book.act(recorded("final test"), at=minute(number // 5), learner=f"l{number}")

    assert [] == places(NAME, book)


def test_what_an_import_brings_is_entered_by_no_hand() -> None:
    """A source record, or several things by one command, come from another system."""
    book = Book()
    for number in range(40):
        book.act(recorded(f"task {number}", source=Source(system="gradebook", record=str(number))), at=minute(1))
    book.act(*(recorded(f"more {number}") for number in range(40)), at=minute(2))

    assert [] == places(NAME, book)
    assert ("0 entries by hand of 0 people read.",) == ask(NAME, book).notes


def test_who_always_enters_so_much_is_left_alone() -> None:
    """Twelve pieces for one learner are usual for whoever enters portfolios."""
    book = Book()
    for day in range(1, 8):
        for number in range(12):
            book.act(recorded(f"day {day}, {number}"), at=f"2026-02-{day:02} 15:00", learner=f"l{day}")

    assert [] == places(NAME, book)


def test_who_is_new_is_held_against_everybody() -> None:
    """A person with no other spans is measured by what all do."""
    book = Book()
    usual(book)
    for number in range(12):
        book.act(StatusSet(code=f"code-{number}", holds=True), at=minute(0), who="new")
    (one,) = found(NAME, book)

    assert "new" == one.who
    assert "in which anybody entered anything" in one.sentence


def test_thresholds_are_thresholds() -> None:
    """One more than there are finds nothing; a slower hand has a longer span."""
    book = Book()
    usual(book)
    for number in range(12):
        book.act(recorded(f"task {number}"), at=minute(2 * number))

    assert [] == places(NAME, book)
    assert 1 == len(places(NAME, book, minutes=30))
    assert [] == places(NAME, book, minutes=30, for_one=13)
    assert [] == places(NAME, book, minutes=30, times=7)
