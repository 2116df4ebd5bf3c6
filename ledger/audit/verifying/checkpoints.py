"""Reading checkpoints: those kept beside the log, those somebody is known to hold, and one from a file."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.audit.checkpoint_store import EACH, LAST, CheckpointStore, stated
from ledger.audit.exposure import Outside
from ledger.audit.integrity import UNSOUND
from ledger.audit.memory import Memory
from ledger.audit.note import KeyType, VerifierKey, opened
from ledger.audit.trust import Trust
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.held import Held
from ledger.domain.checkpoints import KeyIntroduced
from ledger.errors import LedgerDamaged, LedgerError, SigningRefused, UsageError
from ledger.storage.mapper import LedgerMapper
from ledger.storage.survey import Survey


@dataclass(frozen=True, slots=True)
class Kept:
    """The checkpoints kept beside a log, what is wrong with their files, and when witnesses saw which size.

    `times` are pairs of size and seconds since 1970, `cosigned` those that as many witnesses signed as are asked
    for; `unsigned` counts those whose signatures could not be looked at, for no key of the log is known.
    """

    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    times: tuple[tuple[int, int], ...]
    cosigned: tuple[Outside, ...]
    unsigned: int


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys a ledger says its log is signed with, and, of those that were replaced, the position that says so."""

    known: tuple[VerifierKey, ...] = ()
    replaced: Mapping[str, int] = field(default_factory=dict)


def introduced(path: Path) -> Keys:
    """Return the keys a ledger says its log is signed with; what cannot be read is told by its row."""
    found: list[VerifierKey] = []
    replaced: dict[str, int] = {}
    mapper, survey = LedgerMapper(), Survey(path)
    try:
        with survey.one_state():
            for position, stream, version, topic, state in survey.governing():
                try:
                    data = mapper.read(stream, version, topic, state, position).data
                    if isinstance(data, KeyIntroduced):
                        found.append(VerifierKey.parse(data.key))
                        replaced |= {data.replaces: position} if data.replaces else {}
                except UNSOUND:
                    continue
    finally:
        survey.close()
    return Keys(tuple(found), replaced)


def kept(store: CheckpointStore, origin: str, keys: Keys, trust: Trust | None = None) -> Kept:
    """Read the checkpoints kept beside a log, and verify their signatures.

    With `trust` its keys of the log count, and its witnesses; without it the keys the log says it has.
    """
    reading = _Reading(origin, trust.logs if trust else keys.known, trust, keys.replaced)
    for name in _files(store):
        file = store.folder / name
        if not file.is_file():  # a pipe would be waited for without end
            reading.findings.append(Finding(Kind.FILE, name, "it is no file that could be read"))
            continue
        reading.read(name, file.read_bytes().decode(errors="replace"))
    findings = (*reading.findings, *_last(store, reading.held))
    unsigned = 0 if reading.keys else len({one.size for one in reading.held})
    return Kept(tuple(reading.held), findings, tuple(reading.times), tuple(reading.cosigned), unsigned)


@dataclass(slots=True)
class _Reading:
    """The checkpoints of one log while they are read."""

    origin: str
    keys: tuple[VerifierKey, ...]
    trust: Trust | None
    replaced: Mapping[str, int]
    held: list[Held] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    cosigned: list[Outside] = field(default_factory=list)

    def read(self, name: str, note: str) -> None:
        try:
            said = stated(note)
        except LedgerDamaged as error:
            self._tell(Kind.FILE, name, str(error))
            return
        self.held.append(Held(name, said.size, said.root))
        if said.origin != self.origin:
            self._tell(Kind.CHECKPOINT, name, f"it is of {said.origin!r}, and this log is {self.origin!r}")
        if name.partition("/")[2] not in ("", str(said.size)):
            self._tell(Kind.CHECKPOINT, name, f"it speaks of {said.size} events")
        try:
            self._signed(name, note, said.size)
        except LedgerDamaged as error:
            self._tell(Kind.SIGNATURE, name, str(error))

    def _signed(self, name: str, note: str, size: int) -> None:
        signed = opened(note, self.keys).verified
        if self.keys and not signed:
            whose = "that are trusted for" if self.trust else "introduced by"
            self._tell(Kind.SIGNATURE, name, f"none of the keys {whose} this log signed it")
        since = [self.replaced.get(str(key), size + 1) for key in signed if key.type is KeyType.LOG]
        if since and max(since) <= size:
            self._tell(
                Kind.SIGNATURE, name, f"it is signed with a key in whose place position {max(since)} put another"
            )
        if self.trust is not None:
            judged = self.trust.judge(note)
            self.times += [(judged.checkpoint.size, time) for time in judged.witnesses.values()]
            if judged.accepted and judged.witnesses:
                self.cosigned.append(Outside(judged.checkpoint.size, judged.checkpoint.root, "cosigned"))

    def _tell(self, kind: Kind, name: str, what: str) -> None:
        self.findings.append(Finding(kind, name, what))


