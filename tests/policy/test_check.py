"""What is said against a policy before it may be used: names, sources, order, form."""

from typing import Any

import pytest

from ledger.catalogue import load
from ledger.facts.methods import METHOD_NAMES
from ledger.policy import (
    Citation,
    FactDefinition,
    FactType,
    FieldIn,
    ParameterDefinition,
    ParameterType,
    Policy,
    Question,
    Reads,
    Ready,
    all_of,
    any_of,
    by_case,
    count_of,
    each,
    fact,
    not_,
    param,
    some,
    table,
    times,
)
from ledger.policy.check import problems
from tests.policy.checking import said, sentence
from tests.policy.examples import CHALLENGE, FOLIO, dated, parameter

BUILT_IN = {each.edition: each for each in load().policies}


@pytest.mark.parametrize("edition", BUILT_IN)
def test_nothing_is_said_against_a_built_in_policy(edition: str) -> None:
    """Every built-in policy passes every check."""
    assert problems(BUILT_IN[edition], METHOD_NAMES) == ()


def test_a_sound_rule_passes() -> None:
    """Lists, cases, sums, shares, tables and sensible negations are no problem."""
    rule = all_of(
        each(fact.areas, sentence(fact.area_level >= param.cut.by(fact.area), "area"), name=fact.area),
        by_case(
            fact.path, work=sentence(fact.score + 3 >= param.points, "work"), college=sentence(fact.passed, "college")
        ),
        sentence(times(100, fact.score) >= times(75, param.points), "share"),
        sentence(all_of(fact.score.exists(), not_(fact.score < 60)), "guarded"),
        sentence(any_of(not_(fact.score.exists()), not_(fact.score < 60)), "confirmed"),
        sentence(count_of(fact.areas, fact.kind.in_(param.menu)) >= 1, "counted"),
        some(fact.areas, sentence(fact.tried_on < fact.begun, "dated"), at_least=2),
        sentence(fact.tries.is_(0), "none", "At {points} points."),
    )

    assert [] == said(
        rule,
        parameter("cut", table({"a": 3}), kind=ParameterType.TABLE),
        ParameterDefinition("points", "points", ParameterType.INTEGER, "points", values=(dated(3),)),
        parameter("menu", ("studio",), kind=ParameterType.NAMES),
    )


NAMES: list[tuple[str, Any, list[str]]] = [
    (
        "an undeclared fact",
        sentence(fact.scor >= 3),
        ["clause 'b': fact.scor is not declared in the sheet (did you mean 'score'?)."],
    ),
    (
        "an undeclared fact like no other",
        any_of(sentence(fact.zzzzz >= 3)),
        [
            (
                "clause 'b': fact.zzzzz is not declared in the sheet (there are area, area_level, areas, begun, grade, "
                "kind, known, moved, note, passed, path, score, share, tried_on, tries, year)."
            )
        ],
    ),
    (
        "a member outside its list",
        sentence(fact.area_level >= 3, "area"),
        ["clause 'area': fact.area_level is declared for each member of `areas`; use it inside each(fact.areas, ...)."],
    ),
    (
        "an undeclared parameter",
        sentence(fact.score >= param.cut),
        ["clause 'b': param.cut is not declared (there are none)."],
    ),
    (
        "a clause without a citation",
        sentence(fact.passed, cites=None),
        ["clause 'b': has no citation: name the instrument and the place in it."],
    ),
    (
        "a clause whose citation is empty",
        sentence(fact.passed, cites=Citation(" ")),
        ["clause 'b': has no citation: name the instrument and the place in it."],
    ),
    (
        "two clauses of one name",
        all_of(sentence(fact.passed), sentence(fact.moved)),
        ["clause 'b': stands 2 times; give each a name of its own."],
    ),
    (
        "a sentence about no parameter",
        sentence(fact.passed, says="At {cut} points."),
        ["clause 'b': its sentence names {cut}, which is no parameter (there are none)."],
    ),
    (
        "a sentence with a brace too many",
        sentence(fact.passed, says="At {cut points."),
        ["clause 'b': its sentence names {At {cut points.}, which is no parameter (there are none)."],
    ),
]


