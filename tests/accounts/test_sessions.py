"""Sessions: how they begin and end, and what is kept of them."""

from ledger.accounts.sessions import digest_of, is_fresh
from ledger.storage.access_store import SessionRow
from tests.accounts.conftest import Office


def test_of_the_secret_only_its_digest_is_kept(office: Office) -> None:
    """Nobody who reads the file can be anybody."""
    secret = office.sessions.begin("somebody", "password", "Firefox on Linux")

    assert secret.encode() not in office.store.path.read_bytes()
    assert [digest_of(secret)] == [one.digest for one in office.store.find(SessionRow)]
    assert "somebody" == getattr(office.sessions.find(secret), "person", None)


def test_an_unused_session_ends_after_half_an_hour(office: Office) -> None:
    """A request within the half hour keeps it; without one it is over, and gone."""
    secret = office.sessions.begin("somebody", "password")
    office.wait(minutes=29)
    kept = office.sessions.find(secret)
    office.wait(minutes=29)
    still = office.sessions.find(secret)
    office.wait(minutes=31)

    assert kept is not None
    assert still is not None
    assert office.sessions.find(secret) is None
    assert () == office.store.find(SessionRow)


def test_no_session_outlives_the_day(office: Office) -> None:
    """However often it is used, it ends after twelve hours."""
    secret = office.sessions.begin("somebody", "password")
    for _ in range(36):
        office.wait(minutes=20)
        assert office.sessions.find(secret) is not None
    office.wait(minutes=1)

    assert office.sessions.find(secret) is None


def test_sessions_are_ended_one_by_one_and_all_at_once(office: Office) -> None:
    """By the secret, by the id that its person sees, or every one of a person; those of others stay."""
    own = [office.sessions.begin("somebody", "password") for _ in range(3)]
    other = office.sessions.begin("another", "password")
    office.sessions.end(own[0])
    found = office.sessions.of("somebody")

    assert 2 == len(found)
    assert not office.sessions.end_one("another", found[0].session)
    assert office.sessions.end_one("somebody", found[0].session)
    assert 1 == office.sessions.end_all("somebody")
    assert [None, None, None] == [office.sessions.find(one) for one in own]
    assert office.sessions.find(other) is not None


def test_who_showed_who_they_are_is_fresh_for_ten_minutes(office: Office) -> None:
    """A provider that says it was before is believed, and never that it was later."""
    begun = office.now
    office.sessions.begin("somebody", "password")
    office.sessions.begin("elder", "school", proved="2026-06-05T15:00:00.000000Z")
    office.sessions.begin("later", "school", proved="2026-06-05T16:00:00.000000Z")
    fresh = {one.person: is_fresh(one, office.now) for one in office.store.find(SessionRow)}
    office.wait(minutes=11)

    assert {"somebody": True, "elder": False, "later": True} == fresh
    assert {begun} == {one.proved for one in office.store.find(SessionRow) if one.person != "elder"}
    assert not any(is_fresh(one, office.now) for one in office.store.find(SessionRow))


def test_a_clock_that_is_set_back_ends_nothing(office: Office) -> None:
    """Nothing lies ahead: a session begun in what is now the future lives."""
    secret = office.sessions.begin("somebody", "password")
    office.wait(hours=-3)

    assert office.sessions.find(secret) is not None
