"""`mastery replay`: every decision, those since, or a sample, made again from the ledger alone."""

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date

import click

from ledger.application import Ledger
from ledger.audit.confidence import CONFIDENCE, MOST_DRAWN
from ledger.audit.parallel import Choice, ReplayedAll, replay_all
from ledger.audit.sampled import Sampled, replay_sample
from ledger.audit.since import position_before
from ledger.audit.verdicts import Verdict
from ledger.cli.options import since, text
from ledger.cli.printing import prints, show
from ledger.cli.progress import progress
from ledger.cli.replay_report import DrawnDecision, ReplayReport, SampleReport
from ledger.cli.replayed_text import replay_lines
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.telling import FINDINGS
from ledger.errors import UsageError
from ledger.storage.inspection import Inspection
from ledger.values import plain_number


@click.command()
@click.option("--learner", help="Only the decisions about this learner.")
@click.option(
    "--since",
    type=since,
    metavar="POSITION|DAY",
    help="Only decisions after a position, or recorded on a day or later.",
)
@click.option(
    "--sample",
    type=click.IntRange(1, MOST_DRAWN),
    metavar="N",
    help="Only so many, drawn in proportion to question, outcome and policy, and what that says of all.",
)
@click.option("--seed", type=text, help="What draws the sample; let the auditor name it.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="For large ledgers.")
@prints(ReplayReport)
@pass_session
def replay(
    session: Session,
    learner: str | None,
    since: int | date | None,
    sample: int | None,
    seed: str | None,
    processes: int,
    as_json: bool,
) -> None:
    """Make decisions again from the ledger alone; exit status 1 unless all are identical or lawfully erased.

    Example: mastery replay --since 2026-01-01 --sample 60 --seed 2026-audit
    """
    _require_fitting(learner, sample, seed)
    with session.open() as ledger, progress({"replay": "learners replayed"}) as tell:
        after = position_of(ledger, since)

        def told(done: int, total: int) -> None:
            tell("replay", done, total)

        if sample is None:
            named = (learner_of(ledger, learner),) if learner else None
            choice = Choice(after or 0, named)
            report = _report(replay_all(ledger.log, choice, processes=processes, progress=told), after)
        else:
            found = replay_sample(ledger.log, sample, seed or "", after=after or 0, processes=processes, progress=told)
            report = _report(found.replayed, after, _sample_report(found, seed or ""))
    show(report, as_json, replay_lines)
    if report.differing:
        sys.exit(FINDINGS)


def _require_fitting(learner: str | None, sample: int | None, seed: str | None) -> None:
    if (sample is None) != (seed is None):
        raise UsageError("--sample and --seed go together: let the auditor name the seed")
    if sample is not None and learner is not None:
        raise UsageError("a sample is drawn from all learners: leave out --learner or --sample")


def position_of(ledger: Ledger, since: int | date | None) -> int | None:
    """Return the position after which what is meant by `--since` stands, nothing where nothing is meant."""
    if since is None or isinstance(since, int):
        return since
    inspection = Inspection(ledger.log.recorder.datastore)
    return position_before(inspection, inspection.last(), since, ledger.opened.zone)


def _report(found: ReplayedAll, after: int | None, sample: SampleReport | None = None) -> ReplayReport:
    return ReplayReport(
        found.position,
        after,
        found.learners,
        found.verdicts.total(),
        counts(found.verdicts),
        tuple(one for one in found.kept if one.is_finding),
        tuple(one for one in found.kept if one.verdict is Verdict.EVIDENCE_ERASED),
        found.seals_unchecked,
        sample,
    )


def counts(verdicts: Mapping[Verdict, int]) -> dict[str, int]:
    """Return the counts of the verdicts there are, by name, in their order."""
    return {verdict.value: verdicts[verdict] for verdict in Verdict if verdicts.get(verdict)}


def _sample_report(found: Sampled, seed: str) -> SampleReport:
    times = Counter(found.draw.counted)
    return SampleReport(
        seed,
        found.draw.population,
        len(found.draw.counted),
        found.exceptions,
        found.erased,
        plain_number(CONFIDENCE),
        None if found.limit is None else plain_number(found.limit),
        found.draw.strata,
        tuple(
            DrawnDecision(
                position,
                times[position],
                found.decisions[position].verdict.value if position in found.decisions else None,
            )
            for position in found.draw.positions
        ),
    )
