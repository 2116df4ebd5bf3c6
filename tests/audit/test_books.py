"""Which decisions are about closed books, by what stands in the events alone."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.books import BookList, BookRow, Scope, book_list, days_of, decided_after
from ledger.domain.belonging import CourseCompleted
from ledger.domain.erasure import Erased
from ledger.domain.learner import (
    Decided,
    DecisionDigests,
    Evidence,
    EvidenceCorrected,
    EvidenceRecorded,
    EvidenceWithdrawn,
)
from ledger.domain.shapes import Payload, Source, Subject, VaultText
from ledger.storage.envelope import Event

LIST = Scope("graduation", ("GRADUATION",), None, "2026-06-30")
TERM = Scope("term", None, "2026-01-05", "2026-05-29")
REASON = VaultText(text="t", digest="d")
DIGESTS = DecisionDigests(rule="r", parameters="p", facts="f", evaluator="e", finding="x")


def decided(
    question: str = "GRADUATION", outcome: str = "met", on: str = "2026-05-20", subject: str = "diploma"
) -> Any:
    """Decide something."""
    return Decided(
        question=question,  # type: ignore[arg-type]
        subject=Subject(kind="requirement", id=subject),
        award="standard",
        on=on,
        read_to=1,
        learner_version=1,
        adoption=1,
        policy="p",
        edition="p@2000-01-01",
        digests=DIGESTS,
        outcome=outcome,  # type: ignore[arg-type]
        stage="rule",
        standing="current",
        effect="immediate",
    )


def evidence(occurred: str) -> Evidence:
    """Make evidence of a day."""
    return Evidence(
        evidence_id="e", source=Source(system="s"), kind="task", purpose="summative", results=(), occurred=occurred
    )


def log(*said: tuple[str, str, Payload], start: int = 1) -> list[Event[Any]]:
    """Write events down, each with learner and command."""
    found = []
    for position, (learner, command, payload) in enumerate(said, start=start):
        found.append(
            Event(
                v=1,
                at="2026-06-15T17:00:00.000000Z",
                actor="a",
                role="operator",
                behalf=None,
                command=command,
                cause=None,
                salt="",
                data=payload,
                originator_id=f"learner/{learner}",
                originator_version=position,
                position=position,
            )
        )
    return found


def nothing_before(_: str) -> tuple[str, ...]:
    """Know no evidence."""
    return ()


def whys(scope: Scope, listed: Iterable[BookRow], *said: tuple[str, str, Payload]) -> list[tuple[str, str | None]]:
    """Return why each later decision counts, and what the list says."""
    return [(one.why, one.was) for one in decided_after(scope, list(listed), log(*said, start=50), nothing_before)]


def test_a_graduation_list_holds_what_is_met() -> None:
    """Of decisions of one key the last stands; what is not met, of another question or of a later day is left out."""
    events = log(
        ("one", "1", decided(outcome="not_yet")),
        ("one", "2", decided(outcome="met")),
        ("two", "3", decided(outcome="met")),
        ("two", "4", decided(outcome="not_yet")),
        ("three", "5", decided("CREDIT")),
        ("four", "6", decided(on="2026-07-01")),
    )

    found = book_list(LIST, events)
    assert [("one", 2, "met")] == [(row.learner, row.version, row.outcome) for row in found.rows]


def test_a_term_holds_every_standing_decision_of_its_days() -> None:
    """Whatever they say; one that was replaced after the term, before it was closed, is not on the list."""
    events = log(
        ("one", "1", decided("MASTERY", "not_yet", "2026-01-05")),
        ("two", "2", decided("CREDIT", "met", "2026-05-29")),
        ("three", "3", decided("CREDIT", "met", "2026-01-04")),
        ("four", "4", decided("CREDIT", "met", "2026-02-01")),
        ("four", "5", decided("CREDIT", "met", "2026-06-01")),
    )

    assert [("one", "not_yet"), ("two", "met")] == [(row.learner, row.outcome) for row in book_list(TERM, events).rows]


def test_what_was_erased_is_counted() -> None:
    """A decision whose payload was erased is on no list, and counted."""
    gone = Erased(topic="learner.decided.1", digest="d")
    found = book_list(TERM, log(("one", "1", gone), ("two", "2", decided(on="2026-02-01"))))

    assert (1, 1) == (found.erased, len(found.rows))


def test_the_digest_is_that_of_the_rows() -> None:
    """The digest is over each row as canonical JSON on its line, and that of nothing where there is none."""
    row = BookRow("one", "CREDIT", "course/ALG", "standard", 7, "met", "2026-05-01")

    assert "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" == BookList((), 0).digest
    assert BookList((row,), 0).digest != BookList((row, row), 0).digest


@given(st.permutations([("one", "1"), ("two", "2"), ("three", "3"), ("four", "4")]))
def test_the_list_is_sorted(order: list[tuple[str, str]]) -> None:
    """Learners that were decided about in another order give the same rows in the same order."""
    events = log(*((learner, command, decided()) for learner, command in order))

    assert ["four", "one", "three", "two"] == [row.learner for row in book_list(LIST, events).rows]


def test_a_decision_on_the_list_made_anew_is_told() -> None:
    """Whatever it is due to, a later decision on what a graduation list holds takes the place of one on it."""
    listed = book_list(LIST, log(("one", "1", decided()))).rows

    assert [("it takes the place of a decision on the list", "met")] == whys(
        LIST, listed, ("one", "9", decided(outcome="not_yet", on="2026-07-02"))
    )


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        pytest.param(EvidenceRecorded(evidence=evidence("2026-03-01")), ["2026-03-01"], id="new"),
        pytest.param(
            EvidenceCorrected(evidence=evidence("2026-07-01"), reason=REASON), ["2026-07-01", "2026-03-09"], id="moved"
        ),
        pytest.param(EvidenceWithdrawn(evidence_id="e", reason=REASON), ["2026-03-09"], id="withdrawn"),
        pytest.param(CourseCompleted(course="ALG", day="2026-05-20"), ["2026-05-20"], id="a course"),
        pytest.param(decided(), [], id="a decision"),
    ],
)
def test_an_entry_is_about_its_days(entry: Payload, days: list[str]) -> None:
    """An entry is about the days it names, and, where it changes evidence, about those that was of."""
    assert days == list(days_of(entry, lambda _: ["2026-03-09"]))


def test_what_follows_from_an_entry_about_a_closed_day_is_told() -> None:
    """The decisions of the same append are; those of an entry about a later day, and those of others, are not."""
    late, new = (EvidenceRecorded(evidence=evidence(day)) for day in ("2026-05-29", "2026-09-01"))
    after = decided("MASTERY", "not_yet", "2026-09-02")

    assert [("it follows from an entry about a day that was closed", None)] == whys(
        TERM, (), ("one", "7", late), ("one", "7", after), ("two", "8", new), ("two", "8", after), ("three", "9", after)
    )


def test_a_decision_for_a_closed_day_is_told() -> None:
    """One that was made on a day of the books, after they were closed, is."""
    assert [("it was decided for a day that was closed", None)] == whys(
        LIST, (), ("one", "7", decided(on="2026-06-30")), ("one", "8", decided("CREDIT", on="2026-06-30"))
    )
