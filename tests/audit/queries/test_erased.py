"""Queries of a learner of whom something was erased."""

from datetime import date

import pytest

from ledger.audit.queries.finding import shifted
from ledger.audit.queries.registry import QUERIES
from ledger.domain.belonging import BelongingRetracted, GradeOfRecordSet
from ledger.domain.erasure import Erased
from tests.audit.queries.rules import adoption, governed
from tests.audit.queries.support import PAPER, REASON, Book, corrected, decided, places, recorded, withdrawn


@pytest.mark.parametrize("name", QUERIES)
def test_what_was_erased_is_passed_over(name: str) -> None:
    """Neither an erased entry nor what corrects or retracts it says anything."""
    book = Book()
    for topic in ("learner.evidence-recorded.1", "learner.enrolled.1"):
        book.act(Erased(topic=topic, digest="d"))
    book.act(corrected(document=PAPER))
    book.act(withdrawn(document=PAPER))
    book.act(BelongingRetracted(entry=2, reason=REASON, document=PAPER))

    assert [] == places(name, book)


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days(name: str, day: str) -> None:
    """Whatever day an entry or a rule names, every query ends."""
    book = Book()
    book.act(recorded(day=day), decided("not_yet"))
    book.act(corrected(day=day, level="1"), decided("met"))
    for grade in ("9", "10"):
        book.act(GradeOfRecordSet(grade=grade, first_day=day))
    book.act(BelongingRetracted(entry=5, reason=REASON))
    rules = governed((1, adoption(day)), (2, adoption(day, level="2", last_day=day)), (3, adoption(day)))

    assert isinstance(places(name, book, governance=rules), list)


def test_days_end_with_the_calendar() -> None:
    """There is no day before the first and none after the last."""
    assert (date.min, date.max) == (shifted(date.min, -1), shifted(date.max, 1))
    assert date(2026, 3, 1) == shifted(date(2026, 2, 28), 1)
