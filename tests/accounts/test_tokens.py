"""Tokens of programs: what they allow, how long, and what is kept of them."""

import pytest

from ledger.access.actions import Action
from ledger.errors import Refused, UnknownName, UsageError
from tests.accounts.conftest import Office

READS = {Action.READ_POLICIES, Action.LIST_DECISIONS}
ALLOWED = frozenset({*READS, Action.RECORD_EVIDENCE, Action.HOLD_TOKENS})


def made(office: Office, days: int = 30) -> str:
    """Make a token of somebody that reads."""
    return office.tokens.make(office.vault.person_id("sis"), "nightly results", READS, ALLOWED, days)


def test_a_token_is_told_once(office: Office) -> None:
    """The file holds neither its secret nor what it is for; the list names it without the secret."""
    text = made(office)
    person = office.vault.person_id("sis")
    kept, listed = office.store.path.read_bytes(), office.tokens.of(person)

    assert text.rpartition("_")[2].encode() not in kept
    assert b"nightly results" not in kept
    assert [("nightly results", None)] == [(one.purpose, one.used) for one in listed]
    assert not any(text in str(one) for one in listed)


def test_a_token_acts_for_its_maker_within_its_actions(office: Office) -> None:
    """It allows what was chosen, and notes that it was used."""
    text = made(office)
    shown = office.tokens.find(text)

    assert shown is not None
    assert (office.vault.person_id("sis"), READS) == (shown.person, shown.actions)
    assert office.now == office.tokens.of(shown.person)[0].used


def test_another_text_is_no_token(office: Office) -> None:
    """Neither a wrong secret under a known id, nor anything that looks otherwise."""
    text = made(office)
    wrong = [text[:-1] + ("A" if text[-1] != "A" else "B"), text.upper(), text[4:], "", "mlk__", f"{text} "]

    assert [None] * len(wrong) == [office.tokens.find(one) for one in wrong]


def test_a_token_ends(office: Office) -> None:
    """By its time, or when it is revoked, once."""
    early, late = made(office, 1), made(office, 2)
    office.wait(days=1)
    person = office.vault.person_id("sis")
    ended, living = office.tokens.find(early), office.tokens.find(late)
    assert living is not None
    office.tokens.revoke(person, living.token)

    assert ended is None
    assert office.tokens.find(late) is None
    with pytest.raises(UnknownName, match="no token"):
        office.tokens.revoke(person, living.token)
    with pytest.raises(UnknownName, match="no token"):
        office.tokens.revoke("another", early.split("_")[1])


@pytest.mark.parametrize(
    ("actions", "days", "purpose", "kind", "sentence"),
    [
        (set(), 30, "x", UsageError, "without an action it allows nothing"),
        ({Action.VERIFY}, 30, "x", Refused, "a token allows nothing its maker may not do, so not to verify the ledger"),
        ({Action.HOLD_TOKENS}, 30, "x", Refused, "so not to make tokens for programs"),
        (READS, 0, "x", UsageError, "a token holds for 1 to 365 days"),
        (READS, 366, "x", UsageError, "a token holds for 1 to 365 days"),
        (READS, 30, "  ", UsageError, "say in 1 to 100 characters what the token is for"),
        (READS, 30, "two\nlines", UsageError, "say in 1 to 100 characters what the token is for"),
    ],
)
def test_what_makes_no_token_is_told(
    office: Office, actions: set[Action], days: int, purpose: str, kind: type[Exception], sentence: str
) -> None:
    """Nothing more than its maker may do, no token that makes tokens, no more than a year."""
    with pytest.raises(kind, match=sentence):
        office.tokens.make("somebody", purpose, actions, ALLOWED, days)

    assert () == office.tokens.of("somebody")
