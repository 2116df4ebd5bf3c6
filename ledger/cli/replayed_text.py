"""A replay as text for people."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ledger.audit.confidence import percent
from ledger.audit.verdicts import Replayed
from ledger.cli.printing import counted, table
from ledger.cli.replay_report import ReplayReport, SampleReport

SHOWN = 20
"""Decisions that rest on what was erased, told one by one; the JSON has all of them."""


def replay_lines(report: ReplayReport) -> Iterator[str]:
    """Yield what a replay came to."""
    for one in report.differing:
        yield from _told(one)
    yield from _erased(report.erased)
    if report.seals_unchecked:
        yield f"{counted(report.seals_unchecked, 'event')} sealed with another key than the present one: not checked"
    if report.sample is not None:
        yield from _strata(report.sample)
    since = f", after position {report.since}" if report.since is not None else ""
    yield f"{counted(report.decisions, 'decision')} of {counted(report.learners, 'learner')} made again{since}:"
    yield from (f"  {verdict:<24}{count:>10,}" for verdict, count in report.verdicts.items())
    if report.sample is not None:
        yield _limit(report.sample)


def _told(one: Replayed) -> Iterator[str]:
    detail = f": {one.detail}" if one.detail else ""
    yield f"{_place_of(one)}: {one.verdict.value}{detail}"
    yield from (f"  {difference}" for difference in one.differs)


def _place_of(one: Replayed) -> str:
    if not one.is_decision:
        return (
            f"learner {one.learner} (position {one.position})" if one.learner else f"the log (position {one.position})"
        )
    place = f"learner {one.learner}, version {one.version} (position {one.position})"
    return f"{place}: {one.question} of {one.subject} by {one.policy}" if one.question else place


def _erased(rows: tuple[Replayed, ...]) -> Iterator[str]:
    for one in rows[:SHOWN]:
        yield from _told(one)
    if len(rows) > SHOWN:
        yield f"and {len(rows) - SHOWN:,} more evidence_erased; --json gives all of them"


def _strata(sample: SampleReport) -> Iterator[str]:
    yield (
        f"Drawn with the seed {sample.seed!r} from {counted(sample.population, 'decision')}, in proportion to "
        "question, outcome and policy:"
    )
    yield from table(("question", "outcome", "policy", "decisions", "drawn", "besides"), _rows(sample))
    yield ""


def _rows(sample: SampleReport) -> Iterable[tuple[object, ...]]:
    for one in sample.strata:
        cells = one.question or "-", one.outcome, one.policy or "-"
        yield *cells, f"{one.decisions:,}", f"{one.drawn:,}", one.besides or ""


def _limit(sample: SampleReport) -> str:
    said = "1 is an exception" if sample.exceptions == 1 else f"{sample.exceptions:,} are exceptions"
    erased = f", {sample.erased:,} of them lawfully erased" if sample.erased else ""
    if sample.limit is None:
        return f"All {counted(sample.population, 'decision')} were drawn: {said}{erased}; nothing is left to estimate."
    most = percent(Fraction(sample.limit))
    return (
        f"Of {sample.drawn:,} drawn {said}{erased}: at most {most} of the {sample.population:,} decisions would not "
        f"come out identical, at {percent(Fraction(sample.confidence)).removesuffix('.0 %')} % confidence."
    )
