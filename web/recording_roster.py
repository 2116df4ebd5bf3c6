"""Whom evidence is recorded for on a page: a whole class, or one learner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for

from ledger.access.actions import Action
from ledger.access.grants import Target
from ledger.errors import UsageError
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.class_grid import competencies_of
from ledger.inquiry.classes import members_of
from ledger.inquiry.views import SubjectView
from ledger.vault import pseudonym
from web import access
from web.class_pages import course_of, found_class
from web.class_rows import school_of
from web.ledgers import here


@dataclass(frozen=True, slots=True)
class Roster:
    """Some learners, and what is needed to write addresses about them.

    `kind` is class or learner, `values` what its addresses are made of, `back` the page it was come from.
    """

    kind: str
    values: Mapping[str, str]
    title: str
    back: str
    organisation: str | None
    course: str
    learners: tuple[str, ...]
    names: Mapping[str, str]
    target: Target
    day: date

    def address(self, page: str, **more: object) -> str:
        """Return the address of one of the pages about these learners."""
        kept = {"course": self.course} if self.kind == "class" and self.course else {}
        return url_for(f"scoped.{self.kind}_{page}", **self.values, **{**kept, **more})  # type: ignore[arg-type]

    def narrowed(self, some: Iterable[str]) -> "Roster":
        """Return the roster of some of them alone; of all where none of them is named."""
        wanted = frozenset(some)
        kept = tuple(one for one in self.learners if one in wanted)
        return replace(self, learners=kept) if kept else self

    def name(self, learner: str) -> str:
        """Return what a learner is called."""
        return self.names[learner]


def roster() -> Roster:
    """Return whom the address at hand is about."""
    values = {name: str(value) for name, value in (request.view_args or {}).items() if name in ADDRESSED}
    return _class(values) if "section" in values else _learner(values)


ADDRESSED = ("organisation", "section", "learner")


def _class(values: Mapping[str, str]) -> Roster:
    found, opened = found_class(values["organisation"], values["section"]), here()
    course = course_of(found)
    learners = members_of(opened.models, found, course or None)
    names = _names(learners)
    return Roster(
        "class",
        values,
        f"{course or 'No course'} · class {found.section}, {school_of(found.organisation)}",
        url_for("scoped.class_page", **dict[str, Any](values), course=course),
        found.organisation,
        course,
        tuple(sorted(learners, key=lambda one: (names[one].casefold(), one))),
        names,
        access.target(),
        date.fromisoformat(found.day),
    )


def _learner(values: Mapping[str, str]) -> Roster:
    identity, target = values["learner"], access.target()
    organisation = min(target.organisations, default=None)
    names = _names([identity])
    back = url_for("scoped.learner", **dict[str, Any](values))
    today = here().ledger.today()
    return Roster("learner", values, names[identity], back, organisation, "", (identity,), names, target, today)


def _names(learners: Sequence[str]) -> Mapping[str, str]:
    """Name learners for whoever records: by name where this person may see the names of this class."""
    access.named().read.update(learners)
    if access.may(Action.SEE_NAMES, access.target()):
        return here().ledger.vault.names(learners)
    return {one: pseudonym(one) for one in learners}


def choices(who: Roster) -> list[tuple[str, list[SubjectView]]]:
    """Return the competencies evidence may be about, in groups with a heading; the last group is the long one."""
    ledger = here().ledger
    reader = CellReader(ledger, who.day, entitlements=False)
    found = competencies_of(reader, who.learners, who.course)
    others = found.others or _everything(reader, {*found.priority, *found.evidenced})

    def views(some: Sequence[str]) -> list[SubjectView]:
        return [reader.naming.by_key(f"competency/{one}") for one in some]

    return [
        (f"Priority standards of {who.course}", views(found.priority)),
        ("With work on record", views(found.evidenced)),
        ("Others", views(others)),
    ]


def _everything(reader: CellReader, left_out: set[str]) -> tuple[str, ...]:
    governance = reader.ledger.governance()
    outlines = [governance.outline(one) for one in governance.current_editions(governance.position).values()]
    items = [item for outline in outlines for item in outline.by_id.values() if item.code]
    return tuple(item.id for item in items if item.id not in left_out)


def require_learners(who: Roster) -> None:
    """Refuse to record where there is nobody to record for."""
    if not who.learners:
        raise UsageError("nobody is in this class on the day it is shown for; learners come in with a roster")
