"""Alignments fold with what governs, and answer for any day as known at any position."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.aligned import Alignment, alignments, alignments_on
from ledger.domain.alignment import AlignmentEnded, CompetencyAligned
from ledger.domain.governance import Governance
from ledger.domain.shapes import Authority, Payload

BOARD = Authority(body="Curriculum board")
BEGINNING = date(2026, 1, 1)
LAST = 30


def day(number: int) -> str:
    """Return a day of January 2026, from 0."""
    return (BEGINNING + timedelta(days=number)).isoformat()


def aligned(
    first: int = 0, last: int | None = None, local: str = "l1", relation: str = "isPartOf"
) -> CompetencyAligned:
    """Align a local competency to the state's first one for a span of days."""
    return CompetencyAligned(
        jurisdiction="us-tx/pine-valley",
        framework="local",
        edition="1" * 64,
        competency=local,
        to_framework="state",
        to_edition="2" * 64,
        to_competency="s1",
        relation=relation,  # type: ignore[arg-type]
        first_day=day(first),
        last_day=None if last is None else day(last),
        authority=BOARD,
    )


def ended(position: int, last: int) -> AlignmentEnded:
    """End the alignment at a position."""
    return AlignmentEnded(
        jurisdiction="us-tx/pine-valley",
        framework="local",
        alignment=position,
        last_day=day(last),
        authority=BOARD,
        reason="reworded",
    )


def folded(*payloads: Payload) -> Governance:
    """Fold payloads at the positions 1, 2 ..."""
    governance = Governance()
    for position, payload in enumerate(payloads, start=1):
        governance.apply(position, payload)
    return governance


def holding(governance: Governance, number: int, read_to: int) -> list[int]:
    """Return the positions of the alignments that hold on a day as known at a position."""
    return [one.position for one in alignments_on(governance, BEGINNING + timedelta(days=number), read_to)]


def test_an_alignment_holds_on_its_days() -> None:
    """Both ends of a span are inclusive, and an open one has no end."""
    governance = folded(aligned(2, 4), aligned(3, None, "l2"))

    assert [[], [1], [1, 2], [1, 2], [2], [2]] == [holding(governance, number, 2) for number in range(1, 7)]


def test_an_end_is_known_from_its_position() -> None:
    """Before its end was written an alignment held on; from then on it held only to that day, or never."""
    governance = folded(aligned(0), ended(1, 5), aligned(3, None, "l2"), ended(3, 2))

    assert [1] == holding(governance, 9, 1)
    assert [] == holding(governance, 9, 2)
    assert [1, 3] == holding(governance, 4, 3)
    assert [1] == holding(governance, 4, 4)


def test_the_soonest_end_counts() -> None:
    """A later word can shorten an alignment further and never lengthen it."""
    governance = folded(aligned(0, 20), ended(1, 9), ended(1, 12), ended(1, 25))

    assert [day(9)] == [one.last_day for one in alignments(governance, 4)]


def test_an_end_here_is_no_end_of_what_came_from_above() -> None:
    """Positions of two ledgers are not mixed up: an end names one of its own ledger."""
    governance = Governance()
    governance.apply(7, aligned(), "ledger.test/state", there=1)
    governance.apply(8, ended(1, 3))
    before = alignments(governance, 8)
    governance.apply(9, ended(1, 4), "ledger.test/state", there=2)

    assert [None] == [one.last_day for one in before]
    assert [day(4)] == [one.last_day for one in alignments(governance, 9)]


def test_an_alignment_says_itself() -> None:
    """In a sentence an alignment is its relation, its days and its position; only an exact match is whole."""
    exact = Alignment(aligned(0, None, relation="exactMatchOf"), day(4), 7, 7, None)
    part = Alignment(aligned(0), None, 8, 8, None)

    assert "exactMatchOf from 2026-01-01 to 2026-01-05 (position 7)" == str(exact)
    assert "isPartOf from 2026-01-01 on (position 8)" == str(part)
    assert (True, False) == (exact.whole, part.whole)


days = st.integers(0, LAST)
spans = st.tuples(days, st.none() | days)


@given(
    st.lists(spans, min_size=1, max_size=6), st.lists(st.tuples(st.integers(1, 6), days), max_size=6), days, st.data()
)
def test_every_answer_is_that_of_its_definition(
    made: list[tuple[int, int | None]], ends: list[tuple[int, int]], number: int, data: st.DataObject
) -> None:
    """What holds on a day as known at a position is what began by then and no end known there has passed."""
    payloads: list[Payload] = [aligned(*span, local=f"l{place}") for place, span in enumerate(made)]
    governance = folded(*payloads, *(ended(*end) for end in ends))
    read_to = data.draw(st.integers(0, governance.position))
    expected = [
        place
        for place, (first, last) in enumerate(made, start=1)
        if place <= read_to
        and first <= number
        and (last is None or number <= last)
        and all(
            number <= end
            for position, (which, end) in enumerate(ends, start=len(made) + 1)
            if position <= read_to and which == place
        )
    ]

    assert expected == holding(governance, number, read_to)


@given(spans, spans)
def test_overlapping_means_a_day_in_common(one: tuple[int, int | None], other: tuple[int, int | None]) -> None:
    """Two spans overlap exactly where some day lies in both."""
    both = [
        number
        for number in range(LAST + 1)
        if all(first <= number and (last is None or number <= last) for first, last in (one, other))
    ]
    known = Alignment(aligned(*one), None if one[1] is None else day(one[1]), 1, 1, None)

    assert bool(both) == known.overlaps(day(other[0]), None if other[1] is None else day(other[1]))
