"""What the signer will not sign; each with the sentence that names the row."""

import re

import pytest

from ledger.audit.rereading import Rereading
from ledger.audit.verifying.work import Log
from ledger.errors import KeyUnusable, LedgerError, SigningRefused
from ledger.storage.survey import Survey
from tests.audit.signing.support import KEY, ORIGIN, OTHER_KEY, SEAL, STREAM, SignedLog

STOPS = "; nothing is signed from here on"
ALTERED = "its stored bytes, or the stream they stand in, are not those its leaf was made from"

CHANGES = {
    "UPDATE stored_events SET state = replace(state, '3', '4') || '' WHERE position = 4": (
        f"position 4 ({STREAM} version 4): its state is of a type that is never written"
    ),
    "UPDATE stored_events SET state = CAST(replace(state, '\"3\"', '\"4\"') AS BLOB) WHERE position = 4": (
        f"position 4 ({STREAM} version 4): {ALTERED}"
    ),
    "UPDATE stored_events SET topic = 'learner.decided.1' WHERE position = 3": (
        f"position 3 ({STREAM} version 3): its topic was learner.evidence-recorded.1 and is learner.decided.1"
    ),
    "UPDATE leaves SET seal = X'00' WHERE leaf_index = 2": (
        f"position 3 ({STREAM} version 3): its leaf fits it, and the seal does not fit the leaf"
    ),
    "UPDATE leaves SET seal_key = '0123456789abcdef' WHERE leaf_index = 2": (
        "position 3: it is sealed with a key that is not at hand: 0123456789abcdef"
    ),
    "UPDATE leaves SET leaf = X'00' WHERE leaf_index = 2": (
        f"position 3 ({STREAM} version 3): its leaf is not the one that was sealed for it"
    ),
    "DELETE FROM leaves WHERE leaf_index = 2": "position 3: it has no leaf",
    "DELETE FROM stored_events WHERE position = 3": "position 3: no event stands there",
    "DELETE FROM stored_events WHERE position = 5": "position 5: no event stands there",
    "UPDATE stored_events SET position = 0 WHERE position = 3": ("position 0: something stands before the first event"),
    "UPDATE leaves SET leaf_index = -1 WHERE leaf_index = 2": "index -1: something stands before the first event",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_was_changed(log: SignedLog, change: str) -> None:
    """Nothing is signed over a row that is not what was written, and the row is named."""
    log.execute(change)

    with pytest.raises(SigningRefused, match=f"^{re.escape(f'{ORIGIN}, {CHANGES[change]}{STOPS}')}$"):
        log.sign()
    assert (None, False) == (log.store.latest(), log.memory.exists())


def test_events_that_were_removed(log: SignedLog) -> None:
    """Fewer events than were signed: the tail was removed, or an older copy was put back."""
    log.sign()
    log.cut(2)
    sentence = (
        f"{ORIGIN}: 5 events were signed and 3 stand in the ledger: the last 2 were removed, or an older copy was put "
        "back; nothing is signed from here on"
    )

    with pytest.raises(SigningRefused, match=f"^{re.escape(sentence)}$"):
        log.sign()


def test_another_history_with_every_seal_in_order(log: SignedLog) -> None:
    """A history rewritten with the key that seals is not signed where the tiles have to be made anew; they stay."""
    log.sign()
    log.rewrite(2)
    log.spoil_tiles()
    log.append()
    before = [path.read_bytes() for path in log.tiles()]
    sentence = (
        f"{ORIGIN}: what stands in the ledger is not what was signed: the root over the first 5 events is another; "
        "nothing is signed from here on"
    )

    with pytest.raises(SigningRefused, match=f"^{re.escape(sentence)}$"):
        log.sign()
    assert before == [path.read_bytes() for path in log.tiles()]


def test_an_instant_that_goes_back(log: SignedLog) -> None:
    """An event whose instant lies before that of the event in front of it is not signed, whoever sealed it."""
    log.append()
    log.execute(
        "UPDATE stored_events SET state = CAST(replace(state, substr(state, 55, 19), '2001-01-01T00:00:00') AS BLOB) "
        "WHERE position = 6"
    )
    log.rewrite(6)

    with pytest.raises(SigningRefused, match=r"position 6: it was recorded at 2001-01-01T00:00:00\.\d+Z, before the"):
        log.sign()


def test_an_instant_that_has_not_come(log: SignedLog) -> None:
    """An event from the signer's future is not signed; the sentence says how, where it was a clock that was wrong."""
    log.now = "2020-01-01T00:00:00.000000Z"

    with pytest.raises(SigningRefused) as refused:
        log.sign()
    assert f"{ORIGIN}, position 1: it says that it was recorded at 20" in str(refused.value)
    assert "which is not before now, 2020-01-01T00:00:00.000000Z, by more than 300 seconds" in str(refused.value)
    assert str(refused.value).endswith("sign once with a larger --tolerance")
    log.tolerance = 10**9
    assert 5 == log.sign().size


def test_an_instant_before_the_last_signing(log: SignedLog) -> None:
    """An event that says it was recorded long before the last checkpoint, which does not cover it, is not signed."""
    log.now = "2999-01-01T00:00:00.000000Z"
    log.sign()
    log.append()

    with pytest.raises(SigningRefused, match="not between the last signing at 2999-01-01T00:00:00.000000Z and now"):
        log.sign()


def test_a_lost_memory(log: SignedLog) -> None:
    """A signer that does not remember what it signed begins no second history."""
    log.sign()
    log.memory.unlink()
    sentence = (
        f"{log.memory} is not there, and checkpoints of {ORIGIN} are kept: put back what the signer remembers, or name "
        "the last checkpoint that anybody holds with `mastery signing-key remember`"
    )

    with pytest.raises(SigningRefused, match=f"^{re.escape(sentence)}$"):
        log.sign()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("{}", "it is about another log, or of another form"),
        ('{"event":"","key":"","origin":"elsewhere","root":"","signed":"","size":1,"v":1}', "it is about another log"),
    ],
)
def test_a_memory_of_something_else(log: SignedLog, text: str, why: str) -> None:
    """A memory that cannot be read, or is of another log, stops the signer."""
    log.sign()
    log.memory.write_text(text)

    with pytest.raises(SigningRefused, match=re.escape(f"no memory of what was signed of {ORIGIN} ({why}")):
        log.sign()


def test_another_key(log: SignedLog) -> None:
    """A key does not go on where another signed; the sentence says how one replaces the other."""
    log.sign(KEY)

    with pytest.raises(SigningRefused, match=r"`mastery signing-key replace` puts one in the place of the other$"):
        log.sign(OTHER_KEY)


def test_two_roots_for_one_size(log: SignedLog) -> None:
    """A checkpoint published that differs from the one signed is kept, and told."""
    note = log.sign().note
    file = log.folder / "checkpoints" / "5"
    file.write_text(note.replace(note.split("\n")[2], "A" * 43 + "="))

    with pytest.raises(LedgerError, match="two histories were signed; keep both"):
        log.sign()


def test_no_key_of_the_seals(log: SignedLog) -> None:
    """Without the key that seals, no seal can be held, and nothing is signed."""
    survey = Survey(log.path)
    try:
        with pytest.raises(KeyUnusable, match="the signer needs the key that seals the log"):
            Rereading(Log(log.path, ORIGIN, None), survey)
        assert SEAL.id == log.log.key_name
    finally:
        survey.close()
