"""Dates of law: which value holds on a day, as known on another, by which clock, with which override."""

from datetime import date
from typing import Any

import pytest

from ledger.policy import ABSENT, NONE, UNKNOWN, FactType, all_of, clause, each, fact, param, table
from ledger.policy.evaluate import decide
from ledger.policy.parameters import resolve, value_on
from tests.policy.examples import dated, definition, parameter, policy

REPEALED = parameter(
    "cut",
    dated(70, adopted=date(2020, 1, 1)),
    dated(80, date(2026, 1, 1), date(2030, 12, 31), adopted=date(2024, 5, 1)),
    dated(70, date(2026, 1, 1), date(2030, 12, 31), adopted=date(2025, 5, 1)),
)


@pytest.mark.parametrize(
    ("day", "known", "value"),
    [
        (date(2025, 12, 31), None, 70),
        (date(2026, 1, 1), None, 70),
        (date(2026, 1, 1), date(2024, 4, 30), 70),
        (date(2026, 1, 1), date(2024, 5, 1), 80),
        (date(2025, 12, 31), date(2024, 5, 1), 70),
        (date(2030, 12, 31), date(2025, 4, 30), 80),
        (date(2031, 1, 1), date(2025, 4, 30), 70),
        (date(2026, 1, 1), date(2025, 5, 1), 70),
        (date(2026, 1, 1), date(2019, 12, 31), UNKNOWN),
    ],
)
def test_the_latest_adopted_entry_that_covers_a_day_holds(day: date, known: date | None, value: Any) -> None:
    """A cut repealed before it took effect binds nobody, and is seen only by who asks as of the days between."""
    assert value == value_on(REPEALED, day, known)


