"""What may not stand in code that judges, line by line, each with the sentence its author reads."""

from dataclasses import replace

import pytest

from ledger.facts.methods import METHOD_NAMES
from ledger.policy import Policy, fact, grant
from ledger.policy.check import problems
from ledger.policy.judging.allowed import FUNCTIONS, METHODS, faults
from ledger.policy.nodes import AllOf, Judged
from ledger.values import digest
from tests.judging.files import whole
from tests.judging.growth import growing
from tests.policy.test_catalogue import bad, said

ITS_OWN = "which is neither its own nor given to it"
HANDED = f"{ITS_OWN}; hand it in as a fact or a parameter"
THERE_ARE = f"{ITS_OWN}; there are {', '.join(FUNCTIONS)}"
MAY_CALL = f"of a value it may call {', '.join(METHODS)}"
MAY_GIVE = "it may give default, reverse, start, strict"

AROUND = """\
line 1: has arguments with a default, or as many as there are; it takes two.
line 1: takes something else than (facts, parameters).
line 2: imports something; it may import nothing.
line 3: imports something; it may import nothing.
line 5: reaches out of the function with global; it may not.
line 6: reads 'SEEN', {HANDED}.
line 7: calls date.today; {MAY_CALL}.
line 7: reads 'date', {HANDED}.
line 8: calls random.random; {MAY_CALL}.
line 8: holds the float 0.5; give a whole number in the smallest unit.
line 8: reads 'random', {HANDED}.
line 9: calls open('x').read; {MAY_CALL}.
line 9: reads 'eval', {THERE_ARE}.
line 9: reads 'open', {THERE_ARE}.
line 10: hands on 'facts' as a whole; read one of what it holds, such as facts.score.
line 10: reads 'getattr', {THERE_ARE}.
line 10: reads facts.__dict__, which is not for others.
line 10: reads facts.note, which it does not say that it needs.
line 11: reads 'hash', {THERE_ARE}.
line 11: reads 'id', {THERE_ARE}.
line 12: reads 'isinstance', {THERE_ARE}.
"""
FORM = """\
line 1: may end without an answer: return True, False or None on every way.
line 2: loops with while, which may never end; loop with for over what is given.
line 4: catches an error; let it be seen.
line 8: defines a function of its own; write out what it does.
line 9: makes a set, which has no order; use a list.
line 9: writes to facts.score; it may write to names of its own alone.
line 10: gives 'sum' another meaning; take another name.
line 10: writes a text; it may only answer.
line 11: does nothing with facts.score == 1.
line 12: gives a call the argument key; {MAY_GIVE}.
line 13: asks whether something is share; write ==.
line 13: reads 'share', {HANDED}.
line 14: calls inner(one).bit_length; {MAY_CALL}.
line 14: calls inner, which is no function by its name.
line 14: gives a call the argument **; {MAY_GIVE}.
line 15: reads 'share', {HANDED}.
"""
SUM = """\
line 2: calls [1][0], which is no function by its name.
line 2: hands on 'facts' as a whole; read one of what it holds, such as facts.score.
line 2: hands on 'parameters' as a whole; read one of what it holds, such as facts.score.
line 2: holds Ellipsis, which has no place in it.
line 2: holds b'', which has no place in it.
line 2: reads 'again', {HANDED}.
"""
WORDS = {name: globals()[name] for name in ("HANDED", "THERE_ARE", "MAY_CALL", "MAY_GIVE")}


def about(clause: str, sentences: str) -> list[str]:
    """Return sentences about a clause as they are told of the bad plugin."""
    return [f"impure_code: us-ex/impure, clause {clause!r}: {line}" for line in sentences.format(**WORDS).splitlines()]


def test_impure_code_is_refused_when_the_catalogue_is_built() -> None:
    """Closures, defaults, imports, globals, floats, the clock, chance and files: every line has its sentence."""
    expected = [
        *about("closure", "line 2: reads 'most', {HANDED}."),
        *about("around", AROUND),
        *about("form", FORM),
        *about("idle", "says that it needs fact.score and never reads facts.score."),
        *about("sum", SUM),
    ]

    assert expected == said(bad("impure_code"))


def code(source: str) -> Judged:
    """Return some text as the code of a clause."""
    return Judged("f", source, digest(source.encode()), (fact.score,))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def f(:", "line 1: is not Python: invalid syntax."),
        ("f = 1", "is not the one function 'f' and nothing else."),
        ("def g(facts, parameters):\n    return True", "is not the one function 'f' and nothing else."),
        ("def f(facts, parameters): return facts.score == 1\nf = 2", "is not the one function 'f' and nothing else."),
        (
            "def f(facts, parameters):\n    return facts.score / 2 == 1",
            "line 2: divides with /, which gives a float; compare products, or write //.",
        ),
        (
            "def f(facts, parameters):\n    return facts.score @ 2",
            "line 2: holds MatMult, which has no place in it.",
        ),
    ],
)
def test_a_text_that_is_no_such_function_is_refused(source: str, sentence: str) -> None:
    """What an archive may hold instead of one sound function is refused too."""
    assert sentence == faults(code(source))[0]


def test_a_sound_function_passes() -> None:
    """Loops, sums, lists, dictionaries, types that are only named, and a text that says what it does."""
    source = '''\
def f(facts: "Facts", parameters: Parameters) -> bool | None:
    """Say something."""
    found: list[int] = []
    seen = {"a": 1}
    for number, one in enumerate(sorted([1, 2], reverse=True), start=1):
        found.append(one * number - seen.get("a"))
        if one is None or not one:
            continue
    total = sum(each for each in found if each % 2 == 0)
    if facts.score is None:
        return None
    elif total:
        return total >= -facts.score // 2
    else:
        return max(found, default=0) < 3
'''

    assert () == faults(code(source))


def said_against(policy: Policy) -> list[str]:
    """Return what is said against a policy."""
    return [str(problem) for problem in problems(policy, METHOD_NAMES)]


def test_nothing_is_said_against_the_policy_of_these_tests() -> None:
    """A sound function in a clause is no problem."""
    assert [] == said_against(whole())


def test_code_stands_in_a_clause_of_a_stage_alone() -> None:
    """What a decision gives is never judged by code, and no test is."""
    grants = (grant("credit", 1, when=growing), grant("credit", 2))
    in_a_grant = replace(whole(), grants=grants)
    bare = replace(whole(), requires=AllOf((growing.test,)))
    sentence = "is judged by code: that may stand in a clause of a stage alone."

    assert f"growing/mastery, clause 'growing': {sentence}" in said_against(in_a_grant)
    assert f"growing/mastery, requires: {sentence}" in said_against(bare)
