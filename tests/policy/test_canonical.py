"""The canonical text of a policy and of a value, and what is refused on reading."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.catalogue import load
from ledger.errors import UnreadablePolicy
from ledger.policy import ABSENT, UNKNOWN, Policy, clause, fact, table
from ledger.policy.canonical import policy_digest, policy_from_text, policy_text, value_from_text, value_text
from ledger.policy.records import CLASSES
from tests.policy.examples import CHALLENGE, FOLIO, policy
from tests.policy.strategies import PARAMETERS, SHEET, stages

BUILT_IN = {each.edition: each for each in load().policies}
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.fractions().filter(lambda number: max(abs(number.numerator), number.denominator) < 2**53),
    st.text("abcä", max_size=5),
    st.dates(),
    st.sampled_from([ABSENT, UNKNOWN]),
)
SHEETS = st.dictionaries(st.text("abc", min_size=1, max_size=3), SCALARS, max_size=3)


@pytest.mark.parametrize("edition", BUILT_IN)
def test_a_built_in_policy_is_read_back_as_it_was(edition: str) -> None:
    """The text of a built-in policy reads as an equal policy with the same text."""
    read = policy_from_text(policy_text(BUILT_IN[edition]))

    assert BUILT_IN[edition] == read
    assert policy_text(BUILT_IN[edition]) == policy_text(read)


@pytest.mark.parametrize("example", [CHALLENGE, FOLIO], ids=lambda each: each.id)
def test_an_example_policy_is_read_back_as_it_was(example: Policy) -> None:
    """Tables, dated values of every clock, panels and categories survive the round trip."""
    assert example == policy_from_text(policy_text(example))


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(stages())
def test_a_random_policy_is_read_back_as_it_was(parts: dict[str, Any]) -> None:
    """Whatever can be written in the vocabulary reads back as an equal policy with the same digest."""
    written = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    read = policy_from_text(policy_text(written))

    assert written == read
    assert policy_digest(written) == policy_digest(read)


def test_another_number_in_a_rule_is_another_digest() -> None:
    """Changing a constant changes the digest."""
    one, other = (policy(clause("a", "A.", fact.score >= cut), *SHEET) for cut in (2, 3))

    assert policy_digest(one) != policy_digest(other)


def test_a_field_at_its_default_is_not_written() -> None:
    """Fields at their defaults stand nowhere in the text, so that new ones change no digest."""
    raw = json.loads(policy_text(policy(clause("a", "A.", fact.score >= 2), *SHEET)))

    assert {"id": "a", "is": "clause", "says": "A."} == {
        key: part for key, part in raw["policy"]["requires"].items() if key != "test"
    }


def test_every_tag_stands_for_one_class() -> None:
    """No two classes share a tag and no class has two."""
    assert len(CLASSES) == len(set(CLASSES.values()))


def altered(*path: str, to: Any) -> str:
    """Return the text of a policy with one part replaced."""
    raw = json.loads(policy_text(CHALLENGE))
    part = raw
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "the archived policy is not canonical JSON: Expecting property name"),
        ("[]", "an archived policy is an object of `format` and `policy`"),
        (altered("format", to=2), "the archived policy has format 2; this release reads 1"),
        (altered("policy", to=3), "the archived text does not hold a policy"),
        (altered("policy", "requires", to={"is": "opaque"}), "policy/requires: this release knows no record 'opaque'"),
        (altered("policy", "requires", to={"is": 7}), "policy/requires: this release knows no record 7"),
        (altered("policy", "weight", to=1), "policy: this release knows no field 'weight' of record 'policy'"),
        (altered("policy", "cites", to={"is": "citation"}), "policy/cites: record 'citation' lacks its field"),
        (altered("policy", "question", to="LUCK"), "policy/question: 'LUCK' is not one of READINESS, MASTERY"),
        (altered("policy", "effective", to={"date": "20260530"}), "policy/effective: 'date' cannot be read"),
        (altered("policy", "effective", to={"date": 3}), "policy/effective: 'date' cannot be read"),
        (altered("policy", "until", to={"instant": 3}), "policy/until: this release knows no value with instant"),
        (altered("policy", "until", to={}), "policy/until: this release knows no value with nothing in it"),
        (altered("policy", "until", to={"fraction": [2, 4]}), "2/4 is not in lowest terms"),
        (altered("policy", "until", to={"fraction": [2, 0]}), "is not a numerator and a denominator"),
        (altered("policy", "until", to={"unknown": 1}), "1 is not true"),
        (altered("policy", "requires", to=3), "record 'policy' cannot be read: us-ex/course-challenge, requires needs"),
        (altered("policy", "award", to="standard"), "the archived policy is not in canonical form"),
    ],
)
def test_an_archived_text_this_release_cannot_read_is_refused(text: str, why: str) -> None:
    """Unknown formats, records, fields and values are refused with a sentence that names them."""
    with pytest.raises(UnreadablePolicy) as refused:
        policy_from_text(text)

    assert why in str(refused.value)


def test_a_float_has_no_canonical_form() -> None:
    """A policy that smuggles in a float cannot be written."""
    smuggled = policy(clause("a", "A.", fact.score >= 2), *SHEET, words=2.5)

    with pytest.raises(ValueError, match=r"2\.5 is a float, which has no canonical form in a policy"):
        policy_text(smuggled)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (True, "true"),
        ("ap", '"ap"'),
        (Fraction(5, 2), '{"fraction":[5,2]}'),
        (date(2026, 5, 30), '{"date":"2026-05-30"}'),
        (ABSENT, "null"),
        (UNKNOWN, '{"unknown":true}'),
        (("a", "b"), '["a","b"]'),
        ((), "[]"),
        (({"level": Fraction(3)}, {"level": ABSENT}), '[{"level":{"fraction":[3,1]}},{"level":null}]'),
        (
            table({"writing": 3, ("number", 2): Fraction(5, 2)}),
            '{"table":[[["writing"],3],[["number",2],{"fraction":[5,2]}]]}',
        ),
    ],
)
def test_a_value_has_one_text(value: Any, text: str) -> None:
    """Each kind of value has its own form, which reads back as the same value."""
    assert text == value_text(value)
    assert value == value_from_text(text)
    assert type(value) is type(value_from_text(text))


@given(st.one_of(SCALARS, st.lists(SHEETS, max_size=3).map(tuple), st.lists(st.text("abc"), max_size=3).map(tuple)))
def test_every_value_is_read_back_as_it_was(value: Any) -> None:
    """A value and what its text reads as are equal."""
    assert value == value_from_text(value_text(value))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[1]", "a list holds texts, or one object of facts for each member"),
        ('{"absent":true}', "a value is true, false, a whole number"),
        ('{"fraction":3}', "'fraction' cannot be read"),
        ('{"date":"2026-02-30"}', "day is out of range"),
        ("2.5", "2.5 is not a whole number"),
    ],
)
def test_a_text_that_is_no_value_is_refused(text: str, why: str) -> None:
    """Anything else raises ValueError with a sentence."""
    with pytest.raises(ValueError, match=why):
        value_from_text(text)
