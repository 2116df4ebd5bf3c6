"""Whom an auditor believes: policies that are read, and those that are not."""

import pytest

from ledger.audit.note import KeyType, SigningKey
from ledger.audit.verifier.notes import pin_of
from ledger.audit.verifier.refusing import Refused
from ledger.audit.verifier.trust import trust_of

LOG = SigningKey("ledger.test/log", bytes([1]) * 32).verifier_key
ONE, TWO, THREE, FOUR, FIVE = (
    SigningKey(f"w{number}.test", bytes([number]) * 32, KeyType.WITNESS).verifier_key for number in range(2, 7)
)
OWN = SigningKey("own.test", bytes([1]) * 32, KeyType.WITNESS).verifier_key
SAME = SigningKey("other.test", bytes([2]) * 32, KeyType.WITNESS).verifier_key
WITNESSES = (
    f"witness one {ONE}\nwitness two {TWO} https://w2.test/\nwitness three {THREE}\n"
    f"witness four {FOUR}\nwitness five {FIVE}\n"
)


def test_groups_are_counted() -> None:
    """A quorum may be any of some, all of some, so many of some, and groups within groups."""
    groups = "group most 2 one two three\ngroup either any four five\ngroup both all most either\n"
    text = f"# whom we believe\n\nlog {LOG}\n{WITNESSES}{groups}quorum both\n"
    trust = trust_of(text.encode(), "policy")

    assert trust.enough({"one": 1, "three": 1, "five": 1})
    assert not trust.enough({"one": 1, "two": 1})
    assert not trust.enough({"one": 1, "four": 1, "five": 1})
    assert trust.enough({"four": 1}, "either")
    assert trust.enough({}, "none")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "policy: names no log; a line `log` and the key of the log is needed"),
        (f"log {LOG}\n", "policy: has no line `quorum`; write `quorum none` where no witness is asked for"),
        (
            f"log {LOG}\nwitness w {OWN}\n",
            "policy, line 2: one key is that of a log and of a witness: the log would be its own witness",
        ),
        (
            f"witness w {OWN}\nlog {LOG}\n",
            "policy, line 2: one key is that of a log and of a witness: the log would be its own witness",
        ),
        ("quorum x\n", "policy, line 1: 'x' is no witness or group named above"),
        ("quorum none\nquorum none\n", "policy, line 2: 'quorum none' is not a line of a trust policy, or stands"),
        ("\nhello\n", "policy, line 2: 'hello' is not a line of a trust policy, or stands there twice"),
        ("log x\n", "policy, line 1: 'x' is not a verifier key of a kind known here (Ed25519)"),
        (f"log {LOG.replace('+', '+0', 1)}\n", f"policy, line 1: '{LOG.replace('+', '+0', 1)[:80]}"),
        (f"log {ONE}\n", f"policy, line 1: '{ONE}' is not the key of a log"),
        (f"witness one {LOG}\n", f"policy, line 1: '{LOG}' is not the key of a witness"),
        (f"witness one {ONE}\nwitness one {ONE}\n", "policy, line 2: 'one' is named already"),
        (f"witness one {ONE}\nwitness two {SAME}\n", "policy, line 2: the key of other.test stands above already: one"),
        (f"witness one {ONE}\ngroup g 2 one one\n", "policy, line 2: 'one' is in a group already: it would count"),
        (f"witness one {ONE}\ngroup g any one\ngroup h any one\n", "policy, line 3: 'one' is in a group already"),
        (f"witness none {ONE}\n", "policy, line 1: 'none' is named already"),
        (f"witness one {ONE}\ngroup g 2 one\n", "policy, line 2: '2' is not `any`, `all` or a number from 1 to 1"),
        (f"witness one {ONE}\ngroup g any two\n", "policy, line 2: 'two' is no witness or group named above"),
    ],
)
def test_a_policy_that_is_none_is_refused(text: str, sentence: str) -> None:
    """Each line that cannot be read is refused by its number, before any bundle is looked at."""
    with pytest.raises(Refused) as caught:
        trust_of(text.encode(), "policy")

    assert str(caught.value).startswith(sentence)


def test_what_is_not_text_is_refused() -> None:
    """A policy or a pin that is not text is refused by its name."""
    for read in (trust_of, pin_of):
        with pytest.raises(Refused, match="minutes: is not text in UTF-8"):
            read(b"\xff", "minutes")


def test_a_pin_is_three_lines() -> None:
    """A pin copied from paper needs no signature, but its three lines."""
    with pytest.raises(Refused, match="minutes: is not a checkpoint of three lines"):
        pin_of(b"ledger.test/log\n5\n", "minutes")
