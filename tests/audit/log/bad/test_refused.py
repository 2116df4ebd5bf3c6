"""What is no note, key, checkpoint or proof is refused with the reason."""

import pytest

from ledger.audit.checkpoints import parse
from ledger.audit.note import SigningKey, VerifierKey, opened, sign
from ledger.audit.tlog_proof import Proof
from ledger.audit.tlog_proof import parse as parse_proof
from ledger.audit.witnessing import request_of
from ledger.errors import KeyUnusable, LedgerDamaged

KEY = SigningKey("log.example", bytes(32))
ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
NOTE = sign(f"log.example\n1\n{ROOT}\n", KEY)

CHECKPOINTS = {
    "two lines": ("log\n1\n", "it has to be three lines, each ended by a line feed"),
    "four lines": (f"log\n1\n{ROOT}\nmore\n", "it has to be three lines, each ended by a line feed"),
    "no end": (f"log\n1\n{ROOT}", "it has to be three lines, each ended by a line feed"),
    "no name": (f"\n1\n{ROOT}\n", "its first line has to be the name of a log"),
    "blank": (f" log\n1\n{ROOT}\n", "its first line has to be the name of a log"),
    "zeros": (f"log\n01\n{ROOT}\n", "its second line has to be the number of leaves, in decimal digits"),
    "sign": (f"log\n-1\n{ROOT}\n", "its second line has to be the number of leaves, in decimal digits"),
    "other digits": (f"log\n\u0661\n{ROOT}\n", "its second line has to be the number of leaves, in decimal digits"),
    "short": ("log\n1\nAAAA\n", "its third line has to be 32 bytes in base64"),
    "bits left over": (f"log\n1\n{ROOT[:-2]}B=\n", "its third line has to be 32 bytes in base64"),
}


@pytest.mark.parametrize(("text", "why"), CHECKPOINTS.values(), ids=CHECKPOINTS)
def test_a_checkpoint_has_one_form(text: str, why: str) -> None:
    """Anything that would not have been written that way is no checkpoint."""
    with pytest.raises(LedgerDamaged) as caught:
        parse(text)

    assert f"{text!r} is not a checkpoint: {why}" == str(caught.value)


NO_NOTE = "is not a signed note: it has to be text, an empty line, and a line for each signature"
NO_LINE = "is not the line of a signature: a dash, a name, and a signature in base64"
NOTES = {
    "nothing": ("", NO_NOTE),
    "no signature": ("text\n", NO_NOTE),
    "no text": ("\n\n\N{EM DASH} a AAAAAAA=\n", NO_NOTE),
    "cut short": (NOTE[:-1], NO_NOTE),
    "carriage return": (NOTE.replace("\n", "\r\n"), NO_NOTE),
    "no dash": ("text\n\n- a AAAAAAA=\n", NO_LINE),
    "no base64": ("text\n\n\N{EM DASH} a !\n", NO_LINE),
    "short": ("text\n\n\N{EM DASH} a AAAA\n", NO_LINE),
}


@pytest.mark.parametrize(("note", "why"), NOTES.values(), ids=NOTES)
def test_a_note_has_one_form(note: str, why: str) -> None:
    """What is no text with signatures is refused before any key is asked."""
    with pytest.raises(LedgerDamaged) as caught:
        opened(note, [KEY.verifier])

    assert str(caught.value).endswith(why)


KEYS = {
    "nothing": ("", "is not a verifier key: it has to be name+hash+key"),
    "no name": (f"+{KEY.verifier_key.partition('+')[2]}", "is not a verifier key: it has to be name+hash+key"),
    "blank": (f"a {KEY.verifier_key}", "is not a verifier key: it has to be name+hash+key"),
    "other type": ("log.example+00000000+AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "is not a verifier key"),
    "other hash": (
        KEY.verifier_key.replace(KEY.verifier.id.hex(), "00000000"),
        f"this key has the hash {KEY.verifier.id.hex()}, not '00000000'; copy it again",
    ),
}


@pytest.mark.parametrize(("text", "why"), KEYS.values(), ids=KEYS)
def test_a_key_has_one_form(text: str, why: str) -> None:
    """A verifier key that was not copied whole is noticed."""
    with pytest.raises(KeyUnusable) as caught:
        VerifierKey.parse(text)

    assert why in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_key_needs_a_name_that_fits_a_line(name: str) -> None:
    """A blank or a plus sign would break the line of a signature."""
    with pytest.raises(KeyUnusable, match="cannot name a key: no blanks and no plus sign, and not empty"):
        SigningKey(name, bytes(32))


PROOF = Proof(b"record", 0, (bytes(32),), NOTE).text()
PROOFS = {
    "nothing": ("", "it has to begin with the line c2sp.org/tlog-proof@v1 and hold a checkpoint after an empty line"),
    "no checkpoint": (
        PROOF.partition("\n\n")[0],
        "it has to begin with the line c2sp.org/tlog-proof@v1 and hold a checkpoint after an empty line",
    ),
    "no record": (
        PROOF.replace("extra ", "index "),
        "its second line has to be `extra` and the leaf record in base64",
    ),
    "no index": (PROOF.replace("index 0", "index 00"), "its third line has to be `index` and a number"),
    "no third line": ("c2sp.org/tlog-proof@v1\nextra AAAA\n\nx", "its third line has to be `index` and a number"),
    "no hash": (
        PROOF.replace(f"index 0\n{ROOT}", "index 0\nAAAA"),
        "each further line has to be a hash of 32 bytes in base64, 63 lines at most",
    ),
}


@pytest.mark.parametrize(("text", "why"), PROOFS.values(), ids=PROOFS)
def test_a_proof_has_one_form(text: str, why: str) -> None:
    """Anything that would not have been written that way is no proof."""
    with pytest.raises(LedgerDamaged) as caught:
        parse_proof(text)

    assert f"this is not the proof of a leaf: {why}" == str(caught.value)


REQUESTS = {
    "nothing": "",
    "no size": f"old\n\n{NOTE}",
    "no checkpoint": "old 0\n",
    "no hash": f"old 0\nAAAA\n\n{NOTE}",
    "too many": f"old 0\n{ROOT}\n" * 1 + f"{ROOT}\n" * 63 + f"\n{NOTE}",
}


@pytest.mark.parametrize("text", REQUESTS.values(), ids=REQUESTS)
def test_a_request_has_one_form(text: str) -> None:
    """What a witness is asked is a size, a proof and a checkpoint, or it is not read."""
    with pytest.raises(LedgerDamaged, match="this is not what a witness is asked"):
        request_of(text)
