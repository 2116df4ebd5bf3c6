"""`mastery bundle` and `mastery heads`: what an auditor takes away, and what lets them see that nothing is missing."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from ledger.application import Ledger
from ledger.application.bundling import Bundle, BundleAsked, give_out, make_bundle, pin_sizes
from ledger.application.disclosing import Recipient, commit_heads, commitments, false_commitments
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
        texts = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in pins}
        held = pin_sizes(ledger, texts, size)
        made = make_bundle(ledger, recipient, replace(_wanted(ledger, asked), pins=held, size=size, leaves=leaves))
        answer = _handed_out(session, ledger, made, recipient, out)
    show(answer, as_json, _made_lines)


def _require_one(asked: _Asked) -> None:
    given = (bool(asked.learners), asked.decision is not None, asked.at is not None, asked.sample is not None)
    if sum(given) != 1:
        raise UsageError("say what the bundle is of: --learner, --decision, --at or --sample, one of them")
    if (asked.sample is None) != (asked.seed is None):
        raise UsageError("--sample and --seed go together: let the auditor name the seed")


def _wanted(ledger: Ledger, asked: _Asked) -> BundleAsked:
    learners = tuple(learner_of(ledger, name) for name in asked.learners)
    if learners or asked.sample is not None:
        return BundleAsked(learners, sample=asked.sample, seed=asked.seed or "")
    if asked.at is not None:
        return BundleAsked(decisions=(decision_at(ledger, asked.at),))
    name, version = asked.decision or ("", 0)
    return BundleAsked(decisions=((learner_of(ledger, name), version),))


def _handed_out(session: Session, ledger: Ledger, bundle: Bundle, recipient: Recipient, out: Path) -> MadeBundle:
    """Write the file under its name only once the ledger says that it is given out."""
    with beside(out) as file:
        file.write(bundle.data)
        appended = give_out(ledger, session.author(ledger), recipient, bundle)
    learners, decisions = len(bundle.making.last), len(bundle.making.wanted.decisions)
    length = len(bundle.data)
    return MadeBundle(str(out), bundle.sha256, length, bundle.log, bundle.size, learners, decisions, appended.last)


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
