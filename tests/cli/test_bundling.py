"""`mastery heads` and `mastery bundle`."""

import hashlib
from pathlib import Path

import pytest

from ledger.audit.verifier.__main__ import main as verifier
from ledger.domain.disclosure import Disclosed
from tests.audit.support import tamper
from tests.cli.support import Terminal

TO = ("--to", "state-auditor", "--basis", "34 CFR 99.35")


@pytest.fixture
def signed(class_: Terminal) -> Terminal:
    """Return a terminal in a school whose log is signed over a statement of its heads."""
    class_.ok("signing-key", "make")
    class_.ok("signing-key", "introduce")
    class_.ok("heads")
    class_.run("signer", "--once")
    return class_


def disclosed(terminal: Terminal, name: str) -> list[Disclosed]:
    """Return what a learner's stream says was given out."""
    stream = f"learner/{terminal.learner(name)}"
    with terminal.open() as ledger:
        return [event.data for event in ledger.log.stream(stream) if isinstance(event.data, Disclosed)]


def trust(terminal: Terminal, folder: Path) -> Path:
    """Write a policy that believes the key of the log."""
    (key,) = terminal.json("signing-key", "show")["keys"]
    path = folder / "policy"
    path.write_text(f"log {key['key']}\nquorum none\n")
    return path


def test_heads_are_stated_once(class_: Terminal) -> None:
    """Stating the heads again without anything new in between states nothing."""
    first, again = class_.json("heads"), class_.json("heads")

    assert first == again
    assert first["size"] == first["position"] - 1
    assert class_.ok("heads").startswith(
        f"The last events of {first['streams']} streams as of position {first['size']}:"
    )


def test_statements_are_held_against_the_log(class_: Terminal) -> None:
    """Every statement of heads is checked; one that is false, for a leaf is another, is named by its position."""
    nothing = class_.refused("heads", "--check")
    class_.ok("heads")
    class_.ok("record", "status", "S-1", "--code", "us-xx/x", "--basis", "a form", "--from", "2026-01-01")
    position = class_.json("heads")["position"]

    assert nothing == "the ledger never stated the ends of its streams; `mastery heads` does"
    assert class_.ok("heads", "--check") == f"2 statements held against the log, the last at position {position}.\n"

    with class_.open() as ledger:
        tamper(ledger, "UPDATE leaves SET leaf = zeroblob(32) WHERE leaf_index = ?", position - 2)
    found = class_.run("heads", "--check")

    assert (1, f"position {position}: it does not state") == (
        found.exit_code,
        found.stdout[: len(f"position {position}: it does not state")],
    )


def test_a_bundle_is_made_recorded_and_verified(signed: Terminal, tmp_path: Path) -> None:
    """The file verifies; the learner's stream names recipient, basis and the file's digest; and no rule is asked."""
    out = tmp_path / "bundle.zip"
    made = signed.json("bundle", "--learner", "S-1", *TO, "-o", out)
    (event,) = disclosed(signed, "S-1")

    assert hashlib.sha256(out.read_bytes()).hexdigest() == made["sha256"] == event.file
    assert ("34 CFR 99.35", "audit", "bundle", made["size"]) == (event.basis, event.purpose, event.form, event.size)
    assert disclosed(signed, "S-2") == []
    assert verifier([str(out), "--trust", str(trust(signed, tmp_path))]) == 0
    assert [path.name for path in tmp_path.glob(".bundle*")] == []


def test_a_disclosure_disturbs_nothing(signed: Terminal, tmp_path: Path) -> None:
    """After a bundle the ledger verifies, snapshots and all, and evidence is recorded as before."""
    signed.ok("bundle", "--learner", "S-1", "--learner", "S-2", *TO, "-o", tmp_path / "bundle.zip")
    words = ("--competency", "M.1", "--kind", "task", "--purpose", "summative", "--level", "3")

    assert signed.run("verify").exit_code == 0
    assert signed.run("record", "evidence", "S-1", *words, "--occurred", "2026-03-03").exit_code == 0
    assert "given out for audit: 34 CFR 99.35" in signed.ok("events", "--stream", f"learner/{signed.learner('S-1')}")


def test_decisions_are_named_in_two_ways(signed: Terminal, tmp_path: Path) -> None:
    """A decision is named by learner and version or by position; the bundle is the same file."""
    decision = signed.json("decisions", "--learner", "S-1")["decisions"][0]["decision"]
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    text = signed.ok("bundle", "--decision", "S-1", decision["version"], *TO, "-o", one)
    signed.ok("bundle", "--at", decision["position"], *TO, "-o", two)

    assert one.read_bytes() == two.read_bytes()
    assert "1 learner, 1 decision asked for" in text
    assert [(decision["version"],)] * 2 == [event.decisions for event in disclosed(signed, "S-1")]


