"""Every method's formula, on sequences short enough to be checked by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.facts.backing import Backing
from ledger.policy import ABSENT, UNKNOWN, AtLevel, FactType, FieldIs, Reads
from tests.facts.support import COMPETENCY, approval, backing_of, fact, prepared, record_of, shown, value_of

DAYS = [f"2026-01-{day:02d}" for day in range(1, 29)]


def levels(*texts: str) -> Any:
    """Fold results of these levels, one a day."""
    return record_of(*(shown(f"e{place}", text, DAYS[place]) for place, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("method", "arguments", "texts", "value"),
    [
        pytest.param("best.1", {}, ("2", "4", "3"), 4, id="best"),
        pytest.param("best.1", {}, ("2.5", "2"), Fraction(5, 2), id="best of half levels"),
        pytest.param("latest.1", {}, ("2", "4", "3"), 3, id="latest"),
        pytest.param("level.1", {}, ("2", "4", "2.5"), Fraction(5, 2), id="level"),
        pytest.param("sum.1", {}, ("2", "4", "2.5"), Fraction(17, 2), id="sum"),
        pytest.param("mean.1", {}, ("2", "4", "4"), Fraction(10, 3), id="mean keeps thirds"),
        pytest.param("mean.1", {"round_to": 1}, ("69", "70"), 70, id="a half goes up"),
        pytest.param("mean.1", {"round_to": 1}, ("69", "69.9"), 69, id="less than a half goes down"),
        pytest.param("mean.1", {"round_to": 1}, ("-69", "-70"), -69, id="a half goes up below zero too"),
        pytest.param("mean.1", {"round_to": Fraction(1, 2)}, ("2", "2", "3"), Fraction(5, 2), id="to a half"),
        pytest.param("mean.1", {"round_to": Fraction(1, 3)}, ("2", "3"), Fraction(8, 3), id="to a third, a half up"),
        pytest.param("sum.1", {"round_to": 10}, ("71", "4"), 80, id="sum to tens"),
        pytest.param("median.1", {}, ("4", "1", "3"), 3, id="median of three"),
        pytest.param("median.1", {}, ("4", "1", "2", "3"), Fraction(5, 2), id="median of four"),
        pytest.param("median.1", {}, ("3",), 3, id="median of one"),
        pytest.param("median.1", {}, ("4", "1", "1", "1", "4"), 1, id="median of repeated ones"),
        pytest.param("median.1", {}, ("4", "1", "1", "4"), Fraction(5, 2), id="median between repeated ones"),
        pytest.param("median.1", {"round_to": 1}, ("2", "3"), 3, id="median rounded"),
        pytest.param("weighted.1", {"weight": 65, "round_to": Fraction(1, 100)}, ("2", "3", "4"), Fraction("3.48"),
            id="weighted to hundredths"),
        pytest.param("decaying.1", {"weight": 65, "round_to": Fraction(1, 100)}, ("2", "3", "4"), Fraction("3.53"),
            id="decaying to hundredths"),
        pytest.param("best_n_of_m.1", {"n": 2, "m": 3, "round_to": 1}, ("4", "2", "3", "2"), 3, id="best rounded"),
        pytest.param("n_times.1", {"n": 2, "cut": 3, "round_to": 1}, ("3", "4", "2"), 4, id="n times rounded"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "undetermined"}, ("2", "4", "3"), UNKNOWN, id="an open tie"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "undetermined"}, ("2", "4", "2"), 2, id="no tie to be open"),
        pytest.param("n_times.1", {"n": 2, "cut": 3}, ("3", "4", "2"), Fraction(7, 2), id="the cut itself meets"),
        pytest.param("n_times.1", {"n": 2, "cut": 3}, ("3", "4", "4"), Fraction(11, 3), id="averages all, not n"),
        pytest.param("n_times.1", {"n": 3, "cut": 3}, ("3", "4", "2"), ABSENT, id="too few at the cut"),
        pytest.param("weighted.1", {"weight": 65}, ("2", "3", "4"), Fraction("3.475"), id="weighted"),
        pytest.param("weighted.1", {"weight": 65}, ("2",), 2, id="weighted of one"),
        pytest.param("weighted.1", {"weight": Fraction(125, 2)}, ("2", "4"), Fraction("3.25"), id="weighted .5 %"),
        pytest.param("decaying.1", {"weight": 65}, ("2", "3", "4"), Fraction("3.5275"), id="decaying"),
        pytest.param("decaying.1", {"weight": Fraction(125, 2)}, ("2", "4"), Fraction("3.25"), id="decaying .5 %"),
        pytest.param("decaying.1", {"weight": 65}, ("3", "1"), Fraction("1.7"), id="decaying meets 1.7 exactly"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "highest"}, ("4", "2", "3", "2"), 2, id="mode"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "highest"}, ("2", "4", "3"), 4, id="tie to the highest"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "lowest"}, ("2", "4", "3"), 2, id="tie to the lowest"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "latest"}, ("2", "4", "3"), 3, id="tie to the latest"),
        pytest.param("mode_of_last.1", {"n": 3, "tie": "highest"}, ("4",), 4, id="mode of fewer"),
        pytest.param("best_n_of_m.1", {"n": 2, "m": 3}, ("4", "2", "3", "1"), Fraction(5, 2), id="best 2 of last 3"),
        pytest.param("best_n_of_m.1", {"n": 2, "m": 3}, ("4",), ABSENT, id="fewer than n"),
    ],
)  # fmt: skip
def test_numbers(method: str, arguments: dict[str, Any], texts: tuple[str, ...], value: Any) -> None:
    """Each method gives the exact number its formula states."""
    assert value_of(levels(*texts), fact(method, arguments=tuple(arguments.items()))) == value


@pytest.mark.parametrize(
    ("texts", "billionths"),
    [
        pytest.param(("0.000000001", "0"), 1, id="half a billionth goes up"),
        pytest.param(("-0.000000001", "0"), 0, id="half a billionth below zero goes up too"),
        pytest.param(("0.000000001", "0", "0"), 1, id="each step rounds again"),
    ],
)
def test_decaying_rounds_each_step_half_up(texts: tuple[str, ...], billionths: int) -> None:
    """Only decaying rounds: at 10^-9, at each step, a half upwards."""
    value = value_of(levels(*texts), fact("decaying.1", arguments=(("weight", 50),)))

    assert value == Fraction(billionths, 10**9)


def test_weighted_and_decaying_are_different_formulas() -> None:
    """The two averages that products confuse under one name differ from the third result on."""
    weight = (("weight", 65),)
    two, three = levels("2", "3"), levels("2", "3", "4")

    assert value_of(two, fact("weighted.1", arguments=weight)) == value_of(two, fact("decaying.1", arguments=weight))
    assert value_of(three, fact("weighted.1", arguments=weight)) != value_of(
        three, fact("decaying.1", arguments=weight)
    )


def test_equality_meets_the_cut() -> None:
    """A half level at a cut of that half level is at the level."""
    counted = fact("count.1", FactType.INTEGER, where=(AtLevel(Fraction(5, 2)),))

    assert value_of(levels("2.5", "2.4", "2.6"), counted) == 2


def test_distinct_does_not_count_null() -> None:
    """Evidence without the field is no further value of it, and each value is backed by its first item."""
    instruments = ("ap", None, "clep", "ap")
    record = record_of(*(shown(f"e{place}", "3", instrument=each) for place, each in enumerate(instruments)))
    distinct = fact("distinct.1", FactType.INTEGER, arguments=(("field", "instrument"),))

    assert value_of(record, distinct) == 2
    assert backing_of(record, distinct) == Backing((1, 3), 2)


def test_best_is_backed_by_the_first_to_reach_it() -> None:
    """An equal later result does not take the place of the first."""
    assert backing_of(levels("2", "4", "4"), fact("best.1")) == Backing((2,), 1)


def test_backing_lists_32_versions_and_digests_the_rest() -> None:
    """Beyond 32 versions the list is cut, the count goes on and a digest stands for all."""
    count = fact("count.1", FactType.INTEGER)
    few, many, more = (
        backing_of(record_of(*(shown(f"e{place}", "3") for place in range(size))), count) for size in (32, 40, 41)
    )

    assert few == Backing(tuple(range(1, 33)), 32)
    assert (many.versions, many.count) == (tuple(range(1, 33)), 40)
    assert many.digest is not None
    assert many.digest != more.digest


def test_passed_is_a_measure() -> None:
    """Best over passed says whether it was ever passed, latest whether it is now."""
    record = record_of(shown("a", passed=True, occurred=DAYS[0]), shown("b", passed=False, occurred=DAYS[1]))
    ever, now = (fact(each, FactType.BOOLEAN, measure="passed") for each in ("best.1", "latest.1"))

    assert (value_of(record, ever), value_of(record, now)) == (True, False)


def test_a_broken_number_is_never_made_whole() -> None:
    """A level of 2.5 under a definition that says integer stays 2.5; a whole one is an int."""
    whole = fact("latest.1", FactType.INTEGER)

    assert value_of(levels("2.5"), whole) == Fraction(5, 2)
    assert type(value_of(levels("3"), whole)) is int
    assert type(value_of(levels("3"), fact("latest.1"))) is Fraction


def test_days_are_read_whatever_the_order_of_recording() -> None:
    """First, last and span come from the dated items; an undated one is in none of them."""
    record = record_of(shown("a", "3", DAYS[9]), shown("b", "3"), shown("c", "3", DAYS[2]))
    first, last, span = (
        fact("first_date.1", FactType.DATE),
        fact("last_date.1", FactType.DATE),
        fact("span.1", FactType.INTEGER),
    )

    assert (value_of(record, first), value_of(record, last)) == (date(2026, 1, 3), date(2026, 1, 10))
    assert (value_of(record, span), backing_of(record, span)) == (7, Backing((3, 1), 2))
    assert value_of(record_of(shown("b", "3")), first) is ABSENT


def test_a_span_within_one_item_is_no_day_long() -> None:
    """One item spans 0 days and stands behind it once."""
    span = fact("span.1", FactType.INTEGER)

    assert (value_of(levels("3"), span), backing_of(levels("3"), span)) == (0, Backing((1,), 1))


@pytest.mark.parametrize(("after", "value"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False)])
def test_after_a_day_does_not_include_it(after: date, value: bool) -> None:
    """Something exists after a day when it is dated later than that day."""
    definition = fact("exists_after.1", FactType.BOOLEAN, arguments=(("after", after),))

    assert value_of(levels("3", "3"), definition) is value
    assert backing_of(levels("3", "3"), definition) == (Backing((2,), 1) if value else Backing())


def test_preparations_are_counted_by_a_fact_that_reads_them() -> None:
    """A fact folds the one kind of item it reads, and no other."""
    record = record_of(prepared(DAYS[0]), shown("a", "3", DAYS[1]), prepared(None), approval(True, DAYS[2]))
    counted = fact("count.1", FactType.INTEGER, reads=Reads.PREPARATION, measure="presence")

    assert value_of(record, counted) == 2


def test_approvals_of_a_subject_can_be_folded() -> None:
    """The day of the first yes is the first date of approvals that passed."""
    record = record_of(approval(False, DAYS[0], COMPETENCY), approval(True, DAYS[5], COMPETENCY))
    first = fact(
        "first_date.1", FactType.DATE, reads=Reads.APPROVAL, measure="presence", where=(FieldIs("passed", True),)
    )

    assert value_of(record, first) == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("tries", "value"),
    [
        pytest.param([("ap", "2026-03-31"), ("ap", "2026-04-01")], 1, id="the quarter ends"),
        pytest.param([("ap", "2026-01-01"), ("ap", "2026-03-31")], 2, id="both ends of a quarter"),
        pytest.param([("ap", "2026-01-01"), ("clep", "2026-01-02")], 1, id="another instrument"),
        pytest.param([("ap", "2025-02-01"), ("ap", "2026-02-01")], 1, id="the same quarter of another year"),
        pytest.param([("ap", "2026-02-01"), ("ap", None)], 1, id="undated is in no window"),
        pytest.param([("ap", None)], ABSENT, id="nothing dated"),
    ],
)
def test_crowded_counts_tries_in_the_window_of_the_last(tries: list[tuple[str, str | None]], value: Any) -> None:
    """Tries of one instrument crowd when they share a calendar window with the last one."""
    record = record_of(*(shown(f"e{place}", "3", day, instrument=name) for place, (name, day) in enumerate(tries)))

    assert value_of(record, fact("crowded.1", FactType.INTEGER, arguments=(("months", 3),))) == value
