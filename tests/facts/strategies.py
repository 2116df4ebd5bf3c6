"""Random learners: evidence, retakes, preparations, corrections and withdrawals in any order of arrival."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ledger.domain.learner import EvidenceRecorded, EvidenceWithdrawn
from ledger.domain.shapes import Payload
from ledger.policy import (
    AtLevel,
    Counted,
    DatedBefore,
    DatedFrom,
    FactDefinition,
    FactType,
    FieldIn,
    Order,
    Prepared,
    Reads,
    Ready,
)
from tests.facts.support import COMPETENCY, OTHER, corrected, decided, fact, prepared, shown, status, withdrawn

DAYS = [None, *(f"2026-01-{day:02d}" for day in range(1, 10)), "2026-01-03T09:30", "2026-01-03T09:30:10Z"]
NAMES = [f"e{place}" for place in range(8)]

ACTS = ["shown", "shown", "shown", "prepared", "corrected", "withdrawn", "status", "ready"]

days = st.sampled_from(DAYS)
subjects = st.sampled_from([(COMPETENCY,), (OTHER,), (COMPETENCY, OTHER)])


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a piece of evidence says, its name aside."""
    found: dict[str, Any] = {
        "occurred": draw(days),
        "submitted": draw(days),
        "purpose": draw(st.sampled_from(["summative", "summative", "formative", "practice"])),
        "kind": draw(st.sampled_from(["task", "exam"])),
        "task": draw(st.sampled_from([None, "t", "u"])),
        "attempt_of": draw(st.sampled_from([None, None, "e0"])),
        "instrument": draw(st.sampled_from([None, "ap", "clep"])),
        "subjects": draw(subjects),
    }
    way = draw(st.sampled_from(["level", "level", "score", "passed", "absent"]))
    if way == "level":
        found["level"] = draw(st.sampled_from(["1", "2", "2.5", "3", "4"]))
    elif way == "score":
        found["score"] = (str(draw(st.integers(0, 7))), "0", "7")
    else:
        found[way] = draw(st.booleans()) if way == "passed" else "excused"
    return found


@st.composite
def streams(draw: st.DrawFn) -> list[Payload]:
    """Draw a learner's stream in which every correction and withdrawal finds its evidence."""
    stream: list[Payload] = []
    names: list[str] = []
    for _ in range(draw(st.integers(0, 14))):
        act = draw(
            st.sampled_from(["shown", "shown", "shown", "prepared", "corrected", "withdrawn", "status", "ready"])
        )
        if act in {"corrected", "withdrawn"} and names:
            name = draw(st.sampled_from(names))
            stream.append(withdrawn(name) if act == "withdrawn" else corrected(name, **draw(contents())))
        elif act == "prepared":
            stream.append(prepared(draw(days), draw(st.sampled_from([COMPETENCY, OTHER]))))
        elif act == "status":
            stream.append(status("course", first=draw(days)))
        elif act == "ready":
            stream.append(decided("READINESS", draw(st.sampled_from(["met", "not_yet"])), draw(days) or "2026-01-01"))
        elif len(names) < len(NAMES):
            names.append(NAMES[len(names)])
            stream.append(shown(names[-1], **draw(contents())))
    return stream


def without_removed(stream: Sequence[Payload]) -> list[Payload]:
    """Return the stream a ledger would hold had every piece of evidence been recorded rightly at once."""
    final: dict[str, Payload | None] = {}
    for payload in stream:
        if isinstance(payload, EvidenceWithdrawn):
            final[payload.evidence_id] = None
        elif hasattr(payload, "evidence"):
            final[payload.evidence.evidence_id] = EvidenceRecorded(evidence=payload.evidence)
    found: list[Payload] = []
    for payload in stream:
        if isinstance(payload, EvidenceRecorded):
            kept = final[payload.evidence.evidence_id]
            found += [kept] if kept else []
        elif not hasattr(payload, "evidence") and not isinstance(payload, EvidenceWithdrawn):
            found.append(payload)
    return found


WHERE = [
    (),
    (Prepared(),),
    (Counted(("summative", "formative")), Prepared(), AtLevel(2)),
    (Ready(), FieldIn("kind", ("exam",))),
    (DatedFrom("status:course"),),
    (Counted(("summative", "formative")), Ready(True, ("practice", "formative"), 2)),
    (DatedBefore("status:course"), Prepared()),
]


def _all_facts() -> tuple[FactDefinition, ...]:
    folds: list[tuple[str, FactType, dict[str, Any]]] = [
        ("best.1", FactType.FRACTION, {}),
        ("latest.1", FactType.FRACTION, {}),
        ("level.1", FactType.FRACTION, {}),
        ("exists_after.1", FactType.BOOLEAN, {"arguments": (("after", date(2026, 1, 4)),)}),
        ("count.1", FactType.INTEGER, {"measure": "presence"}),
        ("distinct.1", FactType.INTEGER, {"arguments": (("field", "kind"),)}),
        ("crowded.1", FactType.INTEGER, {"arguments": (("months", 3),), "measure": "presence"}),
        ("sum.1", FactType.FRACTION, {"measure": "percent"}),
        ("mean.1", FactType.FRACTION, {"measure": "percent"}),
        ("n_times.1", FactType.FRACTION, {"arguments": (("n", 2), ("cut", 2))}),
        ("weighted.1", FactType.FRACTION, {"arguments": (("weight", 65),)}),
        ("decaying.1", FactType.FRACTION, {"arguments": (("weight", 65),)}),
        ("best_n_of_m.1", FactType.FRACTION, {"arguments": (("n", 1), ("m", 2))}),
        ("mode_of_last.1", FactType.FRACTION, {"arguments": (("n", 3), ("tie", "highest"))}),
        ("first_date.1", FactType.DATE, {"measure": "presence"}),
        ("last_date.1", FactType.DATE, {"measure": "presence"}),
        ("span.1", FactType.INTEGER, {"measure": "presence"}),
        ("items.1", FactType.LIST, {"measure": "presence", "members": MEMBERS}),
    ]
    orders = [Order.OCCURRED, Order.SUBMITTED, Order.RECORDED]
    found = [
        fact(method, kind, name=f"f{place}-{number}", where=where, order=orders[(place + number) % 3], **more)
        for place, (method, kind, more) in enumerate(folds)
        for number, where in enumerate(WHERE)
    ]
    preparations = fact("count.1", FactType.INTEGER, name="preparations", reads=Reads.PREPARATION, measure="presence")
    return (*found, preparations)


MEMBERS = (
    fact("item.ordinal", FactType.INTEGER, name="ordinal"),
    fact("item.occurred", FactType.DATE, name="occurred"),
    fact("item.value", FactType.FRACTION, name="value"),
    fact(
        "item.earlier_in_window",
        FactType.INTEGER,
        name="earlier",
        arguments=(("months", 3), ("same", "instrument")),
    ),
    fact("item.status", FactType.BOOLEAN, name="status", arguments=(("code", "course"),)),
)

ALL_FACTS = _all_facts()
"""Every fold with every kind of filter, in turn under each order."""
