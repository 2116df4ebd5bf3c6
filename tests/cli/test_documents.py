"""`mastery document`, and commands that carry a document."""

from pathlib import Path

from tests.cli.support import Terminal, written
from tests.support.ledgers import adopted

BOARD = ("--authority", "State board", "--reason", "Audit finding 4")


def _evidence(terminal: Terminal, learner: str = "S-1") -> str:
    """Return the id of the first piece of evidence of a learner."""
    name: str = terminal.json("learner", learner)["evidence"][0]["evidence_id"]
    return name


def test_a_correction_carries_a_document(class_: Terminal, tmp_path: Path) -> None:
    """The document given with a correction is kept, named by the event, and written back whole."""
    letter, back = written(tmp_path, "letter.txt", "We misread the third page."), tmp_path / "back.txt"

    class_.ok("correct", "S-1", _evidence(class_), "--level", "2", "--reason", "Misread", "--document", letter)

    listed = class_.json("document", "list", "S-1")["documents"]
    assert [("text/plain", "mastery-ledger", True)] == [(o["media_type"], o["custodian"], o["kept"]) for o in listed]
    assert listed[0]["version"] > 0
    said = class_.ok("document", "show", "S-1", listed[0]["digest"], "-o", back)
    assert letter.read_bytes() == back.read_bytes()
    assert f"Wrote 26 bytes to {back}." == said.splitlines()[0]
    assert said.splitlines()[1].startswith("Its digest is the SHA-256 of these 16 bytes and the file: ")
    assert f"{back} exists already; name another file" == class_.refused(
        "document", "show", "S-1", listed[0]["digest"], "-o", back
    )


def test_a_document_is_kept_by_itself(class_: Terminal, tmp_path: Path) -> None:
    """A document may be kept before any event names it; the list says that none does."""
    assert ["No event names a document, and none is kept."] == class_.ok("document", "list", "S-1").splitlines()
    scan = written(tmp_path, "scan.unheard-of", "two pages")

    kept = class_.ok("document", "keep", "S-1", scan)

    digest = class_.json("document", "list", "S-1")["documents"][0]["digest"]
    assert f"Kept as {digest} (application/octet-stream).\n" == kept
    assert [digest, "-", "yes"] == class_.ok("document", "list", "S-1").splitlines()[1].split()


def test_a_document_is_required_until_it_is_not(class_: Terminal, tmp_path: Path) -> None:
    """What must carry a document is refused without one; an import of corrections, which carries none, too."""
    said = class_.ok("document", "require", "correction", "withdrawal", *BOARD)
    assert [
        "correction: required by us-tx/pine-valley",
        "withdrawal: required by us-tx/pine-valley",
        "retraction: not required",
        "ruling: not required",
    ] == said.splitlines()
    assert "a document is required for: correction, withdrawal" in class_.ok("events", "--limit", "100")
    work, letter = _evidence(class_), written(tmp_path, "letter.txt", "Not hers.")

    assert (
        "us-tx/pine-valley requires a document for every withdrawal: name the file with --document"
        == class_.refused("withdraw", "S-1", work, "--reason", "Not hers")
    )
    file = written(tmp_path, "again.csv", "learner,competency,level,kind,purpose\nS-1,M.1,2,task,summative\n")
    assert (
        "us-tx/pine-valley requires a document for every correction, and an import carries none: import without "
        "--corrections, and correct one by one with `mastery correct`"
    ) == class_.refused("import", "evidence", file, "--corrections", "Late marks")
    class_.ok("withdraw", "S-1", work, "--reason", "Not hers", "--document", letter)

    assert "withdrawal: not required" in class_.ok("document", "require", *BOARD)
    class_.ok("withdraw", "S-2", _evidence(class_, "S-2"), "--reason", "Not his")


def test_a_retraction_carries_a_document(class_: Terminal, tmp_path: Path) -> None:
    """Taking back where a learner belongs may carry a document too."""
    class_.ok("record", "grade", "S-1", "--grade", "9", "--from", "2026-01-05")
    entry = class_.json("learner", "S-1")["entries"][0]["version"]
    letter = written(tmp_path, "letter.txt", "The other learner's grade.")

    class_.ok("record", "retraction", "S-1", "--entry", entry, "--reason", "Another's", "--document", letter)

    assert [True] == [one["kept"] for one in class_.json("document", "list", "S-1")["documents"]]


def test_a_ruling_carries_a_document(class_: Terminal, tmp_path: Path) -> None:
    """Where rulings need a document they are refused without it, one by one or many from a file, and go with it."""
    with class_.open() as ledger:
        adopted(ledger, "competency-based/mastery", overrides={"level": "4"})
    class_.ok("document", "require", "ruling", *BOARD)
    minutes = written(tmp_path, "minutes.txt", "The family was heard.")
    many = written(tmp_path, "differing.csv", class_.ok("differing", "--csv"))
    ruled = ("--as-it-stands", "--reason", "The family was heard.")
    sentence = "us-tx/pine-valley requires a document for every ruling: name the file with --document"

    assert sentence == class_.refused("settle", "S-1", "--question", "MASTERY", "--subject", "M.1", *ruled)
    assert sentence in class_.run("settle", "--from", many, *ruled).stdout
    assert "1 decision settled." in class_.ok("settle", "--from", many, *ruled, "--document", minutes)

    document = class_.json("document", "list", "S-1")["documents"][0]
    settled = class_.json("events", "--stream", f"learner/{class_.learner('S-1')}")["events"][-1]["data"]
    assert (document["digest"], "text/plain") == (settled["document"]["digest"], settled["document"]["media_type"])
