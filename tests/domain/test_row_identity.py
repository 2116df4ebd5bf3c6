"""What makes a row the same row again."""

from typing import Any

import msgspec
import pytest

from ledger import values
from ledger.domain.learner import Evidence
from ledger.domain.row_identity import (
    changed,
    content_digest,
    evidence_identifier,
    has_own_record,
    identified,
    row_basis,
    row_key,
)
from ledger.domain.shapes import Result, Score, Source, Subject
from ledger.interchange.evidence_check import other_content

LEARNER, OTHER = "0b8e8f0a-0000-4000-8000-000000000001", "0b8e8f0a-0000-4000-8000-000000000002"
ADD, TAKE = (Subject(kind="competency", id=code, framework="edition 1") for code in ("add", "take"))


def evidence(**more: Any) -> Evidence:
    """Return a piece of evidence that differs from others only where told."""
    made = Evidence(
        evidence_id="",
        source=Source(system="csv"),
        kind="task",
        purpose="summative",
        results=(Result(subject=ADD, score=Score(value="1")), Result(subject=TAKE, score=Score(value="1"))),
        item="7",
        occurred="2026-05-30",
    )
    return msgspec.structs.replace(made, **more)


@pytest.mark.parametrize(
    "more",
    [
        {"item": "8"},
        {"task": "x"},
        {"occurred": None},
        {"attempt": 1},
        {"results": (Result(subject=ADD, score=Score(value="1")),)},
    ],
)
def test_key_follows_from_learner_task_subjects_day_and_attempt(more: dict[str, Any]) -> None:
    """A row that differs in any of these has another key."""
    assert row_key(LEARNER, evidence(**more)) != row_key(LEARNER, evidence())


def test_key_follows_from_learner_and_number() -> None:
    """Another learner, and the second of equal rows, have keys of their own; only the number tells equals apart."""
    keys = {row_key(LEARNER, evidence()), row_key(OTHER, evidence()), row_key(LEARNER, evidence(), 2)}

    assert len(keys) == 3
    assert row_basis(LEARNER, evidence()) != row_basis(OTHER, evidence())


def test_key_does_not_follow_from_what_the_row_says() -> None:
    """A changed score, due date or order of competencies keeps the key, so that a correction is recognised."""
    turned = evidence(results=tuple(reversed(evidence().results)), due="2026-06-01", purpose="practice")

    assert row_key(LEARNER, turned) == row_key(LEARNER, evidence())
    assert content_digest(LEARNER, turned) != content_digest(LEARNER, evidence())


def test_a_record_id_is_the_key() -> None:
    """Where the source names its record, nothing else matters, and the number of equal rows does not count."""
    one = evidence(source=Source(system="lms", record="r1"))

    assert has_own_record(one)
    assert not has_own_record(evidence())
    assert row_key(LEARNER, one, 2) == row_key(OTHER, msgspec.structs.replace(one, item="8"))
    assert row_key(LEARNER, one) != row_key(LEARNER, evidence(source=Source(system="sis", record="r1")))


def test_key_is_recomputed_from_canonical_text() -> None:
    """An auditor gets the same key with the standard library alone."""
    parts = [LEARNER, None, "é", ["competency/add", "competency/take"], "2026-05-30", None]
    basis = values.digest(values.canonical(parts))

    assert row_key(LEARNER, evidence(item="é"), 3) == values.digest(values.canonical(["row", basis, 3]))


def test_evidence_id_follows_from_the_key() -> None:
    """The evidence id is the identifier of its key, and nothing else of the evidence changes."""
    key = row_key(LEARNER, evidence())

    assert evidence_identifier(key) == values.identifier("evidence", key)
    assert identified(evidence(), key) == evidence(evidence_id=evidence_identifier(key))


def test_a_newer_edition_is_not_other_content() -> None:
    """The same row against a newer framework or scale edition says the same."""
    newer = tuple(
        msgspec.structs.replace(
            result, subject=msgspec.structs.replace(result.subject, framework="edition 2"), scale="s"
        )
        for result in evidence().results
    )

    assert content_digest(LEARNER, evidence(results=newer)) == content_digest(LEARNER, evidence())
    assert changed(evidence(), evidence(results=newer)) == ()


def test_digest_is_recomputed_from_canonical_text() -> None:
    """The digest is that of the canonical object of what is said, without absent fields."""
    results = [
        {"score": {"maximum": None, "minimum": None, "value": "1"}, "subject": f"competency/{code}"}
        for code in ("add", "take")
    ]
    said: dict[str, Any] = {
        "item": "7",
        "kind": "task",
        "learner": LEARNER,
        "occurred": "2026-05-30",
        "purpose": "summative",
        "results": results,
        "source": {"record": None, "system": "csv"},
    }

    assert content_digest(LEARNER, evidence()) == values.digest(values.canonical(said))


def test_what_changed_is_named() -> None:
    """Two rows under one key say in which fields they differ."""
    score = (Result(subject=ADD, score=Score(value="2")), evidence().results[1])

    assert changed(evidence(), evidence(results=score, purpose="practice")) == ("purpose", "results")
    assert other_content(evidence(), evidence(results=score)) == (
        "this row is in the ledger already with other content (in results); "
        "import again with --corrections REASON where the file is right"
    )
