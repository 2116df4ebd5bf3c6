"""The fields a row of evidence may have, what each says, and how its text is checked.

Without a map these names are the columns of the file: learner, one or more of competency, course and
requirement, one of level, score, passed and absent_reason, kind and purpose are needed; the rest may
be left out. docs/import.md is compared with this table.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_args

from ledger import values
from ledger.domain.learner import Condition, EvidenceKind, Purpose, Setting
from ledger.interchange import sentences
from ledger.interchange.csv_text import clean
from ledger.interchange.remembered import Wrong

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "learner": "the learner's id in the source system; never stored in an event",
        "competency": "the id of a competency, or its code where one competency alone carries it",
        "course": "the code of a course",
        "requirement": "the code of a requirement",
        "level": "a level of the scale, by label or value",
        "score": "a plain decimal number",
        "score_min": "the lowest score there is",
        "score_max": "the highest score there is",
        "passed": "true or false (also 1, 0, yes, no)",
        "absent_reason": "why there is no result",
        "scale": "the scale of the level, by id or title; not needed where the ledger has one scale",
        "kind": "what kind of evidence it is",
        "purpose": "what it was for; rules count only the purposes they name",
        "task": "the task, by id or name",
        "item": "the item within the task",
        "instrument": "the published test or examination",
        "form": "the form of the test",
        "rubric": "the edition of the rubric it was judged by",
        "setting": "where it happened",
        "conditions": "under what conditions, separated by semicolons",
        "language": "the language of the work, as a BCP 47 tag",
        "attempt": "which try it was, counted from 1",
        "occurred": "when it happened: 2026-05-30 or 2026-05-30T14:05-05:00",
        "submitted": "when it was handed in",
        "due": "when it was due",
        "scored": "when it was judged",
        "organisation": "the organisation that judged it",
        "capacity": "in what capacity it was judged: teacher, panel, machine",
        "source_system": "the system the record comes from; csv where not given",
        "source_record": "the id of the record there; it makes a repeated import recognise the row",
    }
)
"""Every field by name, with what it says."""

ABSENT_REASONS = (
    "absent",
    "excused",
    "exempt",
    "incomplete",
    "invalidated",
    "not assessed",
    "not submitted",
    "withdrawn",
)
"""Why there may be no result: a closed list, because an event must not carry a text about a person."""

NEEDED = ("learner", "kind", "purpose")
SUBJECTS = ("competency", "course", "requirement")
RESULTS = ("level", "score", "passed", "absent_reason")
DATES = ("occurred", "submitted", "due", "scored")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "absent_reason": ABSENT_REASONS,
        "kind": get_args(EvidenceKind),
        "purpose": get_args(Purpose),
        "setting": get_args(Setting),
    }
)
"""The fields whose text is one of a list."""

CONDITIONS: tuple[str, ...] = get_args(Condition)
LONGEST = 200
"""Characters of a text."""

_TRUE = frozenset(("true", "1", "yes"))
_FALSE = frozenset(("false", "0", "no"))

Check = Callable[[str], Any]


def check_of(field: str) -> Check:
    """Return the check of a field: cell text to value, null for an empty cell, or `Wrong`.

    The check may raise `ValueError`, whose sentence says what is wrong.
    """
    check = _CHECKS.get(field, _text)

    def checked(cell: str) -> Any:
        text = clean(cell)
        return check(text) if text else None

    return checked


def _text(text: str) -> str | Wrong:
    if len(text) > LONGEST:
        return Wrong(sentences.TEXT_TOO_LONG.format(limit=LONGEST))
    if not text.isprintable():
        for letter in text:
            if ord(letter) < 32 or 127 <= ord(letter) < 160:
                return Wrong(sentences.CONTROL.format(code=ord(letter)))
    return text


def _passed(text: str) -> bool | Wrong:
    folded = text.casefold()
    if folded in _TRUE or folded in _FALSE:
        return folded in _TRUE
    return Wrong(sentences.NOT_BOOLEAN.format(text=text[:40]))


def _attempt(text: str) -> int | Wrong:
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0:
        return int(text)
    return Wrong(sentences.NOT_AN_ATTEMPT.format(text=text[:40]))


def _choice(choices: tuple[str, ...]) -> Check:
    def check(text: str) -> str | Wrong:
        if text in choices:
            return text
        return Wrong(sentences.NOT_A_CHOICE.format(text=text[:40], choices=", ".join(choices)))

    return check


def _conditions(text: str) -> tuple[str, ...] | Wrong:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    for part in parts:
        if part not in CONDITIONS:
            return Wrong(sentences.NOT_A_CHOICE.format(text=part[:40], choices=", ".join(CONDITIONS)))
    return tuple(name for name in CONDITIONS if name in parts)


_CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        **{field: _choice(choices) for field, choices in CHOICES.items()},
        **dict.fromkeys(DATES, values.legal_date),
        **dict.fromkeys(("score", "score_min", "score_max"), values.decimal_text),
        "attempt": _attempt,
        "conditions": _conditions,
        "passed": _passed,
    }
)
