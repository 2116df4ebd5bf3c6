"""Checkpoints of a district in the ledger of its state."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.application import Ledger
from ledger.application.checkpointing import introduce_key
from ledger.application.delivering import delivery, held_of, receive_checkpoint
from ledger.application.governing import pull_upstream
from ledger.audit.exposed import exposure_of
from ledger.audit.exposure import Exposure
from ledger.audit.replacing import replace_key
from ledger.domain.checkpoints import CheckpointReceived
from ledger.domain.ledger import Ticked
from tests.support.ledgers import author, opened
from tests.support.signing import KEY, OTHER_KEY, key_of, secret_of, signed, signed_on


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of a state."""
    with opened(tmp_path / "state") as ledger:
        yield ledger


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of a district of it, on another machine, its log signed."""
    options: dict[str, Any] = {"kind": "district", "parent": "us-xx", "upstream": "us-xx", "name": "ledger.test/pine"}
    with opened(tmp_path / "district", "us-xx/pine", **options) as ledger:
        signed(ledger)
        yield ledger


def grown(district: Ledger, day: str, key: object = None) -> None:
    """Append an event and sign it."""
    district.write(author(district), "ledger", [Ticked(through=day)])
    signed_on(district, OTHER_KEY if key else KEY)


def receive(state: Ledger, district: Ledger, since: int = 0, key: str | None = None) -> bool:
    """Deliver and receive; say whether the state holds something new."""
    return receive_checkpoint(state, author(state), delivery(district, since), key) is not None


def test_a_district_s_history_is_held_by_the_state(state: Ledger, district: Ledger) -> None:
    """A checkpoint signed with the key the state was told is an event of the state's ledger."""
    data = delivery(district)
    receive_checkpoint(state, author(state), data, key_of(district))
    held = held_of(state, "us-xx/pine")
    note = signed_on(district).note

    assert (
        CheckpointReceived(
            jurisdiction="us-xx/pine",
            origin="ledger.test/pine",
            size=2,
            root=note.split("\n")[2],
            key=key_of(district),
            note=note,
        )
        == held
    )


def test_what_is_held_already_is_not_written_again(state: Ledger, district: Ledger) -> None:
    """The same checkpoint received twice is one event; no key has to be named from the second on."""
    assert [True, False] == [receive(state, district, key=key_of(district)), receive(state, district)]


def test_a_later_checkpoint_comes_with_its_proof(state: Ledger, district: Ledger) -> None:
    """The next checkpoint is held with the size since which it was shown that events were only added."""
    receive(state, district, key=key_of(district))
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        grown(district, day)
    receive(state, district, since=2)
    held = held_of(state, "us-xx/pine")

    assert held is not None
    assert (5, 2) == (held.size, held.since)


def test_a_key_that_the_old_one_vouched_for_is_followed(state: Ledger, district: Ledger) -> None:
    """Where both keys signed a checkpoint the state takes the new one without being told."""
    receive(state, district, key=key_of(district))
    home = district.home
    secrets = secret_of(home.path), secret_of(home.path, OTHER_KEY)
    replace_key(home, district.jurisdiction, district.opened.ledger, *secrets)
    introduce_key(district, author(district), key_of(district, OTHER_KEY))
    grown(district, "2026-06-01", OTHER_KEY)
    receive(state, district, since=2)
    held = held_of(state, "us-xx/pine")

    assert held is not None
    assert (4, key_of(district, OTHER_KEY)) == (held.size, held.key)


def test_checkpoints_are_not_passed_on_below(state: Ledger, district: Ledger, tmp_path: Path) -> None:
    """What a state holds of one district, and its own keys, reach no other district."""
    receive(state, district, key=key_of(district))
    signed(state)
    with opened(tmp_path / "other", "us-xx/oak", kind="district", parent="us-xx", upstream="us-xx") as other:
        assert 1 == pull_upstream(other, author(other), state)


def test_what_the_state_holds_is_not_exposed(tmp_path: Path) -> None:
    """Where the state's ledger is in the same folder, what it received of a district covers the district's events."""
    with opened(tmp_path) as state, opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx") as district:
        signed(district)
        receive(state, district, key=key_of(district))
        found = exposure_of(district.home, "us-xx/pine", district.opened.ledger)

        assert Exposure(2, 2, "received") == found
        assert 2 == exposure_of(state.home, "us-xx", state.opened.ledger).exposed
