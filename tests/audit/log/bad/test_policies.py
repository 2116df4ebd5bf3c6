"""A trust policy that could be read in two ways is refused, with every line that is wrong."""

import pytest

from ledger.audit.note import KeyType, SigningKey
from ledger.audit.trust import parse
from ledger.errors import InputFaults

LOG = SigningKey("log.example", bytes(32)).verifier_key
ONE = SigningKey("one.example", bytes([1] * 32), KeyType.WITNESS).verifier_key
TWO = SigningKey("two.example", bytes([2] * 32), KeyType.WITNESS).verifier_key
OWN = SigningKey("own.example", bytes(32), KeyType.WITNESS).verifier_key
SAME = SigningKey("other.example", bytes([1] * 32), KeyType.WITNESS).verifier_key

FORMS = (
    "log <verifier key>; witness <name> <verifier key>; group <name> <number, any or all> <name> ...; "
    "quorum <name, or none>"
)
FAULTS = {
    "no log": ("quorum none", ["trust.txt: it names no log; a line `log <verifier key>` is needed"]),
    "no quorum": (
        f"log {LOG}",
        ["trust.txt: it has no line `quorum`; write `quorum none` where no witness is asked for"],
    ),
    "two quorums": (f"log {LOG}\nquorum none\nquorum none", ["trust.txt:3: there is a line `quorum` above already"]),
    "control character": (
        f"log {LOG}\r\nquorum none",
        ["trust.txt:1: a control character; only tabs, and line feeds at the ends of lines, may stand here"],
    ),
    "other word": ("logs x", [f"trust.txt:1: 'logs x' is not of the form: {FORMS}"]),
    "too few words": ("quorum", ["trust.txt:1: 'quorum' is not of the form: quorum <name, or none>"]),
    "too many words": ("log a b c", ["trust.txt:1: 'log a b c' is not of the form: log <verifier key>"]),
    "key of a witness": (f"log {ONE}", ["trust.txt:1: the key of one.example is not that of a log (type 1)"]),
    "key of a log": (f"witness w {LOG}", ["trust.txt:1: the key of log.example is not that of a witness (type 4)"]),
    "log twice": (f"log {LOG}\nlog {LOG}", ["trust.txt:2: the key of log.example stands above already"]),
    "witness twice": (
        f"witness a {ONE}\nwitness b {SAME}",
        ["trust.txt:2: this key stands above already: one witness would count twice"],
    ),
    "own witness": (
        f"log {LOG}\nwitness w {OWN}",
        ["trust.txt:2: one key is that of a log and of a witness: the log would be its own witness"],
    ),
    "own witness, the other way round": (
        f"witness w {OWN}\nlog {LOG}",
        ["trust.txt:2: one key is that of a log and of a witness: the log would be its own witness"],
    ),
    "name twice": (
        f"witness a {ONE}\nwitness a {TWO}\ngroup a any a\nwitness none {TWO}",
        [
            "trust.txt:2: 'a' is named already; each witness and each group needs a name of its own",
            "trust.txt:3: 'a' is named already; each witness and each group needs a name of its own",
            "trust.txt:4: 'none' is named already; each witness and each group needs a name of its own",
        ],
    ),
    "not named above": (
        "group g any w\nquorum g",
        [
            "trust.txt:1: 'w' is neither a witness nor a group named above",
            "trust.txt:2: 'g' is neither a witness nor a group named above",
        ],
    ),
    "member twice": (
        f"witness a {ONE}\ngroup g 2 a a",
        ["trust.txt:2: 'a' is in a group already: it would count twice"],
    ),
    "member of two groups": (
        f"witness a {ONE}\ngroup g all a\ngroup h all a",
        ["trust.txt:3: 'a' is in a group already: it would count twice"],
    ),
    "none as a member": ("group g any none", ["trust.txt:1: 'none' is neither a witness nor a group named above"]),
}


@pytest.mark.parametrize(("text", "messages"), FAULTS.values(), ids=FAULTS)
def test_a_policy_has_one_meaning(text: str, messages: list[str]) -> None:
    """Each line that is wrong is named with what is allowed there."""
    with pytest.raises(InputFaults) as caught:
        parse(text, "trust.txt")

    assert messages == str(caught.value).splitlines()


@pytest.mark.parametrize("least", ["0", "3", "-1", "02", "some", "\u0661"])
def test_a_group_asks_for_some_of_its_members(least: str) -> None:
    """At least one, at most all."""
    with pytest.raises(InputFaults) as caught:
        parse(f"witness a {ONE}\nwitness b {TWO}\ngroup g {least} a b", "trust.txt")

    assert f"trust.txt:3: {least!r} is not `any`, `all` or a number from 1 to 2" == str(caught.value)
