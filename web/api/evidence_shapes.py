"""What a piece of evidence says, as it is sent: one flat object, its fields named as the columns of an import."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from ledger.application.ledger import Ledger
from ledger.domain.learner import Condition, Evidence, EvidenceKind, Purpose, Setting
from ledger.domain.row_identity import evidence_identifier, has_own_record, row_key
from ledger.domain.shapes import Assessor
from ledger.importing.by_hand import evidence_by_hand
from ledger.interchange.evidence_fields import ABSENT_REASONS, FIELDS, RESULTS
from ledger.values import identifier
from web.api.fields import Body, Choice, Moment, Number, Said, Several, Text, Truth, WholeNumber
from web.api.problems import Error, Refusal
from web.api.sharing import CODE, code, says

MOST_TRIES = 99_999


def _said(field: str, **more: Any) -> Said:
    return Said(longest=200, **says(FIELDS[field][:1].upper() + FIELDS[field][1:] + "."), **more)


class EvidenceValues(Body):
    """What can be said of a piece of evidence; exactly one of level, score, passed and absent_reason."""

    competencies = Several(code("A competency, by id or code."), most=20, **says("The competencies it is about."))
    course = code("The code of a course.")
    requirement = code("The code of a requirement.")
    level = _said("level")
    scale = _said("scale")
    score = Number(**says("A plain decimal, as text.", pattern=r"^-?[0-9]{1,6}(\.[0-9]{1,6})?$", examples=["84.5"]))
    score_min = Number(**says("The lowest score there is.", pattern=r"^-?[0-9]{1,6}$"))
    score_max = Number(**says("The highest score there is.", pattern=r"^-?[0-9]{1,6}$"))
    passed = Truth(**says("Passed or not, where that is all there is."))
    absent_reason = Choice(ABSENT_REASONS, **says("Why there is no result; missing is never zero."))
    task, item, instrument, form = (_said(name) for name in ("task", "item", "instrument", "form"))
    rubric = _said("rubric")
    setting = Choice(get_args(Setting), **says("Where it happened."))
    conditions = Several(Choice(get_args(Condition)), most=3, **says("Under what conditions."))
    language = Said(longest=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", **says("A BCP 47 tag."))
    attempt = WholeNumber(1, MOST_TRIES, **says("Which try it was, counted from 1."))
    occurred = Moment(**says("When it happened.", examples=["2026-05-30", "2026-05-30T14:05-05:00"]))
    submitted = Moment(**says("When it was handed in."))
    due = Moment(**says("When it was due."))
    scored = Moment(**says("When it was judged."))
    organisation = _said("organisation")
    capacity = _said("capacity")


class Described(EvidenceValues):
    """A whole piece of evidence, with exactly one result: missing is never zero."""

    one_of = RESULTS
    any_of = ("competencies", "course", "requirement")

    kind = Choice(get_args(EvidenceKind), required=True, **says("What kind of evidence it is."))
    purpose = Choice(get_args(Purpose), required=True, **says("What it was for; rules count the purposes they name."))
    source_system = _said("source_system")
    source_record = _said("source_record")
    assessor = Said(longest=200, pattern=CODE, **says("Who judged it, by the id of that person."))
    note = Text(**says("A free text; kept in the vault, not in the log."))


class NewEvidence(Described):
    """A piece of evidence of the learner the address names."""


class EvidenceLine(Described):
    """One line of bulk evidence: whose it is, and its own idempotency key."""

    key = Said(required=True, longest=64, pattern=r"^[!-~]{8,64}$", **says("The idempotency key of this line."))
    learner = Said(required=True, longest=200, pattern=CODE, **says("The id in the source system, or the UUID."))
    new = Truth(**says("The learner is new to this installation."))


class Correction(EvidenceValues):
    """What a piece of evidence should have said; what is left out stays as it is."""

    kind = Choice(get_args(EvidenceKind), **says("What kind of evidence it is."))
    purpose = Choice(get_args(Purpose), **says("What it was for."))
    reason = Text(required=True, **says("Why; kept in the vault, not in the log."))
    document = Said(longest=64, pattern="^[0-9a-f]{64}$", **says("The digest of a document kept that it rests on."))


class Withdrawal(Body):
    """Why a piece of evidence counts for nothing any more."""

    reason = Text(required=True, **says("Why; kept in the vault, not in the log."))
    document = Said(longest=64, pattern="^[0-9a-f]{64}$", **says("The digest of a document kept that it rests on."))


def fields_of(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that were given, each as the text a file would hold."""
    found = {name: value for name, value in given.items() if name in FIELDS and value is not None}
    found.pop("learner", None)
    if conditions := given.get("conditions"):
        found["conditions"] = ";".join(conditions)
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value) for name, value in found.items()
    }


def require_one_result(fields: Mapping[str, str]) -> None:
    """Refuse evidence without a result, and with several."""
    named = [name for name in RESULTS if name in fields]
    if len(named) != 1:
        words = f"exactly one of {', '.join(RESULTS)}"
        places = named or [RESULTS[0]]
        raise Refusal(
            "faults", f"give {words}; missing is never zero", [Error(f"/{one}", f"Give {words}.") for one in places]
        )


def evidence_said(ledger: Ledger, given: Mapping[str, Any]) -> Evidence:
    """Return the evidence that was sent, without its id; raise `Refusal` or `InputFaults` with every fault."""
    fields, competencies = fields_of(given), given.get("competencies") or ()
    found = evidence_by_hand(ledger, fields, competencies)
    if given.get("assessor") is not None:
        assessor = found.assessor or Assessor()
        found = msgspec.structs.replace(
            found, assessor=msgspec.structs.replace(assessor, who=ledger.vault.person_id(given["assessor"]))
        )
    return found


def identified(evidence: Evidence, learner: str, command: str) -> Evidence:
    """Return evidence under its id, which follows from the record of its source, else from the command."""
    if has_own_record(evidence):
        return msgspec.structs.replace(evidence, evidence_id=evidence_identifier(row_key(learner, evidence)))
    return msgspec.structs.replace(evidence, evidence_id=identifier("evidence", command, learner))
