"""A teacher's classes on the home page: who is one piece short, and from whom nothing came for long."""

from collections.abc import Iterator, Mapping

from flask import url_for

from ledger.access.actions import Action
from ledger.inquiry.class_grid import ONLY, Wanted, class_grid
from ledger.inquiry.classes import ClassRow, class_rows
from web import access
from web.class_pages import class_target
from web.homes.shapes import HomeCard, Waiting
from web.ledgers import here, scope_of
from web.remembering import remembered

MOST = 4
"""Classes that are looked through for the page; whoever has more is led to their list."""

SAID = {
    "near": ("one piece short of mastery", "good"),
    "stalled": ("from whom nothing came for long", "open"),
}
"""For each narrowing of a class: what it says of learners, and the tone."""


def card() -> HomeCard | None:
    """Return the classes of whoever teaches; nothing for others."""
    if not access.may(Action.RECORD_EVIDENCE, access.ANYWHERE) or not access.may(Action.SEE_CLASS, access.ANYWHERE):
        return None
    opened = here()
    rows = [
        one
        for one in class_rows(opened.models, opened.ledger.today())
        if one.state == "now" and access.may(Action.SEE_CLASS, class_target(one))
    ]
    if not rows:
        return None
    items = tuple(line for one in rows[:MOST] for line in _lines(one))
    return HomeCard(
        "Your classes", items, "Nobody is one piece short today.", ("All classes", url_for("scoped.classes"))
    )


def _lines(one: ClassRow) -> Iterator[Waiting]:
    counts = _counts(one)
    name = f"{', '.join(one.courses)}, class {one.section}"
    for only, (words, tone) in SAID.items():
        if counts.get(only):
            address = url_for(
                "scoped.class_page", organisation=scope_of(one.organisation), section=one.section, only=only
            )
            yield Waiting(
                str(counts[only]), f"{'learner' if counts[only] == 1 else 'learners'} {words}", address, tone, name
            )


def _counts(one: ClassRow) -> Mapping[str, int]:
    opened = here()
    wanted = Wanted(next(iter(one.courses), ""), entitlements=access.entitlements(class_target(one)), named=False)
    asked = ("home of class", opened.ledger.jurisdiction, one.organisation, one.section, opened.position, wanted)

    def counted() -> dict[str, int]:
        grid = class_grid(opened.ledger, opened.models, one, wanted)
        return {only: sum(ONLY[only][1](row) for row in grid.rows) for only in SAID if only in ONLY}

    found: dict[str, int] = remembered((*asked, opened.ledger.today()), counted)
    return found
