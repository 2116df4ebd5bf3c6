"""The steps of a change as a person takes them on its page: what each asks for, and who may take which now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from marshmallow import EXCLUDE, Schema

from ledger.access.changing import NEEDS
from ledger.application import changing, proposing
from ledger.application.change_state import change_named
from ledger.application.ledger import Ledger
from ledger.domain.change_fold import Change
from ledger.domain.change_rules import Step
from ledger.domain.shapes import Authority
from ledger.inquiry.changes import ChangeView, StepNext
from ledger.storage.envelope import Author
from web import access
from web.fields import Day, Line, Link, Text, Ticked, typed

STEPS = MappingProxyType(
    {
        "preview": "Preview it",
        "submit": "Ask for approval",
        "approve": "Approve",
        "decline": "Decline",
        "schedule": "Schedule",
        "activate": "Activate",
        "confirm": "Confirm",
        "roll-back": "Roll back",
        "withdraw": "Withdraw",
    }
)
"""What the button of each step says."""

MISSING: dict[str, Any] = {"required": True, "error_messages": {"required": "It is missing."}}


class Plain(Schema):
    """A step that asks for nothing."""

    class Meta:
        """Token and command are read elsewhere."""

        unknown = EXCLUDE


class Reasoned(Plain):
    """A step that asks for a reason."""

    reason = Text(**MISSING)


class Dated(Plain):
    """A step that may name its day."""

    on = Day()


class Authorised(Plain):
    """A step that a body decides."""

    body = Line(**MISSING)
    dated, minute, link = Day(), Line(), Link()


class Undoing(Authorised):
    """A step that proposes to undo a change."""

    first_day = Day(**MISSING)
    reason = Text(**MISSING)
    emergency = Ticked()


SCHEMAS: Mapping[str, type[Plain]] = MappingProxyType(
    {
        "decline": Reasoned,
        "withdraw": Reasoned,
        "schedule": Dated,
        "confirm": Authorised,
        "roll-back": Undoing,
    }
)


def read(step: str, form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a step's form says, and what is wrong with it by the name of the input."""
    given, schema = typed(form), SCHEMAS.get(step, Plain)()
    problems = {str(name): str(said[0]) for name, said in schema.validate(given).items()}
    return ({} if problems else dict(schema.load(given))), problems


def take(ledger: Ledger, author: Author, name: str, step: str, given: Mapping[str, Any]) -> Change:
    """Take a step; return the change it leads to, which is a new one where a change is rolled back."""
    return _TAKING[step](ledger, author, name, given)


def _preview(ledger: Ledger, author: Author, name: str, _: Mapping[str, Any]) -> Change:
    changing.preview_change(ledger, author, name)
    return change_named(ledger.governance(), name)


def _authority(given: Mapping[str, Any]) -> Authority:
    dated: date | None = given.get("dated")
    return Authority(
        body=given["body"],
        date=dated.isoformat() if dated else None,
        minute=given.get("minute"),
        link=given.get("link"),
    )


