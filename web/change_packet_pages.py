"""The packet of a change for the board that decides: one document to print, with nobody's name but those who act."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, Response, render_template

from ledger.access.actions import Action
from ledger.application.preview_rows import PreviewRow
from ledger.inquiry.impact_groups import Impact
from ledger.inquiry.reasons import Reasons, reasons
from ledger.policy.model import Question
from web import access
from web.change_head import Head, difference, head_of
from web.change_impact_pages import impact_of
from web.change_lists import ImpactRow, impact_rows, preview_of, worked_out
from web.ledgers import Opened, here
from web.pages import scoped

CASES = 3
"""Learners whose answers the packet explains, each under a letter."""


@dataclass(frozen=True, slots=True)
class PacketCase:
    """One answer that would differ, about a learner called by a letter, and the reasons for both answers."""

    letter: str
    row: ImpactRow
    reasons: Reasons


def register(_: Flask) -> None:
    """Add the page; nothing else is needed."""


@scoped.get("/changes/<change>/packet")
@access.needs(Action.READ_CHANGES)
def packet(change: str) -> Response:
    """Show everything a board needs to decide about a change, to be printed."""
    opened, head = here(), head_of(here(), change)
    return Response(
        render_template(
            "change_packet.html",
            head=head,
            difference=difference(opened, head.change),
            groups=_groups(opened, head),
            cases=list(_cases(opened, head)) if access.may(Action.LIST_LEARNERS) else [],
        )
    )


def _groups(opened: Opened, head: Head) -> Impact | None:
    if head.view.preview is None or not access.may(Action.SEE_GROUPS):
        return None
    return impact_of(opened, head.change.id, head.view.preview_version or 0)


def _cases(opened: Opened, head: Head) -> Iterator[PacketCase]:
    """Yield a few answers of different kinds about different learners, without what reads an entitlement."""
    if head.view.preview is None:
        return
    chosen = list(telling(worked_out(opened, head.change).rows))
    for letter, row, said in zip("ABC", chosen, impact_rows(opened, head.change, chosen), strict=False):
        previewed = preview_of(head.change)
        why = reasons(opened.ledger, head.change, previewed, row.learner, row.key[1:], entitlements=False)
        yield PacketCase(letter, said, why)


def telling(rows: tuple[PreviewRow, ...]) -> Iterator[PreviewRow]:
    """Yield up to three answers that tell most of a change: each kind of difference first, no learner twice.

    Of one kind an answer that others build on comes first.
    """
    ranked = sorted(rows, key=lambda row: (_ORDER[row.kind], Question(row.question).stratum, row.learner))
    firsts = {row.kind: row for row in reversed(ranked) if row.without.outcome != row.supposed.outcome}
    seen: set[str] = set()
    for row in (*sorted(firsts.values(), key=lambda one: _ORDER[one.kind]), *ranked):
        if row.learner not in seen and len(seen) < CASES:
            seen.add(row.learner)
            yield row


_ORDER = {"loss": 0, "gain": 1, "person": 2, "other": 3}
