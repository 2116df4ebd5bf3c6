"""Code that judges, as the evaluator sees it: asked where all it needs is known, never run by the evaluator itself."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.errors import JudgementFailed, UnreadablePolicy
from ledger.policy import ABSENT, UNKNOWN, Outcome, Policy
from ledger.policy.by_code import judged
from ledger.policy.canonical import policy_digest, policy_from_text, policy_text
from ledger.policy.evaluate import decide
from ledger.policy.explaining import explain, explanation_text
from ledger.policy.layout import policy_text_in_words
from ledger.policy.nodes import Clause, Judged
from ledger.policy.plain import policy_in_words
from ledger.policy.sheet import Value
from ledger.policy.terms import fact, param
from ledger.values import digest
from tests.judging import growth
from tests.judging.files import whole

TODAY = date(2026, 5, 30)
CODE: Any = growth.growing.test


class Judge:
    """Says what it was told to say, and remembers what it was asked."""

    def __init__(self, says: bool | None) -> None:
        self.says = says
        self.asked: list[tuple[Mapping[str, Value], Mapping[str, Value]]] = []

    def __call__(self, judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value], /) -> bool | None:
        """Remember, and answer."""
        self.asked.append((facts, parameters))
        return self.says


def works(*levels: Value) -> dict[str, Value]:
    """Return the sheet of works at some levels."""
    return {"work_count": len(levels), "works": tuple({"work_level": level} for level in levels)}


@pytest.mark.parametrize(
    ("says", "outcome"), [(True, Outcome.MET), (False, Outcome.NOT_YET), (None, Outcome.UNDETERMINED)]
)
def test_what_the_code_says_is_what_the_clause_comes_to(says: bool | None, outcome: Outcome) -> None:
    """Met, not met and cannot tell are the clause's own; the clause is what the answer rests on."""
    finding = decide(whole(), works(2, 3), TODAY, judge=Judge(says))

    assert outcome is finding.outcome
    assert "growing" in finding.decisive
    assert ("fall", 1) in finding.parameters


def test_what_is_not_known_keeps_the_code_from_being_asked() -> None:
    """Of a list, or a member of it, that is not known the code is not asked: the answer waits for the fact."""
    judge = Judge(True)
    found = [
        decide(whole(), sheet, TODAY, judge=judge) for sheet in (works(2, UNKNOWN), {**works(2, 3), "works": UNKNOWN})
    ]

    assert [Outcome.UNDETERMINED] * 2 == [finding.outcome for finding in found]
    assert [("work_level",), ("works",)] == [finding.needs for finding in found]
    assert [] == judge.asked


def test_a_parameter_without_a_value_keeps_it_from_being_asked() -> None:
    """Where a parameter has no value on the day, that is what is needed."""
    policy = whole()
    bare = replace(
        policy, parameters=tuple(replace(one, values=one.values[one.name == "fall" :]) for one in policy.parameters)
    )
    judge = Judge(True)
    finding = decide(bare, works(2, 3), TODAY, judge=judge)

    assert (Outcome.UNDETERMINED, ("param.fall",), []) == (finding.outcome, finding.needs, judge.asked)


def test_the_code_is_told_what_is_absent_as_it_was_declared() -> None:
    """A member that leaves a fact out has what its definition says for none; facts it does not need are not told."""
    judge = Judge(True)
    decide(whole(), {"work_count": 2, "works": ({}, {"work_level": Fraction(5, 2)})}, TODAY, judge=judge)

    assert [({"works": ({"work_level": ABSENT}, {"work_level": Fraction(5, 2)})}, {"fall": 1})] == judge.asked


def test_the_evaluator_itself_runs_nothing() -> None:
    """Without somebody handed in to run it, code is refused with a sentence."""
    with pytest.raises(JudgementFailed) as refused:
        decide(whole(), works(2, 3), TODAY)

    assert "'growing' judges by code, and no code is run here: hand in who is to run it" == str(refused.value)


def test_the_text_of_the_function_alone_is_archived() -> None:
    """The canonical text holds the function from its def on, comments and all, with its SHA-256, and is read back."""
    policy = whole()
    text = policy_text(policy)

    assert isinstance(CODE, Judged)
    assert CODE.source.startswith('def growing(facts: Any, parameters: Any) -> bool | None:\n    """Hold each work')
    assert CODE.source.endswith("    return True\n")
    assert digest(CODE.source.encode()) == CODE.digest
    assert CODE.digest in text
    assert policy == policy_from_text(text)


