"""Bundles whose files are not in their form: each is refused with a sentence naming the file."""

from typing import Any

import pytest

from ledger.audit.bundling.archive import archive
from ledger.values import canonical
from tests.audit.bundle.support import Auditor, Change, Signed, described, files_of, lines, replaced, tampered

MANIFEST = "bundle.json: "


def line(name: str, text: str, place: int = 0) -> Change:
    """Put another line into a file."""
    return lines(name, lambda found: found.__setitem__(place, text))


def bytes_of(name: str, content: bytes) -> Change:
    """Give a file other content."""
    return lambda files: files.__setitem__(name, content)


def without(name: str) -> Change:
    """Leave a file out."""
    return lambda files: files.__delitem__(name)


STATE = '{"actor":"a","at":"2026-06-15T17:00:00.000000Z","data":{},"v":1}'
HASH = "0" * 64
TOMBSTONE = STATE.replace('"data":{}', f'"erased":"{HASH}"')


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (without("checkpoint"), "checkpoint: is missing"),
        (without("events.txt"), "events.txt: is missing"),
        (without("tree.txt"), "leaves.txt, tree.txt: a bundle has one of them"),
        (bytes_of("leaves.txt", b""), "leaves.txt, tree.txt: a bundle has one of them"),
        (bytes_of("checkpoint", b"\xff"), "checkpoint: is not text in UTF-8"),
        (bytes_of("checkpoint", b"x"), "checkpoint: is not a signed note; it is cut short, or has no signature"),
        (bytes_of("checkpoint", b"x\n\nx\n"), "checkpoint: 'x' is not a line of a signature"),
        (
            bytes_of("checkpoint", "x\n\n— x AAAAAAAA\n".encode()),
            "checkpoint: is not a checkpoint of three lines: a log's name, its size and its root",
        ),
        (bytes_of("events.txt", b""), "events.txt: holds no event, or one that is not in a log of 46 events"),
        (bytes_of("events.txt", b"0 ledger"), "events.txt: its last line has no end; the file is cut short"),
        (bytes_of("events.txt", b"\xff\n"), "events.txt: is not text in UTF-8: "),
        (line("events.txt", "0 x"), "events.txt, line 1: '0 x' is not index, stream, version, topic and stored bytes"),
        (line("events.txt", "01 a 1 b {}"), "events.txt, line 1: '01 a 1 b {}' is not index, stream, version,"),
        (line("events.txt", "0 a 1 b {x}"), "events.txt, line 1: the stored bytes are not JSON: "),
        (
            line("events.txt", '0 a 1 b {"a":1,"a":1}'),
            "events.txt, line 1: the stored bytes are not JSON: a key",
        ),
        (line("events.txt", '0 a 1 b {"a":1.5}'), "events.txt, line 1: the stored bytes are not JSON: 1.5 is not a"),
        (line("events.txt", '0 a 1 b {"a":NaN}'), "events.txt, line 1: the stored bytes are not JSON: NaN is not a"),
        (
            line("events.txt", f'0 a 1 b {{"a":{"[" * 9000}}}'),
            "events.txt, line 1: the stored bytes are not JSON: it is nested too deeply",
        ),
        (
            line("events.txt", f"0 ledger 1 b {STATE.replace('2026-06', '2026-13')}"),
            "events.txt, line 1: the stored bytes do not say when, or by whom",
        ),
        (line("events.txt", '0 a 1 b {"at":1,"actor":"a"}'), "events.txt, line 1: the stored bytes do not say when"),
        (line("events.txt", '0 a 1 b {"at":1}'), "events.txt, line 1: the stored bytes do not say when, or by whom"),
        (
            line("events.txt", f"0 ledger 1 b {STATE.replace('data', 'erased')}"),
            "events.txt, line 1: the stored bytes hold no payload, and are not what erasing one leaves",
        ),
        (
            line("events.txt", f"0 ledger 1 b {TOMBSTONE}"),
            "events.txt, line 1: the stored bytes hold no payload, and are not what erasing one leaves",
        ),
        (
            lines("events.txt", lambda found: found.append(found[0])),
            "events.txt, line {events}: index 0 does not follow index 45",
        ),
        (
            lines("events.txt", lambda found: found.insert(1, f"{'1'}{found[0][1:]}")),
            "events.txt, line 2: ledger version 1 stands twice",
        ),
        (line("tree.txt", "0 0 xyz"), "tree.txt: line 1 does not give a first index, a level and a hash"),
        (line("tree.txt", f"0 99 {HASH}"), "tree.txt: line 1 does not give a first index, a level and a hash"),
        (line("heads.txt", "hello"), "heads.txt, line 1: does not name the event that commits to the heads"),
        (bytes_of("heads.txt", b""), "heads.txt, line 1: does not name the event that commits to the heads"),
        (line("heads.txt", "hello", 1), "heads.txt, line 2: 'hello' is neither a head nor a hash"),
        (line("heads.txt", "hash 1", 1), "heads.txt (line 2): line 1 does not give a first index, a level and a hash"),
        (
            lines("heads.txt", lambda found: found.append(found[1])),
            "heads.txt, line 8: framework/four-levels stands twice",
        ),
        (replaced("checkpoint", "\n46\n", "\n47\n"), "checkpoint: is of size 47, and bundle.json speaks of 46"),
        (lambda files: files.update({"checkpoints/3": files["checkpoint"]}), "checkpoints/3: is of size 46; its name"),
    ],
)
def test_a_file_in_another_form_is_refused(school: Signed, auditor: Auditor, change: Change, sentence: str) -> None:
    """Each file has one form; anything else is refused, with the file and the line."""
    count = len(files_of(school.bundle())["events.txt"].splitlines()) + 1
    expected = sentence.replace("{events}", str(count))
    said = auditor.says(tampered(school.bundle(), change))

    assert (2, expected) == (said.status, said.refused[: len(expected)])


