"""A piece of evidence corrected by hand: what is given replaces what there was, through the checks of a row."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import msgspec

from ledger.application.ledger import Ledger
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Assessor, Result
from ledger.errors import UsageError
from ledger.importing.by_hand import evidence_by_hand

SUBJECTS = ("course", "requirement")
RESULT = ("level", "score", "passed", "absent_reason")
SCORE = ("score", "score_min", "score_max")

Require = Callable[[Mapping[str, str]], None]


def amended(
    ledger: Ledger, before: Evidence, given: Mapping[str, str], competencies: Sequence[str], require: Require
) -> Evidence:
    """Return evidence with the fields given in place of those it had; all are checked together.

    `require` refuses fields that do not hold exactly one result. Raises `InputFaults` with every fault.
    """
    fields = given.keys() - {*SUBJECTS, *RESULT, *SCORE, "scale"}
    said = _checked(ledger, before, given, competencies, require)
    changes = {name: getattr(said, name) for name in fields - {"organisation", "capacity"}}
    if judged := {name: given[name] for name in ("organisation", "capacity") if name in given}:
        changes["assessor"] = msgspec.structs.replace(before.assessor or Assessor(), **judged)
    about, result = bool(competencies or given.keys() & set(SUBJECTS)), bool(given.keys() & {*RESULT, *SCORE})
    changes["results"] = _results(before, said, about, result)
    return msgspec.structs.replace(before, **changes)


def _checked(
    ledger: Ledger, before: Evidence, given: Mapping[str, str], competencies: Sequence[str], require: Require
) -> Evidence:
    """Check the fields given; what they lack for being whole stands in for what is not asked."""
    fields = {"kind": before.kind, "purpose": before.purpose, **_score_before(before, given), **given}
    if not (competencies or fields.keys() & set(SUBJECTS)):
        fields["course"] = "unchanged"
    if not fields.keys() & set(RESULT):
        fields["passed"] = "yes"
    require(fields)
    return evidence_by_hand(ledger, fields, competencies)


def _score_before(before: Evidence, given: Mapping[str, str]) -> dict[str, str]:
    score = before.results[0].score
    if score is None or not given.keys() & set(SCORE) or given.keys() & (set(RESULT) - {"score"}):
        return {}
    held = {"score": score.value, "score_min": score.minimum, "score_max": score.maximum}
    return {name: value for name, value in held.items() if value is not None}


def _results(before: Evidence, said: Evidence, about: bool, result: bool) -> tuple[Result, ...]:
    """Return each subject with its result: the new ones where given, else those there were."""
    if not about and not result:
        return before.results
    if not about:
        return tuple(msgspec.structs.replace(said.results[0], subject=one.subject) for one in before.results)
    if result:
        return said.results
    values = list(
        dict.fromkeys(msgspec.structs.replace(one, subject=said.results[0].subject) for one in before.results)
    )
    if len(values) > 1:
        raise UsageError("the results differ from subject to subject; give the new result too")
    return tuple(msgspec.structs.replace(value, subject=one.subject) for one, value in product(said.results, values))
