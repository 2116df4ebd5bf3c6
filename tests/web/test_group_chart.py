"""The chart of a change by group."""

from ledger.inquiry.impact_groups import GroupImpact, Impact
from ledger.simulation.breakdown import HIDDEN, Cell
from web.group_chart import group_bars

HIDDEN_GROUP = GroupImpact("few", HIDDEN, HIDDEN, HIDDEN, None, None, unfair=False)
UNFAIR = GroupImpact("English <learner>", Cell(130, 150), HIDDEN, Cell(90, 110), 60, 83, unfair=True)


def test_a_bar_goes_from_the_least_to_the_most() -> None:
    """The longest share fills the width; a group that loses far more often is flagged in words."""
    drawn = group_bars(Impact(1000, 0, 100, (UNFAIR,)))

    assert '<rect class="may" width="100.0%"' in drawn
    assert '<rect class="bad" width="72.2%"' in drawn
    assert "<b>60 to 83 %</b>" in drawn
    assert "above the whole" in drawn
    assert "English &lt;learner&gt;" in drawn


def test_a_hidden_group_has_no_bar() -> None:
    """Its share is said to be hidden, and nothing is drawn."""
    drawn = group_bars(Impact(100, 0, 10, (HIDDEN_GROUP,)))

    assert "<b>hidden</b>" in drawn
    assert drawn.count("<rect") == 2


def test_nobody_is_drawn_as_nothing() -> None:
    """Without learners there is one bar of no length."""
    assert "<b>0 %</b>" in group_bars(Impact(0, 0, 0, ()))
