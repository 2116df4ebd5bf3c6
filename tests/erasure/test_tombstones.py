"""Tombstones: what stands for an erased payload, and what stays as it was."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.erasure import Erased
from ledger.domain.topics import TOPIC_OF, topic_of
from ledger.errors import LedgerDamaged, TopicNotAllowed, UsageError
from ledger.storage.envelope import Author, Unstamped, actor_of, instant_of, stamped, unstamped
from ledger.storage.leaves import leaf_record
from ledger.storage.tombstone import erased_digest, state_digest, tombstone
from tests.storage.support import AUTHOR, MAPPER, evidence

INSTANT = "2026-05-30T10:00:00.000000Z"
TOPIC = TOPIC_OF[type(evidence(1))]


def _state(actor: str = AUTHOR.actor, salt: bytes = b"0" * 32) -> bytes:
    event = Unstamped("learner/a", 1, evidence(1), Author(actor, "operator", "test"))
    return stamped(unstamped(event), actor.encode(), INSTANT.encode(), salt)


def _leaf(state: bytes) -> bytes:
    actor, instant = actor_of(state), instant_of(state).encode()
    return leaf_record(
        log="ledger.invalid/test", stream="learner/a", version=1, topic=TOPIC, instant=instant, actor=actor, state=state
    )


@given(
    actor=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9/_.:@-]{0,199}", fullmatch=True),
    salt=st.binary(min_size=16, max_size=16),
)
def test_the_leaf_stays_what_it_was(actor: str, salt: bytes) -> None:
    """Whoever wrote an event and whatever its salt, the tombstone gives the leaf of the bytes it replaces."""
    state = _state(actor, salt.hex().encode())

    assert _leaf(state) == _leaf(tombstone(state))
    assert hashlib.sha256(state).hexdigest() == erased_digest(tombstone(state)) == state_digest(state)


def test_a_tombstone_says_who_when_and_the_digest_alone() -> None:
    """Of an event only its actor, its instant and the digest of its bytes stay."""
    state = _state()

    digest = hashlib.sha256(state).hexdigest()
    expected = f'{{"actor":"{AUTHOR.actor}","at":"{INSTANT}","erased":"{digest}","v":1}}'
    assert expected.encode() == tombstone(state)


def test_bytes_of_an_event_are_no_tombstone() -> None:
    """What was not erased has no digest of something erased, not even where its text looks like a tombstone."""
    alike = tombstone(_state())

    assert erased_digest(_state()) is None
    assert erased_digest(alike + b" ") is None
    assert erased_digest(alike.replace(b'"v":1', b'"data":{},"v":1')) is None


def test_nothing_is_erased_twice() -> None:
    """A tombstone is refused a tombstone of its own, which would hide what its leaf was made of."""
    with pytest.raises(UsageError, match=re.escape("these bytes are a tombstone already; the payload is gone")):
        tombstone(tombstone(_state()))


def test_a_tombstone_is_read_as_an_erased_event() -> None:
    """A tombstone is read with its place, actor and instant, and with a payload that says it was erased."""
    state = _state()

    event = MAPPER.read("learner/a", 7, TOPIC, tombstone(state), 12)

    assert Erased(topic=TOPIC, digest=hashlib.sha256(state).hexdigest()) == event.data
    assert (AUTHOR.actor, INSTANT, "", None) == (event.actor, event.at, event.role, event.cause)
    assert ("learner/a", 7, 12) == (event.originator_id, event.originator_version, event.position)
    assert TOPIC == topic_of(event.data)


def test_nothing_but_a_learners_events_is_ever_erased() -> None:
    """A tombstone in another stream is damage: no rule, framework or adoption is personal."""
    with pytest.raises(LedgerDamaged, match=rf"^ledger version 1: the stored bytes are not a {TOPIC}: "):
        MAPPER.read("ledger", 1, TOPIC, tombstone(_state()))


def test_a_tombstone_makes_no_topic_known() -> None:
    """A tombstone under a topic nobody knows is refused like any event."""
    with pytest.raises((TopicNotAllowed, LedgerDamaged), match="learner/a version 1"):
        MAPPER.read("learner/a", 1, "antigravity:x", tombstone(_state()))
