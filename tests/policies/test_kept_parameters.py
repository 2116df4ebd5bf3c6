"""What a lower level may not change of a built-in policy: each such value is refused, with somebody who shows why."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

import pytest

import ledger.overrides
from ledger.catalogue import load
from ledger.overrides import read_overrides
from ledger.policy.analysis.angles import days_of, local_choices
from ledger.policy.analysis.comparing import folded_otherwise
from ledger.policy.analysis.overriding import Shown, shown_against
from ledger.policy.analysis.seeking import implied
from ledger.policy.analysis.side import Side
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome, Policy
from ledger.policy.parameters import Keep, ParameterDefinition, ParameterType
from ledger.policy.sheet import Missing, Value, value_words
from ledger.policy.sheets import sheet_from_data
from ledger.policy.terms import needed_parameters

POLICIES = {policy.edition: policy for policy in load().policies}
ALLOWED = {Keep.EXACT: "not change it", Keep.AT_LEAST: "only raise it", Keep.AT_MOST: "only lower it"}
BELOW, ABOVE = "below", "above"


class Tried(NamedTuple):
    """A local value of a parameter that has to keep to the law."""

    edition: str
    name: str
    text: str
    way: str

    @property
    def policy(self) -> Policy:
        """The policy."""
        return POLICIES[self.edition]

    @property
    def definition(self) -> ParameterDefinition:
        """The parameter."""
        return next(each for each in self.policy.parameters if each.name == self.name)

    @property
    def allowed(self) -> bool:
        """Whether the law lets a lower level set it."""
        return (self.definition.keep, self.way) in {(Keep.AT_LEAST, ABOVE), (Keep.AT_MOST, BELOW)}


def kept(definition: ParameterDefinition) -> bool:
    """Say whether a lower level may set a parameter, and not to any value."""
    return definition.keep is not Keep.LOCAL and definition.type is not ParameterType.TABLE


def around(definition: ParameterDefinition) -> Iterator[tuple[str, str]]:
    """Yield a value below everything the law sets and one above it, as text."""
    values = [one.value for one in definition.values if not isinstance(one.value, Missing)]
    if definition.type is ParameterType.BOOLEAN:
        yield from (("no" if value else "yes", BELOW if value else ABOVE) for value in dict.fromkeys(values))
    elif definition.type is ParameterType.NAMES:
        known = {part for value in values if isinstance(value, tuple) for part in value}
        yield from ((",".join(sorted(known - {part})), BELOW) for part in sorted(known)[:1])
        more = set(definition.choices or (*known, "one-more"))
        yield from ((",".join(sorted(more)), ABOVE) for _ in range(more > known))
    elif definition.type is ParameterType.DATE:
        days = [value for value in values if isinstance(value, date)]
        yield (min(days) - timedelta(days=1)).isoformat(), BELOW
        yield (max(days) + timedelta(days=1)).isoformat(), ABOVE
    else:
        numbers = [value for value in values if isinstance(value, int | Fraction)]
        yield value_words(min(numbers) - 1), BELOW
        yield value_words(max(numbers) + 1), ABOVE


TRIED = [
    Tried(policy.edition, definition.name, *each)
    for policy in POLICIES.values()
    for definition in policy.parameters
    if kept(definition)
    for each in around(definition)
]


def named(tried: Tried) -> str:
    """Name a value."""
    return f"{tried.edition} {tried.name} {tried.way}"


def why_nobody(policy: Policy, name: str, value: Value) -> str:
    """Say why no learner shows that a value is not the law's; empty where that cannot be shown.

    The value is part of a fact, which is then folded in another way; or it stands only in what is given;
    or it is proved that nobody can be met by the one and not by the other, on any day and whatever else a
    local body chooses.
    """
    law, local = Side(policy, policy.effective), Side(policy, policy.effective, {name: value})
    if any(folded_otherwise(law, local)):
        return "part of a fact"
    if all(name not in needed_parameters(rule) for rule in policy.rules):
        return "only given"
    for day in days_of(policy):
        for choices in ({}, *local_choices(policy)):
            law, local = Side(policy, day, choices), Side(policy, day, {**choices, name: value})
            if not (implied(law, local, 0) and implied(law, local, 1)):
                return ""
    return "nobody differs"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Shown | None]:
    """Keep what a refusal finds, so that it need not be searched for twice."""
    found: list[Shown | None] = []

    def remembering(policy: Policy, name: str, value: Value, others: Mapping[str, Value], on: date) -> Shown | None:
        found.append(shown_against(policy, name, value, others, on))
        return found[-1]

    monkeypatch.setattr(ledger.overrides, "shown_against", remembering)
    return found


@pytest.mark.parametrize("tried", [each for each in TRIED if not each.allowed], ids=named)
def test_a_value_beyond_the_law_is_refused_with_somebody_who_shows_it(tried: Tried, seen: list[Shown | None]) -> None:
    """The refusal says value, law, day and source, and names somebody of whom the two values say otherwise."""
    policy = tried.policy
    values, problems = read_overrides(policy, {tried.name: tried.text}, policy.effective)
    (problem,) = problems
    (shown,) = seen

    assert (policy.edition, f"param.{tried.name}") == (problem.policy, problem.where)
    assert f"{value_words(values[tried.name])} is not allowed: the law sets " in problem.what
    assert f", and a lower level may {ALLOWED[tried.definition.keep]}" in problem.what
    if shown is None:
        assert "" != why_nobody(policy, tried.name, values[tried.name])
    else:
        assert problem.what.endswith(f"; {shown.sentence}")
        assert (shown.learner.bound, shown.learner.candidate) == outcomes(policy, tried.name, values, shown)
        assert 1 == [shown.learner.bound, shown.learner.candidate].count(Outcome.MET)


def outcomes(policy: Policy, name: str, values: Mapping[str, Value], shown: Shown) -> tuple[Outcome, ...]:
    """Decide about somebody under the law and under the local value."""
    sheet, wrong = sheet_from_data(policy, shown.learner.example)
    assert () == wrong
    return tuple(
        decide(policy, sheet, shown.on, overrides={**shown.choices, **local}).outcome
        for local in ({}, {name: values[name]})
    )


@pytest.mark.parametrize("tried", [each for each in TRIED if each.allowed], ids=named)
def test_a_value_on_the_laws_own_side_is_accepted(tried: Tried, seen: list[Shown | None]) -> None:
    """What asks for more where more may be asked, or for less where less may be, is let through unsearched."""
    assert [] == read_overrides(tried.policy, {tried.name: tried.text}, tried.policy.effective)[1]
    assert [] == seen


def test_every_kept_parameter_of_every_policy_is_tried() -> None:
    """No built-in parameter with a bound is left out but tables, which no lower level can set at all."""
    every = {
        (policy.edition, definition.name, definition.type is ParameterType.TABLE)
        for policy in POLICIES.values()
        for definition in policy.parameters
        if definition.keep is not Keep.LOCAL
    }

    assert {each[:2] for each in every if not each[2]} == {each[:2] for each in TRIED}
    for edition, name, _ in sorted(each for each in every if each[2]):
        (problem,) = read_overrides(POLICIES[edition], {name: "1"}, POLICIES[edition].effective)[1]
        assert problem.what.endswith("it is set in the policy's own file only")
