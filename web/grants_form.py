"""The form that gives a role, and the word that ends one: what is typed, read and put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from marshmallow import EXCLUDE, Schema
from marshmallow.validate import OneOf

from ledger.access.giving import Asked, misplaced
from ledger.access.table import ROLES
from ledger.application.appointing import Term
from ledger.domain.access import Place
from ledger.errors import LedgerError
from ledger.inquiry.places import target_of
from ledger.values import is_identifier
from web import access
from web.fields import Day, Line, Text, Ticked, typed
from web.ledgers import Opened

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "person": "Who: the id of the person",
        "role": "Role",
        "place": "In which school, district or state",
        "section": "In one class alone: its section",
        "learner": "For one learner alone",
        "first_day": "First day",
        "last_day": "Last day",
        "reason": "Reason",
    }
)
"""What the fields are called."""

MISSING: dict[str, str | list[Any] | dict[Any, Any]] = {"required": "It is missing."}


class Giving(Schema):
    """What is typed to give a role."""

    class Meta:
        """The token and the command are read apart."""

        unknown = EXCLUDE

    person = Line(required=True, error_messages=MISSING)
    role = Line(required=True, error_messages=MISSING, validate=OneOf(ROLES, error="Choose one of those offered."))
    place = Line()
    section = Line()
    learner = Line()
    first_day = Day(required=True, error_messages=MISSING)
    last_day = Day()
    reason = Text()


class Ending(Schema):
    """What is typed to end a role."""

    class Meta:
        """The token and the command are read apart."""

        unknown = EXCLUDE

    last_day = Day(required=True, error_messages=MISSING)
    reason = Text()
    leaves_nobody = Ticked()


@dataclass(frozen=True, slots=True)
class Given:
    """A form as it was sent: what was typed, what is wrong by field, and what was read where nothing is."""

    typed: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    asked: Asked | None = None
    term: Term | None = None
    refused: str = ""

    def errors(self) -> list[tuple[str, str, str]]:
        """Return each field with a problem: its name, what it is called, what is wrong."""
        return [(name, said, self.problems[name]) for name, said in LABELS.items() if name in self.problems]


def read_giving(opened: Opened, form: Mapping[str, str]) -> Given:
    """Read the form that gives a role; every problem is said beside its field."""
    given = typed(form)
    problems = {name: said[0] for name, said in Giving().validate(given).items()}
    if problems:
        return Given(given, problems)
    read = Giving().load(given)
    place, wrong = _place(opened, read)
    if place is None:
        return Given(given, wrong)
    last: date | None = read.get("last_day")
    if last is not None and last < read["first_day"]:
        return Given(given, {"last_day": f"{last} is before the first day, {read['first_day']}."})
    target = target_of(opened.ledger, place.learner) if place.learner else None
    asked = Asked(opened.ledger.vault.person_id(read["person"]), read["role"], place, target)
    return Given(given, {}, asked, Term(read["first_day"], last, read.get("reason", "")))


def _place(opened: Opened, read: Mapping[str, Any]) -> tuple[Place | None, dict[str, str]]:
    organisation, section, learner = read.get("place"), read.get("section"), read.get("learner")
    if learner is not None:
        found = _learner(opened, learner)
        if found is None:
            return None, {"learner": "No learner within your reach has this id, name or pseudonym."}
        if section is not None:
            return None, {"section": "A role for one learner names no class; leave one of the two blank."}
        place = Place(kind="learner", learner=found)
    else:
        kind = "class" if section else "jurisdiction"
        place = Place(kind=kind, organisation=organisation or opened.ledger.jurisdiction, section=section)  # type: ignore[arg-type]
    wrong = misplaced(read["role"], place)
    where = (
        "learner" if learner or (place.kind == "jurisdiction" and read["role"] in ("learner", "guardian")) else "place"
    )
    return (place, {}) if wrong is None else (None, {where: wrong[:1].upper() + wrong[1:] + "."})


def _learner(opened: Opened, said: str) -> str | None:
    """Return the learner meant by a UUID or an id of another system, within reach of whoever is signed in."""
    found = said.lower() if is_identifier(said.lower()) else opened.ledger.vault.find(said)
    if found is None or not access.opens(found):
        return None
    try:
        target_of(opened.ledger, found)
    except LedgerError:
        return None
    return found
