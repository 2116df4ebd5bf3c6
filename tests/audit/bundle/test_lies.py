"""Bundles made and signed by whoever holds every key, that tell of erasures or keys what is not so."""

from pathlib import Path

import pytest

from ledger.audit.signing import Secret
from ledger.domain.checkpoints import KeyIntroduced
from ledger.domain.erasure import KeyDestroyed, PayloadsErased
from ledger.domain.shapes import Payload
from ledger.keys import Key
from ledger.storage.tombstone import tombstone
from tests.audit.bundle.support import Auditor, Said, Signed, sign, signed
from tests.audit.support import positions, tamper
from tests.support.ledgers import author

DECIDED = "learner.decided.1"


@pytest.fixture
def school(tmp_path: Path) -> Signed:
    """A ledger of this test's own: it is lied in."""
    return signed(tmp_path / "home")


def told(school: Signed, tmp_path: Path) -> Said:
    """Sign what there is, make a bundle of it, and let an auditor look at it."""
    note = sign(school.ledger, school.secret)
    now = Signed(school.ledger, school.pin, note, school.secret, school.learner, school.other)
    return Auditor(tmp_path, school.trust).says(now.bundle(), "--ask", "integrity")


def erased(school: Signed, position: int, **order: object) -> str:
    """Put a tombstone in the place of an event, and order that afterwards; return the stream and the version."""
    row = school.ledger.log.recorder.at(position)
    assert row is not None
    school.ledger.write(author(school.ledger), row[1], [PayloadsErased(basis="o", versions=(row[2],), **order)])  # type: ignore[arg-type]
    tamper(school.ledger, "UPDATE stored_events SET state = ? WHERE position = ?", tombstone(row[4]), position)
    return f"{row[1]} version {row[2]}"


@pytest.mark.parametrize("decisions", [False, True])
def test_decisions_are_erased_only_by_an_order_that_says_so(school: Signed, tmp_path: Path, decisions: bool) -> None:
    """An order that says it left decisions readable cannot excuse one that is gone."""
    place = erased(school, positions(school.ledger, DECIDED)[0], decisions=decisions)
    said = told(school, tmp_path)

    assert (0 if decisions else 1) == said.status
    assert ([] if decisions else [True]) == [place in one for one in said.told("integrity")]


def test_what_says_that_something_was_erased_is_never_erased(school: Signed, tmp_path: Path) -> None:
    """An order that names an erasure or a disclosure hides what was done to the record."""
    ledger = school.ledger
    hidden = ledger.write(author(ledger), f"learner/{school.learner}", [KeyDestroyed(basis="o")]).last
    place = erased(school, hidden)
    (broken,) = told(school, tmp_path).told("integrity")

    assert place in broken


def test_an_erasure_that_was_not_carried_out_is_said(school: Signed, tmp_path: Path) -> None:
    """The events are what was signed; that one of them says another is gone is told beside it."""
    order: list[Payload] = [PayloadsErased(basis="o", versions=(1,))]
    school.ledger.write(author(school.ledger), f"learner/{school.learner}", order)
    said = told(school, tmp_path)

    assert 0 == said.status
    assert (
        f"learner/{school.learner}: an event of it says that version 1 was erased, and its payload is here"
        in said.answers["integrity"]["reasons"]
    )


def test_a_key_that_was_replaced_signs_no_bundle(school: Signed, tmp_path: Path) -> None:
    """Though the auditor's policy still names it: the log itself says that another took its place."""
    ledger = school.ledger
    new = Secret(Key(bytes([8]) * 32, "a test"), tmp_path / "new").signing_key(ledger.log.origin)
    ledger.write(
        author(ledger), "ledger", [KeyIntroduced(key=new.verifier_key, replaces=school.key, reason="disclosed")]
    )

    assert ["checkpoint: is signed with a key in whose place the log put another before it was signed"] == told(
        school, tmp_path
    ).told("integrity")
