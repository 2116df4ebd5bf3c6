"""Between events in memory and rows in the database, through the allow-list and nothing else."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec
from eventsourcing.persistence import Cipher, Compressor, Mapper, StoredEvent, Transcoder

from ledger.domain.erasure import Erased
from ledger.domain.topics import TOPIC_OF, TOPICS
from ledger.domain.upcasting import UPCASTERS, Upcaster, upcast
from ledger.errors import LedgerDamaged, TopicNotAllowed
from ledger.storage.envelope import VERSION, Event, Unstamped, actor_of, instant_of, unstamped
from ledger.storage.tombstone import erased_digest

_LEARNER = "learner/"


class LedgerMapper(Mapper[str]):
    """Writes unstamped bytes and reads stored ones; never imports what a row names."""

    upcasters: Mapping[str, Upcaster] = UPCASTERS

    def __init__(
        self,
        transcoder: Transcoder | None = None,
        compressor: Compressor | None = None,
        cipher: Cipher | None = None,
    ) -> None:
        super().__init__(cast("Transcoder", transcoder), compressor, cipher)
        if compressor or cipher:
            raise LedgerDamaged("stored bytes are plain canonical JSON: unset COMPRESSOR_TOPIC and CIPHER_TOPIC")

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Write an unstamped event as the row it will become."""
        event = cast("Unstamped", domain_event)
        return StoredEvent(event.stream, event.version, TOPIC_OF[type(event.payload)], unstamped(event))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Read a row as an event."""
        return self.read(
            str(stored_event.originator_id),
            stored_event.originator_version,
            stored_event.topic,
            stored_event.state,
        )

    def read(self, stream: str, version: int, topic: str, state: bytes, position: int = 0) -> Event[Any]:
        """Read the columns of a row as an event, with an `Erased` for the payload where a tombstone stands.

        Raises `LedgerDamaged` where the bytes do not fit the topic.
        """
        try:
            decode = _decoder(topic)
            event = decode(state) if decode else self._upcast(topic, state)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            erased = self._erased(stream, topic, state)
            if erased is None:
                sentence = f"{stream} version {version}: the stored bytes are not a {topic}: {error}"
                raise LedgerDamaged(sentence) from error
            event = erased
        except TopicNotAllowed as error:
            raise TopicNotAllowed(f"{stream} version {version}: {error}") from None
        event.originator_id = stream
        event.originator_version = version
        event.position = position
        return event

    def _upcast(self, topic: str, state: bytes) -> Event[Any]:
        stored = msgspec.json.decode(state)
        if "data" not in stored:
            raise msgspec.ValidationError("there is no payload")
        topic, stored["data"] = upcast(topic, stored["data"], self.upcasters)
        return cast("Event[Any]", msgspec.convert(stored, _event_type(topic)))

    def _erased(self, stream: str, topic: str, state: bytes) -> Event[Any] | None:
        """Read a tombstone; only what is recorded of a learner is ever erased."""
        known = topic in TOPICS or topic in self.upcasters
        digest = erased_digest(state) if known and stream.startswith(_LEARNER) else None
        if digest is None:
            return None
        return Event(
            v=VERSION,
            at=instant_of(state),
            actor=actor_of(state).decode(),
            role="",
            behalf=None,
            command="",
            cause=None,
            salt="",
            data=Erased(topic=topic, digest=digest),
        )


@functools.cache
def _decoder(topic: str) -> Callable[[bytes], Event[Any]] | None:
    if topic not in TOPICS:
        return None
    decoder: msgspec.json.Decoder[Event[Any]] = msgspec.json.Decoder(_event_type(topic))
    return decoder.decode


def _event_type(topic: str) -> Any:
    generic: Any = Event
    return generic[TOPICS[topic]]