def test_the_digest_of_the_policy_covers_the_code() -> None:
    """Another function, even by one comment, is another policy."""
    policy = whole()
    source = CODE.source.replace("    best = None\n", "    best = None  # none yet\n", 1)
    other = replace(CODE, source=source, digest=digest(source.encode()))
    requires: Any = policy.requires
    changed = replace(
        policy, requires=replace(requires, parts=(requires.parts[0], replace(growth.growing, test=other)))
    )

    assert policy_digest(policy) != policy_digest(changed)


def test_a_text_whose_code_is_not_that_of_its_digest_is_unreadable() -> None:
    """Where somebody changes the code in an archived text and not its digest, nothing is read."""
    text = policy_text(whole()).replace("return False", "return True")
    with pytest.raises(UnreadablePolicy) as refused:
        policy_from_text(text)

    assert f"the code of 'growing' is not the code of its digest {CODE.digest[:16]}" in str(refused.value)


def test_it_is_marked_wherever_it_is_shown() -> None:
    """The policy in words and every explanation say that the clause is judged by code; the words show the code."""
    policy = whole()
    said = policy_text_in_words(policy_in_words(policy, TODAY))
    explained = explanation_text(explain(policy, decide(policy, works(3, 1), TODAY, judge=Judge(False)), TODAY))

    assert ("growing",) == policy.judged
    assert "JUDGED BY CODE: growing. Nothing is proved of it: read the code." in said
    assert f"The code that judges 'growing', of which nothing is proved (SHA-256 {CODE.digest})" in said
    assert "        if work.work_level is None:" in said.replace("          if", "        if")
    sentence = "No work falls more than 1 levels below the best before it (judged by code, not proved)."
    assert sentence in explained
    assert sentence.replace("(judged by code, not proved).", "(judged") in " ".join(said.split())


def function(facts: Any, parameters: Any) -> bool:
    """Judge."""
    return bool(facts.score)


def test_what_it_needs_is_said_with_terms() -> None:
    """Needs are facts and whole parameters; a table entry, a text or nothing at all is refused."""
    for needs in ([], ["score"], [param.cut.by("a")]):
        with pytest.raises(TypeError) as refused:
            judged(id="x", says="X.", needs=needs)  # type: ignore[arg-type]

        assert "judged 'x' needs a list of what it reads, such as needs=[fact.score, param.cut]." == str(refused.value)


def test_a_source_is_a_citation() -> None:
    """A text in place of a citation is refused."""
    with pytest.raises(TypeError) as refused:
        judged(id="x", says="X.", needs=[fact.score], cites="Act 1")  # type: ignore[arg-type]

    assert "judged 'x': 'Act 1' is not a Citation." == str(refused.value)


def test_a_function_without_a_text_is_refused() -> None:
    """What has no source, such as a function of Python's own, cannot be archived."""
    with pytest.raises(TypeError) as refused:
        judged(id="x", says="X.", needs=[fact.score])(isinstance)

    assert "judged 'x' stands over what has no text to be read: write a function in a file." == str(refused.value)


@pytest.mark.parametrize("thing", [function, lambda facts, parameters: True, Judge])
def test_only_a_function_with_nothing_else_above_it_will_do(thing: Any) -> None:
    """A function that is decorated otherwise, a lambda and a class are refused."""
    with pytest.raises(TypeError) as refused:
        judged(id="x", says="X.", needs=[fact.score])(thing)

    assert "judged 'x' needs a function that is written with def and has nothing else above it." == str(refused.value)


def test_it_is_a_clause_of_its_own() -> None:
    """What comes of it is a clause like any other: final, with a next step, with a source."""
    assert isinstance(growth.growing, Clause)
    assert ("keep up the level that was reached", False) == (growth.growing.next, growth.growing.final)
    assert "tests.judging.growth" in sys.modules


def test_a_policy_without_code_names_none() -> None:
    """A policy without code has no clause judged by code."""
    policy = whole()
    requires: Any = policy.requires
    plain: Policy = replace(policy, requires=requires.parts[0])

    assert () == plain.judged
