"""Entries that are neither evidence nor decisions, in words: what each is, and what it says."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_args

from ledger.domain import belonging, disclosure, erasure, learner
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.shapes import Payload

Words = tuple[str, str]
"""What an entry is, and what it says."""


def entry_words(payload: Payload) -> Words:
    """Say what an entry is, and what it says, its subject aside."""
    return _SAYS[type(payload)](payload)


def _status(payload: learner.StatusSet) -> Words:
    until = f" to {payload.last_day}" if payload.last_day else ""
    since = f" from {payload.first_day}" if payload.first_day else ""
    return "status", f"{payload.code} {'holds' if payload.holds else 'does not hold'}{since}{until}"


def _provided(payload: learner.SupportProvided) -> Words:
    hours = f", {payload.hours} {'hour' if payload.hours == '1' else 'hours'}" if payload.hours else ""
    return "support", f"{payload.kind} provided{hours}"


def _panel(payload: learner.PanelVoted) -> Words:
    votes = Counter(member.vote for member in payload.members)
    said = ", ".join(f"{votes[vote]} {vote}" for vote in get_args(learner.Vote) if votes[vote])
    return "panel", f"{payload.body}: {payload.result.replace('_', ' ')} ({said})"


def _settled(payload: DifferenceSettled) -> Words:
    ruled = "stands" if payload.ruling == "stands" else "is decided anew"
    would = payload.offered.replace("_", " ")
    question = f"{payload.question} ({payload.award})" if payload.award != "standard" else payload.question
    return "settled", f"{question} of version {payload.standing} {ruled}, where the rule in force says {would}"


def _enrolled(payload: belonging.LearnerEnrolled) -> Words:
    grade = f", grade {payload.grade}" if payload.grade else ""
    return "enrolment", f"{payload.organisation}{grade}, {_span(payload)}"


def _course(payload: belonging.CourseEnrolled) -> Words:
    return "course", f"{payload.course}{_place(payload)}, {_span(payload)}"


def _span(payload: belonging.LearnerEnrolled | belonging.CourseEnrolled) -> str:
    return f"{payload.first_day} to {payload.last_day or 'further notice'}"


def _place(payload: Any) -> str:
    section = getattr(payload, "section", None)
    named = (("section", section), ("session", payload.session), ("in", payload.organisation))
    return "".join(f", {word} {code}" for word, code in named if code)


_OF_BELONGING: Mapping[type[Payload], Callable[[Any], Words]] = MappingProxyType(
    {
        belonging.LearnerEnrolled: _enrolled,
        belonging.LearnerTransferred: lambda one: ("transfer", f"from {one.origin} to {one.destination}"),
        belonging.GradeOfRecordSet: lambda one: ("grade", f"grade {one.grade} from {one.first_day}"),
        belonging.CourseEnrolled: _course,
        belonging.CourseCompleted: lambda one: ("course", f"{one.course}{_place(one)}, completed {one.day}"),
        belonging.CourseLeft: lambda one: ("course", f"{one.course}{_place(one)}, left {one.day}"),
        belonging.BelongingRetracted: lambda one: ("retraction", f"version {one.entry} does not count"),
    }
)

BELONGING = tuple(_OF_BELONGING)
"""The entries that say where a learner belongs."""

_SAYS: Mapping[type[Payload], Callable[[Any], Words]] = MappingProxyType(
    {
        learner.PreparationRecorded: lambda one: ("preparation", one.kind),
        learner.StatusSet: _status,
        learner.ApprovalGiven: lambda one: ("approval", f"{one.kind} given"),
        learner.ApprovalRefused: lambda one: ("approval", f"{one.kind} refused"),
        learner.CohortSet: lambda one: ("cohort", f"{one.clock} {one.day or one.year}"),
        learner.SupportOffered: lambda one: ("support", f"{one.kind} offered"),
        learner.SupportProvided: _provided,
        learner.PanelVoted: _panel,
        DifferenceSettled: _settled,
        learner.ChoiceMade: lambda one: ("choice", f"{one.choice}: {', '.join(one.options) or 'withdrawn'}"),
        **_OF_BELONGING,
        disclosure.Disclosed: lambda one: ("disclosure", f"{one.form} given out for {one.purpose}: {one.basis}"),
        disclosure.NamesDisclosed: lambda one: ("disclosure", f"name shown until {one.until}: {one.basis}"),
        erasure.KeyDestroyed: lambda one: ("erasure", f"key, texts and documents destroyed: {one.basis}"),
        erasure.PayloadsErased: lambda one: ("erasure", f"payloads of {len(one.versions)} entries erased: {one.basis}"),
    }
)
