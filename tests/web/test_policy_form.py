"""The form made from a policy: it loads what it dumps, and says of every value whose it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from ledger import catalogue
from ledger.policy.citation import Citation
from ledger.policy.model import Policy
from ledger.policy.parameters import NONE, DatedValue, Keep, ParameterDefinition, ParameterType, value_on
from ledger.policy.sheet import Value
from web.policy_form import ParameterField, parameter_fields, parameter_schema, read_parameters, written

ON = date(2026, 8, 1)
POLICIES = {policy.edition: policy for policy in catalogue.load().policies}


def settable() -> Iterator[tuple[str, str]]:
    """Name every parameter of every built-in policy that a lower level may set, with its edition."""
    for edition, policy in POLICIES.items():
        yield from ((edition, name) for name in parameter_schema(policy, ON).fields)


SETTABLE = tuple(settable())


def a_policy(definition: ParameterDefinition) -> Policy:
    """Return a policy with one parameter."""
    policy = POLICIES["competency-based/mastery@2000-01-01"]
    return replace(policy, id="test/one", parameters=(definition,))


def field(policy: Policy, name: str, typed: str = "", now: dict[str, Value] | None = None) -> ParameterField:
    """Return one parameter of a policy as a field."""
    found = parameter_fields(policy, ON, {name: typed} if typed else {}, {}, now or {})
    return next(one for one in found if one.name == name)


@pytest.mark.parametrize("edition", POLICIES)
def test_a_form_has_a_field_for_each_value_a_lower_level_may_set(edition: str) -> None:
    """What the law leaves open is a field, everything else stands there with its reason."""
    policy = POLICIES[edition]
    shown = parameter_fields(policy, ON, {}, {}, {})

    assert {one.name for one in shown} == {one.name for one in policy.parameters}
    assert {one.name for one in shown if not one.fixed} == set(parameter_schema(policy, ON).fields)
    assert all(one.fixed for one in shown if one.name in {d.name for d in policy.parameters if d.keep is Keep.EXACT})


@pytest.mark.parametrize(("edition", "name"), SETTABLE)
def test_the_values_of_the_rule_come_back_as_they_were(edition: str, name: str) -> None:
    """For every parameter of every built-in policy the schema loads the rule's own value as it dumped it."""
    policy = POLICIES[edition]
    schema = parameter_schema(policy, ON)
    value = value_on(next(one for one in policy.parameters if one.name == name), ON)

    assert schema.load(schema.dump({name: value})) == {name: value}


def values(definition: ParameterDefinition) -> st.SearchStrategy[Value]:
    """Return values a lower level may set: of the type, on the side of the law that `keep` leaves open."""
    law = value_on(definition, ON)
    least = law if definition.keep is Keep.AT_LEAST and isinstance(law, int) else 0
    names = st.text("abcdefgh-/", min_size=1).map(str.strip)
    kinds: dict[ParameterType, st.SearchStrategy[Value]] = {
        ParameterType.INTEGER: st.integers(least, 10**15 - 1),
        ParameterType.FRACTION: st.builds(Fraction, st.integers(0, 10**6), st.sampled_from((1, 2, 4, 5, 10, 1000))),
        ParameterType.BOOLEAN: st.booleans(),
        ParameterType.NAMES: st.lists(names, min_size=1, max_size=4, unique=True).map(tuple),
    }
    return kinds[definition.type]


@given(st.data())
def test_the_schema_loads_what_it_dumps(data: st.DataObject) -> None:
    """For any value one may set of any parameter of any built-in policy."""
    edition, name = data.draw(st.sampled_from(SETTABLE))
    policy = POLICIES[edition]
    value = data.draw(values(next(one for one in policy.parameters if one.name == name)))
    schema = parameter_schema(policy, ON)

    assert schema.load(schema.dump({name: value})) == {name: value}
    assert read_parameters(policy, {f"param.{name}": written(value)}, ON).problems == {}


def test_a_field_left_blank_leaves_the_value_to_the_rule() -> None:
    """Nothing typed is nothing set, and other fields of the form are passed over."""
    policy = POLICIES["competency-based/mastery@2000-01-01"]
    read = read_parameters(policy, {"param.level": "  ", "param.kinds": " 3 ", "reason": "more"}, ON)

    assert read.given == {"kinds": "3"}
    assert read.problems == {}


def test_a_field_says_whose_the_value_is_and_where_it_comes_from() -> None:
    """The rule's own value, what holds now, the unit, what is allowed and the source stand beside the input."""
    shown = field(POLICIES["us-va/locally-awarded-verified-credit@2004-01-01"], "quorum", "4", {"quorum": 5})

    assert (shown.rule, shown.now, shown.typed, shown.unit, shown.may) == (
        "3",
        "5",
        "4",
        "members",
        "You may only raise it.",
    )
    assert shown.input == "param.quorum"
    assert shown.widget == "whole"
    assert "inf052" in shown.cites
    assert shown.confidence in {"V", "S", "M"}


@pytest.mark.parametrize(
    ("edition", "name", "reason"),
    [
        ("us-tx/credit-by-examination@2005-03-07", "score", "Nobody below may change it."),
        (
            "us-va/standard-diploma@2004-01-01",
            "areas",
            "It is a table, which is set in the policy's own file only.",
        ),
    ],
)
def test_a_value_nobody_may_set_says_why(edition: str, name: str, reason: str) -> None:
    """The law's own numbers and tables are shown, and cannot be typed."""
    shown = field(POLICIES[edition], name)

    assert shown.fixed == reason
    assert shown.may == ""
    assert shown.rule


def test_a_route_that_is_shut_has_no_field() -> None:
    """Where the rule has no value from that day on, a local one would open no route."""
    definition = ParameterDefinition(
        "waived",
        "the hours are waived",
        ParameterType.BOOLEAN,
        keep=Keep.LOCAL,
        values=(DatedValue(None, None, NONE, date.min, Citation("Code 1")),),
    )
    shown = field(a_policy(definition), "waived")

    assert shown.fixed == "It is not in force from that day on; a local value opens no route."
    assert shown.rule == "not in force"


def test_a_value_of_another_day_is_a_gap() -> None:
    """Where the rule says nothing on a day the field says so, and that nothing backs it."""
    definition = ParameterDefinition(
        "days",
        "days",
        ParameterType.INTEGER,
        "days",
        keep=Keep.LOCAL,
        values=(DatedValue(date(2030, 1, 1), None, 7, date.min, Citation("Code 1")),),
    )
    shown = field(a_policy(definition), "days")

    assert (shown.rule, shown.unit, shown.cites, shown.confidence) == ("no value", "", "", "M")


def test_choices_are_offered() -> None:
    """Yes or no, and a closed set, are chosen rather than typed."""
    mastery = POLICIES["competency-based/mastery@2000-01-01"]
    shown = field(mastery, "readiness_required")

    assert (shown.widget, shown.choices, shown.rule) == ("choice", ("yes", "no"), "no")
    assert field(mastery, "level").widget == "text"


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"level": 3}, "3 does not fit; it is a plain decimal such as 2.5"),
        ({"level": None}, "Field may not be null."),
        ({"grade": "3"}, "Unknown field."),
    ],
)
def test_the_schema_takes_text_and_its_own_fields_only(given: dict[str, object], what: str) -> None:
    """What is no text, and what the policy leaves no field for, is refused."""
    with pytest.raises(ValidationError) as caught:
        parameter_schema(POLICIES["competency-based/mastery@2000-01-01"], ON).load(given)

    assert [said[0] for said in caught.value.normalized_messages().values()] == [what]
