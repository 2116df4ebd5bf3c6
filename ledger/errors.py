"""Every error a caller can meet, in one tree.

LedgerError
├── UsageError            the request makes no sense as it stands; nothing was done
│   ├── UnknownName       a learner, policy, framework, competency ... that is not there
│   └── InputFaults       a file or a form has faults: the whole list, with positions
├── Refused               understood, and not allowed; the sentence says by what
│   ├── StreamConflict    somebody else wrote first; read again and retry
│   ├── VersionGap        an event that is not the next of its stream
│   ├── KeyUnusable       a key is missing, malformed, readable by others, or the wrong one
│   ├── CommandReused     a command id was used before with another body
│   ├── SigningRefused    the signer found what it will not sign; nothing was signed
│   ├── EvidenceErased    it would rest on what was lawfully erased
│   └── JudgementFailed   the code that judges a clause gave no answer
├── PolicyProblems        plugins that cannot be loaded: every problem at once
├── UnreadablePolicy      an archived rule uses what this release does not know
├── LedgerDamaged         stored bytes are not what was written
│   ├── TopicNotAllowed   a stored event names a type this ledger does not know
│   └── SnapshotUnusable  a snapshot is missing, stale or altered: fold anew from the events
├── WhatIfUnsound         a what-if and the rule asked one by one do not agree: nothing of it holds
└── Unavailable           the database is locked, full or gone; retry later
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LedgerError(Exception):
    """Base of every error this product raises on purpose; its text is a sentence for a person."""


class UsageError(LedgerError):
    """The request makes no sense as it stands; nothing was done."""


class UnknownName(UsageError):
    """Something named is not there; says what was looked for and what is allowed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a user's data: where it is, what is wrong, what is allowed.

    `line` counts from 1 and is 0 where a file has no lines; `pointer` is an RFC 6901 pointer or
    empty; `field` names the column or member.
    """

    file: str
    line: int
    pointer: str
    field: str
    why: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
        if self.pointer:
            place += f"#{self.pointer}"
        if self.field:
            place += f" [{self.field}]"
        return f"{place}: {self.why}"


class InputFaults(UsageError):
    """A file or a form has faults; nothing of it was stored.

    `faults` holds all of them, or as many as were collected before `more`.
    """

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults = tuple(faults)
        self.more = more
        lines = [str(fault) for fault in self.faults]
        if more:
            lines.append(f"and {more} more")
        super().__init__("\n".join(lines))


class Refused(LedgerError):
    """The request was understood and is not allowed."""


class StreamConflict(Refused):
    """Another writer appended to the stream first."""


class VersionGap(Refused):
    """An event does not carry the next version of its stream."""


class KeyUnusable(Refused):
    """A key is missing, malformed, readable by others, or not the one a file was written with."""


class CommandReused(Refused):
    """A command id was used before with another body."""


class SigningRefused(Refused):
    """The log is not one that may be signed: it is not what was written, or not what was signed before."""


class EvidenceErased(Refused):
    """What something would rest on was lawfully erased: a fact, a text, a document."""


class JudgementFailed(Refused):
    """The code that judges a clause failed, was too slow, said what is no answer, or may not be run at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a plugin or a policy cannot be used: who, where in it, what, what to do."""

    plugin: str
    policy: str
    where: str
    what: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.policy or self.plugin, self.where) if part)
        return f"{place}: {self.what}"


class PolicyProblems(LedgerError):
    """Plugins or policies cannot be loaded; `problems` holds every reason at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnreadablePolicy(LedgerError):
    """An archived policy uses a format, record or field this release does not know."""


class LedgerDamaged(LedgerError):
    """Stored bytes are not what was written."""


class TopicNotAllowed(LedgerDamaged):
    """A stored event names a topic outside the allow-list."""


class SnapshotUnusable(LedgerDamaged):
    """A snapshot part is missing, stale or altered; the events alone are the truth: fold anew from them."""


class WhatIfUnsound(LedgerError):
    """A what-if said something else of a learner than the rule does; no figure of it is to be used."""


class Unavailable(LedgerError):
    """The storage cannot be used now; nothing was stored."""
