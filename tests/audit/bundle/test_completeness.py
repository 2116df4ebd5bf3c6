"""Is anything left out? Each way of leaving out, and what is said where it cannot be known."""

import json
from pathlib import Path

import pytest

from ledger.application.disclosing import commit_heads
from ledger.audit.bundling.making import Making
from ledger.audit.bundling.wanted import learners_wanted
from tests.audit.bundle.support import Auditor, Change, Signed, described, files_of, lines, sign, signed, tampered
from tests.support.ledgers import author, record


def told(auditor: Auditor, data: bytes) -> list[str]:
    """Return what is said against the completeness of a bundle that is read, its integrity aside."""
    said = auditor.says(data, "--ask", "completeness")
    assert said.status == 1, said.refused
    return [one for one in said.told("completeness") if "integrity does not hold" not in one]


def without(stream: str, version: int) -> Change:
    """Leave out one event."""

    def left(found: list[str]) -> None:
        (place,) = (n for n, line in enumerate(found) if line.split(" ")[1:3] == [stream, str(version)])
        del found[place]

    return lines("events.txt", left)


def test_a_left_out_event_is_named(school: Signed, auditor: Auditor) -> None:
    """An event missing amid a stream, a learner's or one that governs, is named by stream and version."""
    learner = f"learner/{school.learner}"

    for stream, data in ((learner, school.bundle()), ("jurisdiction/us-xx", school.bundle(school.decision()))):
        assert [f"events.txt: {stream} version 2 is left out"] == told(auditor, tampered(data, without(stream, 2)))


def test_a_left_out_end_is_found(school: Signed, auditor: Auditor) -> None:
    """A bundle that ends before the learner's last event, and says so, is caught by heads and by leaves alike."""
    stream, last = f"learner/{school.learner}", school.making().last[f"learner/{school.learner}"]
    for leaves in (False, True):
        data = tampered(school.bundle(leaves=leaves), without(stream, last))
        data = tampered(data, described(streams={stream: last - 1}))

        assert [f"events.txt: {stream} has {last} versions; those after {last - 1} are left out"] == told(auditor, data)


def test_the_streams_end_as_the_manifest_says(school: Signed, auditor: Auditor) -> None:
    """A stream that ends otherwise than the manifest says, and one it does not name, are told."""
    stream, other = f"learner/{school.learner}", f"learner/{school.other}"
    last = school.making().last[stream]
    data = school.bundle(learners_wanted(school.ledger.log, [school.learner, school.other], school.size))

    assert [
        f"events.txt: holds events of {other}, which bundle.json does not name",
        f"events.txt: {stream} does not end with version {last - 1}, as bundle.json says",
    ] == told(auditor, tampered(data, described(streams={stream: last - 1})))


def test_a_governing_stream_left_out_is_found(school: Signed, auditor: Auditor) -> None:
    """A whole stream that governs, left out with its head, leaves a gap; with all leaves it is named."""

    def unframed(found: list[str]) -> None:
        found[:] = [line for line in found if "framework/four-levels" not in line]

    heads = tampered(tampered(school.bundle(), lines("events.txt", unframed)), lines("heads.txt", unframed))
    leaves = tampered(school.bundle(leaves=True), lines("events.txt", unframed))

    assert ["heads.txt: what stands at index 0 is covered not at all"] == told(auditor, heads)
    assert ["events.txt: framework/four-levels has 1 versions; those after 0 are left out"] == told(auditor, leaves)


def test_hidden_heads_of_governing_streams_are_counted(school: Signed, auditor: Auditor) -> None:
    """A head that governs cannot hide behind a hash: the ledger committed to how many there are."""
    from ledger.audit.bundling.heads import heads_of
    from ledger.audit.bundling.heads import record as head_record
    from ledger.storage.leaves import leaf_hash

    first = heads_of(school.ledger.log, school.size - 1).heads[0]

    def hidden(files: dict[str, bytes]) -> None:
        found = files["heads.txt"].decode().splitlines()
        found[1] = f"hash 0 0 {leaf_hash(head_record(first)).hex()}"
        files["heads.txt"] = "\n".join([*found, ""]).encode()
        lines("events.txt", lambda all_: all_.__setitem__(slice(None), [x for x in all_ if first.stream not in x]))(
            files
        )

    assert ["heads.txt: 4 streams govern, and not all of their heads are here"] == told(
        auditor, tampered(school.bundle(), hidden)
    )


