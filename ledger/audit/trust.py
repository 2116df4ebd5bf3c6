"""Whom a reader of checkpoints believes: the keys of logs, the witnesses, and how many of those must have signed.

    log <verifier key>
    witness <name> <verifier key>
    group <name> <number, any or all> <name> <name> ...
    quorum <name of a witness or a group, or none>

Whoever checks keeps this file; it never comes from those who are checked. Source: C2SP tlog-policy.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.checkpoints import parse as checkpoint_of
from ledger.audit.note import KeyType, VerifierKey, opened
from ledger.errors import Fault, InputFaults, KeyUnusable

NOBODY = "none"
"""The quorum of those who ask for no witness."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_OWN_WITNESS = "one key is that of a log and of a witness: the log would be its own witness"
_FORMS = {
    "log": (1, 2, "log <verifier key>"),
    "witness": (2, 3, "witness <name> <verifier key>"),
    "group": (3, 1000, "group <name> <number, any or all> <name> ..."),
    "quorum": (1, 1, "quorum <name, or none>"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses and groups of which at least so many have to have signed."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a note is worth: its checkpoint, the keys of the log that signed it, and the witnesses with their times.

    Times are in seconds since 1970.
    """

    checkpoint: Checkpoint
    keys: tuple[VerifierKey, ...]
    witnesses: Mapping[str, int]
    quorum: bool

    @property
    def accepted(self) -> bool:
        """Say whether the checkpoint is to be believed."""
        return bool(self.keys) and self.quorum


@dataclass(frozen=True, slots=True)
class Trust:
    """The content of such a file."""

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    quorum: str

    def judge(self, note: str) -> Judgement:
        """Judge a signed checkpoint.

        Raises `LedgerDamaged` where it is none, or where a signature of a key named here does not hold.
        """
        found = opened(note, (*self.logs, *self.witnesses.values()))
        checkpoint = checkpoint_of(found.text)
        keys = tuple(key for key in self.logs if key in found.verified and key.name == checkpoint.origin)
        signed = {name: found.verified[key] for name, key in self.witnesses.items() if key in found.verified}
        return Judgement(checkpoint, keys, signed, self._enough(self.quorum, signed))

    def _enough(self, name: str, signed: Mapping[str, int]) -> bool:
        if name == NOBODY:
            return True
        group = self.groups.get(name)
        if group is None:
            return name in signed
        return sum(self._enough(one, signed) for one in group.members) >= group.least


NOBODY_TRUSTED = Trust((), {}, {}, NOBODY)
"""Believes no log: what a checkpoint says can be read with it, and nothing more."""


def parse(text: str, file: str) -> Trust:
    """Read the file; raise `InputFaults` with every line that is wrong."""
    reading = _Reading(file)
    for number, line in enumerate(text.split("\n"), start=1):
        reading.read(number, line)
    return reading.trust()


@dataclass(slots=True)
class _Reading:
    """Reads line by line; a line may name only what stands above it."""

    file: str
    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    members: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def trust(self) -> Trust:
        if not self.faults and not self.logs:
            self._fault(0, "it names no log; a line `log <verifier key>` is needed")
        if self.quorum is None and not self.faults:
            self._fault(0, "it has no line `quorum`; write `quorum none` where no witness is asked for")
        if self.faults:
            raise InputFaults(self.faults)
        return Trust(tuple(self.logs), self.witnesses, self.groups, self.quorum or NOBODY)

    def read(self, number: int, line: str) -> None:
        if _FORBIDDEN.search(line):
            self._fault(number, "a control character; only tabs, and line feeds at the ends of lines, may stand here")
            return
        if not (stripped := line.strip(" \t")) or stripped.startswith("#"):
            return
        kind, *words = _BLANKS.split(stripped)
        least, most, form = _FORMS.get(kind, (0, -1, ""))
        if not least <= len(words) <= most:
            forms = form or "; ".join(one for _, _, one in _FORMS.values())
            self._fault(number, f"{stripped[:100]!r} is not of the form: {forms}")
            return
        readers: Mapping[str, Callable[[list[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }
        try:
            readers[kind](words)
        except (KeyUnusable, ValueError) as error:
            self._fault(number, str(error))

    def _log(self, words: list[str]) -> None:
        key = _typed(words[0], KeyType.LOG)
        if key.public in {witness.public for witness in self.witnesses.values()}:
            raise ValueError(_OWN_WITNESS)
        if key in self.logs:
            raise ValueError(f"the key of {key.name} stands above already")
        self.logs.append(key)

    def _witness(self, words: list[str]) -> None:
        key = _typed(words[1], KeyType.WITNESS)
        if key.public in {log.public for log in self.logs}:
            raise ValueError(_OWN_WITNESS)
        if key.public in {other.public for other in self.witnesses.values()}:
            raise ValueError("this key stands above already: one witness would count twice")
        self.witnesses[self._new(words[0])] = key

    def _group(self, words: list[str]) -> None:
        name, least, *members = words
        for one in members:
            self._join(one)
        self.groups[self._new(name)] = Group(_least(least, len(members)), tuple(members))

    def _join(self, name: str) -> None:
        self._known(name)
        if name in self.members:
            raise ValueError(f"{name!r} is in a group already: it would count twice")
        self.members.add(name)

    def _quorum(self, words: list[str]) -> None:
        if self.quorum is not None:
            raise ValueError("there is a line `quorum` above already")
        if words[0] != NOBODY:
            self._known(words[0])
        self.quorum = words[0]

    def _new(self, name: str) -> str:
        if name == NOBODY or name in self.witnesses or name in self.groups:
            raise ValueError(f"{name!r} is named already; each witness and each group needs a name of its own")
        return name

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise ValueError(f"{name!r} is neither a witness nor a group named above")

    def _fault(self, line: int, why: str) -> None:
        self.faults.append(Fault(self.file, line, "", "", why))


def _least(word: str, members: int) -> int:
    count = {"any": 1, "all": members}.get(word) or (int(word) if _NUMBER.fullmatch(word) else 0)
    if not 0 < count <= members:
        raise ValueError(f"{word!r} is not `any`, `all` or a number from 1 to {members}")
    return count


def _typed(text: str, kind: KeyType) -> VerifierKey:
    key = VerifierKey.parse(text)
    if key.type is not kind:
        what = "a log (type 1)" if kind is KeyType.LOG else "a witness (type 4)"
        raise ValueError(f"the key of {key.name} is not that of {what}")
    return key
