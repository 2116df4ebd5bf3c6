"""Cases suggested for both sides of every threshold."""

from datetime import date
from fractions import Fraction

from ledger.policy import (
    FactType,
    Policy,
    all_of,
    but_if,
    by_case,
    by_default,
    clause,
    fact,
    final_when,
    grant,
    param,
    some,
)
from ledger.policy.analysis.drafting import anchor_of, case_text
from ledger.policy.analysis.suggesting import suggest
from ledger.policy.analysis.tree import policy_tree
from ledger.policy.cases import cases_from_toml, run
from ledger.policy.sheet import ABSENT, Value
from tests.policy.analysis.grids import ON, PARAMETERS, SHEET
from tests.policy.examples import CHALLENGE, FOLIO, definition, parameter, policy

LAW = "# Law\n\n## score\n\nText.\n"


def asked() -> Policy:
    """Write a policy with a number, a share, two days and a list."""
    return policy(
        all_of(
            clause("score", "Scored {cut}.", fact.score >= param.cut),
            clause("share", "Shared.", fact.share > Fraction(1, 2)),
            clause("in-time", "In time.", fact.begun < fact.ended),
            some(fact.items, clause("value", "V.", fact.value >= 2)),
        ),
        definition("score"),
        definition("share", FactType.FRACTION),
        definition("begun", FactType.DATE),
        definition("ended", FactType.DATE),
        SHEET[-1],
        parameters=(parameter("cut", 3),),
    )


def test_every_threshold_has_a_case_on_both_sides() -> None:
    """Both sides of each threshold that changes an outcome are suggested, differing in one fact alone."""
    found = suggest(asked(), ON)
    sides = {(one.step.fact, one.finding.outcome.value) for one in found}

    assert {(name, said) for name in ("score", "share", "begun", "value") for said in ("met", "not_yet")} == sides
    first, second = (one for one in found if one.step.fact == "score")
    assert ({"score"}, 2, 3) == (
        {name for name in first.given if first.given[name] != second.given[name]},
        first.given["score"],
        second.given["score"],
    )


def test_a_suggestion_is_a_case_that_holds() -> None:
    """Written out and read back, every suggested case holds as it stands, its anchor a heading of the law."""
    for one in (asked(), CHALLENGE, FOLIO):
        texts = [case_text(each, one, LAW) for each in suggest(one, date(2028, 6, 1))]
        file = cases_from_toml("\n\n".join(texts), "x.cases.toml", [one], LAW)

        assert ((), len(texts)) == (file.problems, len(file.cases))
        assert [] == [failure for case in file.cases for failure in run(case).failures]
        assert texts


def test_what_a_case_tries_is_not_suggested() -> None:
    """With the suggested cases beside it nothing more is suggested of a policy, unless all is asked for."""
    one = asked()
    every = suggest(one, ON)
    file = cases_from_toml("\n".join(case_text(each, one, LAW) for each in every), "x.cases.toml", [one], LAW)

    assert () == suggest(one, ON, file.cases)
    assert every == suggest(one, ON, file.cases, every=True)
    assert len(every) > len(suggest(one, ON, file.cases[:2])) > 0


def test_an_anchor_is_guessed_from_the_clause() -> None:
    """The anchor is the heading called like a decisive clause, else the first; without a law there is none."""
    first, *_, last = suggest(asked(), ON)

    assert "law.md#score" == anchor_of(first, LAW)
    assert ("law.md#law", "law.md#") == (anchor_of(last, "# Law\n"), anchor_of(last, ""))


def test_values_of_every_kind_are_written() -> None:
    """Texts are quoted, shares written exactly, what is absent said."""
    one = asked()
    (first, *_) = suggest(one, ON)
    given: dict[str, Value] = {
        "score": ABSENT,
        "share": Fraction(5, 2),
        "begun": date(2025, 1, 1),
        "items": (),
        "ended": 'a "b"',
    }
    text = case_text(type(first)(first.name, first.step, ON, given, first.finding), one, LAW)

    assert (
        'given = { score = "absent", share = "2.5", begun = 2025-01-01, items = [], ended = "a \\"b\\"" }'
        == text.splitlines()[4]
    )


def test_a_rule_is_a_tree() -> None:
    """The tree holds every word, clause, value of the day and fact of a rule; a stage that asks nothing is left out."""
    found = policy_tree(FOLIO, date(2028, 6, 1))

    assert (None, "clause", "class") == (found.eligible, found.applies and found.applies.word, "class")
    assert ["each", "enough_of", "clause", "panel"] == [part.word for part in found.requires.parts]
    area = found.requires.parts[0].parts[0]
    assert ("area", ("area_level", "area")) == (area.clause, area.facts)
    assert ["judged"] == [part.clause for part in found.requires.parts[1].parts]
    assert {"quorum": "3"} == found.requires.parts[3].parameters


def test_branches_are_told_apart_in_a_tree() -> None:
    """Each case and each exception stands under the words that lead to it, with the facts and values below it."""
    first, second = clause("a", "A.", fact.score >= param.cut), clause("b", "B.", fact.tries >= 1)
    rule = all_of(
        by_case(fact.path, x=first, y=second),
        by_default(second, but_if(fact.enrolled, final_when(fact.enrolled, first))),
    )
    asked_of = policy(rule, *SHEET, parameters=PARAMETERS, grants=(grant("credit", 1, when=second),))
    found = policy_tree(asked_of, ON)
    chosen, default = found.requires.parts

    assert [("case", "x:"), ("case", "y:")] == [(part.word, part.text) for part in chosen.parts]
    assert ["clause", "but_if"] == [part.word for part in default.parts]
    assert {"cut": "2"} == default.parts[1].parameters
    assert "final_when" == default.parts[1].parts[0].word
    assert "b" == found.grants["credit"].clause
