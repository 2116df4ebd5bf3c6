"""Reading payloads of retired topics: the one place, for local events and for those from upstream."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from ledger.domain.shapes import Payload
from ledger.domain.topics import TOPICS
from ledger.errors import TopicNotAllowed


@dataclass(frozen=True, slots=True)
class Upcaster:
    """How a payload of a retired topic is read today: the topic it becomes, and a pure change."""

    topic: str
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]]


UPCASTERS: Mapping[str, Upcaster] = MappingProxyType({})
"""Retired topic to its successor. Stored bytes never change; only the reading does."""


def upcast(topic: str, data: Mapping[str, Any], upcasters: Mapping[str, Upcaster]) -> tuple[str, Mapping[str, Any]]:
    """Return the topic and payload as of today; raise `TopicNotAllowed` for a topic nobody knows."""
    while topic in upcasters:
        upcaster = upcasters[topic]
        topic, data = upcaster.topic, upcaster.change(data)
    if topic not in TOPICS:
        raise TopicNotAllowed(f"the topic {topic!r} is not one this ledger knows; see docs/events.md")
    return topic, data


def payload_of(topic: str, data: msgspec.Raw | bytes) -> Payload:
    """Read the payload of an event from its bytes, through upcasters where its topic is retired."""
    if topic in TOPICS:
        return msgspec.json.decode(data, type=TOPICS[topic])
    topic, read = upcast(topic, msgspec.json.decode(data), UPCASTERS)
    return msgspec.convert(read, TOPICS[topic])
