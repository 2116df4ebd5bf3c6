"""What makes a row the same row at the next import: its key, and the digest of what it says.

The key is the source's own record id where there is one. Otherwise it follows from the learner's
UUID, task and item, subjects, day and attempt, and, among rows equal in all of these, which of them
it is in the order of the file. The digest leaves out framework and scale editions, so a row that
says the same against a newer edition is the same row.
"""

import hashlib
from operator import attrgetter
from typing import Any

import msgspec

from ledger import values
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Result

_SAID = tuple(name for name in Evidence.__struct_fields__ if name not in {"evidence_id", "results", "note"})
_RESULT = ("level", "score", "passed", "absent_reason")
_what_is_said, _what_a_result_says = attrgetter(*_SAID), attrgetter(*_RESULT)
_NAMESPACE = values.NAMESPACE.bytes
_encode = msgspec.json.Encoder(order="sorted").encode


def has_own_record(evidence: Evidence) -> bool:
    """Say whether the source gave the record an id."""
    return evidence.source.record is not None


def row_basis(learner: str, evidence: Evidence) -> str:
    """Return what rows without a record id are counted by: 64 hexadecimal digits, equal for equal rows."""
    subjects = sorted(result.subject.key for result in evidence.results)
    parts = [learner, evidence.task, evidence.item, subjects, evidence.occurred, evidence.attempt]
    return values.digest(_encode(parts))


def row_key(learner: str, evidence: Evidence, number: int = 1) -> str:
    """Return the key of a row: 64 hexadecimal digits.

    `learner` is the learner's UUID; `number` counts from 1 the rows of one file with the same
    `row_basis`, and does not matter where the source gave the record an id.
    """
    if evidence.source.record is not None:
        return values.digest(_encode(["record", evidence.source.system, evidence.source.record]))
    return values.digest(_encode(["row", row_basis(learner, evidence), number]))


def evidence_identifier(key: str) -> str:
    """Return the evidence id that follows from a row key: `values.identifier("evidence", key)`, sooner.

    The first 16 bytes of the SHA-1 of name space and name, with version 5 and variant set (RFC 9562, section 5.5).
    """
    name = hashlib.sha1(_NAMESPACE + f'["evidence","{key}"]'.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(name[16], 16) & 3]
    return f"{name[:8]}-{name[8:12]}-5{name[13:16]}-{variant}{name[17:20]}-{name[20:32]}"


def identified(evidence: Evidence, key: str) -> Evidence:
    """Return the evidence with the id that follows from its row key."""
    return msgspec.structs.replace(evidence, evidence_id=evidence_identifier(key))


def content_digest(learner: str, evidence: Evidence) -> str:
    """Return the digest of what a row says; another one under a known key is other content."""
    said = _filled(_SAID, _what_is_said(evidence))
    said["learner"] = learner
    said["results"] = _results_said(evidence)
    return values.digest(_encode(said))


def changed(old: Evidence, new: Evidence) -> tuple[str, ...]:
    """Name the fields in which two pieces of evidence say different things."""
    names = [name for name in _SAID if getattr(old, name) != getattr(new, name)]
    if _results_said(old) != _results_said(new):
        names.append("results")
    return tuple(names)


def _results_said(evidence: Evidence) -> list[dict[str, Any]]:
    """Return what each result says; their order says nothing."""
    if len(evidence.results) == 1:
        return [_said(evidence.results[0])]
    return [_said(result) for result in sorted(evidence.results, key=lambda each: each.subject.key)]


def _said(result: Result) -> dict[str, Any]:
    return _filled(_RESULT, _what_a_result_says(result)) | {"subject": result.subject.key}


def _filled(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None and value != ()}
