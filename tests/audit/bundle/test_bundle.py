"""A bundle of an honest ledger: what it holds, and that it holds."""

import io
import zipfile
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.erasing import Order, erase
from ledger.audit.bundling.making import Making
from ledger.audit.bundling.wanted import learners_wanted, sample_wanted
from ledger.errors import LedgerDamaged, UnknownName, UsageError
from tests.audit.bundle.support import NAME, Auditor, Signed, files_of, sign, signed
from tests.audit.support import tamper
from tests.support.ledgers import author, record

HOLD = ("holds", "holds", "holds")


def test_a_learner_s_bundle_holds(school: Signed, auditor: Auditor) -> None:
    """Of an honest ledger integrity, completeness and replay all hold, and the exit status says so."""
    said = auditor.says(school.bundle())

    assert (0, HOLD) == (said.status, said.states)


def test_every_kind_of_bundle_holds(school: Signed, auditor: Auditor) -> None:
    """A decision's bundle holds, and so do both kinds that carry the records of all leaves."""
    made = [
        school.bundle(school.decision()),
        school.bundle(leaves=True),
        school.bundle(school.sample(), leaves=True),
    ]

    assert [HOLD] * 3 == [auditor.says(data).states for data in made]


def test_a_pin_links_the_bundle_to_what_an_auditor_kept(school: Signed, auditor: Auditor) -> None:
    """With a checkpoint the auditor kept, the bundle shows that the log only grew since."""
    auditor.pins["pin"] = school.pin
    size = int(school.pin.splitlines()[1])
    said = auditor.says(school.bundle(pins=[size]))

    assert (0, HOLD) == (said.status, said.states)
    assert f"pin: the log has only grown since this checkpoint of {size} events" in said.answers["integrity"]["reasons"]


def test_without_a_pin_the_limit_is_said(school: Signed, auditor: Auditor) -> None:
    """Where neither pin nor witness is there, the answer says that all rests on the key of the log."""
    reasons = auditor.says(school.bundle()).answers["integrity"]["reasons"]

    sentence = (
        "this rests on the key of the log alone: no checkpoint kept elsewhere was given with --pin and no witness"
    )

    assert [sentence] == [reason.partition(" has signed")[0] for reason in reasons if "alone" in reason]


def test_the_same_ledger_gives_the_same_bytes(school: Signed) -> None:
    """A bundle on one checkpoint is the same file whenever it is made."""
    assert school.bundle() == school.bundle()


def test_any_program_reads_the_file(school: Signed) -> None:
    """The file is an ordinary ZIP file, in which nothing carries a time."""
    with zipfile.ZipFile(io.BytesIO(school.bundle())) as found:
        assert found.testzip() is None
        assert {(1980, 1, 1, 0, 0, 0)} == {one.date_time for one in found.infolist()}
        assert sorted(found.namelist()) == found.namelist()


def test_a_bundle_names_nobody(school: Signed) -> None:
    """No name, and no id of another system, stands in any file of a bundle."""
    content = b"".join(files_of(school.bundle(leaves=True)).values())

    assert [] == [word for word in (*NAME.split(), "S-1", "S-2") if word.encode() in content]


def test_a_decision_s_bundle_ends_with_it(school: Signed) -> None:
    """Of the learner nothing later than the decision is handed out, and of others nothing at all."""
    wanted = school.decision()
    found = files_of(school.bundle(wanted))["events.txt"].decode().splitlines()
    streams = {line.split()[1] for line in found if line.split()[1].startswith("learner/")}

    assert {f"learner/{school.learner}"} == streams
    assert max(int(line.split()[2]) for line in found if school.learner in line.split()[1]) == wanted.decisions[0][1]


def test_another_seed_chooses_others(school: Signed) -> None:
    """What a sample holds follows from the seed and the log alone."""
    log, size = school.ledger.log, school.size

    assert sample_wanted(log, 4, "a", size) == sample_wanted(log, 4, "a", size)
    assert sample_wanted(log, 4, "a", size).decisions != sample_wanted(log, 4, "b", size).decisions


