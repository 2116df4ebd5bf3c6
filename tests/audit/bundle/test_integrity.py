"""Is this what was signed? Each way in which it is not, and the sentence that says so."""

import json
from pathlib import Path

import pytest

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.note import KeyType, SigningKey, sign
from tests.audit.bundle.support import (
    NOON,
    WITNESS,
    Auditor,
    Change,
    Signed,
    described,
    files_of,
    lines,
    replaced,
    signed,
    tampered,
    zipped,
)

NOT_THE_ROOT = (
    "events.txt: the events and hashes of this bundle do not give the root of the checkpoint; "
    "an event is not what was signed, or stands elsewhere"
)


def broken(auditor: Auditor, data: bytes) -> list[str]:
    """Return what is found against the integrity of a bundle that is read."""
    said = auditor.says(data)
    assert said.status == 1, said.refused
    found: list[str] = said.answers["integrity"]["broken"]
    return found


def test_a_changed_payload_is_found(school: Signed, auditor: Auditor) -> None:
    """One level changed in the stored bytes of an event: the root is another."""
    data = tampered(school.bundle(), replaced("events.txt", '"level":"3"', '"level":"4"'))

    assert [NOT_THE_ROOT] == broken(auditor, data)


def test_with_all_leaves_the_changed_event_is_named(school: Signed, auditor: Auditor) -> None:
    """Where the bundle holds the record of every leaf, the sentence names stream, version and index."""

    def moved(found: list[str]) -> None:
        index, stream, version, topic, state = found[-1].split(" ", 4)
        found[-1] = " ".join((index, stream, version, "learner.status-set.1", state))
        assert topic != "learner.status-set.1"

    data = school.bundle(leaves=True)
    index, stream, version = files_of(data)["events.txt"].decode().splitlines()[-1].split(" ")[:3]

    assert [
        f"events.txt: {stream} version {version}, index {index}: is not the event of which leaves.txt has the record"
    ] == broken(auditor, tampered(data, lines("events.txt", moved)))


def test_a_changed_record_of_a_leaf_is_found(school: Signed, auditor: Auditor) -> None:
    """A record in leaves.txt that is not the one signed changes the root."""
    data = tampered(school.bundle(leaves=True), replaced("leaves.txt", school.other, school.other[::-1]))

    assert NOT_THE_ROOT in broken(auditor, data)


def test_an_event_elsewhere_is_found(school: Signed, auditor: Auditor) -> None:
    """An event at another index than its own leaves its own place uncovered."""

    def moved(found: list[str]) -> None:
        index, _, rest = found[-2].partition(" ")
        found[-2] = f"{int(index) + 1} {rest}"

    data = tampered(school.bundle(school.decision()), lines("events.txt", moved))
    (sentence,) = broken(auditor, data)

    assert sentence.endswith(" is covered not at all")


def test_a_hash_cannot_stand_for_an_event_that_is_here(school: Signed, auditor: Auditor) -> None:
    """A hash that covers an event of the bundle too is refused: else that event would be anybody's."""

    def covering(files: dict[str, bytes]) -> None:
        found = files["tree.txt"].decode().splitlines()
        root = Checkpoint("x", 1, bytes(32))
        files["tree.txt"] = f"0 5 {root.root.hex()}\n".encode() + "\n".join([*found, ""]).encode()

    (sentence,) = broken(auditor, tampered(school.bundle(), covering))

    assert sentence.endswith(" is covered twice")


def test_a_hash_stands_where_a_subtree_begins(school: Signed, auditor: Auditor) -> None:
    """No hash of two events begins at an odd index."""

    def misplaced(found: list[str]) -> None:
        first, _, digest = found[-1].split()
        found[-1] = f"{first} 6 {digest}"

    (sentence,) = broken(auditor, tampered(school.bundle(school.decision()), lines("tree.txt", misplaced)))

    assert sentence.startswith("tree.txt: no hash of 64 leaves can begin at index ")


def test_a_log_that_ends_too_early_is_found(school: Signed, auditor: Auditor) -> None:
    """Tiles that do not reach the size of the checkpoint cover less than was signed."""
    data = tampered(school.bundle(school.decision()), lines("events.txt", lambda found: found.__delitem__(-1)))
    (sentence,) = broken(auditor, data)

    assert f"tree.txt: covers {school.size - 1} leaves, and {school.size} are spoken of" == sentence


def test_a_checkpoint_signed_by_somebody_else_is_found(school: Signed, auditor: Auditor) -> None:
    """A signature of another key under the log's own name does not count, and its signer is named."""
    origin, size, root = school.note.splitlines()[:3]
    note = f"{origin}\n{size}\n{root}\n"
    forged = sign(note, SigningKey(origin, bytes([1]) * 32))
    data = tampered(school.bundle(), lambda files: files.update(checkpoint=forged.encode()))

    (sentence,) = broken(auditor, data)

    assert sentence.startswith(f"checkpoint: no signature by the log {origin!a} verifies; ")
    assert sentence.endswith(f"it is signed with keys your policy does not name, by {origin}")


