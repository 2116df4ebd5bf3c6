"""`mastery audit`: twelve questions an auditor asks of a whole ledger, each a command."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ledger.audit.queries.asking import Since
from ledger.audit.queries.finding import AuditFinding, Query
from ledger.audit.queries.registry import QUERIES
from ledger.cli.options import since
from ledger.cli.printing import counted, prints, safe_cell, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.inquiry.audit_answers import AS_IT_STANDS, AuditAnswers, QueryAnswer, answers_to

COLUMNS = ("query", "position", "positions", "learner", "who", "at", "sentence")
"""The columns of a CSV of findings: the fields of a finding."""


SINCE = click.option(
    "--since",
    type=since,
    metavar="POSITION|DAY",
    help="Only findings about what was recorded after a position, or on a day or later.",
)
CSV = click.option(
    "--csv",
    "to",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write a line for each finding into this file; - for standard output.",
)


@click.group()
def audit() -> None:
    """Ask a ledger what an auditor asks; exit status 1 where there are findings.

    The ledger is asked as it stands: let `mastery verify` tell first whether that is what was recorded. A finding
    is something to look at, never a verdict. Each query says what looks alike and is left alone, and
    why; docs/queries.md tells more. `mastery audit all` asks every one.
    """


def _ask(session: Session, asked: Sequence[tuple[Query, Mapping[str, int]]], since: Since) -> AuditAnswers:
    with session.open() as ledger, progress({"audit": "learners looked at"}) as tell:
        return answers_to(ledger, asked, since, lambda done, total: tell("audit", done, total))


def _finish(answers: Sequence[QueryAnswer], to: Path | None) -> None:
    findings = [one for answer in answers for one in answer.findings]
    if to is not None:
        save_findings(to, findings)
    if findings:
        sys.exit(FINDINGS)


def save_findings(to: Path, findings: Sequence[AuditFinding]) -> None:
    """Write findings as CSV that no spreadsheet runs, into a file or, for -, to standard output."""
    if str(to) == "-":
        _write(sys.stdout, findings)
        return
    with to.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        _write(file, findings)


def _write(file: Any, findings: Sequence[AuditFinding]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in findings:
        cells = (getattr(one, name) for name in COLUMNS)
        writer.writerow([safe_cell(" ".join(map(str, cell)) if isinstance(cell, tuple) else cell) for cell in cells])


def _lines(answer: QueryAnswer) -> Iterator[str]:
    yield f"{answer.query}: {answer.asks}"
    yield "Asked with " + ", ".join(f"--{name} {value:,}" for name, value in answer.thresholds.items()) + "."
    for one in answer.findings:
        about = f"learner {one.learner}, " if one.learner else ""
        yield f"{about}position {one.position}: {one.sentence}"
    yield from answer.notes
    told = f", recorded since {answer.since}" if answer.since else ""
    yield f"{counted(len(answer.findings), 'finding')}{told}, as of position {answer.position}."


def _one_lines(answer: QueryAnswer) -> Iterator[str]:
    yield from _lines(answer)
    yield AS_IT_STANDS


def _all_lines(answers: AuditAnswers) -> Iterator[str]:
    for one in answers.answers:
        yield from _lines(one)
        yield ""
    yield f"{counted(sum(len(one.findings) for one in answers.answers), 'finding')} of {len(answers.answers)} queries."
    yield AS_IT_STANDS


def _command(query: Query) -> click.Command:
    names = [one.name.replace("-", "_") for one in query.thresholds]

    @prints(QueryAnswer)
    @pass_session
    def ask(session: Session, /, since: Since, to: Path | None, as_json: bool, **given: int) -> None:
        values = {one.name: given[name] for one, name in zip(query.thresholds, names, strict=True)}
        answers = _ask(session, [(query, values)], since).answers
        if str(to) != "-":
            show(answers[0], as_json, _one_lines)
        _finish(answers, to)

    command: Any = ask
    for one in reversed(query.thresholds):
        kind = click.IntRange(one.least, one.most)
        option = click.option(f"--{one.name}", type=kind, default=one.default, show_default=True, help=f"{one.says}.")
        command = option(command)
    found: click.Command = click.command(query.name, help=_help(query))(SINCE(CSV(command)))
    return found


def _help(query: Query) -> str:
    return "\n\n".join(
        (
            query.asks,
            f"Findings: {query.finds}",
            f"Left alone: {query.innocent}",
            f"Example: mastery audit {query.name} --csv findings.csv",
        )
    )


for _query in QUERIES.values():
    audit.add_command(_command(_query))


@audit.command("all")
@SINCE
@CSV
@prints(AuditAnswers)
@pass_session
def every(session: Session, since: Since, to: Path | None, as_json: bool) -> None:
    """Ask every query, each with its own thresholds, in one reading of the ledger.

    Example: mastery audit all --since 2026-01-01 --csv findings.csv
    """
    found = _ask(session, [(query, query.defaults()) for query in QUERIES.values()], since)
    if str(to) != "-":
        show(found, as_json, _all_lines)
    _finish(found.answers, to)
