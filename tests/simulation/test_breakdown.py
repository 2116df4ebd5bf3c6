"""Figures by group: none small, none that could be subtracted, whatever is run."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.simulation import Cell, Effect, GroupCells, Grouping, breakdown, simulate
from ledger.simulation.breakdown import HIDDEN, THRESHOLD, rounded
from tests.simulation.support import BASELINE, CANDIDATE, draw, grouping, held

LEARNERS = [f"learner-{number}" for number in range(90)]
EFFECTS = list(Effect)


@dataclass(frozen=True, slots=True)
class Watched:
    """A draw that notes what it is asked for."""

    seen: list[bytes]

    def __call__(self, about: bytes) -> bytes:
        """Draw."""
        self.seen.append(about)
        return draw(about)


groups_of = st.lists(st.sampled_from([(), ("few",), ("many",), ("few", "many")]), min_size=90, max_size=90).map(
    lambda drawn: dict(zip(LEARNERS, drawn, strict=True))
)
runs = st.lists(st.sampled_from([None, *EFFECTS[:3]]), min_size=90, max_size=90).map(
    lambda drawn: {
        ledger: {
            learner: effect
            for learner, effect in zip(LEARNERS, drawn, strict=True)
            if effect and (ledger == "one") == (int(learner[8:]) < 60)
        }
        for ledger in ("one", "two")
    }
)
"""Everybody, or some, of two ledgers, with an effect each."""


def cells(found: Iterable[GroupCells]) -> list[Cell]:
    """Return every cell of a breakdown."""
    return [cell for one in found for cell in (one.learners, *one.effects.values())]


def counted(run: dict[str, dict[str, Effect]], groups: dict[str, Any], group: str, *effects: Effect) -> int:
    """Count the learners of a group with one of some effects."""
    return sum(group in groups[one] and effect in effects for some in run.values() for one, effect in some.items())


@given(groups_of, runs, runs)
def test_two_figures_differ_by_nothing_or_by_ten_and_more(groups: Any, first: Any, second: Any) -> None:
    """Of any two runs over any populations any two figures shown are equal, or at least the threshold apart."""
    shown = [
        cell.at_least
        for run in (first, second)
        for cell in cells(breakdown(run, EFFECTS, grouping(groups)))
        if cell.at_least is not None
    ]

    assert {abs(one - other) for one, other in product(shown, shown)} <= {0, *range(THRESHOLD, 1000, THRESHOLD)}


@given(groups_of, runs)
def test_a_figure_shown_is_no_small_one_and_holds_the_count(groups: Any, run: Any) -> None:
    """A cell of fewer than ten learners is hidden; any other, shown or not, says nothing false."""
    for one in breakdown(run, EFFECTS, grouping(groups, "few", "many")):
        for effects, cell in [(EFFECTS, one.learners), *(([Effect(name)], cell) for name, cell in one.effects.items())]:
            count = counted(run, groups, one.group, *effects)

            assert count >= THRESHOLD or cell == HIDDEN
            assert cell.at_least is None or cell.below is None or cell.at_least <= count < cell.below


@given(groups_of, runs)
def test_a_hidden_figure_is_not_the_total_less_the_others(groups: Any, run: Any) -> None:
    """From the total and all other figures a hidden one can still have ten values and more."""
    one_ledger = {"one": run["one"]}
    for one in breakdown(one_ledger, EFFECTS[:3], grouping(groups, "few")):
        lowest, highest = _bounds(one.learners)
        for effect, cell in one.effects.items():
            others = [_bounds(other) for name, other in one.effects.items() if name != effect]
            least = max(0, lowest - sum(most for _, most in others))
            most = min(_bounds(HIDDEN)[1], highest - sum(at_least for at_least, _ in others))

            assert cell != HIDDEN or most - least + 1 >= THRESHOLD or not _anybody(one_ledger, effect)


def _bounds(cell: Cell) -> tuple[int, int]:
    """Return the least and the most a figure of one ledger can stand for."""
    if cell.at_least is None or cell.below is None:
        return 0, 2 * THRESHOLD - 2
    return cell.at_least, cell.below - 1


def _anybody(run: dict[str, dict[str, Effect]], effect: str) -> bool:
    """Say whether an effect happens to anybody; that it happens to nobody is no secret."""
    return any(one == effect for held in run.values() for one in held.values())


@given(st.integers(0, 60), st.integers(0, 9), st.integers(0, 9))
def test_where_everybody_else_is_of_the_other_group_a_hidden_figure_stays_hidden(count: int, a: int, b: int) -> None:
    """Of a known number in two groups, the small figure can still have ten values, whatever the large one shows."""
    everybody = 60
    shown, hidden = rounded(count, a, everybody), rounded(everybody - count, b, everybody)
    least = max(hidden, everybody - shown - 2 * THRESHOLD + 1)
    most = min(hidden + 2 * THRESHOLD - 1, everybody - shown)

    assert everybody - count >= THRESHOLD or most - least + 1 >= THRESHOLD


def test_one_learner_more_proves_nothing() -> None:
    """Any pair of figures that one more learner of a group can give, one more of another group can give too."""
    draws = range(THRESHOLD)
    for count in (*range(32), 49, 50, 51):
        for among in (count + 1, count + 15):
            with_one = {(rounded(count, a, among), rounded(count + 1, b, among + 1)) for a, b in product(draws, draws)}
            without = {
                (rounded(same, a, among), rounded(same, b, among + 1))
                for same in range(among + 1)
                for a, b in product(draws, draws)
            }

            assert with_one <= without


@given(groups_of, groups_of, runs)
def test_what_is_drawn_says_nothing_of_a_group(groups: Any, others: Any, run: Any) -> None:
    """The draw is asked for the same bytes whoever belongs to a group: it follows from whom an effect happens to."""
    asked: list[list[bytes]] = []
    for some in (groups, others):
        seen: list[bytes] = []
        breakdown(run, EFFECTS, Grouping(some, Watched(seen), ("few",)))
        asked.append(seen)

    assert asked[0] == asked[1]


@given(groups_of, runs)
def test_the_same_population_gives_the_same_figures(groups: Any, run: Any) -> None:
    """Repeating a run brings no other draw to average over, in whatever order learners come."""
    turned = {ledger: dict(reversed(held.items())) for ledger, held in reversed(run.items())}

    assert breakdown(run, EFFECTS, grouping(groups)) == breakdown(turned, EFFECTS, grouping(groups))


def test_figures_of_several_ledgers_are_sums() -> None:
    """A state's figure is the sum of its districts' figures, so that districts left out bring no other draw."""
    groups = dict.fromkeys(LEARNERS, ("many",))
    ledgers = {"one": dict.fromkeys(LEARNERS[:60], "gains"), "two": dict.fromkeys(LEARNERS[60:], "gains")}
    [both], [one], [two] = (
        breakdown(some, ["gains"], grouping(groups))
        for some in (ledgers, {"one": ledgers["one"]}, {"two": ledgers["two"]})
    )
    parts = [each.effects["gains"] for each in (one, two)]

    assert both.effects["gains"].at_least == sum(part.at_least or 0 for part in parts)
    assert both.effects["gains"].below == sum(part.below or 0 for part in parts)


def test_only_the_groups_wanted_are_told() -> None:
    """Named groups come in the order named, an unknown one hidden; without a name all there are, sorted."""
    groups = {"learner-1": ("b", "a"), "learner-2": ("c",)}
    run = {"one": dict.fromkeys(LEARNERS, "gains")}

    assert ["c", "x"] == [one.group for one in breakdown(run, ["gains"], grouping(groups, "c", "x"))]
    assert ["a", "b", "c"] == [one.group for one in breakdown(run, ["gains"], grouping(groups))]


def test_a_what_if_tells_its_groups() -> None:
    """Of 60 learners who gain, 40 of one group: the figure is a range around 40; a figure reads as a range."""
    learners = {f"l{number}": 2 for number in range(60)}
    found = simulate(
        [held(learners)], BASELINE, CANDIDATE, seed=1, grouping=grouping(dict.fromkeys(list(learners)[:40], ("many",)))
    )
    [many] = found.groups

    assert many.learners == many.effects["gains"]
    assert many.learners.at_least in (30, 40)
    assert f"{many.learners.at_least} to {(many.learners.at_least or 0) + 19}" == str(many.learners)
    assert ["hidden"] * 4 == [str(cell) for effect, cell in many.effects.items() if effect != "gains"]
