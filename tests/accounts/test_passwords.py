"""Passwords: what one has to be like, and how it is kept."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.accounts.passwords import LETTERS, Hasher, checked, made, plain
from ledger.errors import UsageError
from tests.accounts.conftest import PASSWORD, QUICK


def test_a_hash_is_argon2id_at_the_costs_of_the_guideline() -> None:
    """It says how it was made: 19 MiB, two passes, one lane."""
    assert Hasher().hash(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_holds_for_its_password_alone() -> None:
    """Two hashes of one password differ, and each knows it; no other password and no broken hash does."""
    first, second = QUICK.hash(PASSWORD), QUICK.hash(PASSWORD)

    assert first != second
    assert [True, True] == [QUICK.holds(one, PASSWORD) for one in (first, second)]
    assert [False, False, False] == [
        QUICK.holds(first, PASSWORD + "s"),
        QUICK.holds("no hash", PASSWORD),
        QUICK.holds(None, PASSWORD),
    ]


def test_letters_that_look_alike_are_alike() -> None:
    """An accent that a keyboard writes as two signs is the same password."""
    composed, decomposed = "caf\u00e9 con leche y pan", "cafe\u0301 con leche y pan"

    assert QUICK.holds(QUICK.hash(composed), decomposed)
    assert composed == plain(decomposed)


def test_a_hash_of_other_costs_is_made_anew() -> None:
    """Whoever raises the costs has old hashes replaced when they are next used."""
    assert Hasher(passes=2, memory=8).is_outdated(QUICK.hash(PASSWORD))
    assert not QUICK.is_outdated(QUICK.hash(PASSWORD))


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "a password has 12 to 200 characters; this one has 5"),
        ("x" * 201, "a password has 12 to 200 characters; this one has 201"),
        ("with a tab\there", "a password holds no tab and no other sign that cannot be seen"),
        ("abcabcabcabcabc", "a password has 5 different characters or more, and does not contain the id"),
        ("M.Ortiz likes tea", "a password has 5 different characters or more, and does not contain the id"),
    ],
)
def test_what_is_no_password_is_told(password: str, sentence: str) -> None:
    """The sentence says what it lacks."""
    with pytest.raises(UsageError) as refused:
        checked(password, "m.ortiz")

    assert sentence == str(refused.value)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, categories=["L", "N", "P"]), min_size=40))
def test_long_texts_of_many_signs_are_passwords(text: str) -> None:
    """No rule asks for a digit or a capital letter: length and variety are enough."""
    wanted = plain(("abcde" + text)[:200])

    assert wanted == checked(wanted, "")


def test_a_password_made_here_is_one() -> None:
    """It has five groups of four signs that nobody mistakes, and is never twice the same."""
    found = {made() for _ in range(50)}

    assert 50 == len(found)
    assert all(re.fullmatch(rf"([{LETTERS}]{{4}}-){{4}}[{LETTERS}]{{4}}", one) for one in found)
    assert all(one == checked(one, "m.ortiz") for one in found)
