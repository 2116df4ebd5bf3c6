"""`mastery bundle` and `mastery heads`: what an auditor takes away, and what lets them see that nothing is missing."""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.application import Ledger
from ledger.application.disclosing import (
    Given,
    Recipient,
    commit_heads,
    commitments,
    disclose,
    false_commitments,
    require_recipient,
)
from ledger.audit.bundling.making import Making
from ledger.audit.bundling.wanted import Wanted, decision_wanted, learners_wanted, sample_wanted
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.telling import FINDINGS
from ledger.domain.disclosure import HeadsCommitted
from ledger.durable import beside
from ledger.errors import Refused, UsageError
from ledger.inquiry.decisions import decision_at

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle made: its SHA-256, the log and the size of it that it stands on, and what it holds.

    `position` is that of the last event that records the disclosure.
    """

    file: str
    sha256: str
    length: int
    log: str
    size: int
    learners: int
    decisions: int
    position: int


@dataclass(frozen=True, slots=True)
class CommittedHeads:
    """The last commitment to the end of every stream: as of which size, its root, and the position of the event.

    `checked` counts the commitments that were held against the log, `wrong` are the positions of the false ones.
    """

    size: int
    root: str
    streams: int
    governing: int
    position: int
    checked: int = 0
    wrong: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    learners: tuple[str, ...]
    decision: tuple[str, int] | None
    at: int | None
    sample: int | None
    seed: str | None


@click.command()
@click.option("--learner", "learners", multiple=True, help="The whole stream of this learner; may be repeated.")
@click.option("--decision", type=(str, click.IntRange(min=1)), metavar="LEARNER VERSION", help="One decision.")
@click.option("--at", type=click.IntRange(min=1), metavar="POSITION", help="The decision at this position of the log.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="So many decisions, as the seed chooses them.")
@click.option("--seed", type=text, help="The seed of the sample; the auditor names it.")
@click.option("--out", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--to", type=text, required=True, help="Who gets it, by the id of that person or organisation.")
@click.option("--basis", type=text, required=True, help="The law, rule or order it rests on; it stays on record.")
@click.option("--purpose", default="audit", show_default=True, help="What it is for, as a code; it stays on record.")
@click.option("--pin", "pins", type=_FILE, multiple=True, help="A checkpoint the auditor keeps; may be repeated.")
@click.option("--size", type=click.IntRange(min=1), help="Stand on the checkpoint of this size, not on the last one.")
@click.option("--leaves", is_flag=True, help="With the record of every leaf of the log, without any content.")
@prints(MadeBundle)
@pass_session
def bundle(
    session: Session,
    learners: tuple[str, ...],
    decision: tuple[str, int] | None,
    at: int | None,
    sample: int | None,
    seed: str | None,
    out: Path,
    to: str,
    basis: str,
    purpose: str,
    pins: tuple[Path, ...],
    size: int | None,
    leaves: bool,
    as_json: bool,
) -> None:
    """Make a file from which an auditor can check some of the ledger offline; docs/auditing.md tells how.

    It holds pseudonyms and no name. That it was given out is recorded with every learner it concerns.

    Example: mastery bundle --learner S-1001 --to state-auditor --basis "34 CFR 99.35" -o bundle.zip
    """
    asked, recipient = _Asked(learners, decision, at, sample, seed), Recipient(to, basis, purpose)
    _require_one(asked)
    with session.open() as ledger:
        store = CheckpointStore(ledger.home.log_folder(ledger.jurisdiction))
        note = _note(ledger, store, size)
        wanted = _wanted(ledger, asked, stated(note).size)
        require_recipient(ledger, recipient, list(wanted.streams))
        making = Making(ledger.log, store, note, wanted, _sizes(ledger, pins, stated(note).size), leaves)
        answer = _handed_out(session, ledger, making, recipient, out)
    show(answer, as_json, _made_lines)


def _require_one(asked: _Asked) -> None:
    given = (bool(asked.learners), asked.decision is not None, asked.at is not None, asked.sample is not None)
    if sum(given) != 1:
        raise UsageError("say what the bundle is of: --learner, --decision, --at or --sample, one of them")
    if (asked.sample is None) != (asked.seed is None):
        raise UsageError("--sample and --seed go together: let the auditor name the seed")


def _note(ledger: Ledger, store: CheckpointStore, size: int | None) -> str:
    note = store.latest() if size is None else store.at(size)
    if note is None:
        what = "nothing is signed yet" if size is None else f"no checkpoint of {size:,} events is kept"
        raise Refused(f"{what} of {ledger.opened.ledger}: a bundle stands on a checkpoint; run `mastery signer --once`")
    return note


def _wanted(ledger: Ledger, asked: _Asked, size: int) -> Wanted:
    if asked.learners:
        return learners_wanted(ledger.log, [learner_of(ledger, name) for name in asked.learners], size)
    if asked.sample is not None:
        return sample_wanted(ledger.log, asked.sample, asked.seed or "", size)
    if asked.at is not None:
        return decision_wanted(ledger.log, *decision_at(ledger, asked.at), size)
    name, version = asked.decision or ("", 0)
    return decision_wanted(ledger.log, learner_of(ledger, name), version, size)


def _sizes(ledger: Ledger, pins: Sequence[Path], size: int) -> list[int]:
    """Return the sizes of the checkpoints an auditor keeps; whether their roots are those of this log, they check."""
    sizes = []
    for path in pins:
        pin = stated(path.read_text(encoding="utf-8", errors="replace"))
        if pin.origin != ledger.opened.ledger:
            raise UsageError(f"{path} is a checkpoint of {pin.origin}, and this is the log {ledger.opened.ledger}")
        if pin.size > size:
            raise UsageError(f"{path} is of {pin.size:,} events, later than the checkpoint of {size:,} to stand on")
        sizes.append(pin.size)
    return sizes


def _handed_out(session: Session, ledger: Ledger, making: Making, recipient: Recipient, out: Path) -> MadeBundle:
    """Write the file under its name only once the ledger says that it is given out."""
    data, on = making.made(), stated(making.note)
    digest = hashlib.sha256(data).hexdigest()
    with beside(out) as file:
        file.write(data)
        given = Given("bundle", digest, on.size, making.last)
        appended = disclose(ledger, session.author(ledger), recipient, given, making.wanted)
    decisions = len(making.wanted.decisions)
    return MadeBundle(str(out), digest, len(data), on.origin, on.size, len(making.last), decisions, appended.last)


def _made_lines(answer: MadeBundle) -> Iterator[str]:
    decisions = f", {counted(answer.decisions, 'decision')} asked for" if answer.decisions else ""
    yield f"{answer.file}: {answer.length:,} bytes, {counted(answer.learners, 'learner')}{decisions}"
    yield f"  stands on {counted(answer.size, 'event')} of {answer.log}: nothing recorded later is in it"
    yield f"  SHA-256 {answer.sha256}"
    yield f"That it was given out is recorded, the last time at position {answer.position:,}."


@click.command()
@click.option("--check", is_flag=True, help="State nothing; hold every statement so far against the log.")
@prints(CommittedHeads)
@pass_session
def heads(session: Session, check: bool, as_json: bool) -> None:
    """State in the ledger the last event of every stream, so that a bundle can show that nothing is left out.

    Run it daily, before the signer; a bundle then tells of every stream as of that moment. With --check the exit
    status is 1 where a statement is false.

    Example: mastery heads
    """
    with session.open() as ledger:
        found, position = _last_stated(ledger) if check else commit_heads(ledger, session.author(ledger))
        checked, wrong = (len(commitments(ledger)), tuple(false_commitments(ledger))) if check else (0, ())
    answer = CommittedHeads(found.size, found.root, found.streams, found.governing, position, checked, wrong)
    show(answer, as_json, _checked_lines if check else _head_lines)
    if wrong:
        sys.exit(FINDINGS)


def _last_stated(ledger: Ledger) -> tuple[HeadsCommitted, int]:
    if not (stated_heads := commitments(ledger)):
        raise Refused("the ledger never stated the ends of its streams; `mastery heads` does")
    return stated_heads[-1]


def _checked_lines(answer: CommittedHeads) -> Iterator[str]:
    yield from (
        f"position {position:,}: it does not state the ends of the streams as they were" for position in answer.wrong
    )
    yield f"{counted(answer.checked, 'statement')} held against the log, the last at position {answer.position:,}."


def _head_lines(answer: CommittedHeads) -> Iterator[str]:
    yield f"The last events of {counted(answer.streams, 'stream')} as of position {answer.size:,}: root {answer.root}"
    yield f"Stated at position {answer.position:,}; `mastery signer` covers it with a checkpoint."
