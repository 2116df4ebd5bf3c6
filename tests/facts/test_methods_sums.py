"""Shares of sums, sums over groups, and days moved on: each on evidence short enough to be added up by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.facts.backing import Backing
from ledger.facts.methods.base import Arguments
from ledger.facts.methods.moved import later
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import Folding, folding_of
from ledger.facts.surroundings import NOWHERE
from ledger.policy import ABSENT, UNKNOWN, FactDefinition, FactType, FieldIs, Reads, param
from ledger.policy.sheet import table
from tests.facts.support import backing_of, fact, provided, record_of, shown, status, value_of

RATIO = fact("ratio.1", measure="value")


def scores(*told: tuple[str, str | None], **more: Any) -> LearnerRecord:
    """Fold scores given as value and maximum, one a day."""
    return record_of(
        *(
            shown(f"e{place}", score=(value, "0", maximum), occurred=f"2026-01-{place + 1:02d}", **more)
            for place, (value, maximum) in enumerate(told)
        )
    )


@pytest.mark.parametrize(
    ("told", "value"),
    [
        pytest.param([("81", "90"), ("72", "90")], 85, id="days present of days offered"),
        pytest.param([("1", "1"), ("0", "3")], 25, id="not the mean of 100 and 0"),
        pytest.param([("1", "3")], Fraction(100, 3), id="exact"),
        pytest.param([("4.5", "5"), ("0", "5")], 45, id="decimals"),
        pytest.param([("81", "90"), ("9", None)], 90, id="no maximum, not counted"),
        pytest.param([("81", None)], ABSENT, id="none with a maximum"),
        pytest.param([("0", "0")], ABSENT, id="nothing offered"),
        pytest.param([("0", "0"), ("3", "4")], 75, id="a week without days"),
        pytest.param([], ABSENT, id="nothing"),
    ],
)
def test_a_ratio_is_a_share_of_sums(told: list[tuple[str, str | None]], value: Any) -> None:
    """A ratio adds up all values and all maxima before it divides once."""
    assert value_of(scores(*told), RATIO) == value


def test_a_ratio_is_backed_by_what_it_counts() -> None:
    """Evidence without a maximum stands behind no ratio, and a ratio without value has nothing behind it."""
    assert backing_of(scores(("81", "90"), ("9", None), ("9", "9")), RATIO) == Backing((1, 3), 2)
    assert backing_of(scores(("0", "0")), RATIO) == Backing()


def test_a_ratio_can_be_rounded() -> None:
    """89.5 % of days is 90 % where whole percents are asked for, and 89.5 % where they are not."""
    rounded = fact("ratio.1", measure="value", arguments=(("round_to", 1),))

    assert value_of(scores(("179", "200")), rounded) == 90
    assert value_of(scores(("179", "200")), RATIO) == Fraction(179, 2)


def test_a_level_has_no_maximum() -> None:
    """Evidence of a level is in no ratio and its maximum is not on record."""
    record = record_of(shown("a", "3", "2026-01-01"), shown("b", score=("3", None, "4")))
    maximum = fact("item.maximum", name="maximum")
    listed = fact("items.1", FactType.LIST, measure="presence", members=(maximum,))

    assert value_of(record, RATIO) == 75
    assert value_of(record, listed) == ({"maximum": 4}, {"maximum": ABSENT})


@pytest.mark.parametrize(
    "parameters", [pytest.param({"step": ABSENT}, id="not in force"), pytest.param({}, id="unknown")]
)
def test_rounding_by_a_parameter(parameters: dict[str, Any]) -> None:
    """Rounding that is not in force is no rounding; rounding that is not known leaves the fact unknown."""
    mean = fact("mean.1", measure="value", arguments=(("round_to", param.step),))
    record = scores(("69", None), ("70", None))

    assert value_of(record, mean, parameters={"step": 1}) == 70
    assert value_of(record, mean, parameters=parameters) == (Fraction(139, 2) if parameters else UNKNOWN)


def test_rounding_shares_the_state_of_what_is_not_rounded() -> None:
    """Facts that differ in rounding alone, or in how far a day is moved on, are folded once."""
    means = [fact("mean.1", arguments=each) for each in ((), (("round_to", 1),), (("round_to", 5),))]
    days = [fact("last_date.1", FactType.DATE, arguments=each) for each in ((), (("plus_days", 7),))]

    assert len({folded(each).key for each in means}) == 1
    assert len({folded(each).key for each in days}) == 1


def folded(definition: FactDefinition) -> Folding:
    """Make a definition ready to fold."""
    found = folding_of(definition, {}, NOWHERE.levels)
    assert isinstance(found, Folding)
    return found


def semesters(*told: tuple[str | None, str]) -> LearnerRecord:
    """Fold grades given as the semester and the grade, one a day."""
    return record_of(
        *(
            shown(f"e{place}", score=(grade, None, None), occurred=f"2026-01-{place + 1:02d}", task=semester)
            for place, (semester, grade) in enumerate(told)
        )
    )


@pytest.mark.parametrize(
    ("method", "one", "value"),
    [
        ("sum_of_each.1", "best", 140),
        ("sum_of_each.1", "latest", 135),
        ("mean_of_each.1", "best", 70),
        ("mean_of_each.1", "latest", Fraction(135, 2)),
    ],
)
def test_one_measure_of_each_group_counts(method: str, one: str, value: Any) -> None:
    """A semester taken twice counts once, with its best grade or its latest; a grade of no semester does not count."""
    record = semesters(("fall", "60"), ("spring", "75"), ("fall", "65"), (None, "100"), ("spring", "70"))
    definition = fact(method, measure="value", arguments=(("each", "task"), ("one", one)))

    assert value_of(record, definition) == value
    assert backing_of(record, definition) == Backing((2, 3) if one == "best" else (3, 5), 2)


def test_the_best_of_each_is_what_counts_without_a_word() -> None:
    """Which measure stands for a group is the best unless the definition says otherwise; rounding comes last."""
    record = semesters(("fall", "60"), ("fall", "69"), ("spring", "70"))
    mean = fact("mean_of_each.1", measure="value", arguments=(("each", "task"), ("round_to", 1)))

    assert value_of(record, mean) == 70
    assert value_of(semesters((None, "3")), mean) is ABSENT


@pytest.mark.parametrize(
    ("told", "value"),
    [
        pytest.param([("welding", "70"), ("safety", "75")], 0, id="together they reach their cuts"),
        pytest.param([("welding", "70"), ("safety", "74")], -1, id="together they miss them"),
        pytest.param([("welding", "60"), ("welding", "90")], 25, id="the best of an examination"),
        pytest.param([("sewing", "100")], ABSENT, id="no cut, not counted"),
        pytest.param([(None, "100")], ABSENT, id="no examination, not counted"),
    ],
)
def test_a_margin_sets_results_off_against_each_other(told: list[tuple[str | None, str]], value: Any) -> None:
    """What one examination lies above its cut makes up for what another lies below."""
    cuts = table({"welding": 65, "safety": 80})
    margin = fact("margin.1", measure="value", arguments=(("each", "task"), ("cuts", param.cuts)))

    assert value_of(semesters(*told), margin, parameters={"cuts": cuts}) == value


def test_a_margin_may_have_one_cut_for_all() -> None:
    """A number for a cut is the cut of every value."""
    margin = fact("margin.1", measure="value", arguments=(("each", "task"), ("cuts", Fraction(139, 2))))

    assert value_of(semesters(("fall", "69"), ("spring", "71")), margin) == 1


@pytest.mark.parametrize(
    ("day", "months", "days", "value"),
    [
        pytest.param("2026-01-31", 1, 0, "2026-02-28", id="no such day in the month"),
        pytest.param("2024-01-31", 1, 0, "2024-02-29", id="a leap year"),
        pytest.param("2024-02-29", 12, 0, "2025-02-28", id="a year after a leap day"),
        pytest.param("2026-06-15", 12, 0, "2027-06-15", id="a year"),
        pytest.param("2026-11-30", 2, 3, "2027-02-02", id="months before days"),
        pytest.param("2026-12-31", 0, 1, "2027-01-01", id="a day into the next year"),
        pytest.param("2026-06-15", 0, 0, "2026-06-15", id="not at all"),
        pytest.param("9999-12-01", 1, 0, "9999-12-31", id="months past the calendar"),
        pytest.param("9999-12-01", 0, 31, "9999-12-31", id="days past the calendar"),
    ],
)
def test_a_day_moves_on_by_months_and_then_days(day: str, months: int, days: int, value: str) -> None:
    """A day some months later is the same day of that month, or its last; days are added after that."""
    arguments: Arguments = {"plus_months": months, "plus_days": days}

    assert later(date.fromisoformat(day), arguments) == date.fromisoformat(value)


def test_deadlines_run_from_a_day_in_the_record() -> None:
    """A year after the last class and a week after the first, or after a status began, are facts like their days."""
    record = record_of(
        shown("a", "3", "2026-01-05"), shown("b", "3", "2026-02-05"), status("ended", first="2026-03-01")
    )
    first = fact("first_date.1", FactType.DATE, arguments=(("plus_days", 7),))
    last = fact("last_date.1", FactType.DATE, arguments=(("plus_months", 12),))
    ended = fact("status_day.1", FactType.DATE, reads=Reads.STATUS, arguments=(("code", "ended"), ("plus_months", 12)))

    assert [value_of(record, each) for each in (first, last, ended)] == [
        date(2026, 1, 12),
        date(2027, 2, 5),
        date(2027, 3, 1),
    ]
    assert value_of(record_of(), last) is ABSENT


def test_hours_of_help_are_added_up() -> None:
    """Support that was given with hours is summed like the values of evidence; what has no hours adds none."""
    record = record_of(
        provided("tutoring", "2026-01-05", hours="1.5"),
        provided("tutoring", "2026-01-06", hours=None),
        provided("counselling", "2026-01-07", hours="2"),
    )
    hours = fact("sum.1", reads=Reads.SUPPORT, measure="value", where=(FieldIs("kind", "tutoring"),))

    assert value_of(record, hours, subject="competency/ratio") == Fraction(3, 2)


def test_days_since_the_previous_member_are_counted_within_a_field() -> None:
    """The first of its field has none, and an undated neighbour leaves it unknown; without a field all are compared."""
    record = record_of(
        shown("a", "1", "2026-01-05", instrument="ap"),
        shown("b", "1", "2026-01-07", instrument="clep"),
        shown("c", "1", "2026-01-15", instrument="ap"),
        shown("d", "1", None, instrument="clep"),
    )
    since = [
        fact("item.days_since_previous", FactType.INTEGER, name="any"),
        fact("item.days_since_previous", FactType.INTEGER, name="same", arguments=(("same", "instrument"),)),
    ]
    listed = value_of(record, fact("items.1", FactType.LIST, measure="presence", members=tuple(since)))

    assert [(each["any"], each["same"]) for each in listed] == [
        (ABSENT, ABSENT),
        (UNKNOWN, ABSENT),
        (2, UNKNOWN),
        (8, 10),
    ]
