"""`mastery simulate`: what another rule would say of the learners on record; nothing is decided or written."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from ledger.catalogue import load
from ledger.cli.adopting import policy_named, settings_of
from ledger.cli.options import day, plugins, setting
from ledger.cli.printing import prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.simulated_files import write_files
from ledger.cli.simulated_ledgers import LedgerRead, grouping, ledgers_meant, population, today_in
from ledger.cli.simulated_text import what_if_lines
from ledger.errors import PolicyProblems, UsageError
from ledger.overrides import read_overrides
from ledger.policy.model import Policy
from ledger.policy.sheet import value_words
from ledger.simulation import Engine, Processes, Serial, WhatIf, simulate
from ledger.simulation.reading import Tried
from ledger.vault import Vault

WARNING = "What-if, not a replay: nothing was decided and nothing was written."


@dataclass(frozen=True, slots=True)
class RuleTried:
    """A rule of a what-if, with the values set for it."""

    edition: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Simulated:
    """A what-if: `warning` says what it is not, `on` is the day asked about, `files` are those written."""

    warning: str
    on: str
    baseline: RuleTried
    candidate: RuleTried
    ledgers: tuple[LedgerRead, ...]
    found: WhatIf
    files: tuple[str, ...]


@click.command("simulate")
@click.option("--baseline", required=True, metavar="POLICY", help="The rule to compare with, by id or id@first-day.")
@click.option("--candidate", required=True, metavar="POLICY", help="The rule to try, by id or id@first-day.")
@click.option(
    "--set", "baseline_values", type=setting, metavar="NAME=VALUE", multiple=True, help="A value of the baseline's own."
)
@click.option(
    "--set-b",
    "candidate_values",
    type=setting,
    metavar="NAME=VALUE",
    multiple=True,
    help="A value of the candidate's own; may be repeated.",
)
@click.option("--on", type=day, help="The day asked about; today where not given.")
@click.option("--district", "districts", multiple=True, help="Only the learners of this ledger; may be repeated.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    help="Break down by this group of the vault, or by `all` of them; may be repeated. Small figures are hidden.",
)
@click.option("--scale", help="The scale levels are read with, by id or title; that of the rule in force otherwise.")
@click.option(
    "--seed", type=click.IntRange(0), help="Draws the learners that are decided again; drawn where not given."
)
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many work at once.")
@click.option(
    "--csv",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every changed answer to this file, groups and the opportunity note to files beside it.",
)
@plugins
@prints(Simulated)
@pass_session
def simulate_command(
    session: Session,
    baseline: str,
    candidate: str,
    baseline_values: tuple[tuple[str, str], ...],
    candidate_values: tuple[tuple[str, str], ...],
    on: date | None,
    districts: tuple[str, ...],
    groups: tuple[str, ...],
    scale: str | None,
    seed: int | None,
    processes: int,
    file: Path | None,
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say what another rule would decide about the learners on record: who gains, who loses, and why.

    Both rules answer the same question. Facts are read from every ledger of the folder, or from the
    districts named, as they stand; earlier decisions count as they stand. A what-if is never a replay:
    it decides nothing and writes nothing to a ledger.

    Example: mastery simulate --baseline traditional/course --candidate competency-based/course --group all
    """
    ledgers = ledgers_meant(session.folder, districts)
    asked = on or today_in(session.folder, ledgers[0])
    tried = _rules(plugins, ((baseline, baseline_values), (candidate, candidate_values)), asked, scale)
    partitions, read = population(session.folder, ledgers, asked, *tried)
    with Vault.open(session.folder) as vault, progress({"simulate": "learners asked"}) as tell:
        found = simulate(
            partitions,
            *(one.side(asked) for one in tried),
            seed=secrets.randbits(32) if seed is None else seed,
            engine=_engine(processes),
            grouping=grouping(vault, partitions, groups),
            progress=lambda done, total: tell("simulate", done, total),
        )
    files = write_files(file, found) if file else ()
    shown = [_shown(one) for one in tried]
    answer = Simulated(WARNING, asked.isoformat(), shown[0], shown[1], tuple(read), found, tuple(map(str, files)))
    show(answer, as_json, _lines)


def _rules(
    plugins: tuple[str, ...], asked: Sequence[tuple[str, tuple[tuple[str, str], ...]]], on: date, scale: str | None
) -> list[Tried]:
    catalogue = load(plugins)
    found = []
    for name, given in asked:
        policy = policy_named(catalogue, name, on)
        values, problems = read_overrides(policy, settings_of(given), on)
        if problems:
            raise PolicyProblems(problems)
        found.append(Tried(policy, values, scale))
    _require_one_question(*(one.policy for one in found))
    return found


def _require_one_question(baseline: Policy, candidate: Policy) -> None:
    first, second = ((one.question.value, one.award, one.subject) for one in (baseline, candidate))
    if first != second:
        raise UsageError(
            f"{baseline.edition} answers {_question(first)}, {candidate.edition} answers {_question(second)}; "
            "compare two rules for the same question"
        )


def _question(asked: tuple[str, str, str]) -> str:
    question, award, subject = asked
    return f"{question} ({award}) of a {subject}"


def _engine(processes: int) -> Engine:
    return Serial() if processes == 1 else Processes(processes)


def _shown(tried: Tried) -> RuleTried:
    return RuleTried(tried.policy.edition, {name: value_words(value) for name, value in tried.overrides.items()})


def _lines(answer: Simulated) -> Iterator[str]:
    yield answer.warning
    yield ""
    for said, rule in (("baseline", answer.baseline), ("candidate", answer.candidate)):
        values = ", ".join(f"{name} = {value}" for name, value in rule.values.items())
        yield f"{said + ':':<10} {rule.edition}{f' with {values}' if values else ''}"
    places = ", ".join(f"{one.jurisdiction} at position {one.position}" for one in answer.ledgers)
    yield f"{'on:':<10} {answer.on}, in {places}"
    yield from what_if_lines(answer.found)
    yield from (f"written: {file}" for file in answer.files)
