"""Bulk evidence: one line of NDJSON for each piece, one answer for each line, each line a command of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

import msgspec
from flask import Response, request, stream_with_context

from ledger.access.actions import Action
from ledger.application import learning
from ledger.application.ledger import Ledger
from ledger.errors import InputFaults, LedgerError, PolicyProblems
from ledger.values import is_identifier
from web import access
from web.api import commands, reading
from web.api.evidence_shapes import EvidenceLine, evidence_said, identified
from web.api.fields import Asked, AskedTruth
from web.api.noun import SCOPE, Noun
from web.api.problems import Error, Refusal, faults_of
from web.api.sharing import says
from web.ledgers import here

NDJSON = "application/x-ndjson"
LONGEST_BODY, LONGEST_LINE = 10 * 1024 * 1024, 64 * 1024
"""Bytes."""

ALL_REFUSED = "Every line was refused; nothing was recorded. The pointers of `errors` begin with the number of a line."
NOTHING_SENT = "No line was sent."
MOST_TOLD = 100
"""Errors named where every line is refused."""


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision a line caused."""

    question: str
    subject: str
    award: str
    outcome: str
    level: str | None


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of a line: the id of the evidence, the learner, and what was decided, or what is wrong with it."""

    line: int
    key: str | None
    status: Literal["recorded", "replayed", "sound", "refused"]
    learner: str | None
    evidence: str | None
    position: int | None
    decided: tuple[DecisionMade, ...]
    detail: str | None
    errors: tuple[Error, ...]


NOUN = Noun("bulk", "Bulk evidence", "Evidence by the thousand: NDJSON in, NDJSON out, line by line.", LineResult)


class Rehearsed(Asked):
    """Whether the lines are only looked at."""

    dry_run = AskedTruth(load_default=False, **says("Only look: nothing is stored."))


@NOUN.commands(f"{SCOPE}/evidence", None, query=Rehearsed, takes=NDJSON, media=NDJSON, keyed=False)
@access.needs(Action.RECORD_EVIDENCE, access.anywhere)
def record_bulk(asked: dict[str, Any]) -> Any:
    """Record evidence line by line: up to 10 MB of NDJSON, a `LineResult` for each line, in their order.

    Each line is an object as one piece of evidence is sent, with `learner`, and `key` as its idempotency key. A line
    that is refused keeps no other from being recorded; sent again, lines that were recorded answer as replayed. Where
    every line is refused the answer is a problem, and names what is wrong with each.
    """
    request.max_content_length = LONGEST_BODY
    if (request.content_length or 0) > LONGEST_BODY:
        raise Refusal("too-large", f"send at most {LONGEST_BODY // 2**20} MB at once")
    dry_run, reached = bool(asked["dry_run"]), access.reach(Action.RECORD_EVIDENCE)
    results = (_line(number, line, dry_run, reached) for number, line in _lines())
    first = _until_one_is_good(results)
    encoded = map(_encoded, chain(first, results))
    return Response(stream_with_context(encoded), content_type=NDJSON)


def _until_one_is_good(results: Iterator[LineResult]) -> list[LineResult]:
    """Return the results up to the first that is not refused; raise `Refusal` where there is none."""
    found: list[LineResult] = []
    for one in results:
        found.append(one)
        if one.status != "refused":
            return found
    raise Refusal("faults", ALL_REFUSED if found else NOTHING_SENT, [*_located(found)][:MOST_TOLD])


def _located(refused: Sequence[LineResult]) -> Iterator[Error]:
    """Yield what is wrong with each line; its pointer begins with the number of the line."""
    for one in refused:
        for error in one.errors:
            yield replace(error, pointer=f"/{one.line}{error.pointer}")
        if not one.errors:
            yield Error(f"/{one.line}", one.detail or "")


def _encoded(result: LineResult) -> bytes:
    return msgspec.json.encode(result) + b"\n"


def _lines() -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := request.stream.readline(LONGEST_LINE + 2):
        number += 1
        if line.strip():
            yield number, line


def _line(number: int, line: bytes, dry_run: bool, reached: frozenset[str] | None) -> LineResult:
    key = None
    try:
        given = _read(line)
        key = given["key"]
        return _recorded(number, given, dry_run, reached)
    except Refusal as error:
        return _refused(number, key, error.detail, error.errors)
    except InputFaults as error:
        return _refused(number, key, "Something does not fit.", tuple(faults_of(error)))
    except (LedgerError, PolicyProblems) as error:
        return _refused(number, key, str(error), ())


def _refused(number: int, key: str | None, detail: str, errors: tuple[Error, ...]) -> LineResult:
    return LineResult(number, key, "refused", None, None, None, (), detail, errors)


def _read(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise Refusal("too-large", f"a line may have {LONGEST_LINE // 1024} kB")
    found = reading.parsed(line)
    return reading.checked(EvidenceLine, found, "body")


def _recorded(number: int, given: dict[str, Any], dry_run: bool, reached: frozenset[str] | None) -> LineResult:
    ledger, command = here().ledger, commands.command_of(given["key"])
    learner = _learner(ledger, given["learner"], bool(given["new"]), reached)
    said = evidence_said(ledger, given)
    if dry_run:
        return LineResult(number, given["key"], "sound", learner, None, None, (), None, ())
    identity = learner or ledger.vault.learner_id(given["learner"])
    known = commands.known(command) is not None
    named = identified(said, identity, command)
    written = learning.record_evidence(ledger, commands.author_of(command), identity, named, given["note"])
    made = tuple(
        DecisionMade(one.question, one.subject.key, one.award, one.outcome, one.level) for one in written.decisions
    )
    status: Literal["recorded", "replayed"] = "replayed" if known else "recorded"
    position = written.appended.first
    return LineResult(number, given["key"], status, identity, named.evidence_id, position, made, None, ())


def _learner(ledger: Ledger, name: str, new: bool, reached: frozenset[str] | None) -> str | None:
    """Return the UUID of a learner within reach, null for one to be made; raise `Refusal` for anybody else."""
    found = ledger.vault.find(name)
    if found is None and is_identifier(name) and ledger.log.recorder.last_version(f"learner/{name}"):
        found = name
    if found is None and new and access.may(Action.KEEP_ROSTER):
        return None
    if found is None or (reached is not None and found not in reached):
        raise Refusal(
            "faults",
            "there is no such learner here",
            [Error("/learner", "Name a learner of this ledger, or send new.")],
        )
    return found
