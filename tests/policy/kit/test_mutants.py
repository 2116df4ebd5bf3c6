"""Mutants: one mistake at a time, each named."""

from datetime import date
from fractions import Fraction

import pytest

from ledger.policy import (
    NONE,
    FactType,
    ParameterType,
    Policy,
    all_of,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    enough_of,
    fact,
    final_when,
    grant,
    not_,
    param,
    route,
    some,
    table,
    take,
    times,
)
from ledger.policy.evaluate import decide
from ledger.policy.kit.mutants import mutants
from tests.policy.examples import CHALLENGE, FOLIO, dated, definition, parameter, policy
from tests.policy.kit.support import DAY, keys, mutant

SCORE, TRIES = definition("score"), definition("tries")
YES = definition("yes", FactType.BOOLEAN)
ENOUGH = clause("enough", "Enough.", fact.score >= 80)
OTHER = clause("other", "Another.", fact.yes)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (
            policy(ENOUGH, SCORE),
            [
                "enough: always met",
                "enough: never met",
                "enough: final",
                "enough: score >= 80 becomes >",
                "enough: score >= 80 becomes 79",
                "enough: score >= 80 becomes 81",
            ],
        ),
        (
            policy(all_of(clause("a", "A.", fact.yes, final=True), clause("b", "B.", fact.score.is_(1))), YES, SCORE),
            [
                "a: dropped",
                "b: dropped",
                "a: not final",
                "a: yes always holds",
                "b: final",
                "b: score is 1 always holds",
            ],
        ),
        (
            policy(final_when(fact.tries > 2, at_least_of(2, ENOUGH, OTHER)), SCORE, TRIES, YES),
            [
                "requires: final_when tries > 2 is dropped",
                "requires: tries > 2 becomes >=",
                "requires: tries > 2 becomes 1",
                "requires: tries > 2 becomes 3",
                "enough: dropped",
                "other: dropped",
                "requires: at_least_of count 2 becomes 1",
                "requires: at_least_of count 2 becomes 3",
                *keys(policy(ENOUGH, SCORE))[2:],
                "other: final",
                "other: yes always holds",
            ],
        ),
        (
            policy(clause("a", "A.", all_of(fact.kind.in_(("x", "y")), not_(fact.yes))), definition("kind"), YES),
            [
                "a: always met",
                "a: never met",
                "a: final",
                "a: kind in x, y is dropped",
                "a: not yes is dropped",
                "a: kind in x, y loses x",
                "a: kind in x, y loses y",
                "a: yes always holds",
            ],
        ),
        (
            policy(by_default(ENOUGH, but_if(fact.yes, OTHER), but_if(fact.tries < 1, OTHER)), SCORE, TRIES, YES),
            [
                "requires: the exception if yes is dropped",
                "requires: the exception if tries < 1 is dropped",
                *keys(policy(ENOUGH, SCORE)),
                "requires: yes always holds",
                "other: always met",
                "other: never met",
                "other: final",
                "other: yes always holds",
                "requires: tries < 1 becomes <=",
                "requires: tries < 1 becomes 0",
                "requires: tries < 1 becomes 2",
                "other: always met (2)",
                "other: never met (2)",
                "other: final (2)",
                "other: yes always holds (2)",
            ],
        ),
        (
            policy(any_of(route("first", "The first way", OTHER), fact.score.exists()), SCORE, YES),
            [
                "first: dropped",
                "requires: score exists is dropped",
                "other: always met",
                "other: never met",
                "other: final",
                "other: yes always holds",
            ],
        ),
        (
            policy(clause("a", "A.", not_(all_of(fact.yes, fact.score.is_(1)))), SCORE, YES),
            [
                "a: always met",
                "a: never met",
                "a: final",
                "a: not (yes and score is 1) always holds",
                "a: yes is dropped",
                "a: score is 1 is dropped",
            ],
        ),
        (
            policy(by_case(fact.yes, {True: ENOUGH}), SCORE, YES, grants=(grant("credit", 1, when=fact.yes),)),
            [*keys(policy(ENOUGH, SCORE)), "grant credit: dropped", "grant credit: yes always holds"],
        ),
    ],
    ids=["a clause", "all of", "counted", "a test", "exceptions", "routes", "turned", "cases and grants"],
)
def test_every_mistake_has_a_name(asked: Policy, named: list[str]) -> None:
    """Thresholds, comparisons, clauses, counts, exceptions and grants are each got wrong once, in the rule's order."""
    assert named == keys(asked)


def test_counts_by_category_are_moved() -> None:
    """Total, minimum and cap of a count by category are moved a step, a minimum of none only up."""
    items = definition("items", FactType.LIST, members=(definition("kind", FactType.TEXT), definition("level")))
    rule = enough_of(
        "works",
        "Works.",
        fact.items,
        fact.kind,
        param.lists,
        2,
        take("a", at_most=1),
        where=clause("sound", "Sound.", fact.level >= 3),
    )
    lists = parameter("lists", table({"x": ("a", "b"), "y": "c"}), kind=ParameterType.TABLE)

    assert [
        "works: always met",
        "works: never met",
        "works: final",
        "requires: enough_of total 2 becomes 1",
        "requires: enough_of total 2 becomes 3",
        "works: take a at_least 0 becomes 1",
        "works: take a at_most 1 becomes 0",
        "works: take a at_most 1 becomes 2",
        "sound: always met",
        "sound: never met",
        "sound: level >= 3 becomes >",
        "sound: level >= 3 becomes 2",
        "sound: level >= 3 becomes 4",
        "param.lists: [x] a is left out",
        "param.lists: [x] b is left out",
        "param.lists: [y] is left out",
    ] == keys(policy(rule, items, parameters=(lists,)))


