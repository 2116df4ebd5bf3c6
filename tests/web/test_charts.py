"""The bars: parts of a whole, with words for those who do not see them."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.inquiry.rounding import one_decimal
from ledger.pilots.comparing import ComparedArm, MeasureRow, PilotComparison
from web.charts import Part, bar, mini, share
from web.pilot_plots import plots

counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=7)


def parts(*some: int) -> list[Part]:
    """Return parts with these counts."""
    return [Part("good", "✓", f"kind {number}", count) for number, count in enumerate(some)]


def test_a_bar_says_its_numbers() -> None:
    """The label gives what is divided and every part that is not nothing."""
    drawn = bar(parts(1200, 0, 3), "Mastery")

    assert 'role="img" aria-label="Mastery: 1,200 kind 0, 3 kind 2"' in drawn


def test_a_bar_of_nothing_is_an_empty_track() -> None:
    """Where nothing was counted nothing is drawn, and the label says so."""
    drawn = bar(parts(0, 0), "Credit")

    assert 'aria-label="Credit: nothing yet"' in drawn
    assert drawn.count("<rect") == 1


def test_words_are_escaped() -> None:
    """A jurisdiction's word may hold any character."""
    assert "&lt;b&gt;" in bar([Part("good", "✓", "<b>", 1)], "x")


def test_narrow_parts_have_no_words() -> None:
    """A part too narrow for its number leaves it to the table."""
    assert re.findall(r">([✓ 0-9,]+)</text>", bar(parts(95, 5), "x")) == ["✓ 95"]


def test_a_small_bar_is_for_the_eye_alone() -> None:
    """The numbers stand in the same row of the table."""
    drawn = mini(parts(2, 1))

    assert 'aria-hidden="true"' in drawn
    assert "<text" not in drawn


@given(counts)
def test_parts_fill_the_bar_and_no_more(some: list[int]) -> None:
    """The widths follow one another and end within the whole."""
    drawn = re.findall(r'<rect class="good" x="([\d.]+)%" width="([\d.]+)%"', bar(parts(*some), "x"))
    ends = [Fraction(start) + Fraction(width) for start, width in drawn]

    assert all(end <= 100 for end in ends)
    assert all(Fraction(start) >= end - Fraction(2, 100) for (start, _), end in zip(drawn[1:], ends, strict=False))


@pytest.mark.parametrize(
    ("count", "total", "written"),
    [(0, 0, "0 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (1, 2, "50 %"), (1, 2000, "0.1 %"), (7, 7, "100 %")],
)
def test_shares_are_rounded_half_up(count: int, total: int, written: str) -> None:
    """A share has one decimal at most."""
    assert share(count, total) == written


@given(st.fractions(0, 10**6), st.fractions(0, 10**6))
def test_a_figure_of_any_number_is_drawn(value: Fraction, further: Fraction) -> None:
    """A mean is seldom a decimal: what was worked out exactly is drawn on a round scale, and said with one decimal."""
    low, high = str(value), str(value + further)
    rows = tuple(
        MeasureRow(organisation=name, takes_part=True, measure="tries on average", value=high, low=low, high=high)
        for name in ("us-tx/a", "us-tx/b")
    )
    arms = tuple(ComparedArm(organisation=row.organisation, takes_part=True, submitted=True) for row in rows)
    found = PilotComparison(
        pilot="1",
        title="One",
        question="MASTERY",
        award="standard",
        first_day="2026-06-05",
        last_day="2027-06-30",
        submitted=2,
        arms=arms,
        rows=rows,
        matrix=(),
    )
    (plot,) = plots(found)

    assert Fraction(plot.end) > value + further
    assert [one_decimal(value + further)] * 2 == [row.number for row in plot.rows]
    assert 2 == sum(row.drawing.count("<circle") for row in plot.rows)
