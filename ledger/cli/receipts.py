"""`mastery receipt`: a credit or a graduation with the proof that it is in the signed log."""

from collections.abc import Iterator

import click

from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, learner_of, pass_session
from ledger.errors import UsageError
from ledger.inquiry.decisions import decision_at
from ledger.inquiry.receipts import Receipt, receipt


@click.command("receipt")
@click.argument("learner", required=False)
@click.argument("version", type=click.IntRange(min=1), required=False)
@click.option("--at", type=click.IntRange(min=1), metavar="POSITION", help="The decision at this position of the log.")
@click.option(
    "--wait",
    type=click.IntRange(min=0),
    metavar="SECONDS",
    default=10,
    show_default=True,
    help="How long to wait for the signer.",
)
@prints(Receipt)
@pass_session
def receipt_command(
    session: Session, learner: str | None, version: int | None, at: int | None, wait: int, as_json: bool
) -> None:
    """Prove that a decision about credit or graduation is in the signed log, once a checkpoint covers it.

    With --json the receipt is whole: event, path and checkpoint, to be checked without this program.

    Example: mastery receipt S-1001 4 --json
    """
    if (at is None) == (learner is None or version is None):
        raise UsageError("name the decision by LEARNER and VERSION, or with --at POSITION")
    with session.open() as ledger:
        place = decision_at(ledger, at) if at is not None else (learner_of(ledger, str(learner)), int(version or 0))
        answer = receipt(ledger, *place, patience=wait * 1000)
    show(answer, as_json, _lines)


def _lines(answer: Receipt) -> Iterator[str]:
    level = f" (level {answer.level})" if answer.level else ""
    yield f"{answer.question} of {answer.subject}: {answer.outcome.replace('_', ' ')}{level}, for {answer.decided_for}"
    yield f"  learner {answer.learner}, version {answer.version}, position {answer.position} of {answer.log}"
    if answer.superseded_by is not None:
        yield f"  NOT IN FORCE: version {answer.superseded_by} took its place"
    yield f"  leaf {answer.index} of {counted(answer.size, 'event')}: {answer.leaf}"
    yield f"  the path from there to the root has {counted(len(answer.path), 'hash', 'hashes')}, and holds"
    yield f"  signed with {answer.key}:"
    yield ""
    yield from answer.checkpoint.rstrip("\n").split("\n")