def test_forged_heads_are_found(school: Signed, auditor: Auditor) -> None:
    """Heads that do not give the root committed to, that name no commitment, or another leaf than the event's: told."""
    data, stream = school.bundle(), f"learner/{school.learner}"

    def shorter(found: list[str]) -> None:
        (place,) = (n for n, line in enumerate(found) if stream in line)
        words = found[place].split()
        found[place] = " ".join([*words[:3], "1", words[4]])

    def another(found: list[str]) -> None:
        found[0] = "committed 1"

    def committed(files: dict[str, bytes]) -> None:
        lines("events.txt", lambda all_: all_.__setitem__(-1, all_[-1].replace('"streams":6', '"streams":"six"')))(
            files
        )

    assert ["heads.txt: the heads do not give the root the ledger committed to"] == told(
        auditor, tampered(data, lines("heads.txt", shorter))
    )[:1]
    assert ["heads.txt: index 1 is no event that commits to heads"] == told(
        auditor, tampered(data, lines("heads.txt", another))
    )
    assert told(auditor, tampered(data, committed)) == [
        f"heads.txt: index {school.size - 1} commits to no heads that could be read"
    ]


def test_an_event_that_is_not_the_head_is_found(school: Signed, auditor: Auditor) -> None:
    """Where the last event of a stream is not the one committed to, it is named."""

    def other(found: list[str]) -> None:
        (place,) = (n for n, line in enumerate(found) if "framework/four-levels" in line)
        found[place] = found[place].replace("Four levels", "Five levels")

    (sentence,) = told(auditor, tampered(school.bundle(), lines("events.txt", other)))

    assert sentence.endswith("is not the event heads.txt has at the end of its stream")


def test_without_heads_or_leaves_it_is_not_shown(school: Signed, auditor: Auditor) -> None:
    """Where nothing speaks of what else the log holds, completeness is not shown; it never passes in silence."""
    said = auditor.says(tampered(school.bundle(), lambda files: files.__delitem__("heads.txt")))

    assert (1, ("holds", "not shown", "holds")) == (said.status, said.states)
    assert said.told("completeness")[0].startswith("nothing in the bundle shows what else the log holds")


def test_a_ledger_that_never_committed_makes_no_heads(tmp_path: Path) -> None:
    """A bundle of a ledger without a commitment has no heads, and says that completeness is not shown."""
    school = signed(tmp_path / "home", heads=False)
    said = Auditor(tmp_path, school.trust).says(school.bundle())

    assert ("holds", "not shown", "holds") == said.states
    assert ("holds", "holds", "holds") == Auditor(tmp_path, school.trust).says(school.bundle(leaves=True)).states


def test_a_sample_is_shown_only_with_all_leaves(school: Signed, auditor: Auditor) -> None:
    """That a seed chose the decisions follows from all decisions there are; without the leaves it is not shown."""
    told_ = told(auditor, school.bundle(school.sample()))

    assert [
        "that the seed chose these decisions is shown only with the records of all leaves (`mastery bundle --leaves`)"
    ] == told_


def test_a_picked_sample_is_found(school: Signed, auditor: Auditor) -> None:
    """Decisions that another seed chose are not those of the seed named."""
    data = school.bundle(school.sample(2, "mine"), leaves=True)

    assert ["bundle.json: the decisions are not those the seed 'yours' chooses"] == told(
        auditor, tampered(data, described(seed="yours"))
    )


def test_what_is_called_a_decision_is_one(school: Signed, auditor: Auditor) -> None:
    """A manifest that calls another event a decision is told so."""
    stream = f"learner/{school.learner}"
    (sentence, *_) = told(auditor, tampered(school.bundle(school.decision()), described(decisions=[[stream, 1]])))

    assert sentence.endswith("bundle.json calls it a decision, and it is none")


