"""Stored bytes: canonical, complete, and stamped without being parsed."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.learner import EvidenceWithdrawn
from ledger.domain.shapes import VaultText
from ledger.storage.envelope import Author, Unstamped, actor_of, instant_of, stamped, unstamped
from ledger.values import canonical, parse_json
from tests.storage.support import evidence

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcXYZ_09", max_size=6), inner, max_size=4),
    max_leaves=12,
)


def _stamp(event: Unstamped) -> bytes:
    return stamped(unstamped(event), event.author.actor.encode(), b"2026-05-30T10:00:00.000000Z", b"0" * 32)


@given(WORDS, WORDS)
def test_stored_bytes_are_canonical(record: str, text: str) -> None:
    """What msgspec writes and the recorder stamps equals the canonical form and RFC 8785, byte for byte."""
    import unicodedata

    payload = EvidenceWithdrawn(
        evidence_id=unicodedata.normalize("NFC", record),
        reason=VaultText(text=unicodedata.normalize("NFC", text), digest="00"),
    )
    state = _stamp(Unstamped("learner/a", 1, payload, Author("somebody", "teacher", "c1"), "learner/a@1"))

    assert canonical(parse_json(state)) == state
    assert rfc8785.dumps(json.loads(state)) == state


@given(JSON)
def test_the_canonical_form_is_rfc_8785_and_what_msgspec_writes(value: object) -> None:
    """The one standard-library function, RFC 8785 and msgspec agree on every value that has a form here."""
    try:
        ours = canonical(value)  # type: ignore[arg-type]
    except ValueError as error:
        assert "NFC" in str(error)
    else:
        assert rfc8785.dumps(value) == ours  # type: ignore[arg-type]
        assert msgspec.json.encode(value, order="sorted") == ours


def test_the_stamp_is_read_back_without_decoding() -> None:
    """Actor and instant are found in stored bytes by their place."""
    state = _stamp(Unstamped("learner/a", 1, evidence(1), Author("somebody", "teacher", "c1", behalf="other")))

    assert actor_of(state) == b"somebody"
    assert instant_of(state) == "2026-05-30T10:00:00.000000Z"
    assert json.loads(state)["behalf"] == "other"


@pytest.mark.parametrize("name", ["", 'a"b', "a b", "é", "x" * 201])
def test_an_author_is_plain_ascii(name: str) -> None:
    """An actor that would need an escape in the stored bytes is refused before anything is written."""
    with pytest.raises(ValueError, match="actor .*letters, digits"):
        Author(name, "teacher", "c1")
