"""Policies, questions, citations and the defaults they bring."""

from datetime import date

import pytest

from ledger.policy import Citation, Effect, Outcome, Question, Standing, Words, always, fact, grant
from ledger.policy.citation import Confidence
from tests.policy.examples import policy


def test_questions_build_on_one_another_in_strata() -> None:
    """Readiness, mastery and support come first, then credit, then advancement and certification, then graduation."""
    strata = [question.stratum for question in Question]

    assert [0, 0, 0, 1, 2, 2, 3] == strata


def test_standing_and_effect_follow_the_question() -> None:
    """Mastery follows the evidence, credit stands once given; a policy may say otherwise."""
    mastery = policy(always, question=Question.MASTERY)
    credit = policy(always, question=Question.CREDIT)
    posted = policy(always, standing=Standing.CURRENT, effect=Effect.POSTED)

    assert (mastery.standing, mastery.effect) == (Standing.CURRENT, Effect.IMMEDIATE)
    assert (credit.standing, credit.effect) == (Standing.AWARD, Effect.IMMEDIATE)
    assert (posted.standing, posted.effect) == (Standing.CURRENT, Effect.POSTED)


def test_policies_written_alike_are_equal() -> None:
    """Two policies with the same parts are one value, and another rule is another value."""
    assert policy(always) == policy(always)
    assert policy(always) != policy(fact.a)
    assert policy(always, effective=date(2013, 6, 14)).edition == "us-ex/policy@2013-06-14"


def test_a_citation_names_places_in_its_instrument() -> None:
    """Anchors can be written with brackets or parentheses and are no list to go through."""
    code = Citation("19 TAC §74.24", confidence=Confidence.V)

    assert str(code["(c)"]) == str(code("(c)")) == "19 TAC §74.24(c)"
    assert code["(c)"].confidence is Confidence.VERBATIM
    assert Citation("Somewhere").confidence is Confidence.MEMORY
    with pytest.raises(TypeError, match="0 is not an anchor"):
        list(code)


def test_a_grant_names_the_outcome_it_goes_with() -> None:
    """A grant goes with a met decision where nothing else is said; an unknown outcome is refused."""
    assert grant("credit", fact.credits).at is Outcome.MET
    assert grant("notation", "F", at="denied").at is Outcome.DENIED
    with pytest.raises(ValueError, match="'passed' is not a valid Outcome"):
        grant("credit", 1, at="passed")


def test_a_jurisdiction_has_its_own_words() -> None:
    """An outcome is shown in the jurisdiction's word where it has one."""
    words = Words(met="proficient")

    assert [words.of(outcome) for outcome in (Outcome.MET, Outcome.NOT_YET)] == ["proficient", "not yet"]
