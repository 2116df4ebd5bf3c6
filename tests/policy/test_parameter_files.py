"""Reading dated, cited parameters from TOML."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ledger.policy import NONE, Citation, Confidence, DatedValue, Keep, ParameterDefinition, ParameterType, table
from ledger.policy.parameter_files import parameters_from_toml
from ledger.policy.parameter_values import parameter_value

ALLOWED_TYPES = "integer, fraction, boolean, date, choice, text, names, table"
BAD = Path(__file__).parent / "bad" / "parameters.toml"


def one(text: str) -> ParameterDefinition:
    """Read a file that holds one sound parameter."""
    read = parameters_from_toml(text, "file.toml")

    assert read.problems == ()

    return read.definitions[0]


def test_a_parameter_keeps_everything_its_file_says() -> None:
    """Name, words, type, unit, keep, clock and each dated value come out as written."""
    definition = one("""
        [score]
        says = "percent correct"
        type = "fraction"
        unit = "percent"
        keep = "at_least"
        clock = "taken_on"
        [[score.value]]
        last_day = 2013-06-13
        none = true
        cites = "A letter"
        confidence = "S"
        [[score.value]]
        first_day = 2013-06-14
        value = "2.5"
        adopted = 2013-05-01
        cites = "An act"
        confidence = "V"
    """)
    letter = Citation("A letter", confidence=Confidence.SECONDARY)
    act = Citation("An act", confidence=Confidence.VERBATIM)

    assert definition == ParameterDefinition(
        "score",
        "percent correct",
        ParameterType.FRACTION,
        "percent",
        Keep.AT_LEAST,
        "taken_on",
        (
            DatedValue(None, date(2013, 6, 13), NONE, date.min, letter, Confidence.SECONDARY),
            DatedValue(date(2013, 6, 14), None, Fraction(5, 2), date(2013, 5, 1), act, Confidence.VERBATIM),
        ),
    )


def test_a_value_without_a_day_of_adoption_was_adopted_on_its_first_day() -> None:
    """`adopted` is the first day where it is left out."""
    definition = one("""
        [tries]
        says = "tries"
        type = "integer"
        [[tries.value]]
        first_day = 2013-06-14
        value = 2
        cites = "An act"
        confidence = "M"
    """)

    assert date(2013, 6, 14) == definition.values[0].adopted


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("integer", "3", 3),
        ("fraction", "3", Fraction(3)),
        ("fraction", '"0.5"', Fraction(1, 2)),
        ("boolean", "true", True),
        ("date", "2026-05-30", date(2026, 5, 30)),
        ("text", '"ap"', "ap"),
        ("choice", '"ap"', "ap"),
        ("names", '["ap", "clep"]', ("ap", "clep")),
        ("table", '[{ keys = ["writing", 2], value = 3 }]', table({("writing", 2): 3})),
    ],
)
def test_every_type_of_value_can_be_written(kind: str, written: str, value: Any) -> None:
    """Each type has a form in TOML, and decimals are text."""
    definition = one(f"""
        [p]
        says = "p"
        type = "{kind}"
        choices = ["ap", "clep"]
        [[p.value]]
        value = {written}
        cites = "An act"
        confidence = "V"
    """)

    assert value == definition.values[0].value
    assert type(value) is type(definition.values[0].value)


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    """A file with many faults gives one sentence for each, with its place."""
    read = parameters_from_toml(BAD.read_text(), "bad.toml")

    assert read.definitions == ()
    assert read.names == ("cut", "free", "menu", "route", "score", "share", "tries", "when", "window")
    assert [str(problem).removeprefix("bad.toml, ") for problem in read.problems] == [
        "cut: [1] is not a list of texts",
        "cut, value 1: '3' is not a whole number",
        'cut, value 2: a table is a list of lines such as {keys = ["writing"], value = 3}',
        "cut, value 3: [] is not a list of keys",
        "cut, value 4: two lines of the table have the same keys",
        "free: is not a parameter: write [free] and its keys below it",
        "menu, value 1: 'klep' is not one of ap, clep",
        "menu, value 2: 'ap' is not a list of texts",
        "menu, value 3: 1 is not a text",
        "route: unit is not a text in quotation marks",
        "route, value 1: first_day '2014-01-01' is not a day such as 2013-06-14, without quotation marks",
        "route, value 1: confidence 'certain' is not one of V, S, M",
        "route, value 1: needs either a value, or none = true where the rule had no such route",
        "route, value 2: confidence is missing: one of V, S, M",
        "route, value 2: none is either true or left out",
        "route, value 3: 1 is neither true nor false",
        "score: 'say' is not a key here (did you mean 'says'?)",
        "score: says is missing",
        "score, value 1: 2.5 is a float: give a whole number in the fact's smallest unit.",
        "score, value 2: ends on 2013-01-01 before it begins on 2014-01-01",
        "score, value 2: a citation is missing: say in `cites` where this value comes from",
        "share, value 1: '1e400' is not a plain decimal number such as 84 or 84.5",
        "share, value 2: 2.5 is a float: give a whole number in the fact's smallest unit.",
        "tries: type 'interger' is not one of " + ALLOWED_TYPES + " (did you mean 'integer'?)",
        "when, value 1: 2014-01-01 00:00:00 is not a day such as 2013-06-14",
        "window: keep 'at_leats' is not one of exact, at_least, at_most, local (did you mean 'at_least'?)",
        "window: has no value: write [[window.value]]",
    ]


def test_a_file_that_is_not_toml_says_where() -> None:
    """A syntax error is a problem with the line, not an exception."""
    read = parameters_from_toml("[score\n", "bad.toml")

    assert [str(problem) for problem in read.problems] == [
        "bad.toml: is not TOML: Expected ']' at the end of a table declaration (at line 1, column 7)"
    ]


def test_one_value_is_read_by_the_same_rules() -> None:
    """A value given outside a file is read by type and refused by the same sentence."""
    definition = ParameterDefinition("cut", "cut", ParameterType.INTEGER)

    assert parameter_value(definition, 3) == 3
    with pytest.raises(ValueError, match="'3' is not a whole number"):
        parameter_value(definition, "3")
