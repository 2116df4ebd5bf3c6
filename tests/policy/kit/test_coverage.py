"""What cases leave untried, sentence by sentence."""

from datetime import date

import pytest

from ledger.policy import (
    UNKNOWN,
    FactType,
    ParameterType,
    all_of,
    any_of,
    clause,
    count_of,
    each,
    fact,
    grant,
    param,
    table,
    times,
)
from ledger.policy.kit.coverage import coverage
from tests.policy.examples import CHALLENGE, dated, definition, parameter, policy
from tests.policy.kit.support import DAY, case, gaps

SCORE, YES = definition("score"), definition("yes", FactType.BOOLEAN, False)
WORKS = definition("works", FactType.LIST, (), members=(definition("level"), definition("made", FactType.DATE)))
ENOUGH = clause("enough", "Enough.", fact.score >= 80)


def test_cases_that_try_everything_leave_nothing() -> None:
    """A case at the line and one below it cover a single clause."""
    asked = policy(ENOUGH, SCORE)
    found = coverage(asked, [case(asked, score=80), case(asked, score=79)])

    assert (2, 1, 1, 0, {"law.md#rule": 2}, ()) == (
        found.cases,
        found.clauses,
        found.thresholds,
        found.values,
        found.anchors,
        found.gaps,
    )


def test_no_cases_are_one_gap() -> None:
    """Without a case there is one sentence, not one for every clause."""
    assert ("there are no cases.",) == gaps(policy(ENOUGH, SCORE))


@pytest.mark.parametrize(
    ("scores", "sentences"),
    [
        ((80,), ["no case fails it.", "just below 80; there is none at all."]),
        ((79,), ["no case meets it.", "at 80."]),
        ((90, 10), ["at 80.", "just below 80; the nearest is 10."]),
        ((80, UNKNOWN), ["no case fails it.", "just below 80; there is none at all."]),
    ],
    ids=["at", "below", "far", "open"],
)
def test_a_clause_is_tried_both_ways_and_at_its_line(scores: tuple[object, ...], sentences: list[str]) -> None:
    """Met, failed, at the line, just below it: each that is lacking is a sentence, and an open clause is neither."""
    asked = policy(ENOUGH, SCORE)
    found = gaps(asked, *(case(asked, score=score) for score in scores))

    assert len(sentences) == len(found)
    assert all(one.endswith(said) for one, said in zip(found, sentences, strict=True))


def test_every_clause_carries_an_answer() -> None:
    """A clause no answer rests on is told, though it was met and failed."""
    asked = policy(all_of(ENOUGH, clause("yes", "Yes.", fact.yes, final=True)), SCORE, YES)
    refused = [case(asked, score=score, yes=False) for score in (80, 79)]

    assert ("clause 'enough': no case rests on it.", "clause 'yes': no case meets it.") == gaps(asked, *refused)
    assert () == gaps(asked, *refused, case(asked, score=80, yes=True))


@pytest.mark.parametrize(
    ("test", "at", "beyond"),
    [
        (fact.score >= 3, 3, 2),
        (fact.score > 3, 3, 4),
        (fact.score <= 3, 3, 4),
        (fact.score < 3, 3, 2),
        (param.cut <= fact.score, 3, 2),
        (param.cut > fact.score, 3, 2),
        (times(2, fact.score) >= 6, 3, 2),
        (fact.score + fact.tries >= 3, 3, 2),
    ],
    ids=str,
)
def test_each_comparison_has_its_other_side(test: object, at: int, beyond: int) -> None:
    """The side on which the answer changes is below for `>=` and `<`, above for `>` and `<=`, whichever way round."""
    asked = policy(
        clause("a", "A.", test),  # type: ignore[arg-type]
        SCORE,
        definition("tries", when_none=0),
        parameters=(parameter("cut", 3),) if "cut" in repr(test) else (),
    )

    assert () == gaps(asked, case(asked, score=at), case(asked, score=beyond))
    assert any("at " in one for one in gaps(asked, case(asked, score=beyond)))
    assert any("just " in one for one in gaps(asked, case(asked, score=at)))


def test_what_cannot_be_beyond_is_not_asked_for() -> None:
    """Where a bound of the fact leaves no other side, only the line itself is asked for."""
    asked = policy(
        any_of(clause("a", "A.", fact.tries > 3), clause("b", "B.", fact.tries >= 0)),
        definition("tries", highest=3, lowest=0),
    )
    found = gaps(asked, case(asked, tries=2))

    assert ["clause 'a', tries > 3: no case has tries at 3.", "clause 'b', tries >= 0: no case has tries at 0."] == [
        one for one in found if "has" in one
    ]


def test_days_are_tried_to_the_day() -> None:
    """The other side of a day is the day beside it."""
    asked = policy(clause("a", "A.", fact.day < date(2026, 1, 2)), definition("day", FactType.DATE))
    cases = [case(asked, day=date(2026, 1, day)) for day in (2, 1)]
    far = case(asked, day=date(2025, 1, 1))

    assert () == gaps(asked, *cases)
    assert ("clause 'a', day < 2026-01-02: no case has day just below 2026-01-02; the nearest is 2025-01-01.",) == gaps(
        asked, cases[0], far
    )


