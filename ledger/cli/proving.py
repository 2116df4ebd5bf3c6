"""`mastery proof`: the proof that an event is in the signed log, made and checked."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from ledger.audit import tlog_proof, trust
from ledger.audit.base64_text import encoded
from ledger.audit.proving import judge, proof_of
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.errors import UsageError
from ledger.home import Home

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class SeenBy:
    """A witness the policy names, and when it signed."""

    witness: str
    at: str


@dataclass(frozen=True, slots=True)
class ProofAnswer:
    """A proof that was made or checked: the event at `position` of a log that has `size` events and this root.

    `stream` to `state` are what the leaf record says; `state` is the SHA-256 of the stored bytes of the event, in
    hexadecimal digits. `holds` is null where no policy was named to judge by; else `against` holds every reason
    not to believe the proof. `text` is the proof.
    """

    log: str
    size: int
    root: str
    position: int
    stream: str
    version: int
    topic: str
    recorded_at: str
    actor: str
    state: str
    holds: bool | None
    against: tuple[str, ...]
    witnesses: tuple[SeenBy, ...]
    text: str


@click.command()
@click.argument("position", type=click.IntRange(min=1), required=False)
@click.option("-o", "--output", type=NEW_FILE, help="Write the proof into this file, which must not exist yet.")
@click.option("--check", "checked", type=FILE, help="Check the proof in this file; no ledger is needed.")
@click.option("--trust", "policy", type=FILE, help="Your trust policy: the keys of logs, the witnesses, the quorum.")
@prints(ProofAnswer)
@pass_session
def proof(
    session: Session,
    position: int | None,
    output: Path | None,
    checked: Path | None,
    policy: Path | None,
    as_json: bool,
) -> None:
    """Prove that the event at POSITION is in the signed log; or check such a proof, without the log.

    The proof is a C2SP tlog-proof. It holds the leaf record of the event, with the digest of what the event says
    and not that itself. A trust policy has lines `log KEY`, `witness NAME KEY`, `group NAME NUMBER NAME ...` and
    `quorum NAME`; take the keys by another way than the proof came. Exit status 1 where a proof does not hold.

    Example: mastery proof 1 -o opening.tlog-proof
    """
    if (position is None) == (checked is None) or (checked is not None and (policy is None or output is not None)):
        raise UsageError("name a POSITION to prove, or a proof with --check FILE --trust POLICY")
    believed = trust.parse(_read(policy), policy.name) if policy else None
    if checked is not None:
        found = tlog_proof.parse(_read(checked))
    else:
        home = Home(session.folder)
        found = proof_of(home, home.the_one(session.ledger), position or 0, believed)
    answer = _answer(found, believed)
    if output is not None:
        _written(output, answer.text)
    show(answer, as_json, lambda one: _lines(one, output))
    if answer.holds is False:
        sys.exit(FINDINGS)


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def _answer(found: tlog_proof.Proof, believed: trust.Trust | None) -> ProofAnswer:
    judged = judge(found, believed or trust.NOBODY_TRUSTED)
    record, judgement = judged.record, judged.judgement
    return ProofAnswer(
        log=record.log,
        size=judgement.checkpoint.size,
        root=encoded(judgement.checkpoint.root),
        position=found.index + 1,
        stream=record.stream,
        version=record.version,
        topic=record.topic,
        recorded_at=record.recorded_at,
        actor=record.actor,
        state=record.state,
        holds=not judged.against if believed else None,
        against=judged.against if believed else (),
        witnesses=tuple(SeenBy(name, _instant(time)) for name, time in judgement.witnesses.items()),
        text=found.text(),
    )


def _instant(time: int) -> str:
    """Write seconds since 1970 as an instant; a time no calendar has stays a number."""
    try:
        return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return f"second {time}"


def _written(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} exists already; name another file") from error


def _lines(answer: ProofAnswer, output: Path | None) -> Iterator[str]:
    if output is not None:
        yield f"The proof of position {answer.position} of {answer.log} is in {output}."
    elif answer.holds is None:
        yield from answer.text.removesuffix("\n").split("\n")
    else:
        yield from _judged(answer)


def _judged(answer: ProofAnswer) -> Iterator[str]:
    yield "The proof holds." if answer.holds else "The proof does NOT hold:"
    yield from (f"  {reason}" for reason in answer.against)
    yield f"It says that position {answer.position} of {answer.log}, over {counted(answer.size, 'event')}, is"
    yield f"  {answer.topic}, version {answer.version} of {answer.stream}, recorded at {answer.recorded_at}"
    yield f"  by {answer.actor}; the bytes stored have the SHA-256 {answer.state}"
    yield from (f"  seen by the witness {one.witness} at {one.at}" for one in answer.witnesses)
    if answer.holds and not answer.witnesses:
        yield "  no witness you trust saw it: whoever holds the key of the log can have written another history"