def test_records_are_as_many_as_leaves(school: Signed, auditor: Auditor) -> None:
    """A list of leaves that is too short is refused."""
    data = tampered(school.bundle(leaves=True), lines("leaves.txt", lambda found: found.__delitem__(-1)))

    assert auditor.says(data).refused == "leaves.txt: holds 45 records, and the checkpoint speaks of 46"


STREAM = "learner/00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"format": "mastery-ledger audit bundle 2"}, "names no format this program reads; it reads "),
        ({"extra": 1}, "holds another set of keys than the format has: extra"),
        ({"streams": {}}, "`streams` names no learner"),
        ({"streams": []}, "`streams` names no learner"),
        ({"streams": {"ledger": 1}}, "'ledger' is not a learner's stream"),
        ({"streams": {STREAM: 0}}, f"`{STREAM}` is not a whole number from 1 on"),
        ({"streams": {STREAM: True}}, f"`{STREAM}` is not a whole number from 1 on"),
        ({"kind": "everything"}, "`kind` is none of learner, decision, sample"),
        ({"log": None}, "`log` and `seed` are text"),
        ({"seed": "x"}, "`decisions` or `seed` does not go with this `kind`"),
        ({"kind": "decision"}, "`decisions` or `seed` does not go with this `kind`"),
        ({"decisions": [[STREAM, 1]]}, "`decisions` names one that is not in the streams"),
        ({"decisions": [1]}, "cannot unpack non-iterable int object"),
        ({"size": "46"}, "`size` is not a whole number from 1 on"),
    ],
)
def test_a_manifest_in_another_form_is_refused(
    school: Signed, auditor: Auditor, about: dict[str, Any], sentence: str
) -> None:
    """The manifest says what was asked for in one form; anything else is refused."""
    said = auditor.says(tampered(school.bundle(), described(**about)))

    assert said.refused.startswith(f"{MANIFEST}{sentence}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[]", "names no format this program reads; it reads 'mastery-ledger audit bundle 1'"),
        (b"{", "is not JSON: "),
        (b"\xff", "is not JSON: "),
        (b'{"a":"\\ud800"}', "is not JSON: "),
        (b'{"format": "x"}', "is not in canonical form"),
    ],
)
def test_a_manifest_that_is_not_one_is_refused(school: Signed, auditor: Auditor, content: bytes, sentence: str) -> None:
    """Bytes that are no manifest are refused as such."""
    files = {**files_of(school.bundle()), "bundle.json": content}

    assert auditor.says(archive(files)).refused.startswith(f"{MANIFEST}{sentence}")


def test_the_manifest_and_the_files_agree(school: Signed, auditor: Auditor) -> None:
    """A file the manifest does not name, one it names that is not there, and one with another digest: each is named."""
    files = files_of(school.bundle())
    without_manifest = {name: content for name, content in files.items() if name != "bundle.json"}
    without_readme = {name: content for name, content in files.items() if name != "README.txt"}

    assert auditor.says(archive(without_manifest)).refused == "bundle.json: is missing"
    assert auditor.says(archive(without_readme)).refused == "'README.txt': the manifest names it, and it is not there"
    assert (
        auditor.says(archive({**files, "checkpoints/3": b"x"})).refused
        == "checkpoints/3: the manifest does not name it"
    )
    assert (
        auditor.says(archive({**files, "README.txt": b"Trust me."})).refused
        == "README.txt: is not the file the manifest names; it has another SHA-256"
    )
    unlisted = canonical({**_about(files), "files": []})

    assert auditor.says(archive({**files, "bundle.json": unlisted})).refused == "bundle.json: `files` is not an object"


def _about(files: dict[str, bytes]) -> dict[str, Any]:
    from ledger.values import parse_json

    found = parse_json(files["bundle.json"])
    assert isinstance(found, dict)
    return found
