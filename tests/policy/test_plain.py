"""A policy in plain words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.catalogue import load
from ledger.policy import (
    Citation,
    Confidence,
    FactType,
    ParameterType,
    all_of,
    always,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    each,
    enough_of,
    fact,
    final_when,
    grant,
    not_,
    panel,
    param,
    some,
    table,
    times,
)
from ledger.policy.layout import policy_text_in_words
from ledger.policy.plain import Outline, policy_in_words
from ledger.policy.terms import Node
from tests.policy.examples import CHALLENGE, FOLIO, dated, definition, parameter, policy
from tests.policy.strategies import PARAMETERS

DAY = date(2026, 5, 30)
LAW = Citation("Law", "(a)", Confidence.VERBATIM)
TEXAS = load().find("us-tx/credit-by-examination", DAY)
MASTERY = load().find("competency-based/mastery", DAY)


def leaves(part: Outline) -> list[str]:
    """Return the lines of an outline with their depth."""
    return [part.text, *("  " + line for below in part.parts for line in leaves(below))]


def said(rule: Node, *facts: Any, **more: Any) -> list[str]:
    """Return a rule as the lines of its outline."""
    return leaves(policy_in_words(policy(rule, *facts, **more), DAY).requires)


SCORE, DONE = definition("score"), definition("done", FactType.BOOLEAN, False)
ITEMS = definition("items", FactType.LIST, members=(definition("level"), definition("kind", FactType.TEXT)))
A, B = clause("a", "A.", fact.done, LAW), clause("b", "B.", fact.done, LAW)
GROUPS: list[tuple[Node, list[str]]] = [
    (all_of(A, all_of(A, B)), ["All of these:", "  A.", "  A.", "  B."]),
    (any_of(A, all_of(A, B)), ["Any one of these:", "  A.", "  All of these:", "    A.", "    B."]),
    (at_least_of(2, A, B), ["At least two of these:", "  A.", "  B."]),
    (at_least_of(param.cut, A, B), ["At least three of these:", "  A.", "  B."]),
    (each(fact.items, A), ["For each of the items:", "  A."]),
    (some(fact.items, A, at_least=2), ["For at least two of the items:", "  A."]),
    (not_(A), ["None of this:", "  A."]),
    (
        by_default(A, but_if(fact.score < 3, B)),
        ["As a rule, with exceptions:", "  A.", "  But if score is less than 3:", "    B."],
    ),
    (by_case(fact.done, {True: A, False: B}), ["Depending on done:", "  yes:", "    A.", "  no:", "    B."]),
    (final_when(fact.score > 3, A), ["A; once score is more than 3, a failure is final."]),
    (panel("p", "A board of {cut}.", fact.done, fact.done), ["A board of 3."]),
    (
        enough_of("n", "{cut} items.", fact.items, fact.kind, param.lists, 3, where=clause("w", "W.", fact.done)),
        ["3 items.", "  W."],
    ),
    (enough_of("n", "{cut} items.", fact.items, fact.kind, param.lists, 3), ["3 items."]),
    (always, ["always"]),
    (fact.score <= 3, ["score is 3 or less"]),
    (
        all_of(fact.score + 2 >= param.cut, times(2, fact.score).is_(6)),
        ["All of these:", "  score plus 2 is 3 or more", "  2 times score is 6"],
    ),
    (fact.begun >= DAY, ["begun is on or after 30 May 2026"]),
    (fact.begun < fact.other, ["begun is before other"]),
    (fact.kind.in_(("a", "b")), ["kind is one of a, b"]),
    (fact.score.exists(), ["score is on record"]),
    (param.open, ["open"]),
    (clause("c", "C.", not_(any_of(fact.done, fact.done))), ["C."]),
    (final_when(not_(any_of(fact.done, param.open)), A), ["A; once not (done, or open), a failure is final."]),
    (
        count_of(fact.items, all_of(fact.level >= 3, always)) >= 2,
        ["2 or more of the items, such that level is 3 or more, and always"],
    ),
    (fact.score >= param.lists.by(fact.kind), ["score is the value for kind in lists or more"]),
    (fact.score >= param.shut, ["score is not in force or more"]),
    (fact.score >= param.gap, ["score is no value or more"]),
    (clause("d", "At {shut} or {gap} points.", fact.done), ["At … or … points (not in force)."]),
]


@pytest.mark.parametrize(("rule", "lines"), GROUPS, ids=[each[1][0] for each in GROUPS])
def test_every_node_has_words(rule: Node, lines: list[str]) -> None:
    """A rule reads as an outline of sentences."""
    facts = (
        SCORE,
        DONE,
        ITEMS,
        definition("begun", FactType.DATE),
        definition("other", FactType.DATE),
    )
    numbers = (
        parameter("cut", 3),
        parameter("gap"),
        PARAMETERS[1],
        parameter("open", True, kind=ParameterType.BOOLEAN),
        parameter("lists", table({"x": "studio"}), kind=ParameterType.TABLE),
    )

    assert lines == said(rule, *facts, parameters=numbers)


def test_a_policy_in_words_holds_its_values_on_the_day() -> None:
    """Sentences carry the values in force, and a route not yet in force says so."""
    before = policy_text_in_words(policy_in_words(TEXAS, date(2012, 5, 30)))
    after = policy_text_in_words(policy_in_words(TEXAS, DAY, {"instruction_route": True}))

    assert "90 % on another approved test." in before
    assert "… or higher on the CLEP examination (not in force)." in before
    assert "80 % on another approved test." in after
    assert "50 or higher on the CLEP examination." in after
    assert "instruction (instruction_route): yes\n" in after
    assert "80 since 14 June 2013  [HB 2694 (83R), effective 2013-06-14; 19 TAC §74.24(c), read in the\n" in after


def test_a_policy_in_words_names_source_question_and_grants() -> None:
    """What it answers, for whom, where it comes from and what it gives stand at the top and the end."""
    words = policy_in_words(CHALLENGE, DAY)
    text = policy_text_in_words(words)

    assert words.gives == ("credit: credit_sought", "notation: CH")
    assert words.unverified
    assert text.startswith(
        "Credit by challenging a course\n"
        "Decides credit of a course in us-ex.\n"
        "In force from 1 January 1990.\n"
        "Edition us-ex/course-challenge@1990-01-01; the values of 30 May 2026.\n"
        "Source: Invented law, UNVERIFIED.\n"
        "UNVERIFIED: something in it was never seen in its source. Read what is so marked there first.\n"
        "\nWho may ask\n"
    )
    assert "Taken before the course begins. A failure is final." in text


def test_a_policy_that_applies_to_some_says_to_whom() -> None:
    """The first stage has a heading of its own, and the last day is named."""
    text = policy_text_in_words(policy_in_words(replace(FOLIO, until=date(2030, 6, 30)), DAY))

    assert "In force from 1 January 1990 to 30 June 2030." in text
    assert "\nWhom it is about\n  Class of 2027 or later." in text


def test_lines_are_numbered_as_in_a_statute() -> None:
    """The first depth has numbers, then letters, then small Roman numerals; a line alone has none."""
    rule = all_of(A, any_of(A, all_of(A, not_(B))))
    words = policy_in_words(policy(rule, DONE), DAY).requires

    assert [("", "All of these:"), ("(1)", "A."), ("(2)", "Any one of these:")] == [
        (part.mark, part.text) for part in (words, *words.parts)
    ]
    assert ["(a)", "(b)"] == [part.mark for part in words.parts[1].parts]
    assert ["(i)", "(ii)"] == [part.mark for part in words.parts[1].parts[1].parts]
    assert [""] == [part.mark for part in words.parts[1].parts[1].parts[1].parts]


def test_a_list_and_the_one_group_asked_of_its_members_are_one_line() -> None:
    """`For each of the items, all of these:` reads as one."""
    assert ["For each of the items, all of these:", "  A.", "  B."] == said(each(fact.items, all_of(A, B)), ITEMS, DONE)


def test_finality_is_said_of_the_group_it_is_about() -> None:
    """A group says from when on a failure inside it is final."""
    lines = said(final_when(fact.done, all_of(A, B)), DONE)

    assert ["All of these; once done, a failure is final:", "  A.", "  B."] == lines


def test_a_count_named_after_its_unit_reads_as_one() -> None:
    """A fact that begins with its unit is counted in words."""
    sittings = replace(definition("sittings", unit="sittings"), says="sittings so far")

    assert ["2 or more sittings so far"] == said(fact.sittings >= 2, sittings)


def test_a_sentence_whose_number_has_changed_says_what_it_was() -> None:
    """Below the clause stand the values its number has had, with their days."""
    cut = parameter("cut", dated(3, date(2020, 1, 1)), dated(4, None, date(2019, 12, 31)))
    once = policy(clause("c", "At {cut}.", fact.score >= param.cut, LAW), SCORE, parameters=(cut,))
    spanned = parameter("cut", dated(3, date(2020, 1, 1), date(2021, 1, 1)), dated(4, date(2022, 1, 1)))

    assert ("cut: 3 since 1 January 2020; 4 until 31 December 2019",) == policy_in_words(once, DAY).requires.history
    assert "3 from 1 January 2020 to 1 January 2021" in policy_text_in_words(
        policy_in_words(replace(once, parameters=(spanned,)), DAY)
    )


def test_a_value_that_was_painted_over_is_told_by_its_day_of_adoption() -> None:
    """Two values for the same days are told apart by when each became law; a menu without entries says so."""
    cut = parameter("cut", dated(2022, adopted=date(2018, 10, 24)), dated(2023, adopted=date(2020, 11, 25)))
    menu = parameter("menu", (), kind=ParameterType.NAMES)
    rule = clause("c", "Class of {cut}, by {menu}.", fact.score >= param.cut, LAW)
    words = policy_in_words(policy(rule, SCORE, parameters=(cut, menu)), DAY)
    said_of_cut = "2022 at all times, adopted on 24 October 2018; 2023 at all times, adopted on 25 November 2020"

    assert (f"cut: {said_of_cut}",) == words.requires.history
    assert "Class of 2023, by none entered." == words.requires.text


def test_what_the_law_leaves_in_doubt_is_shown_with_the_policy() -> None:
    """Conflicts and gaps of the law's page are sections of their own; the rest of the page is not."""
    law = (
        "# Law\n\n## Routes\n\nA route.\n\n## Conflicts\n\nTwo texts\ndiffer.\n\n### us-xx/other\n\nNot here.\n\n"
        "## Not encoded\n\n### us-tx/credit-by-examination\n\n- Fees.\n- Grades.\n\n"
        "## Unverified\n\n### us-xx/other\n\nNo.\n"
    )
    words = policy_in_words(TEXAS, DAY, law=law)

    assert (("Conflicts", "Two texts\ndiffer."), ("Not encoded", "- Fees.\n- Grades.")) == words.notes
    assert policy_text_in_words(words).endswith(
        "\nConflicts\n  Two texts differ.\n\nNot encoded\n  - Fees.\n  - Grades.\n"
    )


