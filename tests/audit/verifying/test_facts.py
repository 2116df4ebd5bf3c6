"""What snapshots remember of facts, tries, readiness and first days, each folded anew and compared."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.learning import record as record_other
from ledger.application.learning import subject_of
from ledger.audit.verifying.findings import Kind
from ledger.domain.jurisdiction import Binding
from ledger.domain.learner import PreparationRecorded
from ledger.storage.parts import part_digest
from tests.audit.verifying.support import changes, tamper, verified
from tests.support.ledgers import FOUR_LEVELS, adopted, author, classroom, record

STRICT = {"retakes_need_preparation": "true", "readiness_required": "true", "readiness_level": "2"}
STATES, TRIES = 3, 4
"""Where they stand in the part of a subject."""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger in which retakes need preparation and work needs readiness, and one rule binds by first evidence."""
    ledger = classroom(tmp_path_factory.mktemp("strict"), course=False)
    adopted(ledger, "competency-based/mastery", date(2020, 1, 2), STRICT, scale=FOUR_LEVELS.digest)
    binding = Binding(clock="evidence", since="2026-01-01", until=None)
    adopted(ledger, "competency-based/mastery", date(2020, 1, 3), STRICT, scale=FOUR_LEVELS.digest, binding=binding)
    learner = ledger.vault.learner_id("S-1")
    record(ledger, learner, "ready", "C.2", "2", purpose="formative", occurred="2026-02-01")
    for number, (task, day) in enumerate([("one", "03-01"), ("one", "03-09"), ("two", "03-05"), ("two", "03-20")]):
        record(ledger, learner, f"try-{number}", "C.2", "3", task=task, occurred=f"2026-{day}")
        prepared = PreparationRecorded(subject=subject_of(ledger, "C.2"), kind="tutoring", occurred=f"2026-{day}")
        record_other(ledger, author(ledger), learner, prepared)
    record(ledger, learner, "last", "C.2", "3", task="three", occurred="2026-04-01")
    yield ledger
    ledger.close()


def parts(ledger: Ledger) -> list[tuple[str, str, bytes]]:
    """Return stream, name and bytes of every part of a subject."""
    wanted = "SELECT stream, name, state FROM parts WHERE name LIKE 'subject/%'"
    rows: list[tuple[str, str, bytes]] = ledger.log.recorder.datastore.query(wanted)
    return rows


def told(ledger: Ledger, stream: str, name: str, before: bytes, part: Any) -> set[tuple[Kind, str]]:
    """Put another part in the place of one, with a digest that fits; say what is found, and put it back."""
    statement = "UPDATE parts SET state = ?, digest = ? WHERE stream = ? AND name = ?"
    after = msgspec.json.encode(part)
    tamper(ledger, statement, after, part_digest(stream, name, after), stream, name)
    try:
        return {(one.kind, one.place) for one in changes(ledger)}
    finally:
        tamper(ledger, statement, before, part_digest(stream, name, before), stream, name)


def test_every_kind_of_fact_is_folded_anew(strict: Ledger) -> None:
    """Facts with and without days of the learner's own, readiness and the first day all come out as remembered."""
    keys = {key for *_, state in parts(strict) for key in msgspec.json.decode(state)[STATES]}
    found = verified(strict)

    assert ((), 0) == (found.findings, found.unknown)
    assert {"first-evidence", "ready"} <= {key.split(" ")[0] for key in keys}
    assert any(len(key.split(" ")) == 2 and not key.startswith("ready ") for key in keys)


def test_any_fact_remembered_otherwise_is_named(strict: Ledger) -> None:
    """How far a fact is folded and what it came to are both compared, of every fact and of all tries."""
    missed = []
    for stream, name, state in parts(strict):
        for place in (STATES, TRIES):
            for key in msgspec.json.decode(state)[place]:
                part = msgspec.json.decode(state)
                part[place][key] = [*part[place][key][:-1], ["other"]]
                if told(strict, stream, name, state, part) != {(Kind.SNAPSHOT, f"parts, {stream} {name}")}:
                    missed.append((name, key))

    assert [] == missed
    assert () == changes(strict)


def test_a_fact_folded_less_far_is_no_finding(strict: Ledger) -> None:
    """A fact that was not asked for since some entries came is compared over the entries before them."""
    from ledger.facts.record import LearnerRecord

    found = []
    for stream, name, state in parts(strict):
        part = msgspec.json.decode(state)
        record = LearnerRecord(stream.removeprefix("learner/"))
        for event in strict.log.stream(stream):
            record.apply(event.originator_version, event.data)
        subject = record.subject(name.removeprefix("subject/"))
        first = next(iter(subject.entries.since(0)))
        part[STATES] = {"first-evidence": [1, None, strict_day(strict, stream, first[1])]}
        part[TRIES] = {}
        found.append(told(strict, stream, name, state, part))

    assert [set()] == found


def strict_day(ledger: Ledger, stream: str, version: int) -> str:
    """Return the day of a piece of evidence by its version."""
    (event,) = ledger.log.versions(stream, [version])
    day: str = event.data.evidence.occurred
    return day


@pytest.mark.parametrize("key", ["0" * 32, "ready " + "0" * 64, ""])
def test_a_fact_no_rule_defines_is_counted(strict: Ledger, key: str) -> None:
    """Nothing reads a fact under such a key; it is said how many could not be compared."""
    stream, name, state = parts(strict)[0]
    part = msgspec.json.decode(state)
    part[STATES][key] = [1, None, 3]
    after = msgspec.json.encode(part)
    statement = "UPDATE parts SET state = ?, digest = ? WHERE stream = ? AND name = ?"
    tamper(strict, statement, after, part_digest(stream, name, after), stream, name)
    found = verified(strict)
    tamper(strict, statement, state, part_digest(stream, name, state), stream, name)

    assert ((), 1) == (found.findings, found.unknown)


def test_a_fact_with_days_it_cannot_have_is_named(strict: Ledger) -> None:
    """The days in the key of a fact are as many as its filters compare with."""
    stream, name, state = parts(strict)[0]
    part = msgspec.json.decode(state)
    key = next(key for key in part[STATES] if len(key.split(" ")) == 2 and not key.startswith("ready "))
    part[STATES][f"{key} -"] = part[STATES][key]

    assert {(Kind.SNAPSHOT, f"parts, {stream} {name}")} == told(strict, stream, name, state, part)


@pytest.mark.parametrize(("name", "data"), [("learner", b"{}"), ("subject/competency/c2", b"[]")])
def test_a_part_that_cannot_be_read_is_named(strict: Ledger, name: str, data: bytes) -> None:
    """Bytes that are no part, with a digest that fits, are told."""
    ((stream, state),) = strict.log.recorder.datastore.query("SELECT stream, state FROM parts WHERE name = ?", (name,))
    statement = "UPDATE parts SET state = ?, digest = ? WHERE stream = ? AND name = ?"
    tamper(strict, statement, data, part_digest(stream, name, data), stream, name)
    found = {(one.place, one.what) for one in changes(strict)}
    tamper(strict, statement, state, part_digest(stream, name, state), stream, name)

    assert (f"parts, {stream} {name}", "it cannot be read") in found
