"""Accounts with a password: made, changed, closed, and tried too often."""

import pytest

from ledger.access.actions import Action
from ledger.accounts.local import Tried
from ledger.accounts.passwords import Hasher
from ledger.accounts.throttling import FROM_ADDRESS, LONGEST, OF_ACCOUNT, to_wait
from ledger.errors import Refused, UnknownName
from ledger.storage.access_store import AccountRow
from tests.accounts.conftest import PASSWORD, Office

ADDRESS = "192.0.2.7"


def test_an_account_lets_its_person_in(office: Office) -> None:
    """With the password, and with no other; the file holds neither the password nor the id."""
    person = office.accounts.add("m.ortiz", PASSWORD)
    tried = office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
    kept = office.store.path.read_bytes()

    assert Tried(person) == tried
    assert Tried() == office.accounts.sign_in("m.ortiz", PASSWORD.upper(), ADDRESS)
    assert b"m.ortiz" not in kept
    assert PASSWORD.encode() not in kept


@pytest.mark.parametrize("name", ["nobody", "", "x" * 500, "two\nlines"])
def test_an_id_that_is_not_known_is_a_wrong_password(office: Office, name: str) -> None:
    """The answer is the same, a hash is made all the same, and the try counts all the same."""
    hashed: list[str | None] = []

    class Seen(Hasher):
        def holds(self, hashed_: str | None, password: str) -> bool:
            hashed.append(hashed_)
            return super().holds(hashed_, password)

    office.hasher = Seen(passes=1, memory=8)
    answers = [office.accounts.sign_in(name, PASSWORD, ADDRESS) for _ in range(OF_ACCOUNT + 1)]

    assert [Tried()] * OF_ACCOUNT == answers[:-1]
    assert 2 == answers[-1].wait
    assert [None] * OF_ACCOUNT == hashed


def test_whoever_fails_too_often_waits_twice_as_long_each_time(office: Office) -> None:
    """Two seconds after the fifth failure, then four; the right password does not help before, and clears it after."""
    person = office.accounts.add("m.ortiz", PASSWORD)
    for _ in range(OF_ACCOUNT):
        office.accounts.sign_in("m.ortiz", "wrong", ADDRESS)
    first = office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
    office.wait(seconds=2)
    office.accounts.sign_in("m.ortiz", "wrong", ADDRESS)
    second = office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
    office.wait(seconds=4)
    let_in = office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)

    assert [2, 4] == [first.wait, second.wait]
    assert Tried(person) == let_in
    assert Tried() == office.accounts.sign_in("m.ortiz", "wrong", ADDRESS)


def test_the_wait_has_an_end() -> None:
    """It grows to a quarter of an hour and no further, however often somebody fails."""
    waits = [to_wait(times, OF_ACCOUNT).total_seconds() for times in (4, 5, 6, 10, 14, 15, 10_000)]

    assert [0, 2, 4, 64, 900, 900, 900] == waits
    assert 900 == LONGEST.total_seconds()


def test_one_address_is_held_back_whatever_ids_it_tries(office: Office) -> None:
    """Twenty failures from an address make it wait, and nobody elsewhere."""
    person = office.accounts.add("m.ortiz", PASSWORD)
    for number in range(FROM_ADDRESS):
        office.accounts.sign_in(f"somebody-{number}", "wrong", ADDRESS)

    assert 2 == office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS).wait
    assert Tried(person) == office.accounts.sign_in("m.ortiz", PASSWORD, "192.0.2.8")


def test_failures_are_forgotten_after_a_day(office: Office) -> None:
    """Somebody who failed yesterday begins anew."""
    for _ in range(OF_ACCOUNT):
        office.accounts.sign_in("m.ortiz", "wrong", ADDRESS)
    office.wait(hours=25)

    assert Tried() == office.accounts.sign_in("m.ortiz", "wrong", ADDRESS)


def test_a_new_password_ends_every_session(office: Office) -> None:
    """The old one lets nobody in, who was signed in by it is not any more, and failures count no longer."""
    person = office.accounts.add("m.ortiz", PASSWORD)
    secret = office.sessions.begin(person, "password")
    for _ in range(OF_ACCOUNT):
        office.accounts.sign_in("m.ortiz", "wrong", ADDRESS)
    office.accounts.change("m.ortiz", "nine loud trombones")

    assert office.sessions.find(secret) is None
    assert Tried() == office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
    assert Tried(person) == office.accounts.sign_in("m.ortiz", "nine loud trombones", ADDRESS)


def test_a_closed_account_lets_nobody_in(office: Office) -> None:
    """Neither its password nor its sessions nor its tokens; it can be opened again by a new password."""
    person = office.accounts.add("m.ortiz", PASSWORD)
    secret = office.sessions.begin(person, "password")
    token = office.tokens.make(person, "results", {Action.READ_POLICIES}, frozenset(Action), 30)
    office.accounts.close("m.ortiz")

    assert Tried() == office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
    assert office.sessions.find(secret) is None
    assert office.tokens.find(token) is None
    assert [("m.ortiz", office.now)] == [(one.name, one.closed) for one in office.accounts.every()]
    with pytest.raises(UnknownName, match=r"m\.ortiz has no open account"):
        office.accounts.close("m.ortiz")
    assert person == office.accounts.add("m.ortiz", PASSWORD)


def test_an_account_is_made_once(office: Office) -> None:
    """Whoever makes it again is told how a password is changed."""
    office.accounts.add("m.ortiz", PASSWORD)

    with pytest.raises(Refused, match="`mastery account password m.ortiz` gives it a new password"):
        office.accounts.add("m.ortiz", PASSWORD)


def test_old_costs_are_raised_when_somebody_signs_in(office: Office) -> None:
    """The hash of a weaker time is replaced by one at today's costs."""
    person = office.accounts.add("m.ortiz", PASSWORD)
    office.hasher = Hasher(passes=2, memory=8)
    office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
    kept = office.store.one(AccountRow, person=person)

    assert kept is not None
    assert "t=2" in kept.password
    assert Tried(person) == office.accounts.sign_in("m.ortiz", PASSWORD, ADDRESS)
