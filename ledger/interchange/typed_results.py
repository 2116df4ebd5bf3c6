"""One result as a person types or pastes it: a level by its label or number, a score, or why there is none."""

from ledger import values
from ledger.domain.framework import ScaleDefined
from ledger.domain.shapes import Result, Score, Subject
from ledger.interchange.evidence_fields import ABSENT_REASONS
from ledger.interchange.remembered import Wrong

NO_LEVEL = "{text!r} is no level of {scale}; the levels are {levels}. Why there is none: {reasons}"
NO_SCORE = "{text!r} is no score such as 17 or 84.5. Why there is none: {reasons}"
OUTSIDE = "{text} is not between 0 and {maximum}"
NO_SCALE = "the rule reads no levels here; record a score"


def read_result(
    text: str, subject: Subject, scale: ScaleDefined | None, maximum: str | None = None
) -> Result | Wrong | None:
    """Return what a text says about a subject; null where it is blank, `Wrong` where it says nothing known.

    With a `maximum` it is read as a score from 0 to it, without as a level of the scale. A decimal comma is
    read as a point.
    """
    plain = " ".join(text.split())
    if not plain:
        return None
    if plain.casefold() in ABSENT_REASONS:
        return Result(subject=subject, absent_reason=plain.casefold())
    return _score(plain, subject, maximum) if maximum else _level(plain, subject, scale)


def decimal_of(text: str) -> str | None:
    """Return a number as it is stored, read with a point or with a comma; null for anything else."""
    try:
        return values.decimal_text(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return None


def _level(text: str, subject: Subject, scale: ScaleDefined | None) -> Result | Wrong:
    if scale is None:
        return Wrong(NO_SCALE)
    by_text = {level.label.casefold(): level.value for level in scale.levels}
    known = {level.value for level in scale.levels}
    number = decimal_of(text)
    value = by_text.get(text.casefold()) or (number if number in known else None)
    if value is not None:
        return Result(subject=subject, level=value, scale=scale.digest)
    levels = ", ".join(f"{level.value} ({level.label})" for level in scale.levels)
    said = NO_LEVEL.format(text=text[:40], scale=scale.title, levels=levels, reasons=", ".join(ABSENT_REASONS))
    return Wrong(said)


def _score(text: str, subject: Subject, maximum: str) -> Result | Wrong:
    number = decimal_of(text)
    if number is None:
        return Wrong(NO_SCORE.format(text=text[:40], reasons=", ".join(ABSENT_REASONS)))
    if not 0 <= values.exact(number) <= values.exact(maximum):
        return Wrong(OUTSIDE.format(text=number, maximum=maximum))
    return Result(subject=subject, score=Score(value=number, minimum="0", maximum=maximum))