def test_a_table_is_written_line_by_line() -> None:
    """Each entry of a table stands with its key."""
    lists = parameter("lists", table({"x": "studio", "y": "field"}), kind=ParameterType.TABLE)
    rule = clause("c", "C.", fact.done, LAW)

    assert "x: studio; y: field" == policy_in_words(policy(rule, DONE, parameters=(lists,)), DAY).numbers[0].value


def test_a_verified_policy_is_not_called_unverified() -> None:
    """Only confidence M makes a policy unverified."""
    assert not policy_in_words(TEXAS, DAY).unverified
    assert not policy_in_words(MASTERY, DAY).unverified


def test_a_conditional_grant_says_when() -> None:
    """A grant with a condition of its own names it."""
    rule = policy(A, DONE, grants=(grant("credit", 1, when=fact.done),))

    assert policy_in_words(rule, DAY).gives == ("credit: 1, where done",)


def test_dated_values_that_were_never_in_force_are_shown_as_such() -> None:
    """A parameter's history lists `none` as not in force."""
    number = parameter(
        "cut", dated(3, date(2020, 1, 1)), dated(PARAMETERS[1].values[0].value, None, date(2019, 12, 31))
    )
    words = policy_in_words(policy(clause("c", "C.", fact.score >= param.cut, LAW), SCORE, parameters=(number,)), DAY)

    assert [value.value for value in words.numbers[0].values] == ["3", "not in force"]
