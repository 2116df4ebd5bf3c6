"""Whom the auditor believes: a file the auditor keeps, never one out of a bundle.

    log <verifier key>
    witness <name> <verifier key>
    group <name> <number, any or all> <name> <name> ...
    quorum <name of a witness or a group, or none>

Source: C2SP tlog-policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .notes import LOG, WITNESS, Key, Note, key_of
from .refusing import Refused, shown

_MOST_COSIGNED = 1 << 33
"""Seconds since 1970: a time beyond is none."""


@dataclass(slots=True)
class Trust:
    """The keys of logs, the witnesses, groups of them, and how many must have signed."""

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str | None = None

    def log_keys(self, origin: str) -> list[Key]:
        """Return the keys a log of this name may sign with."""
        return [key for key in self.logs if key.name == origin]

    def cosigned(self, note: Note) -> Mapping[str, int]:
        """Return the witnesses whose signatures on a note verify, each with the time it signed."""
        times = note.signers(self.witnesses.values())
        return {name: times[key] for name, key in self.witnesses.items() if 0 < times.get(key, 0) < _MOST_COSIGNED}

    def enough(self, signed: Mapping[str, int], wanted: str | None = None) -> bool:
        """Say whether those who signed are the quorum."""
        name = self.quorum if wanted is None else wanted
        if name in (None, "none"):
            return True
        if name in self.groups:
            least, within = self.groups[name]
            return sum(self.enough(signed, one) for one in within) >= least
        return name in signed


def trust_of(content: bytes, name: str) -> Trust:
    """Read a policy; raise `Refused` naming the line that cannot be read."""
    trust = Trust()
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: is not text in UTF-8") from error
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if words and not words[0].startswith("#"):
            try:
                _read(trust, words)
            except ValueError as error:
                raise Refused(f"{name}, line {number}: {error}") from error
    if not trust.logs:
        raise Refused(f"{name}: names no log; a line `log` and the key of the log is needed")
    if trust.quorum is None:
        raise Refused(f"{name}: has no line `quorum`; write `quorum none` where no witness is asked for")
    return trust


def _read(trust: Trust, words: list[str]) -> None:
    kind, rest = words[0], words[1:]
    if kind == "log" and len(rest) in (1, 2):
        trust.logs.append(_typed(rest[0], LOG))
        _refuse_own_witness(trust)
    elif kind == "witness" and len(rest) in (2, 3):
        _witness(trust, rest[0], _typed(rest[1], WITNESS))
    elif kind == "group" and len(rest) > 2:
        _group(trust, *rest)
    elif kind == "quorum" and len(rest) == 1 and trust.quorum is None:
        if rest[0] != "none":
            _known(trust, rest[0])
        trust.quorum = rest[0]
    else:
        raise ValueError(f"{shown(' '.join(words))!r} is not a line of a trust policy, or stands there twice")


def _witness(trust: Trust, name: str, key: Key) -> None:
    _new(trust, name)
    if key.public in {other.public for other in trust.witnesses.values()}:
        raise ValueError(f"the key of {shown(key.name)} stands above already: one witness would count twice")
    trust.witnesses[name] = key
    _refuse_own_witness(trust)


def _refuse_own_witness(trust: Trust) -> None:
    if {key.public for key in trust.logs} & {key.public for key in trust.witnesses.values()}:
        raise ValueError("one key is that of a log and of a witness: the log would be its own witness")


def _group(trust: Trust, name: str, least: str, *within: str) -> None:
    placed = [one for _, members in trust.groups.values() for one in members]
    for one in within:
        _known(trust, one)
        if one in placed:
            raise ValueError(f"{shown(one)!r} is in a group already: it would count twice")
        placed.append(one)
    counts = {"any": 1, "all": len(within)}
    if least not in counts and not (least.isascii() and least.isdigit() and 0 < int(least) <= len(within)):
        raise ValueError(f"{shown(least)!r} is not `any`, `all` or a number from 1 to {len(within)}")
    trust.groups[_new(trust, name)] = (counts.get(least) or int(least), within)


def _typed(text: str, kind: int) -> Key:
    key = key_of(text)
    if key.kind != kind:
        what = "a log" if kind == LOG else "a witness"
        raise ValueError(f"{shown(text)!r} is not the key of {what}")
    return key


def _new(trust: Trust, name: str) -> str:
    if name == "none" or name in trust.witnesses or name in trust.groups:
        raise ValueError(f"{shown(name)!r} is named already")
    return name


def _known(trust: Trust, name: str) -> None:
    if name not in trust.witnesses and name not in trust.groups:
        raise ValueError(f"{shown(name)!r} is no witness or group named above")
