"""The forms of pilots: opening one, letting it last longer, ending it, certifying its figures."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from marshmallow import EXCLUDE, Schema, ValidationError, fields
from marshmallow.validate import OneOf

from ledger.application.piloting import Opening
from ledger.domain.learner import Question
from ledger.domain.pilots import ExitRule, Participant, Scope, Waiver
from web.change_form import Filled
from web.fields import Codes, Day, Line, Link, Text, typed

EXITS = {
    "return-at-end": "Whoever is in the middle returns to the ordinary rule",
    "finish-under-pilot": "Whoever has begun finishes under the pilot",
}
"""What becomes of learners in the middle at the end, by the name of the rule."""

LABELS = {
    "title": "Title",
    "purpose": "What is to be found out",
    "question": "Question",
    "award": "Award",
    "first_day": "First day",
    "last_day": "Last day",
    "organisations": "Districts and schools that take part",
    "grades": "Only in these grades",
    "courses": "Only in these courses",
    "exit_rule": "At the end",
    "exit_by": "To finish by",
    "waiver": "Waiver",
    "waiver_says": "What it says",
    "waiver_link": "Where it can be read",
    "waives": "Bounds it waives",
    "capacity": "In what capacity",
    "statement": "What you answer for",
}
"""What each field is called."""

_REQUIRED: dict[str, Any] = {"required": True, "error_messages": {"required": "It is missing."}}
_PARTICIPANT = re.compile(r"(?P<name>[^=]+)(=(?P<day>\d{4}-\d{2}-\d{2}))?", re.ASCII)


class Participants(fields.Field[tuple[Participant, ...]]):
    """Organisations with commas between them, each with an equals sign and a first day where it begins later."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[Participant, ...]:
        return tuple(_participant(part.strip()) for part in str(value).replace("\n", ",").split(",") if part.strip())


def _participant(text: str) -> Participant:
    found = _PARTICIPANT.fullmatch(text)
    try:
        if found is None or not text.isprintable():
            raise ValueError(text)
        day = found["day"] and date.fromisoformat(found["day"]).isoformat()
    except ValueError:
        raise ValidationError(f"{text[:60]!r} is not like us-tx/pine-valley or us-tx/pine-valley=2026-09-01.") from None
    return Participant(organisation=found["name"].strip(), first_day=day)


class Positions(fields.Field[tuple[int, ...]]):
    """Positions of the log with commas between them."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[int, ...]:
        parts = [part.strip() for part in str(value).split(",")]
        if not all(part.isascii() and part.isdecimal() and len(part) <= 15 for part in parts):
            raise ValidationError("Name positions with commas between, such as 41, 52.")
        return tuple(map(int, parts))


class AuthoritySchema(Schema):
    """The body that decides, and its minute."""

    class Meta:
        """The token is read elsewhere."""

        unknown = EXCLUDE

    body = Line(**_REQUIRED)
    dated, minute, link = Day(), Line(), Link()


class OpeningSchema(AuthoritySchema):
    """What a pilot says when it is opened."""

    title, purpose = Line(**_REQUIRED), Text(**_REQUIRED)
    question = Line(validate=OneOf(get_args(Question), error="It is none of those offered."), **_REQUIRED)
    award = Line()
    first_day, last_day = Day(**_REQUIRED), Day(**_REQUIRED)
    organisations = Participants(**_REQUIRED)
    grades, courses = Codes(), Codes()
    exit_rule = Line(validate=OneOf(get_args(ExitRule), error="It is none of those offered."), **_REQUIRED)
    exit_by = Day()
    waiver, waiver_says, waiver_link = Line(), Text(), Link()
    waives = Positions()


class LastingSchema(AuthoritySchema):
    """What is said when a pilot is to last longer or to end sooner."""

    last_day, exit_by = Day(**_REQUIRED), Day()
    reason = Text(**_REQUIRED)


class CertifyingSchema(Schema):
    """What is said when figures are certified."""

    class Meta:
        """The token is read elsewhere."""

        unknown = EXCLUDE

    capacity, statement = Line(**_REQUIRED), Text(**_REQUIRED)


def read_with(schema: Schema, form: Mapping[str, str]) -> Filled:
    """Read a form; nothing is raised, everything wrong is collected beside its field."""
    given = typed(form)
    wrong = schema.validate(given)
    said = {str(name): str(sentences[0]) for name, sentences in wrong.items()}
    loaded = schema.load({name: text for name, text in given.items() if name not in said}, partial=True)
    return Filled(given, loaded, problems={**said, **_half_a_waiver(given)})


def _half_a_waiver(given: Mapping[str, str]) -> dict[str, str]:
    if "waiver" in given and "waiver_says" not in given:
        return {"waiver_says": "A waiver has a citation and a sentence; give both."}
    if {"waiver_says", "waiver_link"} & given.keys() and "waiver" not in given:
        return {"waiver": "A waiver has a citation and a sentence; give both."}
    return {}


def opening_of(filled: Filled) -> Opening:
    """Return what a form says that fits."""
    return Opening(
        title=filled["title"],
        authority=filled.authority,
        purpose=filled["purpose"],
        question=filled["question"],
        award=filled["award"] or "standard",
        first_day=filled["first_day"],
        last_day=filled["last_day"],
        scope=Scope(organisations=filled["organisations"], grades=filled["grades"], courses=filled["courses"]),
        exit_rule=filled["exit_rule"],
        exit_by=filled["exit_by"],
        waiver=_waiver(filled),
        waives=filled["waives"] or (),
    )


def _waiver(filled: Filled) -> Waiver | None:
    if filled["waiver"] is None:
        return None
    return Waiver(citation=filled["waiver"], sentence=filled["waiver_says"], link=filled["waiver_link"])
