"""`mastery verify`: what lies on the disk is held against itself, against checkpoints, and against a copy made anew."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS

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


@click.command()
@click.option(
    "--against",
    "pin",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PIN",
    help="A checkpoint held elsewhere: a file with its three lines, signed or not.",
)
@click.option(
    "--trust",
    "policy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="POLICY",
    help="Whose signatures count: a file of keys and witnesses as C2SP tlog-policy says.",
)
@click.option("--projections", is_flag=True, help="Make the read models anew beside those in use, and compare.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="For large ledgers.")
@prints(VerifyReport)
@pass_session
def verify(
    session: Session, pin: Path | None, policy: Path | None, projections: bool, processes: int, as_json: bool
) -> None:
    """Hold a ledger against its leaves, tree and checkpoints, row by row; exit status 1 on any change.

    Nothing is changed and no event is decoded by what it names. Without a checkpoint that somebody else
    holds, whoever has the keys of this machine can have rewritten everything: the last line says how many
    events that concerns. Signatures are looked at under the keys the ledger itself introduced, unless --trust
    names yours.

    Example: mastery verify --against checkpoint.txt --projections
    """
    from ledger.audit.trust import parse
    from ledger.audit.verifying.whole import Asked, verified

    trust = parse(policy.read_text(encoding="utf-8", errors="replace"), str(policy)) if policy else None
    with progress({"verify": "rows verified", "projections": "events folded"}) as tell:
        asked = Asked(session.folder, session.ledger, pin, projections, processes, trust)
        found = verified(asked, tell)
    changes = [ChangeFound(one.place, one.kind.value, one.what, one.follows, one.position) for one in found.findings]
    report = VerifyReport(
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
    show(report, as_json, partial(_lines, projections))
    if changes:
        sys.exit(FINDINGS)


def _lines(projections: bool, report: VerifyReport) -> Iterator[str]:
    for one in report.changes:
        yield f"{one.place}: {one.kind}: {one.what}; {one.follows}"
    if report.more:
        yield f"and {counted(report.more, 'finding')} more"
    yield f"{counted(report.events, 'event')} of {report.ledger} verified: {_outcome(report)}."
    yield f"  root of the tree: {report.root or 'none, for a leaf is missing'}"
    yield f"  held against {counted(report.checkpoints, 'checkpoint')} kept here" + (
        f", and against {_pin(report)}" if report.against else "; with --against, against one held elsewhere"
    )
    if projections and report.read_models is None and not report.changes:
        yield "  no read models are there to compare; the pages make them when they are first opened"
    yield from _unchecked(report)
    yield _exposure(report)


def _outcome(report: VerifyReport) -> str:
    if told := len(report.changes) + report.more:
        return counted(told, "finding")
    parts = " in what could be checked" if report.seals_unchecked or report.signatures_unchecked else ""
    return f"no change was found{parts}"


def _pin(report: VerifyReport) -> str:
    after = report.events - report.pinned
    later = f"; it says nothing of {counted(after, 'event')} after them" if after > 0 else ""
    return f"{report.against}, which speaks of the first {counted(report.pinned, 'event')}{later}"


def _unchecked(report: VerifyReport) -> Iterator[str]:
    if report.read_models is not None:
        yield f"  read models compared up to position {report.read_models} of {report.events}"
    if report.keys and not report.checkpoints:
        yield "  a key that signs is on record, and no checkpoint is kept here: nothing was signed, or it was removed"
    if report.seals_unchecked:
        seals = counted(report.seals_unchecked, "seal")
        yield f"  not checked: {seals}, for the key they were made with is not at hand"
    if report.signatures_unchecked:
        signed = counted(report.signatures_unchecked, "checkpoint")
        yield f"  not checked: who signed {signed}, for this log has introduced no key"
    if report.facts_unknown:
        yield f"  not checked: {counted(report.facts_unknown, 'fact')} of snapshots that no archived rule defines"


def _exposure(report: VerifyReport) -> str:
    if not report.held_outside:
        return (
            f"  EXPOSED: all {counted(report.events, 'event')}: no checkpoint is known to be held outside, so whoever "
            "has this machine's keys could have rewritten everything"
        )
    how = _HOW.get(report.held_how or "", f"was {report.held_how}")
    rests = _RESTS.get(report.held_how or "", "")
    if not report.exposed:
        held = f"{'if that is so, for ' if rests else ''}the checkpoint over {counted(report.held_outside, 'event')}"
        return f"  exposed: none, {held} {how}{rests}"
    return (
        f"  EXPOSED: {counted(report.exposed, 'event')} after position {report.held_outside}, up to which a checkpoint "
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