def test_records_that_are_none_are_told(school: Signed, auditor: Auditor) -> None:
    """A line of leaves.txt that is no record, and versions that do not follow each other, are named by index."""
    data, stream = school.bundle(leaves=True), f"learner/{school.other}"

    def spoiled(place: int, line: str) -> Change:
        return lines("leaves.txt", lambda found: found.__setitem__(place, line))

    def again(found: list[str]) -> None:
        (one, two, *_) = (n for n, line in enumerate(found) if stream in line)
        found[two] = found[one]

    for line in ("{", "{}", '{"n":1,"stream":2,"topic":"x"}', "[]"):
        assert ["leaves.txt, index 3: is not the record of a leaf"] == told(auditor, tampered(data, spoiled(3, line)))
    assert any(
        one.endswith(f"{stream} version 1 follows version 1")
        for one in told(auditor, tampered(data, lines("leaves.txt", again)))
    )


def test_a_commitment_is_held_against_all_leaves(school: Signed, auditor: Auditor) -> None:
    """Where all leaves are there, the commitment that smaller bundles rest on is checked too."""
    data = school.bundle(leaves=True)

    def wrong(files: dict[str, bytes]) -> None:
        lines("events.txt", lambda found: found.__setitem__(-1, found[-1].replace('"governing":4', '"governing":3')))(
            files
        )

    assert told(auditor, tampered(data, wrong))[0].endswith(
        f"commits to other ends of streams than the log had at {school.size - 1}"
    )


@pytest.fixture
def longer(tmp_path: Path) -> Signed:
    """Return a ledger that went on after its commitment: a new learner, and a new decision."""
    school = signed(tmp_path / "home")
    ledger = school.ledger
    third = ledger.vault.learner_id("S-3")
    for number in range(3):
        record(ledger, third, f"third-{number}", "C.0", "3", kind=("task", "exam", "exam")[number])
    record(ledger, school.learner, "after", "C.3", "3")
    return Signed(ledger, school.note, sign(ledger, school.secret), school.secret, school.learner, third)


def test_what_came_after_the_commitment_is_told(longer: Signed, auditor: Auditor) -> None:
    """A stream begun after the last commitment is not shown whole; one that went on is, as of the commitment."""
    auditor.trust = longer.trust
    third = learners_wanted(longer.ledger.log, [longer.other], longer.size)
    said = auditor.says(longer.bundle(third))

    assert ("holds", "not shown", "holds") == said.states
    assert said.told("completeness")[0].startswith(f"learner/{longer.other}: the commitment at position ")
    assert ("holds", "holds", "holds") == auditor.says(longer.bundle()).states


def test_a_decision_that_read_beyond_the_commitment_is_told(longer: Signed, auditor: Auditor) -> None:
    """Where a decision had read what governed after the last commitment, that is not shown to be whole."""
    auditor.trust = longer.trust
    from ledger.application.governing import designate
    from tests.support.ledgers import AUTHORITY, LONG_AGO

    designate(longer.ledger, author(longer.ledger), ["C.3"], "geometry", first_day=LONG_AGO, authority=AUTHORITY)
    record(longer.ledger, longer.learner, "last", "C.3", "3", kind="exam")
    record(longer.ledger, longer.learner, "very-last", "C.3", "3", kind="exam")
    note = sign(longer.ledger, longer.secret)
    again = Signed(longer.ledger, longer.pin, note, longer.secret, longer.learner, longer.other)
    (sentence,) = auditor.says(again.bundle(again.decision(-1))).told("completeness")

    assert sentence.startswith("a decision had read what governed up to position ")

    commit_heads(longer.ledger, author(longer.ledger))
    note = sign(longer.ledger, longer.secret)
    later = Making(longer.ledger.log, longer.store, note, again.decision(-1)).made()

    assert ("holds", "holds", "holds") == auditor.says(later).states
    assert json.loads(files_of(later)["bundle.json"])["kind"] == "decision"
