"""`mastery replay` and `mastery rebuild`: what stands is held against what the ledger says."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from ledger.audit.replay import Replay
from ledger.audit.verdicts import Replayed, Verdict
from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import Progress, progress
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.telling import FINDINGS
from ledger.projections.rebuild import Difference
from ledger.projections.rebuild import rebuild as rebuild_all
from ledger.storage.read_models import ReadModels


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """How many decisions got each verdict, and every one that is not identical.

    What is damaged without touching a decision is told among `differing` too, with an empty question.
    `seals_unchecked` counts events sealed with another key than the present one.
    """

    learners: int
    decisions: int
    verdicts: dict[str, int]
    differing: tuple[Replayed, ...]
    seals_unchecked: int


@dataclass(frozen=True, slots=True)
class TableMended:
    """A table that differed: how many rows were missing, too many, otherwise; `keys` names the first."""

    table: str
    missing: int
    extra: int
    changed: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """The position the read models stand for, and every table that differed from one made anew."""

    position: int
    differences: tuple[TableMended, ...]


@click.command()
@click.option("--learner", help="Only the decisions about this learner.")
@prints(ReplayReport)
@pass_session
def replay(session: Session, learner: str | None, as_json: bool) -> None:
    """Make every decision again from the ledger alone; exit status 1 unless all are identical.

    Example: mastery replay --learner S-1001
    """
    with session.open() as ledger, progress({"replay": "learners replayed"}) as tell:
        replaying = Replay(ledger.log)
        learners = [learner_of(ledger, learner)] if learner else replaying.learners()
        verdicts: Counter[str] = Counter()
        differing = []
        for one in replaying.replay(_told(learners, tell), whole=learner is None):
            verdicts[one.verdict.value] += bool(one.question)
            if one.verdict is not Verdict.IDENTICAL:
                differing.append(one)
    counts = {verdict.value: verdicts[verdict.value] for verdict in Verdict if verdicts[verdict.value]}
    report = ReplayReport(len(learners), sum(counts.values()), counts, tuple(differing), replaying.seals_unchecked)
    show(report, as_json, _replay_lines)
    if differing:
        sys.exit(FINDINGS)


def _told(learners: Sequence[str], tell: Progress) -> Iterator[str]:
    for done, one in enumerate(learners):
        tell("replay", done, len(learners))
        yield one
    tell("replay", len(learners), len(learners))


def _replay_lines(report: ReplayReport) -> Iterator[str]:
    for one in report.differing:
        detail = f": {one.detail}" if one.detail else ""
        yield f"{_place_of(one)}: {one.verdict.value}{detail}"
        yield from (f"  {difference}" for difference in one.differs)
    if report.seals_unchecked:
        yield f"{counted(report.seals_unchecked, 'event')} sealed with another key than the present one: not checked"
    yield f"{counted(report.decisions, 'decision')} of {counted(report.learners, 'learner')} made again:"
    yield from (f"  {verdict:<24}{count:>10,}" for verdict, count in report.verdicts.items())


def _place_of(one: Replayed) -> str:
    if one.question:
        return (
            f"learner {one.learner}, version {one.version} (position {one.position}): "
            f"{one.question} of {one.subject} by {one.policy}"
        )
    return f"learner {one.learner} (position {one.position})" if one.learner else f"the log (position {one.position})"


@click.command()
@prints(RebuildReport)
@pass_session
def rebuild(session: Session, as_json: bool) -> None:
    """Make the read models anew from the log, mend what differed, and say so; exit status 1 if anything did.

    Example: mastery rebuild
    """
    with session.open() as ledger:
        models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
        try:
            with progress({"rebuild": "events folded"}) as tell:
                found = rebuild_all(ledger.log, models, progress=lambda done, last: tell("rebuild", done, last))
            position = ledger.log.recorder.max_notification_id()
        finally:
            models.close()
    mended = tuple(TableMended(one.table, one.missing, one.extra, one.changed, one.keys) for one in found)
    show(RebuildReport(position, mended), as_json, lambda report: _rebuild_lines(report, found))
    if found:
        sys.exit(FINDINGS)


def _rebuild_lines(report: RebuildReport, found: Sequence[Difference]) -> Iterator[str]:
    yield from map(str, found)
    if report.differences:
        yield f"{counted(len(report.differences), 'table')} differed, mended now (position {report.position})."
    else:
        yield f"The read models are what the ledger says, up to position {report.position}."