def remembered(folder: Path, origin: str) -> tuple[list[Held], list[Finding]]:
    """Return what the signer remembers of a log, where its memory is at hand."""
    memory = Memory(folder, origin)
    try:
        found = memory.recall()
    except (SigningRefused, OSError) as error:
        return [], [Finding(Kind.FILE, str(memory.path), str(error))]
    return ([Held("what the signer remembers", found.size, found.root)] if found and found.size else []), []


def outside(claims: Iterable[Outside]) -> list[Held]:
    """Return what is known to be held outside as checkpoints the log must fit."""
    return [Held(f"the checkpoint over {one.size} events that was {one.how}", one.size, one.root) for one in claims]


def pinned(file: Path, origin: str, trust: Trust | None = None) -> tuple[Held, list[Finding]]:
    """Return the checkpoint in a file: its three lines, with or without signatures; and what is wrong with those.

    A letter around it is passed over.
    Whoever holds the file answers for it; its signatures are looked at where keys are trusted. Raises
    `UsageError` for a file that holds no checkpoint, or one of another log.
    """
    try:
        note = _from_the_name_on(file.read_text(encoding="utf-8"), origin)
        said = stated(note)
        signed = "\n\n" in note and trust is not None
        keys = trust.judge(note).keys if trust and signed else ()
    except (LedgerError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} holds no checkpoint: {error}") from error
    if said.size == 0:
        raise UsageError(f"{file} holds a checkpoint of an empty log, which shows nothing about this one")
    if said.origin != origin:
        raise UsageError(f"{file} holds a checkpoint of {said.origin!r}, and this log is {origin!r}")
    unsigned = Finding(Kind.SIGNATURE, str(file), "none of the keys that are trusted for this log signed it")
    return Held(str(file), said.size, said.root, Kind.PIN), [unsigned] if signed and not keys else []


def _from_the_name_on(text: str, origin: str) -> str:
    """Return what a file says from the line on that is the name of the log, all of it where no line is."""
    lines = [line.rstrip() for line in text.lstrip().splitlines()]
    return "\n".join([*lines[lines.index(origin) if origin in lines else 0 :], ""])


def _files(store: CheckpointStore) -> Iterator[str]:
    """Name every file of the folder but those a signer that was interrupted left behind, which nothing reads."""
    folder = store.folder / EACH
    names = [path.name for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
    yield from (f"{EACH}/{name}" for name in sorted(names, key=lambda name: (len(name), name)))
    yield from [LAST] if os.path.lexists(store.folder / LAST) else []


def _last(store: CheckpointStore, held: Sequence[Held]) -> Iterator[Finding]:
    """Tell of a last checkpoint that is not the largest kept: whoever asks for it is shown an older log."""
    largest = max((one.size for one in held if one.place != LAST), default=0)
    last = next((one.size for one in held if one.place == LAST), None)
    if largest and last != largest and store.sizes():
        said = "is not there" if last is None else f"speaks of {last} events"
        yield Finding(Kind.CHECKPOINT, LAST, f"it {said}, and one over {largest} events is kept")
