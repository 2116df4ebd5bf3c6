"""The last look at a payload before it is written down for good: its texts, numbers and dates."""

from collections.abc import Iterator
from datetime import date

import msgspec

from ledger import values
from ledger.application.checking_belonging import wrong_belonging
from ledger.application.checking_people import wrong_words
from ledger.domain import belonging, learner
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Payload, Result
from ledger.errors import UsageError

MOST_TRIES = 1_000
"""The highest number of a try anybody has met."""

SPANS = (belonging.LearnerEnrolled, belonging.GradeOfRecordSet, belonging.CourseEnrolled)
"""What begins and ends on days alone, which are looked at with the rest of it."""

_encode = msgspec.json.Encoder(order="sorted").encode


def require_sound(payload: Payload) -> None:
    """Refuse a payload that has no canonical bytes, or whose numbers or dates are none."""
    try:
        data = _encode(payload)
        if not data.isascii():
            values.canonical(values.parse_json(data))
    except ValueError as error:
        raise UsageError(f"{type(payload).__name__} cannot be stored: {error}") from None
    wrong = list(_wrong(payload))
    if wrong:
        raise UsageError("; ".join(wrong))


def _wrong(payload: Payload) -> Iterator[str]:
    if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected):
        yield from _wrong_evidence(payload.evidence)
    yield from wrong_words(payload)
    yield from wrong_belonging(payload)
    for name in ("occurred",) if isinstance(payload, SPANS) else ("occurred", "first_day", "last_day"):
        yield from _wrong_date(name, getattr(payload, name, None))


def _wrong_evidence(evidence: Evidence) -> Iterator[str]:
    if not evidence.results:
        yield "evidence needs at least one result: the competency or course it is about"
    for result in evidence.results:
        yield from _wrong_result(result)
    if evidence.attempt is not None and not 1 <= evidence.attempt <= MOST_TRIES:
        yield f"attempt {evidence.attempt} is not a number from 1 to {MOST_TRIES}"
    for name in ("occurred", "submitted", "due", "scored"):
        yield from _wrong_date(name, getattr(evidence, name))


def _wrong_result(result: Result) -> Iterator[str]:
    ways = (result.level, result.score, result.passed, result.absent_reason)
    if sum(way is not None for way in ways) != 1:
        yield f"a result about {result.subject.key} says one thing: a level, a score, passed, or why there is none"
    score = result.score
    numbers = (result.level, *((score.value, score.minimum, score.maximum) if score else ()))
    for number in numbers:
        if number is not None and not values.is_decimal_text(number):
            yield f"{number[:40]!r} is not a plain decimal such as 3 or 84.5"


def _wrong_date(name: str, text: str | None) -> Iterator[str]:
    if text is None:
        return
    try:
        values.legal_date(text)
    except ValueError as error:
        yield f"{name}: {error}"


def require_past(payload: Payload, today: date, zone: str) -> None:
    """Refuse what is dated after today in the ledger's zone; a status may begin later, a cohort or enrolment too."""
    dated = payload.evidence if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected) else payload
    for name in ("occurred", "submitted", "scored"):
        text = getattr(dated, name, None)
        if text is not None and values.day_in_zone(text, zone) > today:
            raise UsageError(f"{name} {text} is in the future; today is {today} in this ledger's zone")
    if isinstance(payload, belonging.CourseCompleted | belonging.CourseLeft) and payload.day > today.isoformat():
        raise UsageError(
            f"day {payload.day} is in the future; today is {today} in this ledger's zone. A last day that is planned "
            "belongs to the enrolment in the course"
        )