def test_a_signature_that_fails_is_no_signature(school: Signed, auditor: Auditor) -> None:
    """The log's own key, and a signature of another text: nothing is signed."""
    foreign = sign("another text\n", school.secret.signing_key(school.ledger.log.origin)).splitlines()[-1]
    data = tampered(school.bundle(), lines("checkpoint", lambda found: found.__setitem__(-1, foreign)))

    assert [f"checkpoint: no signature by the log {school.ledger.log.origin!a} verifies"] == broken(auditor, data)


def test_a_log_the_policy_does_not_name_is_not_believed(school: Signed, auditor: Auditor) -> None:
    """The keys come from the auditor: a log that is not in the policy has no signature that counts."""
    auditor.trust = f"log {SigningKey('ledger.test/other', bytes([1]) * 32).verifier_key}\nquorum none\n"

    assert [f"checkpoint: your policy names no key of the log {school.ledger.log.origin!a}"] == broken(
        auditor, school.bundle()
    )


def test_a_rewritten_history_contradicts_a_pin(school: Signed, auditor: Auditor, tmp_path: Path) -> None:
    """Whoever holds the key of the log can sign another history; a checkpoint kept elsewhere says it is another."""
    origin, size, root = school.pin.splitlines()[:3]
    auditor.pins["minutes"] = f"{origin}\n{size}\n{'B' if root[0] == 'A' else 'A'}{root[1:]}\n"
    said = auditor.says(school.bundle(pins=[int(size)]))

    assert said.status == 1
    assert [f"minutes: the first {size} events are not those of this checkpoint"] == said.answers["integrity"]["broken"]
    assert said.answers["completeness"]["state"] == said.answers["replay"]["state"] == "not shown"


def test_an_earlier_checkpoint_that_is_another_history_is_found(school: Signed, auditor: Auditor) -> None:
    """An earlier checkpoint in the bundle must be signed, and be of this history."""
    size = int(school.pin.splitlines()[1])
    root = Checkpoint(school.ledger.log.origin, size, bytes(32))
    name = f"checkpoints/{size}"
    other = sign(root.text(), school.secret.signing_key(school.ledger.log.origin))
    unsigned = sign(root.text(), SigningKey(school.ledger.log.origin, bytes([1]) * 32))
    data = school.bundle(pins=[size])

    assert [f"{name}: the first {size} events are not those of this checkpoint"] == broken(
        auditor, tampered(data, lambda files: files.update({name: other.encode()}))
    )
    assert broken(auditor, tampered(data, lambda files: files.update({name: unsigned.encode()})))[0].startswith(
        f"{name}: no signature by the log"
    )


def test_a_pin_that_cannot_be_linked_is_not_shown(school: Signed, auditor: Auditor) -> None:
    """A pin the bundle was not made for, a later one, an empty one and one of another log each get their sentence."""
    origin, size, root = school.pin.splitlines()[:3]
    auditor.pins = {
        "unlinked": school.pin.replace("\n", "\r\n"),
        "later": f"{origin}\n{school.size + 1}\n{root}\n",
        "empty": f"{origin}\n0\n{root}\n",
        "other": f"ledger.test/other\n{size}\n{root}\n",
    }
    said = auditor.says(school.bundle(school.decision(), pins=[]))

    assert [
        (
            f"unlinked: the bundle does not show how the log grew from {size} events; "
            "ask for one made with --pin and this checkpoint"
        ),
        (
            f"later: you kept a checkpoint of {school.size + 1} events, later than the bundle's of {school.size}; "
            "ask for a bundle that stands on a checkpoint as late as yours"
        ),
        "empty: is of an empty log, which shows nothing",
        "other: is of another log, 'ledger.test/other', and shows nothing about this one",
    ] == said.told("integrity")


def test_a_payload_that_vanished_is_found(school: Signed, auditor: Auditor) -> None:
    """Bytes replaced by a tombstone keep their leaf; without an event that says so it is tampering, and is named."""

    def vanished(found: list[str]) -> None:
        place = next(number for number, line in enumerate(found) if "evidence-recorded" in line)
        index, stream, version, topic, state = found[place].split(" ", 4)
        stored = json.loads(state)
        from hashlib import sha256

        gone = {"actor": stored["actor"], "at": stored["at"], "erased": sha256(state.encode()).hexdigest(), "v": 1}
        tombstone = json.dumps(gone, separators=(",", ":"))
        found[place] = " ".join((index, stream, version, topic, tombstone))

    (sentence,) = broken(auditor, tampered(school.bundle(), lines("events.txt", vanished)))

    assert sentence.endswith("its payload is gone, and no event of the stream says that it was erased")