def test_inside_a_count_and_a_multiple_thresholds_are_moved() -> None:
    """What is compared inside a count of members is got wrong as well."""
    items = definition("items", FactType.LIST, members=(definition("level"),))
    test = times(4, count_of(fact.items, fact.level >= 3)) >= 3

    assert [
        "a: 4 times count of items >= 3 becomes >",
        "a: 4 times count of items >= 3 becomes 2",
        "a: 4 times count of items >= 3 becomes 4",
        "a: level >= 3 becomes >",
        "a: level >= 3 becomes 2",
        "a: level >= 3 becomes 4",
    ] == keys(policy(clause("a", "A.", test), items))[3:]


def test_members_needed_are_moved() -> None:
    """How many members are needed is moved, never below one; finality matters nowhere but in what is required."""
    items = definition("items", FactType.LIST, members=(definition("level"),))
    rule = some(fact.items, clause("high", "High.", fact.level.exists()))

    assert [
        "applies: some items at_least 1 becomes 2",
        "high: always met",
        "high: never met",
        "high: level exists always holds",
    ] == keys(policy(rule, items, applies=rule))[:4]


@pytest.mark.parametrize(
    ("values", "kind", "named"),
    [
        ((80,), ParameterType.INTEGER, ["80 becomes 79", "80 becomes 81"]),
        ((Fraction(5, 2),), ParameterType.FRACTION, ["2.5 becomes 2", "2.5 becomes 3"]),
        ((date(2026, 1, 1),), ParameterType.DATE, ["2026-01-01 becomes 2025-12-31", "2026-01-01 becomes 2026-01-02"]),
        ((True,), ParameterType.BOOLEAN, ["yes becomes no"]),
        ((NONE,), ParameterType.INTEGER, []),
        (
            (table({"a": 3, "b": 2}),),
            ParameterType.TABLE,
            ["[a] 3 becomes 2", "[a] 3 becomes 4", "[b] 2 becomes 1", "[b] 2 becomes 3"],
        ),
        (
            (dated(1, last=date(2024, 6, 30)), dated(2, first=date(2024, 7, 1))),
            ParameterType.INTEGER,
            [
                "1 becomes 0",
                "1 becomes 2",
                "2 from 2024-07-01 becomes 1",
                "2 from 2024-07-01 becomes 3",
                "2024-07-01 becomes 2024-06-30",
                "2024-07-01 becomes 2024-07-02",
            ],
        ),
        ((dated(1, last=date(1980, 6, 30)), dated(2)), ParameterType.INTEGER, ["2 becomes 1", "2 becomes 3"]),
        ((dated(1), dated(2, first=date(2031, 2, 1))), ParameterType.INTEGER, ["1 becomes 0", "1 becomes 2"]),
    ],
    ids=["number", "fraction", "day", "yes", "none", "table", "two values", "before the edition", "after it"],
)
def test_values_are_moved_a_step(values: tuple[object, ...], kind: ParameterType, named: list[str]) -> None:
    """A value is moved by its smallest step, a boundary by a day; what cannot hold for the edition is left alone."""
    asked = policy(
        clause("a", "A.", fact.score >= param.cut),
        SCORE,
        parameters=(parameter("cut", *values, kind=kind), parameter("unread", 1)),
        until=date(2030, 12, 31),
    )

    assert [f"param.cut: {each}" for each in named] == [key for key in keys(asked) if key.startswith("param")]


def test_a_boundary_is_moved_on_both_sides() -> None:
    """A day that ends one value and begins another is moved for both: there is no gap and no overlap."""
    moved = mutant(CHALLENGE, "param.local_cut: 2024-07-01 becomes 2024-07-02").policy
    (cut,) = [each for each in moved.parameters if each.name == "local_cut"]

    assert [(None, date(2024, 7, 1)), (date(2024, 7, 2), None)] == [
        (value.first_day, value.last_day) for value in cut.values
    ]


def test_values_by_another_clock_are_moved_whenever_they_hold() -> None:
    """The days of a value that goes by a fact are not held against the edition's own."""
    asked = policy(
        clause("a", "A.", fact.score >= param.cut),
        SCORE,
        definition("day", FactType.DATE),
        parameters=(parameter("cut", dated(1, last=date(1980, 6, 30)), clock="day"),),
    )

    assert ["1 becomes 0", "1 becomes 2", "1980-07-01 becomes 1980-06-30", "1980-07-01 becomes 1980-07-02"] == [
        key.removeprefix("param.cut: ") for key in keys(asked) if key.startswith("param")
    ]


@pytest.mark.parametrize("asked", [CHALLENGE, FOLIO], ids=["challenge", "folio"])
def test_a_mutant_is_another_policy_and_can_be_decided(asked: Policy) -> None:
    """Every mutant differs from the policy, has a key of its own, and decides without error."""
    every = list(mutants(asked))

    assert len(every) > 30
    assert len({mutant.key for mutant in every}) == len(every)
    assert all(mutant.policy != asked for mutant in every)
    assert all(decide(mutant.policy, {}, DAY).tree for mutant in every)


def test_a_mutant_is_said_in_words() -> None:
    """What is different can be said in a sentence, and which clause it is about."""
    found = mutant(CHALLENGE, "in-time: taken_on < course_begins becomes <=")

    assert ("in-time", "in clause 'in-time', taken_on < course_begins becomes <=") == (found.about, found.says)
