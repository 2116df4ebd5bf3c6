"""Canonical bytes, exact numbers and legal dates: the smallest things everything rests on."""

import json
import time
import uuid
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import values


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.5, "/: 1.5 is a float; use text, a whole number, true, false, null, a list or an object"),
        ({"a": [0, 2**53]}, "/a/1: 9007199254740992 is beyond 2^53; write it as text"),
        ({"é": 1}, "/: the key 'é' is not ASCII text"),
        ({"a": "e\u0301"}, "is not in Unicode form NFC"),
        (["\ud800"], "/0: the text '\\ud800' holds half of a surrogate pair"),
        (json.loads("[" * 40 + "]" * 40), "nested deeper than 32 levels"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value: object, message: str) -> None:
    """Floats, large numbers, foreign keys, loose text and deep nesting each get a sentence."""
    with pytest.raises(ValueError, match=".") as caught:
        values.canonical(value)  # type: ignore[arg-type]

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a":1,"a":2}', "the key 'a' stands twice in one object"),
        ('{"a":NaN}', "NaN is not a number"),
        ('{"a":-Infinity}', "-Infinity is not a number"),
        ('{"a":1e400}', "1e400 is not a whole number; write a decimal as text"),
        ('{"a":1.5}', "1.5 is not a whole number"),
        ("[" * 100_000, "nested too deeply to be read"),
    ],
)
def test_hostile_json_is_refused_at_the_edge(text: str, message: str) -> None:
    """Duplicate keys, numbers that are none, fractions and bombs of brackets are refused."""
    with pytest.raises(ValueError, match=".") as caught:
        values.parse_json(text)

    assert message in str(caught.value)


def test_a_fraction_of_a_foreign_standard_is_kept_as_its_own_text() -> None:
    """A foreign file may carry 0.10; nothing of it is rounded."""
    assert {"score": "0.10"} == values.parse_foreign_json('{"score": 0.10}')


@pytest.mark.parametrize(
    ("text", "stored"),
    [("84.50", "84.5"), ("-0.0", "0"), ("+007", "7"), (".5", "0.5"), ("5.", "5"), (" 12 ", "12"), ("-2.5", "-2.5")],
)
def test_a_decimal_has_one_stored_form(text: str, stored: str) -> None:
    """No trailing zero, no leading zero, no plus, no minus zero."""
    assert stored == values.decimal_text(text)
    assert values.is_decimal_text(stored)


@pytest.mark.parametrize("text", ["NaN", "1e400", "inf", "1,5", "", "--1", "0x10", "1_000", "9" * 41])
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    """Exponents, special values and separators are not numbers here."""
    with pytest.raises(ValueError, match="is not a plain decimal number such as 84 or 84.5"):
        values.decimal_text(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_a_stored_decimal_is_exact(number: object) -> None:
    """Writing a decimal and reading it back loses nothing, and the form is stable."""
    stored = values.decimal_text(f"{number:f}")

    assert Fraction(str(number)) == values.exact(stored)
    assert stored == values.decimal_text(stored) == values.plain_number(values.exact(stored))


def test_what_is_no_decimal_is_written_as_a_fraction() -> None:
    """A third is written as such; nothing is rounded for display."""
    assert ("1/3", "-0.125", "5") == tuple(map(values.plain_number, (Fraction(1, 3), Fraction(-1, 8), 5)))


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-30",
        "2026-05-30T14:05",
        "2026-05-30T14:05:09Z",
        "2026-05-30T14:05-05:00[America/Chicago]",
    ],
)
def test_a_legal_date_may_carry_a_time_and_a_zone(text: str) -> None:
    """A date is a day with an optional time, offset and zone (RFC 9557)."""
    assert text == values.legal_date(text)
    assert "2026-05-30" == values.day_of(text).isoformat()


@pytest.mark.parametrize("text", ["30/05/2026", "2026-5-30", "2026-05-30T25:00", "2026-05-30 14:05", "today"])
def test_other_ways_to_write_a_date_are_refused(text: str) -> None:
    """A date that could be read in two ways is not guessed at."""
    with pytest.raises(ValueError, match="is not a date such as 2026-05-30"):
        values.legal_date(text)


def test_a_day_that_does_not_exist_is_refused() -> None:
    """The thirtieth of February is told as such."""
    with pytest.raises(ValueError, match="2026-02-30 is not a day of the calendar"):
        values.legal_date("2026-02-30")


def test_an_ordered_identifier_sorts_after_those_of_earlier_milliseconds() -> None:
    """It is a UUID of version 7 that begins with the time it was made at."""
    first = values.ordered_identifier()
    time.sleep(0.002)
    second = values.ordered_identifier()

    assert first < second
    assert (7, 7) == (uuid.UUID(first).version, uuid.UUID(second).version)
    assert uuid.RFC_4122 == uuid.UUID(first).variant


def test_identifiers_follow_from_their_parts() -> None:
    """The same parts give the same UUID, other parts another, and parts do not run together."""
    assert values.identifier("a", "b") == values.identifier("a", "b")
    assert values.identifier("ab") != values.identifier("a", "b")
    assert values.is_identifier(values.identifier("a"))
    assert values.is_identifier(values.random_identifier())
    assert values.is_identifier(values.ordered_identifier())
    assert not values.is_identifier("A" * 36)
    assert not values.is_identifier(values.identifier("a").upper())
