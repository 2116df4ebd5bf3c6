"""Books that cannot be closed or reopened."""

import pytest

from ledger.application import Ledger
from ledger.application.closing_books import close_books, reopen_books
from ledger.audit.books import Scope
from ledger.errors import LedgerError
from tests.support.ledgers import AUTHORITY, author


@pytest.mark.parametrize(
    ("name", "first", "last", "said"),
    [
        (
            "Class of 2026",
            None,
            "2026-06-15",
            "'Class of 2026' cannot name books: lower-case letters, digits, dots and hyphens, such as 2026-fall",
        ),
        ("a", None, "2026-06-16", "2026-06-16 has not come yet; today is 2026-06-15 in this ledger's zone"),
        ("a", "2026-06-02", "2026-06-01", "2026-06-02 is after 2026-06-01; name the first day and then the last"),
    ],
)
def test_what_cannot_be_closed(ledger: Ledger, name: str, first: str | None, last: str, said: str) -> None:
    """A sentence says why, and nothing is stored."""
    before = ledger.log.recorder.max_notification_id()
    with pytest.raises(LedgerError) as refused:
        close_books(ledger, author(ledger), name, Scope("term", None, first, last), AUTHORITY)

    assert said == str(refused.value)
    assert before == ledger.log.recorder.max_notification_id()


def test_closed_books_are_not_closed_again(ledger: Ledger) -> None:
    """The position of the closing is named, and what to do first."""
    scope = Scope("term", None, None, "2026-06-15")
    done = close_books(ledger, author(ledger), "a", scope, AUTHORITY)
    with pytest.raises(LedgerError) as refused:
        close_books(ledger, author(ledger), "a", scope, AUTHORITY)

    assert f"the books 'a' were closed at position {done.last}; reopen them first, with `mastery books reopen`" == str(
        refused.value
    )


def test_what_is_not_closed_is_not_reopened(ledger: Ledger) -> None:
    """Books never closed are unknown; books that are open stay so, since when is said."""
    with pytest.raises(LedgerError) as unknown:
        reopen_books(ledger, author(ledger), "a", AUTHORITY, "why")
    close_books(ledger, author(ledger), "a", Scope("term", None, None, "2026-06-15"), AUTHORITY)
    done = reopen_books(ledger, author(ledger), "a", AUTHORITY, "why")
    with pytest.raises(LedgerError) as opened:
        reopen_books(ledger, author(ledger), "a", AUTHORITY, "why")

    assert "no books 'a' were ever closed; `mastery books list` names those that were" == str(unknown.value)
    assert f"the books 'a' are open since position {done.last}" == str(opened.value)