def test_every_dated_value_is_in_force_somewhere() -> None:
    """Each value of a parameter is tried at its own line, and in force in some case, unless it cannot be."""
    cut = parameter(
        "cut", dated(9, last=date(1980, 1, 1)), dated(70, last=date(2025, 6, 30)), dated(75, first=date(2025, 7, 1))
    )
    asked = policy(clause("a", "A.", fact.score >= param.cut), SCORE, parameters=(cut, parameter("unread", 1)))
    new = [case(asked, score=score) for score in (75, 74)]
    old = [case(asked, date(2025, 6, 30), score=score) for score in (70, 69)]

    assert () == gaps(asked, *new, *old)
    assert [
        "clause 'a', score >= param.cut: no case has score at 70.",
        "clause 'a', score >= param.cut: no case has score just below 70; there is none at all.",
        "param.cut: no case is decided while it is 70.",
    ] == [*gaps(asked, *new)]
    assert ("unread",) == coverage(asked, new).facts_alone


def test_a_value_a_case_sets_itself_is_not_in_force() -> None:
    """An override stands in for a dated value, so the dated one is not tried."""
    asked = policy(clause("a", "A.", fact.score >= param.cut), SCORE, parameters=(parameter("cut", 3),))
    cases = [case(asked, set_={"cut": 5}, score=score) for score in (5, 4, 3, 2)]

    assert "param.cut: no case is decided while it is 3." in gaps(asked, *cases)


def test_values_by_the_day_of_a_member_are_found() -> None:
    """A parameter that goes by a fact of a list's members is in force member by member; a table line by line."""
    cut = parameter("cut", dated(2, last=date(2025, 6, 30)), dated(3, first=date(2025, 7, 1)), clock="made")
    asked = policy(each(fact.works, clause("a", "A.", fact.level >= param.cut)), WORKS, parameters=(cut,))
    new, old = date(2025, 7, 1), date(2025, 6, 30)
    works = [
        ({"level": 3, "made": new}, {"level": 2, "made": old}),
        ({"level": 2, "made": new}, {"level": 1, "made": old}),
    ]

    assert () == gaps(asked, *(case(asked, works=each_) for each_ in works))
    assert "param.cut: no case is decided while it is 2." in gaps(asked, case(asked, works=works[0][:1]))
    assert gaps(asked, case(asked, works=({"level": 3},)))


def test_lines_of_a_table_are_thresholds() -> None:
    """Each value of a table is tried where its key is asked for."""
    areas = definition("areas", FactType.LIST, members=(definition("area", FactType.TEXT), definition("level")))
    cut = parameter("cut", table({"writing": 3, "number": 2}), kind=ParameterType.TABLE)
    rule = each(fact.areas, clause("a", "A.", fact.level >= param.cut.by(fact.area)), name=fact.area)
    asked = policy(rule, areas, parameters=(cut,))
    found = gaps(asked, *(case(asked, areas=({"area": "writing", "level": level},)) for level in (3, 2)))

    assert ["no case has level at 2.", "no case has level just below 2; there is none at all."] == [
        one.removeprefix("clause 'a', level >= param.cut[area]: ") for one in found
    ]


def test_a_line_asked_for_by_name_is_the_only_one() -> None:
    """A rule that looks a table up under a constant is tried at that line alone."""
    cut = parameter("cut", table({"writing": 3, "number": 2}), kind=ParameterType.TABLE)
    asked = policy(clause("a", "A.", fact.score >= param.cut.by("writing")), SCORE, parameters=(cut,))

    assert () == gaps(asked, case(asked, score=3), case(asked, score=2))


def test_comparisons_inside_a_count_are_tried_member_by_member() -> None:
    """What is compared inside a count of members is a threshold as well; a count has no other side below none."""
    test = all_of(count_of(fact.works, fact.level >= 3) >= 1, count_of(fact.works, fact.level < 0) <= 0)
    asked = policy(clause("a", "A.", test), WORKS)
    levels = [(3,), (2,), (3, 0), (3, -1)]
    cases = [case(asked, works=tuple({"level": level} for level in each_)) for each_ in levels]

    assert () == gaps(asked, *cases)
    assert ("clause 'a', level < 0: no case has level at 0.",) == gaps(asked, cases[0], cases[1], cases[3])


def test_stages_that_were_not_asked_try_nothing() -> None:
    """A learner to whom the policy does not apply tries nothing of what it requires."""
    asked = policy(ENOUGH, SCORE, YES, applies=clause("yes", "Yes.", fact.yes))

    assert "clause 'enough', score >= 80: no case has score at 80." in gaps(asked, case(asked, score=80, yes=False))


def test_what_stands_in_grants_alone_is_not_asked_for() -> None:
    """A finding does not show the condition of a grant, so no clause and no threshold of it is asked for."""
    extra = grant("extra", 1, when=clause("high", "High.", fact.score >= 95))
    asked = policy(ENOUGH, SCORE, grants=(extra,))

    assert () == gaps(asked, case(asked, score=80), case(asked, score=79))


def test_a_whole_policy_is_covered_in_words() -> None:
    """One case of the course challenge leaves the rest of it untried, every sentence different."""
    found = gaps(CHALLENGE, case(CHALLENGE, DAY, tries=1, enrolled=False, credit_sought=100, local_score=80))

    assert len(found) > 10
    assert len(set(found)) == len(found)
    assert "clause 'in-time': no case meets it." in found