def test_an_earlier_checkpoint_gives_the_earlier_file(signed: Terminal, tmp_path: Path) -> None:
    """A bundle made again on the same checkpoint is the same file, whatever was recorded since."""
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    size = signed.json("bundle", "--learner", "S-1", *TO, "-o", one)["size"]
    signed.run("signer", "--once")
    later = signed.json("bundle", "--learner", "S-1", *TO, "-o", two)
    signed.ok("bundle", "--learner", "S-1", *TO, "-o", two, "--size", size)

    assert later["size"] == size + 1
    assert one.read_bytes() == two.read_bytes()


def test_a_sample_with_a_pin_is_verified(signed: Terminal, tmp_path: Path) -> None:
    """With all leaves and the auditor's pin, a sample is shown to be the one the seed chooses."""
    pin, out = tmp_path / "pin", tmp_path / "bundle.zip"
    (log,) = (signed.home / "log").iterdir()
    pin.write_text((log / "checkpoint").read_text())
    words = ("--sample", 2, "--seed", "2026-06-15 Austin", "--leaves", "--pin", pin)
    made = signed.json("bundle", *words, *TO, "-o", out)

    assert made["decisions"] == 2
    assert verifier([str(out), "--trust", str(trust(signed, tmp_path)), "--pin", str(pin)]) == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--learner", "S-1", "--at", "3"),
            "say what the bundle is of: --learner, --decision, --at or --sample, one of them",
        ),
        (("--sample", "2"), "--sample and --seed go together: let the auditor name the seed"),
        (("--sample", "99", "--seed", "x"), "the log holds 6 decisions up to its checkpoint; a sample of 99 is more"),
        (("--learner", "S-1", "--size", "3"), "no checkpoint of 3 events is kept of ledger.test/pine: "),
        (("--decision", "S-1", "1"), "version 1 of learner "),
        (("--learner", "S-1", "--purpose", "To look"), "'To look' is not a code for a purpose: "),
        (
            ("--learner", "S-1", "--basis", "x" * 201),
            "name the law, rule or order the disclosure rests on, in 1 to 200",
        ),
    ],
)
def test_what_cannot_be_given_is_refused(
    signed: Terminal, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    """A request that cannot be met is refused with a sentence, and neither a file nor an event is written."""
    said = signed.refused("bundle", *TO, *words, "-o", tmp_path / "bundle.zip")

    assert said.startswith(sentence)
    assert not (tmp_path / "bundle.zip").exists()


def test_a_pin_must_be_one_of_this_log(signed: Terminal, tmp_path: Path) -> None:
    """A pin of another log, and one later than the checkpoint, are refused."""
    (log,) = (signed.home / "log").iterdir()
    origin, size, root = (log / "checkpoint").read_text().splitlines()[:3]
    words = ("bundle", "--learner", "S-1", *TO, "-o", tmp_path / "bundle.zip", "--pin", tmp_path / "pin")
    (tmp_path / "pin").write_text(f"ledger.test/other\n{size}\n{root}\n")

    assert "is a checkpoint of ledger.test/other, and this is the log " in signed.refused(*words)

    (tmp_path / "pin").write_text(f"{origin}\n{int(size) + 1}\n{root}\n")

    assert f"is of {int(size) + 1} events, later than the checkpoint of {size} to stand on" in signed.refused(*words)


def test_a_name_stays_out_of_the_record(signed: Terminal, tmp_path: Path) -> None:
    """What a disclosure rests on cannot name the learner, for it stays on record."""
    from ledger.vault import Profile

    with signed.open() as ledger:
        ledger.vault.put_profile(ledger.vault.learner_id("S-1"), Profile(given_name="Ada", family_name="Quill"))
    words = ("--to", "x", "--basis", "request of Ada Quill", "-o", tmp_path / "bundle.zip")

    assert signed.refused("bundle", "--learner", "S-1", *words) == (
        "what a disclosure rests on stays on record: name the law, rule or order, not the learner"
    )


def test_without_a_checkpoint_there_is_no_bundle(class_: Terminal, tmp_path: Path) -> None:
    """Where nothing is signed yet, the sentence says what to run."""
    said = class_.refused("bundle", "--learner", "S-1", *TO, "-o", tmp_path / "bundle.zip")

    assert said.startswith("nothing is signed yet of ")
    assert said.endswith("a bundle stands on a checkpoint; run `mastery signer --once`")