@pytest.mark.parametrize(("rule", "sentences"), [each[1:] for each in NAMES], ids=[each[0] for each in NAMES])
def test_names_and_sources_are_checked(rule: Any, sentences: list[str]) -> None:
    """What is not declared, not cited or named twice is said with its place."""
    assert sentences == said(rule)


def test_facts_and_parameters_are_checked_as_declared() -> None:
    """Unknown methods, parameters of filters, clocks, repeated names and unused numbers are found."""
    sheet = (
        FactDefinition(
            "score", "score", "bets.1", FactType.INTEGER, Reads.EVIDENCE, where=(FieldIn("kind", param.menu),)
        ),
        FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE, arguments=(("n", param.n),)),
    )
    found = said(
        sentence(fact.score >= param.cut), parameter("cut", 3, clock="begun"), parameter("spare", 3), sheet=sheet
    )

    assert found == [
        "fact 'score': param.menu is not declared (there are cut, spare).",
        "fact 'score': param.n is not declared (there are cut, spare).",
        "fact 'score': stands 2 times; give each a name of its own.",
        "parameter 'cut': its clock 'begun' is neither 'decision' nor a fact of the sheet (there are score).",
        "parameter 'spare': is declared and never used.",
        "fact 'score': there is no fact method 'bets.1' (did you mean 'best.1'?).",
    ]


def test_a_parameter_by_a_member_s_day_stands_inside_the_list() -> None:
    """A clock that each member has cannot be read outside."""
    number = parameter("cut", 3, clock="tried_on")

    assert said(sentence(fact.score >= param.cut), number) == [
        (
            "clause 'b': param.cut goes by fact.tried_on, which is declared for each member of `areas`; "
            "use it inside each(fact.areas, ...)."
        )
    ]


def test_a_value_without_a_source_is_found() -> None:
    """A parameter value needs a citation as a clause does."""
    value = dated(3)
    number = ParameterDefinition(
        "cut", "cut", ParameterType.INTEGER, values=(type(value)(None, None, 3, value.adopted, Citation("")),)
    )

    assert said(sentence(fact.score >= param.cut), number) == [
        "parameter 'cut', value 1: has no citation: say where this value comes from."
    ]


@pytest.mark.parametrize(
    ("question", "read", "what"),
    [
        (Question.CREDIT, "MASTERY", None),
        (Question.CREDIT, "CREDIT", None),
        (
            Question.CREDIT,
            "GRADUATION",
            "reads GRADUATION decisions, which are made after CREDIT: a policy reads earlier questions only.",
        ),
        (Question.CREDIT, "MASTRY", "there is no question 'MASTRY' (did you mean 'MASTERY'?)."),
    ],
)
def test_a_policy_reads_earlier_questions_only(question: Question, read: str, what: str | None) -> None:
    """Decisions that build on one another form no circle."""
    read_fact = FactDefinition(
        "earned",
        "earned",
        "decision.1",
        FactType.BOOLEAN,
        Reads.DECISION,
        arguments=(("question", read),),
        when_none=False,
    )

    assert ([f"fact 'earned': {what}"] if what else []) == said(
        sentence(fact.earned), sheet=(read_fact,), question=question
    )


def test_readiness_does_not_wait_for_readiness() -> None:
    """A readiness policy cannot filter by readiness."""
    circular = FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE, where=(Ready(),))

    assert said(sentence(fact.score >= 3), sheet=(circular,), question=Question.READINESS) == [
        "fact 'score': reads READINESS to decide READINESS: leave out Ready."
    ]


def test_a_rule_nested_too_deeply_cannot_be_archived() -> None:
    """What has no canonical text is a problem, not a crash."""
    rule = sentence(fact.passed)
    for _ in range(20):
        rule = all_of(rule)  # type: ignore[assignment]

    found = said(rule)

    assert len(found) == 1
    assert found[0].startswith("cannot be archived: /policy/requires/parts/0")
    assert found[0].endswith("nested deeper than 32 levels")


@pytest.mark.parametrize("example", [CHALLENGE, FOLIO], ids=lambda each: each.id)
def test_the_examples_of_the_evaluator_lack_only_their_citations(example: Policy) -> None:
    """Policies that use the whole vocabulary pass every other check."""
    found = [str(problem) for problem in problems(example, METHOD_NAMES)]

    assert [each for each in found if "has no citation" not in each] == []
    assert found
