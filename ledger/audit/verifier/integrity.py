"""Is this what stands in the log that was signed? Bytes, tree, signatures, earlier checkpoints, times.

Everything is relative: to the key of the log, to the witnesses the auditor believes, and to the
checkpoints the auditor kept. Each reason says to which.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from .answers import Answer
from .bundle import Bundle, Signed
from .events import ERASURE, NAME, Event
from .notes import Checkpoint, named
from .refusing import Refused
from .tree import Tile, leaf, roots
from .trust import Trust

HOUR = 3600
INTRODUCED = "log.key-introduced.1"
NEVER_ERASED = ("learner.disclosed.", "learner.key-destroyed.", "learner.payloads-erased.")
"""What says who was given what and what was erased: no erasure takes it."""
DECISIONS = ("learner.decided.", "learner.difference-settled.")
"""What an erasure takes only where it says so."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Integrity:
    """Looks at one bundle; `pins` are checkpoints the auditor kept, by the name of their file.

    `tolerance` is in seconds: how far the clocks of ledger and witness may be apart.
    """

    bundle: Bundle
    trust: Trust
    pins: Mapping[str, Checkpoint]
    tolerance: int = HOUR
    answer: Answer = field(default_factory=lambda: Answer("integrity"))
    _roots: Mapping[int, bytes] = field(default_factory=dict)
    _times: dict[int, tuple[int, int]] = field(default_factory=dict)

    def judge(self) -> Answer:
        """Return the answer."""
        self._tree()
        self._signatures()
        for signed in self.bundle.earlier:
            self._earlier(signed)
        for name, pin in self.pins.items():
            self._pin(name, pin)
        if not self.pins and not self._times:
            self.answer.reasons.append(
                "this rests on the key of the log alone: no checkpoint kept elsewhere was given with --pin and no "
                "witness has signed, so whoever holds the key could have written the whole log anew"
            )
        self._order()
        self._bracket()
        self._erasures()
        return self.answer

    def _tree(self) -> None:
        size = self.bundle.checkpoint.checkpoint.size
        wanted = {one.checkpoint.size for one in self.bundle.earlier} | {pin.size for pin in self.pins.values()}
        try:
            self._roots = roots(self._tiles(), size, wanted, "leaves.txt" if self.bundle.records else "tree.txt")
        except Refused as error:
            self.answer.broken.append(str(error))
            return
        if self._roots[size] != self.bundle.checkpoint.checkpoint.root:
            self.answer.broken.append(
                f"{NAME}: the events and hashes of this bundle do not give the root of the checkpoint; "
                "an event is not what was signed, or stands elsewhere"
            )
        elif not self.answer.broken:
            count = len(self.bundle.events)
            here = sum(event.data is not None for event in self.bundle.events)
            which = (
                "the" if here == count else f"{count - here:,} events are in the log by their digest alone, the other"
            )
            self.answer.reasons.append(f"{which} {here:,} events are, byte for byte, in the log of {size:,} events")

    def _tiles(self) -> Iterable[Tile]:
        records = self.bundle.records
        if records is None:
            return [*((event.index, 0, event.leaf) for event in self.bundle.events), *self.bundle.tiles]
        for event in self.bundle.events:
            if records[event.index] != event.record:
                self.answer.broken.append(f"{event.place}: is not the event of which leaves.txt has the record")
        return ((index, 0, leaf(record)) for index, record in enumerate(records))

    def _signatures(self) -> None:
        signed = self.bundle.checkpoint
        if not self._by_the_log(signed):
            return
        size = signed.checkpoint.size
        self._refuse_replaced(signed)
        self.answer.reasons.append(f"the checkpoint of {size:,} events is signed by the log {signed.checkpoint.origin}")
        witnesses = self._witnessed(signed)
        if not self.trust.enough(witnesses):
            self.answer.missing.append(
                f"checkpoint: the witnesses your policy asks for have not signed it; "
                f"{', '.join(sorted(witnesses)) or 'none of them'} has"
            )
        elif witnesses:
            self.answer.reasons.append(f"witnesses signed it: {', '.join(sorted(witnesses))}")

    def _by_the_log(self, signed: Signed) -> bool:
        origin = signed.checkpoint.origin
        keys = self.trust.log_keys(origin)
        if not keys:
            self.answer.broken.append(f"{signed.name}: your policy names no key of the log {origin!a}")
        elif not signed.note.signers(keys):
            others = ", ".join(named(signed.note, {key.id: key for key in keys}))
            by = f"; it is signed with keys your policy does not name, by {others}" if others else ""
            self.answer.broken.append(f"{signed.name}: no signature by the log {origin!a} verifies{by}")
        else:
            return True
        return False

    def _refuse_replaced(self, signed: Signed) -> None:
        """Refuse a key in whose place the log put another: it signs nothing that was recorded after that."""
        signers = {str(key) for key in signed.note.signers(self.trust.log_keys(signed.checkpoint.origin))}
        events = [event for event in self.bundle.events if event.topic == INTRODUCED and event.data is not None]
        replaced = {event.data.get("replaces") for event in events}
        if signers and signers <= replaced:
            self.answer.broken.append(
                f"{signed.name}: is signed with a key in whose place the log put another before it was signed"
            )

    def _witnessed(self, signed: Signed) -> Mapping[str, int]:
        times = self.trust.cosigned(signed.note)
        if times:
            self._times[signed.checkpoint.size] = (min(times.values()), max(times.values()))
        return times

    def _earlier(self, signed: Signed) -> None:
        if not self._by_the_log(signed):
            return
        self._witnessed(signed)
        self._grew(signed.name, signed.checkpoint)

    def _grew(self, name: str, old: Checkpoint) -> None:
        if (root := self._roots.get(old.size)) is None:
            self.answer.missing.append(
                f"{name}: the bundle does not show how the log grew from {old.size:,} events; "
                f"ask for one made with --pin and this checkpoint"
            )
        elif root != old.root:
            self.answer.broken.append(f"{name}: the first {old.size:,} events are not those of this checkpoint")
        else:
            self.answer.reasons.append(f"{name}: the log has only grown since this checkpoint of {old.size:,} events")

    def _pin(self, name: str, pin: Checkpoint) -> None:
        last = self.bundle.checkpoint.checkpoint
        if pin.origin != last.origin:
            self.answer.missing.append(f"{name}: is of another log, {pin.origin!a}, and shows nothing about this one")
        elif pin.size > last.size:
            self.answer.missing.append(
                f"{name}: you kept a checkpoint of {pin.size:,} events, later than the bundle's of {last.size:,}; "
                "ask for a bundle that stands on a checkpoint as late as yours"
            )
        elif pin.size == 0:
            self.answer.missing.append(f"{name}: is of an empty log, which shows nothing")
        else:
            self._grew(name, pin)

    def _order(self) -> None:
        for before, after in zip(self.bundle.events, self.bundle.events[1:], strict=False):
            if after.at < before.at:
                self.answer.broken.append(f"{after.place}: was recorded {after.at}, before index {before.index}")

    def _bracket(self) -> None:
        """Hold each event's instant against the times at which witnesses saw the log without and with it."""
        sizes, counted = sorted(self._times), 0
        seen_without = list(accumulate((self._times[size][0] for size in sizes), max))
        seen_with = list(accumulate((self._times[size][1] for size in reversed(sizes)), min))[::-1]
        for event in self.bundle.events:
            at, place = _seconds(event), bisect_right(sizes, event.index)
            before = seen_without[place - 1] if place else None
            after = seen_with[place] if place < len(sizes) else None
            if before is not None and at < before - self.tolerance:
                self.answer.broken.append(
                    f"{event.place}: says it was recorded {event.at}, and a witness saw the log without it "
                    f"at {_instant(before)}"
                )
            if after is not None and at > after + self.tolerance:
                self.answer.broken.append(
                    f"{event.place}: says it was recorded {event.at}, and a witness saw it at {_instant(after)}"
                )
            counted += before is not None and after is not None
        if counted:
            self.answer.reasons.append(
                f"{counted:,} events were recorded between two times a witness states, within {self.tolerance} seconds"
            )

    def _erasures(self) -> None:
        for stream, events in self.bundle.streams.items():
            erased = [event for event in events.values() if event.data is None]
            told, decisions = (_told(list(events.values()), only) for only in (False, True))
            unlawful = [event for event in erased if event.version not in (decisions if _decides(event) else told)]
            unlawful += [event for event in erased if event.topic.startswith(NEVER_ERASED)]
            for event in unlawful:
                self.answer.broken.append(
                    f"{event.place}: its payload is gone, and no event of the stream says that it was erased"
                )
            if erased and not unlawful:
                self.answer.reasons.append(f"{stream}: {len(erased)} payloads were erased, as an event of it says")
            if standing := [
                version for version in sorted(told) if (one := events.get(version)) and one.data is not None
            ]:
                self.answer.reasons.append(
                    f"{stream}: an event of it says that version {standing[0]} was erased, and its payload is here"
                )


def _decides(event: Event) -> bool:
    return event.topic.startswith(DECISIONS)


def _told(events: Sequence[Event], decisions: bool) -> set[int]:
    """Return the versions that events say were erased; with `decisions`, by those alone that took decisions too."""
    told: set[int] = set()
    for event in events:
        data = event.data if event.topic == ERASURE and event.data is not None else {}
        versions = data.get("versions")
        if isinstance(versions, list) and (data.get("decisions") is True or not decisions):
            told |= {version for version in versions if type(version) is int and version < event.version}
    return told


def _seconds(event: Event) -> int:
    return (datetime.fromisoformat(event.at) - _EPOCH) // timedelta(seconds=1)


def _instant(seconds: int) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).isoformat()
