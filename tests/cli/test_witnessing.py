"""`mastery witness`."""

from pathlib import Path

import pytest

from tests.cli.support import EVIDENCE, Terminal, written

NAME = "audit.example.org"


@pytest.fixture
def signed(class_: Terminal) -> str:
    """Sign the log of the class; return the verifier key."""
    key = class_.json("signing-key", "make")["keys"][0]["key"]
    class_.ok("signing-key", "introduce")
    class_.ok("signer", "--once")
    return str(key)


@pytest.fixture
def witness(class_: Terminal, signed: str, tmp_path: Path) -> tuple[Path, str]:
    """Make a witness that knows the log; return its folder and its key."""
    folder = tmp_path / "witness"
    key = class_.ok("witness", "make", NAME, "--folder", folder).strip()
    class_.ok("witness", "know", signed, "--folder", folder)
    return folder, key


def test_a_checkpoint_goes_to_a_witness_and_back(
    class_: Terminal, signed: str, witness: tuple[Path, str], tmp_path: Path
) -> None:
    """What is asked, what is answered, and what is kept are texts that can be mailed."""
    folder, key = witness
    request = tmp_path / "request.txt"
    request.write_text(class_.ok("witness", "request"))
    line = class_.ok("witness", "cosign", request, "--folder", folder).strip()
    said = class_.ok("witness", "receive", line, "--key", key)
    known = class_.json("witness", "logs", "--folder", folder)["logs"][0]
    note = (next((class_.home / "log").iterdir()) / "checkpoint").read_text()

    assert f"The checkpoint of us-tx/pine-valley over 19 events carries the signature of {NAME}.\n" == said
    assert (signed, 19) == (known["key"], known["size"])
    assert note.endswith(f"{line}\n")
    assert class_.ok("witness", "logs", "--folder", folder).startswith(f"{known['log']}: 19 events seen, root ")


def test_a_witness_is_asked_from_what_it_saw(
    class_: Terminal, signed: str, witness: tuple[Path, str], tmp_path: Path
) -> None:
    """The same question twice is refused with the size to ask from."""
    folder, _ = witness
    request = tmp_path / "request.txt"
    request.write_text(class_.ok("witness", "request"))
    class_.ok("witness", "cosign", request, "--folder", folder)
    again = class_.refused("witness", "cosign", request, "--folder", folder)
    class_.ok("import", "evidence", written(tmp_path, "more.csv", EVIDENCE.replace("S-1", "S-3")))
    class_.ok("signer", "--once")
    request.write_text(class_.json("witness", "request", "--since", 19)["request"])

    assert again.endswith(" were seen last, not 0: ask again from 19 (409)")
    assert class_.json("witness", "cosign", request, "--folder", folder)["line"].startswith(f"\N{EM DASH} {NAME} ")


def test_what_a_witness_did_not_sign_is_not_kept(
    class_: Terminal, signed: str, witness: tuple[Path, str], tmp_path: Path
) -> None:
    """A signature that holds for no checkpoint, and a key that is not that of a witness, are refused."""
    folder, key = witness
    line = f"\N{EM DASH} {NAME} AAAAAAA="

    assert f"this signature of {NAME} holds for no checkpoint kept of us-tx/pine-valley" == class_.refused(
        "witness", "receive", line, "--key", key
    )
    assert f"{signed} is not the key of a witness but that of a log" == class_.refused(
        "witness", "receive", line, "--key", signed
    )
    assert f"{key} is the key of a witness, not of a log" == class_.refused("witness", "know", key, "--folder", folder)
    assert f"{tmp_path} is not the folder of a witness; make one with `mastery witness make NAME`" == class_.refused(
        "witness", "logs", "--folder", tmp_path
    )


def test_a_witness_that_saw_more_is_not_asked(class_: Terminal, signed: str) -> None:
    """A ledger with fewer events than a witness saw was cut, or is an older copy."""
    assert (
        "the last checkpoint of us-tx/pine-valley is over 19 events, and the witness saw 20: events were removed, or "
        "an older copy was put back"
    ) == class_.refused("witness", "request", "--since", 20)


def test_a_log_that_is_not_signed_cannot_be_witnessed(class_: Terminal) -> None:
    """Without a checkpoint there is nothing to ask about."""
    assert ("no checkpoint of us-tx/pine-valley is signed yet; `mastery signer --once` signs one") == class_.refused(
        "witness", "request"
    )
