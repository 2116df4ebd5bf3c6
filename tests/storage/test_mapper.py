"""The allow-list of topics, and reading what older versions wrote."""

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.domain.topics import TOPIC_OF, TOPICS
from ledger.domain.upcasting import Upcaster
from ledger.errors import LedgerDamaged, TopicNotAllowed
from ledger.storage.envelope import stamped
from ledger.storage.mapper import LedgerMapper
from tests.storage.support import AUTHOR, MAPPER, evidence, stored


def _row(topic: str | None = None) -> StoredEvent:
    row = stored("learner/a", 1)[0]
    state = stamped(row.state, AUTHOR.actor.encode(), b"2026-05-30T10:00:00.000000Z", b"0" * 32)
    return StoredEvent("learner/a", 1, topic or row.topic, state)


def test_an_event_is_read_back_whole() -> None:
    """What was written is read back with its stream, version and author."""
    event = MAPPER.to_domain_event(_row())

    assert evidence(1) == event.data
    assert ("learner/a", 1) == (event.originator_id, event.originator_version)
    assert (AUTHOR.actor, "operator") == (event.actor, event.role)


def test_a_renamed_class_still_decodes() -> None:
    """Topics name no module and no class, so moving or renaming a class changes nothing stored."""
    assert all("ledger.domain" not in topic and kind.__name__ not in topic for topic, kind in TOPICS.items())
    assert set(TOPICS) == set(TOPIC_OF.values())


def test_a_topic_outside_the_list_is_refused_without_an_import() -> None:
    """A row that names a module is refused, and the module is not imported."""
    with pytest.raises(TopicNotAllowed, match="learner/a version 1: the topic 'antigravity:x' is not one"):
        MAPPER.to_domain_event(_row("antigravity:x"))

    assert "antigravity" not in sys.modules


def test_bytes_that_do_not_fit_their_topic_are_named() -> None:
    """A row whose bytes are another event's is damage, and the message says which row."""
    with pytest.raises(LedgerDamaged, match=r"learner/a version 1: the stored bytes are not a learner.decided.1"):
        MAPPER.to_domain_event(_row("learner.decided.1"))


class _Older(LedgerMapper):
    """A mapper that knows a retired topic, as a later version of the product would."""

    @staticmethod
    def _rename(data: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"evidence": {**data["evidence"], "purpose": "practice"}}

    upcasters = MappingProxyType({"learner.evidence.0": Upcaster("learner.evidence-recorded.1", _rename)})


def test_a_retired_topic_is_read_through_its_upcaster() -> None:
    """An upcaster changes how a retired topic is read, and never the stored bytes."""
    row = _row("learner.evidence.0")
    before = row.state

    event = _Older().to_domain_event(row)

    assert "practice" == event.data.evidence.purpose
    assert before == row.state


def test_compression_and_ciphers_of_the_library_are_refused() -> None:
    """Stored bytes are plain, so that they can be read in a hundred years."""
    with pytest.raises(LedgerDamaged, match="plain canonical JSON"):
        LedgerMapper(compressor=object())  # type: ignore[arg-type]
