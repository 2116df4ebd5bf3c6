"""What a verification came to, as it is shown and kept, and the sentences that say it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.audit.verifying.whole import Whole

MOST_FINDINGS = 1_000
"""Findings told one by one."""


@dataclass(frozen=True, slots=True)
class ChangeFound:
    """One thing that is not what was written: which row or file, what kind of change, what is seen, what follows.

    `position` is that of the first event concerned, 0 where it is about no single event.
    """

    place: str
    kind: str
    what: str
    follows: str
    position: int


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was verified, and every change found; `more` are not told one by one.

    `root` is that of the tree over all leaves, in base64, empty where a leaf is missing. The ledger introduced
    so many `keys` to sign with. `checkpoints` kept here and `against`, held elsewhere and speaking of `pinned`
    events, were compared. `exposed` events are covered by no checkpoint that anybody outside is known to hold;
    `held_outside` is the size of the largest that somebody is, and `held_how` by what that is known: pinned,
    which is `against`; cosigned by a witness that is trusted; or by what this folder itself has on record,
    received by another ledger in it or handed out. `seals_unchecked` were made with another key than the one at
    hand, `signatures_unchecked` are checkpoints of a log that introduced no key, `facts_unknown` are facts in
    snapshots that follow from no archived rule. `read_models` is the position up to which they were compared,
    null where they were not.
    """

    ledger: str
    events: int
    bytes: int
    root: str
    keys: int
    checkpoints: int
    against: str | None
    pinned: int
    held_outside: int
    held_how: str | None
    exposed: int
    seals_unchecked: int
    signatures_unchecked: int
    facts_unknown: int
    read_models: int | None
    changes: tuple[ChangeFound, ...]
    more: int


def report_of(found: Whole) -> VerifyReport:
    """Return what a verification came to, with no more findings than are told one by one."""
    changes = [ChangeFound(one.place, one.kind.value, one.what, one.follows, one.position) for one in found.findings]
    return VerifyReport(
        found.ledger,
        found.events,
        found.size,
        found.root,
        found.keys,
        found.checkpoints,
        found.against,
        found.pinned,
        found.exposure.held,
        found.exposure.how,
        found.exposure.exposed,
        found.unchecked,
        found.unsigned,
        found.unknown,
        found.read_models,
        tuple(changes[:MOST_FINDINGS]),
        found.more + max(len(changes) - MOST_FINDINGS, 0),
    )


def outcome_words(report: VerifyReport) -> str:
    """Say how many findings there are."""
    if told := len(report.changes) + report.more:
        return _counted(told, "finding")
    parts = " in what could be checked" if report.seals_unchecked or report.signatures_unchecked else ""
    return f"no change was found{parts}"


def pin_words(report: VerifyReport) -> str:
    """Say what the checkpoint from outside speaks of."""
    after = report.events - report.pinned
    later = f"; it says nothing of {_counted(after, 'event')} after them" if after > 0 else ""
    return f"{report.against}, which speaks of the first {_counted(report.pinned, 'event')}{later}"


def unchecked_words(report: VerifyReport) -> Iterator[str]:
    """Say what was compared beside the log, and what could not be looked at."""
    if report.read_models is not None:
        yield f"read models compared up to position {report.read_models} of {report.events}"
    if report.keys and not report.checkpoints:
        yield "a key that signs is on record, and no checkpoint is kept here: nothing was signed, or it was removed"
    if report.seals_unchecked:
        seals = _counted(report.seals_unchecked, "seal")
        yield f"not checked: {seals}, for the key they were made with is not at hand"
    if report.signatures_unchecked:
        signed = _counted(report.signatures_unchecked, "checkpoint")
        yield f"not checked: who signed {signed}, for this log has introduced no key"
    if report.facts_unknown:
        yield f"not checked: {_counted(report.facts_unknown, 'fact')} of snapshots that no archived rule defines"


def exposure_words(report: VerifyReport) -> str:
    """Say how many events nobody outside would miss."""
    if not report.held_outside:
        return (
            f"EXPOSED: all {_counted(report.events, 'event')}: no checkpoint is known to be held outside, so whoever "
            "has this machine's keys could have rewritten everything"
        )
    how = _HOW.get(report.held_how or "", f"was {report.held_how}")
    rests = _RESTS.get(report.held_how or "", "")
    if not report.exposed:
        held = f"{'if that is so, for ' if rests else ''}the checkpoint over {_counted(report.held_outside, 'event')}"
        return f"exposed: none, {held} {how}{rests}"
    return (
        f"EXPOSED: {_counted(report.exposed, 'event')} after position {report.held_outside}, up to which a checkpoint "
        f"{how}: nobody outside would miss them{rests}"
    )


_HOW = {"pinned": "is the one given with --against", "cosigned": "was cosigned by witnesses the policy names"}
_RESTS = {
    "handed out": "; the ledger alone says so: ask whoever got it for their copy, and give that with --against",
    "received": (
        "; a ledger of this same folder received it, and whoever can rewrite one can rewrite both: "
        "keep a checkpoint elsewhere, and give it with --against"
    ),
}
"""What stands behind a checkpoint that this folder itself says is held outside."""


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