def test_of_two_entries_adopted_on_one_day_the_later_written_holds() -> None:
    """An entry paints over the ones before it."""
    cut = parameter("cut", dated(70), dated(80, date(2026, 1, 1)))

    assert [value_on(cut, day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [70, 80]


RULE = all_of(clause("score", "The cut.", fact.score >= param.cut))


@pytest.mark.parametrize(
    ("cut", "outcome", "needs"),
    [
        (parameter("cut", 80), "met", ()),
        (parameter("cut", NONE), "not_yet", ()),
        (parameter("cut"), "undetermined", ("param.cut",)),
        (parameter("cut", dated(80), dated(90, date(2026, 1, 1))), "met", ()),
        (parameter("other", 80), "undetermined", ("param.cut",)),
    ],
)
def test_a_parameter_is_a_value_or_none_or_a_gap(cut: Any, outcome: str, needs: tuple[str, ...]) -> None:
    """None shuts the route, a gap is not known, and a value dated later changes nothing before."""
    finding = decide(policy(RULE, definition("score"), parameters=(cut,)), {"score": 80}, date(2025, 12, 31))

    assert (outcome, needs) == (finding.outcome.value, finding.needs)


@pytest.mark.parametrize(
    ("clock", "sheet", "value"),
    [
        ("decision", {}, 2),
        ("class_of", {"class_of": 2024}, 1),
        ("class_of", {"class_of": 2025}, 2),
        ("class_of", {}, UNKNOWN),
        ("class_of", {"class_of": ABSENT}, UNKNOWN),
        ("class_of", {"class_of": 10_000}, UNKNOWN),
        ("class_of", {"class_of": True}, UNKNOWN),
        ("begun_on", {"begun_on": date(2024, 12, 31)}, 1),
        ("begun_on", {"begun_on": date(2025, 1, 1)}, 2),
    ],
)
def test_each_parameter_goes_by_its_own_clock(clock: str, sheet: dict[str, Any], value: Any) -> None:
    """A clock is the day of decision or a fact: a date, or a year's first of January; unknown, the value is too."""
    cut = parameter("cut", dated(1, last=date(2024, 12, 31)), dated(2, date(2025, 1, 1)), clock=clock)
    asked = policy(RULE, definition("score"), parameters=(cut,), clock="begun_on")

    assert {"cut": value} == resolve(asked, date(2025, 6, 1), sheet)


def test_a_parameter_without_a_clock_goes_by_that_of_the_policy() -> None:
    """The policy's clock is the default of its parameters."""
    cut = parameter("cut", dated(1, last=date(2024, 12, 31)), dated(2, date(2025, 1, 1)))
    asked = policy(RULE, definition("score"), parameters=(cut,), clock="begun_on")

    assert {"cut": 1} == resolve(asked, date(2025, 6, 1), {"begun_on": date(2024, 9, 1)})


@pytest.mark.parametrize(
    ("values", "day", "value"),
    [
        ((80,), date(2025, 1, 1), 85),
        ((NONE,), date(2025, 1, 1), ABSENT),
        ((), date(2025, 1, 1), 85),
        ((80,), None, 85),
        ((80, dated(NONE, last=date(2020, 1, 1))), None, UNKNOWN),
    ],
)
def test_an_override_stands_wherever_the_parameter_is_in_force(
    values: tuple[Any, ...], day: date | None, value: Any
) -> None:
    """An override replaces a value and fills a gap; it opens no route that is not in force."""
    cut = parameter("cut", *values, clock="begun_on")
    asked = policy(RULE, definition("score"), parameters=(cut,))
    sheet = {} if day is None else {"begun_on": day}

    assert {"cut": value} == resolve(asked, date(2025, 6, 1), sheet, {"cut": 85})


TRIES = definition(
    "tries",
    FactType.LIST,
    members=(definition("score"), definition("tried_on", FactType.DATE), definition("area", FactType.TEXT)),
)
BY_TRY = parameter("cut", dated(70, last=date(2024, 12, 31)), dated(80, date(2025, 1, 1)), clock="tried_on")


def test_a_member_is_judged_by_the_value_of_its_own_day() -> None:
    """Each try is judged by the cut in force when it was made; a try without a day asks for it."""
    rule = each(fact.tries, clause("score", "The cut.", fact.score >= param.cut))
    scores = ((75, date(2024, 12, 31)), (75, date(2025, 1, 1)), (75, UNKNOWN))
    tries = tuple({"score": score, "tried_on": day} for score, day in scores)
    finding = decide(policy(rule, TRIES, parameters=(BY_TRY,)), {"tries": tries}, date(2026, 1, 1))
    alone = decide(policy(rule, TRIES, parameters=(BY_TRY,)), {"tries": tries[2:]}, date(2026, 1, 1))

    assert finding.nodes() == ("score[1]=met", "score[2]=not_yet", "score[3]=not_yet..met")
    assert finding.parameters == (("cut[1]", 70), ("cut[2]", 80), ("cut[3]", UNKNOWN))
    assert alone.needs == ("tried_on[1]",)


def test_a_finding_tells_the_parameters_it_read() -> None:
    """A finding holds each parameter that was read, a table by the entries looked up."""
    cuts = parameter("cut", table({"writing": 3, "number": 2}))
    unread = parameter("unread", 1)
    rule = each(fact.tries, clause("score", "The cut.", fact.score >= param.cut.by(fact.area)))
    areas = [{"score": 3, "area": area} for area in ("writing", "music")]
    finding = decide(policy(rule, TRIES, parameters=(cuts, unread)), {"tries": tuple(areas)}, date(2026, 1, 1))

    assert finding.parameters == (("cut[music]", ABSENT), ("cut[writing]", 3))


def test_known_on_reaches_every_parameter_of_a_decision() -> None:
    """A decision as known on a day uses no entry adopted after it."""
    asked = policy(RULE, definition("score"), parameters=(REPEALED,))
    outcomes = [
        decide(asked, {"score": 75}, date(2026, 6, 1), known_on=day).outcome.value
        for day in (None, date(2025, 1, 1), date(2025, 5, 1))
    ]

    assert outcomes == ["met", "not_yet", "met"]
