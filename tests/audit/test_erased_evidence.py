"""What was lawfully erased touches the decisions that could have read it, and no others; all else is tampering."""

import pytest

from ledger.application import Ledger
from ledger.audit.erased import Gone, Order, ordered
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.domain.erasure import PayloadsErased
from ledger.domain.learner import Decided, EvidenceCorrected, StatusSet
from ledger.policy.facts import Reads
from ledger.storage.envelope import Event
from tests.audit.erasing import BASIS, bury, erase, recorded, said, versions
from tests.audit.support import replayed, tamper
from tests.audit.test_governing_damage import reseal
from tests.support.ledgers import evidence, record

DECIDED = "learner.decided.1"
RECORDED = "learner.evidence-recorded.1"


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """The learner of whom something is erased."""
    return ledger.vault.learner_id("S-1")


def test_a_decision_that_could_have_read_what_was_erased_says_so(ledger: Ledger, learner: str) -> None:
    """Every decision by a rule that reads evidence says which version is gone, by which event and on what basis."""
    gone = versions(ledger, learner, RECORDED)
    version = erase(ledger, learner, gone)
    found = [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL]

    assert {Verdict.EVIDENCE_ERASED} == {one.verdict for one in found}
    assert {learner} == {one.learner for one in found}
    assert (
        f"version 1, which it could have read, was erased, as version {version}, "
        f"position {ledger.log.recorder.max_notification_id()} says ({BASIS})"
    ) == found[0].detail
    assert not any(one.is_finding for one in found)
    assert all(one.is_decision for one in found)


def test_a_decision_by_a_rule_that_reads_decisions_alone_is_made_again(ledger: Ledger, learner: str) -> None:
    """Course credit reads decisions: it is made again from them, though the evidence behind those is gone."""
    erase(ledger, learner, versions(ledger, learner, RECORDED))
    of_courses = [one for one in replayed(ledger) if one.learner == learner and one.subject == "course/algebra"]

    assert of_courses
    assert {Verdict.IDENTICAL} == {one.verdict for one in of_courses}


def test_decisions_before_the_first_erased_event_are_made_again(ledger: Ledger, learner: str) -> None:
    """What a decision was made from is whole where all that is gone was recorded later."""
    gone = versions(ledger, learner, RECORDED)[3]
    erase(ledger, learner, [gone])
    found = said(ledger, learner)

    assert {Verdict.IDENTICAL} == {verdict for version, verdict in found if version < gone}
    assert Verdict.EVIDENCE_ERASED in {verdict for version, verdict in found if version > gone}


def test_what_a_rule_does_not_read_touches_nothing(ledger: Ledger, learner: str) -> None:
    """An erased status leaves decisions alone whose rules read no status."""
    recorded(ledger, learner, StatusSet(code="test/anything", holds=True, first_day="2026-01-01"))
    gone = ledger.log.recorder.last_version(f"learner/{learner}")
    record(ledger, learner, "later", "C.4", "3", kind="exam")
    erase(ledger, learner, [gone])
    found = said(ledger, learner)

    assert {Verdict.IDENTICAL} == {verdict for _, verdict in found}
    assert any(version > gone for version, _ in found)


def test_an_erased_decision_is_told_for_itself(ledger: Ledger, learner: str) -> None:
    """A decision whose own payload is gone is told with its place alone, and so are those that may supersede it."""
    first, *later = versions(ledger, learner, DECIDED)
    erased_by = erase(ledger, learner, [first], decisions=True)
    found = {one.version: one for one in Replay(ledger.log).replay([learner])}

    assert {Verdict.EVIDENCE_ERASED} == {one.verdict for one in found.values()}
    assert [first, *later] == list(found)
    assert ("", "", "") == (found[first].policy, found[first].subject, found[first].question)
    assert found[first].is_decision
    assert found[first].detail.startswith(f"the decision itself was erased, as version {erased_by}, ")
    assert found[later[0]].detail.startswith(f"version {first}, which it could have read, was erased, ")


def test_the_correction_of_what_was_erased_counts_as_erased_with_it(ledger: Ledger, learner: str) -> None:
    """A correction that nothing stands behind any more is no hole in the stream."""
    (first, *_) = versions(ledger, learner, RECORDED)
    corrected = evidence(ledger, "S-1-0", "C.0", "2")
    recorded(ledger, learner, EvidenceCorrected(evidence=corrected, reason=ledger.vault.put_text(learner, "typing")))
    record(ledger, learner, "later", "C.2", "3", kind="exam")
    erase(ledger, learner, [first])

    assert {Verdict.EVIDENCE_ERASED, Verdict.IDENTICAL} == {verdict for _, verdict in said(ledger, learner)}


def test_an_erasure_stored_while_replay_runs_is_lawful(ledger: Ledger, learner: str) -> None:
    """A replay that began before an erasure finds tombstones where it reads, and the event that names them behind."""
    replay = Replay(ledger.log)
    erase(ledger, learner, versions(ledger, learner, RECORDED))

    assert Verdict.EVIDENCE_ERASED in {one.verdict for one in replay.replay([learner])}
    assert not any(one.is_finding for one in replay.replay([learner]))


def test_a_tombstone_that_nobody_names_is_altered_evidence(ledger: Ledger, learner: str) -> None:
    """Bytes replaced by a sound tombstone fit their leaf; without an erasure that is tampering all the same."""
    (first, *_) = versions(ledger, learner, RECORDED)
    bury(ledger, learner, first)
    found = [one for one in Replay(ledger.log).replay([learner]) if one.is_decision]

    assert {Verdict.EVIDENCE_ALTERED} == {one.verdict for one in found}
    assert found[0].detail.endswith(": a tombstone stands there, and no erasure of this stream names it")


