"""`mastery simulate`: what another rule would say of the learners on record; nothing is decided or written."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ledger.application.named import policy_named
from ledger.catalogue import load
from ledger.cli.adopting import settings_of
from ledger.cli.options import day, plugins, setting
from ledger.cli.printing import prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.simulated_files import write_files
from ledger.cli.simulated_text import what_if_lines
from ledger.errors import PolicyProblems
from ledger.inquiry.trying import Asking, Simulated, ledgers_meant, today_in, try_rules
from ledger.overrides import read_overrides
from ledger.simulation.reading import Tried
from ledger.vault import Vault


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
    before, after = _rules(plugins, ((baseline, baseline_values), (candidate, candidate_values)), asked, scale)
    drawn = secrets.randbits(32) if seed is None else seed
    asking = Asking(before, after, asked, districts, groups, drawn, processes)
    with Vault.open(session.folder) as vault, progress({"simulate": "learners asked"}) as tell:
        answer = try_rules(session.folder, vault, asking, lambda done, total: tell("simulate", done, total))
    if file:
        answer = replace(answer, files=tuple(map(str, write_files(file, answer.found))))
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
    return found


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