def test_instants_must_follow_the_log(school: Signed, auditor: Auditor) -> None:
    """An event that says it was recorded before the one before it in the log is named."""

    def earlier(found: list[str]) -> None:
        found[-1] = found[-1].replace("2026-06-15T17:00", "2026-06-15T16:00")

    sentences = broken(auditor, tampered(school.bundle(), lines("events.txt", earlier)))

    assert sentences[1].endswith(f"before index {_index(school, -2)}")
    assert "was recorded 2026-06-15T16:00:00.000000Z" in sentences[1]


def _index(school: Signed, place: int) -> int:
    return int(files_of(school.bundle())["events.txt"].decode().splitlines()[place].split()[0])


def witnessed(tmp_path: Path, pin: int, note: int, quorum: str = WITNESS.name) -> tuple[Signed, Auditor]:
    """Return a ledger whose checkpoints a witness saw so many seconds after noon, and an auditor who asks for that."""
    school = signed(tmp_path / "home", cosign={"pin": pin, "note": note})
    policy = f"log {school.key}\nwitness {WITNESS.name} {WITNESS.verifier_key}\nquorum {quorum}\n"
    return school, Auditor(tmp_path, policy)


def test_witnesses_bracket_the_time_of_events(tmp_path: Path) -> None:
    """Events recorded between two times a witness states are counted, and the bundle links those checkpoints."""
    school, auditor = witnessed(tmp_path, 5, 10)
    data = school.bundle()
    said = auditor.says(data)

    assert (0, ("holds", "holds", "holds")) == (said.status, said.states)
    assert f"checkpoints/{school.pin.splitlines()[1]}" in files_of(data)
    reasons = said.answers["integrity"]["reasons"]
    assert f"witnesses signed it: {WITNESS.name}" in reasons
    assert any("between two times a witness states, within 3600 seconds" in reason for reason in reasons)


def test_a_backdated_event_is_found(tmp_path: Path) -> None:
    """An event that says it is older than the last checkpoint a witness saw without it is named, whoever signed it."""
    school, auditor = witnessed(tmp_path, 7200, 7201)
    sentences = broken(auditor, school.bundle())

    assert sentences
    assert all(one.endswith("a witness saw the log without it at 2026-06-15T19:00:00+00:00") for one in sentences)


def test_an_event_of_the_future_is_found(tmp_path: Path) -> None:
    """An event that says it is younger than the checkpoint it stands under is named; the tolerance is the auditor's."""
    school, auditor = witnessed(tmp_path, -120, -60)
    data = school.bundle(school.decision())

    strict = auditor.says(data, "--tolerance", "30")
    sentences = strict.answers["integrity"]["broken"]

    assert (0, 1) == (auditor.says(data).status, strict.status)
    assert {"2026-06-15T16:58:00+00:00", "2026-06-15T16:59:00+00:00"} == {one.rpartition(" ")[2] for one in sentences}
    assert all("and a witness saw it at" in one for one in sentences)


def test_a_quorum_that_is_not_reached_is_not_shown(school: Signed, auditor: Auditor) -> None:
    """Where the witnesses asked for have not signed, integrity is not shown, and it says who has."""
    auditor.trust = f"log {school.key}\nwitness {WITNESS.name} {WITNESS.verifier_key}\nquorum {WITNESS.name}\n"
    said = auditor.says(school.bundle())

    assert (1, "not shown") == (said.status, said.states[0])
    assert ["checkpoint: the witnesses your policy asks for have not signed it; none of them has"] == said.told(
        "integrity"
    )


def test_a_witness_of_another_key_does_not_count(tmp_path: Path) -> None:
    """A signature under a witness' name with another key, or without a time, is none."""
    school, auditor = witnessed(tmp_path, 5, 10)
    impostor = SigningKey(WITNESS.name, bytes([8]) * 32, KeyType.WITNESS)
    text = "\n".join(school.note.splitlines()[:3]) + "\n"

    def swapped(found: list[str]) -> None:
        found[-1] = impostor.line(text, NOON).rstrip("\n")

    said = auditor.says(tampered(school.bundle(), lines("checkpoint", swapped)))

    assert "not shown" == said.answers["integrity"]["state"]


@pytest.mark.parametrize("change", [described(size=5), described(log="ledger.test/other")])
def test_the_manifest_speaks_of_the_checkpoint(school: Signed, auditor: Auditor, change: Change) -> None:
    """A manifest that speaks of another log or size than the checkpoint is refused."""
    files = files_of(school.bundle())
    change(files)

    assert auditor.says(zipped(files)).refused.startswith("checkpoint: is of ")
