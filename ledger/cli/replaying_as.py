"""`mastery replay-as`: what another rule would have said of the decisions made; a what-if, never a replay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from ledger.application import Ledger
from ledger.application.named import policy_named
from ledger.audit.parallel import Choice
from ledger.audit.what_if import OtherAnswer, ReplayedAs, replay_as
from ledger.catalogue import load
from ledger.cli.adopting import settings_of
from ledger.cli.options import plugins, setting, since
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.progress import progress
from ledger.cli.replaying import position_of
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.simulated_files import GROUPS, beside, group_rows, write_rows
from ledger.cli.simulated_text import SHOWN, answers_lines, group_lines, more, said
from ledger.errors import PolicyProblems, UsageError
from ledger.inquiry.trying import EVERY_GROUP
from ledger.overrides import read_overrides
from ledger.policy.sheet import value_words
from ledger.simulation import Grouping
from ledger.simulation.reading import Tried

WARNING = "What-if, not a replay: nobody was decided about by this rule, and nothing was written to the ledger."
SUFFIX = ".what-if.csv"

CHANGED = (
    *("what", "ledger", "learner", "version", "position", "on", "subject", "policy"),
    *("decided", "would_be", "decided_rests_on", "would_rest_on"),
)


@dataclass(frozen=True, slots=True)
class ReplayedAsReport:
    """What another rule would have said: `kind` and `warning` say what this is not.

    `rule` is the edition asked, `values` those set for it. In `found` the baseline is the decision as made
    and the candidate the other rule; `files` are those written.
    """

    kind: str
    warning: str
    ledger: str
    rule: str
    values: dict[str, str]
    since: int | None
    found: ReplayedAs
    files: tuple[str, ...]


@click.command("replay-as")
@click.argument("policy")
@click.option("--set", "values", type=setting, metavar="NAME=VALUE", multiple=True, help="A value of the rule's own.")
@click.option("--scale", help="The scale levels are read with, by id or title; that of the rule in force otherwise.")
@click.option("--learner", help="Only the decisions about this learner.")
@click.option(
    "--since",
    type=since,
    metavar="POSITION|DAY",
    help="Only decisions after a position, or recorded on a day or later.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    help="Break down by this group of the vault, or by `all` of them; may be repeated. Small figures are hidden.",
)
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="For large ledgers.")
@click.option(
    "--csv",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Write every answer that differs to this file, whose name ends in {SUFFIX}; groups to one beside it.",
)
@plugins
@prints(ReplayedAsReport)
@pass_session
def replay_as_command(
    session: Session,
    policy: str,
    values: tuple[tuple[str, str], ...],
    scale: str | None,
    learner: str | None,
    since: int | date | None,
    groups: tuple[str, ...],
    processes: int,
    file: Path | None,
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Ask another rule about every decision of its question, as it was made: a what-if, never a replay.

    Each decision is made again first, and left out unless that is identical. The rule is then asked about
    the same record on the same day; what a decision read of earlier ones stays as it was made.

    Example: mastery replay-as competency-based/mastery --set kinds=3 --csv stricter.what-if.csv
    """
    if file is not None and not file.name.endswith(SUFFIX):
        raise UsageError(f"{file}: the name of a what-if's file ends in {SUFFIX}, so that nobody takes it for a replay")
    with session.open() as ledger, progress({"replay-as": "learners asked about"}) as tell:
        tried = _tried(plugins, policy, values, scale, ledger.today())
        after = position_of(ledger, since)
        found = replay_as(
            ledger.log,
            ledger.jurisdiction,
            tried,
            Choice(after or 0, (learner_of(ledger, learner),) if learner else None),
            processes=processes,
            grouping=_grouping(ledger, groups),
            progress=lambda done, total: tell("replay-as", done, total),
        )
        name = ledger.jurisdiction
    set_here = {one: value_words(value) for one, value in tried.overrides.items()}
    files = tuple(map(str, _written(file, found))) if file else ()
    report = ReplayedAsReport("what-if", WARNING, name, tried.policy.edition, set_here, after, found, files)
    show(report, as_json, _lines)


def _tried(
    plugins: tuple[str, ...], name: str, given: tuple[tuple[str, str], ...], scale: str | None, on: date
) -> Tried:
    policy = policy_named(load(plugins), name, on)
    values, problems = read_overrides(policy, settings_of(given), on)
    if problems:
        raise PolicyProblems(problems)
    return Tried(policy, values, scale)


def _grouping(ledger: Ledger, wanted: tuple[str, ...]) -> Grouping | None:
    if not wanted:
        return None
    learners = {stream.removeprefix("learner/") for stream in ledger.log.recorder.streams("learner/")}
    named = () if EVERY_GROUP in wanted else tuple(dict.fromkeys(wanted))
    return Grouping(ledger.vault.groups(learners), ledger.vault.draw, named)


def _written(file: Path, found: ReplayedAs) -> Iterator[Path]:
    yield write_rows(file, CHANGED, map(_row, found.changed))
    if found.groups:
        yield write_rows(beside(file, "groups"), GROUPS, group_rows(found.groups))


def _row(one: OtherAnswer) -> tuple[object, ...]:
    return (
        *(one.ledger, one.learner, one.version, one.position, one.on, one.subject, one.policy),
        *(one.baseline.value, one.candidate.value, " ".join(one.baseline_rests_on), " ".join(one.candidate_rests_on)),
    )


def _lines(report: ReplayedAsReport) -> Iterator[str]:
    found = report.found
    values = ", ".join(f"{name} = {value}" for name, value in report.values.items())
    since = f", after position {report.since}" if report.since is not None else ""
    yield report.warning
    yield ""
    yield f"rule: {report.rule}{f' with {values}' if values else ''}"
    yield f"in {report.ledger} up to position {found.position}"
    yield f"{counted(found.decisions, 'decision')} of {counted(found.learners, 'learner')} asked about{since}"
    if found.decisions:
        yield from answers_lines(found.pairs, found.effects, "decision", "other rule")
    for verdict, count in found.left_out.items():
        yield f"left out: {counted(count, 'decision')}, {verdict.value} when made again; see `mastery replay`"
    yield from group_lines(found.groups)
    yield from _changed(found)
    yield from (f"written: {file}" for file in report.files)


def _changed(found: ReplayedAs) -> Iterator[str]:
    if found.changed:
        yield ""
        headings = ("learner", "version", "on", "subject", "decision", "other rule")
        yield from table(headings, map(_cells, found.changed[:SHOWN]))
        yield from more(len(found.changed))


def _cells(one: OtherAnswer) -> tuple[object, ...]:
    decided, would_be = said(one.baseline, one.baseline_rests_on), said(one.candidate, one.candidate_rests_on)
    return one.learner, one.version, one.on, one.subject, decided, would_be
