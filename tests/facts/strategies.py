"""Random learners: evidence, retakes, preparations, corrections and withdrawals in any order of arrival."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from ledger.domain.belonging import CourseEnrolled, LearnerEnrolled
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
from tests.facts.samples import FOLDS, READINGS, measures_for, sample
from tests.facts.support import (
    COMPETENCY,
    OTHER,
    chosen,
    cohort,
    corrected,
    decided,
    fact,
    offered,
    prepared,
    provided,
    shown,
    status,
    voted,
    withdrawn,
)

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
        found["score"] = (str(draw(st.integers(0, 7))), "0", draw(st.sampled_from(["7", "7", None])))
    else:
        found[way] = draw(st.booleans()) if way == "passed" else "excused"
    return found


@st.composite
def said(draw: st.DrawFn) -> Payload:
    """Draw a cohort, support, a vote, a choice or an enrolment."""
    day, subject = draw(days), draw(st.sampled_from([None, COMPETENCY, OTHER]))
    votes = [("teacher", draw(st.sampled_from(["yes", "no", "abstained", "absent"])))]
    return draw(
        st.sampled_from(
            [
                cohort("class", draw(st.integers(2026, 2028))),
                offered("tutoring", day, subject),
                provided("tutoring", day, subject, hours=draw(st.sampled_from([None, "1.5"]))),
                voted(draw(st.sampled_from(["carried", "sent_back"])), day, votes, subject),
                LearnerEnrolled(organisation="us-xx/north", first_day=(day or "2026-01-01")[:10], grade="9"),
                CourseEnrolled(course="ALG1", first_day=(day or "2026-01-01")[:10]),
                chosen(*draw(st.sampled_from([(), ("x",), ("y", "x")])), occurred=day, subject=subject),
            ]
        )
    )


@st.composite
def streams(draw: st.DrawFn) -> list[Payload]:
    """Draw a learner's stream in which every correction and withdrawal finds its evidence."""
    stream: list[Payload] = []
    names: list[str] = []
    for _ in range(draw(st.integers(0, 14))):
        act = draw(
            st.sampled_from(
                ["shown", "shown", "shown", "prepared", "corrected", "withdrawn", "status", "ready", "said"]
            )
        )
        if act in {"corrected", "withdrawn"} and names:
            name = draw(st.sampled_from(names))
            stream.append(withdrawn(name) if act == "withdrawn" else corrected(name, **draw(contents())))
        elif act == "prepared":
            stream.append(prepared(draw(days), draw(st.sampled_from([COMPETENCY, OTHER]))))
        elif act == "status":
            stream.append(status("course", first=draw(days)))
        elif act == "said":
            stream.append(draw(said()))
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


ORDERS = (Order.OCCURRED, Order.SUBMITTED, Order.RECORDED)


def _all_facts() -> tuple[FactDefinition, ...]:
    return (*SAID, *READINGS, *(_fold(place, number) for place in range(len(FOLDS)) for number in range(len(WHERE))))


def _fold(place: int, number: int) -> FactDefinition:
    name, method = list(FOLDS.items())[place]
    measures = measures_for(method)
    return sample(
        name,
        given=number % 2 == 1,
        name=f"{name}-{number}",
        where=WHERE[number],
        order=ORDERS[(place + number) % len(ORDERS)],
        measure=measures[number % len(measures)],
    )


_BODY, _CHOICE = ("body", "b"), ("choice", "c")

SAID = (
    fact("cohort.1", FactType.INTEGER, name="cohort", reads=Reads.COHORT, arguments=(("clock", "class"),)),
    fact("panel_result.1", FactType.CHOICE, name="result", reads=Reads.PANEL, arguments=(_BODY,)),
    fact("panel_votes.1", FactType.INTEGER, name="votes", reads=Reads.PANEL, arguments=(_BODY, ("vote", "cast"))),
    fact("panel_day.1", FactType.DATE, name="voted_on", reads=Reads.PANEL, arguments=(_BODY,)),
    fact("choice.1", FactType.CHOICE, name="choice", reads=Reads.CHOICE, arguments=(_CHOICE,)),
    fact("chose.1", FactType.BOOLEAN, name="chose", reads=Reads.CHOICE, arguments=(_CHOICE, ("option", "x"))),
    fact("last_date.1", FactType.DATE, name="supported_on", reads=Reads.SUPPORT, measure="presence"),
    fact("sum.1", name="hours", reads=Reads.SUPPORT, measure="value"),
    fact("grade.1", FactType.TEXT, name="grade", reads=Reads.ENROLMENT),
    fact("organisation.1", FactType.TEXT, name="organisation", reads=Reads.ENROLMENT),
    fact("enrolled.1", FactType.BOOLEAN, name="enrolled", reads=Reads.ENROLMENT, arguments=(("course", "ALG1"),)),
)

ALL_FACTS = _all_facts()
"""Every fold with every kind of filter, in turn under each order."""
