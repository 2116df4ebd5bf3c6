"""What several nouns take alike: the body behind a public decision, the moment asked for, a subject."""

from datetime import date
from typing import Any

from ledger.application.learning import subject_of
from ledger.application.ledger import Ledger
from ledger.domain.shapes import Authority, Subject
from web.api.fields import Asked, AskedNumber, Body, Day, Link, Said, Text
from web.api.paging import Paged
from web.api.problems import Error, Refusal

JURISDICTION = r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*$"
CODE = r"^[!-~]([ -~]*[!-~])?$"
"""An id or a code: visible ASCII signs, with blanks between them at most."""


def says(description: str, **more: Any) -> dict[str, Any]:
    """Return what the documentation says of a field, with an example."""
    return {"metadata": {"description": description, **more}}


def code(description: str, **more: Any) -> Said:
    """Return a field that holds an id or a code."""
    return Said(longest=200, pattern=CODE, **says(description), **more)


class Authorised(Body):
    """The body that decided something public, with its minute."""

    body = Said(required=True, **says("The body that decided it.", examples=["Board of trustees"]))
    dated = Day(**says("The day of the minute."))
    minute = Said(longest=100, **says("The number of the minute."))
    link = Link(**says("Where the minute can be read."))


class Reasoned(Body):
    """A public reason."""

    reason = Text(required=True, **says("Why; public, it stands in the log."))


class Ordered(Authorised, Reasoned):
    """A body, and a public reason."""


def authority_of(given: dict[str, Any]) -> Authority:
    """Return the body behind a public decision."""
    return Authority(body=given["body"], date=iso(given["dated"]), minute=given["minute"], link=given["link"])


def iso(day: date | None) -> str | None:
    """Write a day, null for none."""
    return None if day is None else day.isoformat()


class Then(Asked):
    """A day, and a position of the log."""

    on = Day(**says("As it holds on this day; today where not given."))
    known_at = AskedNumber(**says("As the ledger knew it at this position of the log."))


class PagedThen(Paged, Then):
    """A page of a list, as it was on a day and known at a position."""


class Looked(Asked):
    """When a record is looked at."""

    as_of = Day(**says("As of this day."))
    known_at = AskedNumber(**says("As the ledger knew it at this position of the log."))


class About(Body):
    """One subject, or none."""

    competency = code("A competency, by id or code.")
    course = code("A course, by its code.")
    requirement = code("A requirement, by its code.")


def subject_named(ledger: Ledger, given: dict[str, Any]) -> Subject | None:
    """Return the one subject that was named, null for none."""
    named = [(kind, given[kind]) for kind in ("competency", "course", "requirement") if given.get(kind)]
    if len(named) > 1:
        errors = [Error(f"/{kind}", "Name at most one of the three.") for kind, _ in named]
        raise Refusal("faults", "name at most one of competency, course and requirement", errors)
    return subject_of(ledger, named[0][1], named[0][0]) if named else None