def test_what_cannot_be_asked_for_is_said(school: Signed) -> None:
    """A decision that is none, a sample larger than the log, a learner of whom nothing is signed: a sentence each."""
    log, size = school.ledger.log, school.size
    with pytest.raises(UsageError) as large:
        sample_wanted(log, 99, "a", size)
    with pytest.raises(UsageError) as seedless:
        sample_wanted(log, 1, "", size)
    with pytest.raises(UnknownName) as unsigned:
        learners_wanted(log, [school.other], 3)

    assert str(large.value).startswith("the log holds ")
    assert str(seedless.value) == "a seed is 1 to 100 printable characters, best named by the auditor"
    assert str(unsigned.value).endswith("in the checkpoint of 3 events; run `mastery signer --once`")


@pytest.fixture
def damaged(tmp_path: Path) -> Signed:
    """Return a signed ledger of one's own."""
    return signed(tmp_path)


def test_a_changed_event_is_not_handed_out(damaged: Signed) -> None:
    """Where an event is not what was written, no bundle is made of it."""
    tamper(damaged.ledger, "UPDATE stored_events SET topic = 'ledger.ticked.1' WHERE position = 3")
    with pytest.raises(LedgerDamaged, match=r"position 3: it does not fit its leaf; nothing is handed out"):
        damaged.bundle()


def test_a_log_that_is_not_the_signed_one_is_not_handed_out(damaged: Signed) -> None:
    """Where the log does not give the root of its checkpoint, no bundle is made, whichever kind."""
    note = damaged.note.replace(damaged.note.splitlines()[2], damaged.pin.splitlines()[2])
    for leaves in (False, True):
        making = Making(damaged.ledger.log, damaged.store, note, damaged.decision(), leaves=leaves)
        with pytest.raises(LedgerDamaged, match="does not give the root of its checkpoint"):
            making.made()


def test_a_broken_commitment_is_not_handed_out(damaged: Signed) -> None:
    """Where streams do not end as committed to, no bundle is made."""
    tamper(damaged.ledger, "UPDATE leaves SET leaf = zeroblob(32) WHERE leaf_index = ?", _last_of(damaged))
    with pytest.raises(LedgerDamaged, match="the streams do not end as the ledger committed to"):
        damaged.bundle(damaged.decision())


def _last_of(school: Signed) -> int:
    return max(event.position for event in school.ledger.log.stream(f"learner/{school.other}")) - 1


def erased(school: Signed) -> None:
    """Erase the learner's payloads."""
    ledger: Ledger = school.ledger
    record(ledger, school.learner, "last", "C.3", "3")
    erase([ledger], [author(ledger)], school.learner, Order("schedule 12", payloads=True), lambda _: None)


def test_an_erasure_is_told_and_shown(damaged: Signed, auditor: Auditor) -> None:
    """Erased payloads leave integrity and completeness whole; decisions that rested on them say `evidence_erased`."""
    erased(damaged)
    note = sign(damaged.ledger, damaged.secret)
    size = int(note.splitlines()[1])
    wanted = learners_wanted(damaged.ledger.log, [damaged.learner], size)
    auditor.trust = damaged.trust
    said = auditor.says(Making(damaged.ledger.log, damaged.store, note, wanted).made())

    assert (0, HOLD) == (said.status, said.states)
    assert "evidence_erased" in said.answers["replay"]["reasons"][0]
    assert "payloads were erased, as an event of it says" in said.answers["integrity"]["reasons"][-1]


def test_an_erasure_that_is_not_signed_yet_waits(damaged: Signed) -> None:
    """Where the event that tells of an erasure is not under the checkpoint, the sentence says what to run."""
    erased(damaged)
    with pytest.raises(LedgerDamaged, match="does not reach the event that says so; run `mastery signer --once`"):
        damaged.bundle()