_TAKING: Mapping[str, Callable[[Ledger, Author, str, Mapping[str, Any]], Change]] = MappingProxyType(
    {
        "preview": _preview,
        "submit": lambda ledger, author, name, _: changing.submit(ledger, author, name),
        "approve": lambda ledger, author, name, _: changing.approve(ledger, author, name),
        "decline": lambda ledger, author, name, given: changing.decline(ledger, author, name, given["reason"]),
        "schedule": lambda ledger, author, name, given: changing.schedule(ledger, author, name, given.get("on")),
        "activate": lambda ledger, author, name, _: changing.activate(ledger, author, name),
        "confirm": lambda ledger, author, name, given: changing.confirm(ledger, author, name, _authority(given)),
        "withdraw": lambda ledger, author, name, given: changing.withdraw_change(ledger, author, name, given["reason"]),
        "roll-back": lambda ledger, author, name, given: proposing.roll_back(
            ledger,
            author,
            name,
            given["first_day"],
            _authority(given),
            given["reason"],
            emergency=bool(given.get("emergency")),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Station:
    """One part of the way a change goes: `state` is "done", "current" or "ahead"."""

    words: str
    state: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What the page of a change shows beside the change: the way, the next step, the others, those refused."""

    way: tuple[Station, ...]
    first: StepNext | None
    others: tuple[StepNext, ...]
    refused: tuple[StepNext, ...]
    unchanged: int
    status: tuple[str, str]


ONWARD = ("confirm", "activate", "approve", "submit", "schedule")
"""The steps that lead a change on, the one that leads furthest first; before them stands a preview that holds."""

TAKEN = {
    "submit": ("submitted", "approved", "scheduled"),
    "approve": ("approved", "scheduled"),
}
"""For a step the statuses in which it was taken already, so that nobody wonders why it cannot be."""

WAY = ("Proposal", "Preview", "Request for approval", "Approval", "Schedule", "Activation")
"""The stations of a change, as things to be done and things done alike."""

_PASSED = {"proposed": 1, "previewed": 2, "asked for approval": 3, "approved": 4, "scheduled": 5}
"""How many stations were passed once a step was taken, by what the history calls it."""

STATUSES = {
    "proposed": ("open", "○"),
    "submitted": ("ask", "◐"),
    "declined": ("bad", "✗"),
    "approved": ("good", "✓"),
    "scheduled": ("good", "◷"),
    "active": ("good", "✓"),
    "rolled-back": ("none", "↶"),
    "withdrawn": ("none", "–"),
}
"""For each status: the tone and the mark."""


def page_of(view: ChangeView) -> ChangePage:
    """Return what stands around a change on its page, with the steps that whoever is signed in may ever take."""
    meant = [one for one in view.next if _is_meant(one.step, view) and access.may(NEEDS[Step(one.step)])]
    possible = {one.step: one for one in meant if not one.refusal}
    needs_preview = view.preview is None or bool(view.moved)
    wanted = ("preview",) if needs_preview else ONWARD
    first = next((possible[step] for step in wanted if step in possible), None)
    pairs = view.preview.pairs if view.preview else ()
    return ChangePage(
        way=tuple(_way(view)),
        first=first,
        others=tuple(one for step in STEPS if (one := possible.get(step)) and one is not first),
        refused=tuple(one for one in meant if one.refusal and view.row.status not in TAKEN.get(one.step, ())),
        unchanged=sum(one.count for one in pairs if one.without == one.with_it),
        status=STATUSES[view.row.status],
    )


def _is_meant(step: str, view: ChangeView) -> bool:
    """Say whether a step has any sense now, so that a person may wonder why it cannot be taken."""
    status = view.row.status
    if status in ("withdrawn", "rolled-back"):
        return False
    if step == "confirm":
        return view.row.emergency and status == "active" and not view.confirmed
    if step == "roll-back":
        return status == "active"
    if step == "schedule" and view.row.emergency:
        return False
    return status != "active"


def _way(view: ChangeView) -> list[Station]:
    names = list(WAY)
    reached = _reached(view)
    if view.row.emergency:
        names.remove("Schedule")
        reached -= reached > WAY.index("Schedule")
    current = None if view.row.status == "withdrawn" else reached
    return [
        Station(name, "done" if place < reached else "current" if place == current else "ahead")
        for place, name in enumerate(names)
    ]


def _reached(view: ChangeView) -> int:
    """Return how many stations a change has passed; a preview that no longer holds is to be passed again."""
    status = view.row.status
    if status == "withdrawn":
        return max(_PASSED.get(one.what, 0) for one in view.steps)
    if status in ("active", "rolled-back"):
        return len(WAY)
    if view.preview is None or view.moved:
        return 1
    return {"submitted": 3, "approved": 4, "scheduled": 5}.get(status, 2)
