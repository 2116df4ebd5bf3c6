"""Receipts for decisions of consequence."""

import base64
import json
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.audit.checkpoint_store import stated
from ledger.audit.merkle import verify_inclusion
from ledger.audit.note import VerifierKey, opened
from ledger.errors import LedgerDamaged, Unavailable, UnknownName, UsageError
from ledger.inquiry.receipts import receipt
from ledger.storage.leaves import leaf_hash, leaf_record
from tests.support.ledgers import classroom, record
from tests.support.signing import KEY, key_of, signed, signed_on


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in which credit for a course was decided about one learner, and mastery before it."""
    ledger = classroom(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    for number in range(6):
        kind = ("task", "exam")[number // 3]
        record(ledger, learner, f"e{number}", f"C.{number % 2}", "3", kind=kind, occurred=f"2026-05-0{number + 1}")
    return ledger


def decisions(ledger: Ledger, question: str) -> list[int]:
    """Return the versions of the decisions of the learner about a question."""
    stream = f"learner/{ledger.vault.learner_id('S-1')}"
    return [
        one.originator_version for one in ledger.log.stream(stream) if getattr(one.data, "question", "") == question
    ]


def test_a_receipt_can_be_checked_without_the_ledger(ledger: Ledger) -> None:
    """From the event, the path and the checkpoint alone follows that the decision is in the log signed by the key."""
    signed(ledger)
    learner = ledger.vault.learner_id("S-1")
    found = receipt(ledger, learner, decisions(ledger, "CREDIT")[-1])
    event = json.loads(found.event)
    leaf = leaf_hash(
        leaf_record(
            log=found.log,
            stream=f"learner/{found.learner}",
            version=found.version,
            topic=found.topic,
            instant=event["at"].encode(),
            actor=event["actor"].encode(),
            state=found.event.encode(),
        )
    )
    key = VerifierKey.parse(found.key)
    checkpoint = stated(opened(found.checkpoint, [key]).text)

    assert key_of(ledger) == found.key
    assert verify_inclusion(
        leaf, found.index, checkpoint.size, checkpoint.root, [base64.b64decode(one) for one in found.path]
    )
    assert (event["data"]["outcome"], None) == (found.outcome, found.superseded_by)


def test_a_receipt_says_that_a_decision_no_longer_stands(ledger: Ledger) -> None:
    """The receipt of a decision names the later one that took its place."""
    signed(ledger)
    first, second, *_ = decisions(ledger, "CREDIT")

    assert second == receipt(ledger, ledger.vault.learner_id("S-1"), first).superseded_by


def test_a_receipt_waits_for_the_signer(ledger: Ledger) -> None:
    """A receipt is given as soon as a checkpoint covers the decision, and not before."""
    waited: list[int] = []

    def sign_in_the_meantime(milliseconds: int) -> None:
        waited.append(milliseconds)
        if len(waited) == 3:
            signed(ledger)

    version = decisions(ledger, "CREDIT")[-1]
    found = receipt(ledger, ledger.vault.learner_id("S-1"), version, pause=sign_in_the_meantime)

    assert ([50] * 3, True) == (waited, found.size >= found.position)


def test_without_a_signer_no_receipt_is_given(ledger: Ledger) -> None:
    """After so long without a checkpoint the answer is that there is none, and what to look at."""
    waited: list[int] = []

    with pytest.raises(Unavailable, match=r"after 2 seconds, so no receipt is given: see that `mastery signer` runs"):
        receipt(
            ledger,
            ledger.vault.learner_id("S-1"),
            decisions(ledger, "CREDIT")[-1],
            patience=2000,
            pause=waited.append,
        )
    assert 2000 == sum(waited)


def test_receipts_are_for_credit_and_graduation(ledger: Ledger) -> None:
    """Other decisions, and other events, get none."""
    learner = ledger.vault.learner_id("S-1")

    with pytest.raises(UsageError, match=r"this is MASTERY, of which `mastery proof \d+` shows the same"):
        receipt(ledger, learner, decisions(ledger, "MASTERY")[0])
    for version in (1, 999):
        with pytest.raises(UnknownName, match=f"version {version} of learner {learner} is not a decision"):
            receipt(ledger, learner, version)


def test_what_was_changed_gets_no_receipt(ledger: Ledger) -> None:
    """A decision that is not what was signed, or a checkpoint nobody's key signed, is told instead."""
    signed_on(ledger, KEY)
    learner, version = ledger.vault.learner_id("S-1"), decisions(ledger, "CREDIT")[-1]
    with pytest.raises(LedgerDamaged, match="is not signed by a key that was introduced, so no receipt is given"):
        receipt(ledger, learner, version)
    signed(ledger)
    with ledger.log.recorder.datastore.write() as cursor:
        cursor.execute(
            'UPDATE stored_events SET state = CAST(replace(state, \'"role":"operator"\', \'"role":"opera4or"\') '
            "AS BLOB)"
        )
    with pytest.raises(LedgerDamaged, match="is not what was signed, so no receipt is given; `mastery verify` says"):
        receipt(ledger, learner, version)
