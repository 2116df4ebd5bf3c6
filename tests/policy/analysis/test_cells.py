"""Which values of facts matter, and which facts hang together."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import (
    ABSENT,
    UNKNOWN,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Reads,
    any_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    each,
    enough_of,
    fact,
    param,
    some,
    table,
    take,
    times,
)
from ledger.policy.analysis.boxes import Boxes
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.outcomes import reachable, sheet_data
from ledger.policy.analysis.side import Side
from ledger.policy.parameters import ParameterType
from ledger.policy.rules import all_of
from tests.policy.analysis.grids import ON
from tests.policy.examples import definition, parameter, policy


def exploring(test: Any, *sheet: FactDefinition, **more: Any) -> Boxes:
    """Begin to explore a policy of one clause."""
    return explore([Side(policy(clause("it", "It.", test), *sheet, **more), ON)])


SCORE = definition("score")
SHARE = definition("share", FactType.FRACTION, lowest=0)
DAY = definition("day", FactType.DATE, UNKNOWN)


@pytest.mark.parametrize(
    ("test", "sheet", "expected"),
    [
        (fact.score >= 80, SCORE, (79, 80, ABSENT)),
        (fact.score > 80, SCORE, (80, 81, ABSENT)),
        (fact.score.is_(80), SCORE, (79, 80, 81, ABSENT)),
        (any_of(fact.score < 1, fact.score > 2), definition("score", when_none=0, lowest=0, highest=2), (0, 1)),
        (fact.score.exists(), SCORE, (1, ABSENT)),
        (fact.score >= 9, definition("score", when_none=0, highest=3), (3,)),
        (fact.share >= Fraction(1, 2), SHARE, (0, Fraction(1, 2), ABSENT)),
        (fact.share > Fraction(1, 2), SHARE, (0, Fraction(1, 2), Fraction(3, 2), ABSENT)),
        (any_of(fact.share > 1, fact.share > 2), SHARE, (0, 1, Fraction(3, 2), 3, ABSENT)),
        (fact.day >= date(2025, 1, 1), DAY, (date(2025, 1, 1), date(2024, 12, 31))),
        (fact.kind.in_(("a", "b")), definition("kind", FactType.TEXT, UNKNOWN), ("a", "b", "something else")),
        (fact.kind.is_("a"), definition("kind", FactType.CHOICE, UNKNOWN, choices=("a", "c")), ("a", "c")),
        (fact.yes, definition("yes", FactType.BOOLEAN), (False, True, ABSENT)),
    ],
)  # fmt: skip
def test_one_value_of_every_cell_matters(test: Any, sheet: FactDefinition, expected: tuple[Any, ...]) -> None:
    """The values below, at and above every threshold are tried, those the schema allows, and none where it may be."""
    assert expected == exploring(test, sheet).cells.values(sheet.name, {})


def test_counts_have_no_values_below_what_they_count() -> None:
    """A count is never negative, and is at least one where its fold of nothing is no value."""
    counted = definition("works", when_none=0)
    some_works = FactDefinition("works", "works", "count.1", FactType.INTEGER, Reads.EVIDENCE)

    assert (-1, 0) == exploring(fact.works >= 0, counted).cells.values("works", {})
    assert (1, 2, ABSENT) == exploring(fact.works >= 2, some_works).cells.values("works", {})


def test_parameters_cut_by_every_value_that_can_matter() -> None:
    """Of a table every entry is a threshold, and every key a value of the fact that looks it up."""
    cuts = parameter("cut", table({"x": 3, "y": 5}), kind=ParameterType.TABLE)
    boxes = exploring(
        fact.score >= param.cut.by(fact.kind), SCORE, definition("kind", FactType.TEXT, UNKNOWN), parameters=(cuts,)
    )

    assert (2, 3, 5, ABSENT) == boxes.cells.values("score", {})
    assert ("x", "y", "something else") == boxes.cells.values("kind", {})


def test_texts_held_against_one_another_share_their_values() -> None:
    """Two texts that are compared have the same named values, and one that neither names."""
    texts = (definition("one", FactType.TEXT, UNKNOWN), definition("two", FactType.TEXT, UNKNOWN))
    boxes = exploring(any_of(fact.one.is_(fact.two), fact.one.is_("a")), *texts)

    assert ("a", "something other", "something else") == boxes.cells.values("two", {})
    assert {"met", "not_yet"} == {outcome.value for outcome in reachable(boxes)}


@pytest.mark.parametrize(
    "test",
    [
        all_of(fact.a + fact.b >= 10, fact.a < 3, fact.b < 9, fact.a + fact.b <= 10),
        all_of(fact.a > fact.b, fact.b > fact.c, fact.a < 13, fact.c > 9),
        all_of(fact.a >= fact.b + fact.c, fact.b >= 4, fact.c >= 4, fact.a <= 8),
    ],
)
def test_facts_that_are_compared_with_one_another_are_cut_together(test: Any) -> None:
    """A cell that only whole numbers close to several cuts can reach is found."""
    facts = (definition("a", when_none=0), definition("b", when_none=0), definition("c", when_none=0))
    boxes = exploring(test, *facts)

    assert {"met", "not_yet"} == {outcome.value for outcome in reachable(boxes)}


def test_fractions_that_are_added_are_cut_together() -> None:
    """A sum of fractions with a floor for each part is decided by stretches first, then exactly."""
    facts = tuple(definition(name, FactType.FRACTION, 0, lowest=0) for name in ("a", "b", "c"))
    tests = (fact.a + fact.b + fact.c >= 30, fact.a < 10, fact.b < 11, fact.c >= 9, fact.c < 10, fact.a + fact.b < 21)
    boxes = exploring(all_of(*tests), *facts)

    assert {"met", "not_yet"} == {outcome.value for outcome in reachable(boxes)}
    assert {"not_yet"} == {
        outcome.value for outcome in reachable(exploring(all_of(*tests, fact.a + fact.b < 20), *facts))
    }
    assert () == boxes.doubts


def test_multiples_of_whole_numbers_leave_a_doubt() -> None:
    """Where whole numbers are compared as multiples of one another, nothing is called proved."""
    boxes = exploring(times(4, fact.score) >= times(3, fact.tries), SCORE, definition("tries", when_none=0))

    assert ("whole numbers are compared as multiples of one another: score, tries",) == boxes.doubts


WHERE = (FieldIs("kind", "exam"),)


def folded(name: str, method: str, kind: FactType = FactType.INTEGER, **more: Any) -> FactDefinition:
    """Define a fold of examinations."""
    return FactDefinition(name, name, method, kind, Reads.EVIDENCE, where=more.pop("where", WHERE), **more)


COUNT = folded("count", "count.1", measure="presence", when_none=0)
LISTED = folded(
    "exams",
    "items.1",
    FactType.LIST,
    measure="presence",
    when_none=(),
    members=(
        FactDefinition("place", "place", "item.ordinal", FactType.INTEGER, Reads.EVIDENCE, when_none=UNKNOWN),
        FactDefinition("early", "e", "item.earlier_in_window", FactType.INTEGER, Reads.EVIDENCE, when_none=UNKNOWN),
        FactDefinition("points", "points", "item.value", FactType.FRACTION, Reads.EVIDENCE, measure="value"),
    ),
)


@pytest.mark.parametrize(
    ("test", "sheet"),
    [
        (all_of(fact.best < 3, fact.latest >= 3), (folded("best", "best.1"), folded("latest", "latest.1"))),
        (
            fact.first > fact.last,
            (folded("first", "first_date.1", FactType.DATE), folded("last", "last_date.1", FactType.DATE)),
        ),
        (
            all_of(fact.first.exists(), fact.count <= 0),
            (COUNT, folded("first", "first_date.1", FactType.DATE)),
        ),
        (all_of(fact.first.exists(), fact.last.exists(), fact.best >= 2, fact.count < 1),
         (COUNT, folded("first", "first_date.1", FactType.DATE), folded("last", "last_date.1", FactType.DATE),
          folded("best", "best.1"))),
        (all_of(fact.count >= 2, count_of(fact.exams, fact.points.exists()) + 0 >= 0, fact.today > ON),
         (COUNT, LISTED, folded("today", "today.1", FactType.DATE, where=()))),
    ],
)  # fmt: skip
def test_no_learner_is_impossible(test: Any, sheet: tuple[FactDefinition, ...]) -> None:
    """Facts folded from the same items stand beside one another as their methods allow, and no other way."""
    assert {"not_yet"} == {outcome.value for outcome in reachable(exploring(test, *sheet))}


def test_a_list_is_as_long_as_the_fact_that_counts_it() -> None:
    """The members of a list are as many as the count of the same items, in their places from 1."""
    rule = some(fact.exams, clause("late", "L.", all_of(fact.place > 2, fact.points >= 5, fact.early >= 2)))
    asked = policy(all_of(rule, clause("count", "C.", fact.count < 9)), COUNT, LISTED)
    found = {outcome.value: sheet_data(sheet) for outcome, sheet in reachable(explore([Side(asked, ON)])).items()}
    met: Any = found["met"]

    assert met["count"] == len(met["exams"]) >= 3
    assert [member["place"] for member in met["exams"]] == list(range(1, met["count"] + 1))


def test_a_list_of_named_members_has_those_members() -> None:
    """A list that names its members by key has one for each, in that order, with its id."""
    listed = FactDefinition(
        "subjects",
        "subjects",
        "subjects.1",
        FactType.LIST,
        Reads.EVIDENCE,
        arguments=(("of", ("requirement/us-ex/a", "requirement/us-ex/b")),),
        when_none=(),
        members=(
            FactDefinition("subject", "subject", "item.id", FactType.TEXT, Reads.EVIDENCE),
            definition("level", when_none=0),
        ),
    )
    rule = each(fact.subjects, clause("level", "L.", fact.level >= param.cut.by(fact.subject)), name=fact.subject)
    cut = parameter("cut", table({"us-ex/a": 3, "us-ex/b": 4}), kind=ParameterType.TABLE)
    asked = policy(rule, listed, parameters=(cut,))
    found: dict[str, Any] = {
        outcome.value: sheet_data(sheet) for outcome, sheet in reachable(explore([Side(asked, ON)])).items()
    }

    assert [("us-ex/a", 3), ("us-ex/b", 4)] == [(one["subject"], one["level"]) for one in found["met"]["subjects"]]
    assert {"met", "not_yet"} == set(found)


ITEMS = definition(
    "items",
    FactType.LIST,
    (),
    members=(definition("kind", FactType.CHOICE, UNKNOWN, choices=("a", "b", "c")), definition("sound", when_none=0)),
)
SERVING = parameter("serving", table({"a": ("one",), "b": ("one", "two"), "c": ("two",)}), kind=ParameterType.TABLE)


def test_enough_of_is_explored_by_categories() -> None:
    """A list with minima and caps is tried in every mixture of categories up to the total asked for."""
    enough = enough_of("enough", "E.", fact.items, fact.kind, param.serving, 3, take("one", at_least=1, at_most=2))
    asked = policy(
        all_of(enough, clause("few", "F.", count_of(fact.items, fact.kind.is_("c")) <= 1)), ITEMS, parameters=(SERVING,)
    )
    boxes = explore([Side(asked, ON)])
    found = reachable(boxes)

    assert {"met", "not_yet"} == {outcome.value for outcome in found}
    assert () == boxes.doubts


@pytest.mark.parametrize("size", [2, 7])
def test_counts_are_exact_for_any_number_of_members(size: int) -> None:
    """A count held against a number is decided on lists as long as it takes."""
    test = all_of(count_of(fact.items, fact.sound >= 2) >= size, count_of(fact.items, fact.sound < 1) >= 2)
    boxes = exploring(test, ITEMS)
    met = next(sheet for outcome, sheet in reachable(boxes).items() if outcome.value == "met")

    assert size + 2 == len(met["items"])  # type: ignore[arg-type]
    assert () == boxes.doubts


def test_a_count_held_against_a_fact_leaves_a_doubt() -> None:
    """Counts held against facts or counts are tried up to a length, and the doubt is told."""
    boxes = exploring(count_of(fact.items, fact.sound >= 2) >= fact.needed, ITEMS, definition("needed", when_none=1))

    assert {"met", "not_yet"} == {outcome.value for outcome in reachable(boxes)}
    assert ("a count of members is compared with something that is not a plain number",) == boxes.doubts


def test_members_may_be_judged_by_facts_outside_their_list() -> None:
    """A fact outside a list that its members are judged by is known before the list is tried."""
    rule = by_default(
        some(fact.items, clause("s", "S.", fact.sound > fact.needed), 2),
        but_if(
            fact.path.is_("x"),
            by_case(fact.path, x=clause("x", "X.", fact.needed < 0), y=clause("y", "Y.", fact.needed > 1)),
        ),
    )
    asked: Policy = policy(
        rule, ITEMS, definition("needed", when_none=1), definition("path", FactType.CHOICE, UNKNOWN, choices=("x", "y"))
    )

    assert {"met", "not_yet"} == {outcome.value for outcome in reachable(explore([Side(asked, ON)]))}


def test_a_list_inside_a_list_is_explored() -> None:
    """Members have lists of their own, explored within them."""
    outer = definition("years", FactType.LIST, (), members=(definition("works", FactType.LIST, (), members=(SCORE,)),))
    rule = each(fact.years, some(fact.works, clause("s", "S.", fact.score >= 2), 2))
    boxes = explore([Side(policy(rule, outer), ON)])
    met = next(sheet for outcome, sheet in reachable(boxes).items() if outcome.value == "met")

    assert {"years": [{"works": [{"score": 2}, {"score": 2}]}]} == sheet_data(met)


def test_very_long_lists_leave_a_doubt() -> None:
    """Where a list would have to be longer than is tried, nothing is called proved."""
    boxes = exploring(count_of(fact.items, fact.sound >= 2) >= 99, ITEMS)
    reachable(boxes)

    assert ("items may need more than 40 members",) == boxes.doubts