def test_an_erasure_of_another_learner_names_nothing_here(ledger: Ledger, learner: str) -> None:
    """An erasure speaks for its own stream."""
    (first, *_) = versions(ledger, learner, RECORDED)
    erase(ledger, ledger.vault.learner_id("S-2"), [first])
    bury(ledger, learner, first)

    assert {Verdict.EVIDENCE_ALTERED} == {verdict for _, verdict in said(ledger, learner)}


def test_a_forged_erasure_excuses_nothing(ledger: Ledger, learner: str) -> None:
    """An erasure whose bytes are not those sealed names no version."""
    first, second, *_ = versions(ledger, learner, RECORDED)
    erase(ledger, learner, [second])
    bury(ledger, learner, first)
    tamper(
        ledger,
        "UPDATE stored_events SET state = CAST(replace(state, ?, ?) AS BLOB) WHERE position = ?",
        f'"versions":[{second}]',
        f'"versions":[{first},{second}]',
        ledger.log.recorder.max_notification_id(),
    )

    assert {Verdict.EVIDENCE_ALTERED} == {verdict for _, verdict in said(ledger, learner)}


def test_an_erasure_that_cannot_be_read_excuses_nothing(ledger: Ledger, learner: str) -> None:
    """Sealed bytes that are no erasure name no version, and are damage themselves."""
    (first, *_) = versions(ledger, learner, RECORDED)
    erase(ledger, learner, [first])
    last = ledger.log.recorder.max_notification_id()
    tamper(
        ledger,
        "UPDATE stored_events SET state = CAST(replace(state, ?, ?) AS BLOB) WHERE position = ?",
        '"versions"',
        '"persons"',
        last,
    )
    reseal(ledger, last)

    assert {Verdict.EVIDENCE_ALTERED} == {verdict for _, verdict in said(ledger, learner)}


def test_an_erasure_that_was_buried_itself_excuses_nothing(ledger: Ledger, learner: str) -> None:
    """No erasure is ever erased: a tombstone in its place names nothing, and is tampering like what it named."""
    (first, *_) = versions(ledger, learner, RECORDED)
    bury(ledger, learner, erase(ledger, learner, [first]))

    assert {Verdict.EVIDENCE_ALTERED} == {verdict for _, verdict in said(ledger, learner)}


def test_seals_of_erasures_are_counted_once(ledger: Ledger, learner: str) -> None:
    """An erasure is read before its turn; its seal by another key counts once all the same."""
    erase(ledger, learner, [1])
    tamper(
        ledger,
        "UPDATE leaves SET seal_key = '0123456789abcdef' WHERE leaf_index = ?",
        ledger.log.recorder.max_notification_id() - 1,
    )
    replay = Replay(ledger.log)

    assert not any(one.is_finding for one in replay.replay([learner]))
    assert 1 == replay.seals_unchecked


def erasure(version: int, *names: int) -> Event[PayloadsErased]:
    """Build the event of an erasure at a version."""
    event = Event(
        v=1,
        at="2026-06-15T17:00:00.000000Z",
        actor="a",
        role="operator",
        behalf=None,
        command="c",
        cause=None,
        salt="",
        data=PayloadsErased(basis=BASIS, versions=names),
    )
    event.originator_version, event.position = version, 100 + version
    return event


def test_an_erasure_names_earlier_versions_only() -> None:
    """A version is erased by the first event that names it, and by none that stands before it."""
    assert {1: Order(4, 104, BASIS), 2: Order(7, 107, BASIS)} == ordered([erasure(4, 1, 5), erasure(7, 1, 2)])


def decisions(ledger: Ledger, learner: str) -> list[Decided]:
    """Return a learner's decisions."""
    return [event.data for event in ledger.log.stream(f"learner/{learner}") if isinstance(event.data, Decided)]


@pytest.mark.parametrize(
    ("topic", "reads", "bound", "touching"),
    [
        ("learner.evidence-recorded.1", {Reads.EVIDENCE}, False, 999),
        ("learner.evidence-recorded.1", {Reads.STATUS}, False, None),
        ("learner.evidence-recorded.1", {Reads.STATUS}, True, 999),
        ("learner.cohort-set.1", {Reads.EVIDENCE}, True, 999),
        ("learner.enrolled.1", {Reads.EVIDENCE}, False, None),
        ("learner.enrolled.1", set(), True, 999),
        ("learner.decided.1", set(), False, 999),
        ("learner.difference-settled.1", set(Reads), True, None),
        ("learner.of-a-later-release.1", set(), False, 999),
    ],
)
def test_the_kind_of_an_event_says_whom_it_touches(
    ledger: Ledger, learner: str, topic: str, reads: set[Reads], bound: bool, touching: int | None
) -> None:
    """An event touches rules that read its kind, rules chosen by its kind, and, where nobody knows it, all of them."""
    gone = Gone()
    gone.add(999, topic)

    assert touching == gone.touching(decisions(ledger, learner)[0], frozenset(reads), bound=bound)


def test_an_event_named_behind_a_fact_touches_the_decision(ledger: Ledger, learner: str) -> None:
    """A decision that names an erased version rests on it, whatever its rule claims to read."""
    gone = Gone()
    gone.add(1, "learner.difference-settled.1")
    named = [one for one in decisions(ledger, learner) if any(1 in fact.versions for fact in one.facts)]

    assert {1} == {gone.touching(one, frozenset(), bound=False) for one in named}
