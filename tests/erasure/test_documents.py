"""Documents beside the ledger: encrypted, found by digest, named by events."""

import hashlib
from pathlib import Path

import pytest

from ledger.application.documenting import documents_of, keep_document, require_documents, required_by
from ledger.application.governing import pull_upstream
from ledger.application.learning import correct, record_evidence, retract, withdraw
from ledger.application.learning import record as record_other
from ledger.documents import CUSTODIAN
from ledger.domain.belonging import GradeOfRecordSet
from ledger.domain.learner import EvidenceCorrected
from ledger.domain.shapes import Artefact
from ledger.errors import Refused
from ledger.values import digest
from tests.erasure.school import LETTER, School
from tests.erasure.support import found
from tests.support.ledgers import AUTHORITY, author, evidence, opened


def _letter(school: School, learner: str) -> Artefact:
    events = school.ledger.log.stream(f"learner/{learner}")
    named = next(event.data.document for event in events if isinstance(event.data, EvidenceCorrected))
    assert named is not None
    return named


def test_a_document_is_read_back_by_the_digest_its_event_names(school: School) -> None:
    """The document an event names is there whole, and its digest is that of 16 random bytes and the document."""
    named = _letter(school, school.gone)

    held = school.ledger.documents.open(school.gone, named.digest)

    assert (LETTER, 16) == (held.data, len(held.salt))
    assert hashlib.sha256(held.salt + held.data).hexdigest() == named.digest
    assert ("text/plain", CUSTODIAN) == (named.media_type, named.custodian)


def test_a_known_letter_cannot_be_found_out_from_its_digest(school: School) -> None:
    """The digest of the plain letter stands nowhere, so that who guesses the letter learns nothing from the events."""
    assert set() == found(school.ledger.home.path, [digest(LETTER), LETTER])
    assert _letter(school, school.gone).digest != _letter(school, school.stays).digest


def test_a_document_named_before_it_was_kept_is_kept_under_that_name(school: School) -> None:
    """Work that evidence names by the digest of its bytes is kept as that work."""
    scan, elsewhere = b"a scan of two pages", Artefact(digest=digest(b"a film"), media_type="video/mp4")
    work = Artefact(digest=digest(scan), media_type="application/pdf", custodian="the school")
    piece = evidence(school.ledger, "scanned", "C.0", artefacts=(work, elsewhere))
    done = record_evidence(school.ledger, author(school.ledger), school.stays, piece)

    kept = keep_document(school.ledger, school.stays, scan, "application/pdf")
    orphan = keep_document(school.ledger, school.stays, b"nobody names me", "text/plain")

    assert (digest(scan), b"") == (kept.digest, school.ledger.documents.open(school.stays, kept.digest).salt)
    listed = {one.digest: (one.version > 0, one.kept) for one in documents_of(school.ledger, school.stays)}
    assert {
        _letter(school, school.stays).digest: (True, True),
        kept.digest: (True, True),
        elsewhere.digest: (True, False),
        orphan.digest: (False, True),
    } == listed
    assert done.appended.first


def test_documents_are_required_by_whoever_is_above(tmp_path: Path, school: School) -> None:
    """What a state requires binds its districts once received, until the state requires it no more."""
    state = school.ledger
    district = opened(state.home.path, "us-xx/elm", kind="district", parent="us-xx", upstream="us-xx")
    require_documents(state, author(state), ["ruling", "correction"], AUTHORITY, "Audit finding 4")
    pull_upstream(district, author(district), state)

    assert ("us-xx", None) == (
        required_by(district.governance(), "correction"),
        required_by(district.governance(), "withdrawal"),
    )

    require_documents(state, author(state), [], AUTHORITY, "The finding was met")
    pull_upstream(district, author(district), state)
    assert required_by(district.governance(), "correction") is None
    district.close()


@pytest.mark.parametrize("act", ["correction", "withdrawal", "retraction"])
def test_an_act_that_needs_a_document_is_refused_without_one(school: School, act: str) -> None:
    """A correction, withdrawal or retraction that must carry a document is refused without it, and goes with it."""
    ledger, learner = school.ledger, school.stays
    grade = record_other(ledger, author(ledger), learner, GradeOfRecordSet(grade="9", first_day="2026-01-05"))
    require_documents(ledger, author(ledger), [act], AUTHORITY, "Audit finding 4")
    better = evidence(ledger, "B-opus-1", "C.0", "2")
    letter = keep_document(ledger, learner, LETTER, "text/plain")

    def carried_out(document: Artefact | None) -> object:
        if act == "correction":
            return correct(ledger, author(ledger), learner, better, "misread", document)
        if act == "withdrawal":
            return withdraw(ledger, author(ledger), learner, "B-opus-1", "misread", document)
        return retract(ledger, author(ledger), learner, grade.appended.first and grade.version, "misread", document)

    with pytest.raises(Refused) as refusal:
        carried_out(None)

    assert f"us-xx requires a document for every {act}: name the file with --document" == str(refusal.value)
    assert carried_out(letter)
