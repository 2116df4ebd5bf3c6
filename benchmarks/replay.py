"""Replay of one long learner: our read, typed decode and fold beside a bare scan with untyped decode.

Ours reads the learner's stream out of the ledger, decodes every event into its type and folds a
`LearnerRecord`, from the events alone. Bare runs the same query through sqlite3 and decodes each state with
`msgspec.json.decode` into plain objects, and folds nothing. The textbook side is `repository.get` of an
aggregate with the same content. Deciding again (`mastery replay`) is told as decisions a second.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from benchmarks import bare, content, textbook
from benchmarks.measuring import Check, Measure, Report, Setting, Side, Target, interleaved, ratio_of
from ledger.application import Ledger
from ledger.application.records import folded_record
from ledger.audit.replay import Replay
from ledger.domain.learner import EvidenceRecorded
from ledger.facts.record import LearnerRecord
from ledger.values import random_identifier

EVENTS = 5_000
TOGETHER = 10
"""Pieces of evidence of one append while the history is made; each may bring a decision."""

_BY_STREAM = """SELECT position, originator_id, originator_version, topic, state FROM stored_events
    WHERE originator_id = ? ORDER BY originator_version"""


def run(setting: Setting) -> Report:
    """Measure replay by id, and deciding again."""
    wanted = setting.size(EVENTS, 200)
    with content.classroom(setting.directory / "replay-home") as ledger:
        identity, version = _history(ledger, wanted)
        stream, decoded = f"learner/{identity}", list[dict[str, Any]]()
        application = textbook.school(setting.directory / "replay-textbook.db")
        twin = _twin(ledger, stream, application)
        connection = bare.opened(ledger.log.path)

        def scanned() -> int:
            decoded[:] = [msgspec.json.decode(row[4]) for row in connection.execute(_BY_STREAM, (stream,))]
            return len(decoded)

        sides: dict[str, Side] = {
            "ours": lambda _: lambda: folded_record(ledger, stream).version,
            "bare": lambda _: scanned,
            "textbook": lambda _: lambda: application.repository.get(twin).version - 1,
        }
        rates = interleaved(setting.rounds, sides)
        again = interleaved(setting.rounds, {"again": lambda _: lambda: _decided_again(ledger, identity)})
        ratio = ratio_of(rates["ours"], rates["bare"])
        record = folded_record(ledger, stream)
        aggregate: textbook.Learner = application.repository.get(twin)
    name = f"replay of a learner of {version} events"
    decisions = sum("decisive" in one["data"] for one in decoded) / version
    return Report(
        [
            Measure(name, "events/s", **rates, ratio=ratio, against="bare", target=Target(0.5)),
            Measure("deciding again (mastery replay)", "decisions/s", again["again"]),
        ],
        [
            Check("replay: events read", version, len(decoded)),
            Check("replay: evidence by subject", _ours_by_subject(record), _bare_by_subject(decoded)),
            Check("replay: what stands", _ours_standing(record), _textbook_standing(aggregate)),
            Check("replay: the textbook's evidence", _ours_by_subject(record), _textbook_by_subject(aggregate)),
        ],
        [f"replay: evidence about {content.COMPETENCIES} competencies, {decisions:.0%} of the events are decisions"],
    )


def _history(ledger: Ledger, events: int) -> tuple[str, int]:
    identity, version, number = ledger.vault.learner_id("the one"), 0, 0
    while version < events:
        payloads = [
            EvidenceRecorded(evidence=content.evidence(ledger, random_identifier(), number + one))
            for one in range(TOGETHER)
        ]
        number += TOGETHER
        version = content.written(ledger, identity, payloads)
    return identity, version


def _twin(ledger: Ledger, stream: str, application: textbook.School) -> UUID:
    learner = textbook.Learner(stream)
    for event in ledger.log.stream(stream):
        textbook.tell(learner, event.data, textbook.ready(event.data))
    application.save(learner)
    return learner.id


def _decided_again(ledger: Ledger, identity: str) -> int:
    verdicts = Counter(one.verdict for one in Replay(ledger.log).replay([identity]))
    if len(verdicts) != 1 or "identical" not in verdicts:
        raise AssertionError(f"not every decision was made again: {verdicts}")
    return verdicts.total()


def _ours_by_subject(record: LearnerRecord) -> Mapping[str, int]:
    counts = {key: record.subject(key).entries.count for key in record.subjects}
    return {key: count for key, count in counts.items() if count}


def _bare_by_subject(decoded: list[dict[str, Any]]) -> Mapping[str, int]:
    recorded = [one["data"]["evidence"] for one in decoded if "evidence" in one["data"]]
    return Counter(textbook.key_of(result["subject"]) for one in recorded for result in one["results"])


def _textbook_by_subject(aggregate: textbook.Learner) -> Mapping[str, int]:
    return {key: len(found) for key, found in aggregate.evidence.items()}


def _ours_standing(record: LearnerRecord) -> Mapping[str, str]:
    found = {}
    for key in record.decision_keys:
        question, _, rest = key.partition("/")
        subject, _, award = rest.rpartition("/")
        standing = record.standing(question, subject, award)
        found[subject] = standing.outcome if standing else ""
    return found


def _textbook_standing(aggregate: textbook.Learner) -> Mapping[str, str]:
    return {key: str(decided["outcome"]) for key, decided in aggregate.standing.items()}
