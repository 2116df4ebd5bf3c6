"""`mastery verify`: what lies on the disk is held against itself, against checkpoints, and against a copy made anew."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.inquiry.verified import (
    VerifyReport,
    exposure_words,
    outcome_words,
    pin_words,
    report_of,
    unchecked_words,
)


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
    report = report_of(found)
    show(report, as_json, partial(_lines, projections))
    if report.changes:
        sys.exit(FINDINGS)


def _lines(projections: bool, report: VerifyReport) -> Iterator[str]:
    for one in report.changes:
        yield f"{one.place}: {one.kind}: {one.what}; {one.follows}"
    if report.more:
        yield f"and {counted(report.more, 'finding')} more"
    yield f"{counted(report.events, 'event')} of {report.ledger} verified: {outcome_words(report)}."
    yield f"  root of the tree: {report.root or 'none, for a leaf is missing'}"
    yield f"  held against {counted(report.checkpoints, 'checkpoint')} kept here" + (
        f", and against {pin_words(report)}" if report.against else "; with --against, against one held elsewhere"
    )
    if projections and report.read_models is None and not report.changes:
        yield "  no read models are there to compare; the pages make them when they are first opened"
    yield from (f"  {line}" for line in unchecked_words(report))
    yield f"  {exposure_words(report)}"
